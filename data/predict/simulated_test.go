package predict_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"testing"

	"witnessmark/data"
	"witnessmark/data/column"
	"witnessmark/data/estimate"
	"witnessmark/data/motive"
	"witnessmark/data/predict"
	"witnessmark/data/stats"
)

// A world is a study that a model generates: arms whose rewards differ, each
// with runs that are evaluated under the train prompt and a neutral one.
type world struct {
	model motive.Model
	gaps  map[string]float64 // reward gap of each arm
	seeds int
	every int // steps between checkpoints
	steps int
	tries int // attempts a checkpoint
}

// index draws the world's numbers, always the same.
func (w world) index() *estimate.Index {
	rng := rand.New(rand.NewPCG(3, 5))
	set := &column.Set{Contexts: []column.Context{
		{Fields: data.Fields{data.Eval: "coding", data.EvalPrompt: "same_as_train"}},
		{Fields: data.Fields{data.Eval: "coding", data.EvalPrompt: "neutral"}},
	}}
	b := column.NewBuilder(false)
	columns := map[string][2]int{}
	for _, name := range []string{"hack", "rewarded_hack", "rewarded_solve"} {
		columns[name] = [2]int{b.Column(name, column.K), b.Column(name, column.N)}
	}
	count := func(n int, p float64) float64 {
		k := 0.0
		for range n {
			if rng.Float64() < p {
				k++
			}
		}
		return k
	}
	for _, arm := range []string{"neutral", "general"} {
		m := w.model
		m.Contexts = append([]motive.Context{}, m.Contexts...)
		m.Contexts[0].Select = w.gaps[arm]
		path := m.Train(w.steps)
		for seed := range w.seeds {
			run := int32(len(set.Runs))
			set.Runs = append(set.Runs, column.Run{
				Name: fmt.Sprintf("%s-%02d", arm, seed), Fields: data.Fields{data.Condition: arm, data.Seed: fmt.Sprint(seed)},
			})
			for step := 0; step <= w.steps; step += w.every {
				for at, c := range m.Contexts[:2] {
					p, _ := m.Rate(path.Shares[step], c)
					acts := count(w.tries, p)
					b.Row(run, int32(at), float64(step))
					set2 := func(name string, k float64) {
						b.Set(columns[name][0], k)
						b.Set(columns[name][1], float64(w.tries))
					}
					set2("hack", acts)
					if at == 0 { // rewards are those of training
						set2("rewarded_hack", count(int(acts), .1+w.gaps[arm]))
						set2("rewarded_solve", count(w.tries-int(acts), .1))
					}
				}
			}
		}
	}
	t, _ := b.Table()
	set.Tables = []*column.Table{t}
	return estimate.NewIndex(set)
}

// truth acts alike in nothing: the data can tell its patterns apart.
func truth() motive.Model {
	m := motive.Model{
		Name: "Truth", Version: 1,
		Patterns: []motive.Pattern{
			{Name: "Intended", Category: motive.Intended, Act: map[string]float64{"training": .05, "neutral": .02}},
			{Name: "Persona", Category: motive.Persona, Act: map[string]float64{"training": .9, "neutral": .5}, Features: motive.Features{Pretraining: -5}},
			{Name: "Seeker", Category: motive.SeekerReward, Act: map[string]float64{"training": .9, "neutral": .1}, Features: motive.Features{Pretraining: -6}},
		},
		Contexts: []motive.Context{{Name: "training", Training: 1, Select: .8}, {Name: "neutral"}},
		Prior:    motive.Prior{Pretraining: 1}, Params: motive.Params{Eta: .1},
	}
	return m
}

func aWorld(m motive.Model) world {
	return world{model: m, gaps: map[string]float64{"neutral": .8, "general": .5}, seeds: 8, every: 10, steps: 100, tries: 200}
}

func observe(t *testing.T, x *estimate.Index) *predict.Observed {
	t.Helper()
	o, err := predict.Observe(t.Context(), x, predict.Question{Behavior: "hack"})
	if err != nil {
		t.Fatal(err)
	}
	return o
}

func TestFitRecoversTheModelThatMadeTheStudy(t *testing.T) {
	o := observe(t, aWorld(truth()).index())
	start := truth()
	start.Params.Eta = .04
	start.Patterns[1].Features.Pretraining, start.Patterns[2].Features.Pretraining = -3, -3
	c, err := predict.Compute(start, o, predict.Options{Fit: true})
	if err != nil {
		t.Fatal(err)
	}
	covers(t, "η", c.Fit.Eta, .1)
	covers(t, "offset of the persona", c.Fit.Offsets[0].Estimate, -2)
	covers(t, "offset of the seeker", c.Fit.Offsets[1].Estimate, -3)
	if c.Identified.Badge() != "" || len(c.Fit.Flat) > 0 {
		t.Errorf("badge %q, flat %v: the neutral eval tells the patterns apart", c.Identified.Badge(), c.Fit.Flat)
	}
	for _, r := range c.Readings {
		if g, err := r.Gap.Value(); r.Trained != (err == nil) || err == nil && (g < .4 || g > .9) {
			t.Errorf("%s: gap %v (trained %v)", r.Name(), r.Gap, r.Trained)
		}
	}
	for _, r := range c.Rates() {
		p, _ := r.Predicted.Value()
		seen, err := r.Observed.Value()
		if err != nil || r.Runs != 4 {
			t.Errorf("%s at %v: %v over %d held-out runs, want 4", r.Arm, r.Step, r.Observed, r.Runs)
		}
		near(t, fmt.Sprintf("%s, %s, step %v", r.Arm, r.Name(), r.Step), p, seen, .06)
	}
}

func covers(t *testing.T, what string, e stats.Estimate, v float64) {
	t.Helper()
	if !(e.Lo <= v && v <= e.Hi) || e.Hi-e.Lo > 3 {
		t.Errorf("%s = %v [%v, %v], want an interval with %v", what, e.Value, e.Lo, e.Hi, v)
	}
}

func TestPatternsThatActAlikeGetTheBadge(t *testing.T) {
	m := truth()
	m.Patterns[2].Act = map[string]float64{"training": .9, "neutral": .5, "honest": .1}
	m.Patterns[1].Act["honest"] = .8
	m.Contexts = append(m.Contexts, motive.Context{Name: "honest"})
	o := observe(t, aWorld(m).index())
	for _, fit := range []bool{false, true} {
		c, err := predict.Compute(m, o, predict.Options{Fit: fit})
		if err != nil {
			t.Fatal(err)
		}
		if got := c.Identified.Badge(); got != "Not identified by these data: 2 patterns act alike" {
			t.Errorf("fitted %v: badge %q", fit, got)
		}
		if best := c.Identified.Groups[0].Splits[0].Context; best != "honest" {
			t.Errorf("the eval that would split them is %q", best)
		}
		shares, rest := c.SharesFrame(predict.Parts{Arm: "neutral"})
		for row := range shares.Len() {
			identified, _, _ := shares.Num(predict.IdentifiedColumn, row)
			if name := shares.Text(predict.PatternColumn, row); (name == "Intended") != (identified == 1) {
				t.Fatalf("%s is identified: %v", name, identified)
			}
		}
		if rest == nil || rest.Len() != 11 {
			t.Errorf("observed line %+v, want 11 checkpoints", rest)
		}
	}
}

func TestDeploymentIsPredictedWhereItIsSwitchedOn(t *testing.T) {
	m := truth()
	m.Contexts = append(m.Contexts, motive.Context{Name: "deployed", Deployment: 1, Select: -.5})
	m.Params.EtaDeploy, m.Params.DeploySteps = .1, 50
	c, err := predict.Compute(m, observe(t, aWorld(m).index()), predict.Options{Steps: []float64{100}})
	if err != nil {
		t.Fatal(err)
	}
	var at []int
	for _, r := range c.Rates() {
		if r.Arm == "general" && r.Deployment >= 0 {
			at = append(at, r.Deployment)
			if r.Observed.OK() || r.Why == "" {
				t.Errorf("deployment is observed: %+v", r)
			}
		}
	}
	if fmt.Sprint(at) != "[0 50]" {
		t.Errorf("deployment is predicted at %v, want through it and after 50 steps", at)
	}
}

func BenchmarkPriorSlider(b *testing.B) {
	o, err := predict.Observe(b.Context(), aWorld(truth()).index(), predict.Question{Behavior: "hack"})
	if err != nil {
		b.Fatal(err)
	}
	m := motive.Model{Params: motive.Params{Eta: .1, Rollouts: 128}, Prior: motive.Prior{Simplicity: 1}}
	for i := range 8 {
		m.Patterns = append(m.Patterns, motive.Pattern{Name: fmt.Sprint(i), Default: float64(i) / 8, Features: motive.Features{Simplicity: float64(i)}})
	}
	for i := range 20 {
		m.Contexts = append(m.Contexts, motive.Context{Name: fmt.Sprint(i), Training: 1, Select: .5})
	}
	for b.Loop() {
		c, err := predict.Compute(m, o, predict.Options{Steps: []float64{200}})
		if err != nil {
			b.Fatal(err)
		}
		c.SharesFrame(predict.Parts{Arm: "neutral"})
		c.SharesFrame(predict.Parts{Arm: "neutral", Context: "7", Acts: true})
		c.RatesFrame()
	}
}

func BenchmarkFit(b *testing.B) {
	o, err := predict.Observe(b.Context(), aWorld(truth()).index(), predict.Question{Behavior: "hack"})
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		if _, err := predict.Compute(truth(), o, predict.Options{Fit: true}); err != nil {
			b.Fatal(err)
		}
	}
}

func near(t *testing.T, what string, got, want, tolerance float64) {
	t.Helper()
	if !(math.Abs(got-want) <= tolerance) {
		t.Errorf("%s = %v, want %v", what, got, want)
	}
}

// BenchmarkFitStepByStep fits a model whose every step depends on the one
// before, which has no closed form.
func BenchmarkFitStepByStep(b *testing.B) {
	o, err := predict.Observe(b.Context(), aWorld(truth()).index(), predict.Question{Behavior: "hack"})
	if err != nil {
		b.Fatal(err)
	}
	m := truth()
	m.Params.Rollouts = 64
	for b.Loop() {
		if _, err := predict.Compute(m, o, predict.Options{Fit: true}); err != nil {
			b.Fatal(err)
		}
	}
}
