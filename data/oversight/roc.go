package oversight

import (
	"fmt"
	"math"

	"witnessmark/data/frame"
	"witnessmark/data/stats"
)

// A Place chooses the samples of a picture: a group by its name ("" for every
// group) at a step (NaN for all of them).
type Place struct {
	Group string
	Step  float64
}

// Everywhere is all groups at all steps.
var Everywhere = Place{Step: math.NaN()}

func (b *Board) places(at Place) []*spot {
	var out []*spot
	for _, g := range b.groups {
		if at.Group != "" && at.Group != g.name() {
			continue
		}
		if at.Step != at.Step {
			out = append(out, &spot{group: g, step: at.Step, pool: g.pool})
			continue
		}
		for _, s := range g.spots {
			if s.step == at.Step {
				out = append(out, s)
			}
		}
	}
	return out
}

// curvePoints is as fine as a curve is drawn: differences of rates under one
// in so many are left out.
const curvePoints = 1000

// ROC lists the vertices of the ROC curve of each reading and group at a
// place: a row a vertex, with the fields of By, monitor, fpr, tpr and
// threshold. Points are those of Points. A curve needs both classes; what has
// none is noted.
func ROC(at Place, readings ...*Reading) (curves, points frame.Frame) {
	c := newSheet()
	for _, r := range readings {
		for _, s := range r.places(at) {
			r.rocCurve(c, s)
		}
	}
	return c.done(), Points(at, readings...)
}

// Points lists where each reading works in each group at a place: the fields
// of By, monitor, fpr, tpr (and recall, the same), precision, each with its
// interval, threshold, level, method (of recall), n, positives, negatives,
// seeds and auroc.
func Points(at Place, readings ...*Reading) frame.Frame {
	s := newSheet()
	for _, r := range readings {
		for _, sp := range r.places(at) {
			r.point(s, sp)
		}
	}
	return s.done()
}

// start begins a row of a picture.
func (r *Reading) start(s *sheet, sp *spot) {
	s.row(r.spotKeys(sp))
	r.fields(s, sp.group)
	s.text(MonitorColumn, r.Monitor)
}

func (r *Reading) rocCurve(s *sheet, sp *spot) {
	if !r.scored {
		s.whole("no-curve", fmt.Sprintf("%s, %s: %s", r.Monitor, sp.group.name(), verdictsOnly), false)
		return
	}
	ranked := sp.pool.rank()
	outline, err := ranked.ROCOutline(curvePoints)
	if err != nil {
		s.whole("no-curve", fmt.Sprintf("%s, %s has no curve, because %s", r.Monitor, sp.group.name(), stats.Reason(err)), false)
		return
	}
	for _, v := range outline {
		r.start(s, sp)
		s.num("fpr", v.FPR)
		s.num("tpr", v.TPR)
		s.why(ThresholdColumn, finite(r.own(v.Threshold)), "flags nothing")
	}
	if g := stats.FewNegatives(ranked.Negatives, r.budget()); g.Bad {
		s.whole(g.ID, r.Monitor+", "+sp.group.name()+": "+g.Message, false)
	}
}

// finite turns an infinite threshold into none.
func finite(v float64) float64 {
	if math.IsInf(v, 0) {
		return math.NaN()
	}
	return v
}

func (r *Reading) point(s *sheet, sp *spot) {
	p := sp.pool
	all, units := r.total(p), r.units(p)
	recall := r.rate(Recall, p, units)
	r.start(s, sp)
	s.estimate("fpr", r.rate(FalseAlarm, p, units))
	s.estimate("tpr", recall)
	s.estimate("recall", recall)
	s.estimate("precision", r.rate(Precision, p, units))
	at, why := r.threshold(p)
	s.why(ThresholdColumn, finite(at), orElse(why, "flags nothing"))
	s.num(frame.Level, r.level())
	s.text(frame.Method, recall.method)
	s.num(frame.N, float64(all.N()))
	s.num(PositivesColumn, float64(all.Positives()))
	s.num(NegativesColumn, float64(all.Negatives()))
	s.num(frame.Seeds, float64(len(p.runs)))
	s.estimate("auroc", p.figures(r.level()).auroc)
	s.guard(stats.ThresholdOnTest(r.tuned(p), all.N()), false)
}

// PR lists the vertices of the precision–recall curve as ROC does: recall,
// precision, threshold and prevalence, the share of positives, which is the
// precision of flagging everything. Curves of different prevalence do not
// compare.
func PR(at Place, readings ...*Reading) (curves, points frame.Frame) {
	c := newSheet()
	lo, hi := math.NaN(), math.NaN()
	for _, r := range readings {
		for _, s := range r.places(at) {
			if share, ok := r.prCurve(c, s); ok {
				lo, hi = least(lo, share), most(hi, share)
			}
		}
	}
	if hi-lo > sameShare {
		c.whole("prevalence", fmt.Sprintf("the share of positives differs between the curves, %s to %s, and precision moves with it; compare recall and false positive rate", percent(lo), percent(hi)), false)
	}
	return c.done(), Points(at, readings...)
}

// sameShare is a difference of prevalence that unknown verdicts may make.
const sameShare = 0.02

func (r *Reading) prCurve(s *sheet, sp *spot) (share float64, ok bool) {
	ranked := sp.pool.rank()
	outline, err := ranked.ROCOutline(curvePoints)
	if err != nil || !r.scored {
		s.whole("no-curve", fmt.Sprintf("%s, %s has no curve, because %s", r.Monitor, sp.group.name(), orElse(stats.Reason(err), verdictsOnly)), false)
		return 0, false
	}
	share = float64(ranked.Positives) / float64(ranked.Positives+ranked.Negatives)
	for _, v := range outline {
		precision, err := ranked.At(v.Threshold).Metrics().Precision.Value()
		if err != nil {
			continue // nothing is flagged
		}
		r.start(s, sp)
		s.num("recall", v.TPR)
		s.num("precision", precision)
		s.num(ThresholdColumn, finite(r.own(v.Threshold)))
		s.num("prevalence", share)
	}
	return share, true
}

func orElse(text, other string) string {
	if text == "" {
		return other
	}
	return text
}

// FitBudgets extends each ROC curve to budgets too small to be measured, by
// the line logit(TPR) = a·logit(FPR) + b: a row a reading, group and budget,
// with the fields of By, monitor, budget, tpr, extrapolated ("yes" or ""),
// slope and intercept. Where extrapolated, it is a guess, and a note says so.
func FitBudgets(at Place, budgets []float64, readings ...*Reading) frame.Frame {
	s := newSheet()
	for _, r := range readings {
		for _, sp := range r.places(at) {
			r.fitRows(s, sp, budgets)
		}
	}
	return s.done()
}

func (r *Reading) fitRows(s *sheet, sp *spot, budgets []float64) {
	points, err := sp.pool.rank().ROCOutline(curvePoints)
	var line stats.LogitROC
	if err == nil {
		line, err = stats.FitLogitROC(points)
	}
	for _, budget := range budgets {
		r.start(s, sp)
		s.num(BudgetColumn, budget)
		if err != nil {
			s.why("tpr", math.NaN(), stats.Reason(err))
			continue
		}
		tpr, beyond, err := line.TPR(budget)
		if err != nil {
			s.why("tpr", math.NaN(), stats.Reason(err))
			continue
		}
		s.num("tpr", tpr)
		s.num("slope", line.A)
		s.num("intercept", line.B)
		if beyond {
			s.text("extrapolated", "yes")
			s.note("extrapolated", fmt.Sprintf("%s is under the lowest false positive rate seen, %s; the line is carried on to there, not measured", percent(budget), percent(line.Low)), true)
		}
	}
}
