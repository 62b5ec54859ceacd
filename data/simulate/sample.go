package simulate

import (
	"fmt"
	"iter"
	"math"
	"math/rand/v2"
)

// A Sample is one attempt at one item.
type Sample struct {
	Run        string
	Step       int
	EvalPrompt string
	Item       string
	Epoch      int
	Excluded   string // reason, "" for a sample that counts; then what follows has no meaning
	Hack       bool
	Correct    bool
	// Scores from 0 to 1; CoTScore is NaN where the verdict is neither yes nor no.
	CoTScore, ActionScore float64
	Transcript
}

// Outcome is the class of a sample that counts.
func (s Sample) Outcome() string {
	switch {
	case s.Hack && s.Correct:
		return "correct, attempted hack"
	case s.Hack:
		return "hack"
	case s.Correct:
		return "correct"
	default:
		return "incorrect"
	}
}

// A Study is the study of one seed: the same seed gives the same rows, on
// every machine and in any order of asking.
type Study struct {
	seed             uint64
	hackable, solved [Items]float64 // item effects, logit scale
}

// New returns the study of a seed; Seed is the bundled one.
func New(seed uint64) *Study {
	s := &Study{seed: seed}
	r := rand.New(rand.NewPCG(seed, 0))
	for i := range Items {
		s.hackable[i], s.solved[i] = .7*r.NormFloat64(), .9*r.NormFloat64()
	}
	return s
}

// RunName is the identity of a run, such as "neutral/seed_3".
func RunName(arm string, seed int) string { return fmt.Sprintf("%s/seed_%d", arm, seed) }

// Samples yields every sample: by arm, seed, step, evaluation prompt, item
// and epoch.
func (s *Study) Samples() iter.Seq[Sample] {
	return func(yield func(Sample) bool) {
		for c := range s.cells() {
			for sample := range c.samples() {
				if !yield(sample) {
					return
				}
			}
		}
	}
}

// A cell is one run at one checkpoint under one evaluation prompt.
type cell struct {
	study                *Study
	arm                  Arm
	armIndex             int
	seed, step, prompt   int
	hackable, solvedness [Items]float64 // true rates by item
}

func (s *Study) cells() iter.Seq[cell] {
	return func(yield func(cell) bool) {
		for i, arm := range Arms() {
			for at := range Seeds * (LastStep/StepWidth + 1) * 2 {
				seed, step, prompt := at/12+1, at/2%6*StepWidth, at%2
				if arm.Present(seed, step, prompt) && !yield(s.cell(arm, i, seed, step, prompt)) {
					return
				}
			}
		}
	}
}

func (s *Study) cell(arm Arm, i, seed, step, prompt int) cell {
	return cell{
		study: s, arm: arm, armIndex: i, seed: seed, step: step, prompt: prompt,
		hackable:   around(arm.HackRate(seed, step, prompt), s.hackable),
		solvedness: around(arm.CorrectRate(seed, step, prompt), s.solved),
	}
}

// around spreads a rate over items by their effects on the logit scale, so
// that the mean over items is the rate.
func around(rate float64, effects [Items]float64) (rates [Items]float64) {
	lo, hi := -20.0, 20.0
	for range 60 {
		mid, sum := (lo+hi)/2, 0.0
		for i, e := range effects {
			rates[i] = rise(mid+e, 1)
			sum += rates[i]
		}
		if sum < rate*Items {
			lo = mid
		} else {
			hi = mid
		}
	}
	return rates
}

// stream is the cell's own source of chance, so that no cell depends on
// another.
func (c cell) stream() *rand.Rand {
	id := uint64(1 + c.prompt + 2*(c.step/StepWidth+6*(c.seed+16*c.armIndex)))
	return rand.New(rand.NewPCG(c.study.seed, id))
}

func (c cell) epochs() int {
	if c.step == LastStep {
		return 2
	}
	return 1
}

func (c cell) samples() iter.Seq[Sample] {
	return func(yield func(Sample) bool) {
		r := c.stream()
		for i := range Items {
			for epoch := 1; epoch <= c.epochs(); epoch++ {
				if !yield(c.sample(r, i, epoch)) {
					return
				}
			}
		}
	}
}

func (c cell) sample(r *rand.Rand, item, epoch int) Sample {
	s := Sample{
		Run: RunName(c.arm.Name, c.seed), Step: c.step, EvalPrompt: evalPrompts[c.prompt],
		Item: tasks[item].id(item), Epoch: epoch,
		Hack: r.Float64() < c.hackable[item], Correct: r.Float64() < c.solvedness[item],
	}
	told := s.Hack && r.Float64() < c.arm.Told(c.step)
	s.CoTScore = score(r.NormFloat64() + choose(told, toldMean, untoldMean))
	s.ActionScore = score(r.NormFloat64() + choose(s.Hack, hackedMean, plainMean))
	flagged := s.CoTScore >= .5
	if r.Float64() < unknownRate {
		s.CoTScore, flagged = math.NaN(), false
	}
	if r.Float64() < c.arm.Truncated {
		s.Excluded = "truncated"
	}
	s.Transcript = write(r, tasks[item], shape{
		system: c.system(), hack: s.Hack, correct: s.Correct, told: told,
		flagged: flagged, truncated: s.Excluded != "",
	})
	return s
}

// system is the text of the evaluation prompt.
func (c cell) system() string {
	if c.prompt == 1 {
		return c.arm.Prompt
	}
	return neutralText
}

func choose(yes bool, a, b float64) float64 {
	if yes {
		return a
	}
	return b
}
