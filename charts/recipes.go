package charts

import "witnessmark/data/frame"

// Recipes lists the recipes in the order in which they are offered.
var Recipes = []Recipe{
	{"dots", "Dots", "rate per condition with every seed, and differences from the baseline", []string{frame.Value}, one(Dots)},
	{"differences", "Differences", "difference of each condition from the baseline (forest plot)", []string{frame.Diff}, one(Differences)},
	{"lines", "Lines", "measure over checkpoints with every seed", []string{frame.Value, "step"}, withMore(Lines)},
	{"changes", "Changes", "change of every seed since a step, about no change", []string{frame.Diff, "step"}, one(Changes)},
	{"together", "Together", "two measures over checkpoints, one above the other", []string{frame.Value, "step"}, withMore(Together)},
	{"slope", "Slope", "every seed from the baseline to a condition, with those that move far", []string{frame.Value}, one(Slope)},
	{"matrix", "Matrix", "heat map of conditions by evals, with what was not run", []string{frame.Value}, one(Matrix)},
	{"scatter", "Scatter", "one measure against another with both intervals", []string{frame.Value}, withMore(Scatter)},
	{"coverage", "Coverage", "which checkpoints of which seeds are there", []string{"step"}, one(Coverage)},
	{"power", "Power", "smallest change that a number of seeds or items shows with 80 % power", []string{"units", "detectable"}, one(Power)},
	{"survival", "Survival", "share of seeds that have not yet passed a threshold (Kaplan–Meier)", []string{frame.Value, "step"}, one(Survival)},
	{"caught", "Caught", "hacks that a monitor flags and misses over checkpoints", []string{"caught", "uncaught", "step"}, one(Caught)},
	{"roc", "ROC", "recall by false positive rate of each monitor", []string{"fpr", "tpr"}, withMore(ROC)},
	{"pr", "Precision and recall", "precision by recall of each monitor", []string{"recall", "precision"}, withMore(PR)},
	{"drift", "Drift", "measures of a monitor over checkpoints, one above the other", []string{frame.Value, "step"}, withMore(Drift)},
	{"decomposition", "Decomposition", "how the parts of a change add up", []string{frame.Value}, one(Decomposition)},
	{"agreement", "Agreement", "labels of two raters, with κ", []string{frame.N}, withMore(Agreement)},
	{"patterns", "Patterns", "which monitors flag the same samples", []string{frame.N}, one(Patterns)},
	{"histogram", "Histogram", "scores of each class of samples, with the threshold", []string{"bin_lo", "bin_hi", frame.Value}, one(Histogram)},
	{"levels", "Levels", "measures over an ordered field, such as the CoT regime", []string{"level_at", frame.Value}, withMore(Levels)},
	{"tax", "Tax", "monitorability by capability, with the groups that no other beats", []string{frame.Value}, withMore(Tax)},
	{"calibration", "Calibration", "observed by forecast rates, over their counts", []string{"forecast", frame.Value}, one(Calibration)},
	{"shares", "Shares", "shares of the whole over checkpoints, hatched where not identified", []string{frame.Value, "step"}, withMore(Shares)},
	{"predicted", "Predicted", "observed by predicted rates with both intervals", []string{"predicted", frame.Value}, one(Predicted)},
	{"forecast", "Forecast", "predicted curves with bands over observed dots by checkpoint", []string{"predicted", "step"}, one(Forecast)},
	{"tornado", "Tornado", "how far each assumption moves an outcome", []string{frame.Lo, frame.Hi}, one(Tornado)},
	{"splits", "Splits", "which evaluations would tell two predictions apart, ranked", []string{frame.Value}, one(Splits)},
	{"graph", "Graph", "a causal graph from actions to selection, with weights", []string{"key"}, withMore(Graph)},
	{"mechanisms", "Mechanisms", "signs that mechanisms predict, and what was observed", []string{frame.Diff}, one(Mechanisms)},
}

// one fits a recipe that draws a single frame.
func one(make func(frame.Frame, Options) Spec) func(Options, ...frame.Frame) Spec {
	return func(o Options, f ...frame.Frame) Spec { return make(at(f, 0), o) }
}

// withMore fits a recipe that draws further frames beside the first.
func withMore(make func(frame.Frame, Options, ...frame.Frame) Spec) func(Options, ...frame.Frame) Spec {
	return func(o Options, f ...frame.Frame) Spec {
		if len(f) == 0 {
			return make(frame.Frame{}, o)
		}
		return make(f[0], o, f[1:]...)
	}
}
