package stats_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"math"
	"os"
	"testing"

	"witnessmark/data/stats"
)

// A binding computes every output of one reference test from one case's
// inputs. A value may be a number, a bool, a string, nil (not estimable), or
// slices and maps of these; result turns (value, error) pairs into that form.
type binding func(in inputs) map[string]any

// bindings joins the tables that the files beside this one declare: each
// subject keeps its bindings next to its other tests.
func bindings() map[string]binding {
	all := map[string]binding{}
	for _, table := range []map[string]binding{rateBindings, seedBindings, trendBindings, monitorBindings, predictionBindings} {
		maps.Copy(all, table)
	}
	return all
}

// result maps an estimate's part to what the reference file holds: nil where
// the number is not estimable.
func result(v float64, err error) any {
	var why *stats.NotEstimable
	if errors.As(err, &why) {
		return nil
	}
	if err != nil {
		panic(err)
	}
	return v
}

type referenceCase struct {
	ID        string         `json:"id"`
	Inputs    inputs         `json:"inputs"`
	Expected  map[string]any `json:"expected"`
	Tolerance float64        `json:"tolerance"`
}

// TestReference runs the file named by WITNESSMARK_REFERENCE, or the copy in
// testdata, against the bindings. An unknown test, a missing binding and a
// missing or superfluous output are failures, as wrong digits are.
func TestReference(t *testing.T) {
	file := map[string]json.RawMessage{}
	raw, err := os.ReadFile(referencePath())
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(raw, &file); err != nil {
		t.Fatal(err)
	}
	known := bindings()
	for name, body := range file {
		if name[0] == '_' {
			continue
		}
		bind, ok := known[name]
		if !ok {
			t.Errorf("%s: no binding", name)
			continue
		}
		delete(known, name)
		t.Run(name, func(t *testing.T) { runReference(t, body, bind) })
	}
	if os.Getenv("WITNESSMARK_REFERENCE") == "" {
		for name := range known {
			t.Errorf("%s: bound, but not in the reference file", name)
		}
	}
}

func referencePath() string {
	if path := os.Getenv("WITNESSMARK_REFERENCE"); path != "" {
		return path
	}
	return "testdata/statistics.json"
}

func runReference(t *testing.T, body json.RawMessage, bind binding) {
	var test struct{ Cases []referenceCase }
	if err := json.Unmarshal(body, &test); err != nil {
		t.Fatal(err)
	}
	for _, c := range test.Cases {
		t.Run(c.ID, func(t *testing.T) {
			defer func() {
				if r := recover(); r != nil {
					t.Errorf("panic: %v", r)
				}
			}()
			got := bind(c.Inputs)
			for key, want := range c.Expected {
				v, ok := got[key]
				if !ok {
					t.Errorf("output %q is missing", key)
					continue
				}
				compare(t, key, v, want, c.Tolerance)
			}
			for key := range got {
				if _, ok := c.Expected[key]; !ok {
					t.Errorf("output %q is not in the reference", key)
				}
			}
		})
	}
}

// compare checks got against want by the reference file's rule:
// |got−want| ≤ tolerance·max(1, |want|), elementwise; the rest exactly.
func compare(t *testing.T, at string, got, want any, tolerance float64) {
	t.Helper()
	raw, err := json.Marshal(plain(got))
	if err != nil {
		t.Errorf("%s: %v", at, err)
		return
	}
	var g any
	if err := json.Unmarshal(raw, &g); err != nil {
		t.Fatal(err)
	}
	compareJSON(t, at, g, want, tolerance)
}

func compareJSON(t *testing.T, at string, got, want any, tolerance float64) {
	t.Helper()
	switch w := want.(type) {
	case float64:
		g, ok := got.(float64)
		if !ok || math.Abs(g-w) > tolerance*math.Max(1, math.Abs(w)) {
			t.Errorf("%s = %v, want %v", at, got, want)
		}
	case []any:
		g, ok := got.([]any)
		if !ok || len(g) != len(w) {
			t.Errorf("%s = %v, want %v", at, got, want)
			return
		}
		for i := range w {
			compareJSON(t, fmt.Sprintf("%s[%d]", at, i), g[i], w[i], tolerance)
		}
	case map[string]any:
		g, ok := got.(map[string]any)
		if !ok || len(g) != len(w) {
			t.Errorf("%s = %v, want %v", at, got, want)
			return
		}
		for k := range w {
			compareJSON(t, at+"."+k, g[k], w[k], tolerance)
		}
	default:
		if got != want {
			t.Errorf("%s = %v, want %v", at, got, want)
		}
	}
}

// plain replaces what JSON cannot hold by what the reference file writes.
func plain(v any) any {
	switch x := v.(type) {
	case float64:
		if math.IsInf(x, 1) {
			return "inf"
		}
		if math.IsInf(x, -1) {
			return "-inf"
		}
	case []float64:
		out := make([]any, len(x))
		for i := range x {
			out[i] = plain(x[i])
		}
		return out
	case []any:
		out := make([]any, len(x))
		for i := range x {
			out[i] = plain(x[i])
		}
		return out
	case map[string]any:
		out := map[string]any{}
		for k := range x {
			out[k] = plain(x[k])
		}
		return out
	}
	return v
}

// inputs reads the arguments of a case; a missing or ill-typed one panics,
// which the test reports with the case's name.
type inputs map[string]json.RawMessage

func (in inputs) into(key string, v any) {
	if err := json.Unmarshal(in[key], v); err != nil {
		panic(fmt.Sprintf("input %q: %v", key, err))
	}
}

func (in inputs) has(key string) bool {
	raw, ok := in[key]
	return ok && string(raw) != "null"
}

func (in inputs) num(key string) (v float64) { in.into(key, &v); return }
func (in inputs) int(key string) (v int)     { in.into(key, &v); return }
func (in inputs) text(key string) (v string) { in.into(key, &v); return }
func (in inputs) nums(key string) (v []float64) {
	in.into(key, &v)
	return
}
func (in inputs) ints(key string) (v []int)       { in.into(key, &v); return }
func (in inputs) rows(key string) (v [][]float64) { in.into(key, &v); return }
