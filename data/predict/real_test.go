package predict_test

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"witnessmark/data/estimate"
	"witnessmark/data/formats"
	"witnessmark/data/motive"
	"witnessmark/data/predict"
	"witnessmark/data/store"
)

// indexes of real files, each imported once for all tests.
var indexes = map[string]*estimate.Index{}

// realIndex imports a real file into a study and returns its index; the test
// is skipped where the real files are absent.
func realIndex(t *testing.T, name string) *estimate.Index {
	t.Helper()
	if x := indexes[name]; x != nil {
		return x
	}
	x, err := realStudy(t, name).Index(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	indexes[name] = x
	return x
}

func realStudy(t *testing.T, name string) *store.Store {
	t.Helper()
	dir, _ := os.Getwd()
	path := ""
	for ; dir != filepath.Dir(dir); dir = filepath.Dir(dir) {
		if p := filepath.Join(dir, "shared/realdata/science/derived", name); exists(p) {
			path = p
		}
	}
	if path == "" {
		t.Skip("the real runs are not on this machine")
	}
	return study(t, path)
}

func exists(path string) bool {
	_, err := os.Stat(path)
	return err == nil
}

// study imports files into a new study.
func study(t *testing.T, paths ...string) *store.Store {
	t.Helper()
	s, err := store.Create(filepath.Join(t.TempDir(), "test.study"))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { s.Close() })
	files, _ := formats.Walk(paths)
	for _, f := range files {
		format, err := formats.Detect(f)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := s.Import(t.Context(), f, format, formats.Mapping{}, nil); err != nil {
			t.Fatal(err)
		}
	}
	return s
}

// The values are those of the published domain notes, by our procedure. From
// step 40 the model scores −.82 here and −.81 from the raw file, in which a
// resumed run has step 35 twice; the study keeps the later of the two.
func TestForecastsOfNinetyRunsThroughTheStudy(t *testing.T) {
	o, err := predict.Observe(t.Context(), realIndex(t, "rl_hack_steps_3cond_30seeds.csv"), predict.Question{Behavior: "hack"})
	if err != nil {
		t.Fatal(err)
	}
	if o.Rewards != (predict.Rewards{Act: "rewarded_hack", Rest: "rewarded_solve"}) || len(o.Series) != 90 || len(o.Arms) != 3 {
		t.Fatalf("rewards %+v, %d series, %d arms", o.Rewards, len(o.Series), len(o.Arms))
	}
	all, err := predict.Forecasts(o, predict.OddSeeds, []float64{20, 40, 60, 80}, .95)
	if err != nil {
		t.Fatal(err)
	}
	for i, want := range []struct{ model, persistence, brier, leadLo, leadHi float64 }{
		{-1.11, -1.61, .35, -.88, -.14}, {-.82, -1.38, .27, -.47, .02}, {-.54, -1.11, .18, -.14, .24}, {-.32, -.77, .10, .10, .45},
	} {
		f := all[i]
		name := fmt.Sprintf("from step %g", f.From)
		near(t, name+", model", score(t, f.Table, predict.OfModel), want.model, .006)
		near(t, name+", persistence", score(t, f.Table, predict.Persistence), want.persistence, .006)
		near(t, name+", condition mean", score(t, f.Table, predict.ConditionMean), -.594, .0005)
		s, _ := f.Score(predict.OfModel)
		brier, _ := s.Brier.Value()
		near(t, name+", Brier", brier, want.brier, .006)
		lead, _ := s.Lead(string(predict.ConditionMean))
		near(t, name+", lead from", lead.Estimate.Lo, want.leadLo, .006)
		near(t, name+", lead to", lead.Estimate.Hi, want.leadHi, .006)
		if s.N != 45 || lead.Estimate.N != 45 {
			t.Errorf("%s: %d outcomes, lead over %d", name, s.N, lead.Estimate.N)
		}
		if worst := f.Surprises(predict.OfModel, 45); worst[0].Nats < worst[44].Nats || len(worst[0].Keys) == 0 || worst[44].Nats < 0 {
			t.Errorf("%s: surprises %v … %v", name, worst[0], worst[44])
		}
	}
	want := []string{
		"By log score the model beats persistence at every step shown; it beats the condition mean from step 60",
		"Its lead over the condition mean is clear from step 80",
	}
	if got := predict.Verdict(all); !slices.Equal(got, want) {
		t.Errorf("verdict %q", got)
	}
	bins, c, band := all[2].Calibrate(predict.OfModel, 5, .5)
	runs := 0
	for _, b := range bins {
		runs += b.N
	}
	if ece, _ := c.ECE.Value(); runs != 45 || ece > band.ECEHi {
		t.Errorf("from step 60: %d runs in bins, calibration error %v, by chance up to %v", runs, ece, band.ECEHi)
	}
}

func score(t *testing.T, table predict.Table, kind predict.Kind) float64 {
	t.Helper()
	s, ok := table.Score(kind)
	v, err := s.Log.Value()
	if !ok || err != nil {
		t.Fatalf("%s has no score: %v", kind, err)
	}
	return v
}

func TestNinetyRunsDoNotIdentifyFourPatterns(t *testing.T) {
	o, err := predict.Observe(t.Context(), realIndex(t, "rl_hack_steps_3cond_30seeds.csv"), predict.Question{Behavior: "hack"})
	if err != nil {
		t.Fatal(err)
	}
	c, err := predict.Compute(motive.Presets[1].New(), o, predict.Options{Fit: true})
	if err != nil {
		t.Fatal(err)
	}
	if got := c.Identified.Badge(); got != "Not identified by these data: 4 patterns act alike" {
		t.Errorf("badge %q", got)
	}
	if best := c.Identified.Groups[0].Splits[0].Context; best != motive.Honest {
		t.Errorf("the eval that would split them is %q", best)
	}
	path, _ := c.Path("inoculation")
	if first, last := path.Training.Shares[0][0], path.Training.Last()[0]; first < .99 || last < .4 || last > .75 {
		t.Errorf("the intended pattern goes from %v to %v; 58 %% of rollouts do not hack at the end", first, last)
	}
}
