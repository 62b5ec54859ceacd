package stats_test

import (
	"strings"
	"testing"

	"witnessmark/data/stats"
)

func TestGuards(t *testing.T) {
	names := func(n int) []string {
		out := make([]string, n)
		for i := range out {
			out[i] = string(rune('a' + i))
		}
		return out
	}
	two := []float64{0, 0.01, 0.02, 0.95, 0.99, 1}
	for _, c := range []struct {
		quiet, loud stats.Guard
		id          string
		says        []string
	}{
		{stats.PseudoReplication(600, 200, 3), stats.PseudoReplication(3000, 200, 3), "pseudo-replication", []string{"3000", "200 items", "3 seeds"}},
		{stats.OneSeed("neutral", 2), stats.OneSeed("neutral", 1), "one-seed", []string{"neutral", "this run only"}},
		{stats.UnequalSeeds("x", "y", names(3), names(3)), stats.UnequalSeeds("x", "y", names(8), names(1)), "unequal-seeds", []string{"8 seeds", "y has 1", "and 2 more", "the 1 that both have"}},
		{stats.UnequalSeeds("x", "y", nil, nil), stats.UnequalSeeds("x", "y", names(1), []string{"q"}), "unequal-seeds", []string{"no seed is shared"}},
		{stats.UnequalCheckpoints("x", "y", []float64{0, 50}, []float64{50, 0}), stats.UnequalCheckpoints("x", "y", []float64{0, 50}, []float64{0, 60, 70}), "unequal-checkpoints", []string{"2 checkpoints", "y has 3", "1 are at the same step"}},
		{stats.DifferentItems("x", "y", 50, 0, 0), stats.DifferentItems("x", "y", 48, 2, 0), "different-items", []string{"2 items", "48 shared"}},
		{stats.DifferentItems("x", "y", 0, 0, 0), stats.DifferentItems("x", "y", 0, 2, 3), "different-items", []string{"no pairing"}},
		{stats.DifferentExclusions("x", "y", 1, 100, 3, 100), stats.DifferentExclusions("x", "y", 16, 100, 1, 100), "different-exclusions", []string{"16.0\u00a0%", "1.0\u00a0%", "worst-case"}},
		{stats.UnscoredAsFailure(0, 10), stats.UnscoredAsFailure(3, 10), "unscored-as-failure", []string{"3 of 10"}},
		{stats.MixedGraders([]string{"g", "g"}), stats.MixedGraders([]string{"g", "h", "g"}), "mixed-graders", []string{"2 graders", "g, h"}},
		{stats.MixedTemperature([]float64{1, 1}), stats.MixedTemperature([]float64{1, 0.7}), "mixed-temperature", []string{"1, 0.7"}},
		{stats.AlsoDiffers("x", "y", nil), stats.AlsoDiffers("x", "y", []string{"preamble"}), "also-differs", []string{"preamble"}},
		{stats.ZeroCounts("x", "y", 1, 10, 4, 10), stats.ZeroCounts("x", "y", 3, 150, 0, 150), "zero-counts", []string{"y has 0 of 150 (≤ 2.0\u00a0%)", "points"}},
		{stats.SimpsonFlip(0.10, 0.09, 0.03, false), stats.SimpsonFlip(-0.046, 0.054, 0.03, true), "simpson", []string{"−4.6 points", "+5.4 points"}},
		{stats.FewNegatives(100, 0.01), stats.FewNegatives(60, 0.01), "few-negatives", []string{"1.0\u00a0%", "60 negatives", "100 or more", "1.7\u00a0%"}},
		{stats.ThresholdOnTest(0, 10), stats.ThresholdOnTest(4, 10), "threshold-on-test", []string{"4 of 10"}},
		{stats.SmoothedOnly(0.9, true), stats.SmoothedOnly(0.9, false), "smoothed-only", []string{"0.9", "9 points"}},
		{stats.SelectedOnOutcome(nil), stats.SelectedOnOutcome([]string{"hack"}), "selected-on-outcome", []string{"by hack", "the part that was kept"}},
		{stats.UnadjustedFamily(5, true), stats.UnadjustedFamily(5, false), "unadjusted-family", []string{"5 contrasts", "23\u00a0%", "Holm"}},
		{stats.GrowingRun("run 1", 50, false, true), stats.GrowingRun("run 1", 50, false, false), "growing-run", []string{"run 1", "50 samples"}},
		{stats.PickedCheckpoint(100, 8, true), stats.PickedCheckpoint(100, 8, false), "picked-checkpoint", []string{"step 100", "8 checkpoints"}},
		{stats.FewItems(30), stats.FewItems(8), "few-items", []string{"8 items"}},
		{stats.ImportedBounds(9, 0, 0), stats.ImportedBounds(9, 2, 1), "imported-bounds", []string{"2 of 9 imported rows", "1 have"}},
		{stats.FittedPredictions(0, 12), stats.FittedPredictions(6, 12), "fitted-predictions", []string{"6 of 12"}},
		{stats.DifferentPrompts("p", "p"), stats.DifferentPrompts("p", "q"), "different-prompts", []string{`"p"`, `"q"`}},
		{stats.BimodalSeeds("x", []float64{0.1, 0.2, 0.3, 0.4, 0.5, 0.6}), stats.BimodalSeeds("x", two), "bimodal-seeds", []string{"6 seeds", "3 under", "3 over"}},
	} {
		if c.quiet.Bad || c.quiet.Message != "" || c.quiet.ID != c.id {
			t.Errorf("%s fires without reason: %+v", c.id, c.quiet)
		}
		if !c.loud.Bad || c.loud.ID != c.id {
			t.Errorf("%s is silent: %+v", c.id, c.loud)
		}
		for _, words := range c.says {
			if !strings.Contains(c.loud.Message, words) {
				t.Errorf("%s does not say %q: %s", c.id, words, c.loud.Message)
			}
		}
		if strings.ContainsAny(c.loud.Message, "\n!") || strings.HasSuffix(c.loud.Message, ".") || strings.Contains(c.loud.Message, "%!") {
			t.Errorf("%s: %s", c.id, c.loud.Message)
		}
	}
}

// TestDefaultsNameKnownMethods keeps the table that interfaces show true.
func TestDefaultsNameKnownMethods(t *testing.T) {
	for _, d := range stats.Defaults {
		if d.Data == "" || d.Method == "" || d.Why == "" || d.Source == "" {
			t.Errorf("a cell is empty: %+v", d)
		}
	}
	for name, shape := range map[string][]string{
		"wilson": stats.Names[stats.RateInterval](), "t-seeds": stats.Names[stats.SeedInterval](), "newcombe": stats.Names[stats.DifferenceInterval](),
		"koopman": stats.Names[stats.RatioInterval](), "tango": stats.Names[stats.PairedTableInterval](), "welch": stats.Names[stats.TwoSeedsInterval](),
	} {
		if shape[0] != name {
			t.Errorf("%s is called the default, and the first method of its shape is %s", name, shape[0])
		}
	}
}
