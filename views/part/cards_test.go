package part_test

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"

	"witnessmark/views/part"
	"witnessmark/views/task/tasktest"
)

// board opens a board of six cards, three beside each other.
func board(t *testing.T) (*part.Cards, []*part.FigureCard, fyne.Window) {
	t.Helper()
	q := &tasktest.Queue{}
	test.NewTempApp(t)
	b := part.NewCards()
	var cards []*part.FigureCard
	for range 6 {
		cards = append(cards, part.NewFigureCard(part.NewChartBox(q.Runner())))
	}
	win := test.NewTempWindow(t, b.Place())
	win.Resize(fyne.NewSize(940, 620))
	b.Set(cards, 0)
	return b, cards, win
}

// middle is the middle of a card on the board.
func middle(c *part.FigureCard) fyne.Position {
	return c.Position().AddXY(c.Size().Width/2, c.Size().Height/2)
}

// dragCard drags a card to a place of the board.
func dragCard(c *part.FigureCard, to fyne.Position) {
	for _, o := range test.WidgetRenderer(c).Objects() {
		if d, ok := o.(fyne.Draggable); ok && o != fyne.CanvasObject(c.Box) {
			o.(desktop.Mouseable).MouseDown(&desktop.MouseEvent{})
			d.Dragged(&fyne.DragEvent{PointEvent: fyne.PointEvent{Position: to.Subtract(c.Position())}})
			d.DragEnd()
		}
	}
}

func TestDraggingACardMovesItToTheNearestGap(t *testing.T) {
	b, cards, _ := board(t)
	from, to := -1, -1
	b.OnMove = func(f, t int) { from, to = f, t }
	right := func(i int) fyne.Position { return middle(cards[i]).AddXY(cards[i].Size().Width*0.45, 0) }
	left := func(i int) fyne.Position { return middle(cards[i]).SubtractXY(cards[i].Size().Width*0.45, 0) }
	for name, c := range map[string]struct {
		card     int
		at       fyne.Position
		from, to int
	}{
		"one on":              {0, right(1), 0, 1},
		"to the end":          {0, right(5), 0, 5},
		"to the front":        {4, left(0), 4, 0},
		"to the end of a row": {5, right(2), 5, 3},
		"where it is":         {1, right(1), -1, -1},
		"before itself":       {1, left(1), -1, -1},
		"above the board":     {3, fyne.NewPos(-50, -50), 3, 0},
		"below the board":     {0, fyne.NewPos(5000, 5000), 0, 5},
	} {
		from, to = -1, -1
		dragCard(cards[c.card], c.at)
		if from != c.from || to != c.to {
			t.Errorf("%s: moved from %d to %d, want %d to %d", name, from, to, c.from, c.to)
		}
	}
}

func TestKeysSelectOpenAndRemoveCards(t *testing.T) {
	b, cards, _ := board(t)
	on, opened, removed := 0, -1, -1
	b.OnSelect = func(i int) { on = i; b.Set(cards, i) }
	b.OnOpen = func(i int) { opened = i }
	b.OnRemove = func(i int) { removed = i }
	for _, c := range []struct {
		key  fyne.KeyName
		want int
	}{{fyne.KeyRight, 1}, {fyne.KeyDown, 4}, {fyne.KeyDown, 5}, {fyne.KeyUp, 2}, {fyne.KeyLeft, 1}, {fyne.KeyUp, 0}} {
		b.TypedKey(&fyne.KeyEvent{Name: c.key})
		if on != c.want {
			t.Errorf("%s selects card %d, want %d", c.key, on, c.want)
		}
	}
	b.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	b.TypedKey(&fyne.KeyEvent{Name: fyne.KeyDelete})
	if opened != 0 || removed != 0 {
		t.Errorf("Enter opens %d and Delete removes %d, want the selected card", opened, removed)
	}
}

func TestCardsFitTheirBoard(t *testing.T) {
	for width, columns := range map[float32]int{260: 1, 516: 2, 620: 2, 940: 3, 1256: 4} {
		b, cards, win := board(t)
		win.Resize(fyne.NewSize(width, 620))
		n := 0
		for _, c := range cards {
			if c.Position().Y == cards[0].Position().Y {
				n++
			}
			if right := c.Position().X + c.Size().Width; right > b.Size().Width {
				t.Errorf("at %v a card ends at %v, beyond the board's %v", width, right, b.Size().Width)
			}
		}
		if n != columns {
			t.Errorf("at %v there are %d cards in a row, want %d", width, n, columns)
		}
	}
}
