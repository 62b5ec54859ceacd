package charts

import (
	"math"
	"slices"
	"strconv"
	"strings"

	"witnessmark/data/frame"
)

// Graph draws a causal graph from left to right, each node in the column of
// the longest path that leads to it. Arrows are as thick as their weight is
// large, and dashed where it is negative.
//
// Columns of the first frame, a row a node: key, label, type and sought_by
// (text); value (number) the node's effect on selection; depth (number) its
// column; selected (number, 1) points it out. Of the second, a row an edge:
// from and to (text), keys; weight (number); confidence (number, 0 to 1).
func Graph(nodes frame.Frame, o Options, more ...frame.Frame) Spec {
	var edges frame.Frame
	if len(more) > 0 {
		edges = more[0]
	}
	g := newGraphPlan(nodes, edges)
	p := Panel{
		X: Axis{Hi: float64(g.columns), Bare: true, NoGrid: true, Ticks: []Tick{}}, Y: Axis{Hi: float64(g.rows), Bare: true, NoGrid: true, Ticks: []Tick{}},
		MinWidth: 320, Empty: "No node yet",
	}
	for i := range edges.Len() {
		p.Layers = append(p.Layers, g.arrow(i))
	}
	for i := range nodes.Len() {
		p.Layers = append(p.Layers, g.box(i))
	}
	return Spec{
		ID: "graph", Title: o.title(g.sentence()), Source: o.source(), Panels: []Panel{p}, Notes: frameNotes(nodes),
		Subtitle: o.subtitle(o.Context, "Arrow = causes; dashed = negative; pale = less sure; effect = sum over paths of products of weights"),
	}
}

// graphPlan is where nodes stand: the middle of node i is at x[i], y[i].
type graphPlan struct {
	nodes, edges  frame.Frame
	keys          []string
	x, y          []float64
	columns, rows int
}

// The size of a node in a column and a row of 1.
const nodeWide, nodeHigh = 0.64, 0.86

func newGraphPlan(nodes, edges frame.Frame) *graphPlan {
	g := &graphPlan{nodes: nodes, edges: edges, columns: 1, rows: 1}
	n := nodes.Len()
	g.x, g.y = make([]float64, n), make([]float64, n)
	var columns [][]int
	for i := range n {
		g.keys = append(g.keys, textAt(nodes, "key", i))
		d := max(0, int(numAt(nodes, "depth", i)))
		for len(columns) <= d {
			columns = append(columns, nil)
		}
		columns[d] = append(columns[d], i)
		g.columns, g.rows = max(g.columns, d+1), max(g.rows, len(columns[d]))
	}
	for d, column := range columns {
		slices.SortStableFunc(column, func(a, b int) int { return cmpFloat(g.pull(b), g.pull(a)) })
		for k, i := range column {
			g.x[i] = float64(d) + 0.5
			g.y[i] = float64(g.rows)/2 + float64(len(column)-1)/2 - float64(k)
		}
	}
	return g
}

// pull is the mean height of what causes a node, so that arrows cross little.
func (g *graphPlan) pull(i int) float64 {
	sum, n := 0.0, 0.0
	for e := range g.edges.Len() {
		if from := slices.Index(g.keys, textAt(g.edges, "from", e)); from >= 0 && textAt(g.edges, "to", e) == g.keys[i] {
			sum, n = sum+g.y[from], n+1
		}
	}
	if n == 0 {
		return 0
	}
	return sum / n
}

func (g *graphPlan) arrow(e int) Layer {
	from, to := slices.Index(g.keys, textAt(g.edges, "from", e)), slices.Index(g.keys, textAt(g.edges, "to", e))
	if from < 0 || to < 0 {
		return Layer{Mark: "arrow"}
	}
	weight, sure := numAt(g.edges, "weight", e), numAt(g.edges, "confidence", e)
	label := signed(weight)
	text := textAt(g.nodes, "label", from) + " → " + textAt(g.nodes, "label", to) + ": " + label
	l := Layer{
		Mark: "arrow", Name: text, Role: MutedRole, Width: 0.9 + min(2.4, 0.9*math.Abs(weight)), Text: []string{label},
		X: Values{g.x[from] + nodeWide/2}, Y: Values{g.y[from]}, X2: Values{g.x[to] - nodeWide/2}, Y2: Values{g.y[to]},
	}
	if weight < 0 {
		l.Dash = []float64{5, 3}
	}
	if sure == sure {
		l.Alpha = 0.25 + 0.75*sure
		text += ", confidence " + Percent.Text(sure, 100)
	}
	l.Source = []Target{{-1, -1, text, nil}}
	return l
}

func (g *graphPlan) box(i int) Layer {
	kind, sought := textAt(g.nodes, "type", i), textAt(g.nodes, "sought_by", i)
	effect := signed(numAt(g.nodes, frame.Value, i))
	text := joined("; ", textAt(g.nodes, "label", i)+", "+kind, "effect on selection "+effect)
	if sought != "" {
		text += "; sought by " + sought
	}
	role := AxisRole
	switch kind {
	case "selection":
		role = AccentRole
	case "action":
		role = InkRole
	}
	second := kind
	if kind == "action" {
		second = "effect " + effect
	}
	return Layer{
		Mark: "box", Name: textAt(g.nodes, "label", i), Role: role, Bold: numAt(g.nodes, "selected", i) == 1, Text: []string{textAt(g.nodes, "label", i)}, Text2: []string{second},
		X: Values{g.x[i] - nodeWide/2}, X2: Values{g.x[i] + nodeWide/2}, Y: Values{g.y[i] - nodeHigh/2}, Y2: Values{g.y[i] + nodeHigh/2},
		Source: []Target{{i, -1, text, keysAt(g.nodes, i)}},
	}
}

// signed writes a weight with its sign and no more decimals than it has.
func signed(v float64) string {
	text := strconv.FormatFloat(math.Abs(v), 'f', 2, 64)
	text = strings.TrimSuffix(strings.TrimRight(text, "0"), ".")
	switch {
	case v < 0 && text != "0":
		return "−" + text
	case v > 0:
		return "+" + text
	}
	return text
}

// sentence says which act the graph selects.
func (g *graphPlan) sentence() string {
	best, effect, n := -1, math.Inf(-1), 0
	for i := range g.keys {
		if textAt(g.nodes, "type", i) != "action" {
			continue
		}
		n++
		if v := numAt(g.nodes, frame.Value, i); v > effect {
			best, effect = i, v
		}
	}
	switch {
	case best < 0:
		return "The graph has no action yet"
	case n == 1:
		return textAt(g.nodes, "label", best) + " moves selection by " + signed(effect)
	}
	return "Of " + Count(float64(n), "action") + ", " + lowerFirst(textAt(g.nodes, "label", best)) + " is selected most"
}
