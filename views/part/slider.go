package part

import (
	"math"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"

	"witnessmark/views/theme"
)

// A Slider sets a number between Lo and Hi in steps of Step. The number is
// written at its right; arrow keys go one step, with Home and End to the ends.
type Slider struct {
	touch
	Lo, Hi, Step float64
	Value        float64
	Format       func(float64) string
	Width        float32 // of the track
	OnChange     func(float64)
}

// NewSlider returns a slider 108 wide.
func NewSlider(lo, hi, step, value float64, format func(float64) string, change func(float64)) *Slider {
	s := &Slider{Lo: lo, Hi: hi, Step: step, Value: value, Format: format, Width: 108, OnChange: change}
	s.extend(s, nil)
	return s
}

// Set shows a value without calling back.
func (s *Slider) Set(v float64) {
	if v != s.Value {
		s.Value = v
		s.Refresh()
	}
}

func (s *Slider) move(v float64) {
	v = math.Round((v-s.Lo)/s.Step)*s.Step + s.Lo
	v = min(s.Hi, max(s.Lo, v))
	if v != s.Value {
		s.Set(v)
		s.OnChange(v)
	}
}

func (s *Slider) at(x float32) float64 {
	return s.Lo + (s.Hi-s.Lo)*float64((x-6)/(s.Width-12))
}

// Tapped moves the knob to the place.
func (s *Slider) Tapped(e *fyne.PointEvent) { s.move(s.at(e.Position.X)) }

// Dragged implements fyne.Draggable.
func (s *Slider) Dragged(e *fyne.DragEvent) {
	hideTip(s)
	s.move(s.at(e.Position.X))
}

// DragEnd implements fyne.Draggable.
func (s *Slider) DragEnd() {}

// TypedKey implements fyne.Focusable.
func (s *Slider) TypedKey(e *fyne.KeyEvent) {
	switch e.Name {
	case fyne.KeyLeft, fyne.KeyDown:
		s.move(s.Value - s.Step)
	case fyne.KeyRight, fyne.KeyUp:
		s.move(s.Value + s.Step)
	case fyne.KeyHome:
		s.move(s.Lo)
	case fyne.KeyEnd:
		s.move(s.Hi)
	default:
		passKey(s, e)
	}
}

// CreateRenderer implements fyne.Widget.
func (s *Slider) CreateRenderer() fyne.WidgetRenderer {
	track, done, knob := &canvas.Rectangle{CornerRadius: 1}, &canvas.Rectangle{CornerRadius: 1}, &canvas.Circle{}
	text := newLine("", theme.TextSize, false)
	min := func() fyne.Size {
		w := fyne.Max(fyne.MeasureText(s.Format(s.Hi), theme.TextSize, fyne.TextStyle{}).Width, 30)
		return fyne.NewSize(s.Width+6+w, 20)
	}
	layout := func(size fyne.Size) {
		x := 6 + (s.Width-12)*float32((s.Value-s.Lo)/(s.Hi-s.Lo))
		y := size.Height / 2
		track.Move(fyne.NewPos(0, y-1))
		track.Resize(fyne.NewSize(s.Width, 2))
		done.Move(fyne.NewPos(0, y-1))
		done.Resize(fyne.NewSize(x, 2))
		knob.Move(fyne.NewPos(x-6, y-6))
		knob.Resize(fyne.NewSquareSize(12))
		middle(text, s.Width+6, size.Width-s.Width-6, size.Height)
	}
	refresh := func() {
		track.FillColor, done.FillColor, knob.FillColor = ink(theme.Border), ink(theme.Accent), ink(theme.Accent)
		knob.StrokeColor, knob.StrokeWidth = ink(theme.Panel), 1
		if s.focused || s.hovered {
			knob.StrokeColor, knob.StrokeWidth = ink(theme.Selected), 2
		}
		text.Text, text.Color = s.Format(s.Value), ink(theme.Text)
	}
	return newFace(s, min, layout, refresh, track, done, knob, text)
}
