package part

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"witnessmark/views/theme"
)

// A Box is a rectangle in a role's color.
type Box struct {
	widget.BaseWidget
	Fill, Stroke fyne.ThemeColorName
	Radius       float32
	min          fyne.Size
}

// NewBox returns a rectangle.
func NewBox(fill, stroke fyne.ThemeColorName, radius float32) *Box {
	b := &Box{Fill: fill, Stroke: stroke, Radius: radius}
	b.ExtendBaseWidget(b)
	return b
}

// CreateRenderer implements fyne.Widget.
func (b *Box) CreateRenderer() fyne.WidgetRenderer {
	r := &canvas.Rectangle{}
	return newFace(b,
		func() fyne.Size { return b.min },
		func(s fyne.Size) { r.Resize(s) },
		func() { paint(r, b.Fill, b.Stroke); r.CornerRadius = b.Radius },
		r)
}

// Ground puts a color behind an object.
func Ground(fill fyne.ThemeColorName, o fyne.CanvasObject) *fyne.Container {
	return container.NewStack(NewBox(fill, theme.Clear, 0), o)
}

// Card puts a bordered rectangle behind an object.
func Card(fill fyne.ThemeColorName, o fyne.CanvasObject) *fyne.Container {
	return container.NewStack(NewBox(fill, theme.Line, theme.Radius), Pad(6, 8, 6, 8, o))
}

// Rule is a line between two things below each other.
func Rule() fyne.CanvasObject { return line(theme.Line, fyne.NewSize(0, 1)) }

// Wall is a line between two things side by side.
func Wall() fyne.CanvasObject { return line(theme.Line, fyne.NewSize(1, 0)) }

// Tick is a short upright line between two things in a row.
func Tick() fyne.CanvasObject { return line(theme.Border, fyne.NewSize(1, 12)) }

func line(c fyne.ThemeColorName, min fyne.Size) *Box {
	b := NewBox(c, theme.Clear, 0)
	b.min = min
	return b
}
