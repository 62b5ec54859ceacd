package motive_test

import (
	"math"
	"reflect"
	"strings"
	"testing"

	"witnessmark/data/motive"
)

func TestEditingACloneLeavesTheModel(t *testing.T) {
	m, same := motive.Presets[1].New(), motive.Presets[1].New()
	for _, e := range motive.Extensions {
		e.Switch(&m, true)
		e.Switch(&same, true)
	}
	c := m.Clone()
	if !reflect.DeepEqual(c, m) {
		t.Fatal("a clone differs from its model")
	}
	c.Patterns[0].SetAct(motive.Honest, .9)
	c.Patterns[0].SetGate(motive.Honest, .5)
	*c.Patterns[0].Licensed, *c.Patterns[4].Awareness = 0, 0
	c.Prior.Lasting["speed"] = false
	c.Params.SelfData.KeepAct, c.Params.Developers.Zeta, c.Params.Supervised.Undesired = 0, 0, 0
	c.RemoveNode("reward")
	if err := c.RemoveContext(motive.Neutral); err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(m, same) {
		t.Error("editing the clone changed the model")
	}
}

func TestNamesAreChangedWhereverTheyStand(t *testing.T) {
	m := motive.Presets[1].New()
	m.Params.Developers = &motive.Developers{Context: motive.Honest}
	m.Patterns[0].SetGate(motive.Honest, .5)
	before := m.Train(50).Last()
	for _, err := range []error{m.RenamePattern("Reward-seeker", "Grade hunter"), m.RenameContext(motive.Honest, "trap"), m.RenameContext(motive.Hackable, "RL"), m.Check()} {
		if err != nil {
			t.Fatal(err)
		}
	}
	if m.Patterns[4].NoTerminal != "Grade hunter" || m.Params.Developers.Context != "trap" || m.Patterns[2].Act["trap"] != .95 || m.Patterns[0].Gate["trap"] != .5 {
		t.Errorf("a name was left behind: %+v", m)
	}
	for i, v := range m.Train(50).Last() {
		near(t, "share", v, before[i], 1e-15)
	}
	for _, c := range []struct {
		err  error
		want string
	}{
		{m.RenamePattern("Persona", "Schemer"), "another pattern"}, {m.RenamePattern("Persona", "  "), "needs a name"}, {m.RenameContext("trap", "RL"), "another context"},
	} {
		if c.err == nil || !strings.Contains(c.err.Error(), c.want) {
			t.Errorf("error %v, want %q", c.err, c.want)
		}
	}
}

func TestAModelKeepsAPatternAndAContext(t *testing.T) {
	m := motive.Presets[1].New()
	for _, name := range []string{"Reward-seeker", "Intended", "Persona", "Influence-seeker"} {
		if err := m.RemovePattern(name); err != nil {
			t.Fatal(err)
		}
	}
	if m.Check() != nil || m.Patterns[0].NoTerminal != "" {
		t.Errorf("%v: a schemer decays into %q, which is gone", m.Check(), m.Patterns[0].NoTerminal)
	}
	if m.RemovePattern("Schemer") == nil || m.RemovePattern("nobody") == nil {
		t.Error("the last pattern, or one that is not there, was removed")
	}
	if a, b := m.AddPattern("Mine"), m.AddPattern("Mine"); a != "Mine" || b != "Mine 2" || m.Check() != nil {
		t.Errorf("added %q and %q: %v", a, b, m.Check())
	}
	if a, b := m.AddContext("Trap"), m.AddContext("Trap"); a == b || m.Check() != nil {
		t.Errorf("added %q and %q: %v", a, b, m.Check())
	}
}

func TestTheGraphStandsInForTheGap(t *testing.T) {
	m := motive.Presets[1].New()
	near(t, "hack", m.Graph.Selects("hack"), .8, 1e-12)
	near(t, "solve", m.Graph.Selects("solve"), 1.3, 1e-12)
	near(t, "log", m.Graph.Selects("log"), 0, 0)
	own := m.Train(100).Last()
	m.Contexts[0].Select, m.Contexts[0].Act = 0, "hack"
	for i, v := range m.Train(100).Last() {
		near(t, "share", v, own[i], 1e-12)
	}
	m.Graph.SetEdge(motive.Edge{From: "erroneous", To: "reward", Weight: 2})
	near(t, "hack, tests weigh twice", m.Graph.Selects("hack"), 1.8, 1e-12)
	m.RemoveNode("hack")
	if err := m.Check(); err != nil || m.Contexts[0].Act != "" || len(m.Graph.Edges) != 8 {
		t.Errorf("after removing the act: %v, %+v", err, m.Contexts[0])
	}
	m.Graph.SetEdge(motive.Edge{From: "power", To: "solve", Weight: 1})
	if err := m.Check(); err == nil || !strings.Contains(err.Error(), "causes itself") {
		t.Errorf("a circle passes: %v", err)
	}
	if d := m.Graph.Depth(); len(d) != len(m.Graph.Nodes) {
		t.Errorf("depths %v", d)
	}
	if m := motive.Presets[1].New(); m.Seekers("reward")[0] != "Reward-seeker" || m.Graph.Depth()[8] != 4 {
		t.Errorf("depths %v", m.Graph.Depth())
	}
}

func TestNumbersThatAreNoneAreRefused(t *testing.T) {
	for want, change := range map[string]func(*motive.Model){
		"weight of speed":  func(m *motive.Model) { m.Prior.Speed = math.NaN() },
		"feature":          func(m *motive.Model) { m.Patterns[0].Features.Salience = math.Inf(1) },
		"gap":              func(m *motive.Model) { m.Contexts[0].Select = math.NaN() },
		"weighs":           func(m *motive.Model) { m.Graph.Edges[0].Weight = math.Inf(-1) },
		"selection is no":  func(m *motive.Model) { m.Params.Eta = math.Inf(1) },
		"confidence":       func(m *motive.Model) { two := 2.0; m.Graph.Edges[0].Confidence = &two },
		"the type":         func(m *motive.Model) { m.Graph.Nodes[0].Type = "wish" },
		"stands for two":   func(m *motive.Model) { m.Graph.Nodes[0].Key = "reward" },
		"patterns are":     func(m *motive.Model) { m.Patterns[0].Name = "Schemer" },
		"not in the graph": func(m *motive.Model) { m.Contexts[0].Act = "nowhere" },
	} {
		m := motive.Presets[1].New()
		change(&m)
		if err := m.Check(); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("want an error about %q, got %v", want, err)
		}
	}
}
