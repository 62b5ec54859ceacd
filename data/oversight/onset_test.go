package oversight_test

import (
	"context"
	"encoding/csv"
	"os"
	"strconv"
	"testing"

	"witnessmark/data"
	"witnessmark/data/column"
	"witnessmark/data/estimate"
	"witnessmark/data/frame"
	"witnessmark/data/oversight"
)

func index(set *column.Set) *estimate.Index { return estimate.NewIndex(set) }

// rlRuns is 90 real training runs: hacks of 128 rollouts at each step.
func rlRuns(t testing.TB) oversight.Study {
	in, err := os.Open(realData(t, "science/derived/rl_hack_steps_3cond_30seeds.csv"))
	if err != nil {
		t.Fatal(err)
	}
	defer in.Close()
	rows, err := csv.NewReader(in).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	s := newStudy()
	b := column.NewBuilder(false)
	for _, r := range rows[1:] {
		run := s.run(r[0]+"/seed_"+r[1], data.Condition, r[0], data.Seed, r[1])
		b.Row(run, s.context(), parse(r[2]))
		b.Set(b.Column("hack", column.K), parse(r[4]))
		b.Set(b.Column("hack", column.N), parse(r[3]))
	}
	table, _ := b.Table()
	table.Import = 1
	s.set.Tables = []*column.Table{table}
	return oversight.Study{Index: index(&s.set)}
}

func parse(text string) float64 {
	v, err := strconv.ParseFloat(text, 64)
	if err != nil {
		return nan
	}
	return v
}

// Numbers of the same runs, computed by another program.
func TestOnsetsOfRealRuns(t *testing.T) {
	o, err := rlRuns(t).Onsets(context.Background(), oversight.OnsetQuestion{Measure: "hack", Baseline: "neutral"})
	if err != nil {
		t.Fatal(err)
	}
	f := o.Table()
	for _, c := range []struct {
		condition                          string
		low, median, first, last, high, at float64
		chi2                               float64
	}{
		{"neutral", 13, 42, 21, 54, 12, 85, nan},
		{"inoculation", 22, 53, 25, 97, 14, 100, 0.0},
		{"negative_inoculation", 8, 59, 18, 107, 2, 92, 9.7},
	} {
		row := find(t, f, data.Condition, c.condition)
		want(t, f, frame.K, row, c.low, 0)
		want(t, f, frame.N, row, 30, 0)
		want(t, f, "median", row, c.median, 0)
		want(t, f, "first", row, c.first, 0)
		want(t, f, "last", row, c.last, 0)
		want(t, f, frame.K, row+1, c.high, 0)
		want(t, f, "median", row+1, c.at, 0)
		want(t, f, "chi2", row+1, c.chi2, 0.05)
	}
	if got := noted(f, "between-thresholds"); got != "15 seeds pass 2\u00a0% and never 50\u00a0%" {
		t.Errorf("note %q", got)
	}
	s := o.Survival(1)
	row := find(t, s, data.Condition, "neutral")
	want(t, s, frame.Value, row, 1, 0)
	want(t, s, "at_risk", row, 30, 0)
	starts := o.Starts(1)
	if starts.Len() != 90 {
		t.Errorf("%d runs", starts.Len())
	}
}

func TestOnsetNeedsAScale(t *testing.T) {
	s := newStudy()
	run, ctx := s.run("a"), s.context()
	b := column.NewBuilder(false)
	for step := range 10 {
		b.Row(run, ctx, float64(step))
		b.Set(b.Column("loss", column.Value), 3.5)
	}
	table, _ := b.Table()
	s.set.Tables = []*column.Table{table}
	if _, err := (oversight.Study{Index: index(&s.set)}).Onsets(context.Background(), oversight.OnsetQuestion{Measure: "loss"}); err == nil {
		t.Error("no error")
	}
	if _, err := (oversight.Study{Index: index(&s.set)}).Onsets(context.Background(), oversight.OnsetQuestion{Measure: "los"}); err == nil {
		t.Error("no error")
	}
}
