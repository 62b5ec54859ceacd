package charts

import (
	"math"
	"slices"

	"witnessmark/data/frame"
)

// A comparison is a frame of conditions as rows of a chart. Without facets
// every row of the frame has its own; with facets the panels share rows by
// their names. Rows of one name that something tells apart, such as the
// judge, stand together under it.
type comparison struct {
	f       frame.Frame
	o       Options
	of      []string // name of each row of the frame
	told    []string // what tells it from others of that name; nil where nothing does
	rowOf   []int    // row of the chart of each row of the frame
	first   []int    // first row of the frame of each row of the chart
	roles   map[string]Role
	facets  []string
	facetOf []string // of each row of the frame
	facet   string   // the present one
}

func newComparison(f frame.Frame, o Options) comparison {
	c := comparison{f: f, o: o, of: namesOf(f, o.By), facets: []string{""}}
	c.roles = roleOf(f, o, c.of)
	if o.Told != "" {
		for i := range f.Len() {
			c.told = append(c.told, textAt(f, o.Told, i))
		}
	}
	if o.Facet != "" && f.Len() > 0 {
		for i := range f.Len() {
			c.facetOf = append(c.facetOf, textAt(f, o.Facet, i))
		}
		c.facets = distinct(c.facetOf)
	}
	c.place()
	return c
}

// place gives every row of the frame its row of the chart.
func (c *comparison) place() {
	type id struct{ name, told string }
	seenAt := map[id]int{}
	for i, name := range c.of {
		key := id{name, at(c.told, i)}
		row, seen := seenAt[key]
		if !seen || c.facetOf == nil {
			row = len(c.first)
			seenAt[key] = row
			c.first = append(c.first, i)
		}
		c.rowOf = append(c.rowOf, row)
	}
}

func (c comparison) in(facet string) comparison {
	c.facet = facet
	return c
}

// rows yields the rows of the frame that belong to the present facet, with
// their rows of the chart.
func (c comparison) rows(yield func(row int, y float64) bool) {
	for i := range c.of {
		if c.facetOf != nil && c.facetOf[i] != c.facet {
			continue
		}
		if !yield(i, float64(c.rowOf[i])) {
			return
		}
	}
}

// title names a row of the frame with what tells it apart.
func (c comparison) title(row int) string { return joined(", ", c.of[row], at(c.told, row)) }

// propose writes the finding of the whole frame, or of the facets together.
func (c comparison) propose() string {
	if len(c.facets) == 1 {
		return Propose(c.f, c.o)
	}
	const most = 70 // letters
	in := list(c.facets)
	if len([]rune(in)) > most {
		in = Count(float64(len(c.facets)), "panel")
	}
	return upperFirst(given(c.o.MeasureLabel, "the measure")) + " of " + Count(float64(len(distinct(c.of))), "condition") + " in " + in
}

// absent says at x in the rows that a facet has none for that they were not
// run, or not scored by a judge.
func (c comparison) absent(x float64) []Layer {
	has := make([]bool, len(c.first))
	for _, y := range c.rows {
		has[int(y)] = true
	}
	l, word := Layer{Mark: "label", Muted: true, Anchor: "beside"}, "not run"
	if c.told != nil {
		word = "not scored"
	}
	for y, ok := range has {
		if !ok {
			l.X, l.Y, l.Text = append(l.X, x), append(l.Y, float64(y)), append(l.Text, word)
		}
	}
	if len(l.X) == 0 {
		return nil
	}
	return []Layer{l}
}

// rowAxis names every row, with its marker and the number of its units.
func (c comparison) rowAxis() Axis {
	a := Axis{Kind: Rows, Hi: float64(len(c.first))}
	for y, row := range c.first {
		name := c.of[row]
		if c.told == nil {
			a.Rows = append(a.Rows, c.rowLabel(row, y, name))
			continue
		}
		a.Rows = append(a.Rows, c.toldLabel(row, y))
		if n := len(a.Groups); n > 0 && c.of[c.first[y-1]] == name {
			a.Groups[n-1].To++
			continue
		}
		b := c.groupLabel(name)
		b.At = float64(y)
		a.Groups = append(a.Groups, Group{float64(y), float64(y) + 1, b})
	}
	return a
}

func (c comparison) rowLabel(row, y int, name string) Block {
	b := c.groupLabel(name)
	b.At, b.Source = float64(y), &Target{row, -1, name, keysAt(c.f, row)}
	if n := seedsAt(c.f, row); n > 0 && c.facetOf == nil {
		seeds := Line{Text: Count(n, unitNoun(c.f)), Role: indent, Muted: true}
		short := []Line{b.Forms[len(b.Forms)-2][0], seeds}
		b.Forms = append([][]Line{short}, b.Forms[len(b.Forms)-2:]...)
		if name == c.o.Baseline {
			b.Forms = append([][]Line{append(slices.Clone(short), baselineLine)}, b.Forms...)
		}
	}
	return b
}

// baselineLine is written under the name of the baseline.
var baselineLine = Line{Text: "baseline", Role: indent, Muted: true}

// groupLabel names a condition, in a bold and in a plain form.
func (c comparison) groupLabel(name string) Block {
	head := Line{Text: name, Role: c.roles[name], Bold: true}
	small := Line{Text: name, Role: c.roles[name]}
	b := Block{Forms: [][]Line{{head}, {small}}}
	if name == c.o.Baseline {
		b.Forms = append([][]Line{{head, baselineLine}}, b.Forms...)
	}
	return b
}

// toldLabel says what tells a row from the others of its name.
func (c comparison) toldLabel(row, y int) Block {
	head := Line{Text: c.told[row], Muted: true}
	b := Block{At: float64(y), Forms: [][]Line{{head}}, Source: &Target{row, -1, c.title(row), keysAt(c.f, row)}}
	if n := seedsAt(c.f, row); n > 0 && c.facetOf == nil {
		b.Forms = append([][]Line{{head, {Text: Count(n, unitNoun(c.f)), Muted: true}}}, b.Forms...)
	}
	return b
}

// baselineRule marks the baseline's mean over all rows; where each judge has
// its own, over the rows of that judge.
func (c comparison) baselineRule() []Layer {
	if c.told != nil {
		return c.toldRules()
	}
	for i := range c.rows {
		if v, _, ok := c.f.Num(frame.Value, i); ok && c.of[i] == c.o.Baseline {
			text := "baseline " + c.o.valueFormat().Text(v, numAt(c.f, frame.N, i))
			return []Layer{{
				Mark: "rule", Name: "baseline", Role: Baseline, X: Values{v}, Dash: []float64{4, 3}, Text: []string{text},
			}}
		}
	}
	return nil
}

// ruleText says what the dashed line is where it carries no number.
func (c comparison) ruleText() string {
	if c.told == nil || len(c.toldRules()) == 0 {
		return ""
	}
	return "dashed = " + c.o.Baseline + " by the same " + given(c.o.ToldNoun, "judge")
}

func (c comparison) toldRules() []Layer {
	value := map[string]float64{}
	for i := range c.rows {
		if v := numAt(c.f, frame.Value, i); c.of[i] == c.o.Baseline && !math.IsNaN(v) {
			value[c.told[i]] = v
		}
	}
	l := Layer{Mark: "rule", Name: "baseline", Role: Baseline, Dash: []float64{4, 3}}
	for i, y := range c.rows {
		if v, ok := value[c.told[i]]; ok {
			l.X, l.X2 = append(l.X, v), append(l.X2, v)
			l.Y, l.Y2 = append(l.Y, y), append(l.Y2, y+1)
		}
	}
	if len(l.X) == 0 {
		return nil
	}
	return []Layer{l}
}
