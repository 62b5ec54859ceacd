package part

import (
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"witnessmark/views/theme"
)

// The size of cards. They are as wide as the columns of the board.
const (
	cardUsual = 286 // at least, unless only so two fit beside each other
	cardLeast = 236
	cardLow   = 300
	cardHigh  = 372
	cardGap   = 10
)

// Cards is a board of cards in rows, in an order that dragging changes. Arrow
// keys select, Enter opens, Delete removes.
type Cards struct {
	widget.BaseWidget
	OnSelect func(i int)
	OnOpen   func(i int)
	OnMove   func(from, to int)
	OnRemove func(i int)
	OnSeen   func() // other cards than before may be visible

	cards    []*FigureCard
	on       int // selected, −1 for none
	from, to int // while a card is dragged; −1 else
	bar      *canvas.Rectangle
	scroll   *container.Scroll
}

// NewCards returns an empty board.
func NewCards() *Cards {
	b := &Cards{on: -1, from: -1, to: -1, bar: &canvas.Rectangle{CornerRadius: 1.5}, OnSelect: func(int) {}, OnOpen: func(int) {}, OnMove: func(int, int) {}, OnRemove: func(int) {}, OnSeen: func() {}}
	b.ExtendBaseWidget(b)
	b.scroll = Scroll(b)
	b.scroll.OnScrolled = func(fyne.Position) { b.OnSeen() }
	return b
}

// Place returns the board in a place that scrolls.
func (b *Cards) Place() fyne.CanvasObject { return b.scroll }

// Set shows cards, of which one may be selected; −1 for none.
func (b *Cards) Set(cards []*FigureCard, on int) {
	same := slices.Equal(b.cards, cards)
	b.cards, b.on = cards, on
	for i, c := range cards {
		c.board = b
		c.mark(i == on, i == b.from)
	}
	if !same {
		b.Refresh()
		b.scroll.Refresh()
	}
	b.OnSeen()
}

// Cards returns the cards in their order.
func (b *Cards) Cards() []*FigureCard { return b.cards }

// Seen returns which cards are on screen: from the first up to, without, the
// last.
func (b *Cards) Seen() (from, to int) {
	top, bottom := b.scroll.Offset.Y, b.scroll.Offset.Y+b.scroll.Size().Height
	from, to = len(b.cards), 0
	for i, c := range b.cards {
		if y := c.Position().Y; c.Size().Height > 0 && y < bottom && y+c.Size().Height > top {
			from, to = min(from, i), max(to, i+1)
		}
	}
	return min(from, to), to
}

// Reveal scrolls to a card.
func (b *Cards) Reveal(i int) {
	if i < 0 || i >= len(b.cards) {
		return
	}
	c, high := b.cards[i], b.scroll.Size().Height
	y := b.scroll.Offset.Y
	if top := c.Position().Y - cardGap; top < y {
		y = top
	}
	if bottom := c.Position().Y + c.Size().Height + cardGap; bottom > y+high {
		y = bottom - high
	}
	if y != b.scroll.Offset.Y {
		b.scroll.ScrollToOffset(fyne.NewPos(0, fyne.Max(0, y)))
		b.OnSeen()
	}
}

// shape is how many columns there are at a width, and the size of a card.
func (b *Cards) shape(width float32) (columns int, card fyne.Size) {
	columns = max(min(2, int((width-cardGap)/(cardLeast+cardGap))), int((width-cardGap)/(cardUsual+cardGap)), 1)
	w := float32(int((width - cardGap*float32(columns+1)) / float32(columns))) // on whole pixels
	return columns, fyne.NewSize(fyne.Max(1, w), float32(int(fyne.Max(cardLow, fyne.Min(cardHigh, w*1.22)))))
}

func (b *Cards) choose(c *FigureCard) {
	if i := slices.Index(b.cards, c); i >= 0 {
		if on := canvasOf(b); on != nil {
			on.Focus(b)
		}
		b.OnSelect(i)
	}
}

func (b *Cards) open(c *FigureCard) {
	if i := slices.Index(b.cards, c); i >= 0 {
		b.OnOpen(i)
	}
}

// drag shows where a card would land; near the edge the board scrolls.
func (b *Cards) drag(c *FigureCard, at fyne.Position) {
	b.from = slices.Index(b.cards, c)
	b.to = b.gap(at)
	c.mark(c.on, true)
	const edge, by = 36, 14
	switch y := at.Y - b.scroll.Offset.Y; {
	case y < edge:
		b.scroll.ScrollToOffset(fyne.NewPos(0, fyne.Max(0, b.scroll.Offset.Y-by)))
	case y > b.scroll.Size().Height-edge:
		b.scroll.ScrollToOffset(fyne.NewPos(0, fyne.Max(0, fyne.Min(b.scroll.Offset.Y+by, b.Size().Height-b.scroll.Size().Height))))
	}
	b.Refresh()
}

// gap is the gap between cards nearest to a place, counted from 0.
func (b *Cards) gap(at fyne.Position) int {
	columns, card := b.shape(b.Size().Width)
	row := max(0, int((at.Y-cardGap/2)/(card.Height+cardGap)))
	column := int((at.X-cardGap)/(card.Width+cardGap) + 0.5)
	return min(len(b.cards), max(0, row*columns+min(columns, max(0, column))))
}

// drop moves the dragged card to where it would land.
func (b *Cards) drop() {
	from, to := b.from, b.to
	b.from, b.to = -1, -1
	for _, c := range b.cards {
		c.mark(c.on, false)
	}
	b.Refresh()
	if to > from {
		to-- // the gap after the card is where it is
	}
	if from >= 0 && from != to {
		b.OnMove(from, to)
	}
}

// FocusGained implements fyne.Focusable.
func (b *Cards) FocusGained() {}

// FocusLost implements fyne.Focusable.
func (b *Cards) FocusLost() {}

// TypedRune implements fyne.Focusable.
func (b *Cards) TypedRune(r rune) { passRune(b, r) }

// TypedKey implements fyne.Focusable.
func (b *Cards) TypedKey(e *fyne.KeyEvent) {
	columns, _ := b.shape(b.Size().Width)
	by, arrow := map[fyne.KeyName]int{fyne.KeyLeft: -1, fyne.KeyRight: 1, fyne.KeyUp: -columns, fyne.KeyDown: columns}[e.Name]
	switch {
	case arrow && len(b.cards) > 0:
		i := min(len(b.cards)-1, max(0, b.on+by))
		b.OnSelect(i)
		b.Reveal(i)
	case b.on < 0 || b.on >= len(b.cards):
		passKey(b, e)
	case e.Name == fyne.KeyReturn || e.Name == fyne.KeyEnter:
		b.OnOpen(b.on)
	case e.Name == fyne.KeyDelete || e.Name == fyne.KeyBackspace:
		b.OnRemove(b.on)
	default:
		passKey(b, e)
	}
}

// CreateRenderer implements fyne.Widget.
func (b *Cards) CreateRenderer() fyne.WidgetRenderer { return &cardsFace{b} }

type cardsFace struct{ b *Cards }

func (f *cardsFace) Objects() []fyne.CanvasObject {
	var out []fyne.CanvasObject
	for _, c := range f.b.cards {
		out = append(out, c)
	}
	return append(out, f.b.bar)
}

func (f *cardsFace) MinSize() fyne.Size {
	columns, card := f.b.shape(f.b.Size().Width)
	rows := (len(f.b.cards) + columns - 1) / columns
	return fyne.NewSize(cardLeast+2*cardGap, float32(rows)*(card.Height+cardGap)+cardGap)
}

func (f *cardsFace) Layout(s fyne.Size) {
	columns, card := f.b.shape(s.Width)
	at := func(i int) fyne.Position {
		return fyne.NewPos(cardGap+float32(i%columns)*(card.Width+cardGap), cardGap+float32(i/columns)*(card.Height+cardGap))
	}
	for i, c := range f.b.cards {
		c.Move(at(i))
		c.Resize(card)
	}
	f.b.bar.Hidden = f.b.to < 0 || f.b.to == f.b.from || f.b.to == f.b.from+1
	place := at(max(0, f.b.to)).SubtractXY(cardGap/2+1.5, 0)
	if f.b.to > 0 && f.b.to%columns == 0 { // the end of the row before
		place = at(f.b.to-1).AddXY(card.Width+cardGap/2-1.5, 0)
	}
	f.b.bar.FillColor = ink(theme.Accent)
	f.b.bar.Move(place)
	f.b.bar.Resize(fyne.NewSize(3, card.Height))
	f.b.OnSeen()
}

func (f *cardsFace) Refresh() {
	f.Layout(f.b.Size())
	canvas.Refresh(f.b)
}

func (f *cardsFace) Destroy() {}
