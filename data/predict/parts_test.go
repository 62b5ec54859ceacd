package predict_test

import (
	"errors"
	"math"
	"testing"

	"witnessmark/data"
	"witnessmark/data/frame"
	"witnessmark/data/motive"
	"witnessmark/data/predict"
)

// at adds up the parts at a step and tells whether it lies in deployment.
func at(f frame.Frame, step float64) (sum float64, deployed bool) {
	for row := range f.Len() {
		s, _, _ := f.Num(data.Step, row)
		v, _, _ := f.Num(frame.Value, row)
		d, _, _ := f.Num(predict.DeployedColumn, row)
		if s == step {
			sum, deployed = sum+v, d == 1
		}
	}
	return sum, deployed
}

func TestPartsAddUpToTheWholeOrToTheRate(t *testing.T) {
	m := truth()
	m.Contexts = append(m.Contexts, motive.Context{Name: "deployed", Deployment: 1, Select: -.5})
	m.Patterns[2].Act["deployed"], m.Patterns[1].Gate = .3, map[string]float64{"deployed": 0}
	m.Params.EtaDeploy, m.Params.DeploySteps = .1, 20
	c, err := predict.Compute(m, observe(t, aWorld(m).index()), predict.Options{})
	if err != nil {
		t.Fatal(err)
	}
	path, _ := c.Path("neutral")
	where, _ := path.Model.Context("deployed")
	shares, rest := c.SharesFrame(predict.Parts{Arm: "neutral", Context: "deployed"})
	rates, seen := c.SharesFrame(predict.Parts{Arm: "neutral", Context: "deployed", Acts: true})
	if rest != nil || seen != nil {
		t.Error("deployment was observed")
	}
	for step, want := range map[float64]bool{0: false, 100: false, 101: true, 121: true} {
		sum, deployed := at(shares, step)
		near(t, "shares", sum, 1, 1e-12)
		if deployed != want {
			t.Errorf("step %v lies in deployment: %v", step, deployed)
		}
	}
	rate, _ := path.Model.Rate(path.Deployment.Last(), where)
	sum, _ := at(rates, 121)
	near(t, "rate after 20 steps of deployment", sum, rate, 1e-12)
	if _, seen := c.SharesFrame(predict.Parts{Arm: "neutral", Context: "neutral", Acts: true}); seen == nil || seen.Len() != 11 {
		t.Error("the neutral eval was observed at 11 checkpoints")
	}
}

func TestWhichEvalWouldTellTwoModelsApart(t *testing.T) {
	m := truth()
	m.Contexts = append(m.Contexts, motive.Context{Name: "honest"})
	o := observe(t, aWorld(m).index())
	rival := m.Clone()
	rival.Name = "Rival"
	rival.Patterns[1].SetAct("honest", .9)
	rival.Contexts = append(rival.Contexts, motive.Context{Name: "elsewhere"})
	a, err := predict.Compute(m, o, predict.Options{})
	if err != nil {
		t.Fatal(err)
	}
	b, err := predict.Compute(rival, o, predict.Options{})
	if err != nil {
		t.Fatal(err)
	}
	splits := a.Against(b, "neutral")
	if len(splits) != 3 || splits[0].Context != "honest" || splits[0].Gap <= 0 || splits[1].Gap != 0 || !math.IsInf(splits[2].Samples(), 1) {
		t.Errorf("splits %+v, want the honest test first and nothing elsewhere", splits)
	}
	p, q := splits[0].Rates[0], splits[0].Rates[1]
	near(t, "gap", splits[0].Gap, motive.JensenShannon(p, q), 1e-15)
	f := a.SplitsFrame(splits, "two models")
	if n, _, ok := f.Num(predict.SamplesColumn, 0); !ok || n != math.Ceil(motive.Enough/splits[0].Gap) || f.Text("observed", 0) != "not run" {
		t.Errorf("%v samples, %q", n, f.Text("observed", 0))
	}
	if _, why, ok := f.Num(predict.SamplesColumn, 2); ok || why == "" {
		t.Error("a context that tells nothing says no reason")
	}
	if a.Against(b, "nowhere") != nil {
		t.Error("an arm that is not there was compared")
	}
}

func TestTheFitReportsAllThatItFitted(t *testing.T) {
	c, err := predict.Compute(truth(), observe(t, aWorld(truth()).index()), predict.Options{Fit: true, HoldOut: "every 2"})
	if err != nil {
		t.Fatal(err)
	}
	f := c.Fit
	if d := f.Dispersion; !(0 < d.Lo && d.Lo <= d.Value && d.Value <= d.Hi && d.Hi < .05) {
		t.Errorf("overdispersion %v [%v, %v] of draws that have none", d.Value, d.Lo, d.Hi)
	}
	if !(f.Likelihood < 0) || math.IsInf(f.Likelihood, 0) || !(f.Learned > .5) {
		t.Errorf("log-likelihood %v, learned %v nats of η", f.Likelihood, f.Learned)
	}
	stopped := predict.Options{Fit: true, Stop: func() error { return errStopped }}
	if _, err := predict.Compute(truth(), observe(t, aWorld(truth()).index()), stopped); err == nil || err.Error() != errStopped.Error() {
		t.Errorf("a fit that was stopped ended with %v", err)
	}
}

var errStopped = errors.New("stopped")
