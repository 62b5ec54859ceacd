package views

import (
	"context"
	"errors"
	"slices"
	"strconv"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"witnessmark/charts"
	"witnessmark/data"
	"witnessmark/data/column"
	"witnessmark/data/frame"
	"witnessmark/data/oversight"
	"witnessmark/data/query"
	"witnessmark/views/desk"
	"witnessmark/views/figure"
	"witnessmark/views/part"
	"witnessmark/views/task"
	"witnessmark/views/theme"
)

// monitors shows what a monitor catches and misses at a threshold: over
// training, by false positive rate, beside other monitors, and why its flag
// rate moved. Samples are collected and sorted once (watch); a threshold is
// then read from them off the UI thread, one picture at a time, so that
// dragging never waits and an old picture never replaces a newer one.
type monitors struct {
	place Place
	slot  *task.Slot
	watch *watch // of the picture made last, kept for other thresholds
	doing string // the watchKey of the work in the slot, "" for none
	again bool   // the state has changed since the work began
	stop  func() // of the veil

	low     *task.Slot // of the lower pane's comparisons
	rest    func()     // that they wait for
	defense *defense

	monitor, truth, by, group, budget, end *part.Select

	tools                     []fyne.CanvasObject
	groupName                 *part.Text
	bar                       *thresholdBar
	left, middle, right, fall *part.ChartBox
	heads                     *paneHeads
	table                     *part.Table
	head                      *part.Text
	tableHead                 fyne.CanvasObject
	notes                     *part.Notes
	panes                     *monitorPanes
	body                      *fyne.Container // laid out by panes
	face                      *fyne.Container
	veil, message             *fyne.Container

	state    desk.State
	picture  *monitorPicture
	reported frame.Frame
}

// nextPicture is how long a picture stays at least while the threshold is
// dragged, so that it can be drawn.
const nextPicture = 40 * time.Millisecond

func newMonitors(p Place) View {
	v := &monitors{place: p, slot: task.NewSlot(p.Tasks), low: task.NewSlot(p.Tasks), stop: func() {}, rest: func() {}, table: part.NewTable(), head: part.Small(""), notes: part.NewNotes()}
	v.notes.Most = 1
	v.bar = newThresholdBar(p)
	v.left, v.middle, v.right, v.fall = part.NewChartBox(p.Tasks), part.NewChartBox(p.Tasks), part.NewChartBox(p.Tasks), part.NewChartBox(p.Tasks)
	v.makeTools()
	v.arrangeTools()
	v.connect()
	v.heads = newPaneHeads(p)
	v.tableHead = part.Row(6, v.head.Short(), part.Spacer(), v.notes)
	v.panes = &monitorPanes{}
	v.body = container.New(v.panes, headed(v.heads.left, v.left), walled(headed(v.heads.middle, v.middle)), walled(headed(v.heads.right, v.right)),
		ruled(headed(part.Head(v.heads.lower.row, v.heads.with, part.Optional(part.Labeled("Step", v.end)), part.Optional(part.Labeled("Group by", v.by))), headed(aboutRows(v.tableHead), v.table))), ruled(walled(v.heads.beside(v.fall))))
	v.message, v.veil = container.NewStack(), container.NewStack(part.Border(part.Fixed(0, 2, part.NewBox(theme.Accent, theme.Clear, 0)), nil, nil, nil, part.NewBox(theme.Veil, theme.Clear, 0)))
	v.message.Hide()
	v.veil.Hide()
	v.face = container.NewStack(part.Border(v.bar.box, nil, nil, nil, part.Scroll(v.body)), v.veil, v.message)
	return v
}

// aboutRows is the line above a table that says what its rows are of.
func aboutRows(o fyne.CanvasObject) fyne.CanvasObject {
	return part.Fixed(0, theme.PaneHead, part.Ground(theme.Panel, part.Pad(0, 10, 0, 10, o)))
}

// headed puts what chooses a pane's content above it.
func headed(head, o fyne.CanvasObject) fyne.CanvasObject {
	return part.Border(head, nil, nil, nil, o)
}

// walled puts a line at the left of a pane.
func walled(o fyne.CanvasObject) fyne.CanvasObject {
	return part.Border(nil, nil, part.Wall(), nil, o)
}

// ruled puts a line above a pane.
func ruled(o fyne.CanvasObject) fyne.CanvasObject {
	return part.Border(part.Rule(), nil, nil, nil, o)
}

func (v *monitors) makeTools() {
	d := v.place.Desk
	v.monitor = part.NewSelect(nil, "", func(m string) { d.Do(desk.SetMonitor(m)) })
	v.truth = part.NewSelect(nil, "", func(m string) { d.Do(desk.SetOption("Ground truth", figure.TruthOption, m)) })
	v.truth.Tip = "Measure that says what is true of a sample"
	v.by = part.NewSelect(nil, "", func(f string) {
		d.Do(desk.Both("Group by", desk.SetOption("", figure.GroupsOption, f), desk.SetOption("", figure.GroupOption, "")))
	})
	v.by.Tip, v.by.Most = "Field whose values are the groups", 150
	v.group = part.NewSelect(nil, "", func(g string) { d.Do(desk.SetOption("Condition", figure.GroupOption, g)) })
	v.budget = part.NewSelect([]string{"0.001", "0.01", "0.05", "0.1"}, "0.01", func(b string) { d.Do(desk.SetOption("Budget", figure.BudgetOption, b)) })
	v.budget.Labels = []string{"0.1 % FPR", "1 % FPR", "5 % FPR", "10 % FPR"}
	v.budget.Tip = "False positive rate that audits allow"
	v.end = part.NewSelect(nil, "", func(w string) { d.Do(desk.SetOption("Step", figure.EndOption, w)) })
	v.end.Tip = "Step of the table and of recall by false positive rate"
}

// arrangeTools lists the controls, all of which need samples of a monitor.
func (v *monitors) arrangeTools() {
	v.groupName = part.Quiet("Condition")
	v.tools = []fyne.CanvasObject{part.Labeled("Monitor", v.monitor), part.Labeled("Ground truth", v.truth), part.Row(6, v.groupName, v.group), part.Labeled("Budget", v.budget)}
}

// offerTools shows or hides the controls.
func (v *monitors) offerTools(on bool) {
	for _, o := range v.tools {
		if on {
			o.Show()
		} else {
			o.Hide()
		}
	}
}

func (v *monitors) connect() {
	for _, c := range []*part.ChartBox{v.left, v.middle, v.right, v.fall} {
		c.OnMenu = func(at fyne.Position) { v.place.Bench.Menu(at, chartItems(v.place, c)...) }
	}
	v.left.OnHit = func(h charts.Hit) { v.open(h.Keys) }
	v.middle.OnHit = v.left.OnHit
	v.right.OnHit = v.pressMark
	v.left.OnMenu = v.stepMenu
	v.table.Single = true
	v.table.OnSelect = v.selectRow
	v.table.OnMenu = func(_ int, at fyne.Position) {
		v.place.Bench.Menu(at, fyne.NewMenuItem("Copy the table", func() { v.place.Bench.Copy(v.Table(), "the table") }))
	}
}

// selectRow shows another monitor, or another group.
func (v *monitors) selectRow(keys []string) {
	switch mode := v.lower(); {
	case len(keys) != 1 || keys[0] == "":
	case mode == lowerMonitors:
		v.place.Desk.Do(desk.SetMonitor(keys[0]))
	case mode == lowerGroups:
		v.place.Desk.Do(desk.SetOption(title(figure.By(v.state)), figure.GroupOption, keys[0]))
	}
}

// open shows the runs behind a mark.
func (v *monitors) open(keys []frame.Key) {
	if keys = stepless(keys); len(keys) > 0 {
		v.place.Desk.Do(desk.Both("Open Runs", desk.Narrow(keys...), desk.Open("runs", "Runs")))
	}
}

// pressMark sets the threshold to that of a vertex of a curve, or to where a
// bar of scores begins.
func (v *monitors) pressMark(h charts.Hit) {
	p := v.picture
	if p == nil || h.Unit == inUse || h.Row < 0 {
		return
	}
	if lo, _, ok := p.bins.Num("bin_lo", h.Row); ok && h.Row < p.bins.Len() {
		v.place.Desk.Do(thresholdAt(lo))
		return
	}
	if h.Row >= p.curves.Len() {
		return
	}
	at, _, ok := p.curves.Num("threshold", h.Row)
	if !ok {
		v.place.Bench.Say("This point flags nothing, so it has no threshold")
		return
	}
	for _, b := range p.watch.boards {
		if figure.Spoken(b.Monitor) == p.curves.Text(oversight.MonitorColumn, h.Row) {
			v.place.Desk.Do(desk.Both("Threshold", desk.SetMonitor(b.Monitor), desk.SetNumber("Threshold", figure.ThresholdOption, at)))
		}
	}
}

// stepMenu offers to freeze the threshold at a step.
func (v *monitors) stepMenu(at fyne.Position) {
	items := chartItems(v.place, v.left)
	if v.picture != nil && !v.picture.scale.Verdicts && len(v.picture.frozenAt) > 0 {
		items = append(items, fyne.NewMenuItemSeparator())
		for _, step := range v.picture.frozenAt[:min(12, len(v.picture.frozenAt))] {
			items = append(items, fyne.NewMenuItem("Freeze the threshold at step "+plainNumber(step), func() { v.place.Desk.Do(freezeAt(step)) }))
		}
	}
	v.place.Bench.Menu(at, items...)
}

// Content implements View.
func (v *monitors) Content() fyne.CanvasObject { return v.face }

// Tools implements Tooled.
func (v *monitors) Tools() []fyne.CanvasObject {
	return v.tools
}

// Ask implements View. What monitors do is read from the study's samples; the
// index is asked for numbers on monitors that were reported elsewhere.
func (v *monitors) Ask(s desk.State) query.Query {
	f := v.place.Facts()
	q := query.Query{Where: s.Where, By: append([]string{data.Condition, data.Eval}, f.citing()...), Level: s.Level, Measures: f.reportedMeasures()}
	if len(q.Measures) == 0 {
		q.By, q.Steps = []string{data.Condition}, query.Last(1)
		if m := f.MeasureOr(s.Measure); m != "" {
			q.Measures = []string{m}
		}
	}
	return q
}

// Empty implements Emptiable: what is not reported may still be there to be
// worked out.
func (v *monitors) Empty(s desk.State) Advice {
	d := v.place.Desk
	switch {
	case len(v.place.Passing().Runs) == 0 && !s.Where.IsZero():
		return Advice{"No run passes this filter", "Clear the filter", func() { d.Do(desk.SetFilter(query.Filter{})) }}
	case !v.place.Facts().hasMonitors():
		return noMonitors(d)
	}
	return Advice{}
}

func noMonitors(d *desk.Desk) Advice {
	return Advice{"No sample of this study has a monitor's verdict or score", "Import results", func() { d.Do(desk.Open("import", "Import")) }}
}

func (f *Facts) hasMonitors() bool { return len(f.monitorNames()) > 0 }

func (f *Facts) monitorNames() []string {
	var out []string
	for _, m := range f.Measures {
		if m.Monitor != "" && !slices.Contains(out, m.Monitor) {
			out = append(out, m.Monitor)
		}
	}
	return out
}

// trainedAgainst is the field of runs that names the monitor in their reward.
const trainedAgainst = "trained_against"

// monitorOr returns the monitor if there is such a one, else the one that runs
// were trained against, else the first.
func (f *Facts) monitorOr(name string) string {
	names := f.monitorNames()
	if slices.Contains(names, name) || len(names) == 0 {
		return name
	}
	against := func(m string) bool {
		return f.Set.Monitors[m].TrainedAgainst || slices.ContainsFunc(f.Set.Runs, func(r column.Run) bool { return r.Fields[trainedAgainst] == m })
	}
	if i := slices.IndexFunc(names, against); i >= 0 {
		return names[i]
	}
	return names[0]
}

// Show implements View.
func (v *monitors) Show(s desk.State, answer frame.Frame) {
	s = figure.Monitoring(s)
	s.Monitor = v.place.Facts().monitorOr(s.Monitor)
	v.state = s
	v.reported = frame.Frame{}
	if len(v.place.Facts().reportedMeasures()) > 0 {
		v.reported = asImported(answer)
	}
	if !v.place.Facts().hasMonitors() {
		v.slot.Cancel()
		v.low.Cancel()
		v.doing, v.picture = "", nil
		v.showReportedOnly()
		return
	}
	v.offerTools(true)
	v.work()
}

// work makes the picture of the state, unless one is being made from the same
// samples: then it follows.
func (v *monitors) work() {
	facts, study, s := v.place.Facts(), v.place.Study(), v.state
	key := watchKey(facts, s)
	if v.doing == key {
		v.again = true
		return
	}
	v.doing, v.again = key, false
	kept, about := v.watch, newMonitorFacts(v.place, s)
	v.stop()
	v.stop = v.place.Tasks.After(busyAfter, v.veil.Show)
	task.Do(context.Background(), v.slot, func(ctx context.Context) (*monitorPicture, error) {
		var err error
		if kept, err = kept.kept(ctx, key, study, facts, s); err != nil {
			return nil, err
		}
		return pictured(kept, about, s)
	}, v.done)
}

func (v *monitors) done(p *monitorPicture, err error) {
	v.stop()
	v.veil.Hide()
	if errors.Is(err, context.Canceled) {
		v.doing = ""
		return
	}
	if err != nil {
		v.doing = ""
		v.say(part.Message(plainError(err), part.Wrong, part.NewButton("Undo", "", func() { v.place.Desk.Undo() })))
		return
	}
	v.message.Hide()
	v.watch, v.picture = p.watch, p
	v.show()
	v.place.Tasks.After(nextPicture, func() {
		v.doing = ""
		if v.again {
			v.work()
		}
	})
}

func (v *monitors) say(o fyne.CanvasObject) {
	v.message.Objects = []fyne.CanvasObject{part.Ground(theme.Panel, o)}
	v.message.Show()
	v.message.Refresh()
}

func (v *monitors) show() {
	p := v.picture
	v.showTools()
	v.heads.show(v.state, p, v.place.Facts())
	v.bar.show(v.state, p)
	v.left.SetSpec(p.left)
	v.middle.SetSpec(p.middle)
	v.right.SetSpec(p.right)
	v.arrange()
	if !v.panes.wide {
		v.fall.SetSpec(p.fall)
		v.showTable()
	}
	v.workLower()
	v.place.Bench.Changed()
}

// arrange shows the panes that have something to show, each where it belongs.
func (v *monitors) arrange() {
	p, o := v.picture, v.body.Objects
	want := []bool{!p.blind, !p.blind || !p.scale.Verdicts, !p.blind || v.lower() == lowerLines && len(p.watch.boards) > 1}
	wide, changed := slow(v.lower()), false
	for i, at := range []int{1, 2, 4} {
		changed = changed || o[at].Visible() != want[i]
		if o[at].Hide(); want[i] {
			o[at].Show()
		}
	}
	if changed || wide != v.panes.wide {
		v.panes.wide = wide
		v.body.Refresh()
	}
}

func (v *monitors) showTools() {
	s, p := v.state, v.picture
	names := v.place.Facts().monitorNames()
	v.monitor.Labels = spokenNames(names)
	v.monitor.Set(names, p.shown)
	truths := append(slices.Clone(p.watch.study.Truths()), figure.NoTruth)
	v.truth.Labels = spokenNames(truths)
	chosen := p.watch.truth
	if chosen == "" {
		chosen = figure.NoTruth
	}
	v.truth.Set(truths, chosen)
	fields := groupFields(v.place.Facts(), p.by)
	v.by.Labels = titles(fields)
	v.by.Set(fields, p.by)
	v.groupName.SetText(title(p.by))
	v.group.Labels = spokenNames(p.all)
	v.group.Set(p.all, p.focus)
	v.budget.Set(v.budget.Options, s.Option(figure.BudgetOption, "0.01"))
	v.showEnd()
}

// groupFields are the fields that samples can be grouped by: those with a few
// values, and the one in use.
func groupFields(f *Facts, by string) []string {
	const most = 100
	out := []string{data.Condition}
	for _, field := range f.Fields {
		plain := field.Name == data.Condition || field.Name == data.Seed || field.Name == data.Grader
		if n := len(field.Values); !plain && (n > 1 && n <= most || field.Name == by) {
			out = append(out, field.Name)
		}
	}
	if !slices.Contains(out, by) {
		out = append(out, by)
	}
	return out
}

// showEnd lists the steps at which the end can be read.
func (v *monitors) showEnd() {
	options, labels := []string{""}, []string{"last"}
	for _, step := range v.picture.frozenAt {
		options, labels = append(options, strconv.FormatFloat(step, 'f', -1, 64)), append(labels, plainNumber(step))
	}
	v.end.Labels = append(labels, "all")
	v.end.Set(append(options, figure.AllSteps), v.state.Option(figure.EndOption, ""))
}

func spokenNames(names []string) []string {
	out := make([]string, len(names))
	for i, n := range names {
		out[i] = valueLabel(figure.Spoken(n))
	}
	return out
}

// Chart implements Charting.
func (v *monitors) Chart() (charts.Spec, bool) { return v.left.Spec(), v.picture != nil }

// Table implements Copying. The row of the monitor shown is always selected,
// and does not mean that only it is wanted.
func (v *monitors) Table() string {
	v.table.SetSelected(nil)
	text := v.table.TSV()
	v.selectShown()
	return text
}

// Report implements Reporting.
func (v *monitors) Report() string {
	text := v.place.Passing().Count()
	if v.picture == nil {
		return text
	}
	n := 0
	for _, b := range v.picture.watch.boards {
		n = max(n, b.Len())
	}
	return text + ", " + charts.Count(float64(len(v.picture.watch.boards)), "monitor") + ", " + charts.Count(float64(n), "judged sample")
}

func (f *Facts) monitors() int { return len(f.monitorNames()) }
