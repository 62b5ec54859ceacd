package stats_test

import (
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"witnessmark/data/stats"
)

// scored makes n samples of which about a third are positive and score
// higher; levels > 0 rounds the scores to that many values.
func scored(n, levels int, seed uint64) (positive []bool, scores []float64) {
	rng := rand.New(rand.NewPCG(seed, 7))
	for range n {
		truth := rng.IntN(3) == 0
		s := rng.NormFloat64()
		if truth {
			s++
		}
		if levels > 0 {
			s = math.Round(s * float64(levels) / 4)
		}
		positive, scores = append(positive, truth), append(scores, s)
	}
	return positive, scores
}

func rank(t testing.TB, positive []bool, scores []float64) *stats.Ranked {
	t.Helper()
	r, err := stats.Rank(positive, scores)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// The table at any threshold is what counting gives.
func TestTableAtThreshold(t *testing.T) {
	for _, levels := range []int{0, 8, 1} {
		positive, scores := scored(500, levels, uint64(levels))
		scores[3], scores[4] = math.Inf(1), math.Inf(-1)
		r := rank(t, positive, scores)
		for _, threshold := range append(slices.Clone(scores[:50]), -100, 100, 0.25, math.Inf(1), math.Inf(-1)) {
			flagged := make([]bool, len(scores))
			for i, s := range scores {
				flagged[i] = s >= threshold
			}
			want, err := stats.CountFlags(positive, flagged)
			if err != nil {
				t.Fatal(err)
			}
			if got := r.At(threshold); got != want {
				t.Fatalf("%d levels, threshold %g: %+v, want %+v", levels, threshold, got, want)
			}
		}
	}
}

// Samples of equal score stand or fall together, and one without a score is
// counted apart.
func TestTiesAndMissingScores(t *testing.T) {
	r := rank(t, []bool{true, false, true, false, true}, []float64{5, 5, 5, 3, math.NaN()})
	if r.Missing != 1 || r.Positives != 2 || r.Negatives != 2 {
		t.Errorf("missing %d, positives %d, negatives %d", r.Missing, r.Positives, r.Negatives)
	}
	o, err := r.TPRAtFPR(0.4, 0.95)
	if err != nil {
		t.Fatal(err)
	}
	if o.Recall.Value != 0 || !math.IsInf(o.Threshold, 1) {
		t.Errorf("the tied three cannot be parted, but recall is %g at %g", o.Recall.Value, o.Threshold)
	}
	if !o.LowNegative || !strings.Contains(strings.Join(o.Recall.Notes, " "), "2 negatives") {
		t.Errorf("2 negatives cannot resolve 40 %%: %+v", o)
	}
}

// DeLong's area and variance are those of all pairs compared one by one.
func TestAUROCIsAllPairs(t *testing.T) {
	for _, levels := range []int{0, 6} {
		positive, scores := scored(120, levels, 11)
		area, variance := allPairs(positive, scores)
		a, err := rank(t, positive, scores).AUROC()
		if err != nil {
			t.Fatal(err)
		}
		wantNear(t, "area", a.Area, area, 1e-12)
		wantNear(t, "variance", number(t, a.Variance), variance, 1e-12)
		item := make([]int, len(scores))
		for i := range item {
			item[i] = i
		}
		byItem, err := stats.ClusteredAUROC(positive, scores, item, 0.95)
		if err != nil {
			t.Fatal(err)
		}
		plain, err := a.Estimate(0.95)
		if err != nil {
			t.Fatal(err)
		}
		wantNear(t, "one sample an item", byItem.Hi-byItem.Lo, plain.Hi-plain.Lo, 1e-12)
	}
}

func allPairs(positive []bool, scores []float64) (area, variance float64) {
	var hits, others []float64
	for i, s := range scores {
		if positive[i] {
			hits = append(hits, s)
		} else {
			others = append(others, s)
		}
	}
	v, w := make([]float64, len(hits)), make([]float64, len(others))
	for i, x := range hits {
		for j, y := range others {
			win := 0.5
			if x != y {
				win = 0
			}
			if x > y {
				win = 1
			}
			v[i] += win / float64(len(others))
			w[j] += win / float64(len(hits))
		}
	}
	area, _ = stats.Mean(v)
	sv, _ := stats.SE(v)
	sw, _ := stats.SE(w)
	return area, sv*sv + sw*sw
}

// Epochs of one item that agree are not new evidence: the interval of
// doubled samples is wider than DeLong's and as wide as without doubling.
func TestClusteredAUROCIgnoresCopies(t *testing.T) {
	positive, scores := scored(90, 0, 5)
	a, err := rank(t, positive, scores).AUROC()
	if err != nil {
		t.Fatal(err)
	}
	once, err := a.Estimate(0.95)
	if err != nil {
		t.Fatal(err)
	}
	var item []int
	for range 4 {
		for i := range scores {
			item = append(item, i)
		}
	}
	repeated, err := stats.ClusteredAUROC(slices.Repeat(positive, 4), slices.Repeat(scores, 4), item, 0.95)
	if err != nil {
		t.Fatal(err)
	}
	wantNear(t, "width", repeated.Hi-repeated.Lo, once.Hi-once.Lo, 1e-9)
	if repeated.N != 90 || repeated.Unit != stats.Items {
		t.Errorf("n = %d %s, want 90 items", repeated.N, repeated.Unit)
	}
}

func TestMonitorsWithoutAnswer(t *testing.T) {
	one := rank(t, []bool{true, true}, []float64{1, 2})
	if _, err := one.AUROC(); !notEstimable(err) {
		t.Errorf("area of one class: %v", err)
	}
	if _, err := one.ROC(); !notEstimable(err) {
		t.Errorf("curve of one class: %v", err)
	}
	a, err := rank(t, []bool{true, true, false, false}, []float64{3, 4, 1, 2}).AUROC()
	if err != nil || a.Area != 1 {
		t.Fatalf("separated area: %+v, %v", a, err)
	}
	if _, err := a.Estimate(0.95); !notEstimable(err) || !strings.Contains(err.Error(), "2 positives, 2 negatives") {
		t.Errorf("a separated area must have no interval: %v", err)
	}
	same := []float64{1, 2, 3, 4}
	d, err := stats.PairAUROC([]bool{true, true, false, false}, same, same)
	if err != nil || d.Z.OK() || d.Difference != 0 {
		t.Errorf("a monitor against itself: %+v, %v", d, err)
	}
	if _, err := stats.Rank([]bool{true}, nil); err == nil || notEstimable(err) {
		t.Errorf("scores that do not match the truths must be refused: %v", err)
	}
}

// Every vertex within the budget has at most the recall reported.
func TestTPRAtFPRIsBestWithin(t *testing.T) {
	for _, levels := range []int{0, 10} {
		r := rank(t, first(scored(400, levels, 3)), second(scored(400, levels, 3)))
		points, err := r.ROC()
		if err != nil {
			t.Fatal(err)
		}
		for _, target := range []float64{0.001, 0.01, 0.05, 0.3, 1} {
			o, err := r.TPRAtFPR(target, 0.95)
			if err != nil {
				t.Fatal(err)
			}
			best := stats.ROCPoint{Threshold: math.Inf(1)}
			for _, p := range points {
				if p.FPR <= target && p.TPR > best.TPR {
					best = p
				}
			}
			if o.Recall.Value != best.TPR || o.Threshold != best.Threshold || o.AchievedFPR != best.FPR {
				t.Errorf("budget %g: %+v, want %+v", target, o, best)
			}
			if r.At(o.Threshold) != o.Confusion {
				t.Errorf("budget %g: the threshold gives another table", target)
			}
		}
	}
}

func first(p []bool, _ []float64) []bool     { return p }
func second(_ []bool, s []float64) []float64 { return s }

// The fast bootstrap agrees with drawing whole samples.
func TestResampledRecall(t *testing.T) {
	positive, scores := scored(300, 12, 21)
	r := rank(t, positive, scores)
	fast, err := r.TPRAtFPRResampled(0.05, 0.9, 4000)
	if err != nil {
		t.Fatal(err)
	}
	var hits, others []float64
	for i, s := range scores {
		if positive[i] {
			hits = append(hits, s)
		} else {
			others = append(others, s)
		}
	}
	rng := rand.New(rand.NewPCG(1, 2))
	var recalls []float64
	for range 4000 {
		truth, drawn := make([]bool, 0, 300), make([]float64, 0, 300)
		for range hits {
			truth, drawn = append(truth, true), append(drawn, hits[rng.IntN(len(hits))])
		}
		for range others {
			truth, drawn = append(truth, false), append(drawn, others[rng.IntN(len(others))])
		}
		o, err := rank(t, truth, drawn).TPRAtFPR(0.05, 0.9)
		if err != nil {
			t.Fatal(err)
		}
		recalls = append(recalls, o.Recall.Value)
	}
	lo, _ := stats.Quantile(recalls, 0.05)
	hi, _ := stats.Quantile(recalls, 0.95)
	wantNear(t, "lower", fast.Recall.Lo, lo, 0.03)
	wantNear(t, "upper", fast.Recall.Hi, hi, 0.03)
	again, err := r.TPRAtFPRResampled(0.05, 0.9, 4000)
	if err != nil || again.Recall.Lo != fast.Recall.Lo || again.Recall.Hi != fast.Recall.Hi {
		t.Errorf("the same question gave another interval: %+v, %v", again, err)
	}
}

func TestOutlineKeepsTheShape(t *testing.T) {
	positive, scores := scored(20_000, 0, 9)
	r := rank(t, positive, scores)
	outline, err := r.ROCOutline(200)
	if err != nil {
		t.Fatal(err)
	}
	if len(outline) > 402 || outline[0].TPR != 0 || outline[len(outline)-1].FPR != 1 {
		t.Errorf("%d points from %+v to %+v", len(outline), outline[0], outline[len(outline)-1])
	}
	all, err := r.ROC()
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range outline {
		if !slices.Contains(all, p) {
			t.Errorf("%+v is not on the curve", p)
		}
	}
}

func BenchmarkRankMillion(b *testing.B) {
	positive, scores := scored(1_000_000, 0, 1)
	for b.Loop() {
		r := rank(b, positive, scores)
		if _, err := r.AUROC(); err != nil {
			b.Fatal(err)
		}
		if _, err := r.ROCOutline(1000); err != nil {
			b.Fatal(err)
		}
		if _, err := r.TPRAtFPR(0.01, 0.95); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkRankMillionCoarse(b *testing.B) {
	positive, scores := scored(1_000_000, 10, 1)
	for b.Loop() {
		if _, err := rank(b, positive, scores).AUROC(); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkTableAtThreshold(b *testing.B) {
	positive, scores := scored(1_000_000, 0, 1)
	r := rank(b, positive, scores)
	b.ReportAllocs()
	for i := 0; b.Loop(); i++ {
		r.At(scores[i%len(scores)])
	}
}

func BenchmarkPairAUROC(b *testing.B) {
	positive, s1 := scored(200_000, 0, 1)
	_, s2 := scored(200_000, 20, 2)
	for b.Loop() {
		if _, err := stats.PairAUROC(positive, s1, s2); err != nil {
			b.Fatal(err)
		}
	}
}

// A threshold slider asks at every frame, so asking must not allocate.
func TestTableAllocatesNothing(t *testing.T) {
	positive, scores := scored(1000, 0, 2)
	r := rank(t, positive, scores)
	if n := testing.AllocsPerRun(100, func() { r.At(0.3) }); n != 0 {
		t.Errorf("%g allocations", n)
	}
}
