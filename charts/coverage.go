package charts

import (
	"math"
	"slices"
	"strconv"

	"witnessmark/data/frame"
)

// The states of a checkpoint in a coverage chart.
const (
	Present   = "present"
	Missing   = "missing"
	Failed    = "failed"
	Duplicate = "duplicate"
)

// Coverage draws which checkpoints of which seeds are there: one panel a
// condition, one row a seed, one column a step.
//
// Columns: o.By (text) names the condition, seed (text) the seed, o.Step
// (number, "step") the checkpoint, status (text) one of present, missing,
// failed and duplicate. A combination without a row is missing.
func Coverage(f frame.Frame, o Options) Spec {
	g := newCoverage(f, o)
	s := Spec{ID: "coverage", Title: o.title(g.propose()), Source: o.source(), Columns: 1, Notes: frameNotes(f)}
	s.Subtitle = o.subtitle(o.Context, "Row = one seed, column = one checkpoint; "+g.legend())
	if len(g.steps) == 0 {
		s.Panels = []Panel{{X: Axis{Bare: true}, Y: Axis{Bare: true}, Empty: "No file names a step for these numbers, so there are no checkpoints to list"}}
		return s
	}
	for i, name := range g.conditions {
		p := g.panel(name)
		p.X.Quiet = i+1 < len(g.conditions)
		s.Panels = append(s.Panels, p)
	}
	return s
}

// A coverageGrid is the status of every seed at every step.
type coverageGrid struct {
	o          Options
	conditions []string
	seeds      map[string][]string // of each condition
	steps      []float64
	status     map[coverageKey]string
	row        map[coverageKey]int
	f          frame.Frame
}

type coverageKey struct {
	condition, seed string
	step            float64
}

func newCoverage(f frame.Frame, o Options) coverageGrid {
	g := coverageGrid{o: o, f: f, seeds: map[string][]string{}, status: map[coverageKey]string{}, row: map[coverageKey]int{}}
	names := namesOf(f, o.By)
	g.conditions = distinct(names)
	for i, name := range names {
		k := coverageKey{name, textAt(f, "seed", i), numAt(f, o.stepColumn(), i)}
		if math.IsNaN(k.step) {
			continue
		}
		if !slices.Contains(g.seeds[name], k.seed) {
			g.seeds[name] = append(g.seeds[name], k.seed)
		}
		if !slices.Contains(g.steps, k.step) {
			g.steps = append(g.steps, k.step)
		}
		g.status[k], g.row[k] = given(f.Text("status", i), Present), i
	}
	slices.Sort(g.steps)
	return g
}

func (g coverageGrid) panel(name string) Panel {
	seeds := g.seeds[name]
	rows := float64(len(seeds))
	p := Panel{
		Head: name, HeadRole: roleOf(g.f, g.o, namesOf(g.f, g.o.By))[name], HeadNote: []string{g.counts(name)},
		X:    Axis{Hi: math.Max(1, float64(len(g.steps))), Title: given(g.o.StepLabel, "Training step"), NoGrid: true, Ticks: []Tick{}},
		Y:    Axis{Hi: math.Max(1, rows), NoGrid: true, Ticks: []Tick{}},
		Tall: math.Max(1, rows),
	}
	for i, s := range g.steps {
		p.X.Ticks = append(p.X.Ticks, Tick{float64(i) + 0.5, stepName(s)})
	}
	for i, s := range seeds {
		p.Y.Ticks = append(p.Y.Ticks, Tick{rows - float64(i) - 0.5, s})
	}
	for _, l := range []Layer{
		{Mark: "bar", Name: Present, Role: AxisRole, Alpha: 0.45}, {Mark: "hatch", Name: Missing}, {Mark: "bar", Name: Failed, Role: InkRole},
		{Mark: "bar", Name: Duplicate, Role: AxisRole},
	} {
		if g.runs(&l, name); len(l.X) > 0 {
			p.Layers = append(p.Layers, l)
		}
	}
	return p
}

// legend says how the states that are there look.
func (g coverageGrid) legend() string {
	total := map[string]int{}
	for _, c := range g.conditions {
		for s, n := range g.tally(c) {
			total[s] += n
		}
	}
	var parts []string
	for _, s := range []struct{ state, text string }{
		{Present, "grey = present"}, {Missing, "hatched = missing"}, {Failed, "black = failed"}, {Duplicate, "two bars = there twice"},
	} {
		if total[s.state] > 0 || s.state == Present {
			parts = append(parts, s.text)
		}
	}
	return joined(", ", parts...)
}

// coverageWhy says what the states of a checkpoint mean.
var coverageWhy = map[string]string{
	Present: "present", Missing: "missing: other runs have this checkpoint, no file has it for this one",
	Failed:    "failed: all of its samples were left out, or the run ended in failure before it",
	Duplicate: "there twice: in two imports, or in two runs of one seed",
}

// runs adds one box for every unbroken run of the layer's status in a row.
func (g coverageGrid) runs(l *Layer, condition string) {
	seeds := g.seeds[condition]
	for i, seed := range seeds {
		y := float64(len(seeds) - i)
		stretches(len(g.steps), func(k int) bool { return g.at(condition, seed, k) == l.Name }, func(from, to int) {
			strips := [][2]float64{{0.1, 0.9}}
			if l.Name == Duplicate {
				strips = [][2]float64{{0.1, 0.42}, {0.58, 0.9}}
			}
			for _, strip := range strips {
				l.X, l.X2 = append(l.X, float64(from)+0.06), append(l.X2, float64(to)-0.06)
				l.Y, l.Y2 = append(l.Y, y-strip[0]), append(l.Y2, y-strip[1])
				l.Source = append(l.Source, g.target(condition, seed, l.Name, from, to))
			}
		})
	}
}

func (g coverageGrid) at(condition, seed string, k int) string {
	if s, ok := g.status[coverageKey{condition, seed, g.steps[k]}]; ok {
		return s
	}
	return Missing
}

func (g coverageGrid) target(condition, seed, status string, from, to int) Target {
	row, ok := g.row[coverageKey{condition, seed, g.steps[from]}]
	if !ok {
		row = -1
	}
	steps := "step " + stepName(g.steps[from])
	if to-from > 1 {
		steps = "steps " + stepName(g.steps[from]) + "–" + stepName(g.steps[to-1])
	}
	return Target{row, -1, joined(", ", condition, "seed "+seed, steps, coverageWhy[status]), g.spanKeys(row, status, from, to)}
}

// spanKeys lead to the checkpoints from step number from up to to, without
// it; several are named by a range as filters write it. What is missing leads
// to its seed: there is nothing at the step.
func (g coverageGrid) spanKeys(row int, status string, from, to int) []frame.Key {
	if row < 0 {
		return nil
	}
	keys := slices.DeleteFunc(slices.Clone(keysAt(g.f, row)), func(k frame.Key) bool { return k.Field == g.o.stepColumn() })
	if to-from == len(g.steps) || status == Missing || status == Failed {
		return keys
	}
	plain := func(i int) string { return strconv.FormatFloat(g.steps[i], 'f', -1, 64) }
	value := plain(from)
	if to-from > 1 {
		value += ".." + plain(to-1)
	}
	return append(keys, frame.Key{Field: g.o.stepColumn(), Value: value})
}

// tally counts the combinations of a condition by status.
func (g coverageGrid) tally(condition string) map[string]int {
	out := map[string]int{}
	for _, seed := range g.seeds[condition] {
		for k := range g.steps {
			out[g.at(condition, seed, k)]++
		}
	}
	return out
}

func (g coverageGrid) counts(condition string) string {
	n := g.tally(condition)
	parts := []string{Count(float64(len(g.seeds[condition])), "seed")}
	for _, s := range []string{Present, Missing, Failed, Duplicate} {
		if n[s] > 0 {
			parts = append(parts, Whole.Text(float64(n[s]), 0)+" "+s)
		}
	}
	return joined(", ", parts...)
}

func (g coverageGrid) propose() string {
	total := map[string]int{}
	all := 0
	for _, c := range g.conditions {
		for s, n := range g.tally(c) {
			total[s] += n
			all += n
		}
	}
	if all == 0 {
		return "No checkpoints"
	}
	var parts []string
	for _, s := range []string{Missing, Failed, Duplicate} {
		is := map[bool]string{true: " is ", false: " are "}[total[s] == 1]
		words := map[string]string{Missing: is + "missing", Failed: " failed", Duplicate: is + "there twice"}[s]
		if total[s] > 0 {
			parts = append(parts, Whole.Text(float64(total[s]), 0)+words)
		}
	}
	if len(parts) == 0 {
		return "All " + Count(float64(all), "checkpoint") + " are there once"
	}
	return "Of " + Count(float64(all), "checkpoint") + " " + list(parts)
}
