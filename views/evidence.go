package views

import (
	"context"
	"errors"
	"slices"
	"strings"

	"fyne.io/fyne/v2"

	"witnessmark/data"
	"witnessmark/data/contrast"
	"witnessmark/data/frame"
	"witnessmark/data/query"
	"witnessmark/views/part"
	"witnessmark/views/task"
	"witnessmark/views/theme"
)

// A behind is an open explanation: what is to be known, and the numbers that
// stand behind it, which are read when it is opened.
type behind struct {
	title  string
	lines  []string
	bad    bool
	id     string // of contrast.Evidence
	q      query.Query
	answer frame.Frame
	rows   []int // of the answer, nil for all
	others func()
}

// open shows an explanation over the window, and then the numbers.
func (b behind) open(p Place, slot *task.Slot) {
	color := theme.Text
	if b.bad {
		color = theme.Bad
	}
	body := part.Stack(10)
	for _, line := range b.lines {
		body.Add(part.NewParagraph(upper(line)+".", color, theme.TextSize))
	}
	var buttons []fyne.CanvasObject
	if b.others != nil {
		buttons = append(buttons, part.NewButton("All notes", "", b.others))
	}
	part.Modal(p.Bench.Canvas(), b.title, fyne.NewSize(760, 480), part.Scroll(part.Pad(12, 16, 12, 16, body)), buttons...)
	study, ok := p.Study().(comparing)
	if !ok {
		return
	}
	task.Do(context.Background(), slot, func(ctx context.Context) (contrast.Evidence, error) {
		st, err := study.Comparing(ctx)
		if err != nil {
			return contrast.Evidence{}, err
		}
		return st.Evidence(ctx, b.q, b.answer, b.id, b.rows)
	}, func(e contrast.Evidence, err error) {
		switch {
		case errors.Is(err, context.Canceled):
			return
		case err != nil:
			body.Add(part.NewParagraph("The numbers could not be read: "+plainError(err), theme.Bad, theme.SmallSize))
		default:
			for _, line := range e.Text {
				body.Add(part.NewParagraph(line, theme.Text, theme.TextSize))
			}
			if len(e.Rows) > 0 {
				body.Add(evidenceTable(p, e))
			}
		}
		body.Refresh()
	})
}

// mostEvidence is how many rows of numbers are high; the others are scrolled.
const mostEvidence = 14

// evidenceTable shows the numbers behind something.
func evidenceTable(p Place, e contrast.Evidence) fyne.CanvasObject {
	t := part.NewTable()
	var cols []part.Column
	for i, label := range e.Columns {
		width := textWidth(label, true)
		numbers := i > 0
		for _, row := range e.Rows {
			width = fyne.Max(width, textWidth(row[i], false))
			numbers = numbers && (row[i] == "" || strings.ContainsAny(row[i][:1], "0123456789+[<±") || strings.HasPrefix(row[i], "−"))
		}
		cols = append(cols, part.Column{ID: label + string(rune('a'+i)), Label: label, Width: fyne.Min(width+22, 300), Grow: i == 0, Right: numbers, Fixed: true,
			Cell: func(row int) part.Cell { return part.Cell{Text: e.Rows[row][i], Tip: e.Rows[row][i], Bold: i == 0} }})
	}
	t.Set(len(e.Rows), cols, nil)
	t.OnMenu = func(_ int, at fyne.Position) {
		p.Bench.Menu(at, fyne.NewMenuItem("Copy the table", func() { p.Bench.Copy(t.TSV(), "the table") }))
	}
	rows := float32(min(len(e.Rows), mostEvidence))
	return part.Fixed(0, theme.TableHead+rows*theme.Row+2, t)
}

func textWidth(s string, bold bool) float32 {
	return fyne.MeasureText(s, theme.TextSize, fyne.TextStyle{Bold: bold}).Width
}

// openChip explains a chip.
func (v *conditions) openChip(c contrast.Chip, all []contrast.Chip, q query.Query, answer frame.Frame) {
	b := behind{title: c.Label, lines: c.Text, bad: c.Tone == contrast.Bad, id: c.ID, q: q, answer: answer, others: func() { allGuards(all, v.place.Bench) }}
	if c.ID != "bimodal-seeds" { // there the others are needed to compare with
		b.rows = slices.Clone(c.Rows)
	}
	b.open(v.place, v.evidence)
}

// openBehind explains a line of the inspector about a row.
func (v *conditions) openBehind(row int, title, id string, lines ...string) {
	behind{title: title, lines: lines, id: id, q: v.Ask(v.place.Desk.State()), answer: v.answer, rows: []int{row}}.open(v.place, v.evidence)
}

// planLinks lead from a condition to its contrast and its power, and to what
// stands behind its difference.
func (v *conditions) planLinks(row int, c contrast.Card) []fyne.CanvasObject {
	if c.Baseline == "" {
		return nil
	}
	var links []fyne.CanvasObject
	add := func(text string, do func()) { links = append(links, part.NewLink(text, do)) }
	pane := v.lower.contrasts
	if s := c.Standing.Contrast; s != nil && s.Name != "" {
		add("Show contrast", func() { v.place.Desk.Do(showPane(contrastsPane, contrastOption, s.Name)) })
	} else {
		add("Set up as contrast…", func() { pane.openForm(nil) })
	}
	if c.Power != nil {
		add("Power", func() { v.place.Desk.Do(showPane(powerPaneName, "power.of", v.group(row))) })
	}
	if in := c.Influence; in != nil {
		add("Without each "+in.Unit, func() { v.openBehind(row, "What each "+in.Unit+" does to the difference", contrast.InfluenceID) })
	}
	if e := c.Exclusions; e != nil {
		if e.Worst != nil {
			add("Worst cases", func() {
				v.openBehind(row, "If samples that were left out had come out either way", "different-exclusions")
			})
		}
		for _, t := range e.Tails {
			if t.Worst != nil {
				add("Worst cases of "+lower(t.Noun), func() { v.openBehind(row, "If such answers had been judged the other way", "tail") })
				break
			}
		}
	}
	return []fyne.CanvasObject{part.Flow(6, links...)}
}

// key is what a row is selected by: its name, with the judge where another
// judge's row of that name comes before it.
func (v *conditions) key(row int) string {
	name := v.name(row)
	for i := range row {
		if g := v.answer.Key(row, data.Grader); v.name(i) == name && g != "" {
			return name + ", " + g
		}
	}
	return name
}
