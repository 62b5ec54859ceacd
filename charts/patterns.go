package charts

import (
	"math"
	"slices"
	"strings"

	"witnessmark/data/frame"
)

// Patterns draws which monitors flag the same samples: a row a combination
// with a filled mark for each monitor that flags, and beside it how many
// positive and how many negative samples it holds.
//
// Columns: pattern (text) names the combination; n, positives and negatives
// (numbers) its samples; and a column of 0 and 1 a monitor. o.Roles gives the
// monitors' marks, o.Subject what a positive sample is ("hack").
func Patterns(f frame.Frame, o Options) Spec {
	p := patterns{f: f, o: o, of: given(o.Subject, "positive")}
	for _, c := range f.Columns {
		if len(c.Num) > 0 && !slices.Contains(patternCounts, c.Name) {
			p.monitors = append(p.monitors, c.Name)
		}
	}
	p.positives, p.negatives = sumOf(numbers(f, "positives")), sumOf(numbers(f, "negatives"))
	return Spec{
		ID: "patterns", Title: o.title(p.propose()), Source: o.source(), ShareY: true, Notes: frameNotes(f),
		Panels: []Panel{p.marks(), p.bars("positives", p.of, p.positives, Discouraging), p.bars("negatives", "no "+p.of, p.negatives, Baseline)},
		Subtitle: o.subtitle("Samples by which monitors flag them", o.Context, joined("; ", "filled = flags, hollow = does not",
			Count(p.positives, p.of)+", "+Whole.Text(p.negatives, 0)+" without", "counts carry no interval")),
	}
}

var patternCounts = []string{frame.N, "positives", "negatives", frame.Level}

// patterns are the combinations of verdicts of several monitors.
type patterns struct {
	f                    frame.Frame
	o                    Options
	of                   string // what a positive sample is
	monitors             []string
	positives, negatives float64
}

func sumOf(v Values) float64 {
	sum := 0.0
	for _, x := range v {
		if finite(x) {
			sum += x
		}
	}
	return sum
}

func (p patterns) rows() Axis { return Axis{Kind: Rows, Hi: float64(p.f.Len()), Bare: true} }

// marks is the matrix: a column a monitor.
func (p patterns) marks() Panel {
	panel := Panel{X: Axis{Kind: Rows, Hi: float64(len(p.monitors)), Top: true}, Y: p.rows(), Weight: math.Max(0.8, 0.5*float64(len(p.monitors))),
		MinWidth: 40 + 56*float64(len(p.monitors)), Empty: "No samples that all monitors judged"}
	if p.f.Len() == 0 {
		return Panel{X: Axis{Bare: true}, Y: Axis{Bare: true}, Empty: panel.Empty}
	}
	for k, name := range p.monitors {
		panel.X.Rows = append(panel.X.Rows, Block{At: float64(k), Forms: [][]Line{{{Text: short(name), Role: p.role(name)}}, {{Text: short(name)}}}})
		on := Layer{Mark: "point", Name: name + " flags", Role: p.role(name)}
		off := Layer{Mark: "point", Name: name + " does not", Role: AxisRole, Small: true, Hollow: true}
		for i := range p.f.Len() {
			l := &off
			if numAt(p.f, name, i) == 1 {
				l = &on
			}
			l.X, l.Y = append(l.X, float64(k)), append(l.Y, float64(i))
			l.Source = append(l.Source, Target{i, -1, p.text(i), keysAt(p.f, i)})
		}
		panel.Layers = append(panel.Layers, off, on)
	}
	return panel
}

// short leaves out of a monitor's name that it is one.
func short(name string) string {
	if s := strings.TrimSuffix(name, " monitor"); s != "" {
		return s
	}
	return name
}

func (p patterns) role(name string) Role {
	if r, ok := p.o.Roles[name]; ok {
		return r
	}
	return Grey
}

func (p patterns) text(row int) string {
	return textAt(p.f, "pattern", row) + ": " + Count(numAt(p.f, "positives", row), p.of) + ", " + Whole.Text(numAt(p.f, "negatives", row), 0) + " without"
}

// bars is the panel of one class.
func (p patterns) bars(column, name string, all float64, role Role) Panel {
	_, most, ok := extent(numbers(p.f, column))
	if !ok || most <= 0 {
		most = 1
	}
	panel := Panel{Head: name, HeadRole: role, X: Axis{Hi: most, Format: Whole, NoGrid: true, Ticks: []Tick{}}, Y: p.rows(), Weight: 0.7, MinWidth: 130, Empty: "None"}
	l := Layer{Mark: "bar", Name: name, Role: role, Alpha: 0.8}
	for i := range p.f.Len() {
		n := numAt(p.f, column, i)
		if !finite(n) {
			continue
		}
		y := float64(i)
		l.X, l.X2, l.Y, l.Y2 = append(l.X, 0), append(l.X2, n), append(l.Y, y), append(l.Y2, y)
		l.Source = append(l.Source, Target{i, -1, p.text(i), keysAt(p.f, i)})
		text := Whole.Text(n, 0)
		forms := [][]Line{{{Text: text, Bold: true}}}
		if all > 0 {
			forms = append([][]Line{{{Text: text + ", " + Percent.Text(n/all, all)}}}, forms...)
		}
		panel.Side = append(panel.Side, Block{At: y, Forms: forms})
	}
	panel.Layers = []Layer{l}
	return panel
}

// propose says how many positives go past all monitors.
func (p patterns) propose() string {
	if p.f.Len() == 0 || len(p.monitors) == 0 {
		return "No samples that all monitors judged"
	}
	missed := 0.0
	for i := range p.f.Len() {
		if !slices.ContainsFunc(p.monitors, func(m string) bool { return numAt(p.f, m, i) == 1 }) {
			missed += numAt(p.f, "positives", i)
		}
	}
	if p.positives == 0 || !finite(missed) {
		return "Which monitors flag the same samples"
	}
	who := map[int]string{1: "the monitor", 2: "both monitors"}[len(p.monitors)]
	return Whole.Text(missed, 0) + " of " + Count(p.positives, p.of) + " go past " + given(who, "all monitors")
}
