package estimate

import (
	"cmp"
	"math"
	"math/bits"
	"slices"

	"witnessmark/data"
	"witnessmark/data/query"
)

// A piece is what one cell has for one group and measure.
type piece struct {
	group    int32
	base     int32 // the group without step and fields of samples
	measure  int16
	kind     kind
	binary   bool
	grader   int32
	step     int32
	all      int32 // values before the filter on samples, for the window
	num, den float64
	weighted float64 // Σ mean·n of summaries
	weight   float64 // Σn of summaries; NaN where one has none
	excluded int32
	ref      ref
}

// take makes pieces of all rows of a cell that the mask lets through.
func (s *scan) take(state *contextState, c cell, group, mask int32) {
	t := &s.x.tables[c.table]
	for i, has := range s.tables[c.table].has {
		if !has {
			continue
		}
		p := piece{
			group: group, base: state.group, measure: int16(i), grader: state.grader, step: c.step,
			ref: ref{table: c.table, cell: c.at, mask: mask},
		}
		if t.Attempts {
			s.takeSamples(t, s.tables[c.table].samples[i], p)
		} else {
			s.takeCounts(t, s.tables[c.table].groups[i], p, state.reported)
		}
	}
}

func (s *scan) takeSamples(t *table, col sampleColumn, p piece) {
	r := col.byCell[p.ref.cell]
	p.all = r.n
	if t.excluded != nil {
		p.excluded = t.excluded[p.ref.cell]
	}
	if p.ref.mask >= 0 {
		at := t.Cells[p.ref.cell]
		r, p.excluded = col.rollWhere(s.compiled[p.ref.mask], t.Excluded, int(at.From), int(at.To))
	}
	s.addSamples(p, r)
}

func (s *scan) addSamples(p piece, r rollup) {
	if p.all == 0 && p.excluded == 0 {
		return
	}
	p.kind, p.num, p.den, p.binary = kind(data.Samples), r.sum, float64(r.n), r.binary
	s.pieces = append(s.pieces, p)
}

func (s *scan) takeCounts(t *table, g countColumns, p piece, reported bool) {
	r := g.byCell[p.ref.cell]
	p.all = r.counted + r.means
	if t.excluded != nil {
		p.excluded = t.excluded[p.ref.cell]
	}
	if p.ref.mask >= 0 {
		r = s.countsWhere(t, g, p.ref)
	}
	s.addCounts(p, r, reported)
}

// addCounts makes a piece of each kind of number that stands in the cell.
func (s *scan) addCounts(p piece, r countRollup, reported bool) {
	add := func(k kind, num, den float64) {
		if reported {
			k |= reportedKind
		}
		p.kind, p.num, p.den = k, num, den
		s.pieces = append(s.pieces, p)
	}
	if r.counted > 0 {
		p.binary = true
		add(kind(data.Counts), r.k, r.n)
	}
	p.binary = false
	if r.means > 0 {
		p.weighted, p.weight = r.weighted, r.weight
		add(kind(data.Summaries), r.sum, float64(r.means))
	}
	p.weighted, p.weight = 0, math.NaN()
	if r.reported > 0 && !reported {
		add(kind(data.Summaries)|reportedKind, r.sumGiven, float64(r.reported))
	}
	if r.ranges > 0 {
		p.kind, p.num, p.den, p.all = rangeKind, 0, 0, r.ranges
		s.pieces = append(s.pieces, p)
	}
}

func (s *scan) countsWhere(t *table, g countColumns, r ref) (out countRollup) {
	s.rows(r, func(row int) { out.add(g.row(row)) })
	return out
}

// rows visits the rows of a ref that are not excluded.
func (s *scan) rows(r ref, visit func(row int)) {
	t := &s.x.tables[r.table]
	if r.mask < allRows {
		visit(int(-2 - r.mask))
		return
	}
	at := t.Cells[r.cell]
	for from := int(at.From); from < int(at.To); from += 64 {
		n := min(64, int(at.To)-from)
		w := ^uint64(0) >> (64 - n)
		if r.mask >= 0 {
			w = s.compiled[r.mask].Word(from, n)
		}
		if t.Excluded != nil {
			w &^= excludedBits(t.Excluded[from : from+n])
		}
		for ; w != 0; w &= w - 1 {
			visit(from + bits.TrailingZeros64(w))
		}
	}
}

// A groupRow is a row of a cell with the group that it belongs to.
type groupRow struct{ group, row int32 }

// bySamples divides the rows of a cell among groups by the values of fields
// of samples, and makes pieces of each part.
func (s *scan) bySamples(state *contextState, c cell, group, mask int32) bool {
	at := s.x.tables[c.table].Cells[c.at]
	s.split = s.split[:0]
	for row := at.From; row < at.To; row++ {
		if mask >= 0 && s.compiled[mask].Word(int(row), 1) == 0 {
			continue
		}
		s.split = append(s.split, groupRow{s.sampleGroup(c.table, group, int(row)), row})
	}
	byGroup := func(a, b groupRow) int { return cmp.Compare(a.group, b.group) }
	if !slices.IsSortedFunc(s.split, byGroup) {
		slices.SortStableFunc(s.split, byGroup)
	}
	for from := 0; from < len(s.split); {
		to := from + 1
		for to < len(s.split) && s.split[to].group == s.split[from].group {
			to++
		}
		s.seen[s.split[from].group] = true
		s.size(state.run, s.split[from].group, to-from)
		s.takeRows(state, c, s.split[from:to])
		from = to
	}
	return len(s.split) > 0
}

func (s *scan) sampleGroup(table, group int32, row int) int32 {
	for _, i := range s.order {
		if s.by[i].level == OfSample {
			group = s.groups.child(group, i, s.tables[table].codes[i](row))
		}
	}
	return group
}

// takeRows is take for chosen rows of a cell, all of one group.
func (s *scan) takeRows(state *contextState, c cell, rows []groupRow) {
	t := &s.x.tables[c.table]
	var kept []int32
	for _, r := range rows {
		if t.Excluded == nil || t.Excluded[r.row] == 0 {
			kept = append(kept, r.row)
		}
	}
	p := piece{
		group: rows[0].group, base: state.group, grader: state.grader, step: c.step, excluded: int32(len(rows) - len(kept)),
		ref: ref{table: c.table, cell: c.at, mask: s.chosen(kept)},
	}
	for i, has := range s.tables[c.table].has {
		if has {
			p.measure = int16(i)
			s.addRows(t, i, p, kept, state.reported)
		}
	}
}

// chosen makes a mask of rows.
func (s *scan) chosen(rows []int32) int32 {
	if len(rows) == 1 {
		return -2 - rows[0]
	}
	s.compiled = append(s.compiled, query.Rows(rows))
	return int32(len(s.compiled) - 1)
}

func (s *scan) addRows(t *table, i int, p piece, rows []int32, reported bool) {
	if !t.Attempts {
		var r countRollup
		g := s.tables[p.ref.table].groups[i]
		for _, row := range rows {
			r.add(g.row(int(row)))
		}
		p.all = r.counted + r.means
		s.addCounts(p, r, reported)
		return
	}
	col, r := s.tables[p.ref.table].samples[i], rollup{binary: true}
	for _, row := range rows {
		r.add(col.At(int(row)))
	}
	p.all = r.n
	s.addSamples(p, r)
}
