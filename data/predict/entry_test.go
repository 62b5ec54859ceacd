package predict_test

import (
	"math"
	"strings"
	"testing"

	"witnessmark/data"
	"witnessmark/data/column"
	"witnessmark/data/estimate"
	"witnessmark/data/predict"
)

func entries(t *testing.T, all ...predict.Stated) []predict.Entry {
	t.Helper()
	return scored(t, all...).Entries
}

func TestEntriesSayWhatCameOfEachPrediction(t *testing.T) {
	one := lockedAt(stated("anna", "neutral", .5), locked)
	one.Lo, one.Hi = .4, .6
	sure, elsewhere := stated("bert", "inoculation", 0), lockedAt(stated("anna", "forbidding", .1), locked)
	all := entries(t, one, sure, elsewhere)
	if e := all[0]; e.Badge() != "before the data" || e.Outcome.Runs != 2 || e.Earlier != 2 || e.Miss != 0 || value(t, e.Inside) != 1 || e.WhyNone != "" {
		t.Errorf("%+v", e)
	}
	if e := all[1]; e.Badge() != "not locked" || !e.Clipped() || e.Outcome.Runs != 4 || !(e.Log < -1) || e.Inside.OK() {
		t.Errorf("%+v", e)
	}
	if e := all[2]; e.Badge() != "no data yet" || e.Outcome != nil || !strings.Contains(e.Why, "not here") || e.Log == e.Log {
		t.Errorf("%+v", e)
	}
}

// A distribution is scored as a whole: one that is sure of the right bin is
// better than one of the same mean that is not.
func TestDistributionsAreScoredAsAWhole(t *testing.T) {
	sure, even := stated("anna", "neutral", .5), stated("bert", "neutral", .5)
	sure.Distribution = `{"bins":[0,0,0,0,0.5,0.5,0,0,0,0]}`
	even.Distribution = `{"bins":[0.1,0.1,0.1,0.1,0.1,0.1,0.1,0.1,0.1,0.1]}`
	all := entries(t, sure, even, stated("carl", "neutral", .5))
	seen := value(t, all[0].Seen)
	if !(all[0].CRPS < all[1].CRPS) || all[0].Log != all[1].Log || math.Abs(all[2].CRPS-math.Abs(.5-seen)) > 1e-12 {
		t.Errorf("sure %v, even %v, point %v at %v", all[0].CRPS, all[1].CRPS, all[2].CRPS, seen)
	}
}

// A place is the condition's among all; an onset is a step, whatever step is
// named.
func TestOrdersAndOnsetsAreObserved(t *testing.T) {
	first, second, never := stated("anna", "neutral", 1), stated("anna", "inoculation", 1), stated("anna", "inoculation", 80)
	first.Quantity, second.Quantity = predict.Order, predict.Order
	never.Quantity, never.Step = predict.Onset, nan
	all := entries(t, first, second, never)
	if value(t, all[0].Seen) != 1 || all[0].Miss != 0 || value(t, all[1].Seen) != 2 || all[1].Miss != -1 {
		t.Errorf("places %v and %v", all[0].Seen, all[1].Seen)
	}
	if all[2].Seen.OK() || all[0].Log == all[0].Log {
		t.Errorf("onset %v of runs that never take off; a place has log score %v", all[2].Seen, all[0].Log)
	}
}

func TestOnsetsAreTheMedianStep(t *testing.T) {
	set := &column.Set{Contexts: []column.Context{{Fields: data.Fields{}}}}
	b := column.NewBuilder(false)
	k, n := b.Column("hack", column.K), b.Column("hack", column.N)
	for run, from := range []float64{20, 30, 30} {
		name := string(rune('a' + run))
		set.Runs = append(set.Runs, column.Run{Key: name, Name: name, Fields: data.Fields{data.Condition: "neutral"}})
		for step := 10.0; step <= 40; step += 10 {
			b.Row(int32(run), 0, step)
			acts := 0.0
			if step >= from {
				acts = 90
			}
			b.Set(k, acts)
			b.Set(n, 100)
		}
	}
	table, _ := b.Table()
	set.Tables = append(set.Tables, table)
	s := stated("anna", "neutral", 25)
	s.Quantity, s.Step, s.Lo, s.Hi = predict.Onset, nan, 15, 35
	o := observe(t, estimate.NewIndex(set))
	e := o.Score([]predict.Stated{s}, nil, nil, "", .95).Entries[0]
	if value(t, e.Seen) != 30 || e.Miss != -5 || value(t, e.Inside) != 1 {
		t.Errorf("%+v", e)
	}
}

// Every prediction is scored in the behavior that it is about.
func TestBooksAreByBehavior(t *testing.T) {
	set := twoImports()
	other := stated("anna", "neutral", .5)
	other.Metric = "sycophancy"
	named := stated("anna", "neutral", .5)
	named.Metric = "hack_rate"
	kept := predict.Kept{Stated: []predict.Stated{other, named}, Imports: map[int64]string{1: earlier, 2: later}, Set: set}
	books, err := kept.Score(t.Context(), estimate.NewIndex(set), predict.Question{Behavior: "hack"}, "", .95)
	if err != nil || len(books.Books) != 1 || books.Books[0].Behavior != "hack" {
		t.Fatalf("%+v, %v", books, err)
	}
	if books.Entries[0].Outcome != nil || !strings.Contains(books.Entries[0].Why, "no counts of sycophancy") || books.Entries[1].Outcome == nil {
		t.Errorf("%+v", books.Entries)
	}
	none := predict.Kept{Stated: []predict.Stated{other}, Set: &column.Set{}}
	if books, err := none.Score(t.Context(), estimate.NewIndex(&column.Set{}), predict.Question{}, "", .95); err != nil || len(books.Entries) != 1 || books.Entries[0].Why == "" {
		t.Errorf("a study without results: %+v, %v", books, err)
	}
}

func TestReliabilityLaysWhatWasSaidBesideWhatWasSeen(t *testing.T) {
	g := scored(t, stated("anna", "neutral", .5), stated("anna", "inoculation", .2)).Registers[0]
	f := g.ReliabilityFrame(g.Forecasters[0], 5)
	if f.Len() != 2 {
		t.Fatalf("%d bins, want those of 0.2 and 0.5", f.Len())
	}
	near(t, "calibration error", value(t, g.CalibrationError(g.Forecasters[0], 5)), (.05+.05)/2, 1e-12)
	if said := g.Frame(g.Forecasters[0], data.Condition, func(string) string { return "" }); said.Len() != 2 || said.Text(data.Condition, 0) != "neutral" {
		t.Errorf("%+v", said)
	}
}
