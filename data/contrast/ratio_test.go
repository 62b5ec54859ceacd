package contrast

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"witnessmark/data"
	"witnessmark/data/column"
	"witnessmark/data/query"
)

// The neutral prefix does nearly all that the real inoculation does.
func TestRealPrefixDoesAsMuch(t *testing.T) {
	s := newSketch()
	for _, r := range realRows(t, "science/derived/trait_prefix_sweep_by_checkpoint.csv") {
		if r["step"] != "313" || r["eval_prompt"] != "default" {
			continue
		}
		b := s.counts
		b.Row(s.run(r["run"], data.Condition, strings.TrimSuffix(r["run"], "_lr_1e4")), s.context(), 313)
		b.Set(b.Column(r["trait"], column.Value), parsed(r["mean"]))
		b.Set(b.Column(r["trait"], column.SD), parsed(r["sd"]))
		b.Set(b.Column(r["trait"], column.N), parsed(r["n"]))
	}
	st := s.study()
	for _, x := range []struct {
		trait         string
		ratio, lo, hi float64
	}{{"Playful", 0.93, 0.82, 1.05}, {"French", 0.84, 0.69, 0.98}} {
		q := query.Query{By: []string{data.Condition}, Measures: []string{x.trait}, Baseline: "default"}
		r, err := st.EffectRatio(t.Context(), q, "neutral_prefix", "strong_inoc")
		if err != nil || math.Abs(r.Ratio-x.ratio) > 0.005 || math.Abs(r.Lo-x.lo) > 0.02 || math.Abs(r.Hi-x.hi) > 0.02 {
			t.Errorf("%s: %+v, %v", x.trait, r, err)
		}
		if !strings.HasPrefix(r.Text, fmt.Sprintf("Neutral prefix does %.2f [", x.ratio)) {
			t.Errorf("text %q", r.Text)
		}
	}
}

func TestRatiosPairBySeed(t *testing.T) {
	s := newSketch()
	for seed := range 5 {
		for name, k := range map[string]int{"base": 80 + seed, "control": 50 + 2*seed, "inoculation": 20 + seed} {
			s.count(s.run(fmt.Sprint(name, seed), data.Condition, name, data.Seed, fmt.Sprint(seed)), s.context(), 1, "hack", float64(k), 100)
		}
	}
	st := s.study()
	q := query.Query{By: []string{data.Condition}, Measures: []string{"hack"}, Baseline: "base"}
	r, err := st.EffectRatio(t.Context(), q, "control", "inoculation")
	if err != nil || math.Abs(r.Ratio-28.0/60) > 1e-9 || r.Method != "Fieller over 5 shared seeds" || !(r.Lo < r.Ratio && r.Ratio < r.Hi) {
		t.Errorf("%+v, %v", r, err)
	}
	if r, err = st.EffectRatio(t.Context(), q, "control", "base"); err != nil || !math.IsNaN(r.Ratio) || !strings.Contains(r.Text, "not estimable") {
		t.Errorf("a divisor of 0 gives %+v, %v", r, err)
	}
	if _, err = st.EffectRatio(t.Context(), q, "control", "nobody"); err == nil {
		t.Error("a condition that is not there has an effect")
	}
}
