package contrast

import (
	"context"
	"fmt"
	"math"

	"witnessmark/data/frame"
	"witnessmark/data/query"
	"witnessmark/data/stats"
)

// A PowerPoint is the smallest change that a number of units would show with
// 80 % power, in the measure's scale, with the spread that was observed.
type PowerPoint struct {
	Units   int     // pairs, or units of each side
	Present float64 // with as many samples a seed as at hand
	More    float64 // with four times as many; NaN where it is not known
	Endless float64 // with endless samples; NaN where it is not known
}

// moreSamples is how many times as many samples the second line of a power
// curve stands for.
const moreSamples = 4

// Curve returns the power curve from three units to four times those at
// hand, in at most some sixty points. A number of units that can show no
// change at all is left out.
func (p Power) Curve() []PowerPoint {
	const most = 60
	last := max(12, 4*p.N)
	var out []PowerPoint
	for k := 3; k <= last; k += max(1, last/most) {
		se, df := p.spreadOf(float64(k))
		lambda, err := stats.DetectableT(df, p.Alpha, chance)
		if err != nil {
			continue
		}
		d := lambda * se
		out = append(out, PowerPoint{k, d, d * p.shrunk(moreSamples), d * p.shrunk(math.Inf(1))})
	}
	return out
}

// spreadOf is the standard error of a difference over k units, and its
// degrees of freedom.
func (p Power) spreadOf(k float64) (se, df float64) {
	if p.Paired {
		return p.SD / math.Sqrt(k), k - 1
	}
	va, vb := p.sides[0]*p.sides[0], p.sides[1]*p.sides[1]
	return math.Sqrt((va + vb) / k), (va + vb) * (va + vb) * (k - 1) / (va*va + vb*vb)
}

// shrunk is the factor on a standard error with some times as many samples.
func (p Power) shrunk(times float64) float64 {
	return math.Sqrt(1 - p.Sampling + p.Sampling/times)
}

// Reach is the number of units with its noun: "30 pairs of seeds".
func (p Power) Reach() string { return p.units(p.N) }

// Floors says what part of the spread more samples a seed would take away;
// "" where that is not known, or units are no seeds.
func (p Power) Floors() string {
	if math.IsNaN(p.Sampling) {
		return ""
	}
	if p.Sampling < 0.05 {
		return fmt.Sprintf("More samples a seed cannot help: the variance between seeds is a floor of %s%s with the present seeds.", p.w.about(p.Floor), p.w.points())
	}
	return fmt.Sprintf("%s of the variance comes from the number of samples a seed. Endless samples would show %s%s with the present seeds, no less.", wholePercent(p.Sampling), p.w.about(p.Floor), p.w.points())
}

// Columns of a frame of power curves.
const (
	PowerUnits      = "units"
	PowerDetectable = "detectable"
	PowerSeries     = "samples" // "present", "4 times", "endless"
	PowerPresent    = "present" // units at hand, the same in all rows of a group
	PowerNoun       = "unit"    // "pairs of seeds"
)

// Power returns what the comparison of the row of Ask(q) with the keys could
// have shown; nil where there is no spread to plan with, and why. Errors are
// those of Explain.
func (st Study) Power(ctx context.Context, q query.Query, keys ...frame.Key) (p *Power, why string, err error) {
	c, err := st.compare(ctx, q, keys)
	if err != nil {
		return nil, "", err
	}
	p = c.power()
	return p, c.noPower(p), nil
}

func (c *comparison) noPower(p *Power) string {
	switch _, why, _ := c.f.Num(frame.DiffLo, c.row); {
	case p != nil:
		return ""
	case c.base < 0:
		return "there is no baseline to compare with"
	case why != "":
		return why
	}
	return "the units do not differ, so there is no spread to plan with"
}

// PowerCurves returns the power curves of the rows of Ask(q), by q's first
// field: a row a point and line. With only, those of one group. Groups
// without a spread to plan with are told in a note.
func (st Study) PowerCurves(ctx context.Context, q query.Query, only string) (frame.Frame, error) {
	q.Measures, q.Units, q.Sort, q.Limit, q.Offset = q.Measures[:min(1, len(q.Measures))], true, nil, 0, 0
	f, err := st.Index.Ask(ctx, q)
	if err != nil {
		return frame.Frame{}, err
	}
	s := powerSheet{by: q.By[0]}
	for i := range f.Len() {
		name := f.Key(i, q.By[0])
		if name == q.Baseline || only != "" && name != only || f.Text(frame.Reported, i) != "" {
			continue
		}
		c, err := st.compare(ctx, q, f.Keys[i])
		if err != nil {
			return frame.Frame{}, err
		}
		if p := c.power(); p != nil {
			s.add(c.name(), f.Keys[i], *p)
		} else {
			s.notes = append(s.notes, frame.Note{Row: -1, ID: "no-power", Text: c.label() + ": no power curve, because " + c.noPower(p)})
		}
	}
	return s.frame(), nil
}

// powerSheet collects the rows of power curves.
type powerSheet struct {
	by                         string
	names, series, nouns       []string
	units, detectable, present []float64
	keys                       [][]frame.Key
	notes                      []frame.Note
}

func (s *powerSheet) add(name string, keys []frame.Key, p Power) {
	noun := p.Unit + "s an arm"
	if p.Paired {
		noun = "pairs of " + p.Unit + "s"
	}
	for _, at := range p.Curve() {
		for i, v := range []float64{at.Present, at.More, at.Endless} {
			if math.IsNaN(v) {
				continue
			}
			s.names, s.keys = append(s.names, name), append(s.keys, keys)
			s.series = append(s.series, []string{"present", "4 times", "endless"}[i])
			s.nouns = append(s.nouns, noun)
			s.units, s.detectable, s.present = append(s.units, float64(at.Units)), append(s.detectable, v), append(s.present, float64(p.N))
		}
	}
}

func (s *powerSheet) frame() frame.Frame {
	return frame.Frame{
		Columns: []frame.Column{
			{Name: s.by, Text: s.names}, {Name: PowerSeries, Text: s.series}, {Name: PowerNoun, Text: s.nouns},
			{Name: PowerUnits, Num: s.units}, {Name: PowerDetectable, Num: s.detectable}, {Name: PowerPresent, Num: s.present},
		},
		Keys: s.keys, Notes: s.notes,
	}
}
