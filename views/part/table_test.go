package part_test

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"

	"witnessmark/data/query"
	"witnessmark/views/part"
	"witnessmark/views/theme"
)

// runs returns a table of n runs on screen: a name, and a rate that every
// third run lacks.
func runs(t testing.TB, n int) *part.Table {
	t.Helper()
	app := test.NewTempApp(t)
	app.Settings().SetTheme(theme.Theme{Mode: theme.Light})
	name := func(row int) string { return fmt.Sprintf("neu-%d", row) }
	rate := func(row int) float64 {
		if row%3 == 2 {
			return math.NaN()
		}
		return float64((row * 7) % 10)
	}
	table := part.NewTable(
		part.Column{ID: "name", Label: "Name", Width: 120, Grow: true, Cell: func(row int) part.Cell { return part.Cell{Text: name(row)} }},
		part.Column{ID: "rate", Label: "Rate", Width: 80, Right: true, Num: rate, Cell: func(row int) part.Cell {
			if v := rate(row); v == v {
				return part.Cell{Text: fmt.Sprint(v)}
			}
			return part.Cell{Text: "not reported", Color: theme.Muted}
		}},
	)
	table.Key = name
	table.SetRows(n)
	w := test.NewTempWindow(t, table)
	w.Resize(fyne.NewSize(400, 400))
	return table
}

func names(table *part.Table, n int) string {
	var out []string
	for i := range min(n, table.Shown()) {
		out = append(out, table.Text(i, "name"))
	}
	return strings.Join(out, " ")
}

// press presses the mouse on a row, as counted on screen.
func press(table *part.Table, row int, with fyne.KeyModifier) {
	at := fyne.NewPos(50, theme.TableHead+float32(row)*table.RowHeight+5)
	table.MouseDown(&desktop.MouseEvent{PointEvent: fyne.PointEvent{Position: at}, Button: desktop.MouseButtonPrimary, Modifier: with})
}

func TestMillionRowsNeedNoMoreCellsThanFit(t *testing.T) {
	few, many := runs(t, 100), runs(t, 1_000_000)
	if few.Objects() != many.Objects() || many.Objects() > 60 {
		t.Errorf("made %d cells for 100 rows and %d for 1 000 000, want equally few", few.Objects(), many.Objects())
	}
	many.TypedKey(&fyne.KeyEvent{Name: fyne.KeyEnd})
	if got := many.Selected(); len(got) != 1 || got[0] != "neu-999999" {
		t.Errorf("End selected %v, want the last row", got)
	}
	for range 200 {
		many.Scrolled(&fyne.ScrollEvent{Scrolled: fyne.Delta{DY: 40}})
	}
	if few.Objects() != many.Objects() {
		t.Errorf("scrolling made cells: %d", many.Objects())
	}
}

func TestHeadSortsUpDownAndNotAtAll(t *testing.T) {
	table := runs(t, 12)
	head := func(x float32, with fyne.KeyModifier) {
		h := test.WidgetRenderer(table).Objects()[2].(interface {
			fyne.Tappable
			desktop.Mouseable
		})
		at := fyne.PointEvent{Position: fyne.NewPos(x, 10)}
		h.MouseDown(&desktop.MouseEvent{PointEvent: at, Modifier: with})
		h.Tapped(&at)
	}
	head(350, 0)
	if got := names(table, 4); got != "neu-0 neu-10 neu-3 neu-6" {
		t.Errorf("ascending by rate: %s", got)
	}
	head(350, 0)
	if got := names(table, 3); got != "neu-7 neu-4 neu-1" {
		t.Errorf("descending by rate: %s", got)
	}
	for i := 8; i < 12; i++ {
		if got := table.Text(i, "rate"); got != "not reported" {
			t.Errorf("place %d of a descending sort has %q, want what is missing to be last", i, got)
		}
	}
	head(350, 0)
	if got := names(table, 3); got != "neu-0 neu-1 neu-2" {
		t.Errorf("unsorted: %s", got)
	}
	head(350, 0)
	head(50, fyne.KeyModifierShift)
	if got := table.Sorts(); len(got) != 2 || got[1].Field != "name" {
		t.Errorf("Shift made the sort %v, want a second key", got)
	}
}

func TestNamesSortByTheNumbersInThem(t *testing.T) {
	table := runs(t, 12)
	table.Sort(query.Order{Field: "name", Descending: true})
	if got := names(table, 3); got != "neu-11 neu-10 neu-9" {
		t.Errorf("descending by name: %s", got)
	}
}

func TestSelecting(t *testing.T) {
	table := runs(t, 100)
	var told []string
	table.OnSelect = func(keys []string) { told = keys }
	want := func(what, keys string) {
		t.Helper()
		if got := strings.Join(told, " "); got != keys {
			t.Errorf("%s selected %q, want %q", what, got, keys)
		}
	}
	press(table, 2, 0)
	want("a click", "neu-2")
	press(table, 4, fyne.KeyModifierShift)
	want("shift", "neu-2 neu-3 neu-4")
	press(table, 3, fyne.KeyModifierShortcutDefault)
	want("ctrl", "neu-2 neu-4")
	press(table, 0, 0)
	want("another click", "neu-0")
	table.TypedKey(&fyne.KeyEvent{Name: fyne.KeyDown})
	want("down", "neu-1")
	table.KeyDown(&fyne.KeyEvent{Name: desktop.KeyShiftLeft})
	table.TypedKey(&fyne.KeyEvent{Name: fyne.KeyDown})
	table.KeyUp(&fyne.KeyEvent{Name: desktop.KeyShiftLeft})
	want("shift and down", "neu-1 neu-2")
	table.TypedRune('j')
	want("j", "neu-3")
	table.TypedKey(&fyne.KeyEvent{Name: fyne.KeyHome})
	want("home", "neu-0")
	table.TypedShortcut(&fyne.ShortcutSelectAll{})
	if len(told) != 100 {
		t.Errorf("Ctrl+A selected %d rows, want 100", len(told))
	}
}

func TestSelectionSurvivesSortingAndNewAnswers(t *testing.T) {
	table := runs(t, 10)
	press(table, 2, 0)
	table.Sort(query.Order{Field: "name", Descending: true})
	table.SetRows(8)
	if got := table.Selected(); len(got) != 1 || got[0] != "neu-2" {
		t.Errorf("selected %v, want neu-2", got)
	}
}

func TestCopyGivesWholeTextsWithTabs(t *testing.T) {
	table := runs(t, 10)
	press(table, 1, 0)
	press(table, 2, fyne.KeyModifierShift)
	clip := fyne.CurrentApp().Clipboard()
	table.TypedShortcut(&fyne.ShortcutCopy{Clipboard: clip})
	if got, want := clip.Content(), "Name\tRate\nneu-1\t7\nneu-2\tnot reported\n"; got != want {
		t.Errorf("copied %q, want %q", got, want)
	}
}

func TestSpaceTogglesAndEnterOpens(t *testing.T) {
	table := runs(t, 10)
	var toggled []int
	opened := -1
	table.OnToggle = func(rows []int) { toggled = rows }
	table.OnOpen = func(row int) { opened = row }
	press(table, 3, 0)
	table.TypedKey(&fyne.KeyEvent{Name: fyne.KeySpace})
	table.TypedKey(&fyne.KeyEvent{Name: fyne.KeyReturn})
	if len(toggled) != 1 || toggled[0] != 3 || opened != 3 {
		t.Errorf("toggled %v and opened %d, want row 3", toggled, opened)
	}
}

func TestKeysTheTableHasNoUseForReachTheWindow(t *testing.T) {
	table := runs(t, 3)
	c := fyne.CurrentApp().Driver().CanvasForObject(table)
	var key fyne.KeyName
	var letter rune
	c.SetOnTypedKey(func(e *fyne.KeyEvent) { key = e.Name })
	c.SetOnTypedRune(func(r rune) { letter = r })
	table.TypedKey(&fyne.KeyEvent{Name: fyne.KeyF5})
	table.TypedRune('?')
	if key != fyne.KeyF5 || letter != '?' {
		t.Errorf("the window saw %q and %q, want F5 and ?", key, letter)
	}
}

func TestNatural(t *testing.T) {
	sorted := []string{"", "a", "a1", "a02", "a2b", "a10", "b"}
	for i, a := range sorted {
		for j, b := range sorted {
			if got := part.Natural(a, b); (got < 0) != (i < j) || (got > 0) != (i > j) {
				t.Errorf("Natural(%q, %q) = %d", a, b, got)
			}
		}
	}
}

func TestElideKeepsWhatFits(t *testing.T) {
	test.NewTempApp(t)
	const s = "negative inoculation, rephrased"
	for width := float32(20); width < 300; width += 7 {
		got := part.Elide(s, width, 13, false)
		if w := fyne.MeasureText(got, 13, fyne.TextStyle{}).Width; w > width+1 {
			t.Errorf("Elide to %v gave %q, which is %v wide", width, got, w)
		}
		if got != s && !strings.HasSuffix(got, "…") {
			t.Errorf("Elide to %v cut without saying so: %q", width, got)
		}
	}
}

func BenchmarkScroll(b *testing.B) {
	table := runs(b, 100_000)
	for b.Loop() {
		table.Scrolled(&fyne.ScrollEvent{Scrolled: fyne.Delta{DY: -75}})
	}
}

func BenchmarkSort(b *testing.B) {
	table := runs(b, 100_000)
	down := false
	for b.Loop() {
		down = !down
		table.Sort(query.Order{Field: "rate", Descending: down})
	}
}

// The scroll bar stands beside the last column, not on it.
func TestScrollBarHidesNoNumber(t *testing.T) {
	table := runs(t, 3)
	alone := table.Room()
	table.SetRows(300)
	if room := table.Room(); room > alone-8 {
		t.Errorf("columns take %v without a scroll bar, and %v beside one", alone, room)
	}
}
