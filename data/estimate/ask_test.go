package estimate

import (
	"context"
	"errors"
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"witnessmark/data"
	"witnessmark/data/column"
	"witnessmark/data/frame"
	"witnessmark/data/query"
	"witnessmark/data/stats"
)

// rowAt finds the row whose keys are as given: field, value, …
func rowAt(t testing.TB, f frame.Frame, pairs ...string) int {
	t.Helper()
	for row := range f.Len() {
		ok := true
		for i := 0; i < len(pairs); i += 2 {
			ok = ok && (f.Key(row, pairs[i]) == pairs[i+1] || f.Text(pairs[i], row) == pairs[i+1])
		}
		if ok {
			return row
		}
	}
	t.Fatalf("no row with %q", pairs)
	return -1
}

func wantWhy(t testing.TB, f frame.Frame, name string, row int, part string) {
	t.Helper()
	if v, why, ok := f.Num(name, row); ok || !strings.Contains(why, part) {
		t.Errorf("row %d: %s is %v because %q, want it missing because %q", row, name, v, why, part)
	}
}

// wantNote looks for a note on a row, or on the whole.
func wantNote(t testing.TB, f frame.Frame, row int, id, part string) {
	t.Helper()
	for _, n := range f.Notes {
		if n.ID == id && (n.Row == row || n.Row == -1) && strings.Contains(n.Text, part) {
			return
		}
	}
	t.Errorf("row %d has no note %s with %q among %v", row, id, part, f.Notes)
}

func wantNoNote(t testing.TB, f frame.Frame, id string) {
	t.Helper()
	for _, n := range f.Notes {
		if n.ID == id {
			t.Errorf("there should be no note %v", n)
		}
	}
}

// onePass is one run that tried ten items once and passed three.
func onePass(passed int, items int) *study {
	s := newStudy()
	run := s.run("only", data.Condition, "neutral", data.Seed, "1")
	for i := range items {
		v := 0.0
		if i < passed {
			v = 1
		}
		s.attempt(run, s.context(), 100, fmt.Sprint("item ", i), "hack", v)
	}
	return s
}

var byCondition = query.Query{By: []string{data.Condition}, Measures: []string{"hack"}}

func TestOneRunOfSingleTriesHasWilson(t *testing.T) {
	f := ask(t, onePass(3, 100).done(), byCondition)
	wantNum(t, f, frame.Value, 0, 0.03, 1e-12)
	wantNum(t, f, frame.Lo, 0, 0.010255, 1e-6)
	wantNum(t, f, frame.Hi, 0, 0.084519, 1e-6)
	wantNum(t, f, frame.K, 0, 3, 0)
	wantNum(t, f, frame.N, 0, 100, 0)
	wantNum(t, f, frame.Seeds, 0, 1, 0)
	if got := f.Text(frame.Method, 0); got != "Wilson, this run only" {
		t.Errorf("method %q", got)
	}
	wantNote(t, f, 0, "one-seed", "neutral has one seed")
}

func TestMethodByName(t *testing.T) {
	q := byCondition
	q.Method = "clopper-pearson"
	f := ask(t, onePass(3, 100).done(), q)
	want, err := stats.ClopperPearson(3, 100, 0.95)
	if err != nil {
		t.Fatal(err)
	}
	wantNum(t, f, frame.Hi, 0, want.Hi, 1e-12)
	q.Method = "clooper"
	if _, err := Ask(context.Background(), onePass(1, 2).done(), q); err == nil || !strings.Contains(err.Error(), "wilson") {
		t.Errorf("an unknown method gives %v", err)
	}
}

func TestEpochsOfAnItemBelongTogether(t *testing.T) {
	s := newStudy()
	run := s.run("only")
	var want [][]float64
	for i := range 20 {
		scores := []float64{float64(i % 2), float64(i % 2), float64(i / 10)}
		want = append(want, scores)
		for _, v := range scores {
			s.attempt(run, s.context(), 1, fmt.Sprint(i), "hack", v)
		}
	}
	f := ask(t, s.done(), query.Query{Measures: []string{"hack"}})
	e, err := stats.ClusterRate(want, 0.95)
	if err != nil {
		t.Fatal(err)
	}
	wantNum(t, f, frame.Lo, 0, e.Lo, 1e-12)
	wantNum(t, f, frame.Hi, 0, e.Hi, 1e-12)
	if got := f.Text(frame.Method, 0); got != "CR2 t over items, this run only" {
		t.Errorf("method %q", got)
	}
	wantNote(t, f, 0, "few-items", "20 items")
}

func TestRealValuedSamplesHaveTOverItems(t *testing.T) {
	s := newStudy()
	values := []float64{1, 2.5, 4, 8}
	for i, v := range values {
		s.attempt(s.run("only"), s.context(), 1, fmt.Sprint(i), "score", v)
	}
	f := ask(t, s.done(), query.Query{Measures: []string{"score"}})
	e, _ := stats.SeedMean(values, 0.95)
	wantNum(t, f, frame.Lo, 0, e.Lo, 1e-9)
	wantWhy(t, f, frame.K, 0, "not a rate")
	wantWhy(t, f, frame.Above, 0, "scale")
	if got := f.Text(frame.Method, 0); got != "t over items, this run only" {
		t.Errorf("method %q", got)
	}
}

func TestSeveralRunsHaveTOverSeeds(t *testing.T) {
	s := newStudy()
	rates := []float64{0.1, 0.2, 0.6}
	for i, k := range rates {
		s.count(s.run(fmt.Sprint("run ", i), data.Seed, fmt.Sprint(i)), s.context(), 5, "hack", 100*k, 100)
	}
	q := query.Query{Measures: []string{"hack"}, Units: true}
	f := ask(t, s.done(), q)
	e, _ := stats.SeedMean(rates, 0.95)
	wantNum(t, f, frame.Value, 0, 0.3, 1e-12)
	wantNum(t, f, frame.Lo, 0, e.Lo, 1e-12)
	wantNum(t, f, frame.Hi, 0, e.Hi, 1e-12)
	for i, u := range f.Units[0] {
		if u.Value != rates[i] || u.Seed != fmt.Sprint(i) || u.K != 100*rates[i] || u.N != 100 || u.Pair == u.Pair {
			t.Errorf("unit %d is %+v", i, u)
		}
	}
	q.Method = "wilson"
	f = ask(t, s.made(), q)
	wilson, _ := stats.Wilson(90, 300, 0.95)
	wantNum(t, f, frame.Lo, 0, wilson.Lo, 1e-12)
	wantNote(t, f, 0, "pseudo-replication", "3 runs")
}

func TestSummariesOfOneRun(t *testing.T) {
	s := newStudy()
	add := func(run string, mean, sd, n float64) {
		b := s.counts
		b.Row(s.run(run), s.context(), 1)
		b.Set(b.Column("trait", column.Value), mean)
		if sd == sd {
			b.Set(b.Column("trait", column.SD), sd)
		}
		if n == n {
			b.Set(b.Column("trait", column.N), n)
		}
	}
	add("both", 50, 10, 25)
	add("bare", 40, math.NaN(), math.NaN())
	f := ask(t, s.done(), query.Query{By: []string{data.Run}, Measures: []string{"trait"}})
	bare, both := rowAt(t, f, data.Run, "bare"), rowAt(t, f, data.Run, "both")
	wantNum(t, f, frame.Lo, both, 50-2.0639*2, 1e-3)
	wantNum(t, f, frame.N, both, 25, 0)
	wantNum(t, f, frame.Value, bare, 40, 0)
	wantWhy(t, f, frame.Lo, bare, "no number of samples")
	wantWhy(t, f, frame.N, bare, "not reported")
}

func TestMissingIsNotZero(t *testing.T) {
	s := newStudy()
	run, other := s.run("a", data.Condition, "a"), s.run("b", data.Condition, "b")
	for i, v := range []float64{1, math.NaN(), math.NaN(), 0} {
		s.attempt(run, s.context(), 1, fmt.Sprint(i), "hack", v)
	}
	s.attempt(other, s.context(), 1, "0", "other", 1)
	f := ask(t, s.done(), byCondition)
	wantNum(t, f, frame.Value, 0, 0.5, 0)
	wantNum(t, f, frame.N, 0, 2, 0)
	wantWhy(t, f, frame.Value, 1, "no values of hack")
	wantWhy(t, f, frame.Lo, 1, "no values of hack")
	wantNum(t, f, frame.Seeds, 1, 0, 0)
}

func TestExcludedSamplesAreCountedNotScored(t *testing.T) {
	s := newStudy()
	for c, left := range []int{0, 20} {
		run := s.run(fmt.Sprint("run ", c), data.Condition, fmt.Sprint("c", c))
		for i := range 100 {
			s.attempt(run, s.context(), 1, fmt.Sprint(i), "hack", float64(i%2))
			if i < left {
				s.attempts.Exclude("error")
			}
		}
	}
	q := byCondition
	q.Baseline = "c0"
	f := ask(t, s.done(), q)
	wantNum(t, f, frame.Excluded, 1, 20, 0)
	wantNum(t, f, frame.N, 1, 80, 0)
	wantNote(t, f, 1, "different-exclusions", "worst cases 40.0")
	q = query.Query{By: []string{"excluded"}}
	f = ask(t, s.made(), q)
	wantNum(t, f, frame.N, rowAt(t, f, "excluded", "error"), 20, 0)
}

func TestWindowsArePerRun(t *testing.T) {
	s := newStudy()
	long, short := s.run("long", data.Condition, "a"), s.run("short", data.Condition, "a")
	for step := range 10 {
		s.count(long, s.context(), float64(step), "hack", float64(step), 10)
		if step < 4 {
			s.count(short, s.context(), float64(step), "hack", 10, 10)
		}
	}
	q := byCondition
	q.Steps, q.Units = query.Last(2), true
	f := ask(t, s.done(), q)
	wantNum(t, f, frame.Value, 0, (0.85+1)/2, 1e-12)
	wantNote(t, f, 0, "unequal-checkpoints", "3 to 9")
	q.By = []string{data.Step}
	f = ask(t, s.made(), q)
	if steps := f.Col(data.Step).Text; !slices.Equal(steps, []string{"2", "3", "8", "9"}) {
		t.Errorf("steps %q", steps)
	}
	q.Steps = query.At(3)
	f = ask(t, s.made(), q)
	wantNum(t, f, frame.Value, 0, (0.3+1)/2, 1e-12)
	if f.Len() != 1 || f.Key(0, data.Step) != "3" {
		t.Errorf("keys %v", f.Keys)
	}
}

func TestStepsAreWeighedEqually(t *testing.T) {
	s := newStudy()
	run := s.run("only")
	s.count(run, s.context("eval", "x"), 1, "hack", 1, 10)
	s.count(run, s.context("eval", "y"), 1, "hack", 89, 90) // pooled at step 1: 90 of 100
	s.count(run, s.context("eval", "x"), 2, "hack", 0, 50)
	f := ask(t, s.done(), query.Query{Measures: []string{"hack"}})
	wantNum(t, f, frame.Value, 0, 0.45, 1e-12)
	wantNum(t, f, frame.N, 0, 150, 0)
	wantNote(t, f, 0, "residue", "eval x and y")
}

func TestGrainsAreNotMixed(t *testing.T) {
	s := newStudy()
	sampled, counted := s.run("sampled", data.Condition, "a"), s.run("counted", data.Condition, "a")
	s.attempt(sampled, s.context(), 1, "1", "hack", 1)
	s.attempt(sampled, s.context(), 1, "2", "hack", 0)
	s.count(sampled, s.context(), 1, "hack", 99, 100)
	s.count(counted, s.context(), 1, "hack", 7, 10)
	f := ask(t, s.done(), byCondition)
	wantNum(t, f, frame.Value, 0, 0.5, 0)
	wantNum(t, f, frame.Seeds, 0, 1, 0)
	wantNote(t, f, 0, "mixed-grains", "1 run with coarser numbers only was left out")
}

// judges is a run scored by two graders, who disagree.
func judges() *study {
	s := newStudy()
	for seed := range 3 {
		run := s.run(fmt.Sprint("run ", seed), data.Condition, "a", data.Seed, fmt.Sprint(seed))
		base := s.run(fmt.Sprint("base ", seed), data.Condition, "b", data.Seed, fmt.Sprint(seed))
		for grader, k := range map[string]float64{"opus": 30, "sonnet": 5} {
			s.count(run, s.context(data.Grader, grader), 1, "hack", k+float64(seed), 100)
			s.count(base, s.context(data.Grader, grader), 1, "hack", k-3-float64(seed), 100)
		}
	}
	return s
}

func TestGradersAreNotPooled(t *testing.T) {
	set := judges().done()
	q := byCondition
	q.Baseline = "b"
	f := ask(t, set, q)
	if f.Len() != 4 {
		t.Fatalf("%d rows, want one a condition and grader", f.Len())
	}
	row := rowAt(t, f, data.Condition, "a", data.Grader, "sonnet")
	wantNum(t, f, frame.Value, row, 0.06, 1e-12)
	wantNum(t, f, frame.Diff, row, 0.05, 1e-12)
	wantNote(t, f, row, "mixed-graders", "2 judges, not pooled")
	for _, text := range []string{"grader:opus", "-grader:sonnet"} {
		q.Where = where(t, text)
		if f := ask(t, set, q); f.Len() != 2 || f.Col(data.Grader) != nil {
			t.Errorf("%s: %d rows", text, f.Len())
		}
	}
	q.Where = where(t, "grader:any")
	f = ask(t, set, q)
	wantNum(t, f, frame.Value, 0, (0.31+0.06)/2, 1e-12)
	wantNote(t, f, 0, "mixed-graders", "2 graders (opus, sonnet)")
	q.Where, q.By = query.Filter{}, []string{data.Condition, data.Grader}
	f = ask(t, set, q)
	wantNoNote(t, f, "mixed-graders")
	if f.Len() != 4 {
		t.Errorf("by grader: %d rows", f.Len())
	}
}

func TestResidueAndConfounds(t *testing.T) {
	s := newStudy()
	for seed := range 6 {
		for c, condition := range []string{"neutral", "inoculation"} {
			s.count(s.run(fmt.Sprint(condition, seed), data.Condition, condition, data.Seed, fmt.Sprint(seed),
				"temperature", fmt.Sprint(seed%2), "preamble", []string{"short", "long"}[c], "path", fmt.Sprint(condition, seed),
				"data_seed", fmt.Sprint(100-seed), data.TrainPrompt, condition),
				s.context(), 1, "hack", float64(seed), 10)
		}
	}
	q := byCondition
	q.Baseline = "neutral"
	f := ask(t, s.done(), q)
	row := rowAt(t, f, data.Condition, "inoculation")
	wantNote(t, f, row, "residue", "mixes temperature 0 and 1")
	wantNote(t, f, row, "also-differs", "inoculation and neutral also differ in preamble;")
	for _, n := range f.Notes {
		if strings.Contains(n.Text, "path") || strings.Contains(n.Text, "data_seed") || strings.Contains(n.Text, "prompt") {
			t.Errorf("an identity was taken for a setting: %s", n.Text)
		}
	}
	q.Where = where(t, "temperature:0")
	wantNoNote(t, ask(t, s.made(), q), "residue")
	q.Where, q.By = query.Filter{}, []string{data.Condition, "temperature"}
	wantNoNote(t, ask(t, s.made(), q), "residue")
}

func TestReportedNumbersStandBeside(t *testing.T) {
	s := newStudy()
	b := s.counts
	for i, k := range []float64{10, 20} {
		b.Row(s.run(fmt.Sprint(i), data.Seed, fmt.Sprint(i)), s.context(), 1)
		b.Set(b.Column("hack", column.K), k)
		b.Set(b.Column("hack", column.N), 100)
	}
	b.Row(s.run("paper"), s.context(sourceOfValue, "reported"), 1)
	b.Set(b.Column("hack", column.Value), 0.9)
	b.Set(b.Column("hack", column.Lo), 0.8)
	b.Set(b.Column("hack", column.Hi), 0.95)
	f := ask(t, s.done(), query.Query{Measures: []string{"hack"}})
	if f.Len() != 2 {
		t.Fatalf("%d rows, want 2", f.Len())
	}
	wantNum(t, f, frame.Value, 0, 0.15, 1e-12)
	wantNum(t, f, frame.Value, 1, 0.9, 0)
	wantNum(t, f, frame.Lo, 1, 0.8, 0)
	if f.Text(frame.Reported, 0) != "" || f.Text(frame.Reported, 1) != frame.Reported {
		t.Errorf("reported: %q", f.Col(frame.Reported).Text)
	}
	wantNote(t, f, -1, "imported-bounds", "unknown kind")
}

func TestUnknownNamesOfferNearOnes(t *testing.T) {
	x := NewIndex(onePass(1, 3).done())
	for _, q := range []query.Query{
		{Where: where(t, "conditon:a"), Measures: []string{"hack"}},
		{By: []string{"Condition"}, Measures: []string{"hack"}},
		{Measures: []string{"hacks"}},
	} {
		_, err := x.Ask(context.Background(), q)
		var unknown *UnknownError
		if !errors.As(err, &unknown) || len(unknown.Near) == 0 {
			t.Errorf("got %v", err)
		}
	}
	if _, err := x.Ask(context.Background(), query.Query{By: []string{"hack"}, Measures: []string{"hack"}}); err != nil {
		t.Errorf("grouping by a metric of 0 and 1: %v", err)
	}
	if _, err := x.Ask(context.Background(), query.Query{By: []string{data.Condition}, Measures: []string{"hack"}, Baseline: "x"}); err == nil || !strings.Contains(err.Error(), "neutral") {
		t.Errorf("an unknown baseline: %v", err)
	}
}

func TestCanceledQuestionsEnd(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	x := NewIndex(onePass(1, 3).done())
	for _, q := range []query.Query{byCondition, {}} {
		if _, err := x.Ask(ctx, q); !errors.Is(err, context.Canceled) {
			t.Errorf("got %v", err)
		}
	}
}

func TestAliasesAreNames(t *testing.T) {
	set := onePass(2, 4).done()
	set.Aliases = map[string]string{"arm": data.Condition, "is_hack": "hack"}
	f := ask(t, set, query.Query{Where: where(t, "arm:neutral"), By: []string{"arm"}, Measures: []string{"is_hack"}})
	if f.Text("arm", 0) != "neutral" || f.Text(frame.Measure, 0) != "is_hack" {
		t.Errorf("columns %v", f.Columns)
	}
	wantNum(t, f, frame.Value, 0, 0.5, 0)
}

func TestEqualNumbersAreOneValue(t *testing.T) {
	s := newStudy()
	for i, lr := range []string{"0.0001", "1e-4", "2e-4"} {
		s.count(s.run(fmt.Sprint("0", i), "lr", lr), s.context(), 1, "hack", float64(i), 10)
	}
	s.count(s.run("1"), s.context(), 1, "hack", 1, 10)
	f := ask(t, s.done(), query.Query{By: []string{"lr"}, Measures: []string{"hack"}, Where: where(t, "lr:*"), Baseline: "1.0e-4"})
	if got := f.Col("lr").Text; !slices.Equal(got, []string{"1e-4", "2e-4"}) {
		t.Errorf("lr %q", got)
	}
	wantNum(t, f, frame.Seeds, 0, 2, 0)
	f = ask(t, s.made(), query.Query{By: []string{data.Run}, Measures: []string{"hack"}})
	one := ask(t, s.made(), query.Query{Where: where(t, "run:1"), Measures: []string{"hack"}})
	wantNum(t, one, frame.Seeds, 0, 1, 0)
	if f.Len() != 4 {
		t.Errorf("runs %q", f.Col(data.Run).Text)
	}
}

func TestScaleKeepsZeroFromBeingARate(t *testing.T) {
	set := onePass(0, 10).done()
	set.Metrics = map[string]data.Metric{"hack": {Name: "hack", Lo: 0, Hi: 100}}
	f := ask(t, set, byCondition)
	wantWhy(t, f, frame.K, 0, "not a rate")
	if strings.Contains(f.Text(frame.Method, 0), "Wilson") {
		t.Errorf("method %q", f.Text(frame.Method, 0))
	}
}

func TestSetAsideRunsAreLeftOutAndSaidSo(t *testing.T) {
	s := judges()
	s.set.Runs[0].SetAside = true
	q := byCondition
	q.Where = where(t, "grader:opus")
	f := ask(t, s.done(), q)
	wantNum(t, f, frame.Seeds, rowAt(t, f, data.Condition, "a"), 2, 0)
	wantNote(t, f, -1, "set-aside", "1 run set aside")
}

func TestSortAndPage(t *testing.T) {
	q := byCondition
	q.By, q.Sort = []string{data.Run}, []query.Order{{Field: frame.Value, Descending: true}}
	q.Where, q.Limit, q.Offset = where(t, "grader:opus"), 2, 1
	f := ask(t, judges().done(), q)
	if got := f.Col(data.Run).Text; !slices.Equal(got, []string{"run 1", "run 0"}) {
		t.Errorf("runs %q", got)
	}
}

func TestGroupsWithoutMeasures(t *testing.T) {
	s := onePass(3, 10)
	s.run("empty", data.Condition, "neutral")
	f := ask(t, s.done(), query.Query{By: []string{data.Condition, data.Item}, Where: where(t, "hack:1")})
	if f.Len() != 3 {
		t.Fatalf("%d rows, want 3", f.Len())
	}
	wantNum(t, f, frame.N, 0, 1, 0)
	wantNum(t, f, frame.Seeds, 0, 1, 0)
}
