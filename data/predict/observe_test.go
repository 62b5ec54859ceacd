package predict_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"witnessmark/data"
	"witnessmark/data/column"
	"witnessmark/data/estimate"
	"witnessmark/data/motive"
	"witnessmark/data/predict"
)

// samples is two runs of ten attempts each: every second one hacks in the
// first run, every fifth in the second; hacks are rewarded with 1, the others
// with 0.25.
func samples() *column.Set {
	set := &column.Set{Contexts: []column.Context{{}}}
	b := column.NewBuilder(true)
	hack, reward := b.Column("hack", column.Value), b.Column("reward", column.Value)
	for run, every := range []int{2, 5} {
		set.Runs = append(set.Runs, column.Run{Name: fmt.Sprint("run ", run), Fields: data.Fields{data.Condition: "neutral", data.Seed: fmt.Sprint(run)}})
		for i := range 10 {
			b.Row(int32(run), 0, 100)
			acts := 0.0
			if i%every == 0 {
				acts = 1
			}
			b.Set(hack, acts)
			b.Set(reward, .25+.75*acts)
		}
	}
	t, _ := b.Table()
	set.Tables = []*column.Table{t}
	return set
}

func TestRewardsOfSamplesGiveTheGap(t *testing.T) {
	o := observe(t, estimate.NewIndex(samples()))
	if o.Rewards != (predict.Rewards{Mean: "reward"}) {
		t.Fatalf("rewards %+v", o.Rewards)
	}
	want := []motive.Step{{Acts: 5, Trials: 10, RewardedActs: 5, RewardedRest: 1.25}, {Acts: 2, Trials: 10, RewardedActs: 2, RewardedRest: 2}}
	for i, s := range o.Series {
		if s.Final() != want[i] || !s.Rewarded {
			t.Errorf("%s: %+v, want %+v", s.Run, s.Final(), want[i])
		}
		near(t, "gap", s.Final().Gap(), .75, 1e-12)
	}
}

func TestMeanRewardsCompleteThoseOfTheAct(t *testing.T) {
	set := &column.Set{Contexts: []column.Context{{}}, Runs: []column.Run{{Name: "a", Fields: data.Fields{data.Condition: "neutral"}}}}
	b := column.NewBuilder(false)
	row := func(name string, kind column.Kind, v float64) { b.Set(b.Column(name, kind), v) }
	b.Row(0, 0, 1)
	row("hack", column.K, 20)
	row("hack", column.N, 100)
	row("rewarded_hack", column.K, 15)
	row("rewarded_hack", column.N, 100)
	row("reward_mean", column.Value, .35)
	table, _ := b.Table()
	set.Tables = []*column.Table{table}
	got := observe(t, estimate.NewIndex(set)).Series[0].Final()
	near(t, "gap", got.Gap(), 15./20-20./80, 1e-12)
}

func TestMeansWithoutCountsAreLeftOutAndSaid(t *testing.T) {
	set := twoImports()
	set.Runs = append(set.Runs, column.Run{Name: "mean only", Fields: data.Fields{data.Condition: "neutral"}})
	b := column.NewBuilder(false)
	v := b.Column("hack", column.Value)
	b.Row(8, 0, 100)
	b.Set(v, .4)
	table, _ := b.Table()
	set.Tables = append(set.Tables, table)
	o := observe(t, estimate.NewIndex(set))
	if len(o.Series) != 8 || !slices.ContainsFunc(o.Notes, func(s string) bool { return strings.Contains(s, "left out") }) {
		t.Errorf("%d series, notes %q", len(o.Series), o.Notes)
	}
	if _, err := predict.Observe(t.Context(), estimate.NewIndex(set), predict.Question{Behavior: "nothing"}); err == nil {
		t.Error("observed a measure that is not there")
	}
}

func TestHoldOutRules(t *testing.T) {
	for text, want := range map[string]string{
		"": "odd seeds held out", "odd": "odd seeds held out", "even": "even seeds held out", "none": "no seeds held out", "3, 5": "seeds 3, 5 held out",
	} {
		h, err := predict.ParseHoldOut(text)
		if err != nil || h.String() != want {
			t.Errorf("%q: %q, %v", text, h, err)
		}
	}
	if _, err := predict.ParseHoldOut("1,,2"); err == nil {
		t.Error("an empty seed was taken")
	}
	o := observe(t, estimate.NewIndex(twoImports()))
	for rule, runs := range map[predict.HoldOut]int{predict.OddSeeds: 4, predict.EvenSeeds: 4, "2": 2, "every 3": 4} {
		all, err := predict.Forecasts(o, rule, []float64{100}, .95)
		if err != nil || len(all[0].Outcomes) != runs {
			t.Errorf("%s: %d runs, %v", rule, len(all[0].Outcomes), err)
		}
	}
	if _, err := predict.Forecasts(o, predict.NoSeeds, []float64{100}, .95); err == nil {
		t.Error("forecast without a run held out")
	}
}

// Where no rewards are recorded the model says nothing, and its rivals do.
func TestForecastWithoutRewardsSaysWhy(t *testing.T) {
	all, err := predict.Forecasts(observe(t, estimate.NewIndex(twoImports())), predict.OddSeeds, []float64{100}, .95)
	if err != nil {
		t.Fatal(err)
	}
	s, _ := all[0].Score(predict.OfModel)
	if _, err := s.Log.Value(); err == nil || !strings.Contains(err.Error(), "rewards") {
		t.Errorf("score %v", s.Log)
	}
	near(t, "persistence", score(t, all[0].Table, predict.Persistence), -.5, .2)
	if got := predict.Verdict(all); len(got) != 1 || !strings.Contains(got[0], "no rewards") {
		t.Errorf("verdict %q", got)
	}
}

func TestVerdictsSayWhatTheNumbersSay(t *testing.T) {
	forecast := func(from, persistence, condition, spread float64) predict.Forecast {
		lead := func(over string, v float64) predict.Lead {
			l := predict.Lead{Over: over}
			l.Estimate.Value, l.Estimate.Lo, l.Estimate.Hi = v, v-spread, v+spread
			return l
		}
		return predict.Forecast{From: from, Table: predict.Table{Scores: []predict.Score{
			{Kind: predict.OfModel, Leads: []predict.Lead{lead("persistence", persistence), lead("condition mean", condition)}},
		}}}
	}
	for want, all := range map[string][]predict.Forecast{
		"By log score the model beats persistence at every step shown; it beats the condition mean from step 60|Its lead over the condition mean is clear from step 80":      {forecast(20, 1, -1, .5), forecast(60, 1, .3, .5), forecast(80, 1, 1, .5)},
		"By log score the model beats persistence at no step shown; it beats the condition mean at no step shown|At no step shown is its lead over the condition mean clear": {forecast(20, -1, -1, .5)},
		"By log score the model beats persistence at step 20 only; it beats the condition mean at every step shown":                                                          {forecast(20, 1, 1, .5), forecast(40, -1, 1, .5)},
	} {
		if got := strings.Join(predict.Verdict(all), "|"); got != want {
			t.Errorf("%q, want %q", got, want)
		}
	}
}

func TestModelsWithoutFiniteSharesAreRefused(t *testing.T) {
	m := motive.Presets[2].New()
	m.Contexts[0].Select, m.Params.Eta = 1e308, 1e308
	if _, err := predict.Compute(m, observe(t, estimate.NewIndex(twoImports())), predict.Options{}); err == nil || !strings.Contains(err.Error(), "too large") {
		t.Errorf("error %v", err)
	}
}
