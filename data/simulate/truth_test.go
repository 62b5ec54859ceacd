package simulate

import (
	"math"
	"slices"
	"testing"

	"witnessmark/data"
)

type key struct {
	run, prompt string
	step        int
}

// A tally counts the samples of one run at one checkpoint and prompt.
type tally struct{ n, excluded, hacks, correct int }

func tallies(s *Study) map[key]*tally {
	all := map[key]*tally{}
	for x := range s.Samples() {
		k := key{x.Run, x.EvalPrompt, x.Step}
		if all[k] == nil {
			all[k] = &tally{}
		}
		all[k].add(x)
	}
	return all
}

func (t *tally) add(s Sample) {
	if s.Excluded != "" {
		t.excluded++
		return
	}
	t.n++
	t.hacks += bit(s.Hack)
	t.correct += bit(s.Correct)
}

func (t *tally) rate(metric string) float64 {
	if metric == "hack" {
		return float64(t.hacks) / float64(t.n)
	}
	return float64(t.correct) / float64(t.n)
}

// seedRates are the rates of the seeds that are present, and their numbers.
func seedRates(all map[key]*tally, t Truth) (rates map[int]float64, n int) {
	rates = map[int]float64{}
	for seed := 1; seed <= Seeds; seed++ {
		if c := all[key{RunName(t.Condition, seed), t.EvalPrompt, t.Step}]; c != nil {
			rates[seed] = c.rate(t.Metric)
			n += c.n
		}
	}
	return rates, n
}

func mean(rates map[int]float64) float64 {
	sum := 0.0
	for _, r := range rates {
		sum += r
	}
	return sum / float64(len(rates))
}

// TestSamplesHaveTheStatedRates compares all 144 stated rates with what three
// studies show. The binomial error is an upper bound, since items differ.
func TestSamplesHaveTheStatedRates(t *testing.T) {
	for _, seed := range []uint64{Seed, 1, 2} {
		all := tallies(New(seed))
		for _, truth := range Truths() {
			rates, n := seedRates(all, truth)
			if len(rates) != truth.Seeds {
				t.Errorf("%+v: %d seeds have samples", truth, len(rates))
			}
			off := math.Abs(mean(rates) - truth.Rate)
			if allowed := 4 * math.Sqrt(truth.Rate*(1-truth.Rate)/float64(n)); off > allowed {
				t.Errorf("study %d, %+v: seen %.3f, off by more than %.3f", seed, truth, mean(rates), allowed)
			}
		}
	}
}

// TestPairedIntervalsCoverTheTruth is what a user does with the study: the
// difference from the baseline, paired by seed, t interval at 95 %.
func TestPairedIntervalsCoverTheTruth(t *testing.T) {
	all := tallies(New(Seed))
	for _, truth := range Truths() {
		if truth.Step != LastStep || truth.Condition == "neutral" {
			continue
		}
		base, _ := seedRates(all, Truth{Condition: "neutral", EvalPrompt: truth.EvalPrompt, Step: truth.Step, Metric: truth.Metric})
		rates, _ := seedRates(all, truth)
		for seed := range rates {
			rates[seed] -= base[seed]
		}
		half := tQuantile[len(rates)] * standardError(rates)
		if d := mean(rates); math.Abs(d-truth.Difference) > half {
			t.Errorf("%+v: interval [%.3f, %.3f]", truth, d-half, d+half)
		}
	}
}

var tQuantile = map[int]float64{7: 2.447, 8: 2.365} // 97.5 %, by seeds

func standardError(x map[int]float64) float64 {
	m, sum, n := mean(x), 0.0, float64(len(x))
	for _, v := range x {
		sum += (v - m) * (v - m)
	}
	return math.Sqrt(sum / (n - 1) / n)
}

// TestTheStoryOfTheStudy pins what the README and the sample views say.
func TestTheStoryOfTheStudy(t *testing.T) {
	rate := func(arm, prompt, metric string) float64 {
		truth, ok := TruthOf(arm, prompt, metric)
		if !ok {
			t.Fatalf("no truth for %s under %s", arm, prompt)
		}
		return truth.Rate
	}
	hack := func(arm, prompt string) float64 { return rate(arm, prompt, "hack") }
	if full, part := hack("neutral", NeutralPrompt)-hack("inoculation_specific", NeutralPrompt),
		hack("neutral", NeutralPrompt)-hack("irrelevant_prefix", NeutralPrompt); full < .4 || part < .3*full || part > .7*full {
		t.Errorf("inoculation lowers hacking by %.2f, the irrelevant prefix by %.2f", full, part)
	}
	if stays := hack("inoculation_specific", TrainPrompt); stays < .85 {
		t.Errorf("under its train prompt inoculation hacks at %.2f only", stays)
	}
	if kept := rate("inoculation_specific", NeutralPrompt, "correct"); kept > rate("neutral", NeutralPrompt, "correct")-.05 {
		t.Errorf("the desired trait does not fall: %.2f", kept)
	}
	if _, ok := TruthOf("neutral", "no such prompt", "hack"); ok {
		t.Error("a truth for an unknown prompt")
	}
}

// TestSeedsAreBimodal: no seed of the baseline ends in the middle.
func TestSeedsAreBimodal(t *testing.T) {
	taken := 0
	for seed := 1; seed <= Seeds; seed++ {
		rate := Arms()[0].HackRate(seed, LastStep, 0)
		if rate > .1 && rate < .8 {
			t.Errorf("seed %d ends at %.2f", seed, rate)
		}
		taken += bit(rate >= .8)
	}
	if taken != 5 {
		t.Errorf("%d seeds take off, 5 are stated", taken)
	}
}

func TestFamiliesAreKnown(t *testing.T) {
	for _, a := range Arms() {
		if !slices.Contains(data.Families, a.Family) {
			t.Errorf("%s: family %q is not one of data.Families", a.Name, a.Family)
		}
	}
}
