package predict_test

import (
	"strings"
	"testing"

	"witnessmark/data/frame"
	"witnessmark/data/motive"
	"witnessmark/data/predict"
	"witnessmark/data/query"
)

func filter(t *testing.T, text string) query.Filter {
	t.Helper()
	f, err := query.Parse(text)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func TestMechanismsOfTheTraitSweep(t *testing.T) {
	p, err := predict.Mechanisms(t.Context(), realIndex(t, "trait_prefix_sweep_by_checkpoint.csv"),
		predict.MechanismQuestion{Where: filter(t, "lr:0.0001"), Steps: query.At(313)})
	if err != nil {
		t.Fatal(err)
	}
	want := map[string][3]float64{
		"irrelevant": {-64.2, -73.6, -54.8}, "desired": {-67.5, -77.1, -57.8}, "pool": {24.9, 14.8, 35.0}, "leak": {-3.2, -11.3, 4.9},
	}
	for _, r := range p.Rows {
		w, run := want[r.Contrast.ID]
		if !run {
			if r.Estimate != nil || r.Why == "" || r.Against(motive.Aligned) != motive.NotRun {
				t.Errorf("%s: %+v, %q, want a reason why it was not run", r.Contrast.Title, r.Estimate, r.Why)
			}
			continue
		}
		if r.Estimate == nil {
			t.Fatalf("%s: %s", r.Contrast.Title, r.Why)
		}
		near(t, r.Contrast.Title, r.Estimate.Value, w[0], .06)
		near(t, r.Contrast.Title+" from", r.Estimate.Lo, w[1], .06)
		near(t, r.Contrast.Title+" to", r.Estimate.Hi, w[2], .06)
	}
	if p.Clear != 3 || p.Foretold != [3]int{0, 0, 3} || p.Evidence[motive.Conditional] != 0 || p.Evidence[motive.Aligned] > -10 {
		t.Errorf("foretold %v of %d, evidence %v", p.Foretold, p.Clear, p.Evidence)
	}
	if got := p.Sentences(); !strings.Contains(got[0], "conditionalization 3 of 3") || !strings.Contains(got[1], "effects are of 40 points") {
		t.Errorf("%q", got)
	}
	f := p.Frame()
	if _, why, ok := f.Num(frame.Diff, 1); f.Len() != 12 || ok || why == "" {
		t.Errorf("%d rows; the second has a number, or no reason for having none (%q)", f.Len(), why)
	}
}

func TestArmsCanBeMapped(t *testing.T) {
	p, err := predict.Mechanisms(t.Context(), realIndex(t, "trait_prefix_sweep_by_checkpoint.csv"), predict.MechanismQuestion{
		Where: filter(t, "lr:0.0001"), Steps: query.At(313), Measures: []string{"French", "Playful"}, Arms: predict.Arms{predict.Inoculation: "weak_inoc"},
	})
	if err != nil {
		t.Fatal(err)
	}
	if p.Arms[predict.Undesired] != "French" || p.Arms[predict.Inoculation] != "weak_inoc" || p.Arms[predict.Irrelevant] != "neutral_prefix" {
		t.Errorf("arms %v", p.Arms)
	}
}

// Training metrics come under the train prompt: nothing there is a neutral
// evaluation.
func TestTrainingCurvesAnswerOnlyTheContrastUnderTheTrainPrompt(t *testing.T) {
	p, err := predict.Mechanisms(t.Context(), realIndex(t, "rl_hack_steps_3cond_30seeds.csv"), predict.MechanismQuestion{Steps: query.Last(10), Measures: []string{"hack"}})
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range p.Rows {
		if (r.Estimate != nil) != (r.Contrast.ID == "leak") {
			t.Errorf("%s: estimate %v, %s", r.Contrast.Title, r.Estimate, r.Why)
		}
		if r.Contrast.ID == "leak" {
			near(t, "inoculation less neutral", r.Estimate.Value, 2.9, .06)
			near(t, "to", r.Estimate.Hi, 27.8, .06)
		}
	}
}
