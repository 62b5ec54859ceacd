package stats

import (
	"fmt"
	"math"
)

// ModelEvidence weighs models that each predict a rate for every cell.
type ModelEvidence struct {
	LogLikelihood []float64 // Σ k·ln p + (n − k)·ln(1 − p), divided by DEFF; −Inf where a model rules the data out
	Posterior     []float64 // chances of the models, equal before; nil where all are ruled out
	DEFF          float64
}

// WeighModels compares models by the likelihood of k of n in each cell:
// rates[m][i] is model m's rate of cell i. Samples are not independent, and
// evidence counted as if they were is absurdly decisive; deff ≥ 1, the
// design effect, tempers it. A model that says 0 or 1 and is contradicted is
// ruled out for good: show that, and suggest clipping.
//
// Kass & Raftery (1995), JASA 90:773; tempering as a power likelihood.
func WeighModels(k, n []int, rates [][]float64, deff float64) (ModelEvidence, error) {
	if err := checkLengths("successes and samples", len(k), len(n)); err != nil {
		return ModelEvidence{}, err
	}
	if !(deff > 0) || math.IsInf(deff, 1) {
		return ModelEvidence{}, fmt.Errorf("a design effect is a positive number, not %g", deff)
	}
	e := ModelEvidence{DEFF: deff, LogLikelihood: make([]float64, len(rates))}
	for m, p := range rates {
		total, err := logLikelihood(k, n, p)
		if err != nil {
			return ModelEvidence{}, fmt.Errorf("model %d: %w", m+1, err)
		}
		e.LogLikelihood[m] = total / deff
	}
	e.Posterior = softmax(e.LogLikelihood)
	return e, nil
}

func logLikelihood(k, n []int, p []float64) (float64, error) {
	if err := checkLengths("cells and predictions", len(k), len(p)); err != nil {
		return 0, err
	}
	total := 0.0
	for i, q := range p {
		if err := checkCount(k[i], n[i]); err != nil {
			return 0, err
		}
		if !(q >= 0 && q <= 1) {
			return 0, Because("prediction %d is %g, which is not a rate", i+1, q)
		}
		total += weighted(float64(k[i]), math.Log(q)) + weighted(float64(n[i]-k[i]), math.Log1p(-q))
	}
	return total, nil
}

// LogBayesFactor returns the evidence for model a over model b in nats,
// ±Inf where one of them is ruled out. NotEstimable where both are.
func (e ModelEvidence) LogBayesFactor(a, b int) (float64, error) {
	if a < 0 || b < 0 || a >= len(e.LogLikelihood) || b >= len(e.LogLikelihood) {
		return 0, fmt.Errorf("there are %d models, and one asked for is not among them", len(e.LogLikelihood))
	}
	la, lb := e.LogLikelihood[a], e.LogLikelihood[b]
	if math.IsInf(la, -1) && math.IsInf(lb, -1) {
		return 0, Because("both models rule out what happened")
	}
	return la - lb, nil
}

// softmax is exp(x)/Σexp(x); nil where all x are −Inf.
func softmax(x []float64) []float64 {
	top := math.Inf(-1)
	for _, v := range x {
		top = max(top, v)
	}
	if math.IsInf(top, -1) {
		return nil
	}
	out, total := make([]float64, len(x)), 0.0
	for i, v := range x {
		out[i] = math.Exp(v - top)
		if v == top {
			out[i] = 1
		}
		total += out[i]
	}
	for i := range out {
		out[i] /= total
	}
	return out
}

// LogEvidenceAgainst returns the log Bayes factor of "the rate is anything,
// Beta(a, b) distributed beforehand" over "the rate is p0" after k of n:
// positive against p0, +Inf where p0 rules the data out.
//
// Jeffreys (1961), Theory of Probability, section 5.1.
func LogEvidenceAgainst(k, n int, p0, a, b float64) (float64, error) {
	if err := checkCount(k, n); err != nil {
		return 0, err
	}
	if !(p0 >= 0 && p0 <= 1 && a > 0 && b > 0) {
		return 0, Because("a rate of %g or a prior of %g and %g cannot be", p0, a, b)
	}
	x, m := float64(k), float64(n-k)
	return logBeta(x+a, m+b) - logBeta(a, b) - weighted(x, math.Log(p0)) - weighted(m, math.Log1p(-p0)), nil
}

// LogEvidenceApart returns the log Bayes factor of two rates over one common
// rate, all uniform beforehand: positive where k1/n1 and k2/n2 differ.
func LogEvidenceApart(k1, n1, k2, n2 int) (float64, error) {
	if err := checkCount(k1, n1); err != nil {
		return 0, err
	}
	if err := checkCount(k2, n2); err != nil {
		return 0, err
	}
	one := func(k, n int) float64 { return logBeta(float64(k)+1, float64(n-k)+1) }
	return one(k1, n1) + one(k2, n2) - one(k1+k2, n1+n2), nil
}

// InformationWeights turns AIC or BIC values into weights that add up to 1:
// exp(−½·(IC − smallest)). A model of +Inf weighs nothing. NotEstimable
// without a finite value.
//
// Burnham & Anderson (2002), section 2.9.
func InformationWeights(ic []float64) ([]float64, error) {
	x := make([]float64, len(ic))
	for i, v := range ic {
		if math.IsNaN(v) || math.IsInf(v, -1) {
			return nil, Because("criterion %d is %g", i+1, v)
		}
		x[i] = -v / 2
	}
	w := softmax(x)
	if w == nil {
		return nil, Because("no model has a finite criterion")
	}
	return w, nil
}
