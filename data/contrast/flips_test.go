package contrast

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"witnessmark/data"
	"witnessmark/data/column"
	"witnessmark/data/estimate"
	"witnessmark/data/query"
	"witnessmark/data/stats"
)

var aToB = query.Query{By: []string{data.Condition}, Measures: []string{"hack"}, Baseline: "a"}

// answered is one run an arm; outcomes have a letter an item: y, n, or a
// space where the item was not asked.
func answered(a, b string) Study {
	s := newSketch()
	for arm, outcomes := range map[string]string{"a": a, "b": b} {
		run := s.run(arm, data.Condition, arm, data.Seed, "1")
		for i, r := range outcomes {
			if r != ' ' {
				s.attempt(run, s.context(), fmt.Sprintf("item %02d", i), "hack", map[rune]float64{'y': 1, 'n': 0}[r])
			}
		}
	}
	return s.study()
}

func TestFlipsLeadToBothTranscripts(t *testing.T) {
	st := answered("yyynnnnn ", "yyyyyynny")
	f, err := st.Flips(t.Context(), aToB, "b")
	if err != nil {
		t.Fatal(err)
	}
	if want := (stats.PairedTable{Both: 3, OnlyA: 3, Neither: 2}); f.Table != want || f.Pairs != 8 || f.OnlyOwn != 1 || f.Clustered {
		t.Errorf("flips %+v", f)
	}
	if len(f.Items) != 3 || f.Items[0].Item != "item 03" || f.Items[0].From != 0 || f.Items[0].To != 1 {
		t.Fatalf("items %+v", f.Items)
	}
	own, base := f.Items[0].Own[0], f.Items[0].Base[0]
	if own.Run != "b" || base.Run != "a" || !strings.HasPrefix(own.Sample, "1:") || own.Sample == base.Sample {
		t.Errorf("tries %+v and %+v", own, base)
	}
	test, _ := stats.McNemar(f.Table)
	tango, _ := stats.Tango(f.Table, 0.95)
	if f.McNemar.MidP != test.MidP || f.Tango.Lo != tango.Lo || f.OverItems == nil || math.Abs(f.OverItems.Lo-tango.Lo) > 1e-12 || math.Abs(f.OverItems.P-test.MidP) > 1e-12 {
		t.Errorf("tests %+v, %+v, %+v", f.McNemar, f.Tango, f.OverItems)
	}
	if !strings.HasPrefix(f.Text[0], "3 of 8 items differ: 3 only under b, 0 only under a") || !strings.Contains(f.Text[2], "1 item on one side only is dropped") {
		t.Errorf("text %q", f.Text)
	}
}

func TestFlipsOfSeveralAttemptsAreNotTestedAsPairs(t *testing.T) {
	s := newSketch()
	for c, arm := range []string{"a", "b"} {
		run := s.run(arm, data.Condition, arm, data.Seed, "1")
		for item := range 6 {
			for epoch := range 2 {
				v := 0.0
				if c == 1 && item < 3 || item == 5 && epoch == 0 {
					v = 1
				}
				s.attempt(run, s.context(), fmt.Sprint(item), "hack", v)
			}
		}
	}
	f, err := s.study().Flips(t.Context(), aToB, "b")
	if err != nil {
		t.Fatal(err)
	}
	if !f.Clustered || f.McNemar != nil || f.Tango != nil || f.Split != 1 || f.Table.OnlyA != 3 || f.OverItems == nil {
		t.Errorf("flips %+v", f)
	}
	if !slices.Contains(f.Text, "Items come several times, so single pairs are not tested; the interval is over items.") {
		t.Errorf("text %q", f.Text)
	}
}

func TestFlipsOfScoresAreOrderedBySize(t *testing.T) {
	s := newSketch()
	for arm, scores := range map[string][]float64{"a": {7, 6.5, 6, 7}, "b": {3, 6.5, 5, 9}} {
		run := s.run(arm, data.Condition, arm)
		for i, v := range scores {
			s.attempt(run, s.context(), fmt.Sprint(i), "hack", v)
		}
	}
	f, err := s.study().Flips(t.Context(), aToB, "b")
	if err != nil {
		t.Fatal(err)
	}
	var items []string
	for _, i := range f.Items {
		items = append(items, i.Item)
	}
	if f.Rate || f.Down != 2 || f.Up != 1 || f.Level != 1 || !slices.Equal(items, []string{"0", "3", "2"}) || f.McNemar != nil {
		t.Errorf("flips %+v", f)
	}
}

func TestFlipsNeedSamples(t *testing.T) {
	if _, err := rlStudy(t).Flips(t.Context(), finals(), "inoculation"); err == nil || !strings.Contains(err.Error(), "no samples of hack") {
		t.Errorf("error %v", err)
	}
}

func TestDiffRuns(t *testing.T) {
	s := newSketch()
	prompt := strings.Repeat("Write small, well-tested functions. ", 3)
	a := s.run("a", data.Condition, "neutral", data.Seed, "1", data.TrainPrompt, prompt, "lr", "1e-4", data.Source, "x")
	b := s.run("b", data.Condition, "inoculation", data.Seed, "2", data.TrainPrompt, prompt+"Hack.", "lr", "1e-4", data.Source, "y")
	c := s.run("c", data.Condition, "neutral", data.Seed, "3", data.TrainPrompt, prompt, "lr", "1e-4")
	for _, run := range []int32{a, b, c} {
		for step := range 3 {
			s.count(run, s.context(data.EvalPrompt, "default"), float64(step), "hack", 1, 2)
		}
	}
	s.count(c, s.context(data.EvalPrompt, "train"), 3, "hack", 1, 2)
	set := s.study().Set
	d, err := DiffRuns(set, "a", "b")
	if err != nil {
		t.Fatal(err)
	}
	if d.Sentence != "these 2 runs differ only in condition, train prompt and seed" {
		t.Errorf("%q", d.Sentence)
	}
	long := d.Differ[1]
	if !long.Long || !slices.Equal(long.Segments, []Segment{{Same, prompt}, {Added, "Hack."}}) {
		t.Errorf("train prompt %+v", long)
	}
	if d, _ = DiffRuns(set, "a", "c"); d.Sentence != "these 2 runs differ only in seed, eval prompt and recorded steps" {
		t.Errorf("%q", d.Sentence)
	}
	if d, _ = DiffRuns(set, "a", "b", "c"); len(d.Differ) != 5 || len(d.Differ[0].Values) != 3 || d.Differ[1].Segments != nil {
		t.Errorf("%+v", d.Differ)
	}
	if d, _ = DiffRuns(set, "a", "a"); d.Sentence != "these 2 runs differ in no field" || len(d.Equal) == 0 {
		t.Errorf("%q", d.Sentence)
	}
	for _, names := range [][]string{{"a"}, {"a", "B2"}} {
		if _, err := DiffRuns(set, names...); err == nil {
			t.Errorf("%v are told apart", names)
		}
	}
}

func chipsOf(t *testing.T, st Study, q query.Query) map[string]Chip {
	t.Helper()
	f, err := st.Index.Ask(t.Context(), q)
	if err != nil {
		t.Fatal(err)
	}
	all, err := st.Chips(t.Context(), q, f)
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]Chip{}
	last := -1
	for _, c := range all {
		rank := slices.Index([]Tone{Bad, Warn, Neutral}, c.Tone)
		if rank < last || len(c.Text) == 0 || c.Label == "" || len([]rune(c.Label)) > 48 {
			t.Errorf("chip %+v after a milder one, or without words", c)
		}
		last = rank
		out[c.ID] = c
	}
	return out
}

func TestChipsOfTheRealRuns(t *testing.T) {
	chips := chipsOf(t, rlStudy(t), finals())
	for id, want := range map[string]Chip{
		"bimodal-seeds":     {Label: "Bimodal: 86 of 90 seeds", Tone: Warn},
		"also-differs":      {Label: "neutral also differs in preamble", Tone: Bad},
		"no-irrelevant-arm": {Label: "No irrelevant-prompt arm", Tone: Warn},
		"tail":              {Label: "Truncation +15.0 points", Tone: Bad},
		"unadjusted-family": {Label: "Not adjusted, m = 2", Tone: Neutral},
	} {
		if got := chips[id]; got.Label != want.Label || got.Tone != want.Tone {
			t.Errorf("%s is %q (%s), want %q (%s)", id, got.Label, got.Tone, want.Label, want.Tone)
		}
	}
	if text := strings.Join(chips["bimodal-seeds"].Text, " "); strings.Contains(text, "_") || !strings.Contains(text, "negative inoculation") {
		t.Errorf("%q", text)
	}
}

func TestChipsTellOfJudgesAndOfFiltersByOutcome(t *testing.T) {
	s := newSketch()
	for seed := range 3 {
		for _, arm := range []string{"a", "b"} {
			run := s.run(fmt.Sprint(arm, seed), data.Condition, arm, data.Seed, fmt.Sprint(seed), "simulated", "yes")
			for _, grader := range []string{"opus", "sonnet"} {
				s.attempts.Row(run, s.context(data.Grader, grader), 1)
				s.attempts.Item("1")
				s.attempts.Set(s.attempts.Column("hack", column.Value), float64(seed%2))
			}
		}
	}
	st := s.study()
	if c := chipsOf(t, st, aToB)["mixed-graders"]; c.Label != "Judges opus and sonnet, not pooled" || c.Tone != Neutral {
		t.Errorf("%+v", c)
	}
	q := aToB
	q.Where = parse(t, "grader:any")
	if c := chipsOf(t, st, q)["mixed-graders"]; c.Label != "Judges pooled" || c.Tone != Bad {
		t.Errorf("%+v", c)
	}
	q.Where = parse(t, "grader:opus hack:1")
	if c := chipsOf(t, st, q)["outcome-filter"]; c.Label != "Filtered by hack" || c.Tone != Bad {
		t.Errorf("%+v", c)
	}
}

func TestEveryNoteOfEstimatesHasALabel(t *testing.T) {
	for _, k := range noteKinds() {
		if k.label == "" || k.tone == "" {
			t.Errorf("%s has no label or tone", k.id)
		}
	}
	if c := kindOfNote("something-new"); c.label != "Something new" || c.tone != Warn {
		t.Errorf("%+v", c)
	}
	if estimate.TotalNote != totalNote {
		t.Error("the note that counts samples has another name")
	}
}
