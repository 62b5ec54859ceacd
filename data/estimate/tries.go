package estimate

import (
	"context"
	"fmt"
	"slices"
	"strconv"

	"witnessmark/data"
	"witnessmark/data/query"
)

// A Try is one attempt at an item.
type Try struct {
	Sample string // its place, "import:ordinal", see SampleKey
	Run    string // name
	Epoch  int    // 0 where the source has none
	Step   float64
	Value  float64
}

// An ItemPair is an item that two groups were both asked, with the attempts
// of each. With several runs on a side it is an item under one seed, where
// runs share seeds.
type ItemPair struct {
	Eval, Item string
	Seed       string // "" unless pairs are kept apart by seed
	Own, Base  []Try  // in the order of runs, steps and rows; not empty
}

// ItemPairs are two groups, item by item.
type ItemPairs struct {
	Rate              bool // every value is 0 or 1
	BySeed            bool // an item under two seeds is two pairs
	Pairs             []ItemPair
	OnlyOwn, OnlyBase int // items of one side only; with BySeed, under a seed
	Unnamed           int // attempts that name no item
}

// PairItems pairs the group whose first field of q.By is own with the one
// that is q.Baseline, by item, for the first of q.Measures. Further fields of
// By are not used. It is what a query with PairItem compares, with the way to
// each sample.
//
// Errors are those of Ask, and that there are no samples, no such group, or
// several graders, which are not pooled.
func (x *Index) PairItems(ctx context.Context, q query.Query, own string) (ItemPairs, error) {
	if len(q.By) == 0 || len(q.Measures) == 0 {
		return ItemPairs{}, fmt.Errorf("items are paired between two groups by a measure; name both")
	}
	q.By, q.Measures = q.By[:1], q.Measures[:1]
	p, err := x.plan(q)
	if err != nil {
		return ItemPairs{}, err
	}
	s, err := p.scan(ctx)
	if err != nil {
		return ItemPairs{}, err
	}
	rows := s.arrange()
	r, err := s.sampled(rows, own)
	if err != nil {
		return ItemPairs{}, err
	}
	b, err := s.sampled(rows, q.Baseline)
	if err != nil {
		return ItemPairs{}, err
	}
	return s.pairTries(r, b), nil
}

// sampled finds the one row of a group that has samples.
func (s *scan) sampled(rows []*row, name string) (*row, error) {
	var found *row
	for _, r := range rows {
		switch {
		case natural(s.legends[0].texts[r.codes[0]], name) != 0 || r.reported:
		case r.split > 1:
			return nil, fmt.Errorf("%s was scored by %d judges, which are not pooled; hold %s at one of them", name, r.split, data.Grader)
		default:
			found = r
		}
	}
	switch {
	case found == nil:
		return nil, s.noGroup(rows, name)
	case found.grain != data.Samples || len(found.runs) == 0:
		return nil, fmt.Errorf("%s has no samples of %s, so there are no items to pair", name, s.q.Measures[0])
	}
	return found, nil
}

func (s *scan) noGroup(rows []*row, name string) error {
	var names []string
	for _, r := range rows {
		names = append(names, s.legends[0].texts[r.codes[0]])
	}
	return fmt.Errorf("%q is not among the values of %s here: %s", name, s.q.By[0], list(slices.Compact(names), "and"))
}

// A tryKey names what is paired.
type tryKey struct {
	item itemKey
	seed string
}

func (s *scan) pairTries(r, b *row) ItemPairs {
	out := ItemPairs{Rate: r.rate && b.rate}
	out.BySeed = len(r.runs)+len(b.runs) > 2 && len(s.sharedSeeds(r, b)) > 0
	own, order, unnamed := s.tries(r, out.BySeed)
	base, baseOrder, baseUnnamed := s.tries(b, out.BySeed)
	out.Unnamed = unnamed + baseUnnamed
	evals := s.x.fields[data.Eval].dict
	for _, key := range order {
		if base[key] == nil {
			out.OnlyOwn++
			continue
		}
		out.Pairs = append(out.Pairs, ItemPair{
			Eval: evals[key.item.eval].Text, Item: s.x.items[key.item.item], Seed: key.seed, Own: own[key], Base: base[key],
		})
	}
	out.OnlyBase = len(baseOrder) - len(out.Pairs)
	return out
}

// tries collects the attempts behind a row by what they are paired by, in
// the order in which that first appears.
func (s *scan) tries(r *row, bySeed bool) (of map[tryKey][]Try, order []tryKey, unnamed int) {
	of = map[tryKey][]Try{}
	for _, ref := range s.refsOf(r) {
		t := &s.x.tables[ref.table]
		cell, col := t.Cells[ref.cell], s.tables[ref.table].samples[r.measure]
		key := tryKey{item: itemKey{eval: s.evalOf(ref)}}
		if bySeed {
			key.seed = s.x.seedOf(cell.Run)
		}
		s.rows(ref, func(row int) {
			v := col.At(row)
			switch {
			case v != v:
				return
			case t.Item == nil || t.Item[row] < 0:
				unnamed++
				return
			}
			key.item.item = t.items[t.Item[row]]
			if of[key] == nil {
				order = append(order, key)
			}
			of[key] = append(of[key], Try{t.sampleID(row), s.x.set.Runs[cell.Run].Name, t.EpochAt(row), cell.Step, v})
		})
	}
	return of, order, unnamed
}

// sampleID is the place of a row, see SampleKey.
func (t *table) sampleID(row int) string {
	return strconv.FormatInt(t.Import, 10) + ":" + strconv.Itoa(t.OrdinalAt(row))
}
