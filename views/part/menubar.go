package part

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"witnessmark/views/theme"
)

// A MenuBar shows the titles of menus in a row. It is our own because the
// standard one fills the whole width, and ours shares its line with the
// command search.
type MenuBar struct {
	widget.BaseWidget
	menus   []*fyne.Menu
	hovered int
	opened  int
	over    *popup
}

// NewMenuBar returns a bar of menus.
func NewMenuBar(menus ...*fyne.Menu) *MenuBar {
	b := &MenuBar{menus: menus, hovered: -1, opened: -1}
	b.ExtendBaseWidget(b)
	return b
}

// SetMenus replaces the menus, such as when an item's title changes.
func (b *MenuBar) SetMenus(menus ...*fyne.Menu) {
	b.menus = menus
	b.Refresh()
}

// Menus returns the menus.
func (b *MenuBar) Menus() []*fyne.Menu { return b.menus }

const menuPad = 9

func (b *MenuBar) place(i int) (x, width float32) {
	for n := range i + 1 {
		x += width
		width = fyne.MeasureText(b.menus[n].Label, theme.TextSize, fyne.TextStyle{}).Width + 2*menuPad
	}
	return x, width
}

func (b *MenuBar) at(p fyne.Position) int {
	if p.Y < 0 || p.Y > b.Size().Height {
		return -1
	}
	for i := range b.menus {
		if x, w := b.place(i); p.X >= x && p.X < x+w {
			return i
		}
	}
	return -1
}

// Open opens a menu and closes the one that was open.
func (b *MenuBar) Open(i int) {
	c := canvasOf(b)
	if c == nil || i < 0 || i >= len(b.menus) || i == b.opened {
		return
	}
	b.Close()
	x, _ := b.place(i)
	at := fyne.CurrentApp().Driver().AbsolutePositionForObject(b).AddXY(x, b.Size().Height)
	b.opened = i
	b.over = showPopup(c, at, b.menus[i].Items)
	b.over.bar = b
	b.Refresh()
}

// Close closes the open menu.
func (b *MenuBar) Close() {
	if b.over != nil {
		b.over.remove()
	}
	b.over, b.opened = nil, -1
	b.Refresh()
}

// Tapped implements fyne.Tappable.
func (b *MenuBar) Tapped(e *fyne.PointEvent) { b.Open(b.at(e.Position)) }

// MouseIn implements desktop.Hoverable.
func (b *MenuBar) MouseIn(e *desktop.MouseEvent) { b.MouseMoved(e) }

// MouseMoved implements desktop.Hoverable.
func (b *MenuBar) MouseMoved(e *desktop.MouseEvent) {
	if i := b.at(e.Position); i != b.hovered {
		b.hovered = i
		b.Refresh()
	}
}

// MouseOut implements desktop.Hoverable.
func (b *MenuBar) MouseOut() { b.hovered = -1; b.Refresh() }

// CreateRenderer implements fyne.Widget.
func (b *MenuBar) CreateRenderer() fyne.WidgetRenderer {
	back := &canvas.Rectangle{CornerRadius: theme.Radius}
	objects := []fyne.CanvasObject{back}
	var texts []*canvas.Text
	for _, m := range b.menus {
		t := newLine(m.Label, theme.TextSize, false)
		texts, objects = append(texts, t), append(objects, t)
	}
	layout := func(s fyne.Size) {
		for i, t := range texts {
			x, w := b.place(i)
			middle(t, x+menuPad, w-2*menuPad, s.Height)
			if i == b.lit() {
				back.Move(fyne.NewPos(x, 3))
				back.Resize(fyne.NewSize(w, s.Height-6))
			}
		}
	}
	refresh := func() {
		back.FillColor = ink(theme.Selected)
		back.Hidden = b.lit() < 0
		for _, t := range texts {
			t.Color = ink(theme.Text)
		}
	}
	min := func() fyne.Size {
		if len(b.menus) == 0 {
			return fyne.Size{}
		}
		x, w := b.place(len(b.menus) - 1)
		return fyne.NewSize(x+w, theme.Menu-1)
	}
	return newFace(b, min, layout, refresh, objects...)
}

func (b *MenuBar) lit() int {
	if b.opened >= 0 {
		return b.opened
	}
	return b.hovered
}
