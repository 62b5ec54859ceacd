package predict

import (
	"fmt"
	"slices"
	"strconv"

	"witnessmark/data"
	"witnessmark/data/frame"
	"witnessmark/data/motive"
)

// Parts say how a model's mixture is cut up along an arm's training.
type Parts struct {
	Arm     string
	Context string // of the model; "" for the context of training
	Acts    bool   // what each pattern adds to the act's rate, in place of its share of influence
}

// SharesFrame is the shares of patterns along an arm's training, and in
// deployment where the model goes on to it, for charts.Shares: a row a pattern
// and update, identified patterns below. In a context only active patterns
// have a share; with Acts the parts add up to the act's predicted rate.
//
// The second frame is what was observed there, of all runs together: the
// act's rate with Acts, else one less it; nil where nothing was.
func (c *Computed) SharesFrame(of Parts) (parts frame.Frame, observed *frame.Frame) {
	s := newSheet([]string{PatternColumn, data.Family, WhenColumn}, data.Step, frame.Value, IdentifiedColumn, DeployedColumn)
	p, ok := c.Path(of.Arm)
	if !ok {
		return s.f, nil
	}
	context, known := p.Model.Context(of.Context)
	if !known {
		context = trainedContext(p.Model)
	}
	last := float64(len(p.Training.Shares) - 1)
	when := make([]string, len(p.Training.Shares))
	for t := range when {
		when[t] = "step " + strconv.FormatFloat(float64(t)*c.Unit, 'g', -1, 64)
	}
	for _, i := range c.stacked() {
		row := func(step float64, when string, shares []float64, deployed bool) {
			s.text(PatternColumn, c.Model.Patterns[i].Name).text(data.Family, roles[c.Model.Patterns[i].Category]).text(WhenColumn, when)
			s.num(data.Step, step).num(frame.Value, of.part(p.Model, shares, context, known, i)).num(IdentifiedColumn, b2f(!c.merged(i))).num(DeployedColumn, b2f(deployed))
			s.keys([]frame.Key{{Field: c.seen.By, Value: of.Arm}})
		}
		for t, shares := range p.Training.Shares {
			row(float64(t)*c.Unit, when[t], shares, false)
		}
		for t, shares := range p.Deployment.Shares {
			if c.deploys() { // deployment 0 stands one step on, so that what developers change shows
				row(last*c.Unit+float64(t+1), fmt.Sprintf("deployment %d", t), shares, true)
			}
		}
	}
	c.notes(s)
	s.note("not-identified", c.Identified.Badge(), true)
	return s.f, c.observedAlong(of)
}

// deploys tells whether deployment differs from the end of training.
func (c *Computed) deploys() bool {
	return c.Model.Params.DeploySteps > 0 || c.Model.Params.Developers != nil
}

// trainedContext is the first context that is trained on, else the first.
func trainedContext(m motive.Model) motive.Context {
	for _, c := range m.Contexts {
		if c.Training > 0 {
			return c
		}
	}
	if len(m.Contexts) > 0 {
		return m.Contexts[0]
	}
	return motive.Context{}
}

// part is what a pattern has of the mixture.
func (of Parts) part(m motive.Model, shares []float64, c motive.Context, known bool, i int) float64 {
	switch {
	case of.Acts:
		return m.ActiveShares(shares, c)[i] * m.Patterns[i].Policy(c)
	case known:
		return m.ActiveShares(shares, c)[i]
	}
	return shares[i]
}

// observedAlong is what was observed in the parts' context, step by step.
func (c *Computed) observedAlong(of Parts) *frame.Frame {
	at := map[float64]motive.Step{}
	var steps []float64
	for _, r := range c.Readings {
		if r.Arm != of.Arm || of.Context == "" && !r.Trained || of.Context != "" && r.Context != of.Context {
			continue
		}
		for _, x := range c.seen.Series {
			if x.circumstance() != r.Circumstance {
				continue
			}
			for i, step := range x.Steps {
				if _, known := at[step]; !known {
					steps = append(steps, step)
				}
				at[step] = at[step].Add(x.Seen[i])
			}
		}
		if of.Context == "" {
			break // of several evaluations under the train prompt, the first
		}
	}
	if steps == nil {
		return nil
	}
	s := newSheet(nil, data.Step, frame.Value, frame.N)
	slices.Sort(steps)
	for _, step := range steps {
		rate := share(at[step])
		if !of.Acts {
			rate = 1 - rate
		}
		s.num(data.Step, step).num(frame.Value, rate).num(frame.N, at[step].Trials)
		s.keys([]frame.Key{{Field: c.seen.By, Value: of.Arm}})
	}
	return &s.f
}
