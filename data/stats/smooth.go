package stats

import (
	"fmt"
	"math"
)

// EMA smooths a series for the eye as TensorBoard does, with its weight w
// (0 ≤ w < 1) and without its pull toward 0 at the start: the weighted mean
// of all values so far, those t points back weighing wᵗ. NaN in y means no
// value; it stays NaN and does not move the average. Draw the raw values
// behind, and compute nothing from the smoothed ones: an onset comes about
// w/(1 − w) points late.
func EMA(y []float64, w float64) ([]float64, error) {
	if err := checkWeight(w); err != nil {
		return nil, err
	}
	return smoothed(y, func(int) float64 { return w }), nil
}

// EMAOverSteps is EMA for points at uneven steps (rising): a value weighs
// w to the power of its distance in units of spacing, the step between two
// points for which w is meant.
func EMAOverSteps(steps, y []float64, w, spacing float64) ([]float64, error) {
	if err := checkLengths("steps and values", len(steps), len(y)); err != nil {
		return nil, err
	}
	if err := checkWeight(w); err != nil {
		return nil, err
	}
	if !(spacing > 0) {
		return nil, fmt.Errorf("the usual distance between two checkpoints is a positive number of steps, not %g", spacing)
	}
	last := math.NaN()
	return smoothed(y, func(i int) float64 {
		gap := (steps[i] - last) / spacing
		last = steps[i]
		if math.IsNaN(gap) {
			return w
		}
		return math.Pow(w, max(0, gap))
	}), nil
}

// smoothed keeps the weighted sum and the sum of weights; decay tells by what
// both shrink before value i is added.
func smoothed(y []float64, decay func(i int) float64) []float64 {
	out := make([]float64, len(y))
	top, weight := 0.0, 0.0
	for i, v := range y {
		if math.IsNaN(v) {
			out[i] = v
			continue
		}
		d := decay(i)
		top, weight = d*top+v, d*weight+1
		out[i] = top / weight
	}
	return out
}

// EMAFromFirst is the average that starts at the first value (pandas'
// adjust=False): eᵢ = w·eᵢ₋₁ + (1 − w)·yᵢ. The first value weighs too much;
// it is here to reproduce published curves.
func EMAFromFirst(y []float64, w float64) ([]float64, error) {
	if err := checkWeight(w); err != nil {
		return nil, err
	}
	out := make([]float64, len(y))
	e := math.NaN()
	for i, v := range y {
		switch {
		case math.IsNaN(v):
			out[i] = v
			continue
		case math.IsNaN(e):
			e = v
		default:
			e = w*e + (1-w)*v
		}
		out[i] = e
	}
	return out, nil
}

func checkWeight(w float64) error {
	if !(w >= 0 && w < 1) {
		return fmt.Errorf("a smoothing weight is at least 0 and less than 1, but this one is %g", w)
	}
	return nil
}

// A CurveArea is the area under a curve over steps.
type CurveArea struct {
	Area       float64  // value × steps
	MeanHeight Quantity // area per step of the range covered, in the unit of the values
	From, To   float64  // the range covered
	Points     int
}

// AreaOverSteps integrates y over steps by trapezoids. Points whose y is NaN
// are left out, and the line goes straight over them. To compare runs, give
// them the same range of steps. NotEstimable for fewer than two points.
func AreaOverSteps(steps, y []float64) (CurveArea, error) {
	if err := checkLengths("steps and values", len(steps), len(y)); err != nil {
		return CurveArea{}, err
	}
	s, v := present(steps, y)
	if err := checkBoth(s, v); err != nil {
		return CurveArea{}, err
	}
	if len(s) < 2 {
		return CurveArea{}, Because("an area needs two points or more, and there are %d", len(s))
	}
	a := CurveArea{From: s[0], To: s[len(s)-1], Points: len(s)}
	for i := 1; i < len(s); i++ {
		a.Area += (s[i] - s[i-1]) * (v[i] + v[i-1]) / 2
	}
	a.MeanHeight = Unknown("all points are at one step")
	if a.To != a.From {
		a.MeanHeight = Known(a.Area / (a.To - a.From))
	}
	return a, nil
}
