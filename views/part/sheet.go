package part

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"witnessmark/views/theme"
)

// A Shortcut is a line of the shortcut sheet.
type Shortcut struct{ Keys, Text string }

// ShortcutGroup is a titled part of the sheet.
type ShortcutGroup struct {
	Title     string
	Shortcuts []Shortcut
}

// ShowSheet opens the sheet of shortcuts over a window; Esc closes it.
func ShowSheet(c fyne.Canvas, groups []ShortcutGroup) {
	var left, right []fyne.CanvasObject
	lines, all := 0, 0
	for _, g := range groups {
		all += len(g.Shortcuts) + 2
	}
	for _, g := range groups {
		if lines*2 < all {
			left = append(left, group(g))
		} else {
			right = append(right, group(g))
		}
		lines += len(g.Shortcuts) + 2
	}
	body := container.NewGridWithColumns(2, Stack(14, left...), Stack(14, right...))
	Modal(c, "Shortcuts", fyne.NewSize(780, 560), Scroll(Pad(12, 16, 16, 16, body)))
}

func group(g ShortcutGroup) fyne.CanvasObject {
	rows := []fyne.CanvasObject{Label(g.Title)}
	for _, s := range g.Shortcuts {
		rows = append(rows, Border(nil, nil, Fixed(130, 20, Strong(s.Keys)), nil, Quiet(s.Text).Short()))
	}
	return Stack(3, rows...)
}

// Modal opens a titled box in the middle of a window and returns a function
// that closes it. Below the body stand buttons, if any.
func Modal(c fyne.Canvas, title string, size fyne.Size, body fyne.CanvasObject, buttons ...fyne.CanvasObject) (shut func()) {
	var l *layer
	shut = func() { l.close() }
	head := Head(Strong(title), NewTool(theme.Close, "Close  Esc", func() { l.close() }))
	var foot fyne.CanvasObject
	if len(buttons) > 0 {
		row := append([]fyne.CanvasObject{Spacer()}, buttons...)
		foot = Border(Rule(), nil, nil, nil, Pad(8, 12, 8, 12, Row(8, row...)))
	}
	box := container.NewStack(NewBox(theme.Panel, theme.Border, theme.CardRadius), Pad(1, 1, 1, 1, Border(head, foot, nil, nil, body)))
	l = showLayer(c, box, size, -1)
	return shut
}

// Confirm asks before something that cannot be undone.
func Confirm(c fyne.Canvas, title, text, verb string, do func()) {
	var shut func()
	yes := NewPrimary(verb, "", func() { shut(); do() })
	no := NewButton("Cancel", "", func() { shut() })
	body := Pad(14, 16, 14, 16, NewParagraph(text, theme.Text, theme.TextSize))
	shut = Modal(c, title, fyne.NewSize(440, 190), body, no, yes)
}
