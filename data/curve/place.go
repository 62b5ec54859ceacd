package curve

import (
	"math"
	"slices"
	"strings"

	"witnessmark/data"
	"witnessmark/data/frame"
)

// An Axis is what checkpoints are laid along.
type Axis string

// The axes. A fraction is the step over the last step that the run recorded;
// SinceOnset counts steps from the onset of each run.
const (
	ByStep     Axis = "step"
	ByEpoch    Axis = "epoch"
	ByTokens   Axis = "tokens"
	ByFraction Axis = "fraction"
	SinceOnset Axis = "onset"
)

// X is the column with the place of a row on its axis.
const X = "x"

// recordedAs are the names under which logs record how far training is, in
// the order in which they are looked for.
var recordedAs = map[Axis][]string{
	ByEpoch:  {"epoch", "epoch_frac", "train_epoch", "epochs"},
	ByTokens: {"tokens", "num_tokens", "num_input_tokens_seen", "tokens_seen", "total_tokens", "train_tokens", "n_tokens"},
}

// Recording returns the measure that says where steps lie on an axis, "" for
// an axis that no measure tells, or that needs none.
func (a Axis) Recording(measures []string) string {
	for _, want := range recordedAs[a] {
		for _, name := range measures {
			if own := name[strings.LastIndexAny(name, "/.")+1:]; strings.EqualFold(own, want) {
				return name
			}
		}
	}
	return ""
}

// Axes lists the axes that a study with these measures has.
func Axes(measures []string) []Axis {
	out := []Axis{ByStep}
	for _, a := range []Axis{ByEpoch, ByTokens} {
		if a.Recording(measures) != "" {
			out = append(out, a)
		}
	}
	return append(out, ByFraction, SinceOnset)
}

// Places says where the steps of each run lie on an axis, by name of run.
type Places map[string]Run

// Recorded reads places from an answer by run and step of the measure that
// records them. Between two recorded steps the place lies in proportion;
// outside of them there is none.
func Recorded(f frame.Frame) Places {
	out := Places{}
	for _, g := range Groups(f) {
		for _, r := range g.Runs {
			out[r.Name] = r
		}
	}
	return out
}

// Fractions places steps by each run's last step.
func Fractions(last map[string]float64) Places {
	out := Places{}
	for run, step := range last {
		if step > 0 {
			out[run] = Run{Steps: []float64{0, step}, Values: []float64{0, 1}}
		}
	}
	return out
}

// Since places steps by their distance from a step of each run, such as its
// onset: a table with columns run and step. Runs without one have no places.
func Since(starts frame.Frame) Places {
	out := Places{}
	for row := range starts.Len() {
		if step := stepAt(starts, row); step == step {
			out[starts.Text(data.Run, row)] = Run{Steps: []float64{step}, Values: []float64{0}}
		}
	}
	return out
}

// Place is where a step of a run lies, NaN where that is not known.
func (p Places) Place(run string, step float64) float64 {
	r, ok := p[run]
	switch {
	case !ok:
		return math.NaN()
	case len(r.Steps) == 1: // a distance, from one step on
		return step - r.Steps[0] + r.Values[0]
	}
	return r.at(step)
}

// at is a run's value at a step, in proportion between two steps; NaN outside.
func (r Run) at(step float64) float64 {
	i, found := slices.BinarySearch(r.Steps, step)
	switch {
	case found:
		return r.Values[i]
	case i == 0 || i == len(r.Steps):
		return math.NaN()
	}
	part := (step - r.Steps[i-1]) / (r.Steps[i] - r.Steps[i-1])
	return r.Values[i-1] + part*(r.Values[i]-r.Values[i-1])
}

// Locate adds to a table of runs and steps, such as onsets, where they lie.
func (p Places) Locate(starts frame.Frame) frame.Frame {
	x := make([]float64, starts.Len())
	for row := range x {
		x[row] = p.Place(starts.Text(data.Run, row), stepAt(starts, row))
	}
	return withX(starts, x)
}

func withX(f frame.Frame, x []float64) frame.Frame {
	f.Columns = append(slices.Clone(f.Columns), frame.Column{Name: X, Num: x})
	return f
}
