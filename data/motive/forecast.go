package motive

import (
	"math"

	"witnessmark/data/stats"
)

// A Step is what one training step of one run showed: how many of Trials
// rollouts showed the undesired act (Acts), and how many of either kind were
// rewarded.
type Step struct {
	Acts, Trials, RewardedActs, RewardedRest float64
}

// Add returns both steps taken together.
func (s Step) Add(o Step) Step {
	return Step{s.Acts + o.Acts, s.Trials + o.Trials, s.RewardedActs + o.RewardedActs, s.RewardedRest + o.RewardedRest}
}

// Pool returns all steps taken together.
func Pool(steps []Step) Step {
	var sum Step
	for _, s := range steps {
		sum = sum.Add(s)
	}
	return sum
}

// Rate returns (k+½)/(n+1): the act's rate, kept off 0 and 1 (Krichevsky and
// Trofimov 1981), since its log odds are taken.
func (s Step) Rate() float64 { return (s.Acts + .5) / (s.Trials + 1) }

// Gap returns the raw reward gap, mean reward given the act less mean reward
// without it. A kind that never showed counts as never rewarded. Raw: divided
// by the group's standard deviation it predicts worse.
func (s Step) Gap() float64 {
	gap := 0.0
	if s.Acts > 0 {
		gap += s.RewardedActs / s.Acts
	}
	if rest := s.Trials - s.Acts; rest > 0 {
		gap -= s.RewardedRest / rest
	}
	return gap
}

// The forecast's conventions. They are part of the procedure: other choices
// give other scores at the early steps.
const (
	EtaWindow      = 5  // steps pooled for one change of log odds
	EtaActs        = 10 // acts that a window needs before its gap counts
	ForecastWindow = 10 // steps pooled for the level and the gap at the forecast
)

// Eta is a fitted selection rate: log odds per step and unit of reward gap.
type Eta struct {
	Value   float64
	Windows int // pairs of consecutive windows behind it
}

// FitEta fits η to runs: over each pair of consecutive windows of EtaWindow
// steps whose first shows at least EtaActs acts, the change of the log odds of
// the act per step is regressed through the origin on the first window's gap.
func FitEta(runs [][]Step) (Eta, error) {
	xy, xx, n := 0.0, 0.0, 0
	for _, run := range runs {
		for at := 0; at+2*EtaWindow <= len(run); at += EtaWindow {
			first, next := Pool(run[at:at+EtaWindow]), Pool(run[at+EtaWindow:at+2*EtaWindow])
			if first.Acts < EtaActs {
				continue
			}
			gap := first.Gap()
			xy += gap * (logit(next.Rate()) - logit(first.Rate())) / EtaWindow
			xx += gap * gap
			n++
		}
	}
	if xx == 0 {
		return Eta{}, stats.Because("no window of %d steps shows %d acts with a reward gap", EtaWindow, EtaActs)
	}
	return Eta{Value: xy / xx, Windows: n}, nil
}

// Forecast returns the act's rate at the end of a run of steps in all, from
// what its first seen steps show: the log odds of the last ForecastWindow
// steps, plus η times their gap for every step to come. It is replicator
// dynamics of two behaviors with a constant gap.
func (e Eta) Forecast(seen []Step, steps int) float64 {
	last := recent(seen)
	return 1 / (1 + math.Exp(-logit(last.Rate())-e.Value*last.Gap()*float64(steps-len(seen))))
}

// Persistence returns the rate of the last ForecastWindow steps: the forecast
// that nothing changes.
func Persistence(seen []Step) float64 { return recent(seen).Rate() }

func recent(seen []Step) Step { return Pool(seen[max(0, len(seen)-ForecastWindow):]) }

func logit(p float64) float64 { return math.Log(p / (1 - p)) }

// LogScore returns observed·log p + (1 − observed)·log(1 − p), in nats: the
// log score of a predicted rate, higher is better, 0 at best for an observed
// rate of 0 or 1. Where p is 0 or 1 it is clipped by 1e-6.
func LogScore(p, observed float64) float64 {
	p = min(max(p, 1e-6), 1-1e-6)
	return observed*math.Log(p) + (1-observed)*math.Log(1-p)
}
