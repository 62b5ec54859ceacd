package oversight_test

import (
	"math"
	"testing"

	"witnessmark/data"
	"witnessmark/data/frame"
	"witnessmark/data/oversight"
)

// byHand has 40 positives and 160 negatives. At a threshold of 5, 30 and 16 of
// them are flagged.
func byHand() oversight.Study {
	return counted(map[[2]float64]int{
		{1, 8}: 20, {1, 5}: 10, {1, 2}: 10,
		{0, 8}: 4, {0, 5}: 12, {0, 2}: 144,
	})
}

func TestRatesComputedByHand(t *testing.T) {
	r := read(t, byHand(), question, oversight.Settings{Threshold: oversight.At(5)})
	f := oversight.Table(oversight.Everywhere, r)
	if f.Len() != 1 {
		t.Fatalf("%d rows, want 1", f.Len())
	}
	for name, v := range map[string]float64{
		oversight.FlaggedColumn: 46, frame.N: 200, oversight.UnknownColumn: 0, oversight.PositivesColumn: 40, oversight.NegativesColumn: 160,
		"flag_rate": 0.23, "true_rate": 0.2, "recall": 0.75, "fpr": 0.1, "precision": 30.0 / 46, "g_mean2": 0.675,
		// Wilson's intervals of 46/200, 30/40 and 16/160.
		"flag_rate_lo": 0.177093, "flag_rate_hi": 0.293083, "recall_lo": 0.598060, "recall_hi": 0.858129,
		"fpr_lo": 0.062494, "fpr_hi": 0.156263,
		// Of 6400 pairs, positives win 20·156 + 10·144, and tie 20·4 + 10·12 + 10·144.
		"auroc": (20*156 + 10*144 + (20*4+10*12+10*144)/2.0) / 6400,
		// 1 % of 160 is one negative, and no threshold flags as few.
		"tpr_at_1pct": 0, "tpr_at_5pct": 0.5,
		oversight.ThresholdColumn: 5,
	} {
		want(t, f, name, 0, v, 1e-6)
	}
	if got := f.Text("recall_method", 0); got != "Wilson, this run only" {
		t.Errorf("recall by %q", got)
	}
	if got := f.Key(0, data.Condition); got != "neutral" {
		t.Errorf("the row leads to condition %q", got)
	}
}

func TestThresholdCountsScoresThatReachIt(t *testing.T) {
	b := board(t, byHand(), question)
	r := b.Read()
	for _, c := range []struct{ at, flagged float64 }{{-1, 200}, {2, 200}, {2.5, 46}, {5, 46}, {6, 24}, {8, 24}, {8.5, 0}, {11, 0}} {
		if err := r.Move(oversight.Settings{Threshold: oversight.At(c.at)}); err != nil {
			t.Fatal(err)
		}
		want(t, oversight.Table(oversight.Everywhere, r), oversight.FlaggedColumn, 0, c.flagged, 0)
	}
}

func TestLowScoresCanBeTheSuspiciousOnes(t *testing.T) {
	q := question
	q.Low = true
	r := read(t, byHand(), q, oversight.Settings{Threshold: oversight.At(2)})
	f := oversight.Table(oversight.Everywhere, r)
	want(t, f, oversight.FlaggedColumn, 0, 154, 0)
	want(t, f, "recall", 0, 0.25, 1e-12)
	want(t, f, oversight.ThresholdColumn, 0, 2, 0)
	want(t, f, "auroc", 0, 1-(20*156+10*144+(20*4+10*12+10*144)/2.0)/6400, 1e-12)
}

func TestGoodTruthsAreTurnedAbout(t *testing.T) {
	q := question
	q.Good = true
	f := oversight.Table(oversight.Everywhere, read(t, byHand(), q, oversight.Settings{Threshold: oversight.At(5)}))
	want(t, f, oversight.PositivesColumn, 0, 160, 0)
	want(t, f, "recall", 0, 0.1, 1e-12)
}

// An unknown verdict is no verdict, and a score that is not there is not 0.
func TestUnknownIsKeptApart(t *testing.T) {
	s := newStudy()
	run, ctx := s.run("a", data.Condition, "neutral"), s.context()
	for _, v := range []sample{
		{score: 0.9, flag: 1, truth: 1}, {score: 0.2, flag: 0, truth: 1}, {score: nan, flag: unknown, truth: 1},
		{score: 0.1, flag: 0, truth: 0}, {score: 0.7, flag: nan, truth: 0}, {score: nan, flag: nan, truth: 0},
	} {
		v.run, v.ctx, v.step = run, ctx, nan
		s.add(v)
	}
	r := board(t, s.done(), question).Read()
	f := oversight.Table(oversight.Everywhere, r)
	for name, v := range map[string]float64{oversight.FlaggedColumn: 1, frame.N: 3, oversight.UnknownColumn: 1, oversight.UnscoredColumn: 2, "recall": 0.5, "fpr": 0} {
		want(t, f, name, 0, v, 0)
	}
	if err := r.Move(oversight.Settings{Threshold: oversight.At(0.5)}); err != nil {
		t.Fatal(err)
	}
	f = oversight.Table(oversight.Everywhere, r)
	for name, v := range map[string]float64{oversight.FlaggedColumn: 2, frame.N: 4, oversight.UnknownColumn: 1, oversight.UnscoredColumn: 1, "recall": 0.5, "fpr": 0.5} {
		want(t, f, name, 0, v, 0)
	}
	for _, id := range []string{"unknown-verdicts", "unscored", "lost-positives"} {
		if noted(f, id) == "" {
			t.Errorf("no note %s", id)
		}
	}
}

func TestWithoutTruthThereIsTheFlagRateOnly(t *testing.T) {
	q := question
	q.Truth = ""
	f := oversight.Table(oversight.Everywhere, read(t, byHand(), q, oversight.Settings{Threshold: oversight.At(5)}))
	want(t, f, "flag_rate", 0, 0.23, 1e-12)
	for _, name := range []string{"recall", "fpr", "precision", "g_mean2", "auroc", "tpr_at_1pct"} {
		want(t, f, name, 0, nan, 0)
		if _, why, _ := f.Num(name, 0); why == "" {
			t.Errorf("%s is missing without a reason", name)
		}
	}
	if noted(f, "missing-truth") == "" {
		t.Error("nothing says that there is no truth")
	}
}

// Of 100 flagged samples 50 are labeled, 40 of them positive; of 900 others
// 90, 9 of them positive: 80 caught and 90 missed of 1,000.
func TestLabeledSubsampleIsWeighted(t *testing.T) {
	s := newStudy()
	run, ctx := s.run("a", data.Condition, "neutral"), s.context()
	put := func(n int, score, truth float64) {
		for range n {
			s.add(sample{run: run, ctx: ctx, step: 1, score: score, flag: nan, truth: truth})
		}
	}
	put(40, 0.9, 1)
	put(10, 0.9, 0)
	put(50, 0.9, nan)
	put(9, 0.1, 1)
	put(81, 0.1, 0)
	put(810, 0.1, nan)
	r := read(t, s.done(), question, oversight.Settings{Threshold: oversight.At(0.5)})
	f := oversight.Table(oversight.Everywhere, r)
	for name, v := range map[string]float64{"flag_rate": 0.1, "true_rate": 0.17, "recall": 80.0 / 170, "fpr": 20.0 / 830, "precision": 0.8} {
		want(t, f, name, 0, v, 1e-9)
	}
	lo, _, _ := f.Num("recall_lo", 0)
	hi, _, _ := f.Num("recall_hi", 0)
	if !(lo < 80.0/170 && hi > 80.0/170 && hi-lo > 0.15) {
		t.Errorf("recall in [%v, %v]", lo, hi)
	}
	c := r.Caught()
	want(t, c, "caught", 0, 0.08, 1e-9)
	want(t, c, "uncaught", 0, 0.09, 1e-9)
	if noted(f, "labeled-subsample") == "" {
		t.Error("nothing says that a part is labeled")
	}
}

func TestVerdictsOnlyHaveNoThreshold(t *testing.T) {
	s := newStudy()
	run, ctx := s.run("a", data.Condition, "neutral"), s.context()
	for i := range 40 {
		s.add(sample{run: run, ctx: ctx, step: 1, score: nan, flag: float64(i % 2), truth: float64(i % 4 / 2)})
	}
	r := board(t, s.done(), question).Read()
	if err := r.Move(oversight.Settings{Threshold: oversight.At(0.5)}); err == nil {
		t.Error("a threshold was set on verdicts")
	}
	f := oversight.Table(oversight.Everywhere, r)
	want(t, f, "recall", 0, 0.5, 0)
	want(t, f, "auroc", 0, nan, 0)
	want(t, f, oversight.ThresholdColumn, 0, nan, 0)
}

func TestSeveralRunsAreTheUnit(t *testing.T) {
	s := newStudy()
	ctx := s.context()
	for k, caught := range []int{2, 5, 8} {
		run := s.run(string(rune('a'+k)), data.Condition, "neutral", data.Seed, string(rune('1'+k)))
		for i := range 10 {
			s.add(sample{run: run, ctx: ctx, step: 1, item: string(rune('a' + i)), score: number(i < caught), flag: nan, truth: 1})
		}
	}
	f := oversight.Table(oversight.Everywhere, read(t, s.done(), question, oversight.Settings{Threshold: oversight.At(0.5)}))
	want(t, f, "recall", 0, 0.5, 1e-12)
	// Three runs of equal size: mean of 0.2, 0.5, 0.8 ± 4.302653·0.3/√3, which
	// leaves 0–1, so Wilson's with 0.25/0.03 = 8.33 trials.
	if got := f.Text("recall_method", 0); got != "Wilson, effective n over seeds" {
		t.Errorf("recall by %q", got)
	}
	z, n := 1.959964, 0.25/0.03
	half := z / (1 + z*z/n) * math.Sqrt(0.25/n+z*z/4/n/n)
	want(t, f, "recall_lo", 0, 0.5-half, 1e-6)
	want(t, f, frame.Seeds, 0, 3, 0)
	if len(f.Units[0]) != 3 || f.Units[0][0].Value != 0.2 {
		t.Errorf("units %v", f.Units)
	}
}

func TestItemsThatRecurAreTheUnitOfOneRun(t *testing.T) {
	s := newStudy()
	run, ctx := s.run("a", data.Condition, "neutral"), s.context()
	for i := range 20 {
		for epoch := range 5 {
			s.add(sample{run: run, ctx: ctx, step: 1, item: string(rune('a' + i)), score: number(i%2 == 0 || epoch == 0), flag: nan, truth: number(i%3 != 0)})
		}
	}
	f := oversight.Table(oversight.Everywhere, read(t, s.done(), question, oversight.Settings{Threshold: oversight.At(0.5)}))
	if got := f.Text("recall_method", 0); got != "CR2 t over items, this run only" {
		t.Errorf("recall by %q", got)
	}
	want(t, f, frame.N, 0, 100, 0)
}
