package oversight

import (
	"fmt"

	"witnessmark/data/stats"
)

// figures are the numbers of a pool that no threshold moves.
type figures struct {
	level   float64
	auroc   number
	budgets [len(budgets)]number // recall within each of budgets
}

// budgets are the false positive rates at which monitors are compared.
var budgets = [...]float64{0.01, 0.05}

const (
	budgetDraws  = 2000
	verdictsOnly = "the monitor gave verdicts only, no scores"
)

// figures computes them once for a level.
func (p *pool) figures(level float64) *figures {
	p.lock.Lock()
	defer p.lock.Unlock()
	if p.kept != nil && p.kept.level == level {
		return p.kept
	}
	f := &figures{level: level, auroc: p.area(level)}
	for i, b := range budgets {
		f.budgets[i] = p.within(b, level)
	}
	p.kept = f
	return f
}

// area is the AUROC: over runs the mean of each run's, so that scores that lie
// higher in one run than in another do not count as detection.
func (p *pool) area(level float64) number {
	if !p.board.scored {
		return unknown(verdictsOnly)
	}
	all, err := p.rank().AUROC()
	if err != nil {
		return unknown(stats.Reason(err))
	}
	if len(p.runs) > 1 {
		if x, ok := p.areaOverRuns(level); ok {
			return x
		}
	}
	var e stats.Estimate
	if p.repeated {
		truths, scores := p.samples(p.cells)
		e, err = stats.ClusteredAUROC(truths, scores, p.itemsOf(p.cells), level)
	} else {
		e, err = all.Estimate(level)
	}
	x := from(e, err)
	x.value, x.n = all.Area, float64(all.Positives+all.Negatives)
	if len(p.runs) > 1 && err == nil {
		x.notes = append(x.notes, fmt.Sprintf("samples of %s are treated as independent", count(len(p.runs), "run")))
		return x
	}
	return p.marked(x)
}

// areaOverRuns averages the areas of the runs with both classes, if there are
// two or more.
func (p *pool) areaOverRuns(level float64) (number, bool) {
	var areas []float64
	n := 0
	for _, s := range p.runs {
		r, err := stats.Rank(p.samples(p.cells[s.from:s.to]))
		if err != nil {
			continue
		}
		if a, err := r.AUROC(); err == nil {
			areas = append(areas, a.Area)
			n += a.Positives + a.Negatives
		}
	}
	if len(areas) < 2 {
		return number{}, false
	}
	x := from(stats.SeedMean(areas, level))
	x.n, x.method = float64(n), "t over seeds, of each run's area"
	if left := len(p.runs) - len(areas); left > 0 {
		x.notes = append(x.notes, fmt.Sprintf("%s %s left out, having samples of one kind only", count(left, "run"), were(left)))
	}
	return x, true
}

// within is the recall at the best threshold within a budget, which is found
// on the same samples.
func (p *pool) within(budget, level float64) number {
	if !p.board.scored {
		return unknown(verdictsOnly)
	}
	r := p.rank()
	if g := stats.FewNegatives(r.Negatives, budget); g.Bad && r.Positives+r.Negatives > 0 {
		return unknown(g.Message)
	}
	if len(p.runs) < 2 && !p.repeated {
		o, err := r.TPRAtFPRResampled(budget, level, budgetDraws)
		return p.marked(counted(o.Confusion.TP, o.Confusion.Positives(), o.Recall, err))
	}
	o, err := r.TPRAtFPR(budget, level)
	if err != nil {
		return unknown(stats.Reason(err))
	}
	ks, ns := p.caughtAt(o.Threshold)
	e, err := stats.ClusterCounts(ks, ns, p.unit(), level)
	if err != nil {
		e, err = o.Recall, nil
	}
	x := p.marked(counted(o.Confusion.TP, o.Confusion.Positives(), e, err))
	x.method += ", threshold as found"
	return x
}

// caughtAt counts the positives and those flagged by run, or by item of the
// one run.
func (p *pool) caughtAt(threshold float64) (caught, positives []int) {
	if !p.repeated {
		for _, s := range p.runs {
			tp, all := 0, 0
			for _, i := range p.cells[s.from:s.to] {
				c := p.board.cells[i].labeled.At(threshold)
				tp, all = tp+c.TP, all+c.Positives()
			}
			caught, positives = append(caught, tp), append(positives, all)
		}
		return caught, positives
	}
	truths, scores := p.samples(p.cells)
	at := map[int]int{}
	for j, id := range p.itemsOf(p.cells) {
		if _, seen := at[id]; !seen {
			at[id] = len(caught)
			caught, positives = append(caught, 0), append(positives, 0)
		}
		positives[at[id]] += btoi(truths[j])
		caught[at[id]] += btoi(truths[j] && scores[j] >= threshold)
	}
	return caught, positives
}
