package views

import (
	"context"
	"math"
	"slices"
	"strconv"

	"fyne.io/fyne/v2"

	"witnessmark/charts"
	"witnessmark/data"
	"witnessmark/data/column"
	"witnessmark/data/estimate"
	"witnessmark/data/frame"
	"witnessmark/data/query"
	"witnessmark/views/desk"
	"witnessmark/views/figure"
	"witnessmark/views/part"
	"witnessmark/views/task"
	"witnessmark/views/theme"
)

// runs lists the runs that pass the filter with their facets at the left, and
// compares those that are selected at the right.
type runs struct {
	place   Place
	slot    *task.Slot
	facets  *part.FacetPanel
	table   *part.Table
	compare *compare
	body    *fyne.Container

	measure *part.Select
	steps   *stepsSelect
	columns *part.Button
	aside   *part.Button
	button  *part.Button

	state   desk.State
	answer  frame.Frame // a row a run
	faceted query.Filter
	counted int64 // revision at which the facets were counted
}

func newRuns(p Place) View {
	v := &runs{place: p, slot: task.NewSlot(p.Tasks), facets: part.NewFacetPanel(), table: part.NewTable()}
	v.compare = newCompare(p)
	v.connectFacets()
	v.connectTable()
	v.measure = part.NewSelect(nil, "", func(m string) { p.Desk.Do(desk.SetMeasure(m)) })
	v.steps = newStepsSelect(p)
	v.columns = part.NewButton("Columns…", "", v.chooseColumns).WithTip("Choose the fields that are shown as columns")
	v.aside = part.NewButton("Set aside", "", func() { setAside(p, v.chosen()) }).WithTip("Leave the selected runs out of every number, or take them back")
	v.button = part.NewButton("Compare", theme.Compare, func() { p.Desk.Do(desk.SetCompare(!p.Desk.State().Compare)) }).WithTip("Show how the selected runs differ")
	v.body = part.Border(nil, nil, v.facets, v.compare.pane, v.table)
	v.compare.in = v.body
	return v
}

// Content implements View.
func (v *runs) Content() fyne.CanvasObject { return v.body }

// Tools implements Tooled.
func (v *runs) Tools() []fyne.CanvasObject {
	return []fyne.CanvasObject{part.Labeled("Measure", v.measure), part.Labeled("Steps", v.steps.select_), part.Optional(v.columns), part.Optional(v.aside), v.button}
}

// Ask implements View.
func (v *runs) Ask(s desk.State) query.Query {
	q := query.Query{Where: s.Where, Steps: s.Steps, By: []string{data.Run}, Level: s.Level, Method: s.Method}
	if measure := v.place.Facts().MeasureOr(s.Measure); measure != "" {
		q.Measures = []string{measure}
	}
	return q
}

// Answer implements Answering: runs are listed even where they have no value.
func (v *runs) Answer(ctx context.Context, s Study, q query.Query) (frame.Frame, error) {
	x, err := s.Index(ctx)
	if err != nil {
		return frame.Frame{}, err
	}
	return x.Runs(ctx, q)
}

// Show implements View.
func (v *runs) Show(s desk.State, answer frame.Frame) {
	v.state, v.answer = s, answer
	v.table.Dim = func(row int) bool { return s.IsHidden(v.name(row)) }
	v.table.Set(answer.Len(), v.tableColumns(), s.Sort)
	v.table.SetSelected(s.Selected)
	v.showTools()
	v.compare.show(s, v.selected(), answer)
	v.countFacets()
}

// Report implements Reporting.
func (v *runs) Report() string {
	text := v.place.Passing().Count()
	if n := len(v.state.Selected); n > 0 {
		text += ", " + strconv.Itoa(n) + " selected"
	}
	if n := len(v.state.Hidden); n > 0 {
		text += ", " + strconv.Itoa(n) + " hidden from charts"
	}
	return text
}

// Table implements Copying.
func (v *runs) Table() string { return v.table.TSV() }

func (v *runs) name(row int) string { return v.answer.Key(row, data.Run) }

func (v *runs) run(row int) column.Run {
	f := v.place.Facts()
	return f.Set.Runs[f.byName[v.name(row)]]
}

// selected are the rows of the answer that are selected.
func (v *runs) selected() []int {
	if len(v.state.Selected) == 0 {
		return nil
	}
	chosen := map[string]bool{}
	for _, name := range v.state.Selected {
		chosen[name] = true
	}
	var out []int
	for i := range v.answer.Len() {
		if chosen[v.name(i)] {
			out = append(out, i)
		}
	}
	return out
}

// chosen are the selected runs.
func (v *runs) chosen() []column.Run {
	var out []column.Run
	for _, row := range v.selected() {
		out = append(out, v.run(row))
	}
	return out
}

func (v *runs) showTools() {
	f := v.place.Facts()
	v.measure.Set(f.MeasureNames(), f.MeasureOr(v.state.Measure))
	v.steps.set(v.state.Steps)
	n := len(v.state.Selected)
	v.button.SetText("Compare")
	if n > 1 {
		v.button.SetText("Compare " + strconv.Itoa(n))
	}
	v.button.SetOn(v.state.Compare && n > 1)
	able(v.button, n > 1)
	able(v.aside, n > 0 && !v.place.Study().ReadOnly())
}

func (v *runs) connectTable() {
	t, d := v.table, v.place.Desk
	t.Key = func(row int) string { return v.name(row) }
	t.OnSelect = func(keys []string) {
		d.Do(desk.Change{Name: "Select", Quiet: true, Apply: func(s desk.State) desk.State {
			if len(s.Selected) < 2 && len(keys) > 1 {
				s.Compare = true
			}
			s.Selected = keys
			return s
		}})
	}
	t.OnToggle = func(rows []int) {
		names := make([]string, len(rows))
		for i, r := range rows {
			names[i] = v.name(r)
		}
		d.Do(desk.Hide(!d.State().IsHidden(names[0]), names...))
	}
	t.OnCell = func(row int, column string) bool {
		if column == "eye" {
			d.Do(desk.Hide(!d.State().IsHidden(v.name(row)), v.name(row)))
		}
		return column == "eye"
	}
	t.OnOpen = func(row int) { v.only(row) }
	t.OnSort = func(orders []query.Order) { d.Do(desk.SetSort(orders...)) }
	t.OnMenu = v.menu
	bench := v.place.Bench
	t.KeepWidths(func(c string) (float32, bool) { return bench.Width("runs", c) }, func(c string, w float32) { bench.KeepWidth("runs", c, w) })
}

// only shows one run in charts, or all again where it is the only one.
func (v *runs) only(row int) {
	var all []string
	for _, r := range v.place.Facts().Set.Runs {
		all = append(all, r.Name)
	}
	if len(v.state.Hidden) == len(all)-1 && !v.state.IsHidden(v.name(row)) {
		v.place.Desk.Do(desk.Hide(false, all...))
		return
	}
	v.place.Desk.Do(desk.HideAllBut(all, v.name(row)))
}

func (v *runs) menu(row int, at fyne.Position) {
	d, run := v.place.Desk, v.run(row)
	items := []*fyne.MenuItem{
		fyne.NewMenuItem("Show only "+run.Name+" in charts", func() { v.only(row) }),
		fyne.NewMenuItem("Show all runs in charts", func() { d.Do(desk.Hide(false, d.State().Hidden...)) }),
		fyne.NewMenuItemSeparator(),
	}
	if c := conditionOf(run); c != "" {
		items = append(items,
			fyne.NewMenuItem("Keep only condition "+valueLabel(c), func() {
				d.Do(desk.EditFilter(data.Condition, func(f query.Filter) query.Filter { return f.Narrow(data.Condition, c) }))
			}),
			fyne.NewMenuItem("Exclude condition "+valueLabel(c), func() {
				d.Do(desk.EditFilter(data.Condition, func(f query.Filter) query.Filter { return f.Exclude(data.Condition, c) }))
			}),
			fyne.NewMenuItemSeparator())
	}
	items = append(items, fyne.NewMenuItem(asideTitle(run), func() { setAside(v.place, []column.Run{run}) }))
	if c := conditionOf(run); c != "" {
		items = append(items, fyne.NewMenuItem("Color and marker of "+valueLabel(c)+"…", func() { chooseRole(v.place, c) }))
	}
	items = append(items, fyne.NewMenuItem("Copy rows", func() { v.place.Bench.Copy(v.table.TSV(), "the rows") }))
	v.place.Bench.Menu(at, items...)
}

func (v *runs) connectFacets() {
	d := v.place.Desk
	v.facets.OnToggle = func(field, value string) {
		d.Do(desk.EditFilter(field, func(f query.Filter) query.Filter { return f.Toggle(field, value) }))
	}
	v.facets.OnExclude = func(field, value string) {
		d.Do(desk.EditFilter(field, func(f query.Filter) query.Filter { return f.Exclude(field, value) }))
	}
	v.facets.OnRange = func(field string, lo, hi float64) {
		d.Do(desk.EditFilter(field, func(f query.Filter) query.Filter {
			if whole, ok := v.whole(field); ok && lo <= whole[0] && hi >= whole[1] {
				return f.Drop(field)
			}
			return f.Range(field, lo, hi)
		}))
	}
	v.facets.OnReset = func() { d.Do(desk.SetFilter(query.Filter{})) }
}

// whole is the range of a facet's histogram.
func (v *runs) whole(field string) ([2]float64, bool) {
	for _, f := range v.facets.Facets() {
		if f.Field == field && f.Range != nil {
			return [2]float64{f.Range.Lo, f.Range.Hi}, true
		}
	}
	return [2]float64{math.Inf(-1), math.Inf(1)}, false
}

// countFacets counts the facets again where the filter or the study is
// another one.
func (v *runs) countFacets() {
	f, where, study := v.place.Facts(), v.state.Where, v.place.Study()
	if study == nil || where.Equal(v.faceted) && f.Revision == v.counted && len(v.facets.Facets()) > 0 {
		return
	}
	v.faceted, v.counted = where, f.Revision
	task.Do(context.Background(), v.slot, func(ctx context.Context) ([]part.Facet, error) {
		x, err := study.Index(ctx)
		if err != nil {
			return nil, err
		}
		return facets(ctx, x, f, where)
	}, func(list []part.Facet, err error) {
		if err == nil {
			v.facets.Set(list)
		}
	})
}

// tableColumns declares the table: what a run is, how it ends, and the fields
// that a person chose.
func (v *runs) tableColumns() []part.Column {
	cols := []part.Column{
		{ID: "eye", Width: 34, Fixed: true, Tip: "Shown in charts", Cell: v.eye},
		{ID: data.Run, Label: "Name", Width: 110, Grow: true, Cell: v.nameCell},
	}
	cols = append(cols, v.fieldColumn(data.Condition, 130, true)...)
	for _, c := range v.fieldColumn(data.Seed, 58, false) {
		c.Right = true
		cols = append(cols, c)
	}
	cols = append(cols, v.resultColumns()...)
	cols = append(cols, v.fieldColumn(data.Status, 84, false)...)
	for _, name := range v.state.Columns {
		cols = append(cols, v.fieldColumn(name, 120, false)...)
	}
	return cols
}

// fieldColumn is the column of a field, none where no run has it.
func (v *runs) fieldColumn(name string, width float32, grow bool) []part.Column {
	c := v.answer.Col(name)
	if c == nil || !slices.ContainsFunc(c.Text, func(s string) bool { return s != "" }) {
		return nil
	}
	return []part.Column{{ID: name, Label: title(name), Width: width, Grow: grow, Cell: func(row int) part.Cell { return part.Cell{Text: figure.Spoken(c.Text[row])} }}}
}

func (v *runs) nameCell(row int) part.Cell {
	cell := part.Cell{Text: v.name(row), Marker: v.place.Facts().Role(v.answer.Text(data.Condition, row))}
	if v.answer.Text(estimate.SetAsideColumn, row) != "" {
		cell.Text, cell.Color, cell.Tip = cell.Text+", set aside", theme.Warn, "Set aside: left out of every number until it is taken back"
	}
	return cell
}

func (v *runs) eye(row int) part.Cell {
	if v.state.IsHidden(v.name(row)) {
		return part.Cell{Icon: theme.EyeOff, Color: theme.Muted, Tip: "Hidden from charts; its numbers count as before"}
	}
	return part.Cell{Icon: theme.Eye, Color: theme.Muted, Tip: "Shown in charts"}
}

// resultColumns show the measure at the end of each run with its interval,
// and the step at which it set in.
func (v *runs) resultColumns() []part.Column {
	f, facts := v.answer, v.place.Facts()
	m := facts.Measure(facts.MeasureOr(v.state.Measure))
	as := format(m)
	steps := numColumn(f, estimate.StepsColumn, "Steps", "Steps with numbers", 58, charts.Whole)
	steps.Spare = 2
	if m.Name == "" {
		return []part.Column{steps}
	}
	head := title(m.Name) + ", " + windowName(v.state.Steps)
	value := numColumn(f, frame.Value, title(m.Name), head, 98, as)
	span := part.Column{ID: "span", Width: 92, Fixed: true, Spare: 4, Tip: head, Cell: func(row int) part.Cell {
		return part.Cell{Span: span(f, row, m, facts.Role(f.Text(data.Condition, row)))}
	}}
	bounds := numColumn(f, frame.Lo, levelName(v.state.Level)+", this run", "Interval of this run alone; it says nothing about other seeds", 104, as)
	bounds.Spare, bounds.Cell = 1, func(row int) part.Cell { return interval(f, frame.Lo, frame.Hi, row, as) }
	n := numColumn(f, frame.N, "n", "Samples behind the value", 62, charts.Whole)
	n.Spare = 5
	out := []part.Column{steps, value, span, bounds, n}
	if f.Col(estimate.OnsetColumn) != nil {
		onset := numColumn(f, estimate.OnsetColumn, "Onset", "First step at which the mean of five steps passes 2 % of the scale", 76, charts.Whole)
		onset.Spare = 3
		out = append(out, onset)
	}
	return out
}

// numColumn is a column of numbers, or in their place why there are none.
func numColumn(f frame.Frame, name, label, tip string, width float32, as charts.Format) part.Column {
	return part.Column{ID: name, Label: label, Tip: tip, Width: width, Right: true,
		Num:  func(row int) float64 { return num(f, name, row) },
		Cell: func(row int) part.Cell { return number(f, name, row, as) }}
}

// chooseColumns lets a person pick which fields are further columns.
func (v *runs) chooseColumns() {
	base := []string{data.Condition, data.Seed, data.Status, data.Run}
	chosen := slices.Clone(v.place.Desk.State().Columns)
	var checks []fyne.CanvasObject
	for _, f := range v.place.Facts().Fields {
		if f.OfContext || slices.Contains(base, f.Name) {
			continue
		}
		checks = append(checks, part.NewCheck(title(f.Name), slices.Contains(chosen, f.Name), func(on bool) {
			chosen = slices.DeleteFunc(chosen, func(n string) bool { return n == f.Name })
			if on {
				chosen = append(chosen, f.Name)
			}
			v.place.Desk.Do(desk.SetColumns(slices.Clone(chosen)...))
		}))
	}
	if len(checks) == 0 {
		checks = append(checks, part.Prose("Runs of this study have no further fields"))
	}
	body := part.Scroll(part.Pad(10, 14, 10, 14, part.Stack(4, checks...)))
	part.Modal(v.place.Bench.Canvas(), "Columns", fyne.NewSize(340, 420), body)
}
