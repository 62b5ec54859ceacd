package views_test

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"witnessmark/data/formats"
	"witnessmark/data/store"
	"witnessmark/views/desk"
	"witnessmark/views/figure"
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
	w.Want("You are a playful agent")
	w.Want("Same prompt at")
	w.Want("8\u00a0% [4,\u00a015], 8 of 100 samples")
	press(t, w, "default, eval prompt default", fyne.KeyModifierShift)
	w.Want("Difference of two cells")
	w.Want("default: +68 points")
	press(t, w, "neutral prefix, eval prompt training", fyne.KeyModifierShift)
	w.Want("the cells differ in row and column")
	press(t, w, "neutral prefix, eval prompt training", 0)
	w.Press("Open 1 run")
	w.Want("1 of 3 runs")
}

// Both maps and the scatter chart frame the same cell.
func TestASelectedCellIsFramedEverywhere(t *testing.T) {
	w := importing(t, traits())
	open(w, "Matrix")
	press(t, w, "strong inoc, eval prompt default", 0)
	framed := 0
	for _, box := range viewtest.All[*part.ChartBox](w) {
		for _, h := range box.Drawing().Hits {
			if box.Marked != nil && box.Marked(h) {
				framed++
			}
		}
	}
	if framed != 3 {
		t.Errorf("%d marks are framed, want a cell in each map and a mark", framed)
	}
}

func TestANeutralPrefixIsComparedWithTheInoculation(t *testing.T) {
	w := importing(t, traits())
	open(w, "Matrix")
	w.Want("not estimable")
	w.Desk().Do(desk.SetOption("Inoculation", "matrix.treated", "strong_inoc"))
	w.Settle()
	w.Want("0.93") // (13 − 77) / (8 − 77)
	w.Want("0.84") // (14 − 71) / (3 − 71)
	w.Do("undo")
	w.Settle()
	w.WantNot("0.93")
}

// Each chart has its own options, and each of them can be undone.
func TestOptionsBelongToTheirChart(t *testing.T) {
	w := importing(t, traits())
	for chart, has := range map[string][]string{
		"Dots": {"Group by", "Split by", "Paired by"}, "Slope": {"Group by", "Show"}, "Matrix": {"Rows", "Columns", "Beside", "Sort", "Difference"},
		"Scatter": {"Axes", "Against"}, "Coverage": {"Group by"},
	} {
		open(w, chart)
		for _, label := range has {
			w.Want(label)
		}
		if chart != "Matrix" && w.Has("Columns") || chart != "Scatter" && w.Has("Axes") {
			t.Errorf("%s shows the options of another chart", chart)
		}
	}
	open(w, "Scatter")
	w.Desk().Do(desk.SetOption("Axes", figure.ScatterMode, figure.ScatterPrompts))
	w.Settle()
	w.Want("Across")
	w.WantNot("Against")
	w.Do("undo")
	w.Settle()
	w.Want("Against")
}

func TestAnyFieldCanStandInPlaceOfTheCondition(t *testing.T) {
	w := importing(t, traits())
	open(w, "Dots")
	w.Desk().Do(desk.SetBy("eval_prompt"))
	w.Settle()
	w.Want("2 eval prompts")
	table := viewtest.Find[*part.Table](w)
	if n := table.Shown(); n != 2 {
		t.Errorf("%d rows, want one for each eval prompt", n)
	}
	w.Desk().Do(desk.SetBaseline("default"))
	w.Settle()
	w.Want("baseline")
	w.Do("undo")
	w.Do("undo")
	w.Settle()
	w.Want("3 conditions")
	w.Desk().Do(desk.SetFacet("eval_prompt"))
	w.Settle()
	if n := table.Shown(); n != 6 {
		t.Errorf("%d rows, want one for each condition and eval prompt", n)
	}
}

// twoJudges is a study whose runs two judges scored.
func twoJudges() string {
	var b strings.Builder
	b.WriteString("condition,seed,grader,hack_count,n\n")
	for seed := range 6 {
		for _, judge := range []string{"hack detector", "second judge"} {
			fmt.Fprintf(&b, "neutral,%d,%s,%d,100\n", seed, judge, 60+seed)
			fmt.Fprintf(&b, "inoculation,%d,%s,%d,100\n", seed, judge, map[string]int{"hack detector": 20, "second judge": 58}[judge]+seed*seed)
		}
	}
	return b.String()
}

func TestJudgesAreNamedAndNeverCountedTogether(t *testing.T) {
	w := importing(t, twoJudges())
	open(w, "Dots")
	w.Want("2 conditions by 2 judges")
	w.Want("Judges hack detector and second judge, not pooled")
	spec := viewtest.Find[*part.ChartBox](w).Spec()
	if want := "Hack is lower under 1 of 1 condition than under neutral by hack detector; no clear change by second judge"; spec.Title != want {
		t.Errorf("title %q, want %q", spec.Title, want)
	}
	if groups := spec.Panels[0].Y.Groups; len(groups) != 2 || groups[0].To != 2 {
		t.Errorf("rows stand under %+v, want two under each condition", groups)
	}
}

// A ring is joined with the ring of its seed under the baseline, by the same
// judge.
func TestRingsAreJoinedWithTheirPartners(t *testing.T) {
	w := importing(t, twoJudges())
	open(w, "Dots")
	box := viewtest.Find[*part.ChartBox](w)
	for _, h := range box.Drawing().Hits {
		if strings.HasPrefix(h.Text, "inoculation, second judge seed 3") {
			partners := box.Linked(h)
			if len(partners) != 1 || !strings.HasPrefix(partners[0].Text, "neutral, second judge seed 3") {
				t.Errorf("joined with %+v", partners)
			}
			return
		}
	}
	t.Error("no ring of seed 3")
}

func TestCoverageLeadsToTheRuns(t *testing.T) {
	w := viewtest.Open(t)
	open(w, "Coverage")
	press(t, w, "inoculation, seed 3", 0)
	w.Want("1 of 30 runs")
	if got := w.Desk().State().View; got != "runs" {
		t.Errorf("view %q, want runs", got)
	}
}

func TestAnEmptyStudySaysWhatToDo(t *testing.T) {
	path := filepath.Join(t.TempDir(), "empty.study")
	s, err := store.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	w := viewtest.Empty(t)
	w.Window.Open(path)
	w.Settle()
	w.Do("view.conditions")
	w.Settle()
	w.Want("This study has no results yet")
	w.Press("Matrix")
	w.Want("This study has no results yet")
}

// hard are studies in which something is not there.
func hard() map[string]string {
	var many strings.Builder
	many.WriteString("condition,seed,hack_count,n\n")
	for c := range 30 {
		fmt.Fprintf(&many, "condition number %d,1,%d,50\n", c, c)
	}
	return map[string]string{
		"one run":         "condition,seed,step,hack_count,n\nneutral,1,10,3,20\n",
		"one seed":        "condition,seed,step,hack_count,n\nneutral,1,10,3,20\ninoculation,1,10,8,20\n",
		"no condition":    "run,step,hack_count,n\na,10,3,20\nb,10,8,20\n",
		"no value":        "condition,seed,step,score,n\nneutral,1,10,NaN,20\ninoculation,1,10,,20\ninoculation,2,10,NaN,20\n",
		"thirty":          many.String(),
		"nothing counted": "condition,seed,hack_count,n\nneutral,1,0,0\ninoculation,1,0,0\n",
	}
}

// Whatever is not there, every chart says something in its place.
func TestChartsBearWhatIsMissing(t *testing.T) {
	for name, table := range hard() {
		t.Run(name, func(t *testing.T) {
			w := importing(t, table)
			for _, chart := range []string{"Dots", "Differences", "Slope", "Matrix", "Scatter", "Coverage"} {
				w.Do("view.conditions")
				w.Settle()
				w.Press(chart)
				if w.Has("This study has no results yet") {
					continue
				}
				for _, box := range viewtest.All[*part.ChartBox](w) {
					spec := box.Spec()
					empty := len(spec.Panels) > 0 && spec.Panels[0].Empty != ""
					if spec.Title == "" && !empty {
						t.Errorf("%s says nothing; there is %q", chart, w.Texts())
					}
					if strings.Contains(spec.Title, "NaN") || strings.Contains(spec.Title, "%!") {
						t.Errorf("%s is called %q", chart, spec.Title)
					}
				}
			}
		})
	}
}
