package views

import (
	"math"
	"slices"
	"strings"

	"witnessmark/charts"
	"witnessmark/data"
	"witnessmark/data/curve"
	"witnessmark/data/estimate"
	"witnessmark/data/frame"
	"witnessmark/data/query"
	"witnessmark/views/desk"
	"witnessmark/views/figure"
	"witnessmark/views/part"
	"witnessmark/views/theme"
)

// places are the rows of an answer by their place on the axis.
type places struct {
	frame.Frame
	column string // with the places
	along  charts.Along
	at     []float64 // distinct, ascending
	rows   map[float64][]int
}

// placesOf indexes an answer, in the order of the conditions.
func placesOf(f frame.Frame, s desk.State, facts *Facts) places {
	p := places{Frame: numeric(ordered(f, s, facts), data.Step), column: data.Step, rows: map[float64][]int{}}
	if f.Col(curve.X) != nil {
		p.column, p.along = curve.X, charts.Along(figure.Axis(s))
	}
	for row := range p.Len() {
		x := num(p.Frame, p.column, row)
		if x != x || p.empty(row) {
			continue
		}
		if p.rows[x] == nil {
			p.at = append(p.at, x)
		}
		p.rows[x] = append(p.rows[x], row)
	}
	slices.Sort(p.at)
	return p
}

// A digest is what the table and the crosshair need of a chart's answers.
type digest struct {
	has           bool
	steps, second places
	notes         []frame.Note
}

// digested reads the answers of a chart over checkpoints. It runs off the UI
// thread.
func digested(recipe string, s desk.State, answers []frame.Frame, facts *Facts) digest {
	if recipe == "survival" || len(answers) == 0 {
		return digest{}
	}
	d := digest{has: true, steps: placesOf(answers[0], s, facts)}
	for _, n := range answers[0].Notes {
		if slices.Contains([]string{"unequal-lengths", "missing-steps", "no-onset", "band"}, n.ID) {
			d.notes = append(d.notes, n)
		}
	}
	if recipe == "together" && len(answers) > 1 {
		d.second = placesOf(answers[1], s, facts)
	}
	return d
}

// empty tells rows that only carry units of an axis on which runs have places
// of their own.
func (p places) empty(row int) bool {
	_, why, ok := p.Num(frame.Value, row)
	return !ok && why == ""
}

// numeric makes a column of texts that are numbers a column of numbers.
func numeric(f frame.Frame, column string) frame.Frame {
	f.Columns = slices.Clone(f.Columns)
	for i, c := range f.Columns {
		if c.Name != column || c.Num != nil {
			continue
		}
		nums := make([]float64, len(c.Text))
		for row, text := range c.Text {
			nums[row] = math.NaN()
			if v := query.Text(text); v.Numeric {
				nums[row] = v.Num
			}
		}
		f.Columns[i] = frame.Column{Name: column, Num: nums}
	}
	return f
}

// near returns the place nearest to one on the axis; there is one at least.
func (p places) near(x float64) float64 {
	i, found := slices.BinarySearch(p.at, x)
	switch {
	case found || i == 0:
		return p.at[min(i, len(p.at)-1)]
	case i == len(p.at) || x-p.at[i-1] < p.at[i]-x:
		return p.at[i-1]
	}
	return p.at[i]
}

// next returns the place some steps after one, kept within the axis.
func (p places) next(x float64, by int) float64 {
	i, _ := slices.BinarySearch(p.at, x)
	return p.at[max(0, min(len(p.at)-1, i+by))]
}

// sorted are the rows at a place, the greatest value first.
func (p places) sorted(x float64, column string) []int {
	rows := slices.Clone(p.rows[x])
	slices.SortStableFunc(rows, func(a, b int) int {
		x, y := num(p.Frame, column, a), num(p.Frame, column, b)
		switch {
		case x > y || y != y && x == x:
			return -1
		case x < y || x != x && y == y:
			return 1
		}
		return 0
	})
	return rows
}

// groupOf names a row's group: its keys without the step.
func groupOf(f frame.Frame, row int) string {
	var out []string
	for _, k := range f.Keys[row] {
		if k.Field != data.Step {
			out = append(out, figure.Spoken(k.Value))
		}
	}
	return strings.Join(out, ", ")
}

// twin finds the row of another answer at a place and of the same group.
func (p places) twin(x float64, group string) int {
	for _, row := range p.rows[x] {
		if groupOf(p.Frame, row) == group {
			return row
		}
	}
	return -1
}

// valueColumns show every condition at a place.
func (v *checkpoints) valueColumns() []part.Column {
	as, f := format(v.measureOf), v.steps.Frame
	cols := append(v.leadColumns(), part.Column{ID: frame.Value, Label: "Mean", Width: 90, Right: true, Num: v.by(frame.Value), Cell: v.cell(func(row int) part.Cell {
		c := number(f, frame.Value, row, as)
		c.Bold = c.Color == ""
		return c
	})},
		part.Column{ID: frame.Lo, Label: levelName(v.state.Level), Width: 110, Right: true, Num: v.by(frame.Lo), Cell: v.cell(func(row int) part.Cell { return interval(f, frame.Lo, frame.Hi, row, as) })})
	if v.second.Len() > 0 {
		return append(cols, v.secondColumns()...)
	}
	return append(cols,
		part.Column{ID: frame.Above, Label: "Above 50" + "\u00a0%", Width: 96, Right: true, Num: v.by(frame.Above), Cell: v.cell(func(row int) part.Cell { return aboveHalf(f, row) })},
		part.Column{ID: "highest", Label: "Highest run", Width: 100, Right: true, Spare: 2, Cell: v.cell(func(row int) part.Cell { return highest(f, row, as) })})
}

// aboveHalf counts the runs above half of the scale.
func aboveHalf(f frame.Frame, row int) part.Cell {
	if _, _, ok := f.Num(frame.Above, row); ok {
		return ofRuns(f, frame.Above, row)
	}
	return part.Cell{Color: theme.Muted}
}

// secondColumns show the second measure at the same place.
func (v *checkpoints) secondColumns() []part.Column {
	m := v.place.Facts().Measure(v.state.Option(figure.SecondMeasureOption, ""))
	twin := func(of func(f frame.Frame, row int) part.Cell) func(int) part.Cell {
		return v.cell(func(row int) part.Cell {
			if i := v.second.twin(v.step, groupOf(v.steps.Frame, row)); i >= 0 {
				return of(v.second.Frame, i)
			}
			return part.Cell{Text: "not reported", Color: theme.Muted}
		})
	}
	return []part.Column{
		{ID: "second", Label: title(m.Name), Width: 110, Right: true, Cell: twin(func(f frame.Frame, row int) part.Cell {
			c := number(f, frame.Value, row, format(m))
			c.Bold = c.Color == ""
			return c
		})},
		{ID: "second_lo", Label: levelName(v.state.Level), Width: 110, Right: true, Spare: 3, Cell: twin(func(f frame.Frame, row int) part.Cell {
			return interval(f, frame.Lo, frame.Hi, row, format(m))
		})},
	}
}

// changeColumns show the change of every condition since a step.
func (v *checkpoints) changeColumns() []part.Column {
	as, change, f := format(v.measureOf), changeFormat(v.measureOf), v.steps.Frame
	return []part.Column{
		v.leadColumns()[0],
		{ID: frame.Value, Label: "Mean here", Width: 90, Right: true, Spare: 2, Num: v.by(frame.Value), Cell: v.cell(func(row int) part.Cell { return number(f, frame.Value, row, as) })},
		{ID: frame.Diff, Label: "Change", Width: 96, Right: true, Num: v.by(frame.Diff), Cell: v.cell(func(row int) part.Cell {
			c := number(f, frame.Diff, row, change)
			c.Bold = c.Color == ""
			return c
		})},
		{ID: frame.DiffLo, Label: levelName(v.state.Level), Width: 116, Right: true, Num: v.by(frame.DiffLo), Cell: v.cell(func(row int) part.Cell {
			c := interval(f, frame.DiffLo, frame.DiffHi, row, change)
			c.Tip = f.Text(frame.DiffVia, row)
			return c
		})},
		{ID: frame.Pairs, Label: "Pairs", Width: 60, Right: true, Spare: 1, Num: v.by(frame.Pairs), Cell: v.cell(func(row int) part.Cell { return number(f, frame.Pairs, row, charts.Whole) })},
		{ID: "directions", Label: "Down, up", Width: 90, Right: true, Spare: 3, Cell: v.cell(func(row int) part.Cell { return directions(f, row) })},
	}
}

// directions counts the runs that went down and up.
func directions(f frame.Frame, row int) part.Cell {
	down, up := 0, 0
	for _, u := range f.Units[row] {
		switch {
		case u.Pair < 0:
			down++
		case u.Pair > 0:
			up++
		}
	}
	return part.Cell{Text: charts.Whole.Text(float64(down), 0) + ", " + charts.Whole.Text(float64(up), 0), Color: theme.Muted}
}

func (v *checkpoints) cell(of func(row int) part.Cell) func(int) part.Cell {
	return func(i int) part.Cell { return of(v.shown[i]) }
}

func (v *checkpoints) by(column string) func(int) float64 {
	return func(i int) float64 { return num(v.steps.Frame, column, v.shown[i]) }
}

// leadColumns name conditions and what their numbers rest on.
func (v *checkpoints) leadColumns() []part.Column {
	f := v.steps.Frame
	return []part.Column{
		{ID: data.Condition, Label: "Condition", Width: 130, Grow: true, Cell: v.cell(func(row int) part.Cell {
			name := groupOf(f, row)
			return part.Cell{Text: valueLabel(name), Bold: true, Marker: v.place.Facts().Role(f.Text(data.Condition, row)), Tip: name}
		})},
		{ID: frame.Seeds, Label: "Runs", Width: 60, Right: true, Num: v.by(frame.Seeds), Cell: v.cell(func(row int) part.Cell { return number(f, frame.Seeds, row, charts.Whole) })},
		{ID: frame.N, Label: countLabel(v.measureOf), Width: 130, Right: true, Spare: 1, Num: v.by(frame.N), Cell: v.cell(func(row int) part.Cell { return kOfN(f, row) })},
	}
}

// highest writes the greatest value of a single run.
func highest(f frame.Frame, row int, as charts.Format) part.Cell {
	best := math.NaN()
	for _, u := range f.Units[row] {
		if !(best >= u.Value) {
			best = u.Value
		}
	}
	if best != best {
		return part.Cell{Text: "not reported", Color: theme.Muted}
	}
	return part.Cell{Text: as.Text(best, 0), Color: theme.Muted}
}

// readings are the conditions' lines of the card at the crosshair, the
// greatest value first.
func (v *checkpoints) readings(p places, at float64, m estimate.Measure) []part.Reading {
	column := frame.Value
	if v.changes() {
		column = frame.Diff
	}
	var out []part.Reading
	for _, row := range p.sorted(at, column) {
		out = append(out, v.reading(p.Frame, row, m))
	}
	return out
}

func (v *checkpoints) reading(f frame.Frame, row int, m estimate.Measure) part.Reading {
	as, lo, hi, value := format(m), frame.Lo, frame.Hi, frame.Value
	if v.changes() {
		as, lo, hi, value = changeFormat(m), frame.DiffLo, frame.DiffHi, frame.Diff
	}
	name := f.Text(data.Condition, row)
	text := number(f, value, row, as).Text + " " + interval(f, lo, hi, row, as).Text + ", " + charts.Count(num(f, frame.Seeds, row), "run")
	return part.Reading{Role: v.place.Facts().Role(name), Name: valueLabel(groupOf(f, row)), Text: text}
}

// single lists the runs at a place one by one, the greatest first, where few
// are drawn.
func (v *checkpoints) single(rows []int) []part.Reading {
	var out []part.Reading
	var values []float64
	as, changes := format(v.measureOf), v.changes()
	for _, row := range rows {
		name := v.steps.Text(data.Condition, row)
		for _, u := range v.steps.Units[row] {
			if changes {
				u.Value = u.Pair
			}
			if v.state.IsHidden(u.Run) || u.Value != u.Value {
				continue
			}
			i, _ := slices.BinarySearchFunc(values, u.Value, func(a, b float64) int {
				if a > b {
					return -1
				}
				return 1
			})
			values = slices.Insert(values, i, u.Value)
			out = slices.Insert(out, i, part.Reading{Role: v.place.Facts().Role(name), Name: u.Run, Text: as.Text(u.Value, u.N)})
		}
	}
	if len(out) > mostSingle {
		return nil
	}
	return out
}

// mostSingle is how many runs the card lists one by one.
const mostSingle = 8
