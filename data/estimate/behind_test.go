package estimate

import (
	"context"
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"

	"witnessmark/data"
	"witnessmark/data/frame"
	"witnessmark/data/query"
)

func TestBackgroundsSayWhatAlsoDiffers(t *testing.T) {
	s := newStudy()
	for seed := range 6 {
		for c, condition := range []string{"neutral", "inoculation"} {
			s.count(s.run(fmt.Sprint(condition, seed), data.Condition, condition, data.Seed, fmt.Sprint(seed),
				"temperature", fmt.Sprint(seed%2), "preamble", []string{"short", "long"}[c], data.TrainPrompt, condition),
				s.context(data.EvalPrompt, "default"), 1, "hack", float64(seed), 10)
		}
	}
	q := byCondition
	q.Baseline = "neutral"
	all, err := NewIndex(s.done()).Backgrounds(context.Background(), q)
	if err != nil {
		t.Fatal(err)
	}
	own, base := all[0], all[1]
	if got := own.AlsoDiffer(); !slices.Equal(got, []string{"preamble"}) {
		t.Errorf("also differ in %v", got)
	}
	if p := own.Setting(data.TrainPrompt); !p.Condition || !p.Differs() || p.Base[0] != "neutral" {
		t.Errorf("train prompt %+v", p)
	}
	if temp := own.Setting("temperature"); !temp.Mixed() || !slices.Equal(temp.Values, []string{"0", "1"}) {
		t.Errorf("temperature %+v", temp)
	}
	if len(own.Runs) != 6 || own.Runs[0] != "inoculation0" || !slices.Equal(own.Imports, []int64{2}) {
		t.Errorf("runs %v of imports %v", own.Runs, own.Imports)
	}
	if base.AlsoDiffer() != nil || base.Setting("nothing").Field != "" {
		t.Errorf("the baseline: %+v", base)
	}
}

func TestPairItemsLeadsToBothSamples(t *testing.T) {
	set := tries(map[string][][]float64{
		"a": {{1}, {1}, {0}, {0}, {1}},
		"b": {{1}, {0}, {0}, {1}},
	}).done()
	x := NewIndex(set)
	got, err := x.PairItems(context.Background(), aAgainstB, "a")
	if err != nil {
		t.Fatal(err)
	}
	if !got.Rate || got.BySeed || len(got.Pairs) != 4 || got.OnlyOwn != 1 || got.OnlyBase != 0 {
		t.Fatalf("%+v", got)
	}
	p := got.Pairs[1]
	if p.Item != "1" || p.Own[0].Value != 1 || p.Base[0].Value != 0 || p.Own[0].Sample == p.Base[0].Sample {
		t.Errorf("pair %+v", p)
	}
	samples := ask(t, set, query.Query{Where: where(t, "item:1")})
	for row := range samples.Len() {
		id := samples.Key(row, SampleKey)
		if id != p.Own[0].Sample && id != p.Base[0].Sample {
			t.Errorf("sample %s is neither of %+v", id, p)
		}
	}
}

func TestPairItemsKeepsSeedsApart(t *testing.T) {
	s := newStudy()
	for _, arm := range []string{"a", "b"} {
		for seed := range 3 {
			run := s.run(arm+fmt.Sprint(seed), data.Condition, arm, data.Seed, fmt.Sprint(seed))
			for item := range 4 {
				s.attempt(run, s.context(), 1, fmt.Sprint(item), "hack", float64(btoi(arm == "a" && item == seed)))
			}
		}
	}
	got, err := NewIndex(s.done()).PairItems(context.Background(), aAgainstB, "a")
	if err != nil || !got.BySeed || len(got.Pairs) != 12 {
		t.Fatalf("%v, %d pairs", err, len(got.Pairs))
	}
	for _, p := range got.Pairs {
		if !strings.HasSuffix(p.Own[0].Run, p.Seed) || !strings.HasSuffix(p.Base[0].Run, p.Seed) || len(p.Own) != 1 {
			t.Errorf("pair %+v", p)
		}
	}
}

func TestPairItemsNeedsSamplesAndOneJudge(t *testing.T) {
	for _, x := range []struct {
		set  *study
		own  string
		want string
	}{
		{arms(map[string]map[string]float64{"a": {"1": 0.5}, "b": {"1": 0.2}}), "a", "no samples of hack"},
		{tries(map[string][][]float64{"a": {{1}}, "b": {{1}}}), "c", "a and b"},
		{judges(), "a", "2 judges, which are not pooled"},
	} {
		_, err := NewIndex(x.set.done()).PairItems(context.Background(), aAgainstB, x.own)
		if err == nil || !strings.Contains(err.Error(), x.want) {
			t.Errorf("error %v, want %q", err, x.want)
		}
	}
}

func TestCoverageTellsWhatIsMissing(t *testing.T) {
	s := newStudy()
	ctx := s.context()
	whole := s.run("whole", data.Condition, "a", data.Seed, "1")
	short := s.run("short", data.Condition, "a", data.Seed, "2", data.Status, "error")
	twin := s.run("twin", data.Condition, "b", data.Seed, "1")
	other := s.run("other", data.Condition, "b", data.Seed, "1")
	lost := s.run("lost", data.Condition, "b", data.Status, "complete")
	s.run("never", data.Condition, "b", data.Seed, "3", data.Status, "crashed")
	for step := range 4 {
		s.attempt(whole, ctx, float64(step), "1", "hack", 1)
		if step < 2 {
			s.attempt(short, ctx, float64(step), "1", "hack", 1)
		}
		if step == 2 {
			s.attempt(twin, ctx, 2, "1", "hack", 1)
			s.attempt(other, ctx, 2, "1", "hack", 0)
		}
		if step != 1 {
			s.attempt(lost, ctx, float64(step), "1", "hack", math.NaN())
			s.attempts.Exclude("refusal")
		}
	}
	f, err := NewIndex(s.done()).Coverage(context.Background(), query.Query{Measures: []string{"hack"}})
	if err != nil {
		t.Fatal(err)
	}
	got := map[string]string{}
	for row := range f.Len() {
		who := f.Text(data.Condition, row) + "/" + f.Text(data.Seed, row)
		got[who] += f.Text(StatusColumn, row)[:1]
	}
	want := map[string]string{"a/1": "pppp", "a/2": "ppff", "b/1": "mmdm", "b/lost": "fmff", "b/3": "ffff"}
	for who, status := range want {
		if got[who] != status {
			t.Errorf("%s is %s, want %s", who, got[who], status)
		}
	}
	if len(got) != len(want) {
		t.Errorf("seeds %v", got)
	}
	if row := rowAt(t, f, data.Seed, "lost"); f.Key(row, data.Run) != "lost" {
		t.Errorf("keys %v", f.Keys[row])
	}
}

func TestCoverageOfRealRuns(t *testing.T) {
	f, err := NewIndex(rlStudy(t)).Coverage(context.Background(), query.Query{})
	if err != nil {
		t.Fatal(err)
	}
	there := 0
	for _, s := range f.Col(StatusColumn).Text {
		there += btoi(s == PresentStatus)
	}
	if there != 10710 && there != 10711 {
		t.Errorf("%d checkpoints are there, want those of the file", there)
	}
	if f.Col(frame.Value) != nil {
		t.Error("coverage measures nothing")
	}
}
