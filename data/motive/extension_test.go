package motive_test

import (
	"encoding/json"
	"math"
	"reflect"
	"strings"
	"testing"

	"witnessmark/data/motive"
)

// pair is a model of two patterns with even shares that act with the given
// probabilities in one context.
func pair(actA, actB float64, c motive.Context, p motive.Params) motive.Model {
	return motive.Model{
		Patterns: []motive.Pattern{{Name: "a", Default: actA, NoTerminal: "b"}, {Name: "b", Default: actB, Detect: 1}},
		Contexts: []motive.Context{c}, Params: p,
	}
}

func long(m motive.Model, by float64) motive.Model {
	m.Patterns[1].Length = by
	return m
}

func lasting(m motive.Model, bits, renewal float64) motive.Model {
	m.Patterns[1].Features.Simplicity = bits
	m.Prior = motive.Prior{Simplicity: 1, Lasting: map[string]bool{"simplicity": true}, Renewal: renewal}
	return m
}

func blurred(m motive.Model, awareness, noise float64) motive.Model {
	m.Patterns[1].Awareness, m.Patterns[1].Noise = &awareness, noise
	return m
}

// The values are worked out by hand from the formulas in the comments.
func TestExtensionVectors(t *testing.T) {
	train, use := motive.Context{Name: "c", Training: 1}, motive.Context{Name: "c", Deployment: 1, Select: -.5}
	for _, x := range []struct {
		id   string
		got  []float64
		want float64 // share of the second pattern
	}{
		// .7·exp(.2·10·.02·−.5) : .3·exp(.2·10·.9·−.5)
		{"deployment", pair(.02, .9, use, motive.Params{EtaDeploy: .2, DeploySteps: 10}).Deploy([]float64{.7, .3}, 10).Last(), .3 * math.Exp(-.9) / (.3*math.Exp(-.9) + .7*math.Exp(-.02))},
		// act kept .2, rest kept .6: .2·.2 + .6·.8 = .52 and .2·.6 + .6·.4 = .36
		{"self_data", pair(.2, .6, train, motive.Params{Eta: 1, SelfData: &motive.SelfData{KeepAct: .5, KeepRest: 1, Weight: 1}}).Train(1).Last(), .36 / .88},
		// exp(−2·.9) : exp(−2·.1)
		{"developers", pair(.9, .1, train, motive.Params{Developers: &motive.Developers{Zeta: 2, Context: "c"}}).Deployed([]float64{.5, .5}), 1 / (1 + math.Exp(-1.6))},
		// 1 : exp(−.2·3)
		{"white_box", pair(.5, .5, train, motive.Params{Eta: 1, WhiteBox: .2}).Train(3).Last(), math.Exp(-.6) / (1 + math.Exp(-.6))},
		// .5 → .45 → .405
		{"terminal", pair(.5, .5, train, motive.Params{Eta: 1, Decay: .1}).Train(2).Last(), .595},
		// e(b) = 1 − (1 − .5·.4)² = .36, f(b) = .4·.5: 1 : exp(.36·.2)
		{"exploration", pair(0, .4, motive.Context{Name: "c", Training: 1, Select: .5}, motive.Params{Eta: 1, Rollouts: 2}).Train(1).Last(), 1 / (1 + math.Exp(-.36*.2))},
		// 1 : exp(−.5·.1·2·4), b being 2 units longer
		{"length", long(pair(.5, .5, train, motive.Params{Eta: .5, Length: .1}), 2).Train(4).Last(), 1 / (1 + math.Exp(.4))},
		// b is 3 bits longer: exp(−3) at the start, and 5 times .1 of it again
		{"washing_out", lasting(pair(.5, .5, train, motive.Params{Eta: 1}), 3, .1).Train(5).Last(), 1 / (1 + math.Exp(4.5))},
		// b acts in .8·.9 + .2·.5 = .82 instead of .9, against .1: exp(.82·1) : exp(.1·1)
		{"awareness", blurred(pair(.1, .9, motive.Context{Name: "c", Training: 1, Select: 1}, motive.Params{Eta: 1}), .8, .5).Train(1).Last(), 1 / (1 + math.Exp(.1-.82))},
		// b: exp(−2)/(1 + exp(−2)) = .119203, then .1 + .8·that
		{"mutation", pair(0, 1, motive.Context{Name: "c", Training: 1, Select: -2}, motive.Params{Eta: 1, Mutation: .1}).Train(1).Last(), .1 + .8/(1+math.Exp(2))},
		// exp(2·(.3·ln .1 + .7·ln .9)) : exp(2·(.3·ln .8 + .7·ln .2))
		{"supervised", pair(.1, .8, train, motive.Params{Eta: .5, Supervised: &motive.Supervised{Undesired: .3}}).Train(4).Last(), .297748},
	} {
		near(t, x.id, x.got[1], x.want, 1e-6)
		near(t, x.id+", sum", x.got[0]+x.got[1], 1, 1e-12)
	}
}

func TestEveryExtensionIsSwitchedByTheModelFile(t *testing.T) {
	for _, e := range motive.Extensions {
		plain := motive.Presets[1].New()
		m := motive.Presets[1].New()
		e.Switch(&m, true)
		raw, err := json.Marshal(m)
		if err != nil {
			t.Fatal(err)
		}
		var back motive.Model
		if err := json.Unmarshal(raw, &back); err != nil || !reflect.DeepEqual(m, back) {
			t.Errorf("%s: comes back from JSON changed (%v)", e.ID, err)
		}
		if err := m.Check(); err != nil {
			t.Errorf("%s: %v", e.ID, err)
		}
		if e.On(plain) || !e.On(back) {
			t.Errorf("%s: on %v in the preset, %v when switched on", e.ID, e.On(plain), e.On(back))
		}
		end := func(m motive.Model) []float64 {
			return m.Deploy(m.Deployed(m.Train(118).Last()), m.Params.DeploySteps).Last()
		}
		if moved := motive.Divergence(end(back), end(plain)); moved < 1e-4 {
			t.Errorf("%s: the shares stay as they were (KL %v)", e.ID, moved)
		}
		for _, k := range e.Knobs(&m) {
			was := k.Get()
			if k.Set(was); k.Label == "" || k.Help == "" || k.Get() != was || k.Names != nil && (was < 0 || int(was) >= len(k.Names)) {
				t.Errorf("%s: the knob %q goes from %v to %v", e.ID, k.Label, was, k.Get())
			}
		}
		if err := m.Check(); err != nil || e.Source == "" {
			t.Errorf("%s, from %q: %v", e.ID, e.Source, err)
		}
		if e.Switch(&m, false); !reflect.DeepEqual(m, plain) {
			t.Errorf("%s: switching off leaves something behind", e.ID)
		}
	}
}

// A strict reward-seeker fails the honest test and is not deployed; the
// schemer, which keeps its cover there, rises.
func TestDeveloperIterationIsADoubleBind(t *testing.T) {
	m := motive.Presets[1].New()
	m.Params.Developers = &motive.Developers{Zeta: 5, Context: motive.Honest}
	before := m.Train(118).Last()
	after := m.Deployed(before)
	if after[2] >= before[2] || after[4] <= before[4] {
		t.Errorf("reward-seeker %v → %v, schemer %v → %v", before[2], after[2], before[4], after[4])
	}
}

func TestImpossibleConstantsAreRefusedInWords(t *testing.T) {
	for want, change := range map[string]func(*motive.Model){
		"η":          func(m *motive.Model) { m.Params.Eta = -1 },
		"deployment": func(m *motive.Model) { m.Params.DeploySteps = -1 },
		"mutation":   func(m *motive.Model) { m.Params.Mutation = .3 },
		"decay":      func(m *motive.Model) { m.Params.Decay = 2 },
		"supervised": func(m *motive.Model) { m.Params.Supervised = &motive.Supervised{Undesired: 3} },
		"self_data":  func(m *motive.Model) { m.Params.SelfData = &motive.SelfData{KeepAct: 3} },
		"hold out":   func(m *motive.Model) { m.Params.Developers = &motive.Developers{Context: "elsewhere"} },
	} {
		m := motive.Presets[1].New()
		change(&m)
		if err := m.Check(); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("want an error about %s, got %v", want, err)
		}
	}
}
