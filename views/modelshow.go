package views

import (
	"context"
	"encoding/json"
	"slices"
	"strconv"
	"time"

	"fyne.io/fyne/v2"

	"witnessmark/charts"
	"witnessmark/data/frame"
	"witnessmark/data/motive"
	"witnessmark/views/desk"
	"witnessmark/views/figure"
	"witnessmark/views/part"
	"witnessmark/views/task"
	"witnessmark/views/theme"
)

// A refusedModel is a model that cannot be computed, and why.
type refusedModel struct{ error }

func (r *refusedModel) Unwrap() error { return r.error }

// refuse says in place of the charts why the model cannot be computed; the
// editor below stays, so that it can be mended.
func (v *predictions) refuse(r *refusedModel) {
	say, do := "Undo", func() { v.place.Desk.Undo() }
	if v.place.Desk.Undoable() == "" {
		say, do = "Reset the model", func() { v.place.Desk.Do(desk.SetOption("Reset model", figure.ModelOption, motive.Presets[0].ID)) }
	}
	v.refusal.Objects = []fyne.CanvasObject{part.Ground(theme.Panel, part.Message(plainError(r), part.Wrong, part.NewButton(say, "", do)))}
	v.refusal.Show()
	v.refusal.Refresh()
}

// openEditor opens a page of the model's editor, or closes it where that page
// is open.
func (v *predictions) openEditor(page string) {
	if v.state.Option(editorOption, "") == page {
		page = ""
	}
	v.editor.turn(page)
}

// showModel brings controls in line with a model before it is computed.
func (v *predictions) showModel(s desk.State, m motive.Model) {
	v.now = m
	v.model.show(m, v.model.saved)
	for _, name := range motive.Weights {
		v.sliders[name].Set(*m.Prior.Weight(name))
		v.sliders[name].Tip = weightTip(m, name)
	}
	v.parts.show(s, m)
	v.days.show(m)
	open := v.editor.IsOpen(s)
	v.edit.SetOn(open)
	if open == v.usual.Visible() {
		setVisible(v.usual, !open)
		setVisible(v.editor.face, open)
	}
	v.editor.Show(s, m)
}

func setVisible(o fyne.CanvasObject, on bool) {
	if on {
		o.Show()
	} else {
		o.Hide()
	}
}

// tornadoRest is how long a model must rest until its tornado is computed, so
// that a slider which moves has the machine to itself.
const tornadoRest = 150 * time.Millisecond

// showTornado draws how far each prior moves the share that is most in doubt,
// once shares and rates are on screen: it computes, and perhaps fits, the
// model twice a prior.
func (v *predictions) showTornado(o *outlook) {
	s, about := v.state, v.place.Facts().figure(v.place.Version, v.state)
	v.rest()
	v.later.Cancel()
	v.rest = v.place.Tasks.After(tornadoRest, func() { v.drawTornado(o, s, about) })
}

func (v *predictions) drawTornado(o *outlook, s desk.State, about figure.Facts) {
	task.Do(context.Background(), v.later, func(ctx context.Context) (charts.Spec, error) {
		c := *o.computed
		c.Options.Stop = ctx.Err // many fits, of which none is wanted once the model has changed
		f := c.TornadoFrame(o.arm, s.Option(figure.PatternOption, o.computed.Doubtful()))
		return figure.Picture("tornado", s, about, []frame.Frame{f})
	}, func(spec charts.Spec, err error) {
		if err == nil {
			spec.Source = "" // the foot of the pane says it
			v.tornado.SetSpec(spec)
		}
	})
}

// weightTip says why a weight moves nothing, "" where it does.
func weightTip(m motive.Model, weight string) string {
	var first float64
	for i, p := range m.Patterns {
		of := map[string]float64{
			"simplicity": p.Features.Simplicity, "speed": p.Features.Speed, "salience": p.Features.Salience,
			"counting": max(p.Multiplicity, count1(p)), "pretraining": p.Features.Pretraining, "path": p.Features.Path,
		}[weight]
		if i == 0 {
			first = of
		} else if of != first {
			return ""
		}
	}
	return "Moves nothing: all patterns are alike in it. Give them numbers in the table of patterns"
}

// partsBar chooses whether shares or rates are stacked, and in which context.
type partsBar struct {
	kind    *part.Segments
	context *part.Select
	face    *fyne.Container
}

func newPartsBar(p Place) *partsBar {
	b := &partsBar{}
	b.kind = part.NewSegments([]string{"Shares", "Rates"}, func(i int) {
		p.Desk.Do(desk.SetOption("Shares or rates", figure.PartsOption, []string{"shares", "rates"}[i]))
	})
	b.context = part.NewSelect(nil, "", func(c string) { p.Desk.Do(desk.SetOption("Context", figure.ContextOption, c)) })
	b.face = part.Row(8, b.kind, b.context)
	return b
}

func (b *partsBar) show(s desk.State, m motive.Model) {
	on := s.Option(figure.ContextOption, "")
	names, labels := []string{""}, []string{"in training"}
	for _, c := range m.Contexts {
		names, labels = append(names, c.Name), append(labels, "in "+c.Name)
	}
	if !slices.Contains(names, on) {
		on = ""
	}
	b.kind.Pick(0)
	if s.Option(figure.PartsOption, "") == "rates" {
		b.kind.Pick(1)
	}
	b.context.Labels = labels
	b.context.Set(names, on)
}

// deployBar sets the time in deployment that is predicted, where the model
// goes on to it.
type deployBar struct {
	place  Place
	now    motive.Model
	slider *part.Slider
	face   *fyne.Container
}

// mostDays is the end of the slider; longer times are typed in the editor.
const mostDays = 500

func newDeployBar(p Place) *deployBar {
	b := &deployBar{place: p}
	b.slider = part.NewSlider(1, mostDays, 1, 1, func(v float64) string { return "t " + strconv.Itoa(int(v)) }, b.set)
	b.face = part.Row(6, part.Fixed(84, 0, part.Quiet("Deployment")), b.slider)
	b.face.Hide()
	return b
}

func (b *deployBar) show(m motive.Model) {
	b.now = m
	b.slider.Set(min(mostDays, float64(max(1, m.Params.DeploySteps))))
	setVisible(b.face, m.Params.DeploySteps > 0)
}

func (b *deployBar) set(t float64) {
	m := b.now.Clone()
	m.Params.DeploySteps = int(t)
	if text, err := json.Marshal(m); err == nil {
		b.place.Desk.Do(desk.SetOption("Deployment time", figure.ModelOption, string(text)))
	}
}
