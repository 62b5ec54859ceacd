package stats_test

import (
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"witnessmark/data/stats"
)

// Murphy's parts add up to the Brier score, and the score of a constant is
// the square of its error.
func TestBrierPartsAddUp(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 1))
	for range 100 {
		n := 1 + rng.IntN(40)
		p, happened := make([]float64, n), make([]bool, n)
		for i := range p {
			p[i], happened[i] = float64(rng.IntN(11))/10, rng.IntN(2) == 0
		}
		b, err := stats.Brier(happened, p)
		if err != nil {
			t.Fatal(err)
		}
		wantNear(t, "reliability − resolution + uncertainty", b.Reliability-b.Resolution+b.Uncertainty, b.Score, 1e-12)
	}
	if _, err := stats.Brier(nil, nil); !notEstimable(err) {
		t.Errorf("no predictions: %v", err)
	}
	if _, err := stats.Brier([]bool{true}, []float64{1.2}); !notEstimable(err) {
		t.Errorf("a chance of 1.2: %v", err)
	}
}

func TestLogLossCountsWhatItClips(t *testing.T) {
	s, err := stats.LogLoss([]bool{true, false, true}, []float64{0, 0.5, 1}, 1e-6)
	if err != nil || s.Clipped != 2 {
		t.Errorf("%+v, %v", s, err)
	}
	s, err = stats.LogLoss([]bool{true}, []float64{0}, 0)
	if err != nil || !math.IsInf(s.Score, 1) {
		t.Errorf("the impossible happened: %+v, %v", s, err)
	}
}

// The closed forms are the integral that defines the score.
func TestCRPSIsItsIntegral(t *testing.T) {
	for _, y := range []float64{-0.4, 0, 0.2, 0.55, 1, 1.3} {
		normal, err := stats.CRPSNormal(0.3, 0.2, y)
		if err != nil {
			t.Fatal(err)
		}
		wantNear(t, "normal", normal, integral(func(x float64) float64 { return stats.NormalCDF((x - 0.3) / 0.2) }, y), 2e-4)
		beta, err := stats.CRPSBeta(2, 5, y)
		if err != nil {
			t.Fatal(err)
		}
		wantNear(t, "beta", beta, integral(func(x float64) float64 { return stats.BetaCDF(x, 2, 5) }, y), 2e-4)
		members := []float64{0.1, 0.7, 0.2, 0.2}
		ensemble, err := stats.CRPSEnsemble(members, y)
		if err != nil {
			t.Fatal(err)
		}
		wantNear(t, "ensemble", ensemble, integral(func(x float64) (share float64) {
			for _, m := range members {
				if m <= x {
					share += 0.25
				}
			}
			return share
		}, y), 2e-4)
	}
	if _, err := stats.CRPSFair([]float64{0.4}, 0.4); !notEstimable(err) {
		t.Errorf("a fair score of one member: %v", err)
	}
}

func integral(cdf func(float64) float64, y float64) (total float64) {
	const width = 1e-4
	for x := -3.0; x < 4; x += width {
		gap := cdf(x + width/2)
		if x+width/2 >= y {
			gap--
		}
		total += gap * gap * width
	}
	return total
}

func TestNoiseFloorIsTheMeanDeviation(t *testing.T) {
	for _, p := range []float64{0.01, 0.3, 0.5, 0.99} {
		for _, n := range []int{1, 7, 40} {
			want := 0.0
			for k := range n + 1 {
				want += stats.BinomialPMF(k, n, p) * math.Abs(float64(k)/float64(n)-p)
			}
			got, err := stats.NoiseFloor([]float64{p}, []int{n})
			if err != nil {
				t.Fatal(err)
			}
			wantNear(t, "floor", got, want, 1e-12)
		}
	}
}

func TestRatesThatContradict(t *testing.T) {
	r, err := stats.ScoreRates([]int{0, 2, 10}, []int{10, 10, 10}, []float64{0, 1, 1})
	if err != nil {
		t.Fatal(err)
	}
	if !math.IsInf(r.Deviance, 1) || !math.IsInf(r.Chi2, 1) || r.Contradicted != 1 {
		t.Errorf("%+v", r)
	}
	same, err := stats.ScoreRates([]int{1, 3}, []int{10, 10}, []float64{0.2, 0.2})
	if err != nil || same.TauB.OK() || same.OLSSlope.OK() || same.Pearson.OK() {
		t.Errorf("equal predictions have no order: %+v, %v", same, err)
	}
	if _, err := stats.ScoreRates([]int{0}, []int{0}, []float64{0.2}); !notEstimable(err) {
		t.Errorf("a cell without samples: %v", err)
	}
}

func TestModelsRuledOut(t *testing.T) {
	e, err := stats.WeighModels([]int{5}, []int{10}, [][]float64{{0}, {1}, {0.5}}, 2)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := e.LogBayesFactor(0, 1); !notEstimable(err) {
		t.Errorf("both are ruled out: %v", err)
	}
	if f, err := e.LogBayesFactor(2, 0); err != nil || !math.IsInf(f, 1) {
		t.Errorf("one is ruled out: %g, %v", f, err)
	}
	if !slices.Equal(e.Posterior, []float64{0, 0, 1}) {
		t.Errorf("posterior %v", e.Posterior)
	}
	e, err = stats.WeighModels([]int{5}, []int{10}, [][]float64{{0}, {1}}, 1)
	if err != nil || e.Posterior != nil {
		t.Errorf("no model is left: %+v, %v", e, err)
	}
	if _, err := stats.WeighModels([]int{5}, []int{10}, nil, 0); err == nil || notEstimable(err) {
		t.Errorf("a design effect of 0 must be refused: %v", err)
	}
}

// At the best weights no model's gradient exceeds the number of points, and
// models that complement one another share them.
func TestStackingIsOptimal(t *testing.T) {
	rng := rand.New(rand.NewPCG(9, 9))
	for range 50 {
		points, models := 1+rng.IntN(30), 1+rng.IntN(5)
		lp := make([][]float64, points)
		for i := range lp {
			lp[i] = make([]float64, models)
			for k := range lp[i] {
				lp[i][k] = -5 * rng.Float64() * rng.Float64()
			}
		}
		s, err := stats.Stack(lp)
		if err != nil {
			t.Fatal(err)
		}
		total := 0.0
		for k, w := range s.Weights {
			total += w
			gradient := 0.0
			for _, row := range lp {
				mixed := 0.0
				for j, v := range s.Weights {
					mixed += v * math.Exp(row[j])
				}
				gradient += math.Exp(row[k]) / mixed
			}
			if gradient > float64(points)*(1+1e-9) || (w > 1e-6 && gradient < float64(points)*(1-1e-7)) {
				t.Errorf("model %d of weight %g has gradient %g over %d points", k, w, gradient, points)
			}
		}
		wantNear(t, "sum of weights", total, 1, 1e-12)
	}
	s, err := stats.Stack([][]float64{{0, math.Inf(-1)}, {math.Inf(-1), 0}})
	if err != nil {
		t.Fatal(err)
	}
	wantNear(t, "complements", s.Weights[0], 0.5, 1e-9)
	if s.PseudoBMA != nil {
		t.Errorf("each model rules a point out, so neither has a weight of its own: %v", s.PseudoBMA)
	}
	if _, err := stats.Stack([][]float64{{math.Inf(-1), math.Inf(-1)}}); !notEstimable(err) {
		t.Errorf("a point that all rule out: %v", err)
	}
}

func TestCompareLosses(t *testing.T) {
	c, err := stats.CompareLosses([]float64{0.1, 0.2}, []float64{0.2, 0.3}, nil, 0.95)
	if err != nil {
		t.Fatal(err)
	}
	wantNear(t, "difference", c.Difference, -0.1, 1e-12)
	if c.T.OK() || c.BootstrapLo.OK() || number(t, c.SE) != 0 {
		t.Errorf("equal differences have no t, and no draws no bootstrap: %+v", c)
	}
	if _, err := stats.CompareLosses([]float64{1}, []float64{2}, [][]int{{1}}, 0.95); err == nil || notEstimable(err) {
		t.Errorf("a draw of an item that is not there must be refused: %v", err)
	}
}

// Recalibration recovers the line that predictions were distorted by.
func TestRecalibrate(t *testing.T) {
	rng := rand.New(rand.NewPCG(12, 1))
	p, happened := make([]float64, 20_000), make([]bool, 20_000)
	for i := range p {
		x := rng.NormFloat64() * 1.5
		p[i] = 1 / (1 + math.Exp(-x))
		happened[i] = rng.Float64() < 1/(1+math.Exp(-(0.5*x-0.3)))
	}
	r, err := stats.Recalibrate(happened, p, 0)
	if err != nil {
		t.Fatal(err)
	}
	wantNear(t, "slope", number(t, r.Slope), 0.5, 0.05)
	wantNear(t, "intercept", number(t, r.Intercept), -0.3, 0.05)
	r, err = stats.Recalibrate([]bool{true, false}, []float64{1, 0.2}, 0)
	if err != nil || r.Slope.OK() {
		t.Errorf("a prediction of 1 has no logit: %+v, %v", r, err)
	}
	r, err = stats.Recalibrate([]bool{true, true}, []float64{0.4, 0.2}, 0)
	if err != nil || r.Slope.OK() || r.InTheLarge.OK() {
		t.Errorf("one kind of outcome: %+v, %v", r, err)
	}
}

func TestSkill(t *testing.T) {
	if s, err := stats.Skill(0.1, 0.4); err != nil || s != 0.75 {
		t.Errorf("%g, %v", s, err)
	}
	if _, err := stats.Skill(0.1, 0); !notEstimable(err) {
		t.Errorf("a perfect reference: %v", err)
	}
}
