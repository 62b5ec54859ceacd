package views

import (
	"math"
	"slices"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"witnessmark/charts"
	"witnessmark/data"
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
	notes    *fyne.Container
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
	v := &conditions{place: p, slot: task.NewSlot(p.Tasks), guards: task.NewSlot(p.Tasks), evidence: task.NewSlot(p.Tasks), ledger: newLedger(p), chart: newPicture(p), table: part.NewTable(), notes: part.Flow(7), note: part.Small(""), foot: part.Prose("")}
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
	v.baseline = part.NewSelect(nil, "", func(c string) { d.Do(desk.SetBaseline(c)) })
	v.steps = newStepsSelect(v.place)
	v.level = part.NewSelect([]string{"0.8", "0.9", "0.95", "0.99"}, "0.95", func(l string) {
		if x, err := strconv.ParseFloat(l, 64); err == nil {
			d.Do(desk.SetLevel(x))
		}
	})
	v.level.Labels = []string{"80 %", "90 %", "95 %", "99 %"}
	v.options = newConditionBar(v.place, v.steps.select_, v.level)
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
	return []fyne.CanvasObject{v.kind, part.Labeled("Measure", v.measure), part.Labeled("Baseline", v.baseline)}
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
	v.answer = ordered(answer, v.state, facts)
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

func (v *conditions) showTools(s desk.State) {
	f := v.place.Facts()
	v.kind.Pick(slices.Index(conditionCharts, s.Chart))
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
	v.setNotes(append(hiddenChip(v.place), chips(v.answer, func(row int) string { return v.name(row) }, v.place.Bench)...))
	v.showGuards()
}

func (v *conditions) setNotes(notes []fyne.CanvasObject) {
	v.notes.Objects = notes
	v.notesRow.Hidden = len(notes) == 0
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

// method names how intervals are made, where all rows agree.
func (v *conditions) method() string {
	var methods []string
	for i := range v.answer.Len() {
		if m := v.answer.Text(frame.Method, i); m != "" && !slices.Contains(methods, m) {
			methods = append(methods, m)
		}
	}
	if len(methods) == 0 {
		return "no interval"
	}
	return "interval  " + levelName(v.state.Level) + " " + strings.Join(methods, " or ")
}

// footnote says what p and the differences rest on.
func (v *conditions) footnote() string {
	var via []string
	m := 0
	for i := range v.answer.Len() {
		if text := v.answer.Text(frame.DiffVia, i); text != "" && !slices.Contains(via, text) {
			via = append(via, text)
		}
		if p := num(v.answer, frame.P, i); p == p {
			m++
		}
	}
	if len(via) == 0 {
		return "Choose a baseline to see differences from it."
	}
	text := "Differences are " + strings.Join(via, " or ") + "."
	if m > 0 && v.state.Flag("conditions.p", false) {
		floor := math.Inf(1)
		for i := range v.answer.Len() {
			if f := num(v.answer, frame.PFloor, i); f < floor {
				floor = f
			}
		}
		text += " Smallest p that this design can give " + pText(floor) + ". Holm over m = " + strconv.Itoa(m) + "."
	} else if m > 1 {
		text += " Intervals are not adjusted for m = " + strconv.Itoa(m) + " comparisons."
	}
	return text
}

func pText(p float64) string {
	switch {
	case p != p || math.IsInf(p, 0):
		return "not known"
	case p < 0.001:
		return "< 0.001"
	}
	return charts.Ratio.Text(p, 0)
}

// tableColumns declares the table of estimates.
func (v *conditions) tableColumns() []part.Column {
	as, f := format(v.measureOf), v.answer
	runs := numColumn(f, frame.Seeds, "Runs", "", 46, charts.Whole)
	n := numColumn(f, frame.N, countLabel(v.measureOf), "Samples behind the value", 128, charts.Whole)
	n.Spare, n.Cell = 2, func(row int) part.Cell { return kOfN(f, row) }
	bounds := numColumn(f, frame.Lo, levelName(v.state.Level), "", 112, as)
	bounds.Cell = func(row int) part.Cell { return interval(f, frame.Lo, frame.Hi, row, as) }
	above := numColumn(f, frame.Above, "Runs > 50 %", "Runs above half of the scale", 86, charts.Whole)
	above.Spare, above.Cell = 1, func(row int) part.Cell { return ofRuns(f, frame.Above, row) }
	left := numColumn(f, frame.Excluded, "Left out", "Samples left out, as a share of all", 66, charts.Whole)
	left.Spare, left.Cell = 3, func(row int) part.Cell { return leftOut(f, row) }
	cols := append(v.groupColumns(), runs, n, strong(numColumn(f, frame.Value, "Mean", "", 74, as)), bounds, above, left)
	if v.state.Baseline == "" {
		return cols
	}
	return append(cols, v.differenceColumns()...)
}

// strong makes the numbers of a column bold; reasons stay as they are.
func strong(c part.Column) part.Column {
	cell := c.Cell
	c.Cell = func(row int) part.Cell {
		out := cell(row)
		out.Bold = out.Color == ""
		return out
	}
	return c
}

// groupColumns name the rows, a column a field that they are grouped by.
func (v *conditions) groupColumns() []part.Column {
	f := v.answer
	cols := []part.Column{{ID: v.state.By[0], Label: title(v.state.By[0]), Width: 120, Grow: true, Cell: func(row int) part.Cell {
		return part.Cell{Text: valueLabel(v.group(row)), Bold: true, Marker: v.role(v.group(row)), Tip: v.group(row)}
	}}}
	for _, field := range v.state.By[1:] {
		cols = append(cols, part.Column{ID: field, Label: title(field), Width: 120, Cell: func(row int) part.Cell { return part.Cell{Text: valueLabel(f.Text(field, row))} }})
	}
	if grader := func(row int) string { return f.Key(row, data.Grader) }; severalIn(f.Len(), grader) && !slices.Contains(v.state.By, data.Grader) {
		cols = append(cols, part.Column{ID: data.Grader, Label: title(data.Grader), Width: 130, Cell: func(row int) part.Cell { return part.Cell{Text: valueLabel(grader(row)), Tip: grader(row)} }})
	}
	return cols
}

// severalIn reports whether rows differ in a text.
func severalIn(rows int, text func(row int) string) bool {
	for row := 1; row < rows; row++ {
		if text(row) != text(0) {
			return true
		}
	}
	return false
}

// differenceColumns show the differences from the baseline.
func (v *conditions) differenceColumns() []part.Column {
	f, as := v.answer, changeFormat(v.measureOf)
	other := func(c part.Column, instead part.Cell) part.Column {
		cell := c.Cell
		c.Cell = func(row int) part.Cell {
			if v.group(row) == v.state.Baseline {
				return instead
			}
			return cell(row)
		}
		return c
	}
	bounds := numColumn(f, frame.DiffLo, levelName(v.state.Level)+pairLabel(f), "", 122, as)
	bounds.Cell = func(row int) part.Cell {
		c := interval(f, frame.DiffLo, frame.DiffHi, row, as)
		c.Tip = f.Text(frame.DiffVia, row)
		return c
	}
	cols := []part.Column{
		other(strong(numColumn(f, frame.Diff, "Diff., "+changeUnit(v.measureOf), "Difference from the baseline", 94, as)), part.Cell{Text: "baseline", Color: theme.Muted}),
		other(bounds, part.Cell{}),
	}
	if v.state.Flag("conditions.p", false) {
		cols = append(cols, v.pColumn(frame.P, "p"), v.pColumn(frame.PHolm, "Holm"))
	}
	return cols
}

func (v *conditions) pColumn(name, label string) part.Column {
	c := numColumn(v.answer, name, label, "", 62, charts.Ratio)
	c.Cell = func(row int) part.Cell { return part.Cell{Text: v.answerP(name, row)} }
	return c
}

func (v *conditions) answerP(column string, row int) string {
	p := num(v.answer, column, row)
	if p != p {
		return ""
	}
	return pText(p)
}

func countLabel(m estimate.Measure) string {
	if m.Rate {
		return "Count of n"
	}
	return "n"
}

// kOfN writes "15 183 of 38 400", or n alone where there is no count.
func kOfN(f frame.Frame, row int) part.Cell {
	n := number(f, frame.N, row, charts.Whole)
	k := num(f, frame.K, row)
	if k != k || n.Color != "" {
		return n
	}
	return part.Cell{Text: charts.Whole.Text(k, 0) + " of " + n.Text}
}

func ofRuns(f frame.Frame, column string, row int) part.Cell {
	c := number(f, column, row, charts.Whole)
	if c.Color == "" {
		c.Text += " of " + charts.Whole.Text(num(f, frame.Seeds, row), 0)
	}
	return c
}

// leftOut writes the share of samples that were left out.
func leftOut(f frame.Frame, row int) part.Cell {
	x, n := num(f, frame.Excluded, row), num(f, frame.N, row)
	if x != x || n != n || x+n == 0 {
		return part.Cell{Text: "not reported", Color: theme.Muted}
	}
	return part.Cell{Text: charts.Percent.Text(x/(x+n), x+n), Tip: charts.Whole.Text(x, 0) + " of " + charts.Whole.Text(x+n, 0) + " samples are left out"}
}

func changeUnit(m estimate.Measure) string {
	if m.Rate {
		return "points"
	}
	return "units"
}

func pairLabel(f frame.Frame) string {
	for i := range f.Len() {
		if p := num(f, frame.Pairs, i); p == p {
			return ", paired"
		}
	}
	return ""
}
