package charts

import (
	"math"
	"slices"

	"witnessmark/charts/internal/pen"
)

// A cell is a panel with its place in the figure.
type cell struct {
	panel                    Panel
	line, column             int
	first                    bool    // labels the vertical axis
	headNote                 string  // above the plot
	bare                     bool    // too narrow for the texts at the right
	cut                      float64 // rows that the plot is too low for
	labelRoom                float64 // how wide names of rows may get before they wrap
	groupWidth               float64 // of the names of groups of rows, with the gap after them; 0 for none
	left, right, top, bottom float64 // room for labels around the plot
	plot                     pen.Box
}

// grid places the panels in lines and columns and draws them. Margins depend
// on the size of plots (labels wrap, forms are chosen) and the size of plots
// on margins, so both are found by going round a few times.
func (c *canvas) grid(s Spec, area pen.Box) {
	s.Panels = c.withoutOptional(s, area)
	columns := s.columns(area.W, area.H)
	cells := make([]cell, len(s.Panels))
	for i, p := range s.Panels {
		cells[i] = cell{panel: p, line: i / columns, column: i % columns, labelRoom: max(104, min(230, area.W*0.2))}
		cells[i].first = !s.ShareY || cells[i].column == 0
		cells[i].plot = pen.Box{W: area.W / float64(columns) * 0.7, H: area.H / float64(len(s.Panels)/columns+1) * 0.8}
	}
	cells = c.settle(cells, columns, area)
	if c.withoutUnder(cells) {
		cells = c.settle(cells, columns, area)
	}
	for i := range cells {
		c.cutRows(&cells[i])
	}
	form := headForm(cells)
	for i := range cells {
		cells[i].headNote = at(cells[i].panel.HeadNote, form)
		c.drawPanel(&cells[i])
	}
}

// withoutUnder takes the numbers under panels away that would leave hardly
// anything of the plots above them.
func (c *canvas) withoutUnder(cells []cell) (changed bool) {
	for i := range cells {
		if k := &cells[i]; len(k.panel.Under) > 0 && k.plot.H < leastOver {
			k.panel.Under, changed = nil, true
		}
	}
	if changed {
		c.note("the numbers under the axis do not fit: make the chart taller")
	}
	return changed
}

// leastOver is the height of a plot over numbers.
const leastOver = 72.0

// leastRow is the height below which a row's name cannot be read.
const leastRow = 15.0

// cutRows leaves out the last rows of a panel that is too low for all of
// them, and says how many.
func (c *canvas) cutRows(k *cell) {
	y := &k.panel.Y
	n := y.Hi - y.Lo
	if y.Kind != Rows || n <= 1 || k.plot.H/n >= leastRow {
		return
	}
	if k.bottom < lineHeight {
		k.plot.H -= lineHeight - k.bottom // for the words
	}
	k.cut = n - math.Max(1, math.Floor(k.plot.H/leastRow))
	y.Hi -= k.cut
	out := func(b Block) bool { return b.At >= y.Hi }
	y.Rows = slices.DeleteFunc(slices.Clone(y.Rows), out)
	y.Groups = slices.DeleteFunc(slices.Clone(y.Groups), func(g Group) bool { return g.From >= y.Hi })
	k.panel.Side = slices.DeleteFunc(slices.Clone(k.panel.Side), out)
	c.note("%s at this height: make the chart taller", cutText(k.cut))
}

func cutText(n float64) string {
	if n == 1 {
		return "1 more row does not fit"
	}
	return Whole.Text(n, 0) + " more rows do not fit"
}

// headForm returns the first form of the notes above panels that fits all of
// them, so that neighbors say the same.
func headForm(cells []cell) int {
	for form := range 4 {
		fits := true
		for _, k := range cells {
			room := k.plot.W - value.Width(k.panel.Head) - 12
			if k.panel.HeadRole != "" {
				room -= markerRoom
			}
			fits = fits && plain.Width(at(k.panel.HeadNote, form)) <= room
		}
		if fits {
			return form
		}
	}
	return 4
}

// settle finds the places of all cells. Lines of panels that the figure is
// too low for are left out, and told.
func (c *canvas) settle(cells []cell, columns int, area pen.Box) []cell {
	for {
		for range 4 {
			for i := range cells {
				cells[i].margins(area.W / float64(columns))
			}
			place(cells, columns, area)
		}
		last := cells[len(cells)-1]
		if last.line == 0 || last.plot.Y+last.plot.H+last.bottom <= area.Y+area.H+1 {
			return cells
		}
		for len(cells) > 1 && cells[len(cells)-1].line == last.line {
			cells = cells[:len(cells)-1]
		}
		for i := range cells {
			if cells[i].line == last.line-1 {
				cells[i].panel.X.Quiet = false // nothing below labels the axis now
			}
		}
		c.note("some panels do not fit at this height: make the chart taller")
	}
}

// withoutOptional drops panels that may go where they would have to stand
// below others without the height for it.
func (c *canvas) withoutOptional(s Spec, area pen.Box) []Panel {
	if s.widest(len(s.Panels)) <= area.W || area.H >= leastLine*float64(len(s.Panels)) {
		return s.Panels
	}
	kept := slices.DeleteFunc(slices.Clone(s.Panels), func(p Panel) bool { return p.Optional })
	if len(kept) < len(s.Panels) {
		c.note("a panel is left out at this size: make the chart larger")
	}
	return kept
}

// leastLine is the height that a line of panels should have.
const leastLine = 110.0

// columns returns how many panels stand side by side without getting
// narrower than they bear, or than the height makes them.
func (s Spec) columns(width, height float64) int {
	n := s.Columns
	if n <= 0 {
		n = len(s.Panels)
	}
	for n > 1 && s.widest(n) > width {
		n--
	}
	for s.Columns <= 0 && n < len(s.Panels) && math.Ceil(float64(len(s.Panels))/float64(n))*leastLine > height {
		n++
	}
	if s.Columns <= 0 && n < len(s.Panels) {
		lines := (len(s.Panels) + n - 1) / n
		n = (len(s.Panels) + lines - 1) / lines // 6 panels as 3 + 3, not 4 + 2
	}
	return max(1, n)
}

// widest returns the least width of the widest line of n panels.
func (s Spec) widest(n int) float64 {
	most := 0.0
	for i := 0; i < len(s.Panels); i += n {
		sum := 0.0
		for _, p := range s.Panels[i:min(i+n, len(s.Panels))] {
			sum += p.least()
		}
		most = math.Max(most, sum)
	}
	return most
}

func (p Panel) least() float64 {
	if p.MinWidth > 0 {
		return p.MinWidth
	}
	return 170
}

const gap = 16.0 // between panels

// place gives every cell its plot: margins of a line or column are as large
// as the largest in it, and the rest is shared by weight.
func place(cells []cell, columns int, area pen.Box) {
	lines := (len(cells) + columns - 1) / columns
	x := make([]track, columns)
	y := make([]track, lines)
	for i := range cells {
		k := &cells[i]
		x[k.column].grow(k.left, k.right, k.panel.Weight)
		y[k.line].grow(k.top, k.bottom, k.panel.Tall)
	}
	spread(y, area.Y, area.H, 6)
	for i := range cells {
		k := &cells[i]
		k.compact(&y[k.line].size, &x[k.column])
	}
	spread(x, area.X, area.W, gap)
	for i := range cells {
		k := &cells[i]
		k.plot = pen.Box{X: x[k.column].at, Y: y[k.line].at, W: x[k.column].size, H: y[k.line].size}
		if k.panel.Square {
			k.plot.W = math.Min(k.plot.W, k.plot.H*1.5)
			h := math.Min(k.plot.H, k.plot.W)
			k.plot.Y += k.plot.H - h
			k.plot.H = h
		}
	}
}

// The sizes of the cells of a heat map: a few cells do not fill a page.
const (
	mostCell  = 84.0  // high
	leastCell = 76.0  // wide, where there is room
	wideCell  = 190.0 // wide at most
	cellShape = 2.2   // width by height at most
)

// compact keeps the cells of a heat map from growing beyond what they say.
func (k *cell) compact(height *float64, across *track) {
	x, y := k.panel.X, k.panel.Y
	if !k.panel.Compact {
		return
	}
	rows := math.Max(1, y.Hi-y.Lo)
	*height = math.Min(*height, rows*mostCell)
	wide := math.Min(wideCell, math.Max(leastCell, *height/rows*cellShape))
	across.most = math.Max(across.most, wide*math.Max(1, x.Hi-x.Lo))
}

// A track is a line or column of plots.
type track struct {
	before, after, weight, at, size float64
	most                            float64 // size at most; 0 for any
}

func (t *track) grow(before, after, weight float64) {
	if weight == 0 {
		weight = 1
	}
	t.before, t.after = math.Max(t.before, before), math.Max(t.after, after)
	t.weight = math.Max(t.weight, weight)
}

func spread(t []track, from, size, gap float64) {
	rest, weights := size-gap*float64(len(t)-1), 0.0
	for _, k := range t {
		rest -= k.before + k.after
		weights += k.weight
	}
	for i := range t {
		t[i].size = math.Max(20, rest*t[i].weight/weights)
		if t[i].most > 0 {
			t[i].size = math.Min(t[i].size, t[i].most)
		}
		t[i].at = from + t[i].before
		from += t[i].before + t[i].size + t[i].after + gap
	}
}
