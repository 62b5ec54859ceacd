package oversight

import (
	"math"

	"witnessmark/data/column"
	"witnessmark/data/frame"
	"witnessmark/data/stats"
)

// A tally counts samples by what the monitor said and by what is true.
type tally struct {
	stats.Confusion     // of samples with a verdict and a truth
	flagged, passed int // with a verdict, without a truth
	unknown         int // the monitor said neither yes nor no
	unscored        int // the monitor said nothing
	lost            int // positives among those without a verdict
}

func (t *tally) add(verdict, truth uint8) {
	switch {
	case verdict == column.Unknown:
		t.unknown++
	case verdict > yes:
		t.unscored++
	case truth > yes && verdict == yes:
		t.flagged++
	case truth > yes:
		t.passed++
	case truth == yes && verdict == yes:
		t.TP++
	case truth == yes:
		t.FN++
	case verdict == yes:
		t.FP++
	default:
		t.TN++
	}
	if verdict > yes && truth == yes {
		t.lost++
	}
}

func (t *tally) plus(o tally) {
	t.TP, t.FP, t.FN, t.TN = t.TP+o.TP, t.FP+o.FP, t.FN+o.FN, t.TN+o.TN
	t.flagged, t.passed = t.flagged+o.flagged, t.passed+o.passed
	t.unknown, t.unscored, t.lost = t.unknown+o.unknown, t.unscored+o.unscored, t.lost+o.lost
}

// verdicts counts the samples that were flagged or passed.
func (t tally) verdicts() int { return t.N() + t.flagged + t.passed }

// allFlagged counts the flagged samples, with a truth or without.
func (t tally) allFlagged() int { return t.Flagged() + t.flagged }

// unlabeled counts the samples with a verdict and no truth.
func (t tally) unlabeled() int { return t.flagged + t.passed }

// subsample is the labeled part of samples of which not all have a truth.
func (t tally) subsample() stats.LabeledSubsample {
	return stats.LabeledSubsample{
		Flagged:   stats.LabeledStratum{All: t.allFlagged(), Labeled: t.Flagged(), Positive: t.TP},
		Unflagged: stats.LabeledStratum{All: t.verdicts() - t.allFlagged(), Labeled: t.FN + t.TN, Positive: t.FN},
	}
}

// A Rate is a share of samples that says something of a monitor.
type Rate string

// The rates. All but FlagRate need a truth.
const (
	FlagRate   Rate = "flag rate"           // flagged, of all with a verdict
	TrueRate   Rate = "true rate"           // positive, of all with a truth
	Recall     Rate = "recall"              // flagged, of the positives
	FalseAlarm Rate = "false positive rate" // flagged, of the negatives
	Precision  Rate = "precision"           // positive, of the flagged
	GMean2     Rate = "g-mean²"             // recall times one less the false positive rate

	specificity Rate = "specificity"
	caughtShare Rate = "caught"
	missedShare Rate = "uncaught"
)

// of counts a rate, k of n.
func (r Rate) of(t tally) (k, n int) {
	switch r {
	case FlagRate:
		return t.allFlagged(), t.verdicts()
	case TrueRate:
		return t.Positives(), t.N()
	case Recall:
		return t.TP, t.Positives()
	case FalseAlarm:
		return t.FP, t.Negatives()
	case specificity:
		return t.TN, t.Negatives()
	case Precision:
		return t.TP, t.Flagged()
	case caughtShare:
		return t.TP, t.N()
	case missedShare:
		return t.FN, t.N()
	}
	return 0, 0
}

// none says why a rate has no samples.
func (r Rate) none(t tally) string {
	switch {
	case t.verdicts() == 0:
		return "the monitor gave no verdict on these samples"
	case r != FlagRate && t.N() == 0:
		return "no truth is known of these samples, so there is the flag rate only"
	case r == Recall:
		return "there are no positive samples"
	case r == FalseAlarm, r == specificity:
		return "there are no negative samples"
	case r == Precision:
		return "nothing was flagged"
	}
	return "there are no samples"
}

// unit is a run with a rate of its own; the value is NaN where it has none.
func unit(run, seed string, rate Rate, t tally) frame.Unit {
	k, n := rate.of(t)
	u := frame.Unit{Run: run, Seed: seed, Value: math.NaN(), K: float64(k), N: float64(n), Pair: math.NaN()}
	switch {
	case rate == GMean2:
		u.Value, u.K, u.N = gMean2(t), math.NaN(), float64(t.N())
	case n > 0:
		u.Value = float64(k) / float64(n)
	}
	return u
}

// gMean2 is TPR·TNR, NaN where a class is absent.
func gMean2(t tally) float64 {
	v, err := t.Metrics().GMean2.Value()
	if err != nil {
		return math.NaN()
	}
	return v
}
