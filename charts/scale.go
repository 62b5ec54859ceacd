package charts

import (
	"math"
	"slices"
)

// A ScaleKind says how data become places along an axis.
type ScaleKind string

// The kinds of scales. Rows puts row i at i to i + 1, the first on top or left.
// LogZero is logarithmic from Least on and linear below, so that 0 has a place.
const (
	Linear  ScaleKind = ""
	Log     ScaleKind = "log"
	LogZero ScaleKind = "logzero"
	Logit   ScaleKind = "logit"
	Rows    ScaleKind = "rows"
)

// A Scale maps data from Lo to Hi onto places from From to To, in style
// units of the drawing, and back.
type Scale struct {
	Kind     ScaleKind
	Lo, Hi   float64
	From, To float64
	Least    float64 // where a LogZero scale turns linear; positive
}

// Px returns the place of v. Where v has none (NaN, or not positive on a
// logarithmic axis) the result is NaN.
func (s Scale) Px(v float64) float64 {
	lo, hi := s.bend(s.Lo), s.bend(s.Hi)
	if lo == hi {
		return (s.From + s.To) / 2
	}
	return s.From + (s.bend(v)-lo)/(hi-lo)*(s.To-s.From)
}

// At returns the value at a place: the inverse of Px.
func (s Scale) At(px float64) float64 {
	if s.From == s.To {
		return s.Lo
	}
	lo, hi := s.bend(s.Lo), s.bend(s.Hi)
	return s.unbend(lo + (px-s.From)/(s.To-s.From)*(hi-lo))
}

func (s Scale) bend(v float64) float64 {
	switch s.Kind {
	case Log:
		if v <= 0 {
			return math.NaN()
		}
		return math.Log10(v)
	case LogZero:
		if v >= s.Least {
			return math.Log10(v)
		}
		return math.Log10(s.Least) - s.foot()*(1-v/s.Least)
	case Logit:
		if v <= 0 || v >= 1 {
			return math.NaN()
		}
		return math.Log(v / (1 - v))
	}
	return v
}

func (s Scale) unbend(t float64) float64 {
	switch s.Kind {
	case Log:
		return math.Pow(10, t)
	case LogZero:
		if least := math.Log10(s.Least); t < least {
			return s.Least * (1 - (least-t)/s.foot())
		}
		return math.Pow(10, t)
	case Logit:
		return 1 / (1 + math.Exp(-t))
	}
	return t
}

// foot is how much room 0 to Least gets on a LogZero scale, in powers of ten:
// an eighth of what lies above.
func (s Scale) foot() float64 { return math.Max(0.1, math.Log10(s.Hi/s.Least)/8) }

// holds reports whether v is on the axis, with a little tolerance at its ends.
func (s Scale) holds(v float64) bool {
	slack := (s.Hi - s.Lo) * 1e-9
	return v >= s.Lo-slack && v <= s.Hi+slack
}

// clamp returns the place of v, or of the nearer end where v is off the axis.
func (s Scale) clamp(v float64) float64 {
	return s.Px(math.Max(s.Lo, math.Min(s.Hi, v)))
}

// extent returns the smallest and largest finite value; ok is false where
// there is none.
func extent(sets ...Values) (lo, hi float64, ok bool) {
	lo, hi = math.Inf(1), math.Inf(-1)
	for _, set := range sets {
		for _, v := range set {
			if !math.IsNaN(v) && !math.IsInf(v, 0) {
				lo, hi = math.Min(lo, v), math.Max(hi, v)
			}
		}
	}
	return lo, hi, lo <= hi
}

// padded widens a domain by a share on both sides; one value or a constant
// gets a domain around it.
func padded(lo, hi, share float64) (float64, float64) {
	if lo == hi {
		d := math.Max(math.Abs(lo)*0.1, 1e-9)
		if lo == 0 {
			d = 1
		}
		return lo - d, hi + d
	}
	d := (hi - lo) * share
	return lo - d, hi + d
}

// symmetric returns the end of a difference axis that is symmetric about 0
// and holds all values, with room for a mark.
func symmetric(sets ...Values) float64 {
	lo, hi, ok := extent(sets...)
	m := math.Max(math.Abs(lo), math.Abs(hi))
	if !ok || m == 0 {
		return 0.1
	}
	return m * 1.12
}

func sorted(v Values) Values {
	out := slices.Clone(v)
	slices.Sort(out)
	return out
}
