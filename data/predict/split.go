package predict

import (
	"math"

	"witnessmark/data/frame"
	"witnessmark/data/motive"
)

// Against ranks the contexts that both models have by how well one observation
// there, at the end of an arm's training or in deployment, would tell which of
// the two models holds, best first. Nil where either has no such arm.
func (c *Computed) Against(rival *Computed, arm string) []motive.Split {
	a, okA := c.Path(arm)
	b, okB := rival.Path(arm)
	if !okA || !okB {
		return nil
	}
	var trained, deployed []motive.Context
	for _, context := range a.Model.Contexts {
		switch _, both := b.Model.Context(context.Name); {
		case !both:
		case context.Deployment > 0:
			deployed = append(deployed, context)
		default:
			trained = append(trained, context)
		}
	}
	out := motive.Splits(a.Model, b.Model, a.Training.Last(), b.Training.Last(), trained)
	out = append(out, motive.Splits(a.Model, b.Model, a.Deployment.Last(), b.Deployment.Last(), deployed)...)
	motive.Rank(out)
	return out
}

// Observes tells whether an evaluation of the study is read as a context.
func (c *Computed) Observes(context string) bool {
	for _, r := range c.Readings {
		if r.Context == context {
			return true
		}
	}
	return false
}

// SplitsFrame is ranked contexts for charts.Splits: a row a context, with the
// expected gap in log score a sample, in nats, and the samples that would
// settle it; what is told apart stands in the words of what.
func (c *Computed) SplitsFrame(splits []motive.Split, what string) frame.Frame {
	s := newSheet([]string{ContextColumn, "observed"}, frame.Value, SamplesColumn)
	for _, x := range splits {
		seen := "not run"
		if c.Observes(x.Context) {
			seen = "observed"
		}
		s.text(ContextColumn, x.Context).text("observed", seen).num(frame.Value, x.Gap)
		if n := x.Samples(); math.IsInf(n, 0) {
			s.maybe(SamplesColumn, 0, "both predict the same there")
		} else {
			s.num(SamplesColumn, n)
		}
		s.keys(nil)
	}
	s.note("label", motive.Label, false)
	s.note(FitNote, what, false)
	return s.f
}

// The columns of a graph's frames beside the others.
const (
	KeyColumn        = "key"
	TypeColumn       = "type"
	SeekersColumn    = "sought_by"
	DepthColumn      = "depth"
	FromColumn       = "from"
	ToColumn         = "to"
	WeightColumn     = "weight"
	ConfidenceColumn = "confidence"
)

// GraphFrames are a model's causal graph for charts.Graph: a row a node, with
// its effect on selection, who seeks it and whether it is pointed out, then a
// row an edge.
func GraphFrames(m motive.Model, selected string) (nodes, edges frame.Frame) {
	n := newSheet([]string{KeyColumn, "label", TypeColumn, SeekersColumn}, frame.Value, DepthColumn, "selected")
	depth := m.Graph.Depth()
	for i, node := range m.Graph.Nodes {
		n.text(KeyColumn, node.Key).text("label", node.Label).text(TypeColumn, string(node.Type)).text(SeekersColumn, List(m.Seekers(node.Key)))
		n.num(frame.Value, m.Graph.Selects(node.Key)).num(DepthColumn, float64(depth[i])).num("selected", b2f(node.Key == selected))
		n.keys(nil)
	}
	n.note("label", motive.Label, false)
	e := newSheet([]string{FromColumn, ToColumn}, WeightColumn, ConfidenceColumn)
	for _, edge := range m.Graph.Edges {
		e.text(FromColumn, edge.From).text(ToColumn, edge.To).num(WeightColumn, edge.Weight)
		if edge.Confidence != nil {
			e.num(ConfidenceColumn, *edge.Confidence)
		} else {
			e.maybe(ConfidenceColumn, 0, "nobody said how sure they are")
		}
		e.keys(nil)
	}
	return n.f, e.f
}
