package oversight

import (
	"fmt"
	"math"

	"witnessmark/data"
	"witnessmark/data/frame"
	"witnessmark/data/stats"
)

const noTrend = "no run has values at two steps or more"

// Words of the verdict column of HiddenRise.
const (
	VerdictColumn = "verdict"
	HiddenRising  = "hidden rise"
	NotShown      = "not shown"
)

// HiddenRise asks of each group whether the true rate rises while recall
// falls: a row a group, with the fields of By, p (both), p_rate_up and
// p_recall_down (one-sided), p_holm over groups, method, verdict, seeds, and
// rate_slope, recall_slope and recall_change (last step less first, paired by
// run), each with its interval; slopes are a step. Units are runs: Value is
// its slope of recall, Pair that of the true rate.
//
// With three runs or more the slopes of runs are tested by t; else the counts
// of all, by Cochran–Armitage. A verdict of HiddenRising needs p_holm under
// one less the level.
func (r *Reading) HiddenRise() frame.Frame {
	s := newSheet()
	var tests []float64
	for _, g := range r.groups {
		s.row(r.keys(g))
		r.fields(s, g)
		tests = append(tests, r.hiddenRow(s, g))
	}
	adjusted := holm(tests)
	for i, p := range adjusted {
		s.rows = i + 1 // columns are filled row by row
		why, _ := s.reasonAt("p", i)
		s.why(frame.PHolm, p, why)
		verdict := NotShown
		switch {
		case p != p:
			verdict = "not estimable"
		case p < 1-r.level():
			verdict = HiddenRising
		}
		s.text(VerdictColumn, verdict)
	}
	r.wholeNotes(s, false)
	return s.done()
}

// reasonAt is why a number is missing.
func (s *sheet) reasonAt(name string, row int) (string, bool) {
	c := s.Col(name)
	if c == nil || row >= len(c.Why) {
		return "", false
	}
	return c.Why[row], c.Why[row] != ""
}

// holm adjusts the p values that there are.
func holm(p []float64) []float64 {
	var known []float64
	for _, v := range p {
		if v == v {
			known = append(known, v)
		}
	}
	adjusted := stats.Holm(known)
	out := make([]float64, len(p))
	for i, v := range p {
		if out[i] = v; v == v {
			out[i], adjusted = adjusted[0], adjusted[1:]
		}
	}
	return out
}

// slopes are the trends of the runs of a group.
type slopes struct {
	rate, recall []float64
	changes      [2][]float64 // recall at the first and at the last step, of runs that have both
	units        []frame.Unit
}

func (r *Reading) slopes(g *group) slopes {
	var out slopes
	for _, run := range g.pool.runs {
		name := g.pool.name(run)
		steps, rates := r.series(g, name, TrueRate)
		_, recalls := r.series(g, name, Recall)
		u := frame.Unit{Run: name, Seed: r.cells[g.pool.cells[run.from]].Key(data.Seed), Value: math.NaN(), K: math.NaN(), N: math.NaN(), Pair: math.NaN()}
		if v, _, err := stats.Slope(steps, rates); err == nil {
			out.rate, u.Pair = append(out.rate, v), v
		}
		if v, _, err := stats.Slope(steps, recalls); err == nil {
			out.recall, u.Value = append(out.recall, v), v
		}
		if n := len(recalls); n > 1 && recalls[0] == recalls[0] && recalls[n-1] == recalls[n-1] {
			out.changes[0], out.changes[1] = append(out.changes[0], recalls[0]), append(out.changes[1], recalls[n-1])
		}
		out.units = append(out.units, u)
	}
	return out
}

// hiddenRow fills the row of a group and returns its p, NaN where there is
// none.
func (r *Reading) hiddenRow(s *sheet, g *group) float64 {
	sl := r.slopes(g)
	h, err := stats.FindHiddenRiseOverSeeds(sl.rate, sl.recall)
	if err != nil {
		h, err = r.hiddenInCounts(g)
		if err == nil && len(g.pool.runs) > 1 {
			s.note("pseudo-replication", fmt.Sprintf("samples of %s are treated as independent, since fewer than three have slopes", count(len(g.pool.runs), "run")), true)
		}
	}
	if err != nil {
		none := stats.Unknown("%s", stats.Reason(err))
		h = stats.HiddenRise{PRateUp: none, PRecallDown: none, P: none}
	}
	s.quantity(frame.P, h.P)
	s.quantity("p_rate_up", h.PRateUp)
	s.quantity("p_recall_down", h.PRecallDown)
	s.text(frame.Method, h.Method)
	s.num(frame.Level, r.level())
	s.num(frame.Seeds, float64(len(g.pool.runs)))
	s.estimate("rate_slope", meanOf(sl.rate, r.level(), noTrend))
	s.estimate("recall_slope", meanOf(sl.recall, r.level(), noTrend))
	s.estimate("recall_change", r.recallChange(g, sl))
	s.units(sl.units)
	p, err := h.P.Value()
	if err != nil {
		return math.NaN()
	}
	return p
}

func (s *sheet) quantity(name string, q stats.Quantity) {
	v, err := q.Value()
	if err != nil {
		v = math.NaN()
	}
	s.why(name, v, stats.Reason(err))
}

// hiddenInCounts tests the counts of all runs together.
func (r *Reading) hiddenInCounts(g *group) (stats.HiddenRise, error) {
	var steps []float64
	var n, positives, caught []int
	for _, sp := range g.spots {
		all := r.total(sp.pool)
		if sp.step == sp.step && all.N() > 0 {
			steps, n = append(steps, sp.step), append(n, all.N())
			positives, caught = append(positives, all.Positives()), append(caught, all.TP)
		}
	}
	if len(steps) < 2 {
		return stats.HiddenRise{}, stats.Because("a trend needs a truth at two steps or more")
	}
	return stats.FindHiddenRise(steps, n, positives, caught)
}

// recallChange is the recall of the last step with positives less that of the
// first: paired over runs where two or more have both, else between counts.
func (r *Reading) recallChange(g *group, sl slopes) number {
	if len(sl.changes[0]) > 1 {
		c, err := stats.PairedSeeds(sl.changes[0], sl.changes[1], r.level())
		x := from(c.Estimate, err)
		if err == nil {
			return x
		}
	}
	var ends []tally
	for _, sp := range g.spots {
		if all := r.total(sp.pool); sp.step == sp.step && all.Positives() > 0 {
			ends = append(ends, all)
		}
	}
	if len(ends) < 2 {
		return unknown("recall is known at fewer than two steps")
	}
	a, b := ends[len(ends)-1], ends[0]
	e, err := stats.Newcombe(a.TP, a.Positives(), b.TP, b.Positives(), r.level())
	x := from(e, err)
	x.method += ", samples as independent"
	return x
}
