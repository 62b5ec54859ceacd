package part

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"witnessmark/views/theme"
)

// Segments choose one of a few kinds that exclude each other. Left and right
// arrows go through them.
type Segments struct {
	touch
	Labels []string
	Picked int
	OnPick func(int)
}

// NewSegments returns segments with the first picked.
func NewSegments(labels []string, pick func(int)) *Segments {
	s := &Segments{Labels: labels, OnPick: pick}
	s.extend(s, nil)
	return s
}

// Pick shows a segment as picked without calling back.
func (s *Segments) Pick(i int) {
	if s.Picked != i {
		s.Picked = i
		s.Refresh()
	}
}

func (s *Segments) width(i int) float32 {
	return fyne.MeasureText(s.Labels[i], theme.TextSize, fyne.TextStyle{Bold: true}).Width + 20
}

// Tapped picks the segment at the place.
func (s *Segments) Tapped(e *fyne.PointEvent) {
	x := float32(0)
	for i := range s.Labels {
		if x += s.width(i); e.Position.X < x {
			s.choose(i)
			return
		}
	}
}

// PickLabel picks a segment by its label, as a press on it does.
func (s *Segments) PickLabel(label string) { s.choose(slices.Index(s.Labels, label)) }

func (s *Segments) choose(i int) {
	if i >= 0 && i < len(s.Labels) && i != s.Picked {
		s.Pick(i)
		s.OnPick(i)
	}
}

// TypedKey implements fyne.Focusable.
func (s *Segments) TypedKey(e *fyne.KeyEvent) {
	switch e.Name {
	case fyne.KeyLeft:
		s.choose(s.Picked - 1)
	case fyne.KeyRight:
		s.choose(s.Picked + 1)
	default:
		passKey(s, e)
	}
}

// CreateRenderer implements fyne.Widget.
func (s *Segments) CreateRenderer() fyne.WidgetRenderer {
	frame, on := &canvas.Rectangle{CornerRadius: theme.Radius}, &canvas.Rectangle{CornerRadius: theme.Radius}
	objects := []fyne.CanvasObject{frame, on}
	var texts []*canvas.Text
	var walls []*canvas.Rectangle
	for i, l := range s.Labels {
		t, w := newLine(l, theme.TextSize, false), &canvas.Rectangle{}
		t.Alignment = fyne.TextAlignCenter
		w.Hidden = i == 0
		texts, walls = append(texts, t), append(walls, w)
		objects = append(objects, w, t)
	}
	min := func() fyne.Size {
		w := float32(0)
		for i := range s.Labels {
			w += s.width(i)
		}
		return fyne.NewSize(w, theme.Control)
	}
	layout := func(size fyne.Size) {
		frame.Resize(size)
		x := float32(0)
		for i, t := range texts {
			w := s.width(i)
			middle(t, x, w, size.Height)
			walls[i].Move(fyne.NewPos(x, 1))
			walls[i].Resize(fyne.NewSize(1, size.Height-2))
			if i == s.Picked {
				on.Move(fyne.NewPos(x, 0))
				on.Resize(fyne.NewSize(w, size.Height))
			}
			x += w
		}
	}
	refresh := func() {
		paint(frame, theme.Panel, theme.Border)
		paint(on, theme.Selected, theme.Border)
		if s.focused {
			paint(on, theme.Selected, theme.Accent)
		}
		for i, t := range texts {
			t.Text = s.Labels[i]
			t.Color, t.TextStyle.Bold = ink(theme.Text), i == s.Picked
			if i == s.Picked {
				t.Color = ink(theme.SelectText)
			}
			walls[i].FillColor = ink(theme.Border)
		}
	}
	return newFace(s, min, layout, refresh, objects...)
}
