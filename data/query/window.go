package query

import (
	"fmt"
	"math"
	"strconv"
	"strings"
)

// A Window chooses steps of a run. Last and first count the steps that the
// run recorded, so that a run that stopped early is read at its own end. The
// zero value is all steps. Windows are compared with ==.
type Window struct {
	kind   windowKind
	n      int
	lo, hi float64
}

type windowKind uint8

const (
	allSteps windowKind = iota
	lastSteps
	firstSteps
	stepRange
)

// Last is the last n recorded steps of each run; n is at least 1.
func Last(n int) Window { return Window{kind: lastSteps, n: max(n, 1)} }

// First is the first n recorded steps of each run; n is at least 1.
func First(n int) Window { return Window{kind: firstSteps, n: max(n, 1)} }

// At is the one step.
func At(step float64) Window { return Between(step, step) }

// Between is the steps from lo to hi, both included; an infinite end is open.
func Between(lo, hi float64) Window {
	if math.IsInf(lo, -1) && math.IsInf(hi, 1) {
		return Window{}
	}
	return Window{kind: stepRange, lo: lo, hi: hi}
}

// ParseWindow reads last:10, first:5, at:313, 100..200 (either end may be
// missing), a single step, last, first, or all. The error is a *SyntaxError.
func ParseWindow(text string) (Window, error) {
	s := strings.TrimSpace(text)
	fail := func(msg string) (Window, error) {
		return Window{}, &SyntaxError{Query: text, Off: len(text) - len(strings.TrimLeft(text, " \t")), Msg: msg}
	}
	switch s {
	case "", "all":
		return Window{}, nil
	case "last", "first":
		s += ":1"
	}
	if r, ok := rangeOf(s); ok {
		if r.lo > r.hi {
			return fail("the range " + s + " runs backwards")
		}
		return Between(r.lo, r.hi), nil
	}
	if step, ok := number(strings.TrimPrefix(s, "at:")); ok {
		return At(step), nil
	}
	word, count, _ := strings.Cut(s, ":")
	n, err := strconv.Atoi(count)
	switch {
	case word != "last" && word != "first":
		return fail("steps are chosen by last:10, first:5, at:313, 100..200 or all")
	case err != nil || n < 1:
		return fail("a whole number from 1 on is missing after " + word + ":")
	case word == "last":
		return Last(n), nil
	}
	return First(n), nil
}

// IsZero reports whether w is all steps.
func (w Window) IsZero() bool { return w == Window{} }

// Counted reports whether w counts recorded steps, as last and first do, and
// so fits rows that have no step.
func (w Window) Counted() bool { return w.kind == lastSteps || w.kind == firstSteps }

// String returns the canonical text, "all" for all steps.
func (w Window) String() string {
	switch w.kind {
	case lastSteps:
		return "last:" + strconv.Itoa(w.n)
	case firstSteps:
		return "first:" + strconv.Itoa(w.n)
	case stepRange:
		if w.lo == w.hi {
			return "at:" + decimal(w.lo)
		}
		return open(w.lo) + ".." + open(w.hi)
	}
	return "all"
}

func open(x float64) string {
	if math.IsInf(x, 0) {
		return ""
	}
	return decimal(x)
}

// Sentence says in words what a value over the window is.
func (w Window) Sentence() string {
	switch {
	case w.kind == allSteps:
		return "mean of all steps"
	case w == Last(1):
		return "last step"
	case w == First(1):
		return "first step"
	case w.kind == lastSteps:
		return fmt.Sprintf("mean of the last %d steps", w.n)
	case w.kind == firstSteps:
		return fmt.Sprintf("mean of the first %d steps", w.n)
	case w.lo == w.hi:
		return "step " + decimal(w.lo)
	case math.IsInf(w.lo, -1):
		return "mean of the steps up to " + decimal(w.hi)
	case math.IsInf(w.hi, 1):
		return "mean of the steps from " + decimal(w.lo)
	}
	return "mean of steps " + decimal(w.lo) + "–" + decimal(w.hi)
}

// Pick returns which of a run's steps, given in ascending order, w chooses:
// those from ≤ i < to.
func (w Window) Pick(steps []float64) (from, to int) {
	switch n := len(steps); w.kind {
	case lastSteps:
		return max(0, n-w.n), n
	case firstSteps:
		return 0, min(n, w.n)
	case stepRange:
		for from < n && steps[from] < w.lo {
			from++
		}
		for to = from; to < n && steps[to] <= w.hi; {
			to++
		}
		return from, to
	default:
		return 0, n
	}
}

// MarshalText returns the canonical text.
func (w Window) MarshalText() ([]byte, error) { return []byte(w.String()), nil }

// UnmarshalText parses text; errors are *SyntaxError.
func (w *Window) UnmarshalText(text []byte) error {
	v, err := ParseWindow(string(text))
	if err == nil {
		*w = v
	}
	return err
}
