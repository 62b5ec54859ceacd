package estimate

import (
	"fmt"
	"slices"
	"strings"

	"witnessmark/data"
	"witnessmark/data/column"
	"witnessmark/data/query"
)

// A Level says what a field describes: the coarsest thing within which it
// cannot differ.
type Level uint8

// The levels.
const (
	OfRun     Level = iota // the training run
	OfContext              // the evaluation: eval, eval prompt, grader …
	OfStep                 // the checkpoint
	OfSample               // the single attempt
)

func (l Level) String() string { return [...]string{"run", "evaluation", "checkpoint", "sample"}[l] }

// Names of fields of samples that are no columns of their own.
const excludedField = "excluded"

// A field is known by name. Of runs and contexts it holds the values, as
// codes into dict, where code 0 is empty.
type field struct {
	name     string
	level    Level
	dict     []query.Value
	codes    map[string]int32
	byRun    []int32
	byCtx    []int32 // nil unless a context has it
	number   bool    // of a sample: a number that does not group
	identity bool    // tells runs or seeds apart, see markIdentities
}

// code interns a value. Equal numbers are one value, shown as the shortest of
// the ways in which they are written; names of runs are names.
func (f *field) code(text string) int32 {
	v, key := query.Text(text), text
	if f.name == data.Run {
		v = query.Value{Text: text}
	}
	if v.Numeric {
		key = "number " + query.Num(v.Num).Text
	}
	c, ok := f.codes[key]
	if !ok {
		c = int32(len(f.dict))
		f.codes[key], f.dict = c, append(f.dict, v)
	}
	if shown := f.dict[c].Text; len(text) < len(shown) || len(text) == len(shown) && text < shown {
		f.dict[c].Text = text
	}
	return c
}

// at returns the code in a context of a run: what the context says, or else
// what the run does.
func (f *field) at(run, ctx int32) int32 {
	if f.byCtx != nil && f.byCtx[ctx] != 0 {
		return f.byCtx[ctx]
	}
	if f.byRun != nil {
		return f.byRun[run]
	}
	return 0
}

func newField(name string, level Level) *field {
	return &field{name: name, level: level, codes: map[string]int32{"": 0}, dict: make([]query.Value, 1)}
}

// known are the fields that may be asked for even where no file has them:
// they are empty then.
var known = [...][]string{
	OfRun:     {data.Run, data.Condition, data.Seed, data.BaseModel, data.Method, data.TrainPrompt, data.Status, data.Source, data.Family},
	OfContext: data.ContextFields,
	OfStep:    {data.Step},
	OfSample:  {data.Item, data.Epoch, excludedField},
}

func (x *Index) listFields() {
	for level, names := range known {
		for _, name := range names {
			x.fields[name] = newField(name, Level(level))
		}
	}
	for i, r := range x.set.Runs {
		name := x.runField(data.Run)
		name.byRun[i] = name.code(r.Name)
		for _, name := range sortedKeys(r.Fields) {
			if name != data.Run {
				f := x.runField(name)
				f.byRun[i] = f.code(r.Fields[name])
			}
		}
	}
	for i, c := range x.set.Contexts {
		for _, name := range sortedKeys(c.Fields) {
			f := x.contextField(name)
			f.byCtx[i] = f.code(c.Fields[name])
		}
	}
	x.listSampleFields()
}

func (x *Index) runField(name string) *field {
	f := x.fields[name]
	if f == nil {
		f = newField(name, OfRun)
		x.fields[name] = f
	}
	if f.byRun == nil {
		f.byRun = make([]int32, len(x.set.Runs))
	}
	return f
}

func (x *Index) contextField(name string) *field {
	f := x.fields[name]
	if f == nil {
		f = newField(name, OfContext)
		x.fields[name] = f
	}
	if f.byCtx == nil {
		f.level, f.byCtx = OfContext, make([]int32, len(x.set.Contexts))
	}
	return f
}

func (x *Index) listSampleFields() {
	add := func(name string, number bool) {
		if f := x.fields[name]; f == nil || f.level == OfSample {
			f = newField(name, OfSample)
			f.number = number
			x.fields[name] = f
		}
	}
	for _, t := range x.set.Tables {
		for _, c := range t.Columns {
			if name, ok := measureName(c.ID, t.Attempts); ok {
				add(name, c.Code == nil || !t.Attempts)
			}
		}
	}
	for _, t := range x.set.Tables {
		for _, c := range t.Columns {
			if c.Kind == column.Label {
				add(c.Name, false)
			}
		}
	}
}

// find returns the field of a name or of its alias, nil if there is none.
func (x *Index) find(name string) *field {
	if f := x.fields[name]; f != nil {
		return f
	}
	return x.fields[x.set.Aliases[name]]
}

// An UnknownError says that a question names a field or measure that the
// study does not have.
type UnknownError struct {
	What string   // "field" or "measure"
	Name string   // as it was asked for
	Near []string // what may have been meant, the nearest first
}

func (e *UnknownError) Error() string {
	if e.Name == "" {
		return "this study has no " + e.What + "s; import results that have some"
	}
	text := fmt.Sprintf("there is no %s %q in this study", e.What, e.Name)
	if len(e.Near) == 0 {
		return text
	}
	return text + "; did you mean " + orList(e.Near) + "?"
}

func (x *Index) unknownField(name string) error {
	return &UnknownError{What: "field", Name: name, Near: near(name, append(sortedKeys(x.fields), sortedKeys(x.set.Aliases)...))}
}

func (x *Index) unknownMeasure(name string) error {
	return &UnknownError{What: "measure", Name: name, Near: near(name, sortedKeys(x.byName))}
}

// near returns at most three of the names that are spelled like name.
func near(name string, names []string) []string {
	type candidate struct {
		name string
		off  int
	}
	var found []candidate
	low := strings.ToLower(name)
	for _, n := range names {
		other := strings.ToLower(n)
		off := distance(low, other)
		if strings.Contains(other, low) || strings.Contains(low, other) && len(other) > 2 {
			off = min(off, 1)
		}
		if off <= max(1, len(low)/3) {
			found = append(found, candidate{n, off})
		}
	}
	slices.SortStableFunc(found, func(a, b candidate) int { return a.off - b.off })
	var out []string
	for _, c := range found[:min(3, len(found))] {
		out = append(out, c.name)
	}
	return out
}

// distance counts the letters to insert, delete or replace (Levenshtein).
func distance(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0] = i + 1
		for j := range len(b) {
			cost := diagonal
			if a[i] != b[j] {
				cost++
			}
			diagonal = row[j+1]
			row[j+1] = min(cost, row[j]+1, row[j+1]+1)
		}
	}
	return row[len(b)]
}

func orList(names []string) string { return list(names, "or") }

// list joins names as people do: "a, b and c".
func list(names []string, last string) string {
	n := len(names) - 1
	if n <= 0 {
		return strings.Join(names, "")
	}
	return strings.Join(names[:n], ", ") + " " + last + " " + names[n]
}
