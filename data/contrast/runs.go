package contrast

import (
	"fmt"
	"maps"
	"math"
	"slices"
	"strings"

	"witnessmark/data"
	"witnessmark/data/column"
)

// A RunDiff is what tells some runs apart.
type RunDiff struct {
	Runs     []string   // names
	Differ   []RunField // the fields in which they differ, the telling ones first
	Equal    []RunField // those in which they do not
	Sentence string     // "these 3 runs differ only in condition and seed"
}

// A RunField is a field with its value in each run, "" for none. Of a field
// of evaluations, each value is the list of those that the run was evaluated
// under.
type RunField struct {
	Field      string
	Evaluation bool
	Values     []string
	Long       bool      // a text to read: show it when asked for
	Segments   []Segment // of two runs: the text of the first, changed into the second's
}

// telling are the fields that are listed before all others.
var telling = []string{data.Condition, data.TrainPrompt, data.Family, data.BaseModel, data.Method, data.Seed, data.Eval, data.EvalPrompt, data.Grader}

// DiffRuns compares runs, by name, in all their fields and in those of their
// evaluations. Name and source are not compared. The error names a run that
// is not there.
func DiffRuns(set *column.Set, names ...string) (RunDiff, error) {
	if len(names) < 2 {
		return RunDiff{}, fmt.Errorf("to tell runs apart, name two or more")
	}
	d := RunDiff{Runs: names}
	at := make([]int32, len(names))
	for i, name := range names {
		at[i] = int32(slices.IndexFunc(set.Runs, func(r column.Run) bool { return r.Name == name }))
		if at[i] < 0 {
			return d, fmt.Errorf("there is no run named %q in this study%s", name, nearRun(set, name))
		}
	}
	seen := evaluated(set, at)
	var all []map[string]string
	evaluation := map[string]bool{}
	for _, run := range at {
		fields := maps.Clone(set.Runs[run].Fields)
		if fields == nil {
			fields = data.Fields{}
		}
		for k, v := range seen[run].fields(set) {
			fields[k], evaluation[k] = v, true
		}
		if steps := seen[run].recorded(); steps != "" {
			fields[recordedSteps] = steps
		}
		all = append(all, fields)
	}
	for _, field := range fieldNames(all) {
		d.add(field, all, evaluation[field])
	}
	d.Sentence = d.words()
	return d, nil
}

func (d *RunDiff) add(field string, all []map[string]string, evaluation bool) {
	f := RunField{Field: field, Evaluation: evaluation}
	for _, fields := range all {
		v := fields[field]
		f.Values = append(f.Values, v)
		f.Long = f.Long || len(v) >= longText || strings.Contains(v, "\n")
	}
	if len(slices.Compact(slices.Clone(f.Values))) == 1 {
		d.Equal = append(d.Equal, f)
		return
	}
	if len(f.Values) == 2 && f.Long {
		f.Segments = DiffWords(f.Values[0], f.Values[1])
	}
	d.Differ = append(d.Differ, f)
}

// An evaluated run is what its cells say: the contexts and the steps.
type evaluatedRun struct {
	contexts map[int32]bool
	steps    map[float64]bool
	last     float64
}

// evaluated goes through the cells once.
func evaluated(set *column.Set, runs []int32) map[int32]*evaluatedRun {
	out := map[int32]*evaluatedRun{}
	for _, run := range runs {
		out[run] = &evaluatedRun{map[int32]bool{}, map[float64]bool{}, math.Inf(-1)}
	}
	for _, t := range set.Tables {
		for _, c := range t.Cells {
			e := out[c.Run]
			if e == nil {
				continue
			}
			e.contexts[c.Context] = true
			if !math.IsNaN(c.Step) {
				e.steps[c.Step] = true
				e.last = max(e.last, c.Step)
			}
		}
	}
	return out
}

// fields lists, by field, what a run was evaluated under.
func (e *evaluatedRun) fields(set *column.Set) map[string]string {
	values := map[string][]string{}
	for c := range e.contexts {
		for field, v := range set.Contexts[c].Fields {
			if !slices.Contains(values[field], v) {
				values[field] = append(values[field], v)
			}
		}
	}
	out := map[string]string{}
	for field, v := range values {
		slices.Sort(v)
		out[field] = strings.Join(v, ", ")
	}
	return out
}

// recordedSteps is the field that says which steps a run recorded.
const recordedSteps = "recorded steps"

// recorded says how many steps a run recorded, and up to which: "119 to 118".
func (e *evaluatedRun) recorded() string {
	if len(e.steps) == 0 {
		return ""
	}
	return fmt.Sprintf("%d to %v", len(e.steps), e.last)
}

func fieldNames(all []map[string]string) []string {
	var out []string
	for _, fields := range all {
		for name := range fields {
			if name != data.Run && name != data.Source && !slices.Contains(out, name) {
				out = append(out, name)
			}
		}
	}
	rank := func(name string) int {
		if i := slices.Index(telling, name); i >= 0 {
			return i
		}
		return len(telling)
	}
	slices.SortFunc(out, func(a, b string) int {
		if r := rank(a) - rank(b); r != 0 {
			return r
		}
		return strings.Compare(a, b)
	})
	return out
}

func (d RunDiff) words() string {
	names := make([]string, len(d.Differ))
	for i, f := range d.Differ {
		names[i] = spoken(f.Field)
	}
	these := fmt.Sprintf("these %d runs ", len(d.Runs))
	switch n := len(names); {
	case n == 0:
		return these + "differ in no field"
	case n > 8:
		return these + fmt.Sprintf("differ in %d fields, among them %s", n, list(names[:4]))
	}
	return these + "differ only in " + list(names)
}

// nearRun offers the runs whose names hold what was asked for.
func nearRun(set *column.Set, name string) string {
	var near []string
	for _, r := range set.Runs {
		if strings.Contains(strings.ToLower(r.Name), strings.ToLower(name)) && len(near) < 3 {
			near = append(near, r.Name)
		}
	}
	if near == nil && len(set.Runs) > 0 {
		return fmt.Sprintf("; its runs are called like %q", set.Runs[0].Name)
	}
	if near == nil {
		return ""
	}
	return "; did you mean " + strings.Join(near, " or ") + "?"
}
