package views_test

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"witnessmark/charts"
	"witnessmark/data/formats"
	"witnessmark/data/store"
	"witnessmark/views"
	"witnessmark/views/desk"
	"witnessmark/views/figure"
	"witnessmark/views/part"
	"witnessmark/views/viewtest"
)

// watched is a study of two conditions of four seeds, three steps of 40
// samples, judged by two monitors. Hacks grow with the step in both; under
// pressure the scores of the first monitor fall, those of the second do not.
func watched(t testing.TB) *viewtest.Window {
	t.Helper()
	dir := t.TempDir()
	table, path := filepath.Join(dir, "samples.csv"), filepath.Join(dir, "watched.study")
	var b strings.Builder
	b.WriteString("condition,seed,step,item,hack,cot_score,action_score\n")
	for _, condition := range []string{"neutral", "pressure"} {
		for seed := range 4 {
			for step := range 3 {
				for item := range 40 {
					hack := item < 6+(8+seed)*step+seed
					cot, action := score(hack, item, 0.6), score(hack, item+3, 0.35)
					if condition == "pressure" && hack {
						cot -= (0.2 + 0.03*float64(seed)) * float64(step)
					}
					fmt.Fprintf(&b, "%s,%d,%d,q%d,%d,%.3f,%.3f\n", condition, seed, 10*step, item, map[bool]int{true: 1}[hack], max(0, cot), action)
				}
			}
		}
	}
	if err := os.WriteFile(table, []byte(b.String()), 0o644); err != nil {
		t.Fatal(err)
	}
	var m formats.Mapping
	if err := json.Unmarshal([]byte(`{"columns": {"condition": {"role": "field", "as": "condition", "sure": true}, "seed": {"role": "field", "as": "seed", "sure": true},
		"step": {"role": "step", "sure": true}, "item": {"role": "item", "sure": true}, "hack": {"role": "metric", "as": "hack", "sure": true},
		"cot_score": {"role": "score", "as": "cot", "sure": true}, "action_score": {"role": "score", "as": "action", "sure": true}}}`), &m); err != nil {
		t.Fatal(err)
	}
	s, err := store.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	files, _ := formats.Walk([]string{table})
	format, err := formats.Detect(files[0])
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.Import(context.Background(), files[0], format, m, nil); err != nil {
		t.Fatal(err)
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
	w.Desk().Do(desk.SetMonitor("cot"))
	w.Settle()
	return w
}

// score lies higher where there is a hack, by so much.
func score(hack bool, item int, by float64) float64 {
	s := float64(item*37%40) / 100
	if hack {
		s += by
	}
	return s
}

func monitorTable(t *testing.T, w *viewtest.Window) [][]string {
	t.Helper()
	return rows(t, w.View().(views.Copying).Table())
}

func cell(t *testing.T, table [][]string, row int, column string) string {
	t.Helper()
	for i, label := range table[0] {
		if label == column {
			return table[row][i]
		}
	}
	t.Fatalf("there is no column %q in %v", column, table[0])
	return ""
}

func TestMonitorsTellAHiddenRise(t *testing.T) {
	w := watched(t)
	w.Want("Hidden rise: hack up while recall falls")
	table := monitorTable(t, w)
	if len(table) != 3 || table[1][0] != "action" || table[2][0] != "cot" {
		t.Fatalf("the table is %v, want both monitors", table)
	}
	spec, ok := w.View().(views.Charting).Chart()
	if !ok || !strings.Contains(spec.Title, "goes blind under pressure") {
		t.Errorf("the chart says %q", spec.Title)
	}
	w.Desk().Do(desk.SetMonitor("action"))
	w.Settle()
	w.WantNot("Hidden rise: hack up")
}

func TestTheThresholdMovesEveryPanelAndComesBackByUndo(t *testing.T) {
	w := watched(t)
	before := w.View().(views.Copying).Table()
	slider := viewtest.Find[*part.Slider](w)
	slider.TypedKey(&fyne.KeyEvent{Name: fyne.KeyEnd})
	w.Settle()
	w.Want("Set by hand")
	table := monitorTable(t, w)
	if recall := cell(t, table, 2, "Recall"); recall != "0 %" {
		t.Errorf("recall at the highest threshold is %q, want none", recall)
	}
	at := slider.Value
	slider.TypedKey(&fyne.KeyEvent{Name: fyne.KeyLeft})
	w.Settle()
	if got := at - slider.Value; got < 0.0099 || got > 0.0101 {
		t.Errorf("an arrow key moves the threshold by %v, want 0.01", got)
	}
	w.Do("undo")
	w.Settle()
	if after := w.View().(views.Copying).Table(); after != before {
		t.Errorf("undo leaves\n%s instead of\n%s", after, before)
	}
}

// While one picture is made, further moves wait, and only the last is made.
func TestOldThresholdsNeverReplaceNewerOnes(t *testing.T) {
	w := watched(t)
	for _, at := range []float64{0.2, 0.4, 0.9} {
		w.Desk().Do(desk.SetNumber("Threshold", figure.ThresholdOption, at))
	}
	if n := w.Queue.Pending(); n != 1 {
		t.Errorf("%d pictures are being made at once, want one", n)
	}
	w.Settle()
	if got := viewtest.Find[*part.Slider](w).Value; got != 0.9 {
		t.Errorf("the slider shows %v, want the last threshold", got)
	}
	spec, _ := w.View().(views.Charting).Chart()
	if !strings.Contains(spec.Subtitle, "threshold 0.90") {
		t.Errorf("the chart is of another threshold: %q", spec.Subtitle)
	}
}

func TestThresholdsAreFrozenAndRefit(t *testing.T) {
	w := watched(t)
	w.Press("Frozen at step 0")
	if got := w.Desk().State().Option(figure.ThresholdOption, ""); got != "frozen:0" {
		t.Errorf("the threshold is %q", got)
	}
	frozen := cell(t, monitorTable(t, w), 2, "Recall")
	w.Press("Refit per checkpoint")
	w.Want("varies")
	if refit := cell(t, monitorTable(t, w), 2, "Recall"); refit == frozen {
		t.Errorf("recall is %s both frozen and refit", refit)
	}
	saved := w.State()
	w.Press("Default")
	if err := w.Restore(saved); err != nil {
		t.Fatal(err)
	}
	w.Settle()
	w.Want("varies")
}

func TestWithoutATruthThereIsTheFlagRateOnly(t *testing.T) {
	w := watched(t)
	w.Desk().Do(desk.SetOption("Ground truth", figure.TruthOption, figure.NoTruth))
	w.Settle()
	w.Want("Flag rate")
	w.WantNot("Precision")
	w.WantNot("Hidden rise")
	spec, _ := w.View().(views.Charting).Chart()
	if !strings.HasPrefix(spec.Title, "Flag rate only") || len(spec.Panels) != 1 {
		t.Errorf("the chart is %q with %d panels", spec.Title, len(spec.Panels))
	}
}

func TestPressingAVertexSetsItsThreshold(t *testing.T) {
	w := watched(t)
	var roc *part.ChartBox
	for _, box := range viewtest.All[*part.ChartBox](w) {
		if box.Spec().ID == "roc" {
			roc = box
		}
	}
	if roc == nil {
		t.Fatal("there is no ROC curve")
	}
	for _, h := range roc.Drawing().Hits {
		if strings.HasPrefix(h.Text, "action, ") && strings.Contains(h.Text, "threshold") {
			roc.OnHit(h)
			w.Settle()
			break
		}
	}
	s := w.Desk().State()
	if s.Monitor != "action" || s.Option(figure.ThresholdOption, "") == "" {
		t.Errorf("the state has monitor %q and threshold %q", s.Monitor, s.Option(figure.ThresholdOption, ""))
	}
	roc.OnHit(charts.Hit{Row: -1})
}

func TestAStudyWithoutMonitorsSaysSo(t *testing.T) {
	w := viewtest.Open(t)
	w.Do("view.monitors")
	w.Settle()
	w.Want("No sample of this study has a monitor")
	w.Press("Import results")
	if got := w.Desk().State().View; got != "import" {
		t.Errorf("the button leads to %q", got)
	}
}

func TestTheFilterReachesMonitors(t *testing.T) {
	w := watched(t)
	w.Filter("condition:neutral")
	w.WantNot("Hidden rise: hack up")
	w.Filter("condition:nobody")
	w.Want("No run passes this filter")
}

// BenchmarkThreshold is what one move of the slider takes with everything it
// sets off, drawing included.
func BenchmarkThreshold(b *testing.B) {
	w := watched(b)
	for i := range b.N {
		w.Desk().Do(desk.SetNumber("Threshold", figure.ThresholdOption, 0.2+float64(i%60)/100))
		w.Settle()
	}
}

// BenchmarkThresholdOnTheUIThread is what one move keeps the window from doing
// other things.
func BenchmarkThresholdOnTheUIThread(b *testing.B) {
	w := watched(b)
	for i := range b.N {
		w.Desk().Do(desk.SetNumber("Threshold", figure.ThresholdOption, 0.2+float64(i%60)/100))
		b.StopTimer()
		w.Queue.Settle()
		b.StartTimer()
	}
}
