package views_test

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"witnessmark/data/formats"
	"witnessmark/data/store"
	"witnessmark/views"
	"witnessmark/views/desk"
	"witnessmark/views/part"
	"witnessmark/views/viewtest"
)

// withFigures opens the small study with the dots of hack and the lines of it
// pinned, and shows the board.
func withFigures(t *testing.T) *viewtest.Window {
	t.Helper()
	w := viewtest.Open(t)
	for _, view := range []string{"view.conditions", "view.checkpoints"} {
		w.Do(view)
		w.Settle()
		w.Do("pin")
		w.Settle()
	}
	w.Do("view.figures")
	w.Settle()
	return w
}

func cards(w *viewtest.Window) []*part.FigureCard { return viewtest.Find[*part.Cards](w).Cards() }

// titles are the titles on the board, in order.
func titles(w *viewtest.Window) string {
	var out []string
	for _, c := range cards(w) {
		out = append(out, c.Title())
	}
	return strings.Join(out, " | ")
}

// other opens the study a second time, as another window does.
func other(t *testing.T, path string) *store.Store {
	t.Helper()
	s, err := store.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s
}

// importMore imports a further table into the study.
func importMore(t *testing.T, s *store.Store, table string) {
	t.Helper()
	path := filepath.Join(t.TempDir(), "more.csv")
	if err := os.WriteFile(path, []byte(table), 0o644); err != nil {
		t.Fatal(err)
	}
	files, _ := formats.Walk([]string{path})
	format, err := formats.Detect(files[0])
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.Import(t.Context(), files[0], format, formats.Mapping{}, nil); err != nil {
		t.Fatal(err)
	}
}

func TestAnEmptyBoardSaysHowItIsFilled(t *testing.T) {
	w := viewtest.Open(t)
	w.Do("view.figures")
	w.Settle()
	w.Want("Pin a chart to collect figures for a meeting")
	w.Press("Open Conditions")
	if s := w.Desk().State(); s.View != "conditions" {
		t.Errorf("the button opens %q", s.View)
	}
}

func TestPinnedChartsStandOnTheBoardInOrder(t *testing.T) {
	w := viewtest.Open(t)
	w.Do("view.conditions")
	w.Settle()
	w.Do("pin")
	w.Settle()
	w.Want("Pinned to Meeting board")
	w.Do("view.checkpoints")
	w.Settle()
	w.Do("pin")
	w.Settle()
	w.Do("view.figures")
	w.Settle()
	if got := titles(w); !strings.Contains(got, "lower under negative inoculation") || !strings.HasSuffix(got, " | Hack takes off in 5, 5 and 0 of 10 seeds; the mean describes no single run") {
		t.Errorf("the board shows %s", got)
	}
	for _, c := range cards(w) {
		if c.Box.Drawing().Image == nil || c.Chip() != "" {
			t.Errorf("%s was not drawn, or is marked %q", c.Title(), c.Chip())
		}
	}
	if got := w.View().(views.Reporting).Report(); got != "2 figures" {
		t.Errorf("the status bar says %s", got)
	}
}

func TestOnlyWhatIsOnScreenIsPinned(t *testing.T) {
	w := viewtest.Open(t)
	w.Do("view.checkpoints")
	w.Settle()
	w.Filter("seed>99")
	w.Want("No run passes this filter")
	if w.Do("pin") || w.Do("present") {
		t.Error("a chart that is not on screen was pinned or presented")
	}
	w.Do("view.runs")
	w.Settle()
	if w.Do("pin") {
		t.Error("a view without a chart was pinned")
	}
}

func TestPinsAreUndone(t *testing.T) {
	w := viewtest.Open(t)
	w.Do("view.conditions")
	w.Settle()
	w.Do("pin")
	w.Settle()
	w.Press("Undo")
	w.Do("view.figures")
	w.Settle()
	w.Want("Pin a chart to collect figures")
	w.Do("undo") // the view
	w.Do("redo")
	w.Settle()
	w.Want("Pin a chart to collect figures")
	if boards, err := other(t, w.Path).Boards(t.Context()); err != nil || len(boards) != 0 {
		t.Errorf("the board that was made for the pin is still there: %+v %v", boards, err)
	}
}

func TestOpeningAFigureShowsItsViewAsItWas(t *testing.T) {
	w := viewtest.Open(t)
	w.Do("view.conditions")
	w.Filter("seed<4")
	w.Do("pin")
	w.Settle()
	w.Do("clear")
	w.Do("view.figures")
	w.Settle()
	viewtest.Find[*part.Cards](w).OnSelect(0)
	w.Settle()
	w.Want("seed < 4") // in the provenance
	w.Press("Open in Conditions")
	if s := w.Desk().State(); s.View != "conditions" || s.Where.String() != "seed<4" {
		t.Errorf("the figure opened %+v", s)
	}
}

func TestFiguresAreMovedRenamedAndRemovedAndComeBack(t *testing.T) {
	w := withFigures(t)
	board := viewtest.Find[*part.Cards](w)
	before := titles(w)
	first, second, _ := strings.Cut(before, " | ")
	board.OnMove(0, 1)
	w.Settle()
	if got := titles(w); got != second+" | "+first {
		t.Errorf("moved: %s", got)
	}
	board.OnRemove(0)
	w.Settle()
	if got := titles(w); got != first {
		t.Errorf("removed: %s", got)
	}
	w.Want("Removed figure 1")
	w.Press("Undo")
	w.Do("undo")
	w.Settle()
	if got := titles(w); got != before {
		t.Errorf("taken back: %s, want %s", got, before)
	}
	for w.Desk().Redoable() != "" {
		w.Do("redo")
		w.Settle()
	}
	if got := titles(w); got != first {
		t.Errorf("done again: %s", got)
	}
}

func TestATitleOfOnesOwnStays(t *testing.T) {
	w := withFigures(t)
	proposed, _, _ := strings.Cut(titles(w), " | ")
	viewtest.Find[*part.Cards](w).OnSelect(0)
	w.Settle()
	w.Want("Title, proposed by the numbers")
	rename := func(to string) {
		w.Press("Rename…")
		entry := w.Fyne.Canvas().Focused().(*part.Entry)
		entry.SetText(to)
		w.Press("Rename")
	}
	rename("Only discouraging works")
	w.Want("Title, in your own words")
	if got, _, _ := strings.Cut(titles(w), " | "); got != "Only discouraging works" {
		t.Errorf("the title is %q", got)
	}
	rename("")
	if got, _, _ := strings.Cut(titles(w), " | "); got != proposed {
		t.Errorf("without words of one's own the title is %q, want %q", got, proposed)
	}
}

// TestStaleMeansThatNumbersChanged imports twice: what the figures do not
// show leaves them as they are.
func TestStaleMeansThatNumbersChanged(t *testing.T) {
	w := withFigures(t)
	s := other(t, w.Path)
	importMore(t, s, "condition,seed,step,other_count,n\nneutral,0,1,3,20\n")
	w.Reload()
	w.Settle()
	w.WantNot("Stale")
	before := titles(w)
	var table strings.Builder
	table.WriteString("condition,seed,status,step,hack_count,n\n")
	for seed := 10; seed < 40; seed++ {
		fmt.Fprintf(&table, "negative inoculation,%d,complete,39,20,20\n", seed)
	}
	importMore(t, s, table.String())
	w.Reload()
	w.Settle()
	w.Want("Stale: data changed")
	w.Want("Refresh 2 stale")
	if got := titles(w); got != before {
		t.Errorf("a stale figure shows %s, and showed %s", got, before)
	}
	w.Press("Refresh 2 stale")
	w.WantNot("Stale")
	if got := titles(w); got == before {
		t.Errorf("refreshed figures still show %s", got)
	}
	w.Do("undo")
	w.Settle()
	w.Want("Refresh 2 stale")
	if got := titles(w); got != before {
		t.Errorf("after undo they show %s", got)
	}
}

func TestFiguresThatCannotBeDrawnSayWhy(t *testing.T) {
	w := withFigures(t)
	s := other(t, w.Path)
	boards, err := s.Boards(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	good, err := s.Figures(t.Context(), boards[0].ID)
	if err != nil {
		t.Fatal(err)
	}
	shown, err := s.Shown(t.Context(), good[0].ID)
	if err != nil {
		t.Fatal(err)
	}
	gone, err := json.Marshal(desk.State{View: "conditions", Measure: "gone", By: []string{"condition"}})
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		recipe string
		state  string
		shown  []byte
	}{{"dots", string(gone), shown}, {"dots", `[1]`, shown}, {"nothing", string(good[0].State), shown}, {"dots", `"x"`, nil}, {"dots", `{"where":"((("}`, []byte("{broken")}} {
		f := store.Figure{Board: boards[0].ID, Recipe: c.recipe, State: []byte(c.state), Revision: 1, Numbers: "n"}
		if _, err := s.AddFigure(t.Context(), f, -1, c.shown); err != nil {
			t.Fatal(err)
		}
	}
	w.Do("view.runs")
	w.Do("view.figures")
	w.Settle()
	board := viewtest.Find[*part.Cards](w)
	for i, c := range cards(w)[2:] {
		if c.Chip() != "Cannot be drawn anymore" || c.Title() == "" {
			t.Errorf("figure %d, %q, is marked %q", i+3, c.Title(), c.Chip())
		}
		board.OnSelect(i + 2)
		w.Settle()
		board.OnOpen(i + 2)
		w.Settle()
		if view := w.Desk().State().View; view == "conditions" {
			w.Do("undo")
			w.Settle()
		}
	}
	board.OnSelect(2)
	w.Settle()
	w.Want(`no measure "gone" in this study`)
	if got := cards(w)[2].Title(); !strings.Contains(got, "lower under negative inoculation") {
		t.Errorf("the figure whose measure is gone shows %q, not what it showed", got)
	}
	w.Do("present")
	w.Settle()
	w.Want("3 of 7")
	w.Want("it cannot be drawn anymore")
}

func TestAStudyToReadSaysWhyItsBoardsStay(t *testing.T) {
	w := withFigures(t)
	path := w.Path
	r := viewtest.Empty(t)
	r.ReadOnly = true
	r.Window.Open(path)
	r.Settle()
	r.Do("view.figures")
	r.Settle()
	before := titles(r)
	board := viewtest.Find[*part.Cards](r)
	for name, do := range map[string]func(){"move": func() { board.OnMove(0, 1) }, "remove": func() { board.OnRemove(0) }} {
		do()
		r.Settle()
		r.Want("opened to read only")
		if got := titles(r); got != before {
			t.Errorf("%s changed the board to %s", name, got)
		}
	}
	r.Do("view.conditions")
	r.Settle()
	r.Do("pin")
	r.Settle()
	r.Want("opened to read only")
}

func TestTwoWindowsShareABoard(t *testing.T) {
	w := withFigures(t)
	s := other(t, w.Path)
	figures, err := s.Figures(t.Context(), 1)
	if err != nil {
		t.Fatal(err)
	}
	if err := s.RemoveFigure(t.Context(), figures[0].ID); err != nil {
		t.Fatal(err)
	}
	viewtest.Find[*part.Cards](w).OnMove(0, 1)
	w.Settle()
	w.Want("the study has no figure")
	w.Fyne.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeyEscape})
	w.Settle()
	if n := len(cards(w)); n != 1 {
		t.Errorf("the board shows %d figures, want the one that is left", n)
	}
}

// TestManyFiguresAreDrawnAsTheyAreSeen: a long board starts no more than a
// little work at once, and draws nothing that is out of sight.
func TestManyFiguresAreDrawnAsTheyAreSeen(t *testing.T) {
	w := withFigures(t)
	s := other(t, w.Path)
	figures, err := s.Figures(t.Context(), 1)
	if err != nil {
		t.Fatal(err)
	}
	for range 38 {
		f := figures[0]
		f.ID = 0
		if _, err := s.AddFigure(t.Context(), f, -1, nil); err != nil {
			t.Fatal(err)
		}
	}
	w.Do("view.runs")
	w.Settle()
	w.Do("view.figures")
	for range 200 {
		if n := w.Queue.Pending(); n > 6 {
			t.Fatalf("%d pieces of work are waiting at once", n)
		}
		if w.Queue.Pending() == 0 {
			break
		}
		w.Queue.Finish(0)
	}
	w.Settle()
	drawn := 0
	for _, c := range cards(w) {
		if c.Box.Drawing().Image != nil {
			drawn++
		}
	}
	if drawn < 6 || drawn > 12 {
		t.Errorf("%d of %d figures were drawn, want those on screen", drawn, len(cards(w)))
	}
	viewtest.Find[*part.Cards](w).Reveal(39)
	w.Settle()
	if cards(w)[39].Box.Drawing().Image == nil {
		t.Error("the last figure was scrolled to and not drawn")
	}
}

// board does something of the menu beside the boards.
func board(w *viewtest.Window, item string) {
	for _, b := range viewtest.All[*part.Button](w) {
		if b.Tip == "New, rename or delete board" {
			b.OnTapped()
		}
	}
	w.Press(item)
}

func TestBoardsAreMadeChosenAndDeleted(t *testing.T) {
	w := withFigures(t)
	before := titles(w)
	board(w, "New board…")
	w.TypeFocused("Thursday")
	w.Press("Make board")
	w.Want("Pin a chart to collect figures")
	w.Do("view.conditions")
	w.Settle()
	w.Do("pin")
	w.Settle()
	w.Want("Pinned to Thursday")
	w.Do("view.figures")
	w.Settle()
	board(w, "Rename board…")
	w.Fyne.Canvas().Focused().(*part.Entry).SetText("Meeting board")
	w.Press("Rename")
	w.Want("There is a board called")
	w.Fyne.Canvas().Focused().TypedKey(&fyne.KeyEvent{Name: fyne.KeyEscape})
	w.Settle()
	board(w, "Delete board")
	w.Want("Deleted board Thursday with 1 figure")
	if got := titles(w); got != before {
		t.Errorf("the other board shows %s", got)
	}
	w.Press("Undo")
	if n := len(cards(w)); n != 1 {
		t.Errorf("the deleted board came back with %d figures", n)
	}
}
