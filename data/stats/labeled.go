package stats

import "math"

// A Stratum of labels: of All samples with one verdict, Labeled were drawn at
// random and judged by hand, and Positive of those are truly positive.
type LabeledStratum struct{ All, Labeled, Positive int }

// A LabeledSubsample is the truth about a checkpoint when only some samples
// were judged, more of the flagged ones than of the others.
type LabeledSubsample struct{ Flagged, Unflagged LabeledStratum }

// TrueRate estimates the share of all samples that are positive: each labeled
// sample stands for All/Labeled of its stratum. The interval joins the
// strata's Wilson intervals, so that no positive among the labeled unflagged
// ones is not taken for certainty. It speaks of these samples; a stratum that
// is labeled throughout adds no width. NotEstimable where a stratum with
// samples has no labels: misses hide among the unflagged.
//
// Horvitz & Thompson (1952), JASA 47:663; Begg & Greenes (1983), Biometrics
// 39:207; variance recovery as Zou & Donner (2008), Stat Med 27:1693.
func (l LabeledSubsample) TrueRate(level float64) (Estimate, error) {
	f, u, err := l.parts(level)
	if err != nil {
		return Estimate{}, err
	}
	all := f.weight + u.weight
	wf, wu := f.weight/all, u.weight/all
	rate := wf*f.rate + wu*u.rate
	lo := rate - math.Hypot(wf*(f.rate-f.lo), wu*(u.rate-u.lo))
	hi := rate + math.Hypot(wf*(f.hi-f.rate), wu*(u.hi-u.rate))
	return l.estimate(rate, unit(lo), unit(hi), level), nil
}

// Recall estimates the share of positives that are flagged.
// NotEstimable where no labeled sample is positive.
//
// Interval of the ratio of missed to caught: Donner & Zou (2012), Stat
// Methods Med Res 21:347.
func (l LabeledSubsample) Recall(level float64) (Estimate, error) {
	f, u, err := l.parts(level)
	if err != nil {
		return Estimate{}, err
	}
	if l.Flagged.Positive+l.Unflagged.Positive == 0 {
		return Estimate{}, Because("no labeled sample is positive")
	}
	caught, missed := f.scaled(), u.scaled()
	lo, hi := shareBounds(caught, missed)
	return l.estimate(caught.rate/(caught.rate+missed.rate), lo, hi, level), nil
}

// FPR estimates the share of negatives that are flagged. NotEstimable where
// no labeled sample is negative.
func (l LabeledSubsample) FPR(level float64) (Estimate, error) {
	f, u, err := l.parts(level)
	if err != nil {
		return Estimate{}, err
	}
	if l.Flagged.Positive == l.Flagged.Labeled && l.Unflagged.Positive == l.Unflagged.Labeled {
		return Estimate{}, Because("no labeled sample is negative")
	}
	false1, true0 := f.complement().scaled(), u.complement().scaled()
	lo, hi := shareBounds(false1, true0)
	return l.estimate(false1.rate/(false1.rate+true0.rate), lo, hi, level), nil
}

func (l LabeledSubsample) estimate(value, lo, hi, level float64) Estimate {
	return Estimate{
		Value: value, Lo: min(lo, value), Hi: max(hi, value), Level: level, N: l.Flagged.Labeled + l.Unflagged.Labeled,
		Unit: Samples, Method: "stratified labels, Wilson recovered variance",
	}
}

// An interval with the number of samples it stands for.
type weightedRate struct{ rate, lo, hi, weight float64 }

func (w weightedRate) scaled() weightedRate {
	return weightedRate{w.rate * w.weight, w.lo * w.weight, w.hi * w.weight, w.weight}
}

func (w weightedRate) complement() weightedRate {
	return weightedRate{1 - w.rate, 1 - w.hi, 1 - w.lo, w.weight}
}

func (l LabeledSubsample) parts(level float64) (flagged, unflagged weightedRate, err error) {
	if err := checkLevel(level); err != nil {
		return flagged, unflagged, err
	}
	if l.Flagged.All+l.Unflagged.All == 0 {
		return flagged, unflagged, Because("there are no samples")
	}
	flagged, err = l.Flagged.rate("flagged", level)
	if err != nil {
		return flagged, unflagged, err
	}
	unflagged, err = l.Unflagged.rate("unflagged", level)
	return flagged, unflagged, err
}

// rate is a stratum's rate; drawing n of N without putting back narrows the
// interval as if n·(N − 1)/(N − n) had been drawn.
func (s LabeledStratum) rate(name string, level float64) (weightedRate, error) {
	if err := checkCount(s.Labeled, s.All); err != nil {
		return weightedRate{}, err
	}
	if err := checkCount(s.Positive, s.Labeled); err != nil {
		return weightedRate{}, err
	}
	if s.All == 0 {
		return weightedRate{}, nil
	}
	if s.Labeled == 0 {
		return weightedRate{}, Because("none of the %d %s samples is labeled", s.All, name)
	}
	p := float64(s.Positive) / float64(s.Labeled)
	if s.Labeled == s.All {
		return weightedRate{p, p, p, float64(s.All)}, nil
	}
	n := float64(s.Labeled) * float64(s.All-1) / float64(s.All-s.Labeled)
	lo, hi := wilson(p, n, critical(level))
	return weightedRate{p, lo, hi, float64(s.All)}, nil
}

// shareBounds bounds a/(a + b) for two independent estimates by the interval
// of b/a.
func shareBounds(a, b weightedRate) (lo, hi float64) {
	low, high := quotientBounds(b, a)
	return 1 / (1 + high), 1 / (1 + low)
}

// quotientBounds are the bounds of a/b for estimates that are not negative:
// the roots q of (a − qb)² = (a − a₁)² + q²(b − b₁)², with the end of each
// interval that moves q outward.
func quotientBounds(a, b weightedRate) (lo, hi float64) {
	product := a.rate * b.rate
	lift := a.lo * (2*a.rate - a.lo)
	lo = lift / (product + rootOf(product*product-lift*b.hi*(2*b.rate-b.hi)))
	if a.lo <= 0 {
		lo = 0
	}
	if a.hi <= 0 {
		return 0, 0
	}
	if b.lo <= 0 {
		return lo, math.Inf(1)
	}
	c := b.lo * (2*b.rate - b.lo)
	return lo, (product + rootOf(product*product-a.hi*(2*a.rate-a.hi)*c)) / c
}

// rootOf is √v, or 0 where rounding left v under it.
func rootOf(v float64) float64 { return math.Sqrt(max(0, v)) }
