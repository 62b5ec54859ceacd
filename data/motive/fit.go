package motive

import (
	"slices"

	"gonum.org/v1/gonum/optimize"

	"witnessmark/data/stats"
)

// A Cell is k of n observed in a context after steps of training.
type Cell struct {
	Context string
	Steps   int
	K, N    float64
	HeldOut bool // scored, never fitted
}

// An Arm is a group of runs that were trained alike: its contexts (which
// may differ from another arm's in selection and license) and what was
// observed of it. The patterns, priors and constants are those of one model.
type Arm struct {
	Name     string
	Contexts []Context // in place of the model's
	Cells    []Cell
}

// An Offset is the fitted log-prior offset of a group of patterns that act
// alike, relative to the first group.
type Offset struct {
	Patterns []int          // of the group, by index
	Estimate stats.Estimate // in nats; 0 leaves the model's own prior
	Learned  float64        // KL of what the data leave from the offset's own prior, in nats; near 0 the data say nothing
}

// A Fit is a model fitted to cells, with what the fit says of itself.
type Fit struct {
	Model      Model
	Eta        stats.Estimate // of η, from the curvature at the best fit
	Learned    float64        // KL of what the data leave of log η from its own prior, in nats
	Offsets    []Offset       // of every group but the first
	Dispersion stats.Estimate // ρ of the beta-binomial, 0 to 1: how alike samples of one cell are
	Likelihood float64        // log-likelihood of the fitted cells, in nats
	LogScore   float64        // mean over fitted cells, in nats per sample
	HeldOut    float64        // the same over held-out cells; NaN when there are none
	Flat       []string       // parameters that the data do not move
	Alike      [][]int        // patterns that the observed contexts cannot tell apart
	Divergence float64        // KL of the shares after the last step from the prior's, in nats, of the arm where it is greatest
}

// FitModel fits a model to cells in its own contexts; see FitArms.
func FitModel(m Model, cells []Cell) (Fit, error) {
	return FitArms(m, []Arm{{Name: m.Name, Contexts: m.Contexts, Cells: cells}}, nil)
}

// FitArms fits η and the log-prior offset of every group of patterns that
// acts alike (relative to the first group) to the cells of all arms, by
// maximizing the beta-binomial likelihood with Gaussian priors on log η and
// the offsets. Prior weights stay the user's: one study cannot identify them.
// The search is Nelder–Mead from the model as given, and has no randomness.
// An error of stop, asked at every step of it, ends it; nil for no end.
func FitArms(m Model, arms []Arm, stop func() error) (Fit, error) {
	f := fitting{model: m, stop: stop}
	if err := f.prepare(arms); err != nil {
		return Fit{}, err
	}
	start := make([]float64, 2+len(f.groups)-1)
	start[1] = logit(usualDispersion)
	best, err := optimize.Minimize(optimize.Problem{Func: f.loss}, start,
		&optimize.Settings{MajorIterations: 4000, FuncEvaluations: 8000}, &optimize.NelderMead{})
	if f.stopped != nil {
		return Fit{}, f.stopped
	}
	if err != nil && best == nil {
		return Fit{}, stats.Because("the fit found no maximum: %v", err)
	}
	return f.result(best.X), nil
}

// prepare checks the arms and finds what they can tell apart.
func (f *fitting) prepare(arms []Arm) error {
	if err := f.model.Check(); err != nil {
		return err
	}
	if f.model.Params.Eta <= 0 {
		return stats.Because("η starts at %v; give a positive starting value", f.model.Params.Eta)
	}
	var seen []Context
	fitted := 0
	for _, a := range arms {
		n, contexts, err := f.addArm(a)
		if err != nil {
			return err
		}
		seen = append(seen, contexts...)
		fitted += n
	}
	if fitted == 0 {
		return stats.Because("no cell with samples is left to fit")
	}
	f.groups = f.model.Alike(seen, 1e-9)
	return nil
}

// addArm takes an arm. It returns how many of its cells are fitted, and the
// contexts in which its patterns differ to the data: those observed, and those
// trained on, which decide how fast a pattern grows.
func (f *fitting) addArm(a Arm) (fitted int, seen []Context, err error) {
	own := fitArm{Arm: a, contexts: map[string]Context{}}
	for _, c := range a.Contexts {
		own.contexts[c.Name] = c
		if c.Training > 0 {
			seen = append(seen, c)
		}
	}
	for _, c := range a.Cells {
		context, ok := own.contexts[c.Context]
		if !ok {
			return 0, nil, stats.Because("the model has no context %q; add it, or leave its cells out", c.Context)
		}
		seen = append(seen, context)
		own.steps = append(own.steps, c.Steps)
		if !c.HeldOut && c.N > 0 {
			fitted++
		}
	}
	slices.Sort(own.steps)
	own.steps = slices.Compact(own.steps)
	for _, c := range a.Cells {
		i, _ := slices.BinarySearch(own.steps, c.Steps)
		own.at = append(own.at, i)
	}
	f.arms = append(f.arms, own)
	return fitted, seen, nil
}
