package part

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"witnessmark/charts"
	"witnessmark/views/theme"
)

// A Facet is one field with the values that it has, and how many runs have
// each under the filter on all other fields.
type Facet struct {
	Field  string
	Title  string
	Values []FacetValue
	More   int        // values that are not listed
	Range  *Histogram // in place of values, for a field of numbers
}

// A FacetValue is one value of a field.
type FacetValue struct {
	Value string
	Label string
	Count int
	On    bool // passes the filter
	Role  charts.Role
}

// A FacetPanel lists facets. A press on a value narrows the filter to it, with
// Alt excludes it; dragging over a histogram keeps a range.
type FacetPanel struct {
	widget.BaseWidget
	OnToggle  func(field, value string)
	OnExclude func(field, value string)
	OnRange   func(field string, lo, hi float64)
	OnReset   func()

	facets []Facet
	closed map[string]bool
	list   *fyne.Container
	scroll *container.Scroll
}

// NewFacetPanel returns an empty panel.
func NewFacetPanel() *FacetPanel {
	p := &FacetPanel{closed: map[string]bool{}, list: Stack(0)}
	p.scroll = Scroll(Pad(4, 10, 8, 10, p.list))
	p.ExtendBaseWidget(p)
	return p
}

// CreateRenderer implements fyne.Widget.
func (p *FacetPanel) CreateRenderer() fyne.WidgetRenderer {
	head := Head(Strong("Facets"), NewLink("Reset", func() { p.OnReset() }).WithTip("Remove every filter"))
	return widget.NewSimpleRenderer(Fixed(theme.Facets, 0, Ground(theme.Panel, Border(head, nil, nil, Wall(), p.scroll))))
}

// Facets returns what is shown.
func (p *FacetPanel) Facets() []Facet { return p.facets }

// Set shows facets, keeping those closed that a person closed.
func (p *FacetPanel) Set(facets []Facet) {
	p.facets = facets
	p.build()
}

func (p *FacetPanel) build() {
	var objects []fyne.CanvasObject
	for _, f := range p.facets {
		objects = append(objects, p.head(f))
		if p.closed[f.Field] {
			continue
		}
		if f.Range != nil {
			f.Range.OnRange = func(lo, hi float64) { p.OnRange(f.Field, lo, hi) }
			objects = append(objects, f.Range)
			continue
		}
		objects = append(objects, p.values(f)...)
	}
	p.list.Objects = objects
	p.list.Refresh()
	p.scroll.Refresh()
}

func (p *FacetPanel) head(f Facet) fyne.CanvasObject {
	icon := theme.Down
	if p.closed[f.Field] {
		icon = theme.Right
	}
	note := ""
	if f.Range != nil {
		note = f.Range.Note
	}
	h := &facetHead{icon: icon, title: f.Title, note: note}
	h.extend(h, func() {
		p.closed[f.Field] = !p.closed[f.Field]
		p.build()
	})
	return h
}

func (p *FacetPanel) values(f Facet) []fyne.CanvasObject {
	most := 1
	for _, v := range f.Values {
		most = max(most, v.Count)
	}
	var out []fyne.CanvasObject
	for _, v := range f.Values {
		out = append(out, newFacetRow(p, f.Field, v, float32(v.Count)/float32(most)))
	}
	if f.More > 0 {
		out = append(out, Pad(2, 0, 2, 19, Small(charts.Count(float64(f.More), "more value")+", use the filter")))
	}
	return out
}

type facetHead struct {
	touch
	icon        theme.Icon
	title, note string
}

// CreateRenderer implements fyne.Widget.
func (h *facetHead) CreateRenderer() fyne.WidgetRenderer {
	icon, title, note := newPicture(), newLine("", theme.SmallSize, true), newLine("", theme.SmallSize, false)
	layout := func(s fyne.Size) {
		square(icon, 0, 12, s.Height)
		right := note.MinSize().Width
		title.Text = Elide(h.title, s.Width-right-24, theme.SmallSize, true)
		middle(title, 16, s.Width-right-20, s.Height)
		middle(note, s.Width-right, right, s.Height)
	}
	refresh := func() {
		draw(icon, h.icon, theme.Muted)
		title.Color, note.Text, note.Color = ink(theme.Text), h.note, ink(theme.Accent)
		if h.hovered || h.focused {
			title.Color = ink(theme.Accent)
		}
	}
	return newFace(h, func() fyne.Size { return fyne.NewSize(80, 25) }, layout, refresh, icon, title, note)
}

// facetRow is one value: a check, perhaps a marker, the name, a bar, a count.
type facetRow struct {
	touch
	panel *FacetPanel
	field string
	value FacetValue
	share float32
	alt   bool
}

func newFacetRow(p *FacetPanel, field string, v FacetValue, share float32) *facetRow {
	r := &facetRow{panel: p, field: field, value: v, share: share}
	r.Tip = v.Value
	if v.Value == "" {
		r.Tip = "not recorded, or empty"
	}
	r.extend(r, r.choose)
	return r
}

// MouseDown implements desktop.Mouseable: Alt is only known here.
func (r *facetRow) MouseDown(e *desktop.MouseEvent) { r.alt = e.Modifier&fyne.KeyModifierAlt != 0 }

// MouseUp implements desktop.Mouseable.
func (r *facetRow) MouseUp(*desktop.MouseEvent) {}

func (r *facetRow) choose() {
	if r.alt {
		r.panel.OnExclude(r.field, r.value.Value)
		return
	}
	r.panel.OnToggle(r.field, r.value.Value)
}

// CreateRenderer implements fyne.Widget.
func (r *facetRow) CreateRenderer() fyne.WidgetRenderer {
	back := &canvas.Rectangle{CornerRadius: theme.CheckRadius}
	box, mark := &canvas.Rectangle{CornerRadius: theme.CheckRadius}, newPicture()
	marker := &canvas.ArbitraryPolygon{NormalizedPoints: true}
	name, count := newLine("", theme.SmallSize, false), newLine("", theme.SmallSize, false)
	track, bar := &canvas.Rectangle{}, &canvas.Rectangle{}
	const barWidth = 34
	barAt := fyne.Max(30, fyne.MeasureText(charts.Whole.Text(float64(r.value.Count), 0), theme.SmallSize, fyne.TextStyle{}).Width+8)
	layout := func(s fyne.Size) {
		back.Resize(s)
		square(box, 0, 13, s.Height)
		square(mark, 1, 11, s.Height)
		x := float32(18)
		if r.value.Role != "" {
			square(marker, x, 8, s.Height)
			x += 13
		}
		from := s.Width - barAt - barWidth
		name.Text = Elide(r.value.Label, from-x-4, theme.SmallSize, false)
		middle(name, x, from-x-4, s.Height)
		track.Move(fyne.NewPos(from, s.Height/2-3))
		track.Resize(fyne.NewSize(barWidth, 6))
		bar.Move(track.Position())
		bar.Resize(fyne.NewSize(fyne.Max(1, barWidth*r.share), 6))
		middle(count, s.Width-barAt+4, barAt-4, s.Height)
	}
	refresh := func() {
		fill := theme.Clear
		if r.hovered || r.focused {
			fill = theme.Hover
		}
		paint(back, fill, theme.Clear)
		paintCheck(box, mark, r.value.On, r.hovered || r.focused)
		marker.Hidden = r.value.Role == ""
		shape(marker, r.value.Role, 8)
		name.Color, count.Color = ink(theme.Text), ink(theme.Muted)
		count.Text, count.Alignment = charts.Whole.Text(float64(r.value.Count), 0), fyne.TextAlignTrailing
		track.FillColor, bar.FillColor = ink(theme.Track), ink(theme.Bar)
		bar.Hidden = r.value.Count == 0
	}
	min := func() fyne.Size { return fyne.NewSize(120, theme.FacetRow) }
	return newFace(r, min, layout, refresh, back, box, mark, marker, name, track, bar, count)
}

// A Histogram shows how a number is spread over the runs. Dragging over it
// keeps a range; a double click frees it again.
type Histogram struct {
	widget.BaseWidget
	Lo, Hi   float64 // of the first and last bin
	Bins     []int
	From, To float64 // what the filter keeps
	Note     string  // right of the title: the range, or how many have a number
	Format   func(float64) string
	OnRange  func(lo, hi float64)

	began, now float32
	dragging   bool
}

// NewHistogram returns a histogram.
func NewHistogram(lo, hi float64, bins []int, format func(float64) string) *Histogram {
	h := &Histogram{Lo: lo, Hi: hi, Bins: bins, From: lo, To: hi, Format: format}
	h.ExtendBaseWidget(h)
	return h
}

func (h *Histogram) at(x float32) float64 {
	f := min(1, max(0, float64(x/h.Size().Width)))
	return h.Lo + f*(h.Hi-h.Lo)
}

// Dragged implements fyne.Draggable.
func (h *Histogram) Dragged(e *fyne.DragEvent) {
	if !h.dragging {
		h.dragging, h.began = true, e.Position.X-e.Dragged.DX
	}
	h.now = e.Position.X
	h.From, h.To = h.at(min(h.began, h.now)), h.at(max(h.began, h.now))
	h.Refresh()
}

// DragEnd implements fyne.Draggable.
func (h *Histogram) DragEnd() {
	if h.dragging {
		h.dragging = false
		h.OnRange(h.snap(h.From, h.Lo), h.snap(h.To, h.Hi))
	}
}

// snap makes a range end at whole numbers where the field has many, and
// leaves it open at the end of the axis.
func (h *Histogram) snap(v, end float64) float64 {
	step := (h.Hi - h.Lo) / float64(max(1, len(h.Bins)))
	if v-end < step/2 && end-v < step/2 {
		return end
	}
	if h.Hi-h.Lo > 10 {
		return float64(int(v + 0.5))
	}
	return float64(int(v*100+0.5)) / 100
}

// DoubleTapped implements fyne.DoubleTappable.
func (h *Histogram) DoubleTapped(*fyne.PointEvent) { h.OnRange(h.Lo, h.Hi) }

// Tapped implements fyne.Tappable.
func (h *Histogram) Tapped(*fyne.PointEvent) {}

// Cursor implements desktop.Cursorable.
func (h *Histogram) Cursor() desktop.Cursor { return desktop.CrosshairCursor }

// keeps reports whether the middle of a bin is in the range.
func (h *Histogram) keeps(bin int) bool {
	mid := h.Lo + (float64(bin)+0.5)/float64(len(h.Bins))*(h.Hi-h.Lo)
	return mid >= h.From && mid <= h.To
}

// CreateRenderer implements fyne.Widget.
func (h *Histogram) CreateRenderer() fyne.WidgetRenderer {
	const height = 32
	shade, axis := &canvas.Rectangle{}, &canvas.Rectangle{}
	lo, hi := newLine("", theme.SmallSize, false), newLine("", theme.SmallSize, false)
	objects := []fyne.CanvasObject{shade, axis, lo, hi}
	bars := make([]*canvas.Rectangle, len(h.Bins))
	for i := range bars {
		bars[i] = &canvas.Rectangle{}
		objects = append(objects, bars[i])
	}
	layout := func(s fyne.Size) {
		most := float32(max(1, slices.Max(append([]int{1}, h.Bins...))))
		w := s.Width / float32(len(bars))
		for i, b := range bars {
			tall := float32(height-2) * float32(h.Bins[i]) / most
			if h.Bins[i] > 0 {
				tall = fyne.Max(1, tall)
			}
			b.Move(fyne.NewPos(float32(i)*w, height-tall))
			b.Resize(fyne.NewSize(fyne.Max(1, w-1), tall))
		}
		x := func(v float64) float32 { return s.Width * float32((v-h.Lo)/(h.Hi-h.Lo)) }
		shade.Move(fyne.NewPos(x(h.From), 0))
		shade.Resize(fyne.NewSize(x(h.To)-x(h.From), height))
		axis.Move(fyne.NewPos(0, height))
		axis.Resize(fyne.NewSize(s.Width, 1))
		lo.Move(fyne.NewPos(0, height+2))
		hi.Move(fyne.NewPos(s.Width-hi.MinSize().Width, height+2))
	}
	refresh := func() {
		shade.FillColor, axis.FillColor = ink(theme.Selected), ink(theme.Axis)
		part := h.From > h.Lo || h.To < h.Hi
		shade.Hidden = !part
		for i, b := range bars {
			b.FillColor = ink(theme.Bar)
			if part && h.keeps(i) {
				b.FillColor = ink(theme.Accent)
			}
		}
		lo.Text, hi.Text = h.Format(h.Lo), h.Format(h.Hi)
		lo.Color, hi.Color = ink(theme.Muted), ink(theme.Muted)
	}
	return newFace(h, func() fyne.Size { return fyne.NewSize(100, height+20) }, layout, refresh, objects...)
}
