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
	"witnessmark/data/frame"
	"witnessmark/data/query"
	"witnessmark/views/desk"
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
	button  *part.Button

	state   desk.State
	answer  frame.Frame
	list    []int       // rows of the table → places in Facts.Set.Runs
	row     map[int]int // place of a run → row of the answer
	faceted *Passing
}

func newRuns(p Place) View {
	v := &runs{place: p, slot: task.NewSlot(p.Tasks), facets: part.NewFacetPanel(), table: part.NewTable()}
	v.compare = newCompare(p)
	v.connectFacets()
	v.connectTable()
	v.measure = part.NewSelect(nil, "", func(m string) { p.Desk.Do(desk.SetMeasure(m)) })
	v.steps = newStepsSelect(p)
	v.columns = part.NewButton("Columns…", "", v.chooseColumns).WithTip("Choose the fields that are shown as columns")
	v.button = part.NewButton("Compare", theme.Compare, func() { p.Desk.Do(desk.SetCompare(!p.Desk.State().Compare)) }).WithTip("Show how the selected runs differ")
	v.body = part.Border(nil, nil, v.facets, v.compare.pane, v.table)
	v.compare.in = v.body
	return v
}

// Content implements View.
func (v *runs) Content() fyne.CanvasObject { return v.body }

// Tools implements Tooled.
func (v *runs) Tools() []fyne.CanvasObject {
	return []fyne.CanvasObject{part.Labeled("Measure", v.measure), part.Labeled("Steps", v.steps.select_), part.Optional(v.columns), v.button}
}

// Ask implements View.
func (v *runs) Ask(s desk.State) query.Query {
	measure := v.place.Facts().MeasureOr(s.Measure)
	if measure == "" {
		return query.Query{Where: s.Where, By: []string{data.Run}}
	}
	return query.Query{Where: s.Where, Steps: s.Steps, By: []string{data.Run}, Measures: []string{measure}, Level: s.Level, Method: s.Method}
}

// Empty implements Emptiable: runs are listed even where none has a value.
func (v *runs) Empty(s desk.State) Advice {
	if len(v.place.Passing().Runs) > 0 {
		return Advice{}
	}
	if !s.Where.IsZero() {
		return Advice{"No run passes this filter", "Clear the filter", func() { v.place.Desk.Do(desk.SetFilter(query.Filter{})) }}
	}
	return Advice{"This study has no runs yet", "Import results", func() { v.place.Desk.Do(desk.Open("import", "Import")) }}
}

// Show implements View.
func (v *runs) Show(s desk.State, answer frame.Frame) {
	p := v.place.Passing()
	v.state, v.answer = s, answer
	v.list = p.Runs
	v.index()
	v.table.Dim = func(row int) bool { return s.IsHidden(v.name(row)) }
	v.table.Set(len(v.list), v.tableColumns(), s.Sort)
	v.table.SetSelected(s.Selected)
	v.showTools()
	v.compare.show(s, v.selected(), answer, v.row)
	if p != v.faceted {
		v.faceted = p
		v.countFacets(p)
	}
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

func (v *runs) name(row int) string { return v.place.Facts().Set.Runs[v.list[row]].Name }

// index finds the row of the answer that belongs to each run. Where graders
// are apart, the first of a run's rows is shown.
func (v *runs) index() {
	names := map[string]int{}
	for i := range v.answer.Len() {
		if name := v.answer.Key(i, data.Run); names[name] == 0 {
			names[name] = i + 1
		}
	}
	v.row = map[int]int{}
	for _, run := range v.list {
		if at := names[v.place.Facts().Set.Runs[run].Name]; at > 0 {
			v.row[run] = at - 1
		}
	}
}

// selected are the places of the selected runs, in the order of the table.
func (v *runs) selected() []int {
	var out []int
	for _, run := range v.list {
		if v.state.IsSelected(v.place.Facts().Set.Runs[run].Name) {
			out = append(out, run)
		}
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
	if n > 1 {
		v.button.Enable()
	} else {
		v.button.Disable()
	}
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
	d, run := v.place.Desk, v.place.Facts().Set.Runs[v.list[row]]
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

func (v *runs) countFacets(p *Passing) {
	task.Do(context.Background(), v.slot, p.Facets, func(f []part.Facet, err error) {
		if err == nil {
			v.facets.Set(f)
		}
	})
}

// tableColumns declares the table: what a run is, how it ends, and the fields
// that a person chose.
func (v *runs) tableColumns() []part.Column {
	facts := v.place.Facts()
	field := func(name string) func(row int) string {
		return func(row int) string { return facts.Set.Runs[v.list[row]].Fields[name] }
	}
	cols := []part.Column{
		{ID: "eye", Width: 34, Fixed: true, Tip: "Shown in charts", Cell: v.eye},
		{ID: data.Run, Label: "Name", Width: 110, Grow: true, Cell: func(row int) part.Cell {
			cell := part.Cell{Text: v.name(row), Marker: facts.Role(field(data.Condition)(row))}
			if facts.Set.Runs[v.list[row]].SetAside {
				cell.Text, cell.Color, cell.Tip = cell.Text+", set aside", theme.Warn, "Set aside: left out of every number until it is taken back"
			}
			return cell
		}},
	}
	if _, ok := facts.field(data.Condition); ok {
		cols = append(cols, textColumn(data.Condition, 130, true, field(data.Condition)))
	}
	if _, ok := facts.field(data.Seed); ok {
		cols = append(cols, numberColumn(data.Seed, 58, field(data.Seed)))
	}
	cols = append(cols, v.resultColumns()...)
	if _, ok := facts.field(data.Status); ok {
		cols = append(cols, textColumn(data.Status, 84, false, field(data.Status)))
	}
	for _, name := range v.state.Columns {
		cols = append(cols, textColumn(name, 120, false, field(name)))
	}
	return cols
}

func (v *runs) eye(row int) part.Cell {
	if v.state.IsHidden(v.name(row)) {
		return part.Cell{Icon: theme.EyeOff, Color: theme.Muted, Tip: "Hidden from charts; its numbers count as before"}
	}
	return part.Cell{Icon: theme.Eye, Color: theme.Muted, Tip: "Shown in charts"}
}

// resultColumns show the measure at the end of each run with its interval.
func (v *runs) resultColumns() []part.Column {
	facts := v.place.Facts()
	m := facts.Measure(facts.MeasureOr(v.state.Measure))
	as := format(m)
	at := func(row int) (int, bool) { r, ok := v.row[v.list[row]]; return r, ok }
	missing := part.Cell{Text: "not reported", Color: theme.Muted}
	value := func(row int) part.Cell {
		if r, ok := at(row); ok {
			return number(v.answer, frame.Value, r, as)
		}
		return missing
	}
	num := func(column string) func(int) float64 {
		return func(row int) float64 {
			if r, ok := at(row); ok {
				return num(v.answer, column, r)
			}
			return math.NaN()
		}
	}
	head := title(m.Name)
	if !v.state.Steps.IsZero() {
		head += ", " + v.state.Steps.Sentence()
	}
	return []part.Column{
		{ID: "steps", Label: "Steps", Width: 58, Right: true, Spare: 2, Tip: "Steps with numbers",
			Num: func(row int) float64 { return float64(facts.Runs[v.list[row]].Steps) },
			Cell: func(row int) part.Cell {
				return part.Cell{Text: charts.Whole.Text(float64(facts.Runs[v.list[row]].Steps), 0)}
			}},
		{ID: frame.Value, Label: title(m.Name), Tip: head, Width: 98, Right: true, Num: num(frame.Value), Cell: value},
		{ID: "span", Width: 92, Fixed: true, Spare: 4, Tip: head, Cell: func(row int) part.Cell {
			if r, ok := at(row); ok {
				return part.Cell{Span: span(v.answer, r, m, facts.Role(conditionOf(facts.Set.Runs[v.list[row]])))}
			}
			return part.Cell{}
		}},
		{ID: frame.Lo, Label: levelName(v.state.Level) + ", this run", Tip: "Interval of this run alone; it says nothing about other seeds", Width: 104, Right: true, Spare: 1, Num: num(frame.Lo), Cell: func(row int) part.Cell {
			if r, ok := at(row); ok {
				return interval(v.answer, frame.Lo, frame.Hi, r, as)
			}
			return part.Cell{}
		}},
		{ID: frame.N, Label: "n", Tip: "Samples behind the value", Width: 62, Right: true, Spare: 3, Num: num(frame.N), Cell: func(row int) part.Cell {
			if r, ok := at(row); ok {
				return number(v.answer, frame.N, r, charts.Whole)
			}
			return part.Cell{}
		}},
	}
}

func textColumn(name string, width float32, grow bool, text func(row int) string) part.Column {
	return part.Column{ID: name, Label: title(name), Width: width, Grow: grow, Cell: func(row int) part.Cell { return part.Cell{Text: text(row)} }}
}

func numberColumn(name string, width float32, text func(row int) string) part.Column {
	c := textColumn(name, width, false, text)
	c.Right = true
	return c
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
