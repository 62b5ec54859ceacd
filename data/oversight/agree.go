package oversight

import (
	"fmt"
	"math"

	"witnessmark/data/frame"
	"witnessmark/data/stats"
)

// Columns of comparisons of two monitors.
const (
	FirstColumn  = "first"
	SecondColumn = "second"

	PatternColumn = "pattern" // which monitors flag a sample
)

// Agreement counts how two monitors judge the same samples at a place: a row
// a pair of labels, with first, second (flagged, not flagged, unknown) and n.
// Kappa has one row: value, lo, hi, level, method and n of Cohen's κ over the
// samples on which both say yes or no, and agreement.
func Agreement(at Place, first, second *Reading) (pairs, kappa frame.Frame) {
	m := matched(at, []*Reading{first, second})
	s, k := newSheet(), newSheet()
	for _, a := range labels {
		for _, b := range labels {
			n := 0
			for i := range m.truths {
				n += btoi(label(m.verdicts[0][i]) == a && label(m.verdicts[1][i]) == b)
			}
			if n > 0 || a != UnknownLabel && b != UnknownLabel {
				s.row(first.keysAt(at))
				s.text(FirstColumn, a)
				s.text(SecondColumn, b)
				s.num(frame.N, float64(n))
			}
		}
	}
	both := m.judged(false)
	m.notes(s, len(both.truths))
	k.row(first.keysAt(at))
	k.text(FirstColumn, first.Monitor)
	k.text(SecondColumn, second.Monitor)
	x, agreement := both.kappa(0, 1, first.level())
	x.method = "Wald, of Cohen's κ"
	k.value(x, first.level())
	k.num("agreement", agreement)
	return s.done(), k.done()
}

// kappa is Cohen's κ of two monitors, and the share of samples they judge
// alike.
func (m match) kappa(a, b int, level float64) (number, float64) {
	table := [][]int{{0, 0}, {0, 0}}
	for i := range m.truths {
		table[1-m.verdicts[a][i]][1-m.verdicts[b][i]]++
	}
	agreement := math.NaN()
	if n := len(m.truths); n > 0 {
		agreement = float64(table[0][0]+table[1][1]) / float64(n)
	}
	c, err := stats.CohensKappa(table, level)
	return from(c.Estimate, err), agreement
}

// Patterns counts which monitors flag the same samples at a place: a row a
// combination that occurs, the most frequent first, with pattern (the
// monitors that flag, joined by +, or none), n, positives, negatives, and a
// column of 0 and 1 a monitor. Samples without a truth or verdict are left
// out.
func Patterns(at Place, readings ...*Reading) frame.Frame {
	s := newSheet()
	if len(readings) == 0 {
		return s.done()
	}
	all := matched(at, readings)
	m := all.judged(true)
	flags := make([][]bool, len(readings))
	for k := range readings {
		flags[k] = m.flags(k)
	}
	patterns, err := stats.FlagPatterns(bools(m.truths), flags...)
	if err != nil {
		s.whole("no-patterns", stats.Reason(err), true)
	}
	for _, p := range patterns {
		s.row(readings[0].keysAt(at))
		s.text(PatternColumn, joined(names(readings), p.Flagged))
		s.num(frame.N, float64(p.Positives+p.Negatives))
		s.num(PositivesColumn, float64(p.Positives))
		s.num(NegativesColumn, float64(p.Negatives))
		for k, name := range names(readings) {
			s.num(name, float64(btoi(p.Flagged[k])))
		}
	}
	all.notes(s, len(m.truths))
	return s.done()
}

// Compare sets monitors side by side on the same samples of a place: a row an
// ordered pair, first and second, with
//
//	n, positives, negatives         samples that both judged and whose truth is known
//	kappa, agreement                on them, or on all that both judged where no truth is known
//	recall_diff, recall_p           first less second, Tango's interval and McNemar's mid-p on the positives
//	fpr_diff, fpr_p                 the same on the negatives
//	g_mean2_diff                    bootstrap over items
//	auroc_diff, auroc_p             paired DeLong
//	union_recall, union_fpr         flagged by either, at the thresholds in use
//	second_catches                  of the positives that the first misses
//	union_within                    recall of either, at the two thresholds that are best within the budget
//	sequence_within, escalated      recall where the first passes on a portion and the second decides
//
// Estimates have their interval beside them. The last two choose thresholds
// on the samples they are judged on, which a note says.
func Compare(at Place, portion float64, readings ...*Reading) frame.Frame {
	return comparePairs([]Place{at}, portion, pairsOf(readings))
}

// CompareEach is Compare in each group of the first reading, at all steps.
func CompareEach(portion float64, readings ...*Reading) frame.Frame {
	var places []Place
	for _, g := range readings[0].Groups() {
		places = append(places, Place{Group: g.Name, Step: math.NaN()})
	}
	return comparePairs(places, portion, pairsOf(readings))
}

// pairsOf lists ordered pairs.
func pairsOf(readings []*Reading) (pairs [][2]*Reading) {
	for _, first := range readings {
		for _, second := range readings {
			if first != second {
				pairs = append(pairs, [2]*Reading{first, second})
			}
		}
	}
	return pairs
}

// CompareWith is Compare of one monitor with each of the others, both ways.
func CompareWith(at Place, portion float64, one *Reading, others ...*Reading) frame.Frame {
	var pairs [][2]*Reading
	for _, o := range others {
		pairs = append(pairs, [2]*Reading{one, o}, [2]*Reading{o, one})
	}
	return comparePairs([]Place{at}, portion, pairs)
}

func comparePairs(places []Place, portion float64, pairs [][2]*Reading) frame.Frame {
	s := newSheet()
	for _, at := range places {
		for _, p := range pairs {
			compareRow(s, at, portion, p[0], p[1])
		}
	}
	if g := stats.UnadjustedFamily(s.rows/2, false); g.Bad {
		s.whole(g.ID, g.Message, false)
	}
	if s.rows > 0 {
		s.whole("threshold-on-test", "the thresholds of the two rates within the budget are chosen on the samples they are judged on, which flatters them", false)
	}
	return s.done()
}

func compareRow(s *sheet, at Place, portion float64, first, second *Reading) {
	all := matched(at, []*Reading{first, second})
	m := all.judged(true)
	level := first.level()
	s.row(first.keysAt(at))
	s.text(FirstColumn, first.Monitor)
	s.text(SecondColumn, second.Monitor)
	s.num(frame.N, float64(len(m.truths)))
	positives := 0
	for _, t := range m.truths {
		positives += int(t)
	}
	s.num(PositivesColumn, float64(positives))
	s.num(NegativesColumn, float64(len(m.truths)-positives))
	s.num(frame.Level, level)
	alike := m
	if len(m.truths) == 0 { // which needs no truth
		alike = all.judged(false)
	}
	x, agreement := alike.kappa(0, 1, level)
	s.estimate("kappa", x)
	s.num("agreement", agreement)
	m.differences(s, level)
	m.together(s, first, portion)
	if all.left > 0 {
		s.note("unmatched", fmt.Sprintf("%s of %s have no partner with %s", count(all.left, "sample"), first.Monitor, second.Monitor), false)
	}
	if m.runs > 1 {
		s.note("pseudo-replication", fmt.Sprintf("samples of %s are treated as independent; the comparison is of these checkpoints, not of other training runs", count(m.runs, "run")), false)
	}
}

// differences tests the first monitor against the second on the same samples.
func (m match) differences(s *sheet, level float64) {
	for _, d := range []struct {
		name  string
		truth uint8
	}{{"recall", yes}, {"fpr", no}} {
		x, p := m.mcNemar(d.truth, level)
		s.estimate(d.name+"_diff", x)
		s.why(d.name+"_p", p, x.why)
	}
	g, err := stats.GMean2Difference(bools(m.truths), m.flags(0), m.flags(1), m.items, level, draws(len(m.items)))
	s.estimate("g_mean2_diff", from(g, err))
	a, err := stats.PairAUROC(bools(m.truths), m.scores[0], m.scores[1])
	if err != nil {
		s.estimate("auroc_diff", unknown(stats.Reason(err)))
		s.why("auroc_p", math.NaN(), stats.Reason(err))
		return
	}
	e, err := a.Estimate(level)
	x := from(e, err)
	x.value = a.Difference
	s.estimate("auroc_diff", x)
	s.quantity("auroc_p", a.P)
}

func (m match) mcNemar(truth uint8, level float64) (number, float64) {
	a, b := m.only(truth, 0, 1)
	if len(a) == 0 {
		return unknown("there are no " + classes[yes-truth] + " samples"), math.NaN()
	}
	table, err := stats.CountPairs(a, b)
	if err != nil {
		return unknown(stats.Reason(err)), math.NaN()
	}
	e, err := stats.Tango(table, level)
	x := from(e, err)
	test, err := stats.McNemar(table)
	if err != nil {
		return x, math.NaN()
	}
	return x, test.MidP
}

// together says what two monitors catch between them.
func (m match) together(s *sheet, r *Reading, portion float64) {
	level := r.level()
	truths := bools(m.truths)
	patterns, err := stats.FlagPatterns(truths, m.flags(0), m.flags(1))
	if err == nil {
		u := stats.Union(patterns)
		e, err := u.Recall(level)
		s.estimate("union_recall", counted(u.TP, u.Positives(), e, err))
		e, err = u.FPR(level)
		s.estimate("union_fpr", counted(u.FP, u.Negatives(), e, err))
		k, n := onlySecond(patterns)
		e, err = stats.CaughtByOther(patterns, 0, 1, level)
		s.estimate("second_catches", counted(k, n, e, err))
	}
	c, err := stats.UnionWithin(truths, m.scores[0], m.scores[1], r.budget())
	s.estimate("union_within", within(c, err, level))
	c, err = stats.EscalateWithin(truths, m.scores[0], m.scores[1], portion, r.budget())
	s.estimate("sequence_within", within(c, err, level))
	escalated := math.NaN()
	if err == nil {
		escalated = float64(c.Escalated)
	}
	s.why("escalated", escalated, stats.Reason(err))
}

// onlySecond counts the positives that the first of two monitors misses, and
// those of them that the second flags.
func onlySecond(patterns []stats.Pattern) (k, n int) {
	for _, p := range patterns {
		if !p.Flagged[0] {
			n += p.Positives
			k += p.Positives * btoi(p.Flagged[1])
		}
	}
	return k, n
}

// within is the recall of a combination.
func within(c stats.Combination, err error, level float64) number {
	if err != nil {
		return unknown(stats.Reason(err))
	}
	e, err := c.Confusion.Recall(level)
	return counted(c.Confusion.TP, c.Confusion.Positives(), e, err)
}
