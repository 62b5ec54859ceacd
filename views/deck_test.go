package views_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"witnessmark/charts"
	"witnessmark/views/part"
	"witnessmark/views/viewtest"
)

func TestTheCaptionSaysTheNumbersOrOnesOwnWords(t *testing.T) {
	w := withFigures(t)
	viewtest.Find[*part.Cards](w).OnSelect(0)
	w.Settle()
	w.Press("Copy")
	text := w.App.Clipboard().Content()
	for _, want := range []string{"mean of 10 seeds", "Neutral ", "negative inoculation 0.0\u00a0%", "Difference from neutral (percentage points): inoculation "} {
		if !strings.Contains(text, want) {
			t.Errorf("the caption lacks %q: %s", want, text)
		}
	}
	w.Press("Keep numbers in step with the data")
	w.Want("Caption, in your own words")
	var entry *part.Entry
	for _, e := range viewtest.All[*part.Entry](w) {
		if e.MultiLine {
			entry = e
		}
	}
	if entry == nil {
		t.Fatal("the caption cannot be written")
	}
	entry.SetText("My words, 12 of 30.")
	w.Settle()
	w.Do("view.runs")
	w.Do("view.figures")
	w.Settle()
	viewtest.Find[*part.Cards](w).OnSelect(0)
	w.Settle()
	w.Press("Copy")
	if got := w.App.Clipboard().Content(); !strings.HasSuffix(got, "My words, 12 of 30.") {
		t.Errorf("the caption is %q", got)
	}
	w.Press("Keep numbers in step with the data")
	w.Press("Copy")
	if got := w.App.Clipboard().Content(); got != text {
		t.Errorf("in step again, the caption is %q", got)
	}
}

// stage sends a key to what fills the screen, letters as a keyboard does.
func stage(w *viewtest.Window, key fyne.KeyName) {
	f := w.Fyne.Canvas().Focused()
	f.TypedKey(&fyne.KeyEvent{Name: key})
	if len(key) == 1 {
		w.Fyne.Canvas().Focused().TypedRune([]rune(strings.ToLower(string(key)))[0])
	}
	w.Settle()
}

func TestABoardIsPresentedAndFilteredLive(t *testing.T) {
	w := withFigures(t)
	w.Do("present")
	w.Settle()
	w.Want("1 of 2")
	stage(w, fyne.KeyRight)
	w.Want("2 of 2")
	stage(w, fyne.KeyRight)
	w.Want("2 of 2")
	stage(w, fyne.KeyHome)
	w.Want("1 of 2")
	stage(w, fyne.KeyF)
	entry, ok := w.Fyne.Canvas().Focused().(*part.Entry)
	if !ok || entry.Text != "" {
		t.Fatalf("F does not open an empty filter, but %v", w.Fyne.Canvas().Focused())
	}
	entry.SetText("seed<3 condition:")
	w.Settle()
	w.WantNot("Only where")
	entry.SetText("seed<3")
	w.Settle()
	w.Want("Only where seed < 3; what is pinned stays as it is")
	stage(w, fyne.KeyEscape)
	w.WantNot("Only where")
	w.Want("1 of 2")
	stage(w, fyne.KeyRight)
	stage(w, fyne.KeyEscape)
	w.WantNot("1 of 2")
	w.Want("Figure 2")
	figures, err := other(t, w.Path).Figures(t.Context(), 1)
	if err != nil || strings.Contains(string(figures[0].State), "seed") {
		t.Errorf("the live filter was kept: %s %v", figures[0].State, err)
	}
}

func TestExportAllWritesNumberedFilesThatOpenAgain(t *testing.T) {
	w := withFigures(t)
	dir := t.TempDir()
	w.Picks = [][]string{{dir}}
	w.Press("Export all…")
	w.Want("Exported 2 figures to " + dir)
	entries, err := os.ReadDir(dir)
	if err != nil || len(entries) != 2 || !strings.HasPrefix(entries[0].Name(), "01-hack-") || !strings.HasPrefix(entries[1].Name(), "02-hack-takes-off-in-5-5-and-0-of-10-seeds") {
		t.Fatalf("the folder has %v %v", entries, err)
	}
	file, err := os.ReadFile(filepath.Join(dir, entries[1].Name()))
	if _, ok := charts.ReadRecipe(file); err != nil || !ok {
		t.Errorf("the file carries no view: %v", err)
	}
	w.Drop([]string{filepath.Join(dir, entries[1].Name())})
	w.Settle()
	if s := w.Desk().State(); s.View != "checkpoints" {
		t.Errorf("dropping it opens %q", s.View)
	}
}
