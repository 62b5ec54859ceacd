package part

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"

	"witnessmark/views/theme"
)

// A Progress shows how much of something is done.
type Progress struct {
	widget.BaseWidget
	Share float64 // 0 to 1
	Width float32 // least width
	Thick float32
}

// NewProgress returns an empty bar.
func NewProgress(width, thick float32) *Progress {
	p := &Progress{Width: width, Thick: thick}
	p.ExtendBaseWidget(p)
	return p
}

// Set shows how much is done.
func (p *Progress) Set(share float64) {
	p.Share = min(1, max(0, share))
	p.Refresh()
}

// CreateRenderer implements fyne.Widget.
func (p *Progress) CreateRenderer() fyne.WidgetRenderer {
	track, done := &canvas.Rectangle{}, &canvas.Rectangle{}
	layout := func(s fyne.Size) {
		y := (s.Height - p.Thick) / 2
		for _, r := range []*canvas.Rectangle{track, done} {
			r.CornerRadius = p.Thick / 2
			r.Move(fyne.NewPos(0, y))
		}
		track.Resize(fyne.NewSize(s.Width, p.Thick))
		done.Resize(fyne.NewSize(s.Width*float32(p.Share), p.Thick))
	}
	refresh := func() { track.FillColor, done.FillColor = ink(theme.Line), ink(theme.Accent) }
	return newFace(p, func() fyne.Size { return fyne.NewSize(p.Width, p.Thick) }, layout, refresh, track, done)
}
