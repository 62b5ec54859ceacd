package part

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"

	"witnessmark/charts"
	"witnessmark/views/theme"
)

// An Icon is a symbol in a role's color.
type Icon struct {
	widget.BaseWidget
	Icon  theme.Icon
	Color fyne.ThemeColorName
	Side  float32
}

// NewIcon returns a symbol 16 wide.
func NewIcon(i theme.Icon, c fyne.ThemeColorName) *Icon {
	w := &Icon{Icon: i, Color: c, Side: 16}
	w.ExtendBaseWidget(w)
	return w
}

// CreateRenderer implements fyne.Widget.
func (w *Icon) CreateRenderer() fyne.WidgetRenderer {
	img := newPicture()
	return newFace(w,
		func() fyne.Size { return fyne.NewSquareSize(w.Side) },
		func(s fyne.Size) { square(img, (s.Width-w.Side)/2, w.Side, s.Height) },
		func() { draw(img, w.Icon, w.Color) },
		img)
}

func newPicture() *canvas.Image {
	return &canvas.Image{FillMode: canvas.ImageFillContain, ScaleMode: canvas.ImageScaleSmooth}
}

// draw puts a symbol into a picture, unless it is there already.
func draw(img *canvas.Image, i theme.Icon, c fyne.ThemeColorName) {
	if i == "" {
		img.Resource = nil
		img.Hide()
		return
	}
	r := i.Resource(ink(c))
	if img.Resource == nil || img.Resource.Name() != r.Name() {
		img.Resource = r
		img.Refresh()
	}
	img.Show()
}

// A Marker is the shape and color of a condition.
type Marker struct {
	widget.BaseWidget
	Role charts.Role
	Side float32
}

// NewMarker returns the marker of a role, in a place 14 wide.
func NewMarker(r charts.Role) *Marker {
	m := &Marker{Role: r, Side: 9}
	m.ExtendBaseWidget(m)
	return m
}

// CreateRenderer implements fyne.Widget.
func (m *Marker) CreateRenderer() fyne.WidgetRenderer {
	p := &canvas.ArbitraryPolygon{NormalizedPoints: true}
	return newFace(m,
		func() fyne.Size { return fyne.NewSquareSize(14) },
		func(s fyne.Size) { square(p, (s.Width-m.Side)/2, m.Side, s.Height) },
		func() { shape(p, m.Role, m.Side) },
		p)
}

// palette returns the theme of charts that goes with the window's.
func palette() charts.Theme {
	if theme.IsDark() {
		return charts.Dark()
	}
	return charts.Light()
}

// shape turns a polygon into the marker of a role. A circle is a square with
// corners as round as they can be.
func shape(p *canvas.ArbitraryPolygon, r charts.Role, size float32) {
	p.FillColor, p.CornerRadii = palette().Color(r), nil
	switch r.Marker() {
	case charts.Square:
		p.Points = points(.06, .06, .94, .06, .94, .94, .06, .94)
	case charts.Diamond:
		p.Points = points(.5, -.06, 1.06, .5, .5, 1.06, -.06, .5)
	case charts.Up:
		p.Points = points(.5, 0, 1, .95, 0, .95)
	case charts.Down:
		p.Points = points(0, .05, 1, .05, .5, 1)
	case charts.Hexagon:
		p.Points = points(.25, .06, .75, .06, 1, .5, .75, .94, .25, .94, 0, .5)
	default:
		p.Points = points(0, 0, 1, 0, 1, 1, 0, 1)
		h := size / 2
		p.CornerRadii = []float32{h, h, h, h}
	}
}

func points(xy ...float32) []fyne.Position {
	out := make([]fyne.Position, len(xy)/2)
	for i := range out {
		out[i] = fyne.NewPos(xy[2*i], xy[2*i+1])
	}
	return out
}
