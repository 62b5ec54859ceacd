package stats

import "math"

// A Confusion counts samples by truth and by verdict. "Positive" is the thing
// looked for, such as a hack; "flagged" is what the monitor says.
type Confusion struct{ TP, FP, FN, TN int }

// CountFlags builds the table from aligned slices: whether each sample is
// truly positive, and whether it was flagged.
func CountFlags(positive, flagged []bool) (Confusion, error) {
	var c Confusion
	if err := checkLengths("truths and flags", len(positive), len(flagged)); err != nil {
		return c, err
	}
	for i, truth := range positive {
		c.add(truth, flagged[i])
	}
	return c, nil
}

func (c *Confusion) add(positive, flagged bool) {
	switch {
	case positive && flagged:
		c.TP++
	case positive:
		c.FN++
	case flagged:
		c.FP++
	default:
		c.TN++
	}
}

// Positives counts the samples that are truly positive.
func (c Confusion) Positives() int { return c.TP + c.FN }

// Negatives counts the samples that are truly not.
func (c Confusion) Negatives() int { return c.FP + c.TN }

// Flagged counts the samples the monitor flagged.
func (c Confusion) Flagged() int { return c.TP + c.FP }

// N counts all samples.
func (c Confusion) N() int { return c.Positives() + c.Negatives() }

// Recall returns the share of positives that are flagged (the true positive
// rate), with Wilson's interval over samples.
func (c Confusion) Recall(level float64) (Estimate, error) {
	return share(c.TP, c.Positives(), level, "there are no positive samples")
}

// FPR returns the share of negatives that are flagged.
func (c Confusion) FPR(level float64) (Estimate, error) {
	return share(c.FP, c.Negatives(), level, "there are no negative samples")
}

// Precision returns the share of flagged samples that are positive. It moves
// with the share of positives: between data sets, compare PrecisionAt.
func (c Confusion) Precision(level float64) (Estimate, error) {
	return share(c.TP, c.Flagged(), level, "nothing was flagged")
}

// FlagRate returns the share of all samples that are flagged.
func (c Confusion) FlagRate(level float64) (Estimate, error) {
	return share(c.Flagged(), c.N(), level, "there are no samples")
}

// Prevalence returns the share of all samples that are positive.
func (c Confusion) Prevalence(level float64) (Estimate, error) {
	return share(c.Positives(), c.N(), level, "there are no samples")
}

func share(k, n int, level float64, why string) (Estimate, error) {
	if n == 0 {
		return Estimate{}, Because("%s", why)
	}
	return Wilson(k, n, level)
}

// PrecisionAt returns the precision this monitor would have where a share
// prevalence (0–1) of samples is positive:
// π·TPR/(π·TPR + (1 − π)·FPR).
func (c Confusion) PrecisionAt(prevalence float64) (float64, error) {
	if !(prevalence >= 0 && prevalence <= 1) {
		return 0, Because("%g is not a share of positives", prevalence)
	}
	m := c.Metrics()
	caught := both(m.Recall, m.FPR, func(tpr, _ float64) float64 { return prevalence * tpr })
	flagged := both(caught, m.FPR, func(caught, fpr float64) float64 { return caught + (1-prevalence)*fpr })
	return over(caught, flagged, "nothing would be flagged").Value()
}

// Metrics are the usual summaries of a Confusion, each unknown where its
// denominator is 0.
type Metrics struct {
	Recall, FPR, TNR, Precision, NPV Quantity
	FlagRate, Prevalence, Accuracy   Quantity
	F1                               Quantity // 2·TP/(2·TP + FP + FN); moves with prevalence
	BalancedAccuracy, YoudenJ        Quantity
	GMean2                           Quantity // TPR·TNR, free of prevalence
	GMean2SE                         Quantity // delta method; 0 where a rate is 0 or 1, see GMean2
	MCC                              Quantity
	LRPlus                           Quantity // TPR/FPR; +Inf where nothing is flagged in vain
}

// Metrics computes the summaries.
//
// g-mean² as in Guan et al. (2025), arXiv 2512.18311.
func (c Confusion) Metrics() Metrics {
	p, n, flagged, all := c.Positives(), c.Negatives(), c.Flagged(), c.N()
	m := Metrics{
		Recall: ratioOf(c.TP, p, "there are no positive samples"), FPR: ratioOf(c.FP, n, "there are no negative samples"),
		TNR: ratioOf(c.TN, n, "there are no negative samples"), Precision: ratioOf(c.TP, flagged, "nothing was flagged"),
		NPV: ratioOf(c.TN, all-flagged, "everything was flagged"), FlagRate: ratioOf(flagged, all, "there are no samples"),
		Prevalence: ratioOf(p, all, "there are no samples"), Accuracy: ratioOf(c.TP+c.TN, all, "there are no samples"),
		F1: ratioOf(2*c.TP, 2*c.TP+c.FP+c.FN, "nothing is positive and nothing was flagged"),
	}
	m.BalancedAccuracy = both(m.Recall, m.TNR, func(tpr, tnr float64) float64 { return (tpr + tnr) / 2 })
	m.YoudenJ = both(m.Recall, m.FPR, func(tpr, fpr float64) float64 { return tpr - fpr })
	m.GMean2 = both(m.Recall, m.TNR, func(tpr, tnr float64) float64 { return tpr * tnr })
	m.GMean2SE = both(m.Recall, m.TNR, func(tpr, tnr float64) float64 {
		return math.Sqrt(tnr*tnr*tpr*(1-tpr)/float64(p) + tpr*tpr*tnr*(1-tnr)/float64(n))
	})
	m.MCC = c.mcc()
	m.LRPlus = over(m.Recall, m.FPR, "no positive and no negative was flagged")
	return m
}

func ratioOf(k, n int, why string) Quantity {
	if n == 0 {
		return Unknown("%s", why)
	}
	return Known(float64(k) / float64(n))
}

// over is a/b, +Inf where only b is 0, and unknown where both are.
func over(a, b Quantity, why string) Quantity {
	if a.OK() && b.OK() && a.value == 0 && b.value == 0 {
		return Unknown("%s", why)
	}
	return both(a, b, func(a, b float64) float64 { return a / b })
}

// mcc is Matthews's correlation of truth and verdict.
func (c Confusion) mcc() Quantity {
	margins := []int{c.Positives(), c.Negatives(), c.Flagged(), c.N() - c.Flagged()}
	root := 1.0
	for _, m := range margins {
		if m == 0 {
			return Unknown("all samples are of one kind or have one verdict")
		}
		root *= math.Sqrt(float64(m))
	}
	return Known((float64(c.TP)*float64(c.TN) - float64(c.FP)*float64(c.FN)) / root)
}

// GMean2 returns TPR·TNR with an interval from the two Wilson intervals,
// which keeps a width where a rate is 0 or 1. N counts all samples.
//
// Variance recovery: Zou & Donner (2008), Stat Med 27:1693.
func (c Confusion) GMean2(level float64) (Estimate, error) {
	tpr, err := c.Recall(level)
	if err != nil {
		return Estimate{}, err
	}
	tnr, err := share(c.TN, c.Negatives(), level, "there are no negative samples")
	if err != nil {
		return Estimate{}, err
	}
	g := tpr.Value * tnr.Value
	lo := g - math.Hypot(tnr.Value*(tpr.Value-tpr.Lo), tpr.Value*(tnr.Value-tnr.Lo))
	hi := g + math.Hypot(tnr.Value*(tpr.Hi-tpr.Value), tpr.Value*(tnr.Hi-tnr.Value))
	return Estimate{
		Value: g, Lo: max(lo, tpr.Lo*tnr.Lo), Hi: max(g, min(hi, tpr.Hi*tnr.Hi)), Level: level,
		N: c.N(), Unit: Samples, Method: "Wilson, recovered variance",
	}, nil
}
