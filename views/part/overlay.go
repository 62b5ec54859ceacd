package part

import (
	"image"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"

	"witnessmark/views/theme"
)

// overlay draws over a chart's picture: the crosshair, the mark pointed at,
// the range being dragged and the card. It takes no events.
type overlay struct {
	widget.BaseWidget
	box      *ChartBox
	objects  []fyne.CanvasObject
	dragging bool
	panel    int
	from, to float32
}

func newOverlay(b *ChartBox) *overlay {
	o := &overlay{box: b}
	o.ExtendBaseWidget(o)
	return o
}

// CreateRenderer implements fyne.Widget.
func (o *overlay) CreateRenderer() fyne.WidgetRenderer { return overlayFace{o} }

type overlayFace struct{ o *overlay }

func (f overlayFace) Objects() []fyne.CanvasObject { return f.o.objects }
func (f overlayFace) MinSize() fyne.Size           { return fyne.Size{} }
func (f overlayFace) Layout(fyne.Size)             {}
func (f overlayFace) Refresh()                     { canvas.Refresh(f.o) }
func (f overlayFace) Destroy()                     {}

func (o *overlay) clear() { o.objects = nil }

func (o *overlay) line(x, top, bottom float32) {
	l := canvas.NewLine(ink(theme.Axis))
	l.Position1, l.Position2 = fyne.NewPos(x, top), fyne.NewPos(x, bottom)
	o.objects = append(o.objects, l)
}

// join draws a line between two marks.
func (o *overlay) join(from, to fyne.Position) {
	l := canvas.NewLine(ink(theme.Accent))
	l.StrokeWidth = 1.2
	l.Position1, l.Position2 = from, to
	o.objects = append(o.objects, l)
}

// frame draws a frame around what is selected.
func (o *overlay) frame(b image.Rectangle) {
	r := &canvas.Rectangle{StrokeColor: ink(theme.Accent), StrokeWidth: 2, FillColor: ink(theme.Clear)}
	r.Move(fyne.NewPos(float32(b.Min.X)-1, float32(b.Min.Y)-1))
	r.Resize(fyne.NewSize(float32(b.Dx())+2, float32(b.Dy())+2))
	o.objects = append(o.objects, r)
}

func (o *overlay) mark(b image.Rectangle) {
	r := &canvas.Rectangle{StrokeColor: ink(theme.Accent), StrokeWidth: 1, FillColor: ink(theme.Clear), CornerRadius: theme.CheckRadius}
	r.Move(fyne.NewPos(float32(b.Min.X)-2, float32(b.Min.Y)-2))
	r.Resize(fyne.NewSize(float32(b.Dx())+4, float32(b.Dy())+4))
	o.objects = append(o.objects, r)
}

const (
	cardLine = 17
	cardMost = 14 // lines
	cardWide = 360
)

// card writes lines in a box beside a place, on the side with more room.
func (o *overlay) card(at fyne.Position, lines []Reading) {
	if len(lines) > cardMost {
		rest := Reading{Name: "…"}
		lines = append(lines[:cardMost:cardMost], rest)
	}
	width := float32(0)
	var texts []fyne.CanvasObject
	for i, l := range lines {
		objects, w := reading(l, float32(i)*cardLine, fyne.Min(cardWide, o.box.Size().Width-24))
		texts, width = append(texts, objects...), fyne.Max(width, w)
	}
	size := fyne.NewSize(width+16, float32(len(lines))*cardLine+10)
	p := o.beside(at, size)
	back := &canvas.Rectangle{CornerRadius: theme.Radius}
	paint(back, theme.Panel, theme.Border)
	back.Move(p)
	back.Resize(size)
	o.objects = append(o.objects, back)
	for _, t := range texts {
		t.Move(t.Position().Add(p).AddXY(8, 5))
		o.objects = append(o.objects, t)
	}
}

// reading returns the objects of one line, at most so wide: marker, bold name,
// text.
func reading(l Reading, y, wide float32) (objects []fyne.CanvasObject, width float32) {
	x := float32(0)
	if l.Role != "" {
		m := &canvas.ArbitraryPolygon{NormalizedPoints: true}
		shape(m, l.Role, 8)
		m.Move(fyne.NewPos(0, y+5))
		m.Resize(fyne.NewSquareSize(8))
		objects, x = append(objects, m), 14
	}
	for i, s := range []string{l.Name, l.Text} {
		if s == "" {
			continue
		}
		t := newLine(Elide(s, wide-x, theme.SmallSize, false), theme.SmallSize, i == 0 && l.Text != "")
		t.Color = ink(theme.Text)
		t.Move(fyne.NewPos(x, y))
		t.Resize(t.MinSize())
		objects, x = append(objects, t), x+t.MinSize().Width+8
	}
	return objects, x - 8
}

func (o *overlay) beside(at fyne.Position, size fyne.Size) fyne.Position {
	room := o.box.Size()
	x, y := at.X+14, at.Y+14
	if x+size.Width > room.Width {
		x = at.X - size.Width - 10
	}
	if y+size.Height > room.Height {
		y = room.Height - size.Height - 2
	}
	return fyne.NewPos(fyne.Max(2, x), fyne.Max(2, y))
}

func (o *overlay) begin(panel int, x float32) {
	o.dragging, o.panel, o.from = true, panel, x
}

// stretch shows the range being dragged, kept within its plot.
func (o *overlay) stretch(x float32) {
	plot := o.box.drawing.Panels[o.panel].Plot
	o.to = fyne.Max(float32(plot.Min.X), fyne.Min(float32(plot.Max.X), x))
	r := &canvas.Rectangle{FillColor: ink(theme.Veil), StrokeColor: ink(theme.Accent), StrokeWidth: 1}
	r.Move(fyne.NewPos(fyne.Min(o.from, o.to), float32(plot.Min.Y)))
	r.Resize(fyne.NewSize(fyne.Max(1, o.to-o.from+fyne.Max(0, 2*(o.from-o.to))), float32(plot.Dy())))
	o.objects = []fyne.CanvasObject{r}
	o.Refresh()
}

func (o *overlay) end() (panel int, from, to float32, ok bool) {
	ok = o.dragging
	o.dragging = false
	o.clear()
	o.Refresh()
	return o.panel, fyne.Min(o.from, o.to), fyne.Max(o.from, o.to), ok
}
