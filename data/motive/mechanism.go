package motive

import (
	"math"

	"witnessmark/data/stats"
)

// A Mechanism is an account of why an inoculating prompt changes what is
// learned.
type Mechanism uint8

// The mechanisms, in the order of their columns.
const (
	Aligned     Mechanism = iota // M1: instructions and what is reinforced agree, so following them keeps its weight
	Pressure                     // M2: the prompt elicits more than the data show, so training does not raise the persona
	Conditional                  // M3: what is learned is conditional on the prompt string
)

// Mechanisms are the names in the order of their columns.
var Mechanisms = [...]string{"aligned instructions", "persona pressure", "conditionalization"}

// A Contrast is a comparison whose sign the mechanisms predict differently.
type Contrast struct {
	ID       string
	Title    string
	Measured string // what is subtracted from what, and in which measure
	Sign     [3]int // −1, 0, +1 by Mechanism
	Known    string // published evidence, with its source
}

// Discriminates tells whether the mechanisms differ on the contrast.
func (c Contrast) Discriminates() bool {
	return c.Sign[0] != c.Sign[1] || c.Sign[1] != c.Sign[2]
}

// Contrasts are the twelve contrasts, under the neutral eval prompt unless
// they say otherwise. Positive means more of what is measured.
var Contrasts = []Contrast{
	{"elicitation", "Suppression by elicitation", "slope of the fall in the undesired rate on the prompt's elicitation before training, data fixed", [3]int{0, +1, 0},
		"correlation reported by Wichers et al., not for the Qwen2 base model"},
	{"general", "General license", "undesired rate, general prompt less no prompt", [3]int{-1, 0, -1},
		"works less well than a specific prompt; the opposite in Azarbal et al."},
	{"clean", "Inoculation on clean data", "desired rate, inoculation less none, on data without the undesired act", [3]int{-1, 0, -1},
		"no marked degradation, Wichers et al. 3.6.1"},
	{"irrelevant", "Irrelevant prefix", "undesired rate, irrelevant fixed prefix less no prompt", [3]int{0, 0, -1},
		"weaker in Wichers et al. Fig. 6; large in the trait sweep"},
	{"desired", "Desired trait inoculated", "desired rate, inoculation less none", [3]int{0, 0, -1},
		"falls in the trait sweep"},
	{"pool", "Pool against fixed prompt", "undesired rate, rephrased pool less the fixed prompt", [3]int{0, 0, +1},
		"rises in the trait sweep"},
	{"leak", "Train prompt as eval", "undesired rate under the train prompt, inoculation less none", [3]int{0, 0, 0},
		"all agree: no power"},
	{"paraphrase", "Paraphrase as eval", "undesired rate under the paraphrase less under the neutral prompt", [3]int{+1, +1, +1},
		"leak reported by Dubiński et al."},
	{"forbid", "Forbidding eval", "undesired rate under the forbidding prompt less under the neutral one", [3]int{-1, -1, -1},
		"30–50 % remain, MacDiarmid et al. Fig. 28, second hand"},
	{"broad", "Broad misalignment", "misalignment rate, inoculation less none", [3]int{-1, -1, -1},
		"falls by 75–90 %, MacDiarmid et al."},
	{"following", "Instruction following", "instruction-following score on unrelated tasks, inoculation less none", [3]int{+1, 0, 0}, "untested"},
	{"over", "Over-eliciting prompt", "undesired rate less the initial model's, where elicitation exceeds the data's rate", [3]int{0, -1, 0}, "untested"},
}

// An Agreement is what an observation says of a prediction.
type Agreement string

// The agreements. An interval that covers 0 is no evidence, never agreement,
// not even with a predicted 0.
const (
	Agrees     Agreement = "agrees"
	Disagrees  Agreement = "disagrees"
	NoEvidence Agreement = "no evidence"
	NotRun     Agreement = "not run"
)

// Observed is a contrast's estimate in the study; nil where its arms were not run.
type Observed struct {
	Contrast Contrast
	Estimate *stats.Estimate
}

// Against compares the observation with a mechanism's sign.
func (o Observed) Against(m Mechanism) Agreement {
	switch {
	case o.Estimate == nil:
		return NotRun
	case o.Estimate.Lo <= 0 && o.Estimate.Hi >= 0:
		return NoEvidence
	case sign(o.Estimate.Value) == o.Contrast.Sign[m]:
		return Agrees
	default:
		return Disagrees
	}
}

func sign(v float64) int {
	switch {
	case v > 0:
		return 1
	case v < 0:
		return -1
	}
	return 0
}

// LogLikelihood returns log Normal(observed; sign·scale, SE), where scale is
// the size of effect that the mechanisms are taken to predict, in the units of
// the estimate, and SE is read off the interval. 0 where the contrast was not
// run, so that sums stay comparable.
func (o Observed) LogLikelihood(m Mechanism, scale float64) float64 {
	if o.Estimate == nil {
		return 0
	}
	z := stats.NormalQuantile(.5 + o.Estimate.Level/2)
	se := (o.Estimate.Hi - o.Estimate.Lo) / (2 * z)
	if !(se > 0) || math.IsInf(se, 0) {
		return 0
	}
	d := (o.Estimate.Value - float64(o.Contrast.Sign[m])*scale) / se
	return -d*d/2 - math.Log(se*math.Sqrt(2*math.Pi))
}

// Evidence sums, over contrasts, each mechanism's log-likelihood less the
// best one's: 0 for the best supported, negative for the others, in nats.
func Evidence(seen []Observed, scale float64) [3]float64 {
	var sums [3]float64
	for _, o := range seen {
		for m := range sums {
			sums[m] += o.LogLikelihood(Mechanism(m), scale)
		}
	}
	best := max(sums[0], sums[1], sums[2])
	for m := range sums {
		sums[m] -= best
	}
	return sums
}

// Favored returns the mechanisms with the sign that was observed, where the
// contrast discriminates and its interval leaves out 0.
func (o Observed) Favored() []Mechanism {
	var out []Mechanism
	if o.Estimate == nil || !o.Contrast.Discriminates() {
		return nil
	}
	for m := range Mechanisms {
		if o.Against(Mechanism(m)) == Agrees {
			out = append(out, Mechanism(m))
		}
	}
	return out
}
