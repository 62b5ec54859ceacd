package views

import (
	"slices"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"

	"witnessmark/charts"
	"witnessmark/data"
	"witnessmark/data/contrast"
	"witnessmark/data/frame"
	"witnessmark/views/desk"
	"witnessmark/views/part"
	"witnessmark/views/theme"
)

// compare is the inspector of the runs view: the fields in which the selected
// runs differ, each with its values, and how the runs end.
type compare struct {
	place Place
	pane  *part.Inspector
	in    *fyne.Container // that holds the pane
	all   bool            // equal fields are listed too
	runs  []int           // rows of the answer
	from  frame.Frame
	diff  contrast.RunDiff
	redo  func()
}

func newCompare(p Place) *compare {
	c := &compare{place: p}
	c.pane = part.NewInspector(theme.Inspector, func() { p.Desk.Do(desk.SetCompare(false)) })
	c.pane.OnCopy = func() { p.Bench.Copy(c.table(), "the comparison") }
	c.pane.Hide()
	return c
}

func (c *compare) show(s desk.State, runs []int, answer frame.Frame) {
	c.runs, c.from = runs, answer
	c.redo = func() { c.show(s, runs, answer) }
	if !s.Compare || len(runs) < 2 {
		part.SetVisible(c.pane, false, c.in)
		return
	}
	part.SetVisible(c.pane, true, c.in)
	c.diff = c.tellApart()
	blocks := []fyne.CanvasObject{c.finding(), c.switches(len(c.diff.Equal))}
	for _, f := range c.listed() {
		blocks = append(blocks, c.card(f))
	}
	blocks = append(blocks, c.results(s), c.ways())
	c.pane.Set(part.Strong("Compare "+charts.Count(float64(len(runs)), "run")), blocks...)
}

func (c *compare) field(row int, name string) string { return c.from.Text(name, row) }

func (c *compare) name(row int) string { return c.from.Key(row, data.Run) }

// tellApart finds the fields in which the runs differ, with those of their
// evaluations.
func (c *compare) tellApart() contrast.RunDiff {
	names := make([]string, len(c.runs))
	for i, run := range c.runs {
		names[i] = c.name(run)
	}
	d, err := contrast.DiffRuns(c.place.Facts().Set, names...)
	if err != nil {
		return contrast.RunDiff{} // a run that is gone: the answer is about to be asked anew
	}
	return d
}

// declared are fields that are expected to differ between conditions.
var declared = []string{data.Condition, data.TrainPrompt, data.Family, data.Seed, data.Run, data.Status, data.Source}

// finding says what differs besides what was meant to.
func (c *compare) finding() fyne.CanvasObject {
	var meant, also []string
	for _, f := range c.diff.Differ {
		if slices.Contains(declared, f.Field) {
			meant = append(meant, plainName(f.Field))
		} else {
			also = append(also, plainName(f.Field))
		}
	}
	these := "these " + charts.Count(float64(len(c.runs)), "run")
	switch {
	case len(meant)+len(also) == 0:
		return part.Sentence(upper(these) + " have the same fields")
	case len(also) == 0:
		return part.Sentence(upper(these) + " differ only in " + list(meant))
	case len(meant) == 0:
		return part.Sentence(upper(these) + " differ only in " + list(also))
	}
	return part.Sentence("Besides " + list(meant) + ", " + these + " also differ in " + list(also))
}

// list joins names as in a sentence; many are counted.
func list(names []string) string {
	const most = 5
	if over := len(names) - most; over > 1 {
		names = append(slices.Clone(names[:most]), strconv.Itoa(over)+" more")
	}
	if len(names) < 2 {
		return strings.Join(names, "")
	}
	return strings.Join(names[:len(names)-1], ", ") + " and " + names[len(names)-1]
}

func (c *compare) switches(equal int) fyne.CanvasObject {
	check := part.NewCheck("Only differing fields", !c.all, func(on bool) {
		c.all = !on
		c.redo()
	})
	return part.Row(theme.Gap, check, part.Spacer(), part.Small(charts.Whole.Text(float64(equal), 0)+" equal").Short())
}

// listed are the fields that have a card.
func (c *compare) listed() []contrast.RunField {
	if c.all {
		return append(slices.Clone(c.diff.Differ), c.diff.Equal...)
	}
	return c.diff.Differ
}

// card shows a field with each of its values once, after the markers of the
// runs that have it; a text of two runs as one, with what was changed.
func (c *compare) card(f contrast.RunField) fyne.CanvasObject {
	var values []string
	holders := map[string][]int{}
	for i, v := range f.Values {
		if _, ok := holders[v]; !ok {
			values = append(values, v)
		}
		holders[v] = append(holders[v], c.runs[i])
	}
	head := part.Row(theme.Gap, part.Strong(title(f.Field)).Short())
	if f.Evaluation {
		head = part.Row(theme.Gap, part.Strong(title(f.Field)).Short(), part.Small("of evaluations"))
	}
	if len(f.Segments) > 1 {
		return part.Card(theme.Panel, part.Stack(3, head, part.Small(c.name(c.runs[0])+", changed into "+c.name(c.runs[1])).Short(), changesBox(contrast.Excerpt(f.Segments, 12)),
			newMore("Both texts", func() []fyne.CanvasObject {
				return []fyne.CanvasObject{c.value(f.Values[0], c.runs[:1]), c.value(f.Values[1], c.runs[1:])}
			})))
	}
	rows := []fyne.CanvasObject{head}
	const most = 6
	for i, v := range values {
		if i == most {
			rows = append(rows, part.Small(charts.Count(float64(len(values)-most), "more value")))
			break
		}
		rows = append(rows, c.value(v, holders[v]))
	}
	return part.Card(theme.Panel, part.Stack(3, rows...))
}

func (c *compare) value(v string, holders []int) fyne.CanvasObject {
	color := theme.Text
	if strings.TrimSpace(v) == "" {
		v, color = "(none)", theme.Muted
	}
	text := newFold(v, color)
	return part.Border(nil, nil, part.Pad(1, 2, 0, 0, part.Stack(0, c.markers(holders))), nil, text)
}

// markers shows each role among some runs once.
func (c *compare) markers(runs []int) fyne.CanvasObject {
	var seen []charts.Role
	var out []fyne.CanvasObject
	for _, run := range runs {
		r := c.place.Facts().Role(c.field(run, data.Condition))
		if !slices.Contains(seen, r) {
			seen, out = append(seen, r), append(out, part.NewMarker(r))
		}
	}
	return part.Row(1, out...)
}

// results lists how the runs end.
func (c *compare) results(s desk.State) fyne.CanvasObject {
	facts := c.place.Facts()
	m := facts.Measure(facts.MeasureOr(s.Measure))
	rows := []fyne.CanvasObject{part.Row(theme.Gap, part.Strong("Results"), part.Small(plainName(m.Name)+", "+windowName(s.Steps)).Short())}
	const most = 60
	for i, row := range c.runs {
		if i == most {
			rows = append(rows, part.Small("and "+charts.Count(float64(len(c.runs)-most), "more run")))
			break
		}
		value, bounds := number(c.from, frame.Value, row, format(m)), interval(c.from, frame.Lo, frame.Hi, row, format(m))
		rows = append(rows, part.Row(4, part.NewMarker(facts.Role(c.field(row, data.Condition))), part.Say(c.name(row)).Short(), part.Spacer(), part.Strong(value.Text), part.Quiet(bounds.Text)))
	}
	return part.Card(theme.Panel, part.Stack(3, rows...))
}

// ways leads to the other views with these runs only.
func (c *compare) ways() fyne.CanvasObject {
	open := func(view, title string) func() {
		return func() {
			names := make([]string, len(c.runs))
			for i, run := range c.runs {
				names[i] = c.name(run)
			}
			c.place.Desk.Do(desk.Both("Open "+title, desk.Change{Apply: func(s desk.State) desk.State {
				s.Where = s.Where.Drop(data.Run)
				for _, n := range names {
					s.Where = s.Where.Toggle(data.Run, n)
				}
				return s
			}}, desk.Open(view, title)))
		}
	}
	return part.Row(theme.Gap, part.NewButton("Checkpoints", theme.Checkpoints, open("checkpoints", "Checkpoints")).WithTip("The course of these runs"), part.Spacer())
}

// table is the comparison as a table to paste: a line a field, a column a run.
func (c *compare) table() string {
	var b strings.Builder
	b.WriteString("field")
	for _, run := range c.runs {
		b.WriteString("\t" + c.name(run))
	}
	for _, f := range c.listed() {
		b.WriteString("\n" + f.Field)
		for _, v := range f.Values {
			b.WriteString("\t" + part.OneLine(v))
		}
	}
	return b.String() + "\n"
}
