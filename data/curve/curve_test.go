package curve_test

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"witnessmark/data"
	"witnessmark/data/curve"
	"witnessmark/data/frame"
	"witnessmark/data/stats"
)

var nan = math.NaN()

// A point is a run's value at a step.
type point struct {
	condition, run string
	step, value    float64
}

// answer is a frame by condition and step as the index gives it.
func answer(points ...point) frame.Frame {
	f := frame.Frame{Columns: []frame.Column{{Name: data.Condition}, {Name: data.Step}, {Name: frame.Value}, {Name: frame.Lo}, {Name: frame.Hi}, {Name: frame.Method}}}
	at := map[string]int{}
	for _, p := range points {
		step := fmt.Sprint(p.step)
		row, known := at[p.condition+" "+step]
		if !known {
			row = f.Len()
			at[p.condition+" "+step] = row
			f.Columns[0].Text, f.Columns[1].Text = append(f.Columns[0].Text, p.condition), append(f.Columns[1].Text, step)
			for i := 2; i < 5; i++ {
				f.Columns[i].Num = append(f.Columns[i].Num, nan)
			}
			f.Columns[5].Text = append(f.Columns[5].Text, "t over seeds")
			f.Keys = append(f.Keys, []frame.Key{{Field: data.Condition, Value: p.condition}, {Field: data.Step, Value: step}})
			f.Units = append(f.Units, nil)
		}
		f.Units[row] = append(f.Units[row], frame.Unit{Run: p.run, Seed: strings.TrimLeft(p.run, "abcr"), Value: p.value, K: nan, N: nan, Pair: nan})
	}
	for row := range f.Units {
		var v []float64
		for _, u := range f.Units[row] {
			v = append(v, u.Value)
		}
		f.Columns[2].Num[row], _ = stats.Mean(v)
		if e, err := stats.SeedMean(v, 0.95); err == nil {
			f.Columns[3].Num[row], f.Columns[4].Num[row] = e.Lo, e.Hi
		}
	}
	return f
}

// line is a run that goes from one value by so much a step.
func line(condition, run string, from, by float64, steps ...float64) []point {
	var out []point
	for _, s := range steps {
		out = append(out, point{condition, run, s, from + by*s})
	}
	return out
}

func num(t *testing.T, f frame.Frame, name string, row int) float64 {
	t.Helper()
	v, why, ok := f.Num(name, row)
	if !ok && why == "" {
		return nan
	}
	return v
}

func near(t *testing.T, what string, got, want float64) {
	t.Helper()
	if !(math.Abs(got-want) < 1e-9) {
		t.Errorf("%s is %v, want %v", what, got, want)
	}
}

// Runs that end early, and runs that lack steps, are told with their steps.
func TestLengthsTellWhatTheMeanHides(t *testing.T) {
	f := answer(slices.Concat(line("a", "r1", 0, 1, 0, 10, 20), line("a", "r2", 0, 1, 0, 10), line("a", "r3", 0, 1, 0, 20))...)
	got := map[string]string{}
	for _, n := range curve.Lengths(f) {
		got[n.ID] = n.Text
	}
	if want := "1 of 3 seeds end before step 20, the first at step 10; the mean rests on fewer after that"; got["unequal-lengths"] != want {
		t.Errorf("said %q, want %q", got["unequal-lengths"], want)
	}
	if want := "1 of 3 seeds lack steps that others have, 1 in all; their lines have gaps there"; got["missing-steps"] != want {
		t.Errorf("said %q, want %q", got["missing-steps"], want)
	}
	if notes := curve.Lengths(answer(line("a", "r1", 0, 1, 0, 10, 20)...)); len(notes) > 0 {
		t.Errorf("a run alone is told %v", notes)
	}
}

// Where all runs lie at one place, numbers stay as they are and get a place.
func TestLayKeepsNumbersOfSharedPlaces(t *testing.T) {
	f := answer(slices.Concat(line("a", "r1", 0, 1, 0, 10, 20), line("a", "r2", 5, 1, 0, 10, 20))...)
	got := curve.Lay(f, curve.Fractions(map[string]float64{"r1": 20, "r2": 20}), curve.ByFraction, 0.95)
	if got.Ragged || got.Len() != 3 {
		t.Fatalf("ragged %v with %d rows", got.Ragged, got.Len())
	}
	near(t, "place of step 10", num(t, got.Frame, curve.X, 1), 0.5)
	near(t, "its value", num(t, got.Frame, frame.Value, 1), 12.5)
}

// Of runs of unequal length the mean at half of the training takes each run at
// its own half, and never past its end.
func TestLayMeetsRunsOfUnequalLength(t *testing.T) {
	f := answer(slices.Concat(line("a", "r1", 0, 1, 0, 10, 20), line("a", "r2", 0, 1, 0, 30, 60, 90))...)
	got := curve.Lay(f, curve.Fractions(map[string]float64{"r1": 20, "r2": 90}), curve.ByFraction, 0.95)
	if !got.Ragged {
		t.Fatal("runs of unequal length share no places")
	}
	for row := range got.Len() {
		switch x := num(t, got.Frame, curve.X, row); {
		case x == 0.5:
			near(t, "the mean at half", num(t, got.Frame, frame.Value, row), (10+45)/2.0)
			if len(got.Units[row]) != 1 || got.Units[row][0].Run != "r1" {
				t.Errorf("units at half are %v, only r1 has a step there", got.Units[row])
			}
		case x == 1:
			near(t, "the mean at the end", num(t, got.Frame, frame.Value, row), (20+90)/2.0)
		}
	}
}

// Aligned at onsets, a mean is over runs at that very distance, and there is
// none where fewer than half of them are.
func TestLayAlignsAtOnsets(t *testing.T) {
	f := answer(slices.Concat(line("a", "r1", 0, 1, 0, 1, 2, 3), line("a", "r2", 0, 1, 0, 1, 2, 3), line("a", "r3", 0, 1, 0, 1, 2, 3))...)
	starts := frame.Frame{Columns: []frame.Column{{Name: data.Run, Text: []string{"r1", "r2", "r3"}}, {Name: data.Step, Num: []float64{1, 1, 3}}}}
	p := curve.Since(starts)
	got := curve.Lay(f, p, curve.SinceOnset, 0.95)
	values := map[float64]float64{}
	for row := range got.Len() {
		values[num(t, got.Frame, curve.X, row)] = num(t, got.Frame, frame.Value, row)
	}
	near(t, "the mean at the onset", values[0], 5.0/3)
	if v, ok := values[-3]; !ok || v == v {
		t.Errorf("three steps before the onset one run of three has the mean %v", v)
	}
	if moved := p.Locate(starts); num(t, moved, curve.X, 2) != 0 {
		t.Error("an onset lies at 0 of its own axis")
	}
}

// Places that a log records at some steps hold in proportion between them.
func TestRecordedPlacesHoldBetweenSteps(t *testing.T) {
	p := curve.Recorded(answer(point{"a", "r1", 0, 0}, point{"a", "r1", 100, 2}))
	near(t, "epoch at step 25", p.Place("r1", 25), 0.5)
	for _, step := range []float64{-1, 101} {
		if v := p.Place("r1", step); v == v {
			t.Errorf("step %v, outside of the log, is at %v", step, v)
		}
	}
	if v := p.Place("r2", 25); v == v {
		t.Errorf("a run without a log is at %v", v)
	}
}

func TestAxesAreThoseThatMeasuresTell(t *testing.T) {
	got := curve.Axes([]string{"hack", "train/epoch", "num_tokens"})
	if want := []curve.Axis{curve.ByStep, curve.ByEpoch, curve.ByTokens, curve.ByFraction, curve.SinceOnset}; !slices.Equal(got, want) {
		t.Errorf("axes %v, want %v", got, want)
	}
	if got := curve.Axes([]string{"hack"}); slices.Contains(got, curve.ByEpoch) {
		t.Error("no measure tells epochs")
	}
}

// Bonferroni's band over m steps is Student's t at 1 − α/m.
func TestBonferroniDividesTheLevel(t *testing.T) {
	var points []point
	for i, run := range []string{"r1", "r2", "r3", "r4"} {
		points = append(points, line("a", run, float64(i), float64(i%2), 0, 1, 2, 3, 4)...)
	}
	f := answer(points...)
	got := curve.Widen(f, curve.Bonferroni, 0.95)
	for row := range f.Len() {
		var v []float64
		for _, u := range f.Units[row] {
			v = append(v, u.Value)
		}
		want, err := stats.SeedMean(v, 1-0.05/5)
		if err != nil {
			t.Fatal(err)
		}
		near(t, "lower end", num(t, got, frame.Lo, row), want.Lo)
	}
	if m := got.Text(frame.Method, 0); m != "t over seeds, Bonferroni over 5 steps" {
		t.Errorf("the method is called %q", m)
	}
	if num(t, f, frame.Lo, 0) == num(t, got, frame.Lo, 0) {
		t.Error("the frame that was given is as wide")
	}
}

// Sup-t is narrower than Bonferroni where steps move together, and gives way
// to it, with a word, where seeds are few.
func TestSupTFollowsHowStepsMoveTogether(t *testing.T) {
	var points []point
	for i := range 12 {
		points = append(points, line("a", fmt.Sprintf("r%d", i), float64(i*i%13), 0.1, 0, 1, 2, 3, 4, 5, 6, 7, 8, 9)...)
	}
	f := answer(points...)
	width := func(f frame.Frame) float64 { return num(t, f, frame.Hi, 4) - num(t, f, frame.Lo, 4) }
	sup, all := curve.Widen(f, curve.SupT, 0.95), curve.Widen(f, curve.Bonferroni, 0.95)
	if !(width(sup) < width(all)) {
		t.Errorf("sup-t is %v wide, Bonferroni %v", width(sup), width(all))
	}
	few := curve.Widen(answer(points[:30]...), curve.SupT, 0.95)
	if len(few.Notes) != 1 || !strings.Contains(few.Notes[0].Text, "3 runs are too few") {
		t.Errorf("three runs are told %v", few.Notes)
	}
}

// A trend is the mean of the slopes of runs, for a round number of steps.
func TestTrendsAreMeansOfSlopes(t *testing.T) {
	f := answer(slices.Concat(line("a", "r1", 0, 0.01, 0, 50, 119), line("a", "r2", 0, 0.03, 0, 50, 119), line("b", "r1", 0, 0.02, 0, 119))...)
	got := curve.Trends(f, 0.95)
	near(t, "steps", num(t, got, curve.Per, 0), 100)
	near(t, "slope of a", num(t, got, frame.Value, 0), 2)
	want, _ := stats.SeedMean([]float64{1, 3}, 0.95)
	near(t, "lower end", num(t, got, frame.Lo, 0), want.Lo)
	near(t, "slope of b", num(t, got, frame.Value, 1), 2)
	if _, why, ok := got.Num(frame.Lo, 1); ok || why == "" {
		t.Error("one run has an interval, or no reason for none")
	}
}

// The hint is the last step before the level that follows.
func TestShiftsNameTheLastStepBefore(t *testing.T) {
	var points []point
	for _, run := range []string{"r1", "r2"} {
		for s := range 20 {
			v := 0.1 + 0.01*float64(s%3)
			if s > 11 {
				v += 0.5
			}
			points = append(points, point{"a", run, float64(s * 10), v})
		}
	}
	got := curve.Shifts(answer(points...))
	near(t, "the step", num(t, got, curve.After, 0), 110)
	near(t, "a run's own step", got.Units[0][0].Value, 110)
	if p := num(t, got, frame.P, 0); p > 0.01 {
		t.Errorf("p is %v", p)
	}
	flat := curve.Shifts(answer(line("a", "r1", 1, 0, 0, 1, 2, 3)...))
	if _, why, ok := flat.Num(curve.After, 0); ok || why != "the values do not differ" {
		t.Errorf("a flat run changes, or not because %q", why)
	}
}

// Two measures that step at different times correlate, and the one that moves
// first leads by the difference of their onsets.
func TestRelateSaysWhichMovesFirst(t *testing.T) {
	var a, b []point
	starts := [2]frame.Frame{}
	for k := range starts {
		starts[k].Columns = []frame.Column{{Name: data.Run}, {Name: data.Step}}
	}
	for i, run := range []string{"r1", "r2", "r3"} {
		first := 10 + i
		for s := range 40 {
			step := func(at int) float64 {
				v := 0.01 * float64((s*7+i)%5)
				if s >= at {
					v += 1
				}
				return v
			}
			a, b = append(a, point{"a", run, float64(s), step(first)}), append(b, point{"a", run, float64(s), step(first + 4 + i)})
		}
		for k, at := range []int{first, first + 4 + i} {
			starts[k].Columns[0].Text = append(starts[k].Columns[0].Text, run)
			starts[k].Columns[1].Num = append(starts[k].Columns[1].Num, float64(at))
		}
	}
	got := curve.Relate(answer(a...), answer(b...), starts[0], starts[1], 0.95)
	near(t, "lead", num(t, got, curve.Lead, 0), 5)
	near(t, "lag", num(t, got, curve.Lag, 0), 5)
	near(t, "runs with both", num(t, got, curve.LeadN, 0), 3)
	if r := num(t, got, frame.Value, 0); !(r > 0.6 && r < 1) {
		t.Errorf("the correlation within runs is %v", r)
	}
	alone := curve.Relate(answer(a[:40]...), answer(b[:40]...), frame.Frame{}, frame.Frame{}, 0.95)
	if _, why, ok := alone.Num(curve.Lead, 0); ok || why == "" {
		t.Error("without onsets there is a lead, or no reason for none")
	}
}

// Frames without steps, runs or values answer nothing, and do not fail.
func TestNothingComesOfNothing(t *testing.T) {
	for name, f := range map[string]frame.Frame{
		"nothing":   {},
		"no values": answer(point{"a", "r1", 0, nan}),
		"one point": answer(point{"a", "r1", 5, 0.5}),
	} {
		for _, got := range []frame.Frame{curve.Trends(f, 0), curve.Shifts(f), curve.Relate(f, f, frame.Frame{}, frame.Frame{}, 0), curve.Widen(f, curve.SupT, 0), curve.Lay(f, curve.Places{}, curve.ByEpoch, 0).Frame} {
			if got.Len() > 1 {
				t.Errorf("%s: %d rows", name, got.Len())
			}
		}
		curve.Lengths(f)
	}
}
