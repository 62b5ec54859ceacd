package views

import (
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"witnessmark/charts"
	"witnessmark/data"
	"witnessmark/data/frame"
	"witnessmark/views/desk"
	"witnessmark/views/figure"
	"witnessmark/views/part"
	"witnessmark/views/task"
	"witnessmark/views/theme"
)

// matrixPane is the matrix screen: the maps of two measures, a mark a cell of
// one measure against the other, what is known of the selected cell, and
// whether a neutral prefix does as well as an inoculation.
type matrixPane struct {
	place Place
	cells *picture // the maps
	cloud *picture // one measure against the other
	left  *tableSplit
	right *fyne.Container
	head  *fyne.Container // of the selected cell
	card  *fyne.Container
	body  *container.Scroll
	whole *container.Split
	ratio *ratioPane
	apart *task.Slot // for the difference of two cells

	state         desk.State
	rows, columns string      // fields
	answer        frame.Frame // a row a cell and measure
}

func newMatrixPane(p Place) *matrixPane {
	m := &matrixPane{place: p, cells: newPicture(p), cloud: newPicture(p), ratio: newRatioPane(p), apart: task.NewSlot(p.Tasks)}
	m.head, m.card = container.NewStack(), part.Stack(8)
	m.body = part.Scroll(part.Pad(10, theme.Pad, theme.Pad, theme.Pad, m.card))
	m.cells.digest = func(_ string, _ desk.State, answers []frame.Frame) any { return answers }
	m.cells.answered = func(read any) {
		answers, _ := read.([]frame.Frame)
		m.hear(answers)
	}
	m.cells.adjust, m.cloud.adjust = m.withPrompts, m.byColumn
	for _, pic := range []*picture{m.cells, m.cloud} {
		pic.box.OnHit = func(h charts.Hit) { m.hit(h, pic.box.Held()) }
		pic.box.Marked = func(h charts.Hit) bool {
			key := m.keyOf(h.Keys)
			return key != "" && m.state.IsSelected(key)
		}
	}
	below := part.Ground(theme.Panel, part.Border(m.head, nil, nil, nil, m.body))
	beside := container.NewVSplit(m.cloud.box, below)
	beside.Offset = 0.56
	m.right = part.Border(nil, nil, part.Wall(), nil, beside)
	m.left = newTableSplit(m.cells.box, m.ratio.content)
	both := container.NewHSplit(m.left.split, m.right)
	both.Offset = 0.66
	m.whole = both
	return m
}

// show brings the pane in line with a state.
func (m *matrixPane) show(s desk.State) {
	facts := m.place.Facts()
	s = figure.Complete("matrix", s, facts.figure(m.place.Version, s))
	m.state = s
	m.rows, m.columns = figure.MatrixFields(facts.count, s)
	m.cells.show("matrix", s)
	m.cloud.show("scatter", m.scattered(s))
	m.cells.box.Frame()
	m.cloud.box.Frame()
	m.showCard()
	m.ratio.show(m)
	m.left.fit(len(m.measures()))
}

// scattered is the state of the scatter chart: a mark a cell, the first map's
// measure against the second's.
func (m *matrixPane) scattered(s desk.State) desk.State {
	s.Chart, s.By, s.Facet = "scatter", []string{m.rows}, ""
	if m.columns != "" {
		s.By = append(s.By, m.columns)
	}
	second := s.Option(figure.MatrixSecond, "")
	if about := m.place.Facts(); second != "" && about.Measure(s.Measure).Better > 0 && about.Measure(second).Better < 0 {
		s.Measure, second = second, s.Measure // as in the maps
	}
	return s.With(figure.ScatterMode, "").With(figure.ScatterSecond, second)
}

// hear keeps what the maps were made of.
func (m *matrixPane) hear(answers []frame.Frame) {
	m.answer = frame.Frame{}
	if len(answers) > 0 {
		m.answer = answers[0]
	}
	m.showCard()
	m.ratio.show(m)
}

// keyOf names the cell that keys are of, "" if they are of none.
func (m *matrixPane) keyOf(keys []frame.Key) string {
	row, ok := keyAt(keys, m.rows)
	if !ok {
		return ""
	}
	if m.columns == "" {
		return row
	}
	column, ok := keyAt(keys, m.columns)
	if !ok {
		return ""
	}
	return row + " | " + column
}

func keyAt(keys []frame.Key, field string) (string, bool) {
	i := slices.IndexFunc(keys, func(k frame.Key) bool { return k.Field == field })
	if i < 0 {
		return "", false
	}
	return keys[i].Value, true
}

// hit selects a cell; with shift a second one beside it.
func (m *matrixPane) hit(h charts.Hit, held fyne.KeyModifier) {
	key := m.keyOf(h.Keys)
	if key == "" {
		return
	}
	first := slices.DeleteFunc(slices.Clone(m.state.Selected), func(k string) bool { return k == key || m.row(k) < 0 })
	if held&fyne.KeyModifierShift != 0 && len(first) > 0 {
		m.place.Desk.Do(desk.Select(first[0], key))
		return
	}
	m.place.Desk.Do(desk.Select(key))
}

// row is the first row of the answer of a cell, −1 for none.
func (m *matrixPane) row(key string) int {
	for row := range m.answer.Len() {
		if m.keyOf(m.answer.Keys[row]) == key {
			return row
		}
	}
	return -1
}

// role is how the charts draw the cell of a row of the answer.
func (m *matrixPane) role(row int) charts.Role {
	roles, _ := m.place.Facts().looks(m.rows, m.state.Baseline)
	if r := roles[m.answer.Key(row, m.rows)]; r != "" {
		return r
	}
	return charts.Grey
}

// runs are the places of the runs behind a cell, among those that pass.
func (m *matrixPane) runs(keys []frame.Key) []int {
	facts := m.place.Facts()
	return slices.DeleteFunc(slices.Clone(m.place.Passing().Runs), func(run int) bool {
		return slices.ContainsFunc(keys, func(k frame.Key) bool {
			field, _ := facts.field(k.Field)
			return !field.OfContext && facts.Set.Runs[run].Fields[k.Field] != k.Value
		})
	})
}

// prompts are the train prompts behind a cell.
func (m *matrixPane) prompts(keys []frame.Key) []string {
	var out []string
	for _, run := range m.runs(keys) {
		p := strings.TrimSpace(m.place.Facts().Set.Runs[run].Fields[data.TrainPrompt])
		if p != "" && !slices.Contains(out, p) {
			out = append(out, p)
		}
	}
	return out
}

// withPrompts adds to what is said of each cell the prompts behind it.
func (m *matrixPane) withPrompts(spec charts.Spec) charts.Spec {
	const wide, most = 58, 6
	known := map[string][]string{}
	for _, p := range spec.Panels {
		for _, l := range p.Layers {
			for i, t := range l.Source {
				key := m.keyOf(t.Keys)
				if key == "" {
					continue
				}
				prompts, seen := known[key]
				if !seen {
					prompts = m.prompts(t.Keys)
					known[key] = prompts
				}
				if len(prompts) == 0 || len(prompts) > 2 {
					continue
				}
				lines := folded("Train prompt: "+strings.Join(prompts, " / "), wide)
				if len(lines) > most {
					lines = append(lines[:most], "…")
				}
				l.Source[i].Text = strings.Join(append(folded(t.Text, wide), lines...), "\n")
			}
		}
	}
	return spec
}

// folded breaks a text into lines of a number of letters.
func folded(text string, wide int) []string {
	var out []string
	line := ""
	for _, word := range strings.Fields(text) {
		if line != "" && len([]rune(line))+len([]rune(word)) >= wide {
			out, line = append(out, line), ""
		}
		line = strings.TrimSpace(line + " " + word)
	}
	return append(out, line)
}

// byColumn draws the cells of the first column filled and named, the others
// hollow: all names would hide the marks.
func (m *matrixPane) byColumn(spec charts.Spec) charts.Spec {
	spec.Source = ""
	if _, marks, ok := strings.Cut(spec.Subtitle, ". Mark = "); ok {
		spec.Subtitle = "Mark = " + marks // what it is about stands above the maps
	}
	if m.columns == "" {
		return m.withPrompts(spec)
	}
	first, several := "", false
	for _, p := range spec.Panels {
		names := map[string]bool{} // of the marks that are named
		for i := range p.Layers {
			l := &p.Layers[i]
			if l.Mark != "point" || len(l.Source) == 0 {
				continue
			}
			column, _ := keyAt(l.Source[0].Keys, m.columns)
			if first == "" {
				first = column
			}
			l.Hollow = column != first
			names[l.Name], several = !l.Hollow, several || l.Hollow
		}
		for i := range p.Layers {
			l := &p.Layers[i]
			for k, name := range l.Text {
				if l.Mark == "label" && l.Anchor == "auto" {
					l.Text[k] = strings.TrimSuffix(name, ", "+figure.Spoken(first))
					if !names[name] {
						l.Text[k] = ""
					}
				}
			}
		}
	}
	if several {
		spec.Subtitle = strings.TrimSuffix(spec.Subtitle, ".") + "; filled = " + plainName(m.columns) + " " + figure.Spoken(first) + ", hollow = others"
	}
	return m.withPrompts(spec)
}
