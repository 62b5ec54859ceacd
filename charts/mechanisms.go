package charts

import (
	"math"
	"strings"

	"witnessmark/data/frame"
)

// Mechanisms draws what each mechanism predicts for each contrast (it falls,
// stays or rises) beside what was observed: signs at the left, framed where
// the observation agrees, differences with their intervals at the right. An
// interval that covers 0 never counts as agreement.
//
// Columns: o.By (text) names the contrast; one number column a mechanism,
// named "predicts NAME", with −1, 0 or 1; diff, diff_lo, diff_hi, level,
// diff_method and pairs what was observed, in the measure's own scale.
func Mechanisms(f frame.Frame, o Options) Spec {
	names := namesOf(f, o.By)
	t := newTheories(f)
	rows := make([]Block, len(names))
	for i, name := range names {
		rows[i] = Block{At: float64(i), Forms: [][]Line{{{Text: name}}}}
	}
	left := Panel{
		X: Axis{Kind: Rows, Hi: float64(len(t.names)), Top: true}, Y: Axis{Kind: Rows, Hi: float64(len(names)), Rows: rows},
		Layers: t.layers(names), MinWidth: 60 + 70*float64(len(t.names)), Weight: math.Max(0.3, 0.34*float64(len(t.names))), Empty: "No mechanism predicts anything here",
	}
	for i, name := range t.names {
		left.X.Rows = append(left.X.Rows, Block{At: float64(i), Forms: [][]Line{{{Text: name, Bold: true}}, {{Text: name}}}})
	}
	plainOptions := o
	plainOptions.Baseline, plainOptions.Facet = "", ""
	observed := newComparison(f, plainOptions)
	observed.roles = t.greyRoles(names)
	right := observed.differences()
	right.Y.Rows, right.X.Title = rows, "Observed difference ("+unitOf(o)+")"
	return Spec{
		ID: "mechanisms", Title: o.title(t.propose()), Source: o.source(), Panels: []Panel{left, right}, ShareY: true, Notes: frameNotes(f),
		Subtitle: o.subtitle(lead(o), "Left: predicted sign; blue = the observed interval agrees; an interval that covers 0 counts for nobody", "Right: "+lowerFirst(differenceSubtitle(f, plainOptions))),
	}
}

func unitOf(o Options) string {
	unit, _ := o.diffUnit()
	return unit
}

// theories are the mechanisms and what they predict.
type theories struct {
	f     frame.Frame
	names []string
}

const predicts = "predicts "

func newTheories(f frame.Frame) theories {
	t := theories{f: f}
	for _, c := range f.Columns {
		if name, ok := strings.CutPrefix(c.Name, predicts); ok && len(c.Num) > 0 {
			t.names = append(t.names, name)
		}
	}
	return t
}

func (t theories) greyRoles(names []string) map[string]Role {
	out := map[string]Role{}
	for _, n := range names {
		out[n] = Baseline
	}
	return out
}

// observed returns the sign that the interval of a row allows to state, 0
// where it covers 0 or is missing.
func (t theories) observed(row int) float64 {
	lo, hi := numAt(t.f, frame.DiffLo, row), numAt(t.f, frame.DiffHi, row)
	switch {
	case lo > 0:
		return 1
	case hi < 0:
		return -1
	}
	return 0
}

func (t theories) layers(names []string) []Layer {
	miss := Layer{Mark: "cell", Name: "predictions", Role: GridRole}
	hit := Layer{Mark: "cell", Name: "predictions that agree", Role: InoculationSpecific}
	none := Layer{Mark: "hatch", Name: "no prediction"}
	for y, name := range names {
		for x, theory := range t.names {
			v := numAt(t.f, predicts+theory, y)
			word := map[float64]string{-1: "falls", 0: "stays", 1: "rises"}[v]
			target := Target{y, -1, theory + " predicts that " + name + " " + word, keysAt(t.f, y)}
			switch seen := t.observed(y); {
			case math.IsNaN(v):
				target.Text = theory + " predicts nothing for " + name
				none.put(x, y, "", target)
			case seen != 0 && seen == v:
				target.Text += ", as observed"
				hit.put(x, y, signText(v), target)
				hit.Shade = append(hit.Shade, 0.25)
			default:
				miss.put(x, y, signText(v), target)
				miss.Shade = append(miss.Shade, 0.3)
			}
		}
	}
	return []Layer{miss, hit, none}
}

func signText(v float64) string {
	switch {
	case v < 0:
		return minus
	case v > 0:
		return "+"
	}
	return "0"
}

// propose counts, for the best mechanism, the contrasts it foretold among
// those whose interval leaves out 0.
func (t theories) propose() string {
	best, name, clear := -1, "", 0
	for i := range t.f.Len() {
		if t.observed(i) != 0 {
			clear++
		}
	}
	for _, theory := range t.names {
		n := 0
		for i := range t.f.Len() {
			if seen := t.observed(i); seen != 0 && seen == numAt(t.f, predicts+theory, i) {
				n++
			}
		}
		if n > best {
			best, name = n, theory
		}
	}
	switch {
	case name == "":
		return "No mechanism to compare"
	case clear == 0:
		return "No contrast shows a clear change"
	}
	return upperFirst(name) + " foretells " + Whole.Text(float64(best), 0) + " of " + Count(float64(clear), "clear change")
}
