package charts

import (
	"slices"

	"witnessmark/data/frame"
)

// A comparison is a frame of conditions as rows of a chart. Without facets
// every row of the frame has its own; with facets the panels share rows by
// their names.
type comparison struct {
	f       frame.Frame
	o       Options
	of      []string // name of each row of the frame
	names   []string // of the rows of the chart
	roles   map[string]Role
	facets  []string
	facetOf []string // of each row of the frame
	facet   string   // the present one
}

func newComparison(f frame.Frame, o Options) comparison {
	c := comparison{f: f, o: o, of: namesOf(f, o.By), facets: []string{""}}
	c.names, c.roles = c.of, roleOf(f, o, c.of)
	if o.Facet == "" || f.Len() == 0 {
		return c
	}
	for i := range f.Len() {
		c.facetOf = append(c.facetOf, textAt(f, o.Facet, i))
	}
	c.names, c.facets = distinct(c.of), distinct(c.facetOf)
	return c
}

func (c comparison) in(facet string) comparison {
	c.facet = facet
	return c
}

// rows yields the rows of the frame that belong to the present facet, with
// their rows of the chart.
func (c comparison) rows(yield func(row int, y float64) bool) {
	for i, name := range c.of {
		y := float64(i)
		if c.facetOf != nil {
			if c.facetOf[i] != c.facet {
				continue
			}
			y = float64(slices.Index(c.names, name))
		}
		if !yield(i, y) {
			return
		}
	}
}

// propose writes the finding of the whole frame, or of the facets together.
func (c comparison) propose() string {
	if len(c.facets) == 1 {
		return Propose(c.f, c.o)
	}
	return upperFirst(given(c.o.MeasureLabel, "the measure")) + " of " + Count(float64(len(c.names)), "condition") + " in " + list(c.facets)
}

// absent says "not run" at x in the rows that a facet has none for.
func (c comparison) absent(x float64) []Layer {
	has := make([]bool, len(c.names))
	for _, y := range c.rows {
		has[int(y)] = true
	}
	l := Layer{Mark: "label", Muted: true, Anchor: "beside"}
	for y, ok := range has {
		if !ok {
			l.X, l.Y, l.Text = append(l.X, x), append(l.Y, float64(y)), append(l.Text, "not run")
		}
	}
	if len(l.X) == 0 {
		return nil
	}
	return []Layer{l}
}

// rowAxis names every row, with its marker and the number of its units.
func (c comparison) rowAxis() Axis {
	a := Axis{Kind: Rows, Hi: float64(len(c.names))}
	for y, name := range c.names {
		row := y
		if c.facetOf != nil {
			row = slices.Index(c.of, name)
		}
		a.Rows = append(a.Rows, c.rowLabel(row, y, name))
	}
	return a
}

func (c comparison) rowLabel(row, y int, name string) Block {
	head := Line{Text: name, Role: c.roles[name], Bold: true}
	small := Line{Text: name, Role: c.roles[name]}
	form := []Line{head}
	if n := seedsAt(c.f, row); n > 0 && c.facetOf == nil {
		form = append(form, Line{Text: Count(n, unitNoun(c.f)), Role: indent, Muted: true})
	}
	b := Block{At: float64(y), Forms: [][]Line{form, {head}, {small}}, Source: &Target{row, -1, name, keysAt(c.f, row)}}
	if name == c.o.Baseline {
		b.Forms = append([][]Line{append(form[:len(form):len(form)], Line{Text: "baseline", Role: indent, Muted: true})}, b.Forms...)
	}
	return b
}

// baselineRule marks the baseline's mean over all rows.
func (c comparison) baselineRule() []Layer {
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
