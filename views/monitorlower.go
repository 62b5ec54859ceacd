package views

import (
	"context"
	"time"

	"witnessmark/charts"
	"witnessmark/data/frame"
	"witnessmark/data/oversight"
	"witnessmark/views/desk"
	"witnessmark/views/figure"
	"witnessmark/views/part"
	"witnessmark/views/task"
	"witnessmark/views/theme"
)

// The lower pane: what it lists.
const (
	monitorPaneOption = "monitors.lower"
	lowerMonitors     = "monitors"
	lowerGroups       = "groups"
	lowerLines        = "lines"
	lowerRegimes      = "regimes"

	regimeOption = "monitors.regimes" // chart beside regimes
	regimeTax    = "tax"
)

var regimePicks = []pick{{"", "By level"}, {regimeTax, "Tax"}}

// lowerPicks are the segments of the lower pane; groups are called by their
// field.
func lowerPicks(by string) []pick {
	return []pick{{lowerMonitors, "Monitors"}, {lowerGroups, "By " + lower(title(by))}, {lowerLines, "Lines of defense"}, {lowerRegimes, "CoT regimes"}}
}

// lowerOf is what the lower pane lists: monitors until something is chosen, or
// groups where there is one monitor to list.
func lowerOf(s desk.State, monitors int) string {
	usual := lowerMonitors
	if monitors == 1 {
		usual = lowerGroups
	}
	return s.Option(monitorPaneOption, usual)
}

func (v *monitors) lower() string { return lowerOf(v.state, len(v.place.Facts().monitorNames())) }

// A defense is what the lower pane shows besides rates: comparisons that
// bootstraps and boards of their own make too slow for a threshold that is
// being dragged. It is worked out when the threshold rests.
type defense struct {
	key   string
	mode  string
	pairs frame.Frame // lines: monitors compared on the same samples
	sides frame.Frame // regimes: with and without what the contrast names
	of    oversight.Contrast
	why   string // there are no pairs or sides, because …
	spec  charts.Spec
}

// lowerRest is how long a threshold rests before comparisons are made anew.
const lowerRest = 150 * time.Millisecond

// slow tells whether the lower pane shows what is worked out by itself.
func slow(mode string) bool { return mode == lowerLines || mode == lowerRegimes }

// lowerKey is the same for states that show the same in the lower pane.
func (v *monitors) lowerKey() string {
	s := v.state
	for _, name := range []string{leftOption, middleOption, rightOption, figure.AxesOption, figure.LogOption} {
		if _, set := s.Options[name]; set {
			s = s.With(name, "")
		}
	}
	return v.picture.watch.key + figure.Recipe("", figure.Plain(s))
}

// workLower makes the lower pane of the picture, unless it is there: at once
// when another pane was there before, else when the threshold rests.
func (v *monitors) workLower() {
	mode := v.lower()
	v.rest()
	if !slow(mode) {
		v.low.Cancel()
		return
	}
	key := v.lowerKey()
	if v.defense != nil && v.defense.key == key {
		v.showDefense()
		return
	}
	if v.defense == nil || v.defense.mode != mode {
		v.defense = nil
		v.makeDefense(mode, key)
	} else {
		v.rest = v.place.Tasks.After(lowerRest, func() { v.makeDefense(mode, key) })
	}
	v.showDefense()
}

func (v *monitors) makeDefense(mode, key string) {
	p, s, facts := v.picture, v.state, v.place.Facts()
	about := facts.figure(v.place.Version, s)
	task.Do(context.Background(), v.low, func(ctx context.Context) (*defense, error) {
		if mode == lowerLines {
			return linesOf(p, s, about)
		}
		return regimesOf(ctx, p, s, about, facts)
	}, func(d *defense, err error) {
		if err != nil {
			d = &defense{spec: saying(plainError(err))}
		}
		d.key, d.mode = key, mode
		if v.defense = d; v.lower() == mode {
			v.showDefense()
		}
	})
}

// linesOf compares the monitor that is shown with the others.
func linesOf(p *monitorPicture, s desk.State, about figure.Facts) (*defense, error) {
	d := &defense{}
	set, err := figure.Settings(s)
	if err != nil {
		return nil, err
	}
	shown := p.watch.at(p.shown)
	var all, others []*oversight.Reading
	for i := range p.watch.boards {
		r, err := p.watch.read(i, shown, set)
		if err != nil {
			return nil, err
		}
		if all = append(all, r); i != shown {
			others = append(others, r)
		}
	}
	if len(others) == 0 {
		d.why = "Lines of defense need two monitors of the same samples, and this study has one"
		d.spec = saying(d.why)
		return d, nil
	}
	d.pairs = oversight.CompareWith(p.place, figure.Portion, all[shown], others...)
	if p.blind { // verdicts agree or not, whatever is true
		pairs, kappa := oversight.Agreement(p.place, all[shown], others[0])
		d.spec, err = figure.Picture("agreement", s, about, []frame.Frame{pairs, kappa})
	} else {
		d.spec, err = figure.Picture("patterns", s, about, figure.PatternFrames(p.place, all...))
	}
	d.spec.Source = ""
	return d, err
}

// regimesOf measures monitorability and capability over levels, and with and
// without what the contrast names.
func regimesOf(ctx context.Context, p *monitorPicture, s desk.State, about figure.Facts, facts *Facts) (*defense, error) {
	d := &defense{}
	var err error
	s.Monitor = p.shown
	c, ok := figure.Pairing(s, facts.Set)
	switch {
	case p.blind:
		d.why = "With and without are compared where a ground truth says what is so"
	case !ok:
		d.why = figure.NoPairing()
	default:
		if d.of, d.sides, err = figure.Sides(ctx, p.watch.study, s, facts.Set, c); err != nil {
			d.why = plainError(err)
		}
	}
	d.spec, err = regimeSpec(ctx, p, s, about)
	if err != nil {
		d.spec = saying(plainError(err))
	}
	d.spec.Source = ""
	return d, nil
}

func regimeSpec(ctx context.Context, p *monitorPicture, s desk.State, about figure.Facts) (charts.Spec, error) {
	if p.blind {
		return unknownTruth("Monitorability and capability"), nil
	}
	recipe := "levels"
	if s.Option(regimeOption, "") == regimeTax {
		recipe = "tax"
	}
	answers, err := figure.Frames(ctx, p.watch.study.Index, recipe, s)
	if err != nil {
		return charts.Spec{}, err
	}
	return figure.Picture(recipe, s, about, answers)
}

// showDefense puts into the lower pane what there is.
func (v *monitors) showDefense() {
	d := v.defense
	if d == nil {
		v.fall.SetSpec(saying("Working it out…"))
		v.lowerTable(0, nil)
		return
	}
	v.fall.SetSpec(d.spec)
	if d.mode == lowerLines {
		v.showPairs(d)
		return
	}
	v.showSides(d)
}

// lowerWords says in the table why there are no rows.
func (v *monitors) lowerWords(head, why string) {
	v.lowerTable(1, []part.Column{{ID: "why", Label: head, Width: 200, Grow: true, Fixed: true, Cell: func(int) part.Cell { return part.Cell{Text: why, Tip: why, Color: theme.Muted} }}})
	v.noteLower(frame.Frame{}, func(int) string { return "" }, "")
}

// lowerTable fills the table of the lower pane with rows that are no monitors.
func (v *monitors) lowerTable(rows int, columns []part.Column) {
	v.table.Key = nil
	v.table.Dim = nil
	v.table.Set(rows, columns, nil)
	v.table.SetSelected(nil)
	v.panes.rows = rows
}
