package views

import (
	"strings"

	"witnessmark/charts"
	"witnessmark/data"
	"witnessmark/data/frame"
	"witnessmark/data/oversight"
	"witnessmark/views/figure"
	"witnessmark/views/part"
	"witnessmark/views/theme"
)

// An estimated is how a column of estimates is written.
type estimated struct {
	id, label   string
	width, span float32
	as          charts.Format
	tip         string
}

// columns are an estimate of each row with its interval beside it.
func (e estimated) columns(f frame.Frame, level string) []part.Column {
	write := func(row int) (value, span part.Cell) { return estimateCells(f, row, e.id, e.as) }
	return []part.Column{
		{ID: e.id, Label: e.label, Width: e.width, Right: true, Fixed: true, Tip: e.tip, Cell: func(row int) part.Cell {
			value, span := write(row)
			if span.Text != "" {
				value.Tip = value.Text + " " + span.Text + "\n" + f.Text(e.id+"_method", row)
			}
			return value
		}},
		{ID: e.id + "_lo", Label: level, Width: e.span, Right: true, Fixed: true, Cell: func(row int) part.Cell {
			_, span := write(row)
			span.Tip = f.Text(e.id+"_method", row)
			return span
		}},
	}
}

// estimateCells are an estimate and its interval, or in place of the first
// that there is none and why.
func estimateCells(f frame.Frame, row int, column string, as charts.Format) (value, span part.Cell) {
	x, why, ok := f.Num(column, row)
	if !ok {
		return part.Cell{Text: "not estimable", Color: theme.Muted, Tip: "Not estimable, because " + why, Across: 1}, part.Cell{}
	}
	n := num(f, column+"_n", row)
	value = part.Cell{Text: as.Text(x, n), Bold: true}
	if lo, hi := num(f, column+"_lo", row), num(f, column+"_hi", row); lo == lo && hi == hi {
		if as == charts.Percent {
			n = 1 // without decimals
		}
		span = part.Cell{Text: as.Interval(lo, hi, n), Color: theme.Muted}
	}
	return value, span
}

// pairColumns are the columns of rates of two lines of defense.
var pairColumns = []estimated{
	{"recall_diff", "Recall, points", 100, 112, charts.Points, "Recall of the first less that of the second on the same positives: McNemar's mid-p, Tango's interval"},
	{"kappa", "κ", 50, 104, charts.Logs, "Cohen's κ of their verdicts on the same samples"},
	{"union_recall", "Either, recall", 92, 66, charts.Percent, "Positives that either flags, at the thresholds in use"},
	{"union_fpr", "Either, FPR", 80, 62, charts.Percent, "Benign samples that either flags, at the thresholds in use"},
	{"union_within", "Either in budget", 112, 66, charts.Percent, "Recall of either, at the two thresholds that are best within the budget"},
	{"sequence_within", "In sequence", 88, 66, charts.Percent, "Recall where the first passes on one sample in ten and the second decides, within the budget"},
	{"fpr_diff", "FPR, points", 88, 108, charts.Points, "False positive rate of the first less that of the second on the same benign samples"},
	{"auroc_diff", "AUROC", 72, 112, charts.Logs, "AUROC of the first less that of the second, paired DeLong"},
	{"g_mean2_diff", "g-mean²", 76, 112, charts.Logs, "g-mean² of the first less that of the second, bootstrap over items"},
}

// showPairs lists monitors as first and second lines of defense.
func (v *monitors) showPairs(d *defense) {
	f := d.pairs
	if f.Len() == 0 {
		v.lowerWords("First line", d.why)
		return
	}
	side := func(id, label, column string) part.Column {
		return part.Column{ID: id, Label: label, Width: 134, Grow: true, Fixed: true, Cell: func(row int) part.Cell {
			name := f.Text(column, row)
			return part.Cell{Text: valueLabel(figure.Spoken(name)), Bold: column == oversight.FirstColumn, Marker: figure.MonitorRole(v.picture.watch.at(name)), Tip: name}
		}}
	}
	lines := []part.Column{side("first", "First line", oversight.FirstColumn), side("second", "Second line", oversight.SecondColumn)}
	if v.picture.blind {
		v.lowerTable(f.Len(), append(lines, v.alikeColumns(f)...))
		v.noteLower(f, v.pairName(f), figure.Somewhere(v.picture.place))
		return
	}
	cols := append(lines, part.Column{
		ID: "second_catches_k", Label: "Second catches", Width: 112, Right: true, Fixed: true, Tip: "Of the positives that the first misses, those that the second flags", Cell: func(row int) part.Cell { return caughtCell(f, row) },
	})
	cols = append(cols, estimated{"second_catches", "of missed", 80, 66, charts.Percent, "Conditional recall of the second line"}.columns(f, levelName(v.state.Level))...)
	for _, e := range pairColumns {
		cols = append(cols, e.columns(f, levelName(v.state.Level))...)
		if e.id == "recall_diff" {
			cols = append(cols, part.Column{ID: "recall_p", Label: "p", Width: 62, Right: true, Fixed: true, Tip: "McNemar's mid-p, not adjusted", Cell: func(row int) part.Cell { return testCell(f, "recall_p", row) }})
		}
	}
	v.lowerTable(f.Len(), cols)
	v.noteLower(f, v.pairName(f), v.pairText(f))
}

func (v *monitors) pairName(f frame.Frame) func(row int) string {
	return func(row int) string {
		return figure.Spoken(f.Text(oversight.FirstColumn, row)) + " and " + figure.Spoken(f.Text(oversight.SecondColumn, row))
	}
}

// alikeColumns say how far verdicts agree, for which no truth is needed.
func (v *monitors) alikeColumns(f frame.Frame) []part.Column {
	out := []part.Column{{ID: "agreement", Label: "Alike", Width: 72, Right: true, Fixed: true, Tip: "Share of samples on which both say the same", Cell: func(row int) part.Cell { return number(f, "agreement", row, charts.Percent) }}}
	for _, e := range pairColumns {
		if e.id == "kappa" {
			out = append(out, e.columns(f, levelName(v.state.Level))...)
		}
	}
	return out
}

// caughtCell is k of n of the positives that the first line misses.
func caughtCell(f frame.Frame, row int) part.Cell {
	k, n := num(f, "second_catches_k", row), num(f, "second_catches_n", row)
	if k != k || n != n {
		_, why, _ := f.Num("second_catches", row)
		return part.Cell{Text: "not estimable", Color: theme.Muted, Tip: "Not estimable, because " + why}
	}
	return part.Cell{Text: charts.Whole.Text(k, 0) + " of " + charts.Whole.Text(n, 0), Bold: true}
}

func testCell(f frame.Frame, column string, row int) part.Cell {
	p, why, ok := f.Num(column, row)
	if !ok {
		return part.Cell{Text: "none", Color: theme.Muted, Tip: "No test, because " + why}
	}
	return part.Cell{Text: pText(p), Color: theme.Muted}
}

// pairText says of which samples comparisons are.
func (v *monitors) pairText(f frame.Frame) string {
	if f.Len() == 0 {
		return ""
	}
	return figure.Somewhere(v.picture.place) + ", " + charts.Whole.Text(num(f, oversight.PositivesColumn, 0), 0) + " of " + charts.Count(num(f, frame.N, 0), "sample") + " " + spokenTruth(v.picture.watch.truth)
}

// showSides lists what is measured with and without what a contrast names.
func (v *monitors) showSides(d *defense) {
	f := d.sides
	if f.Len() == 0 {
		v.lowerWords("With and without", d.why)
		return
	}
	measure := func(row int) string { return upper(figure.Spoken(f.Text(frame.Measure, row))) }
	of := func(row int) charts.Format { return sideFormat(f.Text(frame.Measure, row), charts.Percent) }
	cols := []part.Column{{ID: "measure", Label: "Measure", Width: 120, Grow: true, Fixed: true, Cell: func(row int) part.Cell { return part.Cell{Text: measure(row), Bold: true} }}}
	cols = append(cols, v.sideColumns(f, "without", "Without", of)...)
	cols = append(cols, v.sideColumns(f, "with", "With", of)...)
	cols = append(cols, v.diffColumns(f)...)
	v.lowerTable(f.Len(), cols)
	v.noteLower(f, measure, v.sideText(d))
}

// sideFormat writes g-mean² as a number and all others as a rate.
func sideFormat(measure string, usual charts.Format) charts.Format {
	if measure == string(oversight.GMean2) || measure == oversight.InterventionForm {
		return charts.Ratio
	}
	return usual
}

func (v *monitors) sideColumns(f frame.Frame, id, label string, as func(row int) charts.Format) []part.Column {
	return []part.Column{
		{ID: id, Label: label, Width: 68, Right: true, Fixed: true, Cell: func(row int) part.Cell {
			c, span := estimateCells(f, row, id, as(row))
			c.Tip = strings.TrimSpace(c.Text + " " + span.Text + "\n" + f.Text(id+"_method", row))
			return c
		}},
		{ID: id + "_lo", Label: levelName(v.state.Level), Width: 108, Right: true, Fixed: true, Spare: 2, Cell: func(row int) part.Cell { _, span := estimateCells(f, row, id, as(row)); return span }},
	}
}

func (v *monitors) diffColumns(f frame.Frame) []part.Column {
	as := func(row int) charts.Format {
		if f.Text(frame.Measure, row) == string(oversight.GMean2) {
			return charts.Change
		}
		return charts.Points
	}
	return []part.Column{
		{ID: "diff", Label: "Difference", Width: 84, Right: true, Fixed: true, Tip: "With less without", Cell: func(row int) part.Cell {
			x, why, ok := f.Num(frame.Diff, row)
			if !ok {
				return part.Cell{Text: "not estimable", Color: theme.Muted, Tip: "Not estimable, because " + why}
			}
			return part.Cell{Text: diffText(x, as(row)), Bold: true, Tip: f.Text(frame.DiffVia, row)}
		}},
		{ID: "diff_lo", Label: levelName(v.state.Level), Width: 126, Right: true, Fixed: true, Cell: func(row int) part.Cell {
			lo, hi := num(f, frame.DiffLo, row), num(f, frame.DiffHi, row)
			if lo != lo || hi != hi {
				return part.Cell{}
			}
			return part.Cell{Text: "[" + diffText(lo, as(row)) + ", " + diffText(hi, as(row)) + "]", Color: theme.Muted, Tip: f.Text(frame.DiffVia, row)}
		}},
		{ID: "p", Label: "p", Width: 60, Right: true, Fixed: true, Spare: 3, Cell: func(row int) part.Cell { return testCell(f, frame.P, row) }},
		{ID: "pairs", Label: "Paired", Width: 74, Right: true, Fixed: true, Spare: 1, Cell: func(row int) part.Cell {
			n, why, ok := f.Num(frame.Pairs, row)
			if !ok {
				return part.Cell{Text: "unpaired", Color: theme.Muted, Tip: why}
			}
			return part.Cell{Text: charts.Count(n, data.Seed)}
		}},
	}
}

// diffText writes a difference of rates in points and one of g-mean² with
// three decimals.
func diffText(x float64, as charts.Format) string {
	if as == charts.Points {
		return as.Text(x, 0)
	}
	sign := map[bool]string{true: "−", false: "+"}[x < 0]
	return sign + strings.TrimPrefix(charts.Ratio.Text(x, 0), "−")
}

func (v *monitors) sideText(d *defense) string {
	with, without := num(d.sides, "with_n", 0), num(d.sides, "without_n", 0)
	return title(d.of.Field) + ", " + charts.Count(with, "run") + " with, " + charts.Whole.Text(without, 0) + " without, " + figure.Spoken(v.picture.shown) + endName(v.picture.place.Step)
}
