package stats_test

import (
	"encoding/json"
	"fmt"
	"math"

	"witnessmark/data/stats"
)

// A figure is a number of a case as the reference file writes it: plain, as
// "inf" or "-inf", or null where the datum is missing.
type figure struct {
	v     float64
	known bool
}

func (f *figure) UnmarshalJSON(raw []byte) error {
	switch string(raw) {
	case "null":
		return nil
	case `"inf"`:
		*f = figure{math.Inf(1), true}
	case `"-inf"`:
		*f = figure{math.Inf(-1), true}
	default:
		f.known = true
		return json.Unmarshal(raw, &f.v)
	}
	return nil
}

// number reads one number, which may be infinite but not missing.
func (in inputs) number(key string) float64 {
	var f figure
	in.into(key, &f)
	if !f.known {
		panic(fmt.Sprintf("input %q is missing", key))
	}
	return f.v
}

// list reads the numbers that are there; missing ones are left out.
func (in inputs) list(key string) []float64 {
	var figures []figure
	in.into(key, &figures)
	return knownOf(figures)
}

// lists reads rows of numbers and leaves the missing ones out.
func (in inputs) lists(key string) [][]float64 {
	var rows [][]figure
	in.into(key, &rows)
	out := make([][]float64, len(rows))
	for i, row := range rows {
		out[i] = knownOf(row)
	}
	return out
}

// pairs reads two lists and keeps the positions at which both are known.
func (in inputs) pairs(first, second string) (a, b []float64) {
	var fa, fb []figure
	in.into(first, &fa)
	in.into(second, &fb)
	for i := range min(len(fa), len(fb)) {
		if fa[i].known && fb[i].known {
			a, b = append(a, fa[i].v), append(b, fb[i].v)
		}
	}
	return a, b
}

// kept reads the numbers at the positions that pairs keeps.
func (in inputs) kept(key, first, second string) (out []int) {
	var fa, fb []figure
	in.into(first, &fa)
	in.into(second, &fb)
	for i, v := range in.ints(key) {
		if i < min(len(fa), len(fb)) && fa[i].known && fb[i].known {
			out = append(out, v)
		}
	}
	return out
}

func knownOf(figures []figure) []float64 {
	out := []float64{}
	for _, f := range figures {
		if f.known {
			out = append(out, f.v)
		}
	}
	return out
}

// quantity maps a Quantity to the reference's number or null.
func quantity(q stats.Quantity) any { return result(q.Value()) }

// orNone makes every output null where the whole result is not estimable.
func orNone(err error, out map[string]any) map[string]any {
	for key := range out {
		if v := result(0, err); v == nil {
			out[key] = nil
		}
	}
	return out
}

func must(err error) {
	if err != nil {
		panic(err)
	}
}
