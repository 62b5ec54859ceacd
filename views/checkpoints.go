package views

import (
	"context"
	"math"
	"slices"
	"strconv"

	"fyne.io/fyne/v2"

	"witnessmark/charts"
	"witnessmark/data"
	"witnessmark/data/curve"
	"witnessmark/data/estimate"
	"witnessmark/data/frame"
	"witnessmark/data/query"
	"witnessmark/views/desk"
	"witnessmark/views/figure"
	"witnessmark/views/part"
	"witnessmark/views/task"
)

// smoothing is the switch of how much the lines of seeds are smoothed.
const smoothing = figure.SmoothOption

// checkpoints shows a measure over training: a line a seed, the mean with its
// band, and a table of all conditions at the step under the crosshair. Beside
// the values it shows their changes since a step, and a second measure below
// on the same axis.
type checkpoints struct {
	place Place
	chart *picture
	bar   *checkpointBar
	table *part.Table
	at    *part.Text
	note  *part.Text
	split *tableSplit
	onset *onsetPane
	body  *fyne.Container

	panels  *part.Segments
	smooth  *part.Slider
	raw     *part.Check
	band    *part.Check
	logY    *part.Check
	measure *part.Select

	state     desk.State
	measureOf estimate.Measure
	steps     places  // what the chart shows
	second    places  // of the second measure, empty for none
	step      float64 // place under the crosshair, or the last
	shown     []int   // rows of steps in the table
	told      []frame.Note
	drawn     digest
	slot      *task.Slot
}

func newCheckpoints(p Place) View {
	v := &checkpoints{place: p, chart: newPicture(p), bar: newCheckpointBar(p), table: part.NewTable(), at: part.Strong(""), note: part.Small(""), step: math.NaN(), slot: task.NewSlot(p.Tasks)}
	v.makeTools()
	v.onset = newOnsetPane(p, part.Border(part.Head(v.at, v.note.Short()), nil, nil, nil, v.table))
	v.listen()
	v.split = newTableSplit(v.chart.box, v.onset.face)
	v.body = part.Border(v.bar.box, nil, nil, nil, v.split.split)
	return v
}

// listen connects both charts and the table.
func (v *checkpoints) listen() {
	p := v.place
	box, survival := v.chart.box, v.onset.survival.box
	box.Zoomable, survival.Zoomable = true, true
	box.OnPoint, box.OnHit, box.OnMenu = v.point, v.press, v.menu
	box.OnZoom = func(lo, hi float64) {
		if v.byStep() {
			survival.ZoomTo(lo, hi)
		}
	}
	survival.OnZoom = func(lo, hi float64) {
		if v.byStep() {
			box.ZoomTo(lo, hi)
		}
	}
	v.chart.digest = func(recipe string, s desk.State, answers []frame.Frame) any {
		return digested(recipe, s, answers, p.Facts())
	}
	v.chart.answered = func(made any) { v.take(made.(digest)) }
	v.table.Single = true
	v.table.OnOpen = func(row int) { v.narrow(v.steps.Keys[v.shown[row]]) }
}

func (v *checkpoints) makeTools() {
	d := v.place.Desk
	v.panels = part.NewSegments([]string{"Per condition", "One panel", "Onset"}, func(i int) { d.Do(pickPanels(i)) })
	v.smooth = part.NewSlider(0, 0.95, 0.05, 0, func(x float64) string { return strconv.FormatFloat(x, 'f', 2, 64) }, func(x float64) {
		d.Do(desk.SetNumber("Smoothing", smoothing, math.Round(x*100)/100))
	})
	v.smooth.Tip = "Smooths the lines of seeds; mean, band and onset stay raw"
	v.raw = part.NewCheck("Raw", true, func(on bool) { d.Do(desk.SetFlag("Raw values", figure.RawOption, on)) })
	v.band = part.NewCheck("Band", true, func(on bool) { d.Do(desk.SetFlag("Band", figure.BandOption, on)) })
	v.logY = part.NewCheck("Log y", false, func(on bool) { d.Do(desk.SetFlag("Log values", figure.LogValuesOption, on)) })
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
		return s.With(figure.OnePanelOption, strconv.FormatBool(i == 1))
	}}
}

// Content implements View.
func (v *checkpoints) Content() fyne.CanvasObject { return v.body }

// Tools implements Tooled.
func (v *checkpoints) Tools() []fyne.CanvasObject {
	return []fyne.CanvasObject{v.panels, part.Labeled("Smoothing", v.smooth), part.Optional(v.raw), part.Optional(v.band), part.Optional(v.logY), part.Labeled("Measure", v.measure)}
}

// Ask implements View. Every step is a row: the window over steps is for the
// views that show the end of runs.
func (v *checkpoints) Ask(s desk.State) query.Query {
	f := v.place.Facts()
	s.Measure = f.MeasureOr(s.Measure)
	q := query.Query{Where: figure.Judged(figure.OneJudge(s, f.Judges)), By: []string{data.Condition, data.Step}, Level: s.Level, Method: s.Method, Units: true}
	if s.Measure != "" {
		q.Measures = []string{s.Measure}
	}
	return q
}

// Show implements View.
func (v *checkpoints) Show(s desk.State, answer frame.Frame) {
	f := v.place.Facts()
	axis := figure.Axis(v.state)
	v.state = figure.OneJudge(f.full(s), f.Judges)
	v.state.Steps = query.Window{}
	v.measureOf = f.Measure(v.state.Measure)
	if figure.Axis(v.state) != axis {
		v.chart.box.ShowAll() // a range of another axis
		v.step = math.NaN()
	}
	v.showTools(v.state)
	v.told = wholeNotes(answer)
	v.showBar()
	if v.recipe() == "survival" {
		v.read(answer)
	}
	v.draw()
	v.onset.show(v.state)
	v.split.most = tableMost
	if v.recipe() == "together" {
		v.split.most = 0.42 // two panels above each other need the height
		if v.split.split.Size().Height < 600 {
			v.split.most = 0.36
		}
	}
	v.split.fit(2*len(v.place.Facts().Conditions) + onsetFrame)
}

func (v *checkpoints) byStep() bool { return figure.Axis(v.state) == curve.ByStep }

// changes tells whether the chart shows changes since a step.
func (v *checkpoints) changes() bool { return v.recipe() == "changes" }

// recipe is the figure that the state asks for.
func (v *checkpoints) recipe() string {
	switch {
	case v.state.Chart == "survival":
		return "survival"
	case v.state.Option(figure.SinceOption, "") != "":
		return "changes"
	case v.state.Option(figure.SecondMeasureOption, "") != "":
		return "together"
	}
	return "lines"
}

func (v *checkpoints) showTools(s desk.State) {
	f := v.place.Facts()
	switch {
	case s.Chart == "survival":
		v.panels.Pick(2)
	case s.Flag(figure.OnePanelOption, false):
		v.panels.Pick(1)
	default:
		v.panels.Pick(0)
	}
	v.smooth.Set(s.Number(smoothing, 0))
	v.raw.Set(s.Flag(figure.RawOption, true))
	v.band.Set(s.Flag(figure.BandOption, true))
	v.logY.Set(s.Flag(figure.LogValuesOption, false))
	v.measure.Set(f.MeasureNames(), s.Measure)
}

// draw shows the lines of all seeds, or how many have not yet set in.
func (v *checkpoints) draw() {
	v.chart.box.Readout = v.readout
	if v.recipe() == "survival" {
		v.chart.box.Readout = nil
	}
	v.chart.show(v.recipe(), v.state)
}

// showBar shows the switches, and what is to be said of the answer and of the
// curves.
func (v *checkpoints) showBar() {
	notes := groupNotes(frame.Frame{Notes: slices.Concat(v.told, v.drawn.notes)})
	v.bar.show(v.state, append(hiddenChip(v.place), chips(notes, func(int) string { return "" }, v.place.Bench)...))
	v.body.Refresh()
}

// read indexes the answer to the view's own question, off the UI thread, where
// the chart shows something else.
func (v *checkpoints) read(answer frame.Frame) {
	s, facts := v.state, v.place.Facts()
	task.Do(context.Background(), v.slot, func(context.Context) (digest, error) {
		return digested("lines", s.With(figure.AxisOption, ""), []frame.Frame{answer}, facts), nil
	}, func(made digest, _ error) { v.take(made) })
}

// take shows what was read of the curves in the table and the bar.
func (v *checkpoints) take(made digest) {
	if !made.has {
		return // the table keeps the values
	}
	v.drawn, v.steps, v.second = made, made.steps, made.second
	v.showBar()
	at := math.NaN()
	switch n := len(v.steps.at); {
	case n > 0 && v.step == v.step:
		at = v.steps.near(v.step)
	case n > 0:
		at = v.steps.at[n-1]
	}
	v.showStep(at)
}

// Chart implements Charting.
func (v *checkpoints) Chart() (charts.Spec, bool) { return v.chart.Chart() }

// Table implements Copying.
func (v *checkpoints) Table() string { return v.table.TSV() }

// Report implements Reporting.
func (v *checkpoints) Report() string {
	f := v.place.Facts()
	return v.place.Passing().Count() + ", " + charts.Count(float64(f.checkpoints()), "checkpoint")
}

// readout lists all conditions at a step, the greatest value first, and below
// them the runs where few are drawn.
func (v *checkpoints) readout(_ int, x float64) (string, []part.Reading) {
	if len(v.steps.at) == 0 {
		return "", nil
	}
	at := v.steps.near(x)
	out := v.readings(v.steps, at, v.measureOf)
	if v.second.Len() > 0 {
		m := v.place.Facts().Measure(v.state.Option(figure.SecondMeasureOption, ""))
		out = append(out, part.Reading{Name: title(m.Name)})
		out = append(out, v.readings(v.second, at, m)...)
	}
	return upper(v.steps.along.Place(at)), append(out, v.single(v.steps.rows[at])...)
}

// point follows the crosshair: the survival curve shows it too.
func (v *checkpoints) point(x float64, inside bool) {
	if !inside || len(v.steps.at) == 0 {
		v.onset.survival.box.Uncross()
		return
	}
	step := v.steps.near(x)
	if v.byStep() {
		v.onset.survival.box.CrossAt(step)
	}
	if step != v.step {
		v.showStep(step)
	}
}

// Key implements Keyed: arrows move the crosshair from step to step.
func (v *checkpoints) Key(e *fyne.KeyEvent) bool {
	by, ok := map[fyne.KeyName]int{fyne.KeyLeft: -1, fyne.KeyRight: 1, fyne.KeyPageUp: -10, fyne.KeyPageDown: 10, fyne.KeyHome: -math.MaxInt32, fyne.KeyEnd: math.MaxInt32}[e.Name]
	if !ok || len(v.steps.at) == 0 {
		return false
	}
	v.showStep(v.steps.next(v.step, by))
	if v.recipe() != "survival" {
		v.chart.box.CrossAt(v.step)
	}
	if v.byStep() {
		v.onset.survival.box.CrossAt(v.step)
	}
	return true
}

// showStep fills the table with every condition at a place, in the designed
// order.
func (v *checkpoints) showStep(at float64) {
	v.step = at
	v.shown = v.steps.rows[at] // in the order of the conditions, as the answer is
	columns := v.valueColumns
	if v.changes() {
		columns = v.changeColumns
	}
	v.table.Set(len(v.shown), columns(), v.table.Sorts())
	head := "No steps"
	if at == at {
		head = "At " + v.steps.along.Place(at)
		if v.changes() {
			head += " against step " + v.state.Option(figure.SinceOption, "")
		}
	}
	v.at.SetText(head)
	v.note.SetText(v.unit() + levelName(v.state.Level) + " " + v.method())
}

// unit says what a number in the table is.
func (v *checkpoints) unit() string {
	if v.changes() {
		return "mean change of runs, "
	}
	return "raw, mean over runs, "
}

func (v *checkpoints) method() string {
	column := frame.Method
	if v.changes() {
		column = frame.DiffVia
	}
	for _, row := range v.shown {
		if m := v.steps.Text(column, row); m != "" {
			return m
		}
	}
	return "no interval"
}

// menu offers the step under the crosshair as the one to compare with.
func (v *checkpoints) menu(at fyne.Position) {
	items := chartItems(v.place, v.chart.box)
	if v.byStep() && v.step == v.step {
		step := stepText(v.step)
		items = slices.Insert(items, 0, fyne.NewMenuItem("Compare to step "+step, func() { v.place.Desk.Do(setSince(step)) }))
	}
	if v.state.Option(figure.SinceOption, "") != "" {
		items = slices.Insert(items, 0, fyne.NewMenuItem("Compare to no step", func() { v.place.Desk.Do(setSince("")) }))
	}
	v.place.Bench.Menu(at, items...)
}

// press shows what is behind a mark: the line of a run alone, or all lines
// again; the run of an onset at that step; the runs of a mean.
func (v *checkpoints) press(h charts.Hit) {
	run, step := "", ""
	for _, k := range h.Keys {
		switch k.Field {
		case data.Run:
			run = k.Value
		case data.Step:
			step = k.Value
		}
	}
	switch {
	case run != "" && h.Unit >= 0:
		v.isolate(run)
	case run != "" && step != "" && v.sampled(run, step):
		v.place.Desk.Do(desk.Both("Open samples of the onset", desk.Narrow(h.Keys...), desk.Open("samples", "Samples")))
	default:
		v.narrow(h.Keys)
	}
}

// isolate leaves every other run out of the chart, or takes all back.
func (v *checkpoints) isolate(run string) {
	var all []string
	for _, r := range v.place.Facts().Set.Runs {
		all = append(all, r.Name)
	}
	hidden := v.place.Desk.State().Hidden
	if len(hidden) == len(all)-1 && len(hidden) > 0 && !slices.Contains(hidden, run) {
		v.place.Desk.Do(desk.Hide(false, hidden...))
		return
	}
	v.place.Desk.Do(desk.HideAllBut(all, run))
}

// sampled tells whether a run has single samples at a step.
func (v *checkpoints) sampled(run, step string) bool {
	at, err := strconv.ParseFloat(step, 64)
	for _, t := range v.place.Facts().Set.Tables {
		for _, c := range t.Cells {
			if err == nil && t.Attempts && c.Step == at && v.place.Facts().Set.Runs[c.Run].Name == run {
				return true
			}
		}
	}
	return false
}

// narrow shows the runs behind a mark or a row.
func (v *checkpoints) narrow(keys []frame.Key) {
	keys = slices.DeleteFunc(slices.Clone(keys), func(k frame.Key) bool { return k.Field == data.Step })
	if len(keys) > 0 {
		v.place.Desk.Do(desk.Both("Open Runs", desk.Narrow(keys...), desk.Open("runs", "Runs")))
	}
}
