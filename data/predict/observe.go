package predict

import (
	"context"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"witnessmark/data"
	"witnessmark/data/estimate"
	"witnessmark/data/frame"
	"witnessmark/data/motive"
	"witnessmark/data/query"
)

// A Question says which observations predictions are about.
type Question struct {
	Where    query.Filter
	Behavior string  // the measure that is predicted, a rate; "" for the study's first
	By       string  // field that tells the arms apart; "" for the condition
	Rewards  Rewards // measures of reward; guessed where it is zero
}

// Observed is what a study shows of one behavior.
type Observed struct {
	Question            // as it was understood
	Series   []Series   // by arm, seed, run, evaluation
	Arms     []ArmFacts // in natural order
	Notes    []string   // what was left out, in plain words
}

// ArmFacts are what a study says of one arm, besides its numbers.
type ArmFacts struct {
	Name        string
	Family      string // of the train prompt, stated or guessed from its name
	TrainPrompt string // full text, "" where there is none or runs differ
	Rephrased   bool   // trained on a pool of rephrased prompts
	Runs        int
}

// A Series is one run under one evaluation: what each checkpoint showed.
type Series struct {
	Run, Arm, Seed           string
	Eval, EvalPrompt, Grader string
	Steps                    []float64     // ascending; NaN where the study names no step
	Seen                     []motive.Step // parallel: acts of trials, and what was rewarded
	Rewarded                 bool          // rewards were recorded at each of them
}

// Observe asks the index for every run's counts of the behavior. Means
// without counts cannot be scored as rates: they are left out and said.
// Errors are those of estimate.Index.Ask, and one in plain words where no
// count is left.
func Observe(ctx context.Context, x *estimate.Index, q Question) (*Observed, error) {
	q, err := q.understood(x)
	if err != nil {
		return nil, err
	}
	o := &Observed{Question: q}
	f, err := x.Ask(ctx, query.Query{Where: q.Where, By: o.fields(), Measures: q.measures()})
	if err != nil {
		return nil, err
	}
	o.take(f)
	if len(o.Series) == 0 {
		return nil, fmt.Errorf("no run here has counts of %s; predictions are scored on k of n", q.Behavior)
	}
	if err := o.takeRewards(ctx, x); err != nil {
		return nil, err
	}
	return o, o.takeArms(ctx, x)
}

// understood fills in what a question leaves open.
func (q Question) understood(x *estimate.Index) (Question, error) {
	if q.By == "" {
		q.By = data.Condition
	}
	all := x.Measures()
	if q.Behavior == "" {
		i := slices.IndexFunc(all, func(m estimate.Measure) bool { return m.Rate && m.Monitor == "" })
		if i < 0 {
			return q, fmt.Errorf("the study has no rate to predict: no measure is counted as k of n, or 0 and 1")
		}
		q.Behavior = all[i].Name
	}
	if q.Rewards == (Rewards{}) {
		q.Rewards = GuessRewards(all, q.Behavior)
	}
	return q, nil
}

func (q Question) measures() []string {
	out := []string{q.Behavior}
	for _, name := range []string{q.Rewards.Act, q.Rewards.Rest, q.Rewards.Mean} {
		if name != "" && !slices.Contains(out, name) {
			out = append(out, name)
		}
	}
	return out
}

// fields are what series are told apart by, and the step.
func (q Question) fields() []string {
	out := []string{q.By, data.Seed, data.Run, data.Eval, data.EvalPrompt, data.Grader, data.Step}
	for i := len(out) - 1; i > 0; i-- {
		if slices.Contains(out[:i], out[i]) {
			out = slices.Delete(out, i, i+1)
		}
	}
	return out
}

// take makes series of the answer, whose rows of one series stand together
// and in the order of steps.
func (o *Observed) take(f frame.Frame) {
	without := map[string]bool{} // runs
	for row := range f.Len() {
		if f.Text(frame.Reported, row) != "" {
			continue
		}
		at := o.series(f, row)
		if f.Text(frame.Measure, row) != o.Behavior {
			o.takeReward(f, row, at)
			continue
		}
		k, _, okK := f.Num(frame.K, row)
		n, _, okN := f.Num(frame.N, row)
		if !okK || !okN || n <= 0 {
			without[at.Run] = true
			continue
		}
		s := o.open(at)
		s.Steps = append(s.Steps, stepOf(f.Text(data.Step, row)))
		s.Seen = append(s.Seen, motive.Step{Acts: k, Trials: n})
	}
	if len(without) > 0 {
		o.note("%d runs have values of %s that are no counts; they are left out", len(without), o.Behavior)
	}
}

func (o *Observed) note(format string, args ...any) {
	o.Notes = append(o.Notes, fmt.Sprintf(format, args...))
}

func (o *Observed) series(f frame.Frame, row int) Series {
	return Series{
		Run: f.Text(data.Run, row), Arm: f.Text(o.By, row), Seed: f.Text(data.Seed, row),
		Eval: f.Text(data.Eval, row), EvalPrompt: f.Text(data.EvalPrompt, row), Grader: f.Text(data.Grader, row),
	}
}

// open returns the last series if it is the one of at, else a new one.
func (o *Observed) open(at Series) *Series {
	if n := len(o.Series); n == 0 || !o.Series[n-1].same(at) {
		o.Series = append(o.Series, at)
	}
	return &o.Series[len(o.Series)-1]
}

func (s Series) same(o Series) bool {
	return s.Run == o.Run && s.Arm == o.Arm && s.Seed == o.Seed && s.circumstance() == o.circumstance()
}

func stepOf(text string) float64 {
	v, err := strconv.ParseFloat(text, 64)
	if err != nil {
		return math.NaN()
	}
	return v
}

// takeArms asks what the study says of each arm.
func (o *Observed) takeArms(ctx context.Context, x *estimate.Index) error {
	f, err := x.Ask(ctx, query.Query{Where: o.Where, By: []string{o.By, data.Family, data.TrainPrompt}})
	if err != nil {
		return err
	}
	o.Arms = armsOf(f, o.By)
	for i := range o.Arms {
		runs := map[string]bool{}
		for _, s := range o.Series {
			if s.Arm == o.Arms[i].Name {
				runs[s.Run] = true
			}
		}
		o.Arms[i].Runs = len(runs)
	}
	o.Arms = slices.DeleteFunc(o.Arms, func(a ArmFacts) bool { return a.Runs == 0 })
	return nil
}

// armsOf reads arms from rows of arm, family and train prompt.
func armsOf(f frame.Frame, by string) []ArmFacts {
	var out []ArmFacts
	for row := range f.Len() {
		a := ArmFacts{Name: f.Text(by, row), Family: f.Text(data.Family, row), TrainPrompt: f.Text(data.TrainPrompt, row)}
		if n := len(out); n > 0 && out[n-1].Name == a.Name { // runs of one arm differ
			out[n-1].TrainPrompt = ""
			continue
		}
		out = append(out, a)
	}
	for i, a := range out {
		stated := strings.ToLower(a.Family)
		out[i].Family = familyOf(stated, a.Name)
		out[i].Rephrased = hasWord(a.Name, "mix", "pool", "rephrased") || hasWord(stated, "mix", "pool", "rephrased")
	}
	return out
}

// Arm returns the facts of an arm.
func (o *Observed) Arm(name string) ArmFacts {
	for _, a := range o.Arms {
		if a.Name == name {
			return a
		}
	}
	return ArmFacts{Name: name}
}

// Keys lead from a series to its samples.
func (s Series) Keys(by string) []frame.Key {
	keys := []frame.Key{{Field: by, Value: s.Arm}}
	for _, k := range []frame.Key{{Field: data.Run, Value: s.Run}, {Field: data.Eval, Value: s.Eval}, {Field: data.EvalPrompt, Value: s.EvalPrompt}, {Field: data.Grader, Value: s.Grader}} {
		if k.Value != "" {
			keys = append(keys, k)
		}
	}
	return keys
}

// A dense series was recorded at so many steps that one of them alone says
// little, as training curves are.
const dense = 24

// window is how many recorded steps an observed rate is pooled over.
func (s Series) window() int {
	if len(s.Seen) > dense {
		return motive.ForecastWindow
	}
	return 1
}

// At pools the last recorded steps up to and including step: ten of a curve
// of more than 24 steps, else the one at the step. ok is false where the
// series has nothing there: no step at it, or none within the window.
func (s Series) At(step float64) (seen motive.Step, ok bool) {
	to := s.before(math.Nextafter(step, math.Inf(1)))
	from := max(0, to-s.window())
	if to == 0 || s.window() == 1 && s.Steps[to-1] != step || s.window() > 1 && s.Steps[len(s.Steps)-1] < step {
		return motive.Step{}, false
	}
	return motive.Pool(s.Seen[from:to]), true
}

// before counts the recorded steps below step.
func (s Series) before(step float64) int {
	n, _ := slices.BinarySearch(s.Steps, step)
	return n
}

// Last is the last recorded step, NaN where the study names none.
func (s Series) Last() float64 { return s.Steps[len(s.Steps)-1] }

// Final pools the last recorded steps: ten of a curve, else one.
func (s Series) Final() motive.Step { return motive.Pool(s.Seen[len(s.Seen)-s.window():]) }

// share is acts of trials, NaN without any.
func share(s motive.Step) float64 { return s.Acts / s.Trials }
