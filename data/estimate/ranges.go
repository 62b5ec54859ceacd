package estimate

import (
	"fmt"

	"witnessmark/data/query"
)

// onlyRanges says what was reported of a row that has bounds and no number
// between them, as of values read off a plot: the first, and how many more.
func (s *scan) onlyRanges(r *row) string {
	first, n := s.rangesOf(r)
	if n > 1 {
		return fmt.Sprintf("only ranges were reported: %s, and %s", first, count(n-1, "more range"))
	}
	return "only a range was reported: " + first
}

// noteRanges says of a row that has numbers which ranges they leave out.
func (s *scan) noteRanges(r *row) {
	if r.ranges == nil || r.series == nil {
		return
	}
	first, n := s.rangesOf(r)
	text := "a range was reported without a number, and is not in the mean: " + first
	if n > 1 {
		text = fmt.Sprintf("ranges were reported without a number, and are not in the mean: %s, and %s", first, count(n-1, "more range"))
	}
	r.note("range", text, true)
}

// rangesOf words the first of a row's ranges by run and step, and counts all.
func (s *scan) rangesOf(r *row) (first string, n int) {
	for _, v := range r.ranges.values {
		for at := v.refs; at >= 0; at = s.refs[at].next {
			ref := s.refs[at]
			from := n
			s.rows(ref, func(row int) {
				if g := s.tables[ref.table].groups[r.measure].row(row); g.ranged() {
					if n == from { // refs go back in steps
						first = g.rangeText()
					}
					n++
				}
			})
		}
	}
	return first, n
}

func (v given) rangeText() string {
	switch {
	case v.lo != v.lo:
		return "at most " + query.Num(v.hi).Text
	case v.hi != v.hi:
		return "at least " + query.Num(v.lo).Text
	}
	return query.Num(v.lo).Text + "–" + query.Num(v.hi).Text
}
