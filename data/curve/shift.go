package curve

import (
	"math"

	"witnessmark/data/frame"
	"witnessmark/data/stats"
)

// Columns of Shifts.
const (
	After  = "after"  // last step before the change
	Before = "before" // mean before it
	Now    = "now"    // mean after it
)

// shiftDraws is how many orders of the steps a change is held against.
const shiftDraws = 999

// Shifts gives each group the step after which the mean over its runs best
// gives way to another level (after, before, now), with the permutation p of
// stats.FindShift. It is a hint where to look, not a test: neighboring steps
// of one run resemble each other. Units are runs with their own step as
// Value, without a p.
func Shifts(f frame.Frame) frame.Frame {
	s := newSheet()
	for _, g := range Groups(f) {
		s.row(g.Keys)
		steps, means := stretched(g.means())
		at, err := stats.FindShift(means, shiftDraws)
		if err != nil {
			for _, name := range []string{After, Before, Now, frame.P} {
				s.why(name, math.NaN(), stats.Reason(err))
			}
			continue
		}
		s.num(After, steps[at.After-1])
		s.num(Before, at.Before)
		s.num(Now, at.Now)
		s.num(frame.P, at.P)
		s.units(g.shifts())
	}
	return s.done()
}

// mostStretches is how many points a change is looked for among. Longer curves
// are averaged over stretches: a thousand are finer than a hint needs.
const mostStretches = 1000

// stretched averages values over as many steps each, and names a stretch by
// its last step.
func stretched(steps, values []float64) (last, means []float64) {
	n := len(steps)
	if n <= mostStretches {
		return steps, values
	}
	for b := range mostStretches {
		from, to := b*n/mostStretches, (b+1)*n/mostStretches
		m, _ := stats.Mean(values[from:to])
		last, means = append(last, steps[to-1]), append(means, m)
	}
	return last, means
}

func (g Group) shifts() []frame.Unit {
	nan := math.NaN()
	var out []frame.Unit
	for _, r := range g.Runs {
		u := frame.Unit{Run: r.Name, Seed: r.Seed, Value: nan, K: nan, N: nan, Pair: nan}
		if at, err := stats.FindShift(r.Values, 0); err == nil {
			u.Value = r.Steps[at.After-1]
		}
		out = append(out, u)
	}
	return out
}

// means is the mean over the runs at each step that all of them have: runs
// that start or end in between would move it by themselves.
func (g Group) means() (steps, means []float64) {
	sum, n := map[float64]float64{}, map[float64]int{}
	for _, r := range g.Runs {
		for i, s := range r.Steps {
			sum[s], n[s] = sum[s]+r.Values[i], n[s]+1
		}
	}
	for _, s := range g.grid() {
		if n[s] == len(g.Runs) {
			steps, means = append(steps, s), append(means, sum[s]/float64(n[s]))
		}
	}
	return steps, means
}
