package query

import (
	"math"
	"strconv"
	"strings"
)

// A Ternary is the answer of a filter that may not know enough yet.
type Ternary int8

// The answers. Maybe means that a field is only known at a finer level, such
// as that of the single sample.
const (
	No Ternary = iota - 1
	Maybe
	Yes
)

// AnyText is the field of a bare word: every field that holds text.
const AnyText = ""

// A Value is what a field says somewhere: its text, and its number if the
// text is one. The zero Value is a field that is not there, which is the
// same as an empty one.
type Value struct {
	Text    string
	Num     float64 // meaningful when Numeric
	Numeric bool
}

// Text returns the value of a field that is kept as text, such as "1e-4",
// which is a number too.
func Text(s string) Value {
	x, ok := number(s)
	return Value{Text: s, Num: x, Numeric: ok}
}

// Num returns the value of a number; NaN is not there.
func Num(x float64) Value {
	if math.IsNaN(x) {
		return Value{}
	}
	return Value{Text: strconv.FormatFloat(x, 'f', -1, 64), Num: x, Numeric: true}
}

// A Look gives what a field says at some level, and whether it is known
// there. A field that exists nowhere is known, and empty. For AnyText it
// gives the texts of the level together, and known only if no finer level
// has any.
type Look func(field string) (v Value, known bool)

// Decide tells whether f lets through what look describes.
func (f Filter) Decide(look Look) Ternary {
	if f.root == nil {
		return Yes
	}
	return f.root.decide(look)
}

// Reduce answers as Decide does, and when the answer is Maybe, also returns
// what remains to be asked at a finer level.
func (f Filter) Reduce(look Look) (rest Filter, answer Ternary) {
	if f.root == nil {
		return Filter{}, Yes
	}
	root, answer := f.root.reduce(look)
	return Filter{root}, answer
}

func (n all) decide(look Look) Ternary {
	worst := Yes
	for _, part := range n {
		if worst = min(worst, part.decide(look)); worst == No {
			break
		}
	}
	return worst
}

func (n either) decide(look Look) Ternary {
	best := No
	for _, part := range n {
		if best = max(best, part.decide(look)); best == Yes {
			break
		}
	}
	return best
}

func (n not) decide(look Look) Ternary { return -n.of.decide(look) }

func (t *term) decide(look Look) Ternary {
	v, known := look(t.field)
	switch {
	case t.field == AnyText && t.match(v), known && t.match(v):
		return Yes
	case known:
		return No
	}
	return Maybe
}

func (n all) reduce(look Look) (node, Ternary) {
	var open []node
	for _, part := range n {
		switch rest, answer := part.reduce(look); answer {
		case No:
			return nil, No
		case Maybe:
			open = append(open, rest)
		}
	}
	if open == nil {
		return nil, Yes
	}
	return both(open...), Maybe
}

func (n either) reduce(look Look) (node, Ternary) {
	var open []node
	for _, part := range n {
		switch rest, answer := part.reduce(look); answer {
		case Yes:
			return nil, Yes
		case Maybe:
			open = append(open, rest)
		}
	}
	if open == nil {
		return nil, No
	}
	return oneOf(open...), Maybe
}

func (n not) reduce(look Look) (node, Ternary) {
	rest, answer := n.of.reduce(look)
	if answer == Maybe {
		return negate(rest), Maybe
	}
	return nil, -answer
}

func (t *term) reduce(look Look) (node, Ternary) {
	answer := t.decide(look)
	if answer == Maybe {
		return t, Maybe
	}
	return nil, answer
}

// match tells whether the claim holds of v. What is not there fulfills no
// claim but that of being empty, so its negation lets it through.
func (t *term) match(v Value) bool {
	switch t.rel {
	case present:
		return v.Text != ""
	case is:
		return anyChoice(t.choices, v, choice.equals)
	case contains:
		return anyChoice(t.choices, v, choice.within)
	}
	lo, hi := t.limits()
	return v.Numeric && lo <= v.Num && v.Num <= hi
}

func anyChoice(choices []choice, v Value, fits func(choice, Value) bool) bool {
	for _, c := range choices {
		if fits(c, v) {
			return true
		}
	}
	return false
}

func (c choice) equals(v Value) bool {
	switch {
	case c.span:
		return v.Numeric && c.lo <= v.Num && v.Num <= c.hi
	case c.number && v.Numeric:
		return c.lo == v.Num
	}
	return c.text == v.Text
}

func (c choice) within(v Value) bool {
	return strings.Contains(strings.ToLower(v.Text), strings.ToLower(c.text))
}

// limits returns the closed interval that a comparison allows: there is no
// number between a bound and its neighbor, so < is ≤ of the one below.
func (t *term) limits() (lo, hi float64) {
	lo, hi = math.Inf(-1), math.Inf(1)
	switch t.rel {
	case less:
		hi = math.Nextafter(t.bound.lo, lo)
	case atMost:
		hi = t.bound.lo
	case more:
		lo = math.Nextafter(t.bound.lo, hi)
	case atLeast:
		lo = t.bound.lo
	}
	return lo, hi
}
