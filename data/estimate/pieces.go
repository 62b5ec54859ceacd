package estimate

import (
	"math"

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
}

func (s *scan) countsWhere(t *table, g countColumns, r ref) (out countRollup) {
	s.rows(r, func(row int) { out.add(g.row(row)) })
	return out
}

// rows visits the rows of a ref that are not excluded.
func (s *scan) rows(r ref, visit func(row int)) {
	t := &s.x.tables[r.table]
	at := t.Cells[r.cell]
	for row := int(at.From); row < int(at.To); row++ {
		if t.Excluded != nil && t.Excluded[row] != 0 {
			continue
		}
		if r.mask < 0 || s.compiled[r.mask].Word(row, 1) != 0 {
			visit(row)
		}
	}
}

// bySamples divides the rows of a cell among groups by the values of fields
// of samples, and makes pieces of each part.
func (s *scan) bySamples(state *contextState, c cell, group, mask int32) bool {
	t := &s.x.tables[c.table]
	at := t.Cells[c.at]
	parts := map[int32][]int32{}
	var order []int32
	for row := at.From; row < at.To; row++ {
		if mask >= 0 && s.compiled[mask].Word(int(row), 1) == 0 {
			continue
		}
		g := s.sampleGroup(c.table, group, int(row))
		if parts[g] == nil {
			order = append(order, g)
		}
		parts[g] = append(parts[g], row)
	}
	for _, g := range order {
		s.seen[g] = true
		s.takeRows(state, c, g, parts[g])
	}
	return len(order) > 0
}

func (s *scan) sampleGroup(table, group int32, row int) int32 {
	for _, i := range s.order {
		if s.by[i].level == OfSample {
			group = s.groups.child(group, i, s.tables[table].codes[i](row))
		}
	}
	return group
}

// takeRows is take for chosen rows of a cell.
func (s *scan) takeRows(state *contextState, c cell, group int32, rows []int32) {
	t := &s.x.tables[c.table]
	chosen := int32(len(s.compiled))
	s.compiled = append(s.compiled, query.Rows(rows))
	kept, left := rows[:0:0], int32(0)
	for _, row := range rows {
		if t.Excluded != nil && t.Excluded[row] != 0 {
			left++
			continue
		}
		kept = append(kept, row)
	}
	for i, has := range s.tables[c.table].has {
		if !has {
			continue
		}
		p := piece{
			group: group, base: state.group, measure: int16(i), grader: state.grader, step: c.step, excluded: left,
			ref: ref{table: c.table, cell: c.at, mask: chosen},
		}
		s.addRows(t, i, p, kept, state.reported)
	}
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
