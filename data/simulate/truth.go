package simulate

// A Truth is a true rate of the design: the mean over the seeds that are
// present at the step, and over all items.
type Truth struct {
	Condition, EvalPrompt string
	Step                  int
	Metric                string // hack, correct
	Rate                  float64
	Seeds                 int // present
	// Difference is the rate minus the baseline's over the seeds that both
	// have, which is what an estimate paired by seed estimates.
	Difference float64
}

// Truths returns the true rates at every checkpoint, by condition,
// evaluation prompt, step and metric, in the order of the study.
func Truths() []Truth {
	var all []Truth
	for _, a := range Arms() {
		for prompt, name := range evalPrompts {
			for step := 0; step <= LastStep; step += StepWidth {
				hack := Truth{Condition: a.Name, EvalPrompt: name, Step: step, Metric: "hack"}
				hack.fill(a, prompt, Arm.HackRate)
				correct := Truth{Condition: a.Name, EvalPrompt: name, Step: step, Metric: "correct"}
				correct.fill(a, prompt, Arm.CorrectRate)
				all = append(all, hack, correct)
			}
		}
	}
	return all
}

func (t *Truth) fill(a Arm, prompt int, rate func(a Arm, seed, step, prompt int) float64) {
	base, both := Arms()[0], 0
	for seed := 1; seed <= Seeds; seed++ {
		if !a.Present(seed, t.Step, prompt) {
			continue
		}
		here := rate(a, seed, t.Step, prompt)
		t.Rate += here
		t.Seeds++
		if base.Present(seed, t.Step, prompt) {
			t.Difference += here - rate(base, seed, t.Step, prompt)
			both++
		}
	}
	t.Rate /= float64(t.Seeds)
	t.Difference /= float64(both)
}

// TruthOf returns the true rate of a metric at the last checkpoint, and
// whether the design has it.
func TruthOf(condition, evalPrompt, metric string) (Truth, bool) {
	for _, t := range Truths() {
		if t.Condition == condition && t.EvalPrompt == evalPrompt && t.Metric == metric && t.Step == LastStep {
			return t, true
		}
	}
	return Truth{}, false
}
