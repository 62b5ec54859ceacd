package charts_test

import (
	"math"
	"testing"

	"witnessmark/charts"
	"witnessmark/data/frame"
)

// powerStudy is two comparisons: seeds that differ by themselves, so that
// more samples do not help, and seeds of few samples, so that they do.
func powerStudy() frame.Frame {
	text, num := map[string][]string{}, map[string][]float64{}
	for c, name := range []string{"inoculation", "discouraging"} {
		sampling := []float64{0.001, 0.7}[c]
		for k := 3; k <= 120; k += 3 {
			d := []float64{1.94, 1.2}[c] / math.Sqrt(float64(k))
			for i, series := range []string{"present", "4 times", "endless"} {
				shrunk := math.Sqrt(1 - sampling + sampling*[]float64{1, 0.25, 0}[i])
				text["condition"], text["samples"], text["unit"] = append(text["condition"], name), append(text["samples"], series), append(text["unit"], "pairs of seeds")
				num["units"], num["detectable"], num["present"] = append(num["units"], float64(k)), append(num["detectable"], d*shrunk), append(num["present"], 30)
			}
		}
	}
	return build(text, num, "condition", "samples", "unit", "units", "detectable", "present")
}

func TestPower(t *testing.T) {
	golden(t, "power", charts.Power(powerStudy(), charts.Options{By: "condition", Baseline: "neutral", MeasureLabel: "hack rate", Source: "60 runs."}))
}

// A line for more samples is drawn only where more samples help.
func TestPowerLeavesOutWhatDoesNotHelp(t *testing.T) {
	s := charts.Power(powerStudy(), charts.Options{By: "condition"})
	lines := func(p charts.Panel) (n int) {
		for _, l := range p.Layers {
			if l.Mark == "line" {
				n++
			}
		}
		return n
	}
	if len(s.Panels) != 2 || lines(s.Panels[0]) != 1 || lines(s.Panels[1]) != 3 {
		t.Errorf("%d panels; lines %d and %d, want 1 and 3", len(s.Panels), lines(s.Panels[0]), lines(s.Panels[1]))
	}
	f := build(map[string][]string{"condition": {"a", "a"}, "samples": {"present", "present"}, "unit": {"seeds an arm", "seeds an arm"}},
		map[string][]float64{"units": {3, 12}, "detectable": {0.4, 0.1}, "present": {3, 3}}, "condition", "samples", "unit", "units", "detectable", "present")
	if s := charts.Power(f, charts.Options{By: "condition"}); len(s.Panels) != 1 || lines(s.Panels[0]) != 1 {
		t.Errorf("where nobody counted samples there are %d panels", len(s.Panels))
	}
	if none := charts.Power(frame.Frame{}, charts.Options{}); len(none.Panels) != 1 || none.Panels[0].Empty == "" {
		t.Errorf("nothing to plan with is drawn as %+v", none.Panels)
	}
}
