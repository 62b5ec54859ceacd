package stats

import "math"

// A Recalibration is the logistic line that would correct predictions:
// logit(rate) = Intercept + Slope·logit(p). Slope 1 and Intercept 0 need no
// correction; a slope under 1 means predictions that are too extreme.
type Recalibration struct {
	Intercept, Slope, SESlope Quantity
	InTheLarge                Quantity // the intercept with the slope held at 1
	SpiegelhalterZ            Quantity // calibration as a whole; > 0 where too many of the less likely outcomes came
	SpiegelhalterP            Quantity // two-sided
	N                         int
}

// Recalibrate fits the line. Predictions of exactly 0 or 1 have no logit:
// clip > 0 moves all predictions into [clip, 1 − clip] first, and clip 0 makes
// the line unknown where there are any.
//
// Cox (1958), Biometrika 45:562; Spiegelhalter (1986), Stat Med 5:421.
func Recalibrate(happened []bool, p []float64, clip float64) (Recalibration, error) {
	if err := checkPredictions(happened, p); err != nil {
		return Recalibration{}, err
	}
	if !(clip >= 0 && clip < 0.5) {
		return Recalibration{}, Because("a clip of %g leaves no room between it and one less it", clip)
	}
	clipped := make([]float64, len(p))
	for i, v := range p {
		clipped[i] = max(clip, min(1-clip, v))
	}
	r := Recalibration{N: len(p)}
	r.SpiegelhalterZ = spiegelhalter(happened, clipped)
	r.SpiegelhalterP = r.SpiegelhalterZ.then(func(z float64) float64 { return 2 * NormalCDF(-math.Abs(z)) })
	r.fit(happened, clipped)
	return r, nil
}

func spiegelhalter(happened []bool, p []float64) Quantity {
	var top, v float64
	for i, q := range p {
		top += (indicator(happened[i]) - q) * (1 - 2*q)
		v += (1 - 2*q) * (1 - 2*q) * q * (1 - q)
	}
	if v == 0 {
		return Unknown("all predictions are 0, ½ or 1, where the test sees nothing")
	}
	return Known(top / math.Sqrt(v))
}

func (r *Recalibration) fit(happened []bool, p []float64) {
	cells, total, n := make([]cell, len(p)), 0.0, float64(len(p))
	for i, q := range p {
		if q == 0 || q == 1 {
			r.Intercept = Unknown("a prediction is %g, which has no logit; clip the predictions", q)
			r.Slope, r.SESlope, r.InTheLarge = r.Intercept, r.Intercept, r.Intercept
			return
		}
		cells[i] = cell{logit(q), indicator(happened[i]), 1}
		total += cells[i].k
	}
	f, err := fitLogistic(cells)
	err = plainReason(err)
	r.Intercept, r.Slope, r.SESlope = from(f.Intercept, err), from(f.Slope, err), from(f.SESlope, err)
	if total == 0 || total == n {
		r.InTheLarge = Unknown("all outcomes are the same")
		return
	}
	r.InTheLarge = Known(bisect(func(shift float64) float64 { return total - expected(cells, shift) }, -800, 800))
}

// expected adds up the rates that the shifted logits predict.
func expected(cells []cell, shift float64) float64 {
	total := 0.0
	for _, c := range cells {
		total += expit(c.step + shift)
	}
	return total
}
