package oversight

import (
	"fmt"
	"math"
	"strings"

	"witnessmark/data/stats"
)

// A number is an estimate, or what is known of one and why the rest is not.
type number struct {
	value, lo, hi float64 // NaN where not known
	k, n          float64 // NaN where it is no count
	method        string
	why           string // there is no value, or no interval, because …
	notes         []string
}

func unknown(why string) number {
	nan := math.NaN()
	return number{value: nan, lo: nan, hi: nan, k: nan, n: nan, why: why}
}

// from takes an estimate that is no count.
func from(e stats.Estimate, err error) number {
	if err != nil {
		return unknown(stats.Reason(err))
	}
	x := number{value: e.Value, lo: e.Lo, hi: e.Hi, k: math.NaN(), n: float64(e.N), method: e.Method, notes: e.Notes}
	if strings.HasPrefix(e.Method, "Wilson, effective n") {
		x.notes = nil // the method says it
	}
	return x
}

// counted takes an estimate of k of n.
func counted(k, n int, e stats.Estimate, err error) number {
	x := from(e, err)
	x.k, x.n = float64(k), float64(n)
	if err != nil && n > 0 {
		x.value = x.k / x.n
	}
	return x
}

// ok tells whether there is a value.
func (x number) ok() bool { return x.value == x.value }

// bounded tells whether there is an interval.
func (x number) bounded() bool { return x.lo == x.lo && x.hi == x.hi }

// onlyThisRun marks an interval that says nothing of other training runs.
const onlyThisRun = ", this run only"

// rate estimates a rate of a pool, from the tally of all its samples and of
// its independent parts.
func (r *Reading) rate(rate Rate, p *pool, units []tally) number {
	all := r.total(p)
	if rate == GMean2 {
		return r.product(p, units)
	}
	if k, n := rate.of(all); n == 0 {
		x := unknown(rate.none(all))
		x.k, x.n = float64(k), 0
		return x
	}
	if all.unlabeled() > 0 && rate != FlagRate && rate != Precision {
		return r.labeled(rate, p, all, units)
	}
	return r.share(rate, p, all, units)
}

// share is the interval of k of n over the units of a pool.
func (r *Reading) share(rate Rate, p *pool, all tally, units []tally) number {
	k, n := rate.of(all)
	ks, ns, filled := r.sums[0][:0], r.sums[1][:0], 0
	for i := range units {
		k, n := rate.of(units[i])
		ks, ns = append(ks, k), append(ns, n)
		filled += btoi(n > 0)
	}
	r.sums = [2][]int{ks, ns}
	if filled > 1 {
		e, err := stats.ClusterCounts(ks, ns, p.unit(), r.level())
		return p.marked(counted(k, n, e, err))
	}
	e, err := stats.Wilson(k, n, r.level())
	x := counted(k, n, e, err)
	if filled == 1 && len(p.runs) > 1 {
		x.method += onlyThisRun
		x.notes = append(x.notes, fmt.Sprintf("%s from one of %s", string(rate), count(len(p.runs), "run")))
		return x
	}
	return p.marked(x)
}

// marked says where a number is of one run only.
func (p *pool) marked(x number) number {
	if len(p.runs) == 1 && x.method != "" {
		x.method += onlyThisRun
	}
	return x
}

// product is g-mean², recall times specificity. The interval recovers its
// variance from theirs, and takes them as independent: Zou & Donner (2008),
// Stat Med 27:1693.
func (r *Reading) product(p *pool, units []tally) number {
	tpr, tnr := r.rate(Recall, p, units), r.rate(specificity, p, units)
	switch {
	case !tpr.ok():
		return unknown(tpr.why)
	case !tnr.ok():
		return unknown(tnr.why)
	}
	x := unknown("")
	x.value, x.n = tpr.value*tnr.value, tpr.n+tnr.n
	if !tpr.bounded() || !tnr.bounded() {
		x.why = tpr.why + tnr.why
		return x
	}
	lo := x.value - math.Hypot(tnr.value*(tpr.value-tpr.lo), tpr.value*(tnr.value-tnr.lo))
	hi := x.value + math.Hypot(tnr.value*(tpr.hi-tpr.value), tpr.value*(tnr.hi-tnr.value))
	x.lo, x.hi = max(0, lo, tpr.lo*tnr.lo), min(1, max(hi, x.value))
	x.method = "recovered variance of recall (" + tpr.method + ")"
	return x
}

// labeled estimates a rate where only some samples have a truth: flagged and
// unflagged ones are weighted by how many of each were labeled.
func (r *Reading) labeled(rate Rate, p *pool, all tally, units []tally) number {
	k, n := rate.of(all)
	if len(p.runs) > 1 {
		if x, ok := r.labeledRuns(rate, units); ok {
			x.k, x.n = float64(k), float64(n)
			return x
		}
	}
	e, err := weighted(rate, all.subsample(), r.level())
	x := counted(k, n, e, err)
	if err != nil {
		x.value = math.NaN() // k/n would take the labeled samples for all
	}
	if len(p.runs) > 1 && err == nil {
		x.notes = append(x.notes, fmt.Sprintf("labeled samples of %s are treated as independent", count(len(p.runs), "run")))
		return x
	}
	return p.marked(x)
}

// labeledRuns averages the estimates of runs, where two or more have one.
func (r *Reading) labeledRuns(rate Rate, units []tally) (number, bool) {
	var values []float64
	for _, u := range units {
		if e, err := weighted(rate, u.subsample(), r.level()); err == nil {
			values = append(values, e.Value)
		}
	}
	if len(values) < 2 || len(values) < len(units) {
		return number{}, false
	}
	x := from(stats.SeedMean(values, r.level()))
	x.method += ", weighted labels"
	return x, true
}

// weighted is a rate of all samples from the labeled ones.
func weighted(rate Rate, l stats.LabeledSubsample, level float64) (stats.Estimate, error) {
	switch rate {
	case TrueRate:
		return l.TrueRate(level)
	case Recall:
		return l.Recall(level)
	case FalseAlarm:
		return l.FPR(level)
	}
	e, err := l.FPR(level) // specificity is one less that
	e.Value, e.Lo, e.Hi = 1-e.Value, 1-e.Hi, 1-e.Lo
	return e, err
}

// split is the caught or uncaught share of all samples, without an interval.
func split(rate Rate, l stats.LabeledSubsample) (stats.Estimate, error) {
	all, s := l.Flagged.All+l.Unflagged.All, l.Flagged
	if rate == missedShare {
		s = l.Unflagged
	}
	if s.All > 0 && s.Labeled == 0 {
		return stats.Estimate{}, stats.Because("none of %s with this verdict has a truth", count(s.All, "sample"))
	}
	e := stats.Estimate{Lo: math.NaN(), Hi: math.NaN(), N: all}
	if s.All > 0 {
		e.Value = float64(s.All) / float64(all) * float64(s.Positive) / float64(s.Labeled)
	}
	return e, nil
}
