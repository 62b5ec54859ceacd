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
	arm                               *part.Select
	sliders                           map[string]*part.Slider
	shares, predicted, right, tornado *part.ChartBox
	badge                             *part.Note
	scores, mechanisms                *part.Table
	verdict, effects                  *part.Paragraph
	alike, face                       *fyne.Container   // what the badge is in, and the whole
	usual                             fyne.CanvasObject // below the charts while no model is edited
	veil, message, refusal            *fyne.Container   // the last in place of the charts

	state   desk.State
	now     motive.Model
	outlook *outlook
}

func newPredictions(p Place) View {
	v := &predictions{place: p, slot: task.NewSlot(p.Tasks), later: task.NewSlot(p.Tasks), stop: func() {}, rest: func() {}, sliders: map[string]*part.Slider{}, verdict: part.Prose(""), effects: part.Prose("")}
	v.shares, v.predicted, v.right, v.tornado = v.box(), v.box(), v.box(), v.box()
	v.scores, v.mechanisms = part.NewTable(), part.NewTable()
	d := p.Desk
	v.model, v.parts, v.days = newModelBar(p, func() { v.openEditor("policy") }), newPartsBar(p), newDeployBar(p)
	v.editor = newModelEditor(p, func() { v.model.reset() })
	v.edit = part.NewButton("Edit policy table…", "", func() { v.openEditor("policy") })
	v.arm = part.NewSelect(nil, "", func(arm string) { d.Do(desk.SetOption("Condition", figure.ArmOption, arm)) })
	v.badge = part.NewNote("", "", part.Wrong, func() { v.openEditor("fit") })
	v.badge.Hide()
	v.alike = part.Flow(8, v.badge, v.parts.face)
	shares := part.Ground(theme.Panel, part.Border(part.Pad(8, theme.Pad, 0, theme.Pad, v.alike), nil, nil, nil, v.shares))
	top := container.NewGridWithColumns(3, shares, walled(v.predicted), walled(v.right))
	tables := container.NewHSplit(v.scorePane(), v.mechanismPane())
	v.usual = part.Border(nil, nil, part.Fixed(268, 0, v.priorPane()), nil, walled(tables))
	v.message, v.refusal = container.NewStack(), container.NewStack()
	v.refusal.Hide()
	v.editor.face.Hide()
	split := container.NewVSplit(container.NewStack(top, v.refusal), container.NewStack(v.usual, v.editor.face))
	split.Offset = 0.53
	v.veil = container.NewStack(part.NewBox(theme.Veil, theme.Clear, 0))
	v.message.Hide()
	v.veil.Hide()
	v.face = container.NewStack(container.NewScroll(split), v.veil, v.message) // small windows scroll
	return v
}

func (v *predictions) box() *part.ChartBox {
	b := part.NewChartBox(v.place.Tasks)
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
	foot := part.Pad(4, 10, 8, 10, part.Prose("Fitted until you move a weight. "+upper(motive.Label)))
	rows.Add(v.days.face)
	return part.Border(head, nil, nil, nil, part.Scroll(part.Stack(0, part.Pad(8, 10, 4, 10, rows), part.Fixed(0, 196, v.tornado), foot)))
}

func (v *predictions) scorePane() fyne.CanvasObject {
	late := part.NewNote("Retrospective: made after the data", "These runs were in the study before the model was computed", part.Caution, nil)
	foot := part.Pad(6, 10, 8, 10, part.Stack(6, v.verdict, part.Row(0, late)))
	table := part.Border(nil, part.Fixed(0, 92, foot), nil, nil, v.scores)
	return part.Border(part.Head(part.Strong("Scores"), part.Small("held-out runs, higher log is better").Short()), nil, nil, nil, table)
}

func (v *predictions) mechanismPane() fyne.CanvasObject {
	head := part.Head(part.Strong("Mechanisms of inoculation"), part.Small("predicted sign and observed, points").Short())
	return walled(part.Border(head, part.Fixed(0, 62, part.Pad(6, 10, 8, 10, v.effects)), nil, nil, v.mechanisms))
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
	return []fyne.CanvasObject{part.Row(4, part.Labeled("Model", v.model.pick), v.model.more), part.Labeled("Condition", v.arm), v.edit}
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

// Show implements View.
func (v *predictions) Show(s desk.State, _ frame.Frame) {
	facts, study := v.place.Facts(), v.place.Study()
	s = facts.full(s)
	s.By = nil
	v.state = s
	about, kept, key := facts.figure(v.place.Version, desk.State{}), v.outlook, outlookKey(facts, s)
	if m, err := figure.Model(s); err == nil {
		v.showModel(s, m)
	}
	v.stop()
	v.stop = v.place.Tasks.After(busyAfter, v.veil.Show)
	task.Do(context.Background(), v.slot, func(ctx context.Context) (*outlook, error) {
		return look(ctx, study, s, about, kept, key)
	}, v.done)
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
		do := func() { v.place.Desk.Do(desk.Open("import", "Import")) }
		v.message.Objects = []fyne.CanvasObject{part.Ground(theme.Panel, part.Message(plainError(err), part.Info, part.NewPrimary("Import results", theme.Import, do)))}
		v.message.Show()
		v.message.Refresh()
		return
	}
	v.message.Hide()
	v.outlook = o
	v.arm.Labels = spokenNames(o.arms())
	v.arm.Set(o.arms(), o.arm)
	v.badge.Text = o.computed.Identified.Badge()
	v.badge.Hidden, v.badge.Tip = v.badge.Text == "", v.badge.Text+". Press to see which, and what would tell them apart"
	v.badge.Refresh()
	v.alike.Refresh()
	v.model.show(v.now, o.saved)
	v.editor.outlook = o
	v.editor.Show(v.state, v.now)
	v.shares.SetSpec(o.specs[0])
	v.predicted.SetSpec(o.specs[1])
	v.right.SetSpec(o.specs[2])
	v.showTornado(o)
	v.showTables()
	v.place.Bench.Changed()
}

// Chart implements Charting.
func (v *predictions) Chart() (charts.Spec, bool) { return v.shares.Spec(), v.outlook != nil }

// Table implements Copying.
func (v *predictions) Table() string { return v.scores.TSV() }

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
	panel     predict.Panel
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
		o.seen, o.forecasts, o.why, o.panel = kept.seen, kept.forecasts, kept.why, kept.panel
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
	o.panel, err = predict.Mechanisms(ctx, x, predict.MechanismQuestion{Where: s.Where, Steps: s.Steps, Level: s.Level})
	return err
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
	var reliability frame.Frame
	if n := len(o.forecasts); n > 0 {
		reliability = o.forecasts[n/2].CalibrationFrame(5, 0.5)
	}
	for _, x := range []struct {
		recipe string
		frames []frame.Frame
	}{
		{"shares", first}, {"predicted", []frame.Frame{o.computed.RatesFrame()}},
		{"calibration", []frame.Frame{reliability}},
	} {
		spec, err := figure.Picture(x.recipe, s, about, x.frames)
		if err != nil {
			return err
		}
		o.specs = append(o.specs, spec)
	}
	return nil
}
