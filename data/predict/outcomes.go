package predict

import (
	"math"
	"slices"
	"strings"

	"witnessmark/data"
	"witnessmark/data/frame"
	"witnessmark/data/motive"
	"witnessmark/data/stats"
)

// register collects the predictions of one standing by their outcomes.
type register struct {
	*registry
	at       map[string]int // index of each outcome
	outcomes []Outcome
	series   [][]Series // behind each outcome
	names    []string   // of forecasters, in the order in which they came
	said     []map[int]Stated
	stated   []Stated
}

func (g *register) add(s Stated, series []Series) {
	k := key(s, series)
	i, ok := g.at[k]
	if !ok {
		i = len(g.outcomes)
		g.at[k] = i
		g.outcomes = append(g.outcomes, g.outcome(s, series))
		g.series = append(g.series, series)
	}
	who := signature(s)
	f := slices.Index(g.names, who)
	if f < 0 {
		f = len(g.names)
		g.names, g.said = append(g.names, who), append(g.said, map[int]Stated{})
	}
	g.said[f][i] = s // of two, the later
	g.stated = append(g.stated, s)
}

// outcome is what was observed of the series at the prediction's step.
func (g *register) outcome(s Stated, series []Series) Outcome {
	at := series[0].circumstance()
	out := Outcome{Circumstance: at, Step: s.Step, Runs: len(series), Spread: math.NaN()}
	if s.Run != "" {
		out.Run, out.Seed = series[0].Run, series[0].Seed
	}
	out.rates = rates(series, s.Step)
	for _, x := range series {
		seen := observedAt(x, s.Step)
		out.K, out.N = out.K+seen.Acts, out.N+seen.Trials
	}
	out.Rate, _ = stats.Mean(out.rates)
	if se, err := stats.SE(out.rates); err == nil {
		out.Spread = se
	}
	out.Keys = series[0].Keys(g.o.By)
	if s.Run == "" {
		out.Keys = slices.DeleteFunc(out.Keys, func(k frame.Key) bool { return k.Field == data.Run })
	}
	return out
}

// rates are what each of some series showed at a step.
func rates(series []Series, step float64) []float64 {
	var out []float64
	for _, x := range series {
		out = append(out, share(observedAt(x, step)))
	}
	return out
}

func observedAt(s Series, step float64) motive.Step {
	if math.IsNaN(step) {
		return s.Final()
	}
	seen, _ := s.At(step)
	return seen
}

func (g *register) register(standing Standing, level float64) Register {
	var all []Forecaster
	for f, name := range g.names {
		one := g.blank(Forecaster{Name: name, Kind: kindOf(g.said[f])})
		for i, s := range g.said[f] {
			one.P[i], one.Lo[i], one.Hi[i] = s.P, s.Lo, s.Hi
		}
		all = append(all, one)
	}
	all = append(all, g.rivals()...)
	return Register{Standing: standing, Table: ScoreAll(g.outcomes, all, References, level), Stated: g.stated}
}

// signature names who predicts: a computed model, or the author of a stated
// prediction and what it was called.
func signature(s Stated) string {
	switch {
	case computedHere(s), s.Author == "" || s.Author == s.Model:
		return s.Model
	case s.Model == "":
		return s.Author
	}
	return s.Author + ", " + s.Model
}

func computedHere(s Stated) bool { return strings.Contains(s.Distribution, modelHash) }

// kindOf tells computed predictions, which carry the hash of their model, from
// those stated outside the program.
func kindOf(said map[int]Stated) Kind {
	for _, s := range said {
		if computedHere(s) {
			return OfModel
		}
	}
	return OfExpert
}

// blank makes a forecaster that says nothing yet.
func (g *register) blank(f Forecaster) Forecaster {
	none := func() []float64 {
		out := make([]float64, len(g.outcomes))
		for i := range out {
			out[i] = math.NaN()
		}
		return out
	}
	f.P, f.Lo, f.Hi = none(), none(), none()
	return f
}

// rivals are what can be said of the outcomes without a model. None of them
// sees the outcome itself.
func (g *register) rivals() []Forecaster {
	stays := g.blank(Forecaster{Name: string(Persistence), Kind: Persistence, Why: "nothing was recorded before"})
	condition := g.blank(Forecaster{Name: string(ConditionMean), Kind: ConditionMean, Why: "these are whole conditions"})
	grand := g.blank(Forecaster{Name: string(GrandMean), Kind: GrandMean, Why: "there is nothing else at these steps"})
	base := g.blank(Forecaster{Name: "as " + g.baseline, Kind: OfBaseline, Why: "these are the baseline"})
	for i, o := range g.outcomes {
		stays.P[i] = previous(g.series[i], o.Step)
		if o.Run != "" {
			condition.P[i] = g.meanOf(o, func(s Series) bool { return s.Arm == o.Arm && s.Run != o.Run })
			grand.P[i] = g.meanOf(o, func(s Series) bool { return s.Run != o.Run })
		} else {
			grand.P[i] = g.meanOf(o, func(s Series) bool { return s.Arm != o.Arm })
		}
		if o.Arm != g.baseline {
			base.P[i] = g.meanOf(o, func(s Series) bool { return s.Arm == g.baseline })
		}
	}
	return []Forecaster{stays, condition, grand, base}
}

// previous is the mean rate at the checkpoint before the one predicted (or
// the ten recorded steps before those of a curve), kept off 0 and 1; NaN
// where there is none.
func previous(series []Series, step float64) float64 {
	sum, n := 0.0, 0
	for _, s := range series {
		steps, _ := stepsAt(s, step)
		to := s.before(steps[0])
		if to == 0 {
			continue
		}
		sum += motive.Pool(s.Seen[max(0, to-s.window()):to]).Rate()
		n++
	}
	return sum / float64(n)
}

// meanOf is the mean rate of other series at the outcome's step and
// evaluation; NaN of none.
func (g *register) meanOf(o Outcome, in func(Series) bool) float64 {
	sum, n := 0.0, 0
	for _, s := range g.o.Series {
		if s.Eval != o.Eval || s.EvalPrompt != o.EvalPrompt || s.Grader != o.Grader || !in(s) {
			continue
		}
		if _, ok := stepsAt(s, o.Step); ok {
			sum, n = sum+share(observedAt(s, o.Step)), n+1
		}
	}
	return sum / float64(n)
}
