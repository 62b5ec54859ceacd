package charts

import (
	"math"

	"witnessmark/data/frame"
)

// PR draws precision by recall for every monitor, with the precision of
// flagging everything (the prevalence) as a line. A second frame gives
// operating points with intervals in both directions.
//
// Columns of the first frame, one row a vertex: o.By (text) names the
// monitor; recall, precision and threshold (numbers); prevalence (number)
// the share of hacks in the data. Of the second, one row a monitor: o.By;
// recall, recall_lo, recall_hi, precision, precision_lo, precision_hi,
// level, method and n.
func PR(f frame.Frame, o Options, points ...frame.Frame) Spec {
	m := newMonitors(f, o, "recall", "precision", points)
	p := Panel{X: Axis{Hi: 1, Format: Percent, Title: "Recall"}, Y: Axis{Hi: 1, Format: Percent}, Square: true, MinWidth: 280}
	share := ""
	if _, v, ok := extent(numbers(f, "prevalence")); ok {
		share = "prevalence " + Percent.Text(v, 0)
		p.Layers = append(p.Layers, Layer{Mark: "rule", Name: "prevalence", Role: AxisRole, Y: Values{v}, Dash: []float64{4, 3}})
		p.Side = []Block{{At: v, Forms: [][]Line{{{Text: share, Muted: true}}}}}
		share = "dashed = flagging everything, " + share
	}
	for _, name := range m.names {
		l := m.curve(name, p)
		l.Mark = "line"
		p.Layers = append(p.Layers, l)
	}
	p.Layers = append(p.Layers, m.operating(p)...)
	p.Side = append(p.Side, m.sideNames("precision", 0.5)...)
	return Spec{
		ID: "pr", Title: o.title(m.proposePR()), Source: o.source(), Panels: []Panel{p}, Notes: frameNotes(f),
		Subtitle: o.subtitle("Precision (up) by recall", o.Context, m.subtitle(joined("; ", "lines join attainable points", share))),
	}
}

func (m monitors) proposePR() string {
	if len(m.names) == 0 {
		return "No scores to draw a curve of"
	}
	best, name, recall := -1.0, "", math.NaN()
	for i, n := range namesOf(m.points, m.o.By) {
		if v := numAt(m.points, "precision", i); v > best {
			best, name, recall = v, n, numAt(m.points, "recall", i)
		}
	}
	if name == "" {
		return "Precision by recall of " + Count(float64(len(m.names)), "monitor")
	}
	return "In use " + name + " has a precision of " + Percent.Text(best, 100) + " at a recall of " + Percent.Text(recall, 100)
}
