package predict

import (
	"math"
	"slices"

	"witnessmark/data"
	"witnessmark/data/column"
)

// Arrivals say when the values of a behavior were imported.
type Arrivals map[arrival]string

type arrival struct {
	run, eval, prompt, grader string
	step                      uint64
}

// Earlier is values of a run that a study had and that were taken back or
// replaced since. Whoever locks a prediction then may have seen them.
type Earlier struct {
	Run      string // key of the run
	Context  data.Fields
	Behavior string
	Last     float64 // last step that was there; NaN for values of no step
	At       string  // when they were imported, RFC 3339 in UTC
}

// Arrived reads off a set when each value of a behavior was imported. At
// gives the time of each import by its id, RFC 3339 in UTC. Of a value that
// came twice the first time counts, also where it was taken back in between.
func Arrived(set *column.Set, at map[int64]string, earlier []Earlier, behavior string) Arrivals {
	out := Arrivals{}
	for _, t := range set.Tables {
		if !slices.ContainsFunc(t.Columns, func(c column.Column) bool { return c.Name == behavior }) {
			continue
		}
		for _, c := range t.Cells {
			key := arrivalOf(set.Runs[c.Run], set.Contexts[c.Context].Fields)
			key.step = bits(c.Step)
			if was, ok := out[key]; !ok || at[t.Import] < was {
				out[key] = at[t.Import]
			}
		}
	}
	out.since(set, earlier, behavior)
	return out
}

// since moves values forward to when they first came. What was taken back is
// known by its last step, so all steps up to it count as seen.
func (a Arrivals) since(set *column.Set, earlier []Earlier, behavior string) {
	runs := map[string]column.Run{}
	for _, r := range set.Runs {
		runs[r.Key] = r
	}
	was := map[arrival][]Earlier{}
	for _, e := range earlier {
		if r, ok := runs[e.Run]; ok && e.Behavior == behavior {
			of := arrivalOf(r, e.Context)
			was[of] = append(was[of], e)
		}
	}
	for key, at := range a {
		of := key
		of.step = 0
		for _, e := range was[of] {
			if e.covers(key.step) && e.At < at {
				at = e.At
			}
		}
		a[key] = at
	}
}

func (e Earlier) covers(step uint64) bool {
	if step == math.MaxUint64 {
		return math.IsNaN(e.Last)
	}
	return math.Float64frombits(step) <= e.Last
}

// arrivalOf is of a run's values in a context, at no step yet.
func arrivalOf(run column.Run, context data.Fields) arrival {
	field := func(name string) string { return first(context[name], run.Fields[name]) }
	return arrival{run: run.Name, eval: field(data.Eval), prompt: field(data.EvalPrompt), grader: field(data.Grader)}
}

func bits(step float64) uint64 {
	if math.IsNaN(step) {
		return math.MaxUint64
	}
	return math.Float64bits(step + 0) // −0 is 0
}

// of returns when the first of a series' values at the steps was imported, ""
// where that is not known.
func (a Arrivals) of(s Series, steps []float64) string {
	earliest := ""
	for _, step := range steps {
		when := a[arrival{s.Run, s.Eval, s.EvalPrompt, s.Grader, bits(step)}]
		if when != "" && (earliest == "" || when < earliest) {
			earliest = when
		}
	}
	return earliest
}
