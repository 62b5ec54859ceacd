package part

import (
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"witnessmark/views/theme"
)

// Selected returns the keys of the selected rows in the order shown.
func (t *Table) Selected() []string {
	var out []string
	if len(t.selected) == 0 {
		return nil
	}
	for _, row := range t.order {
		if k := t.key(row); t.selected[k] {
			out = append(out, k)
		}
	}
	return out
}

// SetSelected selects rows by their keys, without calling back.
func (t *Table) SetSelected(keys []string) {
	if len(keys) == len(t.selected) && !slices.ContainsFunc(keys, func(k string) bool { return !t.selected[k] }) {
		return
	}
	t.selected = map[string]bool{}
	for _, k := range keys {
		t.selected[k] = true
	}
	t.repaint()
}

// repaint shows the selection on the rows on screen.
func (t *Table) repaint() {
	if t.face == nil {
		return
	}
	for _, r := range t.face.rows {
		if r.Visible() && r.place < t.Rows {
			r.paint(r.place)
		}
	}
}

func (t *Table) announce() {
	t.repaint()
	if t.OnSelect != nil {
		t.OnSelect(t.Selected())
	}
}

// pick selects the row at a place: alone, or with Ctrl added to or taken from
// the selection, or with Shift all from the anchor on.
func (t *Table) pick(place int, with fyne.KeyModifier) {
	if place < 0 || place >= t.Rows {
		return
	}
	key := t.key(t.order[place])
	switch {
	case with&fyne.KeyModifierShift != 0 && t.anchor >= 0 && !t.Single:
		t.selected = map[string]bool{}
		for i := min(t.anchor, place); i <= max(t.anchor, place) && i < t.Rows; i++ {
			t.selected[t.key(t.order[i])] = true
		}
	case with&fyne.KeyModifierShortcutDefault != 0 && !t.Single:
		if t.selected[key] {
			delete(t.selected, key)
		} else {
			t.selected[key] = true
		}
		t.anchor = place
	default:
		t.selected, t.anchor = map[string]bool{key: true}, place
	}
	t.cursor = place
	t.announce()
}

// SelectAll selects every row.
func (t *Table) SelectAll() {
	if t.Single {
		return
	}
	for _, row := range t.order {
		t.selected[t.key(row)] = true
	}
	t.announce()
}

// at returns the place under a position, −1 for none.
func (t *Table) at(p fyne.Position) int {
	top := t.HeadHeight()
	if p.Y < top {
		return -1
	}
	place := int((float64(p.Y-top) + t.top) / float64(t.RowHeight))
	if place >= t.Rows {
		return -1
	}
	return place
}

func (t *Table) columnAt(at float32) int {
	x, width := t.places(t.Size().Width)
	for i := range x {
		if at+t.left < x[i]+width[i] {
			return i
		}
	}
	return -1
}

// MouseDown implements desktop.Mouseable. Selecting here, not when tapped,
// spares the wait for a possible second tap.
func (t *Table) MouseDown(e *desktop.MouseEvent) {
	hideTip(t)
	if c := canvasOf(t); c != nil {
		t.clicked = true
		c.Focus(t)
	}
	place := t.at(e.Position)
	t.twice = place >= 0 && place == t.pressed && e.Modifier == 0
	t.pressed = place
	if place < 0 {
		return
	}
	row := t.order[place]
	if e.Button == desktop.MouseButtonSecondary {
		if !t.selected[t.key(row)] {
			t.pick(place, 0)
		}
		return
	}
	if i := t.columnAt(e.Position.X); i >= 0 && t.OnCell != nil && t.OnCell(row, t.Columns[i].ID) {
		return
	}
	t.pick(place, e.Modifier)
}

// MouseUp implements desktop.Mouseable.
func (t *Table) MouseUp(*desktop.MouseEvent) {}

// Tapped implements fyne.Tappable, so that a press does not fall through.
func (t *Table) Tapped(*fyne.PointEvent) {}

// TappedSecondary implements fyne.SecondaryTappable.
func (t *Table) TappedSecondary(e *fyne.PointEvent) {
	if place := t.at(e.Position); place >= 0 && t.OnMenu != nil {
		t.OnMenu(t.order[place], e.AbsolutePosition)
	}
}

// DoubleTapped implements fyne.DoubleTappable. Two quick presses on
// different rows are no double click.
func (t *Table) DoubleTapped(e *fyne.PointEvent) {
	if place := t.at(e.Position); place >= 0 && t.twice && t.OnOpen != nil {
		t.OnOpen(t.order[place])
	}
}

// MouseIn implements desktop.Hoverable.
func (t *Table) MouseIn(e *desktop.MouseEvent) { t.MouseMoved(e) }

// MouseMoved implements desktop.Hoverable.
func (t *Table) MouseMoved(e *desktop.MouseEvent) {
	t.hover(t.at(e.Position))
	at := [2]int{t.hovered, t.columnAt(e.Position.X)}
	if at == t.tipped {
		return
	}
	t.tipped = at
	hideTip(t)
	if at[0] >= 0 && at[1] >= 0 {
		showTip(t, t.tip(at[0], at[1]), e.AbsolutePosition)
	}
}

// tip returns what a cell's tooltip says: its own, or the text that is cut.
func (t *Table) tip(place, column int) string {
	cell := t.Columns[column].Cell(t.order[place])
	if cell.Tip != "" {
		return cell.Tip
	}
	_, width := t.places(t.Size().Width)
	room := width[column] - 2*cellPad
	if cell.Marker != "" || cell.Icon != "" {
		room -= 16
	}
	if text := OneLine(cell.Text); cell.Span == nil && Elide(text, room, theme.TextSize, cell.Bold) != text {
		return text
	}
	return ""
}

// MouseOut implements desktop.Hoverable.
func (t *Table) MouseOut() {
	t.hover(-1)
	t.tipped = [2]int{-1, -1}
	hideTip(t)
}

func (t *Table) hover(place int) {
	if place == t.hovered {
		return
	}
	t.hovered = place
	t.repaint()
	if t.OnHover != nil {
		row := -1
		if place >= 0 {
			row = t.order[place]
		}
		t.OnHover(row)
	}
}

// FocusGained implements fyne.Focusable.
func (t *Table) FocusGained() { t.setFocus(true) }

// FocusLost implements fyne.Focusable.
func (t *Table) FocusLost() { t.clicked = false; t.setFocus(false) }

func (t *Table) setFocus(on bool) {
	t.focused, t.shifted = on, false
	if t.face != nil {
		t.face.paint()
		t.face.ring.Refresh()
	}
}

// KeyDown implements desktop.Keyable: TypedKey does not tell of Shift.
func (t *Table) KeyDown(e *fyne.KeyEvent) { t.shift(e, true) }

// KeyUp implements desktop.Keyable.
func (t *Table) KeyUp(e *fyne.KeyEvent) { t.shift(e, false) }

func (t *Table) shift(e *fyne.KeyEvent, down bool) {
	if e.Name == desktop.KeyShiftLeft || e.Name == desktop.KeyShiftRight {
		t.shifted = down
	}
}

// TypedRune implements fyne.Focusable.
func (t *Table) TypedRune(r rune) {
	switch {
	case r == 'j':
		t.step(1)
	case r == 'k':
		t.step(-1)
	case r == 'x' && t.OnToggle != nil:
		t.toggle()
	case r != ' ':
		passRune(t, r)
	}
}

// TypedKey implements fyne.Focusable.
func (t *Table) TypedKey(e *fyne.KeyEvent) {
	page := max(1, int(t.bodyHeight()/t.RowHeight)-1)
	steps := map[fyne.KeyName]int{fyne.KeyUp: -1, fyne.KeyDown: 1, fyne.KeyPageUp: -page, fyne.KeyPageDown: page,
		fyne.KeyHome: -t.Rows, fyne.KeyEnd: t.Rows}
	switch n, ok := steps[e.Name]; {
	case ok:
		t.step(n)
	case e.Name == fyne.KeySpace && t.OnToggle != nil:
		t.toggle()
	case (e.Name == fyne.KeyReturn || e.Name == fyne.KeyEnter) && t.cursor >= 0 && t.cursor < t.Rows && t.OnOpen != nil:
		t.OnOpen(t.order[t.cursor])
	case e.Name == fyne.KeyLeft || e.Name == fyne.KeyRight:
		t.scrollTo(t.top, t.left+map[fyne.KeyName]float32{fyne.KeyLeft: -60, fyne.KeyRight: 60}[e.Name])
	default:
		passKey(t, e)
	}
}

// step moves the selection by n rows.
func (t *Table) step(n int) {
	if t.Rows == 0 {
		return
	}
	to := max(0, min(t.Rows-1, t.cursor+n))
	if t.cursor < 0 && n < 0 {
		to = 0
	}
	with := fyne.KeyModifier(0)
	if t.shifted {
		with = fyne.KeyModifierShift
	}
	t.pick(to, with)
	t.Reveal(to)
}

func (t *Table) toggle() {
	var rows []int
	for _, row := range t.order {
		if t.selected[t.key(row)] {
			rows = append(rows, row)
		}
	}
	if len(rows) > 0 {
		t.OnToggle(rows)
	}
}

// TypedShortcut implements fyne.Shortcutable.
func (t *Table) TypedShortcut(s fyne.Shortcut) {
	switch s := s.(type) {
	case *fyne.ShortcutSelectAll:
		t.SelectAll()
	case *fyne.ShortcutCopy:
		s.Clipboard.SetContent(t.TSV())
	default:
		passShortcut(t, s)
	}
}

// TSV returns the selected rows, or all where none is, as a table to paste:
// a line of labels, then the rows with their whole texts, tabs between cells.
func (t *Table) TSV() string { return t.tsv(len(t.selected) == 0) }

// AllTSV is TSV of all rows, for tables where a selected row only says what is
// shown elsewhere.
func (t *Table) AllTSV() string { return t.tsv(true) }

func (t *Table) tsv(all bool) string {
	var b strings.Builder
	line := func(cell func(Column) string) {
		sep := ""
		for _, c := range t.Columns {
			if c.Label != "" {
				b.WriteString(sep + OneLine(cell(c)))
				sep = "\t"
			}
		}
		b.WriteByte('\n')
	}
	line(func(c Column) string { return c.Label })
	for _, row := range t.order {
		if all || t.selected[t.key(row)] {
			line(func(c Column) string { return c.Cell(row).Text })
		}
	}
	return b.String()
}
