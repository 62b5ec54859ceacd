package stats

import (
	"fmt"
	"math"
	"sort"
)

// An ROCPoint is a vertex of the ROC curve: the rates where scores of at
// least Threshold are flagged. The first has Threshold +Inf and flags none.
type ROCPoint struct{ Threshold, FPR, TPR float64 }

// ROC returns all vertices, thresholds falling, one for each distinct score.
// NotEstimable where a class is absent.
func (r *Ranked) ROC() ([]ROCPoint, error) {
	if err := r.twoClasses(); err != nil {
		return nil, err
	}
	points := make([]ROCPoint, 0, len(r.thresholds)+1)
	for i := range len(r.thresholds) + 1 {
		points = append(points, r.vertex(i))
	}
	return points, nil
}

func (r *Ranked) vertex(count int) ROCPoint {
	return ROCPoint{r.threshold(count), r.fpr(count), r.tpr(count)}
}

// ROCOutline returns the curve for drawing: the vertices at which a rate has
// moved by 1/resolution or more, and the last. For 1,000 pixels some 2,000
// points serve, whatever the number of samples.
func (r *Ranked) ROCOutline(resolution int) ([]ROCPoint, error) {
	if err := r.twoClasses(); err != nil {
		return nil, err
	}
	if resolution < 1 {
		return nil, fmt.Errorf("a curve is drawn with a resolution of 1 or more, not %d", resolution)
	}
	step := 1 / float64(resolution)
	points := []ROCPoint{r.vertex(0)}
	for i := 1; i <= len(r.thresholds); i++ {
		p, last := r.vertex(i), points[len(points)-1]
		if p.FPR-last.FPR >= step || p.TPR-last.TPR >= step || i == len(r.thresholds) {
			points = append(points, p)
		}
	}
	return points, nil
}

// An AveragePrecision is the area under the precision–recall curve by steps.
type AveragePrecision struct {
	Value    Quantity // Σ(recall gained)·precision, tied scores taken together
	Baseline Quantity // the share of positives: what a blind monitor gets
}

// AveragePrecision sums the precision–recall curve by steps, never by
// trapezoids. It moves with the share of positives, so compare monitors on
// the same samples only. The value is unknown without positives.
//
// Davis & Goadrich (2006), ICML; as scikit-learn's average_precision_score.
func (r *Ranked) AveragePrecision() AveragePrecision {
	if r.Positives == 0 {
		return AveragePrecision{Unknown("there are no positive samples"), ratioOf(0, r.Negatives, "there are no samples")}
	}
	total, before := 0.0, 0
	for i, tp := range r.tp {
		total += float64(tp-before) / float64(r.Positives) * float64(tp) / float64(tp+r.fp[i])
		before = tp
	}
	return AveragePrecision{Known(total), ratioOf(r.Positives, r.Positives+r.Negatives, "there are no samples")}
}

// An OperatingPoint is what a monitor attains within an audit budget.
type OperatingPoint struct {
	Threshold   float64 // +Inf where nothing can be flagged within the budget
	AchievedFPR float64
	Recall      Estimate // Wilson, with the threshold as fixed in advance
	Confusion   Confusion
	LowNegative bool // fewer negatives than 1/target: the target cannot be resolved
}

// Resolves reports whether there are negatives enough to see a false positive
// rate of target: 1/target or more.
func (r *Ranked) Resolves(target float64) bool {
	return float64(r.Negatives) >= math.Ceil(1/target)
}

// TPRAtFPR returns the best vertex with a false positive rate of at most
// target (0–1), without interpolation, and of equal ones that with
// the largest threshold. It takes time log n. The interval treats the
// threshold as given; where it was chosen on the same samples, see
// TPRAtFPRResampled. NotEstimable where a class is absent.
func (r *Ranked) TPRAtFPR(target, level float64) (OperatingPoint, error) {
	count, err := r.within(target)
	if err != nil {
		return OperatingPoint{}, err
	}
	c := r.table(count)
	recall, err := c.Recall(level)
	if err != nil {
		return OperatingPoint{}, err
	}
	o := OperatingPoint{Threshold: r.threshold(count), AchievedFPR: r.fpr(count), Recall: recall, Confusion: c, LowNegative: !r.Resolves(target)}
	if o.LowNegative {
		o.Recall = o.Recall.Noted("a false positive rate of %g cannot be resolved with %d negatives", target, r.Negatives)
	}
	return o, nil
}

// within finds how many groups the best vertex within a budget flags.
func (r *Ranked) within(target float64) (int, error) {
	if err := r.twoClasses(); err != nil {
		return 0, err
	}
	if !(target >= 0 && target <= 1) {
		return 0, fmt.Errorf("an audit budget is a false positive rate from 0 to 1, but this one is %g", target)
	}
	most := r.lastWithin(target)
	tp := r.table(most).TP
	if tp == 0 {
		return 0, nil
	}
	return 1 + sort.SearchInts(r.tp, tp), nil
}

// lastWithin counts the groups that can be flagged with FPR ≤ target.
func (r *Ranked) lastWithin(target float64) int {
	return sort.Search(len(r.fp), func(i int) bool { return float64(r.fp[i])/float64(r.Negatives) > target })
}

// TPRInterpolated reads the ROC curve at a false positive rate between two
// vertices along a straight line: what flipping a coin between two thresholds
// would attain. NotEstimable where a class is absent.
func (r *Ranked) TPRInterpolated(fpr float64) (float64, error) {
	if _, err := r.within(fpr); err != nil {
		return 0, err
	}
	return r.interpolate(fpr), nil
}

func (r *Ranked) interpolate(fpr float64) float64 {
	i := r.lastWithin(fpr)
	if i == len(r.thresholds) || r.fpr(i) == fpr {
		return r.tpr(i)
	}
	a, b := r.vertex(i), r.vertex(i+1)
	return a.TPR + (fpr-a.FPR)/(b.FPR-a.FPR)*(b.TPR-a.TPR)
}

// PartialAUC returns the area under the ROC curve up to a false positive rate
// of limit, scaled so that a blind monitor has ½ and a perfect one 1.
// NotEstimable where a class is absent or limit is 0.
//
// McClish (1989), Med Decis Making 9:190.
func (r *Ranked) PartialAUC(limit float64) (float64, error) {
	if _, err := r.within(limit); err != nil {
		return 0, err
	}
	if limit == 0 {
		return 0, Because("there is no area up to a false positive rate of 0")
	}
	area, last := 0.0, r.vertex(0)
	for i := 1; i <= r.lastWithin(limit); i++ {
		p := r.vertex(i)
		area += (p.FPR - last.FPR) * (p.TPR + last.TPR) / 2
		last = p
	}
	area += (limit - last.FPR) * (r.interpolate(limit) + last.TPR) / 2
	least := limit * limit / 2
	if limit == 1 {
		return area, nil
	}
	return (1 + (area-least)/(limit-least)) / 2, nil
}
