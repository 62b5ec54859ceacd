package curve

import (
	"cmp"
	"math"
	"slices"

	"witnessmark/data/frame"
)

// Laid is an answer along another axis.
type Laid struct {
	frame.Frame      // with a column x
	Ragged      bool // runs have places of their own: a row has the runs at its very place as units, and its mean is over more
	Between     bool // the means of a ragged answer take runs between two of their steps, in proportion
}

// mostMeans is how many places the mean of a group is computed for, where
// runs have places of their own.
const mostMeans = 600

// Lay lays an answer by step along an axis. Where all runs of a row lie at
// one place, the row keeps its numbers. Where they do not (longer runs, other
// batches), the mean over runs is taken anew at the places that there are,
// with t over runs: of the runs at that very place for steps since the onset,
// else of each run in proportion between its two nearest steps, and never
// outside of them. There is no mean where fewer than half of the group's runs
// are, which would jump as each ends. Rows without a place are left out.
func Lay(f frame.Frame, p Places, a Axis, confidence float64) Laid {
	if out, ok := p.shared(f); ok {
		return Laid{Frame: out}
	}
	s := newSheet()
	for _, g := range Groups(f) {
		p.lay(s, g, a != SinceOnset, level(confidence))
	}
	s.Notes = wholeNotes(f)
	return Laid{Frame: s.done(), Ragged: true, Between: a != SinceOnset}
}

// shared places rows by their step, if at every step all runs of a group lie
// at one place.
func (p Places) shared(f frame.Frame) (frame.Frame, bool) {
	x := make([]float64, f.Len())
	for row := range x {
		x[row] = math.NaN()
	}
	for _, g := range Groups(f) {
		for _, row := range g.rows {
			at, ok := p.together(g, stepAt(f, row))
			if !ok {
				return frame.Frame{}, false
			}
			x[row] = at
		}
	}
	var rows []int
	var kept []float64
	for row, at := range x {
		if at == at {
			rows, kept = append(rows, row), append(kept, at)
		}
	}
	return withX(f.Select(rows), kept), true
}

// together is the place of a step for all runs of a group that have one, NaN
// where none has. A run with a value and no place stands apart from those
// that have one.
func (p Places) together(g Group, step float64) (x float64, ok bool) {
	x, lost := math.NaN(), false
	for _, r := range g.Runs {
		at := p.Place(r.Name, step)
		switch {
		case at != at:
			_, has := slices.BinarySearch(r.Steps, step)
			lost = lost || has
		case x != x:
			x = at
		case math.Abs(at-x) > 1e-9*max(1, math.Abs(x)):
			return x, false
		}
	}
	return x, x != x || !lost
}

// lay writes the rows of a group.
func (p Places) lay(s *sheet, g Group, between bool, confidence float64) {
	runs := make([]Run, len(g.Runs))
	var all []float64
	for i, r := range g.Runs {
		runs[i] = p.moved(r)
		all = append(all, runs[i].Steps...)
	}
	slices.Sort(all)
	all = slices.Compact(all)
	every := len(all)/mostMeans + 1
	for i, x := range all {
		s.row(g.Keys)
		s.num(X, x)
		var values []float64
		var units []frame.Unit
		for _, r := range runs {
			k, exact := slices.BinarySearch(r.Steps, x)
			if exact {
				units = append(units, frame.Unit{Run: r.Name, Seed: r.Seed, Value: r.Values[k], K: r.K[k], N: r.N[k], Pair: math.NaN()})
			}
			if v := r.at(x); v == v && (between || exact) {
				values = append(values, v)
			}
		}
		s.units(units)
		if 2*len(values) >= len(runs) && (i%every == 0 || i == len(all)-1) {
			s.mean(values, confidence)
		}
	}
}

// moved is a run with places for steps, in their order.
func (p Places) moved(r Run) Run {
	var order []int
	x := make([]float64, len(r.Steps))
	for i, step := range r.Steps {
		if x[i] = p.Place(r.Name, step); x[i] == x[i] {
			order = append(order, i)
		}
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(x[a], x[b]) })
	out := Run{Name: r.Name, Seed: r.Seed}
	for _, i := range order {
		if n := len(out.Steps); n > 0 && out.Steps[n-1] == x[i] {
			continue
		}
		out.Steps, out.Values = append(out.Steps, x[i]), append(out.Values, r.Values[i])
		out.K, out.N = append(out.K, r.K[i]), append(out.N, r.N[i])
	}
	return out
}

func wholeNotes(f frame.Frame) []frame.Note {
	return slices.DeleteFunc(slices.Clone(f.Notes), func(n frame.Note) bool { return n.Row >= 0 })
}
