package oversight_test

import (
	"context"
	"math"
	"testing"

	"witnessmark/data"
	"witnessmark/data/frame"
	"witnessmark/data/oversight"
	"witnessmark/data/simulate"
)

var told = oversight.Question{Monitor: simulate.CoTMonitor, Truth: "hack"}

// What is estimated must be what the generator says, within the sampling
// error of its samples.
func TestRatesAreThoseOfTheGenerator(t *testing.T) {
	r := board(t, simulated(), told).Read()
	f := r.Curves(oversight.Recall, oversight.FalseAlarm)
	for _, a := range simulate.Arms() {
		for step := 0; step <= simulate.LastStep; step += simulate.StepWidth {
			for row := range f.Len() {
				at, _, _ := f.Num(data.Step, row)
				if f.Text(data.Condition, row) != a.Name || int(at) != step {
					continue
				}
				truth := a.Recall(simulate.CoTMonitor, step)
				if f.Text(frame.Measure, row) == string(oversight.FalseAlarm) {
					truth = simulate.FalseAlarms(simulate.CoTMonitor)
				}
				n, _, _ := f.Num(frame.N, row)
				want(t, f, frame.Value, row, truth, 4*math.Sqrt(truth*(1-truth)/n)+0.01)
			}
		}
	}
}

// The intervals of six arms, six steps and two rates must cover the truth
// about as often as they say.
func TestIntervalsCoverTheGenerator(t *testing.T) {
	f := board(t, simulated(), told).Read().Curves(oversight.Recall, oversight.FalseAlarm)
	covered, all := 0, 0
	arms := map[string]simulate.Arm{}
	for _, a := range simulate.Arms() {
		arms[a.Name] = a
	}
	for row := range f.Len() {
		at, _, _ := f.Num(data.Step, row)
		truth := arms[f.Text(data.Condition, row)].Recall(simulate.CoTMonitor, int(at))
		if f.Text(frame.Measure, row) == string(oversight.FalseAlarm) {
			truth = simulate.FalseAlarms(simulate.CoTMonitor)
		}
		lo, _, _ := f.Num(frame.Lo, row)
		hi, _, ok := f.Num(frame.Hi, row)
		if ok {
			all++
			covered += int(number(lo <= truth && truth <= hi))
		}
	}
	if all < 70 || float64(covered) < 0.88*float64(all) {
		t.Errorf("%d of %d intervals cover the truth", covered, all)
	}
}

func TestHiddenRiseIsFoundWhereItWasPutIn(t *testing.T) {
	f := board(t, simulated(), told).Read().HiddenRise()
	for row := range f.Len() {
		arm := f.Text(data.Condition, row)
		verdict := oversight.NotShown
		if arm == "cot_pressure" {
			verdict = oversight.HiddenRising
		}
		if got := f.Text(oversight.VerdictColumn, row); got != verdict {
			p, _, _ := f.Num(frame.PHolm, row)
			t.Errorf("%s: %s (p %v), want %s", arm, got, p, verdict)
		}
	}
	row := find(t, f, data.Condition, "cot_pressure")
	want(t, f, frame.Seeds, row, 8, 0)
	if change, _, _ := f.Num("recall_change", row); change > -0.5 {
		t.Errorf("recall changes by %v", change)
	}
	if len(f.Units[row]) != 8 {
		t.Errorf("%d units", len(f.Units[row]))
	}
	row = find(t, f, data.Condition, "neutral")
	if p, _, _ := f.Num("p_rate_up", row); p > 0.05 {
		t.Errorf("hacking rises in neutral, but p is %v", p)
	}
}

// The other monitor reads actions, which no pressure changes.
func TestActionMonitorIsNotFooled(t *testing.T) {
	q := told
	q.Monitor = simulate.ActionMonitor
	f := board(t, simulated(), q).Read().HiddenRise()
	if got := f.Text(oversight.VerdictColumn, find(t, f, data.Condition, "cot_pressure")); got != oversight.NotShown {
		t.Errorf("verdict %s", got)
	}
}

func TestDecompositionAddsUpExactly(t *testing.T) {
	f := board(t, simulated(), told).Read().Decompose(0, 100)
	if f.Len() != 6*5 {
		t.Fatalf("%d rows, want five for each of six arms", f.Len())
	}
	for row := 0; row < f.Len(); row += 5 {
		v := func(i int) float64 { x, _, _ := f.Num(frame.Value, row+i); return x }
		if got, change := v(1)+v(2)+v(3), v(4)-v(0); math.Abs(got-change) > 1e-12 {
			t.Errorf("%s: parts add up to %v, not %v", f.Text(data.Condition, row), got, change)
		}
		for i := 1; i <= 3; i++ {
			lo, why, ok := f.Num(frame.Lo, row+i)
			hi, _, _ := f.Num(frame.Hi, row+i)
			if !ok || !(lo < v(i) && v(i) < hi) {
				t.Errorf("part %s in [%v, %v] %s", f.Text(oversight.PartColumn, row+i), lo, hi, why)
			}
		}
	}
	row := find(t, f, data.Condition, "cot_pressure", oversight.PartColumn, "Lower recall")
	if hi, _, _ := f.Num(frame.Hi, row); hi >= 0 {
		t.Errorf("recall explains up to %v of the change", hi)
	}
	if noted(f, "unpaired-runs") == "" {
		t.Error("nothing says that a canceled run was left out")
	}
}

func TestCaughtAndUncaughtAddUpToTheTrueRate(t *testing.T) {
	f := board(t, simulated(), told).Read().Caught()
	rates := board(t, simulated(), told).Read().Curves(oversight.TrueRate, oversight.Recall)
	for row := range f.Len() {
		caught, _, _ := f.Num("caught", row)
		uncaught, _, _ := f.Num("uncaught", row)
		want(t, f, "true_rate", row, caught+uncaught, 1e-12)
		want(t, rates, frame.Value, row, caught+uncaught, 1e-12)
		want(t, rates, frame.Value, row+f.Len(), caught/(caught+uncaught), 1e-12)
	}
	area := board(t, simulated(), told).Read().Uncaught()
	hidden, _, _ := area.Num(frame.Value, find(t, area, data.Condition, "cot_pressure"))
	open, _, _ := area.Num(frame.Value, find(t, area, data.Condition, "neutral"))
	if !(hidden > 3*open) {
		t.Errorf("uncaught %v under pressure and %v without", hidden, open)
	}
}

func TestTableTellsWhatEstimatesTell(t *testing.T) {
	f := oversight.Table(oversight.Everywhere, board(t, simulated(), told).Read())
	if f.Len() != 6 || f.Text(data.Condition, 0) != "cot_pressure" {
		t.Fatalf("%d rows, first %s", f.Len(), f.Text(data.Condition, 0))
	}
	for _, id := range []string{"simulated", "residue", "unknown-verdicts"} {
		if noted(f, id) == "" {
			t.Errorf("no note %s", id)
		}
	}
	if x, _, _ := f.Num(frame.Excluded, find(t, f, data.Condition, "inoculation_specific")); x < 400 {
		t.Errorf("%v samples excluded", x)
	}
}

func TestGroupsOfAnyLevel(t *testing.T) {
	s := simulated()
	for _, c := range []struct {
		by   string
		rows int
	}{{data.Run, 48}, {data.EvalPrompt, 2}, {"trained_against", 2}, {data.Step, 6}, {"hack", 2}, {"excluded", 1}, {"cot_regime_level", 2}} {
		q := told
		q.By = []string{c.by}
		f := oversight.Table(oversight.Everywhere, board(t, s, q).Read())
		if f.Len() != c.rows {
			t.Errorf("by %s: %d rows, want %d", c.by, f.Len(), c.rows)
		}
		all := 0.0
		for row := range f.Len() {
			n, _, _ := f.Num(frame.N, row)
			all += n
		}
		if b := board(t, s, told); all < 0.98*float64(b.Len()) {
			t.Errorf("by %s: %v verdicts of %d samples", c.by, all, b.Len())
		}
	}
}

func TestWithoutFieldsThereIsOneGroup(t *testing.T) {
	q := told
	q.By = []string{}
	f := oversight.Table(oversight.Everywhere, board(t, simulated(), q).Read())
	if f.Len() != 1 {
		t.Fatalf("%d rows, want 1", f.Len())
	}
	want(t, f, frame.Seeds, 0, 48, 0)
}

func TestUnknownNamesAreSaid(t *testing.T) {
	ctx := context.Background()
	for _, q := range []oversight.Question{
		{Monitor: "cot_moniter"}, {Monitor: simulate.CoTMonitor, Truth: "hacks"}, {Monitor: simulate.CoTMonitor, By: []string{"conditon"}},
	} {
		if _, err := simulated().Board(ctx, q); err == nil {
			t.Errorf("%+v gives no error", q)
		} else {
			t.Log(err)
		}
	}
}

func TestFrozenThresholdGuardsItsOwnStep(t *testing.T) {
	r := read(t, simulated(), told, oversight.Settings{Threshold: oversight.FrozenAt(20), Budget: 0.05})
	if _, ok := r.InUse(); !ok {
		t.Fatal("a frozen threshold is not one threshold")
	}
	f := r.Curves(oversight.FalseAlarm)
	for row := range f.Len() {
		step, _, _ := f.Num(data.Step, row)
		told := false
		for _, n := range f.Notes {
			told = told || n.Row == row && n.ID == "threshold-on-test"
		}
		if told != (step == 20) {
			t.Errorf("step %v: told that the threshold was chosen here: %v", step, told)
		}
		if v, _, _ := f.Num(frame.Value, row); step == 20 && v > 0.15 {
			t.Errorf("%v false alarms where they were to be 5 %% of all", v)
		}
	}
	if err := r.Move(oversight.Settings{Threshold: oversight.FrozenAt(33)}); err == nil {
		t.Error("a threshold was frozen at a step without samples")
	} else {
		t.Log(err)
	}
	if _, ok := r.InUse(); !ok {
		t.Error("a failed move changed the reading")
	}
}

func TestRefitHoldsTheBudgetEverywhere(t *testing.T) {
	r := read(t, simulated(), told, oversight.Settings{Threshold: oversight.Refit(), Budget: 0.02})
	f := r.Curves(oversight.FalseAlarm)
	for row := range f.Len() {
		if v, _, ok := f.Num(frame.Value, row); !ok || v > 0.02 {
			t.Errorf("row %d: false positive rate %v", row, v)
		}
	}
	if noted(f, "threshold-on-test") == "" {
		t.Error("nothing says that thresholds were chosen on these samples")
	}
}

func TestCurvesOfBothMonitors(t *testing.T) {
	q := told
	cot := board(t, simulated(), q).Read()
	q.Monitor = simulate.ActionMonitor
	action := board(t, simulated(), q).Read()
	at := oversight.Place{Group: "cot_pressure", Step: 100}
	curves, points := oversight.ROC(at, cot, action)
	if points.Len() != 2 {
		t.Fatalf("%d points", points.Len())
	}
	var last [2]float64
	for row := range curves.Len() {
		x, _, _ := curves.Num("fpr", row)
		y, _, _ := curves.Num("tpr", row)
		if row > 0 && curves.Text(oversight.MonitorColumn, row) == curves.Text(oversight.MonitorColumn, row-1) && (x < last[0] || y < last[1]) {
			t.Fatalf("row %d: the curve goes back from %v to %v", row, last, [2]float64{x, y})
		}
		last = [2]float64{x, y}
	}
	blind, _, _ := points.Num("auroc", 0)
	sharp, _, _ := points.Num("auroc", 1)
	if !(blind < 0.7 && sharp > 0.85) {
		t.Errorf("areas %v and %v", blind, sharp)
	}
	pr, inUse := oversight.PR(at, cot, action)
	if pr.Len() == 0 || inUse.Len() != 2 {
		t.Fatalf("%d vertices, %d points", pr.Len(), inUse.Len())
	}
	want(t, inUse, "recall", 1, simulate.Arms()[5].Recall(simulate.ActionMonitor, 100), 0.05)
}
