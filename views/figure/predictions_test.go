package figure_test

import (
	"fmt"
	"strings"
	"testing"

	"witnessmark/data"
	"witnessmark/data/column"
	"witnessmark/data/estimate"
	"witnessmark/views/desk"
	"witnessmark/views/figure"
)

// takingOff is runs of two conditions over ten training steps, with rewards:
// hacking spreads in neutral runs, and less under inoculation.
func takingOff() *estimate.Index {
	set := &column.Set{Contexts: []column.Context{{}}}
	b := column.NewBuilder(false)
	put := func(name string, k float64) {
		b.Set(b.Column(name, column.K), k)
		b.Set(b.Column(name, column.N), 100)
	}
	for at, condition := range []string{"neutral", "inoculation"} {
		for seed := range 4 {
			run := int32(len(set.Runs))
			set.Runs = append(set.Runs, column.Run{Name: fmt.Sprint(condition, seed), Fields: data.Fields{data.Condition: condition, data.Seed: fmt.Sprint(seed)}})
			for step := range 40 {
				hacks := float64((1 + step + seed) / (1 + 3*at))
				b.Row(run, 0, float64(step))
				put("hack", hacks)
				put("rewarded_hack", hacks)
				put("rewarded_solve", 10)
			}
		}
	}
	t, _ := b.Table()
	set.Tables = []*column.Table{t}
	return estimate.NewIndex(set)
}

func TestFiguresOfPredictions(t *testing.T) {
	x := takingOff()
	about := figure.Facts{Study: "test", Measures: x.Measures()}
	for recipe, subtitle := range map[string]string{
		"shares": "inoculation, fitted η", "predicted": "odd seeds held out, and shown here", "calibration": "4 held-out runs, from step 20",
		"tornado": "prior × 0 and × 2", "mechanisms": "Undesired hack",
	} {
		s := desk.State{Measure: "hack"}
		answers, err := figure.Frames(t.Context(), x, recipe, s)
		if err != nil {
			t.Errorf("%s: %v", recipe, err)
			continue
		}
		spec, err := figure.Picture(recipe, s, about, answers)
		if err != nil {
			t.Fatal(err)
		}
		if !strings.Contains(spec.Subtitle, subtitle) || !strings.Contains(spec.Source, "equations ours") || spec.Title == "" {
			t.Errorf("%s: title %q, subtitle %q, source %q", recipe, spec.Title, spec.Subtitle, spec.Source)
		}
	}
}

func TestTheModelIsPartOfTheState(t *testing.T) {
	x := takingOff()
	s := desk.State{Measure: "hack"}.With(figure.ModelOption, "two-behaviors").With(figure.ArmOption, "neutral")
	answers, err := figure.Frames(t.Context(), x, "shares", s)
	if err != nil {
		t.Fatal(err)
	}
	if got := answers[0].Text("pattern", 0); got != "Does not hack" || answers[0].Key(0, data.Condition) != "neutral" {
		t.Errorf("pattern %q of %q", got, answers[0].Key(0, data.Condition))
	}
	for option, value := range map[string]string{figure.ModelOption: "{", figure.ArmOption: "nobody", figure.HoldOutOption: ","} {
		if _, err := figure.Frames(t.Context(), x, "shares", s.With(option, value)); err == nil {
			t.Errorf("%s = %q was drawn", option, value)
		}
	}
}
