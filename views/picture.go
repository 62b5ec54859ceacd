package views

import (
	"context"

	"fyne.io/fyne/v2"

	"witnessmark/charts"
	"witnessmark/data/frame"
	"witnessmark/views/desk"
	"witnessmark/views/figure"
	"witnessmark/views/part"
	"witnessmark/views/task"
)

// A picture is a figure of the state on screen: what it shows is asked off
// the UI thread, and only when the state, the study or the kind of figure is
// another one. What only changes the drawing, such as smoothing, asks nothing
// again.
type picture struct {
	place   Place
	box     *part.ChartBox
	slot    *task.Slot
	drawn   shown
	asked   shown         // what the answers answer
	answers []frame.Frame // as the study gave them; nil for none
	has     bool
	// adjust changes a spec before it is drawn; nil for none.
	adjust func(charts.Spec) charts.Spec
	// digest reads the answers off the UI thread, and answered is called with
	// what it made of those behind a new figure; nil for nobody.
	digest   func(recipe string, s desk.State, answers []frame.Frame) any
	answered func(any)
}

// sketch is a figure in the making.
type sketch struct {
	spec    charts.Spec
	answers []frame.Frame
	digest  any
}

// shown is what a picture was made of.
type shown struct {
	recipe   string
	revision int64
	state    string // without what changes no picture
}

func newPicture(p Place) *picture {
	pic := &picture{place: p, box: part.NewChartBox(p.Tasks), slot: task.NewSlot(p.Tasks)}
	pic.box.OnMenu = func(at fyne.Position) { p.Bench.Menu(at, chartItems(p, pic.box)...) }
	return pic
}

// show draws the figure of a recipe for a state. An older figure stays until
// then.
func (p *picture) show(recipe string, s desk.State) {
	study, facts := p.place.Study(), p.place.Facts()
	if study == nil {
		return
	}
	about := facts.figure(p.place.Version, s)
	s = figure.Complete(recipe, s, about)
	want := shown{recipe, facts.Revision, figure.Recipe(recipe, figure.Plain(s))}
	if want == p.drawn {
		return
	}
	p.drawn = want
	digest := p.digest
	ask := shown{recipe, facts.Revision, figure.Recipe(recipe, figure.Asked(figure.Plain(s)))}
	var known []frame.Frame
	if ask == p.asked {
		known = p.answers
	}
	task.Do(context.Background(), p.slot, func(ctx context.Context) (sketch, error) {
		made, err := sketched(ctx, study, recipe, s, about, known)
		if digest != nil && err == nil {
			made.digest = digest(recipe, s, made.answers)
		}
		return made, err
	}, func(made sketch, err error) {
		p.has, p.asked, p.answers = err == nil, ask, made.answers
		switch {
		case err != nil:
			made.spec = saying(plainError(err))
		case p.adjust != nil:
			made.spec = p.adjust(made.spec)
		}
		p.box.SetSpec(made.spec)
		if p.answered != nil && err == nil {
			p.answered(made.digest)
		}
	})
}

// sketched makes a figure of known answers, or asks for them. It runs off the
// UI thread.
func sketched(ctx context.Context, study Study, recipe string, s desk.State, about figure.Facts, known []frame.Frame) (out sketch, err error) {
	out.answers = known
	if known == nil {
		x, err := study.Index(ctx)
		if err != nil {
			return out, err
		}
		if out.answers, err = figure.Frames(ctx, x, recipe, s); err != nil {
			return out, err
		}
	}
	out.spec, err = figure.Picture(recipe, s, about, out.answers)
	return out, err
}

// saying is a chart that says why there is none.
func saying(text string) charts.Spec {
	return charts.Spec{Panels: []charts.Panel{{Empty: text, X: charts.Axis{Bare: true}, Y: charts.Axis{Bare: true}}}}
}

// Chart is the figure on screen as it is zoomed; false where there is none.
func (p *picture) Chart() (charts.Spec, bool) { return p.box.Spec(), p.has }
