package views_test

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"witnessmark/data/store"
	"witnessmark/views"
	"witnessmark/views/part"
	"witnessmark/views/viewtest"
)

// openRegistry opens the registry of a window.
func openRegistry(t *testing.T, w *viewtest.Window) {
	t.Helper()
	w.Do("view.predictions")
	w.Settle()
	w.Press("Registry")
}

// writeIn writes into the entry that shows a placeholder.
func writeIn(t *testing.T, w *viewtest.Window, placeholder, text string) {
	t.Helper()
	for _, e := range viewtest.All[*part.Entry](w) {
		if e.PlaceHolder == placeholder {
			e.SetText(text)
			w.Settle()
			return
		}
	}
	t.Fatalf("no entry says %q", placeholder)
}

// statePrediction makes a prediction of the form, in percent.
func statePrediction(t *testing.T, w *viewtest.Window, who, condition, step, point string) {
	t.Helper()
	w.Press("New prediction…")
	writeIn(t, w, "who predicts", who)
	writeIn(t, w, "a condition here, or one not yet run", condition)
	writeIn(t, w, "such as 118", step)
	writeIn(t, w, "what you predict", point)
	w.Press("Save prediction")
}

func lockAll(t *testing.T, w *viewtest.Window, author string) {
	t.Helper()
	w.Press("Lock all open…")
	writeIn(t, w, "your name", author)
	n := ""
	for _, b := range viewtest.All[*part.Button](w) {
		if strings.HasPrefix(b.Text, "Lock ") && strings.Contains(b.Text, "prediction") {
			n = b.Text
		}
	}
	w.Press(n)
}

// importFurther imports results of later steps, ten seeds a condition.
func importFurther(t *testing.T, w *viewtest.Window, step, neutral, inoculation int) {
	t.Helper()
	dir := t.TempDir()
	var b strings.Builder
	b.WriteString("condition,seed,status,step,hack_count,n\n")
	for seed := range 10 {
		for at := step - 9; at <= step; at++ { // as many as a rate of a curve is pooled over
			fmt.Fprintf(&b, "neutral,%d,complete,%d,%d,20\n", seed, at, neutral+seed%2)
			fmt.Fprintf(&b, "inoculation,%d,complete,%d,%d,20\n", seed, at, inoculation)
		}
	}
	write(t, dir, "later.csv", b.String())
	w.Drop([]string{filepath.Join(dir, "later.csv")})
	w.Settle()
	w.Press("Import 1 file")
	w.Do("view.predictions")
	w.Settle()
}

func keptTable(t *testing.T, w *viewtest.Window) [][]string {
	t.Helper()
	return rows(t, w.View().(views.Copying).Table())
}

func TestAPredictionLockedBeforeItsDataIsProspectiveAndOneAfterIsNot(t *testing.T) {
	w := viewtest.Open(t)
	openRegistry(t, w)
	w.Want("No predictions yet")
	w.Want("predicted_hack_lo")
	statePrediction(t, w, "anna", "neutral", "50", "60")
	w.Want("not locked")
	lockAll(t, w, "anna")
	w.Want("no data yet")
	w.Want("nothing was observed at its step")
	w.Queue.Advance(time.Hour)
	importFurther(t, w, 50, 10, 4)
	w.Queue.Advance(time.Hour)
	statePrediction(t, w, "bert", "inoculation", "50", "20")
	lockAll(t, w, "bert")
	table := keptTable(t, w)
	if got := cell(t, table, 1, "Standing"); got != "before the data" {
		t.Errorf("anna's prediction stands as %q, want before the data", got)
	}
	if got := cell(t, table, 2, "Standing"); got != "retrospective" {
		t.Errorf("bert's prediction stands as %q, want retrospective", got)
	}
	if locked := cell(t, table, 1, "Locked"); !strings.HasPrefix(locked, "anna, 2026-11-21, ") || len(locked) != len("anna, 2026-11-21, ")+8 {
		t.Errorf("the lock is shown as %q", locked)
	}
	if got := cell(t, table, 1, "Error"); got == "none" || cell(t, table, 1, "Log") == "none" {
		t.Errorf("anna's error is %q", got)
	}
	for _, words := range []string{"Grand mean", "Persistence", "Noise ceiling"} {
		w.Want(words)
	}
}

// Locked predictions can neither be edited nor deleted; open ones can.
func TestPredictionsChangeUntilTheyAreLocked(t *testing.T) {
	w := viewtest.Open(t)
	openRegistry(t, w)
	statePrediction(t, w, "anna", "neutral", "39", "30")
	pickPrediction(w, 0)
	w.Press("Edit…")
	writeIn(t, w, "what you predict", "45")
	w.Press("Save changes")
	if got := cell(t, keptTable(t, w), 1, "Predicted"); got != "45 %" {
		t.Errorf("after the edit it predicts %q", got)
	}
	statePrediction(t, w, "anna", "inoculation", "39", "10")
	pickPrediction(w, 1)
	w.Press("Delete…")
	w.Press("Delete 1 prediction")
	if n := len(keptTable(t, w)); n != 2 {
		t.Fatalf("%d lines, want a head and one prediction", n)
	}
	lockAll(t, w, "anna")
	pickPrediction(w, 0)
	for _, b := range viewtest.All[*part.Button](w) {
		if slices.Contains([]string{"Edit…", "Delete…", "Lock…"}, b.Text) && !b.Disabled() {
			t.Errorf("%q can be pressed on a locked prediction", b.Text)
		}
	}
}

// pickPrediction selects a row of the list of predictions.
func pickPrediction(w *viewtest.Window, row int) {
	list := viewtest.All[*part.Table](w)[0]
	list.MouseDown(&desktop.MouseEvent{PointEvent: fyne.PointEvent{Position: fyne.NewPos(40, list.HeadHeight()+float32(row)*list.RowHeight+5)}, Button: desktop.MouseButtonPrimary})
	w.Settle()
}

func TestTheFormSaysWhatIsWrongInPlace(t *testing.T) {
	w := viewtest.Open(t)
	openRegistry(t, w)
	w.Press("New prediction…")
	writeIn(t, w, "who predicts", "anna")
	writeIn(t, w, "what you predict", "140")
	w.Want("140 is out of range; write a percentage from 0 to 100")
	writeIn(t, w, "what you predict", "40")
	w.WantNot("out of range")
	w.Press("Save prediction")
	w.Want("Name the condition or the run")
	writeIn(t, w, "a condition here, or one not yet run", "forbidding")
	w.Press("Distribution")
	w.Want("Sum 0 % of 100 %")
	w.Press("Interval")
	writeIn(t, w, "lower end", "50")
	writeIn(t, w, "upper end", "20")
	w.Press("Save prediction")
	w.Want("The interval ends before it begins")
	writeIn(t, w, "lower end", "10")
	writeIn(t, w, "upper end", "60")
	w.Press("Save prediction")
	w.Want("names a run or condition that is not here")
}

// Two people, one of whom is sure: 0 and 1 are scored, and counted.
func TestForecastersStandBesideEachOtherAndSurenessIsCounted(t *testing.T) {
	w := viewtest.Open(t)
	openRegistry(t, w)
	for _, s := range [][3]string{{"anna", "neutral", "45"}, {"anna", "inoculation", "40"}, {"bert", "neutral", "100"}, {"bert", "negative inoculation", "0"}} {
		statePrediction(t, w, s[0], s[1], "39", s[2])
	}
	totals := viewtest.All[*part.Table](w)[1]
	table := rows(t, totals.AllTSV())
	if cell(t, table, 1, "Forecaster") != "Anna" || cell(t, table, 2, "Forecaster") != "Bert" {
		t.Fatalf("forecasters %v", table)
	}
	if a, b := cell(t, table, 1, "0 or 1"), cell(t, table, 2, "0 or 1"); a != "0" || b != "2" {
		t.Errorf("%s and %s predictions of 0 or 1, want 0 and 2", a, b)
	}
	if cell(t, table, 2, "Kind") != "expert" || cell(t, table, 3, "Kind") != "rival" {
		t.Errorf("kinds %v", table)
	}
}

func TestTheModelsPredictionsAreKeptAndLocked(t *testing.T) {
	w := viewtest.Open(t)
	w.Do("view.predictions")
	w.Settle()
	w.Press("Lock…")
	writeIn(t, w, "names, with commas between them", "forbidding")
	writeIn(t, w, "some of the second half, and the last", "39, soon")
	w.Press("Add and lock…")
	w.Want("is no step")
	writeIn(t, w, "some of the second half, and the last", "39")
	w.Press("Add and lock…")
	writeIn(t, w, "your name", "dora")
	var verb string
	for _, b := range viewtest.All[*part.Button](w) {
		if b.Primary && strings.HasPrefix(b.Text, "Lock ") {
			verb = b.Text
		}
	}
	w.Press(verb)
	table := keptTable(t, w)
	if !strings.HasPrefix(cell(t, table, 1, "Forecaster"), "Five patterns, fitted v1") || cell(t, table, 1, "Standing") != "retrospective" {
		t.Errorf("the model's predictions are %v", table[1])
	}
	ahead := slices.IndexFunc(table, func(r []string) bool { return slices.Contains(r, "forbidding") })
	if ahead < 0 || cell(t, table, ahead, "Standing") != "no data yet" {
		t.Errorf("the condition not yet run is missing: %v", table)
	}
}

func TestPredictionsCanBeStatedBeforeThereAreResults(t *testing.T) {
	w := viewtest.Empty(t)
	path := filepath.Join(t.TempDir(), "empty.study")
	s, err := store.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	w.Window.Open(path)
	w.Settle()
	w.Do("view.predictions")
	w.Settle()
	w.Press("Registry")
	w.Press("New prediction…")
	writeIn(t, w, "who predicts", "anna")
	writeIn(t, w, "a condition here, or one not yet run", "neutral")
	writeIn(t, w, "what is counted, such as hack", "hack")
	writeIn(t, w, "what you predict", "40")
	w.Press("Save prediction")
	w.Want("the study has no counts of hack")
}

func TestScoresListForecastersAndSurprises(t *testing.T) {
	w := viewtest.Open(t)
	w.Do("view.predictions")
	w.Settle()
	w.Press("By forecaster")
	for _, words := range []string{"Grand mean", "Persistence", "Cal.", "Noise ceiling"} {
		w.Want(words)
	}
	w.Press("Over steps")
	if !isDrawn(w, "forecast") || isDrawn(w, "calibration") {
		t.Error("the curve over steps does not stand in the place of the calibration")
	}
	w.Do("undo")
	w.Settle()
	if !isDrawn(w, "calibration") {
		t.Error("undo does not bring the calibration back")
	}
	w.Press("Surprises")
	w.Want("The model forecasts nothing here")
}

// isDrawn tells whether a chart of that kind is on screen.
func isDrawn(w *viewtest.Window, id string) bool {
	return slices.ContainsFunc(viewtest.All[*part.ChartBox](w), func(b *part.ChartBox) bool { return b.Spec().ID == id })
}

// Where a filter leaves nothing to predict, clearing it is what is offered.
func TestAFilterThatLeavesNothingToPredictCanBeCleared(t *testing.T) {
	w := viewtest.Open(t)
	w.Do("view.predictions")
	w.Settle()
	w.Filter("condition:nobody")
	w.Want("No run passes this filter")
	w.Press("Clear the filter")
	w.Want("30 of 30 runs")
	w.WantNot("No run passes this filter")
}

func TestArmsOfContrastsCanBeChosen(t *testing.T) {
	w := viewtest.Open(t)
	w.Do("view.predictions")
	w.Settle()
	w.Want("no irrelevant prefix")
	w.Press("Arms…")
	for _, s := range viewtest.All[*part.Select](w) {
		if slices.Contains(s.Options, "negative inoculation") && s.Value == "not run" {
			s.OnPick("negative inoculation")
		}
	}
	w.Press("Compare these")
	w.WantNot("no irrelevant prefix")
	w.Do("undo")
	w.Settle()
	w.Want("no irrelevant prefix")
}
