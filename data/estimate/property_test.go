package estimate

import (
	"context"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"witnessmark/data"
	"witnessmark/data/column"
	"witnessmark/data/frame"
	"witnessmark/data/query"
)

// A spec is rows in no particular order, from which the same study can be
// built in many ways.
type spec struct {
	runs [][]string // name, fields …
	rows []specRow
}

type specRow struct {
	run, step   int
	item        string
	grader      string
	hack, score float64
	count       bool
}

func randomSpec(rng *rand.Rand) spec {
	var s spec
	for i := range 8 {
		s.runs = append(s.runs, []string{fmt.Sprint("run ", i), data.Condition, string('a' + rune(i%2)), data.Seed, fmt.Sprint(i / 2), "lr", fmt.Sprint(i % 3)})
		for step := range 3 {
			for item := range 12 {
				r := specRow{run: i, step: step, item: fmt.Sprint("q", item), grader: "x", hack: float64(rng.IntN(2)), score: rng.NormFloat64()}
				if rng.IntN(6) == 0 {
					r.hack = math.NaN()
				}
				s.rows = append(s.rows, r)
			}
			s.rows = append(s.rows, specRow{run: i, step: step, count: true, hack: float64(rng.IntN(50))})
		}
	}
	return s
}

// build makes the set, its rows divided among imports and in an order that
// rng decides.
func (s spec) build(rng *rand.Rand) *column.Set {
	set := &column.Set{}
	at := map[int]int32{}
	for _, i := range rng.Perm(len(s.runs)) {
		at[i] = int32(len(set.Runs))
		r := s.runs[i]
		set.Runs = append(set.Runs, column.Run{ID: int64(i), Key: r[0], Name: r[0], Fields: fieldsOf(r[1:])})
	}
	set.Contexts = []column.Context{{Fields: data.Fields{}}, {Fields: data.Fields{data.Grader: "x"}}}
	samples := []*column.Builder{column.NewBuilder(true), column.NewBuilder(true)}
	counts := column.NewBuilder(false)
	for _, r := range s.rows {
		if r.count {
			counts.Row(at[r.run], 0, float64(r.step))
			counts.Set(counts.Column("rollouts", column.K), r.hack)
			counts.Set(counts.Column("rollouts", column.N), 50)
			continue
		}
		b := samples[r.run%2]
		b.Row(at[r.run], 1, float64(r.step))
		b.Item(r.item)
		b.Set(b.Column("hack", column.Value), r.hack)
		b.Set(b.Column("score", column.Value), r.score)
	}
	for _, b := range append(samples, counts) {
		t, _ := b.Table()
		set.Tables = append(set.Tables, t)
	}
	rng.Shuffle(len(set.Tables), func(i, j int) { set.Tables[i], set.Tables[j] = set.Tables[j], set.Tables[i] })
	for i, t := range set.Tables {
		t.Import = int64(i)
	}
	return set
}

var everyQuestion = []query.Query{
	{By: []string{data.Condition}, Measures: []string{"hack", "score", "rollouts"}, Baseline: "a", Units: true},
	{By: []string{data.Condition, data.Step}, Measures: []string{"rollouts", "hack"}, Units: true},
	{By: []string{data.Run}, Measures: []string{"hack", "score"}, Steps: query.Last(2)},
	{By: []string{data.Item}, Measures: []string{"hack"}, Steps: query.At(1)},
	{By: []string{data.Condition}, Measures: []string{"score"}, Pair: query.PairItem, Baseline: "b", Units: true},
	{Measures: []string{"hack", "rollouts"}},
}

func TestOrderOfImportDoesNotMatter(t *testing.T) {
	rng := rand.New(rand.NewPCG(7, 1))
	s := randomSpec(rng)
	for i, q := range everyQuestion {
		want := fmt.Sprintf("%#v", ask(t, s.build(rand.New(rand.NewPCG(1, 1))), q))
		for range 5 {
			if got := fmt.Sprintf("%#v", ask(t, s.build(rng), q)); got != want {
				t.Errorf("question %d:\n got  %s\n want %s", i, got, want)
			}
		}
	}
}

// What another run says, and whether it is there, changes no number.
func TestOtherRunsChangeNothing(t *testing.T) {
	rng := rand.New(rand.NewPCG(7, 2))
	s := randomSpec(rng)
	more := s
	more.runs = append(slices.Clone(s.runs), []string{"stranger", data.Condition, "z", data.Seed, "99", "temperature", "5"})
	for step := range 7 {
		more.rows = append(slices.Clone(more.rows), specRow{run: len(s.runs), step: 10 * step, item: "q1", hack: 7.5, score: 1000},
			specRow{run: len(s.runs), step: step, count: true, hack: 3})
	}
	for i, q := range everyQuestion {
		if len(q.By) == 0 || q.By[0] == data.Item {
			q.Where = where(t, "-condition:z")
		}
		without, with := ask(t, s.build(rng), q), ask(t, more.build(rng), q)
		for row := range without.Len() {
			other := sameRow(t, without, row, with)
			for _, c := range without.Columns {
				if c.Name == frame.PHolm {
					continue // of a family, by intention
				}
				got := with.Col(c.Name)
				if c.Text != nil && c.Text[row] != got.Text[other] || c.Num != nil && math.Float64bits(c.Num[row]) != math.Float64bits(got.Num[other]) {
					t.Errorf("question %d, row %d: %s changed", i, row, c.Name)
				}
			}
		}
	}
}

// sameRow finds the row of the same group and measure in another answer.
func sameRow(t *testing.T, f frame.Frame, row int, in frame.Frame) int {
	t.Helper()
	for other := range in.Len() {
		if slices.Equal(f.Keys[row], in.Keys[other]) && f.Text(frame.Measure, row) == in.Text(frame.Measure, other) {
			return other
		}
	}
	t.Fatalf("no row like %v", f.Keys[row])
	return -1
}

// One index answers many questions at once.
func TestIndexIsShared(t *testing.T) {
	rng := rand.New(rand.NewPCG(7, 4))
	x := NewIndex(randomSpec(rng).build(rng))
	for i, q := range everyQuestion {
		want := fmt.Sprintf("%#v", ask(t, x.set, q))
		for range 2 {
			t.Run(fmt.Sprint("question ", i), func(t *testing.T) {
				t.Parallel()
				f, err := x.Ask(context.Background(), q)
				if err != nil {
					t.Fatal(err)
				}
				if got := fmt.Sprintf("%#v", f); got != want {
					t.Errorf("got %s, want %s", got, want)
				}
			})
		}
	}
}

// Keys lead back: asking with them as a filter gives the same number.
func TestKeysLeadBack(t *testing.T) {
	rng := rand.New(rand.NewPCG(7, 3))
	set := randomSpec(rng).build(rng)
	for _, by := range [][]string{{data.Condition}, {data.Condition, data.Step}, {"lr", data.Item}} {
		q := query.Query{By: by, Measures: []string{"hack"}}
		f := ask(t, set, q)
		for row := range f.Len() {
			narrow := query.Query{Measures: q.Measures}
			for _, k := range f.Keys[row] {
				narrow.Where = narrow.Where.Narrow(k.Field, k.Value)
			}
			v, _, _ := f.Num(frame.Value, row)
			wantNum(t, ask(t, set, narrow), frame.Value, 0, v, 1e-12)
		}
	}
}
