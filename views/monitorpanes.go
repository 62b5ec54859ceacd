package views

import (
	"fyne.io/fyne/v2"

	"witnessmark/views/part"
	"witnessmark/views/theme"
)

// monitorPanes places three charts above a table and a fourth chart. Where
// there is no room for three side by side, they go below each other, two a
// line, with the table between, and the whole is scrolled. Charts that are
// hidden, since nothing says what is true, leave their room to the others.
type monitorPanes struct {
	rows  int     // of the table
	wide  bool    // the chart beside the table needs room
	width float32 // at the last layout: the least height depends on it
}

// The sizes of panes.
const (
	paneNarrow = 1000 // width under which there are two charts a line
	paneChart  = 360  // height of a line of charts then
	paneLeast  = 240  // height of the lower line of a wide window
	paneSide   = 0.31 // share of the width that the chart beside the table takes
	paneWide   = 0.44 // and a chart that needs room
)

// MinSize implements fyne.Layout.
func (l *monitorPanes) MinSize([]fyne.CanvasObject) fyne.Size {
	if l.width == 0 || l.width >= paneNarrow {
		return fyne.NewSize(320, 420)
	}
	return fyne.NewSize(320, 2*paneChart+l.table())
}

// table is the height at which all rows are seen.
func (l *monitorPanes) table() float32 {
	return 2*theme.PaneHead + theme.TableHead + float32(max(2, l.rows))*theme.Row + 2
}

// Layout implements fyne.Layout. The objects are the true rate over recall,
// what goes uncaught, the ROC curves, the table and the decomposition.
func (l *monitorPanes) Layout(o []fyne.CanvasObject, s fyne.Size) {
	l.width = s.Width
	place := func(i int, x, y, w, h float32) {
		o[i].Move(fyne.NewPos(x, y))
		o[i].Resize(fyne.NewSize(w, h))
	}
	if !o[1].Visible() {
		l.few(o, s, place)
		return
	}
	if s.Width < paneNarrow {
		half, table := s.Width/2, fyne.Min(l.table(), 0.5*s.Height)
		place(0, 0, 0, half, paneChart)
		place(2, half, 0, s.Width-half, paneChart)
		place(3, 0, paneChart, s.Width, table)
		rest := s.Height - paneChart - table
		place(1, 0, paneChart+table, half, rest)
		place(4, half, paneChart+table, s.Width-half, rest)
		return
	}
	third := s.Width / 3.16
	below := fyne.Max(paneLeast, fyne.Min(l.table(), 0.45*s.Height))
	above := s.Height - below
	place(0, 0, 0, third*1.08, above)
	place(1, third*1.08, 0, third, above)
	place(2, third*2.08, 0, s.Width-third*2.08, above)
	l.lower(o, s, above, place)
}

// lower places the table, and the chart beside it if there is one.
func (l *monitorPanes) lower(o []fyne.CanvasObject, s fyne.Size, above float32, place func(i int, x, y, w, h float32)) {
	side := s.Width * paneSide
	if l.wide {
		side = s.Width * paneWide
	}
	if !o[4].Visible() {
		side = 0
	}
	place(3, 0, above, s.Width-side, s.Height-above)
	place(4, s.Width-side, above, side, s.Height-above)
}

// few places what there is without a truth: rates, scores if there are any,
// and the table.
func (l *monitorPanes) few(o []fyne.CanvasObject, s fyne.Size, place func(i int, x, y, w, h float32)) {
	above := s.Height - fyne.Max(paneLeast, fyne.Min(l.table(), 0.45*s.Height))
	right := float32(0)
	if o[2].Visible() {
		right = s.Width * 0.45
	}
	place(0, 0, 0, s.Width-right, above)
	place(2, s.Width-right, 0, right, above)
	l.lower(o, s, above, place)
}

// barLayout places objects side by side, and goes on in a new line where the
// width ends. In a single line the last one stands at the right.
type barLayout struct {
	gap   float32
	width float32
}

// MinSize implements fyne.Layout.
func (l *barLayout) MinSize(o []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(240, l.flow(o, l.width, false))
}

// Layout implements fyne.Layout.
func (l *barLayout) Layout(o []fyne.CanvasObject, s fyne.Size) {
	l.width = s.Width
	l.flow(o, s.Width, true)
}

// flow returns the height that the objects take, placing them if asked to.
func (l *barLayout) flow(o []fyne.CanvasObject, width float32, place bool) float32 {
	const line = theme.Control + 10
	x, y := float32(0), float32(0)
	for i, object := range o {
		if !object.Visible() {
			continue
		}
		m := fyne.NewSize(part.WidthOf(object), object.MinSize().Height)
		if x > 0 && width > 0 && x+m.Width > width {
			x, y = 0, y+line-4
		}
		if place {
			at := x
			if i == len(o)-1 && y == 0 {
				at = width - m.Width
			}
			object.Move(fyne.NewPos(at, y+(line-m.Height)/2))
			object.Resize(fyne.NewSize(fyne.Min(m.Width, width), m.Height))
		}
		x += m.Width + l.gap
	}
	return y + line
}
