package part_test

import (
	"errors"
	"fmt"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"

	"witnessmark/views/part"
)

// numbers is a table of rows with a name and two numbers that can be edited.
func numbers(t *testing.T, rows int) (*part.CellTable, map[string]string, fyne.Window) {
	t.Helper()
	test.NewTempApp(t)
	got := map[string]string{}
	cell := func(row int, column string) string {
		if v, ok := got[fmt.Sprint(row, column)]; ok {
			return v
		}
		return fmt.Sprint(row)
	}
	c := part.NewCellTable()
	var columns []part.Column
	for _, id := range []string{"name", "a", "b"} {
		columns = append(columns, part.Column{ID: id, Label: id, Width: 80, Fixed: true, Cell: func(row int) part.Cell { return part.Cell{Text: cell(row, id)} }})
	}
	c.Text = func(row int, column string) (string, bool) { return cell(row, column), column != "name" }
	c.OnEdit = func(row int, column, text string) error {
		if text == "bad" {
			return errors.New("no")
		}
		got[fmt.Sprint(row, column)] = text
		return nil
	}
	w := test.NewTempWindow(t, c)
	w.Resize(fyne.NewSize(300, 200))
	c.Table.Set(rows, columns, nil)
	return c, got, w
}

func pressCell(c *part.CellTable, row int, x float32) {
	c.Table.MouseDown(&desktop.MouseEvent{PointEvent: fyne.PointEvent{Position: fyne.NewPos(x, 26+float32(row)*c.Table.RowHeight+5)}, Button: desktop.MouseButtonPrimary})
}

func key(w fyne.Window, name fyne.KeyName) {
	w.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: name})
}

func TestCellsAreEditedDownAndAcross(t *testing.T) {
	c, got, w := numbers(t, 3)
	pressCell(c, 0, 120) // column a
	test.Type(w.Canvas().Focused(), "x")
	key(w, fyne.KeyReturn)
	test.Type(w.Canvas().Focused(), "y")
	key(w, fyne.KeyTab)
	test.Type(w.Canvas().Focused(), "z")
	key(w, fyne.KeyTab) // the last column: the table has the focus again
	if got["0a"] != "x" || got["1a"] != "y" || got["1b"] != "z" || c.Editing() {
		t.Errorf("typed %v, still editing %v", got, c.Editing())
	}
	if w.Canvas().Focused() != fyne.Focusable(c.Table) {
		t.Error("the focus is lost")
	}
}

func TestWhatIsRefusedStaysOpenAndEscapeLeavesTheCell(t *testing.T) {
	c, got, w := numbers(t, 3)
	pressCell(c, 0, 120)
	test.Type(w.Canvas().Focused(), "bad")
	key(w, fyne.KeyReturn)
	if !c.Editing() {
		t.Error("the cell was closed")
	}
	key(w, fyne.KeyEscape)
	pressCell(c, 1, 120)
	test.Type(w.Canvas().Focused(), "bad")
	pressCell(c, 2, 20) // elsewhere: what cannot be taken is left as it was
	if len(got) != 0 || c.Editing() {
		t.Errorf("typed %v, still editing %v", got, c.Editing())
	}
}

func TestAnOpenCellGoesAwayWithItsRow(t *testing.T) {
	c, _, _ := numbers(t, 100)
	c.Edit(0, "a")
	c.Table.Scrolled(&fyne.ScrollEvent{Scrolled: fyne.NewDelta(0, -2000)})
	if c.Editing() {
		t.Error("the entry stays where its row has gone")
	}
	c.Edit(80, "b")
	if !c.Editing() {
		t.Error("a cell out of sight was not scrolled to and opened")
	}
}
