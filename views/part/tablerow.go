package part

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"

	"witnessmark/charts"
	"witnessmark/views/theme"
)

// A tableRow is the objects of one row on screen. They are used again for
// other rows; text objects are much cheaper here than label widgets.
type tableRow struct {
	widget.BaseWidget
	t      *Table
	place  int
	row    int // −1 when it must be filled from new
	width  []float32
	dark   bool
	back   *canvas.Rectangle
	rule   *canvas.Rectangle
	cells  []*tableCell
	object []fyne.CanvasObject
}

func newTableRow(t *Table) *tableRow {
	r := &tableRow{t: t, row: -1, back: &canvas.Rectangle{}, rule: &canvas.Rectangle{}}
	r.object = []fyne.CanvasObject{r.back, r.rule}
	r.ExtendBaseWidget(r)
	return r
}

// CreateRenderer implements fyne.Widget; a row lays itself out when filled.
func (r *tableRow) CreateRenderer() fyne.WidgetRenderer { return rowFace{r} }

type rowFace struct{ r *tableRow }

func (f rowFace) Objects() []fyne.CanvasObject { return f.r.object }
func (f rowFace) MinSize() fyne.Size           { return fyne.NewSize(0, f.r.t.RowHeight) }
func (f rowFace) Layout(fyne.Size)             {}
func (f rowFace) Refresh()                     {}
func (f rowFace) Destroy()                     {}

// fill shows the row at a place, doing nothing where it is shown already.
func (r *tableRow) fill(place int, x, width []float32) {
	r.paint(place)
	row := r.t.order[place]
	if row == r.row && r.dark == theme.IsDark() && slices.Equal(width, r.width) {
		return
	}
	r.row, r.dark, r.width = row, theme.IsDark(), width
	for len(r.cells) < len(r.t.Columns) {
		c := newTableCell()
		r.cells = append(r.cells, c)
		r.object = append(r.object, c.text)
		r.t.cells++
	}
	dim := r.t.Dim != nil && r.t.Dim(row)
	for i, c := range r.cells {
		if i >= len(r.t.Columns) || width[i] == 0 {
			c.hide()
			continue
		}
		r.object = c.fill(r.t.Columns[i], row, dim, x[i], width[i], r.reach(i, x, width), r.t.RowHeight, r.object)
	}
	canvas.Refresh(r)
}

// reach tells where the columns after the i-th end.
func (r *tableRow) reach(i int, x, width []float32) func(further int) float32 {
	return func(further int) float32 {
		last := min(i+further, len(x)-1)
		return x[last] + width[last]
	}
}

// paint shows whether the row is selected or pointed at.
func (r *tableRow) paint(place int) {
	r.place = place
	fill := theme.Clear
	switch {
	case r.t.selected[r.t.key(r.t.order[place])]:
		fill = theme.Selected
	case place == r.t.hovered:
		fill = theme.Hover
	}
	size := r.Size()
	r.back.Resize(size)
	r.rule.Move(fyne.NewPos(0, size.Height-1))
	r.rule.Resize(fyne.NewSize(size.Width, 1))
	if c, l := ink(fill), ink(theme.Line); r.back.FillColor != c || r.rule.FillColor != l {
		r.back.FillColor, r.rule.FillColor = c, l
		canvas.Refresh(r.back)
		canvas.Refresh(r.rule)
	}
}

// A tableCell is the objects of one cell. Only the text is there from the
// start; what else a cell may show is made when it first does.
type tableCell struct {
	text   *canvas.Text
	ground *canvas.Rectangle
	marker *canvas.ArbitraryPolygon
	icon   *canvas.Image
	span   *spanFace
	shown  Cell
}

const cellPad = 7

func newTableCell() *tableCell { return &tableCell{text: newLine("", theme.TextSize, false)} }

func (c *tableCell) hide() {
	c.text.Hide()
	if c.ground != nil {
		c.ground.Hide()
	}
	if c.marker != nil {
		c.marker.Hide()
	}
	if c.icon != nil {
		c.icon.Hide()
	}
	if c.span != nil {
		c.span.hide()
	}
}

// fill shows a cell and returns the row's objects with those it made. End
// tells where the columns after it end.
func (c *tableCell) fill(col Column, row int, dim bool, x, width float32, end func(further int) float32, height float32, objects []fyne.CanvasObject) []fyne.CanvasObject {
	cell := col.Cell(row)
	c.shown = cell
	color := theme.Text
	if cell.Color != "" {
		color = cell.Color
	}
	if dim {
		color = theme.Muted
	}
	if cell.Across > 0 {
		width = end(cell.Across) - x
	}
	objects = c.paint(cell.Ground, x, width, height, objects)
	from, room := x+cellPad, width-2*cellPad
	if cell.Marker != "" {
		objects = c.mark(cell.Marker, from, height, objects)
		from, room = from+16, room-16
	} else if c.marker != nil {
		c.marker.Hide()
	}
	if cell.Icon != "" {
		objects = c.symbol(cell.Icon, color, from, height, objects)
		from, room = from+20, room-20
	} else if c.icon != nil {
		c.icon.Hide()
	}
	if cell.Span != nil {
		if c.span == nil {
			c.span = newSpanFace()
			objects = append(objects, c.span.objects()...)
		}
		c.span.show(*cell.Span, from, room, height)
	} else if c.span != nil {
		c.span.hide()
	}
	c.write(cell, color, col.Right, from, room, height)
	return objects
}

// paint colors what is behind the cell. It lies over the row's own ground and
// under its texts.
func (c *tableCell) paint(ground fyne.ThemeColorName, x, width, height float32, objects []fyne.CanvasObject) []fyne.CanvasObject {
	if ground == "" {
		if c.ground != nil {
			c.ground.Hide()
		}
		return objects
	}
	if c.ground == nil {
		c.ground = &canvas.Rectangle{}
		objects = slices.Insert(objects, 1, fyne.CanvasObject(c.ground))
	}
	c.ground.FillColor = ink(ground)
	c.ground.Move(fyne.NewPos(x, 0))
	c.ground.Resize(fyne.NewSize(width, height-1))
	c.ground.Show()
	return objects
}

func (c *tableCell) write(cell Cell, color fyne.ThemeColorName, right bool, x, room, height float32) {
	t := c.text
	t.Show()
	t.TextStyle.Bold, t.Color, t.Alignment = cell.Bold, ink(color), fyne.TextAlignLeading
	if right {
		t.Alignment = fyne.TextAlignTrailing
	}
	t.Text = ""
	if room > 6 {
		t.Text = Elide(firstLine(cell.Text), room, theme.TextSize, cell.Bold)
	}
	middle(t, x, fyne.Max(0, room), height)
}

// firstLine keeps long texts, such as prompts, from being measured whole.
func firstLine(s string) string {
	const most = 300
	if len(s) > most {
		s = string([]rune(s[:most])[:most/4])
	}
	return OneLine(s)
}

func (c *tableCell) mark(r charts.Role, x, height float32, objects []fyne.CanvasObject) []fyne.CanvasObject {
	if c.marker == nil {
		c.marker = &canvas.ArbitraryPolygon{NormalizedPoints: true}
		objects = append(objects, c.marker)
	}
	c.marker.Show()
	shape(c.marker, r, 9)
	square(c.marker, x+1, 9, height)
	return objects
}

func (c *tableCell) symbol(i theme.Icon, color fyne.ThemeColorName, x, height float32, objects []fyne.CanvasObject) []fyne.CanvasObject {
	if c.icon == nil {
		c.icon = newPicture()
		objects = append(objects, c.icon)
	}
	draw(c.icon, i, color)
	square(c.icon, x, 15, height)
	return objects
}

// spanFace draws an interval in small: a track, its middle, the interval and
// the value.
type spanFace struct {
	track, tick, bar *canvas.Rectangle
	dot              *canvas.Circle
}

func newSpanFace() *spanFace {
	return &spanFace{&canvas.Rectangle{}, &canvas.Rectangle{}, &canvas.Rectangle{}, &canvas.Circle{}}
}

func (s *spanFace) objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{s.track, s.tick, s.bar, s.dot}
}

func (s *spanFace) hide() {
	for _, o := range s.objects() {
		o.Hide()
	}
}

func (s *spanFace) show(v Span, x, width, height float32) {
	for _, o := range s.objects() {
		o.Show()
	}
	s.track.FillColor, s.tick.FillColor = ink(theme.Line), ink(theme.Border)
	s.bar.FillColor = palette().Color(v.Role)
	s.dot.FillColor = s.bar.FillColor
	y := height / 2
	at := func(f float64) float32 { return x + 3 + (width-6)*float32(min(1, max(0, f))) }
	bar := func(r *canvas.Rectangle, from, to, thick float32) {
		r.Move(fyne.NewPos(from, y-thick/2))
		r.Resize(fyne.NewSize(to-from, thick))
	}
	bar(s.track, x, x+width, 1)
	bar(s.tick, at(.5), at(.5)+1, 6)
	bar(s.bar, at(v.Lo), at(v.Hi), 2)
	s.dot.Move(fyne.NewPos(at(v.At)-3, y-3))
	s.dot.Resize(fyne.NewSquareSize(6))
}
