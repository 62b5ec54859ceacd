package charts_test

import (
	"testing"

	"witnessmark/charts"
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
	golden(t, "lines", charts.Lines(overSteps(2), o))
	o.OnePanel = true
	golden(t, "lines-one", charts.Lines(overSteps(2), o))
}
