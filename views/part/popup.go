package part

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"witnessmark/views/theme"
)

// A popup is an open menu over a window. A press beside it closes it; arrows
// choose, Enter does what is chosen. It is our own because the standard menu
// writes shortcuts too faintly to be read.
type popup struct {
	widget.BaseWidget
	canvas fyne.Canvas
	items  []*fyne.MenuItem
	rows   []*menuRow
	at     fyne.Position
	on     int
	before fyne.Focusable
	bar    *MenuBar // whose menu it is, if any
}

// ShowMenu opens a menu at a place of a window.
func ShowMenu(c fyne.Canvas, at fyne.Position, items ...*fyne.MenuItem) { showPopup(c, at, items) }

func showPopup(c fyne.Canvas, at fyne.Position, items []*fyne.MenuItem) *popup {
	p := &popup{canvas: c, items: items, at: at, on: -1, before: c.Focused()}
	for i, item := range items {
		p.rows = append(p.rows, newMenuRow(p, i, item))
		if item.Checked {
			p.on = i
		}
	}
	p.ExtendBaseWidget(p)
	c.Overlays().Add(p)
	p.Resize(c.Size())
	c.Focus(p)
	return p
}

func (p *popup) remove() {
	p.canvas.Overlays().Remove(p)
	if p.before != nil {
		p.canvas.Focus(p.before)
	}
}

func (p *popup) close() {
	if p.bar != nil {
		p.bar.Close()
		return
	}
	p.remove()
}

func (p *popup) do(i int) {
	if i < 0 || i >= len(p.items) || p.items[i].IsSeparator || p.items[i].Disabled {
		return
	}
	p.close()
	if p.items[i].Action != nil {
		p.items[i].Action()
	}
}

// step goes to the next item that can be chosen.
func (p *popup) step(by int) {
	n := len(p.items)
	for i := range n {
		at := ((p.on+by*(i+1))%n + n) % n
		if p.on < 0 && by < 0 {
			at = n - 1 - i
		}
		if !p.items[at].IsSeparator && !p.items[at].Disabled {
			p.choose(at)
			return
		}
	}
}

func (p *popup) choose(i int) {
	was := p.on
	p.on = i
	for _, at := range []int{was, i} {
		if at >= 0 && at < len(p.rows) {
			p.rows[at].Refresh()
		}
	}
}

// Tapped implements fyne.Tappable.
func (p *popup) Tapped(*fyne.PointEvent) { p.close() }

// TappedSecondary implements fyne.SecondaryTappable.
func (p *popup) TappedSecondary(*fyne.PointEvent) { p.close() }

// MouseIn implements desktop.Hoverable.
func (p *popup) MouseIn(*desktop.MouseEvent) {}

// MouseMoved opens another menu of the bar when its title is pointed at.
func (p *popup) MouseMoved(e *desktop.MouseEvent) {
	if p.bar == nil {
		return
	}
	bar := fyne.CurrentApp().Driver().AbsolutePositionForObject(p.bar)
	if i := p.bar.at(e.AbsolutePosition.Subtract(bar)); i >= 0 {
		p.bar.Open(i)
	}
}

// MouseOut implements desktop.Hoverable.
func (p *popup) MouseOut() {}

// FocusGained implements fyne.Focusable.
func (p *popup) FocusGained() {}

// FocusLost implements fyne.Focusable.
func (p *popup) FocusLost() {}

// TypedRune implements fyne.Focusable.
func (p *popup) TypedRune(rune) {}

// TypedKey implements fyne.Focusable.
func (p *popup) TypedKey(e *fyne.KeyEvent) {
	switch e.Name {
	case fyne.KeyEscape:
		p.close()
	case fyne.KeyDown:
		p.step(1)
	case fyne.KeyUp:
		p.step(-1)
	case fyne.KeyReturn, fyne.KeyEnter, fyne.KeySpace:
		p.do(p.on)
	case fyne.KeyLeft, fyne.KeyRight:
		if p.bar != nil {
			by := map[fyne.KeyName]int{fyne.KeyLeft: len(p.bar.menus) - 1, fyne.KeyRight: 1}[e.Name]
			p.bar.Open((p.bar.opened + by) % len(p.bar.menus))
		}
	}
}

// CreateRenderer implements fyne.Widget.
func (p *popup) CreateRenderer() fyne.WidgetRenderer {
	frame := &canvas.Rectangle{CornerRadius: theme.CardRadius}
	var rows []fyne.CanvasObject
	for _, r := range p.rows {
		rows = append(rows, r)
	}
	list := Scroll(Stack(0, rows...))
	layout := func(s fyne.Size) {
		size := list.Content.MinSize()
		size.Width = fyne.Max(size.Width, 140)
		size.Height = fyne.Min(size.Height, s.Height-16)
		x := fyne.Max(4, fyne.Min(p.at.X, s.Width-size.Width-8))
		y := fyne.Max(4, fyne.Min(p.at.Y, s.Height-size.Height-8))
		list.Move(fyne.NewPos(x+4, y+4))
		list.Resize(size)
		frame.Move(fyne.NewPos(x, y))
		frame.Resize(size.AddWidthHeight(8, 8))
	}
	return newFace(p, func() fyne.Size { return fyne.Size{} }, layout, func() { paint(frame, theme.Panel, theme.Border) }, frame, list)
}

// A menuRow is one item of an open menu.
type menuRow struct {
	widget.BaseWidget
	menu *popup
	i    int
	item *fyne.MenuItem
}

func newMenuRow(p *popup, i int, item *fyne.MenuItem) *menuRow {
	r := &menuRow{menu: p, i: i, item: item}
	r.ExtendBaseWidget(r)
	return r
}

// Tapped implements fyne.Tappable.
func (r *menuRow) Tapped(*fyne.PointEvent) { r.menu.do(r.i) }

// MouseIn implements desktop.Hoverable.
func (r *menuRow) MouseIn(*desktop.MouseEvent) { r.menu.choose(r.i) }

// MouseMoved implements desktop.Hoverable.
func (r *menuRow) MouseMoved(*desktop.MouseEvent) {}

// MouseOut implements desktop.Hoverable.
func (r *menuRow) MouseOut() {}

// CreateRenderer implements fyne.Widget.
func (r *menuRow) CreateRenderer() fyne.WidgetRenderer {
	back, rule, check := &canvas.Rectangle{CornerRadius: theme.Radius}, &canvas.Rectangle{}, newPicture()
	text, key := newLine(r.item.Label, theme.TextSize, false), newLine(keyText(r.item.Shortcut), theme.SmallSize, false)
	min := func() fyne.Size {
		if r.item.IsSeparator {
			return fyne.NewSize(20, 9)
		}
		w := 32 + text.MinSize().Width
		if key.Text != "" {
			w += 28 + key.MinSize().Width
		}
		return fyne.NewSize(w, theme.Control)
	}
	layout := func(s fyne.Size) {
		back.Resize(s)
		rule.Move(fyne.NewPos(0, 4))
		rule.Resize(fyne.NewSize(s.Width, 1))
		square(check, 4, 13, s.Height)
		middle(text, 22, text.MinSize().Width, s.Height)
		w := key.MinSize().Width
		middle(key, s.Width-w-10, w, s.Height)
	}
	refresh := func() {
		fill, color := theme.Clear, theme.Text
		if r.menu.on == r.i && !r.item.Disabled && !r.item.IsSeparator {
			fill, color = theme.Selected, theme.SelectText
		}
		if r.item.Disabled {
			color = theme.Axis
		}
		paint(back, fill, theme.Clear)
		rule.FillColor, rule.Hidden = ink(theme.Line), !r.item.IsSeparator
		text.Color, key.Color = ink(color), ink(theme.Muted)
		if r.item.Disabled {
			key.Color = ink(theme.Axis)
		}
		draw(check, theme.Check, color)
		check.Hidden = !r.item.Checked
	}
	return newFace(r, min, layout, refresh, back, rule, check, text, key)
}

// keyText writes a shortcut for people, such as "Ctrl Shift Z".
func keyText(s fyne.Shortcut) string {
	k, ok := s.(fyne.KeyboardShortcut)
	if !ok {
		return ""
	}
	return KeyName(k.Key(), k.Mod())
}

// KeyName writes a key with its modifiers for people.
func KeyName(key fyne.KeyName, mod fyne.KeyModifier) string {
	text := string(key)
	for _, m := range []struct {
		bit  fyne.KeyModifier
		name string
	}{{fyne.KeyModifierShift, "Shift"}, {fyne.KeyModifierAlt, "Alt"}, {fyne.KeyModifierControl, "Ctrl"}, {fyne.KeyModifierSuper, "⌘"}} {
		if mod&m.bit != 0 {
			text = m.name + " " + text
		}
	}
	return text
}
