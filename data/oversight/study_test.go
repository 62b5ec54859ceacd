package oversight_test

import (
	"context"
	"math"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"witnessmark/data"
	"witnessmark/data/column"
	"witnessmark/data/estimate"
	"witnessmark/data/frame"
	"witnessmark/data/oversight"
	"witnessmark/data/query"
	"witnessmark/data/simulate"
)

// A study is a set of samples in the making.
type study struct {
	set      column.Set
	runs     map[string]int32
	contexts map[string]int32
	samples  *column.Builder
}

func newStudy() *study {
	return &study{runs: map[string]int32{}, contexts: map[string]int32{}, samples: column.NewBuilder(true)}
}

// run declares a run; pairs are field, value, field, value …
func (s *study) run(name string, pairs ...string) int32 {
	if i, ok := s.runs[name]; ok {
		return i
	}
	i := int32(len(s.set.Runs))
	s.runs[name] = i
	s.set.Runs = append(s.set.Runs, column.Run{ID: int64(i) + 1, Key: name, Name: name, Fields: fields(pairs)})
	return i
}

func (s *study) context(pairs ...string) int32 {
	key := strings.Join(pairs, "\x00")
	if i, ok := s.contexts[key]; ok {
		return i
	}
	i := int32(len(s.set.Contexts))
	s.contexts[key] = i
	s.set.Contexts = append(s.set.Contexts, column.Context{ID: int64(i) + 1, Fields: fields(pairs)})
	return i
}

func fields(pairs []string) data.Fields {
	f := data.Fields{}
	for i := 0; i+1 < len(pairs); i += 2 {
		f[pairs[i]] = pairs[i+1]
	}
	return f
}

// A sample is one row; NaN is missing everywhere.
type sample struct {
	run, ctx           int32
	step               float64
	item               string
	score, flag, truth float64
}

var nan = math.NaN()

const unknown = float64(column.Unknown)

func (s *study) add(v sample) {
	b := s.samples
	b.Row(v.run, v.ctx, v.step)
	if v.item != "" {
		b.Item(v.item)
	}
	for _, c := range []struct {
		name string
		kind column.Kind
		v    float64
	}{{"monitor", column.Score, v.score}, {"monitor", column.Flag, v.flag}, {"hack", column.Value, v.truth}} {
		if c.v == c.v {
			b.Set(b.Column(c.name, c.kind), c.v)
		}
	}
}

func (s *study) done() oversight.Study {
	t, _ := s.samples.Table()
	t.Import = 1
	s.set.Tables = []*column.Table{t}
	return oversight.Study{Index: estimate.NewIndex(&s.set), Monitors: s.set.Monitors}
}

// counted makes a study of one run without items: so many samples of each
// truth with each score.
func counted(cells map[[2]float64]int) oversight.Study {
	s := newStudy()
	run, ctx := s.run("a", data.Condition, "neutral", data.Seed, "1"), s.context(data.Eval, "test")
	for _, truth := range []float64{1, 0} {
		for _, score := range []float64{0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10} {
			for range cells[[2]float64{truth, score}] {
				s.add(sample{run: run, ctx: ctx, step: 1, score: score, flag: nan, truth: truth})
			}
		}
	}
	return s.done()
}

var question = oversight.Question{Monitor: "monitor", Truth: "hack"}

func board(t testing.TB, s oversight.Study, q oversight.Question) *oversight.Board {
	t.Helper()
	b, err := s.Board(context.Background(), q)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func read(t testing.TB, s oversight.Study, q oversight.Question, set oversight.Settings) *oversight.Reading {
	t.Helper()
	r := board(t, s, q).Read()
	if err := r.Move(set); err != nil {
		t.Fatal(err)
	}
	return r
}

func where(t testing.TB, text string) query.Filter {
	t.Helper()
	f, err := query.Parse(text)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// want compares a number of a frame with what is known of it; NaN wants none.
func want(t testing.TB, f frame.Frame, name string, row int, want, tolerance float64) {
	t.Helper()
	got, why, ok := f.Num(name, row)
	switch {
	case want != want && ok:
		t.Errorf("row %d: %s is %v, want none", row, name, got)
	case want == want && (!ok || math.Abs(got-want) > tolerance):
		t.Errorf("row %d: %s is %v (%s), want %v", row, name, got, why, want)
	}
}

// find returns the row in which the columns have the texts; pairs as fields.
func find(t testing.TB, f frame.Frame, pairs ...string) int {
	t.Helper()
	for row := range f.Len() {
		fits := true
		for i := 0; i+1 < len(pairs); i += 2 {
			fits = fits && f.Text(pairs[i], row) == pairs[i+1]
		}
		if fits {
			return row
		}
	}
	t.Fatalf("no row has %v", pairs)
	return 0
}

func noted(f frame.Frame, id string) string {
	for _, n := range f.Notes {
		if n.ID == id {
			return n.Text
		}
	}
	return ""
}

// simulated is the bundled study, as its files say it.
var simulated = sync.OnceValue(func() oversight.Study {
	s := newStudy()
	for _, r := range simulate.Runs() {
		s.run(r.Name(), data.Condition, r.Arm.Name, data.Seed, string(rune('0'+r.Seed)), "simulated", "yes",
			"trained_against", r.TrainedAgainst, "cot_regime_level", map[bool]string{true: "3", false: "1"}[r.TrainedAgainst != ""])
	}
	b := s.samples
	for v := range simulate.New(simulate.Seed).Samples() {
		b.Row(s.runs[v.Run], s.context(data.Eval, simulate.Eval, data.EvalPrompt, v.EvalPrompt, data.Grader, simulate.Detector), float64(v.Step))
		b.Item(v.Item)
		b.Epoch(v.Epoch)
		if v.Excluded != "" {
			b.Exclude(v.Excluded)
			continue
		}
		b.Set(b.Column("hack", column.Value), number(v.Hack))
		b.Set(b.Column("correct", column.Value), number(v.Correct))
		for _, m := range []struct {
			name  string
			score float64
		}{{simulate.CoTMonitor, v.CoTScore}, {simulate.ActionMonitor, v.ActionScore}} {
			flag := unknown
			if m.score == m.score {
				flag = number(m.score >= 0.5)
				b.Set(b.Column(m.name, column.Score), m.score)
			}
			b.Set(b.Column(m.name, column.Flag), flag)
		}
	}
	return s.done()
})

func number(is bool) float64 {
	if is {
		return 1
	}
	return 0
}

// realData finds a folder of ../shared/realdata beside the repository.
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
