package views

import (
	"math"
	"slices"
	"strconv"

	"fyne.io/fyne/v2"

	"witnessmark/charts"
	"witnessmark/data"
	"witnessmark/data/estimate"
	"witnessmark/data/frame"
	"witnessmark/data/query"
	"witnessmark/views/desk"
	"witnessmark/views/part"
	"witnessmark/views/theme"
)

// smoothing is the switch of how much the lines of seeds are smoothed.
const smoothing = "checkpoints.smoothing"

// checkpoints shows a measure over training: a line a seed, the mean with its
// band, and a table of all conditions at the step under the crosshair.
type checkpoints struct {
	place Place
	chart *picture
	table *part.Table
	at    *part.Text
	note  *part.Text
	notes *fyne.Container
	row   *fyne.Container
	split *tableSplit
	onset *onsetPane
	body  *fyne.Container

	panels  *part.Segments
	smooth  *part.Slider
	raw     *part.Check
	band    *part.Check
	log     *part.Check
	measure *part.Select

	state     desk.State
	answer    frame.Frame // ordered, steps as numbers
	measureOf estimate.Measure
	steps     []float64         // distinct, ascending
	rows      map[float64][]int // step → rows of the answer, a condition each
	step      float64           // under the crosshair, or the last
	shown     []int             // rows of the answer in the table
}

func newCheckpoints(p Place) View {
	v := &checkpoints{place: p, chart: newPicture(p), table: part.NewTable(), notes: part.Flow(7), at: part.Strong(""), note: part.Small("")}
	v.makeTools()
	v.chart.box.Zoomable = true
	v.chart.box.OnPoint = v.point
	v.chart.box.OnHit = func(h charts.Hit) { v.narrow(h.Keys) }
	v.table.Single = true
	v.table.OnOpen = func(row int) { v.narrow(v.answer.Keys[v.shown[row]]) }
	v.row = part.Ground(theme.Background, part.Border(nil, part.Rule(), nil, nil, part.Pad(6, theme.Pad, 6, theme.Pad, v.notes)))
	head := part.Head(v.at, v.note.Short())
	v.onset = newOnsetPane(p, part.Border(head, nil, nil, nil, v.table))
	v.split = newTableSplit(v.chart.box, v.onset.face)
	v.body = part.Border(v.row, nil, nil, nil, v.split.split)
	return v
}

func (v *checkpoints) makeTools() {
	d := v.place.Desk
	v.panels = part.NewSegments([]string{"Per condition", "One panel", "Onset"}, func(i int) { d.Do(pickPanels(i)) })
	v.smooth = part.NewSlider(0, 0.95, 0.05, 0, func(x float64) string { return strconv.FormatFloat(x, 'f', 2, 64) }, func(x float64) {
		d.Do(desk.SetNumber("Smoothing", smoothing, math.Round(x*100)/100))
	})
	v.smooth.Tip = "Smooths the lines of seeds; mean and band stay raw"
	v.raw = part.NewCheck("Raw", true, func(on bool) { d.Do(desk.SetFlag("Raw values", "checkpoints.raw", on)) })
	v.band = part.NewCheck("Band", true, func(on bool) { d.Do(desk.SetFlag("Band", "checkpoints.band", on)) })
	v.log = part.NewCheck("Log steps", false, func(on bool) { d.Do(desk.SetFlag("Log steps", "checkpoints.log", on)) })
	v.measure = part.NewSelect(nil, "", func(m string) { d.Do(desk.SetMeasure(m)) })
}

// pickPanels chooses between a panel a condition, one for all, and the onset.
func pickPanels(i int) desk.Change {
	return desk.Change{Name: "Panels", Apply: func(s desk.State) desk.State {
		s.Chart = ""
		if i == 2 {
			s.Chart = "survival"
			return s
		}
		return s.With("checkpoints.one-panel", strconv.FormatBool(i == 1))
	}}
}

// Content implements View.
func (v *checkpoints) Content() fyne.CanvasObject { return v.body }

// Tools implements Tooled.
func (v *checkpoints) Tools() []fyne.CanvasObject {
	return []fyne.CanvasObject{v.panels, part.Labeled("Smoothing", v.smooth), part.Optional(v.raw), part.Optional(v.band), part.Optional(v.log), part.Labeled("Measure", v.measure)}
}

// Ask implements View. Every step is a row: the window over steps is for the
// views that show the end of runs.
func (v *checkpoints) Ask(s desk.State) query.Query {
	q := query.Query{Where: s.Where, By: []string{data.Condition, data.Step}, Level: s.Level, Method: s.Method, Units: true}
	if m := v.place.Facts().MeasureOr(s.Measure); m != "" {
		q.Measures = []string{m}
	}
	return q
}

// Show implements View.
func (v *checkpoints) Show(s desk.State, answer frame.Frame) {
	f := v.place.Facts()
	v.state = f.full(s)
	v.state.Steps = query.Window{}
	v.answer = numeric(ordered(answer, v.state, f), data.Step)
	v.measureOf = f.Measure(v.state.Measure)
	v.index()
	v.showTools(v.state)
	whole := frame.Frame{Notes: slices.DeleteFunc(slices.Clone(answer.Notes), func(n frame.Note) bool { return n.Row >= 0 })}
	v.notes.Objects = append(hiddenChip(v.place), chips(whole, func(int) string { return "" }, v.place.Bench)...)
	v.row.Hidden = len(v.notes.Objects) == 0
	v.body.Refresh()
	v.draw()
	last := math.NaN()
	if len(v.steps) > 0 {
		last = v.steps[len(v.steps)-1]
	}
	v.showStep(last)
	v.onset.show(v.state)
	v.split.fit(2*len(v.shown) + onsetFrame)
}

// numeric makes a column of texts that are numbers a column of numbers.
func numeric(f frame.Frame, column string) frame.Frame {
	f.Columns = slices.Clone(f.Columns)
	for i, c := range f.Columns {
		if c.Name != column || c.Num != nil {
			continue
		}
		nums := make([]float64, len(c.Text))
		for row, text := range c.Text {
			nums[row] = math.NaN()
			if v := query.Text(text); v.Numeric {
				nums[row] = v.Num
			}
		}
		f.Columns[i] = frame.Column{Name: column, Num: nums}
	}
	return f
}

func (v *checkpoints) index() {
	v.rows, v.steps = map[float64][]int{}, nil
	for i := range v.answer.Len() {
		step := num(v.answer, data.Step, i)
		if step != step {
			continue
		}
		if v.rows[step] == nil {
			v.steps = append(v.steps, step)
		}
		v.rows[step] = append(v.rows[step], i)
	}
	slices.Sort(v.steps)
}

func (v *checkpoints) showTools(s desk.State) {
	f := v.place.Facts()
	switch {
	case s.Chart == "survival":
		v.panels.Pick(2)
	case s.Flag("checkpoints.one-panel", false):
		v.panels.Pick(1)
	default:
		v.panels.Pick(0)
	}
	v.smooth.Set(s.Number(smoothing, 0))
	v.raw.Set(s.Flag("checkpoints.raw", true))
	v.band.Set(s.Flag("checkpoints.band", true))
	v.log.Set(s.Flag("checkpoints.log", false))
	v.measure.Set(f.MeasureNames(), s.Measure)
}

// draw shows the lines of all seeds, or how many have not yet set in.
func (v *checkpoints) draw() {
	if v.state.Chart == "survival" {
		v.chart.box.Readout = nil
		v.chart.show("survival", v.state)
		return
	}
	v.chart.box.Readout = v.readout
	v.chart.show("lines", v.state)
}

// Chart implements Charting.
func (v *checkpoints) Chart() (charts.Spec, bool) { return v.chart.Chart() }

// Table implements Copying.
func (v *checkpoints) Table() string { return v.table.TSV() }

// Report implements Reporting.
func (v *checkpoints) Report() string {
	return v.place.Passing().Count() + ", " + charts.Count(float64(len(v.steps)), "step")
}

// near returns the recorded step nearest to a place on the axis.
func (v *checkpoints) near(x float64) float64 {
	i, found := slices.BinarySearch(v.steps, x)
	switch {
	case found || i == 0:
		return v.steps[min(i, len(v.steps)-1)]
	case i == len(v.steps) || x-v.steps[i-1] < v.steps[i]-x:
		return v.steps[i-1]
	}
	return v.steps[i]
}

// readout lists all conditions at a step, the greatest value first.
func (v *checkpoints) readout(_ int, x float64) (string, []part.Reading) {
	if len(v.steps) == 0 {
		return "", nil
	}
	step := v.near(x)
	as := format(v.measureOf)
	rows := v.sorted(step)
	var out []part.Reading
	for _, row := range rows {
		name := v.answer.Text(data.Condition, row)
		text := number(v.answer, frame.Value, row, as).Text + " " + interval(v.answer, frame.Lo, frame.Hi, row, as).Text + ", " + charts.Count(num(v.answer, frame.Seeds, row), "run")
		out = append(out, part.Reading{Role: v.place.Facts().Role(name), Name: valueLabel(name), Text: text})
	}
	return "Step " + charts.Whole.Text(step, 0), out
}

func (v *checkpoints) sorted(step float64) []int {
	rows := slices.Clone(v.rows[step])
	slices.SortStableFunc(rows, func(a, b int) int {
		x, y := num(v.answer, frame.Value, a), num(v.answer, frame.Value, b)
		switch {
		case x > y || y != y:
			return -1
		case x < y:
			return 1
		}
		return 0
	})
	return rows
}

func (v *checkpoints) point(x float64, inside bool) {
	if inside && len(v.steps) > 0 {
		if step := v.near(x); step != v.step {
			v.showStep(step)
		}
	}
}

// showStep fills the table with every condition at a step, in the designed
// order.
func (v *checkpoints) showStep(step float64) {
	v.step = step
	v.shown = v.rows[step] // in the order of the conditions, as the answer is
	v.table.Set(len(v.shown), v.tableColumns(), v.table.Sorts())
	v.at.SetText("No steps")
	if step == step {
		v.at.SetText("At step " + charts.Whole.Text(step, 0))
	}
	v.note.SetText("raw step, mean over runs, " + levelName(v.state.Level) + " " + v.method())
}

func (v *checkpoints) method() string {
	for _, row := range v.shown {
		if m := v.answer.Text(frame.Method, row); m != "" {
			return m
		}
	}
	return "no interval"
}

func (v *checkpoints) tableColumns() []part.Column {
	as, f := format(v.measureOf), v.answer
	cell := func(of func(row int) part.Cell) func(int) part.Cell {
		return func(i int) part.Cell { return of(v.shown[i]) }
	}
	by := func(column string) func(int) float64 {
		return func(i int) float64 { return num(f, column, v.shown[i]) }
	}
	return []part.Column{
		{ID: data.Condition, Label: "Condition", Width: 160, Grow: true, Cell: cell(func(row int) part.Cell {
			name := f.Text(data.Condition, row)
			return part.Cell{Text: valueLabel(name), Bold: true, Marker: v.place.Facts().Role(name), Tip: name}
		})},
		{ID: frame.Seeds, Label: "Runs", Width: 60, Right: true, Num: by(frame.Seeds), Cell: cell(func(row int) part.Cell { return number(f, frame.Seeds, row, charts.Whole) })},
		{ID: frame.N, Label: countLabel(v.measureOf), Width: 130, Right: true, Spare: 1, Num: by(frame.N), Cell: cell(func(row int) part.Cell { return kOfN(f, row) })},
		{ID: frame.Value, Label: "Mean", Width: 90, Right: true, Num: by(frame.Value), Cell: cell(func(row int) part.Cell {
			c := number(f, frame.Value, row, as)
			c.Bold = c.Color == ""
			return c
		})},
		{ID: frame.Lo, Label: levelName(v.state.Level), Width: 110, Right: true, Num: by(frame.Lo), Cell: cell(func(row int) part.Cell { return interval(f, frame.Lo, frame.Hi, row, as) })},
		{ID: frame.Above, Label: "Runs > 50 %", Width: 100, Right: true, Num: by(frame.Above), Cell: cell(func(row int) part.Cell { return ofRuns(f, frame.Above, row) })},
		{ID: "highest", Label: "Highest run", Width: 100, Right: true, Spare: 2, Cell: cell(func(row int) part.Cell { return highest(f, row, as) })},
	}
}

// highest writes the greatest value of a single run.
func highest(f frame.Frame, row int, as charts.Format) part.Cell {
	best := math.NaN()
	for _, u := range f.Units[row] {
		if !(best >= u.Value) {
			best = u.Value
		}
	}
	if best != best {
		return part.Cell{Text: "not reported", Color: theme.Muted}
	}
	return part.Cell{Text: as.Text(best, 0), Color: theme.Muted}
}

// narrow shows the runs behind a mark or a row.
func (v *checkpoints) narrow(keys []frame.Key) {
	keys = slices.DeleteFunc(slices.Clone(keys), func(k frame.Key) bool { return k.Field == data.Step })
	if len(keys) > 0 {
		v.place.Desk.Do(desk.Both("Open Runs", desk.Narrow(keys...), desk.Open("runs", "Runs")))
	}
}
