package motive

import "fmt"

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

// An Edge says that From causes To, as strongly as Weight (signed).
type Edge struct {
	From   string  `json:"from"`
	To     string  `json:"to"`
	Weight float64 `json:"weight"`
}

// A Graph is directed and acyclic.
type Graph struct {
	Nodes []Node `json:"nodes,omitempty"`
	Edges []Edge `json:"edges,omitempty"`
}

// Effect returns how much a unit of from moves to: the sum, over all directed
// paths, of the product of the weights along the path. It stands in for the
// reward gap where no per-step rewards were recorded.
func (g Graph) Effect(from, to string) float64 {
	if from == to {
		return 1
	}
	sum := 0.0
	for _, e := range g.Edges {
		if e.From == from {
			sum += e.Weight * g.Effect(e.To, to)
		}
	}
	return sum
}

func (g Graph) check() error {
	known := map[string]bool{}
	for _, n := range g.Nodes {
		known[n.Key] = true
	}
	for _, e := range g.Edges {
		if !known[e.From] || !known[e.To] {
			return fmt.Errorf("graph: the edge %s → %s names a node that does not exist", e.From, e.To)
		}
	}
	for _, n := range g.Nodes {
		if g.reaches(n.Key, n.Key, map[string]bool{}) {
			return fmt.Errorf("graph: %q causes itself; remove one edge of the circle", n.Label)
		}
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
