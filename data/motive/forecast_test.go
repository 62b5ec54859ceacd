package motive_test

import (
	"encoding/csv"
	"math"
	"os"
	"path/filepath"
	"strconv"
	"testing"

	"witnessmark/data/motive"
)

// realRuns reads the 90 real runs by condition and seed, or skips.
func realRuns(t *testing.T) map[string]map[int][]motive.Step {
	t.Helper()
	dir, _ := os.Getwd()
	path := ""
	for ; dir != filepath.Dir(dir); dir = filepath.Dir(dir) {
		p := filepath.Join(dir, "shared/realdata/science/derived/rl_hack_steps_3cond_30seeds.csv")
		if _, err := os.Stat(p); err == nil {
			path = p
		}
	}
	if path == "" {
		t.Skip("the real runs are not on this machine")
	}
	f, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	rows, err := csv.NewReader(f).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	at := map[string]int{}
	for i, name := range rows[0] {
		at[name] = i
	}
	out := map[string]map[int][]motive.Step{}
	for _, row := range rows[1:] {
		num := func(name string) float64 { v, _ := strconv.ParseFloat(row[at[name]], 64); return v }
		c, seed := row[at["condition"]], int(num("seed"))
		if out[c] == nil {
			out[c] = map[int][]motive.Step{}
		}
		out[c][seed] = append(out[c][seed], motive.Step{
			Acts: num("hack_count"), Trials: num("n_rollouts"),
			RewardedActs: num("rewarded_hack_count"), RewardedRest: num("rewarded_solve_count"),
		})
	}
	return out
}

func final(run []motive.Step) float64 {
	last := motive.Pool(run[len(run)-10:])
	return last.Acts / last.Trials
}

var conditions = []string{"neutral", "inoculation", "negative_inoculation"}

func TestEtaOfTheRealRuns(t *testing.T) {
	var all [][]motive.Step
	runs := realRuns(t)
	for _, c := range conditions {
		for seed := range 30 {
			all = append(all, runs[c][seed])
		}
	}
	eta, err := motive.FitEta(all)
	if err != nil {
		t.Fatal(err)
	}
	near(t, "eta", eta.Value, .135, .005)
}

// The model is fitted on even seeds and scored on odd ones. It loses to the
// condition mean early and wins from about step 60; it beats persistence
// throughout.
func TestForecastOfTheRealRuns(t *testing.T) {
	runs := realRuns(t)
	var fitted [][]motive.Step
	mean := map[string]float64{}
	for _, c := range conditions {
		for seed := 0; seed < 30; seed += 2 {
			fitted = append(fitted, runs[c][seed])
			mean[c] += final(runs[c][seed]) / 15
		}
	}
	eta, err := motive.FitEta(fitted)
	if err != nil {
		t.Fatal(err)
	}
	score := func(predict func(c string, run []motive.Step) float64) float64 {
		sum := 0.0
		for _, c := range conditions {
			for seed := 1; seed < 30; seed += 2 {
				sum += motive.LogScore(predict(c, runs[c][seed]), final(runs[c][seed])) / 45
			}
		}
		return sum
	}
	condition := score(func(c string, _ []motive.Step) float64 { return mean[c] })
	near(t, "condition mean", condition, -.594, .0005)
	for _, at := range []struct {
		step                int
		persistence, scored float64
		wins                bool
	}{{20, -1.61, -1.11, false}, {40, -1.38, -.81, false}, {60, -1.11, -.54, true}, {80, -.77, -.32, true}} {
		persistence := score(func(_ string, run []motive.Step) float64 { return motive.Persistence(run[:at.step]) })
		model := score(func(_ string, run []motive.Step) float64 { return eta.Forecast(run[:at.step], len(run)) })
		near(t, "persistence from step "+strconv.Itoa(at.step), persistence, at.persistence, .005)
		near(t, "model from step "+strconv.Itoa(at.step), model, at.scored, .005)
		if model <= persistence || (model > condition) != at.wins {
			t.Errorf("from step %d the model scores %.3f, persistence %.3f, condition mean %.3f", at.step, model, persistence, condition)
		}
	}
}

func TestForecastOfOneSidedRunsStaysARate(t *testing.T) {
	for _, acts := range []float64{0, 128} {
		run := make([]motive.Step, 30)
		for i := range run {
			run[i] = motive.Step{Acts: acts, Trials: 128, RewardedActs: acts}
		}
		p := motive.Eta{Value: .135}.Forecast(run[:20], 30)
		if math.IsNaN(p) || p < 0 || p > 1 {
			t.Errorf("%v acts of 128: forecast %v", acts, p)
		}
	}
}
