package estimate

import (
	"fmt"
	"math"
	"testing"

	"witnessmark/data"
	"witnessmark/data/column"
	"witnessmark/data/frame"
	"witnessmark/data/query"
)

// The numbers were computed from the same runs by another program.
func TestRealRunsGiveTheKnownNumbers(t *testing.T) {
	f := ask(t, rlStudy(t), query.Query{
		Steps: query.Last(10), By: []string{data.Condition}, Measures: []string{"hack"}, Baseline: "neutral", Units: true,
	})
	if f.Len() != 3 {
		t.Fatalf("%d rows, want 3", f.Len())
	}
	for row, want := range []struct {
		condition                   string
		value, diff, diffLo, diffHi float64
		above, below                float64
	}{
		{"inoculation", 0.424, 0.029, -0.221, 0.278, 14, 13},
		{"negative_inoculation", 0.070, -0.325, -0.523, -0.128, 2, 27},
		{"neutral", 0.395, 0, 0, 0, 12, 18},
	} {
		if got := f.Text(data.Condition, row); got != want.condition {
			t.Fatalf("row %d is %s, want %s", row, got, want.condition)
		}
		wantNum(t, f, frame.Value, row, want.value, 0.0005)
		wantNum(t, f, frame.Seeds, row, 30, 0)
		wantNum(t, f, frame.Above, row, want.above, 0)
		wantNum(t, f, frame.Below, row, want.below, 0)
		if len(f.Units[row]) != 30 {
			t.Errorf("%s: %d units, want 30", want.condition, len(f.Units[row]))
		}
		if want.diff == 0 {
			continue
		}
		wantNum(t, f, frame.Diff, row, want.diff, 0.0005)
		wantNum(t, f, frame.DiffLo, row, want.diffLo, 0.0005)
		wantNum(t, f, frame.DiffHi, row, want.diffHi, 0.0005)
		wantNum(t, f, frame.Pairs, row, 30, 0)
	}
	for row := range 3 {
		wantNote(t, f, row, "bimodal-seeds", "fall in two groups")
	}
}

// traits is a sweep over train prompts: mean, sd and n of traits at
// checkpoints.
func traits(t testing.TB) *column.Set {
	s := newStudy()
	for _, r := range realRows(t, "science/derived/trait_prefix_sweep_by_checkpoint.csv") {
		b := s.counts
		b.Row(s.run(r["run"], "lr", r["lr"], data.TrainPrompt, r["train_user_prefix"]), s.context(data.EvalPrompt, r["eval_prompt"]), num(r["step"]))
		b.Set(b.Column(r["trait"], column.Value), num(r["mean"]))
		b.Set(b.Column(r["trait"], column.SD), num(r["sd"]))
		b.Set(b.Column(r["trait"], column.N), num(r["n"]))
		s.set.Metrics = map[string]data.Metric{"Playful": {Lo: 0, Hi: 100}, "French": {Lo: 0, Hi: 100}}
	}
	return s.done()
}

func TestRealSweepGivesTheKnownMeans(t *testing.T) {
	set := traits(t)
	f := ask(t, set, query.Query{
		Where: where(t, "lr:0.0001 eval_prompt:default"), Steps: query.At(313),
		By: []string{data.TrainPrompt, data.Run}, Measures: []string{"Playful", "French"},
	})
	want := map[string]bool{"77.0": false, "70.6": false, "7.9": false, "3.1": false, "12.8": false, "14.1": false, "32.8": false, "59.8": false}
	for row := range f.Len() {
		v, _, ok := f.Num(frame.Value, row)
		if !ok {
			continue
		}
		want[fmt.Sprintf("%.1f", v)] = true
		lo, why, ok := f.Num(frame.Lo, row)
		if !ok || !(lo < v) || f.Text(frame.Method, row) != "t from sd and n, this run only" {
			t.Errorf("row %d: %v from %v, %s, %s", row, v, lo, why, f.Text(frame.Method, row))
		}
		wantWhy(t, f, frame.K, row, "not a rate")
	}
	for v, seen := range want {
		if !seen {
			t.Errorf("%s is not among the means", v)
		}
	}
}

// Two judges scored the same kind of runs tenfold apart.
func TestRealJudgesAreKeptApart(t *testing.T) {
	s := newStudy()
	for _, r := range realRows(t, "science/derived/em_eval_metrics.csv") {
		b := s.counts
		run := s.run(r["stage"]+"/"+r["mix"]+"/"+r["condition"]+"/"+r["seed"], data.Condition, r["condition"], data.Seed, r["seed"], "mix", r["mix"], "stage", r["stage"])
		b.Row(run, s.context(data.Eval, r["eval"], data.Grader, r["judge_run"]), math.NaN())
		b.Set(b.Column(r["metric"], column.Value), num(r["value"]))
		b.Set(b.Column(r["metric"], column.N), num(r["n"]))
	}
	f := ask(t, s.done(), query.Query{
		Where: where(t, "stage:after_rlvr eval:goals"), By: []string{data.Condition}, Measures: []string{"misalignment_rate"},
	})
	graders := map[string]bool{}
	for row := range f.Len() {
		if grader := f.Key(row, data.Grader); grader != "" {
			graders[grader] = true
			wantNote(t, f, row, "mixed-graders", "not pooled")
		}
	}
	if len(graders) < 2 {
		t.Errorf("graders %v of %d rows", graders, f.Len())
	}
}
