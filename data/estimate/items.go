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

// items collects the values behind a row by item, in the order of evals and
// item names.
func (s *scan) items(r *row) []itemScores {
	refs := s.refsOf(r)
	var out []itemScores
	place := make([]int32, len(s.x.items)) // position in out, plus one
	for from := 0; from < len(refs); {
		eval := s.evalOf(refs[from])
		to, start := from, len(out)
		for ; to < len(refs) && s.evalOf(refs[to]) == eval; to++ {
			out = s.collect(out, refs[to], r.measure, eval, place)
		}
		for _, it := range out[start:] {
			if it.key.item >= 0 {
				place[it.key.item] = 0
			}
		}
		from = to
	}
	slices.SortFunc(out, s.compareItems)
	return out
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

func (s *scan) collect(out []itemScores, r ref, measure int, eval int32, place []int32) []itemScores {
	t := &s.x.tables[r.table]
	col := s.tables[r.table].samples[measure]
	s.rows(r, func(row int) {
		v := col.At(row)
		if v != v {
			return
		}
		key := itemKey{eval, -1 - int32(len(out))}
		if t.Item != nil && t.Item[row] >= 0 {
			key.item = t.items[t.Item[row]]
		}
		if key.item >= 0 && place[key.item] > 0 {
			i := place[key.item] - 1
			out[i].scores = append(out[i].scores, v)
			return
		}
		out = append(out, itemScores{key, []float64{v}})
		if key.item >= 0 {
			place[key.item] = int32(len(out))
		}
	})
	return out
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
