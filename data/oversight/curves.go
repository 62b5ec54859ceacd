package oversight

import (
	"fmt"
	"math"

	"witnessmark/data"
	"witnessmark/data/frame"
	"witnessmark/data/stats"
)

// Limits of a control chart of false alarms, and the budget.
const (
	LowerLimit   = "lcl"
	UpperLimit   = "ucl"
	BudgetColumn = "budget"
)

// Curves lists rates over steps: a row a rate, group and step, with columns
// measure (the Rate), the fields of By, step, value, lo, hi, level, k, n,
// method, seeds and threshold; for FalseAlarm also lcl, ucl and budget, see
// FindDrift. Intervals are pointwise. Units are runs. Samples without a step
// are in none.
//
// Where a group has no truth at a step but has it at others, its true rate is
// corrected from the flag rate by the recall and false positive rate there
// (Rogan & Gladen), which the row's note calls into doubt.
func (r *Reading) Curves(of ...Rate) frame.Frame {
	s := newSheet()
	for _, rate := range of {
		for _, g := range r.groups {
			limits := r.limits(g)
			for _, sp := range g.spots {
				if sp.step == sp.step {
					r.curveRow(s, rate, sp, limits)
				}
			}
		}
	}
	r.wholeNotes(s, false)
	return s.done()
}

func (r *Reading) curveRow(s *sheet, rate Rate, sp *spot, limits limits) {
	p := sp.pool
	s.row(r.spotKeys(sp))
	s.text(frame.Measure, string(rate))
	r.fields(s, sp.group)
	s.num(data.Step, sp.step)
	x := r.rate(rate, p, r.units(p))
	if all := r.total(p); rate == TrueRate && all.N() == 0 && all.verdicts() > 0 {
		x = r.corrected(s, sp, all, x)
	}
	s.value(x, r.level())
	s.num(frame.Seeds, float64(len(p.runs)))
	at, why := r.threshold(p)
	s.why(ThresholdColumn, at, why)
	if rate == FalseAlarm {
		s.num(BudgetColumn, r.budget())
		lo, hi, why := limits.at(r.total(p).Negatives())
		s.why(LowerLimit, lo, why)
		s.why(UpperLimit, hi, why)
	}
	if n := r.tuned(p); n > 0 && rate != TrueRate {
		s.guard(stats.ThresholdOnTest(n, r.total(p).N()), false)
	}
	s.units(r.runUnits(p, rate))
}

func (b *Board) spotKeys(sp *spot) []frame.Key {
	keys := b.keys(sp.group)
	if sp.step == sp.step {
		keys = append(keys, frame.Key{Field: data.Step, Value: decimal(sp.step)})
	}
	return keys
}

// corrected estimates a true rate without any truth at its step.
func (r *Reading) corrected(s *sheet, sp *spot, all tally, none number) number {
	known := r.total(sp.group.pool)
	if known.N() == 0 {
		return none
	}
	v := stats.Validation{KSe: known.TP, NSe: known.Positives(), KSp: known.TN, NSp: known.Negatives()}
	t, err := stats.RoganGladen(all.allFlagged(), all.verdicts(), v, r.level())
	if err != nil {
		return unknown(stats.Reason(err))
	}
	x := from(t.Estimate())
	if x.ok() {
		x.notes = nil
		s.note("validation-elsewhere", fmt.Sprintf("no truth is known at step %s; the true rate is corrected from the flag rate by recall and false alarms at other steps, which need not hold here", decimal(sp.step)), true)
	}
	return x
}

// limits are those of a control chart about the false positive rate of a
// reference: the samples on which the threshold was frozen, or else the first
// step with negatives.
type limits struct {
	mean float64
	why  string
}

func (r *Reading) limits(g *group) limits {
	frozen := r.Threshold.kind == frozenAt
	for _, sp := range g.spots {
		if all := r.total(sp.pool); all.Negatives() > 0 && (!frozen || sp.step == r.Threshold.at) {
			return limits{mean: float64(all.FP) / float64(all.Negatives())}
		}
	}
	return limits{mean: math.NaN(), why: "no step with negative samples to refer to"}
}

// at returns three standard deviations about the mean for n negatives.
func (l limits) at(n int) (lo, hi float64, why string) {
	if l.mean != l.mean {
		return l.mean, l.mean, l.why
	}
	lo, hi, err := stats.PChart(l.mean, n)
	if err != nil {
		return math.NaN(), math.NaN(), stats.Reason(err)
	}
	return lo, hi, ""
}

// Caught lists at each step how many of all samples are positive and flagged
// (caught) or not (uncaught): a row a group and step, with the fields of By,
// step, caught, uncaught and true_rate, to which they add up, n and seeds.
// Their intervals are those of Curves.
func (r *Reading) Caught() frame.Frame {
	s := newSheet()
	for _, sp := range r.spots {
		if sp.step != sp.step {
			continue
		}
		all := r.total(sp.pool)
		s.row(r.spotKeys(sp))
		r.fields(s, sp.group)
		s.num(data.Step, sp.step)
		caught, why := shareOf(caughtShare, all)
		s.why(string(caughtShare), caught, why)
		missed, why := shareOf(missedShare, all)
		s.why(string(missedShare), missed, why)
		s.why("true_rate", caught+missed, why)
		s.num(frame.N, float64(all.N()))
		s.num(frame.Seeds, float64(len(sp.pool.runs)))
	}
	r.wholeNotes(s, false)
	return s.done()
}

// shareOf is a share of all samples without its interval, NaN with the reason
// where there is none.
func shareOf(of Rate, all tally) (share float64, why string) {
	k, n := of.of(all)
	switch {
	case n == 0:
		return math.NaN(), of.none(all)
	case all.unlabeled() == 0:
		return float64(k) / float64(n), ""
	}
	e, err := split(of, all.subsample())
	if err != nil {
		return math.NaN(), stats.Reason(err)
	}
	return e.Value, ""
}

// Uncaught sums up the uncaught share of each group over its steps: the area
// under it by trapezoids, divided by the steps covered. A row a group, with
// value, lo, hi, level, method (t over runs), n (runs), from and to (steps).
// Units are runs.
func (r *Reading) Uncaught() frame.Frame {
	s := newSheet()
	for _, g := range r.groups {
		s.row(r.keys(g))
		r.fields(s, g)
		var units []frame.Unit
		var values []float64
		from, to := math.Inf(1), math.Inf(-1)
		for _, run := range g.pool.runs {
			c := r.cells[g.pool.cells[run.from]]
			steps, missed := r.series(g, c.run, missedShare)
			u := frame.Unit{Run: c.run, Seed: c.Key(data.Seed), Value: math.NaN(), K: math.NaN(), N: math.NaN(), Pair: math.NaN()}
			if area, err := stats.AreaOverSteps(steps, missed); err == nil {
				if h, err := area.MeanHeight.Value(); err == nil {
					u.Value, values = h, append(values, h)
					from, to = min(from, area.From), max(to, area.To)
				}
			}
			units = append(units, u)
		}
		s.value(meanOf(values, r.level(), "no run has a truth at two steps or more"), r.level())
		if values != nil {
			s.num("from", from)
			s.num("to", to)
		}
		s.units(units)
	}
	return s.done()
}

// meanOf is the mean of one value a run with its t interval; none says why
// there are no values.
func meanOf(values []float64, level float64, none string) number {
	if len(values) == 0 {
		return unknown(none)
	}
	x := from(stats.SeedMean(values, level))
	x.value, _ = stats.Mean(values)
	x.n = float64(len(values))
	return x
}

// series is a rate of one run over the steps of its group, NaN where it has
// none.
func (r *Reading) series(g *group, run string, rate Rate) (steps, values []float64) {
	for _, sp := range g.spots {
		cells := sp.pool.run(run)
		if cells == nil || sp.step != sp.step {
			continue
		}
		v := math.NaN()
		if k, n := rate.of(r.sum(cells)); n > 0 {
			v = float64(k) / float64(n)
		}
		steps, values = append(steps, sp.step), append(values, v)
	}
	return steps, values
}
