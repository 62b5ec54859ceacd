package part

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"witnessmark/data/query"
	"witnessmark/views/theme"
)

// tableHead shows the labels of the columns. A press sorts, with Shift by a
// second key; dragging the edge of a column changes its width.
type tableHead struct {
	widget.BaseWidget
	t       *Table
	shift   bool
	edge    int // column whose right edge is dragged or pointed at, −1 for none
	dragged bool
	face    *headFace
}

func newTableHead(t *Table) *tableHead {
	h := &tableHead{t: t, edge: -1}
	h.ExtendBaseWidget(h)
	return h
}

func (h *tableHead) place() {
	if h.face != nil {
		h.face.Layout(h.Size())
	}
}

// column returns which column is at x, and whether x is at its right edge.
func (h *tableHead) column(at float32) (i int, edge bool) {
	x, width := h.t.places(h.Size().Width)
	at += h.t.left
	for i := range x {
		end := x[i] + width[i]
		if at >= end-4 && at <= end+4 {
			return i, true
		}
		if at < end {
			return i, false
		}
	}
	return -1, false
}

// MouseIn implements desktop.Hoverable.
func (h *tableHead) MouseIn(e *desktop.MouseEvent) { h.MouseMoved(e) }

// MouseMoved implements desktop.Hoverable.
func (h *tableHead) MouseMoved(e *desktop.MouseEvent) {
	i, edge := h.column(e.Position.X)
	h.edge = -1
	hideTip(h)
	if edge {
		h.edge = i
	} else if i >= 0 {
		tip := h.t.Columns[i].Tip
		if tip == "" {
			tip = h.t.Columns[i].Label
		}
		showTip(h, tip, e.AbsolutePosition)
	}
}

// MouseOut implements desktop.Hoverable.
func (h *tableHead) MouseOut() { hideTip(h) }

// Cursor implements desktop.Cursorable.
func (h *tableHead) Cursor() desktop.Cursor {
	if h.edge >= 0 {
		return desktop.HResizeCursor
	}
	return desktop.DefaultCursor
}

// MouseDown implements desktop.Mouseable: Shift is only known here.
func (h *tableHead) MouseDown(e *desktop.MouseEvent) {
	h.shift = e.Modifier&fyne.KeyModifierShift != 0
	i, edge := h.column(e.Position.X)
	if h.edge = -1; edge {
		h.edge = i
	}
}

// MouseUp implements desktop.Mouseable.
func (h *tableHead) MouseUp(*desktop.MouseEvent) {}

// Tapped implements fyne.Tappable.
func (h *tableHead) Tapped(e *fyne.PointEvent) {
	i, edge := h.column(e.Position.X)
	if i >= 0 && !edge && !h.t.Columns[i].Fixed {
		h.t.pressHead(h.t.Columns[i].ID, h.shift)
	}
}

// Dragged implements fyne.Draggable.
func (h *tableHead) Dragged(e *fyne.DragEvent) {
	if h.edge < 0 {
		return
	}
	h.dragged = true
	x, _ := h.t.places(h.Size().Width)
	h.t.widths[h.t.Columns[h.edge].ID] = fyne.Max(28, e.Position.X+h.t.left-x[h.edge])
	h.t.Refresh()
}

// DragEnd implements fyne.Draggable.
func (h *tableHead) DragEnd() {
	if h.dragged && h.t.OnWidth != nil {
		id := h.t.Columns[h.edge].ID
		h.t.OnWidth(id, h.t.widths[id])
	}
	h.dragged, h.edge = false, -1
}

type headFace struct {
	h      *tableHead
	back   *canvas.Rectangle
	rule   *canvas.Rectangle
	labels []*canvas.Text
	groups []*canvas.Text // over the labels, each at the first column of its group
	arrows []*canvas.Image
	body   *fyne.Container
	clip   *container.Clip
}

// CreateRenderer implements fyne.Widget.
func (h *tableHead) CreateRenderer() fyne.WidgetRenderer {
	f := &headFace{h: h, back: &canvas.Rectangle{}, rule: &canvas.Rectangle{}, body: container.NewWithoutLayout()}
	f.clip = container.NewClip(f.body)
	h.face = f
	f.paint()
	return f
}

func (f *headFace) Objects() []fyne.CanvasObject { return []fyne.CanvasObject{f.back, f.clip, f.rule} }
func (f *headFace) MinSize() fyne.Size           { return fyne.NewSize(0, theme.TableHead) }
func (f *headFace) Destroy()                     {}

func (f *headFace) paint() {
	f.back.FillColor, f.rule.FillColor = ink(theme.Head), ink(theme.Line)
	for len(f.labels) < len(f.h.t.Columns) {
		l, a, g := newLine("", theme.SmallSize, true), newPicture(), newLine("", theme.SmallSize, true)
		f.labels, f.arrows, f.groups = append(f.labels, l), append(f.arrows, a), append(f.groups, g)
		f.body.Objects = append(f.body.Objects, l, a, g)
	}
	for i, l := range f.labels {
		l.Color = ink(theme.Muted)
		f.groups[i].Color = l.Color
		l.Hidden = i >= len(f.h.t.Columns)
		f.groups[i].Hidden = l.Hidden
		draw(f.arrows[i], "", theme.Accent)
		if !l.Hidden {
			draw(f.arrows[i], f.h.t.arrow(f.h.t.Columns[i].ID), theme.Accent)
		}
	}
}

func (t *Table) arrow(column string) theme.Icon {
	for _, o := range t.sorts {
		switch {
		case o.Field == column && o.Descending:
			return theme.Arrow
		case o.Field == column:
			return theme.ArrowUp
		}
	}
	return ""
}

func (f *headFace) Refresh() {
	f.paint()
	f.Layout(f.h.Size())
	canvas.Refresh(f.h)
}

func (f *headFace) Layout(s fyne.Size) {
	f.back.Resize(s)
	f.clip.Resize(s)
	f.body.Resize(s)
	f.rule.Move(fyne.NewPos(0, s.Height-1))
	f.rule.Resize(fyne.NewSize(s.Width, 1))
	x, width := f.h.t.places(s.Width)
	over := s.Height - theme.TableHead // the line of groups
	f.layoutGroups(x, width)
	for i, c := range f.h.t.Columns {
		if i >= len(f.labels) {
			break
		}
		if width[i] == 0 {
			f.labels[i].Text = ""
			f.arrows[i].Hide()
			continue
		}
		l, room, from := f.labels[i], width[i]-2*cellPad, x[i]+cellPad-f.h.t.left
		if f.arrows[i].Visible() {
			room -= 14
		}
		l.Text = ""
		if room > 4 {
			l.Text = Elide(c.Label, room, theme.SmallSize, true)
		}
		w := l.MinSize().Width
		if c.Right {
			middle(l, from+room-w, w, s.Height+over)
			square(f.arrows[i], from+room+1, 13, s.Height+over)
		} else {
			middle(l, from, w, s.Height+over)
			square(f.arrows[i], from+w+1, 13, s.Height+over)
		}
	}
}

// layoutGroups writes each group over the columns that share it, where the
// labels of numbers end.
func (f *headFace) layoutGroups(x, width []float32) {
	cols := f.h.t.Columns
	for i := 0; i < len(cols) && i < len(f.groups); {
		end := i + 1
		for end < len(cols) && cols[end].Group == cols[i].Group {
			end++
		}
		for k := i; k < min(end, len(f.groups)); k++ {
			f.groups[k].Text = ""
		}
		if g, room := f.groups[i], x[end-1]+width[end-1]-x[i]-2*cellPad; cols[i].Group != "" && room > 4 {
			g.Text = Elide(cols[i].Group, room, theme.SmallSize, true)
			w, from := g.MinSize().Width, x[i]+cellPad-f.h.t.left
			if cols[end-1].Right {
				from += room - w
			}
			middle(g, from, w, groupLine+8)
		}
		i = end
	}
}

// pressHead goes on from ascending to descending to unsorted. With Shift the
// column becomes a further key, and other keys stay.
func (t *Table) pressHead(column string, shift bool) {
	var next []query.Order
	turned := query.Order{Field: column}
	keep := true
	for _, o := range t.sorts {
		if o.Field != column {
			if shift {
				next = append(next, o)
			}
			continue
		}
		turned.Descending, keep = !o.Descending, !o.Descending
	}
	if keep {
		next = append(next, turned)
	}
	t.Sort(next...)
	if t.OnSort != nil {
		t.OnSort(next)
	}
}
