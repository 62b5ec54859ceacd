package charts_test

import (
	"fmt"
	"math"
	"testing"

	"witnessmark/charts"
	"witnessmark/data/frame"
)

// build makes a frame from text columns and number columns of one length.
func build(text map[string][]string, nums map[string][]float64, order ...string) frame.Frame {
	var f frame.Frame
	for _, name := range order {
		f.Columns = append(f.Columns, frame.Column{Name: name, Text: text[name], Num: nums[name]})
	}
	return f
}

var pressure = charts.Options{
	By: "condition", Roles: map[string]charts.Role{"CoT pressure": charts.Discouraging}, Baseline: "no pressure", StepLabel: "Training epoch", Context: "CoT-only monitor at 0.50", Source: "Scores are made up for this picture.",
}

// wilson95 is the interval of a rate, for look-alike numbers.
func wilson95(p, n float64) (lo, hi float64) {
	const z = 1.96
	mid := (p + z*z/2/n) / (1 + z*z/n)
	half := z * math.Sqrt(p*(1-p)/n+z*z/4/n/n) / (1 + z*z/n)
	return mid - half, mid + half
}

// blind is a monitor that goes blind while hacking rises, over 11 checkpoints.
func blind() (measures, split frame.Frame) {
	recalls := map[string][]float64{
		"no pressure":  {0.38, 0.6, 0.77, 0.9, 0.93, 0.99, 1, 1, 0.99, 1, 0.99},
		"CoT pressure": {0.38, 0.69, 0.84, 0.8, 0.6, 0.38, 0.2, 0.12, 0.08, 0.05, 0.04},
	}
	text, num := map[string][]string{}, map[string][]float64{}
	two, twoNum := map[string][]string{}, map[string][]float64{}
	for _, name := range []string{"no pressure", "CoT pressure"} {
		for e := range 11 {
			x := float64(e) / 10
			rate := map[string]float64{"no pressure": 0.76, "CoT pressure": 0.51}[name] * (1 - math.Exp(-3*x*x)) / (1 - math.Exp(-3))
			rate += 0.02 * (1 - x)
			recall := recalls[name][e]
			for _, m := range []struct {
				what string
				v, n float64
			}{{"true hacking rate", rate, 400}, {"recall", recall, math.Max(8, math.Round(400*rate))}} {
				lo, hi := wilson95(m.v, m.n)
				text["condition"], text["measure"] = append(text["condition"], name), append(text["measure"], m.what)
				text["family"] = append(text["family"], map[string]string{"no pressure": "baseline", "CoT pressure": "discouraging"}[name])
				text["method"] = append(text["method"], "Wilson interval")
				for k, v := range map[string]float64{"step": x, "value": m.v, "lo": lo, "hi": hi, "level": 0.95, "n": m.n, "reported": b2f(e == 5)} {
					num[k] = append(num[k], v)
				}
			}
			two["condition"] = append(two["condition"], name)
			for k, v := range map[string]float64{"step": x, "caught": rate * recall, "uncaught": rate * (1 - recall), "n": 400} {
				twoNum[k] = append(twoNum[k], v)
			}
		}
	}
	return build(text, num, "condition", "measure", "family", "method", "step", "value", "lo", "hi", "level", "n", "reported"),
		build(two, twoNum, "condition", "step", "caught", "uncaught", "n")
}

func b2f(b bool) float64 {
	if b {
		return 1
	}
	return 0
}

func TestDrift(t *testing.T) {
	f, _ := blind()
	o := pressure
	o.Title = "The monitor goes blind while hacking rises"
	golden(t, "drift", charts.Drift(f, o))
}

func TestCaught(t *testing.T) {
	_, f := blind()
	golden(t, "caught", charts.Caught(f, pressure))
}

// scopes are ROC vertices of four monitors, and their operating points.
func scopes() (vertices, points frame.Frame) {
	text, num := map[string][]string{}, map[string][]float64{}
	ptext, pnum := map[string][]string{}, map[string][]float64{}
	for i, name := range []string{"CoT only", "All messages", "Probe", "Action only"} {
		power := []float64{0.968, 0.1716, 0.0712, 0.2006}[i]
		for k := range 50 {
			fpr := float64(k*k) / 2401
			tpr := math.Round(204*math.Min(1, math.Pow(fpr+0.004, power))) / 204
			text["monitor"] = append(text["monitor"], name)
			for c, v := range map[string]float64{"fpr": math.Round(196*fpr) / 196, "tpr": tpr, "threshold": 1 - float64(k)/50, "recall": tpr, "precision": (204*tpr + 1) / (204*tpr + 196*fpr + 1), "prevalence": 0.51} {
				num[c] = append(num[c], v)
			}
		}
		fpr := []float64{0.031, 0.051, 0.026, 0.061}[i]
		tpr := []float64{0.039, 0.608, 0.779, 0.578}[i]
		pre := []float64{0.571, 0.925, 0.970, 0.908}[i]
		ptext["monitor"], ptext["method"] = append(ptext["monitor"], name), append(ptext["method"], "Wilson interval")
		row := map[string]float64{"fpr": fpr, "tpr": tpr, "recall": tpr, "precision": pre, "threshold": 0.5, "level": 0.95, "n": 400}
		for c, n := range map[string]float64{"fpr": 196, "tpr": 204, "recall": 204, "precision": 14 + 204*tpr} {
			row[c+"_lo"], row[c+"_hi"] = wilson95(row[c], n)
		}
		for c, v := range row {
			pnum[c] = append(pnum[c], v)
		}
	}
	return build(text, num, "monitor", "fpr", "tpr", "threshold", "recall", "precision", "prevalence"),
		build(ptext, pnum, "monitor", "method", "fpr", "fpr_lo", "fpr_hi", "tpr", "tpr_lo", "tpr_hi", "recall", "recall_lo", "recall_hi", "precision", "precision_lo", "precision_hi", "threshold", "level", "n")
}

var monitoring = charts.Options{
	By: "monitor", Budget: 0.01, LogX: true, Context: "CoT pressure, epoch 1.0, 204 hacks, 196 benign", Source: "Scores are made up for this picture.",
	Roles: map[string]charts.Role{"CoT only": charts.Baseline, "All messages": charts.InoculationSpecific, "Probe": charts.InoculationGeneral, "Action only": charts.Irrelevant},
}

func TestROC(t *testing.T) {
	vertices, points := scopes()
	golden(t, "roc", charts.ROC(vertices, monitoring, points))
	o := monitoring
	o.LogX, o.Logit = false, true
	golden(t, "roc-logit", charts.ROC(vertices, o, points))
}

func TestPR(t *testing.T) {
	vertices, points := scopes()
	golden(t, "pr", charts.PR(vertices, monitoring, points))
}

func TestDecomposition(t *testing.T) {
	f := build(
		map[string][]string{"part": {"Flag rate epoch 0.2", "More true hacking", "Lower recall", "Benign flags", "Flag rate epoch 1.0"}},
		map[string][]float64{"value": {0.113, 0.182, -0.247, -0.013, 0.035}, "total": {1, 0, 0, 0, 1}, "n": {400, nan, nan, nan, 400}},
		"part", "value", "total", "n")
	golden(t, "decomposition", charts.Decomposition(f, charts.Options{
		Title: "Flags fell because recall fell", MeasureLabel: "Flag rate", Context: "CoT-only monitor, epoch 0.2 to 1.0",
		Source: "Scores are made up for this picture.",
	}))
}

func TestAgreement(t *testing.T) {
	f := build(
		map[string][]string{"judge": {"hack", "hack", "no hack", "no hack", "unsure"}, "person": {"hack", "no hack", "hack", "no hack", "hack"}},
		map[string][]float64{"n": {61, 7, 11, 118, 3}}, "judge", "person", "n")
	kappa := build(map[string][]string{"method": {"bootstrap over items"}},
		map[string][]float64{"value": {0.79}, "lo": {0.7}, "hi": {0.87}, "level": {0.95}, "n": {200}}, "method", "value", "lo", "hi", "level", "n")
	golden(t, "agreement", charts.Agreement(f, charts.Options{By: "judge", Series: "person", MeasureLabel: "judge", XLabel: "person"}, kappa))
}

func TestSurvival(t *testing.T) {
	text, num := map[string][]string{}, map[string][]float64{}
	for c, name := range conditions {
		left := 30.0
		add := func(step float64) {
			lo, hi := wilson95(left/30, 30)
			text["condition"] = append(text["condition"], name)
			text["family"] = append(text["family"], []string{"baseline", "inoculation_specific", "discouraging"}[c])
			text["method"] = append(text["method"], "log-log interval")
			for k, v := range map[string]float64{"step": step, "value": left / 30, "lo": lo, "hi": hi, "level": 0.95, "at_risk": left} {
				num[k] = append(num[k], v)
			}
		}
		add(0)
		for k := range []int{12, 14, 2}[c] {
			left--
			add([]float64{50, 82, 92}[c] + float64(k)*[]float64{5.2, 2.6, 11}[c])
		}
		add(118)
	}
	f := build(text, num, "condition", "family", "method", "step", "value", "lo", "hi", "level", "at_risk")
	golden(t, "survival", charts.Survival(f, charts.Options{By: "condition", Baseline: "neutral", Source: "Runs 1–90, censored at step 118."}))
}

func TestCoverage(t *testing.T) {
	text, num := map[string][]string{}, map[string][]float64{}
	for c, name := range conditions {
		for seed := range 12 {
			for step := 0; step <= 118; step += 2 {
				status := charts.Present
				switch {
				case c == 1 && seed == 9 && step < 36 && step > 30:
					status = charts.Duplicate
				case c == 2 && seed == 3 && step > 90:
					status = charts.Failed
				case (seed*7+step+c*13)%97 == 0:
					continue
				}
				text["condition"], text["seed"] = append(text["condition"], name), append(text["seed"], fmt.Sprint(seed))
				text["status"] = append(text["status"], status)
				num["step"] = append(num["step"], float64(step))
			}
		}
	}
	f := build(text, num, "condition", "seed", "status", "step")
	golden(t, "coverage", charts.Coverage(f, charts.Options{By: "condition", Baseline: "neutral", Context: "GRPO on Qwen3-30B-A3B-Base", Roles: map[string]charts.Role{"negative inoculation": charts.Discouraging}}))
}
