package charts

import "witnessmark/data/frame"

// Recipes lists the recipes in the order in which they are offered.
func Recipes() []Recipe {
	return []Recipe{
		{"dots", "Dots", "rate per condition with every seed, and differences from the baseline", []string{frame.Value}, one(Dots)},
		{"differences", "Differences", "difference of each condition from the baseline (forest plot)", []string{frame.Diff}, one(Differences)},
		{"lines", "Lines", "measure over checkpoints with every seed", []string{frame.Value, "step"}, withMore(Lines)},
	}
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
