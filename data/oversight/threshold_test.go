package oversight_test

import (
	"testing"

	"witnessmark/data"
	"witnessmark/data/frame"
	"witnessmark/data/oversight"
)

func TestThresholdsAreWrittenAsTheyAreRead(t *testing.T) {
	for _, c := range [][2]string{{"0.5", "0.5"}, {" 7 ", "7"}, {"-1.25", "-1.25"}, {"frozen:20", "frozen:20"}, {"frozen:0.2", "frozen:0.2"}, {"refit", "refit"}, {"", "as flagged"}, {"as flagged", "as flagged"}} {
		got, err := oversight.ParseThreshold(c[0])
		if err != nil || got.String() != c[1] {
			t.Errorf("%q is read as %q, %v", c[0], got, err)
		}
	}
	for _, text := range []string{"x", "frozen", "frozen:", "frozen:x", "NaN", "+Inf", "0.5.1"} {
		if got, err := oversight.ParseThreshold(text); err == nil {
			t.Errorf("%q is read as %q", text, got)
		}
	}
}

func FuzzParseThreshold(f *testing.F) {
	for _, text := range []string{"0.5", "frozen:20", "refit", "", "frozen:1e9", "1e-7"} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		a, err := oversight.ParseThreshold(text)
		if err != nil {
			return
		}
		if b, err := oversight.ParseThreshold(a.String()); err != nil || a != b {
			t.Errorf("%q is read as %q and then as %q, %v", text, a, b, err)
		}
	})
}

func TestSettingsAreChecked(t *testing.T) {
	r := board(t, byHand(), question).Read()
	for _, s := range []oversight.Settings{{Budget: -0.1}, {Budget: 2}, {Level: 95}, {Rule: "best"}} {
		if err := r.Move(s); err == nil {
			t.Errorf("%+v gives no error", s)
		}
	}
}

func TestScaleIsToldFromScores(t *testing.T) {
	for _, c := range []struct {
		scores []float64
		want   string
	}{{[]float64{0.1, 0.9}, "0–1"}, {[]float64{0, 7}, "0–10"}, {[]float64{3, 44}, "0–100"}, {[]float64{-2, 3.5}, "-2–3.5"}} {
		s := newStudy()
		run, ctx := s.run("a"), s.context()
		for _, v := range c.scores {
			s.add(sample{run: run, ctx: ctx, step: 1, score: v, flag: nan, truth: 1})
		}
		b := board(t, s.done(), question)
		if got := b.Scale.String(); got != c.want || !b.Scale.Guessed {
			t.Errorf("scores %v are on scale %s", c.scores, got)
		}
		if noted(oversight.Table(oversight.Everywhere, b.Read()), "assumed-threshold") == "" {
			t.Errorf("scores %v: nothing says that the threshold is assumed", c.scores)
		}
	}
}

func TestKnownScaleAndThresholdAreTaken(t *testing.T) {
	study := byHand()
	study.Monitors = map[string]data.Monitor{"monitor": {Name: "monitor", Lo: 0, Hi: 20, Threshold: 8}}
	b := board(t, study, question)
	if b.Scale.String() != "0–20" || b.Scale.Guessed {
		t.Errorf("scale %s", b.Scale)
	}
	f := oversight.Table(oversight.Everywhere, b.Read())
	want(t, f, oversight.ThresholdColumn, 0, 8, 0)
	want(t, f, oversight.FlaggedColumn, 0, 24, 0)
}

func TestBudgetWithoutPositives(t *testing.T) {
	study := counted(map[[2]float64]int{{0, 1}: 90, {0, 5}: 8, {0, 9}: 2})
	r := read(t, study, question, oversight.Settings{Threshold: oversight.FrozenAt(1), Budget: 0.05})
	if at, ok := r.InUse(); !ok || at != 9 {
		t.Errorf("frozen at %v, want 9: 2 of 100 are flagged there, and 10 at 5", at)
	}
	f := oversight.Table(oversight.Everywhere, r)
	want(t, f, "recall", 0, nan, 0)
	want(t, f, "fpr", 0, 0.02, 0)
}

func TestYoudenFindsTheMiddle(t *testing.T) {
	r := read(t, byHand(), question, oversight.Settings{Threshold: oversight.FrozenAt(1), Rule: oversight.ByYouden})
	if at, _ := r.InUse(); at != 5 {
		t.Errorf("frozen at %v, want 5, where 0.75 − 0.1 is most", at)
	}
}

func TestTooFewNegativesForTheBudget(t *testing.T) {
	study := counted(map[[2]float64]int{{1, 8}: 10, {1, 3}: 5, {0, 2}: 30, {0, 8}: 1})
	f := oversight.Table(oversight.Everywhere, read(t, study, question, oversight.Settings{Threshold: oversight.At(5)}))
	want(t, f, "tpr_at_1pct", 0, nan, 0)
	if _, why, _ := f.Num("tpr_at_1pct", 0); why == "" {
		t.Error("no reason")
	}
	want(t, f, "tpr_at_5pct", 0, 1, 0) // one of 31 negatives is flagged at 3
	if noted(f, "few-negatives") == "" {
		t.Error("no note")
	}
}

// At step 2 no truth is known: the flag rate of 30 % is corrected by a recall
// of 80 % and a specificity of 90 % at step 1, to 2/7.
func TestTrueRateIsCorrectedFromOtherSteps(t *testing.T) {
	s := newStudy()
	run, ctx := s.run("a", data.Condition, "neutral"), s.context()
	put := func(n int, step, score, truth float64) {
		for range n {
			s.add(sample{run: run, ctx: ctx, step: step, score: score, flag: nan, truth: truth})
		}
	}
	put(80, 1, 1, 1)
	put(20, 1, 0, 1)
	put(10, 1, 1, 0)
	put(90, 1, 0, 0)
	put(60, 2, 1, nan)
	put(140, 2, 0, nan)
	r := read(t, s.done(), question, oversight.Settings{Threshold: oversight.At(0.5)})
	if noted(oversight.Table(oversight.Everywhere, r), "validation-elsewhere") == "" {
		t.Error("nothing says that the truth is known at one step of two")
	}
	f := r.Curves(oversight.TrueRate, oversight.Recall)
	want(t, f, frame.Value, 1, 2.0/7, 1e-9)
	want(t, f, frame.Value, 3, nan, 0)
	bad := false
	for _, n := range f.Notes {
		bad = bad || n.ID == "validation-elsewhere" && n.Row == 1 && n.Bad
	}
	if !bad {
		t.Error("nothing calls the correction into doubt")
	}
}

func TestControlLimitsReferToTheFirstStep(t *testing.T) {
	s := newStudy()
	run, ctx := s.run("a", data.Condition, "neutral"), s.context()
	for step, flagged := range []int{10, 12, 40} {
		for i := range 100 {
			s.add(sample{run: run, ctx: ctx, step: float64(step), score: number(i < flagged), flag: nan, truth: 0})
		}
	}
	f := read(t, s.done(), question, oversight.Settings{Threshold: oversight.At(0.5), Budget: 0.05}).Curves(oversight.FalseAlarm)
	for row, out := range []bool{false, false, true} {
		want(t, f, oversight.UpperLimit, row, 0.19, 1e-9) // 0.1 + 3·0.03
		want(t, f, oversight.BudgetColumn, row, 0.05, 0)
		v, _, _ := f.Num(frame.Value, row)
		if (v > 0.19) != out {
			t.Errorf("step %d: %v", row, v)
		}
	}
}

func TestScoresThatMoveAreSeen(t *testing.T) {
	s := newStudy()
	run, ctx := s.run("a", data.Condition, "neutral"), s.context()
	for step, shift := range []float64{0, 0, 0.4} {
		for i := range 100 {
			s.add(sample{run: run, ctx: ctx, step: float64(step), score: float64(i)/200 + shift, flag: nan, truth: 0})
		}
	}
	f := board(t, s.done(), question).Drift(nan)
	want(t, f, "ks", 0, 0, 0)
	want(t, f, "ks", 1, 0, 0)
	want(t, f, "psi", 1, 0, 1e-9)
	want(t, f, "ks", 2, 0.8, 0.011)
	want(t, f, "mean", 2, 0.6475, 1e-9)
	if p, _, _ := f.Num("ks_p", 2); p > 1e-6 {
		t.Errorf("p %v", p)
	}
	if c, _, _ := f.Num("cusum", 2); c < 1 {
		t.Errorf("running sum %v", c)
	}
}

func TestTableAtOneStep(t *testing.T) {
	f := oversight.Table(oversight.Place{Group: "cot_pressure", Step: 100}, board(t, simulated(), told).Read())
	if f.Len() != 1 {
		t.Fatalf("%d rows, want 1", f.Len())
	}
	want(t, f, "recall", 0, 0.07, 0.03)
	if got := f.Key(0, data.Step); got != "100" {
		t.Errorf("the row leads to step %q", got)
	}
	k, _, _ := f.Num("recall_k", 0)
	n, _, _ := f.Num("recall_n", 0)
	want(t, f, "recall", 0, k/n, 1e-12)
}
