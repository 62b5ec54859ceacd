package motive_test

import (
	"math"
	"testing"

	"witnessmark/data/motive"
)

func near(t *testing.T, what string, got, want, tolerance float64) {
	t.Helper()
	if !(math.Abs(got-want) <= tolerance) {
		t.Errorf("%s = %v, want %v", what, got, want)
	}
}

func TestClosedFormVector(t *testing.T) {
	want := []float64{0.168747, 0.623440, 0.207813}
	got := motive.Closed([]float64{.6, .3, .1}, []float64{0, .5, .5}, 1, 4)
	for i := range want {
		near(t, "share", got[i], want[i], 5e-7)
	}
}

// constant is a model whose update is the closed form.
func constant() motive.Model {
	pattern := func(name string, act, logPrior float64) motive.Pattern {
		return motive.Pattern{Name: name, Default: act, Features: motive.Features{Pretraining: logPrior}}
	}
	return motive.Model{
		Patterns: []motive.Pattern{pattern("a", 0, math.Log(.6)), pattern("b", .5, math.Log(.3)), pattern("c", .5, math.Log(.1))},
		Contexts: []motive.Context{{Name: "train", Training: 1, Select: 1}},
		Prior:    motive.Prior{Pretraining: 1},
		Params:   motive.Params{Eta: 1},
	}
}

func TestTrainingIsTheClosedForm(t *testing.T) {
	got := constant().Train(4).Last()
	for i, want := range []float64{0.168747, 0.623440, 0.207813} {
		near(t, "share", got[i], want, 5e-7)
	}
}

func TestSharesAddUpWhateverIsSwitchedOn(t *testing.T) {
	m := constant()
	m.Params.Rollouts, m.Params.Mutation, m.Params.Decay = 16, 0.01, 0.05
	m.Patterns[1].NoTerminal = "c"
	m.Prior.Lasting, m.Prior.Renewal = map[string]bool{"pretraining": true}, 0.1
	for _, shares := range m.Train(50).Shares {
		sum := 0.0
		for _, w := range shares {
			sum += w
		}
		near(t, "sum", sum, 1, 1e-12)
	}
	if low := m.Train(50).Last()[0]; low < 0.01-1e-12 {
		t.Errorf("a share fell under the mutation floor: %v", low)
	}
}

func TestUnexploredActsAreNotSelected(t *testing.T) {
	m := constant()
	m.Params.Rollouts = 1
	if slow, fast := m.Train(4).Last()[1], constant().Train(4).Last()[1]; slow >= fast {
		t.Errorf("share with one rollout a step %v, with full exploration %v", slow, fast)
	}
}

func TestPatternsThatActAlikeAreNotIdentified(t *testing.T) {
	m := constant()
	groups := m.Alike(m.Contexts, 1e-9)
	if len(groups) != 2 || len(groups[1]) != 2 {
		t.Errorf("groups = %v, want b and c together", groups)
	}
}

func TestDeveloperIterationPicksTheBestRun(t *testing.T) {
	runs := [][]float64{{1, 0}, {0, 1}}
	near(t, "any", motive.Iterate(runs, []float64{0, 1}, 0)[1], .5, 1e-12)
	near(t, "best", motive.Iterate(runs, []float64{0, 1}, 1e3)[1], 1, 1e-12)
}

func TestGraphEffectSumsPaths(t *testing.T) {
	g := motive.Graph{
		Edges: []motive.Edge{
			{From: "act", To: "tests", Weight: .8}, {From: "tests", To: "reward", Weight: .5}, {From: "act", To: "judge", Weight: .4}, {From: "judge", To: "reward", Weight: -.5},
		},
	}
	near(t, "effect", g.Effect("act", "reward"), .2, 1e-12)
}
