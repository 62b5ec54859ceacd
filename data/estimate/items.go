package estimate

import (
	"cmp"
	"slices"
	"strings"

	"witnessmark/data"
)

// An itemKey names an item: the same name in another evaluation is another
// item.
type itemKey struct {
	eval int32
	item int32 // index into Index.items; −1 − row where a row names none
}

// An itemScores holds the values that one item got in a row's runs, steps
// and epochs.
type itemScores struct {
	key    itemKey
	scores []float64
}

func (i itemScores) mean() float64 {
	sum := 0.0
	for _, v := range i.scores {
		sum += v
	}
	return sum / float64(len(i.scores))
}

func clusters(items []itemScores) [][]float64 {
	out := make([][]float64, len(items))
	for i, it := range items {
		out[i] = it.scores
	}
	return out
}

// items collects the values behind a row by item, in the order in which they
// stand; values from several imports, in the order of evals and item names.
func (s *scan) items(r *row) []itemScores {
	refs := s.refsOf(r)
	var out []itemScores
	for from := 0; from < len(refs); {
		to := from + 1
		for to < len(refs) && s.evalOf(refs[to]) == s.evalOf(refs[from]) {
			to++
		}
		out = append(out, s.gather(refs[from:to], r.measure)...)
		from = to
	}
	if slices.ContainsFunc(refs, func(r ref) bool { return r.table != refs[0].table }) {
		slices.SortStableFunc(out, s.compareItems)
	}
	return out
}

// gather collects the values of one eval by item.
func (s *scan) gather(refs []ref, measure int) []itemScores {
	if s.place == nil {
		s.place = make([]int32, len(s.x.items))
	}
	eval := s.evalOf(refs[0])
	var out []itemScores
	var of []int32 // the place in out of each value
	var values []float64
	for _, r := range refs {
		t := &s.x.tables[r.table]
		col := s.tables[r.table].samples[measure]
		s.rows(r, func(row int) {
			v := col.At(row)
			if v != v {
				return
			}
			at := int32(len(out))
			item := -1 - at
			if t.Item != nil && t.Item[row] >= 0 {
				if item = t.items[t.Item[row]]; s.place[item] > 0 {
					at = s.place[item] - 1
				}
			}
			if int(at) == len(out) {
				out = append(out, itemScores{key: itemKey{eval, item}})
				if item >= 0 {
					s.place[item] = at + 1
				}
			}
			of, values = append(of, at), append(values, v)
		})
	}
	for _, it := range out {
		if it.key.item >= 0 {
			s.place[it.key.item] = 0
		}
	}
	deal(out, of, values)
	return out
}

// deal gives each item its values, as parts of one slice.
func deal(items []itemScores, of []int32, values []float64) {
	sizes := make([]int32, len(items))
	for _, at := range of {
		sizes[at]++
	}
	all := make([]float64, len(values))
	from := int32(0)
	for i, size := range sizes {
		items[i].scores = all[from : from : from+size]
		from += size
	}
	for i, at := range of {
		items[at].scores = append(items[at].scores, values[i])
	}
}

// refsOf lists the refs of a row's runs, those of one eval together and
// otherwise in the order of runs and steps.
func (s *scan) refsOf(r *row) []ref {
	var out []ref
	for _, v := range r.runs {
		from := len(out)
		for at := v.refs; at >= 0; at = s.refs[at].next {
			out = append(out, s.refs[at])
		}
		slices.Reverse(out[from:])
	}
	slices.SortStableFunc(out, func(a, b ref) int { return cmp.Compare(s.evalOf(a), s.evalOf(b)) })
	return out
}

func (s *scan) evalOf(r ref) int32 {
	at := s.x.tables[r.table].Cells[r.cell]
	return s.x.fields[data.Eval].at(at.Run, at.Context)
}

func (s *scan) compareItems(a, b itemScores) int {
	if a.key.item < 0 || b.key.item < 0 {
		return cmp.Or(cmp.Compare(btoi(a.key.item < 0), btoi(b.key.item < 0)), cmp.Compare(b.key.item, a.key.item))
	}
	return cmp.Or(
		natural(s.x.fields[data.Eval].dict[a.key.eval].Text, s.x.fields[data.Eval].dict[b.key.eval].Text),
		strings.Compare(s.x.items[a.key.item], s.x.items[b.key.item]),
	)
}
