package stats

import (
	"fmt"
	"math"
	"slices"
)

// A Lifetime is how long a run stayed below a threshold: up to the step
// Time, where it passed it (Event) or its record ended (no Event: censored).
type Lifetime struct {
	Time  float64
	Event bool
}

// A SurvivalStep is what is left at and after a time at which something
// happened.
type SurvivalStep struct {
	Time             float64
	AtRisk           int // runs still below just before Time
	Events, Censored int // at Time
	Survival         float64
	Lo, Hi           Quantity // log-log band; unknown where Survival is 0 or 1
}

// A SurvivalCurve is the Kaplan–Meier estimate of the share of runs still
// below a threshold. Before the first step it is 1.
type SurvivalCurve struct {
	Steps []SurvivalStep
	N     int
	Level float64
}

// KaplanMeier estimates the share of runs that have not passed a threshold,
// with Greenwood's variance on the log-log scale as a pointwise band. Runs
// censored at a time are still at risk there. NotEstimable without runs.
//
// Kaplan & Meier (1958), JASA 53:457; band as Kalbfleisch & Prentice (1980).
func KaplanMeier(lives []Lifetime, level float64) (SurvivalCurve, error) {
	if err := checkLives(lives); err != nil {
		return SurvivalCurve{}, err
	}
	if err := checkLevel(level); err != nil {
		return SurvivalCurve{}, err
	}
	c := SurvivalCurve{N: len(lives), Level: level}
	survival, greenwood, left := 1.0, 0.0, len(lives)
	for _, s := range tabulate(lives) {
		s.AtRisk = left
		survival *= float64(left-s.Events) / float64(left)
		greenwood += float64(s.Events) / float64(left) / float64(left-s.Events)
		left -= s.Events + s.Censored
		s.Survival = survival
		s.Lo, s.Hi = logLogBand(survival, greenwood, critical(level))
		c.Steps = append(c.Steps, s)
	}
	return c, nil
}

func checkLives(lives []Lifetime) error {
	if len(lives) == 0 {
		return Because("there are no runs")
	}
	for i, l := range lives {
		if math.IsNaN(l.Time) || math.IsInf(l.Time, 0) {
			return Because("the time of run %d is %g", i+1, l.Time)
		}
	}
	return nil
}

// tabulate counts events and censored runs at each distinct time.
func tabulate(lives []Lifetime) []SurvivalStep {
	sorted := slices.SortedFunc(slices.Values(lives), func(a, b Lifetime) int { return sign(a.Time - b.Time) })
	var steps []SurvivalStep
	for i, l := range sorted {
		if i == 0 || l.Time != sorted[i-1].Time {
			steps = append(steps, SurvivalStep{Time: l.Time})
		}
		s := &steps[len(steps)-1]
		if l.Event {
			s.Events++
		} else {
			s.Censored++
		}
	}
	return steps
}

func logLogBand(survival, greenwood, z float64) (lo, hi Quantity) {
	switch survival {
	case 1:
		lo = Unknown("no run has passed the threshold yet")
		return lo, lo
	case 0:
		lo = Unknown("all runs have passed the threshold")
		return lo, lo
	}
	width := z * math.Sqrt(greenwood) / math.Abs(math.Log(survival))
	return Known(math.Pow(survival, math.Exp(width))), Known(math.Pow(survival, math.Exp(-width)))
}

// At returns the share still below at a time; an event at that very time
// counts as passed.
func (c SurvivalCurve) At(time float64) float64 {
	survival := 1.0
	for _, s := range c.Steps {
		if s.Time <= time {
			survival = s.Survival
		}
	}
	return survival
}

// AtRisk counts the runs with a record at a time that had not passed before.
func (c SurvivalCurve) AtRisk(time float64) int {
	for _, s := range c.Steps {
		if s.Time >= time {
			return s.AtRisk
		}
	}
	return 0
}

// Median returns the first time at which half of the runs or fewer are still
// below; NotEstimable where that is never reached.
func (c SurvivalCurve) Median() (float64, error) {
	for _, s := range c.Steps {
		if s.Survival <= 0.5 {
			return s.Time, nil
		}
	}
	return 0, Because("more than half of the runs never pass the threshold")
}

// A LogRankTest compares when two groups of runs pass a threshold.
type LogRankTest struct {
	Observed, Expected float64 // events of the first group, seen and under equal hazards
	Variance           float64
	Chi2, P            float64 // 1 degree of freedom, two-sided
}

// LogRank tests whether two groups pass a threshold at the same hazard,
// censored runs included. It has little power where the curves cross.
// NotEstimable where no run of either group passes.
//
// Mantel (1966), Cancer Chemother Rep 50:163, hypergeometric variance.
func LogRank(a, b []Lifetime) (LogRankTest, error) {
	if err := checkLives(a); err != nil {
		return LogRankTest{}, fmt.Errorf("first group: %w", err)
	}
	if err := checkLives(b); err != nil {
		return LogRankTest{}, fmt.Errorf("second group: %w", err)
	}
	var t LogRankTest
	for _, s := range tabulate(slices.Concat(a, b)) {
		if s.Events > 0 {
			t.add(s, a, b)
		}
	}
	if t.Variance <= 0 {
		return LogRankTest{}, Because("no run passes the threshold while runs of both groups are still below it")
	}
	t.Chi2 = (t.Observed - t.Expected) * (t.Observed - t.Expected) / t.Variance
	t.P = ChiSquaredSurvival(t.Chi2, 1)
	return t, nil
}

// add takes in one time at which runs pass.
func (t *LogRankTest) add(s SurvivalStep, a, b []Lifetime) {
	inA, inB := atRisk(a, s.Time), atRisk(b, s.Time)
	n, d := inA+inB, float64(s.Events)
	t.Observed += eventsAt(a, s.Time)
	t.Expected += d * inA / n
	if n > 1 {
		t.Variance += d * inA / n * inB / n * (n - d) / (n - 1)
	}
}

func atRisk(lives []Lifetime, time float64) float64 {
	count := 0.0
	for _, l := range lives {
		count += indicator(l.Time >= time)
	}
	return count
}

func eventsAt(lives []Lifetime, time float64) float64 {
	count := 0.0
	for _, l := range lives {
		count += indicator(l.Event && l.Time == time)
	}
	return count
}
