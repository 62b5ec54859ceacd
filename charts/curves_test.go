package charts_test

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"witnessmark/charts"
	"witnessmark/data/frame"
)

// since is the frame of changes: how far each of 90 seeds has moved since a step.
func since(step float64, by int) frame.Frame {
	f := overSteps(by)
	start := map[string]float64{}
	for row := range f.Len() {
		if v, _, _ := f.Num("step", row); v == step {
			for _, u := range f.Units[row] {
				start[u.Run] = u.Value
			}
		}
	}
	var diff, lo, hi, pairs []float64
	var via []string
	for row := range f.Len() {
		var d []float64
		for i, u := range f.Units[row] {
			f.Units[row][i].Pair = u.Value - start[u.Run]
			d = append(d, u.Value-start[u.Run])
		}
		m, l, h := meanT(d)
		if v, _, _ := f.Num("step", row); v == step {
			m, l, h = nan, nan, nan
			for i := range f.Units[row] {
				f.Units[row][i].Pair = nan
			}
		}
		diff, lo, hi, pairs = append(diff, m), append(lo, l), append(hi, h), append(pairs, 30)
		via = append(via, "paired by 30 seeds, t over differences")
	}
	own := []string{frame.Diff, frame.DiffLo, frame.DiffHi, frame.Pairs, frame.DiffVia}
	f.Columns = slices.DeleteFunc(f.Columns, func(c frame.Column) bool { return slices.Contains(own, c.Name) })
	f.Columns = append(f.Columns, frame.Column{Name: frame.Diff, Num: diff}, frame.Column{Name: frame.DiffLo, Num: lo}, frame.Column{Name: frame.DiffHi, Num: hi}, frame.Column{Name: frame.Pairs, Num: pairs}, frame.Column{Name: frame.DiffVia, Text: via})
	return f
}

func TestChanges(t *testing.T) {
	o := hacking
	o.MeasureLabel, o.Smooth, o.Since, o.Subject = "Rollouts that hack", 0.8, 20, ""
	s := charts.Changes(since(20, 2), o)
	golden(t, "changes", s)
	if !strings.HasPrefix(s.Title, "Rollouts that hack is ") || !strings.HasSuffix(s.Title, "at step 118 against step 20") {
		t.Errorf("the title is %q", s.Title)
	}
	if l := layer(s.Panels[0], "mean"); l.Y[10] != 0 {
		t.Errorf("at the step itself the mean change is %v", l.Y[10])
	}
}

func TestTogether(t *testing.T) {
	o := hacking
	o.MeasureLabel, o.Smooth, o.SecondLabel = "Rollouts that hack", 0.8, "Misaligned answers"
	s := charts.Together(overSteps(2), o, overSteps(4), onsets(), onsets())
	golden(t, "together", s)
	if len(s.Panels) != 6 || s.Columns != 3 {
		t.Fatalf("%d panels in %d columns", len(s.Panels), s.Columns)
	}
	o.Baseline = ""
	var rows []int
	f := overSteps(10)
	for i := range f.Len() {
		if f.Text("condition", i) == "neutral" {
			rows = append(rows, i)
		}
	}
	if s := charts.Together(f, o, f.Select(rows)); s.Panels[4].Empty != "Not measured" {
		t.Errorf("a condition without the second measure has %q", s.Panels[4].Empty)
	}
}

// The mean stays away where a row carries units only, and lines do not break
// at places that are another seed's.
func TestRaggedRunsKeepTheirOwnPlaces(t *testing.T) {
	f := frame.Frame{Columns: []frame.Column{
		{Name: "condition", Text: []string{"a", "a", "a", "a"}}, {Name: "x", Num: []float64{0, 0.25, 0.5, 1}}, {Name: frame.Value, Num: []float64{0.1, nan, 0.3, 0.5}},
	}}
	for _, runs := range [][]string{{"1", "2"}, {"1"}, {"2"}, {"1", "2"}} {
		var units []frame.Unit
		for _, r := range runs {
			units = append(units, frame.Unit{Run: r, Seed: r, Value: 0.2, K: nan, N: nan, Pair: nan})
		}
		f.Units = append(f.Units, units)
		f.Keys = append(f.Keys, []frame.Key{{Field: "condition", Value: "a"}})
	}
	s := charts.Lines(f, charts.Options{By: "condition", Step: "x", Ragged: true, Along: charts.Fraction})
	if l := layer(s.Panels[0], "mean"); len(l.X) != 3 {
		t.Errorf("the mean runs through %v", l.X)
	}
	for _, l := range s.Panels[0].Layers {
		if l.Name == "a, seed 1" {
			if len(l.X) != 3 || math.IsNaN(l.Y[1]) {
				t.Errorf("seed 1 runs through %v: %v", l.X, l.Y)
			}
		}
	}
	if x := s.Panels[0].X; x.Format != charts.Percent || x.Hi != 1 {
		t.Errorf("the axis is %+v", x)
	}
}

// A logarithmic axis puts 0.1 a decade below 1, has a place for 0, and finds
// its way back.
func TestLogAxisIsRightBelowOneAndAtZero(t *testing.T) {
	s := charts.Scale{Kind: charts.LogZero, Lo: 0, Hi: 100, Least: 0.01, To: 1000}
	decade := s.Px(1) - s.Px(0.1)
	if d := s.Px(10) - s.Px(1); math.Abs(d-decade) > 1e-9 {
		t.Errorf("decades of %v and %v", decade, d)
	}
	if at := s.Px(0); at != 0 {
		t.Errorf("0 is at %v", at)
	}
	for _, v := range []float64{0, 0.005, 0.01, 0.3, 1, 99} {
		if back := s.At(s.Px(v)); math.Abs(back-v) > 1e-9 {
			t.Errorf("%v comes back as %v", v, back)
		}
	}
	if below := s.Px(-0.01); !(below < 0) {
		t.Errorf("less than 0 is at %v", below)
	}
	o := hacking
	o.LogX, o.LogY = true, true
	golden(t, "lines-log", charts.Lines(overSteps(2), o, onsets(), onsets()))
}

// A line of 100,000 steps keeps its peak, and its drawing is quick.
func TestLongLinesKeepTheirPeaks(t *testing.T) {
	const n = 100_000
	var f frame.Frame
	f.Columns = []frame.Column{{Name: "condition", Text: make([]string, n)}, {Name: "step", Num: make([]float64, n)}, {Name: frame.Value, Num: make([]float64, n)}}
	f.Units = make([][]frame.Unit, n)
	for i := range n {
		v := 0.2
		if i == 54_321 {
			v = 0.9
		}
		f.Columns[0].Text[i], f.Columns[1].Num[i], f.Columns[2].Num[i] = "a", float64(i), v
		f.Units[i] = []frame.Unit{{Run: "r", Seed: "1", Value: v, K: nan, N: nan, Pair: nan}}
	}
	s := charts.Lines(f, charts.Options{By: "condition"})
	peak := 0.0
	l := layer(s.Panels[0], "mean")
	for _, y := range l.Y {
		peak = math.Max(peak, y)
	}
	if peak != 0.9 || len(l.X) > 4000 {
		t.Errorf("%d points with a peak of %v", len(l.X), peak)
	}
	if !strings.Contains(strings.Join(s.Notes, " "), "least and greatest") {
		t.Errorf("nothing says that lines are thinned: %v", s.Notes)
	}
}

// A title counts the seeds that pass where onsets are known, and says that the
// mean describes none of them only where none is near it.
func TestTitleOfLinesCountsWhatPasses(t *testing.T) {
	o := charts.Options{By: "condition", MeasureLabel: "Hacking"}
	f := overSteps(2)
	s := charts.Lines(f, o, onsets(), onsets())
	if want := "Hacking takes off in 13, 22 and 8 of 30 seeds; the mean describes no single run"; s.Title != want {
		t.Errorf("the title is %q, want %q", s.Title, want)
	}
	if want := "13 of 30 seeds pass 50\u00a0%"; s.Panels[0].HeadNote[0] != want {
		t.Errorf("the first panel says %q, want %q", s.Panels[0].HeadNote[0], want)
	}
	last := f.Len() - 1
	for f.Text("condition", last) != "neutral" {
		last--
	}
	mean, _, _ := f.Num(frame.Value, last)
	for i := range 12 {
		f.Units[last][i].Value = mean
	}
	if s := charts.Lines(f, o, onsets(), onsets()); strings.Contains(s.Title, "mean") {
		t.Errorf("with many seeds at the mean the title is %q", s.Title)
	}
}

func TestPlacesAreWrittenAsTheyAre(t *testing.T) {
	for _, c := range []struct {
		along charts.Along
		x     float64
		want  string
	}{
		{charts.Steps, 85, "step 85"}, {charts.Epochs, 1.25, "epoch 1.25"}, {charts.Tokens, 1.23e9, "1.2\u00a0B tokens"}, {charts.Tokens, 999, "999 tokens"},
		{charts.Fraction, 0.5, "50.0\u00a0% of training"}, {charts.SinceOnset, -1, "1 step before the onset"}, {charts.SinceOnset, 12, "12 steps after the onset"},
	} {
		if got := c.along.Place(c.x); got != c.want {
			t.Errorf("%v along %q is %q, want %q", c.x, c.along, got, c.want)
		}
	}
	if got := fmt.Sprint(charts.Large.Text(3.4e5, 0), charts.Large.Text(2e7, 0)); got != "340\u00a0k20\u00a0M" {
		t.Errorf("large numbers are %q", got)
	}
}

// Numbers under an axis that is zoomed in stay under it.
func TestNumbersUnderTheAxisStayUnderIt(t *testing.T) {
	p := charts.Panel{X: charts.Axis{Lo: 0, Hi: 10}, Y: charts.Axis{Hi: 1}, Layers: []charts.Layer{{Mark: "line", X: charts.Values{0, 10}, Y: charts.Values{0, 1}}}}
	p.Under = []charts.Strip{{At: charts.Values{5, 12}, Text: []string{"inside", "outside"}}}
	svg := svgOf(t, charts.Spec{Panels: []charts.Panel{p}})
	if !strings.Contains(svg, ">inside<") || strings.Contains(svg, ">outside<") {
		t.Error("a number stands where the axis does not reach")
	}
}
