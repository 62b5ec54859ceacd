package charts

import (
	"math"
	"strings"

	"witnessmark/data"
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
	var told []string
	most, main, sizes := -1, 0, Values{}
	for i, name := range names {
		if name == o.Baseline {
			continue
		}
		pairs := pairsAt(f, i, o)
		s.Panels = append(s.Panels, slopePanel(f, o, i, name, roles, pairs))
		if len(pairs) == 0 {
			continue
		}
		told, sizes = append(told, pairs.sentence()+" under "+joined(", ", name, inside(apart(f, o, i), 24))), append(sizes, float64(len(pairs)))
		if down, up := pairs.movers(); down+up > most {
			most, main = down+up, len(s.Panels)-1
			told[0], told[len(told)-1] = told[len(told)-1], told[0]
			sizes[0], sizes[len(sizes)-1] = sizes[len(sizes)-1], sizes[0]
		}
	}
	for i := range s.Panels {
		s.Panels[i].Optional = i != main
	}
	s.Title = o.title(slopeTitle(told, sizes, pairNoun(f)))
	noun := pairNoun(f)
	s.Subtitle = o.subtitle(lead(o), "Line = one "+noun+" under "+baselineName(o)+" and under the condition"+sharedText(f)+"; thick = moved by more than "+
		strings.TrimSuffix(o.diffFormat().tickText(o.top()/2, 0.1), "%")+" points; mark = mean"+shiftText(f, o))
	s.Subtitle = strings.Replace(s.Subtitle, "than +", "than ", 1)
	return s
}

// pairNoun is what the paired units are called.
func pairNoun(f frame.Frame) string {
	for _, units := range f.Units {
		for _, u := range units {
			if !math.IsNaN(u.Pair) && u.Item != "" {
				return "item"
			}
		}
	}
	return "seed"
}

// sharedText explains the numbers on lines that stand for several items.
func sharedText(f frame.Frame) string {
	for row := range f.Len() {
		for _, same := range stacked(pairsAt(f, row, Options{})) {
			if len(same) > 1 {
				return " (wider = more of them, with their number)"
			}
		}
	}
	return ""
}

// apart says what tells a row from others of its name, such as the judge.
func apart(f frame.Frame, o Options, row int) string {
	by := o.By
	if by == "" {
		by = byColumn(f)
	}
	var parts []string
	for _, k := range keysAt(f, row) {
		if k.Field != by && k.Field != data.Grader {
			parts = append(parts, k.Value)
		}
	}
	return joined(", ", append(parts, f.Text(data.Grader, row))...)
}

// inside shortens a name in its middle, since judges of one family differ at
// the end.
func inside(s string, most int) string {
	r := []rune(s)
	if len(r) <= most {
		return s
	}
	half := (most - 1) / 2
	return strings.TrimSpace(string(r[:half])) + "…" + strings.TrimSpace(string(r[len(r)-half:]))
}

// counterpart is the row of the baseline that a row is compared with, −1 if
// there is none.
func counterpart(f frame.Frame, o Options, row int) int {
	for i, name := range namesOf(f, o.By) {
		if name == o.Baseline && apart(f, o, i) == apart(f, o, row) {
			return i
		}
	}
	return -1
}

// A pairing is one unit under the baseline and under a condition.
type pairing struct {
	from, to float64
	unit     int
	u        frame.Unit
	mover    bool
}

func (k pairing) name() string {
	if k.u.Item != "" {
		return k.u.Item
	}
	return k.u.Seed
}

type pairings []pairing

// stacked brings items with the same two values together, as passed and
// failed ones are: their lines would hide each other. Seeds stay apart.
func stacked(all pairings) []pairings {
	at := map[[2]float64]int{}
	var out []pairings
	for _, k := range all {
		ends := [2]float64{k.from, k.to}
		if i, ok := at[ends]; ok && k.u.Item != "" {
			out[i] = append(out[i], k)
			continue
		}
		at[ends] = len(out)
		out = append(out, pairings{k})
	}
	return out
}

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

// sentence says how many move far.
func (p pairings) sentence() string {
	end := func(n int) string {
		return Whole.Text(float64(n), 0) + map[bool]string{true: " ends", false: " end"}[n == 1]
	}
	switch down, up := p.movers(); {
	case down > 0 && up > 0:
		return end(down) + " far lower and " + Whole.Text(float64(up), 0) + " far higher"
	case down > 0:
		return end(down) + " far lower"
	case up > 0:
		return end(up) + " far higher"
	}
	return "none moves far"
}

// slopeTitle tells of the conditions, the one with the most movers first, and
// counts those that would make a title too long.
func slopeTitle(told []string, sizes Values, noun string) string {
	const most = 3
	if len(told) == 0 {
		return "No unit is paired with the baseline"
	}
	if len(told) > most {
		sizes = sizes[:1]
		told = append(told[:1:1], Count(float64(len(told)-1), "more condition")+" beside it")
	}
	return "Of " + rangeText(sizes, noun) + " " + strings.Join(told, "; ")
}

// shiftText says what stands beside the means.
func shiftText(f frame.Frame, o Options) string {
	for i := range f.Len() {
		if !math.IsNaN(numAt(f, frame.DiffLo, i)) {
			return "; right of it = " + lowerFirst(differenceSubtitle(f, o))
		}
	}
	return "; no interval, raw " + pairNoun(f) + "s"
}

// shift writes the mean difference of a panel beside its mean.
func shift(f frame.Frame, o Options, row, pairs int) []Block {
	d := numAt(f, frame.Diff, row)
	if math.IsNaN(d) {
		return nil
	}
	format, n := o.diffFormat(), numAt(f, frame.N, row)
	_, unit := o.diffUnit()
	head := Line{Text: format.Bare(d, n) + " " + unit, Bold: true}
	form := []Line{head}
	lo, hi := numAt(f, frame.DiffLo, row), numAt(f, frame.DiffHi, row)
	if math.IsNaN(lo) || math.IsNaN(hi) {
		form = append(form, Line{Text: "no interval: " + why(f, frame.DiffLo, row), Muted: true})
	} else {
		form = append(form, Line{Text: format.Interval(lo, hi, n), Muted: true})
	}
	full := form
	if pairs == 0 && !math.IsNaN(lo) {
		full = append(form[:2:2], Line{Text: "nothing is paired", Muted: true})
	}
	return []Block{{At: numAt(f, frame.Value, row), Forms: [][]Line{full, form, {head}}}}
}

func slopePanel(f frame.Frame, o Options, row int, name string, roles map[string]Role, pairs pairings) Panel {
	y := o.valueAxis(unitValues(f))
	y.Title = ""
	p := Panel{
		Y: y, MinWidth: 360,
		X: Axis{Kind: Rows, Hi: 2, Top: true, Rows: []Block{
			{At: 0, Forms: [][]Line{{{Text: baselineName(o), Role: roles[o.Baseline], Bold: true}}}},
			{At: 1, Forms: [][]Line{{{Text: name, Role: roles[name], Bold: true}}}},
		}},
		Head:  apart(f, o, row),
		Empty: "No unit of " + name + " is paired with one of " + baselineName(o),
	}
	for _, mover := range []bool{false, true} {
		for _, same := range stacked(pairs) {
			if same[0].mover == mover {
				p.Layers = append(p.Layers, slopeLayers(f, o, row, name, roles, same, len(pairs))...)
			}
		}
	}
	p.Layers = append(p.Layers, slopeMeans(f, o, row, name, roles)...)
	p.Side = append(shift(f, o, row, len(pairs)), slopeSide(pairs)...)
	return p
}

// slopeLayers draw pairs with the same two values, usually one, of all.
func slopeLayers(f frame.Frame, o Options, row int, name string, roles map[string]Role, same pairings, all int) []Layer {
	k := same[0]
	line := Layer{Mark: "line", Name: name + ", " + pairNoun(f) + " " + k.name(), Role: AxisRole, X: Values{0, 1}, Y: Values{k.from, k.to}, Width: 0.9, Alpha: 0.8}
	if k.mover {
		line.Role, line.Width, line.Alpha = roles[name], 2, 0
	}
	from := Layer{Mark: "dot", Name: baselineName(o), Role: roles[o.Baseline]}
	to := Layer{Mark: "dot", Name: name, Role: roles[name]}
	for _, p := range same {
		target := Target{row, p.unit, unitText(p.u, name, o), unitKeys(f, row, p.u)}
		from.X, from.Y, from.Source = append(from.X, 0), append(from.Y, p.from), append(from.Source, target)
		to.X, to.Y, to.Source = append(to.X, 1), append(to.Y, p.to), append(to.Source, target)
	}
	out := []Layer{line, from, to}
	if len(same) == 1 {
		return out
	}
	out[0].Width += 10 * float64(len(same)) / float64(all)
	at := 0.38 // beside the crossing of lines that go up and down
	return append(out, Layer{
		Mark: "label", X: Values{at}, Y: Values{k.from + at*(k.to-k.from)}, Anchor: "middle", Bold: true,
		Text: []string{Count(float64(len(same)), "item")},
	})
}

func slopeMeans(f frame.Frame, o Options, row int, name string, roles map[string]Role) []Layer {
	base := counterpart(f, o, row)
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
		var names []string
		noun, sum := "seed", 0.0
		for _, k := range pairs {
			if k.mover && (k.to < k.from) == down {
				names = append(names, k.name())
				sum += k.to
				if k.u.Item != "" {
					noun = "item"
				}
			}
		}
		if len(names) > 0 {
			out = append(out, Block{At: sum / float64(len(names)), Forms: moverForms(names, noun, down)})
		}
	}
	return out
}

func moverForms(names []string, noun string, down bool) [][]Line {
	word := map[bool]string{true: " far lower", false: " far higher"}[down]
	head := Line{Text: Count(float64(len(names)), noun) + word}
	most, more := 6, ""
	if noun == "item" {
		most = 3
	}
	if len(names) > most {
		names, more = names[:most], ", …"
	}
	if noun == "seed" {
		names[0] = map[bool]string{true: "seed ", false: "seeds "}[len(names) == 1] + names[0]
	}
	return [][]Line{{head, {Text: strings.Join(names, ", ") + more, Muted: true}}, {head}}
}
