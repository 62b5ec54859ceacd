package stats_test

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"witnessmark/data/stats"
)

// The numbers of the domain's test vectors.
func TestMonitorVectors(t *testing.T) {
	m, err := stats.Intervention{YWith: 0.85, YWithout: 0.25, ZWithY: 0.6, TNRWith: 0.9, TNRWithout: 0.98}.Monitorability()
	if err != nil {
		t.Fatal(err)
	}
	wantNear(t, "share brought about", m.Effective, 0.705882, 5e-7)
	wantNear(t, "recall", m.Recall, 0.85, 1e-12)
	wantNear(t, "g-mean²", m.GMean2, 0.798276, 5e-7)
	if _, err := (stats.Intervention{YWith: 0.2, YWithout: 0.3}).Monitorability(); !notEstimable(err) {
		t.Errorf("an intervention without effect: %v", err)
	}
	g, err := stats.Confusion{TP: 99, FN: 1, TN: 99, FP: 1}.GMean2(0.95)
	if err != nil {
		t.Fatal(err)
	}
	wantNear(t, "g-mean² at .99", g.Value, 0.9801, 1e-12)
	line, err := stats.FitLogitROC([]stats.ROCPoint{{FPR: 0.01, TPR: 0.4}, {FPR: 0.1, TPR: 0.8}, {FPR: 0, TPR: 0.1}})
	if err != nil {
		t.Fatal(err)
	}
	wantNear(t, "a", line.A, 0.747222, 5e-7)
	wantNear(t, "b", line.B, 3.028108, 5e-7)
	tpr, beyond, err := line.TPR(0.001)
	if err != nil || !beyond || line.Points != 2 {
		t.Errorf("0.1 %% lies beyond the two points: %v, %v, %d", beyond, err, line.Points)
	}
	wantNear(t, "TPR at 0.1 %", tpr, 0.105952, 5e-7)
	if _, err := stats.FitLogitROC([]stats.ROCPoint{{FPR: 0.1, TPR: 0.5}}); !notEstimable(err) {
		t.Errorf("a line through one point: %v", err)
	}
}

// A perfect monitor still has an interval that is not a point.
func TestGMean2AtTheEnd(t *testing.T) {
	g, err := stats.Confusion{TP: 20, TN: 20}.GMean2(0.95)
	if err != nil || g.Value != 1 || g.Hi != 1 || !(g.Lo > 0.6 && g.Lo < 0.9) {
		t.Errorf("%+v, %v", g, err)
	}
	g, err = stats.Confusion{FN: 20, TN: 20}.GMean2(0.95)
	if err != nil || g.Value != 0 || g.Lo != 0 || !(g.Hi > 0.1) {
		t.Errorf("%+v, %v", g, err)
	}
}

func TestPrecisionAtAnotherPrevalence(t *testing.T) {
	c := stats.Confusion{TP: 80, FN: 20, FP: 10, TN: 90}
	p, err := c.PrecisionAt(0.01)
	if err != nil {
		t.Fatal(err)
	}
	wantNear(t, "precision at 1 %", p, 0.008/(0.008+0.099), 1e-12)
	if _, err := (stats.Confusion{TP: 3}).PrecisionAt(0.5); !notEstimable(err) {
		t.Errorf("without negatives: %v", err)
	}
}

// The parts of a change of the flag rate add up to it, whatever the tables,
// and change their signs with the direction.
func TestFlagChangeAddsUp(t *testing.T) {
	rng := rand.New(rand.NewPCG(4, 4))
	draw := func() stats.Confusion {
		return stats.Confusion{TP: rng.IntN(4), FP: rng.IntN(40), FN: rng.IntN(4), TN: rng.IntN(40)}
	}
	for range 2000 {
		before, after := draw(), draw()
		there, err := stats.DecomposeFlagRate(before, after)
		if before.N() == 0 || after.N() == 0 {
			if !notEstimable(err) {
				t.Fatalf("no samples: %v", err)
			}
			continue
		}
		if err != nil {
			t.Fatal(err)
		}
		back, err := stats.DecomposeFlagRate(after, before)
		if err != nil {
			t.Fatal(err)
		}
		wantNear(t, "sum of the parts", there.Behavior()+there.Detection(), there.Total, 1e-12)
		wantNear(t, "recall, the other way round", back.Recall, -there.Recall, 1e-12)
		wantNear(t, "behavior, the other way round", back.Behavior(), -there.Behavior(), 1e-12)
	}
}

// Obfuscation: fewer flags although more hacks. Baker et al.'s figures in
// counts of 100: hacks .75 all caught, then .50 with hardly any caught.
func TestFlagChangeNamesObfuscation(t *testing.T) {
	f, err := stats.DecomposeFlagRate(stats.Confusion{TP: 75, TN: 25}, stats.Confusion{TP: 1, FN: 49, TN: 50})
	if err != nil {
		t.Fatal(err)
	}
	wantNear(t, "total", f.Total, -0.74, 1e-12)
	wantNear(t, "detection", f.Detection(), 0.625*(0.02-1), 1e-12)
	wantNear(t, "behavior", f.Behavior(), -0.25*0.51, 1e-12)
	f, err = stats.DecomposeFlagRate(stats.Confusion{FP: 1, TN: 99}, stats.Confusion{TP: 10, TN: 89, FP: 1})
	if err != nil || len(f.Notes) != 1 || f.Recall != 0 {
		t.Errorf("no hacks before, so no recall to fall: %+v, %v", f, err)
	}
}

// Weighting labels back gives the truth where all is labeled, and keeps a
// width where no miss was found among the few unflagged labels.
func TestLabeledSubsample(t *testing.T) {
	full := stats.LabeledSubsample{Flagged: stats.LabeledStratum{All: 50, Labeled: 50, Positive: 40}, Unflagged: stats.LabeledStratum{All: 950, Labeled: 950, Positive: 10}}
	recall, err := full.Recall(0.95)
	if err != nil {
		t.Fatal(err)
	}
	if recall.Value != 0.8 || recall.Lo != 0.8 || recall.Hi != 0.8 {
		t.Errorf("all labeled: recall %+v, want .8 exactly", recall)
	}
	part := stats.LabeledSubsample{Flagged: stats.LabeledStratum{All: 50, Labeled: 25, Positive: 20}, Unflagged: stats.LabeledStratum{All: 950, Labeled: 100, Positive: 2}}
	recall, err = part.Recall(0.95)
	if err != nil {
		t.Fatal(err)
	}
	wantNear(t, "recall", recall.Value, 40.0/59, 1e-12)
	rate, err := part.TrueRate(0.95)
	if err != nil {
		t.Fatal(err)
	}
	wantNear(t, "true rate", rate.Value, 0.059, 1e-12)
	if !(rate.Lo > 0.03 && rate.Lo < 0.059 && rate.Hi > 0.08 && rate.Hi < 0.13) {
		t.Errorf("interval [%g, %g]", rate.Lo, rate.Hi)
	}
	fpr, err := part.FPR(0.95)
	if err != nil {
		t.Fatal(err)
	}
	wantNear(t, "false positive rate", fpr.Value, 10.0/(10+931), 1e-12)
	part.Unflagged.Positive = 0
	recall, err = part.Recall(0.95)
	if err != nil || recall.Value != 1 || recall.Hi != 1 || !(recall.Lo < 0.65) {
		t.Errorf("no miss found in 100 of 950 is not certainty: %+v, %v", recall, err)
	}
	part.Unflagged.Labeled = 0
	if _, err := part.Recall(0.95); !notEstimable(err) {
		t.Errorf("nothing unflagged was labeled: %v", err)
	}
}

// Simulated coverage of the labeled recall's interval.
func TestLabeledRecallCovers(t *testing.T) {
	rng := rand.New(rand.NewPCG(8, 1))
	const flagged, caught, unflagged, missed = 100, 70, 900, 30
	covered, runs := 0, 2000
	for range runs {
		l := stats.LabeledSubsample{
			Flagged:   stats.LabeledStratum{All: flagged, Labeled: 40, Positive: drawn(rng, flagged, caught, 40)},
			Unflagged: stats.LabeledStratum{All: unflagged, Labeled: 150, Positive: drawn(rng, unflagged, missed, 150)},
		}
		e, err := l.Recall(0.95)
		if err != nil {
			t.Fatal(err)
		}
		if e.Lo <= 0.7 && 0.7 <= e.Hi {
			covered++
		}
	}
	if share := float64(covered) / float64(runs); share < 0.93 || share > 0.985 {
		t.Errorf("a 95 %% interval covered %.3f", share)
	}
}

// drawn counts the marked ones among n taken from all without putting back.
func drawn(rng *rand.Rand, all, marked, n int) int {
	count := 0
	for _, i := range rng.Perm(all)[:n] {
		if i < marked {
			count++
		}
	}
	return count
}

func TestHiddenRiseOverSeeds(t *testing.T) {
	h, err := stats.FindHiddenRiseOverSeeds([]float64{0.01, 0.02, 0.015}, []float64{-0.02, -0.01, -0.03})
	if err != nil {
		t.Fatal(err)
	}
	// Two degrees of freedom have the closed form ½ − t/(2√(2 + t²)).
	closed := func(t float64) float64 { return 0.5 - t/2/math.Sqrt(2+t*t) }
	wantNear(t, "rate up", number(t, h.PRateUp), closed(3*math.Sqrt(3)), 1e-9)
	wantNear(t, "recall down", number(t, h.PRecallDown), closed(2*math.Sqrt(3)), 1e-9)
	wantNear(t, "both", number(t, h.P), number(t, h.PRecallDown), 0)
	if _, err := stats.FindHiddenRiseOverSeeds([]float64{1, 2}, []float64{1, 2, 3}); !notEstimable(err) {
		t.Errorf("two seeds: %v", err)
	}
}

// Calibrated predictions lie inside their consistency band; shifted ones do
// not.
func TestConsistencyBand(t *testing.T) {
	rng := rand.New(rand.NewPCG(3, 9))
	p, good, bad := make([]float64, 600), make([]bool, 600), make([]bool, 600)
	for i := range p {
		p[i] = rng.Float64()
		good[i], bad[i] = rng.Float64() < p[i], rng.Float64() < math.Sqrt(p[i])
	}
	band, err := stats.ConsistencyOf(p, 10, 400, 0.95)
	if err != nil {
		t.Fatal(err)
	}
	outside := func(happened []bool) (count int, ece float64) {
		c, err := stats.Calibrate(happened, p, 10)
		if err != nil {
			t.Fatal(err)
		}
		for i, b := range c.Bins {
			if b.Observed < band.Lo[i] || b.Observed > band.Hi[i] {
				count++
			}
		}
		return count, number(t, c.ECE)
	}
	if n, ece := outside(good); n > 2 || ece > band.ECEHi*1.2 {
		t.Errorf("calibrated predictions: %d of 10 bins outside, gap %g over %g", n, ece, band.ECEHi)
	}
	if n, ece := outside(bad); n < 4 || ece < band.ECEHi {
		t.Errorf("shifted predictions: %d of 10 bins outside, gap %g under %g", n, ece, band.ECEHi)
	}
}

func TestCUSUM(t *testing.T) {
	s, err := stats.CUSUM([]float64{1, 3, math.NaN(), 0, 5}, 1, 0.5)
	if err != nil || !slices.Equal(s, []float64{0, 1.5, 1.5, 0, 3.5}) {
		t.Errorf("%v, %v", s, err)
	}
}
