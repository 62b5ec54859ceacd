package views

import (
	"math"
	"strings"

	"witnessmark/charts"
	"witnessmark/data/estimate"
	"witnessmark/data/frame"
	"witnessmark/data/query"
	"witnessmark/views/figure"
	"witnessmark/views/part"
	"witnessmark/views/theme"
)

// title turns a field's or measure's name into words: "base_model" into
// "Base model".
func title(name string) string { return figure.Words(name) }

// plainName turns a name into words.
func plainName(name string) string { return strings.TrimSpace(figure.Spoken(name)) }

// valueLabel is a field's value on one line.
func valueLabel(v string) string {
	const most = 60
	s := part.OneLine(figure.Spoken(v))
	if s == "" {
		return "(none)"
	}
	if r := []rune(s); len(r) > most {
		return string(r[:most-1]) + "…"
	}
	return s
}

// format says how the numbers of a measure are written.
func format(m estimate.Measure) charts.Format {
	switch {
	case m.Rate, m.Lo == 0 && m.Hi == 1:
		return charts.Percent
	case m.Lo == 0 && m.Hi == 100:
		return charts.Scores
	}
	return charts.Free
}

// changeFormat says how differences of a measure are written.
func changeFormat(m estimate.Measure) charts.Format {
	switch format(m) {
	case charts.Percent:
		return charts.Points
	case charts.Scores:
		return charts.Change
	}
	return charts.Free
}

// number writes the number in a column, or in its place why there is none.
func number(f frame.Frame, column string, row int, as charts.Format) part.Cell {
	v, why, ok := f.Num(column, row)
	if !ok {
		if why == "" {
			why = "not reported"
		}
		return part.Cell{Text: why, Color: theme.Muted, Tip: "Not estimable, because " + why}
	}
	n, _, _ := f.Num(frame.N, row)
	return part.Cell{Text: as.Text(v, n)}
}

// interval writes [lo, hi], muted; nothing where there is none.
func interval(f frame.Frame, lo, hi string, row int, as charts.Format) part.Cell {
	a, why, okA := f.Num(lo, row)
	b, _, okB := f.Num(hi, row)
	if !okA || !okB {
		return part.Cell{Color: theme.Muted, Tip: why}
	}
	n, _, _ := f.Num(frame.N, row)
	return part.Cell{Text: as.Interval(a, b, n), Color: theme.Muted, Tip: f.Text(frame.Method, row)}
}

// num returns a number of a frame, NaN where there is none.
func num(f frame.Frame, column string, row int) float64 {
	v, _, ok := f.Num(column, row)
	if !ok {
		return math.NaN()
	}
	return v
}

// span draws an interval of a measure in small; nil where its scale or the
// interval are not known.
func span(f frame.Frame, row int, m estimate.Measure, r charts.Role) *part.Span {
	lo, hi, at := num(f, frame.Lo, row), num(f, frame.Hi, row), num(f, frame.Value, row)
	if at != at || !(m.Hi > m.Lo) {
		return nil
	}
	if lo != lo || hi != hi {
		lo, hi = at, at
	}
	part01 := func(v float64) float64 { return (v - m.Lo) / (m.Hi - m.Lo) }
	return &part.Span{Lo: part01(lo), At: part01(at), Hi: part01(hi), Role: r}
}

// levelName writes a level such as "95 %".
func levelName(level float64) string {
	if level == 0 {
		level = 0.95
	}
	return plainNumber(level*100) + "\u00a0%"
}

// plainNumber writes a number with no more digits than it needs.
func plainNumber(v float64) string {
	if v == math.Round(v) && math.Abs(v) < 1e15 {
		return charts.Whole.Text(v, 0)
	}
	return charts.Free.Text(v, 0)
}

// windowName says which steps are read, in a few words.
func windowName(w query.Window) string {
	if w.IsZero() {
		return "all steps"
	}
	return w.Sentence()
}

func b2i(is bool) int {
	if is {
		return 1
	}
	return 0
}
