package charts

import (
	"math"
	"slices"
	"strings"

	"witnessmark/data/frame"
)

// Matrix draws a heat map: conditions down, evals across, one panel a value
// of o.Facet. A combination without a row is hatched and says "not run"; one
// whose value is missing gives the reason.
//
// Columns: o.By (text) names the rows, o.Series (text) the columns, o.Facet
// (text) the panels; value, lo, hi, level, method, n and seeds give the
// cells. With o.Difference the cells show diff about 0. family (text) may
// give a row's role.
func Matrix(f frame.Frame, o Options) Spec {
	m := newMatrix(f, o)
	s := Spec{ID: "matrix", Title: o.title(m.propose()), Source: o.source(), ShareY: true, Notes: frameNotes(f)}
	s.Subtitle = o.subtitle(lead(o), m.subtitle())
	for _, facet := range m.facets {
		s.Panels = append(s.Panels, m.panel(facet))
	}
	return s
}

// A matrix is a frame as cells.
type matrix struct {
	f                          frame.Frame
	o                          Options
	rows, columns, facets      []string
	rowOf, columnOf, facetName []string // of each row of the frame
	roles                      map[string]Role
	most                       float64 // largest difference
}

func newMatrix(f frame.Frame, o Options) matrix {
	m := matrix{f: f, o: o, rowOf: namesOf(f, o.By)}
	for i := range f.Len() {
		m.columnOf = append(m.columnOf, textAt(f, o.Series, i))
		m.facetName = append(m.facetName, textAt(f, o.Facet, i))
	}
	m.rows, m.columns, m.facets = distinct(m.rowOf), distinct(m.columnOf), distinct(append(slices.Clone(o.Panels), m.facetName...))
	m.roles = roleOf(f, o, m.rowOf)
	m.most = symmetric(numbers(f, frame.Diff)) / 1.12
	return m
}

func (m matrix) panel(facet string) Panel {
	p := Panel{
		Head: facet, Compact: true, MinWidth: math.Max(60+46*float64(len(m.columns)), math.Min(260, 30+value.Width(facet)*0.7)),
		X: Axis{Kind: Rows, Hi: float64(len(m.columns)), Top: true},
		Y: Axis{Kind: Rows, Hi: float64(len(m.rows)), NoGrid: true},
	}
	for i, name := range m.columns {
		p.X.Rows = append(p.X.Rows, Block{At: float64(i), Forms: [][]Line{{{Text: name, Muted: true}}}})
	}
	for i, name := range m.rows {
		p.Y.Rows = append(p.Y.Rows, m.rowLabel(i, name))
	}
	p.Layers = m.layers(facet)
	return p
}

// rowLabel names a row; it leads to the first cell of the row.
func (m matrix) rowLabel(i int, name string) Block {
	plain := Line{Text: name, Role: m.roles[name]}
	head := plain
	head.Bold = name == m.o.Baseline
	first := slices.Index(m.rowOf, name)
	return Block{At: float64(i), Forms: [][]Line{{head}, {plain}}, Source: &Target{first, -1, name, []frame.Key{{Field: m.field(), Value: name}}}}
}

// field is the key field of the rows.
func (m matrix) field() string {
	if m.o.By != "" {
		return m.o.By
	}
	return byColumn(m.f)
}

// layers are the cells with a value, those without one, and those not run.
func (m matrix) layers(facet string) []Layer {
	run := Layer{Mark: "cell", Name: facet}
	falls := Layer{Mark: "cell", Name: facet + ", lower", Role: HeatRole}
	rises := Layer{Mark: "cell", Name: facet + ", higher", Role: Discouraging}
	none := Layer{Mark: "hatch", Name: facet + ", none"}
	for y, row := range m.rows {
		for x, column := range m.columns {
			i := m.find(row, column, facet)
			switch v := m.value(i); {
			case i >= 0 && m.o.Difference && row == m.o.Baseline:
				m.baseline(&falls, x, y, i)
			case i < 0:
				none.put(x, y, "not run", Target{Row: -1, Unit: -1, Text: joined(", ", row, column, facet, "not run")})
			case math.IsNaN(v):
				none.put(x, y, why(m.f, m.column(), i), m.target(i))
			case !m.o.Difference:
				m.fill(&run, x, y, i)
			case v < 0:
				m.fill(&falls, x, y, i)
			default:
				m.fill(&rises, x, y, i)
			}
		}
	}
	var out []Layer
	for _, l := range []Layer{run, falls, rises, none} {
		if len(l.X) > 0 {
			out = append(out, l)
		}
	}
	return out
}

func (l *Layer) put(x, y int, text string, t Target) {
	l.X, l.Y = append(l.X, float64(x)), append(l.Y, float64(y))
	l.Text, l.Source = append(l.Text, text), append(l.Source, t)
}

// baseline fills a cell of the row that others are compared with.
func (m matrix) baseline(l *Layer, x, y, row int) {
	l.put(x, y, "baseline", Target{row, -1, estimateText(m.f, row, m.rowOf[row], m.o), keysAt(m.f, row)})
	l.Text2, l.Shade = append(l.Text2, ""), append(l.Shade, 0)
}

func (m matrix) fill(l *Layer, x, y, row int) {
	v, n := m.value(row), numAt(m.f, frame.N, row)
	l.put(x, y, m.cellText(v), m.target(row))
	sub := ""
	lo, hi := m.bounds(row)
	if !math.IsNaN(lo) && !math.IsNaN(hi) {
		sub = "[" + m.cellText(lo) + "," + nbsp + m.cellText(hi) + "]"
	}
	if !m.o.Difference && !math.IsNaN(n) && !m.o.NoCounts {
		sub = joined("\n", sub, "n "+Whole.Text(n, 0))
	}
	l.Text2 = append(l.Text2, sub)
	l.Shade = append(l.Shade, m.shade(v, m.facetName[row]))
}

// bounds is the interval of a cell, of its difference where those are shown.
func (m matrix) bounds(row int) (lo, hi float64) {
	if m.o.Difference {
		return numAt(m.f, frame.DiffLo, row), numAt(m.f, frame.DiffHi, row)
	}
	return numAt(m.f, frame.Lo, row), numAt(m.f, frame.Hi, row)
}

// intervals says what stands in brackets.
func (m matrix) intervals() string {
	if m.o.Difference {
		return ""
	}
	if t := strings.TrimPrefix(intervalSubtitle(m.f), "line = "); !strings.HasPrefix(t, "no interval") {
		return "[ ] = " + t + ", where a cell has room"
	}
	return intervalSubtitle(m.f)
}

// shade is how dark a value is, 0 to 1: on the scale of the measure, or of a
// free one between the smallest and the largest of the panel.
func (m matrix) shade(v float64, facet string) float64 {
	switch {
	case m.o.Difference:
		return math.Abs(v) / m.most
	case m.o.Scale != FreeScale:
		return v / m.o.top()
	}
	var shown Values
	for i, name := range m.facetName {
		if name == facet {
			shown = append(shown, m.value(i))
		}
	}
	lo, hi, _ := extent(shown)
	if lo == hi {
		return 0.5
	}
	return (v - lo) / (hi - lo)
}

// cellText writes a value whole: a cell is for finding, its hit for reading.
func (m matrix) cellText(v float64) string {
	scale := 1.0
	if m.o.Scale == RateScale {
		scale = 100
	}
	if m.o.Scale == FreeScale {
		return Free.Text(v, 0)
	}
	amount := decimal(math.Abs(v)*scale, 0)
	return m.format().sign(v, amount) + amount
}

func (m matrix) format() Format {
	if m.o.Difference {
		return m.o.diffFormat()
	}
	return m.o.valueFormat()
}

func (m matrix) column() string {
	if m.o.Difference {
		return frame.Diff
	}
	return frame.Value
}

func (m matrix) value(row int) float64 {
	if row < 0 {
		return math.NaN()
	}
	return numAt(m.f, m.column(), row)
}

func (m matrix) find(row, column, facet string) int {
	for i := range m.rowOf {
		if m.rowOf[i] == row && m.columnOf[i] == column && m.facetName[i] == facet {
			return i
		}
	}
	return -1
}

func (m matrix) target(i int) Target {
	name := joined(", ", m.rowOf[i], m.columnOf[i], m.facetName[i])
	text := estimateText(m.f, i, name, m.o)
	if m.o.Difference {
		text = differenceText(m.f, m.o, i, name)
	}
	return Target{i, -1, text, keysAt(m.f, i)}
}

func (m matrix) subtitle() string {
	n := rangeText(numbers(m.f, frame.N), "sample")
	if n != "" {
		n = "n = " + n + " a cell"
	}
	shade := "darker = higher"
	if m.o.Scale == FreeScale {
		shade += ", each panel from its least to its most"
	}
	if m.o.NoCounts {
		n = ""
	}
	if m.o.Difference {
		_, unit := m.o.diffUnit()
		shade = "difference from " + baselineName(m.o) + " in " + unit + ", blue = lower, orange = higher"
	}
	runs := ""
	if seeds := numbersOr(m.f, "", seedsAt); len(seeds) > 0 {
		if lo, hi, ok := extent(seeds); ok && lo == 1 && hi == 1 {
			runs = "1 training run a cell"
		}
	}
	more := ""
	if m.o.Difference && hasDifferences(m.f) {
		more = lowerFirst(differenceSubtitle(m.f, m.o))
	}
	return upperFirst(joined("; ", shade, more, n, m.intervals(), runs, "hatch = not run"))
}

func (m matrix) propose() string {
	if m.f.Len() == 0 {
		return "No data"
	}
	tell := m.ranges
	if m.o.Difference {
		tell = m.changes
	}
	var parts []string
	for _, facet := range m.facets {
		if t := tell(facet); t != "" {
			parts = append(parts, t)
		}
	}
	switch {
	case len(m.facets) == 2 && !m.o.Difference && len(parts) == 2:
		parts = []string{m.first()}
	case len(parts) == 0 || len(m.facets) > 2 || !m.o.Difference && len(m.columns) > 3:
		what := given(m.o.MeasureLabel, "the measure")
		parts = []string{upperFirst(what) + " by " + Count(float64(len(m.rows)), "condition") + " and " + Count(float64(len(m.columns)), "eval")}
	}
	s := upperFirst(strings.Join(parts, "; "))
	if missing := len(m.rows)*len(m.columns)*len(m.facets) - m.f.Len(); missing > 0 {
		s += ", " + Count(float64(missing), "combination") + " not run"
	}
	return s
}

// facetLabel is the name of a panel, or else the measure, without what is
// said of it in brackets.
func (m matrix) facetLabel(facet string) string {
	name, _, _ := strings.Cut(given(facet, given(m.o.MeasureLabel, "the measure")), " (")
	return name
}

// ranges says between what the rows lie, column by column: "Playful is 8 to
// 77 under default and 75 to 81 under training".
func (m matrix) ranges(facet string) string {
	var parts []string
	for _, column := range m.columns {
		var shown Values
		for i := range m.rowOf {
			if m.columnOf[i] == column && m.facetName[i] == facet {
				shown = append(shown, m.value(i))
			}
		}
		lo, hi, ok := extent(shown)
		if !ok {
			continue
		}
		text := m.cellText(lo)
		if hi != lo {
			text += " to " + m.cellText(hi)
		}
		parts = append(parts, joined(" under ", text+m.unit(), column))
	}
	if len(parts) == 0 {
		return ""
	}
	return m.facetLabel(facet) + " is " + list(parts)
}

// first says between what the rows lie in the first column, panel by panel:
// "Under eval default, Playful is 8 to 77 and French 3 to 78".
func (m matrix) first() string {
	column := m
	column.columns = m.columns[:1]
	a, b := column.ranges(m.facets[0]), column.ranges(m.facets[1])
	if a == "" || b == "" {
		return joined("; ", a, b)
	}
	cut := func(s string) string { return strings.TrimSuffix(s, " under "+m.columns[0]) }
	text := cut(a) + " and " + strings.Replace(cut(b), " is ", " ", 1)
	if m.columns[0] == "" {
		return text
	}
	return "Under " + m.columns[0] + ", " + text
}

func (m matrix) unit() string {
	if m.o.Scale == RateScale {
		return nbsp + "%"
	}
	return ""
}

// changes counts the cells whose difference has an interval that leaves out
// 0: "Hack is lower than under neutral in 6 of 10 cells, higher in 2".
func (m matrix) changes(facet string) string {
	lower, higher, all := 0, 0, 0
	for i := range m.rowOf {
		lo, hi := numAt(m.f, frame.DiffLo, i), numAt(m.f, frame.DiffHi, i)
		if m.facetName[i] != facet || math.IsNaN(lo) || math.IsNaN(hi) {
			continue
		}
		all++
		switch {
		case hi < 0:
			lower++
		case lo > 0:
			higher++
		}
	}
	than := " than under " + baselineName(m.o) + " in "
	cells := " of " + Count(float64(all), "cell")
	name := m.facetLabel(facet)
	switch {
	case all == 0:
		return ""
	case lower+higher == 0:
		return name + " shows no clear change from " + baselineName(m.o) + " in any" + cells
	case higher == 0:
		return name + " is lower" + than + Whole.Text(float64(lower), 0) + cells
	case lower == 0:
		return name + " is higher" + than + Whole.Text(float64(higher), 0) + cells
	}
	return name + " is lower" + than + Whole.Text(float64(lower), 0) + cells + " and higher in " + Whole.Text(float64(higher), 0)
}
