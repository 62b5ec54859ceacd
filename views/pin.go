package views

import (
	"path/filepath"

	"witnessmark/charts"
)

// Pin implements Bench.
func (w *Window) Pin(spec charts.Spec) { w.boards.pin(spec) }

// Offer implements Bench.
func (w *Window) Offer(text string) { w.status.propose(text) }

// WriteChart implements Bench.
func (w *Window) WriteChart(name string, spec charts.Spec, style charts.Style) {
	end := filepath.Ext(name)
	w.choose(Choice{Title: "Save chart", Save: true, Name: name, Ends: []string{end}}, func(p []string) { w.write(withEnd(p[0], end), spec, style) })
}

// ChooseFolder implements Bench.
func (w *Window) ChooseFolder(title string, picked func(dir string)) {
	w.choose(Choice{Title: title, Folder: true}, func(p []string) { picked(p[0]) })
}

// canPin reports whether a chart is on screen that is not pinned already.
func (w *Window) canPin() bool { return w.hasChart() && w.host.kind.ID != "figures" }

func (w *Window) pinChart() {
	if spec, ok := w.chart(); ok {
		w.Pin(spec)
	}
}

// countFigures shows in the sidebar how many figures there are. The facts
// that were read are not written to.
func (w *Window) countFigures(n int) {
	if w.facts.figures == n || w.study == nil {
		return
	}
	f := *w.facts
	f.figures = n
	w.facts = &f
	w.side.show(w.desk.State())
}
