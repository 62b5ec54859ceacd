package views

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"fyne.io/fyne/v2"

	"witnessmark/charts"
	"witnessmark/data"
	"witnessmark/data/column"
	"witnessmark/data/contrast"
	"witnessmark/data/frame"
	"witnessmark/data/query"
	"witnessmark/views/desk"
	"witnessmark/views/figure"
	"witnessmark/views/part"
	"witnessmark/views/task"
	"witnessmark/views/theme"
)

// showCard shows the selected cell, or two of them and their difference.
func (m *matrixPane) showCard() {
	m.apart.Cancel()
	var chosen []int
	for _, key := range m.state.Selected {
		if row := m.row(key); row >= 0 {
			chosen = append(chosen, row)
		}
	}
	switch len(chosen) {
	case 0:
		m.setCard(part.Head(part.Strong("Selected cell")), part.Prose("Press a cell to see its prompt, its numbers and its runs. Shift-press a second one to see their difference."))
	case 1:
		row := chosen[0]
		m.setCard(m.cardHead(row, "Selected cell"), m.cellBlocks(row)...)
	default:
		m.showDifference(chosen[0], chosen[1])
	}
}

func (m *matrixPane) setCard(head fyne.CanvasObject, blocks ...fyne.CanvasObject) {
	m.head.Objects = []fyne.CanvasObject{head}
	m.card.Objects = blocks
	m.head.Refresh()
	m.card.Refresh()
	m.body.Refresh()
}

// cardHead names what is shown, with the way to what is behind it.
func (m *matrixPane) cardHead(row int, title string) fyne.CanvasObject {
	keys := m.cellKeys(row)
	view, name, n := "runs", "Runs", charts.Count(float64(len(m.runs(keys))), "run")
	if m.place.Facts().sampled(m.runs(keys)) {
		view, name, n = "samples", "Samples", charts.Count(num(m.answer, frame.N, row), "sample")
	}
	link := part.NewLink("Open "+n, func() {
		m.place.Desk.Do(desk.Both("Open "+name, desk.Narrow(keys...), desk.Open(view, name)))
	})
	return part.Head(part.Row(theme.Gap, part.NewMarker(m.role(row)), part.Strong(title).Short()), link)
}

// cellKeys are the row and the column of a row of the answer.
func (m *matrixPane) cellKeys(row int) []frame.Key {
	return slices.DeleteFunc(slices.Clone(m.answer.Keys[row]), func(k frame.Key) bool { return k.Field != m.rows && k.Field != m.columns })
}

// sampled tells whether runs have samples of their own.
func (f *Facts) sampled(runs []int) bool {
	of := map[int32]bool{}
	for _, run := range runs {
		of[int32(run)] = true
	}
	for _, t := range f.Set.Tables {
		if t.Attempts && slices.ContainsFunc(t.Cells, func(c column.Cell) bool { return c.To > c.From && of[c.Run] }) {
			return true
		}
	}
	return false
}

// cellName says which cell a row of the answer is of.
func (m *matrixPane) cellName(row int) string {
	name := valueLabel(m.answer.Key(row, m.rows))
	if m.columns != "" {
		name += ", " + plainName(m.columns) + " " + valueLabel(m.answer.Key(row, m.columns))
	}
	return name
}

func (m *matrixPane) cellBlocks(row int) []fyne.CanvasObject {
	keys := m.cellKeys(row)
	blocks := []fyne.CanvasObject{part.Strong(m.cellName(row)).Short()}
	prompts := m.prompts(keys)
	for _, p := range prompts[:min(2, len(prompts))] {
		blocks = append(blocks, part.Quote(p))
	}
	switch {
	case len(prompts) == 0:
		blocks = append(blocks, part.Prose("The files name no train prompt for these runs."))
	case len(prompts) > 2:
		blocks = append(blocks, part.Prose("and "+charts.Count(float64(len(prompts)-2), "more prompt")))
	}
	facts := m.numbers(row)
	facts = append(facts, m.elicitation(row, prompts)...)
	facts = append(facts, m.sameAtEval(row)...)
	return append(blocks, part.Pairs(facts...), part.Flow(6, m.cellChips(row)...))
}

// numbers are the values of a cell, a line a measure and judge.
func (m *matrixPane) numbers(cell int) []string {
	var out []string
	key := m.keyOf(m.answer.Keys[cell])
	for row := range m.answer.Len() {
		if m.keyOf(m.answer.Keys[row]) != key {
			continue
		}
		name := title(m.answer.Text(frame.Measure, row))
		if judge := m.answer.Key(row, data.Grader); judge != "" {
			name += ", by " + judge
		}
		out = append(out, name, m.valueText(row))
	}
	return out
}

// valueText writes a value with its interval and what it rests on.
func (m *matrixPane) valueText(row int) string {
	f := m.answer
	as := format(m.place.Facts().Measure(f.Text(frame.Measure, row)))
	value := number(f, frame.Value, row, as)
	if value.Color != "" {
		return "not estimable, because " + value.Text
	}
	parts := []string{value.Text + " " + interval(f, frame.Lo, frame.Hi, row, as).Text}
	if n := kOfN(f, row); n.Color == "" {
		parts = append(parts, n.Text+" samples")
	}
	seeds := num(f, frame.Seeds, row)
	if method := f.Text(frame.Method, row); method != "" {
		parts = append(parts, levelName(m.state.Level)+" "+method)
	}
	if seeds == 1 && !strings.Contains(f.Text(frame.Method, row), "this run only") {
		parts = append(parts, "this run only")
	} else if seeds > 1 {
		parts = append(parts, charts.Count(seeds, "run"))
	}
	return strings.Join(parts, ", ")
}

// elicitation is how often the untrained model shows the behavior under the
// prompts of a cell, where the study states it.
func (m *matrixPane) elicitation(row int, prompts []string) []string {
	stated := m.place.Facts().Elicited
	for _, name := range append(prompts, m.answer.Key(row, m.rows)) {
		e, ok := stated[name]
		if !ok {
			continue
		}
		text := charts.Percent.Text(e.Rate, e.N)
		if base, ok := stated[m.state.Baseline]; ok && m.state.Baseline != name {
			text += fmt.Sprintf(", %s points against %s", charts.Points.Bare(e.Rate-base.Rate, e.N), valueLabel(m.state.Baseline))
		}
		return []string{"Elicited before training", text}
	}
	return nil
}

// sameAtEval is the value of the row where it is evaluated under the prompt
// that it was trained with.
func (m *matrixPane) sameAtEval(cell int) []string {
	own := m.answer.Key(cell, m.columns)
	for row := range m.answer.Len() {
		column := m.answer.Key(row, m.columns)
		if m.columns == data.EvalPrompt && column != own && strings.Contains(strings.ToLower(column), "train") &&
			m.answer.Key(row, m.rows) == m.answer.Key(cell, m.rows) && m.answer.Text(frame.Measure, row) == m.answer.Text(frame.Measure, cell) {
			return []string{"Same prompt at eval", m.valueText(row)}
		}
	}
	return nil
}

// cellChips are the notes on a cell.
func (m *matrixPane) cellChips(cell int) []fyne.CanvasObject {
	about, key := frame.Frame{}, m.keyOf(m.answer.Keys[cell])
	for _, n := range m.answer.Notes {
		if n.Row < 0 || m.keyOf(m.answer.Keys[n.Row]) == key {
			about.Notes = append(about.Notes, n)
		}
	}
	out := chips(groupNotes(about), func(row int) string { return m.cellName(row) }, m.place.Bench)
	if facts := m.place.Facts(); format(facts.Measure(m.state.Measure)) != charts.Percent {
		out = append(out, part.NewNote("Scores, not rates", "Values are means of scores, with no count of samples that passed", part.Info, func() {}))
	}
	return chipObjects(out)
}

// showDifference compares two cells: with interval where they share a row or
// a column, so that there is one field to compare by.
func (m *matrixPane) showDifference(first, second int) {
	head := part.Head(part.Row(theme.Gap, part.NewMarker(m.role(first)), part.NewMarker(m.role(second)), part.Strong("Difference of two cells").Short()))
	plain := m.differenceBlocks(first, second)
	m.setCard(head, plain...)
	q, keys, ok := m.between(first, second)
	study, explains := m.place.Study().(comparing)
	if !ok || !explains {
		m.setCard(head, append(plain, part.Prose("No interval, because the cells differ in row and column. Choose two of one row or of one column."))...)
		return
	}
	task.Do(context.Background(), m.apart, func(ctx context.Context) ([]contrast.Card, error) {
		st, err := study.Comparing(ctx)
		if err != nil {
			return nil, err
		}
		var out []contrast.Card
		for _, measure := range m.measures() {
			q.Measures = []string{measure}
			c, err := st.Explain(ctx, q, keys...)
			if err != nil {
				return nil, err
			}
			out = append(out, c)
		}
		return out, nil
	}, func(cards []contrast.Card, err error) {
		if err != nil {
			m.setCard(head, append(plain, part.Prose(plainError(err)))...)
			return
		}
		blocks := []fyne.CanvasObject{}
		for _, c := range cards {
			blocks = append(blocks, part.Label(title(c.Measure.Name)), part.Sentence(c.Sentence))
			for _, line := range c.Reading {
				blocks = append(blocks, part.NewParagraph(line, theme.Text, theme.SmallSize))
			}
		}
		m.setCard(head, append(blocks, plain...)...)
	})
}

// measures are those of the maps.
func (m *matrixPane) measures() []string {
	out := []string{m.state.Measure}
	if second := m.state.Option(figure.MatrixSecond, ""); second != "" {
		out = append(out, second)
	}
	return out
}

// between asks for the second cell with the first as its baseline.
func (m *matrixPane) between(first, second int) (q query.Query, keys []frame.Key, ok bool) {
	s := m.state
	q = query.Query{Where: s.Where, Steps: s.Steps, Pair: s.Pair, Level: s.Level, Method: s.Method}
	var apart []string
	for _, field := range []string{m.rows, m.columns} {
		a, b := m.answer.Key(first, field), m.answer.Key(second, field)
		if a != b {
			apart = append(apart, field)
			q.Baseline, keys = a, []frame.Key{{Field: field, Value: b}}
		} else if field != "" {
			q.Where = q.Where.Narrow(field, a)
		}
	}
	q.By = apart
	return q, keys, len(apart) == 1
}

// differenceBlocks list the values of both cells.
func (m *matrixPane) differenceBlocks(first, second int) []fyne.CanvasObject {
	var out []fyne.CanvasObject
	for _, row := range []int{first, second} {
		out = append(out, part.Row(6, part.NewMarker(m.role(row)), part.Strong(m.cellName(row)).Short()), part.Pairs(m.numbers(row)...))
	}
	return out
}
