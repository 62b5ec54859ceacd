package charts_test

import (
	"fmt"
	"strings"
	"testing"

	"witnessmark/charts"
	"witnessmark/data/frame"
)

var hacking = charts.Options{
	By: "condition", Baseline: "neutral", Subject: "Hacking ends",
	MeasureLabel: "Rollouts that hack, mean of the last 10 steps",
	Context:      "GRPO on Qwen3-30B-A3B-Base, train prompt",
	Source:       "Runs 1–90, imported 2026-11-21, sha256 c5564e33…, Witnessmark 0.1. Order as designed.",
}

func TestDots(t *testing.T) { golden(t, "dots", charts.Dots(finalRates(), hacking)) }

func TestDifferences(t *testing.T) {
	golden(t, "differences", charts.Differences(finalRates(), hacking))
}

func TestLines(t *testing.T) {
	o := hacking
	o.MeasureLabel, o.Smooth = "Rollouts that hack", 0.8
	golden(t, "lines", charts.Lines(overSteps(2), o, onsets()))
	o.OnePanel = true
	golden(t, "lines-one", charts.Lines(overSteps(2), o))
}

// onsets are the first steps over a threshold, of some seeds never.
func onsets() frame.Frame {
	var f frame.Frame
	var names, seeds []string
	var steps []float64
	for c, name := range conditions {
		for seed := range 30 {
			names, seeds = append(names, name), append(seeds, fmt.Sprint(seed))
			step := nan
			if (seed*7+c)%30 < []int{13, 22, 8}[c] {
				step = float64(20 + (seed*31+c*17)%80)
			}
			steps = append(steps, step)
		}
	}
	f.Columns = []frame.Column{{Name: "condition", Text: names}, {Name: "seed", Text: seeds}, {Name: "step", Num: steps}}
	return f
}

// Facets share rows by name; what a facet lacks says so.
func TestFacets(t *testing.T) {
	f := traitScores()
	var rows []int
	for i := range f.Len() {
		if f.Text(frame.Measure, i) == "Undesired trait, Playful" && f.Text("eval", i) != evals[1] {
			rows = append(rows, i)
		}
	}
	o := traits
	o.Facet = "eval"
	golden(t, "dots-facets", charts.Dots(f.Select(rows), o))
	golden(t, "differences-facets", charts.Differences(f.Select(rows), o))
	o = hacking
	o.Facet = "family"
	golden(t, "lines-facets", charts.Lines(overSteps(10), o))
}

// judges are rates by two judges, the second of which saw one condition more.
func judges() frame.Frame {
	f := frame.Frame{Columns: []frame.Column{
		{Name: "condition", Text: []string{"neutral", "neutral", "inoculation", "inoculation", "rephrased"}},
		{Name: "judge", Text: []string{"hack detector", "second judge", "hack detector", "second judge", "second judge"}},
		{Name: frame.Value, Num: []float64{0.58, 0.6, 0.21, 0.55, 0.5}}, {Name: frame.Lo, Num: []float64{0.4, 0.44, 0.1, 0.38, nan}}, {Name: frame.Hi, Num: []float64{0.76, 0.76, 0.32, 0.72, nan}, Why: []string{"", "", "", "", "one run has no interval"}},
		{Name: frame.Level, Num: []float64{0.95, 0.95, 0.95, 0.95, 0.95}}, {Name: frame.N, Num: []float64{800, 160, 800, 160, 20}}, {Name: frame.Seeds, Num: []float64{8, 8, 8, 8, 1}},
		{Name: frame.Method, Text: []string{"t over seeds", "t over seeds", "t over seeds", "t over seeds", ""}},
		{Name: frame.Diff, Num: []float64{nan, nan, -0.37, -0.05, -0.1}}, {Name: frame.DiffLo, Num: []float64{nan, nan, -0.5, -0.2, nan}}, {Name: frame.DiffHi, Num: []float64{nan, nan, -0.24, 0.1, nan}},
		{Name: frame.Pairs, Num: []float64{nan, nan, 8, 7, nan}}, {Name: frame.DiffVia, Text: []string{"", "", "paired by 8 seeds, t over differences", "paired by 7 seeds, t over differences", ""}},
	}}
	for row := range f.Len() {
		f.Keys = append(f.Keys, []frame.Key{{Field: "condition", Value: f.Text("condition", row)}, {Field: "grader", Value: f.Text("judge", row)}})
	}
	return f
}

// Judges stand under their condition, each beside the baseline of its own.
func TestDotsOfJudges(t *testing.T) {
	o := charts.Options{By: "condition", Told: "judge", Baseline: "neutral", Subject: "Hacking is", MeasureLabel: "Rollouts that hack", Source: "made up"}
	golden(t, "dots-judges", charts.Dots(judges(), o))
}

// A title says of each judge what it found, whatever another one did.
func TestTitlesTellJudgesApart(t *testing.T) {
	o := charts.Options{By: "condition", Told: "judge", Baseline: "neutral", Subject: "Hacking is"}
	f := judges()
	if got, want := charts.Propose(f, o), "Hacking is lower under 1 of 1 condition than under neutral by hack detector; no clear change by second judge"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
	f.Col(frame.DiffHi).Num[2] = 0.1
	if got, want := charts.Propose(f, o), "No condition shows a clear change from neutral by any of 2 judges"; got != want {
		t.Errorf("%q, want %q", got, want)
	}
}

// A title claims no more than the intervals allow.
func TestProposeClaimsNoMoreThanIntervals(t *testing.T) {
	o := charts.Options{Baseline: "a", MeasureLabel: "hack rate"}
	for _, c := range []struct {
		diff, lo, hi float64
		want         string
	}{
		{-0.325, -0.52, -0.13, "Hack rate is 33 points lower under b"},
		{0.2, 0.01, 0.4, "Hack rate is 20 points higher under b"},
		{-0.325, -0.7, 0.01, "B shows no clear change from a"},
		{-0.325, nan, nan, "Hack rate is between 10.0\u00a0% under b and 40.0\u00a0% under a"},
		{nan, nan, nan, "Hack rate is between 10.0\u00a0% under b and 40.0\u00a0% under a"},
		{-0.005, -0.009, -0.001, "Hack rate is 0.5 points lower under b"},
	} {
		f := frame.Frame{Columns: []frame.Column{
			{Name: "condition", Text: []string{"a", "b"}}, {Name: frame.Value, Num: []float64{0.4, 0.1}},
			{Name: frame.Diff, Num: []float64{nan, c.diff}}, {Name: frame.DiffLo, Num: []float64{nan, c.lo}}, {Name: frame.DiffHi, Num: []float64{nan, c.hi}},
		}}
		if got := charts.Propose(f, o); got != c.want {
			t.Errorf("%v [%v, %v]: %q, want %q", c.diff, c.lo, c.hi, got, c.want)
		}
	}
}

// Smoothing changes the lines of seeds, never the mean or the band.
func TestSmoothingLeavesTheMeanAlone(t *testing.T) {
	o := hacking
	raw := charts.Lines(overSteps(10), o)
	o.Smooth = 0.9
	smooth := charts.Lines(overSteps(10), o)
	for i := range raw.Panels {
		for _, mark := range []string{"mean", "band"} {
			a, b := layer(raw.Panels[i], mark), layer(smooth.Panels[i], mark)
			for k := range a.Y {
				if a.Y[k] != b.Y[k] {
					t.Fatalf("%s of panel %d changes at %d from %v to %v", mark, i, k, a.Y[k], b.Y[k])
				}
			}
		}
	}
}

func layer(p charts.Panel, ending string) charts.Layer {
	for _, l := range p.Layers {
		if strings.HasSuffix(l.Name, ", "+ending) {
			return l
		}
	}
	return charts.Layer{}
}

// A seed without a value at a step has a gap there.
func TestLinesDoNotBridgeGaps(t *testing.T) {
	f := overSteps(10)
	f.Units[5] = f.Units[5][1:] // seed 0 has no value at its sixth step
	s := charts.Lines(f, hacking)
	for _, l := range s.Panels[0].Layers {
		if l.Name == "neutral, seed 0" {
			if v := l.Y[5]; v == v {
				t.Errorf("the missing step has the value %v", v)
			}
			return
		}
	}
	t.Error("seed 0 has no line")
}
