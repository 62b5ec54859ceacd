package estimate

import (
	"slices"

	"witnessmark/data/frame"
)

// A groupSize says how much a group has, whatever is measured.
type groupSize struct {
	lastRun int32
	runs    int
	rows    int // samples; rows of counts and summaries are none
}

// size counts a cell's rows for its group.
func (s *scan) size(run, group int32, rows int) {
	g := s.sizes[group]
	if g == nil {
		g = &groupSize{lastRun: -1}
		s.sizes[group] = g
	}
	if g.lastRun != run {
		g.lastRun = run
		g.runs++
	}
	g.rows += rows
}

// groupTable answers a query that groups and measures nothing: the groups
// with their runs and samples.
func (s *scan) groupTable() frame.Frame {
	var rows []*row
	for group := range s.sizes {
		rows = append(rows, &row{group: group, codes: s.groups.codes(group, len(s.by))})
	}
	slices.SortFunc(rows, s.compareRows)
	f := frame.Frame{Keys: make([][]frame.Key, len(rows))}
	for i, name := range s.q.By {
		f.Columns = append(f.Columns, words(rows, name, func(r *row) string { return s.legends[i].texts[r.codes[i]] }))
	}
	f.Columns = append(f.Columns,
		numbers(rows, frame.Seeds, func(r *row) (float64, string) { return float64(s.sizes[r.group].runs), "" }),
		numbers(rows, frame.N, func(r *row) (float64, string) { return float64(s.sizes[r.group].rows), "" }))
	for i, r := range rows {
		f.Keys[i] = s.keys(r)
	}
	f.Notes = s.whole(nil)
	return f
}

// sizeCell counts the rows of a cell that a mask lets through, and reports
// whether there are any.
func (s *scan) sizeCell(run int32, c cell, group, mask int32) bool {
	n := s.passing(c, mask)
	if n == 0 {
		return false
	}
	if !s.x.tables[c.table].Attempts {
		n = 0
	}
	s.size(run, group, n)
	return true
}
