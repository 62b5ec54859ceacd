package charts

import (
	"math"
	"slices"
	"strings"

	"witnessmark/data/frame"
)

// Slope draws every unit as a line from its value under the baseline to its
// value under another condition, one panel a condition. Units that move by
// more than half of the scale are thick and named; a mean would hide them.
//
// Columns: o.By (text) names the rows, o.Baseline one of them; value and n
// give the means. Units carry Value and Pair; the value under the baseline
// is Value − Pair, and units without Pair are left out and counted.
func Slope(f frame.Frame, o Options) Spec {
	names := namesOf(f, o.By)
	roles := roleOf(f, o, names)
	s := Spec{ID: "slope", Source: o.source(), ShareY: true, Notes: frameNotes(f)}
	proposed, most, main := "No unit is paired with the baseline", -1, 0
	for i, name := range names {
		if name == o.Baseline {
			continue
		}
		pairs := pairsAt(f, i, o)
		s.Panels = append(s.Panels, slopePanel(f, o, i, name, roles, pairs))
		if down, up := pairs.movers(); down+up > most && len(pairs) > 0 {
			proposed, most, main = pairs.sentence(name, len(names) > 2), down+up, len(s.Panels)-1
		}
	}
	for i := range s.Panels {
		s.Panels[i].Optional = i != main
	}
	s.Title = o.title(proposed)
	s.Subtitle = o.subtitle(lead(o), "Line = one "+unitNoun(f)+" under "+baselineName(o)+" and under the condition; thick = moved by more than "+
		strings.TrimSuffix(o.diffFormat().tickText(o.top()/2, 0.1), "%")+" points; mark = mean; no interval, raw "+unitNoun(f)+"s")
	s.Subtitle = strings.Replace(s.Subtitle, "than +", "than ", 1)
	return s
}

// A pairing is one unit under the baseline and under a condition.
type pairing struct {
	from, to float64
	unit     int
	u        frame.Unit
	mover    bool
}

type pairings []pairing

func pairsAt(f frame.Frame, row int, o Options) pairings {
	var out pairings
	for i, u := range unitsAt(f, row) {
		if !math.IsNaN(u.Value) && !math.IsNaN(u.Pair) {
			out = append(out, pairing{u.Value - u.Pair, u.Value, i, u, math.Abs(u.Pair) > o.top()/2})
		}
	}
	return out
}

// movers counts the units that move far down and far up.
func (p pairings) movers() (down, up int) {
	for _, k := range p {
		switch {
		case k.mover && k.to < k.from:
			down++
		case k.mover:
			up++
		}
	}
	return down, up
}

func (p pairings) sentence(name string, several bool) string {
	down, up := p.movers()
	s := Whole.Text(float64(down), 0) + " of " + Count(float64(len(p)), "seed") + " end far lower, " + Whole.Text(float64(up), 0) + " far higher"
	if several {
		s += " under " + name
	}
	return s
}

func slopePanel(f frame.Frame, o Options, row int, name string, roles map[string]Role, pairs pairings) Panel {
	y := o.valueAxis(unitValues(f))
	y.Title = ""
	p := Panel{
		Y: y, MinWidth: 310,
		X: Axis{Kind: Rows, Hi: 2, Top: true, Rows: []Block{
			{At: 0, Forms: [][]Line{{{Text: baselineName(o), Role: roles[o.Baseline], Bold: true}}}},
			{At: 1, Forms: [][]Line{{{Text: name, Role: roles[name], Bold: true}}}},
		}},
		Empty: "No unit of " + name + " is paired with one of " + baselineName(o),
	}
	for _, mover := range []bool{false, true} {
		for _, k := range pairs {
			if k.mover == mover {
				p.Layers = append(p.Layers, slopeLayers(f, o, row, name, roles, k)...)
			}
		}
	}
	p.Layers = append(p.Layers, slopeMeans(f, o, row, name, roles)...)
	p.Side = slopeSide(pairs)
	return p
}

func slopeLayers(f frame.Frame, o Options, row int, name string, roles map[string]Role, k pairing) []Layer {
	line := Layer{Mark: "line", Name: name + ", seed " + k.u.Seed, Role: AxisRole, X: Values{0, 1}, Y: Values{k.from, k.to}, Width: 0.9, Alpha: 0.8}
	if k.mover {
		line.Role, line.Width, line.Alpha = roles[name], 2, 0
	}
	target := Target{row, k.unit, unitText(k.u, name, o), unitKeys(f, row, k.u)}
	ends := []Layer{
		{Mark: "dot", Name: baselineName(o), Role: roles[o.Baseline], X: Values{0}, Y: Values{k.from}, Source: []Target{target}},
		{Mark: "dot", Name: name, Role: roles[name], X: Values{1}, Y: Values{k.to}, Source: []Target{target}},
	}
	return append([]Layer{line}, ends...)
}

func slopeMeans(f frame.Frame, o Options, row int, name string, roles map[string]Role) []Layer {
	base := slices.Index(namesOf(f, o.By), o.Baseline)
	var out []Layer
	for i, r := range []int{base, row} {
		if r < 0 || math.IsNaN(numAt(f, frame.Value, r)) {
			continue
		}
		who := []string{o.Baseline, name}[i]
		x := float64(i) + []float64{-0.1, 0.1}[i]
		out = append(out, Layer{
			Mark: "label", X: Values{x}, Y: Values{numAt(f, frame.Value, r)}, Anchor: []string{"left", "beside"}[i],
			Text: []string{o.valueFormat().Text(numAt(f, frame.Value, r), numAt(f, frame.N, r))},
		}, Layer{
			Mark: "point", Name: who + ", mean", Role: roles[who], X: Values{x}, Y: Values{numAt(f, frame.Value, r)},
			Source: []Target{{r, -1, estimateText(f, r, who, o), keysAt(f, r)}},
		})
	}
	return out
}

// slopeSide names the units that move far.
func slopeSide(pairs pairings) []Block {
	var out []Block
	for _, down := range []bool{true, false} {
		var seeds []string
		sum := 0.0
		for _, k := range pairs {
			if k.mover && (k.to < k.from) == down {
				seeds = append(seeds, k.u.Seed)
				sum += k.to
			}
		}
		if len(seeds) > 0 {
			out = append(out, Block{At: sum / float64(len(seeds)), Forms: moverForms(seeds, down)})
		}
	}
	return out
}

func moverForms(seeds []string, down bool) [][]Line {
	word := map[bool]string{true: " far lower", false: " far higher"}[down]
	head := Line{Text: Count(float64(len(seeds)), "seed") + word}
	names := seeds
	more := ""
	if len(names) > 6 {
		names, more = names[:6], ", …"
	}
	return [][]Line{{head, {Text: map[bool]string{true: "seed ", false: "seeds "}[len(seeds) == 1] + strings.Join(names, ", ") + more, Muted: true}}, {head}}
}
