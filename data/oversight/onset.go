package oversight

import (
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

// An OnsetQuestion asks when a measure of runs passes thresholds.
type OnsetQuestion struct {
	Where      query.Filter
	Steps      query.Window
	By         []string  // fields that make groups; nil for the condition
	Measure    string    // any measure; monitors are not needed
	Window     int       // recorded steps averaged, the step itself and those before it; 0 means 5
	Thresholds []float64 // as parts of the measure's scale; nil means 0.02 and 0.5
	Baseline   string    // value of By[0] that others are tested against; "" for none
	Level      float64   // of intervals; 0 means 0.95
}

func (q OnsetQuestion) window() int {
	if q.Window == 0 {
		return 5
	}
	return q.Window
}

func (q OnsetQuestion) thresholds() []float64 {
	if q.Thresholds == nil {
		return []float64{0.02, 0.5}
	}
	return q.Thresholds
}

// Onsets is when each run of each group passed each threshold.
type Onsets struct {
	OnsetQuestion
	groups []onsetGroup
	scale  [2]float64
	last   float64 // last step of the study
	first  float64
	notes  []frame.Note
}

type onsetGroup struct {
	values []string
	keys   []frame.Key
	runs   []trail
	lives  [][]stats.Lifetime // by threshold, of the runs
}

// A trail is a run's measure over steps.
type trail struct {
	run, seed     string
	steps, values []float64
}

// Onsets reads the measure of each run at each step. Errors are those of
// estimate.Index.Ask, and a measure whose scale is not known.
func (s Study) Onsets(ctx context.Context, q OnsetQuestion) (*Onsets, error) {
	o := &Onsets{OnsetQuestion: q, first: math.Inf(1), last: math.Inf(-1)}
	by := Question{By: q.By}.by()
	o.By = by
	var err error
	if o.scale, err = s.scale(q.Measure); err != nil {
		return nil, err
	}
	f, err := s.Index.Ask(ctx, query.Query{Where: q.Where, Steps: q.Steps, By: append(slices.Clone(by), data.Run, data.Step), Measures: []string{q.Measure}, Units: true})
	if err != nil {
		return nil, err
	}
	o.collect(f)
	for i := range o.groups {
		if err := o.live(&o.groups[i]); err != nil {
			return nil, err
		}
	}
	for _, n := range f.Notes {
		if n.Row < 0 && n.ID != "one-seed" {
			o.notes = append(o.notes, n)
		}
	}
	return o, nil
}

// scale is where a measure starts and ends.
func (s Study) scale(measure string) ([2]float64, error) {
	i := slices.IndexFunc(s.Index.Measures(), func(m estimate.Measure) bool { return m.Name == measure })
	if i < 0 {
		return [2]float64{0, 1}, nil // which asking will say
	}
	m := s.Index.Measures()[i]
	if m.Lo < m.Hi {
		return [2]float64{m.Lo, m.Hi}, nil
	}
	return [2]float64{}, fmt.Errorf("the scale of %s is not known, so a part of it is no threshold; set its range in the mapping of its file", measure)
}

// collect sorts the rows of an answer into runs; they come in the order of
// groups, runs and steps.
func (o *Onsets) collect(f frame.Frame) {
	at := map[string]int{}
	for i := range f.Len() {
		v, _, ok := f.Num(frame.Value, i)
		step := query.Text(f.Text(data.Step, i))
		if !ok || !step.Numeric || f.Text(frame.Reported, i) != "" {
			continue
		}
		values := texts(f, i, o.By)
		if grader := f.Key(i, data.Grader); grader != "" && !slices.Contains(o.By, data.Grader) {
			values = append(values, grader)
		}
		g, known := at[keyOf(values...)]
		if !known {
			g = len(o.groups)
			at[keyOf(values...)] = g
			o.groups = append(o.groups, onsetGroup{values: values, keys: o.keys(values)})
		}
		o.groups[g].add(f.Text(data.Run, i), f.Units[i], step.Num, v)
		o.first, o.last = min(o.first, step.Num), max(o.last, step.Num)
	}
}

func (o *Onsets) keys(values []string) []frame.Key {
	var out []frame.Key
	for i, v := range values {
		field := data.Grader
		if i < len(o.By) {
			field = o.By[i]
		}
		out = append(out, frame.Key{Field: field, Value: v})
	}
	return out
}

func (g *onsetGroup) add(run string, units []frame.Unit, step, v float64) {
	if n := len(g.runs); n == 0 || g.runs[n-1].run != run {
		g.runs = append(g.runs, trail{run: run})
	}
	t := &g.runs[len(g.runs)-1]
	if len(units) > 0 {
		t.seed = units[0].Seed
	}
	t.steps, t.values = append(t.steps, step), append(t.values, v)
}

// live finds the lifetime of each run under each threshold.
func (o *Onsets) live(g *onsetGroup) error {
	for _, share := range o.thresholds() {
		rule := stats.OnsetRule{Window: o.window(), Threshold: o.scale[0] + share*(o.scale[1]-o.scale[0])}
		var lives []stats.Lifetime
		for _, t := range g.runs {
			l, err := rule.Lifetime(t.steps, t.values)
			if err != nil {
				return fmt.Errorf("onset of %s: %w", t.run, err)
			}
			lives = append(lives, l)
		}
		g.lives = append(g.lives, lives)
	}
	return nil
}

func (o *Onsets) level() float64 { return Settings{Level: o.Level}.level() }

func (g onsetGroup) name() string { return strings.Join(g.values, ", ") }

// Table lists how many runs passed each threshold, and when: a row a group and
// threshold, with the fields of By, threshold, value, lo, hi, level, method, k
// and n (share of runs that passed), median, first and last (steps, of those
// that passed), and against the baseline chi2, p and p_holm (log-rank, 1
// degree of freedom; Holm over the groups at a threshold). Units are runs:
// Value is the onset, NaN where it never came.
func (o *Onsets) Table() frame.Frame {
	s := newSheet()
	base := slices.IndexFunc(o.groups, func(g onsetGroup) bool { return o.Baseline != "" && g.values[0] == o.Baseline })
	tests := make([][]float64, len(o.thresholds()))
	for _, g := range o.groups {
		for k, threshold := range o.thresholds() {
			s.row(g.keys)
			o.fields(s, g)
			s.num(ThresholdColumn, threshold)
			o.summary(s, g.lives[k])
			tests[k] = append(tests[k], o.against(s, g, base, k))
			s.units(g.onsets(k))
		}
	}
	for k := range tests {
		for i, p := range holm(tests[k]) {
			s.rows = i*len(tests) + k + 1
			why, _ := s.reasonAt(frame.P, s.rows-1)
			s.why(frame.PHolm, p, why)
		}
	}
	s.rows = len(o.groups) * len(tests)
	o.between(s)
	s.Notes = append(s.Notes, o.notes...)
	return s.done()
}

func (o *Onsets) fields(s *sheet, g onsetGroup) {
	for i, v := range g.values {
		if i < len(o.By) {
			s.text(o.By[i], v)
		} else {
			s.text(data.Grader, v)
		}
	}
}

func (o *Onsets) summary(s *sheet, lives []stats.Lifetime) {
	sum, err := stats.SummarizeOnsets(lives, o.level())
	x := counted(sum.Started, sum.Runs, sum.Reached, err)
	s.value(x, o.level())
	s.num(frame.Seeds, float64(len(lives)))
	for _, q := range []struct {
		name string
		v    stats.Quantity
	}{{"median", sum.Median}, {"first", sum.First}, {"last", sum.Last}} {
		s.quantity(q.name, q.v)
	}
}

// against tests a group against the baseline; it returns p, NaN for none.
func (o *Onsets) against(s *sheet, g onsetGroup, base, k int) float64 {
	none := func(why string) float64 {
		s.why("chi2", math.NaN(), why)
		s.why(frame.P, math.NaN(), why)
		return math.NaN()
	}
	switch {
	case base < 0:
		return none("no baseline is named")
	case o.groups[base].name() == g.name():
		return none("baseline")
	}
	t, err := stats.LogRank(g.lives[k], o.groups[base].lives[k])
	if err != nil {
		return none(stats.Reason(err))
	}
	s.num("chi2", t.Chi2)
	s.num(frame.P, t.P)
	return t.P
}

// onsets lists the runs of a group with their onset.
func (g onsetGroup) onsets(k int) []frame.Unit {
	out := make([]frame.Unit, len(g.runs))
	nan := math.NaN()
	for i, t := range g.runs {
		out[i] = frame.Unit{Run: t.run, Seed: t.seed, Value: nan, K: nan, N: nan, Pair: nan}
		if l := g.lives[k][i]; l.Event {
			out[i].Value = l.Time
		}
	}
	return out
}

// between notes how many runs pass the first threshold and never the last.
func (o *Onsets) between(s *sheet) {
	all := o.thresholds()
	if len(all) < 2 {
		return
	}
	n := 0
	for _, g := range o.groups {
		for i := range g.runs {
			n += btoi(g.lives[0][i].Event && !g.lives[len(all)-1][i].Event)
		}
	}
	if n > 0 {
		s.whole("between-thresholds", fmt.Sprintf("%s %s %s and never %s", count(n, o.noun()), passes(n), share(all[0]), share(all[len(all)-1])), false)
	}
}

// noun is what runs are called: seeds, where each has one.
func (o *Onsets) noun() string {
	for _, g := range o.groups {
		for _, t := range g.runs {
			if t.seed == "" {
				return "run"
			}
		}
	}
	return "seed"
}

// share writes a threshold with no more decimals than it has: "2 %".
func share(x float64) string { return decimal(math.Round(x*1e6)/1e4) + "\u00a0%" }

func passes(n int) string {
	if n == 1 {
		return "passes"
	}
	return "pass"
}

// Survival is the share of runs that have not passed a threshold (0, 1 …, in
// the order of Thresholds) over steps, by Kaplan and Meier: a row a group and
// step at which something happens, and the first and last step of the study,
// with the fields of By, step, value, lo, hi, level, method, n (runs), at_risk
// (runs still below after the step and still recorded; at the last step, all
// that never passed), events and censored.
func (o *Onsets) Survival(threshold int) frame.Frame {
	s := newSheet()
	for _, g := range o.groups {
		c, err := stats.KaplanMeier(g.lives[threshold], o.level())
		if err != nil {
			s.whole("no-curve", g.name()+" has no curve, because "+stats.Reason(err), false)
			continue
		}
		o.curve(s, g, c)
	}
	s.Notes = append(s.Notes, o.notes...)
	return s.done()
}

func (o *Onsets) curve(s *sheet, g onsetGroup, c stats.SurvivalCurve) {
	now := stats.SurvivalStep{Time: o.first, AtRisk: c.N, Survival: 1, Lo: noOnsetYet(), Hi: noOnsetYet()}
	if len(c.Steps) == 0 || c.Steps[0].Time > o.first {
		o.survivalRow(s, g, c, now)
	}
	for _, now = range c.Steps {
		now.AtRisk -= now.Events
		if now.Time < o.last {
			now.AtRisk -= now.Censored
		}
		o.survivalRow(s, g, c, now)
	}
	if now.Time < o.last {
		o.survivalRow(s, g, c, stats.SurvivalStep{Time: o.last, AtRisk: now.AtRisk, Survival: now.Survival, Lo: now.Lo, Hi: now.Hi})
	}
}

func noOnsetYet() stats.Quantity { return stats.Unknown("no run has passed the threshold yet") }

func (o *Onsets) survivalRow(s *sheet, g onsetGroup, c stats.SurvivalCurve, at stats.SurvivalStep) {
	s.row(g.keys)
	o.fields(s, g)
	s.num(data.Step, at.Time)
	s.num(frame.Value, at.Survival)
	s.quantity(frame.Lo, at.Lo)
	s.quantity(frame.Hi, at.Hi)
	s.num(frame.Level, c.Level)
	s.text(frame.Method, "Kaplan–Meier, log-log")
	s.num(frame.N, float64(c.N))
	s.num("at_risk", float64(at.AtRisk))
	s.num("events", float64(at.Events))
	s.num("censored", float64(at.Censored))
}

// Starts lists the runs with their onset at a threshold, for marks under a
// chart: the fields of By, seed, run and step (NaN where never). Keys lead to
// the run at that step.
func (o *Onsets) Starts(threshold int) frame.Frame {
	s := newSheet()
	for _, g := range o.groups {
		for _, u := range g.onsets(threshold) {
			keys := append(slices.Clone(g.keys), frame.Key{Field: data.Run, Value: u.Run})
			if u.Value == u.Value {
				keys = append(keys, frame.Key{Field: data.Step, Value: decimal(u.Value)})
			}
			s.row(keys)
			o.fields(s, g)
			s.text(data.Seed, u.Seed)
			s.text(data.Run, u.Run)
			s.why(data.Step, u.Value, "never")
		}
	}
	return s.done()
}
