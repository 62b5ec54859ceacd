package views

import (
	"errors"
	"math"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"witnessmark/charts"
	"witnessmark/data/motive"
	"witnessmark/data/predict"
	"witnessmark/views/desk"
	"witnessmark/views/figure"
	"witnessmark/views/part"
	"witnessmark/views/theme"
)

// graphEditor shows the causal graph beside its nodes and edges. A node that
// is pressed, in the drawing or in the table, is pointed out in both.
type graphEditor struct {
	e            *modelEditor
	box          *part.ChartBox
	kinds        *part.Segments
	nodes, edges *editTable
	tables       *fyne.Container
	about        *part.Text
}

func (e *modelEditor) graphPage() *modelPage {
	g := &graphEditor{e: e, box: part.NewChartBox(e.place.Tasks), about: part.Small("").In(theme.Text).Short()}
	g.box.Unsigned = true // the foot of the view says it
	g.nodes = e.newTable(func(i int) string { return e.model.Graph.Nodes[i].Label })
	g.edges = e.newTable(func(i int) string { return g.edgeName(e.model.Graph.Edges[i]) })
	g.nodes.table.Table.OnSelect = func(keys []string) { g.choose(keys) }
	g.box.OnHit = func(h charts.Hit) {
		if h.Row >= 0 && h.Row < len(e.model.Graph.Nodes) {
			g.point(e.model.Graph.Nodes[h.Row].Key)
		}
	}
	g.tables = container.NewStack(g.nodes.table)
	g.kinds = part.NewSegments([]string{"Nodes", "Edges"}, func(i int) {
		g.tables.Objects = []fyne.CanvasObject{[]*part.CellTable{g.nodes.table, g.edges.table}[i]}
		g.tables.Refresh()
		g.labels()
	})
	right := part.Border(part.Pad(6, 10, 6, 10, part.Row(8, g.kinds, part.Grow(g.about))), nil, nil, nil, g.tables)
	split := container.NewHSplit(g.box, walled(right))
	split.Offset = 0.54
	return &modelPage{
		id: "graph", title: "Graph", add: "Add node", content: split, show: g.show, more: g.more, remove: g.remove,
		help: "Press a node to see who seeks it. Weights are signed; confidence is drawn and not computed with. The graph selects in contexts whose act is one of its nodes",
	}
}

func (g *graphEditor) show() {
	m := g.e.model
	g.nodes.set(len(m.Graph.Nodes), g.nodeColumns())
	g.edges.set(len(m.Graph.Edges), g.edgeColumns())
	on := g.e.state.Option(figure.NodeOption, "")
	if n, ok := m.Graph.Node(on); ok {
		g.nodes.table.Table.SetSelected([]string{n.Label})
	}
	g.about.SetText(nodeWords(m, on))
	g.labels()
	spec, err := figure.Picture("graph", g.e.state, g.e.place.Facts().figure(g.e.place.Version, g.e.state), figure.Graph(m, on))
	if err != nil {
		g.e.say(plainError(err), true)
		return
	}
	g.box.SetSpec(spec)
}

// labels say what the buttons add and remove.
func (g *graphEditor) labels() {
	g.e.add.SetText([]string{"Add node", "Add edge"}[g.kinds.Picked])
	g.e.face.Refresh()
}

// nodeWords say what a node does and who seeks it.
func nodeWords(m motive.Model, key string) string {
	n, ok := m.Graph.Node(key)
	if !ok {
		return "No node is selected"
	}
	text := n.Label + ": effect on selection " + signedNumber(m.Graph.Selects(key))
	if who := m.Seekers(key); len(who) > 0 {
		return text + "; sought by " + predict.List(who)
	}
	return text + "; no pattern seeks it"
}

func signedNumber(v float64) string {
	if v > 0 {
		return "+" + exact(v)
	}
	return exact(v)
}

func (g *graphEditor) choose(keys []string) {
	i := slices.IndexFunc(g.e.model.Graph.Nodes, func(n motive.Node) bool { return len(keys) > 0 && n.Label == keys[0] })
	if i >= 0 {
		g.point(g.e.model.Graph.Nodes[i].Key)
	}
}

// point selects a node; it is no step to be undone.
func (g *graphEditor) point(key string) {
	c := desk.SetOption("Select node", figure.NodeOption, key)
	c.Quiet = true
	g.e.place.Desk.Do(c)
}

func (g *graphEditor) more() {
	if g.kinds.Picked == 1 {
		g.e.try("Add edge", addEdge)
		return
	}
	g.e.try("Add node", func(m *motive.Model) error { m.AddNode("New outcome"); return nil })
}

// addEdge joins the first two nodes that are not joined and may be.
func addEdge(m *motive.Model) error {
	for _, from := range m.Graph.Nodes {
		for _, to := range m.Graph.Nodes {
			joined := slices.ContainsFunc(m.Graph.Edges, func(e motive.Edge) bool { return e.From == from.Key && e.To == to.Key })
			if from.Key == to.Key || joined {
				continue
			}
			next := m.Clone()
			next.Graph.SetEdge(motive.Edge{From: from.Key, To: to.Key, Weight: 1})
			if next.Check() == nil {
				*m = next
				return nil
			}
		}
	}
	return errors.New("every two nodes are joined that can be without a circle; add a node first")
}

func (g *graphEditor) remove() {
	if g.kinds.Picked == 1 {
		g.e.try("Remove edge", func(m *motive.Model) error {
			name := g.edges.chosen()
			m.Graph.Edges = slices.DeleteFunc(m.Graph.Edges, func(e motive.Edge) bool { return g.edgeName(e) == name })
			return nil
		})
		return
	}
	g.e.try("Remove node", func(m *motive.Model) error {
		name := g.nodes.chosen()
		for _, n := range m.Graph.Nodes {
			if n.Label == name {
				m.RemoveNode(n.Key)
				return nil
			}
		}
		return nil
	})
}

func (g *graphEditor) edgeName(e motive.Edge) string {
	return g.label(e.From) + " → " + g.label(e.To)
}

func (g *graphEditor) label(key string) string {
	if n, ok := g.e.model.Graph.Node(key); ok {
		return n.Label
	}
	return key
}

func (g *graphEditor) nodeColumns() []editColumn {
	var types []string
	for _, t := range motive.NodeTypes {
		types = append(types, string(t))
	}
	node := func(i int) motive.Node { return g.e.model.Graph.Nodes[i] }
	name := nameColumn("Node", func(i int) string { return node(i).Label }, func(m *motive.Model, old, name string) error {
		if name == "" || name != old && slices.ContainsFunc(m.Graph.Nodes, func(n motive.Node) bool { return n.Label == name }) {
			return errors.New("a node needs a name of its own")
		}
		for i := range m.Graph.Nodes {
			if m.Graph.Nodes[i].Label == old {
				m.Graph.Nodes[i].Label = name
			}
		}
		return nil
	})
	name.Grow = true
	return []editColumn{
		name,
		choiceColumn("type", "Type", "Where it lies on the way from action to influence", 126,
			func(i int) ([]string, int) { return types, slices.Index(motive.NodeTypes, node(i).Type) },
			func(m *motive.Model, i, k int) { m.Graph.Nodes[i].Type = motive.NodeTypes[k] }),
		{Column: part.Column{ID: "effect", Label: "Effect", Tip: "On selection: the sum over paths of products of weights", Width: 60, Right: true, Cell: func(i int) part.Cell {
			return part.Cell{Text: signedNumber(g.e.model.Graph.Selects(node(i).Key)), Color: theme.Muted}
		}}},
		{Column: part.Column{ID: "sought", Label: "Sought by", Width: 130, Spare: 1, Cell: func(i int) part.Cell {
			who := predict.List(g.e.model.Seekers(node(i).Key))
			return part.Cell{Text: who, Tip: who, Color: theme.Muted}
		}}},
	}
}

func (g *graphEditor) edgeColumns() []editColumn {
	keys, labels := g.e.nodes()
	edge := func(i int) motive.Edge { return g.e.model.Graph.Edges[i] }
	end := func(id, label string, of func(e *motive.Edge) *string) editColumn {
		c := choiceColumn(id, label, "", 150, func(i int) ([]string, int) {
			e := edge(i)
			return labels, slices.Index(keys, *of(&e))
		}, func(m *motive.Model, i, k int) { *of(&m.Graph.Edges[i]) = keys[k] })
		c.Grow = true
		return c
	}
	sign := editColumn{Column: part.Column{ID: "sign", Label: "Sign", Tip: "Press to turn it round", Width: 44, Cell: func(i int) part.Cell {
		if edge(i).Weight < 0 {
			return part.Cell{Text: "−", Bold: true}
		}
		return part.Cell{Text: "+", Bold: true}
	}}, flip: func(m *motive.Model, i int) { m.Graph.Edges[i].Weight *= -1 }}
	return []editColumn{
		end("from", "From", func(e *motive.Edge) *string { return &e.From }), end("to", "To", func(e *motive.Edge) *string { return &e.To }), sign,
		numberColumn("weight", "Weight", "Signed", 62, func(i int) float64 { return edge(i).Weight }, func(m *motive.Model, i int, v float64) { m.Graph.Edges[i].Weight = v }),
		shareColumn("confidence", "Confidence", "How sure you are that it is there, 0 to 1; empty for nothing said", "not said", 84, func(i int) (float64, bool) {
			if c := edge(i).Confidence; c != nil {
				return *c, true
			}
			return math.NaN(), false
		}, func(m *motive.Model, i int, v float64) { m.Graph.Edges[i].Confidence = &v }, func(m *motive.Model, i int) { m.Graph.Edges[i].Confidence = nil }),
	}
}
