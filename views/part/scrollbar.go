package part

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"witnessmark/views/theme"
)

const (
	scrollBarWidth = 10
	leastKnob      = 24
)

// scrollBar shows where a table's rows on screen lie among all, and moves
// there when dragged.
type scrollBar struct {
	widget.BaseWidget
	t       *Table
	hovered bool
}

func newScrollBar(t *Table) *scrollBar {
	b := &scrollBar{t: t}
	b.ExtendBaseWidget(b)
	return b
}

// knob returns where the knob begins and how long it is; no length when all
// rows are on screen.
func (b *scrollBar) knob() (y, height float32) {
	all := float64(b.t.Rows) * float64(b.t.RowHeight)
	room := float64(b.Size().Height)
	if all <= room || room <= 0 {
		return 0, 0
	}
	height = fyne.Max(leastKnob, float32(room*room/all))
	y = float32(b.t.top/b.t.lowest()) * (float32(room) - height)
	return y, height
}

// jump moves the knob's middle to y.
func (b *scrollBar) jump(y float32) {
	_, height := b.knob()
	if room := b.Size().Height - height; height > 0 && room > 0 {
		b.t.scrollTo(float64((y-height/2)/room)*b.t.lowest(), b.t.left)
	}
}

// Tapped implements fyne.Tappable.
func (b *scrollBar) Tapped(e *fyne.PointEvent) { b.jump(e.Position.Y) }

// Dragged implements fyne.Draggable.
func (b *scrollBar) Dragged(e *fyne.DragEvent) { b.jump(e.Position.Y) }

// DragEnd implements fyne.Draggable.
func (b *scrollBar) DragEnd() {}

// MouseIn implements desktop.Hoverable.
func (b *scrollBar) MouseIn(*desktop.MouseEvent) { b.hovered = true; b.Refresh() }

// MouseMoved implements desktop.Hoverable.
func (b *scrollBar) MouseMoved(*desktop.MouseEvent) {}

// MouseOut implements desktop.Hoverable.
func (b *scrollBar) MouseOut() { b.hovered = false; b.Refresh() }

// CreateRenderer implements fyne.Widget.
func (b *scrollBar) CreateRenderer() fyne.WidgetRenderer {
	r := &canvas.Rectangle{CornerRadius: 3}
	layout := func(s fyne.Size) {
		y, h := b.knob()
		w := float32(5)
		if b.hovered {
			w = 8
		}
		r.Hidden = h == 0
		r.Move(fyne.NewPos(s.Width-w-1, y))
		r.Resize(fyne.NewSize(w, h))
	}
	return newFace(b, func() fyne.Size { return fyne.NewSize(scrollBarWidth, leastKnob) }, layout,
		func() { r.FillColor = ink(theme.Border) }, r)
}
