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

// scrollBar shows which part of a table is on screen, downward or across, and
// moves there when dragged.
type scrollBar struct {
	widget.BaseWidget
	t       *Table
	across  bool
	hovered bool
}

func newScrollBar(t *Table, across bool) *scrollBar {
	b := &scrollBar{t: t, across: across}
	b.ExtendBaseWidget(b)
	return b
}

// extent returns how long all is, how much fits, and where what fits begins.
func (b *scrollBar) extent() (all, room, from float64) {
	if b.across {
		return float64(b.t.total()), float64(b.t.Size().Width), float64(b.t.left)
	}
	return float64(b.t.Rows) * float64(b.t.RowHeight), float64(b.t.bodyHeight()), b.t.top
}

func (b *scrollBar) length() float32 {
	if b.across {
		return b.Size().Width
	}
	return b.Size().Height
}

// knob returns where the knob begins and how long it is; no length when all
// is on screen.
func (b *scrollBar) knob() (at, long float32) {
	all, room, from := b.extent()
	if all <= room+0.5 || room <= 0 {
		return 0, 0
	}
	long = fyne.Max(leastKnob, b.length()*float32(room/all))
	return float32(from/(all-room)) * (b.length() - long), long
}

// jump moves the knob's middle to a place.
func (b *scrollBar) jump(p fyne.Position) {
	at := p.Y
	if b.across {
		at = p.X
	}
	all, room, _ := b.extent()
	_, long := b.knob()
	free := b.length() - long
	if long == 0 || free <= 0 {
		return
	}
	to := float64((at-long/2)/free) * (all - room)
	if b.across {
		b.t.scrollTo(b.t.top, float32(to))
	} else {
		b.t.scrollTo(to, b.t.left)
	}
}

// Tapped implements fyne.Tappable.
func (b *scrollBar) Tapped(e *fyne.PointEvent) { b.jump(e.Position) }

// Dragged implements fyne.Draggable.
func (b *scrollBar) Dragged(e *fyne.DragEvent) { b.jump(e.Position) }

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
		at, long := b.knob()
		thick := float32(5)
		if b.hovered {
			thick = 8
		}
		r.Hidden = long == 0
		if b.across {
			r.Move(fyne.NewPos(at, s.Height-thick-1))
			r.Resize(fyne.NewSize(long, thick))
			return
		}
		r.Move(fyne.NewPos(s.Width-thick-1, at))
		r.Resize(fyne.NewSize(thick, long))
	}
	return newFace(b, func() fyne.Size { return fyne.NewSize(scrollBarWidth, scrollBarWidth) }, layout,
		func() { r.FillColor = ink(theme.Border) }, r)
}
