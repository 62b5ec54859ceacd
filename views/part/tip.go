package part

import (
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"witnessmark/views/task"
	"witnessmark/views/theme"
)

// Tips is the layer of a window in which tooltips are shown. Put it last in
// a stack that is the window's content.
type Tips struct {
	widget.BaseWidget
	run    task.Runner
	cancel func()
	text   string
	at     fyne.Position
}

const (
	tipDelay = 600 * time.Millisecond
	tipWidth = 420
)

// NewTips returns an empty layer.
func NewTips(r task.Runner) *Tips {
	t := &Tips{run: r, cancel: func() {}}
	t.ExtendBaseWidget(t)
	return t
}

// Clear takes the tooltip away, such as when what it is about has gone.
func (t *Tips) Clear() { t.hide() }

// Shown returns the text of the tooltip on screen, "" for none.
func (t *Tips) Shown() string { return t.text }

func (t *Tips) show(text string, at fyne.Position) {
	t.hide()
	if text == "" {
		return
	}
	t.cancel = t.run.After(tipDelay, func() {
		t.text, t.at = text, at
		t.Refresh()
	})
}

func (t *Tips) hide() {
	t.cancel()
	if t.text != "" {
		t.text = ""
		t.Refresh()
	}
}

// CreateRenderer implements fyne.Widget.
func (t *Tips) CreateRenderer() fyne.WidgetRenderer {
	back := &canvas.Rectangle{CornerRadius: theme.Radius}
	lines := container.NewVBox()
	layout := func(s fyne.Size) {
		width := float32(0)
		for i, o := range lines.Objects {
			o.Move(fyne.NewPos(0, float32(i)*16))
			o.Resize(o.MinSize())
			width = fyne.Max(width, o.MinSize().Width)
		}
		box := fyne.NewSize(width+16, float32(len(lines.Objects))*16+10)
		x := fyne.Max(4, fyne.Min(t.at.X+8, s.Width-box.Width-4))
		y := t.at.Y + 18
		if y+box.Height > s.Height-4 {
			y = fyne.Max(4, t.at.Y-box.Height-6)
		}
		back.Move(fyne.NewPos(x, y))
		back.Resize(box)
		lines.Move(fyne.NewPos(x+8, y+5))
	}
	refresh := func() {
		paint(back, theme.Panel, theme.Border)
		lines.Layout, lines.Objects = nil, nil
		for _, s := range Wrap(t.text, tipWidth, theme.SmallSize) {
			l := newLine(s, theme.SmallSize, false)
			l.Color = ink(theme.Text)
			lines.Objects = append(lines.Objects, l)
		}
		back.Hidden = t.text == ""
	}
	return newFace(t, func() fyne.Size { return fyne.Size{} }, layout, refresh, back, lines)
}

// tipsOf finds the layer of the window that an object is in.
func tipsOf(o fyne.CanvasObject) *Tips {
	c := canvasOf(o)
	if c == nil {
		return nil
	}
	root, ok := c.Content().(*fyne.Container)
	if !ok || len(root.Objects) == 0 {
		return nil
	}
	t, _ := root.Objects[len(root.Objects)-1].(*Tips)
	return t
}

func showTip(o fyne.CanvasObject, text string, at fyne.Position) {
	if t := tipsOf(o); t != nil {
		t.show(text, at)
	}
}

func hideTip(o fyne.CanvasObject) {
	if t := tipsOf(o); t != nil {
		t.hide()
	}
}

// A Tipped is a text that may be cut and then shows its whole in a tooltip.
type Tipped struct {
	*Text
	Tip string // shown in place of the text's whole, if any
}

// WithTip gives a text a tooltip; "" shows the whole text where it is cut.
func WithTip(t *Text, tip string) *Tipped {
	w := &Tipped{Text: t, Tip: tip}
	t.Cut = true
	t.ExtendBaseWidget(w)
	return w
}

// MouseIn implements desktop.Hoverable.
func (t *Tipped) MouseIn(e *desktop.MouseEvent) {
	tip := t.Tip
	if tip == "" && t.IsCut() {
		tip = t.Text.Text
	}
	showTip(t, tip, e.AbsolutePosition)
}

// MouseMoved implements desktop.Hoverable.
func (t *Tipped) MouseMoved(*desktop.MouseEvent) {}

// MouseOut implements desktop.Hoverable.
func (t *Tipped) MouseOut() { hideTip(t) }
