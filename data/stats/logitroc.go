package stats

// A LogitROC is the line logit(TPR) = A·logit(FPR) + B through operating
// points, for a look at budgets too small to be measured.
type LogitROC struct {
	A, B   float64
	Points int     // used
	Low    float64 // the lowest false positive rate among them
}

// FitLogitROC draws the line through two points, or by least squares through
// more. Points at a rate of 0 or 1 have no logit and are left out.
// NotEstimable for fewer than two false positive rates.
//
// The regularity is Redwood Research's "logit ROC" observation (2026).
func FitLogitROC(points []ROCPoint) (LogitROC, error) {
	var x, y []float64
	for _, p := range points {
		if p.FPR > 0 && p.FPR < 1 && p.TPR > 0 && p.TPR < 1 {
			x, y = append(x, logit(p.FPR)), append(y, logit(p.TPR))
		}
	}
	a, b, err := Slope(x, y)
	if err != nil {
		return LogitROC{}, Because("the line needs points at two false positive rates or more, with all rates between 0 and 1")
	}
	l := LogitROC{A: a, B: b, Points: len(x), Low: 1}
	for _, v := range x {
		l.Low = min(l.Low, expit(v))
	}
	return l, nil
}

// TPR returns the line's true positive rate at a false positive rate between
// 0 and 1, and whether that is an extrapolation under the lowest point.
func (l LogitROC) TPR(fpr float64) (tpr float64, extrapolated bool, err error) {
	if !(fpr > 0 && fpr < 1) {
		return 0, false, Because("the line has no value at a false positive rate of %g", fpr)
	}
	return expit(l.A*logit(fpr) + l.B), fpr < l.Low, nil
}
