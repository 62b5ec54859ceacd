package views_test

import (
	"encoding/csv"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"fyne.io/fyne/v2"

	"witnessmark/charts"
	"witnessmark/data/query"
	"witnessmark/views"
	"witnessmark/views/desk"
	"witnessmark/views/part"
	"witnessmark/views/theme"
	"witnessmark/views/viewtest"
)

func TestTypingAFilterNarrowsRunsAndSaysHowMany(t *testing.T) {
	w := viewtest.Open(t)
	w.Want("30 of 30 runs")
	w.Filter("condition:neutral,inoculation seed<3")
	w.Want("6 of 30 runs")
	if n := viewtest.Find[*part.Table](w).Shown(); n != 6 {
		t.Errorf("the table has %d rows, want 6", n)
	}
	w.Press("Clear")
	w.Want("30 of 30 runs")
}

func TestAFilterThatDoesNotParseChangesNothing(t *testing.T) {
	w := viewtest.Open(t)
	w.Filter("seed<3")
	w.Filter("seed<3 condition:")
	if err := w.FilterBar().Error(); err == nil || err.Off == 0 {
		t.Errorf("the error is %v, want one that points into the text", err)
	}
	w.Want("9 of 30 runs")
	w.Filter("seed<3 condition:neutral")
	if w.FilterBar().Error() != nil {
		t.Error("the error stays though the text is whole again")
	}
	w.Want("3 of 30 runs")
}

func TestUndoGoesBackThroughViewsAndFilters(t *testing.T) {
	w := viewtest.Open(t)
	w.Filter("seed<3")
	w.Do("view.conditions")
	w.Settle()
	w.Want("Estimates")
	w.Do("undo")
	w.Settle()
	w.Want("9 of 30 runs")
	w.WantNot("Estimates")
	w.Do("undo")
	w.Settle()
	w.Want("30 of 30 runs")
	w.Do("redo")
	w.Settle()
	w.Want("9 of 30 runs")
}

func TestLateAnswersAreDropped(t *testing.T) {
	w := viewtest.Open(t)
	w.FilterBar().Type("seed<3")
	w.FilterBar().OnFilter(mustParse(t, "seed<3"))
	w.FilterBar().OnFilter(mustParse(t, "seed<5"))
	if w.Queue.Pending() < 2 {
		t.Fatalf("%d questions are under way, want both", w.Queue.Pending())
	}
	w.Queue.Finish(1)
	w.Queue.Finish(0)
	if n := viewtest.Find[*part.Table](w).Shown(); n != 15 {
		t.Errorf("the table shows the older answer: %d rows, want 15", n)
	}
}

func TestSlowAnswersLeaveTheOldPictureVeiled(t *testing.T) {
	w := viewtest.Open(t)
	w.FilterBar().OnFilter(mustParse(t, "seed<3"))
	w.Queue.Advance(200 * time.Millisecond)
	if w.Busy() {
		t.Error("the picture is veiled after 0.2 s, want it left alone until 0.3 s")
	}
	w.Queue.Advance(200 * time.Millisecond)
	if !w.Busy() || viewtest.Find[*part.Table](w).Shown() != 30 {
		t.Error("after 0.4 s the old picture should stay, veiled")
	}
	w.Settle()
	w.Want("9 of 30 runs")
	if w.Busy() {
		t.Error("the veil stays after the answer")
	}
}

func TestTheSameQuestionIsAskedOnce(t *testing.T) {
	w := viewtest.Open(t)
	w.Desk().Do(desk.Select("neu-00"))
	if n := w.Queue.Pending(); n != 0 {
		t.Errorf("selecting a row started %d pieces of work, want none", n)
	}
}

func TestComparingRunsShowsOnlyWhatDiffers(t *testing.T) {
	w := viewtest.Open(t)
	table := viewtest.Find[*part.Table](w)
	w.Click(table, 0, 0)
	w.WantNot("Only differing fields")
	w.Click(table, 10, fyne.KeyModifierShortcutDefault)
	w.Want("Compare 2 runs")
	w.Want("These 2 runs differ only in condition")
	w.Want("Condition")
	w.Press("Only differing fields")
	w.Want("Status")
	w.Key(fyne.KeyEscape)
	w.WantNot("Compare 2 runs")
}

func TestHidingARunLeavesNumbersAlone(t *testing.T) {
	w := viewtest.Open(t)
	w.Do("view.conditions")
	w.Settle()
	before := w.View().(views.Copying).Table()
	w.Desk().Do(desk.Hide(true, "neu-00", "neu-01"))
	w.Settle()
	w.Want("2 runs hidden from charts")
	if after := w.View().(views.Copying).Table(); after != before {
		t.Errorf("hiding runs changed the estimates from\n%s to\n%s", before, after)
	}
	w.Press("2 runs hidden from charts, not from numbers")
	w.WantNot("hidden from charts")
}

func TestConditionsShowEstimatesWithUnitsAndIntervals(t *testing.T) {
	w := viewtest.Open(t)
	w.Do("view.conditions")
	w.Settle()
	table := rows(t, w.View().(views.Copying).Table())
	if len(table) != 4 || table[1][0] != "neutral" {
		t.Fatalf("estimates are %v, want three conditions, the baseline first", table)
	}
	for _, row := range table[1:] {
		if row[1] != "10" || !strings.Contains(strings.Join(row, " "), " of ") {
			t.Errorf("row %v lacks its runs or its counts", row)
		}
	}
	spec, ok := w.View().(views.Charting).Chart()
	if !ok || len(spec.Panels) == 0 || spec.Title == "" {
		t.Errorf("the chart is %+v", spec)
	}
}

func TestSelectingAConditionExplainsIt(t *testing.T) {
	w := viewtest.Open(t)
	w.Do("view.conditions")
	w.Settle()
	w.Click(viewtest.Find[*part.Table](w), 2, 0)
	w.Want("Copy sentence")
	w.Press("Copy sentence")
	if got := w.App.Clipboard().Content(); !strings.Contains(got, "neutral → negative inoculation: −") || !strings.Contains(got, "points [") {
		t.Errorf("copied %q, want the difference with its interval", got)
	}
}

func TestDrillingDownFromACondition(t *testing.T) {
	w := viewtest.Open(t)
	w.Do("view.conditions")
	w.Settle()
	w.Click(viewtest.Find[*part.Table](w), 1, 0)
	w.Press("Runs")
	s := w.Desk().State()
	if s.View != "runs" {
		t.Fatalf("view %q is open, want runs", s.View)
	}
	w.Settle()
	w.Do("undo")
	w.Settle()
	if w.Desk().State().View != "conditions" {
		t.Error("undo should return to the conditions")
	}
}

func TestCheckpointsReadOutTheStepUnderThePointer(t *testing.T) {
	w := viewtest.Open(t)
	w.Do("view.checkpoints")
	w.Settle()
	w.Want("At step 39")
	box := viewtest.Find[*part.ChartBox](w)
	if len(box.Drawing().Panels) == 0 {
		t.Fatal("no chart was drawn")
	}
	box.OnPoint(12.2, true)
	w.Want("At step 12")
	box.ZoomTo(10, 20)
	w.Settle()
	if p := box.Drawing().Panels[0]; p.X.Lo != 10 || p.X.Hi != 20 {
		t.Errorf("the axis runs from %v to %v, want 10 to 20", p.X.Lo, p.X.Hi)
	}
	w.Press("One panel")
	if n := len(box.Drawing().Panels); n != 1 {
		t.Errorf("%d panels, want one", n)
	}
}

func TestEmptyAnswersSayWhatToDo(t *testing.T) {
	w := viewtest.Open(t)
	w.Filter("seed>100")
	w.Want("No run passes this filter")
	w.Press("Clear the filter")
	w.Want("30 of 30 runs")
}

func TestErrorsSayWhatToDo(t *testing.T) {
	w := viewtest.Open(t)
	w.Desk().Do(desk.SetBy("no_such_field"))
	w.Do("view.conditions")
	w.Settle()
	w.Want("no_such_field")
	w.Press("Undo")
}

func TestWelcomeLeadsToStudies(t *testing.T) {
	w := viewtest.Empty(t)
	w.Want("New study…")
	w.Want("No study is open")
	w.Window.Open(filepath.Join(t.TempDir(), "none.study"))
	w.Settle()
	w.Want("This study could not be opened")
	w.Key(fyne.KeyEscape)
}

func TestAStudyOpensAsItWasLeft(t *testing.T) {
	w := viewtest.Open(t)
	w.Filter("seed<3")
	w.Do("view.checkpoints")
	w.Settle()
	w.Window.Open(w.Path)
	w.Settle()
	if s := w.Desk().State(); s.View != "checkpoints" || s.Where.String() != "seed<3" {
		t.Errorf("the study opened as %+v", s)
	}
}

func TestImportShowsWhatWasFoundAndItsProblems(t *testing.T) {
	w := viewtest.Open(t)
	dir := t.TempDir()
	write(t, dir, "more.csv", more(40)+"neutral,77,complete,40,many,20\n")
	write(t, dir, "pointer.jsonl", "version https://git-lfs.github.com/spec/v1\noid sha256:0000\nsize 12\n")
	w.Drop([]string{dir})
	w.Settle()
	w.Want("more.csv")
	w.Want("LFS")
	w.Press("Dry run")
	w.Want("Will add")
	w.Want("1 new run")
	w.Press("Import 1 file")
	w.Want("Added")
	w.Press("Show the runs")
	w.Want("31 of 31 runs")
}

func TestColumnsCanBeGivenAnotherMeaning(t *testing.T) {
	w := viewtest.Open(t)
	dir := t.TempDir()
	write(t, dir, "more.csv", more(40))
	w.Drop([]string{filepath.Join(dir, "more.csv")})
	w.Settle()
	w.Want("6 keys in the first file")
	w.Want("1 run in these rows, first neutral, seed 77")
	w.Press("hack")
	w.Want("Name of the count")
	w.TypeFocused("s")
	w.Press("Keep name")
	w.Want("edited")
	w.Press("Import 1 file")
	w.Press("Show the runs")
	if names := w.Measures(); len(names) != 2 {
		t.Errorf("the study has the measures %v, want the renamed one beside hack", names)
	}
}

func TestUndoingAnImportRemovesItsRuns(t *testing.T) {
	w := viewtest.Open(t)
	dir := t.TempDir()
	write(t, dir, "more.csv", more(40))
	w.Drop([]string{filepath.Join(dir, "more.csv")})
	w.Settle()
	w.Press("Import 1 file")
	w.Press("Undo this import")
	w.Press("Close")
	w.Want("30 of 30 runs")
}

func TestSavedViewsComeBack(t *testing.T) {
	w := viewtest.Open(t)
	w.Filter("seed<3")
	w.Do("save-view")
	w.Settle()
	w.TypeFocused("Main contrast")
	w.Press("Save view")
	w.Want("Main contrast")
	w.Press("Clear")
	w.Want("30 of 30 runs")
	w.Press("Main contrast")
	w.Want("9 of 30 runs")
}

func TestCommandsAreFoundByTheirLetters(t *testing.T) {
	w := viewtest.Open(t)
	w.Do("commands")
	w.Settle()
	palette := viewtest.Find[*part.Palette](w)
	palette.Type("chk")
	if got := palette.Titles(); len(got) == 0 || got[0] != "Checkpoints" {
		t.Errorf("chk finds %v, want Checkpoints first", got)
	}
	palette.Enter()
	w.Settle()
	if w.Desk().State().View != "checkpoints" {
		t.Error("the command did not run")
	}
}

func TestChartsCarryTheirView(t *testing.T) {
	w := viewtest.Open(t)
	w.Do("view.conditions")
	w.Settle()
	w.Filter("seed<4")
	spec, _ := w.View().(views.Charting).Chart()
	path := filepath.Join(t.TempDir(), "chart.svg")
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := charts.Write(f, path, spec, charts.Style{Width: 800, Height: 450}); err != nil {
		t.Fatal(err)
	}
	f.Close()
	w.Do("clear")
	w.Do("view.runs")
	w.Settle()
	w.Drop([]string{path})
	w.Settle()
	if s := w.Desk().State(); s.View != "conditions" || s.Where.String() != "seed<4" {
		t.Errorf("dropping the chart opened %+v", s)
	}
}

func TestColorsFollowTheThemeAtOnce(t *testing.T) {
	w := viewtest.Open(t)
	w.Do("view.checkpoints")
	w.Settle()
	box := viewtest.Find[*part.ChartBox](w)
	before := box.Drawing().Image.At(2, 2)
	w.Do("theme")
	w.Settle()
	if after := box.Drawing().Image.At(2, 2); after == before {
		t.Errorf("the chart's ground is %v in both themes", after)
	}
	if theme.Color(theme.Panel) == (theme.Theme{Mode: theme.Light}).Color(theme.Panel, 0) {
		t.Error("the window is still light")
	}
}

func TestPressingAFacetNarrowsAndAltExcludes(t *testing.T) {
	w := viewtest.Open(t)
	panel := viewtest.Find[*part.FacetPanel](w)
	panel.OnToggle("condition", "neutral")
	w.Settle()
	w.Want("10 of 30 runs")
	panel.OnToggle("condition", "inoculation")
	w.Settle()
	w.Want("20 of 30 runs")
	panel.OnReset()
	w.Settle()
	panel.OnExclude("condition", "neutral")
	w.Settle()
	w.Want("20 of 30 runs")
	for _, f := range panel.Facets() {
		if f.Field == "condition" && (f.Values[0].On || !f.Values[1].On || f.Values[0].Count != 10) {
			t.Errorf("the facet shows %+v, want neutral off, with what a press would add", f.Values)
		}
	}
}

func TestMenusShowKeysAndWhatCanBeDone(t *testing.T) {
	w := viewtest.Open(t)
	w.Press("File")
	w.Want("Ctrl Shift O")
	w.Key(fyne.KeyEscape)
	if w.Do("redo") {
		t.Error("there is nothing to redo yet")
	}
}

func BenchmarkSelectARow(b *testing.B) {
	w := viewtest.Open(b)
	i := 0
	for b.Loop() {
		i++
		w.Desk().Do(desk.Select([]string{"neu-00", "neu-01"}[i%2]))
		w.Settle()
	}
}

func TestEveryViewFitsASmallWindow(t *testing.T) {
	w := viewtest.Open(t)
	for _, size := range []fyne.Size{fyne.NewSize(1440, 900), fyne.NewSize(1024, 700)} {
		for _, k := range views.Kinds() {
			w.Desk().Do(desk.Open(k.ID, k.Title))
			w.Settle()
			if least := w.Fyne.Content().MinSize(); least.Width > size.Width || least.Height > size.Height {
				t.Errorf("%s needs %v, more than %v", k.ID, least, size)
			}
		}
	}
}

func TestEveryKindIsDocumented(t *testing.T) {
	seen := map[string]bool{}
	for _, k := range views.Kinds() {
		if k.ID == "" || k.Title == "" || len(k.Help) < 20 || k.Icon == "" || k.New == nil || seen[k.ID] {
			t.Errorf("kind %+v lacks a title, help or icon, or has another's ID", k)
		}
		seen[k.ID] = true
	}
}

// more is a CSV file with another seed.
func more(steps int) string {
	var b strings.Builder
	b.WriteString("condition,seed,status,step,hack_count,n\n")
	for step := range steps {
		fmt.Fprintf(&b, "neutral,77,complete,%d,%d,20\n", step, step/3)
	}
	return b.String()
}

func mustParse(t *testing.T, text string) query.Filter {
	t.Helper()
	f, err := query.Parse(text)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func rows(t *testing.T, tsv string) [][]string {
	t.Helper()
	r := csv.NewReader(strings.NewReader(tsv))
	r.Comma, r.LazyQuotes = '\t', true
	out, err := r.ReadAll()
	if err != nil && !errors.Is(err, csv.ErrFieldCount) {
		t.Fatal(err)
	}
	return out
}

func write(t *testing.T, dir, name, text string) {
	t.Helper()
	if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}
