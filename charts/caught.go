package charts

import (
	"math"

	"witnessmark/data/frame"
)

// Caught draws how many rollouts hack over steps, split into those a monitor
// flags and those it does not: one panel a condition, caught below, uncaught
// on top.
//
// Columns: o.By (text) names the condition, o.Step (number, "step") the
// checkpoint; caught and uncaught (numbers) the shares of all rollouts; n
// the rollouts. A stack carries no interval, which the subtitle says.
func Caught(f frame.Frame, o Options) Spec {
	c := newCurves(f, o)
	s := Spec{ID: "caught", Source: o.source(), Columns: 1, Notes: frameNotes(f)}
	proposed, most := "Caught and uncaught are not known", -1.0
	for i, name := range c.conditions {
		p, caught, uncaught := c.caughtPanel(name)
		p.X.Quiet = i+1 < len(c.conditions)
		s.Panels = append(s.Panels, p)
		if uncaught == uncaught && caught == caught && uncaught > most {
			most = uncaught
			_, unit := o.diffUnit()
			proposed = "At the end " + decimal(math.Round(100*uncaught), 0) + " of " + decimal(math.Round(100*(caught+uncaught)), 0) + " " + unit + " go uncaught"
			if len(c.conditions) > 1 {
				proposed += " under " + name
			}
		}
	}
	n := rangeText(numbers(f, frame.N), "rollout")
	if n != "" {
		n += " a checkpoint"
	}
	s.Title = o.title(proposed)
	s.Subtitle = o.subtitle(upperFirst(given(o.MeasureLabel, "share of rollouts that hack")), o.Context,
		upperFirst(joined("; ", "grey = flagged by the monitor, orange = not flagged", n, "stacks carry no interval")))
	return s
}

func (c curves) caughtPanel(name string) (p Panel, caught, uncaught float64) {
	low := Layer{Mark: "area", Name: name + ", caught", Role: Baseline, Alpha: 0.45}
	high := Layer{Mark: "area", Name: name + ", uncaught", Role: Discouraging, Alpha: 0.75}
	top := Layer{Mark: "line", Name: name + ", hacks", Role: InkRole, Width: 1.2}
	for _, i := range c.rows(name) {
		caught, uncaught = numAt(c.f, "caught", i), numAt(c.f, "uncaught", i)
		x := c.step(i)
		low.X, low.Y, low.Y2 = append(low.X, x), append(low.Y, 0), append(low.Y2, caught)
		high.X, high.Y, high.Y2 = append(high.X, x), append(high.Y, caught), append(high.Y2, caught+uncaught)
		top.X, top.Y = append(top.X, x), append(top.Y, caught+uncaught)
		text := name + ", step " + stepName(x) + ": " + c.share(caught, i) + " caught, " + c.share(uncaught, i) + " uncaught"
		top.Source = append(top.Source, Target{i, -1, joined(", ", text, countText(c.f, i)), keysAt(c.f, i)})
	}
	p = Panel{Head: name, HeadRole: c.roles[name], X: c.x, Y: c.y, MinWidth: 200, Layers: []Layer{low, high, top}}
	if rows := c.rows(name); len(rows) > 0 && finite(caught, uncaught) {
		last := rows[len(rows)-1]
		at := "at " + stepName(c.step(last)) + ": "
		p.HeadNote = []string{
			at + c.share(caught, last) + " caught, " + c.share(uncaught, last) + " uncaught",
			c.share(uncaught, last) + " uncaught",
		}
		p.Side = areaBlocks(caught, uncaught)
	}
	return p, caught, uncaught
}

// areaBlocks name the parts of a stack at its right end.
func areaBlocks(caught, uncaught float64) []Block {
	var out []Block
	if uncaught > 0 {
		out = append(out, Block{At: caught + uncaught/2, Forms: [][]Line{{{Text: "uncaught"}}}})
	}
	if caught > 0 {
		out = append(out, Block{At: caught / 2, Forms: [][]Line{{{Text: "caught", Muted: true}}}})
	}
	return out
}

func (c curves) share(v float64, row int) string {
	return c.y.Format.Text(v, numAt(c.f, frame.N, row))
}
