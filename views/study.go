package views

import (
	"context"
	"encoding/hex"
	"encoding/json"
	"math"
	"path/filepath"
	"slices"
	"strings"

	"witnessmark/charts"
	"witnessmark/data"
	"witnessmark/data/column"
	"witnessmark/data/estimate"
	"witnessmark/data/formats"
	"witnessmark/data/frame"
	"witnessmark/data/motive"
	"witnessmark/data/predict"
	"witnessmark/data/query"
	"witnessmark/data/store"
	"witnessmark/views/desk"
	"witnessmark/views/figure"
	"witnessmark/views/part"
)

// A Study is what the window asks of an open study; *store.Store is one.
// Answers come from the state of the study at the time of the call.
type Study interface {
	Path() string
	ReadOnly() bool
	Revision(ctx context.Context) (int64, error)
	Ask(ctx context.Context, q query.Query) (frame.Frame, error)
	Index(ctx context.Context) (*estimate.Index, error)
	Set(ctx context.Context) (*column.Set, error)
	Styles(ctx context.Context, field string) ([]store.Style, error)
	SetStyle(ctx context.Context, st store.Style) error
	Import(ctx context.Context, f formats.File, format formats.Format, m formats.Mapping, progress func(store.Progress)) (store.Report, error)
	DryRun(ctx context.Context, f formats.File, format formats.Format, m formats.Mapping, progress func(store.Progress)) (store.Report, error)
	Forget(ctx context.Context, importID int64) error
	Remember(ctx context.Context, folder string, m formats.Mapping) error
	Mapping(ctx context.Context, folder string) (m formats.Mapping, ok bool, err error)
	Imports(ctx context.Context) ([]store.Imported, error)
	Prompts(ctx context.Context) ([]store.Prompt, error)
	SetAside(ctx context.Context, runs []int64, aside bool) error
	Kept(ctx context.Context) (predict.Kept, error)
	KeepModel(ctx context.Context, m motive.Model) error
	AddPredictions(ctx context.Context, all []data.Prediction) ([]int64, error)
	ChangePrediction(ctx context.Context, id int64, p data.Prediction) error
	DeletePrediction(ctx context.Context, id int64) error
	Lock(ctx context.Context, ids []int64, author string) error
	SavedViews(ctx context.Context) ([]store.SavedView, error)
	SaveView(ctx context.Context, name string, state json.RawMessage) error
	DeleteView(ctx context.Context, name string) error
	Boarding
	ModelKeeper
	Close() error
}

var _ Study = (*store.Store)(nil)

// Facts are what is known of a study as a whole, at one revision. They are
// read once after each change and never written to.
type Facts struct {
	Path       string
	Revision   int64
	Set        *column.Set
	Measures   []estimate.Measure
	Conditions []string // in the order of their styles
	Fields     []Field  // of runs and contexts, those with a meaning first
	Roles      map[string]charts.Role
	Imports    figure.Imports
	Elicited   map[string]figure.Elicited // see figure.Facts
	Judges     map[string][]string        // see figure.Judges
	byName     map[string]int             // run name → place in Set.Runs
	steps      int                        // distinct pairs of run and step
	longest    int                        // most steps of a run
	figures    int                        // pinned, on all boards
}

// A Field is a field of runs or contexts with the values it has.
type Field struct {
	Name      string
	OfContext bool
	Values    []string // distinct, in natural order
}

var noFacts = &Facts{Set: &column.Set{}, Roles: map[string]charts.Role{}}

// ReadFacts reads a study's facts.
func ReadFacts(ctx context.Context, s Study) (*Facts, error) {
	index, err := s.Index(ctx)
	if err != nil {
		return nil, err
	}
	f := &Facts{Path: s.Path(), Roles: map[string]charts.Role{}, Measures: index.Measures()}
	if f.Set, err = s.Set(ctx); err != nil {
		return nil, err
	}
	if f.Revision, err = s.Revision(ctx); err != nil {
		return nil, err
	}
	styles, err := s.Styles(ctx, data.Condition)
	if err != nil {
		return nil, err
	}
	for _, st := range styles {
		f.Roles[st.Value] = charts.Role(st.Role)
	}
	prompts, err := s.Prompts(ctx)
	if err != nil {
		return nil, err
	}
	f.Elicited, f.Judges = figure.Stated(prompts), figure.Judges(f.Set)
	f.readRuns()
	f.readFields()
	f.readConditions(styles)
	return f, f.readImports(ctx, s)
}

func (f *Facts) readImports(ctx context.Context, s Study) error {
	all, err := s.Imports(ctx)
	if err != nil || len(all) == 0 {
		return err
	}
	last := all[len(all)-1]
	day, _, _ := strings.Cut(last.At, "T")
	f.Imports = figure.Imports{Files: len(all), Runs: len(f.Set.Runs), Latest: day, Hash: hex.EncodeToString(last.SHA256[:min(4, len(last.SHA256))]), File: filepath.Base(last.Path)}
	return nil
}

func (f *Facts) readRuns() {
	f.byName = map[string]int{}
	for i, r := range f.Set.Runs {
		f.byName[r.Name] = i
	}
	type stepOf struct {
		run  int32
		step float64
	}
	seen := map[stepOf]bool{}
	count := make([]int, len(f.Set.Runs))
	for _, t := range f.Set.Tables {
		for _, c := range t.Cells {
			if at := (stepOf{c.Run, c.Step}); c.Step == c.Step && !seen[at] {
				seen[at] = true
				count[c.Run]++
				f.longest = max(f.longest, count[c.Run])
			}
		}
	}
	f.steps = len(seen)
	f.readLongest()
}

// meant lists the fields that come first wherever fields are listed.
var meant = []string{data.Condition, data.TrainPrompt, data.Family, data.EvalPrompt, data.Eval, data.BaseModel, data.Method, data.Grader, data.Status, data.Seed}

// readLongest counts the steps that were evaluated on samples, where there
// are samples: a log of training has many more steps, and says nothing of how
// densely a run was evaluated.
func (f *Facts) readLongest() {
	steps := map[int32]map[float64]bool{}
	longest := 0
	for _, t := range f.Set.Tables {
		if !t.Attempts {
			continue
		}
		for _, c := range t.Cells {
			if steps[c.Run] == nil {
				steps[c.Run] = map[float64]bool{}
			}
			steps[c.Run][c.Step] = true
			longest = max(longest, len(steps[c.Run]))
		}
	}
	if longest > 0 {
		f.longest = longest
	}
}

func (f *Facts) readFields() {
	values := map[string]map[string]bool{}
	inContext := map[string]bool{}
	add := func(fields data.Fields, context bool) {
		for name, v := range fields {
			if values[name] == nil {
				values[name] = map[string]bool{}
			}
			values[name][v] = true
			inContext[name] = inContext[name] || context
		}
	}
	for _, r := range f.Set.Runs {
		add(r.Fields, false)
	}
	for _, c := range f.Set.Contexts {
		add(c.Fields, true)
	}
	for name, set := range values {
		field := Field{Name: name, OfContext: inContext[name]}
		for v := range set {
			field.Values = append(field.Values, v)
		}
		slices.SortFunc(field.Values, part.Natural)
		f.Fields = append(f.Fields, field)
	}
	slices.SortFunc(f.Fields, func(a, b Field) int {
		if c := rank(a.Name) - rank(b.Name); c != 0 {
			return c
		}
		return strings.Compare(a.Name, b.Name)
	})
}

func rank(field string) int {
	if i := slices.Index(meant, field); i >= 0 {
		return i
	}
	return len(meant)
}

func (f *Facts) readConditions(styles []store.Style) {
	var have []string
	if field, ok := f.field(data.Condition); ok {
		have = field.Values
	}
	for _, st := range styles {
		if slices.Contains(have, st.Value) {
			f.Conditions = append(f.Conditions, st.Value)
		}
	}
	for _, c := range have {
		if !slices.Contains(f.Conditions, c) {
			f.Conditions = append(f.Conditions, c)
		}
	}
}

func (f *Facts) field(name string) (Field, bool) {
	for _, field := range f.Fields {
		if field.Name == name {
			return field, true
		}
	}
	return Field{}, false
}

// Name returns the study's name, which is that of its file.
func (f *Facts) Name() string {
	if f.Path == "" {
		return "No study"
	}
	return strings.TrimSuffix(filepath.Base(f.Path), filepath.Ext(f.Path))
}

// Role returns the role of a run's condition.
func (f *Facts) Role(condition string) charts.Role {
	if r := f.Roles[condition]; r != "" {
		return r
	}
	return charts.Grey
}

// place returns where a condition stands in their order.
func (f *Facts) place(condition string) int {
	if i := slices.Index(f.Conditions, condition); i >= 0 {
		return i
	}
	return len(f.Conditions)
}

// Measure returns a measure by name; the zero Measure where there is none.
func (f *Facts) Measure(name string) estimate.Measure {
	for _, m := range f.Measures {
		if m.Name == name {
			return m
		}
	}
	return estimate.Measure{Lo: math.NaN(), Hi: math.NaN()}
}

// MeasureOr returns the name if there is such a measure, else that of the
// first that is shown: what is most often asked about, then any rate.
func (f *Facts) MeasureOr(name string) string {
	if slices.ContainsFunc(f.Measures, func(m estimate.Measure) bool { return m.Name == name }) {
		return name
	}
	rate := func(m estimate.Measure) bool { return m.Rate && m.Monitor == "" }
	for _, word := range []string{"hack", "misalign", "decept", "sandbag", "success", "accuracy"} {
		for _, m := range f.Measures {
			if rate(m) && strings.Contains(m.Name, word) {
				return m.Name
			}
		}
	}
	if i := slices.IndexFunc(f.Measures, rate); i >= 0 {
		return f.Measures[i].Name
	}
	if len(f.Measures) > 0 {
		return f.Measures[0].Name
	}
	return ""
}

// MeasureNames lists the measures by name.
func (f *Facts) MeasureNames() []string {
	var out []string
	for _, m := range f.Measures {
		out = append(out, m.Name)
	}
	return out
}

// BaselineOr returns the condition if there is such a one, else the one with
// the baseline's role, "" where none has it.
func (f *Facts) BaselineOr(name string) string {
	if slices.Contains(f.Conditions, name) {
		return name
	}
	for _, c := range f.Conditions {
		if f.Roles[c] == charts.Baseline {
			return c
		}
	}
	return ""
}

// Final returns the window over which the end of a run is read until someone
// says otherwise: the last ten steps where runs have many, else the last one.
func (f *Facts) Final() query.Window {
	const many = 30
	switch {
	case f.longest >= many:
		return query.Last(10)
	case f.longest > 1:
		return query.Last(1)
	}
	return query.Window{}
}

func (f *Facts) runs() int        { return len(f.Set.Runs) }
func (f *Facts) conditions() int  { return len(f.Conditions) }
func (f *Facts) checkpoints() int { return f.steps }

// figure is what pictures of a state must know of the study.
func (f *Facts) figure(version string, s desk.State) figure.Facts {
	roles, order := f.looks(figure.By(s), s.Baseline)
	return figure.Facts{Study: f.Name(), Version: version, Measures: f.Measures, Roles: roles, Order: order, Imports: f.Imports, Models: figure.Models(f.Set), Elicited: f.Elicited, Judges: f.Judges}
}

// pinned is what pictures of a figure's state must know of the study.
func (f *Facts) pinned(version string, state []byte) figure.Facts {
	var s desk.State
	if json.Unmarshal(state, &s) != nil {
		s = desk.State{} // the figure says why it cannot be read
	}
	return f.figure(version, s)
}

// full returns the state with what is shown until someone chooses: the
// measure, the baseline and the smoothing of lines.
func (f *Facts) full(s desk.State) desk.State {
	s.Measure, s.Baseline = f.MeasureOr(s.Measure), f.BaselineOr(s.Baseline)
	if _, set := s.Options[smoothing]; !set {
		s = s.With(smoothing, "0.8")
	}
	return s
}

// conditionOf returns the condition of a run.
func conditionOf(r column.Run) string { return r.Fields[data.Condition] }
