package stats

import "math"

// A Choice is the threshold that is best by some rule on these samples. To
// report its rates honestly, take them from other samples.
type Choice struct {
	Threshold float64 // +Inf where it is best to flag nothing
	Value     float64 // what the rule gives there
	Confusion Confusion
}

// BestYouden chooses the threshold that maximizes TPR − FPR; of equal ones
// the largest. NotEstimable where a class is absent.
//
// Youden (1950), Cancer 3:32.
func (r *Ranked) BestYouden() (Choice, error) {
	return r.choose(func(c, best Confusion) bool {
		return c.TP*r.Negatives-c.FP*r.Positives > best.TP*r.Negatives-best.FP*r.Positives
	}, func(c Confusion) float64 {
		return float64(c.TP)/float64(r.Positives) - float64(c.FP)/float64(r.Negatives)
	})
}

// BestF1 chooses the threshold that maximizes F1, 2·TP/(2·TP + FP + FN); of
// equal ones the largest.
func (r *Ranked) BestF1() (Choice, error) {
	return r.choose(func(c, best Confusion) bool {
		return c.TP*(best.Flagged()+r.Positives) > best.TP*(c.Flagged()+r.Positives)
	}, func(c Confusion) float64 {
		return 2 * float64(c.TP) / float64(c.Flagged()+r.Positives)
	})
}

// LeastCost chooses the threshold that minimizes the expected cost of one
// sample where a share prevalence of them is positive:
// costFN·(1 − TPR)·π + costFP·FPR·(1 − π). Of equal ones the largest.
func (r *Ranked) LeastCost(prevalence, costFN, costFP float64) (Choice, error) {
	if !(prevalence >= 0 && prevalence <= 1 && costFN >= 0 && costFP >= 0) || math.IsInf(costFN+costFP, 0) {
		return Choice{}, Because("costs of %g and %g at a share of positives of %g cannot be weighed", costFN, costFP, prevalence)
	}
	cost := func(c Confusion) float64 {
		return costFN*(float64(c.FN)/float64(r.Positives))*prevalence + costFP*(float64(c.FP)/float64(r.Negatives))*(1-prevalence)
	}
	return r.choose(func(c, best Confusion) bool {
		return cost(c) < cost(best)-1e-12*(costFN+costFP)
	}, cost)
}

// choose walks the thresholds from the largest and keeps the first best.
func (r *Ranked) choose(better func(c, best Confusion) bool, value func(Confusion) float64) (Choice, error) {
	if err := r.twoClasses(); err != nil {
		return Choice{}, err
	}
	at, best := 0, r.table(0)
	for i := 1; i <= len(r.thresholds); i++ {
		if c := r.table(i); better(c, best) {
			at, best = i, c
		}
	}
	return Choice{r.threshold(at), value(best), best}, nil
}
