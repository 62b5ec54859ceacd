package estimate

import (
	"math/bits"

	"witnessmark/data/query"
)

// cellsOf visits the cells of a run that have a row which the filter lets
// through, with the mask of those rows.
func (s *scan) cellsOf(run int32, visit func(c cell, mask int32)) {
	rest, answer := s.where.Reduce(s.x.lookRun(run))
	if answer == query.No {
		return
	}
	for _, c := range s.x.cells[run] {
		state := s.context(run, c.context, rest)
		answer, mask := state.answer, allRows
		if answer == query.Maybe {
			mask, answer = s.maskOf(state, c)
		}
		if answer != query.No && s.any(c, mask) {
			visit(c, mask)
		}
	}
}

// word returns the bits of the rows from row on that a mask lets through.
func (s *scan) word(mask int32, row, n int) uint64 {
	if mask < 0 {
		return ^uint64(0) >> (64 - n)
	}
	return s.compiled[mask].Word(row, n)
}

// any tells whether a mask lets a row of the cell through.
func (s *scan) any(c cell, mask int32) bool {
	at := s.x.tables[c.table].Cells[c.at]
	for from := int(at.From); from < int(at.To); from += 64 {
		if s.word(mask, from, min(64, int(at.To)-from)) != 0 {
			return true
		}
	}
	return false
}

// passing counts the rows of a cell that a mask lets through.
func (s *scan) passing(c cell, mask int32) int {
	at := s.x.tables[c.table].Cells[c.at]
	n := 0
	for from := int(at.From); from < int(at.To); from += 64 {
		n += bits.OnesCount64(s.word(mask, from, min(64, int(at.To)-from)))
	}
	return n
}

// eachRow visits the rows of a cell that a mask lets through, excluded ones
// too.
func (s *scan) eachRow(c cell, mask int32, visit func(row int)) {
	at := s.x.tables[c.table].Cells[c.at]
	for from := int(at.From); from < int(at.To); from += 64 {
		for w := s.word(mask, from, min(64, int(at.To)-from)); w != 0; w &= w - 1 {
			visit(from + bits.TrailingZeros64(w))
		}
	}
}
