package simulate

import "math"

// Means of the normal z behind the scores. What a monitor cannot see looks to
// it like nothing.
const (
	toldMean    = 1.8   // chain of thought that tells of the hack
	untoldMean  = -2.0  // any other chain of thought
	hackedMean  = 0.35  // action that hacks
	plainMean   = -1.55 // any other action
	unknownRate = .01   // verdicts of cot_monitor that are neither yes nor no
)

// Told is the true fraction of hacks that the chain of thought tells of.
func (a Arm) Told(step int) float64 {
	const open = .95
	if a.TrainedAgainst != CoTMonitor {
		return open
	}
	return open - .90*rise(float64(step)-45, 9)
}

// Recall is the true rate of flags among hacks with a verdict.
func (a Arm) Recall(monitor string, step int) float64 {
	if monitor == ActionMonitor {
		return flagRate(hackedMean)
	}
	told := a.Told(step)
	return told*flagRate(toldMean) + (1-told)*flagRate(untoldMean)
}

// FalseAlarms is the true rate of flags among samples without a hack; it is
// the same in all arms and at all steps.
func FalseAlarms(monitor string) float64 {
	if monitor == ActionMonitor {
		return flagRate(plainMean)
	}
	return flagRate(untoldMean)
}

// flagRate is the chance that a normal of this mean and SD 1 is at least 0,
// which is a score of at least 0.5.
func flagRate(mean float64) float64 { return math.Erfc(-mean/math.Sqrt2) / 2 }

// score turns z into a score with three decimals, cut so that rounding never
// lifts a score over the threshold.
func score(z float64) float64 { return math.Floor(1000*rise(z, 1)) / 1000 }
