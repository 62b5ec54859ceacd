package contrast

import (
	"cmp"
	"context"
	"fmt"
	"math"
	"slices"
	"strings"

	"witnessmark/data"
	"witnessmark/data/estimate"
	"witnessmark/data/frame"
	"witnessmark/data/query"
	"witnessmark/data/stats"
)

// Judges says how far two judges of one measure agree: on runs that both
// scored, on samples that both scored, and in the order of the groups.
type Judges struct {
	First, Second string
	Runs          int     // that both scored
	Diff, Lo, Hi  float64 // mean over these runs, second less first; NaN where not estimable
	Samples       int     // that both scored
	Kappa         stats.Kappa
	KappaWhy      string // there is no κ
	Ranks         []Rank // groups that both scored
	Tau           float64
	Text          []string
}

// A Rank is a group's place by either judge, 1 the highest.
type Rank struct {
	Name            string
	First, Second   float64
	FirstAt, NextAt int
}

// mostJudges are compared with each other; more make too many pairs to read.
const mostJudges = 5

// JudgesAgree compares the judges of the first of q's measures two by two.
// Nothing is returned where one judge scored. Errors are those of Ask.
func (st Study) JudgesAgree(ctx context.Context, q query.Query) ([]Judges, error) {
	q = withoutBaseline(q)
	scored := slices.ContainsFunc(st.Index.Fields(), func(f estimate.Field) bool { return f.Name == data.Grader })
	if len(q.By) == 0 || len(q.Measures) == 0 || q.By[0] == data.Grader || !scored {
		return nil, nil
	}
	q.By, q.Measures, q.Units, q.Sort, q.Limit, q.Offset = []string{q.By[0], data.Grader}, q.Measures[:1], true, nil, 0, 0
	f, err := st.Index.Ask(ctx, q)
	if err != nil {
		return nil, err
	}
	var names []string
	for i := range f.Len() {
		if g := f.Key(i, data.Grader); g != "" && !slices.Contains(names, g) && f.Text(frame.Reported, i) == "" && num(f, frame.Seeds, i) > 0 {
			names = append(names, g)
		}
	}
	var out []Judges
	for i, first := range names[:min(len(names), mostJudges)] {
		for _, second := range names[i+1 : min(len(names), mostJudges)] {
			j := Judges{First: first, Second: second}
			if err := st.judgesAgree(ctx, q, f, &j); err != nil {
				return nil, err
			}
			out = append(out, j)
		}
	}
	return out, nil
}

func (st Study) judgesAgree(ctx context.Context, q query.Query, f frame.Frame, j *Judges) error {
	j.byRun(f, q.LevelOr())
	j.order(f, q.By[0])
	if err := st.bySample(ctx, q, j); err != nil {
		return err
	}
	j.Text = j.words(wordsOf(st.measure(q.Measures[0])))
	return nil
}

// byRun pairs the runs that both scored.
func (j *Judges) byRun(f frame.Frame, level float64) {
	values := map[string]map[string]float64{j.First: {}, j.Second: {}}
	var order []string
	for i := range f.Len() {
		of := values[f.Key(i, data.Grader)]
		if of == nil || f.Text(frame.Reported, i) != "" {
			continue
		}
		for _, u := range f.Units[i] {
			if math.IsNaN(u.Value) {
				continue
			}
			of[u.Run] = u.Value
			order = append(order, u.Run)
		}
	}
	slices.Sort(order)
	var a, b []float64
	for _, run := range slices.Compact(order) {
		x, okX := values[j.First][run]
		y, okY := values[j.Second][run]
		if okX && okY {
			a, b = append(a, x), append(b, y)
		}
	}
	j.Runs, j.Diff, j.Lo, j.Hi = len(a), math.NaN(), math.NaN(), math.NaN()
	if len(a) == 0 {
		return
	}
	e, err := stats.SeedMean(stats.Differences(a, b), level)
	j.Diff = mean(b) - mean(a)
	if err == nil {
		j.Lo, j.Hi = e.Lo, e.Hi
	}
}

// order ranks the groups by either judge.
func (j *Judges) order(f frame.Frame, by string) {
	value := func(name, judge string) float64 {
		return num(f, frame.Value, find(f, []frame.Key{{Field: by, Value: name}, {Field: data.Grader, Value: judge}}))
	}
	for i := range f.Len() {
		name := f.Key(i, by)
		r := Rank{Name: name, First: value(name, j.First), Second: value(name, j.Second)}
		if !math.IsNaN(r.First+r.Second) && !slices.ContainsFunc(j.Ranks, func(o Rank) bool { return o.Name == name }) {
			j.Ranks = append(j.Ranks, r)
		}
	}
	var a, b []float64
	for _, r := range j.Ranks {
		a, b = append(a, r.First), append(b, r.Second)
	}
	for i := range j.Ranks {
		j.Ranks[i].FirstAt, j.Ranks[i].NextAt = placeOf(a, i), placeOf(b, i)
	}
	slices.SortStableFunc(j.Ranks, func(a, b Rank) int { return cmp.Compare(a.FirstAt, b.FirstAt) })
	j.Tau = math.NaN()
	if t, err := stats.KendallTauB(a, b); err == nil {
		if v, err := t.Tau.Value(); err == nil && len(a) > 2 {
			j.Tau = v
		}
	}
}

// placeOf is a value's place among all, 1 for the highest.
func placeOf(values []float64, i int) int {
	place := 1
	for _, v := range values {
		if v > values[i] {
			place++
		}
	}
	return place
}

// bySample computes κ over the samples that both judges scored: the same
// attempt, of one run, step, item and epoch. Prompts of the eval are gone
// through one by one, since an item is asked under each of them.
func (st Study) bySample(ctx context.Context, q query.Query, j *Judges) error {
	q.By, q.Baseline, q.Units = []string{data.Grader}, j.First, false
	table := [][]int{{0, 0}, {0, 0}}
	for _, where := range st.byEvalPrompt(q.Where) {
		one := q
		one.Where = where
		pairs, err := st.Index.PairItems(ctx, one, j.Second)
		switch {
		case ctx.Err() != nil:
			return ctx.Err()
		case err != nil: // nothing that both have
			continue
		case !pairs.Rate:
			j.KappaWhy = "κ needs verdicts of yes or no"
			return nil
		}
		for _, p := range pairs.Pairs {
			sameTries(p, table)
		}
	}
	for _, row := range table {
		j.Samples += row[0] + row[1]
	}
	if j.Samples == 0 {
		j.KappaWhy = "no sample was scored by both"
		return nil
	}
	k, err := stats.CohensKappa(table, q.LevelOr())
	j.Kappa = k
	if err != nil {
		j.KappaWhy = err.Error()
		if none, ok := err.(*stats.NotEstimable); ok {
			j.KappaWhy = none.Why
		}
	}
	return nil
}

// byEvalPrompt holds a filter at each of the eval prompts of the study.
func (st Study) byEvalPrompt(where query.Filter) []query.Filter {
	var prompts []string
	if st.Set != nil {
		for _, c := range st.Set.Contexts {
			if p := c.Fields[data.EvalPrompt]; p != "" && !slices.Contains(prompts, p) {
				prompts = append(prompts, p)
			}
		}
	}
	if chosen, _ := where.Chosen(data.EvalPrompt); len(prompts) < 2 || len(chosen) > 0 && len(chosen) < 2 {
		return []query.Filter{where}
	}
	var out []query.Filter
	for _, p := range prompts {
		out = append(out, where.With(query.Filter{}.Narrow(data.EvalPrompt, p)))
	}
	return out
}

// sameTries counts the attempts of a pair that are the same attempt.
func sameTries(p estimate.ItemPair, table [][]int) {
	type place struct {
		run   string
		step  float64
		epoch int
	}
	first := map[place]float64{}
	for _, t := range p.Base {
		first[place{t.Run, t.Step, t.Epoch}] = t.Value
	}
	for _, t := range p.Own {
		if v, ok := first[place{t.Run, t.Step, t.Epoch}]; ok && (v == 0 || v == 1) && (t.Value == 0 || t.Value == 1) {
			table[int(v)][int(t.Value)]++
		}
	}
}

func (j *Judges) words(w words) []string {
	var out []string
	pair := j.Second + " less " + j.First
	switch {
	case j.Runs == 0:
		out = append(out, "No run was scored by both "+j.First+" and "+j.Second+", so a difference between conditions that one judge scored cannot be told from one between judges.")
	case math.IsNaN(j.Lo):
		out = append(out, fmt.Sprintf("%s: %s%s over %s, no interval.", pair, w.change(j.Diff, 0), w.points(), count(j.Runs, "run")))
	default:
		out = append(out, fmt.Sprintf("%s: %s%s %s over %s that both scored.", pair, w.change(j.Diff, 0), w.points(), w.interval(j.Lo, j.Hi, 0, true), count(j.Runs, "run")))
	}
	if j.KappaWhy != "" {
		out = append(out, "κ is not estimable, because "+j.KappaWhy+".")
	} else {
		two := func(v float64) string { return signed(v, decimal(math.Abs(v), 2), false) }
		out = append(out, fmt.Sprintf("κ %s [%s, %s] over %s that both scored; %s alike, %s expected by chance.", two(j.Kappa.Value), two(j.Kappa.Lo), two(j.Kappa.Hi),
			count(j.Samples, "sample"), percent(j.Kappa.Agreement), percent(j.Kappa.Chance)))
	}
	return append(out, j.rankWords()...)
}

// rankWords say which groups change places.
func (j *Judges) rankWords() []string {
	if len(j.Ranks) < 2 {
		return nil
	}
	var moved []string
	for _, r := range j.Ranks {
		if r.FirstAt != r.NextAt {
			moved = append(moved, fmt.Sprintf("%s from place %d to %d", spoken(r.Name), r.FirstAt, r.NextAt))
		}
	}
	text := fmt.Sprintf("Both put the %s in the same order.", count(len(j.Ranks), "group"))
	if moved != nil {
		text = "The order of groups changes: " + strings.Join(moved, ", ") + "."
	}
	if !math.IsNaN(j.Tau) {
		text += " Kendall's τ " + signed(j.Tau, decimal(math.Abs(j.Tau), 2), false) + "."
	}
	return []string{text}
}
