package stats

import (
	"fmt"
	"math"
	"slices"
)

// An OnsetRule says when a behavior has started: at the first step at which
// the mean of the last Window recorded values is over Threshold. Fewer than
// Window values never start it, so that one noisy early step does not.
type OnsetRule struct {
	Window    int     // recorded steps averaged, the step itself and those before it
	Threshold float64 // in the unit of the values; strictly over
}

// Lifetime finds the onset of one run: its step, or the last recorded step as
// censored. Steps must rise; values of NaN are steps without a record and do
// not count toward the window. NotEstimable for a run without values.
func (r OnsetRule) Lifetime(steps, values []float64) (Lifetime, error) {
	if err := checkLengths("steps and values", len(steps), len(values)); err != nil {
		return Lifetime{}, err
	}
	if r.Window < 1 || math.IsNaN(r.Threshold) {
		return Lifetime{}, fmt.Errorf("an onset rule averages one step or more and has a threshold, not %d and %g", r.Window, r.Threshold)
	}
	s, v := present(steps, values)
	if len(s) == 0 {
		return Lifetime{}, Because("the run has no values")
	}
	if err := checkRising(s); err != nil {
		return Lifetime{}, err
	}
	for i := r.Window - 1; i < len(v); i++ {
		if sum(v[i+1-r.Window:i+1])/float64(r.Window) > r.Threshold {
			return Lifetime{Time: s[i], Event: true}, nil
		}
	}
	return Lifetime{Time: s[len(s)-1]}, nil
}

func checkRising(steps []float64) error {
	for i := 1; i < len(steps); i++ {
		if !(steps[i] > steps[i-1]) {
			return fmt.Errorf("step %g comes after step %g; each step counts once, in order", steps[i], steps[i-1])
		}
	}
	return nil
}

// An OnsetSummary describes the onsets of one condition's runs.
type OnsetSummary struct {
	Reached             Estimate // share of runs that start, Wilson over seeds
	Started, Runs       int
	Median, First, Last Quantity // steps, over the runs that start
}

// SummarizeOnsets counts the runs that start and describes when. Median is a
// step at which a run did start: of an even number the lower middle one. It
// speaks of those runs only; SurvivalCurve.Median speaks of all.
func SummarizeOnsets(lives []Lifetime, level float64) (OnsetSummary, error) {
	var starts []float64
	for _, l := range lives {
		if l.Event {
			starts = append(starts, l.Time)
		}
	}
	share, err := Wilson(len(starts), len(lives), level)
	if err != nil {
		return OnsetSummary{}, err
	}
	s := OnsetSummary{Reached: share.Over(Seeds), Started: len(starts), Runs: len(lives)}
	if len(starts) == 0 {
		s.Median = Unknown("no run passes the threshold")
		s.First, s.Last = s.Median, s.Median
		return s, nil
	}
	slices.Sort(starts)
	s.Median, s.First, s.Last = Known(starts[(len(starts)-1)/2]), Known(starts[0]), Known(starts[len(starts)-1])
	return s, nil
}
