package views

import (
	"context"
	"strings"

	"witnessmark/charts"
	"witnessmark/data"
	"witnessmark/data/curve"
	"witnessmark/data/estimate"
	"witnessmark/data/frame"
	"witnessmark/data/oversight"
	"witnessmark/views/desk"
	"witnessmark/views/figure"
	"witnessmark/views/part"
	"witnessmark/views/theme"
)

// paneOption says what the pane beside the survival curve shows.
const paneOption = "checkpoints.pane"

// A course is one of the tables in the pane beside the survival curve.
type course struct {
	id, label string
	// ask computes the table off the UI thread.
	ask func(ctx context.Context, x *estimate.Index, s desk.State) (frame.Frame, error)
}

// courses lists them in the order of their segments.
var courses = []course{
	{"onset", "Onset", askOnsets},
	{"trend", "Trend", askTrends},
	{"together", "Together", askTogether},
}

func courseOf(s desk.State) int {
	id := s.Option(paneOption, courses[0].id)
	for i, r := range courses {
		if r.id == id {
			return i
		}
	}
	return 0
}

func askOnsets(ctx context.Context, x *estimate.Index, s desk.State) (frame.Frame, error) {
	o, err := oversight.Study{Index: x}.Onsets(ctx, figure.Onset(s))
	if err != nil {
		return frame.Frame{}, err
	}
	return o.Table(), nil
}

// askTrends joins slopes with the hint where a level changes; both have a row
// a group, in one order.
func askTrends(ctx context.Context, x *estimate.Index, s desk.State) (frame.Frame, error) {
	f, err := figure.Curves(ctx, x, s)
	if err != nil {
		return f, err
	}
	out := curve.Trends(f, s.Level)
	for _, c := range curve.Shifts(f).Columns {
		if c.Name == frame.P {
			c.Name = shiftP
		}
		if out.Col(c.Name) == nil {
			out.Columns = append(out.Columns, c)
		}
	}
	return out, nil
}

// shiftP is the column with the p of the hint.
const shiftP = "shift_p"

func askTogether(ctx context.Context, x *estimate.Index, s desk.State) (frame.Frame, error) {
	second := figure.Second(s)
	if second.Measure == "" {
		return frame.Frame{}, nil
	}
	f, err := figure.Curves(ctx, x, s)
	if err != nil {
		return f, err
	}
	g, err := figure.Curves(ctx, x, second)
	if err != nil {
		return g, err
	}
	return curve.Relate(f, g, firstStarts(ctx, x, s), firstStarts(ctx, x, second), s.Level), nil
}

// firstStarts are the onsets over the first threshold, none where the measure
// has no scale.
func firstStarts(ctx context.Context, x *estimate.Index, s desk.State) frame.Frame {
	o, err := oversight.Study{Index: x}.Onsets(ctx, figure.Onset(s))
	if err != nil {
		return frame.Frame{}
	}
	return o.Starts(0)
}

// groupColumn names the groups of a reading, with their markers.
func (o *onsetPane) groupColumn(at func(row int) int) part.Column {
	return part.Column{ID: data.Condition, Label: "Condition", Width: 140, Grow: true, Fixed: true, Cell: func(row int) part.Cell {
		name, whole := rowName(o.answer, at(row)), groupName(o.answer, at(row))
		return part.Cell{Text: valueLabel(whole), Bold: true, Marker: o.place.Facts().Role(name), Tip: whole}
	}}
}

func same(row int) int { return row }

// fixed is a column of numbers that is as wide as given.
func fixed(id, label string, width float32, spare int, cell func(row int) part.Cell) part.Column {
	return part.Column{ID: id, Label: label, Width: width, Right: true, Fixed: true, Spare: spare, Cell: cell}
}

// trendColumns show the slopes and the hint.
func (o *onsetPane) trendColumns() []part.Column {
	f, m := o.answer, o.place.Facts().Measure(o.question.Measure)
	as := changeFormat(m)
	per := "Per " + charts.Whole.Text(num(f, curve.Per, 0), 0) + " steps"
	return []part.Column{
		o.groupColumn(same),
		fixed(frame.Value, per, 112, 0, func(row int) part.Cell {
			c := number(f, frame.Value, row, as)
			c.Bold = c.Color == ""
			return c
		}),
		fixed(frame.Lo, levelName(o.question.Level), 112, 1, func(row int) part.Cell { return interval(f, frame.Lo, frame.Hi, row, as) }),
		fixed(curve.After, "Shift after", 86, 2, func(row int) part.Cell { return stepOrWhy(f, curve.After, row) }),
		fixed(curve.Now, "Levels", 126, 3, func(row int) part.Cell {
			a, b := num(f, curve.Before, row), num(f, curve.Now, row)
			if a != a || b != b {
				return part.Cell{}
			}
			return part.Cell{Text: format(m).Text(a, 0) + " to " + format(m).Text(b, 0), Color: theme.Muted}
		}),
		fixed(shiftP, "p of shift", 72, 4, func(row int) part.Cell { return pCell(f, shiftP, row) }),
	}
}

func stepOrWhy(f frame.Frame, column string, row int) part.Cell {
	v, why, ok := f.Num(column, row)
	if !ok {
		return part.Cell{Text: "not estim.", Color: theme.Muted, Tip: "Not estimable, because " + why}
	}
	return part.Cell{Text: plainNumber(v)}
}

func pCell(f frame.Frame, column string, row int) part.Cell {
	v := num(f, column, row)
	if v != v {
		return part.Cell{}
	}
	return part.Cell{Text: pText(v), Color: theme.Muted, Tip: "By 999 random orders of the steps; neighboring steps resemble each other, so it is a hint and no test"}
}

// trendWords say in which conditions the measure moves, no stronger than the
// intervals.
func (o *onsetPane) trendWords() string {
	f, m := o.answer, o.place.Facts().Measure(o.question.Measure)
	as := changeFormat(m)
	var moves, still, silent []string
	for row := range f.Len() {
		name, v, lo, hi := groupName(f, row), num(f, frame.Value, row), num(f, frame.Lo, row), num(f, frame.Hi, row)
		switch {
		case lo != lo || hi != hi:
			silent = append(silent, name)
		case lo > 0 || hi < 0:
			verb := "rises by "
			if v < 0 {
				verb = "falls by "
			}
			moves = append(moves, verb+strings.TrimLeft(as.Bare(v, 0), "+−")+unitOf(m)+" "+as.Interval(lo, hi, 0)+" under "+name)
		default:
			still = append(still, name)
		}
	}
	per := " per " + charts.Whole.Text(num(f, curve.Per, 0), 0) + " steps"
	var parts []string
	if len(moves) > 0 {
		parts = append(parts, title(o.question.Measure)+per+" "+inWords(moves))
	}
	if len(still) > 0 {
		parts = append(parts, "no clear trend under "+inWords(still))
	}
	if len(silent) > 0 {
		parts = append(parts, "no interval under "+inWords(silent)+", where one run is all there is")
	}
	return upper(strings.Join(parts, "; ")) + ". Slope of each seed by least squares, then t over seeds. The shift, a hint, is where two levels fit the mean of seeds best; a steady rise has one too, so it proves no jump."
}

// unitOf is the unit of a measure's differences in a sentence.
func unitOf(m estimate.Measure) string {
	if changeFormat(m) == charts.Points {
		return " points"
	}
	return ""
}

func inWords(parts []string) string {
	if len(parts) < 2 {
		return strings.Join(parts, "")
	}
	return strings.Join(parts[:len(parts)-1], ", ") + " and " + parts[len(parts)-1]
}

// togetherColumns show how both measures move within runs.
func (o *onsetPane) togetherColumns() []part.Column {
	f := o.answer
	bounds := func(name string, as charts.Format) func(int) part.Cell {
		return func(row int) part.Cell { return interval(f, name+"_lo", name+"_hi", row, as) }
	}
	return []part.Column{
		o.groupColumn(same),
		fixed(frame.Value, "Correlation", 86, 0, func(row int) part.Cell {
			c := number(f, frame.Value, row, charts.Logs)
			c.Bold = c.Color == ""
			return c
		}),
		fixed(frame.Lo, levelName(o.question.Level), 92, 1, func(row int) part.Cell { return interval(f, frame.Lo, frame.Hi, row, charts.Logs) }),
		fixed(curve.Lag, "Lag, steps", 78, 0, func(row int) part.Cell { return lagCell(f, curve.Lag, row) }),
		fixed(curve.Lag+"_lo", levelName(o.question.Level), 92, 3, bounds(curve.Lag, charts.Change)),
		fixed(curve.Lead, "Onset lead", 84, 0, func(row int) part.Cell { return lagCell(f, curve.Lead, row) }),
		fixed(curve.Lead+"_lo", levelName(o.question.Level), 110, 2, bounds(curve.Lead, charts.Change)),
		fixed(curve.LeadN, "Seeds", 50, 4, func(row int) part.Cell { return number(f, curve.LeadN, row, charts.Whole) }),
	}
}

func lagCell(f frame.Frame, column string, row int) part.Cell {
	v, why, ok := f.Num(column, row)
	if !ok {
		return part.Cell{Text: "not estim.", Color: theme.Muted, Tip: "Not estimable, because " + why}
	}
	return part.Cell{Text: charts.Change.Text(v, 0)}
}

// togetherWords say how two measures move together, and which moves first.
func (o *onsetPane) togetherWords() string {
	second := o.second
	if second == "" {
		return "Choose a second measure above the chart to see how both move together within runs."
	}
	f := o.answer
	a, b := title(o.question.Measure), plainName(second)
	var rs, leads []string
	for row := range f.Len() {
		name := groupName(f, row)
		if lo := num(f, frame.Lo, row); lo == lo {
			rs = append(rs, charts.Logs.Text(num(f, frame.Value, row), 0)+" "+charts.Logs.Interval(lo, num(f, frame.Hi, row), 0)+" under "+name)
		}
		if lo, hi, v := num(f, curve.Lead+"_lo", row), num(f, curve.Lead+"_hi", row), num(f, curve.Lead, row); lo == lo {
			leads = append(leads, leadWords(v, lo, hi)+" under "+name+" ("+charts.Count(num(f, curve.LeadN, row), "seed")+")")
		}
	}
	text := "Within no group can the two be correlated"
	if len(rs) > 0 {
		text = a + " and " + b + " correlate within runs at " + inWords(rs)
	}
	if len(leads) > 0 {
		text += ". By their onsets " + plainName(o.question.Measure) + " comes " + inWords(leads)
	}
	return text + ". Mean over seeds by Fisher's z with t; lag = shift at which changes from step to step agree most, positive where " + plainName(o.question.Measure) + " moves first. Two measures that both rise correlate anyway."
}

func leadWords(v, lo, hi float64) string {
	bounds := " steps " + charts.Change.Interval(lo, hi, 0)
	switch {
	case lo <= 0 && hi >= 0:
		return "neither clearly first nor second" + strings.Replace(bounds, " steps", "", 1)
	case v > 0:
		return charts.Scores.Text(v, 0) + bounds + " earlier"
	}
	return charts.Scores.Text(-v, 0) + bounds + " later"
}
