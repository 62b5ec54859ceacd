package contrast

import (
	"context"
	"fmt"
	"math"
	"slices"
	"strings"

	"witnessmark/data"
	"witnessmark/data/column"
	"witnessmark/data/frame"
	"witnessmark/data/query"
	"witnessmark/data/stats"
)

// A Planned is a contrast that was set up, with what the data say of it now.
// Where several judges scored there is one a judge.
type Planned struct {
	Registered
	Query        query.Query // that it is computed by
	Judge        string      // "" where there is one, or none is named
	Found        string      // name of the measure
	Diff, Lo, Hi float64     // in the measure's scale; NaN where not estimable
	N            float64     // samples behind it
	Pairs        int         // 0 where nothing is paired
	By           string      // what is paired: "seed", "item" or ""
	P, Floor     float64     // NaN where not known
	Holm         float64     // over the confirmatory contrasts; NaN for an exploratory one
	Tested       *Margin     // against the margin; nil without one, and where it cannot be tested
	Sentence     string
	Verdict      Verdict
	Before       int    // views of it that were looked at before it was set up
	Standing     string // confirmatory or exploratory, and what takes away from it
	Why          string // it is not estimable
	Looks        []Look // for the ledger
}

// Answer says what a margin showed in a word or two: "equivalent", "not
// worse", "not shown"; "" without one.
func (p Planned) Answer() string {
	switch m := p.Tested; {
	case m == nil:
		return ""
	case m.Within:
		return "equivalent"
	case m.NotWorse:
		return "not worse"
	}
	return "not shown"
}

// Question is the question that a contrast is computed by: its own sides,
// measure, eval and pairing, and of q the filter, steps, level and method. A
// contrast of any measure takes q's.
func (r Registered) Question(q query.Query) query.Query {
	out := query.Query{
		Where: r.Within(q.Where), Steps: q.Steps, By: []string{data.Condition}, Measures: q.Measures,
		Baseline: r.Base, Pair: r.Pair, Level: q.Level, Method: q.Method,
	}
	if r.Measure != "" {
		out.Measures = []string{r.Measure}
	}
	return out
}

// Within holds a filter at the contrast's eval, or at its eval prompt.
func (r Registered) Within(f query.Filter) query.Filter {
	if field, value := r.scope(); field != "" {
		return f.Narrow(field, value)
	}
	return f
}

// scope is the field and the value that the contrast is about, "" for any.
func (r Registered) scope() (field, value string) {
	if r.Eval == "" {
		return "", ""
	}
	if prompt, ok := strings.CutPrefix(r.Eval, data.EvalPrompt+":"); ok {
		return data.EvalPrompt, prompt
	}
	return data.Eval, r.Eval
}

// holds tells whether a filter lets through what the contrast is about, and
// nothing else.
func (r Registered) holds(where query.Filter) bool {
	field, value := r.scope()
	chosen, _ := where.Chosen(field)
	return field == "" || len(chosen) == 1 && chosen[0] == value
}

// Planned computes every contrast that was set up, within the filter, steps,
// level and measure of q. What cannot be computed says why. The error is that
// of the context.
func (st Study) Planned(ctx context.Context, q query.Query) ([]Planned, error) {
	var out []Planned
	for _, r := range st.Saved {
		lines, err := st.planned(ctx, r, r.Question(q))
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		if err != nil {
			lines = []Planned{unplanned(r, r.Question(q), err.Error())}
		}
		out = append(out, lines...)
	}
	adjustPlanned(out)
	for i := range out {
		out[i].Before = st.before(out[i].Registered)
		out[i].Standing = st.standingOf(&out[i].Registered)
	}
	return out, nil
}

func unplanned(r Registered, q query.Query, why string) Planned {
	nan := math.NaN()
	p := Planned{Registered: r, Query: q, Diff: nan, Lo: nan, Hi: nan, N: nan, P: nan, Floor: nan, Holm: nan, Why: why, Verdict: NotCompared}
	p.Sentence = spoken(r.Base) + " → " + spoken(r.Of) + ": not estimable, because " + why
	if len(q.Measures) > 0 {
		p.Found = q.Measures[0]
	}
	return p
}

// planned computes one contrast, a line a judge.
func (st Study) planned(ctx context.Context, r Registered, q query.Query) ([]Planned, error) {
	if len(q.Measures) == 0 {
		return nil, fmt.Errorf("it names no measure")
	}
	f, err := st.Index.Ask(ctx, withoutBaseline(q))
	if err != nil {
		return nil, err
	}
	for _, name := range []string{r.Base, r.Of} {
		if why := st.absent(f, q, name); why != "" {
			return nil, fmt.Errorf("%s", why)
		}
	}
	if f, err = st.Index.Ask(ctx, q); err != nil {
		return nil, err
	}
	var out []Planned
	for i := range f.Len() {
		if f.Key(i, data.Condition) != r.Of || f.Text(frame.Reported, i) != "" {
			continue
		}
		p, err := st.plannedRow(ctx, r, q, f.Keys[i])
		if err != nil {
			return nil, err
		}
		p.Looks = st.Looks(q, f.Select([]int{i}))
		out = append(out, p)
	}
	if out == nil {
		return nil, fmt.Errorf("there are reported numbers only, which are not compared")
	}
	return out, nil
}

func withoutBaseline(q query.Query) query.Query {
	q.Baseline, q.Pair = "", query.PairAuto
	return q
}

// absent says why a condition is not in an answer, "" where it is.
func (st Study) absent(f frame.Frame, q query.Query, name string) string {
	if find(f, []frame.Key{{Field: data.Condition, Value: name}}) >= 0 {
		return ""
	}
	if st.Set != nil && !slices.ContainsFunc(st.Set.Runs, func(r column.Run) bool { return r.Fields[data.Condition] == name }) {
		return "the study has no condition " + spoken(name)
	}
	if st.Set != nil && !slices.ContainsFunc(st.Set.Runs, func(r column.Run) bool { return r.Fields[data.Condition] == name && !r.SetAside }) {
		return "all runs of " + spoken(name) + " are set aside"
	}
	if q.Where.IsZero() {
		return spoken(name) + " has no results of " + spoken(q.Measures[0]) + " at these steps"
	}
	return "nothing of " + spoken(name) + " passes the filter " + q.Where.String()
}

func (st Study) plannedRow(ctx context.Context, r Registered, q query.Query, keys []frame.Key) (Planned, error) {
	c, err := st.compare(ctx, q, keys)
	if err != nil {
		return Planned{}, err
	}
	p := unplanned(r, q, "")
	p.Judge, p.Found = c.f.Key(c.row, data.Grader), c.m.Name
	p.Sentence, p.Verdict = c.sentence(), c.verdict()
	d, why, ok := c.f.Num(frame.Diff, c.row)
	if !ok || c.base < 0 {
		if why == "" {
			why = "the baseline has no value here"
		}
		p.Why = why
		return p, nil
	}
	p.Diff, p.Lo, p.Hi, p.N = d, c.num(frame.DiffLo), c.num(frame.DiffHi), c.num(frame.N)
	p.P, p.Floor, p.By = c.num(frame.P), c.num(frame.PFloor), c.by
	if pairs := c.num(frame.Pairs); pairs > 0 {
		p.Pairs = int(pairs)
	}
	if r.Margin > 0 {
		if m, err := c.within(r.Margin); err == nil {
			p.Tested = &m
		}
	}
	return p, nil
}

// adjustPlanned fills in p by Holm over the confirmatory contrasts: the
// family that was declared.
func adjustPlanned(all []Planned) {
	var family []int
	var p []float64
	for i, one := range all {
		if one.Confirmatory && !math.IsNaN(one.P) {
			family, p = append(family, i), append(p, one.P)
		}
	}
	for i, adjusted := range stats.Holm(p) {
		all[family[i]].Holm = adjusted
	}
}

// Words write the numbers of a planned contrast, in the way of its measure.
func (st Study) Words(p Planned) (diff, interval, unit, margin string) {
	w := wordsOf(st.measure(p.Found))
	if p.Margin > 0 {
		margin = "±" + w.about(p.Margin) + w.points()
	}
	if math.IsNaN(p.Diff) {
		return "", "", w.points(), margin
	}
	diff = w.change(p.Diff, p.N)
	if !math.IsNaN(p.Lo) && !math.IsNaN(p.Hi) {
		interval = w.interval(p.Lo, p.Hi, p.N, true)
	}
	return diff, interval, w.points(), margin
}
