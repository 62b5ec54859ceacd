package views_test

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"witnessmark/charts"
	"witnessmark/data/formats"
	"witnessmark/data/store"
	"witnessmark/views"
	"witnessmark/views/desk"
	"witnessmark/views/figure"
	"witnessmark/views/part"
	"witnessmark/views/viewtest"
)

// judged opens the monitors of a table of samples, after what is done to the
// study that it makes.
func judged(t *testing.T, table, columns string, before func(*store.Store, int64)) *viewtest.Window {
	t.Helper()
	dir := t.TempDir()
	file, path := filepath.Join(dir, "samples.csv"), filepath.Join(dir, "judged.study")
	if err := os.WriteFile(file, []byte(table), 0o644); err != nil {
		t.Fatal(err)
	}
	var m formats.Mapping
	if err := json.Unmarshal([]byte(columns), &m); err != nil {
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
	report, err := s.Import(context.Background(), files[0], format, m, nil)
	if err != nil {
		t.Fatal(err)
	}
	if before != nil {
		before(s, report.Import)
	}
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	w := viewtest.Empty(t)
	w.Path = path
	w.Window.Open(path)
	w.Settle()
	w.Do("view.monitors")
	w.Settle()
	return w
}

// columns maps columns to roles: "role name" or "role".
func columns(pairs ...string) string {
	var out []string
	for i := 0; i+1 < len(pairs); i += 2 {
		role, as, _ := strings.Cut(pairs[i+1], " ")
		out = append(out, fmt.Sprintf("%q: {\"role\": %q, \"as\": %q, \"sure\": true}", pairs[i], role, as))
	}
	return `{"columns": {` + strings.Join(out, ", ") + `}}`
}

// box is the chart of a recipe that is on screen.
func box(t *testing.T, w *viewtest.Window, recipe string) *part.ChartBox {
	t.Helper()
	var ids []string
	for _, b := range viewtest.All[*part.ChartBox](w) {
		if b.Spec().ID == recipe {
			return b
		}
		ids = append(ids, b.Spec().ID)
	}
	t.Fatalf("no chart is a %s; there are %q", recipe, ids)
	return nil
}

func layer(s charts.Spec, panel int, name string) (charts.Layer, bool) {
	for _, l := range s.Panels[panel].Layers {
		if l.Name == name {
			return l, true
		}
	}
	return charts.Layer{}, false
}

func TestPanesShowWhatIsPicked(t *testing.T) {
	w := watched(t)
	for _, pick := range []struct{ press, recipe string }{{"PR", "pr"}, {"Calibration", "calibration"}, {"Scores", "histogram"}, {"ROC", "roc"}, {"In sum", "dots"}} {
		w.Press(pick.press)
		box(t, w, pick.recipe)
	}
	w.Press("Drift")
	drift := box(t, w, "drift").Spec()
	if _, ok := layer(drift, 0, "budget"); !ok || !strings.Contains(drift.Subtitle, "KS ") {
		t.Errorf("drift shows neither budget nor screening: %q", drift.Subtitle)
	}
	w.Do("undo")
	w.Settle()
	if _, ok := layer(box(t, w, "drift").Spec(), 0, "budget"); ok {
		t.Error("undo does not bring the rates back")
	}
}

// What is pinned or written to a file says what the window says.
func TestChartsAreTheSameOutsideTheWindow(t *testing.T) {
	w := watched(t)
	press := func(names ...string) {
		for _, name := range names {
			w.Press(name)
			w.Settle()
		}
	}
	look := func(recipe string) {
		t.Helper()
		seen := box(t, w, recipe).Spec()
		chart, s, err := figure.ReadRecipe(seen.Recipe)
		if err != nil || chart != recipe {
			t.Fatalf("%s carries the recipe of %q: %v", recipe, chart, err)
		}
		file, err := store.OpenReadOnly(w.Path)
		if err != nil {
			t.Fatal(err)
		}
		defer file.Close()
		x, err := file.Index(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		about := figure.Facts{Measures: x.Measures(), Roles: map[string]charts.Role{}}
		answers, err := figure.Frames(t.Context(), x, chart, s)
		if err != nil {
			t.Fatal(err)
		}
		again, err := figure.Picture(chart, s, about, answers)
		if err != nil {
			t.Fatal(err)
		}
		if again.Title != seen.Title || again.Subtitle != seen.Subtitle || len(again.Panels) != len(seen.Panels) || len(again.Panels[0].Layers) != len(seen.Panels[0].Layers) {
			t.Errorf("%s says\n%s\n%s\nin the window, and elsewhere\n%s\n%s", recipe, seen.Title, seen.Subtitle, again.Title, again.Subtitle)
		}
	}
	for _, recipe := range []string{"drift", "caught", "roc", "decomposition"} {
		look(recipe)
	}
	if _, ok := layer(box(t, w, "drift").Spec(), 0, "uncaught"); !ok {
		t.Error("nothing shows what goes uncaught")
	}
	press("PR")
	look("pr")
	press("Scores")
	look("histogram")
	press("Calibration", "Drift", "Frozen at step 0")
	look("calibration")
	look("drift")
	if _, ok := layer(box(t, w, "drift").Spec(), 0, "frozen"); !ok {
		t.Error("nothing shows where the threshold was frozen")
	}
}

func TestScoresFollowTheThresholdAndSetIt(t *testing.T) {
	w := watched(t)
	w.Press("Scores")
	w.Desk().Do(desk.SetNumber("Threshold", figure.ThresholdOption, 0.7))
	w.Settle()
	scores := box(t, w, "histogram")
	if l, ok := layer(scores.Spec(), 0, "threshold"); !ok || l.X[0] != 0.7 {
		t.Errorf("the threshold is drawn at %v, want 0.7", l.X)
	}
	for _, h := range scores.Drawing().Hits {
		if strings.Contains(h.Text, "score 0.300 to") {
			scores.OnHit(h)
			w.Settle()
			break
		}
	}
	if got := w.Desk().State().Number(figure.ThresholdOption, 0); got < 0.299 || got > 0.301 {
		t.Errorf("pressing the bar from 0.3 sets the threshold to %v", got)
	}
}

func TestLogitAxesSayWhatIsExtrapolated(t *testing.T) {
	w := watched(t)
	w.Desk().Do(desk.SetOption("Axes", figure.AxesOption, figure.LogitAxes))
	w.Settle()
	if s := box(t, w, "roc").Spec(); s.Panels[0].X.Kind != charts.Logit || !strings.Contains(s.Subtitle, "extrapolated, not measured") {
		t.Errorf("the axis is %q, the subtitle %q", s.Panels[0].X.Kind, s.Subtitle)
	}
}

// What the second line catches is counted among what the first misses.
func TestLinesOfDefenseCountWhatTheSecondCatches(t *testing.T) {
	w := watched(t)
	w.Press("Lines of defense")
	table := monitorTable(t, w)
	if len(table) != 3 || cell(t, table, 1, "First line") != "cot" || cell(t, table, 2, "First line") != "action" {
		t.Fatalf("the lines are %v, want both orders, the monitor shown first", table)
	}
	patterns := box(t, w, "patterns").Spec()
	missed, both := 0.0, 0.0
	for _, l := range patterns.Panels[1].Layers {
		for i, n := range l.X2 {
			cot, action := flagged(patterns, "cot", i), flagged(patterns, "action", i)
			if !cot {
				missed += n
			}
			if !cot && action {
				both += n
			}
		}
	}
	if want := fmt.Sprintf("%.0f of %.0f", both, missed); cell(t, table, 1, "Second catches") != want {
		t.Errorf("the second line catches %s, the patterns say %s", cell(t, table, 1, "Second catches"), want)
	}
	w.Press("Monitors")
	if got := monitorTable(t, w); len(got) != 3 || got[0][0] != "Scope" {
		t.Errorf("the monitors are %v", got)
	}
}

// flagged tells whether a pattern's row has a filled mark of a monitor.
func flagged(s charts.Spec, monitor string, row int) bool {
	l, _ := layer(s, 0, monitor+" flags")
	for _, y := range l.Y {
		if y == float64(row) {
			return true
		}
	}
	return false
}

func TestLinesWaitForTheThresholdToRest(t *testing.T) {
	w := watched(t)
	w.Press("Lines of defense")
	before := cell(t, monitorTable(t, w), 1, "Second catches")
	for _, at := range []float64{0.2, 0.5, 0.95} {
		w.Desk().Do(desk.SetNumber("Threshold", figure.ThresholdOption, at))
	}
	w.Settle()
	if after := cell(t, monitorTable(t, w), 1, "Second catches"); after == before {
		t.Errorf("the lines are still those of another threshold: %s", after)
	}
}

func TestWithoutRegimesTheViewSaysWhatToMap(t *testing.T) {
	w := watched(t)
	w.Press("CoT regimes")
	spec := w.View().(views.Copying).Table()
	if !strings.Contains(spec, "runs name no paraphraser_model") {
		t.Errorf("the table says %q", spec)
	}
	said := false
	for _, b := range viewtest.All[*part.ChartBox](w) {
		said = said || len(b.Spec().Panels) > 0 && strings.Contains(b.Spec().Panels[0].Empty, "Not in this study: runs name no cot_regime_level")
	}
	if !said {
		t.Error("nothing says that no run names a level")
	}
}

// regimes are three levels of four seeds, each with and without a paraphraser,
// which keeps the monitor's scores up and solves less.
func regimes(t *testing.T) *viewtest.Window {
	t.Helper()
	var b strings.Builder
	b.WriteString("condition,seed,level,paraphraser,item,hack,solved,score\n")
	for level, see := range []float64{0.45, 0.2, 0} {
		for seed := range 4 {
			for _, with := range []string{"", "small model"} {
				for item := range 40 {
					hack := item%2 == 0
					by, solved := see, item < 12+8*level+seed
					if with != "" {
						by, solved = see+0.15, item < 8+8*level+seed
					}
					fmt.Fprintf(&b, "level %d,%d,%d,%s,q%d,%d,%d,%.3f\n", level+1, seed, level+1, with, item, btoi(hack), btoi(solved), score(hack, item+seed, by))
				}
			}
		}
	}
	return judged(t, b.String(), columns("condition", "field condition", "seed", "field seed", "level", "field cot_regime_level", "paraphraser", "field paraphraser_model",
		"item", "item", "hack", "metric hack", "solved", "metric solved", "score", "score cot"), nil)
}

func btoi(is bool) int {
	if is {
		return 1
	}
	return 0
}

func TestRegimesCompareLevelsAndPairSeeds(t *testing.T) {
	w := regimes(t)
	w.Press("CoT regimes")
	levels := box(t, w, "levels").Spec()
	if !strings.Contains(levels.Title, "G-mean² falls") || !strings.Contains(levels.Title, "solved rises") {
		t.Errorf("the levels are titled %q", levels.Title)
	}
	if n := len(levels.Panels[0].X.Ticks); n != 3 {
		t.Errorf("%d levels are named, want 3", n)
	}
	table := monitorTable(t, w)
	if got := cell(t, table, 1, "Paired"); got != "12 seeds" {
		t.Errorf("recall is compared over %s, want 4 seeds of 3 levels", got)
	}
	if d := cell(t, table, 1, "Difference"); !strings.HasPrefix(d, "+") {
		t.Errorf("recall differs by %s with the paraphraser, want more", d)
	}
	if d := cell(t, table, 5, "Difference"); cell(t, table, 5, "Measure") != "Solved" || d != "−10.0" {
		t.Errorf("%s differs by %s, want −10.0 points", cell(t, table, 5, "Measure"), d)
	}
	w.Press("Tax")
	box(t, w, "tax")
}

// Verdicts alone are counted in every group, and what is neither yes nor no is
// in none.
func TestVerdictsOfEveryGroupAreCounted(t *testing.T) {
	var b strings.Builder
	b.WriteString("condition,domain,seed,item,verdict\n")
	for i := range 20 {
		verdict := []string{"YES", "NO", "NO", "UNKNOWN"}[i%4]
		fmt.Fprintf(&b, "a,legal,1,q%d,%s\n", i, verdict)
		fmt.Fprintf(&b, "b,medical,1,q%d,%s\n", i, []string{"YES", "NO"}[btoi(i > 2)])
	}
	w := judged(t, b.String(), columns("condition", "field condition", "domain", "field domain", "seed", "field seed", "item", "item", "verdict", "flag judge"), nil)
	w.Want("Verdicts only, no threshold to set")
	w.Desk().Do(desk.SetOption("Group by", figure.GroupsOption, "domain"))
	w.Settle()
	table := monitorTable(t, w)
	for row, want := range []string{"5 of 15", "3 of 20"} {
		if got := cell(t, table, row+1, "Flagged"); got != want {
			t.Errorf("%s: %s, want %s", cell(t, table, row+1, "Domain"), got, want)
		}
	}
	if spec, _ := w.View().(views.Charting).Chart(); spec.ID != "dots" || !strings.Contains(spec.Title, "15\u00a0% (medical) to 33\u00a0% (legal)") {
		t.Errorf("the chart is a %s titled %q", spec.ID, spec.Title)
	}
	w.Press("Lines of defense")
	if text := w.View().(views.Copying).Table(); !strings.Contains(text, "two monitors of the same samples") {
		t.Errorf("nothing says that there is one monitor only: %q", text)
	}
}

// What people said of some flagged and some unflagged samples bounds recall.
func TestLabelsOfAPartBoundRecall(t *testing.T) {
	var b strings.Builder
	b.WriteString("condition,seed,item,score\n")
	for i := range 100 {
		fmt.Fprintf(&b, "neutral,1,q%d,%.2f\n", i, float64(i)/100)
	}
	w := judged(t, b.String(), columns("condition", "field condition", "seed", "field seed", "item", "item", "score", "score cot"), func(s *store.Store, id int64) {
		for _, at := range []struct {
			ordinal int
			value   string
		}{{10, "no"}, {20, "no"}, {30, "yes"}, {40, "no"}, {60, "yes"}, {70, "yes"}, {80, "yes"}, {90, "no"}, {95, "unsure"}} {
			if err := s.SetLabel(context.Background(), store.Label{Import: id, Ordinal: at.ordinal, Name: "hack", Value: at.value, Author: "me"}); err != nil {
				t.Fatal(err)
			}
		}
	})
	w.Press("Monitors")
	table := monitorTable(t, w)
	// 3 of 4 labeled of the 50 flagged, 1 of 4 of the 50 others: 37.5 of 50 hacks
	if got := cell(t, table, 1, "Recall"); got != "75 %" {
		t.Errorf("recall is %s, want 75 %%: %v", got, table)
	}
	w.Want("hack by hand")
}

func TestNotesOpenWithTheirNumbers(t *testing.T) {
	w := watched(t)
	for _, n := range viewtest.All[*part.Note](w) {
		if strings.HasPrefix(n.Text, "and ") {
			w.Press(n.Text)
			break
		}
	}
	w.Want("What to know before reading this")
	w.Want("nobody named a threshold; 0.5 is the middle of the scale 0–1")
}

// What was reported elsewhere keeps its source, and readings are circled.
func TestReportedRatesNameTheirSource(t *testing.T) {
	table := "run,condition,citation,locator,metric,step,value\n" +
		"a,GPT monitor,Some et al. 2025,Table 1,monitor recall,,0.95\n" +
		"b,pressure,Some et al. 2025,Fig. 4,cheating not caught,0.6,0.24\n" +
		"b,pressure,Some et al. 2025,Fig. 4,cheating not caught,1,0.49\n"
	w := judged(t, table, columns("run", "field run", "condition", "field condition", "citation", "field citation", "locator", "context locator", "metric", "name", "step", "step", "value", "value"), nil)
	w.Want("Some et al. 2025, Table 1")
	w.Want("Reported, Some et al. 2025, not worked out here")
	readings := box(t, w, "drift").Spec()
	if l, ok := layer(readings, 0, "pressure, reported"); !ok || len(l.X) != 2 {
		t.Errorf("the readings %v are not circled", l.X)
	}
}
