package part

import (
	"context"
	"image"
	"slices"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"witnessmark/charts"
	"witnessmark/views/task"
	"witnessmark/views/theme"
)

// A ChartBox shows a chart. The picture is drawn off the UI thread at the
// screen's own pixels and swapped in when it is ready; until then the old one
// stays, stretched. Pointing, zooming and the crosshair are drawn over the
// picture and never draw it again.
type ChartBox struct {
	widget.BaseWidget
	OnHit    func(charts.Hit)                                          // a mark was pressed
	OnMenu   func(at fyne.Position)                                    // right click
	OnPoint  func(x float64, inside bool)                              // the crosshair is at a place of the horizontal axis
	OnDrawn  func(charts.Drawing)                                      // a new picture is on screen
	Readout  func(panel int, x float64) (head string, lines []Reading) // what the card says at a place; nil for the mark under the pointer
	OnZoom   func(lo, hi float64)                                      // a person chose a range of the horizontal axis; equal ends for all
	Marked   func(charts.Hit) bool                                     // marks that are framed as selected; see Frame
	Linked   func(charts.Hit) []charts.Hit                             // marks that a line leads to from the one pointed at
	Zoomable bool                                                      // dragging zooms the horizontal axis of all panels
	Zoom     func(fyne.Size) float64                                   // how much larger text and marks are; nil for as they are
	Unsigned bool                                                      // the line of sources is said elsewhere on screen; Spec keeps it, for files

	run     task.Runner
	slot    *task.Slot
	cancel  func()
	spec    charts.Spec
	has     bool
	drawing charts.Drawing
	drawn   request // what the picture on screen was drawn for
	asked   request
	err     error
	zoom    [2]float64 // of the horizontal axis; equal for none
	over    *overlay
	frames  *overlay // of what is selected
	held    fyne.KeyModifier
	picture *canvas.Image
	scale   float32
}

// A Reading is one line of the card at the crosshair.
type Reading struct {
	Role charts.Role
	Name string
	Text string
}

// A request is what a picture depends on besides the chart.
type request struct {
	size   fyne.Size
	scale  float32
	dark   bool
	number int // of the chart shown
}

// redrawRest is how long the size must rest before the picture is drawn anew.
const redrawRest = 60 * time.Millisecond

// NewChartBox returns an empty box.
func NewChartBox(r task.Runner) *ChartBox {
	b := &ChartBox{run: r, slot: task.NewSlot(r), cancel: func() {}, scale: 1}
	b.picture = &canvas.Image{FillMode: canvas.ImageFillStretch, ScaleMode: canvas.ImageScaleSmooth}
	b.over, b.frames = newOverlay(b), newOverlay(b)
	b.ExtendBaseWidget(b)
	return b
}

// SetSpec draws another chart.
func (b *ChartBox) SetSpec(s charts.Spec) {
	b.spec, b.has = s, true
	b.asked.number++
	b.draw()
}

// Spec returns the chart that is shown, as it is zoomed.
func (b *ChartBox) Spec() charts.Spec {
	if b.zoom[0] == b.zoom[1] {
		return b.spec
	}
	return zoomed(b.spec, b.zoom[0], b.zoom[1])
}

// Drawing returns the picture on screen with the places of its marks.
func (b *ChartBox) Drawing() charts.Drawing { return b.drawing }

// ZoomTo shows only a range of the horizontal axis; equal ends show all.
func (b *ChartBox) ZoomTo(lo, hi float64) {
	b.zoom = [2]float64{lo, hi}
	b.asked.number++
	b.draw()
}

// Zoomed returns the range that is shown; false when it is all.
func (b *ChartBox) Zoomed() (lo, hi float64, ok bool) {
	return b.zoom[0], b.zoom[1], b.zoom[0] != b.zoom[1]
}

// draw asks for the picture that should be on screen, if it is not there.
func (b *ChartBox) draw() {
	b.cancel()
	size := b.Size()
	if c := canvasOf(b); c != nil {
		b.scale = c.Scale()
	}
	want := request{size, b.scale, theme.IsDark(), b.asked.number}
	if !b.has || size.Width < 48 || size.Height < 40 || want == b.drawn {
		return
	}
	b.asked = want
	spec, style := b.Spec(), charts.Style{Width: int(size.Width), Height: int(size.Height), Scale: float64(b.scale), Theme: palette()}
	if b.Unsigned {
		spec.Source = ""
	}
	if b.Zoom != nil {
		style.Zoom = b.Zoom(size)
	}
	task.Do(context.Background(), b.slot, func(context.Context) (charts.Drawing, error) {
		return charts.Draw(spec, style)
	}, func(d charts.Drawing, err error) { b.swap(want, d, err) })
}

func (b *ChartBox) swap(r request, d charts.Drawing, err error) {
	b.drawn, b.drawing, b.err = r, d, err
	if err == nil {
		b.picture.Image = d.Image
		b.picture.Refresh()
	}
	b.over.clear()
	b.Frame()
	if b.OnDrawn != nil && err == nil {
		b.OnDrawn(d)
	}
}

// Frame frames the marks that are selected now.
func (b *ChartBox) Frame() {
	b.frames.clear()
	for _, h := range b.drawing.Hits {
		if b.Marked != nil && b.Marked(h) {
			b.frames.frame(h.Box)
		}
	}
	b.frames.Refresh()
}

// Held are the modifier keys that were down at the last press.
func (b *ChartBox) Held() fyne.KeyModifier { return b.held }

// MouseDown implements desktop.Mouseable.
func (b *ChartBox) MouseDown(e *desktop.MouseEvent) { b.held = e.Modifier }

// MouseUp implements desktop.Mouseable.
func (b *ChartBox) MouseUp(*desktop.MouseEvent) {}

// Resize implements fyne.CanvasObject.
func (b *ChartBox) Resize(s fyne.Size) {
	changed := s != b.Size()
	b.BaseWidget.Resize(s)
	if !changed {
		return
	}
	if b.drawing.Image == nil {
		b.draw()
		return
	}
	b.cancel()
	b.cancel = b.run.After(redrawRest, b.draw)
}

// CreateRenderer implements fyne.Widget.
func (b *ChartBox) CreateRenderer() fyne.WidgetRenderer {
	back := &canvas.Rectangle{}
	layout := func(s fyne.Size) {
		back.Resize(s)
		b.picture.Resize(fyne.NewSize(float32(int(s.Width)), float32(int(s.Height)))) // as it is drawn: stretched by part of a pixel it blurs
		b.frames.Resize(s)
		b.over.Resize(s)
	}
	refresh := func() {
		back.FillColor = ink(theme.Panel)
		b.draw() // the theme may have changed
	}
	return newFace(b, func() fyne.Size { return fyne.NewSize(160, 90) }, layout, refresh, back, b.picture, b.frames, b.over)
}

// hit returns the mark under a position: of several the one on top.
func (b *ChartBox) hit(p fyne.Position) (charts.Hit, bool) {
	at := image.Pt(int(p.X), int(p.Y))
	for _, h := range slices.Backward(b.drawing.Hits) {
		if at.In(h.Box) {
			return h, true
		}
	}
	return charts.Hit{}, false
}

// panel returns the plot under a position, −1 for none.
func (b *ChartBox) panel(p fyne.Position) int {
	at := image.Pt(int(p.X), int(p.Y))
	return slices.IndexFunc(b.drawing.Panels, func(box charts.PanelBox) bool { return at.In(box.Plot) })
}

// MouseIn implements desktop.Hoverable.
func (b *ChartBox) MouseIn(e *desktop.MouseEvent) { b.MouseMoved(e) }

// MouseMoved implements desktop.Hoverable.
func (b *ChartBox) MouseMoved(e *desktop.MouseEvent) {
	b.over.clear()
	i := b.panel(e.Position)
	if i >= 0 && b.Readout != nil {
		x := b.drawing.Panels[i].X.At(float64(e.Position.X))
		b.cross(i, x, e.Position)
	} else if h, ok := b.hit(e.Position); ok {
		b.link(h)
		b.over.mark(h.Box)
		b.over.card(e.Position, cardLines(h.Text))
	}
	b.over.Refresh()
	if b.OnPoint != nil {
		x := 0.0
		if i >= 0 {
			x = b.drawing.Panels[i].X.At(float64(e.Position.X))
		}
		b.OnPoint(x, i >= 0)
	}
}

// link joins a mark with those that belong to it.
func (b *ChartBox) link(h charts.Hit) {
	if b.Linked == nil {
		return
	}
	center := func(h charts.Hit) fyne.Position {
		return fyne.NewPos(float32(h.Box.Min.X+h.Box.Max.X)/2, float32(h.Box.Min.Y+h.Box.Max.Y)/2)
	}
	for _, other := range b.Linked(h) {
		b.over.join(center(h), center(other))
		b.over.mark(other.Box)
	}
}

func cardLines(text string) []Reading {
	var out []Reading
	for _, line := range Wrap(text, cardWide, theme.SmallSize) {
		out = append(out, Reading{Name: strings.TrimRight(line, " ")})
	}
	return out
}

// MouseOut implements desktop.Hoverable.
func (b *ChartBox) MouseOut() {
	b.over.clear()
	b.over.Refresh()
	if b.OnPoint != nil {
		b.OnPoint(0, false)
	}
}

// Cursor implements desktop.Cursorable.
func (b *ChartBox) Cursor() desktop.Cursor {
	if b.Zoomable {
		return desktop.CrosshairCursor
	}
	return desktop.DefaultCursor
}

// Tapped implements fyne.Tappable.
func (b *ChartBox) Tapped(e *fyne.PointEvent) {
	if h, ok := b.hit(e.Position); ok && b.OnHit != nil {
		b.OnHit(h)
	}
}

// TappedSecondary implements fyne.SecondaryTappable.
func (b *ChartBox) TappedSecondary(e *fyne.PointEvent) {
	if b.OnMenu != nil {
		b.OnMenu(e.AbsolutePosition)
	}
}

// DoubleTapped shows the whole axis again.
func (b *ChartBox) DoubleTapped(*fyne.PointEvent) { b.ShowAll() }

// ShowAll shows the whole axis again, where it is zoomed.
func (b *ChartBox) ShowAll() {
	if _, _, ok := b.Zoomed(); ok {
		b.zoomBy(0, 0)
	}
}

// Dragged implements fyne.Draggable.
func (b *ChartBox) Dragged(e *fyne.DragEvent) {
	if !b.Zoomable {
		return
	}
	if !b.over.dragging {
		start := e.Position.Subtract(e.Dragged)
		i := b.panel(start)
		if i < 0 {
			return
		}
		b.over.begin(i, start.X)
	}
	b.over.stretch(e.Position.X)
}

// DragEnd implements fyne.Draggable.
func (b *ChartBox) DragEnd() {
	panel, from, to, ok := b.over.end()
	if ok && to-from > 6 {
		x := b.drawing.Panels[panel].X
		b.zoomBy(max(x.Lo, x.At(float64(from))), min(x.Hi, x.At(float64(to))))
	}
}

// zoomBy shows a range that a person chose.
func (b *ChartBox) zoomBy(lo, hi float64) {
	b.ZoomTo(lo, hi)
	if b.OnZoom != nil {
		b.OnZoom(lo, hi)
	}
}
