package figure

import (
	"context"
	"fmt"

	"witnessmark/charts"
	"witnessmark/data/estimate"
	"witnessmark/data/frame"
	"witnessmark/data/motive"
	"witnessmark/data/predict"
	"witnessmark/views/desk"
)

// The options of a State on the motivation model itself.
const (
	ContextOption = "predictions.context" // name of the model's context in which shares and rates are shown; "" for that of training
	PartsOption   = "predictions.parts"   // "shares" of influence until it is "rates"
	RivalOption   = "predictions.rival"   // a second model, as for ModelOption, to be told apart from the first
	NodeOption    = "predictions.node"    // key of the graph's node that is pointed out
)

// PartsOf says how a state cuts up the mixture of an arm.
func PartsOf(s desk.State, arm string) predict.Parts {
	return predict.Parts{Arm: arm, Context: s.Option(ContextOption, ""), Acts: s.Option(PartsOption, "") == "rates"}
}

// asParts says what the stacked parts are.
func asParts(s desk.State, o *charts.Options, parts frame.Frame) {
	o.MeasureLabel, o.XLabel = "Predicted shares of patterns", "1 − observed rate of "+Spoken(s.Measure)
	if s.Option(PartsOption, "") == "rates" {
		o.MeasureLabel, o.XLabel = "Predicted rate of "+Spoken(s.Measure)+", what each pattern adds", "observed rate of "+Spoken(s.Measure)
		o.Title = proposeRate(Spoken(s.Measure), parts)
	}
	if parts.Col(predict.DeployedColumn) != nil && parts.Len() > 0 {
		if on, _, _ := parts.Num(predict.DeployedColumn, parts.Len()-1); on == 1 {
			o.StepLabel = "Training step, then deployment"
		}
	}
}

// proposeRate says what the parts add up to at the end.
func proposeRate(measure string, parts frame.Frame) string {
	sum, most, who, when := 0.0, -1.0, "", ""
	last := 0.0
	for row := range parts.Len() {
		step, _, _ := parts.Num("step", row)
		last = max(last, step)
	}
	for row := range parts.Len() {
		step, _, _ := parts.Num("step", row)
		v, _, ok := parts.Num(frame.Value, row)
		if step != last || !ok {
			continue
		}
		sum += v
		if v > most {
			most, who, when = v, parts.Text(predict.PatternColumn, row), parts.Text(predict.WhenColumn, row)
		}
	}
	if who == "" {
		return ""
	}
	return fmt.Sprintf("%s %s predicted at %s, most by %s", charts.Percent.Text(sum, 1000), measure, when, who)
}

// splits ranks the evaluations that would tell a state's model from its rival;
// without a rival, the patterns of the model that the data cannot tell apart.
func splits(ctx context.Context, x *estimate.Index, s desk.State) ([]frame.Frame, error) {
	o, c, err := computed(ctx, x, s)
	if err != nil {
		return nil, err
	}
	f, err := Splits(c, o, arm(o, s), s)
	if err != nil {
		return nil, err
	}
	return []frame.Frame{f}, nil
}

// Splits is the frame of the figure of that name, from what was computed.
func Splits(c *predict.Computed, o *predict.Observed, arm string, s desk.State) (frame.Frame, error) {
	text := s.Option(RivalOption, "")
	if text == "" {
		for _, g := range c.Identified.Groups {
			return c.SplitsFrame(g.Splits, predict.List(g.Names)), nil
		}
		return frame.Frame{}, fmt.Errorf("the data tell all patterns apart; choose a second model (%s) to be told from this one", RivalOption)
	}
	m, err := ReadModel(text)
	if err != nil {
		return frame.Frame{}, fmt.Errorf("the second model: %w", err)
	}
	p := c.Options
	p.Readings = nil // the rival reads the study in its own contexts
	rival, err := predict.Compute(m, o, p)
	if err != nil {
		return frame.Frame{}, fmt.Errorf("the second model: %w", err)
	}
	return c.SplitsFrame(c.Against(rival, arm), Spoken(c.Model.Name)+" and "+Spoken(rival.Model.Name)+", "+Spoken(arm)), nil
}

func asSplits(_ desk.State, _ Facts, o *charts.Options, answers []frame.Frame) []frame.Frame {
	o.By, o.Scale, o.Roles = predict.ContextColumn, charts.FreeScale, nil
	o.MeasureLabel, o.Context = "Expected gap in log score a sample (nats)", noteOf(answers[0], predict.FitNote)
	o.Source = motiveSource(o.Source)
	return answers
}

// graph is the causal graph of the state's model.
func graph(_ context.Context, _ *estimate.Index, s desk.State) ([]frame.Frame, error) {
	m, err := Model(s)
	if err != nil {
		return nil, err
	}
	return Graph(m, s.Option(NodeOption, "")), nil
}

// Graph is the frames of a model's causal graph, with the node of a key
// pointed out.
func Graph(m motive.Model, selected string) []frame.Frame {
	nodes, edges := predict.GraphFrames(m, selected)
	return []frame.Frame{nodes, edges}
}

func asGraph(_ desk.State, _ Facts, o *charts.Options, answers []frame.Frame) []frame.Frame {
	o.Roles, o.Scale, o.Context = nil, charts.FreeScale, ""
	o.Source = motiveSource("")
	return answers
}
