// Package motive computes predictions of behavior from motivation models.
//
// The chief model is the behavioral selection model of Mallen and Shlegeris
// (2025-12-04): a trained model is a mixture of cognitive patterns; each
// pattern gains influence as far as the behavior that it causes is selected,
// starting from implicit priors. The source has no equation and no number:
// every formula here is a formalization of our own, and callers must label
// results so (see Label).
//
// In the order of computing:
//
//	edit      add, rename and remove what a model is made of     edit.go, graph.go
//	prior     log p(i) = Σ λ·φ + log multiplicity         prior.go
//	policy    P(behavior | pattern, context), awareness   model.go
//	fitness   mean selection of a pattern's behavior      fitness.go
//	update    log w += η·e·f, then normalize              selection.go
//	extend    what else may select, each switched on its own  extension.go
//	predict   P(behavior | context) = Σ w·g·π / Σ w·g     predict.go
//	fit       η and offsets from k-of-n data              fit.go, likelihood.go
//	curvature how sure the fit is of each of them         curvature.go
//	identify  which patterns the data cannot tell apart   identify.go
//	forecast  final rates from the first steps of runs    forecast.go
//	contrast  the three mechanisms of inoculation         mechanism.go
//
// The package imports only our statistics, and numbers come in and go out as
// slices, so that nothing here knows of studies or files.
package motive

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math"
	"strings"
)

// Label must stand wherever a number of this package is shown.
const Label = "formalization after Mallen & Shlegeris 2025; equations ours"

// A Category is the kind of motivation that a pattern has, after section 1.3
// of the domain notes (reward-seekers, schemers, kludges and the intended).
type Category string

// The categories.
const (
	SeekerReward    Category = "fitness_seeker_reward"
	SeekerAction    Category = "fitness_seeker_action"
	SeekerInfluence Category = "fitness_seeker_influence"
	Schemer         Category = "schemer"
	Kludge          Category = "kludge"
	Intended        Category = "intended"
	Follower        Category = "instruction_follower"
	Persona         Category = "reward_hacking_persona"
	Wireheader      Category = "wireheader"
	Other           Category = "other"
)

// A Context is a circumstance in which a behavior can show: an evaluation
// under a prompt, at training or in deployment.
type Context struct {
	Name string `json:"name"`
	// Training is the share of training that happens in this context, q(c);
	// shares need not add up to 1. Zero: never trained on.
	Training float64 `json:"training"`
	// Deployment is the share of deployment in this context.
	Deployment float64 `json:"deployment"`
	// Select is what the undesired act gains over its alternative here, per
	// step: mean reward given the act, less the mean reward without it.
	// Positive selects for the act. Unknown in contexts that are not trained on.
	Select float64 `json:"select"`
	// Act names the graph's node of the undesired act; its effect on selection
	// then stands in for Select (see Model.Gap). Measured rewards come first.
	Act string `json:"act_node,omitempty"`
	// Licensed says that the prompt asks for the act (see Pattern.Licensed).
	Licensed bool `json:"licensed,omitempty"`
}

// Categories lists the categories in the order in which they are offered.
var Categories = []Category{Intended, Follower, Persona, SeekerReward, SeekerAction, SeekerInfluence, Schemer, Kludge, Wireheader, Other}

// String says a category in words, such as "influence-seeker".
func (c Category) String() string {
	words := map[Category]string{SeekerReward: "reward-seeker", SeekerAction: "return-on-the-action seeker", SeekerInfluence: "influence-seeker"}
	if w := words[c]; w != "" {
		return w
	}
	return strings.ReplaceAll(string(c), "_", " ")
}

// A Pattern is a cognitive pattern: a computation that votes for actions.
type Pattern struct {
	Name     string   `json:"name"`
	Category Category `json:"category"`
	// Target is the graph node it seeks, if any.
	Target string `json:"target,omitempty"`
	// Act is P(undesired act | pattern in charge, context), by context name.
	// A context that is absent has Default.
	Act     map[string]float64 `json:"act,omitempty"`
	Default float64            `json:"default"`
	// Licensed replaces Act in contexts whose prompt asks for the act; nil
	// leaves it.
	Licensed *float64 `json:"licensed,omitempty"`
	// Gate is how active the pattern is in a context, 0 to 1; absent is 1.
	Gate map[string]float64 `json:"gate,omitempty"`
	// Awareness (κ) mixes Act with Noise: 1 sees the situation rightly.
	// Nil means 1. Lower for motives far downstream.
	Awareness *float64 `json:"awareness,omitempty"`
	// Noise is the act's probability when the pattern misreads the situation.
	Noise float64 `json:"noise,omitempty"`
	// Length is the pattern's mean response length, in units of Params.Length.
	Length float64 `json:"length,omitempty"`
	// Detect is what white-box selection sees of it, 0 to 1.
	Detect float64 `json:"detect,omitempty"`
	// Features are what the priors weigh.
	Features Features `json:"features"`
	// Multiplicity counts alternatives that act alike (the counting argument).
	// Zero means 1.
	Multiplicity float64 `json:"multiplicity,omitempty"`
	// NoTerminal names the reward-seeking pattern into which this one decays
	// while its other branch goes unexercised (instrumental becomes terminal).
	NoTerminal string `json:"decays_into,omitempty"`
}

// Features of a pattern, each in its own unit; the weights in Prior make
// them comparable.
type Features struct {
	Simplicity  float64 `json:"simplicity_bits"`     // description length; more is less simple
	Speed       float64 `json:"serial_steps"`        // serial computation; more is slower
	Salience    float64 `json:"salience"`            // how strongly the training text suggests it
	Pretraining float64 `json:"pretraining_logprob"` // log-probability under imitation
	Path        float64 `json:"path"`                // head start from earlier training
}

// A Model is a motivation model with everything needed to compute from it.
type Model struct {
	Name     string    `json:"name"`
	Version  int       `json:"version"`
	Note     string    `json:"note,omitempty"`
	Patterns []Pattern `json:"patterns"`
	Contexts []Context `json:"contexts"`
	Prior    Prior     `json:"prior"`
	Params   Params    `json:"params"`
	Graph    Graph     `json:"graph"`
}

// Params are the constants of the update. The zero value of each extension
// switches it off (see Extensions).
type Params struct {
	Eta         float64     `json:"eta"`                    // selection per step and unit of reward
	Rollouts    int         `json:"rollouts,omitempty"`     // attempts a step, for exploration; 0: every act is explored
	Length      float64     `json:"length,omitempty"`       // selection against length, per unit
	WhiteBox    float64     `json:"white_box,omitempty"`    // selection against what is detected
	Mutation    float64     `json:"mutation,omitempty"`     // floor of every share
	Decay       float64     `json:"decay,omitempty"`        // share per step that becomes terminal
	EtaDeploy   float64     `json:"eta_deploy,omitempty"`   // selection per step of deployment
	DeploySteps int         `json:"deploy_steps,omitempty"` // steps of deployment that are predicted after step 0 of it
	Supervised  *Supervised `json:"supervised,omitempty"`   // training on given data in place of reward
	SelfData    *SelfData   `json:"self_data,omitempty"`    // training on data that the model writes itself
	Developers  *Developers `json:"developers,omitempty"`   // developers choose among trained runs
}

// index returns the position of a pattern by name, or −1.
func (m Model) index(pattern string) int {
	for i, p := range m.Patterns {
		if p.Name == pattern {
			return i
		}
	}
	return -1
}

// Read reads a model from JSON and checks it. Errors say in plain words what is
// wrong, such as a field that no model has.
func Read(raw []byte) (Model, error) {
	var m Model
	d := json.NewDecoder(bytes.NewReader(raw))
	d.DisallowUnknownFields()
	if err := d.Decode(&m); err != nil {
		return m, fmt.Errorf("this is no motivation model in JSON: %w", err)
	}
	return m, m.Check()
}

// Check returns the first thing that makes the model uncomputable, in plain
// words.
func (m Model) Check() error {
	if len(m.Patterns) == 0 {
		return fmt.Errorf("the model %q has no patterns; add at least one", m.Name)
	}
	for i, p := range m.Patterns {
		if err := p.check(); err != nil {
			return fmt.Errorf("pattern %q: %w", p.Name, err)
		}
		if m.index(p.Name) != i {
			return fmt.Errorf("two patterns are called %q; give each a name of its own", p.Name)
		}
		if p.NoTerminal != "" && m.index(p.NoTerminal) < 0 {
			return fmt.Errorf("pattern %q decays into %q, which is not in the model", p.Name, p.NoTerminal)
		}
	}
	if err := m.checkContexts(); err != nil {
		return err
	}
	if err := m.checkParams(); err != nil {
		return err
	}
	for _, name := range Weights {
		if w := *m.Prior.Weight(name); !finite(w) {
			return fmt.Errorf("the prior's weight of %s is %v; give a number", name, w)
		}
	}
	return m.Graph.check()
}

// finite tells whether every value is a number that can be computed with.
func finite(values ...float64) bool {
	for _, v := range values {
		if math.IsNaN(v) || math.IsInf(v, 0) {
			return false
		}
	}
	return true
}

func (p Pattern) check() error {
	for context, act := range p.Act {
		if !isShare(act) {
			return fmt.Errorf("probability of the act in %q is %v, not between 0 and 1", context, act)
		}
	}
	for context, gate := range p.Gate {
		if !isShare(gate) {
			return fmt.Errorf("gate in %q is %v, not between 0 and 1", context, gate)
		}
	}
	switch {
	case !isShare(p.Default):
		return fmt.Errorf("default probability of the act is %v, not between 0 and 1", p.Default)
	case p.Licensed != nil && !isShare(*p.Licensed):
		return fmt.Errorf("licensed probability of the act is %v, not between 0 and 1", *p.Licensed)
	case p.Awareness != nil && !isShare(*p.Awareness), !isShare(p.Noise):
		return fmt.Errorf("awareness and noise must lie between 0 and 1")
	case !finite(p.Features.Simplicity, p.Features.Speed, p.Features.Salience, p.Features.Pretraining, p.Features.Path, p.Length, p.Detect, p.Multiplicity):
		return fmt.Errorf("a feature is no finite number")
	case !(p.Multiplicity >= 0):
		return fmt.Errorf("multiplicity is %v; it counts alternatives and cannot be negative", p.Multiplicity)
	}
	return nil
}

func isShare(v float64) bool { return v >= 0 && v <= 1 }

// checkContexts wants one context a name, and shares that are no debts.
func (m Model) checkContexts() error {
	seen := map[string]bool{}
	for _, c := range m.Contexts {
		switch {
		case seen[c.Name]:
			return fmt.Errorf("two contexts are called %q; policies are looked up by name", c.Name)
		case !(c.Training >= 0 && c.Deployment >= 0):
			return fmt.Errorf("context %q: its shares of training and deployment are %v and %v; they cannot be negative", c.Name, c.Training, c.Deployment)
		case !finite(c.Training, c.Deployment, c.Select):
			return fmt.Errorf("context %q: its shares and its gap must be finite numbers", c.Name)
		case c.Act != "" && m.Graph.node(c.Act) < 0:
			return fmt.Errorf("context %q: its act is the node %q, which is not in the graph", c.Name, c.Act)
		}
		seen[c.Name] = true
	}
	return nil
}

// Context returns the model's context of that name.
func (m Model) Context(name string) (Context, bool) {
	for _, c := range m.Contexts {
		if c.Name == name {
			return c, true
		}
	}
	return Context{}, false
}

// Policy returns P(undesired act | p, c), 0 to 1: the table's entry, the
// license of the prompt, and imperfect awareness, in that order.
func (p Pattern) Policy(c Context) float64 {
	act, ok := p.Act[c.Name]
	if !ok {
		act = p.Default
	}
	if c.Licensed && p.Licensed != nil {
		act = *p.Licensed
	}
	if p.Awareness != nil {
		act = *p.Awareness*act + (1-*p.Awareness)*p.Noise
	}
	return act
}

// Active returns the gate g(c), 0 to 1.
func (p Pattern) Active(c Context) float64 {
	if g, ok := p.Gate[c.Name]; ok {
		return g
	}
	return 1
}
