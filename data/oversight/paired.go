package oversight

import (
	"context"
	"fmt"
	"math"
	"slices"

	"witnessmark/data"
	"witnessmark/data/frame"
	"witnessmark/data/query"
	"witnessmark/data/stats"
)

// A Contrast compares the runs that have one value of a field with those that
// have another: with and without a paraphraser, a separate face, training
// against the monitor.
type Contrast struct {
	Field         string
	Without, With string
	Capability    string // measure of samples that may be paid for it; "" for none
}

// Contrast measures recall, false positive rate, g-mean², true rate and the
// capability with and without: a row a measure, with measure, without, with,
// diff (with less without), diff_lo, diff_hi, diff_method, p, p_floor, pairs,
// seeds and level. Runs are paired by seed, within the values of Question.By
// if there are any, where two or more seeds are shared, and else compared
// unpaired, which diff_method says. Units are the runs with: Value, and Pair
// its difference from its partner.
func (s Study) Contrast(ctx context.Context, q Question, set Settings, c Contrast) (frame.Frame, error) {
	within := q.By
	q.By = append(slices.Clone(within), c.Field)
	b, err := s.Board(ctx, q)
	if err != nil {
		return frame.Frame{}, err
	}
	r := b.Read()
	if err := r.Move(set); err != nil {
		return frame.Frame{}, err
	}
	out := newSheet()
	for _, rate := range []Rate{Recall, FalseAlarm, GMean2, TrueRate} {
		without, with := r.sides(c, rate)
		contrastRow(out, string(rate), without, with, set.level(), c)
	}
	r.wholeNotes(out, false)
	if c.Capability == "" {
		return out.done(), nil
	}
	without, with, err := s.capabilities(ctx, q, c)
	if err != nil {
		return frame.Frame{}, err
	}
	contrastRow(out, c.Capability, without, with, set.level(), c)
	return out.done(), nil
}

// A side is the runs with one value, with what they are paired by.
type side struct {
	units []frame.Unit
	keys  []string // seed within the other fields; "" for a run without a seed
}

func (d *side) add(u frame.Unit, others []string) {
	key := ""
	if u.Seed != "" {
		key = keyOf(append(slices.Clone(others), u.Seed)...)
	}
	d.units, d.keys = append(d.units, u), append(d.keys, key)
}

func (r *Reading) sides(c Contrast, rate Rate) (without, with side) {
	for _, g := range r.groups {
		others, own := g.values[:len(g.values)-1], g.values[len(g.values)-1]
		for _, u := range r.runUnits(g.pool, rate) {
			switch own {
			case c.Without:
				without.add(u, others)
			case c.With:
				with.add(u, others)
			}
		}
	}
	return without, with
}

// capabilities are the sides of a measure that no monitor gives.
func (s Study) capabilities(ctx context.Context, q Question, c Contrast) (without, with side, err error) {
	f, err := s.Index.Ask(ctx, query.Query{
		Where: q.Where, Steps: q.Steps, By: append(slices.Clone(q.By), data.Run), Measures: []string{c.Capability}, Units: true,
	})
	for i := range f.Len() {
		if f.Text(frame.Reported, i) != "" {
			continue
		}
		values := texts(f, i, q.By)
		for _, u := range f.Units[i] {
			switch values[len(values)-1] {
			case c.Without:
				without.add(u, values[:len(values)-1])
			case c.With:
				with.add(u, values[:len(values)-1])
			}
		}
	}
	return without, with, err
}

// pairs finds the runs of both sides with a value and the same key, each
// used once.
func pairs(without, with side) (a, b []float64, partner []float64) {
	used := make([]bool, len(without.units))
	partner = make([]float64, len(with.units))
	for i, u := range with.units {
		partner[i] = math.NaN()
		for j, v := range without.units {
			if !used[j] && with.keys[i] != "" && with.keys[i] == without.keys[j] && u.Value == u.Value && v.Value == v.Value {
				used[j] = true
				a, b = append(a, v.Value), append(b, u.Value)
				partner[i] = u.Value - v.Value
				break
			}
		}
	}
	return a, b, partner
}

func contrastRow(s *sheet, measure string, without, with side, level float64, c Contrast) {
	s.row([]frame.Key{{Field: c.Field, Value: c.With}})
	s.text(frame.Measure, measure)
	s.estimate("without", meanOf(valuesOf(without.units), level, "no run without has a value"))
	s.estimate("with", meanOf(valuesOf(with.units), level, "no run with has a value"))
	a, b, partner := pairs(without, with)
	var d stats.Comparison
	var err error
	paired := len(a) > 1
	if paired {
		d, err = stats.PairedSeeds(a, b, level)
	} else {
		d, err = stats.Welch(valuesOf(without.units), valuesOf(with.units), level)
	}
	setDifference(s, d, err)
	s.num(frame.Level, level)
	s.why(frame.Pairs, pairCount(paired, len(a)), "nothing is paired")
	s.num(frame.Seeds, float64(len(valuesOf(without.units))+len(valuesOf(with.units))))
	units := slices.Clone(with.units)
	for i := range units {
		if paired {
			units[i].Pair = partner[i]
		}
	}
	s.units(units)
	if left := len(valuesOf(with.units)) + len(valuesOf(without.units)) - 2*len(a); paired && left > 0 {
		s.note("unequal-seeds", fmt.Sprintf("%s without a partner of the same seed %s left out", count(left, "run"), were(left)), false)
	}
}

func pairCount(paired bool, n int) float64 {
	if !paired {
		return math.NaN()
	}
	return float64(n)
}

func setDifference(s *sheet, d stats.Comparison, err error) {
	x := from(d.Estimate, err)
	s.why(frame.Diff, x.value, x.why)
	s.why(frame.DiffLo, x.lo, x.why)
	s.why(frame.DiffHi, x.hi, x.why)
	s.text(frame.DiffVia, x.method)
	p, floor := d.P, d.PFloor
	if err != nil {
		p, floor = math.NaN(), math.NaN()
	}
	s.why(frame.P, p, x.why)
	s.why(frame.PFloor, floor, x.why)
	s.told("", x)
}
