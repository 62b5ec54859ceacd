package views_test

import (
	"math"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"witnessmark/data/contrast"
	"witnessmark/data/query"
	"witnessmark/data/store"
	"witnessmark/views/desk"
	"witnessmark/views/part"
	"witnessmark/views/viewtest"
)

// atContrasts opens the small study at the pane of contrasts.
func atContrasts(t *testing.T, w *viewtest.Window) {
	t.Helper()
	w.Do("view.conditions")
	w.Settle()
	w.Press("Contrasts")
}

// kept returns the contrasts in the study's file.
func kept(t *testing.T, w *viewtest.Window) []store.Contrast {
	t.Helper()
	s, err := store.OpenReadOnly(w.Path)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	all, err := s.Contrasts(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return all
}

// looked returns the ledger in the study's file.
func looked(t *testing.T, w *viewtest.Window) contrast.Registry {
	t.Helper()
	s, err := store.OpenReadOnly(w.Path)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	r, err := s.Registry(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// fill types into the n-th entry of the form that is open.
func fill(w *viewtest.Window, placeholder, text string) {
	for _, e := range viewtest.All[*part.Entry](w) {
		if e.PlaceHolder == placeholder {
			e.SetText(text)
		}
	}
}

func TestAContrastIsSetUpShownAndDeleted(t *testing.T) {
	w := viewtest.Open(t)
	atContrasts(t, w)
	w.Want("No contrast is set up.")
	w.Press("New contrast…")
	w.Want("Set up contrast")
	fill(w, "none", "many")
	w.Press("Set up contrast")
	w.Want("The margin is a number of points")
	fill(w, "none", "60")
	w.Press("Confirmatory")
	w.Press("Set up contrast")
	w.WantNot("Set up contrast")
	w.Want("inoculation against neutral, hack")
	w.Want("equivalent within ±60")
	w.Want("confirmatory")
	if all := kept(t, w); len(all) != 1 || math.Abs(all[0].Margin-0.6) > 1e-9 || !all[0].Confirmatory || all[0].B != "neutral" {
		t.Fatalf("kept %+v", all)
	}
	table := viewtest.Find[*part.Table](w)
	w.Click(table, 0, 0)
	w.Want("Copy sentence")
	w.Press("Delete")
	w.Want("No contrast is set up.")
	w.Want("Deleted “inoculation against neutral, hack”")
	w.Press("Restore")
	w.Want("equivalent within ±60")
	if all := kept(t, w); len(all) != 1 {
		t.Errorf("restored %+v", all)
	}
}

func TestAContrastRestoresItsComparison(t *testing.T) {
	w := viewtest.Open(t)
	s := openKept(t, w)
	keep(t, s, store.Contrast{Name: "H1", A: "negative inoculation", B: "inoculation", Metric: "hack", PairedBy: "none", Margin: math.NaN()})
	atContrasts(t, w)
	w.Click(viewtest.Find[*part.Table](w), 0, 0)
	st := w.Desk().State()
	if st.Baseline != "inoculation" || st.Measure != "hack" || st.Pair != query.PairNone || !st.IsSelected("negative inoculation") {
		t.Errorf("the state is %+v", st)
	}
	w.Want("Exploratory, set up as “H1”")
	w.Do("undo")
	w.Settle()
	if b := w.Desk().State().Baseline; b != "" {
		t.Errorf("undo leaves the baseline %q", b)
	}
}

func TestTheInspectorSetsUpWhatItShows(t *testing.T) {
	w := viewtest.Open(t)
	w.Do("view.conditions")
	w.Settle()
	w.Click(viewtest.Find[*part.Table](w), 2, 0)
	w.Press("Set up as contrast…")
	w.Want("negative inoculation against neutral, hack")
	fill(w, "What is expected, and why", "Falls")
	w.Press("Set up contrast")
	if all := kept(t, w); len(all) != 1 || all[0].A != "negative inoculation" || all[0].Hypothesis != "Falls" || all[0].Confirmatory {
		t.Fatalf("kept %+v", all)
	}
	w.Want("Exploratory, set up as")
	w.Press("Show contrast")
	w.Want("New contrast…")
	w.Press("Edit…")
	w.Press("Confirmatory")
	fill(w, "Name", "H1")
	w.Press("Save contrast")
	if all := kept(t, w); len(all) != 1 || all[0].Name != "H1" || !all[0].Confirmatory || all[0].Hypothesis != "Falls" {
		t.Errorf("kept %+v", all)
	}
	w.Press("New contrast…")
	fill(w, "Name", "H1")
	w.Press("Set up contrast")
	w.Want("There is a contrast named “H1” already")
	w.Press("Cancel")
	w.Press("Without each seed")
	w.Want("Without it")
	w.Key(fyne.KeyEscape)
}

// openKept opens the study a second time, as another program would.
func openKept(t *testing.T, w *viewtest.Window) *store.Store {
	t.Helper()
	s, err := store.Open(w.Path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	return s
}

func keep(t *testing.T, s *store.Store, c store.Contrast) {
	t.Helper()
	if err := s.SaveContrast(t.Context(), c); err != nil {
		t.Fatal(err)
	}
}

func TestContrastsSayWhyTheyCannotBeComputed(t *testing.T) {
	w := viewtest.Open(t)
	s := openKept(t, w)
	keep(t, s, store.Contrast{Name: "gone", A: "clean data", B: "neutral", Metric: "hack", Margin: math.NaN()})
	keep(t, s, store.Contrast{Name: "there", A: "inoculation", B: "neutral", Metric: "hack", Margin: math.NaN()})
	atContrasts(t, w)
	w.Want("not estimable")
	w.Want("the study")
	w.Filter("condition:inoculation")
	w.Press("Contrasts")
	table := viewtest.Find[*part.Table](w)
	for row := range table.Rows {
		if text := table.Text(row, "diff"); text != "not estimable" {
			t.Errorf("row %d shows %q though its baseline is filtered away", row, text)
		}
	}
}

func TestWhatIsLookedAtIsCountedOnce(t *testing.T) {
	w := viewtest.Open(t)
	w.Do("view.conditions")
	w.Settle()
	if n := looked(t, w).Looked; n != 0 {
		t.Errorf("%d comparisons are counted before anyone could read them", n)
	}
	w.Queue.Advance(2 * time.Second)
	w.Settle()
	if n := looked(t, w).Looked; n != 2 {
		t.Errorf("two comparisons on screen count %d", n)
	}
	revision := w.Status()
	w.Desk().Do(desk.Select("inoculation"))
	w.Settle()
	w.Queue.Advance(2 * time.Second)
	w.Settle()
	if r := looked(t, w); r.Looked != 2 || r.Seen[0].Times != 1 {
		t.Errorf("selecting a row counts again: %+v", r)
	}
	w.Want("comparisons looked at")
	w.Filter("seed<8")
	w.Do("view.runs")
	w.Settle()
	w.Queue.Advance(2 * time.Second)
	w.Settle()
	if n := looked(t, w).Looked; n != 2 {
		t.Errorf("what was passed by counts: %d", n)
	}
	if !strings.Contains(revision, "revision 1") || !strings.Contains(w.Status(), "revision 1") {
		t.Errorf("looking changes the revision: %q, then %q", revision, w.Status())
	}
}

func TestConfirmatoryAfterLookingIsSaid(t *testing.T) {
	w := viewtest.Open(t)
	w.Do("view.conditions")
	w.Settle()
	w.Queue.Advance(2 * time.Second)
	w.Settle()
	w.Press("Contrasts")
	w.Want("2 comparisons looked at, 0 confirmatory")
	w.Press("New contrast…")
	w.Want("Its numbers were looked at once already")
	w.Press("Cancel")
	w.WantNot("Set up contrast")
}

func TestThePowerPaneSaysWhatWouldHelp(t *testing.T) {
	w := viewtest.Open(t)
	w.Do("view.conditions")
	w.Settle()
	w.Press("Power")
	w.Want("80\u00a0% power needs a change")
	w.Want("To see 5 points you need")
	w.Filter("seed:1")
	w.Want("Not estimable, because")
	w.Press("Clear")
	w.Desk().Do(desk.SetBaseline("nobody"))
	w.Settle()
	w.Filter("-condition:neutral")
	w.Want("Choose a baseline")
}

func TestChipsOpenTheirNumbers(t *testing.T) {
	w := viewtest.Open(t)
	w.Do("view.conditions")
	w.Settle()
	w.Press("Not adjusted, m = 2")
	w.Want("Holm keeps the chance")
	w.Want("Smallest p")
	w.Press("All notes")
	w.Want("What to know before reading this")
	w.Key(fyne.KeyEscape)
}

func TestAStudyOnlyReadSaysSo(t *testing.T) {
	w := viewtest.OpenWith(t, viewtest.Study(t), store.OpenReadOnly)
	atContrasts(t, w)
	w.Want("opened only to be read")
	w.Press("New contrast…")
	w.Want("save a copy")
	w.Queue.Advance(2 * time.Second)
	w.Settle()
	if n := looked(t, w).Looked; n != 0 {
		t.Errorf("a study that is only read has noted %d", n)
	}
}

func TestAStudyDeletedWhileOpenDoesNotStopReading(t *testing.T) {
	w := viewtest.Open(t)
	if err := os.RemoveAll(filepath.Dir(w.Path)); err != nil {
		t.Skip(err) // open files cannot be deleted everywhere
	}
	atContrasts(t, w)
	w.Queue.Advance(2 * time.Second)
	w.Settle()
	w.Press("Power")
	w.Press("Estimates")
	w.Want("30 of 30 runs")
}

func TestAnEmptyStudyHasNoContrasts(t *testing.T) {
	path := filepath.Join(t.TempDir(), "empty.study")
	s, err := store.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	w := viewtest.OpenWith(t, path, store.Open)
	w.Do("view.conditions")
	w.Settle()
	w.Want("This study has no results yet")
}
