package views

import (
	"slices"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"witnessmark/charts"
	"witnessmark/data/estimate"
	"witnessmark/data/frame"
	"witnessmark/data/query"
	"witnessmark/views/desk"
	"witnessmark/views/figure"
	"witnessmark/views/part"
	"witnessmark/views/task"
	"witnessmark/views/theme"
)

// conditions compares prompting conditions: a chart with every seed, guards
// above it, the estimates below it, and at the right what is known of the
// selected condition.
type conditions struct {
	place    Place
	slot     *task.Slot // for what stands behind the selected row
	guards   *task.Slot // for the chips
	evidence *task.Slot // for what stands behind a chip or a line
	chart    *picture
	table    *part.Table
	notes    *part.Notes
	notesRow *fyne.Container
	inspect  *part.Inspector
	note     *part.Text
	foot     *part.Paragraph
	split    *tableSplit
	lower    *lowerPane
	ledger   *ledger
	main     *fyne.Container
	body     *fyne.Container

	kind     *part.Segments
	measure  *part.Select
	baseline *part.Select
	steps    *stepsSelect
	level    *part.Select
	options  *conditionBar
	matrix   *matrixPane
	showP    *part.Check

	state     desk.State
	answer    frame.Frame // rows in the order shown
	measureOf estimate.Measure
}

// conditionCharts are the kinds of charts that this view offers.
var conditionCharts = []string{"dots", "differences", "slope", "matrix", "scatter", "coverage"}

func newConditions(p Place) View {
	v := &conditions{place: p, slot: task.NewSlot(p.Tasks), guards: task.NewSlot(p.Tasks), evidence: task.NewSlot(p.Tasks), ledger: newLedger(p), chart: newPicture(p), table: part.NewTable(), notes: part.NewNotes(), note: part.Small(""), foot: part.Prose("")}
	v.inspect = part.NewInspector(theme.Inspector, func() { p.Desk.Do(desk.Select()) })
	v.inspect.Hide()
	v.makeTools()
	v.connect()
	v.notesRow = part.Ground(theme.Background, part.Border(nil, part.Rule(), nil, nil, part.Pad(6, theme.Pad, 6, theme.Pad, v.notes)))
	estimates := part.Border(nil, part.Border(part.Rule(), nil, nil, nil, part.Ground(theme.Panel, part.Pad(5, 10, 7, 10, v.foot))), nil, nil, v.table)
	v.lower = newLowerPane(v, estimates, v.note.Short(), v.showP)
	v.split = newTableSplit(v.chart.box, v.lower.content)
	v.matrix = newMatrixPane(p)
	v.matrix.whole.Hide()
	v.main = part.Border(part.Stack(0, v.options.box, v.notesRow), nil, nil, nil, container.NewStack(v.split.split, v.matrix.whole))
	v.body = part.Border(nil, nil, nil, v.inspect, v.main)
	return v
}

func (v *conditions) makeTools() {
	d := v.place.Desk
	labels := make([]string, len(conditionCharts))
	for i, c := range conditionCharts {
		labels[i] = title(c)
	}
	v.kind = part.NewSegments(labels, func(i int) { d.Do(desk.SetChart(conditionCharts[i])) })
	v.measure = part.NewSelect(nil, "", func(m string) { d.Do(desk.SetMeasure(m)) })
	v.measure.Most = 190
	v.baseline = part.NewSelect(nil, "", func(c string) { d.Do(desk.SetBaseline(c)) })
	v.steps = newStepsSelect(v.place)
	v.level = part.NewSelect([]string{"0.8", "0.9", "0.95", "0.99"}, "0.95", func(l string) {
		if x, err := strconv.ParseFloat(l, 64); err == nil {
			d.Do(desk.SetLevel(x))
		}
	})
	v.level.Labels = []string{"80 %", "90 %", "95 %", "99 %"}
	v.options = newConditionBar(v.place, v.baseline, v.steps.select_, v.level)
	v.showP = part.NewCheck("Show p", false, func(on bool) { d.Do(desk.SetFlag("Show p", "conditions.p", on)) })
}

func (v *conditions) connect() {
	d := v.place.Desk
	v.table.Key = v.key
	v.table.Single = true
	v.table.OnSelect = func(keys []string) { d.Do(desk.Select(keys...)) }
	v.table.OnOpen = func(row int) { v.open(v.answer.Keys[row]) }
	v.table.OnMenu = func(row int, at fyne.Position) {
		v.place.Bench.Menu(at,
			fyne.NewMenuItem("Make the baseline", func() { d.Do(desk.SetBaseline(v.group(row))) }),
			fyne.NewMenuItem("Show the runs", func() { v.open(v.answer.Keys[row]) }),
			fyne.NewMenuItem("Color and marker…", func() { chooseRole(v.place, v.group(row)) }),
			fyne.NewMenuItem("Copy the table", func() { v.place.Bench.Copy(v.table.TSV(), "the table") }))
	}
	v.chart.box.OnHit, v.chart.box.Linked = v.hit, v.partners
}

// hit selects the condition whose mean was pressed; a second press, or one on
// a single run, leads to the runs.
func (v *conditions) hit(h charts.Hit) {
	if v.state.Chart == "coverage" {
		v.openCheckpoints(h)
		return
	}
	for row := range v.answer.Len() {
		if h.Unit < 0 && slices.Equal(v.answer.Keys[row], h.Keys) && !v.state.IsSelected(v.key(row)) {
			v.place.Desk.Do(desk.Select(v.key(row)))
			return
		}
	}
	if h.Unit >= 0 {
		v.openUnit(h)
		return
	}
	v.open(h.Keys)
}

// open shows the runs that a row or a mark stands for.
func (v *conditions) open(keys []frame.Key) {
	if len(keys) > 0 {
		v.place.Desk.Do(desk.Both("Open Runs", desk.Narrow(keys...), desk.Open("runs", "Runs")))
	}
}

// Content implements View.
func (v *conditions) Content() fyne.CanvasObject { return v.body }

// Tools implements Tooled.
func (v *conditions) Tools() []fyne.CanvasObject {
	return []fyne.CanvasObject{v.kind, part.Labeled("Measure", v.measure)}
}

// Ask implements View.
func (v *conditions) Ask(s desk.State) query.Query {
	s = v.whole(s)
	q := query.Query{Where: s.Where, Steps: s.Steps, By: s.By, Baseline: s.Baseline, Pair: s.Pair, Level: s.Level, Method: s.Method, Units: true}
	if s.Measure != "" {
		q.Measures = []string{s.Measure}
	}
	return q
}

// whole is the state with what is shown until someone chooses.
func (v *conditions) whole(s desk.State) desk.State {
	chosen, facts := s.Baseline, v.place.Facts()
	s = facts.full(s)
	s.Chart = conditionCharts[max(0, slices.Index(conditionCharts, s.Chart))]
	return facts.grouped(s, chosen)
}

// Show implements View.
func (v *conditions) Show(s desk.State, answer frame.Frame) {
	facts := v.place.Facts()
	v.state = v.whole(s)
	v.answer = valuedFirst(ordered(answer, v.state, facts))
	v.measureOf = facts.Measure(v.state.Measure)
	v.table.Set(v.answer.Len(), v.tableColumns(), v.table.Sorts())
	v.table.SetSelected(s.Selected)
	v.showTools(v.state)
	v.showNotes()
	v.note.SetText(v.method())
	v.foot.SetText(v.footnote())
	v.showChart()
}

// showChart shows the chart with what is known of what is selected. The
// matrix has panes of its own for that.
func (v *conditions) showChart() {
	matrix := v.state.Chart == "matrix"
	v.matrix.whole.Hidden, v.split.split.Hidden = !matrix, matrix
	v.main.Refresh()
	if matrix {
		part.SetVisible(v.inspect, false, v.body)
		v.matrix.show(v.state)
		v.ledger.see(v.state.View, query.Query{}, frame.Frame{}) // no difference is on screen
		return
	}
	v.split.fit(v.lower.show(v, v.answer))
	v.ledger.see(v.state.View, v.Ask(v.place.Desk.State()), v.answer)
	v.chart.show(v.state.Chart, v.state)
	v.showInspector()
}

// ordered puts the baseline first and the rest in the order of their styles,
// as pictures do.
func ordered(f frame.Frame, s desk.State, facts *Facts) frame.Frame {
	c := f.Col(figure.By(s))
	if c == nil || c.Text == nil {
		return f
	}
	rows := make([]int, f.Len())
	for i := range rows {
		rows[i] = i
	}
	_, order := facts.looks(figure.By(s), s.Baseline)
	place := func(row int) int {
		if c.Text[row] == s.Baseline && s.Baseline != "" {
			return -1
		}
		if i := slices.Index(order, c.Text[row]); i >= 0 {
			return i
		}
		return len(order)
	}
	slices.SortStableFunc(rows, func(a, b int) int { return place(a) - place(b) })
	return f.Select(rows)
}

// valuedFirst puts rows without any run behind them last.
func valuedFirst(f frame.Frame) frame.Frame {
	var rows, silent []int
	for row := range f.Len() {
		if num(f, frame.Seeds, row) == 0 {
			silent = append(silent, row)
		} else {
			rows = append(rows, row)
		}
	}
	return f.Select(append(rows, silent...))
}

func (v *conditions) showTools(s desk.State) {
	f := v.place.Facts()
	v.kind.Pick(slices.Index(conditionCharts, s.Chart))
	v.measure.Labels = spokenNames(f.MeasureNames())
	v.measure.Set(f.MeasureNames(), s.Measure)
	v.baseline.Empty = "none"
	setValues(v.baseline, f.values(s.By[0]), s.Baseline, "")
	v.steps.set(s.Steps)
	v.level.Set(v.level.Options, strconv.FormatFloat(query.Query{Level: s.Level}.LevelOr(), 'g', -1, 64))
	v.options.show(s)
	v.showP.Set(s.Flag("conditions.p", false))
}

// showNotes lists what must be known before the numbers are believed, each
// once, the worst first.
func (v *conditions) showNotes() {
	groups := groupNotes(v.answer)
	v.setNotes(chips(groups, v.name, v.place.Bench), func() { allNotes(groups, v.name, v.place.Bench) })
	v.showGuards()
}

// setNotes shows the chips that a line has room for; all lists every one.
func (v *conditions) setNotes(notes []*part.Note, all func()) {
	v.notes.Set(append(hiddenChip(v.place), notes...), all)
	v.notesRow.Hidden = v.notes.Len() == 0
	v.main.Refresh()
}

// name is what a row is called: the values of the fields it is grouped by.
func (v *conditions) name(row int) string {
	var names []string
	for _, by := range v.state.By {
		names = append(names, v.answer.Text(by, row))
	}
	return strings.Join(names, ", ")
}

// spokenName is a row's name as it is said.
func (v *conditions) spokenName(row int) string {
	var names []string
	for _, by := range v.state.By {
		names = append(names, valueLabel(v.answer.Text(by, row)))
	}
	return strings.Join(names, ", ")
}

// role is how the charts draw a group.
func (v *conditions) role(group string) charts.Role {
	roles, _ := v.place.Facts().looks(v.state.By[0], v.state.Baseline)
	if r := roles[group]; r != "" {
		return r
	}
	return charts.Grey
}

// group is a row's value of the first field that rows are grouped by.
func (v *conditions) group(row int) string { return v.answer.Text(v.state.By[0], row) }

// Chart implements Charting.
func (v *conditions) Chart() (charts.Spec, bool) {
	if v.state.Chart == "matrix" {
		return v.matrix.cells.Chart()
	}
	return v.chart.Chart()
}

// Table implements Copying.
func (v *conditions) Table() string { return v.table.TSV() }

// Report implements Reporting.
func (v *conditions) Report() string {
	return v.counted() + ", " + v.place.Passing().Count()
}
