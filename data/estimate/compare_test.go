package estimate

import (
	"fmt"
	"strings"
	"testing"

	"witnessmark/data"
	"witnessmark/data/frame"
	"witnessmark/data/query"
	"witnessmark/data/stats"
)

var aAgainstB = query.Query{By: []string{data.Condition}, Measures: []string{"hack"}, Baseline: "b"}

// arms makes runs with counts of 100, by condition and seed.
func arms(rates map[string]map[string]float64) *study {
	s := newStudy()
	for _, condition := range sortedKeys(rates) {
		for _, seed := range sortedKeys(rates[condition]) {
			run := s.run(condition+"/"+seed, data.Condition, condition, data.Seed, strings.TrimRight(seed, "'"))
			s.count(run, s.context(), 1, "hack", 100*rates[condition][seed], 100)
		}
	}
	return s
}

func wantVia(t *testing.T, f frame.Frame, row int, part string) {
	t.Helper()
	if got := f.Text(frame.DiffVia, row); !strings.Contains(got, part) {
		t.Errorf("compared %q, want %q", got, part)
	}
}

func TestSharedSeedsArePaired(t *testing.T) {
	f := ask(t, arms(map[string]map[string]float64{
		"a": {"1": 0.5, "1'": 0.7, "2": 0.3, "3": 0.9, "4": 0.9},
		"b": {"1": 0.2, "2": 0.2, "03": 0.3, "9": 0.1},
	}).done(), func() query.Query { q := aAgainstB; q.Units = true; return q }())
	want, err := stats.PairedSeeds([]float64{0.2, 0.2, 0.3}, []float64{0.6, 0.3, 0.9}, 0.95)
	if err != nil {
		t.Fatal(err)
	}
	wantNum(t, f, frame.Diff, 0, want.Value, 1e-12)
	wantNum(t, f, frame.DiffLo, 0, want.Lo, 1e-12)
	wantNum(t, f, frame.Pairs, 0, 3, 0)
	wantNum(t, f, frame.P, 0, 0.25, 1e-12)
	wantNum(t, f, frame.PFloor, 0, 0.25, 1e-12)
	wantVia(t, f, 0, "runs of one seed averaged")
	wantNote(t, f, 0, "unequal-seeds", "lack")
	wantWhy(t, f, frame.Diff, 1, "this is the baseline")
	paired := 0
	for _, u := range f.Units[0] {
		if u.Pair == u.Pair {
			paired++
		}
		if u.Run == "a/3" && (u.Pair < 0.6-1e-12 || u.Pair > 0.6+1e-12) {
			t.Errorf("seed 3 differs by %v, want 0.6", u.Pair)
		}
	}
	if paired != 4 {
		t.Errorf("%d runs have a partner, want 4", paired)
	}
}

func TestRunsWithoutSharedSeedsAreNotPaired(t *testing.T) {
	a, b := []float64{0.5, 0.7, 0.6}, []float64{0.1, 0.4}
	set := arms(map[string]map[string]float64{
		"a": {"1": a[0], "2": a[1], "3": a[2]}, "b": {"7": b[0], "8": b[1]},
	}).done()
	f := ask(t, set, aAgainstB)
	want, _ := stats.Welch(b, a, 0.95)
	wantNum(t, f, frame.Diff, 0, want.Value, 1e-12)
	wantNum(t, f, frame.DiffHi, 0, want.Hi, 1e-12)
	wantVia(t, f, 0, "Welch")
	wantWhy(t, f, frame.Pairs, 0, "nothing is paired")
	q := aAgainstB
	q.Pair = query.PairSeed
	f = ask(t, set, q)
	wantWhy(t, f, frame.Diff, 0, "no seed is on both sides")
}

func TestTwoSingleRunsOfCountsHaveNewcombe(t *testing.T) {
	f := ask(t, arms(map[string]map[string]float64{"a": {"1": 0.42}, "b": {"2": 0.66}}).done(), aAgainstB)
	want, _ := stats.Newcombe(42, 100, 66, 100, 0.95)
	wantNum(t, f, frame.Diff, 0, -0.24, 1e-12)
	wantNum(t, f, frame.DiffLo, 0, want.Lo, 1e-12)
	wantVia(t, f, 0, "Newcombe, not paired, these two runs only")
}

func TestOneRunAgainstSeveralHasNoInterval(t *testing.T) {
	f := ask(t, arms(map[string]map[string]float64{"a": {"1": 0.5}, "b": {"2": 0.2, "3": 0.4}}).done(), aAgainstB)
	wantNum(t, f, frame.Diff, 0, 0.2, 1e-12)
	wantWhy(t, f, frame.DiffLo, 0, "one run here")
	wantWhy(t, f, frame.P, 0, "one run here")
}

// tries is one run an arm with samples: scores[arm][item] has a score an epoch.
func tries(scores map[string][][]float64) *study {
	s := newStudy()
	for _, arm := range sortedKeys(scores) {
		run := s.run(arm, data.Condition, arm, data.Seed, "1")
		for item, epochs := range scores[arm] {
			for _, v := range epochs {
				s.attempt(run, s.context(), 1, fmt.Sprint(arm[:0], item), "hack", v)
			}
		}
	}
	return s
}

func TestSharedItemsArePaired(t *testing.T) {
	one := func(k ...float64) (out [][]float64) {
		for _, v := range k {
			out = append(out, []float64{v})
		}
		return out
	}
	set := tries(map[string][][]float64{"a": one(1, 1, 1, 0, 0, 1, 1), "b": one(1, 0, 0, 1, 0, 0)}).done()
	f := ask(t, set, aAgainstB)
	table := stats.PairedTable{Both: 1, OnlyA: 3, OnlyB: 1, Neither: 1}
	want, _ := stats.Tango(table, 0.95)
	test, _ := stats.McNemar(table)
	wantNum(t, f, frame.Diff, 0, 2.0/6, 1e-12)
	wantNum(t, f, frame.DiffLo, 0, want.Lo, 1e-12)
	wantNum(t, f, frame.P, 0, test.MidP, 1e-12)
	wantNum(t, f, frame.Pairs, 0, 6, 0)
	wantVia(t, f, 0, "paired by 6 items, Tango score and McNemar mid-p, these runs only")
	wantNote(t, f, 0, "dropped-items", "1 item")
	q := aAgainstB
	q.Pair, q.Units = query.PairItem, true
	f = ask(t, set, q)
	if u := f.Units[0]; len(u) != 6 || u[1].Item != "1" || u[1].Value != 1 || u[1].Pair != 1 {
		t.Errorf("units %+v", u)
	}
	q.Pair = query.PairNone
	wantVia(t, ask(t, set, q), 0, "Newcombe")
}

func TestSeveralEpochsArePairedByTheirMeans(t *testing.T) {
	set := tries(map[string][][]float64{
		"a": {{1, 1}, {1, 0}, {0, 0}, {1, 1}}, "b": {{0, 1}, {0, 0}, {0, 0}, {0, 1}},
	}).done()
	f := ask(t, set, aAgainstB)
	want, _ := stats.PairedItems([]float64{0.5, 0.5, 0, 0.5}, 0.95)
	wantNum(t, f, frame.Diff, 0, want.Value, 1e-12)
	wantNum(t, f, frame.DiffHi, 0, want.Hi, 1e-12)
	wantVia(t, f, 0, "paired t over items")
}

func TestComparisonsStayWithinTheOtherFields(t *testing.T) {
	s := newStudy()
	for seed := range 3 {
		for i, arm := range []string{"a", "b", "c"} {
			run := s.run(fmt.Sprint(arm, seed), data.Condition, arm, data.Seed, fmt.Sprint(seed))
			for j, prompt := range []string{"train", "neutral"} {
				s.count(run, s.context(data.EvalPrompt, prompt), 1, "hack", float64(10*i+50*j+seed*i), 100)
			}
		}
	}
	q := query.Query{By: []string{data.Condition, data.EvalPrompt}, Measures: []string{"hack"}, Baseline: "a"}
	f := ask(t, s.done(), q)
	wantNum(t, f, frame.Diff, rowAt(t, f, data.Condition, "c", data.EvalPrompt, "train"), 0.22, 1e-12)
	wantNum(t, f, frame.Diff, rowAt(t, f, data.Condition, "b", data.EvalPrompt, "neutral"), 0.11, 1e-12)
	var p, holm []float64
	for row := range f.Len() {
		if v, _, ok := f.Num(frame.P, row); ok {
			h, _, _ := f.Num(frame.PHolm, row)
			p, holm = append(p, v), append(holm, h)
		}
	}
	for i, want := range stats.Holm(p) {
		if holm[i] != want {
			t.Errorf("p %v is adjusted to %v, want %v", p[i], holm[i], want)
		}
	}
	wantNote(t, f, -1, "unadjusted-family", "4 contrasts")
}

func TestStepByStepThereAreIntervalsOnly(t *testing.T) {
	for _, seeds := range []map[string]float64{{"1": 0.2, "2": 0.2, "3": 0.3}, {"7": 0.2, "8": 0.5}} {
		set := arms(map[string]map[string]float64{"a": {"1": 0.6, "2": 0.3, "3": 0.9}, "b": seeds}).done()
		one := ask(t, set, aAgainstB)
		q := aAgainstB
		q.By = []string{data.Condition, data.Step}
		f := ask(t, set, q)
		for _, name := range []string{frame.Diff, frame.DiffLo, frame.DiffHi} {
			want, _, _ := one.Num(name, 0)
			wantNum(t, f, name, 0, want, 1e-12)
		}
		wantWhy(t, f, frame.P, 0, "choose a window")
	}
}

// To keep only what hacked is to choose by what is asked, which is said.
func TestAFilterByAnOutcomeIsSaid(t *testing.T) {
	set := arms(map[string]map[string]float64{"a": {"1": 0.6, "2": 0.3}, "b": {"1": 0.9, "2": 0.8}}).done()
	q := aAgainstB
	for text, outcome := range map[string]bool{"hack>0.5": true, "condition:a,b": false} {
		q.Where = where(t, text)
		said := false
		for _, n := range ask(t, set, q).Notes {
			said = said || n.ID == "selected-on-outcome"
		}
		if said != outcome {
			t.Errorf("%s: said %v, want %v", text, said, outcome)
		}
	}
}

// The same run and step in two imports is counted twice, which must be said.
func TestWhatTwoImportsBringIsSaid(t *testing.T) {
	set := arms(map[string]map[string]float64{"a": {"1": 0.6, "2": 0.3}, "b": {"1": 0.9, "2": 0.8}}).done()
	again := *set.Tables[0]
	again.Import++
	set.Tables = append(set.Tables, &again)
	wantNote(t, ask(t, set, aAgainstB), -1, "counted-twice", "4 checkpoints of 4 runs are in two imports")
}
