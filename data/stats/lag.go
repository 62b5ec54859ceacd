package stats

import "math"

// Lags are the correlations of two series at shifts against each other.
type Lags struct {
	From int       // the first lag, in points; negative where y leads
	R    []float64 // at lag From, From + 1 …: of x at t with y at t + lag
	Best int       // the lag of the greatest |R|; of equal ones that nearest to 0
	At   float64   // R there
}

// CrossCorrelate correlates x with y shifted by up to most points either way,
// for two series over the same evenly spaced steps. As usual for time series
// the products are divided by all points, so that R shrinks at long lags,
// where few overlap. Two series that only rise correlate at every lag: pass
// changes from step to step to ask which moves first. NotEstimable for fewer
// than three points and where a side does not vary.
//
// Box & Jenkins (1976), Time Series Analysis, section 11.1.
func CrossCorrelate(x, y []float64, most int) (Lags, error) {
	if err := checkPairsOf(x, y); err != nil {
		return Lags{}, err
	}
	if len(x) < 3 || constant(x) || constant(y) {
		return Lags{}, Because("a correlation over lags needs three points or more that differ on both sides")
	}
	most = max(0, min(most, len(x)-2))
	l := Lags{From: -most, R: make([]float64, 2*most+1)}
	mx, my, scale := mean(x), mean(y), math.Sqrt(sumSquares(x))*math.Sqrt(sumSquares(y))
	for i := range l.R {
		lag, total := i-most, 0.0
		for t := max(0, -lag); t < min(len(x), len(x)-lag); t++ {
			total += (x[t] - mx) * (y[t+lag] - my)
		}
		l.R[i] = total / scale
	}
	l.Best, l.At = l.greatest(most)
	return l, nil
}

// greatest goes outward from lag 0, so that the nearest of equal ones stays.
func (l Lags) greatest(most int) (lag int, r float64) {
	r = l.R[most]
	for d := 1; d <= most; d++ {
		for _, at := range []int{d, -d} {
			if v := l.R[most+at]; math.Abs(v) > math.Abs(r)+tieTolerance {
				lag, r = at, v
			}
		}
	}
	return lag, r
}

// FisherMean averages one correlation per seed on the scale of Fisher's z,
// atanh r, with the t interval over seeds, and turns all three numbers back.
// NotEstimable for fewer than two seeds, and where a correlation is exactly 1
// or −1, which has no z.
//
// Fisher (1921), Metron 1:3; Silver & Dunlap (1987), J Appl Psychol 72:146.
func FisherMean(r []float64, level float64) (Estimate, error) {
	z := make([]float64, len(r))
	for i, v := range r {
		if !(math.Abs(v) < 1) {
			return Estimate{}, Because("correlation %d of %d is %g, which Fisher's z does not take", i+1, len(r), v)
		}
		z[i] = math.Atanh(v)
	}
	e, err := tMean(z, level, Seeds, "Fisher's z, t over seeds")
	if err != nil {
		return Estimate{}, err
	}
	e.Value, e.Lo, e.Hi = math.Tanh(e.Value), math.Tanh(e.Lo), math.Tanh(e.Hi)
	return e, nil
}
