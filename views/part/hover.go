package part

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"
)

// A touch is what parts that can be pressed share: being pointed at, focus,
// pressing by key, and a tooltip. The part's own MouseIn must not shadow it.
type touch struct {
	widget.BaseWidget
	Tip              string // shown when the pointer rests on the part
	hovered, focused bool
	disabled         bool
	self             fyne.Widget
	press            func()
}

func (t *touch) extend(self fyne.Widget, press func()) {
	t.self, t.press = self, press
	t.ExtendBaseWidget(self)
}

// MouseIn implements desktop.Hoverable.
func (t *touch) MouseIn(e *desktop.MouseEvent) {
	t.hovered = true
	t.self.Refresh()
	showTip(t.self, t.Tip, e.AbsolutePosition)
}

// MouseMoved implements desktop.Hoverable.
func (t *touch) MouseMoved(e *desktop.MouseEvent) {}

// MouseOut implements desktop.Hoverable.
func (t *touch) MouseOut() {
	t.hovered = false
	t.self.Refresh()
	hideTip(t.self)
}

// Tapped implements fyne.Tappable.
func (t *touch) Tapped(*fyne.PointEvent) {
	hideTip(t.self)
	if !t.disabled && t.press != nil {
		t.press()
	}
}

// FocusGained implements fyne.Focusable.
func (t *touch) FocusGained() { t.focused = true; t.self.Refresh() }

// FocusLost implements fyne.Focusable.
func (t *touch) FocusLost() { t.focused = false; t.self.Refresh() }

// TypedRune implements fyne.Focusable.
func (t *touch) TypedRune(r rune) {
	if r != ' ' {
		passRune(t.self, r)
	}
}

// TypedKey implements fyne.Focusable.
func (t *touch) TypedKey(e *fyne.KeyEvent) {
	switch e.Name {
	case fyne.KeySpace, fyne.KeyReturn, fyne.KeyEnter:
		t.Tapped(nil)
	default:
		passKey(t.self, e)
	}
}

// Disable makes the part unable to be pressed; Enable takes it back.
func (t *touch) Disable() { t.setDisabled(true) }

// Enable makes the part able to be pressed.
func (t *touch) Enable() { t.setDisabled(false) }

// Disabled reports whether the part can be pressed.
func (t *touch) Disabled() bool { return t.disabled }

func (t *touch) setDisabled(off bool) {
	if t.disabled != off {
		t.disabled = off
		t.self.Refresh()
	}
}

// canvasOf returns the canvas an object is on, or nil.
func canvasOf(o fyne.CanvasObject) fyne.Canvas { return fyne.CurrentApp().Driver().CanvasForObject(o) }

// passKey gives a key that a focused part has no use for to the window.
func passKey(o fyne.CanvasObject, e *fyne.KeyEvent) {
	if c := canvasOf(o); c != nil && c.OnTypedKey() != nil {
		c.OnTypedKey()(e)
	}
}

// passRune gives a letter that a focused part has no use for to the window.
func passRune(o fyne.CanvasObject, r rune) {
	if c := canvasOf(o); c != nil && c.OnTypedRune() != nil {
		c.OnTypedRune()(r)
	}
}

// passShortcut gives a shortcut that a focused part has no use for to the window.
func passShortcut(o fyne.CanvasObject, s fyne.Shortcut) {
	if c, ok := canvasOf(o).(fyne.Shortcutable); ok {
		c.TypedShortcut(s)
	}
}
