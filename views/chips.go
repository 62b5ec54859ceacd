package views

import (
	"slices"
	"strings"

	"fyne.io/fyne/v2"

	"witnessmark/data/frame"
	"witnessmark/views/part"
	"witnessmark/views/theme"
)

// chips turns the notes of an answer into chips: one a text, those that
// invalidate a reading first. A press shows all that is to be said.
func chips(f frame.Frame, name func(row int) string, bench Bench) []fyne.CanvasObject {
	const most = 8
	var notes []frame.Note
	for _, n := range f.Notes {
		if !slices.ContainsFunc(notes, func(o frame.Note) bool { return o.Text == n.Text }) {
			notes = append(notes, n)
		}
	}
	slices.SortStableFunc(notes, func(a, b frame.Note) int { return weight(a) - weight(b) })
	var out []fyne.CanvasObject
	for i, n := range notes {
		if i == most && len(notes) > most+1 {
			out = append(out, part.NewNote("all notes…", "", part.Info, func() { allNotes(notes, name, bench) }))
			break
		}
		out = append(out, part.NewNote(about(n, name), n.Text, tone(n), func() { allNotes(notes, name, bench) }))
	}
	return out
}

func weight(n frame.Note) int {
	switch {
	case n.Bad:
		return 0
	case n.Row < 0:
		return 1
	}
	return 2
}

func tone(n frame.Note) part.Tone {
	switch {
	case n.Bad:
		return part.Wrong
	case n.ID == "unadjusted-family" || n.ID == "interval":
		return part.Info
	}
	return part.Caution
}

// about puts the row's name before a note, unless the note says it.
func about(n frame.Note, name func(row int) string) string {
	if n.Row < 0 || strings.Contains(n.Text, name(n.Row)) {
		return n.Text
	}
	return name(n.Row) + ": " + n.Text
}

func allNotes(notes []frame.Note, name func(row int) string, bench Bench) {
	var rows []fyne.CanvasObject
	for _, n := range notes {
		color := theme.Text
		if n.Bad {
			color = theme.Bad
		}
		rows = append(rows, part.NewParagraph(about(n, name), color, theme.TextSize))
	}
	part.Modal(bench.Canvas(), "What to know before reading this", fyne.NewSize(620, 420), scrolled(part.Pad(12, 16, 12, 16, part.Stack(10, rows...))))
}
