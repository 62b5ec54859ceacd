package charts

import "witnessmark/charts/internal/pen"

// drawTag writes bold texts right above places on Y, centered on X or on
// the column of a Rows axis.
func drawTag(p *plot, l Layer) {
	f := strong
	if l.Muted {
		f = plain
	}
	for i, t := range l.Text {
		x, y := p.px(l, i), p.y.clamp(l.Y.at(i))
		if finite(x, y) && t != "" {
			p.write(t, x, y-6, f, pen.Middle, l.ink())
		}
	}
}
