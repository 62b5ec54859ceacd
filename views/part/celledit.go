package part

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"witnessmark/views/theme"
)

// A CellTable is a table whose cells can be edited where they stand: a press
// opens an entry over the cell; Enter and Tab take what was typed and go on
// down or right, Esc leaves the cell as it was. What is typed is the owner's
// to check: an error keeps the entry open, in the color of what is wrong.
type CellTable struct {
	widget.BaseWidget
	Table *Table
	// Text returns what stands in a cell's entry, false where a cell is not
	// typed into.
	Text func(row int, column string) (text string, ok bool)
	// OnEdit takes what was typed into a cell.
	OnEdit func(row int, column, text string) error
	// OnPress is called for other cells, with where a menu would open; true
	// when that is all.
	OnPress func(row int, column string, at fyne.Position) bool

	entry  *cellEntry
	face   *fyne.Container
	row    int
	column string
	open   bool
}

// NewCellTable returns an empty table.
func NewCellTable() *CellTable {
	c := &CellTable{Table: NewTable(), Text: func(int, string) (string, bool) { return "", false }, OnEdit: func(int, string, string) error { return nil }}
	c.entry = newCellEntry(c)
	c.entry.Hide()
	c.Table.Single = true
	c.Table.OnCell = c.press
	c.Table.OnOpen = func(row int) { c.stepRight(row, "") }
	c.Table.moved = c.place
	c.face = container.New(&cellLayout{c}, c.Table, c.entry)
	c.ExtendBaseWidget(c)
	return c
}

// CreateRenderer implements fyne.Widget.
func (c *CellTable) CreateRenderer() fyne.WidgetRenderer { return widget.NewSimpleRenderer(c.face) }

// cellLayout gives the table all the room and keeps the entry over its cell.
type cellLayout struct{ c *CellTable }

func (l *cellLayout) MinSize([]fyne.CanvasObject) fyne.Size { return l.c.Table.MinSize() }

func (l *cellLayout) Layout(_ []fyne.CanvasObject, s fyne.Size) {
	l.c.Table.Move(fyne.NewPos(0, 0))
	l.c.Table.Resize(s)
	l.c.place()
}

// cell is where a cell is drawn; false where it is not in sight.
func (c *CellTable) cell(row int, column string) (at fyne.Position, size fyne.Size, ok bool) {
	t := c.Table
	x, width := t.places(t.Size().Width)
	for i, col := range t.Columns {
		for place, r := range t.order {
			if col.ID != column || r != row {
				continue
			}
			y := float32(theme.TableHead) + float32(float64(place)*float64(t.RowHeight)-t.top)
			return fyne.NewPos(x[i]-t.left, y), fyne.NewSize(width[i], t.RowHeight), y >= theme.TableHead-1 && width[i] > 0
		}
	}
	return fyne.Position{}, fyne.Size{}, false
}

func (c *CellTable) place() {
	if !c.open {
		return
	}
	at, size, ok := c.cell(c.row, c.column)
	if !ok {
		c.shut() // scrolled out of sight
		return
	}
	c.entry.Move(at.AddXY(1, 0))
	c.entry.Resize(fyne.NewSize(fyne.Max(48, size.Width-2), size.Height))
}

// press opens a cell that can be typed into, or leaves it to OnPress.
func (c *CellTable) press(row int, column string) bool {
	if _, ok := c.Text(row, column); ok {
		c.Table.SetSelected([]string{c.Table.key(row)})
		if c.Table.OnSelect != nil {
			c.Table.OnSelect(c.Table.Selected())
		}
		c.Edit(row, column)
		return true
	}
	at, size, ok := c.cell(row, column)
	if c.OnPress == nil || !ok {
		return false
	}
	from := fyne.CurrentApp().Driver().AbsolutePositionForObject(c.Table)
	return c.OnPress(row, column, from.Add(at).AddXY(0, size.Height))
}

// Edit opens the entry over a cell, with its text selected.
func (c *CellTable) Edit(row int, column string) {
	text, ok := c.Text(row, column)
	if !ok {
		return
	}
	for place, r := range c.Table.order {
		if r == row {
			c.Table.Reveal(place)
		}
	}
	c.row, c.column, c.open = row, column, true
	c.entry.wrong = false
	c.entry.SetText(text)
	c.entry.Show()
	c.place()
	if canvas := canvasOf(c); canvas != nil {
		canvas.Focus(c.entry)
	}
	c.entry.TypedShortcut(&fyne.ShortcutSelectAll{})
}

// Editing reports whether a cell is open.
func (c *CellTable) Editing() bool { return c.open }

// take gives the owner what was typed; false where it was refused.
func (c *CellTable) take() bool {
	if !c.open {
		return true
	}
	if was, _ := c.Text(c.row, c.column); was == c.entry.Text {
		c.shut()
		return true
	}
	c.open = false // the owner may show the table anew at once
	if err := c.OnEdit(c.row, c.column, c.entry.Text); err != nil {
		c.open, c.entry.wrong = true, true
		c.entry.Refresh()
		return false
	}
	c.open = true
	c.shut()
	return true
}

func (c *CellTable) shut() {
	c.open = false
	c.entry.Hide()
	c.face.Refresh()
}

// step takes what was typed and opens the next cell that can be.
func (c *CellTable) step(down, right int) {
	row, column := c.row, c.column
	if !c.take() {
		return
	}
	if down != 0 {
		for place, r := range c.Table.order {
			if next := place + down; r == row && next >= 0 && next < len(c.Table.order) {
				c.Edit(c.Table.order[next], column)
				return
			}
		}
	}
	if right != 0 {
		c.stepRight(row, column)
	}
	if !c.open {
		if canvas := canvasOf(c); canvas != nil {
			canvas.Focus(c.Table)
		}
	}
}

func (c *CellTable) stepRight(row int, column string) {
	found := column == "" // from the first column on
	for _, col := range c.Table.Columns {
		if _, ok := c.Text(row, col.ID); found && ok {
			c.Edit(row, col.ID)
			return
		}
		found = found || col.ID == column
	}
}

// A cellEntry is the entry over a cell.
type cellEntry struct {
	Entry
	table *CellTable
	wrong bool
}

func newCellEntry(c *CellTable) *cellEntry {
	e := &cellEntry{table: c}
	e.Wrapping = fyne.TextWrapOff
	e.Scroll = fyne.ScrollHorizontalOnly
	e.OnSubmitted = func(string) { c.step(1, 0) }
	e.OnEscape = func() {
		c.shut()
		if canvas := canvasOf(c); canvas != nil {
			canvas.Focus(c.Table)
		}
	}
	e.OnKey = func(k *fyne.KeyEvent) bool {
		switch k.Name {
		case fyne.KeyTab:
			c.step(0, 1)
		case fyne.KeyDown:
			c.step(1, 0)
		case fyne.KeyUp:
			c.step(-1, 0)
		default:
			return false
		}
		return true
	}
	e.ExtendBaseWidget(e)
	return e
}

// AcceptsTab implements fyne.Tabbable: Tab goes to the next cell.
func (e *cellEntry) AcceptsTab() bool { return true }

// FocusLost takes what was typed where a person goes elsewhere; what cannot be
// taken is left as it was.
func (e *cellEntry) FocusLost() {
	e.Entry.FocusLost()
	if e.table.open && !e.table.take() {
		e.table.shut()
	}
}

// CreateRenderer implements fyne.Widget.
func (e *cellEntry) CreateRenderer() fyne.WidgetRenderer {
	f := e.Entry.CreateRenderer().(*entryFace)
	f.wrong = func() bool { return e.wrong }
	return f
}
