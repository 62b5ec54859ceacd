package stats

// A FlagChange says why a flag rate moved between two checkpoints or
// conditions. The four parts add up to Total exactly.
//
// The flag rate is π·TPR + (1 − π)·FPR, with π the true rate. A change of a
// product is Δ(ab) = Δa·b̄ + ā·Δb when b̄ and ā are the means of both ends,
// which leaves no remainder: what a series about one end would call order
// terms is shared equally between the two factors. The result does not depend
// on which end is called first but for its sign.
type FlagChange struct {
	Total float64 // flag rate after less before

	MoreTrue    float64 // Δπ·mean TPR: more (fewer) true cases, caught as on average
	FewerBenign float64 // −Δπ·mean FPR: fewer (more) benign samples to be flagged in vain
	Recall      float64 // mean π·ΔTPR: better (worse) detection
	FalseAlarms float64 // mean (1 − π)·ΔFPR

	Before, After FlagParts
	Notes         []string
}

// FlagParts are the rates behind a flag rate.
type FlagParts struct{ TrueRate, Recall, FPR, FlagRate Quantity }

// Behavior is the part of the change that the samples account for.
func (f FlagChange) Behavior() float64 { return f.MoreTrue + f.FewerBenign }

// Detection is the part that the monitor accounts for.
func (f FlagChange) Detection() float64 { return f.Recall + f.FalseAlarms }

// DecomposeFlagRate explains the change of a flag rate from before to after,
// for which both need ground truth. Where one end has no positives, its
// recall is taken to be that of the other, so that no change of recall is
// made up; likewise for FPR and negatives. NotEstimable where an end has no
// samples.
//
// Symmetric decomposition: Kitagawa (1955), JASA 50:1168.
func DecomposeFlagRate(before, after Confusion) (FlagChange, error) {
	if before.N() == 0 || after.N() == 0 {
		return FlagChange{}, Because("one of the two sides has no samples")
	}
	f := FlagChange{Before: before.parts(), After: after.parts()}
	tpr0, tpr1 := f.align(f.Before.Recall, f.After.Recall, "recall", "true")
	fpr0, fpr1 := f.align(f.Before.FPR, f.After.FPR, "false positive rate", "benign")
	rate0, rate1 := f.Before.TrueRate.value, f.After.TrueRate.value
	f.Total = f.After.FlagRate.value - f.Before.FlagRate.value
	f.MoreTrue = (rate1 - rate0) * (tpr0 + tpr1) / 2
	f.FewerBenign = -(rate1 - rate0) * (fpr0 + fpr1) / 2
	f.Recall = (rate0 + rate1) / 2 * (tpr1 - tpr0)
	f.FalseAlarms = (1 - (rate0+rate1)/2) * (fpr1 - fpr0)
	return f, nil
}

func (c Confusion) parts() FlagParts {
	m := c.Metrics()
	return FlagParts{TrueRate: m.Prevalence, Recall: m.Recall, FPR: m.FPR, FlagRate: m.FlagRate}
}

// align gives both ends a rate: an end without one takes that of the other.
func (f *FlagChange) align(before, after Quantity, name, kind string) (a, b float64) {
	switch {
	case before.OK() && after.OK():
		return before.value, after.value
	case after.OK():
		f.Notes = append(f.Notes, "there are no "+kind+" samples before, so "+name+" is taken as it is after")
		return after.value, after.value
	case before.OK():
		f.Notes = append(f.Notes, "there are no "+kind+" samples after, so "+name+" is taken as it was before")
		return before.value, before.value
	}
	return 0, 0
}
