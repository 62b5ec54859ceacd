package part

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"witnessmark/views/theme"
)

// A DropZone says where files may be dropped; pressed, it lets them be chosen.
type DropZone struct {
	touch
	title, note string
}

// NewDropZone returns a drop zone.
func NewDropZone(title, note string, choose func()) *DropZone {
	z := &DropZone{title: title, note: note}
	z.extend(z, choose)
	return z
}

// CreateRenderer implements fyne.Widget.
func (z *DropZone) CreateRenderer() fyne.WidgetRenderer {
	back, icon := &canvas.Rectangle{CornerRadius: theme.CardRadius}, newPicture()
	title, note := newLine(z.title, theme.TextSize, true), newLine(z.note, theme.SmallSize, false)
	title.Alignment, note.Alignment = fyne.TextAlignCenter, fyne.TextAlignCenter
	layout := func(s fyne.Size) {
		back.Resize(s)
		icon.Move(fyne.NewPos(s.Width/2-12, 16))
		icon.Resize(fyne.NewSquareSize(24))
		title.Move(fyne.NewPos(0, 48))
		title.Resize(fyne.NewSize(s.Width, 18))
		note.Move(fyne.NewPos(0, 70))
		note.Resize(fyne.NewSize(s.Width, 16))
	}
	refresh := func() {
		fill := theme.Selected
		if z.hovered || z.focused {
			fill = theme.Hover
		}
		paint(back, fill, theme.Accent)
		title.Color, note.Color = ink(theme.Text), ink(theme.Muted)
		draw(icon, theme.Import, theme.Accent)
	}
	return newFace(z, func() fyne.Size { return fyne.NewSize(180, 104) }, layout, refresh, back, icon, title, note)
}

// A Pick is a line of a list: a name, what it is, how much, and whether it is
// the one shown.
type Pick struct {
	touch
	icon              theme.Icon
	title, note, much string
	on                bool
}

// NewPick returns a line of a list.
func NewPick(icon theme.Icon, title, note, much string, on bool, pick func()) *Pick {
	p := &Pick{icon: icon, title: title, note: note, much: much, on: on}
	p.Tip = title + "\n" + note
	p.extend(p, pick)
	return p
}

// CreateRenderer implements fyne.Widget.
func (p *Pick) CreateRenderer() fyne.WidgetRenderer {
	back, icon := &canvas.Rectangle{CornerRadius: theme.Radius}, newPicture()
	title, note, much := newLine("", theme.TextSize, false), newLine("", theme.SmallSize, false), newLine(p.much, theme.SmallSize, false)
	layout := func(s fyne.Size) {
		back.Resize(s)
		square(icon, 8, 16, s.Height)
		w := much.MinSize().Width
		title.Text = Elide(p.title, s.Width-w-48, theme.TextSize, false)
		note.Text = Elide(p.note, s.Width-40, theme.SmallSize, false)
		title.Move(fyne.NewPos(32, 4))
		note.Move(fyne.NewPos(32, 22))
		much.Move(fyne.NewPos(s.Width-w-8, 5))
	}
	refresh := func() {
		fill := theme.Clear
		if p.hovered || p.focused {
			fill = theme.Hover
		}
		if p.on {
			fill = theme.Selected
		}
		paint(back, fill, theme.Clear)
		title.Color, note.Color, much.Color = ink(theme.Text), ink(theme.Muted), ink(theme.Muted)
		draw(icon, p.icon, theme.Muted)
	}
	return newFace(p, func() fyne.Size { return fyne.NewSize(180, 44) }, layout, refresh, back, icon, title, note, much)
}
