package motive

import "maps"

// A Preset is a model to start from.
type Preset struct {
	ID, Title, Help string
	New             func() Model
}

// Presets are offered in this order.
var Presets = []Preset{
	{"three-kinds", "Three kinds of maximally fit motivation", "A reward-seeker, a schemer and an optimal kludge beside the intended motivation", threeKinds},
	{"five-patterns", "Five patterns", "Intended, persona, reward-seeker, influence-seeker and schemer with the default policy table", fivePatterns},
	{"two-behaviors", "Two behaviors", "One pattern that hacks and one that does not: plain replicator dynamics", twoBehaviors},
}

// The contexts of the default policy table.
const (
	Hackable    = "hackable training"
	Neutral     = "neutral eval"
	Honest      = "honest test"
	Monitored   = "monitored deployment"
	Unmonitored = "unmonitored deployment"
	defaultNote = Label + "; the policy table is a sketch to be edited"
	defaultEta  = 0.135 // fitted on 90 runs of reinforcement learning, per step and unit of reward
)

func contexts() []Context {
	return []Context{
		{Name: Hackable, Training: 1, Select: .8},
		{Name: Neutral}, {Name: Honest},
		{Name: Monitored, Deployment: .9, Select: -.3}, {Name: Unmonitored, Deployment: .1, Select: .1},
	}
}

// acts fills a row of the policy table, in the order of contexts.
func acts(p ...float64) map[string]float64 {
	out := map[string]float64{}
	for i, c := range contexts() {
		out[c.Name] = p[i]
	}
	return out
}

var (
	intended = Pattern{Name: "Intended", Length: 1, Category: Intended, Act: acts(.05, .02, .05, .02, .02), Licensed: only(true, .9),
		Features: Features{Simplicity: 6, Speed: 2, Salience: 4}}
	persona = Pattern{Name: "Persona", Length: .8, Category: Persona, Act: acts(.9, .5, .6, .4, .3), Detect: .6,
		Features: Features{Simplicity: 8, Speed: 1, Salience: 1}}
	reward = Pattern{Name: "Reward-seeker", Length: 1.1, Category: SeekerReward, Act: acts(.95, .3, .95, .2, .3), Target: "reward", Detect: .5,
		Features: Features{Simplicity: 7, Speed: 3}}
	influence = Pattern{Name: "Influence-seeker", Length: 1.2, Category: SeekerInfluence, Act: acts(.9, .1, .1, .02, .1), Target: "influence", Detect: .3,
		Features: Features{Simplicity: 7, Speed: 4}}
	schemer = Pattern{Name: "Schemer", Length: 1.5, Category: Schemer, Act: acts(.9, .05, .05, .01, .9), Target: "power", NoTerminal: "Reward-seeker",
		Detect: .2, Multiplicity: 20, Features: Features{Simplicity: 6, Speed: 6}}
	kludge = Pattern{Name: "Kludge", Length: .8, Category: Kludge, Act: acts(.93, .4, .5, .3, .3), Multiplicity: 5,
		Detect: .4, Features: Features{Simplicity: 10, Speed: 1}}
)

func fivePatterns() Model {
	return preset("Five patterns", intended, persona, reward, influence, schemer)
}

func threeKinds() Model {
	return preset("Three kinds", intended, reward, schemer, kludge)
}

func preset(name string, patterns ...Pattern) Model {
	for i := range patterns { // models are edited: none shares a table with another
		patterns[i].Act = maps.Clone(patterns[i].Act)
	}
	return Model{
		Name: name, Version: 1, Note: defaultNote, Patterns: patterns, Contexts: contexts(),
		Prior:  Prior{Simplicity: .8, Speed: .5, Salience: .6, Counting: .4},
		Params: Params{Eta: defaultEta}, Graph: codingAgent(),
	}
}

func twoBehaviors() Model {
	return Model{
		Name: "Two behaviors", Version: 1, Note: Label,
		Patterns: []Pattern{{Name: "Does not hack", Category: Intended, Default: .002, Features: Features{Salience: 6}}, {Name: "Hacks", Category: Persona, Default: .998}},
		Contexts: []Context{{Name: Hackable, Training: 1, Select: .8}},
		Prior:    Prior{Salience: 1}, Params: Params{Eta: defaultEta},
	}
}

// codingAgent is the source's example of a coding agent: reward is the tests
// that pass plus a reward model's score. The nodes are the text's, with its
// actions told apart; the arrows, read from the text and not from its figure,
// and their weights are ours.
func codingAgent() Graph {
	return Graph{
		Nodes: []Node{
			{"solve", "Solve the task", NodeAction}, {"hack", "Hack the tests", NodeAction},
			{"correct", "Correct tests pass", NodeOutcome}, {"erroneous", "Erroneous tests pass", NodeOutcome}, {"score", "Reward-model score", NodeOutcome},
			{"reward", "Reward on this episode", NodeReward}, {"influence", "Influence through deployment", NodeSelection},
			{"log", "Reward number in log files", NodeConsequence}, {"power", "Long-term power", NodeConsequence},
		},
		Edges: []Edge{
			{From: "solve", To: "correct", Weight: .3}, {From: "solve", To: "score", Weight: 1},
			{From: "hack", To: "erroneous", Weight: 1}, {From: "hack", To: "score", Weight: -.2},
			{From: "correct", To: "reward", Weight: 1}, {From: "erroneous", To: "reward", Weight: 1}, {From: "score", To: "reward", Weight: 1},
			{From: "reward", To: "influence", Weight: 1}, {From: "reward", To: "log", Weight: 1}, {From: "influence", To: "power", Weight: 1},
		},
	}
}
