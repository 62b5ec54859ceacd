package estimate

import (
	"context"
	"encoding/csv"
	"math"
	"os"
	"path/filepath"
	"strconv"
	"testing"

	"witnessmark/data"
	"witnessmark/data/column"
	"witnessmark/data/frame"
	"witnessmark/data/query"
)

// A study is a set in the making.
type study struct {
	set      column.Set
	runs     map[string]int32
	contexts map[string]int32
	attempts *column.Builder
	counts   *column.Builder
}

func newStudy() *study {
	return &study{
		runs: map[string]int32{}, contexts: map[string]int32{},
		attempts: column.NewBuilder(true), counts: column.NewBuilder(false),
	}
}

// run declares a run; pairs are field, value, field, value …
func (s *study) run(name string, pairs ...string) int32 {
	if i, ok := s.runs[name]; ok {
		return i
	}
	i := int32(len(s.set.Runs))
	s.runs[name] = i
	s.set.Runs = append(s.set.Runs, column.Run{ID: int64(i) + 1, Key: name, Name: name, Fields: fieldsOf(pairs)})
	return i
}

func (s *study) context(pairs ...string) int32 {
	fields := fieldsOf(pairs)
	key := fieldsText(fields)
	if i, ok := s.contexts[key]; ok {
		return i
	}
	i := int32(len(s.set.Contexts))
	s.contexts[key] = i
	s.set.Contexts = append(s.set.Contexts, column.Context{ID: int64(i) + 1, Fields: fields})
	return i
}

func fieldsOf(pairs []string) data.Fields {
	f := data.Fields{}
	for i := 0; i+1 < len(pairs); i += 2 {
		f[pairs[i]] = pairs[i+1]
	}
	return f
}

// count adds k of n of a measure.
func (s *study) count(run, ctx int32, step float64, measure string, k, n float64) {
	b := s.counts
	b.Row(run, ctx, step)
	b.Set(b.Column(measure, column.K), k)
	b.Set(b.Column(measure, column.N), n)
}

// attempt adds a sample with one value of a measure.
func (s *study) attempt(run, ctx int32, step float64, item string, measure string, v float64) {
	b := s.attempts
	b.Row(run, ctx, step)
	b.Item(item)
	b.Set(b.Column(measure, column.Value), v)
}

func (s *study) done() *column.Set {
	for i, b := range []*column.Builder{s.attempts, s.counts} {
		if b.Len() > 0 {
			t, _ := b.Table()
			t.Import = int64(i) + 1
			s.set.Tables = append(s.set.Tables, t)
		}
	}
	return &s.set
}

func ask(t testing.TB, set *column.Set, q query.Query) frame.Frame {
	t.Helper()
	f, err := Ask(context.Background(), set, q)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func where(t testing.TB, text string) query.Filter {
	t.Helper()
	f, err := query.Parse(text)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// near compares a number of a frame with what is known of it.
func wantNum(t testing.TB, f frame.Frame, name string, row int, want, tolerance float64) {
	t.Helper()
	got, why, ok := f.Num(name, row)
	if !ok || math.Abs(got-want) > tolerance {
		t.Errorf("row %d: %s is %v (%s), want %v", row, name, got, why, want)
	}
}

// realData finds a file of ../shared/realdata beside the repository.
func realData(t testing.TB, name string) string {
	t.Helper()
	dir, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for {
		path := filepath.Join(dir, "shared", "realdata", name)
		if _, err := os.Stat(path); err == nil {
			return path
		}
		if filepath.Dir(dir) == dir {
			t.Skipf("shared/realdata/%s is not beside the repository", name)
		}
		dir = filepath.Dir(dir)
	}
}

// realRows reads a table of real results by the names of its columns.
func realRows(t testing.TB, name string) []map[string]string {
	t.Helper()
	f, err := os.Open(realData(t, name))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	lines, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	var out []map[string]string
	for _, line := range lines[1:] {
		r := map[string]string{}
		for i, name := range lines[0] {
			r[name] = line[i]
		}
		out = append(out, r)
	}
	return out
}

// num reads a number, NaN where there is none.
func num(text string) float64 {
	v, err := strconv.ParseFloat(text, 64)
	if err != nil {
		return math.NaN()
	}
	return v
}

// rlStudy is 90 real RL runs: hacks of 128 rollouts at each step.
func rlStudy(t testing.TB) *column.Set {
	s := newStudy()
	b, ctx := s.counts, s.context()
	for _, r := range realRows(t, "science/derived/rl_hack_steps_3cond_30seeds.csv") {
		b.Row(s.run(r["condition"]+"/seed_"+r["seed"], data.Condition, r["condition"], data.Seed, r["seed"]), ctx, num(r["step"]))
		b.Set(b.Column("hack", column.K), num(r["hack_count"]))
		b.Set(b.Column("hack", column.N), num(r["n_rollouts"]))
		b.Set(b.Column("reward", column.Value), num(r["reward_mean"]))
	}
	return s.done()
}

// made returns the set that done has made.
func (s *study) made() *column.Set { return &s.set }
