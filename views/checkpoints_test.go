package views_test

import (
	"slices"
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"witnessmark/charts"
	"witnessmark/views/desk"
	"witnessmark/views/figure"
	"witnessmark/views/part"
	"witnessmark/views/viewtest"
)

// checkpointsOpen opens the view over the small study.
func checkpointsOpen(t *testing.T) *viewtest.Window {
	t.Helper()
	w := viewtest.Open(t)
	w.Do("view.checkpoints")
	w.Settle()
	return w
}

// boxOf finds the chart made by a recipe.
func boxOf(t *testing.T, w *viewtest.Window, recipe string) *part.ChartBox {
	t.Helper()
	for _, b := range viewtest.All[*part.ChartBox](w) {
		if b.Spec().ID == recipe {
			return b
		}
	}
	t.Fatalf("there is no chart of %s", recipe)
	return nil
}

// tableWith finds the table that has a column.
func tableWith(t *testing.T, w *viewtest.Window, column string) *part.Table {
	t.Helper()
	for _, table := range viewtest.All[*part.Table](w) {
		if slices.ContainsFunc(table.Columns, func(c part.Column) bool { return c.ID == column }) {
			return table
		}
	}
	t.Fatalf("there is no table with a column %s", column)
	return nil
}

// set changes a switch and waits for what follows.
func set(w *viewtest.Window, name, value string) {
	w.Desk().Do(desk.SetOption("Test", name, value))
	w.Settle()
}

// Half of the seeds under two conditions take off: the title says in how many,
// and each panel counts them.
func TestTitleOfCheckpointsIsAFinding(t *testing.T) {
	w := checkpointsOpen(t)
	spec := boxOf(t, w, "lines").Spec()
	if want := "Hack takes off in 5, 5 and 0 of 10 seeds"; !strings.HasPrefix(spec.Title, want) {
		t.Errorf("the title is %q, want %q", spec.Title, want)
	}
	if got, want := spec.Panels[0].HeadNote[0], "5 of 10 seeds pass 50\u00a0%"; got != want {
		t.Errorf("the first panel says %q, want %q", got, want)
	}
	if !strings.Contains(spec.Subtitle, "first step with a 5-step mean above 2\u00a0%") {
		t.Errorf("the subtitle does not say what a triangle is: %q", spec.Subtitle)
	}
}

// Left and right go from step to step, End to the last.
func TestArrowKeysMoveTheStep(t *testing.T) {
	w := checkpointsOpen(t)
	press := func(k fyne.KeyName) { w.Fyne.Canvas().OnTypedKey()(&fyne.KeyEvent{Name: k}) }
	w.Want("At step 39")
	press(fyne.KeyLeft)
	w.Want("At step 38")
	press(fyne.KeyHome)
	w.Want("At step 0")
	press(fyne.KeyLeft)
	w.Want("At step 0")
	press(fyne.KeyRight)
	w.Want("At step 1")
	press(fyne.KeyEnd)
	w.Want("At step 39")
}

// A part of the training in place of steps: the same runs, the same numbers,
// another axis, also in the words.
func TestCheckpointsAlongAPartOfTraining(t *testing.T) {
	w := checkpointsOpen(t)
	before := tableWith(t, w, "highest").Text(0, "value")
	set(w, figure.AxisOption, "fraction")
	w.Want("At 100.0\u00a0% of training")
	if got := tableWith(t, w, "highest").Text(0, "value"); got != before {
		t.Errorf("the end of training is %q, the last step was %q", got, before)
	}
	if x := boxOf(t, w, "lines").Spec().Panels[0].X; x.Hi != 1 || x.Format != charts.Percent {
		t.Errorf("the axis runs to %v as %v", x.Hi, x.Format)
	}
	set(w, figure.AxisOption, "onset")
	if x := boxOf(t, w, "lines").Spec().Panels[0].X; x.Lo >= 0 {
		t.Errorf("steps since the onset begin at %v", x.Lo)
	}
	set(w, figure.AxisOption, "tokens")
	if got := boxOf(t, w, "").Spec().Panels[0].Empty; !strings.Contains(got, "No measure of this study says the tokens") {
		t.Errorf("a study without tokens says %q", got)
	}
}

// Every step against one: the chart, the table and the words change to
// differences within runs, and an unknown step is answered with the nearest.
func TestCheckpointsComparedToOne(t *testing.T) {
	w := checkpointsOpen(t)
	set(w, figure.SinceOption, "10")
	w.Want("At step 39 against step 10")
	table := tableWith(t, w, "directions")
	if got := table.Text(0, "pairs"); got != "10" {
		t.Errorf("%q pairs of ten seeds", got)
	}
	if got := table.Text(0, "diff"); got != "+35.0" { // five seeds go from 5 to 19 of 20
		t.Errorf("neutral has moved by %q", got)
	}
	if got := table.Text(0, "directions"); got != "0, 5" {
		t.Errorf("seeds go %q", got)
	}
	if spec := boxOf(t, w, "changes").Spec(); !strings.Contains(spec.Title, "against step 10") {
		t.Errorf("the title is %q", spec.Title)
	}
	set(w, figure.SinceOption, "10.4")
	if got := boxOf(t, w, "").Spec().Panels[0].Empty; !strings.Contains(got, "the nearest is step 10") {
		t.Errorf("a step that is not there says %q", got)
	}
	set(w, figure.SinceOption, "")
	boxOf(t, w, "lines")
}

// A press on a seed's line leaves the other runs out of the chart and changes
// no number; another press takes them back.
func TestPressOnALineIsolatesTheSeed(t *testing.T) {
	w := checkpointsOpen(t)
	mean := tableWith(t, w, "highest").Text(0, "value")
	press := func() {
		box := boxOf(t, w, "lines")
		for _, h := range box.Drawing().Hits {
			if h.Unit >= 0 && strings.Contains(h.Text, "neutral, step 30, seed 0") {
				box.OnHit(h)
				w.Settle()
				return
			}
		}
		t.Fatal("seed 0 is not drawn")
	}
	lines := func() (n int) {
		for _, p := range boxOf(t, w, "lines").Spec().Panels {
			for _, l := range p.Layers {
				if strings.Contains(l.Name, ", seed ") && l.Mark == "line" {
					n++
				}
			}
		}
		return n
	}
	if n := lines(); n != 30 {
		t.Fatalf("%d lines of seeds", n)
	}
	press()
	if n := lines(); n != 1 {
		t.Errorf("%d lines are left of one seed", n)
	}
	w.Want("29 runs hidden from charts, not from numbers")
	if got := tableWith(t, w, "highest").Text(0, "value"); got != mean {
		t.Errorf("the mean of all seeds goes from %q to %q", mean, got)
	}
	press()
	if n := lines(); n != 30 {
		t.Errorf("%d lines are back", n)
	}
}

// A range chosen in one chart is shown in the other.
func TestZoomIsOfBothCharts(t *testing.T) {
	w := checkpointsOpen(t)
	lines, survival := boxOf(t, w, "lines"), boxOf(t, w, "survival")
	lines.OnZoom(10, 20)
	if lo, hi, ok := survival.Zoomed(); !ok || lo != 10 || hi != 20 {
		t.Errorf("survival shows %v to %v", lo, hi)
	}
	w.Settle()
	survival.OnZoom(0, 0)
	if _, _, ok := lines.Zoomed(); ok {
		t.Error("the lines stay zoomed")
	}
}

// The trend is said in words that its intervals bear.
func TestTrendIsSaidInWords(t *testing.T) {
	w := checkpointsOpen(t)
	set(w, "checkpoints.pane", "trend")
	if got := tableWith(t, w, "after").Text(2, "value"); got != "0.0" {
		t.Errorf("under negative inoculation, where nothing moves, the slope is %q", got)
	}
	said := strings.Join(w.Texts(), " ") // a sentence wraps where the pane ends
	for _, want := range []string{"Hack per 10 steps rises by", "no clear trend under negative inoculation", "it proves no jump"} {
		if !strings.Contains(said, want) {
			t.Errorf("nothing says %q", want)
		}
	}
}

// Smoothing draws again without asking again; the axis asks.
func TestSmoothingAsksNothing(t *testing.T) {
	w := checkpointsOpen(t)
	a := w.Desk().State()
	b := desk.SetNumber("", figure.SmoothOption, 0.5).Apply(a)
	if !figure.Asked(a).Equal(figure.Asked(b)) {
		t.Error("another smoothing is another question")
	}
	if c := desk.SetOption("", figure.AxisOption, "fraction").Apply(a); figure.Asked(a).Equal(figure.Asked(c)) {
		t.Error("another axis is the same question")
	}
}
