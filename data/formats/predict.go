package formats

import (
	"cmp"

	"witnessmark/data"
)

// onlyPredicts tells whether the file holds predictions and no results: its
// rows then declare no runs.
func (p *plan) onlyPredicts() bool {
	return len(p.predict) > 0 && len(p.plain)+len(p.counts)+len(p.named)+len(p.labels)+len(p.texts) == 0
}

// predictorFields name who or what predicts, and when.
var predictorFields = []string{"predictor", "motivation_model", "forecaster"}

// predict passes on a prediction. It is about a run where the row names one
// by its name or seed, else about a condition.
func (w *writer) predict(p predicted) {
	run, about := w.fields[w.keys[p.run]], w.about[p.ctx]
	out := data.Prediction{
		Model: fileName(w.file.Path), Condition: run[data.Condition], Eval: about[data.Eval], EvalPrompt: about[data.EvalPrompt],
		Metric: p.as, Quantity: "rate", Step: p.step, P: p.p[0], Lo: p.p[1], Hi: p.p[2], Author: run["author"], MadeAt: run["made_at"],
	}
	for _, f := range predictorFields {
		out.Model = cmp.Or(run[f], out.Model)
	}
	if run[data.Seed] != "" || run[data.Run] != "" && w.plan.byFile == "" {
		out.Run = w.keys[p.run]
	}
	w.to.Prediction(out)
}
