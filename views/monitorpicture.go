package views

import (
	"math"
	"slices"

	"witnessmark/charts"
	"witnessmark/data"
	"witnessmark/data/frame"
	"witnessmark/data/oversight"
	"witnessmark/views/desk"
	"witnessmark/views/figure"
)

// monitorPicture is all that the view shows of one threshold. It is made off
// the UI thread.
type monitorPicture struct {
	watch     *watch
	shown     string          // monitor
	by        string          // field whose values are the groups
	focus     string          // group
	place     oversight.Place // at which monitors are set beside each other
	all       []string        // groups
	groups    []string        // of them, in the charts over steps
	blind     bool            // no truth is known: there is the flag rate only
	threshold float64         // in use; NaN where it is not one number
	freeze    float64         // step at which a threshold is or would be frozen
	frozenAt  []float64       // steps to choose from
	scale     oversight.Scale

	table  frame.Frame // of all monitors, in the group
	listed frame.Frame // of the monitor shown, in every group
	hidden frame.Frame // the group's row
	curves frame.Frame // vertices of the curves in the right pane
	bins   frame.Frame // of the scores there

	left, middle, right, fall charts.Spec
}

// pictured works out everything for a state.
func pictured(w *watch, about monitorFacts, s desk.State) (*monitorPicture, error) {
	set, err := figure.Settings(s)
	if err != nil {
		return nil, err
	}
	shown := w.at(figure.Monitor(s, w.study))
	p := &monitorPicture{watch: w, shown: w.boards[shown].Monitor, by: figure.By(s), scale: w.boards[shown].Scale, blind: w.truth == "", threshold: math.NaN()}
	p.choose(w.starts[shown], about, s)
	var readings []*oversight.Reading
	for i := range w.boards {
		r, err := w.read(i, shown, set)
		if err != nil {
			return nil, err
		}
		readings = append(readings, r)
	}
	one := readings[shown]
	if at, ok := one.InUse(); ok {
		p.threshold = at
	}
	p.tables(s, readings, one)
	p.charts(about, s, set, readings, one)
	return p, nil
}

// choose settles which groups and which step the state is about.
func (p *monitorPicture) choose(from start, about monitorFacts, s desk.State) {
	var names []string
	for _, g := range from.groups {
		names = append(names, g.Name)
	}
	p.focus = s.Option(figure.GroupOption, from.focus)
	if !slices.Contains(names, p.focus) {
		p.focus = from.focus
	}
	p.all = names
	for _, g := range from.groups {
		if g.Name == p.focus {
			p.place = figure.At(s, p.focus, g.Steps)
		}
	}
	base := about.baseline
	for _, n := range names {
		if n == base || n == p.focus || len(names) <= 2 {
			p.groups = append(p.groups, n)
		}
	}
	slices.SortStableFunc(p.groups, func(a, b string) int { return b2i(b == base) - b2i(a == base) })
	p.freeze, p.frozenAt = from.freeze, p.watch.boards[p.watch.at(p.shown)].Steps()
	if step, ok := frozenStep(s); ok {
		p.freeze = step
	}
}

func b2i(is bool) int {
	if is {
		return 1
	}
	return 0
}

func (p *monitorPicture) tables(s desk.State, readings []*oversight.Reading, one *oversight.Reading) {
	p.table = rowsOf(oversight.Table(p.place, readings...), p.focus)
	if lowerOf(s, len(p.watch.boards)) == lowerGroups {
		p.listed = oversight.Table(oversight.Place{Step: p.place.Step}, one)
	}
	p.hidden = rowsOf(one.HiddenRise(), p.focus)
}

// rowsOf keeps the rows of some groups.
func rowsOf(f frame.Frame, groups ...string) frame.Frame {
	var rows []int
	for _, g := range groups {
		for i := range f.Len() {
			if rowName(f, i) == g {
				rows = append(rows, i)
			}
		}
	}
	return f.Select(rows)
}

// monitorFacts are what pictures need of the study, taken before work leaves
// the UI thread.
type monitorFacts struct {
	baseline string
	roles    map[string]charts.Role
	source   string
	context  string
}

func newMonitorFacts(p Place, s desk.State) monitorFacts {
	f := p.Facts()
	roles := map[string]charts.Role{}
	for name, r := range f.Roles {
		roles[figure.Spoken(name)] = r
	}
	return monitorFacts{baseline: f.BaselineOr(s.Baseline), roles: roles, source: source(f, p.Passing()), context: context_(f, p.Passing())}
}

// options are those of the charts over steps.
func (p *monitorPicture) options(about monitorFacts) charts.Options {
	return charts.Options{By: p.by, Step: data.Step, Roles: about.roles, Baseline: figure.Spoken(about.baseline), Source: about.source}
}

func (p *monitorPicture) charts(about monitorFacts, s desk.State, set oversight.Settings, readings []*oversight.Reading, one *oversight.Reading) {
	split := figure.SpokenColumn(rowsOf(one.Caught(), p.groups...), p.by)
	p.left = p.leftSpec(about, s, one, split)
	p.middle, p.right = p.middleSpec(about, s, one, split), p.rightSpec(s, set, readings, one)
	if p.fall = unknownTruth("Why the flag rate moved"); !p.blind {
		p.fall = p.fallSpec(about, one)
	}
	for _, spec := range []*charts.Spec{&p.left, &p.middle, &p.right, &p.fall} {
		spec.Source, spec.Recipe = "", p.recipe(spec.ID, s)
	}
}

// recipe is what opens a pane's chart again, "" where no figure draws it.
func (p *monitorPicture) recipe(id string, s desk.State) string {
	switch id {
	case "", "dots": // words, or a rate of each group
		return ""
	case "calibration":
		s = s.With(figure.CalibrationOption, figure.OfMonitor)
	}
	s.Monitor = p.shown
	return figure.Recipe(id, s)
}

// at says the threshold in words, after a comma.
func (p *monitorPicture) at() string {
	if p.threshold != p.threshold {
		return ""
	}
	return ", threshold " + thresholdText(p.threshold, p.scale)
}

func spokenTruth(name string) string { return lower(title(name)) }

const flagRateOnly = "Flag rate only: choose a ground truth to see recall and false alarms. A truth of some flagged and some unflagged samples bounds them too."

// unknownTruth is what a chart says that needs a truth where there is none.
func unknownTruth(title string) charts.Spec {
	return charts.Spec{Title: title, Panels: []charts.Panel{{Empty: flagRateOnly}}}
}

// driftSpec is the true rate over the recall, with what goes uncaught between
// the true rate and what is caught of it.
func (p *monitorPicture) driftSpec(about monitorFacts, r *oversight.Reading, split frame.Frame) charts.Spec {
	o := p.options(about)
	rates := []oversight.Rate{oversight.TrueRate, oversight.Recall}
	if p.blind {
		rates = []oversight.Rate{oversight.FlagRate}
	}
	f := rowsOf(r.Curves(rates...), p.groups...)
	f = figure.SpokenColumn(f, p.by)
	o.Title, o.Context = p.finding(), figure.Spoken(p.shown)+p.at()
	if p.blind {
		o.Title = "Flag rate only, since no truth is chosen"
	}
	spec := charts.Drift(f, o)
	for i := range spec.Panels {
		p.guide(&spec.Panels[i], r)
	}
	if !p.blind && len(spec.Panels) > 1 {
		p.uncaught(&spec.Panels[0], split, about)
	}
	return spec
}

// guide marks the step at which the threshold was frozen.
func (p *monitorPicture) guide(panel *charts.Panel, r *oversight.Reading) {
	if step, ok := stepOf(r.Threshold.String()); ok {
		panel.Layers = append(panel.Layers, charts.Layer{Mark: "rule", Name: "frozen", Role: charts.AccentRole, X: charts.Values{step}, Dash: []float64{3, 3}, Width: 1.2})
	}
}

// uncaught fills the area between the true rate and what is caught of it.
func (p *monitorPicture) uncaught(panel *charts.Panel, split frame.Frame, about monitorFacts) {
	f := figure.Rows(split, p.by, figure.Spoken(p.focus))
	role := about.roles[figure.Spoken(p.focus)]
	area := charts.Layer{Mark: "area", Name: "uncaught", Role: role, Alpha: 0.22}
	edge := charts.Layer{Mark: "line", Name: "caught", Role: role, Width: 1.2, Dash: []float64{2, 2}}
	last := math.NaN()
	for i := range f.Len() {
		x, caught, missed := num(f, data.Step, i), num(f, "caught", i), num(f, "uncaught", i)
		area.X, area.Y, area.Y2 = append(area.X, x), append(area.Y, caught), append(area.Y2, caught+missed)
		edge.X, edge.Y = append(edge.X, x), append(edge.Y, caught)
		last = caught
	}
	panel.Layers = append([]charts.Layer{area, edge}, panel.Layers...)
	if last == last {
		panel.Side = append(panel.Side, charts.Block{At: last, Forms: [][]charts.Line{{{Text: "caught", Muted: true}}}})
	}
	if i := widest(area); i >= 0 {
		panel.Layers = append(panel.Layers, charts.Layer{Mark: "label", Anchor: anchorAt(area, i), Bold: true, Small: true,
			X: charts.Values{area.X[i]}, Y: charts.Values{(area.Y[i] + area.Y2[i]) / 2}, Text: []string{"uncaught"}})
	}
}

// widest is the place where an area is high enough for a word, −1 for none.
func widest(area charts.Layer) int {
	best, at := 0.12, -1
	for i := range area.X {
		if i+1 == len(area.X) && at >= 0 {
			break // a word fits better inside
		}
		if h := area.Y2[i] - area.Y[i]; h > best {
			best, at = h, i
		}
	}
	return at
}

// anchorAt keeps a word at the end of an area inside of it.
func anchorAt(area charts.Layer, i int) string {
	switch i {
	case len(area.X) - 1:
		return "end"
	case 0:
		return "start"
	}
	return "middle"
}

// finding is the sentence above the true rate and the recall.
func (p *monitorPicture) finding() string {
	group, monitor := figure.Spoken(p.focus), upper(figure.Spoken(p.shown))
	if p.hidden.Len() == 0 {
		return "True rate and recall over training"
	}
	switch p.hidden.Text(oversight.VerdictColumn, 0) {
	case oversight.HiddenRising:
		return monitor + " goes blind under " + group + " while " + spokenTruth(p.watch.truth) + " rises"
	case oversight.NotShown:
		return "No hidden rise is shown under " + group
	}
	return "True rate and recall under " + group
}

// inUse marks a target as the operating point of a curve, whose row is none of
// the vertices.
const inUse = 1

func ofUse(targets []charts.Target) []charts.Target {
	out := slices.Clone(targets)
	for i := range out {
		out[i].Unit = inUse
	}
	return out
}

// endName says which step the end is, after a comma.
func endName(step float64) string {
	if step != step {
		return ", all steps"
	}
	return ", step " + plainNumber(step)
}

// fallSpec explains how the flag rate moved from the step of freezing, or the
// first, to the last.
func (p *monitorPicture) fallSpec(about monitorFacts, r *oversight.Reading) charts.Spec {
	var steps []float64
	for _, g := range p.watch.starts[p.watch.at(p.shown)].groups {
		if g.Name == p.focus {
			steps = g.Steps
		}
	}
	if len(steps) < 2 {
		return charts.Spec{Title: "Why the flag rate moved", Panels: []charts.Panel{{Empty: "A change needs samples at two steps"}}}
	}
	from, to := steps[0], steps[len(steps)-1]
	if at, ok := stepOf(r.Threshold.String()); ok && slices.Contains(steps, at) && at != to {
		from = at
	}
	f := rowsOf(r.Decompose(from, to), p.focus)
	return charts.Decomposition(f, charts.Options{Title: figure.WhyMoved(f), By: oversight.PartColumn, MeasureLabel: "flag rate", Scale: charts.RateScale,
		Context: figure.Spoken(p.shown) + " under " + figure.Spoken(p.focus)})
}
