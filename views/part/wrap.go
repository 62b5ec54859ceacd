package part

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"witnessmark/views/theme"
)

// Wrap breaks a text into lines no wider than width, at spaces where there
// are any. Line ends in the text stay.
func Wrap(s string, width, size float32) []string {
	var out []string
	for _, line := range strings.Split(s, "\n") {
		out = append(out, wrapLine(line, width, size)...)
	}
	return out
}

func wrapLine(s string, width, size float32) []string {
	fits := func(s string) bool {
		return float32(len(s))*size*0.4 < width && fyne.MeasureText(s, size, fyne.TextStyle{}).Width <= width
	}
	if width <= size || fits(s) {
		return []string{s}
	}
	var out []string
	now := ""
	for _, word := range words(s) {
		if fits(strings.TrimRight(now+word, " ")) {
			now += word
			continue
		}
		if now != "" {
			out = append(out, strings.TrimRight(now, " "))
		}
		for now = word; !fits(strings.TrimRight(now, " ")); {
			head := strings.TrimSuffix(Elide(now, width, size, false), "…")
			if head == "" {
				break
			}
			out, now = append(out, head), strings.TrimPrefix(now, head)
		}
	}
	return append(out, strings.TrimRight(now, " "))
}

// words are the pieces of a line that stay together: lines break after spaces
// and after the slashes of paths.
func words(s string) []string {
	var out []string
	from := 0
	for i, r := range s {
		if r == ' ' || r == '/' && i-from > 6 {
			out, from = append(out, s[from:i+1]), i+1
		}
	}
	return append(out, s[from:])
}

// A Paragraph is a text that is wrapped to the width it is given. Beyond Most
// lines (0 for any number) it ends in "…".
type Paragraph struct {
	widget.BaseWidget
	Text     string
	Color    fyne.ThemeColorName
	FontSize float32
	Bold     bool
	Most     int
	lines    []string
	width    float32
}

// Prose returns muted secondary text.
func Prose(s string) *Paragraph { return NewParagraph(s, theme.Muted, theme.SmallSize) }

// NewParagraph returns a wrapped text.
func NewParagraph(s string, c fyne.ThemeColorName, size float32) *Paragraph {
	p := &Paragraph{Text: s, Color: c, FontSize: size}
	p.ExtendBaseWidget(p)
	return p
}

// SetText changes the text.
func (p *Paragraph) SetText(s string) {
	if s != p.Text {
		p.Text = s
		p.wrap(p.width)
		p.Refresh()
	}
}

func (p *Paragraph) lineHeight() float32 { return p.FontSize + 4 }

func (p *Paragraph) wrap(width float32) {
	p.width = width
	if p.Text == "" {
		p.lines = nil
		return
	}
	measured := width
	if p.Bold {
		measured *= 0.93 // bold letters are wider than those that are measured
	}
	p.lines = Wrap(p.Text, measured, p.FontSize)
	if p.Most > 0 && len(p.lines) > p.Most {
		last := strings.Join(p.lines[p.Most-1:], " ")
		p.lines = append(p.lines[:p.Most-1:p.Most-1], Elide(last, width, p.FontSize, p.Bold))
	}
}

// Resize wraps the text to the new width.
func (p *Paragraph) Resize(s fyne.Size) {
	if s.Width != p.width {
		p.wrap(s.Width)
		p.BaseWidget.Resize(s)
		p.Refresh()
		return
	}
	p.BaseWidget.Resize(s)
}

// CreateRenderer implements fyne.Widget.
func (p *Paragraph) CreateRenderer() fyne.WidgetRenderer {
	f := &face{self: p}
	var places []fyne.Position
	f.refresh = func() {
		f.objects, places = f.objects[:0], places[:0]
		for i, s := range p.lines {
			x := float32(0)
			for _, piece := range pieces(s) {
				t := newLine(strings.TrimSpace(piece), p.FontSize, p.Bold)
				t.Color = ink(p.Color)
				f.objects, places = append(f.objects, t), append(places, fyne.NewPos(x, float32(i)*p.lineHeight()))
				x += t.MinSize().Width + p.FontSize/3
			}
		}
	}
	f.layout = func(s fyne.Size) {
		for i, o := range f.objects {
			o.Move(places[i])
			o.Resize(fyne.NewSize(s.Width, p.lineHeight()))
		}
	}
	f.min = func() fyne.Size { return fyne.NewSize(40, float32(len(p.lines))*p.lineHeight()) }
	f.refresh()
	return f
}

// pieces splits a line at arrows: the font that has them has no space, and
// would draw a box in the place of the one that follows.
func pieces(line string) []string {
	const arrow = "→"
	before, after, found := strings.Cut(line, arrow)
	if !found {
		return []string{line}
	}
	var out []string
	if strings.TrimSpace(before) != "" {
		out = append(out, before)
	}
	return append(append(out, arrow), pieces(after)...)
}
