package predict

import (
	"context"
	"fmt"
	"math"

	"witnessmark/data"
	"witnessmark/data/frame"
	"witnessmark/data/query"
	"witnessmark/data/stats"
)

// special estimates the contrasts that are no difference of two arms.
func (m mechanisms) special(ctx context.Context, t Tested) (Tested, error) {
	if _, ok := m.arms[Undesired]; !ok {
		t.Why = "the study has no " + titleOf(Undesired)
		return t, nil
	}
	if t.Contrast.ID == "elicitation" {
		return m.elicitation(ctx, t)
	}
	return m.overEliciting(ctx, t)
}

// A prompted is one train prompt: how often it elicits the act before
// training, and how far training under it lowers the neutral rate.
type prompted struct{ elicits, fall float64 }

// elicitation is the slope of the fall on elicitation over train prompts, in
// points of fall for 100 points of elicitation.
func (m mechanisms) elicitation(ctx context.Context, t Tested) (Tested, error) {
	all, why, err := m.prompted(ctx)
	if err != nil || why != "" {
		t.Why = why
		return t, err
	}
	level := m.q.Level
	if level == 0 {
		level = .95
	}
	t.Run = true
	e, err := slope(all, level)
	if err != nil {
		t.Why = stats.Reason(err)
		return t, nil
	}
	t.Estimate = &e
	return t, nil
}

// prompted collects the fixed train prompts of the study.
func (m mechanisms) prompted(ctx context.Context) (out []prompted, why string, err error) {
	for _, slot := range []Slot{NoPrompt, NeutralEval} {
		if _, ok := m.arms[slot]; !ok {
			return nil, "the study has no " + titleOf(slot), nil
		}
	}
	neutral, err := m.means(ctx, m.arms[NeutralEval], m.q.Steps)
	if err != nil {
		return nil, "", err
	}
	elicits := m.q.Elicitation
	if train, ok := m.arms[TrainEval]; elicits == nil && ok {
		if elicits, err = m.means(ctx, train, query.First(1)); err != nil {
			return nil, "", err
		}
		for name, v := range elicits {
			elicits[name] = v * m.points(m.arms[Undesired]) / 100
		}
	}
	base, ok := neutral[m.arms[NoPrompt]]
	if elicits == nil || !ok {
		return nil, "no evaluation of the untrained model under the train prompts", nil
	}
	scale := m.points(m.arms[Undesired])
	fixed, err := m.fixed(ctx)
	for _, a := range fixed {
		at, known := elicits[a.Name]
		end, seen := neutral[a.Name]
		if known && seen {
			out = append(out, prompted{100 * at, (base - end) * scale})
		}
	}
	return out, "", err
}

// fixed are the arms with one train prompt of their own.
func (m mechanisms) fixed(ctx context.Context) ([]ArmFacts, error) {
	f, err := m.x.Ask(ctx, query.Query{Where: m.q.Where, By: []string{data.Condition, data.Family, data.TrainPrompt}})
	var out []ArmFacts
	for _, a := range armsOf(f, data.Condition) {
		if a.Name != m.arms[NoPrompt] && !a.Rephrased {
			out = append(out, a)
		}
	}
	return out, err
}

// means are the conditions' mean rates of the act under an evaluation prompt.
func (m mechanisms) means(ctx context.Context, prompt string, steps query.Window) (map[string]float64, error) {
	f, err := m.x.Ask(ctx, query.Query{
		Where: m.q.Where.Narrow(data.EvalPrompt, prompt), Steps: steps, By: []string{data.Condition}, Measures: []string{m.arms[Undesired]},
	})
	out := map[string]float64{}
	for row := range f.Len() {
		if v, _, ok := f.Num(frame.Value, row); ok && f.Text(frame.Reported, row) == "" {
			out[f.Text(data.Condition, row)] = v
		}
	}
	return out, err
}

// leastPrompts leave two degrees of freedom to the spread about a line; with
// one, its interval would span everything.
const leastPrompts = 4

// slope is the least squares slope with its t interval, for 100 points.
func slope(all []prompted, level float64) (stats.Estimate, error) {
	n := float64(len(all))
	if n < leastPrompts {
		return stats.Estimate{}, stats.Because("a slope needs %d train prompts, and there are %d", leastPrompts, len(all))
	}
	x, y := make([]float64, len(all)), make([]float64, len(all))
	for i, p := range all {
		x[i], y[i] = p.elicits, p.fall
	}
	b, a, err := stats.Slope(x, y)
	if err != nil {
		return stats.Estimate{}, err
	}
	mean, _ := stats.Mean(x)
	left, spread := 0.0, 0.0
	for i := range x {
		left += (y[i] - a - b*x[i]) * (y[i] - a - b*x[i])
		spread += (x[i] - mean) * (x[i] - mean)
	}
	half := stats.TQuantile((1+level)/2, n-2) * math.Sqrt(left/(n-2)/spread)
	return stats.Estimate{
		Value: 100 * b, Lo: 100 * (b - half), Hi: 100 * (b + half), Level: level, N: len(all), Unit: stats.Cells,
		Method: fmt.Sprintf("least squares over %d train prompts, points of fall for 100 points of elicitation", len(all)),
	}, nil
}

// overEliciting is the neutral rate of the over-eliciting arm, less that of
// its first checkpoint, by run.
func (m mechanisms) overEliciting(ctx context.Context, t Tested) (Tested, error) {
	for _, slot := range []Slot{Over, NeutralEval} {
		if _, ok := m.arms[slot]; !ok {
			t.Why = "the study has no " + titleOf(slot)
			return t, nil
		}
	}
	side := Side{m.arms[Over], m.arms[NeutralEval], m.arms[Undesired]}
	t.Of, t.Base, t.Run = side, side, true
	end, err := m.runs(ctx, side, m.q.Steps)
	if err != nil {
		return t, err
	}
	start, err := m.runs(ctx, side, query.First(1))
	if err != nil {
		return t, err
	}
	var change []float64
	for run, v := range end {
		if was, ok := start[run]; ok {
			change = append(change, (v-was)*m.points(side.Measure))
		}
	}
	level := m.q.Level
	if level == 0 {
		level = .95
	}
	e, err := stats.SeedMean(change, level)
	if t.Why = stats.Reason(err); err == nil {
		t.Estimate, t.Pairs = &e, len(change)
	}
	return t, nil
}

// runs are the values of each run of a side.
func (m mechanisms) runs(ctx context.Context, s Side, steps query.Window) (map[string]float64, error) {
	where := m.q.Where.Narrow(data.EvalPrompt, s.EvalPrompt).Narrow(data.Condition, s.Condition)
	f, err := m.x.Ask(ctx, query.Query{Where: where, Steps: steps, By: []string{data.Run}, Measures: []string{s.Measure}})
	out := map[string]float64{}
	for row := range f.Len() {
		if v, _, ok := f.Num(frame.Value, row); ok {
			out[f.Text(data.Run, row)] = v
		}
	}
	return out, err
}
