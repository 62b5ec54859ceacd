package oversight

import (
	"fmt"
	"math"
	"slices"

	"witnessmark/data/frame"
	"witnessmark/data/stats"
)

// Columns of a decomposition.
const (
	PartColumn  = "part"
	TotalColumn = "total" // 1 where the row is a flag rate, 0 where it is a change
)

// Decompose explains how the flag rate of each group moved from one step to
// another: a row a part, with the fields of By, part, value, lo, hi, level,
// method, total, n and from_step, to_step. The parts are the flag rate before;
// more or fewer true cases, at the mean recall; better or worse recall, at the
// mean true rate; flags on benign samples; the flag rate after. They add up
// exactly: the sum of the middle three is the last less the first.
//
// Only runs that have samples at both steps are used. With three runs or more,
// parts have an interval by the jackknife over runs. Groups without a truth at
// both steps are left out, with a note.
//
// Symmetric decomposition: Kitagawa (1955), JASA 50:1168; jackknife: Tukey
// (1958), with Student's t as Miller (1974), Biometrika 61:1.
func (r *Reading) Decompose(from, to float64) frame.Frame {
	s := newSheet()
	for _, g := range r.groups {
		c, err := r.change(g, from, to)
		if err != nil {
			s.whole("no-decomposition", fmt.Sprintf("%s has no decomposition, because %s", g.name(), stats.Reason(err)), false)
			continue
		}
		r.changeRows(s, g, c, from, to)
	}
	r.wholeNotes(s, false)
	return s.done()
}

// A flagChange is the samples of the runs that a group has at two steps.
type flagChange struct {
	before, after []tally // by run
	left          int     // runs that have samples at one of the steps only
}

func (r *Reading) change(g *group, from, to float64) (flagChange, error) {
	a, b := g.spot(from), g.spot(to)
	if a == nil || b == nil {
		return flagChange{}, stats.Because("there are no samples at step %s", decimal(map[bool]float64{true: from, false: to}[a == nil]))
	}
	var c flagChange
	for _, run := range g.pool.runs {
		name := g.pool.name(run)
		before, after := a.pool.run(name), b.pool.run(name)
		if before == nil || after == nil {
			c.left += btoi(before != nil || after != nil)
			continue
		}
		c.before, c.after = append(c.before, r.sum(before)), append(c.after, r.sum(after))
	}
	if sumOf(c.before).N() == 0 || sumOf(c.after).N() == 0 {
		return c, stats.Because("no truth is known at both steps")
	}
	return c, nil
}

func (g *group) spot(step float64) *spot {
	i := slices.IndexFunc(g.spots, func(s *spot) bool { return s.step == step })
	if i < 0 {
		return nil
	}
	return g.spots[i]
}

func sumOf(parts []tally) (t tally) {
	for _, p := range parts {
		t.plus(p)
	}
	return t
}

// parts of a change of the flag rate.
const (
	moreTrue = iota
	recallPart
	benignPart
	parts
)

// partsOf splits the change between two counts.
func partsOf(before, after tally) (stats.FlagChange, [parts]float64, error) {
	f, err := stats.DecomposeFlagRate(before.Confusion, after.Confusion)
	return f, [parts]float64{f.MoreTrue, f.Recall, f.FewerBenign + f.FalseAlarms}, err
}

func (r *Reading) changeRows(s *sheet, g *group, c flagChange, from, to float64) {
	before, after := sumOf(c.before), sumOf(c.after)
	f, values, err := partsOf(before, after)
	if err != nil {
		s.whole("no-decomposition", fmt.Sprintf("%s has no decomposition, because %s", g.name(), stats.Reason(err)), false)
		return
	}
	row := func(part string, x number, total float64) {
		s.row(r.keys(g))
		r.fields(s, g)
		s.text(PartColumn, part)
		s.value(x, r.level())
		s.num(TotalColumn, total)
		s.num("from_step", from)
		s.num("to_step", to)
	}
	row("Flag rate at "+decimal(from), flagRateOf(before), 1)
	for i, v := range values {
		row(partName(i, v), r.jackknife(c, i, v), 0)
	}
	row("Flag rate at "+decimal(to), flagRateOf(after), 1)
	for _, text := range f.Notes {
		s.whole("decomposition", g.name()+": "+text, false)
	}
	if c.left > 0 {
		s.whole("unpaired-runs", fmt.Sprintf("%s: %s with samples at one of the steps only %s left out", g.name(), count(c.left, "run"), were(c.left)), false)
	}
	if n := before.unlabeled() + after.unlabeled(); n > 0 {
		s.whole("labeled-subsample", fmt.Sprintf("%s: %s without a truth %s left out of the decomposition, so its flag rates are those of the labeled ones", g.name(), count(n, "sample"), were(n)), false)
	}
}

// flagRateOf is the flag rate of the samples with a truth.
func flagRateOf(t tally) number {
	x := unknown("an end of a decomposition, see the parts")
	x.k, x.n = float64(t.Flagged()), float64(t.N())
	x.value = x.k / x.n
	return x
}

func partName(i int, v float64) string {
	up := [parts]string{"More true cases", "Higher recall", "More benign flags"}
	down := [parts]string{"Fewer true cases", "Lower recall", "Fewer benign flags"}
	if v < 0 {
		return down[i]
	}
	return up[i]
}

// jackknife bounds a part by leaving out one run after the other.
func (r *Reading) jackknife(c flagChange, part int, value float64) number {
	x := unknown("the parts of fewer than three runs have no interval")
	x.value = value
	k := len(c.before)
	if k < 3 {
		return x
	}
	var left []float64
	for i := range k {
		before, after := slices.Delete(slices.Clone(c.before), i, i+1), slices.Delete(slices.Clone(c.after), i, i+1)
		_, values, err := partsOf(sumOf(before), sumOf(after))
		if err != nil {
			x.why = "without one of the runs there is no truth at a step"
			return x
		}
		left = append(left, values[part])
	}
	mean, _ := stats.Mean(left)
	squares := 0.0
	for _, v := range left {
		squares += (v - mean) * (v - mean)
	}
	half := stats.TQuantile((1+r.level())/2, float64(k-1)) * math.Sqrt(squares*float64(k-1)/float64(k))
	x.lo, x.hi, x.why, x.method = value-half, value+half, "", "jackknife t over seeds"
	return x
}
