package views

import (
	"fmt"
	"math"
	"slices"

	"fyne.io/fyne/v2"

	"witnessmark/data/motive"
	"witnessmark/views/part"
	"witnessmark/views/theme"
)

// An editColumn is a column of a table of the model that can be edited.
type editColumn struct {
	part.Column
	text func(row int) string                              // what an entry begins with; nil where nothing is typed
	set  func(m *motive.Model, row int, text string) error // takes what was typed
	menu func(row int) (labels []string, on int)           // or a choice of one of these
	pick func(m *motive.Model, row, choice int)            // takes what was chosen
	flip func(m *motive.Model, row int)                    // or a switch
}

// An editTable is a table of the model's parts.
type editTable struct {
	e       *modelEditor
	table   *part.CellTable
	columns []editColumn
	row     func(i int) string // a row's name
}

func (e *modelEditor) newTable(row func(i int) string) *editTable {
	t := &editTable{e: e, table: part.NewCellTable(), row: row}
	t.table.Table.Key = row
	t.table.Text = func(i int, column string) (string, bool) {
		c := t.column(column)
		if c == nil || c.text == nil {
			return "", false
		}
		return c.text(i), true
	}
	t.table.OnEdit = func(i int, column, text string) error {
		c := t.column(column)
		return e.edit(t.step(c, i), func(m *motive.Model) error { return c.set(m, i, text) })
	}
	t.table.OnPress = t.press
	return t
}

func (t *editTable) column(id string) *editColumn {
	i := slices.IndexFunc(t.columns, func(c editColumn) bool { return c.ID == id })
	if i < 0 {
		return nil
	}
	return &t.columns[i]
}

func (t *editTable) step(c *editColumn, row int) string { return t.row(row) + ", " + c.Label }

// press opens a column's menu, or flips its switch.
func (t *editTable) press(row int, column string, at fyne.Position) bool {
	c := t.column(column)
	switch {
	case c == nil || c.menu == nil && c.flip == nil:
		return false
	case c.flip != nil:
		t.e.try(t.step(c, row), func(m *motive.Model) error { c.flip(m, row); return nil })
	default:
		labels, on := c.menu(row)
		t.e.pick(at, labels, on, func(i int) {
			t.e.try(t.step(c, row), func(m *motive.Model) error { c.pick(m, row, i); return nil })
		})
	}
	return true
}

// set shows rows from new.
func (t *editTable) set(rows int, columns []editColumn) {
	t.columns = columns
	var shown []part.Column
	for _, c := range columns {
		c.Fixed = true
		shown = append(shown, c.Column)
	}
	t.table.Table.Set(rows, shown, nil)
}

// chosen is the name of the selected row, else of the last; "" of no rows.
func (t *editTable) chosen() string {
	if s := t.table.Table.Selected(); len(s) > 0 {
		return s[0]
	}
	if n := t.table.Table.Shown(); n > 0 {
		return t.row(n - 1)
	}
	return ""
}

// nameColumn is a column that a row is named and renamed in.
func nameColumn(label string, name func(i int) string, rename func(m *motive.Model, old, name string) error) editColumn {
	return editColumn{
		Column: part.Column{ID: "name", Label: label, Width: 196, Cell: func(i int) part.Cell { return part.Cell{Text: name(i), Bold: true} }},
		text:   name,
		set:    func(m *motive.Model, i int, text string) error { return rename(m, name(i), text) },
	}
}

// numberColumn is a column of numbers.
func numberColumn(id, label, tip string, width float32, get func(i int) float64, set func(m *motive.Model, i int, v float64)) editColumn {
	return editColumn{
		Column: part.Column{ID: id, Label: label, Tip: tip, Width: width, Right: true, Cell: func(i int) part.Cell { return part.Cell{Text: exact(get(i))} }},
		text:   func(i int) string { return exact(get(i)) },
		set: func(m *motive.Model, i int, text string) error {
			v, err := typed(text)
			if err == nil {
				set(m, i, v)
			}
			return err
		},
	}
}

// shareColumn is a column of numbers from 0 to 1; own tells whether the number is
// the row's own, and empty text takes it away. NaN is none, and said as absent.
func shareColumn(id, label, tip, absent string, width float32, get func(i int) (v float64, own bool), set func(m *motive.Model, i int, v float64), clear func(m *motive.Model, i int)) editColumn {
	return editColumn{
		Column: part.Column{ID: id, Label: label, Tip: tip, Width: width, Right: true, Cell: func(i int) part.Cell {
			v, own := get(i)
			c := part.Cell{Text: exact(v)}
			if !own {
				c.Color = theme.Muted
			}
			if v != v {
				c.Text = absent
			}
			return c
		}},
		text: func(i int) string {
			v, _ := get(i)
			if v != v {
				return ""
			}
			return exact(v)
		},
		set: func(m *motive.Model, i int, text string) error {
			if text == "" && clear != nil {
				clear(m, i)
				return nil
			}
			v, err := typedShare(text)
			if err == nil {
				set(m, i, v)
			}
			return err
		},
	}
}

// choiceColumn is a column whose cells open a menu.
func choiceColumn(id, label, tip string, width float32, menu func(i int) (labels []string, on int), pick func(m *motive.Model, i, choice int)) editColumn {
	return editColumn{
		Column: part.Column{ID: id, Label: label, Tip: tip, Width: width, Cell: func(i int) part.Cell {
			labels, on := menu(i)
			if on < 0 || on >= len(labels) {
				return part.Cell{Text: "choose…", Color: theme.Muted, Icon: theme.Down}
			}
			c := part.Cell{Text: labels[on], Icon: theme.Down}
			if on == 0 && labels[0] == nothing {
				c.Color = theme.Muted
			}
			return c
		}},
		menu: menu, pick: pick,
	}
}

// nothing is the first choice where none need be made.
const nothing = "none"

// optional lists names after nothing, with which of them is on.
func optional(names []string, labels []string, on string) ([]string, int) {
	return append([]string{nothing}, labels...), slices.Index(names, on) + 1
}

func (e *modelEditor) tablePages() []*modelPage {
	patterns := func(i int) string { return e.model.Patterns[i].Name }
	policy, gates, features := e.newTable(patterns), e.newTable(patterns), e.newTable(patterns)
	contexts := e.newTable(func(i int) string { return e.model.Contexts[i].Name })
	addPattern := func() {
		e.try("Add pattern", func(m *motive.Model) error { m.AddPattern("New pattern"); return nil })
	}
	removeFrom := func(t *editTable) func() {
		return func() { e.try("Remove pattern", func(m *motive.Model) error { return m.RemovePattern(t.chosen()) }) }
	}
	return []*modelPage{
		{id: "policy", title: "Policies", add: "Add pattern", content: policy.table, more: addPattern, remove: removeFrom(policy),
			help: "P(undesired act) of each pattern in each context, 0 to 1; press a cell to change it. Muted is the pattern's default, and an empty cell goes back to it",
			show: func() { policy.set(len(e.model.Patterns), e.policyColumns()) }},
		{id: "gates", title: "Gates", add: "Add pattern", content: gates.table, more: addPattern, remove: removeFrom(gates),
			help: "How active each pattern is in each context, 0 to 1; 1 unless you say otherwise",
			show: func() { gates.set(len(e.model.Patterns), e.gateColumns()) }},
		{id: "patterns", title: "Patterns", add: "Add pattern", content: features.table, more: addPattern, remove: removeFrom(features),
			help: "What the priors weigh: more bits are less simple, more serial steps slower; a count of n multiplies the prior by n where counting weighs 1",
			show: func() { features.set(len(e.model.Patterns), e.patternColumns()) }},
		{id: "contexts", title: "Contexts", add: "Add context", content: contexts.table,
			more: func() { e.try("Add context", func(m *motive.Model) error { m.AddContext("new context"); return nil }) },
			remove: func() {
				e.try("Remove context", func(m *motive.Model) error { return m.RemoveContext(contexts.chosen()) })
			},
			help: "Where the act can show. The gap is what the act gains a step; an act of the graph stands in for it, and rewards that the study measured come before both",
			show: func() { contexts.set(len(e.model.Contexts), e.contextColumns()) }},
	}
}

func (e *modelEditor) patternName() editColumn {
	return nameColumn("Pattern", func(i int) string { return e.model.Patterns[i].Name }, func(m *motive.Model, old, name string) error { return m.RenamePattern(old, name) })
}

// headWidth is room for a column's head, within reason.
func headWidth(label string) float32 {
	return min(190, max(84, fyne.MeasureText(label, theme.SmallSize, fyne.TextStyle{Bold: true}).Width+26))
}

func (e *modelEditor) policyColumns() []editColumn {
	cols := []editColumn{e.patternName()}
	for k, c := range e.model.Contexts {
		cols = append(cols, shareColumn(fmt.Sprint("act ", k), c.Name, "P(undesired act) in "+c.Name, "", headWidth(c.Name), func(i int) (float64, bool) {
			p := e.model.Patterns[i]
			if v, ok := p.Act[c.Name]; ok {
				return v, true
			}
			return p.Default, false
		}, func(m *motive.Model, i int, v float64) { m.Patterns[i].SetAct(c.Name, v) }, func(m *motive.Model, i int) { delete(m.Patterns[i].Act, c.Name) }))
	}
	cols = append(cols,
		shareColumn("default", "Elsewhere", "In contexts without a number of their own", "", 84, func(i int) (float64, bool) { return e.model.Patterns[i].Default, true },
			func(m *motive.Model, i int, v float64) { m.Patterns[i].Default = v }, nil),
		shareColumn("licensed", "If told to", "Where the prompt asks for the act, in place of the table; empty for no difference", "no change", 96, func(i int) (float64, bool) {
			if l := e.model.Patterns[i].Licensed; l != nil {
				return *l, true
			}
			return math.NaN(), false
		}, func(m *motive.Model, i int, v float64) { m.Patterns[i].Licensed = &v }, func(m *motive.Model, i int) { m.Patterns[i].Licensed = nil }))
	return cols
}

func (e *modelEditor) gateColumns() []editColumn {
	cols := []editColumn{e.patternName()}
	for k, c := range e.model.Contexts {
		cols = append(cols, shareColumn(fmt.Sprint("gate ", k), c.Name, "How active it is in "+c.Name, "", headWidth(c.Name), func(i int) (float64, bool) {
			v, own := e.model.Patterns[i].Gate[c.Name]
			if !own {
				v = 1
			}
			return v, own
		}, func(m *motive.Model, i int, v float64) { m.Patterns[i].SetGate(c.Name, v) }, func(m *motive.Model, i int) { delete(m.Patterns[i].Gate, c.Name) }))
	}
	return cols
}

func (e *modelEditor) patternColumns() []editColumn {
	at := func(m *motive.Model, i int) *motive.Pattern { return &m.Patterns[i] }
	feature := func(id, label, tip string, width float32, of func(p *motive.Pattern) *float64) editColumn {
		return numberColumn(id, label, tip, width, func(i int) float64 { return *of(&e.model.Patterns[i]) }, func(m *motive.Model, i int, v float64) { *of(at(m, i)) = v })
	}
	return []editColumn{
		e.patternName(),
		e.categoryColumn(), e.targetColumn(),
		feature("bits", "Simplicity, bits", "Description length; more is less simple", 104, func(p *motive.Pattern) *float64 { return &p.Features.Simplicity }),
		feature("steps", "Serial steps", "More is slower", 88, func(p *motive.Pattern) *float64 { return &p.Features.Speed }),
		feature("salience", "Salience", "How strongly the training text suggests it", 70, func(p *motive.Pattern) *float64 { return &p.Features.Salience }),
		feature("pretraining", "Pretraining", "Log-probability under imitation of the pretraining text", 84, func(p *motive.Pattern) *float64 { return &p.Features.Pretraining }),
		feature("path", "Path", "Head start from earlier training", 54, func(p *motive.Pattern) *float64 { return &p.Features.Path }),
		numberColumn("count", "Count", "How many alternatives act alike (the counting argument)", 60,
			func(i int) float64 { return max(e.model.Patterns[i].Multiplicity, count1(e.model.Patterns[i])) }, func(m *motive.Model, i int, v float64) { m.Patterns[i].Multiplicity = v }),
		feature("length", "Length", "Mean response length, for the length penalty", 62, func(p *motive.Pattern) *float64 { return &p.Length }),
		shareColumn("detect", "Detected", "How much of it white-box selection sees, 0 to 1", "", 72, func(i int) (float64, bool) { return e.model.Patterns[i].Detect, true }, func(m *motive.Model, i int, v float64) { m.Patterns[i].Detect = v }, nil),
		e.decayColumn(),
	}
}

// count1 is 1 where no count is given, which means one.
func count1(p motive.Pattern) float64 {
	if p.Multiplicity == 0 {
		return 1
	}
	return 0
}

func (e *modelEditor) categoryColumn() editColumn {
	var labels []string
	for _, c := range motive.Categories {
		labels = append(labels, c.String())
	}
	return choiceColumn("category", "Category", "What kind of motivation it is", 184,
		func(i int) ([]string, int) {
			return labels, slices.Index(motive.Categories, e.model.Patterns[i].Category)
		},
		func(m *motive.Model, i, k int) { m.Patterns[i].Category = motive.Categories[k] })
}

// nodes lists the graph's nodes.
func (e *modelEditor) nodes() (keys, labels []string) {
	for _, n := range e.model.Graph.Nodes {
		keys, labels = append(keys, n.Key), append(labels, n.Label)
	}
	return keys, labels
}

// nth is a name of a list after nothing.
func nth(names []string, k int) string {
	if k == 0 {
		return ""
	}
	return names[k-1]
}

func (e *modelEditor) targetColumn() editColumn {
	keys, labels := e.nodes()
	return choiceColumn("seeks", "Seeks", "The node of the graph that it seeks", 186,
		func(i int) ([]string, int) { return optional(keys, labels, e.model.Patterns[i].Target) },
		func(m *motive.Model, i, k int) { m.Patterns[i].Target = nth(keys, k) })
}

func (e *modelEditor) decayColumn() editColumn {
	var names []string
	for _, p := range e.model.Patterns {
		names = append(names, p.Name)
	}
	return choiceColumn("decays", "Decays into", "Where instrumental becomes terminal: the pattern that it turns into", 120,
		func(i int) ([]string, int) { return optional(names, names, e.model.Patterns[i].NoTerminal) },
		func(m *motive.Model, i, k int) { m.Patterns[i].NoTerminal = nth(names, k) })
}

func (e *modelEditor) contextColumns() []editColumn {
	keys, labels := e.nodes()
	number := func(id, label, tip string, of func(c *motive.Context) *float64) editColumn {
		return numberColumn(id, label, tip, 150, func(i int) float64 { return *of(&e.model.Contexts[i]) }, func(m *motive.Model, i int, v float64) { *of(&m.Contexts[i]) = v })
	}
	asked := editColumn{Column: part.Column{ID: "licensed", Label: "Prompt asks for the act", Width: 176, Cell: func(i int) part.Cell {
		if e.model.Contexts[i].Licensed {
			return part.Cell{Text: "yes"}
		}
		return part.Cell{Text: "no", Color: theme.Muted}
	}}, flip: func(m *motive.Model, i int) { m.Contexts[i].Licensed = !m.Contexts[i].Licensed }}
	return []editColumn{
		nameColumn("Context", func(i int) string { return e.model.Contexts[i].Name }, func(m *motive.Model, old, name string) error { return m.RenameContext(old, name) }),
		number("training", "Share of training", "Shares need not add up to 1; 0 is never trained on", func(c *motive.Context) *float64 { return &c.Training }),
		number("deployment", "Share of deployment", "Shares need not add up to 1", func(c *motive.Context) *float64 { return &c.Deployment }),
		number("gap", "Gap of the act", "Mean reward given the act less that without it, a step", func(c *motive.Context) *float64 { return &c.Select }),
		choiceColumn("node", "Or act of the graph", "The node whose effect on selection stands in for the gap", 190,
			func(i int) ([]string, int) { return optional(keys, labels, e.model.Contexts[i].Act) },
			func(m *motive.Model, i, k int) { m.Contexts[i].Act = nth(keys, k) }),
		asked,
	}
}
