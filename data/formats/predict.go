package formats

import (
	"cmp"
	"maps"
	"slices"

	"witnessmark/data"
)

// onlyPredicts tells whether the file holds predictions and no results: its
// rows then declare no runs.
func (p *plan) onlyPredicts() bool {
	return len(p.predict) > 0 && len(p.plain)+len(p.counts)+len(p.named)+len(p.labels)+len(p.texts) == 0
}

// predictorFields name who or what predicts, and authorFields who wrote it
// down and when: neither is part of the run that a prediction is about.
var (
	predictorFields = []string{"predictor", "motivation_model", "forecaster"}
	authorFields    = []string{"author", "made_at"}
)

// predict passes on a prediction. It is about a run where the row names one
// by its name or seed, else about a condition.
func (w *writer) predict(p predicted) {
	run, about := maps.Clone(w.fields[w.keys[p.run]]), w.about[p.ctx]
	out := data.Prediction{
		Model: fileName(w.file.Path), Condition: run[data.Condition], Eval: about[data.Eval], EvalPrompt: about[data.EvalPrompt],
		Metric: p.as, Quantity: "rate", Step: p.step, P: p.p[0], Lo: p.p[1], Hi: p.p[2], Author: run["author"], MadeAt: run["made_at"],
	}
	named := ""
	if w.plan.callsPredictorModel() {
		named = run[data.BaseModel]
		delete(run, data.BaseModel)
	}
	for _, f := range predictorFields {
		named = cmp.Or(run[f], named)
	}
	// Whoever is named predicts, whoever locks it later.
	out.Model, out.Author = cmp.Or(named, out.Model), cmp.Or(out.Author, named)
	for _, f := range slices.Concat(predictorFields, authorFields) {
		delete(run, f)
	}
	if run[data.Seed] != "" || run[data.Run] != "" && w.plan.byFile == "" {
		out.Run = w.plan.runKey(run)
	}
	w.to.Prediction(out)
}

// callsPredictorModel tells whether a list of predictions names in a column
// "model", beside none that is surer, what made them.
func (p *plan) callsPredictorModel() bool {
	return p.onlyPredicts() && slices.ContainsFunc(p.runCols, func(c fieldCol) bool {
		return c.as == data.BaseModel && plainName(p.names[c.col]) == "model"
	})
}
