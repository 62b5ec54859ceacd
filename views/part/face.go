package part

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"witnessmark/views/theme"
)

// A face is the renderer that all parts share: objects, a layout, a least
// size, and how to bring the objects in line with the widget's fields.
type face struct {
	objects []fyne.CanvasObject
	layout  func(fyne.Size)
	min     func() fyne.Size
	refresh func()
	self    fyne.Widget
}

// newFace returns a face whose objects are up to date.
func newFace(self fyne.Widget, min func() fyne.Size, layout func(fyne.Size), refresh func(), objects ...fyne.CanvasObject) *face {
	f := &face{objects, layout, min, refresh, self}
	refresh()
	return f
}

func (f *face) Objects() []fyne.CanvasObject { return f.objects }
func (f *face) MinSize() fyne.Size           { return f.min() }
func (f *face) Layout(s fyne.Size)           { f.layout(s) }
func (f *face) Destroy()                     {}

// Refresh updates the objects and lays them out again, since a text that
// changed may need another place.
func (f *face) Refresh() {
	f.refresh()
	f.layout(f.self.Size())
	canvas.Refresh(f.self)
}

// ink returns the current value of a named color.
func ink(name fyne.ThemeColorName) color.Color { return theme.Color(name) }

func newLine(s string, size float32, bold bool) *canvas.Text {
	t := canvas.NewText(s, color.Transparent)
	t.TextSize, t.TextStyle.Bold = size, bold
	return t
}

// middle places an object of its least height in the middle of a row.
func middle(o fyne.CanvasObject, x, width, height float32) {
	h := o.MinSize().Height
	o.Move(fyne.NewPos(x, (height-h)/2))
	o.Resize(fyne.NewSize(width, h))
}

// square places a picture of a given side in the middle of a row.
func square(o fyne.CanvasObject, x, side, height float32) {
	o.Move(fyne.NewPos(x, (height-side)/2))
	o.Resize(fyne.NewSquareSize(side))
}

func paint(r *canvas.Rectangle, fill, stroke fyne.ThemeColorName) {
	r.FillColor, r.StrokeColor, r.StrokeWidth = ink(fill), ink(stroke), 1
	if stroke == theme.Clear {
		r.StrokeWidth = 0
	}
}
