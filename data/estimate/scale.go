package estimate

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"unicode"

	"witnessmark/data/column"
)

// A scale is the range in which a measure can lie, NaN where not known.
// Inferred says that it was taken from the values, see infer.
type scale struct {
	lo, hi   float64
	inferred bool
}

func (s scale) known() bool { return s.lo < s.hi }

// findScales settles the scale of every measure: as a file states it, or as
// far as names and values tell.
func (x *Index) findScales() {
	for id, m := range x.measures {
		s := scale{lo: math.NaN(), hi: math.NaN()}
		if stated, ok := x.set.Metrics[m.Name]; ok {
			s.lo, s.hi = stated.Lo, stated.Hi
		}
		if math.IsNaN(s.lo) && math.IsNaN(s.hi) {
			if lo, hi, ok := infer(m.Name, x.span(id)); ok {
				s = scale{lo, hi, true}
			}
		}
		x.scales = append(x.scales, s)
	}
}

// Words at the end of a measure's name by which it is a part of a whole, and
// words anywhere in it by which a number near 100 is no score.
var (
	partWords = []string{"rate", "fraction", "frac", "accuracy", "share", "proportion", "percent", "percentage", "pct"}
	openWords = []string{
		"length", "len", "token", "tokens", "char", "chars", "word", "words", "line", "lines", "step", "steps", "epoch", "epochs", "count", "number",
		"second", "seconds", "minutes", "hours", "time", "duration", "loss", "perplexity", "entropy", "reward", "return", "norm", "grad", "kl", "lr",
		"temperature", "rank", "index", "id", "seed", "size", "cost",
	}
)

// leastScore is the value that some score must reach before values within 0
// to 100 are taken for scores on that scale.
const leastScore = 50

// infer tells the scale of a measure of which no file states it:
//
//   - 0 to 1 where all values lie there and the name ends in rate, fraction,
//     accuracy, share or the like
//   - 0 to 100 where all values lie there, some above 1, and the name ends so;
//     or some reach 50, as scores of judges do, unless the name is that of a
//     length, a time, a loss or something else without an upper end
//
// Answers that use such a scale say so in a note.
func infer(name string, v span) (lo, hi float64, ok bool) {
	words := strings.FieldsFunc(strings.ToLower(name), func(r rune) bool { return !unicode.IsLetter(r) })
	part := len(words) > 0 && slices.Contains(partWords, words[len(words)-1])
	open := slices.ContainsFunc(words, func(w string) bool { return slices.Contains(openWords, w) })
	switch {
	case !(v.lo >= 0 && v.hi <= 100 && v.lo < v.hi):
		return 0, 0, false
	case part && v.hi <= 1:
		return 0, 1, true
	case part, v.hi >= leastScore && !open:
		return 0, 100, true
	}
	return 0, 0, false
}

// A span is the smallest and the largest of some numbers, ±Inf of none.
type span struct{ lo, hi float64 }

func (s *span) add(v float64) {
	if v == v {
		s.lo, s.hi = min(s.lo, v), max(s.hi, v)
	}
}

// span returns the span of a measure's values: of samples and of summaries.
func (x *Index) span(id int) span {
	out := span{math.Inf(1), math.Inf(-1)}
	for i := range x.tables {
		if c, ok := x.tables[i].samples[id]; ok {
			out.addColumn(c.Column)
		}
		if g, ok := x.tables[i].groups[id]; ok && g.value != nil {
			out.addColumn(g.value)
		}
	}
	return out
}

func (s *span) addColumn(c *column.Column) {
	for _, v := range c.Num {
		s.add(v)
	}
	for _, v := range c.Code {
		if v < column.Unknown {
			s.add(float64(v))
		}
	}
}

// inferredScales tells which measures of an answer have a scale that no file
// states.
func (s *scan) inferredScales() []string {
	var out []string
	for i, id := range s.measures {
		if sc := s.x.scales[id]; sc.inferred {
			out = append(out, fmt.Sprintf("%s: scale %v to %v taken from the values; no file states it", s.q.Measures[i], sc.lo, sc.hi))
		}
	}
	return out
}
