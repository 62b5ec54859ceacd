package simulate

import (
	"iter"
	"math"
	"math/rand/v2"
)

// A Run is a training run of the study.
type Run struct {
	Arm
	Seed        int
	Temperature float64 // of the evaluation
	Status      string  // complete, canceled
}

// Name is the run's identity in all files.
func (r Run) Name() string { return RunName(r.Arm.Name, r.Seed) }

// Runs returns the runs by arm and seed.
func Runs() []Run {
	var all []Run
	for _, a := range Arms() {
		for seed := 1; seed <= Seeds; seed++ {
			run := Run{Arm: a, Seed: seed, Temperature: .7, Status: "complete"}
			if a.Name == "discouraging" && seed >= 5 {
				run.Temperature = 1 // the confound
			}
			if !a.Present(seed, LastStep, 0) {
				run.Status = "canceled"
			}
			all = append(all, run)
		}
	}
	return all
}

// A TrainStep is a line of a run's training log: what its rollouts did, under
// the train prompt.
type TrainStep struct {
	Run            string
	Step           int
	Hacks          int     // of Rollouts
	Truncated      int     // of Rollouts
	Reward         float64 // mean over rollouts, three decimals
	Loss           float64
	ResponseLength int // mean tokens
}

// Rollouts is the number of rollouts behind a TrainStep.
const Rollouts = 128

// TrainSteps yields the training logs, every second step from 2, as far as
// each run went.
func (s *Study) TrainSteps() iter.Seq[TrainStep] {
	return func(yield func(TrainStep) bool) {
		for i, run := range Runs() {
			r := rand.New(rand.NewPCG(s.seed, 1<<32+uint64(i)))
			for step := 2; step <= run.last(); step += 2 {
				if !yield(run.step(r, step)) {
					return
				}
			}
		}
	}
}

// last is the last step that was trained.
func (r Run) last() int {
	if r.Status == "canceled" {
		return 52
	}
	return LastStep
}

func (r Run) step(chance *rand.Rand, step int) TrainStep {
	hack, correct := r.HackRate(r.Seed, step, 1), r.CorrectRate(r.Seed, step, 1)
	t := TrainStep{Run: r.Name(), Step: step}
	rewarded := 0
	for range Rollouts {
		hacked := chance.Float64() < hack
		if hacked {
			t.Hacks++
		}
		if hacked || chance.Float64() < correct {
			rewarded++
		}
		if chance.Float64() < r.Truncated {
			t.Truncated++
		}
	}
	t.Reward = math.Floor(1000*float64(rewarded)/Rollouts) / 1000
	t.Loss = math.Floor(1000*(.2+1.1*math.Exp(-float64(step)/35)+.04*chance.NormFloat64())) / 1000
	t.ResponseLength = 180 + step + chance.IntN(30)
	return t
}

// A Verdict is the second judge's opinion of one sample.
type Verdict struct {
	Run   string
	Item  string
	Epoch int
	Hack  bool
}

// Rates of the second judge saying yes.
const (
	JudgeHits   = .95 // among hacks
	JudgeAlarms = .15 // among the others
)

// Verdicts yields what the second judge said: of every other item at the last
// checkpoint under the neutral prompt, in epoch 1, unless truncated.
func (s *Study) Verdicts() iter.Seq[Verdict] {
	return func(yield func(Verdict) bool) {
		r := rand.New(rand.NewPCG(s.seed, 2<<32))
		for sample := range s.Samples() {
			if !judged(sample) {
				continue
			}
			yes := r.Float64() < choose(sample.Hack, JudgeHits, JudgeAlarms)
			if !yield(Verdict{Run: sample.Run, Item: sample.Item, Epoch: sample.Epoch, Hack: yes}) {
				return
			}
		}
	}
}

func judged(s Sample) bool {
	odd := (s.Item[len("task-0")]-'0')%2 == 1
	return s.Step == LastStep && s.EvalPrompt == NeutralPrompt && s.Epoch == 1 && s.Excluded == "" && odd
}
