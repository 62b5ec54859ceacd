package charts_test

import (
	"math"
	"strings"
	"testing"

	"witnessmark/charts"
	"witnessmark/data/frame"
)

// lines are three monitors' verdicts on 204 hacks and 196 benign samples.
func lines() frame.Frame {
	return build(map[string][]string{"pattern": {"none", "probe", "action + probe", "CoT + action + probe", "action"}},
		map[string][]float64{
			"n": {212, 96, 62, 17, 13}, "positives": {37, 88, 60, 15, 4}, "negatives": {175, 8, 2, 2, 9},
			"CoT": {0, 0, 0, 1, 0}, "action": {0, 0, 1, 1, 1}, "probe": {0, 1, 1, 1, 0},
		}, "pattern", "n", "positives", "negatives", "CoT", "action", "probe")
}

func TestPatterns(t *testing.T) {
	golden(t, "patterns", charts.Patterns(lines(), charts.Options{
		Subject: "hack", Context: "CoT pressure, epoch 1.0", Source: "Scores are made up for this picture.",
		Roles: map[string]charts.Role{"CoT": charts.Baseline, "action": charts.Irrelevant, "probe": charts.InoculationGeneral},
	}))
}

func TestPatternsCountWhatGoesPastAll(t *testing.T) {
	if got := charts.Patterns(lines(), charts.Options{Subject: "hack"}).Title; got != "37 of 204 hacks go past all monitors" {
		t.Errorf("the title is %q", got)
	}
	if got := charts.Patterns(frame.Frame{}, charts.Options{}).Title; !strings.HasPrefix(got, "No samples") {
		t.Errorf("without samples the title is %q", got)
	}
}

// spread is scores of two classes over ten bins, with a threshold of 0.5.
func spread() frame.Frame {
	text, num := map[string][]string{}, map[string][]float64{}
	for _, class := range []struct {
		name       string
		middle     float64
		flagged, n float64
	}{{"hack", 0.62, 138, 204}, {"no hack", 0.24, 11, 196}} {
		total := 0.0
		weight := func(i int) float64 { return math.Exp(-math.Pow((float64(i)/20+0.025-class.middle)/0.2, 2)) }
		for i := range 20 {
			total += weight(i)
		}
		for i := range 20 {
			v := weight(i) / total
			text["class"] = append(text["class"], class.name)
			for k, x := range map[string]float64{"bin_lo": float64(i) / 20, "bin_hi": float64(i+1) / 20, "n": math.Round(v * class.n), "value": v, "threshold": 0.5, "flagged": class.flagged, "of": class.n, "whole": 0} {
				num[k] = append(num[k], x)
			}
		}
	}
	return build(text, num, "class", "bin_lo", "bin_hi", "n", "value", "threshold", "flagged", "of", "whole")
}

var classes = map[string]charts.Role{"hack": charts.Discouraging, "no hack": charts.Baseline}

func TestHistogram(t *testing.T) {
	golden(t, "histogram", charts.Histogram(spread(), charts.Options{
		Roles: classes, MeasureLabel: "Scores of the action monitor", Context: "CoT pressure, epoch 1.0", Source: "Scores are made up for this picture.",
	}))
}

// The threshold divides the bars: what reaches it is dark.
func TestHistogramFollowsTheThreshold(t *testing.T) {
	for _, at := range []float64{0.3, 0.7} {
		f := spread()
		for i := range f.Len() {
			f.Col("threshold").Num[i] = at
		}
		for _, l := range charts.Histogram(f, charts.Options{}).Panels[0].Layers {
			for i := range l.X {
				if dark := l.Alpha > 0.5; l.Mark == "bar" && dark != (l.X[i] > at) {
					t.Errorf("with the threshold at %v a bar at %v is dark: %t", at, l.X[i], dark)
				}
			}
		}
	}
}

// regimes are five levels with seeds, and what a test says of them.
func regimes() (levels, trends frame.Frame) {
	text, num := map[string][]string{}, map[string][]float64{}
	var units [][]frame.Unit
	for m, measure := range []string{"g-mean²", "solved"} {
		for i, level := range []float64{1, 2, 3, 3.9, 4} {
			v := []float64{0.86 - 0.17*float64(i), 0.35 + 0.1*float64(i)}[m]
			text["measure"], text["method"] = append(text["measure"], measure), append(text["method"], "t over seeds")
			for k, x := range map[string]float64{"level_at": level, "value": v, "lo": v - 0.07, "hi": v + 0.07, "level": 0.95, "seeds": 5} {
				num[k] = append(num[k], x)
			}
			var of []frame.Unit
			for seed := range 5 {
				of = append(of, frame.Unit{Seed: string(rune('1' + seed)), Value: v + 0.035*float64(seed-2), K: nan, N: nan, Pair: nan})
			}
			units = append(units, of)
		}
	}
	levels = build(text, num, "measure", "method", "level_at", "value", "lo", "hi", "level", "seeds")
	levels.Units = units
	trends = build(map[string][]string{"measure": {"g-mean²", "solved"}, "direction": {"falls", "rises"}}, map[string][]float64{"p": {0.0004, 0.012}, "groups": {5, 5}}, "measure", "direction", "p", "groups")
	return levels, trends
}

func TestLevels(t *testing.T) {
	levels, trends := regimes()
	golden(t, "levels", charts.Levels(levels, charts.Options{XLabel: "CoT regime level", Context: "CoT monitor", Source: "Scores are made up for this picture."}, trends))
}

func TestLevelsSayWhereThereIsNoTrend(t *testing.T) {
	levels, _ := regimes()
	if got := charts.Levels(levels.Select([]int{0, 5}), charts.Options{}).Title; got != "All runs are of level 1; a trend needs runs of two" {
		t.Errorf("one level is titled %q", got)
	}
	flat := build(map[string][]string{"measure": {"g-mean²", "solved"}, "direction": {"no clear trend", "rises"}}, map[string][]float64{"p": {0.6, 0.012}}, "measure", "direction", "p")
	if got := charts.Levels(levels, charts.Options{}, flat).Title; got != "G-mean² shows no clear trend, solved rises over levels" {
		t.Errorf("the title is %q", got)
	}
}

func TestTax(t *testing.T) {
	side := func(values ...float64) frame.Frame {
		return build(map[string][]string{"condition": {"scaffold", "faithful", "free", "latent"}, "method": {"t over seeds", "t over seeds", "t over seeds", "t over seeds"}},
			map[string][]float64{"value": values, "lo": shifted(values, -0.05), "hi": shifted(values, 0.05), "level": {0.95, 0.95, 0.95, 0.95}, "seeds": {5, 5, 5, 5}}, "condition", "method", "value", "lo", "hi", "level", "seeds")
	}
	golden(t, "tax", charts.Tax(side(0.35, 0.55, 0.6, 0.7), charts.Options{
		By: "condition", Scale: charts.FreeScale, OwnX: true, XLabel: "Solved", MeasureLabel: "g-mean² of the CoT monitor", Title: "None beats scaffold, faithful and latent in both", Source: "Scores are made up for this picture.",
	}, side(0.8, 0.75, 0.5, 0.2)))
}

// False alarms are drawn beside the budget they should keep.
func TestDriftShowsTheBudget(t *testing.T) {
	text, num := map[string][]string{}, map[string][]float64{}
	for step := range 6 {
		v := 0.01 + 0.006*float64(step)
		text["condition"], text["measure"], text["method"] = append(text["condition"], "CoT pressure"), append(text["measure"], "false positive rate"), append(text["method"], "Wilson interval")
		for k, x := range map[string]float64{"step": 20 * float64(step), "value": v, "lo": v - 0.008, "hi": v + 0.012, "level": 0.95, "n": 300, "lcl": 0, "ucl": 0.028, "budget": 0.01} {
			num[k] = append(num[k], x)
		}
	}
	f := build(text, num, "condition", "measure", "method", "step", "value", "lo", "hi", "level", "n", "lcl", "ucl", "budget")
	golden(t, "drift-budget", charts.Drift(f, charts.Options{
		By: "condition", Zoom: 0.1, Title: "False alarms under CoT pressure are over the budget at 3 of 6 checkpoints", Context: "CoT monitor, frozen at step 0", Source: "Scores are made up for this picture.",
	}))
}

// On logit axes a curve is carried on to budgets that were not measured, and
// the figure says so.
func TestROCSaysWhatIsExtrapolated(t *testing.T) {
	vertices, points := scopes()
	fits := build(map[string][]string{"monitor": {"Probe", "Probe", "Probe"}, "extrapolated": {"yes", "yes", ""}}, map[string][]float64{"budget": {0.001, 0.003, 0.05}, "tpr": {0.3, 0.42, 0.8}}, "monitor", "extrapolated", "budget", "tpr")
	o := monitoring
	o.LogX, o.Logit = false, true
	s := charts.ROC(vertices, o, points, fits)
	golden(t, "roc-extrapolated", s)
	if !strings.Contains(s.Subtitle, "extrapolated, not measured") {
		t.Errorf("the subtitle does not say what was not measured: %q", s.Subtitle)
	}
	o.Logit = false
	if s := charts.ROC(vertices, o, points, fits); strings.Contains(s.Subtitle, "extrapolated") {
		t.Error("linear axes show what was not measured")
	}
}
