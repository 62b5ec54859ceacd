package part

import (
	"slices"

	"fyne.io/fyne/v2"

	"witnessmark/charts"
)

// CrossAt draws the crosshair at a place of the horizontal axis in every
// panel, without a card: for a chart that follows another, and for keys.
func (b *ChartBox) CrossAt(x float64) {
	b.over.clear()
	b.lines(x)
	b.over.Refresh()
}

// Uncross takes the crosshair away.
func (b *ChartBox) Uncross() {
	b.over.clear()
	b.over.Refresh()
}

// lines draws the crosshair in every panel that holds a place.
func (b *ChartBox) lines(x float64) {
	for _, p := range b.drawing.Panels {
		if x >= p.X.Lo && x <= p.X.Hi {
			b.over.line(float32(p.X.Px(x)), float32(p.Plot.Min.Y), float32(p.Plot.Max.Y))
		}
	}
}

// cross draws the crosshair in every panel that has the same axis, with the
// card beside the pointer.
func (b *ChartBox) cross(panel int, x float64, at fyne.Position) {
	head, lines := b.Readout(panel, x)
	b.lines(x)
	out := []Reading{{Name: head}}
	if h, ok := b.hit(at); ok && h.Unit >= 0 && h.Text != "" {
		b.over.mark(h.Box)
		out = append(out, Reading{Name: h.Text}) // the line of one run under the pointer
	}
	b.over.card(at, append(out, lines...))
}

// zoomed returns a spec that shows a range of the horizontal axis only.
func zoomed(s charts.Spec, lo, hi float64) charts.Spec {
	s.Panels = slices.Clone(s.Panels)
	for i := range s.Panels {
		if x := &s.Panels[i].X; x.Kind == charts.Linear || x.Kind == charts.LogZero {
			x.Lo, x.Hi, x.Ticks, x.Last = lo, hi, nil, false
		}
	}
	return s
}
