package part

import (
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"

	"witnessmark/views/theme"
)

// Notes are chips on one line, the most important first. Those that do not
// fit stand behind a last one, which lists all.
type Notes struct {
	widget.BaseWidget
	Most int // how many are shown at most, 0 for as many as fit

	notes []*Note
	more  *Note
	all   func()
}

// noteGap is the room between chips.
const noteGap = 7

// NewNotes returns a line without chips.
func NewNotes() *Notes {
	n := &Notes{all: func() {}}
	n.more = NewNote("", "Press to read all of them", Info, func() { n.all() })
	n.ExtendBaseWidget(n)
	return n
}

// Set shows notes; all is called to list every one.
func (n *Notes) Set(notes []*Note, all func()) {
	n.notes, n.all = notes, all
	n.Refresh()
}

// Len returns how many notes there are, shown or not.
func (n *Notes) Len() int { return len(n.notes) }

// Shown returns the chips that are on screen, the last one for the rest
// included.
func (n *Notes) Shown() []*Note {
	var out []*Note
	for _, c := range append(n.notes[:len(n.notes):len(n.notes)], n.more) {
		if c.Visible() {
			out = append(out, c)
		}
	}
	return out
}

// least is the number of chips that may be shown at most.
func (n *Notes) least() int {
	if n.Most > 0 {
		return min(n.Most, len(n.notes))
	}
	return len(n.notes)
}

// whole is the width at which nothing gives way that need not.
func (n *Notes) whole() float32 {
	w := n.widthOf(n.least())
	if n.least() < len(n.notes) {
		w += n.moreWidth(n.least())
	}
	return fyne.Max(0, w)
}

func (n *Notes) widthOf(shown int) float32 {
	w := float32(-noteGap)
	for _, c := range n.notes[:shown] {
		w += noteGap + c.whole()
	}
	return w
}

// moreWidth is the room that the last chip takes behind some others.
func (n *Notes) moreWidth(shown int) float32 {
	n.count(shown)
	return noteGap + n.more.whole()
}

// count lets the last chip say how many notes are not shown, as grave as the
// gravest of them.
func (n *Notes) count(shown int) {
	rest := n.notes[shown:]
	n.more.Text, n.more.Tone = "and "+strconv.Itoa(len(rest))+" notes", Info
	if len(rest) == 1 {
		n.more.Text = "and 1 note"
	}
	for _, c := range rest {
		n.more.Tone = max(n.more.Tone, c.Tone)
	}
}

// fitting is how many chips a width has room for: the first always.
func (n *Notes) fitting(room float32) int {
	shown := n.least()
	if shown == len(n.notes) && n.widthOf(shown) <= room {
		return shown
	}
	for shown > 1 && n.widthOf(shown)+n.moreWidth(shown) > room {
		shown--
	}
	return shown
}

func (n *Notes) layout(s fyne.Size) {
	shown := n.fitting(s.Width)
	n.count(shown)
	n.more.Hidden = shown == len(n.notes)
	last := float32(0)
	if !n.more.Hidden {
		last = n.moreWidth(shown)
	}
	x := float32(0)
	for i, c := range n.notes {
		if c.Hidden = i >= shown; !c.Hidden {
			w := fyne.Min(c.whole(), fyne.Max(0, s.Width-last-x))
			place(c, x, w, s.Height)
			x += w + noteGap
		}
	}
	if !n.more.Hidden {
		place(n.more, x, n.more.whole(), s.Height)
		n.more.Refresh()
	}
}

func place(c *Note, x, width, height float32) {
	c.Move(fyne.NewPos(x, (height-theme.Chip)/2))
	c.Resize(fyne.NewSize(width, theme.Chip))
}

// MinSize implements fyne.CanvasObject.
func (n *Notes) MinSize() fyne.Size {
	n.ExtendBaseWidget(n)
	return n.BaseWidget.MinSize()
}

// CreateRenderer implements fyne.Widget.
func (n *Notes) CreateRenderer() fyne.WidgetRenderer { return &notesFace{n} }

type notesFace struct{ *Notes }

// MinSize is the width of one chip, cut, and of that for the rest.
func (f *notesFace) MinSize() fyne.Size {
	switch len(f.notes) {
	case 0:
		return fyne.NewSize(0, 0)
	case 1:
		return f.notes[0].MinSize()
	}
	return fyne.NewSize(f.notes[0].MinSize().Width+f.moreWidth(1), theme.Chip)
}

func (f *notesFace) Layout(s fyne.Size) { f.layout(s) }

func (f *notesFace) Refresh() {
	f.layout(f.Size())
	for _, c := range f.notes {
		c.Refresh()
	}
}

func (f *notesFace) Objects() []fyne.CanvasObject {
	out := make([]fyne.CanvasObject, 0, len(f.notes)+1)
	for _, c := range f.notes {
		out = append(out, c)
	}
	return append(out, f.more)
}

func (f *notesFace) Destroy() {}
