package views

import (
	"context"
	"strings"

	"fyne.io/fyne/v2"

	"witnessmark/data/contrast"
	"witnessmark/data/frame"
	"witnessmark/data/query"
	"witnessmark/views/part"
	"witnessmark/views/task"
	"witnessmark/views/theme"
)

// showGuards completes the chips above the chart, off the UI thread, with
// what the notes of rows cannot see: a control that is missing, answers that
// were cut short in one arm, a filter that chooses by outcome.
func (v *conditions) showGuards() {
	study, ok := v.place.Study().(comparing)
	if !ok || v.answer.Len() == 0 {
		return
	}
	q, answer := v.Ask(v.place.Desk.State()), v.answer
	task.Do(context.Background(), v.guards, func(ctx context.Context) ([]contrast.Chip, error) {
		st, err := study.Comparing(ctx)
		if err != nil {
			return nil, err
		}
		return st.Chips(ctx, q, answer)
	}, func(all []contrast.Chip, err error) {
		if err == nil {
			v.setNotes(v.guardNotes(all, q, answer), func() { allGuards(all, v.place.Bench) })
		}
	})
}

var guardTones = map[contrast.Tone]part.Tone{contrast.Bad: part.Wrong, contrast.Warn: part.Caution, contrast.Neutral: part.Info}

func (v *conditions) guardNotes(all []contrast.Chip, q query.Query, answer frame.Frame) []*part.Note {
	var out []*part.Note
	for _, c := range all {
		out = append(out, part.NewNote(c.Label, strings.Join(c.Text, "\n"), guardTones[c.Tone], func() { v.openChip(c, all, q, answer) }))
	}
	return out
}

// allGuards shows every chip with its explanation and numbers.
func allGuards(all []contrast.Chip, bench Bench) {
	var rows []fyne.CanvasObject
	for _, c := range all {
		color := theme.Text
		if c.Tone == contrast.Bad {
			color = theme.Bad
		}
		rows = append(rows, part.Strong(c.Label).In(color))
		for _, text := range c.Text {
			rows = append(rows, part.NewParagraph(upper(text)+".", color, theme.TextSize))
		}
	}
	part.Modal(bench.Canvas(), "What to know before reading this", fyne.NewSize(620, 420), part.Scroll(part.Pad(12, 16, 12, 16, part.Stack(10, rows...))))
}
