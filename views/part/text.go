package part

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"witnessmark/views/theme"
)

// A Text is one line in a role's color. Where it may be cut it ends in "…".
type Text struct {
	widget.BaseWidget
	Text     string
	Color    fyne.ThemeColorName
	FontSize float32
	Bold     bool
	Cut      bool // may be shortened; its least width is then small
	Align    fyne.TextAlign
	shown    string
}

// Say returns a line of base text.
func Say(s string) *Text { return newText(s, theme.Text, theme.TextSize, false) }

// Strong returns a line of bold base text.
func Strong(s string) *Text { return newText(s, theme.Text, theme.TextSize, true) }

// Title returns the bold title of a view or a chart.
func Title(s string) *Text { return newText(s, theme.Text, theme.TitleSize, true) }

// Quiet returns a line of muted base text.
func Quiet(s string) *Text { return newText(s, theme.Muted, theme.TextSize, false) }

// Small returns a line of muted secondary text.
func Small(s string) *Text { return newText(s, theme.Muted, theme.SmallSize, false) }

// Label returns a bold muted line above a group of small things.
func Label(s string) *Text { return newText(s, theme.Muted, theme.SmallSize, true) }

func newText(s string, c fyne.ThemeColorName, size float32, bold bool) *Text {
	t := &Text{Text: s, Color: c, FontSize: size, Bold: bold}
	t.ExtendBaseWidget(t)
	return t
}

// Short lets the text be cut where it does not fit.
func (t *Text) Short() *Text { t.Cut = true; return t }

// In sets the color.
func (t *Text) In(c fyne.ThemeColorName) *Text { t.Color = c; return t }

// Right aligns the text to the right.
func (t *Text) Right() *Text { t.Align = fyne.TextAlignTrailing; return t }

// SetText changes the text.
func (t *Text) SetText(s string) {
	if s != t.Text {
		t.Text = s
		t.Refresh()
	}
}

// whole is the width at which nothing is cut.
func (t *Text) whole() float32 {
	return fyne.MeasureText(t.Text, t.FontSize, fyne.TextStyle{Bold: t.Bold}).Width
}

// IsCut reports whether the text on screen is shorter than the whole.
func (t *Text) IsCut() bool { return t.shown != t.Text }

// CreateRenderer implements fyne.Widget.
func (t *Text) CreateRenderer() fyne.WidgetRenderer {
	line := newLine(t.Text, t.FontSize, t.Bold)
	fit := func(s fyne.Size) {
		t.shown = t.Text
		if t.Cut && s.Width > 0 {
			t.shown = Elide(t.Text, s.Width, t.FontSize, t.Bold)
		}
		line.Text, line.Alignment = t.shown, t.Align
		middle(line, 0, s.Width, s.Height)
	}
	min := func() fyne.Size {
		s := fyne.MeasureText(t.Text, t.FontSize, fyne.TextStyle{Bold: t.Bold})
		if t.Cut {
			s.Width = fyne.Min(s.Width, 32)
		}
		return s
	}
	refresh := func() {
		line.Text, line.Color, line.TextSize, line.TextStyle.Bold = t.Text, ink(t.Color), t.FontSize, t.Bold
	}
	return newFace(t, min, fit, refresh, line)
}

// Elide returns the longest beginning of s, with "…" after it, that is not
// wider than width; s itself where it fits.
func Elide(s string, width, size float32, bold bool) string {
	runes := []rune(s)
	if float32(len(runes))*size < width {
		return s // no letter is wider than it is tall
	}
	style := fyne.TextStyle{Bold: bold}
	fits := func(s string) bool { return fyne.MeasureText(s, size, style).Width <= width+0.5 }
	if fits(s) {
		return s
	}
	lo, hi := 0, len(runes)
	for lo < hi {
		mid := (lo + hi + 1) / 2
		if fits(string(runes[:mid]) + "…") {
			lo = mid
		} else {
			hi = mid - 1
		}
	}
	return strings.TrimRight(string(runes[:lo]), " ") + "…"
}

// OneLine returns a text, such as a prompt, on one line.
func OneLine(s string) string { return strings.Join(strings.Fields(s), " ") }
