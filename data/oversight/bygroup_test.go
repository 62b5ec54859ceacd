package oversight_test

import (
	"context"
	"fmt"
	"math"
	"testing"

	"witnessmark/data"
	"witnessmark/data/frame"
	"witnessmark/data/oversight"
	"witnessmark/data/simulate"
)

// A rate of each group is that of the table.
func TestRatesByGroupAreThoseOfTheTable(t *testing.T) {
	cot, _ := monitors(t)
	table := oversight.Table(oversight.Place{Step: 100}, cot)
	f := cot.ByGroup(oversight.Place{Step: 100}, oversight.Recall)
	if f.Len() != table.Len() {
		t.Fatalf("%d groups, the table has %d", f.Len(), table.Len())
	}
	for row := range f.Len() {
		recall, _, _ := table.Num("recall", row)
		want(t, f, frame.Value, row, recall, 0)
		if f.Text(data.Condition, row) != table.Text(data.Condition, row) || len(f.Units[row]) == 0 {
			t.Errorf("row %d is of %q with %d runs", row, f.Text(data.Condition, row), len(f.Units[row]))
		}
	}
}

// The bars of a histogram count every score, whole ones each in a bin.
func TestHistogramsOfWholeScores(t *testing.T) {
	s := counted(map[[2]float64]int{{1, 9}: 4, {1, 10}: 6, {0, 0}: 5, {0, 9}: 1})
	r := read(t, s, question, oversight.Settings{Threshold: oversight.At(9)})
	f := r.Histogram(oversight.Everywhere, 20)
	if f.Len() != 22 {
		t.Fatalf("%d bins, want 11 of each class", f.Len())
	}
	at := func(class string, score float64) int {
		for row := range f.Len() {
			if lo, _, _ := f.Num("bin_lo", row); f.Text(oversight.ClassColumn, row) == class && lo == score {
				return row
			}
		}
		t.Fatalf("no bin of %s from %v", class, score)
		return 0
	}
	want(t, f, frame.N, at("positive", 9), 4, 0)
	want(t, f, frame.N, at("positive", 10), 6, 0)
	want(t, f, frame.N, at("negative", 9), 1, 0)
	want(t, f, oversight.FlaggedColumn, at("positive", 0), 10, 0)
	want(t, f, oversight.FlaggedColumn, at("negative", 0), 1, 0)
	want(t, f, "of", at("negative", 0), 6, 0)
	want(t, f, oversight.ThresholdColumn, 0, 9, 0)
}

func TestMonitorsThatKnowNothingAreStillThere(t *testing.T) {
	s := newStudy()
	run, ctx := s.run("a", data.Condition, "neutral"), s.context()
	for i := range 4 {
		s.add(sample{run: run, ctx: ctx, step: 1, item: fmt.Sprint(i), score: nan, flag: unknown, truth: float64(i % 2)})
	}
	f := oversight.Table(oversight.Everywhere, read(t, s.done(), question, oversight.Settings{}))
	want(t, f, oversight.UnknownColumn, 0, 4, 0)
	want(t, f, "flag_rate", 0, nan, 0)
	if text := noted(f, "missing-truth"); text != "" {
		t.Errorf("there is a truth, and a note says %q", text)
	}
}

// With a value that several runs of a seed lack, nothing says which is the
// partner.
func TestAmbiguousSeedsAreNotPaired(t *testing.T) {
	s := newStudy()
	ctx := s.context()
	for seed := range 4 {
		for _, r := range []struct{ name, against string }{{"a", ""}, {"b", ""}, {"c", "monitor"}} {
			run := s.run(fmt.Sprint(r.name, seed), data.Condition, r.name, data.Seed, fmt.Sprint(seed), "trained_against", r.against)
			for i := range 20 {
				s.add(sample{run: run, ctx: ctx, step: 1, item: fmt.Sprint(i), score: float64((i+seed)%5) / 5, flag: nan, truth: float64(i % 2)})
			}
		}
	}
	study := s.done()
	set := oversight.Settings{Threshold: oversight.At(0.5)}
	c := oversight.Contrast{Field: "trained_against"}
	f, err := study.Contrast(context.Background(), question, set, c)
	if err != nil {
		t.Fatal(err)
	}
	want(t, f, frame.Pairs, 0, nan, 0)
	if noted(f, "unpaired") == "" {
		t.Error("nothing says why runs are not paired")
	}
	q := question
	q.Where = where(t, "condition:a,c")
	if f, err = study.Contrast(context.Background(), q, set, c); err != nil {
		t.Fatal(err)
	}
	want(t, f, frame.Pairs, 0, 4, 0)
}

func TestComparingWithOneIsPartOfComparingAll(t *testing.T) {
	cot, action := monitors(t)
	at := oversight.Place{Group: "cot_pressure", Step: 100}
	all, with := oversight.Compare(at, 0.2, cot, action), oversight.CompareWith(at, 0.2, action, cot)
	a, b := find(t, all, oversight.FirstColumn, simulate.ActionMonitor), find(t, with, oversight.FirstColumn, simulate.ActionMonitor)
	for _, name := range []string{"recall_diff", "second_catches", "union_within", "auroc_diff"} {
		v, _, _ := all.Num(name, a)
		want(t, with, name, b, v, 0)
	}
	k, _, ok := with.Num("second_catches_k", b)
	n, _, _ := with.Num("second_catches_n", b)
	if v, _, _ := with.Num("second_catches", b); !ok || k/n != v {
		t.Errorf("the second catches %v of %v, %v", k, n, v)
	}
}

// What no threshold moves is worked out once.
func TestCalibrationIsKept(t *testing.T) {
	cot, _ := monitors(t)
	at := oversight.Place{Group: "neutral", Step: 100}
	first := cot.Calibration(at, 10)
	if err := cot.Move(oversight.Settings{Threshold: oversight.At(0.9)}); err != nil {
		t.Fatal(err)
	}
	if again := cot.Calibration(at, 10); &again.Columns[0] != &first.Columns[0] {
		t.Error("it was worked out anew for another threshold")
	}
	if other := cot.Calibration(at, 5); other.Len() == first.Len() {
		t.Error("five bins are those of ten")
	}
}

// An intervention evaluation by hand: 12 of 20 follow the hint, 4 of 20 would
// anyway, and the monitor speaks up in 4 of the 12.
func TestInterventionForm(t *testing.T) {
	s := newStudy()
	ctx := s.context()
	put := func(arm string, n int, flag, truth float64) {
		run := s.run(arm, data.Condition, arm, oversight.ArmField, arm)
		for range n {
			s.add(sample{run: run, ctx: ctx, step: 1, score: nan, flag: flag, truth: truth})
		}
	}
	put("intervention", 4, 1, 1)
	put("intervention", 8, 0, 1)
	put("intervention", 2, 1, 0)
	put("intervention", 6, 0, 0)
	put("control", 4, 0, 1)
	put("control", 1, 1, 0)
	put("control", 15, 0, 0)
	f, err := s.done().Contrast(context.Background(), question, oversight.Settings{}, oversight.Contrast{Field: oversight.ArmField, Without: "control", With: "intervention"})
	if err != nil {
		t.Fatal(err)
	}
	row := find(t, f, frame.Measure, oversight.InterventionForm)
	// R_eff = (0.6 − 0.2)/0.6 = 2/3; TPR = (1/3)/(2/3) = 0.5; TNR = 0.75 and 0.95
	want(t, f, "with", row, 0.5*math.Sqrt(0.75*0.95), 1e-12)
	if noted(f, "intervention") == "" {
		t.Error("nothing says what the form rests on")
	}
}
