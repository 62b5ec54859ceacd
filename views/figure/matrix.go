package figure

import (
	"cmp"
	"context"
	"math"
	"slices"
	"strings"

	"witnessmark/charts"
	"witnessmark/data"
	"witnessmark/data/estimate"
	"witnessmark/data/frame"
	"witnessmark/views/desk"
)

// The switches of a matrix.
const (
	MatrixColumns = "matrix.columns"    // field of the columns; "" for that of MatrixFields
	MatrixSecond  = "matrix.second"     // a second measure, beside the first; "" for none, unset for the one that goes with it
	MatrixDiff    = "matrix.difference" // on: differences from the baseline in place of values
	MatrixSort    = "matrix.sort"       // "designed" or "value", the largest first
	MatrixN       = "matrix.n"          // on, as it is until set: n in the cells
)

// matrixPanel is the column by which a matrix is split into panels.
const matrixPanel = "panel"

// MatrixFields are the fields of the rows and of the columns of a matrix, of
// those that a study has: what the state names (By, and MatrixColumns or a
// second field of By), else conditions (train prompts where the study has no
// conditions) by eval prompts (evals where there are no prompts). Columns is
// "" where nothing but the rows tells numbers apart. Values says how many
// values a field has.
func MatrixFields(values func(field string) int, s desk.State) (rows, columns string) {
	rows = some(values, data.Condition, data.TrainPrompt)
	if rows == "" {
		rows = data.Condition
	}
	if len(s.By) > 0 {
		rows = s.By[0]
	}
	if columns = some(values, data.EvalPrompt, data.Eval); columns == rows {
		columns = ""
	}
	if len(s.By) > 1 {
		columns = s.By[1]
	}
	if chosen := s.Option(MatrixColumns, ""); chosen != "" && chosen != rows && values(chosen) > 0 {
		columns = chosen
	}
	return rows, columns
}

// some is the first field of several values, else the first that is there,
// "" for none.
func some(values func(string) int, names ...string) string {
	for _, least := range []int{2, 1} {
		if i := slices.IndexFunc(names, func(n string) bool { return values(n) >= least }); i >= 0 {
			return names[i]
		}
	}
	return ""
}

// valuesOf counts the values of an index's fields.
func valuesOf(x *estimate.Index) func(field string) int {
	values := map[string]int{}
	for _, f := range x.Fields() {
		values[f.Name] = f.Values
	}
	return func(field string) int { return values[field] }
}

// cells asks for a row a combination and measure.
func cells(ctx context.Context, x *estimate.Index, s desk.State) ([]frame.Frame, error) {
	rows, columns := MatrixFields(valuesOf(x), s)
	q := base(s)
	q.By, q.Units = []string{rows}, false
	if columns != "" {
		q.By = append(q.By, columns)
	}
	if len(s.By) > 2 {
		q.By = append(q.By, s.By[2:]...)
	} else if s.Facet != "" && !slices.Contains(q.By, s.Facet) {
		q.By = append(q.By, s.Facet)
	}
	if second := s.Option(MatrixSecond, ""); second != "" {
		q.Measures = append(q.Measures, second)
	}
	if s.Flag(MatrixDiff, false) {
		q.Baseline, q.Pair = s.Baseline, s.Pair
	}
	f, err := x.Ask(ctx, q)
	return []frame.Frame{f}, err
}

// matrix splits the answer into a panel a measure (and judge, and value of
// further fields), sorts rows, and says what a cell is.
func matrix(s desk.State, about Facts, o *charts.Options, answers []frame.Frame) []frame.Frame {
	f := withoutJudges(answers[0], o.By)
	by := keyColumns(f)
	if len(by) == 0 {
		return answers
	}
	o.By, o.Series, o.Facet = by[0], "", matrixPanel
	if len(by) > 1 {
		o.Series = by[1]
	}
	o.Difference, o.NoCounts = s.Flag(MatrixDiff, false), !s.Flag(MatrixN, true)
	measures := []estimate.Measure{about.measure(s.Measure)}
	if second := s.Option(MatrixSecond, ""); second != "" {
		measures = append(measures, about.measure(second))
		if measures[0].Better > 0 && measures[1].Better < 0 {
			slices.Reverse(measures) // what is not wanted stands at the left
		}
		o.MeasureLabel = label2(s, measures)
	}
	o.Scale = common(measures...)
	if s.Baseline == "" || !o.Difference {
		o.Difference = false
	}
	f = withoutReported(f)
	f = f.Select(matrixOrder(f, o, s, about))
	f = withPanels(withoutBlanks(f), by, about)
	o.Panels = panels(f, measures)
	return []frame.Frame{f}
}

// withoutBlanks leaves out rows that stand for no value in an answer that
// keeps judges apart: their cells are not run by any of them.
func withoutBlanks(f frame.Frame) frame.Frame {
	if f.Col(data.Grader) == nil {
		return f
	}
	var rows []int
	for row := range f.Len() {
		if _, _, ok := f.Num(frame.Value, row); ok || f.Text(data.Grader, row) != "" {
			rows = append(rows, row)
		}
	}
	return f.Select(rows)
}

// panels orders the panels by measure and then by judge.
func panels(f frame.Frame, measures []estimate.Measure) []string {
	var out []string
	for _, m := range measures {
		var own []string
		for row := range f.Len() {
			if name := f.Text(matrixPanel, row); f.Text(frame.Measure, row) == m.Name && !slices.Contains(own, name) {
				own = append(own, name)
			}
		}
		slices.Sort(own)
		out = append(out, own...)
	}
	return out
}

// label2 names both measures with the steps that they are averaged over.
func label2(s desk.State, measures []estimate.Measure) string {
	first := s
	first.Measure = measures[0].Name + " and " + measures[1].Name
	return label(first)
}

// keyColumns are the fields that the answer groups by.
func keyColumns(f frame.Frame) []string {
	var out []string
	for _, c := range f.Columns {
		if c.Name == frame.Measure {
			break
		}
		out = append(out, c.Name)
	}
	return out
}

// withoutReported leaves out the numbers that a file merely reports where
// there are others.
func withoutReported(f frame.Frame) frame.Frame {
	var rows []int
	for row := range f.Len() {
		if f.Text(frame.Reported, row) == "" {
			rows = append(rows, row)
		}
	}
	if rows == nil {
		return f
	}
	return f.Select(rows)
}

// matrixOrder puts columns in their natural order, and rows in the designed
// one or by the mean of what is shown of the first measure.
func matrixOrder(f frame.Frame, o *charts.Options, s desk.State, about Facts) []int {
	rows := make([]int, f.Len())
	for i := range rows {
		rows[i] = i
	}
	if s.Option(MatrixSort, "designed") != "value" {
		return rows
	}
	shown := frame.Value
	if o.Difference {
		shown = frame.Diff
	}
	sum, n := map[string]float64{}, map[string]float64{}
	for row := range f.Len() {
		if v, _, ok := f.Num(shown, row); ok && f.Text(frame.Measure, row) == s.Measure {
			sum[f.Text(o.By, row)] += v
			n[f.Text(o.By, row)]++
		}
	}
	mean := func(row int) float64 {
		name := f.Text(o.By, row)
		if n[name] == 0 {
			return math.Inf(-1)
		}
		return sum[name] / n[name]
	}
	slices.SortStableFunc(rows, func(a, b int) int { return cmp.Compare(mean(b), mean(a)) })
	return rows
}

// withPanels adds the column of panels, and writes names as words.
func withPanels(f frame.Frame, by []string, about Facts) frame.Frame {
	panel := frame.Column{Name: matrixPanel, Text: make([]string, f.Len())}
	for row := range f.Len() {
		m := about.measure(f.Text(frame.Measure, row))
		parts := []string{Words(m.Name) + better(m)}
		for _, field := range by[min(2, len(by)):] {
			parts = append(parts, Spoken(f.Text(field, row)))
		}
		panel.Text[row] = strings.Join(parts, ", ")
	}
	f.Columns = slices.Clone(f.Columns)
	for i, c := range f.Columns {
		switch {
		case c.Name == by[0]:
			f.Columns[i].Text = named(spoken(c.Text))
		case len(by) > 1 && c.Name == by[1]:
			f.Columns[i].Text = headed(c.Name, named(spoken(c.Text)))
		}
	}
	f.Columns = append(f.Columns, panel)
	return f
}

// headed puts the field before short values, so that a column of eval prompts
// is not taken for one of conditions.
func headed(field string, names []string) []string {
	const most = 24
	out := slices.Clone(names)
	if field == data.Eval {
		return out
	}
	for i, n := range out {
		if len([]rune(n)) <= most {
			out[i] = Spoken(field) + " " + n
		}
	}
	return out
}

// named gives a name to what has none.
func named(names []string) []string {
	out := slices.Clone(names)
	for i, n := range out {
		if strings.TrimSpace(n) == "" {
			out[i] = noName
		}
	}
	return out
}
