package estimate

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"witnessmark/data"
	"witnessmark/data/column"
	"witnessmark/data/frame"
	"witnessmark/data/query"
)

func TestScalesAreInferredOnlyWhereNamesAndValuesTell(t *testing.T) {
	for _, x := range []struct {
		name   string
		values []float64
		hi     float64 // NaN for no scale
	}{
		{"misalignment_rate", []float64{0.01, 0.3}, 1},
		{"Accuracy", []float64{0.5, 0.75}, 1},
		{"accuracy", []float64{12, 0.5}, 100},
		{"Playful", []float64{0.4, 78.3}, 100},
		{"coherence", []float64{3, 4.5}, math.NaN()},
		{"alignment", []float64{-2, 60}, math.NaN()},
		{"alignment", []float64{2, 160}, math.NaN()},
		{"response_length", []float64{2, 60}, math.NaN()},
		{"rate_of_climb", []float64{0.1, 0.4}, math.NaN()},
		{"loss", []float64{0.1, 70}, math.NaN()},
		{"fraction", []float64{0.5, 0.5}, math.NaN()},
	} {
		s := newStudy()
		for i, v := range x.values {
			s.counts.Row(s.run(fmt.Sprint(i)), s.context(), 1)
			s.counts.Set(s.counts.Column(x.name, column.Value), v)
		}
		m := NewIndex(s.done()).Measures()[0]
		if m.Inferred == math.IsNaN(x.hi) || m.Inferred && (m.Lo != 0 || m.Hi != x.hi) {
			t.Errorf("%s of %v: scale %v to %v, want to %v", x.name, x.values, m.Lo, m.Hi, x.hi)
		}
	}
}

func TestInferredScalesAreSaidAndStatedOnesWin(t *testing.T) {
	set := traits(t)
	q := query.Query{By: []string{data.TrainPrompt}, Measures: []string{"Playful"}, Steps: query.At(313)}
	wantNoNote(t, ask(t, set, q), "inferred-scale")
	set.Metrics = nil
	f := ask(t, set, q)
	wantNote(t, f, -1, "inferred-scale", "Playful: scale 0 to 100 taken from the values")
	if _, why, ok := f.Num(frame.Above, 0); !ok {
		t.Errorf("no count above half of the scale: %s", why)
	}
}

// A curve says once of each group what holds at many of its steps.
func TestNotesOverStepsAreOneAGroup(t *testing.T) {
	f := ask(t, rlStudy(t), query.Query{By: []string{data.Condition, data.Step}, Measures: []string{"hack"}, Baseline: "neutral"})
	ids := map[string]int{}
	for _, n := range f.Notes {
		ids[n.ID]++
		if n.ID == "bimodal-seeds" && (!strings.HasPrefix(n.Text, "step ") || !strings.Contains(n.Text, "earlier step")) {
			t.Errorf("no steps in %q", n.Text)
		}
	}
	for id, n := range ids {
		if n > 3 {
			t.Errorf("%d notes %s about 3 groups", n, id)
		}
	}
	if ids["bimodal-seeds"] < 2 {
		t.Errorf("notes %v", ids)
	}
}

// The published effect of a strong inoculation: 77.0 to 7.9 points of 100.
func TestSingleRunsOfSummariesAreComparedByTheirSpread(t *testing.T) {
	f := ask(t, traits(t), query.Query{
		Where: where(t, "lr:0.0001 eval_prompt:default run:default_lr_1e4,strong_inoc_lr_1e4"), Steps: query.At(313),
		By: []string{data.Run}, Measures: []string{"Playful"}, Baseline: "default_lr_1e4",
	})
	row := rowAt(t, f, data.Run, "strong_inoc_lr_1e4")
	wantNum(t, f, frame.Diff, row, 7.906-77.001, 0.001)
	lo, _, _ := f.Num(frame.DiffLo, row)
	hi, _, _ := f.Num(frame.DiffHi, row)
	own, base := f, rowAt(t, f, data.Run, "default_lr_1e4")
	half := func(i int) float64 {
		a, _, _ := own.Num(frame.Lo, i)
		b, _, _ := own.Num(frame.Hi, i)
		return (b - a) / 2
	}
	if got, want := (hi-lo)/2, math.Hypot(half(row), half(base)); math.Abs(got-want) > 0.2 {
		t.Errorf("half width %v, want about %v", got, want)
	}
	if got := f.Text(frame.DiffVia, row); got != "Welch t from sd and n, not paired, these two runs only" {
		t.Errorf("compared %q", got)
	}
	if p, _, ok := f.Num(frame.P, row); !ok || p > 1e-6 {
		t.Errorf("p %v", p)
	}
}
