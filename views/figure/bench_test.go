package figure_test

import (
	"fmt"
	"testing"

	"witnessmark/charts"
	"witnessmark/data/frame"
	"witnessmark/data/motive"
	"witnessmark/data/predict"
	"witnessmark/views/desk"
	"witnessmark/views/figure"
)

// BenchmarkAPriorSlider is what a slider of a prior asks for: the shares and
// the rates of 8 patterns in 20 contexts at 200 checkpoints, from the model to
// the two pictures as large as in a window of 1440 × 900.
func BenchmarkAPriorSlider(b *testing.B) {
	x := takingOff()
	o, err := predict.Observe(b.Context(), x, predict.Question{Behavior: "hack"})
	if err != nil {
		b.Fatal(err)
	}
	m := motive.Model{Params: motive.Params{Eta: .1, Rollouts: 128}, Prior: motive.Prior{Simplicity: 1}}
	for i := range 8 {
		m.Patterns = append(m.Patterns, motive.Pattern{Name: fmt.Sprint("p", i), Default: float64(i) / 8, Features: motive.Features{Simplicity: float64(i)}})
	}
	for i := range 20 {
		m.Contexts = append(m.Contexts, motive.Context{Name: fmt.Sprint("c", i), Training: 1, Select: .5})
	}
	var steps []float64
	for step := range 200 {
		steps = append(steps, float64(step+1))
	}
	s, about := desk.State{Measure: "hack"}, figure.Facts{Study: "test", Measures: x.Measures()}
	for b.Loop() {
		m.Prior.Simplicity = 2 - m.Prior.Simplicity/2
		c, err := predict.Compute(m, o, predict.Options{Steps: steps})
		if err != nil {
			b.Fatal(err)
		}
		shares, _ := c.SharesFrame(predict.Parts{Arm: "inoculation"})
		for _, at := range c.Paths[0].Training.Shares {
			for _, of := range m.Contexts {
				c.Model.Rate(at, of)
			}
		}
		paint(b, "shares", s, about, shares)
		paint(b, "forecast", s, about, c.CurveFrame())
	}
}

func paint(b *testing.B, recipe string, s desk.State, about figure.Facts, f frame.Frame) {
	b.Helper()
	spec, err := figure.Picture(recipe, s, about, []frame.Frame{f})
	if err != nil {
		b.Fatal(err)
	}
	if _, err := charts.Draw(spec, charts.Style{Width: 420, Height: 320, Theme: charts.Light()}); err != nil {
		b.Fatal(err)
	}
}
