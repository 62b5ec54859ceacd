package charts

import (
	"math"

	"witnessmark/data/frame"
)

// Agreement draws how often two raters, or a judge and a person, give the
// same label: a square of counts, with κ and its interval in the title.
//
// Columns of the first frame, one row a pair of labels: o.By and o.Series
// (text) the labels of the first and second rater; n (number) how many items
// got both. The second frame has one row: value, lo, hi, level, method and n
// of Cohen's κ.
func Agreement(f frame.Frame, o Options, kappa ...frame.Frame) Spec {
	m := newMatrix(f, o)
	labels := distinct(append(append([]string(nil), m.rows...), m.columns...))
	m.rows, m.columns = labels, labels
	p := m.panel("")
	p.Head, p.Square = given(o.XLabel, "second rater"), true
	p.Layers = m.countLayers()
	p.MinWidth = 120 + 60*float64(len(labels))
	for i := range p.Y.Rows {
		p.Y.Rows[i].Forms = [][]Line{{{Text: labels[i]}}}
	}
	s := Spec{ID: "agreement", Source: o.source(), Panels: []Panel{p}, Notes: frameNotes(f)}
	same, all := m.diagonal()
	text, how := kappaText(at(kappa, 0))
	s.Title = o.title(agreementTitle(o, same, all, text))
	s.Subtitle = o.subtitle(upperFirst(given(o.MeasureLabel, "first rater"))+" (down) by "+given(o.XLabel, "second rater")+" (across)", o.Context,
		upperFirst(joined("; ", "cell = items, share of all "+Whole.Text(all, 0), how)))
	return s
}

func agreementTitle(o Options, same, all float64, kappa string) string {
	if all == 0 {
		return "No items with two labels"
	}
	return joined(", ", "The raters agree on "+Whole.Text(same, 0)+" of "+Count(all, "item"), kappa)
}

func kappaText(f frame.Frame) (kappa, how string) {
	if f.Len() == 0 {
		return "", ""
	}
	v := numAt(f, frame.Value, 0)
	if math.IsNaN(v) {
		return "κ not estimable", "κ not estimable, because " + why(f, frame.Value, 0)
	}
	kappa = "κ " + Logs.Text(v, 0)
	if lo, hi := numAt(f, frame.Lo, 0), numAt(f, frame.Hi, 0); !math.IsNaN(lo) && !math.IsNaN(hi) {
		kappa += " " + Logs.Interval(lo, hi, 0)
	}
	return kappa, "κ = Cohen, " + methodText(f, 0)
}

// diagonal counts the items with the same label twice, and all.
func (m matrix) diagonal() (same, all float64) {
	for i := range m.rowOf {
		n := numAt(m.f, frame.N, i)
		if math.IsNaN(n) {
			continue
		}
		all += n
		if m.rowOf[i] == m.columnOf[i] {
			same += n
		}
	}
	return same, all
}

func (m matrix) countLayers() []Layer {
	_, all := m.diagonal()
	agree := Layer{Mark: "cell", Name: "same label"}
	for y, row := range m.rows {
		for x, column := range m.columns {
			n, target := 0.0, Target{Row: -1, Unit: -1}
			if i := m.findPair(row, column); i >= 0 {
				n, target = numAt(m.f, frame.N, i), Target{i, -1, "", keysAt(m.f, i)}
			}
			if math.IsNaN(n) || all == 0 {
				continue
			}
			target.Text = row + " and " + column + ": " + Count(n, "item")
			agree.put(x, y, Whole.Text(n, 0), target)
			agree.Text2 = append(agree.Text2, Percent.Text(n/all, all))
			agree.Shade = append(agree.Shade, n/all)
		}
	}
	return []Layer{agree}
}

func (m matrix) findPair(row, column string) int {
	for i := range m.rowOf {
		if m.rowOf[i] == row && m.columnOf[i] == column {
			return i
		}
	}
	return -1
}
