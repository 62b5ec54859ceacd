package part

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/layout"

	"witnessmark/views/theme"
)

// SetVisible shows or hides an object and gives its room to its neighbors.
func SetVisible(o fyne.CanvasObject, on bool, in *fyne.Container) {
	if o.Visible() == on {
		return
	}
	if on {
		o.Show()
	} else {
		o.Hide()
	}
	in.Refresh()
}

// Row places objects side by side, each as high as it needs and in the middle
// of the row. Spacers and what is wrapped in Grow share the width left over.
// Where the width does not suffice, what is wrapped in Optional gives way
// first, and then texts that may be cut.
func Row(gap float32, objects ...fyne.CanvasObject) *fyne.Container {
	return container.New(&rowLayout{gap: gap}, objects...)
}

// Stack places objects below each other, each as wide as the stack.
func Stack(gap float32, objects ...fyne.CanvasObject) *fyne.Container {
	return container.New(&stackLayout{gap: gap}, objects...)
}

// Spacer takes the room left over in a Row or a Stack.
func Spacer() fyne.CanvasObject { return layout.NewSpacer() }

// Grow lets an object take the room left over in a Row or a Stack.
func Grow(o fyne.CanvasObject) *fyne.Container { return container.New(growLayout{}, o) }

// Optional lets an object of a Row give way where there is no room for it.
func Optional(o fyne.CanvasObject) *fyne.Container { return container.New(optionalLayout{}, o) }

// Pad leaves room around an object.
func Pad(top, right, bottom, left float32, o fyne.CanvasObject) *fyne.Container {
	return container.New(layout.NewCustomPaddedLayout(top, bottom, left, right), o)
}

// Fixed gives an object a width or a height of its own; 0 leaves it free.
func Fixed(width, height float32, o fyne.CanvasObject) *fyne.Container {
	return container.New(fixedLayout{fyne.NewSize(width, height)}, o)
}

// Border places objects at the edges without gaps between them.
func Border(top, bottom, left, right, center fyne.CanvasObject) *fyne.Container {
	return container.New(&borderLayout{top, bottom, left, right}, present(top, bottom, left, right, center)...)
}

func present(objects ...fyne.CanvasObject) []fyne.CanvasObject {
	var out []fyne.CanvasObject
	for _, o := range objects {
		if o != nil {
			out = append(out, o)
		}
	}
	return out
}

type growLayout struct{ alone }
type optionalLayout struct{ alone }

// alone gives a single object the whole room.
type alone struct{}

func (alone) MinSize(o []fyne.CanvasObject) fyne.Size { return o[0].MinSize() }
func (alone) Layout(o []fyne.CanvasObject, s fyne.Size) {
	o[0].Move(fyne.NewPos(0, 0))
	o[0].Resize(s)
}

func is[L fyne.Layout](o fyne.CanvasObject) bool {
	c, ok := o.(*fyne.Container)
	if !ok {
		return false
	}
	_, ok = c.Layout.(L)
	return ok
}

func grows(o fyne.CanvasObject) bool {
	_, spacer := o.(layout.SpacerObject)
	return spacer || is[growLayout](o)
}

type fixedLayout struct{ size fyne.Size }

func (l fixedLayout) MinSize(o []fyne.CanvasObject) fyne.Size {
	s := o[0].MinSize()
	if l.size.Width > 0 {
		s.Width = l.size.Width
	}
	if l.size.Height > 0 {
		s.Height = l.size.Height
	}
	return s
}

func (fixedLayout) Layout(o []fyne.CanvasObject, s fyne.Size) { alone{}.Layout(o, s) }

type rowLayout struct{ gap float32 }

func (l *rowLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	var s fyne.Size
	n := 0
	for _, o := range objects {
		if is[optionalLayout](o) {
			s.Height = fyne.Max(s.Height, o.MinSize().Height)
			continue
		}
		if !o.Visible() {
			continue
		}
		m := o.MinSize()
		s.Width, s.Height = s.Width+m.Width, fyne.Max(s.Height, m.Height)
		n++
	}
	s.Width += l.gap * float32(max(0, n-1))
	return s
}

// Layout first hides optional objects from the right until the rest fits,
// then deals out what is left.
func (l *rowLayout) Layout(objects []fyne.CanvasObject, s fyne.Size) {
	l.giveWay(objects, s.Width)
	widths, grown := l.widths(objects, s.Width)
	x := float32(0)
	for i, o := range objects {
		if !o.Visible() {
			continue
		}
		h := o.MinSize().Height
		if grown[i] {
			h = s.Height
		}
		o.Move(fyne.NewPos(x, (s.Height-h)/2))
		o.Resize(fyne.NewSize(widths[i], h))
		x += widths[i] + l.gap
	}
}

func (l *rowLayout) giveWay(objects []fyne.CanvasObject, room float32) {
	for _, o := range objects {
		if is[optionalLayout](o) && !o.Visible() {
			o.Show()
		}
	}
	for i := len(objects) - 1; i >= 0; i-- {
		if is[optionalLayout](objects[i]) && l.wanted(objects) > room+0.5 {
			objects[i].Hide()
		}
	}
}

// wanted is the width at which nothing is cut.
func (l *rowLayout) wanted(objects []fyne.CanvasObject) float32 {
	w := -l.gap
	for _, o := range objects {
		if o.Visible() {
			w += natural(o) + l.gap
		}
	}
	return w
}

// WidthOf is an object's width when nothing forces it to be cut.
func WidthOf(o fyne.CanvasObject) float32 { return natural(o) }

// natural is an object's width when nothing forces it to be cut.
func natural(o fyne.CanvasObject) float32 {
	switch o := o.(type) {
	case *Text:
		return o.whole()
	case *Tipped:
		return o.Text.whole()
	case *Note:
		return o.whole()
	case *Notes:
		return o.whole()
	case *fyne.Container:
		if l, ok := o.Layout.(*rowLayout); ok {
			return l.wanted(o.Objects)
		}
	}
	return o.MinSize().Width
}

func (l *rowLayout) widths(objects []fyne.CanvasObject, room float32) ([]float32, []bool) {
	widths, grown := make([]float32, len(objects)), make([]bool, len(objects))
	growing := 0
	over := l.wanted(objects) - room
	for i, o := range objects {
		if !o.Visible() {
			continue
		}
		widths[i], grown[i] = natural(o), grows(o)
		if grown[i] {
			growing++
		}
		if give := widths[i] - o.MinSize().Width; over > 0 && give > 0 {
			give = fyne.Min(give, over)
			widths[i], over = widths[i]-give, over-give
		}
	}
	for i := range widths {
		if grown[i] && over < 0 {
			widths[i] -= over / float32(growing)
		}
	}
	return widths, grown
}

type stackLayout struct{ gap float32 }

func (l *stackLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	var s fyne.Size
	n := 0
	for _, o := range objects {
		if o.Visible() {
			m := o.MinSize()
			s.Width, s.Height = fyne.Max(s.Width, m.Width), s.Height+m.Height
			n++
		}
	}
	s.Height += l.gap * float32(max(0, n-1))
	return s
}

// Layout gives objects their width first: the height of a wrapped text follows
// from it.
func (l *stackLayout) Layout(objects []fyne.CanvasObject, s fyne.Size) {
	for _, o := range objects {
		widen(o, s.Width)
	}
	left, growing := s.Height-l.MinSize(objects).Height, 0
	for _, o := range objects {
		if o.Visible() && grows(o) {
			growing++
		}
	}
	y := float32(0)
	for _, o := range objects {
		if !o.Visible() {
			continue
		}
		h := o.MinSize().Height
		if grows(o) {
			h += fyne.Max(0, left) / float32(growing)
		}
		o.Move(fyne.NewPos(0, y))
		o.Resize(fyne.NewSize(s.Width, h))
		y += h + l.gap
	}
}

// widen lets an object find the height that goes with a width.
func widen(o fyne.CanvasObject, width float32) {
	if o.Visible() && o.Size().Width != width && width > 0 {
		o.Resize(fyne.NewSize(width, fyne.Max(o.Size().Height, o.MinSize().Height)))
	}
}

type borderLayout struct{ top, bottom, left, right fyne.CanvasObject }

func size(o fyne.CanvasObject) fyne.Size {
	if o == nil || !o.Visible() {
		return fyne.Size{}
	}
	return o.MinSize()
}

func (l *borderLayout) center(objects []fyne.CanvasObject) fyne.CanvasObject {
	for _, o := range objects {
		if o != l.top && o != l.bottom && o != l.left && o != l.right {
			return o
		}
	}
	return nil
}

func (l *borderLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	t, b, le, r, c := size(l.top), size(l.bottom), size(l.left), size(l.right), size(l.center(objects))
	return fyne.NewSize(
		max(t.Width, b.Width, le.Width+c.Width+r.Width),
		t.Height+b.Height+max(le.Height, c.Height, r.Height))
}

func (l *borderLayout) Layout(objects []fyne.CanvasObject, s fyne.Size) {
	place := func(o fyne.CanvasObject, x, y, w, h float32) {
		if o != nil {
			o.Move(fyne.NewPos(x, y))
			o.Resize(fyne.NewSize(fyne.Max(0, w), fyne.Max(0, h)))
		}
	}
	t, b := size(l.top).Height, size(l.bottom).Height
	le, r := size(l.left).Width, size(l.right).Width
	if l.top != nil {
		widen(l.top, s.Width)
		t = size(l.top).Height
	}
	if l.bottom != nil {
		widen(l.bottom, s.Width)
		b = size(l.bottom).Height
	}
	inner := s.Height - t - b
	place(l.top, 0, 0, s.Width, t)
	place(l.bottom, 0, s.Height-b, s.Width, b)
	place(l.left, 0, t, le, inner)
	place(l.right, s.Width-r, t, r, inner)
	place(l.center(objects), le, t, s.Width-le-r, inner)
}

// Scroll lets an object be scrolled downward. The object gets the width of
// the place first and then the height that goes with it.
func Scroll(o fyne.CanvasObject) *container.Scroll {
	l := &scrollLayout{}
	l.scroll = container.NewVScroll(container.New(l, o))
	return l.scroll
}

type scrollLayout struct {
	scroll *container.Scroll
	height float32
}

func (l *scrollLayout) MinSize(o []fyne.CanvasObject) fyne.Size { return o[0].MinSize() }

func (l *scrollLayout) Layout(o []fyne.CanvasObject, s fyne.Size) {
	o[0].Resize(s)
	if h := o[0].MinSize().Height; h != l.height {
		l.height = h
		l.scroll.Refresh()
	}
}

// Flow places objects side by side and goes on in a new line where the width
// ends; notes say less where that saves a line. Its least width is that of its
// widest object.
func Flow(gap float32, objects ...fyne.CanvasObject) *fyne.Container {
	return container.New(&flowLayout{gap: gap}, objects...)
}

type flowLayout struct {
	gap   float32
	width float32 // at the last layout: the least height depends on it
}

func (l *flowLayout) MinSize(objects []fyne.CanvasObject) fyne.Size {
	widest := float32(0)
	for _, o := range objects {
		if o.Visible() {
			widest = fyne.Max(widest, fyne.Min(o.MinSize().Width, 120))
		}
	}
	return fyne.NewSize(widest, l.flow(objects, l.width, false))
}

func (l *flowLayout) Layout(objects []fyne.CanvasObject, s fyne.Size) {
	l.width = s.Width
	l.flow(objects, s.Width, true)
}

// whole is the width of all objects side by side.
func (l *flowLayout) whole(objects []fyne.CanvasObject) float32 {
	w := -l.gap
	for _, o := range objects {
		if o.Visible() {
			w += natural(o) + l.gap
		}
	}
	return w
}

// flow returns the height of the lines, placing the objects if asked to.
func (l *flowLayout) flow(objects []fyne.CanvasObject, width float32, place bool) float32 {
	x, y, line := float32(0), float32(0), float32(0)
	var side []fyne.CanvasObject // by side in this line
	for _, o := range objects {
		if !o.Visible() {
			continue
		}
		m := o.MinSize()
		m.Width = natural(o)
		if n, ok := o.(*Note); ok && (n.whole() > width || l.whole(objects) > width && l.whole(objects)-n.whole()+n.least() <= width) {
			m.Width = n.least()
		}
		if width > 0 {
			m.Width = fyne.Min(m.Width, width)
		}
		if x > 0 && width > 0 && x+m.Width > width {
			center(side, y, line)
			x, y, line, side = 0, y+line+l.gap, 0, nil
		}
		if place {
			o.Move(fyne.NewPos(x, y))
			o.Resize(m)
			side = append(side, o)
		}
		x, line = x+m.Width+l.gap, fyne.Max(line, m.Height)
	}
	center(side, y, line)
	return y + line
}

// center moves objects to the middle of their line.
func center(objects []fyne.CanvasObject, y, height float32) {
	for _, o := range objects {
		o.Move(fyne.NewPos(o.Position().X, y+(height-o.Size().Height)/2))
	}
}

// Head is the head of a pane: a bold title, and what belongs at its right.
func Head(title fyne.CanvasObject, right ...fyne.CanvasObject) fyne.CanvasObject {
	row := Row(theme.Gap, append([]fyne.CanvasObject{title, Spacer()}, right...)...)
	return Fixed(0, theme.PaneHead, Ground(theme.Head, Border(nil, Rule(), nil, nil, Pad(0, 10, 0, 10, row))))
}
