package charts

import (
	"math"
	"slices"

	"witnessmark/data/frame"
)

// Power draws the smallest change that a number of seeds or items shows with
// 80 % power, a panel a condition. The mark is the design at hand; further
// lines are for more samples of each seed, where that helps.
//
// Columns: o.By (text) names the condition, samples (text: present, 4 times,
// endless) the line, unit (text) what is counted, such as "pairs of seeds";
// units, detectable and present (numbers) the number of units, the change in
// the measure's own scale, and the number of units at hand.
func Power(f frame.Frame, o Options) Spec {
	c := powerCurves{f: f, o: o, of: namesOf(f, o.By)}
	c.roles = roleOf(f, o, c.of)
	s := Spec{ID: "power", Title: o.title(c.propose()), Source: o.source(), ShareY: true, Notes: frameNotes(f)}
	s.Subtitle = o.subtitle(lead(o), c.subtitle())
	names := distinct(c.of)
	for i, name := range names {
		p := c.panel(name)
		if i > 0 {
			p.Y.Title = ""
		}
		s.Panels = append(s.Panels, p)
	}
	if s.Panels == nil {
		s.Panels = []Panel{{Empty: "No power curve: a comparison of two units or more on each side is needed", X: Axis{Bare: true}, Y: Axis{Bare: true}}}
	}
	for i := range s.Panels[:min(len(s.Panels), len(names))] {
		if len(names) > 1 {
			s.Panels[i].Head, s.Panels[i].HeadRole = names[i], c.roles[names[i]]
		}
	}
	return s
}

type powerCurves struct {
	f     frame.Frame
	o     Options
	of    []string // name of each row of the frame
	roles map[string]Role
}

// powerSeries are the lines with their dashes and widths.
var powerSeries = []struct {
	name, label string
	dash        []float64
	width       float64
}{
	{"endless", "endless samples", []float64{2, 2.5}, 1.4},
	{"4 times", "4 times as many", []float64{7, 3}, 1.6},
	{"present", "present samples", nil, 2.4},
}

func (c powerCurves) panel(name string) Panel {
	p := Panel{X: Axis{Format: Whole, Title: upperFirst(c.text(name, "unit"))}, Y: c.axis(), MinWidth: 240}
	for _, s := range powerSeries {
		l, t := c.line(name, s.name), Layer{}
		if len(l.X) == 0 || s.name != "present" && !c.helps(name, s.name) {
			continue
		}
		l.Dash, l.Width, l.Name = s.dash, s.width, name+", "+s.label
		p.X.Hi = math.Max(p.X.Hi, l.X[len(l.X)-1])
		p.Layers = append(p.Layers, l)
		last := len(l.X) - 1
		if s.name != "present" || p.Side != nil { // a line alone needs no name
			p.Side = append(p.Side, Block{At: l.Y[last], Forms: [][]Line{{{Text: s.label, Muted: s.name != "present"}}}})
		}
		if s.name == "present" {
			t = c.mark(name, l)
		}
		if t.Mark != "" {
			p.Layers = append(p.Layers, c.marked(t)...)
		}
	}
	return p
}

// marked are the mark of the present design, and what it says.
func (c powerCurves) marked(t Layer) []Layer {
	return []Layer{t, {Mark: "label", X: t.X, Y: t.Y, Text: t.Text, Anchor: "auto", Bold: true, Small: true}}
}

// axis ends where the change is the whole scale, or a little above the
// present design.
func (c powerCurves) axis() Axis {
	hi := 0.0
	for i := range c.f.Len() {
		if numAt(c.f, "units", i) >= numAt(c.f, "present", i)/3 {
			hi = math.Max(hi, c.change(i))
		}
	}
	a := Axis{Lo: 0, Hi: hi * 1.04, Format: Free, Title: "Change seen"}
	if c.o.Scale != FreeScale {
		a.Hi, a.Format, a.Title = math.Min(a.Hi, 100), Whole, a.Title+" (points)"
	}
	return a
}

// change is the detectable change of a row, in points where the measure has
// them.
func (c powerCurves) change(row int) float64 {
	v := numAt(c.f, "detectable", row)
	if c.o.Scale == RateScale {
		v *= 100
	}
	return v
}

func (c powerCurves) text(name, column string) string {
	for i := range c.f.Len() {
		if c.of[i] == name {
			return c.f.Text(column, i)
		}
	}
	return ""
}

func (c powerCurves) line(name, series string) Layer {
	l := Layer{Mark: "line", Role: c.roles[name]}
	for i := range c.f.Len() {
		if c.of[i] != name || c.f.Text("samples", i) != series {
			continue
		}
		x, y := numAt(c.f, "units", i), c.change(i)
		l.X, l.Y = append(l.X, x), append(l.Y, y)
		l.Source = append(l.Source, Target{i, -1, c.at(x, y, c.f.Text("unit", i)) + ", " + series + " samples", keysAt(c.f, i)})
	}
	return l
}

// at writes a point: "30 pairs of seeds: 35 points".
func (c powerCurves) at(units, change float64, noun string) string {
	return Whole.Text(units, 0) + " " + noun + ": " + c.points(change)
}

func (c powerCurves) points(change float64) string {
	_, unit := c.o.diffUnit()
	if c.o.Scale == FreeScale {
		unit = ""
	}
	return joined(" ", c.amount(change), unit)
}

// amount writes a change without its sign, in whole points.
func (c powerCurves) amount(v float64) string {
	if c.o.Scale != FreeScale && v >= 1 {
		return Whole.Text(math.Round(v), 0)
	}
	return Free.Text(v, 0)
}

// helps tells whether more samples would lower the line by a twentieth.
func (c powerCurves) helps(name, series string) bool {
	few, present := c.line(name, series), c.line(name, "present")
	if len(present.Y) == 0 || len(few.Y) == 0 {
		return false
	}
	last := len(few.Y) - 1
	return few.Y[last] < present.Y[len(present.Y)-1]*0.95
}

// mark is the design at hand on the line of present samples.
func (c powerCurves) mark(name string, l Layer) Layer {
	now := math.NaN()
	for i := range c.f.Len() {
		if c.of[i] == name {
			now = numAt(c.f, "present", i)
		}
	}
	for i := range l.X {
		if l.X[i] >= now {
			y := l.Y[i]
			if i > 0 && l.X[i] > now {
				y += (l.Y[i-1] - y) * (l.X[i] - now) / (l.X[i] - l.X[i-1])
			}
			text := "now, " + c.at(now, y, c.text(name, "unit"))
			return Layer{Mark: "point", Name: name + ", now", Role: l.Role, X: Values{now}, Y: Values{y}, Text: []string{"now " + c.points(y)}, Source: []Target{{-1, -1, text, nil}}}
		}
	}
	return Layer{}
}

func (c powerCurves) subtitle() string {
	text := "Smallest true change that a two-sided test sees with 80" + nbsp + "% power, at the spread observed; mark = design at hand"
	for _, name := range distinct(c.of) {
		if c.helps(name, "endless") || c.helps(name, "4 times") {
			return text
		}
	}
	if c.f.Len() > 0 && c.text(c.of[0], "unit") != "" && len(c.line(c.of[0], "endless").X) > 0 {
		text += "; more samples a seed would not lower the line, since seeds themselves differ"
	}
	return text
}

// propose says what the design at hand sees.
func (c powerCurves) propose() string {
	if c.f.Len() == 0 {
		return "No comparison to plan with"
	}
	name := c.of[0]
	m := c.mark(name, c.line(name, "present"))
	if m.Mark == "" {
		return "What more units would show"
	}
	now := numAt(c.f, "present", 0)
	title := Whole.Text(now, 0) + " " + c.text(name, "unit") + " show a change of " + c.points(m.Y[0]) + " or more"
	if slices.ContainsFunc(distinct(c.of), func(n string) bool { return n != name }) {
		return title + " under " + name
	}
	return title
}
