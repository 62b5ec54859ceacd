package part

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

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
	var columns []fyne.CanvasObject
	for _, g := range groups {
		grid := container.New(layout.NewFormLayout())
		for _, s := range g.Shortcuts {
			grid.Add(Strong(s.Keys))
			grid.Add(Quiet(s.Text).Short())
		}
		columns = append(columns, Stack(6, Label(g.Title), grid))
	}
	body := container.NewGridWithColumns(2, columns...)
	Modal(c, "Shortcuts", fyne.NewSize(760, 560), container.NewVScroll(Pad(12, 16, 12, 16, body)))
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
