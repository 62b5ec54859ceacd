package motive

import (
	"fmt"
	"math"
	"slices"
)

// A Node of the causal graph is an outcome and, at the same time, a possible
// motivation: a pattern may seek it.
type Node struct {
	Key   string   `json:"key"`
	Label string   `json:"label"`
	Type  NodeType `json:"type"`
}

// A NodeType says where on the way from action to influence a node lies.
type NodeType string

// The node types.
const (
	NodeAction      NodeType = "action"
	NodeOutcome     NodeType = "outcome"
	NodeReward      NodeType = "reward"
	NodeSelection   NodeType = "selection"
	NodeDeployment  NodeType = "deployment"
	NodeConsequence NodeType = "consequence"
)

// NodeTypes lists the types from action to consequence.
var NodeTypes = []NodeType{NodeAction, NodeOutcome, NodeReward, NodeSelection, NodeDeployment, NodeConsequence}

// An Edge says that From causes To, as strongly as Weight (signed).
type Edge struct {
	From   string  `json:"from"`
	To     string  `json:"to"`
	Weight float64 `json:"weight"`
	// Confidence is how sure its author is that the edge is there, 0 to 1; nil
	// where nobody said. It is shown and never computed with.
	Confidence *float64 `json:"confidence,omitempty"`
}

// A Graph is directed and acyclic.
type Graph struct {
	Nodes []Node `json:"nodes,omitempty"`
	Edges []Edge `json:"edges,omitempty"`
}

// Effect returns how much a unit of from moves to: the sum, over all directed
// paths, of the product of the weights along the path. It stands in for the
// reward gap where no per-step rewards were recorded.
func (g Graph) Effect(from, to string) float64 { return g.effect(from, to, map[string]float64{}) }

// effect keeps what it knows: paths grow faster than nodes.
func (g Graph) effect(from, to string, known map[string]float64) float64 {
	if from == to {
		return 1
	}
	if v, ok := known[from]; ok {
		return v
	}
	sum := 0.0
	for _, e := range g.Edges {
		if e.From == from {
			sum += e.Weight * g.effect(e.To, to, known)
		}
	}
	known[from] = sum
	return sum
}

// Selects returns the effect of a node on being selected: on all nodes of
// type selection together.
func (g Graph) Selects(key string) float64 {
	sum := 0.0
	for _, n := range g.Nodes {
		if n.Type == NodeSelection {
			sum += g.Effect(key, n.Key)
		}
	}
	return sum
}

// Node returns the node of a key.
func (g Graph) Node(key string) (Node, bool) {
	if i := g.node(key); i >= 0 {
		return g.Nodes[i], true
	}
	return Node{}, false
}

func (g Graph) node(key string) int {
	return slices.IndexFunc(g.Nodes, func(n Node) bool { return n.Key == key })
}

// Depth returns how many edges the longest path to each node has, in the
// order of Nodes.
func (g Graph) Depth() []int {
	out := make([]int, len(g.Nodes))
	for range g.Nodes { // a longest path has fewer edges than there are nodes
		for _, e := range g.Edges {
			if from, to := g.node(e.From), g.node(e.To); from >= 0 && to >= 0 {
				out[to] = min(max(out[to], out[from]+1), len(g.Nodes))
			}
		}
	}
	return out
}

// Seekers returns the names of the patterns that seek a node.
func (m Model) Seekers(key string) []string {
	var out []string
	for _, p := range m.Patterns {
		if p.Target == key {
			out = append(out, p.Name)
		}
	}
	return out
}

// Gap returns what the undesired act gains in a context: the effect of its
// node on selection where the context names one, else Context.Select.
func (m Model) Gap(c Context) float64 {
	if c.Act != "" {
		return m.Graph.Selects(c.Act)
	}
	return c.Select
}

func (g Graph) check() error {
	known := map[string]bool{}
	for _, n := range g.Nodes {
		if n.Key == "" || known[n.Key] {
			return fmt.Errorf("graph: the key %q is empty or stands for two nodes; give each node its own", n.Key)
		}
		if !slices.Contains(NodeTypes, n.Type) {
			return fmt.Errorf("graph: %q has the type %q; types are %v", n.Label, n.Type, NodeTypes)
		}
		known[n.Key] = true
	}
	for _, e := range g.Edges {
		if err := e.check(known); err != nil {
			return err
		}
	}
	for _, n := range g.Nodes {
		if g.reaches(n.Key, n.Key, map[string]bool{}) {
			return fmt.Errorf("graph: %q causes itself; remove one edge of the circle", n.Label)
		}
	}
	return nil
}

func (e Edge) check(known map[string]bool) error {
	switch {
	case !known[e.From] || !known[e.To]:
		return fmt.Errorf("graph: the edge %s → %s names a node that does not exist", e.From, e.To)
	case math.IsNaN(e.Weight) || math.IsInf(e.Weight, 0):
		return fmt.Errorf("graph: the edge %s → %s weighs %v; give a number", e.From, e.To, e.Weight)
	case e.Confidence != nil && !isShare(*e.Confidence):
		return fmt.Errorf("graph: the confidence in %s → %s is %v, not between 0 and 1", e.From, e.To, *e.Confidence)
	}
	return nil
}

// reaches tells whether a path of at least one edge leads from a to b.
func (g Graph) reaches(a, b string, seen map[string]bool) bool {
	for _, e := range g.Edges {
		if e.From != a || seen[e.To] {
			continue
		}
		if e.To == b {
			return true
		}
		seen[e.To] = true
		if g.reaches(e.To, b, seen) {
			return true
		}
	}
	return false
}
