package stats_test

import (
	"encoding/binary"
	"math"
	"testing"

	"witnessmark/data/stats"
)

// known fails where a Quantity holds something that is not a number, or
// nothing without a reason.
func known(t *testing.T, what string, quantities ...stats.Quantity) {
	t.Helper()
	for _, q := range quantities {
		if v, err := q.Value(); err == nil && math.IsNaN(v) || err != nil && !notEstimable(err) {
			t.Errorf("%s: %v, %v", what, v, err)
		}
	}
}

func raw(values ...float64) (bytes []byte) {
	for _, v := range values {
		bytes = binary.LittleEndian.AppendUint64(bytes, math.Float64bits(v))
	}
	return bytes
}

// truthsOf reads a truth from every byte, as many as there are values.
func truthsOf(raw []byte, n int) []bool {
	out := make([]bool, n)
	for i := range out {
		out[i] = i < len(raw) && raw[i]&1 == 1
	}
	return out
}

func FuzzMonitorScores(f *testing.F) {
	f.Add(raw(1, 2, 3, 3), []byte{0, 1, 1, 0}, 0.05, 0.95)
	f.Add(raw(math.Inf(1), math.NaN(), math.Inf(-1)), []byte{1, 0, 0}, 1.0, 0.5)
	f.Add(raw(), []byte{}, 0.0, 0.0)
	f.Add(raw(5e-324, 0, math.Copysign(0, -1)), []byte{1, 1, 0}, 1e-300, 0.999)
	f.Fuzz(func(t *testing.T, scoreBytes, truthBytes []byte, target, level float64) {
		scores := values(scoreBytes)
		positive, other := truthsOf(truthBytes, len(scores)), make([]float64, len(scores))
		for i, s := range scores {
			other[i] = float64(i%3) - s
		}
		r, err := stats.Rank(positive, scores)
		if err != nil {
			t.Fatal(err)
		}
		if c := r.At(target); c.N() != r.Positives+r.Negatives {
			t.Errorf("the table at %g has %d of %d samples", target, c.N(), r.Positives+r.Negatives)
		}
		if a, err := r.AUROC(); err == nil {
			e, err := a.Estimate(level)
			answered(t, "AUROC", e, err)
			known(t, "variance", a.Variance)
		}
		if o, err := r.TPRAtFPR(target, level); err == nil {
			answered(t, "TPR at FPR", o.Recall, nil)
			area, err := r.PartialAUC(target)
			answered(t, "partial area", stats.Estimate{Value: area}, err)
			o, err = r.TPRAtFPRResampled(target, level, 20)
			answered(t, "resampled", o.Recall, err)
		}
		if d, err := stats.PairAUROC(positive, scores, other); err == nil {
			known(t, "paired AUROC", d.Variance, d.Z, d.P)
		}
		for _, combine := range []func() (stats.Combination, error){
			func() (stats.Combination, error) { return stats.UnionWithin(positive, scores, other, target) },
			func() (stats.Combination, error) {
				return stats.EscalateWithin(positive, scores, other, level, target)
			},
		} {
			if c, err := combine(); err == nil && float64(c.Confusion.FP) > target*float64(c.Confusion.Negatives())*(1+1e-12) {
				t.Errorf("%+v is over the budget of %g", c, target)
			}
		}
		item := make([]int, len(scores))
		for i := range item {
			item[i] = i / 2
		}
		e, err := stats.ClusteredAUROC(positive, scores, item, level)
		answered(t, "AUROC by item", e, err)
		ap := r.AveragePrecision()
		known(t, "average precision", ap.Value, ap.Baseline)
		for _, choose := range []func() (stats.Choice, error){r.BestYouden, r.BestF1, func() (stats.Choice, error) { return r.LeastCost(0.1, 10, 1) }} {
			c, err := choose()
			answered(t, "threshold", stats.Estimate{Value: c.Value}, err)
		}
	})
}

func FuzzConfusion(f *testing.F) {
	f.Add(4, 1, 2, 13, 0.95)
	f.Add(0, 0, 0, 0, 0.5)
	f.Add(-1, 5, 1<<40, 3, 2.0)
	f.Add(2, 1, 1, 1, 0.95)
	f.Fuzz(func(t *testing.T, tp, fp, fn, tn int, level float64) {
		c := stats.Confusion{TP: tp % (1 << 40), FP: fp % (1 << 40), FN: fn % (1 << 40), TN: tn % (1 << 40)}
		m := c.Metrics()
		known(t, "metrics", m.Recall, m.FPR, m.Precision, m.NPV, m.FlagRate, m.F1, m.BalancedAccuracy, m.GMean2, m.GMean2SE, m.MCC, m.LRPlus)
		for name, measure := range map[string]func(float64) (stats.Estimate, error){
			"recall": c.Recall, "FPR": c.FPR, "precision": c.Precision, "flag rate": c.FlagRate, "prevalence": c.Prevalence, "g-mean²": c.GMean2,
		} {
			e, err := measure(level)
			answered(t, name, e, err)
		}
		r, err := stats.RoganGladen(c.TP, c.Flagged(), stats.Validation{KSe: c.TP, NSe: c.Positives(), KSp: c.TN, NSp: c.Negatives()}, level)
		if err == nil {
			known(t, "true rate", r.Apparent, r.Raw, r.Value, r.KnownLo, r.KnownHi, r.DeltaSE, r.Lo, r.Hi)
		}
		l := stats.LabeledSubsample{Flagged: stats.LabeledStratum{All: c.Positives(), Labeled: c.TP, Positive: c.FP}, Unflagged: stats.LabeledStratum{All: c.N(), Labeled: c.TN, Positive: c.FN}}
		for name, measure := range map[string]func(float64) (stats.Estimate, error){"true rate": l.TrueRate, "recall": l.Recall, "FPR": l.FPR} {
			e, err := measure(level)
			answered(t, "labeled "+name, e, err)
		}
		if f, err := stats.DecomposeFlagRate(c, stats.Confusion{TP: c.TN, FP: c.FN, FN: c.FP, TN: c.TP}); err == nil && math.IsNaN(f.Behavior()+f.Detection()) {
			t.Errorf("%+v", f)
		}
	})
}

func FuzzCurves(f *testing.F) {
	f.Add(raw(0, 100, 200), raw(0.1, 0.2, 0.9), 0.6)
	f.Add(raw(1, 1, 1), raw(math.NaN(), math.Inf(1), 1e308), 0.0)
	f.Add(raw(0, 1e-300, 1e300), raw(1e308, -1e308, 5e-324), 0.999)
	f.Fuzz(func(t *testing.T, stepBytes, valueBytes []byte, w float64) {
		steps, y := values(stepBytes), values(valueBytes)
		n := min(len(steps), len(y), 60)
		steps, y = steps[:n], y[:n]
		k, of := make([]int, n), make([]int, n)
		for i := range k {
			of[i] = int(stepBytes[8*i])
			k[i] = min(of[i], int(valueBytes[8*i]))
		}
		if c, err := stats.CochranArmitage(steps, k, of); err == nil {
			known(t, "trend", stats.Known(c.Z), c.DepartureChi2, c.DepartureP)
		}
		if l, err := stats.LogisticTrend(steps, k, of); err == nil {
			known(t, "logistic", stats.Known(l.Slope), l.Dispersion, l.QuasiSESlope)
		}
		if m, err := stats.MannKendall(steps, y); err == nil {
			known(t, "monotone", m.Z, m.P, m.TauB, m.Slope, m.Intercept)
		}
		if h, err := stats.FindHiddenRise(steps, of, k, k); err == nil {
			known(t, "hidden rise", h.PRateUp, h.PRecallDown, h.P)
		}
		if c, err := stats.FindChangePoint(k, of); err == nil {
			known(t, "change point", c.Before, c.Now)
		}
		for _, window := range []int{0, 1, 3} {
			if life, err := (stats.OnsetRule{Window: window, Threshold: w}).Lifetime(steps, y); err == nil {
				_, err := stats.KaplanMeier([]stats.Lifetime{life, {Time: 5}}, 0.95)
				answered(t, "survival", stats.Estimate{}, err)
			}
		}
		for i, smooth := range [][]float64{smoothPoints(stats.EMA(y, w)), smoothPoints(stats.EMAFromFirst(y, w)), smoothPoints(stats.EMAOverSteps(steps, y, w, 10))} {
			if smooth != nil && len(smooth) != n {
				t.Errorf("smoothing %d gives %d of %d points", i, len(smooth), n)
			}
		}
		stats.AreaOverSteps(steps, y)
		stats.Isotonic(y, steps, w > 0.5)
		stats.Jonckheere([][]float64{steps[:min(n, 4)], y[:min(n, 4)]})
		stats.KolmogorovSmirnov(steps, y)
		stats.KendallTauB(steps, y)
		stats.Spearman(steps, y)
	})
}

func smoothPoints(values []float64, err error) []float64 {
	if err != nil {
		return nil
	}
	return values
}

func FuzzPredictions(f *testing.F) {
	f.Add(raw(0.1, 0.9, 0.5), []byte{1, 0, 1}, 0.01)
	f.Add(raw(0, 1, 1e-320), []byte{0, 1, 1}, 0.0)
	f.Add(raw(math.NaN(), -1, 2), []byte{1}, 0.6)
	f.Fuzz(func(t *testing.T, predictionBytes, outcomeBytes []byte, clip float64) {
		p := values(predictionBytes)
		p = p[:min(len(p), 100)]
		happened := truthsOf(outcomeBytes, len(p))
		if b, err := stats.Brier(happened, p); err == nil {
			known(t, "Brier", stats.Known(b.Score), b.Skill)
		}
		s, err := stats.LogLoss(happened, p, clip)
		answered(t, "log score", stats.Estimate{Value: s.Score, Lo: s.Score, Hi: s.Score}, err)
		if c, err := stats.Calibrate(happened, p, 1+len(outcomeBytes)%20); err == nil {
			known(t, "calibration", c.ECE, c.MCE, c.RMSCE, c.ECEEqualMass)
		}
		if r, err := stats.Recalibrate(happened, p, clip); err == nil {
			known(t, "recalibration", r.Intercept, r.Slope, r.SESlope, r.InTheLarge, r.SpiegelhalterZ, r.SpiegelhalterP)
		}
		k, n := make([]int, len(p)), make([]int, len(p))
		for i := range p {
			n[i] = 1 + i
			if happened[i] {
				k[i] = i
			}
		}
		if r, err := stats.ScoreRates(k, n, p); err == nil {
			known(t, "rates", r.Pearson, r.Spearman, r.TauB, r.OLSSlope, r.OLSIntercept, r.SkillMAE, stats.Known(r.Deviance), stats.Known(r.Chi2))
		}
		if e, err := stats.WeighModels(k, n, [][]float64{p, p}, 1+clip*clip); err == nil {
			_, err := e.LogBayesFactor(0, 1)
			answered(t, "Bayes factor", stats.Estimate{}, err)
		}
		rows := make([][]float64, 0, len(p)/2)
		for i := 0; i+1 < len(p); i += 2 {
			rows = append(rows, p[i:i+2])
		}
		if s, err := stats.Stack(rows); err == nil && math.Abs(s.Weights[0]+s.Weights[1]-1) > 1e-9 {
			t.Errorf("weights %v", s.Weights)
		}
		stats.CRPSEnsemble(p, clip)
		stats.CRPSFair(p, clip)
		stats.InformationWeights(p)
		stats.CompareLosses(p, p, nil, 0.95)
	})
}
