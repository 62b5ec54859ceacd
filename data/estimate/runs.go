package estimate

import (
	"context"
	"fmt"
	"math"
	"slices"

	"witnessmark/data"
	"witnessmark/data/frame"
	"witnessmark/data/query"
)

// Columns of the list of runs, beside those of estimates.
const (
	StepsColumn    = "steps"     // distinct steps recorded
	LastColumn     = "last_step" // the last of them
	OnsetColumn    = "onset"     // see Runs
	SetAsideColumn = "set_aside" // "yes" where the run is left out of answers
)

// The onset of a behavior is the first step at which the mean of that step
// and the four recorded before it passes 2 % of the scale.
const (
	onsetSteps = 5
	onsetShare = 0.02
)

// Runs lists the runs that the filter lets through, those set aside among
// them: name, condition, seed, the steps recorded, and if q names a measure,
// its value over the window, with an interval that is about this run only,
// and its onset over all steps; then status and every other field of runs.
// q.By is not used.
func (x *Index) Runs(ctx context.Context, q query.Query) (frame.Frame, error) {
	q.By = []string{data.Run}
	q.Measures = q.Measures[:min(1, len(q.Measures))]
	p, err := x.plan(q)
	if err != nil {
		return frame.Frame{}, err
	}
	p.wilson, p.aside = true, true
	s, err := p.scan(ctx)
	if err != nil {
		return frame.Frame{}, err
	}
	l := runList{scan: s, measured: map[int32]*row{}}
	if len(q.Measures) > 0 {
		if err := l.measure(ctx); err != nil {
			return frame.Frame{}, err
		}
	}
	return page(sorted(l.table(), q.Sort), q), nil
}

// A runList is the runs with what is measured of them.
type runList struct {
	*scan
	measured map[int32]*row
	curve    map[int32][]runValue // by run: the measure at each step
}

func (l *runList) measure(ctx context.Context) error {
	for _, r := range l.arrange() {
		if r.reported || len(r.runs) != 1 {
			continue
		}
		if err := ctx.Err(); err != nil {
			return err
		}
		if l.estimate(r); r.split > 1 {
			l.measured[r.runs[0].run] = blank(fmt.Sprintf("%d judges, not pooled", r.split))
			continue
		}
		l.measured[r.runs[0].run] = r
	}
	q := l.q
	q.By, q.Steps = []string{data.Run, data.Step}, query.Window{}
	p, err := l.x.plan(q)
	if err != nil {
		return err
	}
	p.aside = true
	s, err := p.scan(ctx)
	if err != nil {
		return err
	}
	l.curve = map[int32][]runValue{}
	for _, r := range s.arrange() {
		if !r.reported && len(r.runs) == 1 && r.split == 0 {
			l.curve[r.runs[0].run] = append(l.curve[r.runs[0].run], r.runs[0])
		}
	}
	return nil
}

func (l *runList) table() frame.Frame {
	f := frame.Frame{Keys: make([][]frame.Key, len(l.runs))}
	f.Columns = append(f.Columns, l.field(data.Run), l.field(data.Condition), l.field(data.Seed))
	f.Columns = append(f.Columns, l.steps()...)
	if len(l.q.Measures) > 0 {
		f.Columns = append(f.Columns, l.values()...)
	}
	f.Columns = append(f.Columns, l.field(data.Status))
	for _, name := range sortedKeys(l.x.fields) {
		if fl := l.x.fields[name]; fl.level == OfRun && len(fl.dict) > 1 && f.Col(name) == nil {
			f.Columns = append(f.Columns, l.field(name))
		}
	}
	aside := frame.Column{Name: SetAsideColumn, Text: make([]string, len(l.runs))}
	for i, run := range l.runs {
		f.Keys[i] = []frame.Key{{Field: data.Run, Value: l.x.set.Runs[run].Name}}
		if l.x.set.Runs[run].SetAside {
			aside.Text[i] = "yes"
		}
	}
	f.Columns = append(f.Columns, aside)
	return f
}

func (l *runList) field(name string) frame.Column {
	c := frame.Column{Name: name, Text: make([]string, len(l.runs))}
	if fl := l.x.fields[name]; fl.byRun != nil {
		for i, run := range l.runs {
			c.Text[i] = fl.dict[fl.byRun[run]].Text
		}
	}
	return c
}

// steps counts the steps that a run recorded, of anything.
func (l *runList) steps() []frame.Column {
	var number, last tally
	for _, run := range l.runs {
		var codes []int32
		for _, c := range l.x.cells[run] {
			if n := len(codes); !math.IsNaN(l.x.steps[c.step]) && (n == 0 || codes[n-1] != c.step) {
				codes = append(codes, c.step)
			}
		}
		number.add(float64(len(codes)), "")
		at := math.NaN()
		if len(codes) > 0 {
			at = l.x.steps[codes[len(codes)-1]]
		}
		last.add(at, "no step")
	}
	return []frame.Column{number.column(StepsColumn, ""), last.column(LastColumn, "steps")}
}

// values are the columns of the measure.
func (l *runList) values() []frame.Column {
	rows := make([]*row, len(l.runs))
	for i, run := range l.runs {
		if rows[i] = l.measured[run]; rows[i] == nil {
			rows[i] = blank("not recorded")
		}
	}
	var onset tally
	for _, run := range l.runs {
		onset.add(l.onset(run))
	}
	keep := []string{frame.Measure, frame.Value, frame.Lo, frame.Hi, frame.K, frame.N, frame.Excluded, frame.Method, frame.Grain}
	out := slices.DeleteFunc(l.estimates(rows), func(c frame.Column) bool { return !slices.Contains(keep, c.Name) })
	return append(out, onset.column(OnsetColumn, "steps"))
}

// blank is a row that has no value.
func blank(why string) *row {
	nan := math.NaN()
	return &row{value: nan, k: nan, n: nan, why: why}
}

// onset finds the first step at which the measure has set in.
func (l *runList) onset(run int32) (float64, string) {
	curve := l.curve[run]
	r := l.measured[run]
	switch {
	case r != nil && r.series == nil:
		return math.NaN(), r.why
	case r == nil || len(curve) < onsetSteps:
		return math.NaN(), "needs 5 steps"
	}
	lo, hi, ok := l.x.scale(l.measures[0], r.rate)
	if !ok {
		return math.NaN(), "the scale is not known"
	}
	for i := onsetSteps; i <= len(curve); i++ {
		if meanOf(curve[i-onsetSteps:i]) > lo+onsetShare*(hi-lo) {
			return curve[i-1].last, ""
		}
	}
	return math.NaN(), "never"
}
