package contrast

import (
	"fmt"
	"math"
	"strings"
	"testing"

	"witnessmark/data"
	"witnessmark/data/query"
)

// planned computes contrasts and returns them by name.
func planned(t *testing.T, st Study, q query.Query) map[string]Planned {
	t.Helper()
	all, err := st.Planned(t.Context(), q)
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]Planned{}
	for _, p := range all {
		out[strings.TrimSpace(p.Name+" "+p.Judge)] = p
	}
	return out
}

func TestContrastsAreComputedAsTheyWereSetUp(t *testing.T) {
	st := rlStudy(t)
	st.Saved = []Registered{
		{Name: "wide", Of: "inoculation", Base: "neutral", Measure: "hack", Margin: 0.3, Confirmatory: true},
		{Name: "narrow", Of: "inoculation", Base: "neutral", Measure: "hack", Margin: 0.1},
		{Name: "negative", Of: "negative_inoculation", Base: "neutral", Margin: math.NaN(), Confirmatory: true},
		{Name: "matched", Of: "negative_inoculation", Base: "inoculation", Measure: "hack", Pair: query.PairNone, Margin: math.NaN()},
	}
	q := finals()
	q.Baseline, q.By = "nobody", []string{data.Seed} // a contrast has its own
	all := planned(t, st, q)
	if p := all["wide"]; math.Abs(p.Diff-0.0288) > 1e-4 || p.Pairs != 30 || p.By != "seed" || p.Answer() != "equivalent" {
		t.Errorf("wide %+v", p)
	}
	if p := all["narrow"]; p.Answer() != "not shown" || !math.IsNaN(p.Holm) || p.Standing != "Exploratory, set up as “narrow”" {
		t.Errorf("narrow %+v", p)
	}
	if p := all["negative"]; p.Answer() != "" || p.Found != "hack" || p.Verdict != Lower || !(p.Holm > p.P) || p.Holm > 2*p.P+1e-9 {
		t.Errorf("negative: p %v, Holm %v over two confirmatory contrasts", p.P, p.Holm)
	}
	if p := all["matched"]; p.Pairs != 0 || p.By != "" || p.Question(q).Baseline != "inoculation" {
		t.Errorf("matched is paired: %+v", p)
	}
	diff, interval, unit, margin := st.Words(all["wide"])
	if diff+" "+interval+unit+margin != "+2.9 [−22.1,\u00a0+27.8] points±30 points" {
		t.Errorf("%q %q %q %q", diff, interval, unit, margin)
	}
}

func TestContrastsThatCannotBeComputedSayWhy(t *testing.T) {
	st := rlStudy(t)
	for _, x := range []struct {
		what  string
		saved Registered
		where string
		why   string
	}{
		{"a condition that was deleted", Registered{Of: "clean_data", Base: "neutral", Measure: "hack"}, "", "the study has no condition clean data"},
		{"a baseline that was deleted", Registered{Of: "inoculation", Base: "gone", Measure: "hack"}, "", "the study has no condition gone"},
		{"a baseline filtered away", Registered{Of: "inoculation", Base: "neutral", Measure: "hack"}, "condition:inoculation", "nothing of neutral passes the filter condition:inoculation"},
		{"a measure that is gone", Registered{Of: "inoculation", Base: "neutral", Measure: "goals"}, "", `no measure "goals"`},
		{"an eval that is gone", Registered{Of: "inoculation", Base: "neutral", Measure: "hack", Eval: "goals"}, "", "eval"},
		{"one seed on a side", Registered{Of: "inoculation", Base: "neutral", Measure: "hack"}, "seed:1", ""},
	} {
		q := finals()
		if x.where != "" {
			q.Where = parse(t, x.where)
		}
		x.saved.Name, x.saved.Margin = x.what, 0.1
		st.Saved = []Registered{x.saved}
		all, err := st.Planned(t.Context(), q)
		if err != nil || len(all) != 1 {
			t.Fatalf("%s: %v, %v", x.what, all, err)
		}
		if p := all[0]; !strings.Contains(p.Why, x.why) || x.why != "" && (!math.IsNaN(p.Diff) || !strings.Contains(p.Sentence, "not estimable, because ")) {
			t.Errorf("%s: why %q, sentence %q", x.what, p.Why, p.Sentence)
		}
	}
	st.Saved = nil
	if all, err := st.Planned(t.Context(), finals()); err != nil || all != nil {
		t.Errorf("no contrast: %v, %v", all, err)
	}
	empty := newSketch().study()
	empty.Saved = []Registered{{Name: "H1", Of: "a", Base: "b", Measure: "hack"}}
	if all, err := empty.Planned(t.Context(), query.Query{}); err != nil || len(all) != 1 || all[0].Why == "" {
		t.Errorf("an empty study: %+v, %v", all, err)
	}
}

// twoJudges is two conditions of four seeds whose samples two judges scored:
// the second is stricter with a.
func twoJudges() Study {
	s := newSketch()
	for seed := range 4 {
		for c, name := range []string{"a", "b"} {
			run := s.run(fmt.Sprint(name, seed), data.Condition, name, data.Seed, fmt.Sprint(seed))
			for i := range 20 {
				v := 0.0
				if i < 8+4*c+seed%2 {
					v = 1
				}
				s.attempt(run, s.context(data.Grader, "opus", data.Eval, "goals"), fmt.Sprint(i), "hack", v)
				if c == 1 && i < 8 {
					v = 0
				}
				s.attempt(run, s.context(data.Grader, "sonnet", data.Eval, "goals"), fmt.Sprint(i), "hack", v)
			}
		}
	}
	return s.study()
}

func TestContrastsKeepJudgesApart(t *testing.T) {
	st := twoJudges()
	st.Saved = []Registered{{Name: "H1", Of: "b", Base: "a", Measure: "hack", Eval: "goals", Margin: math.NaN()}}
	all := planned(t, st, query.Query{})
	opus, sonnet := all["H1 opus"], all["H1 sonnet"]
	if len(all) != 2 || math.Abs(opus.Diff-0.2) > 1e-9 || math.Abs(sonnet.Diff+0.2) > 1e-9 {
		t.Errorf("opus %v, sonnet %v of %d lines", opus.Diff, sonnet.Diff, len(all))
	}
	if len(opus.Looks) != 1 || !strings.Contains(opus.Looks[0].Question, "grader opus") {
		t.Errorf("looks %+v", opus.Looks)
	}
}

func TestJudgesAreComparedOnWhatBothScored(t *testing.T) {
	st := twoJudges()
	q := query.Query{By: []string{data.Condition}, Measures: []string{"hack"}, Baseline: "a"}
	all, err := st.JudgesAgree(t.Context(), q)
	if err != nil || len(all) != 1 {
		t.Fatalf("%+v, %v", all, err)
	}
	j := all[0]
	if j.Runs != 8 || math.Abs(j.Diff+0.2) > 1e-9 || j.Samples != 160 || math.Abs(j.Kappa.Agreement-0.8) > 1e-9 || !(j.Kappa.Value > 0.5 && j.Kappa.Value < 0.7) {
		t.Errorf("%+v", j)
	}
	if len(j.Ranks) != 2 || j.Ranks[0].Name != "b" || j.Ranks[0].NextAt != 2 || !strings.Contains(strings.Join(j.Text, " "), "b from place 1 to 2") {
		t.Errorf("ranks %+v, text %q", j.Ranks, j.Text)
	}
	s := newSketch() // each judge scored a condition of its own
	s.count(s.run("a", data.Condition, "a"), s.context(data.Grader, "opus"), 1, "hack", 3, 10)
	s.count(s.run("b", data.Condition, "b"), s.context(data.Grader, "sonnet"), 1, "hack", 5, 10)
	q.Baseline = ""
	apart, err := s.study().JudgesAgree(t.Context(), q)
	if err != nil || len(apart) != 1 || apart[0].Runs != 0 || !strings.Contains(apart[0].Text[0], "No run was scored by both") {
		t.Errorf("judges of different runs: %+v, %v", apart, err)
	}
	one, err := rlStudy(t).JudgesAgree(t.Context(), finals())
	if err != nil || one != nil {
		t.Errorf("one judge is compared with itself: %+v, %v", one, err)
	}
}

func TestSimpsonIsTold(t *testing.T) {
	s := newSketch()
	// The treatment of kidney stones: better with small and with large ones,
	// and worse in all. Charig et al. (1986), BMJ 292:879.
	for _, x := range []struct {
		condition, size string
		k, n            float64
	}{{"open", "small", 81, 87}, {"open", "large", 192, 263}, {"puncture", "small", 234, 270}, {"puncture", "large", 55, 80}} {
		run := s.run(x.condition, data.Condition, x.condition, data.Seed, "1")
		s.count(run, s.context("stones", x.size), 1, "success", x.k, x.n)
	}
	st := s.study()
	q := query.Query{By: []string{data.Condition}, Measures: []string{"success"}, Baseline: "puncture"}
	f, err := st.Index.Ask(t.Context(), q)
	if err != nil {
		t.Fatal(err)
	}
	all, err := st.Stratify(t.Context(), q, f)
	if err != nil || len(all) != 1 || !all[0].Reversed || !(all[0].Crude < 0 && all[0].Common > 0) || len(all[0].Strata) != 2 {
		t.Fatalf("%+v, %v", all, err)
	}
	chips, err := st.Chips(t.Context(), q, f)
	if err != nil {
		t.Fatal(err)
	}
	found := false
	for _, c := range chips {
		found = found || c.ID == "simpson" && c.Label == "Reverses within stones" && strings.Contains(c.Text[0], "each of 2 values says the opposite")
	}
	if !found {
		t.Errorf("no chip tells of it: %+v", chips)
	}
	e, err := st.Evidence(t.Context(), q, f, "simpson", nil)
	if err != nil || len(e.Rows) != 4 {
		t.Errorf("%+v, %v", e, err)
	}
	chips, err = rlStudy(t).Chips(t.Context(), finals(), mustAsk(t, rlStudy(t), finals()))
	for _, c := range chips {
		if c.ID == "simpson" {
			t.Errorf("%v in a study without strata", c)
		}
	}
	if err != nil {
		t.Error(err)
	}
}

func TestSeedsOverHalfAreCompared(t *testing.T) {
	st := rlStudy(t)
	for name, want := range map[string]Over{"inoculation": {Own: 14, Base: 12, P: 0.7948}, "negative_inoculation": {Own: 2, Base: 12, P: 0.0047}} {
		o := explain(t, st, finals(), condition(name)).Over
		if o == nil || o.Own != want.Own || o.Base != want.Base || o.OwnOf != 30 || math.Abs(o.P-want.P) > 5e-4 {
			t.Errorf("%s: %+v", name, o)
		}
	}
	if o := explain(t, st, finals(), condition("neutral")).Over; o != nil {
		t.Errorf("the baseline is compared with itself: %+v", o)
	}
}

func TestUnpairedRunsAreLeftOutOneByOne(t *testing.T) {
	q := finals()
	q.Pair = query.PairNone
	in := explain(t, rlStudy(t), q, condition("negative_inoculation")).Influence
	if in == nil || in.Paired || in.Unit != "run" || len(in.All) != 60 {
		t.Fatalf("%+v", in)
	}
	for _, one := range in.All {
		if math.IsNaN(one.Own) == math.IsNaN(one.Base) || math.Abs(one.Without-one.Change+0.325) > 1e-3 {
			t.Fatalf("%+v", one)
		}
	}
}

func TestEvidenceStandsBehindEachChip(t *testing.T) {
	st := rlStudy(t)
	f := mustAsk(t, st, finals())
	for id, rows := range map[string]int{"bimodal-seeds": 3, "tail": 2, "also-differs": 4, "unadjusted-family": 2, "mixed-graders": 0, "one-seed": 0} {
		e, err := st.Evidence(t.Context(), finals(), f, id, nil)
		if err != nil || len(e.Rows) != rows {
			t.Errorf("%s: %d rows, want %d; %+v, %v", id, len(e.Rows), rows, e, err)
		}
		for _, r := range e.Rows {
			if len(r) != len(e.Columns) {
				t.Errorf("%s: row %q under %q", id, r, e.Columns)
			}
		}
	}
	e, err := st.Evidence(t.Context(), finals(), f, InfluenceID, []int{1})
	if err != nil || len(e.Rows) != 30 || !strings.Contains(e.Text[0], "Without seed") {
		t.Errorf("influence %+v, %v", e, err)
	}
}

func TestPowerCurvesPassThroughTheDesignAtHand(t *testing.T) {
	st := rlStudy(t)
	p := explain(t, st, finals(), condition("inoculation")).Power
	last := math.Inf(1)
	for _, at := range p.Curve() {
		if at.Present >= last || at.Endless > at.More || at.More > at.Present {
			t.Fatalf("more units or samples show less: %+v", at)
		}
		last = at.Present
		if at.Units == 31 && math.Abs(at.Present-p.Detectable) > 0.01 {
			t.Errorf("at 31 units %v, at hand %v", at.Present, p.Detectable)
		}
	}
	if !strings.Contains(p.Floors(), "More samples a seed cannot help") {
		t.Errorf("floors %q", p.Floors())
	}
	f, err := st.PowerCurves(t.Context(), finals(), "inoculation")
	if err != nil || f.Len() != 3*len(p.Curve()) || f.Text(data.Condition, 0) != "inoculation" {
		t.Errorf("%d rows, %v", f.Len(), err)
	}
	q := finals()
	q.Where = parse(t, "seed:1")
	f, err = st.PowerCurves(t.Context(), q, "")
	if err != nil || f.Len() != 0 && len(f.Notes) == 0 {
		t.Errorf("one seed: %d rows, notes %v, %v", f.Len(), f.Notes, err)
	}
	if _, why, err := st.Power(t.Context(), finals(), condition("neutral")); err != nil || why == "" {
		t.Errorf("the baseline: %q, %v", why, err)
	}
}

func TestWhatWasLookedAtBeforeASetUpIsCounted(t *testing.T) {
	look := func(q query.Query) string {
		return Registry{}.Looks(q, mustAsk(t, rlStudy(t), q))[0].Question
	}
	q := finals()
	filtered := q
	filtered.Where = parse(t, "seed<20")
	r := Registry{
		Saved: []Registered{{Name: "H1", Of: "inoculation", Base: "neutral", Measure: "hack", Confirmatory: true, At: "2026-11-21T10:00:00Z"}},
		Seen:  []Seen{{look(q), "2026-11-21T09:00:00Z", 3}, {look(filtered), "2026-11-21T10:00:00Z", 1}}, Looked: 2,
	}
	if s := r.standing(q, "inoculation"); s.Before != 1 || !strings.Contains(s.Text, "but its numbers were looked at once before it was set up") {
		t.Errorf("%+v", s)
	}
	c := r.Saved[0]
	if text := r.Before(c); text != "Its numbers were looked at twice already" {
		t.Errorf("%q", text)
	}
	c.Base = "negative_inoculation"
	if text := r.Before(c); text != "" {
		t.Errorf("another comparison: %q", text)
	}
	c = Registered{Of: "inoculation", Base: "neutral", Eval: "goals"}
	r.Seen = []Seen{{"hack, of inoculation, against neutral, by condition, where eval:betley seed<3, steps all", "", 1}}
	if text := r.Before(c); text != "" {
		t.Errorf("another eval: %q", text)
	}
	r.Seen[0].Question = strings.Replace(r.Seen[0].Question, "betley", "goals", 1)
	if text := r.Before(c); text == "" {
		t.Error("its own eval counts")
	}
	if r.Tally() != "2 comparisons looked at in this study, 1 set up as confirmatory" {
		t.Errorf("%q", r.Tally())
	}
}
