package views

import (
	"context"
	"errors"
	"slices"
	"strings"

	"fyne.io/fyne/v2"

	"witnessmark/charts"
	"witnessmark/data"
	"witnessmark/data/contrast"
	"witnessmark/data/frame"
	"witnessmark/data/query"
	"witnessmark/views/desk"
	"witnessmark/views/part"
	"witnessmark/views/task"
	"witnessmark/views/theme"
)

// The switches of the comparison of a neutral prefix with an inoculation:
// values of the field of a matrix's rows; until set the first of their role.
const (
	controlOption = "matrix.control"
	treatedOption = "matrix.treated"
)

// ratioPane says how much of an inoculation's effect a neutral or irrelevant
// prefix has, measure by measure.
type ratioPane struct {
	place   Place
	slot    *task.Slot
	control *part.Select
	treated *part.Select
	foot    *part.Paragraph
	table   *part.Table
	content fyne.CanvasObject
	under   string // what the ratios are of
	lines   []ratioLine
	asked   ratioQuestion
}

// A ratioLine is a measure with its ratio, or why there is none.
type ratioLine struct {
	measure, judge string
	ratio          contrast.EffectRatio
	why            string
}

// A ratioQuestion is all that the answers depend on.
type ratioQuestion struct {
	where, steps, method         string
	level                        float64
	base, control, treated, rows string
	of                           string // measures and judges
	revision                     int64
}

func newRatioPane(p Place) *ratioPane {
	r := &ratioPane{place: p, slot: task.NewSlot(p.Tasks), foot: part.Prose(""), table: part.NewTable()}
	pick := func(label, name string) *part.Select {
		s := part.NewSelect(nil, "", func(value string) { p.Desk.Do(desk.SetOption(label, name, value)) })
		s.Height, s.Empty, s.Most = theme.Chip, "none", 150
		return s
	}
	r.control, r.treated = pick("Prefix", controlOption), pick("Inoculation", treatedOption)
	r.control.Tip, r.treated.Tip = "The neutral or irrelevant prefix", "The inoculation that it is compared with"
	head := part.Head(part.Strong("Does a neutral prefix do as well?").Short(), part.Optional(part.Labeled("Prefix", r.control)), part.Optional(part.Labeled("Inoculation", r.treated)))
	foot := part.Border(part.Rule(), nil, nil, nil, part.Pad(5, 10, 7, 10, r.foot))
	r.content = part.Ground(theme.Panel, part.Border(head, foot, nil, nil, r.table))
	return r
}

// show asks for the ratios of what the maps show.
func (r *ratioPane) show(m *matrixPane) {
	facts := r.place.Facts()
	roles, order := facts.looks(m.rows, m.state.Baseline)
	base := m.state.Baseline
	others := slices.DeleteFunc(slices.Clone(order), func(v string) bool { return v == base })
	control := chosenOr(others, m.state.Option(controlOption, ""), roles, charts.Irrelevant)
	treated := chosenOr(others, m.state.Option(treatedOption, ""), roles, charts.InoculationSpecific, charts.InoculationGeneral)
	setValues(r.control, others, control, "")
	setValues(r.treated, others, treated, "")
	column := r.column(m)
	r.under = "A ratio of 1 = the prefix does as much as the inoculation."
	if m.columns != "" && column != "" {
		r.under = "Under " + plainName(m.columns) + " " + valueLabel(column) + ". " + r.under
	}
	r.ask(m, column, base, control, treated)
	r.foot.SetText(r.under + r.methods())
	r.content.Refresh() // its lines may be more now
}

// chosenOr is the chosen value if there is such a one, else the first that
// plays one of some roles, "" for none.
func chosenOr(values []string, chosen string, roles map[string]charts.Role, meant ...charts.Role) string {
	if slices.Contains(values, chosen) && chosen != "" {
		return chosen
	}
	for _, role := range meant {
		for _, v := range values {
			if roles[v] == role {
				return v
			}
		}
	}
	return ""
}

// column is the column that the ratios are of: that of the selected cell,
// else the first.
func (r *ratioPane) column(m *matrixPane) string {
	if m.columns == "" {
		return ""
	}
	for _, key := range m.state.Selected {
		if row := m.row(key); row >= 0 {
			return m.answer.Key(row, m.columns)
		}
	}
	for row := range m.answer.Len() {
		if value := m.answer.Key(row, m.columns); value != "" {
			return value
		}
	}
	return ""
}

// methods says how the intervals were made.
func (r *ratioPane) methods() string {
	var out []string
	if len(r.lines) > 0 && r.lines[0].why != "" {
		return " Not estimable, because " + r.lines[0].why + "."
	}
	for _, l := range r.lines {
		if l.ratio.Method != "" && !slices.Contains(out, l.ratio.Method) {
			out = append(out, l.ratio.Method)
		}
	}
	if len(out) == 0 {
		return ""
	}
	return " Interval: " + strings.Join(out, " or ") + "."
}

func (r *ratioPane) ask(m *matrixPane, column, base, control, treated string) {
	s := m.state
	lines := ratioLines(m, column)
	q := query.Query{Where: s.Where, Steps: s.Steps, By: []string{m.rows}, Baseline: base, Level: s.Level, Method: s.Method}
	if m.columns != "" {
		q.Where = q.Where.Narrow(m.columns, column)
	}
	want := ratioQuestion{q.Where.String(), q.Steps.String(), q.Method, q.Level, base, control, treated, m.rows, strings.Join(namesOfLines(lines), "\x1f"), r.place.Facts().Revision}
	if want == r.asked {
		return
	}
	r.asked = want
	study, ok := r.place.Study().(comparing)
	missing := missingArm(base, control, treated)
	if !ok || missing != "" || len(lines) == 0 {
		for i := range lines {
			lines[i].why = missing
		}
		r.slot.Cancel()
		r.set(lines, base, control, treated)
		return
	}
	task.Do(context.Background(), r.slot, func(ctx context.Context) ([]ratioLine, error) {
		st, err := study.Comparing(ctx)
		if err != nil {
			return lines, err
		}
		for i := range lines {
			if err := lines[i].read(ctx, st, q, control, treated); err != nil {
				return lines, err
			}
		}
		return lines, nil
	}, func(lines []ratioLine, err error) {
		if errors.Is(err, context.Canceled) {
			return
		}
		for i := range lines {
			if err != nil && lines[i].why == "" {
				lines[i].why = plainError(err)
			}
		}
		r.set(lines, base, control, treated)
	})
}

// read asks for the ratio of a line.
func (l *ratioLine) read(ctx context.Context, st contrast.Study, q query.Query, control, treated string) (err error) {
	q.Measures = []string{l.measure}
	if l.judge != "" {
		q.Where = q.Where.Narrow(data.Grader, l.judge)
	}
	l.ratio, err = st.EffectRatio(ctx, q, control, treated)
	switch {
	case errors.Is(err, context.Canceled):
		return err
	case err != nil:
		l.why = err.Error()
	default:
		l.why = l.ratio.Why
	}
	return nil
}

func missingArm(base, control, treated string) string {
	switch {
	case base == "":
		return "no baseline is chosen"
	case control == "":
		return "no condition plays the role of a neutral or irrelevant prefix; give it by the color and marker of a row, or choose one here"
	case treated == "":
		return "no condition plays the role of an inoculation; give it by the color and marker of a row, or choose one here"
	case control == treated:
		return "prefix and inoculation are the same"
	}
	return ""
}

// ratioLines are the measures of the maps, and where several judges scored one
// line each, in a column.
func ratioLines(m *matrixPane, column string) []ratioLine {
	var out []ratioLine
	for _, measure := range m.measures() {
		for row := range m.answer.Len() {
			f := m.answer
			if f.Text(frame.Measure, row) != measure || m.columns != "" && f.Key(row, m.columns) != column || f.Text(frame.Reported, row) != "" {
				continue
			}
			l := ratioLine{measure: measure, judge: f.Key(row, data.Grader)}
			if _, _, ok := f.Num(frame.Value, row); ok && !slices.ContainsFunc(out, func(o ratioLine) bool { return o.measure == l.measure && o.judge == l.judge }) {
				out = append(out, l)
			}
		}
	}
	return out
}

func namesOfLines(lines []ratioLine) []string {
	var out []string
	for _, l := range lines {
		out = append(out, l.measure+"\x1e"+l.judge)
	}
	return out
}

// set fills the table.
func (r *ratioPane) set(lines []ratioLine, base, control, treated string) {
	r.lines = lines
	r.foot.SetText(r.under + r.methods())
	r.content.Refresh() // its lines may be more now
	facts := r.place.Facts()
	value := func(id, label string, pick func(contrast.EffectRatio) float64) part.Column {
		return part.Column{ID: id, Label: label, Width: nameWidth(label), Right: true, Cell: func(row int) part.Cell {
			l := r.lines[row]
			if v := pick(l.ratio); v == v && l.ratio.Treated != "" {
				return part.Cell{Text: format(facts.Measure(l.measure)).Text(v, 0)}
			}
			return part.Cell{}
		}}
	}
	r.table.Set(len(lines), []part.Column{
		{ID: "measure", Label: "Measure", Width: 120, Grow: true, Cell: func(row int) part.Cell { return part.Cell{Text: r.lines[row].name(), Bold: true} }},
		value("base", labelOr(base, "Baseline"), func(e contrast.EffectRatio) float64 { return e.BaseValue }),
		value("control", labelOr(control, "Prefix"), func(e contrast.EffectRatio) float64 { return e.ControlValue }),
		value("treated", labelOr(treated, "Inoculation"), func(e contrast.EffectRatio) float64 { return e.TreatedValue }),
		{ID: "ratio", Label: "Ratio of effects", Tip: "The prefix’s difference from the baseline, divided by the inoculation’s", Width: 108, Right: true, Cell: r.ratioCell},
		{ID: "interval", Label: levelName(r.asked.level), Tip: "Interval of the ratio", Width: 200, Cell: r.intervalCell},
	}, nil)
}

// nameWidth is the width of a column of short numbers under a label that
// somebody else chose.
func nameWidth(label string) float32 {
	const least, most = 80, 170
	return fyne.Min(most, fyne.Max(least, fyne.MeasureText(label, theme.SmallSize, fyne.TextStyle{Bold: true}).Width+24))
}

func labelOr(value, instead string) string {
	if value == "" {
		return instead
	}
	return valueLabel(value)
}

func (l ratioLine) name() string {
	if l.judge != "" {
		return title(l.measure) + ", by " + l.judge
	}
	return title(l.measure)
}

func (r *ratioPane) ratioCell(row int) part.Cell {
	v := r.lines[row].ratio.Ratio
	if r.lines[row].why != "" && (v != v || v == 0) {
		return part.Cell{Text: "not estimable", Color: theme.Muted, Tip: "Not estimable, because " + r.lines[row].why}
	}
	return part.Cell{Text: charts.Logs.Text(v, 0), Bold: true}
}

func (r *ratioPane) intervalCell(row int) part.Cell {
	l := r.lines[row]
	if l.why != "" {
		return part.Cell{Text: "because " + l.why, Color: theme.Muted, Tip: "Not estimable, because " + l.why}
	}
	return part.Cell{Text: charts.Logs.Interval(l.ratio.Lo, l.ratio.Hi, 0), Color: theme.Muted, Tip: l.ratio.Text}
}
