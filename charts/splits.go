package charts

import (
	"math"

	"witnessmark/data/frame"
)

// Splits ranks the evaluations that would tell two predictions apart, in the
// order of the frame: the bar is how much one sample is expected to tell.
//
// Columns: o.By (text) names the evaluation; value (number) the expected gap
// in log score a sample, in nats, 0 to ln 2 for two predictions; samples
// (number) how many would settle it; observed (text) is "observed" where the
// study has results there. A gap follows from the models and has no interval.
func Splits(f frame.Frame, o Options) Spec {
	names := namesOf(f, o.By)
	gaps := numbers(f, frame.Value)
	top := math.Ln2
	if _, hi, ok := extent(gaps); ok && hi > top {
		top = hi
	}
	p := Panel{
		X: Axis{Hi: top, Format: Free, Title: given(o.MeasureLabel, "Expected gap in log score a sample (nats)")},
		Y: Axis{Kind: Rows, Hi: float64(len(names)), NoGrid: true}, MinWidth: 200, Empty: "No evaluation to tell them apart",
	}
	for i, name := range names {
		note := textAt(f, "observed", i)
		forms := [][]Line{{{Text: name}, {Text: note, Muted: true}}, {{Text: name}}}
		if note == "" {
			forms = forms[1:]
		}
		p.Y.Rows = append(p.Y.Rows, Block{At: float64(i), Forms: forms})
		role := AxisRole
		if i == 0 && gaps.at(0) > 0 {
			role = AccentRole
		}
		text := splitText(f, i)
		t := []Target{{i, -1, joined(": ", name, text), keysAt(f, i)}}
		p.Layers = append(p.Layers, Layer{Mark: "bar", Name: name, Role: role, Alpha: 0.7, X: Values{0}, X2: Values{gaps.at(i)}, Y: Values{float64(i)}, Y2: Values{float64(i)}, Source: t})
		p.Side = append(p.Side, Block{At: float64(i), Forms: [][]Line{{{Text: text, Muted: true}}}})
	}
	return Spec{
		ID: "splits", Title: o.title(proposeSplit(names, gaps)), Source: o.source(), Panels: []Panel{p}, Notes: frameNotes(f),
		Subtitle: o.subtitle(o.Context, "Jensen–Shannon divergence of what is predicted there; no interval, it follows from the models"),
	}
}

// splitText says how many samples settle it, or why none do.
func splitText(f frame.Frame, row int) string {
	n, reason, ok := f.Num("samples", row)
	if !ok {
		return given(reason, "tells nothing")
	}
	return "about " + Count(n, "sample")
}

func proposeSplit(names []string, gaps Values) string {
	if len(names) == 0 || !(gaps[0] > 0) {
		return "No evaluation would tell them apart"
	}
	return upperFirst(names[0]) + " would tell them apart best"
}
