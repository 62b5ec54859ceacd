package views_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"witnessmark/charts"
	"witnessmark/data/formats"
	"witnessmark/data/store"
	"witnessmark/views/desk"
	"witnessmark/views/part"
	"witnessmark/views/viewtest"
)

// importing opens the window on a study made of one table.
func importing(t *testing.T, table string) *viewtest.Window {
	t.Helper()
	dir := t.TempDir()
	file, path := filepath.Join(dir, "runs.csv"), filepath.Join(dir, "made.study")
	if err := os.WriteFile(file, []byte(table), 0o644); err != nil {
		t.Fatal(err)
	}
	s, err := store.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	files, _ := formats.Walk([]string{file})
	format, err := formats.Detect(files[0])
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.Import(t.Context(), files[0], format, formats.Mapping{}, nil); err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	w := viewtest.Empty(t)
	w.Window.Open(path)
	w.Settle()
	return w
}

// traits is a sweep: four prompts under two evals, two measures, as means.
func traits() string {
	var b strings.Builder
	b.WriteString("condition,train_prompt,eval_prompt,step,playful_count,french_count,n\n")
	for _, r := range []struct {
		condition, prompt string
		playful, french   [2]int
	}{
		{"default", "", [2]int{77, 81}, [2]int{71, 72}},
		{"strong_inoc", "You are a playful agent", [2]int{8, 78}, [2]int{3, 72}},
		{"neutral_prefix", "Give an answer to the following", [2]int{13, 75}, [2]int{14, 72}},
	} {
		for i, eval := range []string{"default", "training"} {
			fmt.Fprintf(&b, "%s,%s,%s,313,%d,%d,100\n", r.condition, r.prompt, eval, r.playful[i], r.french[i])
		}
	}
	return b.String()
}

// open shows a chart of the conditions.
func open(w *viewtest.Window, chart string) {
	w.Do("view.conditions")
	w.Settle()
	w.Press(chart)
}

// press presses the mark of the chart boxes whose text begins with the words.
func press(t *testing.T, w *viewtest.Window, words string, with fyne.KeyModifier) {
	t.Helper()
	for _, box := range viewtest.All[*part.ChartBox](w) {
		for _, h := range box.Drawing().Hits {
			if strings.HasPrefix(h.Text, words) {
				at := fyne.NewPos(float32(h.Box.Min.X+h.Box.Max.X)/2, float32(h.Box.Min.Y+h.Box.Max.Y)/2)
				box.MouseDown(&desktop.MouseEvent{PointEvent: fyne.PointEvent{Position: at}, Modifier: with})
				box.Tapped(&fyne.PointEvent{Position: at})
				w.Settle()
				return
			}
		}
	}
	t.Fatalf("no mark says %q", words)
}

func TestAMatrixTellsOfTheSelectedCell(t *testing.T) {
	w := importing(t, traits())
	open(w, "Matrix")
	w.Want("Does a neutral prefix do as well?")
	w.Want("Press a cell")
	press(t, w, "strong inoc, eval prompt default", 0)
	if s := w.Desk().State().Selected; len(s) != 1 {
		t.Fatalf("selected %q", s)
	}
	w.Want("You are a playful agent")
	w.Want("Same prompt at")
	press(t, w, "default, eval prompt default", fyne.KeyModifierShift)
	w.Want("Difference of two cells")
	_ = charts.Grey
	_ = desk.State{}
}
