package predict_test

import (
	"math"
	"os"
	"path/filepath"
	"testing"

	"witnessmark/data/estimate"
	"witnessmark/data/formats"
	"witnessmark/data/predict"
	"witnessmark/data/store"
)

// realIndex imports a real file into a study and returns its index; the test
// is skipped where the real files are absent.
func realIndex(t *testing.T, name string) *estimate.Index {
	t.Helper()
	s := realStudy(t, name)
	x, err := s.Index(t.Context())
	if err != nil {
		t.Fatal(err)
	}
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

func near(t *testing.T, what string, got, want, tolerance float64) {
	t.Helper()
	if !(math.Abs(got-want) <= tolerance) {
		t.Errorf("%s = %v, want %v", what, got, want)
	}
}

func TestForecastsOfNinetyRunsThroughTheStudy(t *testing.T) {
	o, err := predict.Observe(t.Context(), realIndex(t, "rl_hack_steps_3cond_30seeds.csv"), predict.Question{Behavior: "hack"})
	if err != nil {
		t.Fatal(err)
	}
	t.Log(o.Rewards, len(o.Series), o.Arms, o.Notes)
	all, err := predict.Forecasts(o, predict.OddSeeds, []float64{20, 40, 60, 80}, .95)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range all {
		t.Log(f.From, f.Eta, f.Notes, len(f.Outcomes), f.Noise)
		for _, s := range f.Scores {
			t.Logf("  %-15s log %v brier %v mae %.3f skill %v lead %+v w %v", s.Name, s.Log, s.Brier, s.Rates.MAE, s.Skill, s.Leads, s.Weight)
		}
		for _, s := range f.Surprises(predict.OfModel, 3) {
			t.Log("   ", s.Name(), s.Rate, s.Predicted, s.Nats)
		}
		bins, c, band := f.Calibrate(predict.OfModel, 5, .5)
		for _, b := range bins {
			t.Log("   ", b.Lo, b.Forecast, b.K, b.N, b.Rate.Lo, b.Rate.Hi)
		}
		t.Log(c.ECE, band.ECE, band.ECEHi)
	}
	t.Log(predict.Verdict(all))
}
