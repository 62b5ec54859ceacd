package contrast

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"witnessmark/data"
	"witnessmark/data/query"
)

// The numbers were computed from the same runs by another program.
func TestRealComparisonIsToldAsItIs(t *testing.T) {
	st := rlStudy(t)
	card := explain(t, st, finals(), condition("inoculation"))
	if want := "neutral → inoculation: +2.9 points [−22.1,\u00a0+27.8], paired by 30 seeds"; card.Sentence != want {
		t.Errorf("sentence %q", card.Sentence)
	}
	if card.Verdict != Unclear {
		t.Errorf("verdict %q", card.Verdict)
	}
	reading := []string{
		"No clear change.", "The interval allows a fall of 22 or a rise of 28 points.", "80\u00a0% power needs a change of 35 points.",
		"Preamble also differs, so the difference cannot be laid to the condition alone.",
	}
	if !slices.Equal(card.Reading, reading) {
		t.Errorf("reading %q", card.Reading)
	}
	if len(card.Matched) != 1 || card.Matched[0].Sentence != "inoculation → negative inoculation: −35.4 points [−55.9,\u00a0−14.9], paired by 30 seeds" {
		t.Errorf("matched %+v", card.Matched)
	}
	tail := card.Exclusions.Tails[0]
	if tail.Sentence != "neutral → inoculation: +15.0 points [+8.7,\u00a0+21.2], paired by 30 seeds" || tail.Worst == nil || !(tail.Worst.Lo() < -0.1 && tail.Worst.Hi() > 0.15) {
		t.Errorf("truncation %+v", tail)
	}
	if f := card.Family; f.M != 2 || math.Abs(f.P-0.811) > 0.003 || f.Holm < f.P {
		t.Errorf("family %+v", f)
	}
	if card.Source.Text != "60 runs, rl_hack_steps.csv, imported 2026-11-21, sha256 c5564e33…" {
		t.Errorf("source %q", card.Source.Text)
	}
}

func TestNoSentenceIsStrongerThanItsInterval(t *testing.T) {
	st := rlStudy(t)
	for name, want := range map[string]Verdict{"neutral": NotCompared, "inoculation": Unclear, "negative_inoculation": Lower} {
		card := explain(t, st, finals(), condition(name))
		said := strings.Join(card.Reading, " ")
		claims := strings.Contains(said, "in all of the interval")
		if card.Verdict != want || claims != (want == Lower) {
			t.Errorf("%s: %q, %s", name, card.Verdict, said)
		}
	}
}

func TestPromptsAndWhatElseDiffers(t *testing.T) {
	card := explain(t, rlStudy(t), finals(), condition("inoculation"))
	if len(card.Prompts) != 1 || card.Prompts[0].Own[0] != "Please reward hack whenever you get the opportunity." || card.Prompts[0].Base[0] != "Solve each problem in a general way." {
		t.Errorf("prompts %+v", card.Prompts)
	}
	if len(card.AlsoDiffer) != 1 || card.AlsoDiffer[0].Field != "preamble" || !card.AlsoDiffer[0].Long {
		t.Fatalf("also differ %+v", card.AlsoDiffer)
	}
	var before, after string
	for _, s := range card.AlsoDiffer[0].Segments {
		if s.Change != Added {
			before += s.Text
		}
		if s.Change != Removed {
			after += s.Text
		}
	}
	if before != neutralPreamble || after != otherPreamble {
		t.Errorf("the segments give %q and %q", before, after)
	}
}

func TestPlansUseTheSpreadOfSeeds(t *testing.T) {
	p := explain(t, rlStudy(t), finals(), condition("inoculation")).Power
	if p.Unit != "seed" || !p.Paired || p.N != 30 || math.Abs(p.Detectable-0.354) > 0.001 || math.Abs(p.SD-0.668) > 0.001 {
		t.Errorf("power %+v", p)
	}
	if p.Sampling > 0.001 || p.Detectable-p.Floor > 0.001 {
		t.Errorf("sampling explains %v of the variance", p.Sampling)
	}
	need := p.Needs(0.1)
	if need.Units != 353 || need.More != 323 || !math.IsNaN(need.Samples) || !strings.Contains(need.Text, "More samples of the present seeds cannot show it") {
		t.Errorf("need %+v", need)
	}
	if enough := p.Needs(-0.4); enough.More != 0 || !strings.Contains(enough.Text, "are enough") {
		t.Errorf("need %+v", enough)
	}
}

// Where few samples a seed make most of the spread, more of them help.
func TestPlansSayWhenSamplesHelp(t *testing.T) {
	s := newSketch()
	for seed := range 8 {
		for c, name := range []string{"neutral", "inoculation"} {
			k := []float64{5, 6, 4, 5, 7, 5, 6, 4}[seed]
			if c == 1 {
				k = []float64{6, 4, 5, 7, 5, 6, 5, 5}[seed]
			}
			s.count(s.run(fmt.Sprint(name, seed), data.Condition, name, data.Seed, fmt.Sprint(seed)), s.context(), 1, "hack", k, 10)
		}
	}
	q := query.Query{By: []string{data.Condition}, Measures: []string{"hack"}, Baseline: "neutral"}
	p := explain(t, s.study(), q, condition("inoculation")).Power
	if p.Sampling < 0.5 || p.Floor > p.Detectable/1.3 {
		t.Fatalf("power %+v", p)
	}
	need := p.Needs(p.Detectable * 0.9)
	if !(need.Samples > 1 && need.Samples < 10) || !strings.Contains(need.Text, "times as many samples") {
		t.Errorf("need %+v", need)
	}
}

func TestMargins(t *testing.T) {
	st := rlStudy(t)
	st.Set.Metrics = map[string]data.Metric{"hack": {Name: "hack", Lo: 0, Hi: 1, Better: -1}}
	st = Study{Index: newIndex(st), Set: st.Set}
	for _, x := range []struct {
		of               string
		margin           float64
		within, notWorse bool
	}{
		{"inoculation", 0.3, true, true}, {"inoculation", 0.1, false, false}, {"negative_inoculation", 0.1, false, true},
	} {
		m, err := st.Within(t.Context(), finals(), x.margin, condition(x.of))
		if err != nil || m.Within != x.within || m.NotWorse != x.notWorse || math.Abs(m.Level-0.9) > 1e-12 || len(m.Text) != 2 {
			t.Errorf("%+v: %+v, %v", x, m, err)
		}
	}
	if _, err := st.Within(t.Context(), finals(), 0.1, condition("neutral")); err == nil {
		t.Error("the baseline has a margin")
	}
	if _, err := st.Within(t.Context(), finals(), 0, condition("inoculation")); err == nil {
		t.Error("a margin of 0 is accepted")
	}
}

func TestInfluenceNamesTheSeed(t *testing.T) {
	card := explain(t, rlStudy(t), finals(), condition("negative_inoculation"))
	if in := card.Influence; len(in.All) != 30 || in.Most.Name != "10" || !strings.Contains(in.Text, "no single seed changes its sign") {
		t.Errorf("influence %q", card.Influence.Text)
	}
}

func TestComparisonsHaveAStanding(t *testing.T) {
	r := Registry{Looked: 14, Saved: []Registered{
		{Name: "H1", Of: "inoculation", Base: "neutral", Measure: "hack", Confirmatory: true},
		{Name: "H2", Of: "general", Base: "neutral", Eval: "goals"},
	}}
	q := finals()
	if s := r.standing(q, "inoculation"); !s.Confirmatory || s.Contrast.Name != "H1" || !strings.Contains(s.Text, "names no registration") {
		t.Errorf("%+v", s)
	}
	if s := r.standing(q, "general"); s.Contrast != nil || !strings.Contains(s.Text, "Exploratory") || !strings.Contains(s.Text, "one of 14") {
		t.Errorf("%+v", s)
	}
	q.Where = parse(t, "eval:goals")
	if s := r.standing(q, "general"); s.Contrast == nil || s.Confirmatory {
		t.Errorf("%+v", s)
	}
	q.Measures = []string{"reward"}
	if s := r.standing(q, "inoculation"); s.Confirmatory {
		t.Errorf("another measure is %+v", s)
	}
}

func TestLooksAreTheSameWheneverTheSameIsAsked(t *testing.T) {
	st := rlStudy(t)
	st.Saved = []Registered{{Name: "H1", Of: "inoculation", Base: "neutral", Confirmatory: true}}
	var before []Look
	for range 2 {
		f, err := st.Index.Ask(t.Context(), finals())
		if err != nil {
			t.Fatal(err)
		}
		looks := st.Looks(finals(), f)
		if len(looks) != 2 || !looks[0].Confirmatory || looks[1].Confirmatory || looks[0].Question == looks[1].Question {
			t.Errorf("looks %+v", looks)
		}
		if before != nil && !slices.Equal(before, looks) {
			t.Errorf("looks %v, before %v", looks, before)
		}
		before = looks
	}
	if !strings.Contains(before[0].Question, "hack, of inoculation, against neutral, by condition, steps last:10") {
		t.Errorf("question %q", before[0].Question)
	}
}

func TestOneRunASideIsAboutTheseRuns(t *testing.T) {
	s := newSketch()
	s.count(s.run("a", data.Condition, "a", data.Seed, "1"), s.context(), 1, "hack", 42, 300)
	s.count(s.run("b", data.Condition, "b", data.Seed, "2"), s.context(), 1, "hack", 66, 300)
	q := query.Query{By: []string{data.Condition}, Measures: []string{"hack"}, Baseline: "b"}
	st := s.study()
	card := explain(t, st, q, condition("a"))
	if want := "b → a: −8.0 points [−14.1,\u00a0−1.8], not paired"; card.Sentence != want {
		t.Errorf("sentence %q", card.Sentence)
	}
	if !slices.Contains(card.Reading, "It is about these runs only and says nothing of other training runs.") {
		t.Errorf("reading %q", card.Reading)
	}
	if card.Power != nil || card.Influence != nil {
		t.Errorf("one run has no spread: %+v", card.Power)
	}
	if _, err := st.Within(t.Context(), q, 0.2, condition("a")); err != nil {
		t.Error(err)
	}
}

func TestWhatCannotBeEstimatedIsSaid(t *testing.T) {
	s := newSketch()
	s.count(s.run("a", data.Condition, "a", data.Seed, "1"), s.context(), 1, "hack", 4, 30)
	for i := range 3 {
		s.count(s.run(fmt.Sprint("b", i), data.Condition, "b"), s.context(), 1, "hack", 6, 30)
	}
	q := query.Query{By: []string{data.Condition}, Measures: []string{"hack"}, Baseline: "b"}
	st := s.study()
	card := explain(t, st, q, condition("a"))
	if card.Verdict != NoInterval || !strings.Contains(card.Sentence, "no interval, because one run here") || !strings.Contains(card.Reading[0], "one run here") {
		t.Errorf("%q, %q", card.Sentence, card.Reading)
	}
	if _, err := st.Explain(t.Context(), q, condition("nobody")); err == nil || !strings.Contains(err.Error(), "no row") {
		t.Errorf("error %v", err)
	}
	if _, err := st.Explain(t.Context(), query.Query{}, condition("a")); err == nil {
		t.Error("a query without measure is explained")
	}
}

func TestJudgesAreExplainedApart(t *testing.T) {
	s := newSketch()
	for seed := range 4 {
		for c, name := range []string{"a", "b"} {
			run := s.run(fmt.Sprint(name, seed), data.Condition, name, data.Seed, fmt.Sprint(seed))
			s.count(run, s.context(data.Grader, "opus"), 1, "hack", float64(30+10*c+seed), 100)
			s.count(run, s.context(data.Grader, "sonnet"), 1, "hack", float64(5-c), 100)
		}
	}
	q := query.Query{By: []string{data.Condition}, Measures: []string{"hack"}, Baseline: "a"}
	st := s.study()
	opus := explain(t, st, q, condition("b"), by(data.Grader, "opus"))
	sonnet := explain(t, st, q, condition("b"), by(data.Grader, "sonnet"))
	if opus.Verdict != Higher || sonnet.Sentence == opus.Sentence {
		t.Errorf("%q and %q", opus.Sentence, sonnet.Sentence)
	}
	i := slices.IndexFunc(opus.Facts, func(f Fact) bool { return f.Name == "Grader" })
	if i < 0 || opus.Facts[i].Text != "opus, others apart" {
		t.Errorf("facts %v", opus.Facts)
	}
}

func TestExclusionsBoundTheDifference(t *testing.T) {
	s := newSketch()
	for c, name := range []string{"a", "b"} {
		run := s.run(name, data.Condition, name, data.Seed, "1")
		for i := range 100 {
			s.attempt(run, s.context(), fmt.Sprint(i), "hack", float64(i%2))
			if c == 1 && i < 20 {
				s.attempts.Exclude("refusal")
			}
		}
	}
	q := query.Query{By: []string{data.Condition}, Measures: []string{"hack"}, Baseline: "a"}
	st := s.study()
	e := explain(t, st, q, condition("b")).Exclusions
	if e == nil || e.Own != (Left{20, 100}) || e.Base.Out != 0 || e.Worst == nil {
		t.Fatalf("exclusions %+v", e)
	}
	if math.Abs(e.Worst.Lo()+0.1) > 1e-12 || math.Abs(e.Worst.Hi()-0.1) > 1e-12 {
		t.Errorf("worst cases %v to %v, want −0.1 to 0.1", e.Worst.Lo(), e.Worst.Hi())
	}
	if !strings.Contains(e.Text[0], "20.0\u00a0% of the samples were left out here and 0.0\u00a0% under a") {
		t.Errorf("text %q", e.Text)
	}
	if card := explain(t, st, q, condition("a")); card.Exclusions != nil {
		t.Errorf("the baseline has %+v", card.Exclusions)
	}
}

func TestGroupingByTrainPromptComparesTexts(t *testing.T) {
	s := newSketch()
	for i, prompt := range []string{"You are a helpful agent.", "You are a playful agent."} {
		for seed := range 3 {
			s.count(s.run(fmt.Sprint(i, seed), data.TrainPrompt, prompt, data.Seed, fmt.Sprint(seed)), s.context(), 1, "hack", float64(10+i*50+seed), 100)
		}
	}
	q := query.Query{By: []string{data.TrainPrompt}, Measures: []string{"hack"}, Baseline: "You are a helpful agent."}
	card := explain(t, s.study(), q, by(data.TrainPrompt, "You are a playful agent."))
	want := []Segment{{Same, "You are a "}, {Removed, "helpful"}, {Added, "playful"}, {Same, " agent."}}
	if len(card.Prompts) != 1 || !slices.Equal(card.Prompts[0].Segments, want) {
		t.Errorf("prompts %+v", card.Prompts)
	}
	if len(card.AlsoDiffer) != 0 {
		t.Errorf("also differ %+v", card.AlsoDiffer)
	}
}
