package stats

import "math"

// RatePredictions says how well predicted rates of cells (such as condition ×
// checkpoint) met the observed ones. Errors are predicted less observed, on
// the 0–1 scale.
type RatePredictions struct {
	MAE, RMSE, Bias         float64
	WeightedMAE             float64  // weighted by samples
	Pearson, Spearman, TauB Quantity // of predicted and observed
	OLSSlope, OLSIntercept  Quantity // of observed on predicted; 1 and 0 need no correction
	SkillMAE                Quantity // 1 − MAE/MAE of predicting the mean observed rate
	Deviance, Chi2          float64  // against the predictions; +Inf where one rules its cell out
	DF                      int      // cells: the predictions were fixed in advance
	Cells                   int
	Contradicted            int // cells predicted as 0 or 1 that turned out otherwise
}

// ScoreRates compares predictions p (0–1) with k of n in each cell. Divide
// Deviance and Chi2 by a design effect where samples are not independent.
// NotEstimable where there are no cells or one has no samples.
//
// Deviance as McCullagh & Nelder (1989), section 4.4.
func ScoreRates(k, n []int, p []float64) (RatePredictions, error) {
	observed, err := observedRates(k, n, p)
	if err != nil {
		return RatePredictions{}, err
	}
	r := RatePredictions{DF: len(p), Cells: len(p)}
	r.errors(observed, n, p)
	r.Pearson, r.Spearman = from(Pearson(p, observed)), from(Spearman(p, observed))
	r.TauB = tauB(p, observed)
	slope, intercept, err := Slope(p, observed)
	if err != nil {
		err = Because("all predictions are equal")
	}
	r.OLSSlope, r.OLSIntercept = from(slope, err), from(intercept, err)
	for i, q := range p {
		r.addFit(float64(k[i]), float64(n[i]), q)
	}
	return r, nil
}

func observedRates(k, n []int, p []float64) ([]float64, error) {
	if err := checkLengths("successes, samples and predictions", len(k), len(n), len(p)); err != nil {
		return nil, err
	}
	if err := checkPredictions(make([]bool, len(p)), p); err != nil {
		return nil, err
	}
	if len(p) == 0 {
		return nil, Because("there are no cells")
	}
	observed := make([]float64, len(p))
	for i := range p {
		rate, err := Rate(k[i], n[i])
		if err != nil {
			return nil, err
		}
		observed[i] = rate
	}
	return observed, nil
}

// errors fills in the measures of distance.
func (r *RatePredictions) errors(observed []float64, n []int, p []float64) {
	cells, samples, center := float64(len(p)), 0.0, mean(observed)
	base := 0.0
	for i, q := range p {
		gap := q - observed[i]
		r.Bias += gap / cells
		r.MAE += math.Abs(gap) / cells
		r.RMSE += gap * gap / cells
		r.WeightedMAE += math.Abs(gap) * float64(n[i])
		samples += float64(n[i])
		base += math.Abs(center-observed[i]) / cells
	}
	r.RMSE = math.Sqrt(r.RMSE)
	r.WeightedMAE /= samples
	r.SkillMAE = skill(r.MAE, base, "all cells have the same observed rate")
}

// addFit adds a cell to the deviance and to Pearson's χ².
func (r *RatePredictions) addFit(k, n, p float64) {
	r.Deviance += 2 * (surprise(k, n*p) + surprise(n-k, n*(1-p)))
	switch {
	case p > 0 && p < 1:
		r.Chi2 += (k - n*p) * (k - n*p) / (n * p * (1 - p))
	case k != n*p:
		r.Chi2 = math.Inf(1)
		r.Contradicted++
	}
}

// NoiseFloor returns the mean of |observed − p| that cells of n samples would
// show if the predictions p were exactly the true rates: no model can beat
// it but by luck. It takes samples as independent; for several seeds the
// floor is higher.
//
// De Moivre's mean absolute deviation of the binomial, as Diaconis & Zabell
// (1991), Stat Sci 6:284.
func NoiseFloor(p []float64, n []int) (float64, error) {
	if _, err := observedRates(make([]int, len(n)), n, p); err != nil {
		return 0, err
	}
	total := 0.0
	for i, q := range p {
		total += meanDeviation(q, n[i]) / float64(len(p))
	}
	return total, nil
}

func meanDeviation(p float64, n int) float64 {
	if p <= 0 || p >= 1 {
		return 0
	}
	v := int(float64(n)*p) + 1
	return 2 * float64(v) * (1 - p) * BinomialPMF(v, n, p) / float64(n)
}
