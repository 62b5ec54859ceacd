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
// another one.
type picture struct {
	place Place
	box   *part.ChartBox
	slot  *task.Slot
	drawn shown
	has   bool
	// adjust changes a spec before it is drawn; nil for none.
	adjust func(charts.Spec) charts.Spec
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
	about := facts.figure(p.place.Version)
	s = figure.Complete(recipe, s, about)
	want := shown{recipe, facts.Revision, figure.Recipe(recipe, figure.Plain(s))}
	if want == p.drawn {
		return
	}
	p.drawn = want
	task.Do(context.Background(), p.slot, func(ctx context.Context) ([]frame.Frame, error) {
		x, err := study.Index(ctx)
		if err != nil {
			return nil, err
		}
		return figure.Frames(ctx, x, recipe, s)
	}, func(answers []frame.Frame, err error) {
		var spec charts.Spec
		if err == nil {
			spec, err = figure.Picture(recipe, s, about, answers)
		}
		p.has = err == nil
		switch {
		case err != nil:
			spec = saying(plainError(err))
		case p.adjust != nil:
			spec = p.adjust(spec)
		}
		p.box.SetSpec(spec)
	})
}

// saying is a chart that says why there is none.
func saying(text string) charts.Spec {
	return charts.Spec{Panels: []charts.Panel{{Empty: text, X: charts.Axis{Bare: true}, Y: charts.Axis{Bare: true}}}}
}

// Chart is the figure on screen as it is zoomed; false where there is none.
func (p *picture) Chart() (charts.Spec, bool) { return p.box.Spec(), p.has }
