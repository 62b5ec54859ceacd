package figure

import (
	"context"
	"fmt"
	"math"
	"slices"
	"strconv"
	"strings"

	"witnessmark/charts"
	"witnessmark/data"
	"witnessmark/data/estimate"
	"witnessmark/data/frame"
	"witnessmark/data/query"
	"witnessmark/data/stats"
	"witnessmark/views/desk"
)

// The switches of a scatter chart.
const (
	// ScatterMode says what the axes are: "" for the measure (x) and a second
	// one (y), ScatterPrompts or ScatterElicited.
	ScatterMode   = "scatter.mode"
	ScatterSecond = "scatter.second" // the measure of y
	ScatterField  = "scatter.field"  // of ScatterPrompts: what differs between x and y; the eval prompt until set
	ScatterX      = "scatter.x"      // its value on x; until set the one that names training, else the first
	ScatterY      = "scatter.y"      // its value on y; until set the first other one
)

// Modes of a scatter chart.
const (
	// ScatterPrompts draws one measure under two evals or eval prompts, such
	// as at train time and at run time.
	ScatterPrompts = "prompts"
	// ScatterElicited draws the measure after training by how often the
	// untrained model shows it under the train prompt: as the study states it,
	// else the measure at the first step.
	ScatterElicited = "elicited"
)

// clouds asks for the frames of both axes, x first.
func clouds(ctx context.Context, x *estimate.Index, s desk.State) ([]frame.Frame, error) {
	horizontal, vertical := base(s), base(s)
	horizontal.By = append([]string{By(s)}, further(s)...)
	vertical.By = horizontal.By
	switch s.Option(ScatterMode, "") {
	case ScatterPrompts:
		field, a, b, err := prompts(ctx, x, s)
		if err != nil {
			return nil, err
		}
		horizontal.Where, vertical.Where = s.Where.Narrow(field, a), s.Where.Narrow(field, b)
		if !slices.Contains(horizontal.By, field) { // so that marks lead to the samples of their axis
			horizontal.By = append(horizontal.By, field)
		}
		vertical.By = horizontal.By
	case ScatterElicited:
		first, err := before(ctx, x, s)
		if err != nil {
			return nil, err
		}
		horizontal.Steps = query.At(first)
	default:
		second := s.Option(ScatterSecond, "")
		if second == "" {
			return nil, fmt.Errorf("a scatter chart needs two measures, such as what is not wanted and what is")
		}
		vertical.Measures = []string{second}
	}
	out, err := both(ctx, x, horizontal, vertical)
	judged := func(f frame.Frame) bool { return f.Col(data.Grader) != nil }
	if err == nil && s.Option(ScatterMode, "") != "" && slices.ContainsFunc(out, judged) && !slices.Contains(horizontal.By, data.Grader) {
		// one measure twice: a row is of one judge on both axes
		horizontal.By = append(slices.Clone(horizontal.By), data.Grader)
		vertical.By = horizontal.By
		out, err = both(ctx, x, horizontal, vertical)
	}
	if err != nil {
		return nil, err
	}
	return compared(ctx, x, s, out, horizontal, vertical)
}

func both(ctx context.Context, x *estimate.Index, questions ...query.Query) ([]frame.Frame, error) {
	var out []frame.Frame
	for _, q := range questions {
		f, err := x.Ask(ctx, q)
		if err != nil {
			return nil, err
		}
		out = append(out, f)
	}
	return out, nil
}

// before is the first step of all runs: a run that was first evaluated later
// says nothing of the time before training.
func before(ctx context.Context, x *estimate.Index, s desk.State) (float64, error) {
	f, err := x.Ask(ctx, query.Query{Where: s.Where, By: []string{data.Step}, Measures: []string{s.Measure}})
	if err != nil {
		return 0, err
	}
	first := math.Inf(1)
	for row := range f.Len() {
		step, err := strconv.ParseFloat(f.Text(data.Step, row), 64)
		if _, _, ok := f.Num(frame.Value, row); ok && err == nil {
			first = min(first, step)
		}
	}
	if math.IsInf(first, 1) {
		return 0, fmt.Errorf("the runs here name no steps, so nothing tells what was measured before training")
	}
	return first, nil
}

// compared adds the differences from the baseline of two measures, where the
// answers have it.
func compared(ctx context.Context, x *estimate.Index, s desk.State, answers []frame.Frame, questions ...query.Query) ([]frame.Frame, error) {
	has := func(f frame.Frame) bool { return slices.Contains(f.Col(By(s)).Text, s.Baseline) }
	if s.Baseline == "" || s.Option(ScatterMode, "") != "" || !has(answers[0]) || !has(answers[1]) {
		return answers, nil
	}
	for i := range questions {
		questions[i].Baseline, questions[i].Pair = s.Baseline, s.Pair
	}
	return both(ctx, x, questions...)
}

// prompts settles the field and the two values that ScatterPrompts compares.
func prompts(ctx context.Context, x *estimate.Index, s desk.State) (field, a, b string, err error) {
	field = s.Option(ScatterField, data.EvalPrompt)
	f, err := x.Ask(ctx, query.Query{Where: s.Where, By: []string{field}})
	if err != nil {
		return "", "", "", err
	}
	values := f.Col(field).Text
	a, b = ScatterSides(values, s)
	if a == b || len(values) < 2 {
		return "", "", "", fmt.Errorf("the runs here were evaluated under one %s only, so there are no two to compare", Spoken(field))
	}
	return field, a, b, nil
}

// ScatterSides are the values of ScatterField on x and on y: those that the
// state names, else the first that names training (else the first), and the
// first other one; "" for none.
func ScatterSides(values []string, s desk.State) (x, y string) {
	values = slices.DeleteFunc(slices.Clone(values), func(v string) bool { return v == "" })
	if x = s.Option(ScatterX, ""); x == "" && len(values) > 0 {
		train := slices.IndexFunc(values, func(v string) bool { return strings.Contains(strings.ToLower(v), "train") })
		x = values[max(train, 0)]
	}
	if y = s.Option(ScatterY, ""); y == "" {
		if i := slices.IndexFunc(values, func(v string) bool { return v != x }); i >= 0 {
			y = values[i]
		}
	}
	return x, y
}

// scatter names rows, labels axes, and takes the elicitation rates that the
// study states.
func scatter(s desk.State, about Facts, o *charts.Options, answers []frame.Frame) []frame.Frame {
	if len(answers) < 2 {
		return answers
	}
	x, y := withoutJudges(answers[0], o.By), withoutJudges(answers[1], o.By)
	first, second := about.measure(s.Measure), about.measure(s.Measure)
	name := Words(s.Measure)
	o.Context = over(s, o.Context)
	switch s.Option(ScatterMode, "") {
	case ScatterPrompts:
		field := s.Option(ScatterField, data.EvalPrompt)
		o.XLabel, o.MeasureLabel = name+under(x, field), name+under(y, field)
		x, y = without(x, field), without(y, field)
		o.Title = diagonalTitle(name, x, y, field, answers)
	case ScatterElicited:
		o.XLabel, o.MeasureLabel = name+" before training (first step of all)", name+" after training"
		if e := elicited(y, o.By, about); e != nil {
			x = *e
			o.XLabel = name + " elicited by the prompt before training"
			first = estimate.Measure{Rate: true}
		}
	default:
		x, y = alike(x, y)
		second = about.measure(s.Option(ScatterSecond, ""))
		o.XLabel, o.MeasureLabel = name+better(first), Words(second.Name)+better(second)
		o.Title = bothTitle(s.Measure, second.Name, x, y, o)
		o.Context = joined(o.Context, differences(x, o))
		o.XBetter, o.YBetter = first.Better, second.Better
	}
	o.Scale = common(first, second)
	if scale(first) != scale(second) {
		o.Scale, o.XScale, o.OwnX = scale(second), scale(first), true
	}
	if len(keyColumns(x)) > 1 {
		o.Noun = "row"
	}
	x, y = composed(x), composed(y)
	o.Roles = composedRoles(y, o)
	o.By, o.Baseline = rowName, baselineName(y, o)
	if s.Option(ScatterMode, "") == ScatterElicited {
		o.Context = joined(o.Context, ranks(x, y))
	}
	return []frame.Frame{x, y}
}

// alike gives both frames the same rows where several judges scored one
// measure and a single one the other: its row stands beside each of theirs.
func alike(x, y frame.Frame) (frame.Frame, frame.Frame) {
	if (x.Col(data.Grader) == nil) == (y.Col(data.Grader) == nil) {
		return x, y
	}
	if x.Col(data.Grader) == nil {
		y, x = alike(y, x)
		return x, y
	}
	var rows []int
	judge := frame.Column{Name: data.Grader}
	for row := range x.Len() {
		fields := slices.DeleteFunc(keyColumns(x), func(field string) bool { return field == data.Grader })
		for other := range y.Len() {
			if !slices.ContainsFunc(fields, func(field string) bool { return x.Text(field, row) != y.Text(field, other) }) {
				rows, judge.Text = append(rows, other), append(judge.Text, x.Text(data.Grader, row))
			}
		}
	}
	y = y.Select(rows)
	at := len(keyColumns(y))
	y.Columns = slices.Insert(slices.Clone(y.Columns), at, judge)
	return x, y
}

// rowName is the column in which rows are named by all their keys.
const rowName = "row"

// composed names rows by the fields that they are grouped by and, where
// several judges scored, by the judge.
func composed(f frame.Frame) frame.Frame {
	f = withoutReported(f)
	c := frame.Column{Name: rowName, Text: make([]string, f.Len())}
	judges := map[string]string{}
	if col := f.Col(data.Grader); col != nil {
		judges = ShortJudges(col.Text)
	}
	for row := range f.Len() {
		var parts []string
		for _, field := range keyColumns(f) {
			text := f.Text(field, row)
			if field == data.Grader {
				text = judges[text]
			}
			parts = append(parts, named([]string{Spoken(text)})[0])
		}
		c.Text[row] = strings.Join(parts, ", ")
	}
	f.Columns = append(slices.Clone(f.Columns), c)
	return f
}

// composedRoles gives rows the roles of their conditions.
func composedRoles(f frame.Frame, o *charts.Options) map[string]charts.Role {
	out := map[string]charts.Role{}
	for row := range f.Len() {
		if role, ok := o.Roles[Spoken(f.Columns[0].Text[row])]; ok {
			out[f.Text(rowName, row)] = role
		}
	}
	return out
}

// baselineName is the name of the row of the baseline, "" where several rows
// are of it.
func baselineName(f frame.Frame, o *charts.Options) string {
	name := ""
	for row := range f.Len() {
		if o.Baseline == "" || Spoken(f.Columns[0].Text[row]) != o.Baseline {
			continue
		}
		if name != "" {
			return ""
		}
		name = f.Text(rowName, row)
	}
	return name
}

// under says under what an axis was measured.
func under(f frame.Frame, field string) string {
	if f.Len() == 0 {
		return ""
	}
	return " under " + Spoken(field) + " " + shortName(Spoken(f.Text(field, 0)))
}

// shortName keeps a prompt from filling an axis.
func shortName(name string) string {
	const most = 40
	if r := []rune(name); len(r) > most {
		return strings.TrimSpace(string(r[:most-1])) + "…"
	}
	return named([]string{name})[0]
}

// without leaves a column out.
func without(f frame.Frame, column string) frame.Frame {
	f.Columns = slices.DeleteFunc(slices.Clone(f.Columns), func(c frame.Column) bool { return c.Name == column })
	return f
}

// elicited makes the frame of the stated elicitation rates, nil where the
// study states none.
func elicited(f frame.Frame, by string, about Facts) *frame.Frame {
	out := f
	numbers := map[string][]float64{}
	method := make([]string, f.Len())
	found := false
	for row := range f.Len() {
		e, ok := about.elicited(f.Text(by, row), f.Key(row, by))
		if !ok {
			e.Rate, e.N = math.NaN(), math.NaN()
		}
		found = found || ok
		lo, hi := math.NaN(), math.NaN()
		if ok && e.N > 0 {
			if i, err := stats.Wilson(int(math.Round(e.Rate*e.N)), int(e.N), 0.95); err == nil {
				lo, hi, method[row] = i.Lo, i.Hi, "Wilson"
			}
		}
		for name, v := range map[string]float64{frame.Value: e.Rate, frame.Lo: lo, frame.Hi: hi, frame.N: e.N, frame.Level: 0.95, frame.Seeds: math.NaN()} {
			numbers[name] = append(numbers[name], v)
		}
	}
	if !found {
		return nil
	}
	out.Columns = slices.Clone(f.Columns)
	for i, c := range out.Columns {
		if v, ok := numbers[c.Name]; ok {
			out.Columns[i] = frame.Column{Name: c.Name, Unit: c.Unit, Num: v}
		}
		if c.Name == frame.Method {
			out.Columns[i].Text = method
		}
	}
	out.Units = nil
	return &out
}

func (a Facts) elicited(names ...string) (Elicited, bool) {
	for _, n := range names {
		if e, ok := a.Elicited[n]; ok && !math.IsNaN(e.Rate) {
			return e, true
		}
	}
	return Elicited{}, false
}

// ranks says how far the order of rows is the same on both axes.
func ranks(x, y frame.Frame) string {
	var a, b []float64
	for row := range x.Len() {
		for other := range y.Len() {
			if x.Text(rowName, row) != y.Text(rowName, other) {
				continue
			}
			v, _, okX := x.Num(frame.Value, row)
			w, _, okY := y.Num(frame.Value, other)
			if okX && okY {
				a, b = append(a, v), append(b, w)
			}
		}
	}
	r, err := stats.Spearman(a, b)
	if err != nil || len(a) < 3 {
		return ""
	}
	return fmt.Sprintf("Spearman’s rank correlation %s over %s", charts.Logs.Text(r, 0), charts.Count(float64(len(a)), "row"))
}
