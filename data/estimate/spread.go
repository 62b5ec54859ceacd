package estimate

import (
	"math"

	"witnessmark/data/stats"
)

// bySpread compares two runs of which only means, standard deviations and
// numbers of samples are known: Welch's t between their samples. That these
// may be of the same items cannot be used, so the interval errs on the wide
// side.
//
// Welch (1947), Biometrika 34:28; degrees of freedom by Satterthwaite (1946).
func (s *scan) bySpread(c *comparison, r, b *row) {
	own, okOwn := s.spread(r)
	base, okBase := s.spread(b)
	if !okOwn || !okBase {
		c.why = "one run on each side, without samples or their standard deviation and number"
		return
	}
	v, w := own.sd*own.sd/own.n, base.sd*base.sd/base.n
	if v+w == 0 {
		c.why = "the values do not vary, so there is no standard error to compare the difference with"
		return
	}
	se := math.Sqrt(v + w)
	df := (v + w) * (v + w) / (v*v/(own.n-1) + w*w/(base.n-1))
	half := stats.TQuantile((1+s.q.LevelOr())/2, df) * se
	d := own.value - base.value
	got := stats.Estimate{Value: d, Lo: d - half, Hi: d + half, Method: "Welch t from sd and n"}
	c.takeInterval(got, nil, 2*stats.TCDF(-math.Abs(d)/se, df), "a t test from sd and n has no floor")
	c.via = got.Method + ", not paired, these two runs only"
}

// spread is the one summary behind a row, if it has a standard deviation and
// a number of samples.
func (s *scan) spread(r *row) (given, bool) {
	rows := s.givens(r, r.runs[0], func(g given, _ bool) bool { return !g.counted() })
	if len(rows) != 1 || !(rows[0].n >= 2) || !(rows[0].sd >= 0) {
		return given{}, false
	}
	return rows[0], true
}
