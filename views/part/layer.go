package part

import (
	"unicode"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"

	"witnessmark/views/theme"
)

// A layer lies over a whole window with one thing on it. A press beside the
// thing, or Esc, closes it and gives the focus back.
type layer struct {
	widget.BaseWidget
	canvas fyne.Canvas
	what   fyne.CanvasObject
	size   fyne.Size
	top    float32 // of the thing; below 0 for the middle
	before fyne.Focusable
	closed func()
	bare   bool                    // fills the window
	key    func(fyne.KeyName) bool // takes keys first
}

func showLayer(c fyne.Canvas, what fyne.CanvasObject, size fyne.Size, top float32) *layer {
	l := &layer{canvas: c, what: what, size: size, top: top, before: c.Focused(), closed: func() {}, key: func(fyne.KeyName) bool { return false }}
	l.ExtendBaseWidget(l)
	c.Overlays().Add(l)
	l.Resize(c.Size())
	c.Focus(l)
	return l
}

func (l *layer) close() {
	l.canvas.Overlays().Remove(l)
	if l.before != nil {
		l.canvas.Focus(l.before)
	}
	l.closed()
}

// Tapped implements fyne.Tappable.
func (l *layer) Tapped(*fyne.PointEvent) { l.close() }

// FocusGained implements fyne.Focusable.
func (l *layer) FocusGained() {}

// FocusLost implements fyne.Focusable.
func (l *layer) FocusLost() {}

// TypedRune implements fyne.Focusable. Letters are taken here and not as keys:
// what gets the focus at a key would get its letter too.
func (l *layer) TypedRune(r rune) {
	if unicode.IsLetter(r) {
		l.key(fyne.KeyName(unicode.ToUpper(r)))
	}
}

// TypedKey implements fyne.Focusable.
func (l *layer) TypedKey(e *fyne.KeyEvent) {
	if len(e.Name) > 1 && l.key(e.Name) {
		return
	}
	if e.Name == fyne.KeyEscape || l.bare && e.Name == fyne.KeyF11 {
		l.close()
	}
}

// CreateRenderer implements fyne.Widget.
func (l *layer) CreateRenderer() fyne.WidgetRenderer {
	veil := &canvas.Rectangle{}
	stop := newStopper(l.what)
	layout := func(s fyne.Size) {
		veil.Resize(s)
		size := fyne.NewSize(fyne.Min(l.size.Width, s.Width-32), fyne.Min(l.size.Height, s.Height-32))
		if l.bare {
			stop.Move(fyne.NewPos(0, 0))
			stop.Resize(s)
			return
		}
		y := l.top
		if y < 0 {
			y = (s.Height - size.Height) / 2
		}
		stop.Move(fyne.NewPos((s.Width-size.Width)/2, fyne.Min(y, s.Height-size.Height-16)))
		stop.Resize(size)
	}
	return newFace(l, func() fyne.Size { return fyne.Size{} }, layout, func() { veil.FillColor = ink(theme.Veil) }, veil, stop)
}

// A stopper keeps a press on what it holds from reaching the layer below.
type stopper struct {
	widget.BaseWidget
	what fyne.CanvasObject
}

func newStopper(what fyne.CanvasObject) *stopper {
	s := &stopper{what: what}
	s.ExtendBaseWidget(s)
	return s
}

// Tapped implements fyne.Tappable.
func (s *stopper) Tapped(*fyne.PointEvent) {}

// CreateRenderer implements fyne.Widget.
func (s *stopper) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(s.what) }
