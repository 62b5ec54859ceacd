package views

import (
	"math"
	"slices"
	"strconv"
	"strings"

	"witnessmark/charts"
	"witnessmark/data"
	"witnessmark/data/estimate"
	"witnessmark/data/frame"
	"witnessmark/views/part"
	"witnessmark/views/theme"
)

// method names how intervals are made, where all rows agree.
func (v *conditions) method() string {
	var methods []string
	for i := range v.answer.Len() {
		if m := v.answer.Text(frame.Method, i); m != "" && !slices.Contains(methods, m) {
			methods = append(methods, m)
		}
	}
	if len(methods) == 0 {
		return "no interval"
	}
	return "interval  " + levelName(v.state.Level) + " " + strings.Join(methods, " or ")
}

// footnote says what p and the differences rest on.
func (v *conditions) footnote() string {
	var via []string
	m := 0
	for i := range v.answer.Len() {
		if text := v.answer.Text(frame.DiffVia, i); text != "" && !slices.Contains(via, text) {
			via = append(via, text)
		}
		if p := num(v.answer, frame.P, i); p == p {
			m++
		}
	}
	switch {
	case len(via) == 0 && v.state.Baseline == "":
		return "Choose a baseline to see differences from it."
	case len(via) == 0:
		return "No difference from " + valueLabel(v.state.Baseline) + " is estimable here; point at a row to see why."
	}
	text := "Differences are " + strings.Join(via, " or ") + "."
	if m > 0 && v.state.Flag("conditions.p", false) {
		floor := math.Inf(1)
		for i := range v.answer.Len() {
			if f := num(v.answer, frame.PFloor, i); f < floor {
				floor = f
			}
		}
		text += " Smallest p that this design can give " + pText(floor) + ". Holm over m = " + strconv.Itoa(m) + "."
	} else if m > 1 {
		text += " Intervals are not adjusted for m = " + strconv.Itoa(m) + " comparisons."
	}
	return text
}

func pText(p float64) string {
	switch {
	case p != p || math.IsInf(p, 0):
		return "not known"
	case p < 0.001:
		return "< 0.001"
	}
	return charts.Ratio.Text(p, 0)
}

// tableColumns declares the table of estimates.
func (v *conditions) tableColumns() []part.Column {
	as, f := format(v.measureOf), v.answer
	runs := numColumn(f, frame.Seeds, "Runs", "", 46, charts.Whole)
	n := numColumn(f, frame.N, countLabel(v.measureOf), "Samples behind the value", 128, charts.Whole)
	n.Spare, n.Cell = 2, func(row int) part.Cell { return kOfN(f, row) }
	bounds := numColumn(f, frame.Lo, levelName(v.state.Level), "", 112, as)
	bounds.Cell = func(row int) part.Cell { return interval(f, frame.Lo, frame.Hi, row, as) }
	above := numColumn(f, frame.Above, "Runs > 50 %", "Runs above half of the scale", 86, charts.Whole)
	above.Spare, above.Cell = 1, func(row int) part.Cell { return ofRuns(f, frame.Above, row) }
	left := numColumn(f, frame.Excluded, "Left out", "Samples left out, as a share of all", 92, charts.Whole)
	left.Spare, left.Cell = 3, func(row int) part.Cell { return leftOut(f, row) }
	mean := strong(numColumn(f, frame.Value, "Mean", "", 74, as))
	cols := append(v.groupColumns(), runs, v.orSilent(n, ""), v.orSilent(mean, "no value"), bounds, v.orSilent(above, ""), v.orSilent(left, ""))
	if v.state.Baseline == "" {
		return cols
	}
	return append(cols, v.differenceColumns()...)
}

// orSilent says instead in the cells of rows that no run stands behind; the
// reason is in the tooltip.
func (v *conditions) orSilent(c part.Column, instead string) part.Column {
	cell := c.Cell
	c.Cell = func(row int) part.Cell {
		out := cell(row)
		if num(v.answer, frame.Seeds, row) == 0 {
			out.Text, out.Color = instead, theme.Muted
		}
		return out
	}
	return c
}

// strong makes the numbers of a column bold; reasons stay as they are.
func strong(c part.Column) part.Column {
	cell := c.Cell
	c.Cell = func(row int) part.Cell {
		out := cell(row)
		out.Bold = out.Color == ""
		return out
	}
	return c
}

// groupColumns name the rows, a column a field that they are grouped by.
func (v *conditions) groupColumns() []part.Column {
	f := v.answer
	cols := []part.Column{{ID: v.state.By[0], Label: title(v.state.By[0]), Width: 120, Grow: true, Cell: func(row int) part.Cell {
		return part.Cell{Text: valueLabel(v.group(row)), Bold: true, Marker: v.role(v.group(row)), Tip: v.group(row)}
	}}}
	for _, field := range v.state.By[1:] {
		cols = append(cols, part.Column{ID: field, Label: title(field), Width: 120, Cell: func(row int) part.Cell { return part.Cell{Text: valueLabel(f.Text(field, row))} }})
	}
	if grader := func(row int) string { return f.Key(row, data.Grader) }; severalIn(f.Len(), grader) && !slices.Contains(v.state.By, data.Grader) {
		cols = append(cols, part.Column{ID: data.Grader, Label: title(data.Grader), Width: 130, Grow: true, Cell: func(row int) part.Cell { return part.Cell{Text: valueLabel(grader(row)), Tip: grader(row)} }})
	}
	return cols
}

// severalIn reports whether rows differ in a text.
func severalIn(rows int, text func(row int) string) bool {
	for row := 1; row < rows; row++ {
		if text(row) != text(0) {
			return true
		}
	}
	return false
}

// differenceColumns show the differences from the baseline.
func (v *conditions) differenceColumns() []part.Column {
	f, as := v.answer, changeFormat(v.measureOf)
	other := func(c part.Column, instead part.Cell) part.Column {
		cell := c.Cell
		c.Cell = func(row int) part.Cell {
			if v.group(row) == v.state.Baseline {
				return instead
			}
			out := cell(row)
			if _, _, known := f.Num(frame.Diff, row); !known && out.Text != "" {
				out.Text = "not estimable" // why is in the tooltip
			}
			return out
		}
		return c
	}
	bounds := numColumn(f, frame.DiffLo, levelName(v.state.Level)+pairLabel(f), "", 122, as)
	bounds.Cell = func(row int) part.Cell {
		c := interval(f, frame.DiffLo, frame.DiffHi, row, as)
		c.Tip = f.Text(frame.DiffVia, row)
		return c
	}
	cols := []part.Column{
		other(strong(numColumn(f, frame.Diff, differenceLabel(v.measureOf), "Difference from the baseline", 104, as)), part.Cell{Text: "baseline", Color: theme.Muted}),
		other(bounds, part.Cell{}),
	}
	if v.state.Flag("conditions.p", false) {
		cols = append(cols, v.pColumn(frame.P, "p"), v.pColumn(frame.PHolm, "Holm"))
	}
	return cols
}

func (v *conditions) pColumn(name, label string) part.Column {
	c := numColumn(v.answer, name, label, "", 62, charts.Ratio)
	c.Cell = func(row int) part.Cell { return part.Cell{Text: v.answerP(name, row)} }
	return c
}

func (v *conditions) answerP(column string, row int) string {
	p := num(v.answer, column, row)
	if p != p {
		return ""
	}
	return pText(p)
}

func countLabel(m estimate.Measure) string {
	if m.Rate {
		return "Count of n"
	}
	return "n"
}

// kOfN writes "15 183 of 38 400", or n alone where there is no count.
func kOfN(f frame.Frame, row int) part.Cell {
	n := number(f, frame.N, row, charts.Whole)
	k := num(f, frame.K, row)
	if k != k || n.Color != "" {
		return n
	}
	return part.Cell{Text: charts.Whole.Text(k, 0) + " of " + n.Text}
}

func ofRuns(f frame.Frame, column string, row int) part.Cell {
	c := number(f, column, row, charts.Whole)
	if c.Color == "" {
		c.Text += " of " + charts.Whole.Text(num(f, frame.Seeds, row), 0)
	}
	return c
}

// leftOut writes the share of samples that were left out.
func leftOut(f frame.Frame, row int) part.Cell {
	x, n := num(f, frame.Excluded, row), num(f, frame.N, row)
	if x != x || n != n || x+n == 0 {
		return part.Cell{Text: "not reported", Color: theme.Muted}
	}
	return part.Cell{Text: charts.Percent.Text(x/(x+n), x+n), Tip: charts.Whole.Text(x, 0) + " of " + charts.Whole.Text(x+n, 0) + " samples are left out"}
}

// differenceLabel heads the differences of a measure: in points, where it is
// a rate or a score out of 100.
func differenceLabel(m estimate.Measure) string {
	if format(m) == charts.Free {
		return "Difference"
	}
	return "Diff., points"
}

func pairLabel(f frame.Frame) string {
	for i := range f.Len() {
		if p := num(f, frame.Pairs, i); p == p {
			return ", paired"
		}
	}
	return ""
}
