package views

import (
	"slices"
	"strings"

	"fyne.io/fyne/v2"

	"witnessmark/data"
	"witnessmark/data/query"
	"witnessmark/views/desk"
	"witnessmark/views/figure"
	"witnessmark/views/part"
	"witnessmark/views/theme"
)

// conditionBar has the options of the chart that is shown; each is there only
// for the charts that it belongs to.
type conditionBar struct {
	place Place
	box   fyne.CanvasObject
	row   *fyne.Container
	items []barItem

	by, split, pair                *part.Select
	columns, second, sort          *part.Select
	n, difference                  *part.Check
	shown                          *part.Select // of a slope chart
	axes, against, field, atX, atY *part.Select // of a scatter chart
}

// A barItem is an option with the states in which it is shown.
type barItem struct {
	object fyne.CanvasObject
	in     func(desk.State) bool
}

// newConditionBar returns the bar; baseline, steps and level are the view's
// own.
func newConditionBar(p Place, baseline, steps, level *part.Select) *conditionBar {
	b := &conditionBar{place: p, row: part.Flow(theme.Gap)}
	d := p.Desk
	option := func(label, name string) *part.Select {
		return part.NewSelect(nil, "", func(value string) { d.Do(desk.SetOption(label, name, value)) })
	}
	b.by = part.NewSelect(nil, "", func(field string) { d.Do(desk.SetBy(field)) })
	b.split = part.NewSelect(nil, "", func(field string) { d.Do(desk.SetFacet(field)) })
	b.pair = part.NewSelect([]string{"", string(query.PairSeed), string(query.PairItem), string(query.PairNone)}, "", func(s string) { d.Do(desk.SetPairing(query.Pairing(s))) })
	b.pair.Labels = []string{"auto", "seed", "item", "none"}
	b.pair.Tip = "What is paired with the baseline"
	b.columns, b.second, b.sort = option("Columns", figure.MatrixColumns), option("Second measure", figure.MatrixSecond), option("Sort", figure.MatrixSort)
	b.columns.Empty = "none"
	b.sort.Labels = []string{"designed order", "by value"}
	b.n = part.NewCheck("n", true, func(on bool) { d.Do(desk.SetFlag("n in cells", figure.MatrixN, on)) })
	b.difference = part.NewCheck("Difference", false, func(on bool) { d.Do(desk.SetFlag("Difference", figure.MatrixDiff, on)) })
	b.shown = option("Shown", figure.SlopeGroup)
	b.axes = option("Axes", figure.ScatterMode)
	b.axes.Labels = []string{"two measures", "two prompts", "before and after training"}
	b.against, b.field = option("Second measure", figure.ScatterSecond), option("Axes", figure.ScatterField)
	b.atX, b.atY = option("Across", figure.ScatterX), option("Up", figure.ScatterY)
	b.list(baseline)
	b.add("Steps", steps, always)
	b.add("Interval", level, func(s desk.State) bool { return s.Chart != "coverage" })
	b.box = part.Ground(theme.Head, part.Border(nil, part.Rule(), nil, nil, part.Pad(4, theme.Pad, 4, theme.Pad, b.row)))
	return b
}

// list places the options in their order.
func (b *conditionBar) list(baseline *part.Select) {
	b.add("Group by", b.by, isChart("dots", "differences", "slope", "scatter", "coverage"))
	b.add("Rows", b.by, isChart("matrix"))
	b.add("Baseline", baseline, always)
	b.add("Columns", b.columns, isChart("matrix"))
	b.add("Beside", b.second, isChart("matrix"))
	b.add("Sort", b.sort, isChart("matrix"))
	b.add("", b.n, isChart("matrix"))
	b.add("", b.difference, isChart("matrix"))
	b.add("Show", b.shown, isChart("slope"))
	b.add("Axes", b.axes, isChart("scatter"))
	b.add("Against", b.against, scatterOf(""))
	b.add("Of", b.field, scatterOf(figure.ScatterPrompts))
	b.add("Across", b.atX, scatterOf(figure.ScatterPrompts))
	b.add("Up", b.atY, scatterOf(figure.ScatterPrompts))
	b.add("Split by", b.split, isChart("dots", "differences", "slope", "matrix", "scatter"))
	b.add("Paired by", b.pair, func(s desk.State) bool {
		return s.Chart != "coverage" && (s.Chart != "matrix" || s.Flag(figure.MatrixDiff, false))
	})
}

func always(desk.State) bool { return true }

func isChart(kinds ...string) func(desk.State) bool {
	return func(s desk.State) bool { return slices.Contains(kinds, s.Chart) }
}

func scatterOf(mode string) func(desk.State) bool {
	return func(s desk.State) bool { return s.Chart == "scatter" && s.Option(figure.ScatterMode, "") == mode }
}

func (b *conditionBar) add(label string, o fyne.CanvasObject, in func(desk.State) bool) {
	if label != "" {
		o = part.Labeled(label, o)
	} else {
		o = part.Fixed(0, theme.Control, part.Row(0, o)) // in line with the others
	}
	b.items = append(b.items, barItem{o, in})
}

// show brings the options in line with a state.
func (b *conditionBar) show(s desk.State) {
	f := b.place.Facts()
	s = figure.Complete(s.Chart, s, f.figure(b.place.Version, s))
	b.row.Objects = b.row.Objects[:0]
	for _, item := range b.items {
		if item.in(s) {
			b.row.Objects = append(b.row.Objects, item.object)
		}
	}
	b.showGroups(f, s)
	b.showMatrix(f, s)
	b.showScatter(f, s)
	b.pair.Set(b.pair.Options, string(s.Pair))
	b.row.Refresh()
}

func (b *conditionBar) showGroups(f *Facts, s desk.State) {
	by := s.By[0]
	setFields(b.by, f.groupFields(mostGroups), by)
	split := slices.DeleteFunc(f.groupFields(mostPanels), func(name string) bool { return name == by })
	setFields(b.split, append([]string{""}, split...), s.Facet)
	groups := slices.DeleteFunc(slices.Clone(f.values(by)), func(v string) bool { return v == s.Baseline || v == "" })
	setValues(b.shown, append([]string{""}, groups...), s.Option(figure.SlopeGroup, ""), "all")
}

func (b *conditionBar) showMatrix(f *Facts, s desk.State) {
	rows, columns := figure.MatrixFields(f.count, s)
	fields := slices.DeleteFunc(f.groupFields(mostPanels), func(name string) bool { return name == rows })
	setFields(b.columns, fields, columns)
	b.setMeasures(b.second, f, s, s.Option(figure.MatrixSecond, ""), "no other")
	b.sort.Set([]string{"designed", "value"}, s.Option(figure.MatrixSort, "designed"))
	b.n.Set(s.Flag(figure.MatrixN, true))
	b.difference.Set(s.Flag(figure.MatrixDiff, false))
}

func (b *conditionBar) showScatter(f *Facts, s desk.State) {
	b.axes.Set([]string{"", figure.ScatterPrompts, figure.ScatterElicited}, s.Option(figure.ScatterMode, ""))
	b.setMeasures(b.against, f, s, s.Option(figure.ScatterSecond, ""), "")
	var fields []string
	for _, name := range f.groupFields(mostGroups) {
		if field, _ := f.field(name); field.OfContext || name == data.TrainPrompt {
			fields = append(fields, name)
		}
	}
	field := s.Option(figure.ScatterField, data.EvalPrompt)
	setFields(b.field, fields, field)
	x, y := figure.ScatterSides(f.values(field), s)
	setValues(b.atX, f.values(field), x, "")
	setValues(b.atY, f.values(field), y, "")
}

// setMeasures offers the measures besides the one shown; none is how no
// measure is called, "" where there must be one.
func (b *conditionBar) setMeasures(to *part.Select, f *Facts, s desk.State, value, none string) {
	names := slices.DeleteFunc(f.MeasureNames(), func(m string) bool { return m == s.Measure })
	if none != "" {
		names = append([]string{""}, names...)
	}
	labels := make([]string, len(names))
	for i, m := range names {
		if labels[i] = title(m); m == "" {
			labels[i] = none
		}
	}
	to.Labels = labels
	to.Set(names, value)
}

// setFields offers fields by their names in words; "" is none.
func setFields(to *part.Select, fields []string, value string) {
	if value != "" && !slices.Contains(fields, value) {
		fields = append(slices.Clone(fields), value)
	}
	labels := make([]string, len(fields))
	for i, name := range fields {
		if labels[i] = lower(title(name)); name == "" {
			labels[i] = "none"
		} else if strings.ToUpper(title(name)[:2]) == title(name)[:2] {
			labels[i] = title(name)
		}
	}
	to.Labels = labels
	to.Set(fields, value)
}

// setValues offers values of a field; none is how no value is called.
func setValues(to *part.Select, values []string, value, none string) {
	labels := make([]string, len(values))
	for i, v := range values {
		if labels[i] = valueLabel(v); v == "" && none != "" {
			labels[i] = none
		}
	}
	to.Labels = labels
	to.Set(values, value)
}
