package part

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"

	"witnessmark/views/theme"
)

// A Stretch is a piece of text on a ground of its own: Clear for none.
type Stretch struct {
	Text   string
	Ground fyne.ThemeColorName
	Struck bool // drawn with a line through it
}

// A Passage is a text of stretches that is wrapped to the width it is given,
// such as a transcript with what differs from another marked.
type Passage struct {
	widget.BaseWidget
	stretches []Stretch
	width     float32
}

// NewPassage returns a wrapped text of stretches.
func NewPassage(stretches ...Stretch) *Passage {
	p := &Passage{stretches: stretches, width: 320}
	p.ExtendBaseWidget(p)
	return p
}

// Boxed returns a passage in a box, as a quoted text is shown.
func Boxed(stretches ...Stretch) fyne.CanvasObject {
	return Card(theme.Background, Pad(6, 8, 6, 8, NewPassage(stretches...)))
}

const passageLine = 18

// A piece is a part of a stretch at its place.
type piece struct {
	Stretch
	x, y, width float32
}

// pieces lays the stretches out and returns the height they take.
func (p *Passage) pieces(width float32) ([]piece, float32) {
	var out []piece
	x, y := float32(0), float32(0)
	for _, s := range p.stretches {
		for i, line := range strings.Split(s.Text, "\n") {
			if i > 0 {
				x, y = 0, y+passageLine
			}
			for _, word := range words(line) {
				if word == "" {
					continue
				}
				w := fyne.MeasureText(word, theme.SmallSize, fyne.TextStyle{}).Width
				if x > 0 && x+w > width {
					x, y = 0, y+passageLine
				}
				if n := len(out) - 1; n >= 0 && out[n].y == y && out[n].Ground == s.Ground && out[n].Struck == s.Struck && out[n].x+out[n].width == x {
					out[n].Text, out[n].width = out[n].Text+word, out[n].width+w
				} else {
					out = append(out, piece{Stretch{word, s.Ground, s.Struck}, x, y, w})
				}
				x += w
			}
		}
	}
	return out, y + passageLine
}

// MinSize implements fyne.CanvasObject: the height depends on the width that
// the passage was given last.
func (p *Passage) MinSize() fyne.Size {
	_, height := p.pieces(p.width)
	return fyne.NewSize(60, height)
}

// Resize implements fyne.CanvasObject.
func (p *Passage) Resize(s fyne.Size) {
	if s.Width > 0 && s.Width != p.width {
		p.width = s.Width
		p.Refresh()
	}
	p.BaseWidget.Resize(s)
}

// CreateRenderer implements fyne.Widget.
func (p *Passage) CreateRenderer() fyne.WidgetRenderer {
	r := &passageRenderer{passage: p}
	r.Refresh()
	return r
}

type passageRenderer struct {
	passage *Passage
	objects []fyne.CanvasObject
}

func (r *passageRenderer) Destroy()                     {}
func (r *passageRenderer) Layout(fyne.Size)             {}
func (r *passageRenderer) MinSize() fyne.Size           { return r.passage.MinSize() }
func (r *passageRenderer) Objects() []fyne.CanvasObject { return r.objects }

func (r *passageRenderer) Refresh() {
	r.objects = nil
	pieces, _ := r.passage.pieces(r.passage.width)
	for _, p := range pieces {
		r.draw(p)
	}
	canvas.Refresh(r.passage)
}

func (r *passageRenderer) draw(p piece) {
	if p.Ground != "" && p.Ground != theme.Clear {
		ground := canvas.NewRectangle(theme.Color(p.Ground))
		ground.Move(fyne.NewPos(p.x, p.y+1))
		ground.Resize(fyne.NewSize(p.width, passageLine-2))
		r.objects = append(r.objects, ground)
	}
	text := canvas.NewText(p.Text, theme.Color(theme.Text))
	text.TextSize = theme.SmallSize
	text.Move(fyne.NewPos(p.x, p.y))
	r.objects = append(r.objects, text)
	if p.Struck {
		line := canvas.NewLine(theme.Color(theme.Muted))
		line.Position1, line.Position2 = fyne.NewPos(p.x, p.y+passageLine/2), fyne.NewPos(p.x+p.width, p.y+passageLine/2)
		r.objects = append(r.objects, line)
	}
}
