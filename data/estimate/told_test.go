package estimate

import (
	"strings"
	"testing"

	"witnessmark/data"
	"witnessmark/data/frame"
	"witnessmark/data/query"
)

// A method that is named changes the interval of a difference where it is one
// for differences, and the row says which it was.
func TestNamedMethodComparesGroups(t *testing.T) {
	set := rlStudy(t)
	for name, want := range map[string]string{
		"":                   "paired by 30 seeds, t over differences",
		"paired-t":           "paired by 30 seeds, t over differences",
		"welch":              "Welch t over seeds, not paired",
		"bca":                "bootstrap BCa over differences, paired by 30 seeds",
		"miettinen-nurminen": "Miettinen–Nurminen, runs pooled as if samples were independent",
		"wilson":             "paired by 30 seeds, t over differences",
	} {
		f := ask(t, set, query.Query{
			Steps: query.Last(10), By: []string{data.Condition}, Measures: []string{"hack"}, Baseline: "neutral", Method: name,
		})
		got := f.Text(frame.DiffVia, 0)
		if got != want {
			t.Errorf("--method %q: %q, want %q", name, got, want)
		}
		pooled := strings.Contains(want, "pooled")
		lo, _, _ := f.Num(frame.DiffLo, 0)
		hi, _, _ := f.Num(frame.DiffHi, 0)
		if narrow := hi-lo < .1; narrow != pooled {
			t.Errorf("--method %q: interval [%v, %v]", name, lo, hi)
		}
	}
}
