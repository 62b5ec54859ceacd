package motive_test

import (
	"math/rand/v2"
	"slices"
	"testing"

	"witnessmark/data/motive"
	"witnessmark/data/stats"
)

// twoPatterns acts in training as in the evaluation that is observed.
func twoPatterns() motive.Model {
	return motive.Model{
		Name: "truth",
		Patterns: []motive.Pattern{
			{Name: "intended", Category: motive.Intended, Act: map[string]float64{"train": .05, "neutral": .02}},
			{Name: "persona", Category: motive.Persona, Act: map[string]float64{"train": .9, "neutral": .5}, Features: motive.Features{Pretraining: -4}},
		},
		Contexts: []motive.Context{{Name: "train", Training: 1, Select: .8}, {Name: "neutral"}},
		Prior:    motive.Prior{Pretraining: 1},
		Params:   motive.Params{Eta: .12},
	}
}

// draw samples cells from a model: n attempts a checkpoint and context.
func draw(m motive.Model, n int) []motive.Cell {
	rng := rand.New(rand.NewPCG(7, 11))
	t := m.Train(100)
	var cells []motive.Cell
	for step := 0; step <= 100; step += 10 {
		for _, c := range m.Contexts {
			p, _ := m.Rate(t.Shares[step], c)
			k := 0.0
			for range n {
				if rng.Float64() < p {
					k++
				}
			}
			cells = append(cells, motive.Cell{Context: c.Name, Steps: step, K: k, N: float64(n), HeldOut: step%20 == 10})
		}
	}
	return cells
}

func TestFitRecoversWhatMadeTheData(t *testing.T) {
	cells := draw(twoPatterns(), 400)
	start := twoPatterns()
	start.Params.Eta = .05
	start.Patterns[1].Features.Pretraining = -2
	fit, err := motive.FitModel(start, cells)
	if err != nil {
		t.Fatal(err)
	}
	if fit.Eta.Lo > .12 || fit.Eta.Hi < .12 {
		t.Errorf("eta %v [%v, %v] leaves out .12", fit.Eta.Value, fit.Eta.Lo, fit.Eta.Hi)
	}
	near(t, "offset", fit.Model.Patterns[1].Features.Pretraining, -4, .6)
	if len(fit.Flat) > 0 && slices.Contains(fit.Flat, "eta") {
		t.Errorf("flat directions %v", fit.Flat)
	}
	if fit.HeldOut >= 0 || fit.HeldOut < -.7 {
		t.Errorf("held-out log score %v", fit.HeldOut)
	}
}

// Two arms share patterns, priors and η; their contexts reward the act
// differently, which is what tells η from the prior.
func TestArmsShareTheirConstants(t *testing.T) {
	truth := twoPatterns()
	var arms []motive.Arm
	for _, gap := range []float64{.8, .4} {
		m := twoPatterns()
		m.Contexts[0].Select = gap
		arms = append(arms, motive.Arm{Contexts: m.Contexts, Cells: draw(m, 400)})
	}
	start := twoPatterns()
	start.Params.Eta, start.Patterns[1].Features.Pretraining = .05, -2
	fit, err := motive.FitArms(start, arms, nil)
	if err != nil {
		t.Fatal(err)
	}
	if !covers(fit.Eta, truth.Params.Eta) {
		t.Errorf("η %v [%v, %v] leaves out %v", fit.Eta.Value, fit.Eta.Lo, fit.Eta.Hi, truth.Params.Eta)
	}
	if len(fit.Offsets) != 1 || !covers(fit.Offsets[0].Estimate, -2) || fit.Offsets[0].Learned < 1 {
		t.Errorf("offset %+v, want about −2 (from −2 to −4)", fit.Offsets)
	}
}

func covers(e stats.Estimate, v float64) bool { return e.Lo <= v && v <= e.Hi }

func TestFitSaysWhatItCannotTellApart(t *testing.T) {
	m := twoPatterns()
	twin := m.Patterns[1]
	twin.Name, twin.Category = "schemer", motive.Schemer
	m.Patterns = append(m.Patterns, twin)
	fit, err := motive.FitModel(m, draw(m, 100))
	if err != nil {
		t.Fatal(err)
	}
	if len(fit.Alike) != 2 || len(fit.Alike[1]) != 2 {
		t.Errorf("groups %v: persona and schemer act alike here", fit.Alike)
	}
}

func TestFitRefusesInWords(t *testing.T) {
	if _, err := motive.FitModel(twoPatterns(), nil); err == nil {
		t.Error("fitted nothing")
	}
	if _, err := motive.FitModel(twoPatterns(), []motive.Cell{{Context: "elsewhere", N: 1}}); err == nil {
		t.Error("fitted a context that the model does not have")
	}
}

func BenchmarkTrain8Patterns200Steps20Contexts(b *testing.B) {
	m := motive.Model{Params: motive.Params{Eta: .1, Rollouts: 128}, Prior: motive.Prior{Simplicity: 1}}
	for i := range 8 {
		m.Patterns = append(m.Patterns, motive.Pattern{Name: string(rune('a' + i)), Default: float64(i) / 8, Features: motive.Features{Simplicity: float64(i)}})
	}
	for i := range 20 {
		m.Contexts = append(m.Contexts, motive.Context{Name: string(rune('A' + i)), Training: 1, Select: .5})
	}
	for b.Loop() {
		for _, shares := range m.Train(200).Shares {
			for _, c := range m.Contexts {
				m.Rate(shares, c)
			}
		}
	}
}
