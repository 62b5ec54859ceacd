package oversight_test

import (
	"context"
	"math"
	"testing"

	"witnessmark/data"
	"witnessmark/data/column"
	"witnessmark/data/frame"
	"witnessmark/data/oversight"
	"witnessmark/data/simulate"
)

func monitors(t testing.TB) (cot, action *oversight.Reading) {
	q := told
	cot = board(t, simulated(), q).Read()
	q.Monitor = simulate.ActionMonitor
	return cot, board(t, simulated(), q).Read()
}

func TestAgreementCountsEverySampleOnce(t *testing.T) {
	cot, action := monitors(t)
	pairs, kappa := oversight.Agreement(oversight.Everywhere, cot, action)
	all := 0.0
	for row := range pairs.Len() {
		n, _, _ := pairs.Num(frame.N, row)
		all += n
	}
	if all != float64(cot.Len()) {
		t.Errorf("%v samples counted of %d", all, cot.Len())
	}
	if v, _, ok := kappa.Num(frame.Value, 0); !ok || v < 0.1 || v > 0.9 {
		t.Errorf("kappa %v", v)
	}
	if _, same := oversight.Agreement(oversight.Everywhere, cot, cot); same.Len() == 1 {
		want(t, same, frame.Value, 0, 1, 1e-12)
	}
}

// Two monitors on ten positives and ten negatives, by hand.
func TestComparisonByHand(t *testing.T) {
	s := newStudy()
	run, ctx := s.run("a", data.Condition, "neutral"), s.context()
	b := s.samples
	put := func(n int, first, second, truth float64) {
		for range n {
			b.Row(run, ctx, 1)
			b.Set(b.Column("one", column.Flag), first)
			b.Set(b.Column("two", column.Flag), second)
			b.Set(b.Column("hack", column.Value), truth)
		}
	}
	put(4, 1, 1, 1)
	put(3, 1, 0, 1)
	put(1, 0, 1, 1)
	put(2, 0, 0, 1)
	put(1, 1, 0, 0)
	put(2, 0, 1, 0)
	put(7, 0, 0, 0)
	put(5, unknown, 1, 1)
	study := s.done()
	one := board(t, study, oversight.Question{Monitor: "one", Truth: "hack"}).Read()
	two := board(t, study, oversight.Question{Monitor: "two", Truth: "hack"}).Read()
	f := oversight.Compare(oversight.Everywhere, 0.5, one, two)
	for name, v := range map[string]float64{
		frame.N: 20, "agreement": 13.0 / 20, "recall_diff": 0.2, "fpr_diff": -0.1, "union_recall": 0.8, "union_fpr": 0.3, "second_catches": 1.0 / 3,
		"recall_p":   0.375, // mid-p of 1 against 3: 2·P(0 of 4) + P(1 of 4) = 2/16 + 4/16
		"auroc_diff": nan,
	} {
		want(t, f, name, 0, v, 1e-9)
	}
	// κ = (0.65 − 0.52)/(1 − 0.52), with 8 and 7 of 20 flagged.
	want(t, f, "kappa", 0, (0.65-(8*7+12*13)/400.0)/(1-(8*7+12*13)/400.0), 1e-9)
	p := oversight.Patterns(oversight.Everywhere, one, two)
	want(t, p, frame.N, find(t, p, "pattern", "one + two"), 4, 0)
	want(t, p, oversight.PositivesColumn, find(t, p, "pattern", "none"), 2, 0)
	if noted(p, "unknown-verdicts") == "" {
		t.Error("nothing says that samples without a verdict were left out")
	}
}

// Monitors from two files meet by the names of items.
func TestMonitorsOfTwoImportsMeetByItem(t *testing.T) {
	s := newStudy()
	run, ctx := s.run("a", data.Condition, "neutral"), s.context()
	for i := range 12 {
		s.add(sample{run: run, ctx: ctx, step: 1, item: string(rune('a' + i)), score: float64(i % 3), flag: nan, truth: float64(i % 2)})
	}
	first, _ := s.samples.Table()
	b := column.NewBuilder(true)
	for i := 13; i >= 2; i-- { // another order, and two items that the first has not
		b.Row(run, ctx, 1)
		b.Item(string(rune('a' + i)))
		b.Set(b.Column("other", column.Score), float64(i%3))
	}
	second, _ := b.Table()
	second.Import = 2
	s.set.Tables = []*column.Table{first, second}
	study := oversight.Study{Index: index(&s.set)}
	one := read(t, study, question, oversight.Settings{Threshold: oversight.At(1)})
	two := read(t, study, oversight.Question{Monitor: "other"}, oversight.Settings{Threshold: oversight.At(1)})
	_, kappa := oversight.Agreement(oversight.Everywhere, one, two)
	want(t, kappa, frame.N, 0, 10, 0)
	want(t, kappa, "agreement", 0, 1, 0)
}

func TestComparisonOnTheSimulatedStudy(t *testing.T) {
	cot, action := monitors(t)
	f := oversight.Compare(oversight.Place{Group: "cot_pressure", Step: 100}, 0.2, cot, action)
	if f.Len() != 2 {
		t.Fatalf("%d rows, want both orders", f.Len())
	}
	row := find(t, f, oversight.FirstColumn, simulate.ActionMonitor)
	for _, name := range []string{"recall_diff", "g_mean2_diff", "auroc_diff"} {
		if lo, why, ok := f.Num(name+"_lo", row); !ok || lo <= 0 {
			t.Errorf("%s is at least %v %s", name, lo, why)
		}
	}
	union, _, _ := f.Num("union_within", row)
	alone := oversight.Table(oversight.Everywhere, action)
	within, _, _ := alone.Num("tpr_at_1pct", find(t, alone, data.Condition, "cot_pressure"))
	if union == 0 || within == 0 {
		t.Errorf("recall %v of both and %v of one within the budget", union, within)
	}
	if noted(f, "threshold-on-test") == "" {
		t.Error("nothing says that thresholds were chosen on these samples")
	}
}

func TestLevelsTestMonitorabilityAndCapability(t *testing.T) {
	levels, trends, err := simulated().Levels(context.Background(), told, oversight.Settings{}, oversight.RegimeLevel, "correct")
	if err != nil {
		t.Fatal(err)
	}
	if levels.Len() != 4 || trends.Len() != 2 {
		t.Fatalf("%d levels, %d trends", levels.Len(), trends.Len())
	}
	want(t, levels, frame.Seeds, 0, 40, 0)
	want(t, levels, frame.Seeds, 1, 8, 0)
	if got := trends.Text("direction", 0); got != "falls" {
		t.Errorf("monitorability: %s", got)
	}
	z, _, _ := trends.Num("z", 0)
	if z >= 0 {
		t.Errorf("z %v", z)
	}
	want(t, trends, frame.N, 1, 48, 0)
}

func TestContrastPairsSeeds(t *testing.T) {
	q := told
	q.Where = where(t, "condition:neutral,cot_pressure step:100")
	f, err := simulated().Contrast(context.Background(), q, oversight.Settings{}, oversight.Contrast{
		Field: data.Condition, Without: "neutral", With: "cot_pressure", Capability: "correct",
	})
	if err != nil {
		t.Fatal(err)
	}
	if f.Len() != 5 {
		t.Fatalf("%d rows, want four rates and a capability", f.Len())
	}
	for row := range f.Len() {
		want(t, f, frame.Pairs, row, 8, 0)
	}
	row := find(t, f, frame.Measure, string(oversight.Recall))
	if hi, why, ok := f.Num(frame.DiffHi, row); !ok || hi > -0.3 {
		t.Errorf("recall differs by up to %v %s", hi, why)
	}
	sum := 0.0
	for _, u := range f.Units[row] {
		sum += u.Pair
	}
	want(t, f, frame.Diff, row, sum/8, 1e-12)
}

func TestContrastWithoutSharedSeedsIsUnpaired(t *testing.T) {
	q := told
	q.Where = where(t, "(condition:neutral seed:1..4) OR (condition:cot_pressure seed:5..8)")
	f, err := simulated().Contrast(context.Background(), q, oversight.Settings{}, oversight.Contrast{Field: data.Condition, Without: "neutral", With: "cot_pressure"})
	if err != nil {
		t.Fatal(err)
	}
	want(t, f, frame.Pairs, 0, nan, 0)
	if got := f.Text(frame.DiffVia, 0); got != "Welch t over seeds" {
		t.Errorf("compared by %q", got)
	}
}

func TestHistogramAndCalibration(t *testing.T) {
	cot, _ := monitors(t)
	at := oversight.Place{Group: "neutral", Step: 100}
	f := cot.Histogram(at, 20)
	if f.Len() != 40 {
		t.Fatalf("%d bins, want 20 of each class", f.Len())
	}
	shares := map[string]float64{}
	for row := range f.Len() {
		v, _, _ := f.Num(frame.Value, row)
		shares[f.Text("class", row)] += v
	}
	for class, v := range shares {
		if math.Abs(v-1) > 1e-12 {
			t.Errorf("shares of %s add up to %v", class, v)
		}
	}
	c := cot.Calibration(at, 10)
	if c.Len() != 10 {
		t.Fatalf("%d bins", c.Len())
	}
	n := 0.0
	for row := range c.Len() {
		v, _, _ := c.Num(frame.N, row)
		n += v
		if lo, _, _ := c.Num("bin_lo", row); lo < 0 {
			t.Errorf("bin from %v", lo)
		}
	}
	if all := oversight.Table(oversight.Everywhere, cot); n == 0 || noted(c, "calibration-error") == "" {
		t.Errorf("%v samples, notes %v, %d rows", n, c.Notes, all.Len())
	}
}
