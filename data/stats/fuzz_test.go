package stats_test

import (
	"encoding/binary"
	"errors"
	"math"
	"testing"

	"witnessmark/data/stats"
)

// answered fails where an answer is not a number or its ends are crossed. An
// error of either kind is an answer too.
func answered(t *testing.T, what string, e stats.Estimate, err error) {
	t.Helper()
	var none *stats.NotEstimable
	if err != nil {
		if errors.As(err, &none) && none.Why == "" {
			t.Errorf("%s: no reason given", what)
		}
		return
	}
	if math.IsNaN(e.Value) || math.IsNaN(e.Lo) || math.IsNaN(e.Hi) || e.Lo > e.Hi {
		t.Errorf("%s: %v [%v, %v]", what, e.Value, e.Lo, e.Hi)
	}
}

func FuzzCounts(f *testing.F) {
	f.Add(3, 10, 0, 10, 0.95)
	f.Add(0, 0, 5, 5, 0.5)
	f.Add(-1, 2, 1<<40, 1<<40, 1.0)
	f.Add(7, 7, 1, 1, 1e-9)
	f.Add(655, 955, 3, 4, 1e-16)
	f.Fuzz(func(t *testing.T, k1, n1, k2, n2 int, level float64) {
		k1, n1, k2, n2 = k1%100_000, n1%100_000, k2%100_000, n2%100_000
		for _, m := range stats.Methods {
			var e stats.Estimate
			var err error
			switch interval := m.Interval.(type) {
			case stats.RateInterval:
				e, err = interval(k1, n1, level)
			case stats.DifferenceInterval:
				e, err = interval(k1, n1, k2, n2, level)
			case stats.RatioInterval:
				e, err = interval(k1, n1, k2, n2, level)
			case stats.PairedTableInterval:
				e, err = interval(stats.PairedTable{Both: k1, OnlyA: n1, OnlyB: k2, Neither: n2}, level)
			}
			answered(t, m.Name, e, err)
		}
		stats.EffectSizes(k1, n1, k2, n2)
		if _, err := stats.Stratify([]stats.Stratum{{k1, n1, k2, n2}, {k2, n2, k1, n1}}, level); err == nil {
			_, err := stats.WorstCase(k1, n1, k2, level)
			answered(t, "worst case", stats.Estimate{}, err)
		}
		e, err := stats.Standardized([]stats.Stratum{{k1, n1, k2, n2}}, level)
		answered(t, "standardized", e, err)
	})
}

// values reads a float64 from every eight bytes, whatever they hold.
func values(raw []byte) []float64 {
	var out []float64
	for len(raw) >= 8 {
		out, raw = append(out, math.Float64frombits(binary.LittleEndian.Uint64(raw))), raw[8:]
	}
	return out
}

func FuzzValues(f *testing.F) {
	bytes := func(v ...float64) (raw []byte) {
		for _, x := range v {
			raw = binary.LittleEndian.AppendUint64(raw, math.Float64bits(x))
		}
		return raw
	}
	f.Add(bytes(0.1, 0.2, 0.4), bytes(0.3, 0.3, 0.3), 0.95)
	f.Add(bytes(math.NaN(), math.Inf(1)), bytes(1e308, -1e308), 0.9)
	f.Add(bytes(5e-324, 0), bytes(1, 2), 0.99)
	f.Add(bytes(1e-120, 0, 1e-119), bytes(1e-100, 3e-100), 0.5)
	f.Add([]byte{}, bytes(1), 0.0)
	f.Fuzz(func(t *testing.T, rawA, rawB []byte, level float64) {
		a, b := values(rawA[:min(len(rawA), 120)]), values(rawB[:min(len(rawB), 120)])
		rows := [][]float64{a, b, {}, {1}}
		for _, m := range stats.Methods {
			var e stats.Estimate
			var c stats.Comparison
			var err error
			switch interval := m.Interval.(type) {
			case stats.SeedInterval:
				e, err = interval(a, level)
			case stats.ClusterInterval:
				e, err = interval(rows, level)
			case stats.TwoSeedsInterval:
				c, err = interval(a, b, level)
				e = c.Estimate
			case stats.ItemDifferenceInterval:
				c, err = interval(a, level)
				e = c.Estimate
			}
			answered(t, m.Name, e, err)
			if math.IsNaN(c.P) || c.P < 0 || c.P > 1 {
				t.Errorf("%s: p = %v", m.Name, c.P)
			}
		}
		e, err := stats.RandomEffects(a, b, level)
		answered(t, "random effects", e, err)
		_, _ = stats.CompareQuestions(a, b, nil)
		_, _ = stats.CrossSeeds(rows[:2])
		_, _ = stats.SeedVariance(rows[:2], level)
		_, _ = stats.LeaveOneOut(a)
		_, _ = stats.Replicates(1, a, b, level)
		stats.Holm(a)
		stats.BenjaminiHochberg(b)
	})
}
