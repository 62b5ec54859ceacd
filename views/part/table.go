package part

import (
	"math"
	"slices"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/widget"

	"witnessmark/charts"
	"witnessmark/data/query"
	"witnessmark/views/theme"
)

// A Column declares one column of a table.
type Column struct {
	ID    string // stable: sorting and widths are kept by it
	Label string // in the head; "" for a column of symbols
	Group string // over the labels of neighbors that share it; "" for none
	Tip   string // of the head
	Width float32
	Grow  bool // takes the width left over, and gives up to a third of its own where there is too little
	Right bool // numbers
	Cell  func(row int) Cell
	Num   func(row int) float64 // sorts by number, NaN last; nil to sort by the cell's text
	Fixed bool                  // cannot be sorted
	Spare int                   // where there is no room, columns with greater numbers give way first; 0 never does
}

// A Cell is what stands in one place of a table.
type Cell struct {
	Text   string
	Color  fyne.ThemeColorName // "" for ordinary ink
	Ground fyne.ThemeColorName // behind the whole cell; "" for none
	Bold   bool
	Tip    string      // shown in place of a text that is cut
	Marker charts.Role // before the text
	Icon   theme.Icon  // before the text
	Span   *Span       // an interval in small, in place of a text
	Across int         // further columns that the text runs over, whose cells are empty
}

// A Span is an interval drawn in small on a track from 0 to 1.
type Span struct {
	Lo, At, Hi float64
	Role       charts.Role
}

// A Table shows rows of cells. Only the rows on screen have objects, so its
// cost depends on its height and not on the number of its rows.
//
// Rows are numbered as they come; sorting changes only the order in which
// they are shown. Selection is by Key, so that it survives a new answer.
type Table struct {
	widget.BaseWidget
	Columns   []Column
	Rows      int
	RowHeight float32
	Single    bool                               // at most one row is selected
	Key       func(row int) string               // identity of a row; its number when nil
	Dim       func(row int) bool                 // shown muted, such as a hidden run
	OnSelect  func(keys []string)                // the selection has changed
	OnOpen    func(row int)                      // double click or Enter
	OnToggle  func(rows []int)                   // Space or X
	OnCell    func(row int, column string) bool  // a cell was pressed; true when that is all
	OnMenu    func(row int, at fyne.Position)    // right click
	OnSort    func([]query.Order)                // a head was pressed
	OnHover   func(row int)                      // the pointer is over another row, −1 for none
	OnWidth   func(column string, width float32) // a column was made wider or narrower

	order    []int // shown place → row
	sorts    []query.Order
	selected map[string]bool
	anchor   int // where a range of selection began
	cursor   int // last row selected by hand
	hovered  int
	top      float64 // in pixels; a float32 would be too coarse past 600 000 rows
	left     float32
	widths   map[string]float32 // of columns shown so far
	kept     func(column string) (float32, bool)
	focused  bool
	clicked  bool // the focus came by the mouse, which needs no ring
	shifted  bool
	cells    int // objects made so far, for tests
	tipped   [2]int
	pressed  int  // place pressed last
	twice    bool // and before that
	head     *tableHead
	bar      *scrollBar
	across   *scrollBar
	face     *tableFace
	moved    func() // scrolled; nil for nobody to tell
}

// NewTable returns an empty table.
func NewTable(columns ...Column) *Table {
	t := &Table{Columns: columns, RowHeight: theme.Row, anchor: -1, cursor: -1, hovered: -1, pressed: -1,
		selected: map[string]bool{}, widths: map[string]float32{}, tipped: [2]int{-1, -1}}
	t.head, t.bar, t.across = newTableHead(t), newScrollBar(t, false), newScrollBar(t, true)
	t.ExtendBaseWidget(t)
	return t
}

// SetRows says how many rows there are now and shows them from new.
func (t *Table) SetRows(n int) { t.Set(n, t.Columns, t.sorts) }

// Set replaces rows, columns and order at once, so that columns never see
// rows that are not theirs.
func (t *Table) Set(rows int, columns []Column, orders []query.Order) {
	t.Rows, t.Columns, t.sorts = rows, columns, orders
	t.sortRows()
	t.hovered = -1
	t.Refresh()
}

// KeepWidths remembers the widths that columns are given by hand, and gives
// them to columns that come to be shown.
func (t *Table) KeepWidths(get func(column string) (float32, bool), keep func(column string, width float32)) {
	t.kept, t.OnWidth = get, keep
}

// Shown returns how many rows there are.
func (t *Table) Shown() int { return t.Rows }

// RowAt returns the row that is shown at a place, counted from 0.
func (t *Table) RowAt(place int) int { return t.order[place] }

// Text returns the text in a column of the row at a place.
func (t *Table) Text(place int, column string) string {
	for _, c := range t.Columns {
		if c.ID == column {
			return c.Cell(t.order[place]).Text
		}
	}
	return ""
}

// Objects returns how many cells have been made since the table was, which
// must not depend on the number of rows.
func (t *Table) Objects() int { return t.cells }

func (t *Table) key(row int) string {
	if t.Key == nil {
		return charts.Whole.Text(float64(row), 0)
	}
	return t.Key(row)
}

// places returns where each column begins and how wide it is. A column that
// gave way for lack of room is 0 wide.
func (t *Table) places(room float32) (x, width []float32) {
	x, width = make([]float32, len(t.Columns)), make([]float32, len(t.Columns))
	total, growing := float32(0), 0
	room -= t.gutter()
	for i, c := range t.Columns {
		width[i] = t.given(c)
		if c.Grow {
			growing++
		}
		total += width[i]
	}
	total = t.giveWay(width, total, room)
	total = t.shrink(width, total, room)
	if growing > 0 && total < room {
		for i, c := range t.Columns {
			if c.Grow {
				width[i] += (room - total) / float32(growing)
			}
		}
	}
	at := float32(0)
	for i := range width {
		x[i] = at
		at += width[i]
	}
	return x, width
}

// given is a column's width as it was set by hand, now or earlier, or else as
// it is declared.
func (t *Table) given(c Column) float32 {
	if w, ok := t.widths[c.ID]; ok {
		return w
	}
	w := c.Width
	if t.kept != nil {
		if k, ok := t.kept(c.ID); ok {
			w = k
		}
	}
	t.widths[c.ID] = w
	return w
}

// leastGrowing is the width that a column of names keeps.
const leastGrowing = 110

// shrink takes what is wanting from the columns that grow, unless a person set
// their widths. A third of a width is the most that is taken.
func (t *Table) shrink(width []float32, total, room float32) float32 {
	for i, c := range t.Columns {
		if c.Grow && total > room && room > 0 && width[i] == c.Width {
			take := fyne.Min(total-room, fyne.Max(0, fyne.Min(c.Width/3, c.Width-leastGrowing)))
			width[i], total = width[i]-take, total-take
		}
	}
	return total
}

func (t *Table) giveWay(width []float32, total, room float32) float32 {
	for total > room {
		spare := -1
		for i, c := range t.Columns {
			if c.Spare > 0 && width[i] > 0 && (spare < 0 || c.Spare > t.Columns[spare].Spare) {
				spare = i
			}
		}
		if spare < 0 {
			break
		}
		total -= width[spare]
		width[spare] = 0
	}
	return total
}

func (t *Table) total() float32 {
	x, w := t.places(t.Size().Width)
	if len(x) == 0 {
		return 0
	}
	return x[len(x)-1] + w[len(w)-1] + t.gutter()
}

// Room is the width that columns can fill.
func (t *Table) Room() float32 { return t.Size().Width - t.gutter() }

// gutter is the room that a scroll bar takes at the right of the columns.
func (t *Table) gutter() float32 {
	if t.lowest() > 0 {
		return scrollBarWidth
	}
	return 0
}

func (t *Table) bodyHeight() float32 { return fyne.Max(0, t.Size().Height-t.HeadHeight()) }

// groupLine is the height of the line of groups over the labels.
const groupLine = 18

// HeadHeight is the height of the head, greater where columns have groups.
func (t *Table) HeadHeight() float32 {
	if slices.ContainsFunc(t.Columns, func(c Column) bool { return c.Group != "" }) {
		return theme.TableHead + groupLine
	}
	return theme.TableHead
}

func (t *Table) lowest() float64 {
	return math.Max(0, float64(t.Rows)*float64(t.RowHeight)-float64(t.bodyHeight()))
}

// scrollTo shows the rows from an offset in pixels on.
func (t *Table) scrollTo(top float64, left float32) {
	top = math.Max(0, math.Min(top, t.lowest()))
	left = fyne.Max(0, fyne.Min(left, t.total()-t.Size().Width))
	if top != t.top || left != t.left {
		t.top, t.left = top, left
		t.place()
	}
}

// Reveal scrolls just so far that the row at a place is on screen.
func (t *Table) Reveal(place int) {
	h := float64(t.RowHeight)
	y := float64(place) * h
	switch {
	case y < t.top:
		t.scrollTo(y, t.left)
	case y+h > t.top+float64(t.bodyHeight()):
		t.scrollTo(y+h-float64(t.bodyHeight()), t.left)
	}
}

// Scrolled implements fyne.Scrollable.
func (t *Table) Scrolled(e *fyne.ScrollEvent) {
	hideTip(t)
	t.scrollTo(t.top-float64(e.Scrolled.DY), t.left-e.Scrolled.DX)
}

// place moves the rows, the head and the scroll bar to where they belong.
func (t *Table) place() {
	if t.face != nil {
		t.face.Layout(t.Size())
	}
	if t.moved != nil {
		t.moved()
	}
}

// tableFace renders a table: a head, and a body that clips its rows.
type tableFace struct {
	t    *Table
	back *canvas.Rectangle
	ring *canvas.Rectangle
	rows []*tableRow
	body *fyne.Container
	clip *container.Clip
	all  []fyne.CanvasObject
	size fyne.Size
}

// CreateRenderer implements fyne.Widget.
func (t *Table) CreateRenderer() fyne.WidgetRenderer {
	f := &tableFace{t: t, back: &canvas.Rectangle{}, ring: &canvas.Rectangle{}, body: container.NewWithoutLayout()}
	f.clip = container.NewClip(f.body)
	f.all = []fyne.CanvasObject{f.back, f.clip, t.head, t.bar, t.across, f.ring}
	t.face = f
	f.paint()
	return f
}

func (f *tableFace) Objects() []fyne.CanvasObject { return f.all }
func (f *tableFace) Destroy()                     {}
func (f *tableFace) MinSize() fyne.Size {
	return fyne.NewSize(80, f.t.HeadHeight()+f.t.RowHeight)
}

func (f *tableFace) paint() {
	f.back.FillColor = ink(theme.Panel)
	f.ring.StrokeColor, f.ring.FillColor = ink(theme.Accent), ink(theme.Clear)
	f.ring.StrokeWidth = 1
	f.ring.Hidden = !f.t.focused || f.t.clicked
}

// Refresh fills every visible row from new.
func (f *tableFace) Refresh() {
	f.paint()
	for _, r := range f.rows {
		r.row = -1
	}
	f.t.head.Refresh()
	f.Layout(f.t.Size())
	canvas.Refresh(f.t)
}

func (f *tableFace) Layout(s fyne.Size) {
	t := f.t
	if s != f.size {
		f.size = s
		t.top = math.Min(t.top, t.lowest())
		t.left = fyne.Max(0, fyne.Min(t.left, t.total()-s.Width))
	}
	f.back.Resize(s)
	f.ring.Resize(s)
	top := t.HeadHeight()
	t.head.Resize(fyne.NewSize(s.Width, top))
	t.head.place()
	f.clip.Move(fyne.NewPos(0, top))
	f.clip.Resize(fyne.NewSize(s.Width, t.bodyHeight()))
	f.body.Resize(f.clip.Size())
	t.bar.Move(fyne.NewPos(s.Width-scrollBarWidth, top))
	t.bar.Resize(fyne.NewSize(scrollBarWidth, t.bodyHeight()))
	t.bar.Refresh()
	t.across.Move(fyne.NewPos(0, s.Height-scrollBarWidth))
	t.across.Resize(fyne.NewSize(s.Width-scrollBarWidth, scrollBarWidth))
	t.across.Refresh()
	f.fill(s)
}

// fill gives each visible place a row of objects. A place keeps its objects
// while it stays on screen, so that scrolling touches only the rows that
// come in.
func (f *tableFace) fill(s fyne.Size) {
	t := f.t
	if s.Width <= 0 || s.Height <= 0 {
		return
	}
	need := int(t.bodyHeight()/t.RowHeight) + 2
	for len(f.rows) < need {
		r := newTableRow(t)
		f.rows = append(f.rows, r)
		f.body.Objects = append(f.body.Objects, r)
	}
	first := int(t.top / float64(t.RowHeight))
	x, width := t.places(s.Width)
	for i := range len(f.rows) {
		place := first + i
		r := f.rows[place%len(f.rows)]
		if i >= need || place >= t.Rows {
			r.Hide()
			continue
		}
		r.Show()
		r.Move(fyne.NewPos(-t.left, float32(float64(place)*float64(t.RowHeight)-t.top)))
		r.Resize(fyne.NewSize(fyne.Max(s.Width+t.left, t.total()), t.RowHeight))
		r.fill(place, x, width)
	}
}
