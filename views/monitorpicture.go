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
	state     desk.State      // of its figures: all that was chosen for it is said
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
	p.charts(about, s, readings, one)
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
	s.Monitor, s.Baseline = p.shown, about.baseline
	p.state = s.With(figure.GroupOption, p.focus)
	p.freeze, p.frozenAt = from.freeze, p.watch.boards[p.watch.at(p.shown)].Steps()
	if step, ok := frozenStep(s); ok {
		p.freeze = step
	}
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
	figure   figure.Facts
}

func newMonitorFacts(p Place, s desk.State) monitorFacts {
	f := p.Facts()
	roles := map[string]charts.Role{}
	for name, r := range f.Roles {
		roles[figure.Spoken(name)] = r
	}
	return monitorFacts{baseline: f.BaselineOr(s.Baseline), roles: roles, source: source(f, p.Passing()), figure: f.figure(p.Version, s)}
}

// options are those of the charts over steps.
func (p *monitorPicture) options(about monitorFacts) charts.Options {
	return charts.Options{By: p.by, Step: data.Step, Roles: about.roles, Baseline: figure.Spoken(about.baseline), Source: about.source}
}

func (p *monitorPicture) charts(about monitorFacts, s desk.State, readings []*oversight.Reading, one *oversight.Reading) {
	p.left, p.middle, p.right = p.leftSpec(about, s, one), p.middleSpec(about, s, one), p.rightSpec(about, s, readings, one)
	if p.fall = unknownTruth("Why the flag rate moved"); !p.blind {
		p.fall = p.fallSpec(about, one)
	}
}

// fallSpec explains how the flag rate moved from the step of freezing, or the
// first, to the last.
func (p *monitorPicture) fallSpec(about monitorFacts, r *oversight.Reading) charts.Spec {
	if len(p.frozenAt) < 2 {
		return charts.Spec{Title: "Why the flag rate moved", Panels: []charts.Panel{{Empty: "A change needs samples at two steps"}}}
	}
	answers, err := figure.DecompositionFrames(p.state, r)
	return p.draw(about, "decomposition", answers, err)
}

// draw makes a figure of the picture: the same that its recipe opens again
// elsewhere.
func (p *monitorPicture) draw(about monitorFacts, recipe string, answers []frame.Frame, err error) charts.Spec {
	var spec charts.Spec
	if err == nil {
		spec, err = figure.Picture(recipe, p.state, about.figure, answers)
	}
	if err != nil {
		return saying(plainError(err))
	}
	spec.Source = ""
	return spec
}

// at says the threshold in words, after a comma.
func (p *monitorPicture) at() string {
	if p.threshold != p.threshold {
		return ""
	}
	return ", threshold " + figure.ThresholdText(p.threshold, p.scale)
}

func spokenTruth(name string) string { return lower(title(name)) }

const flagRateOnly = "Flag rate only: choose a ground truth to see recall and false alarms. A truth of some flagged and some unflagged samples bounds them too."

// unknownTruth is what a chart says that needs a truth where there is none.
func unknownTruth(title string) charts.Spec {
	return charts.Spec{Title: title, Panels: []charts.Panel{{Empty: flagRateOnly}}}
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
