package motive

import (
	"math"
	"slices"
)

// An Extension is something that selects besides reward on the episode, or a
// time that is predicted besides training, switched by a Model.
type Extension struct {
	ID, Title, Help string
	Source          string // whose idea it is
	On              func(m Model) bool
	// Switch turns it on with constants to start from, or off.
	Switch func(m *Model, on bool)
	// Knobs are its constants in m, which must be switched on.
	Knobs func(m *Model) []Knob
}

// A Knob is one constant of an extension. Its value is a number, or, where
// Names is not nil, the index of a name.
type Knob struct {
	Label, Help string
	Lo, Hi      float64 // the usual range; Check says what is possible
	Names       []string
	Get         func() float64
	Set         func(float64)
}

const (
	sourceModel = "idea: Mallen & Shlegeris 2025; equation ours"
	sourceNotes = "idea: Mallen & Shlegeris 2025, footnote 18; equation ours"
)

// Extensions are offered in this order.
var Extensions = []Extension{
	{"exploration", "Exploration", "A behavior that no rollout of a step shows is not selected in that step", sourceModel,
		func(m Model) bool { return m.Params.Rollouts > 0 },
		func(m *Model, on bool) { m.Params.Rollouts = int(when(on, 16)) },
		func(m *Model) []Knob {
			return []Knob{whole("Rollouts a step", "attempts among which the behavior can show", 1, 512, &m.Params.Rollouts)}
		}},
	{"length", "Length penalty", "Training selects against long responses: pressure by selection, not a prior", sourceModel,
		func(m Model) bool { return m.Params.Length != 0 },
		func(m *Model, on bool) { m.Params.Length = when(on, .1) },
		func(m *Model) []Knob {
			return []Knob{number("λ", "reward lost per unit of a pattern's length", 0, 1, &m.Params.Length)}
		}},
	{"washing_out", "Priors that do not wash out", "Some priors count once, at the start; others press on at every step", sourceNotes,
		func(m Model) bool { return m.Prior.Renewal != 0 },
		switchLasting, lastingKnobs},
	{"awareness", "Imperfect awareness", "A pattern misreads its situation at times, most of all one whose motive lies far downstream", sourceModel,
		func(m Model) bool {
			return slices.ContainsFunc(m.Patterns, func(p Pattern) bool { return p.Awareness != nil })
		},
		switchAwareness, awarenessKnobs},
	{"mutation", "Mutation", "No pattern is ever lost: every share stays above a floor", "idea and equation ours",
		func(m Model) bool { return m.Params.Mutation != 0 },
		func(m *Model, on bool) { m.Params.Mutation = when(on, .001) },
		func(m *Model) []Knob {
			return []Knob{number("μ", "least share of a pattern", 0, .05, &m.Params.Mutation)}
		}},
	{"deployment", "Deployment time", "Selection goes on in deployment, and influence is predicted at a time in it", "idea: Mallen & Shlegeris 2025, footnote 6; equation ours",
		func(m Model) bool { return m.Params.DeploySteps > 0 },
		func(m *Model, on bool) {
			m.Params.EtaDeploy, m.Params.DeploySteps = when(on, m.Params.Eta), int(when(on, 100))
		},
		func(m *Model) []Knob {
			return []Knob{whole("Time t", "steps of deployment", 1, 500, &m.Params.DeploySteps), number("η in deployment", "selection per step; 0 for none", 0, 1, &m.Params.EtaDeploy)}
		}},
	{"self_data", "Self-generated data", "The model writes data for its own fine-tuning, which a filter thins out", sourceModel,
		func(m Model) bool { return m.Params.SelfData != nil },
		func(m *Model, on bool) { m.Params.SelfData = only(on, SelfData{KeepAct: .5, KeepRest: 1, Weight: 1}) },
		func(m *Model) []Knob {
			s := m.Params.SelfData
			return []Knob{
				number("Act kept", "chance that the filter keeps a text with the act", 0, 1, &s.KeepAct),
				number("Rest kept", "chance that it keeps a text without", 0, 1, &s.KeepRest),
				number("Weight", "of this selection beside that by reward", 0, 2, &s.Weight),
			}
		}},
	{"developers", "Developer iteration", "Developers train several runs and deploy those with a good held-out score", sourceModel,
		func(m Model) bool { return m.Params.Developers != nil },
		func(m *Model, on bool) { m.Params.Developers = only(on, Developers{Zeta: 5, Context: m.heldOut()}) },
		developerKnobs},
	{"white_box", "White-box selection", "Training selects against what a probe reads off a pattern, which it cannot fake", sourceModel,
		func(m Model) bool { return m.Params.WhiteBox != 0 },
		func(m *Model, on bool) { m.Params.WhiteBox = when(on, .2) },
		func(m *Model) []Knob {
			return []Knob{number("ξ", "reward lost where a pattern is fully detected", 0, 2, &m.Params.WhiteBox)}
		}},
	{"terminal", "Instrumental becomes terminal", "A branch that is never exercised atrophies, and the pattern decays into a reward-seeker", sourceNotes,
		func(m Model) bool { return m.Params.Decay != 0 },
		func(m *Model, on bool) { m.Params.Decay = when(on, .005) },
		func(m *Model) []Knob {
			return []Knob{number("δ", "part of the share that decays in a step", 0, .1, &m.Params.Decay)}
		}},
	{"supervised", "Supervised fine-tuning", "Patterns are selected by how well they explain given data under the train prompt, which is how inoculation acts", "idea: Wichers et al. 2025, Tan et al. 2025; equation ours",
		func(m Model) bool { return m.Params.Supervised != nil },
		func(m *Model, on bool) { m.Params.Supervised = only(on, Supervised{Undesired: .5}) },
		func(m *Model) []Knob {
			return []Knob{number("Undesired data", "share of the data that shows the act", 0, 1, &m.Params.Supervised.Undesired)}
		}},
}

func number(label, help string, lo, hi float64, v *float64) Knob {
	return Knob{Label: label, Help: help, Lo: lo, Hi: hi, Get: func() float64 { return *v }, Set: func(x float64) { *v = x }}
}

func whole(label, help string, lo, hi float64, v *int) Knob {
	return Knob{Label: label, Help: help, Lo: lo, Hi: hi, Get: func() float64 { return float64(*v) }, Set: func(x float64) { *v = int(math.Round(x)) }}
}

// switchLasting lets what makes a pattern simple or fast press on.
func switchLasting(m *Model, on bool) {
	m.Prior.Lasting, m.Prior.Renewal = nil, when(on, .01)
	if on {
		m.Prior.Lasting = map[string]bool{"simplicity": true, "speed": true}
	}
}

func lastingKnobs(m *Model) []Knob {
	out := []Knob{number("ρ", "part of the prior that is added again at each step", 0, .05, &m.Prior.Renewal)}
	for _, name := range Weights {
		out = append(out, Knob{
			Label: name, Help: "whether this prior lasts", Names: []string{"washes out", "lasts"},
			Get: func() float64 { return when(m.Prior.Lasting[name], 1) },
			Set: func(x float64) {
				if m.Prior.Lasting == nil {
					m.Prior.Lasting = map[string]bool{}
				}
				m.Prior.Lasting[name] = x == 1
			},
		})
	}
	return out
}

// far says how rightly a category sees its situation until someone says
// otherwise: the further downstream its motive, the less.
var far = map[Category]float64{Schemer: .8, SeekerInfluence: .9}

// switchAwareness gives patterns far downstream, or all where there are none,
// an awareness below 1.
func switchAwareness(m *Model, on bool) {
	some := false
	for i := range m.Patterns {
		p := &m.Patterns[i]
		p.Awareness, p.Noise = nil, 0
		if κ, ok := far[p.Category]; ok && on {
			p.Awareness, p.Noise, some = only(on, κ), .5, true
		}
	}
	for i := range m.Patterns {
		if on && !some {
			m.Patterns[i].Awareness, m.Patterns[i].Noise = only(on, .9), .5
		}
	}
}

func awarenessKnobs(m *Model) []Knob {
	var out []Knob
	for i := range m.Patterns {
		p := &m.Patterns[i]
		if p.Awareness != nil {
			out = append(out, number("κ of "+p.Name, "how often it sees its situation rightly", 0, 1, p.Awareness),
				number("else it acts", "P(undesired act) when it does not", 0, 1, &p.Noise))
		}
	}
	return out
}

func developerKnobs(m *Model) []Knob {
	d := m.Params.Developers
	var names []string
	for _, c := range m.Contexts {
		names = append(names, c.Name)
	}
	return []Knob{
		number("ζ", "how strictly the best score is chosen; 0 deploys any run", 0, 20, &d.Zeta),
		{Label: "Held-out eval", Help: "context in which runs are scored", Names: names,
			Get: func() float64 { return float64(slices.Index(names, d.Context)) },
			Set: func(x float64) { d.Context = names[int(x)] }},
	}
}

// when returns the value, or 0 when off.
func when(on bool, v float64) float64 {
	if on {
		return v
	}
	return 0
}

// only returns a pointer to the value, or nil when off.
func only[T any](on bool, v T) *T {
	if on {
		return &v
	}
	return nil
}

// heldOut is the first context that is not trained on, else the first.
func (m Model) heldOut() string {
	for _, c := range m.Contexts {
		if c.Training == 0 {
			return c.Name
		}
	}
	if len(m.Contexts) > 0 {
		return m.Contexts[0].Name
	}
	return ""
}
