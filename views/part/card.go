package part

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/widget"

	"witnessmark/views/theme"
)

// A FigureCard shows a chart in small with its number and title, and a line
// under it. A press selects it, a double press opens it, and dragging it moves
// it on its board.
type FigureCard struct {
	widget.BaseWidget
	Box    *ChartBox
	OnMenu func(at fyne.Position)
	chip   *Note // what qualifies the figure; hidden where nothing does

	number, title string
	foot          *Paragraph
	head          *Paragraph
	badge         *Text
	more          *Button
	top           *fyne.Container
	on, lifted    bool
	board         *Cards
	touch         *cardTouch
}

// NewFigureCard returns a card around a chart.
func NewFigureCard(box *ChartBox) *FigureCard {
	c := &FigureCard{Box: box, foot: Prose(""), head: NewParagraph("", theme.Text, theme.TextSize), badge: Strong(""), OnMenu: func(fyne.Position) {}}
	c.foot.Most, c.head.Most, c.head.Bold = 2, 2, true
	c.chip = NewNote("", "", Caution, nil)
	c.chip.Hide()
	c.more = NewTool(theme.More, "Open, rename, move, remove", nil)
	c.more.OnTapped = func() {
		at := fyne.CurrentApp().Driver().AbsolutePositionForObject(c.more)
		c.OnMenu(at.AddXY(0, c.more.Size().Height))
	}
	number := container.NewStack(NewBox(theme.Track, theme.Clear, theme.Radius), Pad(0, 6, 0, 6, c.badge))
	c.top = Row(theme.Gap, number, c.chip, Spacer(), c.more)
	c.touch = newCardTouch(c)
	c.ExtendBaseWidget(c)
	return c
}

// Set shows the number, the title and the line under the chart.
func (c *FigureCard) Set(number, title, foot string) {
	if c.number == number && c.title == title && c.foot.Text == foot {
		return
	}
	c.number, c.title = number, title
	c.badge.SetText(number)
	c.head.SetText(title)
	c.foot.SetText(foot)
	c.Refresh()
}

// SetChip shows what qualifies the figure; "" for nothing.
func (c *FigureCard) SetChip(text, why string, tone Tone) {
	if c.chip.Text == text && c.chip.Tip == why {
		return
	}
	c.chip.Text, c.chip.Tip, c.chip.Tone, c.chip.Hidden = text, why, tone, text == ""
	c.chip.Refresh()
	c.top.Refresh()
}

// Chip returns what qualifies the figure, "" for nothing.
func (c *FigureCard) Chip() string { return c.chip.Text }

// Title returns the title that is shown.
func (c *FigureCard) Title() string { return c.title }

// Selected reports whether the card is the selected one.
func (c *FigureCard) Selected() bool { return c.on }

func (c *FigureCard) mark(on, lifted bool) {
	if c.on != on || c.lifted != lifted {
		c.on, c.lifted = on, lifted
		c.Refresh()
	}
}

// CreateRenderer implements fyne.Widget.
func (c *FigureCard) CreateRenderer() fyne.WidgetRenderer {
	back := &canvas.Rectangle{CornerRadius: theme.CardRadius}
	frame := &canvas.Rectangle{CornerRadius: theme.CardRadius}
	words := Stack(4, Fixed(0, theme.Small, c.top), c.head)
	layout := func(s fyne.Size) {
		const pad = 10
		back.Resize(s)
		frame.Resize(s)
		wide := s.Width - 2*pad
		words.Move(fyne.NewPos(pad, 6))
		words.Resize(fyne.NewSize(wide, words.MinSize().Height))
		words.Resize(fyne.NewSize(wide, words.MinSize().Height))
		c.foot.Resize(fyne.NewSize(wide, c.foot.MinSize().Height))
		low := c.foot.MinSize().Height
		c.foot.Move(fyne.NewPos(pad, s.Height-low-8))
		y := 6 + theme.Small + 4 + 2*c.head.lineHeight() + 2
		c.Box.Move(fyne.NewPos(2, y))
		c.Box.Resize(fyne.NewSize(s.Width-4, s.Height-y-low-10))
		c.touch.Resize(s)
	}
	refresh := func() {
		stroke, width := theme.Line, float32(1)
		if c.on {
			stroke, width = theme.Accent, 2
		}
		paint(back, theme.Panel, theme.Clear)
		paint(frame, theme.Clear, stroke)
		if c.lifted {
			frame.FillColor = ink(theme.Veil)
		}
		frame.StrokeWidth = width
	}
	return newFace(c, func() fyne.Size { return fyne.NewSize(cardLeast, cardLow) }, layout, refresh, back, c.Box, frame, c.foot, c.touch, words)
}

// A cardTouch lies over a card and takes what a person does with it. It lets
// the chart below see the pointer.
type cardTouch struct {
	widget.BaseWidget
	card *FigureCard
}

func newCardTouch(c *FigureCard) *cardTouch {
	t := &cardTouch{card: c}
	t.ExtendBaseWidget(t)
	return t
}

// CreateRenderer implements fyne.Widget.
func (t *cardTouch) CreateRenderer() fyne.WidgetRenderer {
	return widget.NewSimpleRenderer(&canvas.Rectangle{})
}

// MouseDown selects the card at once: a tap waits whether a second follows.
func (t *cardTouch) MouseDown(*desktop.MouseEvent) { t.card.board.choose(t.card) }

// MouseUp implements desktop.Mouseable.
func (t *cardTouch) MouseUp(*desktop.MouseEvent) {}

// DoubleTapped opens the card.
func (t *cardTouch) DoubleTapped(*fyne.PointEvent) { t.card.board.open(t.card) }

// TappedSecondary implements fyne.SecondaryTappable.
func (t *cardTouch) TappedSecondary(e *fyne.PointEvent) { t.card.OnMenu(e.AbsolutePosition) }

// Dragged implements fyne.Draggable.
func (t *cardTouch) Dragged(e *fyne.DragEvent) {
	t.card.board.drag(t.card, t.card.Position().Add(e.Position))
}

// DragEnd implements fyne.Draggable.
func (t *cardTouch) DragEnd() { t.card.board.drop() }
