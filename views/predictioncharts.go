package views

import (
	"witnessmark/charts"
	"witnessmark/data"
	"witnessmark/data/frame"
	"witnessmark/views/desk"
	"witnessmark/views/figure"
)

// drawCharts draws what one forecaster said: against what was observed, over
// steps, and in bins. They are small, so they are made at once.
func (v *registryPane) drawCharts() {
	if len(v.rows) == 0 {
		why := saying("No prediction has an outcome yet")
		v.predicted.SetSpec(why)
		v.curve.SetSpec(why)
		v.reliability.SetSpec(why)
		return
	}
	at := v.shown()
	book, g := v.books.Books[at.book], v.register(at)
	f := g.Forecasters[at.at]
	s := v.state
	s.Measure = book.Behavior
	said := g.Frame(f, figure.By(s), func(arm string) string { return book.Observed.Arm(arm).Family })
	v.set(v.predicted.SetSpec, "predicted", f.Name, s, byRun(said, figure.By(s)))
	v.set(v.curve.SetSpec, "forecast", f.Name, s, said)
	v.set(v.reliability.SetSpec, "calibration", f.Name, s, g.ReliabilityFrame(f, calibrationBins))
}

// byRun names runs apart where predictions are about runs: they are not joined
// by lines.
func byRun(f frame.Frame, by string) frame.Frame {
	runs, arms := f.Col(data.Run), f.Col(by)
	if runs == nil || arms == nil {
		return f
	}
	out := f
	out.Columns = append([]frame.Column(nil), f.Columns...)
	for i := range out.Columns {
		if out.Columns[i].Name != by {
			continue
		}
		names := append([]string(nil), arms.Text...)
		for row, run := range runs.Text {
			if run != "" {
				names[row] = run
			}
		}
		out.Columns[i].Text = names
	}
	return out
}

func (v *registryPane) set(show func(charts.Spec), recipe, who string, s desk.State, f frame.Frame) {
	spec := figure.OfRegistry(recipe, who, s, v.place.Facts().figure(v.place.Version, desk.State{}), f)
	spec.Source = "" // the words below say it
	show(spec)
}
