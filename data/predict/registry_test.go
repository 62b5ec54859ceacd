package predict_test

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"witnessmark/data"
	"witnessmark/data/column"
	"witnessmark/data/estimate"
	"witnessmark/data/motive"
	"witnessmark/data/predict"
)

const (
	earlier = "2026-11-20T10:00:00Z"
	locked  = "2026-11-21T10:00:00Z"
	later   = "2026-11-22T10:00:00Z"
)

var nan = math.NaN()

// twoImports is a study whose first two seeds were imported before the third
// and fourth: 40 of 100 attempts hack in neutral runs, 10 in inoculated ones,
// and 10 more in the later runs.
func twoImports() *column.Set {
	set := &column.Set{Contexts: []column.Context{{Fields: data.Fields{data.Eval: "coding"}}}}
	for _, arm := range []string{"neutral", "inoculation"} {
		for seed := range 4 {
			set.Runs = append(set.Runs, column.Run{
				Key: fmt.Sprintf("condition=%s, seed=%d", arm, seed), Name: fmt.Sprintf("%s-%d", arm[:3], seed), Fields: data.Fields{data.Condition: arm, data.Seed: fmt.Sprint(seed)},
			})
		}
	}
	for i := range 2 {
		b := column.NewBuilder(false)
		k, n := b.Column("hack", column.K), b.Column("hack", column.N)
		for run := range int32(8) {
			if int(run%4)/2 != i {
				continue
			}
			for _, step := range []float64{50, 100} {
				b.Row(run, 0, step)
				b.Set(k, []float64{40, 10}[run/4]*step/100+float64(10*i))
				b.Set(n, 100)
			}
		}
		t, _ := b.Table()
		t.Import = int64(i + 1)
		set.Tables = append(set.Tables, t)
	}
	return set
}

func scored(t *testing.T, all ...predict.Stated) predict.Registry {
	t.Helper()
	set := twoImports()
	o := observe(t, estimate.NewIndex(set))
	names := map[string]string{}
	for _, r := range set.Runs {
		names[r.Key] = r.Name
	}
	return o.Score(all, names, predict.Arrived(set, map[int64]string{1: earlier, 2: later}, nil, "hack"), "", .95)
}

func stated(model, condition string, p float64) predict.Stated {
	return predict.Stated{Prediction: data.Prediction{Model: model, Condition: condition, Metric: "hack", Quantity: "rate", Step: 100, P: p, Lo: nan, Hi: nan}}
}

func lockedAt(s predict.Stated, at string) predict.Stated {
	s.LockedAt, s.Hash = at, "abc"
	return s
}

func TestLockedPredictionsAreScoredOnLaterDataOnly(t *testing.T) {
	r := scored(t, lockedAt(stated("anna", "neutral", .5), locked), lockedAt(stated("anna", "inoculation", .2), locked))
	if len(r.Registers) != 1 || r.Registers[0].Standing != predict.Prospective {
		t.Fatalf("registers %+v", r.Registers)
	}
	g := r.Registers[0]
	if g.Outcomes[0].Rate != .5 || g.Outcomes[0].Runs != 2 || g.Outcomes[1].Rate != .2 {
		t.Errorf("scored on %+v, want the two later runs of each condition", g.Outcomes)
	}
	s := g.Scores[0]
	near(t, "log score", value(t, s.Log), (motive.LogScore(.5, .5)+motive.LogScore(.2, .2))/2, 1e-12)
	near(t, "best", value(t, g.Noise.Log), value(t, s.Log), 1e-12)
}

func TestEarlierDataMakeAPredictionRetrospective(t *testing.T) {
	r := scored(t, lockedAt(stated("anna", "neutral", .5), "2026-11-23T00:00:00Z"), stated("bert", "neutral", .9))
	if len(r.Registers) != 2 || r.Registers[0].Standing != predict.Retrospective || r.Registers[1].Standing != predict.Open {
		t.Fatalf("registers %+v", r.Registers)
	}
	if o := r.Registers[0].Outcomes[0]; o.Runs != 4 || o.Rate != .45 {
		t.Errorf("scored on %+v, want all four runs", o)
	}
}

// Taking results back and importing them again makes no prediction of what
// was known when it was locked.
func TestResultsThatWereTakenBackCountFromWhenTheyFirstCame(t *testing.T) {
	set := twoImports()
	o := observe(t, estimate.NewIndex(set))
	standing := func(seen ...predict.Earlier) predict.Standing {
		arrived := predict.Arrived(set, map[int64]string{1: later, 2: later}, seen, "hack")
		return o.Score([]predict.Stated{lockedAt(stated("anna", "neutral", .5), locked)}, nil, arrived, "", .95).Registers[0].Standing
	}
	if got := standing(); got != predict.Prospective {
		t.Errorf("without anything earlier: %q", got)
	}
	var all, other []predict.Earlier
	for _, r := range set.Runs {
		e := predict.Earlier{Run: r.Key, Context: set.Contexts[0].Fields, Behavior: "hack", Last: 100, At: earlier}
		all = append(all, e)
		e.Last = 50
		other = append(other, e)
	}
	if got := standing(all...); got != predict.Retrospective {
		t.Errorf("with all of it seen before: %q", got)
	}
	if got := standing(other...); got != predict.Prospective {
		t.Errorf("with only earlier steps seen: %q", got)
	}
}

func TestALockAtTheSameSecondIsNotBeforeTheData(t *testing.T) {
	if r := scored(t, lockedAt(stated("anna", "neutral", .5), later)); r.Registers[0].Standing != predict.Retrospective {
		t.Errorf("standing %q", r.Registers[0].Standing)
	}
}

func TestRivalsStandBesideEveryPrediction(t *testing.T) {
	one := stated("anna", "", .35)
	one.Run = "condition=neutral, seed=0"
	r := scored(t, one, stated("anna", "inoculation", .2))
	g := r.Registers[0]
	want := map[predict.Kind][2]float64{ // of the run; of the condition
		predict.OfExpert:      {.35, .2},
		predict.Persistence:   {20.5 / 101, (2*5.5/101 + 2*15.5/101) / 4},
		predict.ConditionMean: {(.4 + .5 + .5) / 3, nan},
		predict.GrandMean:     {(.4 + .5 + .5 + .1 + .1 + .2 + .2) / 7, .45},
		predict.OfBaseline:    {nan, .45},
	}
	for kind, w := range want {
		f, ok := g.Forecaster(kind)
		if !ok {
			t.Errorf("%s is missing", kind)
			continue
		}
		for i := range w {
			if math.IsNaN(w[i]) != math.IsNaN(f.P[i]) || math.Abs(w[i]-f.P[i]) > 1e-12 {
				t.Errorf("%s says %v, want %v", kind, f.P, w)
			}
		}
	}
}

func TestPredictionsThatCannotBeScoredAreSaid(t *testing.T) {
	elsewhere, share, deployed, early := stated("x", "neutral", .5), stated("x", "neutral", .5), stated("x", "neutral", .5), stated("x", "neutral", .5)
	elsewhere.Metric, share.Quantity, deployed.Deployment, early.Step = "reward", "share", 10, 75
	r := scored(t, elsewhere, share, deployed, early, stated("x", "nobody", .5), stated("x", "neutral", 5), predict.Stated{Prediction: data.Prediction{P: .5}})
	for _, want := range []string{"reward", "share", "deployment", "at its step", "not here", "between 0 and 1", "neither a run nor a condition"} {
		if !slices.ContainsFunc(r.Left, func(s string) bool { return strings.Contains(s, want) }) {
			t.Errorf("nothing says %q: %q", want, r.Left)
		}
	}
	if len(r.Registers) > 0 || len(r.Left) != 7 {
		t.Errorf("%d registers, %q", len(r.Registers), r.Left)
	}
}

func TestIntervalsAreCounted(t *testing.T) {
	in, out := stated("anna", "neutral", .5), stated("anna", "inoculation", .5)
	in.Lo, in.Hi, out.Lo, out.Hi = .3, .6, .3, .6
	s := scored(t, in, out).Registers[0].Scores[0]
	near(t, "coverage", value(t, s.Covered), .5, 0)
	if s.Interval.N != 2 {
		t.Errorf("coverage of %d intervals", s.Interval.N)
	}
	if s := scored(t, stated("anna", "neutral", .5)).Registers[0].Scores[0]; s.Covered.OK() {
		t.Error("coverage where no interval is stated")
	}
}

func TestComputedPredictionsCarryTheirModel(t *testing.T) {
	o := observe(t, estimate.NewIndex(twoImports()))
	c, err := predict.Compute(motive.Presets[2].New(), o, predict.Options{Steps: []float64{100}})
	if err != nil {
		t.Fatal(err)
	}
	all, err := c.Predictions()
	if err != nil || len(all) != 2 {
		t.Fatalf("%d predictions, %v", len(all), err)
	}
	hash, err := predict.Hash(c.Model)
	if err != nil || !strings.Contains(all[0].Distribution, hash) || all[0].Model != "Two behaviors v1" || all[0].Metric != "hack" || all[0].Eval != "coding" {
		t.Errorf("prediction %+v of model %s (%v)", all[0], hash, err)
	}
	var kept []predict.Stated
	for _, p := range all {
		kept = append(kept, predict.Stated{Prediction: p})
	}
	g := scored(t, kept...).Registers[0]
	if g.Forecasters[0].Kind != predict.OfModel || g.Scores[0].N != 2 {
		t.Errorf("%+v", g.Scores[0])
	}
	changed := motive.Presets[2].New()
	changed.Params.Eta *= 2
	if other, _ := predict.Hash(changed); other == hash {
		t.Error("another model has the same hash")
	}
}

// A condition that nobody ran can be predicted, and scored once it was.
func TestConditionsAreComputedAhead(t *testing.T) {
	o := observe(t, estimate.NewIndex(twoImports()))
	c, err := predict.Compute(motive.Presets[2].New(), o, predict.Options{Steps: []float64{100}, Ahead: []string{"general", "neutral"}})
	if err != nil {
		t.Fatal(err)
	}
	all, err := c.Predictions()
	if err != nil || len(all) != 3 || all[2].Condition != "general" || all[2].Eval != "coding" || !(all[2].P > .5) {
		t.Errorf("%+v, %v", all, err)
	}
	for _, r := range c.Rates() {
		if (r.Arm == "general") != (r.Runs == 0) {
			t.Errorf("%+v", r)
		}
	}
}

func value(t *testing.T, q interface{ Value() (float64, error) }) float64 {
	t.Helper()
	v, err := q.Value()
	if err != nil {
		t.Fatal(err)
	}
	return v
}
