package estimate

import (
	"context"
	"fmt"
	"math"
	"slices"
	"testing"

	"witnessmark/data"
	"witnessmark/data/column"
	"witnessmark/data/frame"
	"witnessmark/data/query"
)

// watched is two runs of two steps with four items, a metric, a label and a
// monitor that scores and flags.
func watched() *study {
	s := newStudy()
	b := s.attempts
	for r, condition := range []string{"a", "b"} {
		run := s.run(fmt.Sprint("run ", r), data.Condition, condition, data.Seed, fmt.Sprint(r), "temperature", "0.7")
		for step := range 2 {
			for item := range 4 {
				s.attempt(run, s.context(data.Eval, "code"), float64(100*step), fmt.Sprint("q", item), "hack", float64(item%2))
				b.Set(b.Column("cot", column.Score), float64(item)/4+0.01*float64(r))
				b.Set(b.Column("cot", column.Flag), []float64{0, 1, float64(column.Unknown), math.NaN()}[item])
				b.SetLabel(b.Column("outcome", column.Label), []string{"solved", "hacked", "failed", "hacked"}[item])
				if item == 3 && step == 1 {
					b.Exclude("error")
				}
			}
		}
	}
	return s
}

func TestSamplesAreListed(t *testing.T) {
	f := ask(t, watched().done(), query.Query{Where: where(t, "outcome:hacked"), Limit: 3, Offset: 1})
	if f.Len() != 3 {
		t.Fatalf("%d rows, want 3", f.Len())
	}
	wantNote(t, f, -1, TotalNote, "8 of 16 samples")
	if got := f.Col(data.Item).Text; !slices.Equal(got, []string{"q3", "q1", "q3"}) {
		t.Errorf("items %q", got)
	}
	if got := f.Col("excluded").Text; !slices.Equal(got, []string{"", "", "error"}) {
		t.Errorf("excluded %q", got)
	}
	if got := f.Key(2, SampleKey); got != "1:7" {
		t.Errorf("sample %q, want 1:7", got)
	}
	wantNum(t, f, "cot.flag", 1, 1, 0)
	wantWhy(t, f, "cot.flag", 0, "not recorded")
	if f.Text("outcome", 0) != "hacked" || f.Text(data.Run, 0) != "run 0" || f.Text(data.Eval, 0) != "code" {
		t.Errorf("row 0 of %v", f.Columns)
	}
}

func TestSamplesAreSorted(t *testing.T) {
	set := watched().done()
	scores := func(order ...query.Order) []float64 {
		return ask(t, set, query.Query{Sort: order, Limit: 4}).Col("cot.score").Num
	}
	if got := scores(query.Order{Field: "cot.score", Descending: true}, query.Order{Field: data.Step}); !slices.Equal(got, []float64{0.76, 0.76, 0.75, 0.75}) {
		t.Errorf("by score: %v", got)
	}
	f := ask(t, set, query.Query{Sort: []query.Order{{Field: "outcome"}, {Field: data.Condition, Descending: true}}, Limit: 3})
	if got := f.Col("outcome").Text; !slices.Equal(got, []string{"failed", "failed", "failed"}) {
		t.Errorf("outcomes %q", got)
	}
	if got := f.Col(data.Condition).Text; !slices.Equal(got, []string{"b", "b", "a"}) {
		t.Errorf("conditions %q", got)
	}
	f = ask(t, set, query.Query{Sort: []query.Order{{Field: "cot.flag", Descending: true}}})
	if last := f.Col("cot.flag").Num[f.Len()-1]; last == last {
		t.Errorf("missing flags are not last: %v", f.Col("cot.flag").Num)
	}
}

func TestFilterOnSamples(t *testing.T) {
	set := watched().done()
	for text, want := range map[string]float64{
		"cot.score>=0.5":            3,
		"cot.flag:1":                2,
		"cot.flag:unknown":          2,
		"-cot.flag:*":               1, // the other one is excluded
		"outcome~HACK":              3,
		"hacked":                    3,
		"step>=100 OR hack:1":       5,
		"item:q1,q2 step:0":         2,
		"excluded:*":                0,
		"code":                      7,
		"temperature:.7 -epoch:2":   7,
		"condition:b OR cot.flag:0": 2,
	} {
		f := ask(t, set, query.Query{Where: where(t, text).With(where(t, "condition:a")), Measures: []string{"hack"}})
		if f.Len() == 0 {
			if want != 0 {
				t.Errorf("%s: no row", text)
			}
			continue
		}
		if got, _, ok := f.Num(frame.N, 0); got != want && (ok || want != 0) {
			t.Errorf("%s: %v samples, want %v", text, got, want)
		}
	}
}

func TestGroupsByFieldsOfSamples(t *testing.T) {
	f := ask(t, watched().done(), query.Query{By: []string{"outcome", "cot.flag"}, Measures: []string{"cot.score"}})
	var got []string
	for row := range f.Len() {
		n, _, _ := f.Num(frame.N, row)
		got = append(got, fmt.Sprint(f.Text("outcome", row), " ", f.Text("cot.flag", row), " ", n))
	}
	if want := []string{"failed unknown 4", "hacked 1 4", "hacked  2", "solved 0 4"}; !slices.Equal(got, want) {
		t.Errorf("groups %q, want %q", got, want)
	}
}

func TestFacets(t *testing.T) {
	x := NewIndex(watched().done())
	q := query.Query{Where: where(t, "condition:a hack:1")}
	facets, err := x.Facets(context.Background(), q, data.Condition, "outcome", "cot.score", data.Step)
	if err != nil {
		t.Fatal(err)
	}
	if c := facets[0].Choices; len(c) != 2 || c[0] != (FacetValue{Text: "a", Count: 1, Chosen: true}) || c[1] != (FacetValue{Text: "b", Count: 1}) {
		t.Errorf("conditions %+v", c)
	}
	if c := facets[1].Choices; len(c) != 1 || c[0].Count != 4 || facets[1].Counted != "samples" {
		t.Errorf("outcomes %+v", facets[1])
	}
	total := 0
	for _, b := range facets[2].Bins {
		total += b.Count
	}
	if len(facets[2].Bins) != facetBins || total != 4 || facets[2].Bins[0].Lo != 0 || facets[2].Bins[facetBins-1].Hi != 0.76 {
		t.Errorf("scores %+v", facets[2].Bins)
	}
	if c := facets[3].Choices; len(c) != 2 || c[1].Count != 1 {
		t.Errorf("steps %+v", c)
	}
	if got := facets[0].Filter.String(); got != "condition:a" {
		t.Errorf("own terms %q", got)
	}
	all, err := x.Facets(context.Background(), q)
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, f := range all {
		names = append(names, f.Name)
	}
	if want := []string{"condition", "seed", "step", "cot.flag", "cot.score", "excluded", "hack", "outcome"}; !slices.Equal(names, want) {
		t.Errorf("facets %q, want %q", names, want)
	}
}

func TestMeasuresAndFields(t *testing.T) {
	s := watched()
	s.count(0, 0, 5, "rollouts", 1, 2)
	x := NewIndex(s.done())
	var got []string
	for _, m := range x.Measures() {
		got = append(got, fmt.Sprint(m.Name, m.Grains, m.Binary, m.Rate, m.Samples, m.Monitor))
	}
	if want := []string{"cot.flag[samples] true true 8cot", "cot.score[samples] false false 14cot", "hack[samples] true true 14", "rollouts[counts] false true 0"}; !slices.Equal(got, want) {
		t.Errorf("measures %q, want %q", got, want)
	}
	got = nil
	for _, f := range x.Fields() {
		got = append(got, fmt.Sprint(f.Name, " ", f.Level, " ", f.Values))
	}
	if want := []string{"condition run 2", "run run 2", "seed run 2", "temperature run 1", "eval evaluation 1", "step checkpoint 3",
		"cot.flag sample 0", "cot.score sample 0", "excluded sample 0", "hack sample 0", "item sample 0", "outcome sample 0", "rollouts sample 0"}; !slices.Equal(got, want) {
		t.Errorf("fields %q, want %q", got, want)
	}
}

func TestRuns(t *testing.T) {
	s := newStudy()
	for seed := range 2 {
		run := s.run(fmt.Sprint("run ", seed), data.Condition, "a", data.Seed, fmt.Sprint(seed), data.Status, "complete", "lr", "0.1")
		for step := range 8 {
			s.count(run, s.context(), float64(step), "hack", float64(seed*step), 100)
		}
	}
	s.run("bare")
	s.set.Runs[0].SetAside = true
	x := NewIndex(s.done())
	f, err := x.Runs(context.Background(), query.Query{Measures: []string{"hack"}, Steps: query.Last(2), Sort: []query.Order{{Field: data.Run}}})
	if err != nil {
		t.Fatal(err)
	}
	bare, aside, late := rowAt(t, f, data.Run, "bare"), rowAt(t, f, data.Run, "run 0"), rowAt(t, f, data.Run, "run 1")
	wantNum(t, f, frame.Value, late, 0.065, 1e-12)
	wantNum(t, f, frame.K, late, 13, 0)
	wantNum(t, f, OnsetColumn, late, 5, 0)
	wantNum(t, f, StepsColumn, late, 8, 0)
	wantWhy(t, f, OnsetColumn, aside, "never")
	wantWhy(t, f, frame.Value, bare, "not recorded")
	if f.Text(SetAsideColumn, aside) != "yes" || f.Text(SetAsideColumn, late) != "" || f.Text("lr", late) != "0.1" {
		t.Errorf("columns %v", f.Columns)
	}
}

func TestRunsDoNotPoolJudges(t *testing.T) {
	x := NewIndex(judges().done())
	f, err := x.Runs(context.Background(), query.Query{Measures: []string{"hack"}})
	if err != nil {
		t.Fatal(err)
	}
	wantWhy(t, f, frame.Value, 0, "2 judges, not pooled")
	wantWhy(t, f, OnsetColumn, 0, "2 judges")
	f, err = x.Runs(context.Background(), query.Query{Measures: []string{"hack"}, Where: where(t, "grader:opus")})
	if err != nil {
		t.Fatal(err)
	}
	wantNum(t, f, frame.Value, rowAt(t, f, data.Run, "run 2"), 0.32, 1e-12)
}

func TestScores(t *testing.T) {
	set := watched().done()
	x := NewIndex(set)
	cells, err := x.Scores(context.Background(), query.Query{Where: where(t, "condition:a")}, "cot", "hack")
	if err != nil {
		t.Fatal(err)
	}
	if len(cells) != 2 {
		t.Fatalf("%d checkpoints, want 2", len(cells))
	}
	first, second := cells[0], cells[1]
	if first.Len() != 4 || first.Key(data.Step) != "0" || first.Key(data.Condition) != "a" {
		t.Errorf("first %+v", first)
	}
	if &first.Score[0] != &set.Tables[0].Col(column.ID{Name: "cot", Kind: column.Score}).Num[0] {
		t.Error("a whole cell was copied")
	}
	if !slices.Equal(first.Flag, []uint8{0, 1, column.Unknown, column.Missing}) || !slices.Equal(first.Truth, []uint8{0, 1, 0, 1}) {
		t.Errorf("flags %v, truth %v", first.Flag, first.Truth)
	}
	if second.Len() != 3 || !slices.Equal(second.Truth, []uint8{0, 1, 0}) || len(second.Item) != 3 {
		t.Errorf("an excluded sample is among %+v", second)
	}
	if _, err := x.Scores(context.Background(), query.Query{}, "cott", ""); err == nil {
		t.Error("an unknown monitor was accepted")
	}
}
