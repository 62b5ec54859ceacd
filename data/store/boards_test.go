package store_test

import (
	"fmt"
	"strings"
	"testing"

	"witnessmark/data/store"
)

// pinned makes a board with figures of the given titles.
func pinned(t *testing.T, s *store.Store, titles ...string) (board int64, ids []int64) {
	t.Helper()
	board = get[int64](t)(s.AddBoard(t.Context(), store.Board{Name: "Thursday"}))
	for _, title := range titles {
		f := store.Figure{Board: board, Recipe: "dots", State: []byte(`{"view":"conditions"}`), Title: title, Revision: 3, Numbers: "n-" + title}
		ids = append(ids, get[int64](t)(s.AddFigure(t.Context(), f, -1, []byte("chart of "+title))))
	}
	return board, ids
}

// order is the titles on a board.
func order(t *testing.T, s *store.Store, board int64) string {
	t.Helper()
	var out []string
	for _, f := range get[[]store.Figure](t)(s.Figures(t.Context(), board)) {
		out = append(out, f.Title)
	}
	return strings.Join(out, " ")
}

func TestFiguresKeepTheirOrder(t *testing.T) {
	s := create(t)
	board, ids := pinned(t, s, "a", "b", "c", "d")
	for _, step := range []struct {
		id    int64
		place int
		want  string
	}{{ids[3], 0, "d a b c"}, {ids[3], 2, "a b d c"}, {ids[0], 99, "b d c a"}, {ids[1], 1, "d b c a"}, {ids[1], 1, "d b c a"}} {
		ok(t, s.MoveFigure(t.Context(), step.id, step.place))
		if got := order(t, s, board); got != step.want {
			t.Errorf("the board is %s, want %s", got, step.want)
		}
	}
	ok(t, s.RemoveFigure(t.Context(), ids[1]))
	ok(t, s.RemoveFigure(t.Context(), ids[1]))
	if got := order(t, s, board); got != "d c a" {
		t.Errorf("after one was removed the board is %s", got)
	}
	if err := s.MoveFigure(t.Context(), ids[1], 0); !store.IsKind(err, store.Missing) || !strings.Contains(err.Error(), "may have been removed") {
		t.Errorf("moving what is gone: %v", err)
	}
	if n := set(t, s).Revision; n != 0 {
		t.Errorf("a board made revision %d, so all answers would be asked again", n)
	}
}

// TestWhatWasRemovedComesBack under its own ID and at its place, so that it
// can be undone.
func TestWhatWasRemovedComesBack(t *testing.T) {
	s := create(t)
	board, ids := pinned(t, s, "a", "b", "c")
	f := get[[]store.Figure](t)(s.Figures(t.Context(), board))[1]
	ok(t, s.RemoveFigure(t.Context(), f.ID))
	id := get[int64](t)(s.AddFigure(t.Context(), f, 1, []byte("chart of b")))
	if got := order(t, s, board); id != ids[1] || got != "a b c" {
		t.Errorf("figure %d came back, the board is %s", id, got)
	}
	kept := get[[]store.Board](t)(s.Boards(t.Context()))[0]
	ok(t, s.DeleteBoard(t.Context(), board))
	if all := get[[]store.Figure](t)(s.Figures(t.Context(), board)); len(all) != 0 {
		t.Errorf("a deleted board has %d figures", len(all))
	}
	if id := get[int64](t)(s.AddBoard(t.Context(), kept)); id != board {
		t.Errorf("the board came back as %d, not %d", id, board)
	}
}

func TestFiguresSayAndShowWhatTheyWereGiven(t *testing.T) {
	s := create(t)
	_, ids := pinned(t, s, "a")
	if got := get[[]byte](t)(s.Shown(t.Context(), ids[0])); string(got) != "chart of a" {
		t.Errorf("the figure shows %q", got)
	}
	f := get[[]store.Figure](t)(s.Figures(t.Context(), 1))[0]
	f.Title, f.Caption, f.Revision, f.Numbers = "My own", "Words", 4, "other"
	ok(t, s.ChangeFigure(t.Context(), f, nil))
	back := get[[]store.Figure](t)(s.Figures(t.Context(), 1))[0]
	if fmt.Sprintf("%+v", back) != fmt.Sprintf("%+v", f) {
		t.Errorf("kept %+v, want %+v", back, f)
	}
	if got := get[[]byte](t)(s.Shown(t.Context(), ids[0])); string(got) != "chart of a" {
		t.Errorf("a new title changed the picture to %q", got)
	}
	ok(t, s.ChangeFigure(t.Context(), f, []byte("new chart")))
	if got := get[[]byte](t)(s.Shown(t.Context(), ids[0])); string(got) != "new chart" {
		t.Errorf("the figure shows %q", got)
	}
}

func TestBoardsRefuseWhatCannotBe(t *testing.T) {
	s := create(t)
	board, ids := pinned(t, s, "a")
	other := get[int64](t)(s.AddBoard(t.Context(), store.Board{Name: "Other"}))
	_, taken := s.AddBoard(t.Context(), store.Board{Name: "Thursday"})
	_, homeless := s.AddFigure(t.Context(), store.Figure{Board: 99, Recipe: "dots", State: []byte(`{}`)}, 0, nil)
	_, broken := s.AddFigure(t.Context(), store.Figure{Board: board, Recipe: "dots", State: []byte(`{`)}, 0, nil)
	_, gone := s.Shown(t.Context(), ids[0]+9)
	for name, c := range map[string]struct {
		err  error
		kind store.Kind
		says string
	}{
		"taken name":   {taken, store.Invalid, "there is a board called Thursday"},
		"rename":       {s.RenameBoard(t.Context(), other, "Thursday"), store.Invalid, "choose another name"},
		"no name":      {s.RenameBoard(t.Context(), other, " "), store.Invalid, "needs a name"},
		"no board":     {homeless, store.Missing, "no such board"},
		"broken state": {broken, store.Invalid, "needs a kind of chart and a state"},
		"no figure":    {gone, store.Missing, "may have been removed"},
		"change":       {s.ChangeFigure(t.Context(), store.Figure{ID: 99, Recipe: "dots", State: []byte(`{}`)}, nil), store.Missing, "no figure 99"},
		"same name":    {s.RenameBoard(t.Context(), board, "Thursday"), "", ""},
	} {
		if c.kind == "" && c.err != nil || c.kind != "" && (!store.IsKind(c.err, c.kind) || !strings.Contains(c.err.Error(), c.says)) {
			t.Errorf("%s: %v", name, c.err)
		}
	}
	s.Close()
	r := get[*store.Store](t)(store.OpenReadOnly(s.Path()))
	defer r.Close()
	if err := r.MoveFigure(t.Context(), ids[0], 0); !store.IsKind(err, store.ReadOnly) {
		t.Errorf("moving in a study opened to read: %v", err)
	}
	if got := order(t, r, board); got != "a" {
		t.Errorf("reading it: %s", got)
	}
}
