package stats_test

import (
	"encoding/csv"
	"errors"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"testing"

	"witnessmark/data/stats"
)

// wantNear fails where a number is not the expected one within a tolerance.
func wantNear(t *testing.T, what string, got, want, tolerance float64) {
	t.Helper()
	if math.IsNaN(got) || math.Abs(got-want) > tolerance {
		t.Errorf("%s = %v, want %v", what, got, want)
	}
}

// shared finds a file of the folder with real result files, which stands
// beside the repository; without it the test is skipped.
func shared(t *testing.T, path string) string {
	t.Helper()
	dir, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for {
		file := filepath.Join(dir, "shared", path)
		if _, err := os.Stat(file); err == nil {
			return file
		}
		if dir == filepath.Dir(dir) {
			t.Skipf("no shared/%s beside the repository", path)
		}
		dir = filepath.Dir(dir)
	}
}

// hackCurve is the share of rollouts that hack at each step of one run.
type hackCurve struct {
	condition, seed string
	steps, rates    []float64
}

// hackCurves reads the 90 real runs; a step that was recorded twice because
// the run was resumed there counts once, as recorded last.
func hackCurves(t *testing.T) []*hackCurve {
	t.Helper()
	file, err := os.Open(shared(t, "realdata/science/derived/rl_hack_steps_3cond_30seeds.csv"))
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	rows, err := csv.NewReader(file).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	number := func(s string) float64 {
		v, err := strconv.ParseFloat(s, 64)
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
	var curves []*hackCurve
	at := map[string]*hackCurve{}
	for _, row := range rows[1:] {
		key := row[0] + "/" + row[1]
		c := at[key]
		if c == nil {
			c = &hackCurve{condition: row[0], seed: row[1]}
			curves, at[key] = append(curves, c), c
		}
		step, rate := number(row[2]), number(row[4])/number(row[3])
		if i, twice := slices.BinarySearch(c.steps, step); twice {
			c.rates[i] = rate
		} else {
			c.steps, c.rates = slices.Insert(c.steps, i, step), slices.Insert(c.rates, i, rate)
		}
	}
	return curves
}

// onsets applies a rule to all runs of a condition.
func onsets(t *testing.T, curves []*hackCurve, condition string, threshold float64) []stats.Lifetime {
	t.Helper()
	var lives []stats.Lifetime
	for _, c := range curves {
		if c.condition != condition {
			continue
		}
		life, err := stats.OnsetRule{Window: 5, Threshold: threshold}.Lifetime(c.steps, c.rates)
		if err != nil {
			t.Fatal(err)
		}
		lives = append(lives, life)
	}
	return lives
}

// The onset table of the checkpoints screen, from 90 real runs.
func TestOnsetOfRealRuns(t *testing.T) {
	curves := hackCurves(t)
	for _, c := range []struct {
		condition           string
		threshold           float64
		started             int
		median, first, last float64
		lo, hi              float64
	}{
		{"neutral", 0.02, 13, 42, 21, 54, 0.27, 0.61},
		{"inoculation", 0.02, 22, 53, 25, 97, 0.56, 0.86},
		{"negative_inoculation", 0.02, 8, 59, 18, 107, 0.14, 0.44},
		{"neutral", 0.5, 12, 85, 50, 105, 0.25, 0.58},
		{"inoculation", 0.5, 14, 100, 82, 116, 0.30, 0.64},
		{"negative_inoculation", 0.5, 2, 92, 92, 103, 0.02, 0.21},
	} {
		t.Run(fmt.Sprint(c.condition, c.threshold), func(t *testing.T) {
			s, err := stats.SummarizeOnsets(onsets(t, curves, c.condition, c.threshold), 0.95)
			if err != nil {
				t.Fatal(err)
			}
			if s.Started != c.started || s.Runs != 30 || s.Reached.Unit != stats.Seeds {
				t.Errorf("%d of %d %s start, want %d of 30 seeds", s.Started, s.Runs, s.Reached.Unit, c.started)
			}
			wantNear(t, "median", number(t, s.Median), c.median, 0)
			wantNear(t, "first", number(t, s.First), c.first, 0)
			wantNear(t, "last", number(t, s.Last), c.last, 0)
			wantNear(t, "lower end", s.Reached.Lo, c.lo, 0.005)
			wantNear(t, "upper end", s.Reached.Hi, c.hi, 0.005)
		})
	}
}

func number(t *testing.T, q stats.Quantity) float64 {
	t.Helper()
	v, err := q.Value()
	if err != nil {
		t.Error(err)
	}
	return v
}

// The survival panel of the same screen: time to 50 %, against neutral.
func TestSurvivalOfRealRuns(t *testing.T) {
	curves := hackCurves(t)
	neutral := onsets(t, curves, "neutral", 0.5)
	for _, c := range []struct {
		condition       string
		chi2, p         float64
		left            float64
		at60, at80, end int
	}{
		{"inoculation", 0.0, 0.98, 16.0 / 30, 30, 30, 16},
		{"negative_inoculation", 9.7, 0.002, 28.0 / 30, 30, 30, 28},
	} {
		lives := onsets(t, curves, c.condition, 0.5)
		test, err := stats.LogRank(neutral, lives)
		if err != nil {
			t.Fatal(err)
		}
		wantNear(t, c.condition+" χ²", test.Chi2, c.chi2, 0.05)
		wantNear(t, c.condition+" p", test.P, c.p, 0.005)
		curve, err := stats.KaplanMeier(lives, 0.95)
		if err != nil {
			t.Fatal(err)
		}
		wantNear(t, c.condition+" left", curve.At(118), c.left, 1e-12)
		if a, b, e := curve.AtRisk(60), curve.AtRisk(80), curve.AtRisk(118); a != c.at60 || b != c.at80 || e != c.end {
			t.Errorf("%s: at risk %d, %d, %d, want %d, %d, %d", c.condition, a, b, e, c.at60, c.at80, c.end)
		}
	}
	curve, err := stats.KaplanMeier(neutral, 0.95)
	if err != nil {
		t.Fatal(err)
	}
	for step, want := range map[float64]int{0: 30, 60: 28, 80: 25, 100: 20, 118: 18} {
		if got := curve.AtRisk(step); got != want {
			t.Errorf("neutral at risk at %g: %d, want %d", step, got, want)
		}
	}
}

// The 6-MP arm of Freireich et al. (1963), as in every textbook: R's
// survfit(conf.type = "log-log").
func TestKaplanMeierOfLeukemiaTrial(t *testing.T) {
	drug := lives([]float64{6, 6, 6, 7, 10, 13, 16, 22, 23}, []float64{6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35})
	placebo := lives([]float64{1, 1, 2, 2, 3, 4, 4, 5, 5, 8, 8, 8, 8, 11, 11, 12, 12, 15, 17, 22, 23}, nil)
	curve, err := stats.KaplanMeier(drug, 0.95)
	if err != nil {
		t.Fatal(err)
	}
	first := curve.Steps[0]
	wantNear(t, "S(6)", first.Survival, 0.857143, 1e-6)
	wantNear(t, "lower", number(t, first.Lo), 0.619718, 1e-5)
	wantNear(t, "upper", number(t, first.Hi), 0.951552, 1e-5)
	wantNear(t, "S(22)", curve.At(22), 0.537815, 1e-6)
	median, err := curve.Median()
	if err != nil || median != 23 {
		t.Errorf("median %g, %v, want 23", median, err)
	}
	test, err := stats.LogRank(drug, placebo)
	if err != nil {
		t.Fatal(err)
	}
	wantNear(t, "log-rank χ²", test.Chi2, 16.7929, 1e-3)
	wantNear(t, "expected", test.Expected, 19.2505, 1e-3)
	back, err := stats.LogRank(placebo, drug)
	if err != nil {
		t.Fatal(err)
	}
	wantNear(t, "the other way round", back.Chi2, test.Chi2, 1e-9)
}

func lives(events, censored []float64) []stats.Lifetime {
	var out []stats.Lifetime
	for _, time := range events {
		out = append(out, stats.Lifetime{Time: time, Event: true})
	}
	for _, time := range censored {
		out = append(out, stats.Lifetime{Time: time})
	}
	return out
}

func TestSurvivalWithoutAnswer(t *testing.T) {
	never := lives(nil, []float64{100, 100})
	if _, err := stats.LogRank(never, never); !notEstimable(err) {
		t.Errorf("log-rank where nothing happens: %v", err)
	}
	if _, err := stats.KaplanMeier(nil, 0.95); !notEstimable(err) {
		t.Errorf("no runs: %v", err)
	}
	curve, err := stats.KaplanMeier(never, 0.95)
	if err != nil || curve.At(100) != 1 || curve.Steps[0].Lo.OK() {
		t.Errorf("runs that never start must stay at 1 without a band: %+v, %v", curve, err)
	}
	if _, err := curve.Median(); !notEstimable(err) {
		t.Errorf("median that is never reached: %v", err)
	}
	s, err := stats.SummarizeOnsets(never, 0.95)
	if err != nil || s.Median.OK() || s.Reached.Value != 0 || s.Reached.Hi < 0.5 {
		t.Errorf("no onsets: %+v, %v", s, err)
	}
}

func TestOnsetRule(t *testing.T) {
	nan := math.NaN()
	rule := stats.OnsetRule{Window: 3, Threshold: 0.1}
	for _, c := range []struct {
		name          string
		steps, values []float64
		want          stats.Lifetime
	}{
		{"one early spike does not start it", []float64{0, 1, 2, 3}, []float64{0.29, 0, 0, 0}, stats.Lifetime{Time: 3}},
		{"too few steps for the window", []float64{0, 1}, []float64{1, 1}, stats.Lifetime{Time: 1}},
		{"reported at the last step of the window", []float64{10, 20, 40, 50}, []float64{0, 0, 0.4, 0.4}, stats.Lifetime{Time: 40, Event: true}},
		{"a mean on the threshold is not over it", []float64{1, 2, 3}, []float64{0.25, 0, 0.05}, stats.Lifetime{Time: 3}},
		{"gaps are not zeros", []float64{1, 2, 3, 4}, []float64{0.2, nan, 0.2, 0.2}, stats.Lifetime{Time: 4, Event: true}},
	} {
		got, err := rule.Lifetime(c.steps, c.values)
		if err != nil || got != c.want {
			t.Errorf("%s: %+v, %v, want %+v", c.name, got, err, c.want)
		}
	}
	if _, err := rule.Lifetime([]float64{1, 1}, []float64{0, 0}); err == nil || notEstimable(err) {
		t.Errorf("a step that comes twice must be refused, not %v", err)
	}
	if _, err := rule.Lifetime([]float64{1}, []float64{nan}); !notEstimable(err) {
		t.Errorf("a run without values: %v", err)
	}
}

func notEstimable(err error) bool {
	var why *stats.NotEstimable
	return errors.As(err, &why) && why.Why != ""
}
