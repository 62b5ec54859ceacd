package charts

import (
	"math"

	"witnessmark/data/frame"
)

// Survival draws the share of seeds that have not yet passed a threshold
// over steps (Kaplan–Meier), with its band and the seeds at risk below.
//
// Columns: o.By (text) names the condition, o.Step (number, "step") the
// steps at which the share changes, with the first and last step of the
// study; value, lo, hi, level and method give the share; at_risk (number)
// the seeds still at risk at that step.
func Survival(f frame.Frame, o Options) Spec {
	c := newCurves(f, o)
	s := Spec{ID: "survival", Title: o.title(c.proposeSurvival()), Source: o.source(), Notes: frameNotes(f)}
	s.Subtitle = o.subtitle(upperFirst(given(o.MeasureLabel, "share of seeds not yet above "+c.thresholdText())), o.Context,
		upperFirst(joined("; ", "step line = Kaplan–Meier share", c.bandText())))
	p := Panel{X: c.x, Y: c.y, MinWidth: 260, Empty: "No run has steps of this measure"}
	for _, name := range c.conditions {
		p.Layers = append(p.Layers, c.stairBand(name))
	}
	for _, name := range c.conditions {
		p.Layers = append(p.Layers, c.stairLine(name))
		p.Side = append(p.Side, c.endBlock(name)...)
	}
	p.Under = c.atRisk()
	s.Panels = []Panel{p}
	return s
}

func (c curves) stairBand(name string) Layer {
	l := Layer{Mark: "band", Name: name + ", band", Role: c.roles[name]}
	x, lo, hi := c.columns(name)
	l.X, l.Y = stairs(x, lo)
	_, l.Y2 = stairs(x, hi)
	return l
}

func (c curves) columns(name string) (x, lo, hi Values) {
	for _, i := range c.rows(name) {
		x, lo, hi = append(x, c.step(i)), append(lo, numAt(c.f, frame.Lo, i)), append(hi, numAt(c.f, frame.Hi, i))
	}
	return x, lo, hi
}

func (c curves) stairLine(name string) Layer {
	l := Layer{Mark: "step", Name: name, Role: c.roles[name], Width: 2, Dash: c.roles[name].Dash()}
	for _, i := range c.rows(name) {
		l.X, l.Y = append(l.X, c.step(i)), append(l.Y, numAt(c.f, frame.Value, i))
		risk := numAt(c.f, "at_risk", i)
		text := c.stepText(i, name)
		if !math.IsNaN(risk) {
			text += ", " + Whole.Text(risk, 0) + " at risk"
		}
		l.Source = append(l.Source, Target{i, -1, text, keysAt(c.f, i)})
	}
	return l
}

// atRisk lists the seeds at risk at the ticks of the axis.
func (c curves) atRisk() []Strip {
	if c.f.Col("at_risk") == nil {
		return nil
	}
	out := []Strip{{Head: "Seeds at risk"}}
	for _, name := range c.conditions {
		s := Strip{Role: c.roles[name]}
		ticks := linearTicks(c.x.Lo, c.x.Hi, 6, Whole)
		if c.x.Last {
			ticks = append(ticks, Tick{At: c.x.Hi})
		}
		for _, t := range ticks {
			if n := c.riskAt(name, t.At); !math.IsNaN(n) {
				s.At, s.Text = append(s.At, t.At), append(s.Text, Whole.Text(n, 0))
			}
		}
		out = append(out, s)
	}
	return out
}

// riskAt returns the number at risk at the last change up to a step.
func (c curves) riskAt(name string, step float64) float64 {
	n := math.NaN()
	for _, i := range c.rows(name) {
		if c.step(i) <= step || math.IsNaN(n) {
			n = numAt(c.f, "at_risk", i)
		}
	}
	return n
}

// proposeSurvival names the condition under which most seeds never pass.
func (c curves) proposeSurvival() string {
	best, never, all := "", 0.0, 0.0
	for _, name := range c.conditions {
		rows := c.rows(name)
		if len(rows) == 0 {
			continue
		}
		last, first := numAt(c.f, "at_risk", rows[len(rows)-1]), numAt(c.f, "at_risk", rows[0])
		if last > never {
			best, never, all = name, last, first
		}
	}
	if best == "" {
		return "Seeds that have not passed " + c.thresholdText() + " by step"
	}
	return "Under " + best + " " + Whole.Text(never, 0) + " of " + Count(all, "seed") + " never pass " + c.thresholdText()
}
