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
	Without, With string // values of the field, "" for runs that name none; With "" for any other than Without
	Capability    string // measure of samples that may be paid for it; "" for none
}

// Contrast measures recall, false positive rate, g-mean², true rate and the
// capability with and without: a row a measure, with measure, without, with,
// diff (with less without), diff_lo, diff_hi, diff_method, p, p_floor, pairs,
// seeds and level. Runs are paired by seed, within the values of Question.By
// if there are any, where two or more seeds are shared and stand for one run
// on each side, and else compared unpaired, which diff_method says. Units are the runs with: Value, and Pair
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
	return s.ContrastOf(ctx, r, c)
}

// ContrastOf is Contrast of a reading of a board whose last group is the
// field.
func (s Study) ContrastOf(ctx context.Context, r *Reading, c Contrast) (frame.Frame, error) {
	out := newSheet()
	for _, rate := range []Rate{Recall, FalseAlarm, GMean2, TrueRate} {
		without, with := r.sides(c, rate)
		contrastRow(out, string(rate), without, with, r.level(), c)
	}
	if c.Field == ArmField {
		r.interventionRow(out, c)
	}
	r.wholeNotes(out, false)
	if c.Capability == "" {
		return out.done(), nil
	}
	without, with, err := s.capabilities(ctx, r.Question, c)
	if err != nil {
		return frame.Frame{}, err
	}
	contrastRow(out, c.Capability, without, with, r.level(), c)
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
			c.sort(own, u, others, &without, &with)
		}
	}
	return without, with
}

// sort puts a run on the side that its value of the field belongs to.
func (c Contrast) sort(own string, u frame.Unit, others []string, without, with *side) {
	switch {
	case own == c.Without:
		without.add(u, others)
	case own == c.With, c.With == "":
		with.add(u, others)
	}
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
			c.sort(values[len(values)-1], u, values[:len(values)-1], &without, &with)
		}
	}
	return without, with, err
}

// pairs finds the runs of both sides with a value and the same key. A key that
// several runs of a side have pairs none of them, since nothing says which.
func pairs(without, with side) (a, b []float64, partner []float64) {
	own, others := with.once(), without.once()
	partner = make([]float64, len(with.units))
	for i, u := range with.units {
		partner[i] = math.NaN()
		j, shared := others[with.keys[i]]
		if k, alone := own[with.keys[i]]; !shared || !alone || k != i {
			continue
		}
		if v := without.units[j]; u.Value == u.Value && v.Value == v.Value {
			a, b = append(a, v.Value), append(b, u.Value)
			partner[i] = u.Value - v.Value
		}
	}
	return a, b, partner
}

// once finds the run of each key that only one run has.
func (d *side) once() map[string]int {
	out, twice := map[string]int{}, map[string]bool{}
	for i, key := range d.keys {
		if _, seen := out[key]; seen || key == "" {
			twice[key] = true
		}
		out[key] = i
	}
	for key := range twice {
		delete(out, key)
	}
	return out
}

// recurs tells whether several runs of a side have the same key.
func (d *side) recurs() bool { return len(d.once()) == 0 && len(d.keys) > 1 && d.keys[0] != "" }

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
	if !paired && (without.recurs() || with.recurs()) {
		s.note("unpaired", "several runs of a side have the same seed, so runs are not paired; filter until a seed stands for one run on each side", false)
	}
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
