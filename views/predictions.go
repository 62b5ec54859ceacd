package views

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"witnessmark/charts"
	"witnessmark/data"
	"witnessmark/data/frame"
	"witnessmark/data/motive"
	"witnessmark/data/predict"
	"witnessmark/data/query"
	"witnessmark/views/desk"
	"witnessmark/views/figure"
	"witnessmark/views/part"
	"witnessmark/views/task"
	"witnessmark/views/theme"
)

// predictions lays a motivation model beside the runs: the shares of its
// patterns, what it predicts, how well runs are forecast, and what the study
// says of the mechanisms of inoculation. The study is observed once; a prior
// that moves computes only the model anew, off the UI thread.
type predictions struct {
	place Place
	slot  *task.Slot
	later *task.Slot // of the tornado, which takes many models
	stop  func()     // of the veil
	rest  func()     // of the tornado

	model                             *modelBar
	editor                            *modelEditor
	edit                              *part.Button
	parts                             *partsBar
	days                              *deployBar
	shown                             *part.Segments // forecasts or the registry
	arm                               *part.Select
	armTool                           *fyne.Container
	sliders                           map[string]*part.Slider
	shares, predicted, right, tornado *part.ChartBox
	third                             *part.Segments // what the third chart shows
	badge                             *part.Note
	scores                            *scorePane
	mechanisms                        *mechanismPane
	registry                          *registryPane
	alike, face                       *fyne.Container   // what the badge is in, and the whole
	usual                             fyne.CanvasObject // below the charts while no model is edited
	forecasts                         fyne.CanvasObject // all but the registry
	veil, message, refusal            *fyne.Container   // the last two in place of the charts
	origin                            *part.Text        // whose equations and whose data these are

	state   desk.State
	now     motive.Model
	outlook *outlook
}

func newPredictions(p Place) View {
	v := &predictions{place: p, slot: task.NewSlot(p.Tasks), later: task.NewSlot(p.Tasks), stop: func() {}, rest: func() {}, sliders: map[string]*part.Slider{}}
	v.shares, v.predicted, v.right, v.tornado = v.box(), v.box(), v.box(), v.box()
	v.registry, v.mechanisms = newRegistryPane(p), newMechanismPane(p)
	v.scores = newScorePane(p, v.scoreButtons()...)
	d := p.Desk
	v.shown = part.NewSegments([]string{"Forecasts", "Registry"}, func(i int) { d.Do(desk.SetOption(shownNames[i], showOption, shownIDs[i])) })
	v.third = part.NewSegments([]string{"Calibration", "Over steps"}, func(i int) { d.Do(desk.SetFlag("Third chart", overStepsOption, i == 1)) })
	v.model, v.parts, v.days = newModelBar(p, func() { v.openEditor("policy") }), newPartsBar(p), newDeployBar(p)
	v.editor = newModelEditor(p, func() { v.model.reset() })
	v.edit = part.NewButton("Edit policy table…", "", func() { v.openEditor("policy") })
	v.arm = part.NewSelect(nil, "", func(arm string) { d.Do(desk.SetOption("Condition", figure.ArmOption, arm)) })
	v.armTool = part.Row(0)
	v.badge = part.NewNote("", "", part.Wrong, func() { v.openEditor("fit") })
	v.badge.Hide()
	v.alike = part.Flow(8, v.badge, v.parts.face)
	top := container.NewGridWithColumns(3, controlled(v.alike, v.shares),
		walled(controlled(part.Row(0, part.Small("Observed against predicted").Short(), part.Spacer()), v.predicted)),
		walled(controlled(part.Row(0, v.third, part.Spacer()), v.right)))
	tables := container.NewHSplit(v.scores.face, walled(v.mechanisms.face))
	tables.Offset = 0.48
	v.usual = part.Border(nil, nil, part.Fixed(268, 0, v.priorPane()), nil, walled(tables))
	v.message, v.refusal = container.NewStack(), container.NewStack()
	v.refusal.Hide()
	v.editor.face.Hide()
	split := container.NewVSplit(container.NewStack(top, v.message, v.refusal), container.NewStack(v.usual, v.editor.face))
	split.Offset = 0.465
	v.veil = container.NewStack(part.NewBox(theme.Veil, theme.Clear, 0))
	v.message.Hide()
	v.veil.Hide()
	v.origin = part.Small(upper(motive.Label)).Short()
	foot := part.Border(part.Rule(), nil, nil, nil, part.Ground(theme.Head, part.Fixed(0, 22, part.Pad(0, theme.Pad, 0, theme.Pad, v.origin))))
	v.forecasts = part.Border(nil, foot, nil, nil, container.NewStack(container.NewScroll(split), v.veil)) // small windows scroll
	v.registry.face.Hide()
	v.face = container.NewStack(v.forecasts, v.registry.face)
	return v
}

// controlled puts a line of controls over a chart, on the ground of the chart and
// in line with its title. Lines side by side are equally high.
func controlled(controls fyne.CanvasObject, chart *part.ChartBox) fyne.CanvasObject {
	const margin, line = 14, 28
	return part.Ground(theme.Panel, part.Border(part.Pad(6, theme.Pad, 0, margin, container.NewStack(part.Fixed(0, line, part.Say("")), controls)), nil, nil, nil, chart))
}

// The options of what the view shows: the registry in place of forecasts, and
// the curve over steps in place of the calibration.
const (
	showOption      = "predictions.show"
	showRegistry    = "registry"
	overStepsOption = "predictions.over-steps"
)

var (
	shownIDs   = []string{"", showRegistry}
	shownNames = []string{"Forecasts", "Registry"}
)

// scoreButtons say how the model's predictions stand, and offer to lock them.
func (v *predictions) scoreButtons() []fyne.CanvasObject {
	late := part.NewNote("Retrospective: made after the data", "These runs were in the study before the model was computed", part.Caution, nil)
	lock := part.NewButton("Lock…", theme.Lock, v.registry.addModels).WithTip("Keep what the model predicts at the next checkpoints or of further conditions, before their results come")
	lock.Height = theme.Small
	return []fyne.CanvasObject{late, lock}
}

func (v *predictions) box() *part.ChartBox {
	b := part.NewChartBox(v.place.Tasks)
	b.Unsigned = true // the foot of the view says it once
	b.OnMenu = func(at fyne.Position) { v.place.Bench.Menu(at, chartItems(v.place, b)...) }
	return b
}

func (v *predictions) priorPane() fyne.CanvasObject {
	rows := part.Stack(0)
	for _, name := range motive.Weights {
		s := part.NewSlider(0, 2, 0.05, 0, func(x float64) string { return strconv.FormatFloat(x, 'f', 2, 64) }, func(x float64) { v.weigh(name, x) })
		v.sliders[name] = s
		rows.Add(part.Row(6, part.Fixed(84, 0, part.Quiet(upper(name))), s))
	}
	head := part.Head(part.Strong("Priors"), part.NewLink("Reset", func() { v.model.reset() }))
	foot := part.Pad(4, 10, 8, 10, part.Prose("Fitted until you move a weight"))
	rows.Add(v.days.face)
	return part.Border(head, nil, nil, nil, part.Scroll(part.Stack(0, part.Pad(8, 10, 4, 10, rows), part.Fixed(0, 206, v.tornado), foot)))
}

// weigh sets a weight of the prior in the model that is shown.
func (v *predictions) weigh(name string, x float64) {
	m := v.now
	*m.Prior.Weight(name) = x
	text, err := json.Marshal(m)
	if err != nil {
		v.place.Bench.Fail("The prior could not be changed", err)
		return
	}
	// What a person sets is shown as set, not fitted.
	v.place.Desk.Do(desk.Both("Prior", desk.SetOption("Prior", figure.ModelOption, string(text)), desk.SetFlag("Prior", figure.FitOption, false)))
}

// Content implements View.
func (v *predictions) Content() fyne.CanvasObject { return v.face }

// Tools implements Tooled.
func (v *predictions) Tools() []fyne.CanvasObject {
	return []fyne.CanvasObject{part.Row(4, part.Labeled("Model", v.model.pick), v.model.more), v.armTool, v.edit, v.shown}
}

// Ask implements View. The question only tells whether any run passes: what
// is predicted is observed in a task of the view's own.
func (v *predictions) Ask(s desk.State) query.Query {
	q := query.Query{Where: s.Where, By: []string{data.Condition}, Steps: query.Last(1)}
	if m := v.place.Facts().MeasureOr(s.Measure); m != "" {
		q.Measures = []string{m}
	}
	return q
}

// Empty implements Emptiable: predictions can be stated before there are any
// results.
func (v *predictions) Empty(desk.State) Advice { return Advice{} }

// Show implements View.
func (v *predictions) Show(s desk.State, _ frame.Frame) {
	facts, study := v.place.Facts(), v.place.Study()
	asked := s
	s = facts.full(s)
	s.By = nil
	v.state = s
	registry := s.Option(showOption, "") == showRegistry
	v.turn(registry)
	about, kept, key := facts.figure(v.place.Version, desk.State{}), v.outlook, outlookKey(facts, s)
	if m, err := figure.Model(s); err == nil {
		v.showModel(s, m)
	}
	v.third.Pick(b2i(s.Flag(overStepsOption, false)))
	if registry {
		v.registry.show(s)
		return
	}
	v.registry.state = s
	v.mechanisms.show(asked)
	v.stop()
	v.stop = v.place.Tasks.After(busyAfter, v.veil.Show)
	task.Do(context.Background(), v.slot, func(ctx context.Context) (*outlook, error) {
		return look(ctx, study, s, about, kept, key)
	}, v.done)
}

// offerArms shows or hides the choice of a condition, which is of forecasts
// alone.
func (v *predictions) offerArms(on bool) {
	if v.armTool.Objects = nil; on {
		v.armTool.Objects = []fyne.CanvasObject{part.Labeled("Condition", v.arm)}
	}
	v.armTool.Refresh()
}

// turn shows the registry, or the forecasts.
func (v *predictions) turn(registry bool) {
	v.shown.Pick(b2i(registry))
	if registry {
		v.registry.face.Show()
		v.forecasts.Hide()
		v.edit.Disable() // the editor stands below the forecasts
		v.offerArms(false)
	} else {
		v.registry.face.Hide()
		v.forecasts.Show()
		v.edit.Enable()
		v.offerArms(v.outlook != nil)
	}
	v.face.Refresh()
}

func (v *predictions) done(o *outlook, err error) {
	v.stop()
	v.veil.Hide()
	var refused *refusedModel
	v.refusal.Hide()
	switch {
	case errors.Is(err, context.Canceled):
		return
	case errors.As(err, &refused):
		v.refuse(refused)
		return
	case err != nil:
		v.fail(err)
		return
	}
	v.message.Hide()
	v.outlook = o
	v.offerArms(v.shown.Picked == 0)
	v.arm.Labels = spokenNames(o.arms())
	v.arm.Set(o.arms(), o.arm)
	v.badge.Text = o.computed.Identified.Badge()
	v.badge.Short = o.computed.Identified.ShortBadge()
	v.badge.Hidden, v.badge.Tip = v.badge.Text == "", v.badge.Text+". Press to see which, and what would tell them apart"
	v.badge.Refresh()
	v.alike.Refresh()
	v.model.show(v.now, o.saved)
	v.editor.outlook = o
	v.editor.Show(v.state, v.now)
	v.origin.SetText(o.specs[0].Source)
	v.shares.SetSpec(o.specs[0])
	v.predicted.SetSpec(o.specs[1])
	v.right.SetSpec(o.specs[2])
	v.showTornado(o)
	v.scores.show(v.state, o.forecasts, o.why, true, v.place.Facts().Role)
	v.place.Bench.Changed()
}

// fail says over the charts why there is nothing to predict, and what can be
// done. The contrasts of mechanisms may be there all the same.
func (v *predictions) fail(err error) {
	v.outlook = nil
	text, action := plainError(err), part.NewPrimary("Import results", theme.Import, func() { v.place.Desk.Do(desk.Open("import", "Import")) })
	if !v.state.Where.IsZero() {
		action = part.NewPrimary("Clear the filter", "", func() { v.place.Desk.Do(desk.SetFilter(query.Filter{})) })
		if len(v.place.Passing().Runs) == 0 {
			text = "No run passes this filter"
		}
	}
	v.message.Objects = []fyne.CanvasObject{part.Ground(theme.Panel, part.Message(text, part.Info, action))}
	v.message.Show()
	v.message.Refresh()
	v.tornado.SetSpec(saying("Nothing is predicted"))
	v.arm.Set(nil, "")
	v.offerArms(false)
	v.scores.show(v.state, nil, text, false, v.place.Facts().Role)
	v.place.Bench.Changed()
}

// Chart implements Charting.
func (v *predictions) Chart() (charts.Spec, bool) {
	if v.shown.Picked == 1 {
		return v.registry.predicted.Spec(), len(v.registry.rows) > 0
	}
	return v.shares.Spec(), v.outlook != nil
}

// Table implements Copying.
func (v *predictions) Table() string {
	if v.shown.Picked == 1 {
		return v.registry.list.TSV()
	}
	return v.scores.table.AllTSV()
}

// Report implements Reporting.
func (v *predictions) Report() string {
	return charts.Count(float64(len(v.now.Patterns)), "pattern") + ", " + v.place.Passing().Count()
}

func outlookKey(f *Facts, s desk.State) string {
	where, err := json.Marshal(s.Where)
	if err != nil {
		where = fmt.Append(nil, s.Where)
	}
	return fmt.Sprint(f.Path, f.Revision, string(where), s.Measure, s.Steps, s.Level, s.Option(figure.HoldOutOption, ""))
}

// outlook is all that the view shows of one state; what does not depend on
// the model is taken over while only the model changes.
type outlook struct {
	key       string
	seen      *predict.Observed
	forecasts []predict.Forecast
	why       string // nothing is forecast, because …
	computed  *predict.Computed
	arm       string
	specs     []charts.Spec // shares, predicted, calibration
	saved     []motive.Model
	splits    *charts.Spec // nil where nothing is to be told apart, or nobody looks
	splitsWhy string
}

func (o *outlook) arms() []string {
	var out []string
	for _, a := range o.seen.Arms {
		out = append(out, a.Name)
	}
	return out
}

// look observes the study, unless it was observed for the same key, and lays
// the state's model beside it.
func look(ctx context.Context, study Study, s desk.State, about figure.Facts, kept *outlook, key string) (*outlook, error) {
	q, options, err := figure.Prediction(s)
	if err != nil {
		return nil, err
	}
	m, err := figure.Model(s)
	if err != nil {
		return nil, &refusedModel{err}
	}
	o := &outlook{key: key}
	if o.saved, err = study.MotiveModels(ctx); err != nil {
		return nil, err
	}
	if kept != nil && kept.key == key {
		o.seen, o.forecasts, o.why = kept.seen, kept.forecasts, kept.why
	} else if err := o.observe(ctx, study, s, q, options); err != nil {
		return nil, err
	}
	options.Stop = ctx.Err
	o.computed, err = predict.Compute(m, o.seen, options)
	switch {
	case ctx.Err() != nil:
		return nil, ctx.Err()
	case err != nil:
		return nil, &refusedModel{err}
	}
	if err := o.draw(s, about); err != nil {
		return nil, err
	}
	err = o.drawSplits(s, about)
	o.computed.Options.Stop = nil // the context ends with this
	return o, err
}

func (o *outlook) observe(ctx context.Context, study Study, s desk.State, q predict.Question, p predict.Options) error {
	x, err := study.Index(ctx)
	if err != nil {
		return err
	}
	if o.seen, err = predict.Observe(ctx, x, q); err != nil {
		return err
	}
	level := query.Query{Level: s.Level}.LevelOr()
	if o.forecasts, err = predict.Forecasts(o.seen, p.HoldOut, o.seen.UsualOrigins(), level); err != nil {
		o.why = plainError(err)
	}
	return nil
}

func (o *outlook) draw(s desk.State, about figure.Facts) error {
	arms := o.arms()
	if o.arm = s.Option(figure.ArmOption, ""); !slices.Contains(arms, o.arm) {
		o.arm = arms[0]
		for _, a := range o.seen.Arms {
			if a.Family == "inoculation_specific" {
				o.arm = a.Name
			}
		}
	}
	shares, observed := o.computed.SharesFrame(figure.PartsOf(s, o.arm))
	first := []frame.Frame{shares}
	if observed != nil {
		first = append(first, *observed)
	}
	third, last := "calibration", frame.Frame{}
	switch {
	case s.Flag(overStepsOption, false):
		third, last = "forecast", o.computed.CurveFrame()
	case len(o.forecasts) > 0:
		last = o.forecasts[fromIndex(o.forecasts, s)].CalibrationFrame(calibrationBins, 0.5)
	}
	for _, x := range []struct {
		recipe string
		frames []frame.Frame
	}{
		{"shares", first}, {"predicted", []frame.Frame{o.computed.RatesFrame()}},
		{third, []frame.Frame{last}},
	} {
		spec, err := figure.Picture(x.recipe, s, about, x.frames)
		if err != nil {
			return err
		}
		o.specs = append(o.specs, spec)
	}
	return nil
}
