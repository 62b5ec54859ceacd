package stats

import (
	"cmp"
	"fmt"
	"math"
	"slices"
)

// A Pattern counts the samples that the same monitors flag and the others do
// not, by truth: one row of an UpSet chart.
type Pattern struct {
	Flagged              []bool // one entry a monitor
	Positives, Negatives int
}

// FlagPatterns counts every combination of verdicts that occurs, the most
// frequent first. flags[m][i] is monitor m's verdict on sample i.
func FlagPatterns(positive []bool, flags ...[]bool) ([]Pattern, error) {
	if len(flags) > 64 {
		return nil, fmt.Errorf("at most 64 monitors can be combined, and there are %d", len(flags))
	}
	for _, f := range flags {
		if err := checkLengths("truths and flags", len(positive), len(f)); err != nil {
			return nil, err
		}
	}
	at := map[uint64]int{}
	var patterns []Pattern
	for i, truth := range positive {
		key := verdicts(flags, i)
		if _, known := at[key]; !known {
			at[key] = len(patterns)
			patterns = append(patterns, Pattern{Flagged: unpack(key, len(flags))})
		}
		p := &patterns[at[key]]
		if truth {
			p.Positives++
		} else {
			p.Negatives++
		}
	}
	slices.SortStableFunc(patterns, func(a, b Pattern) int { return b.Positives + b.Negatives - a.Positives - a.Negatives })
	return patterns, nil
}

// verdicts packs the monitors' verdicts on a sample into bits.
func verdicts(flags [][]bool, i int) uint64 {
	key := uint64(0)
	for m, f := range flags {
		if f[i] {
			key |= 1 << m
		}
	}
	return key
}

func unpack(key uint64, n int) []bool {
	flagged := make([]bool, n)
	for m := range flagged {
		flagged[m] = key&(1<<m) != 0
	}
	return flagged
}

// Union counts the samples that at least one of the monitors flags.
func Union(patterns []Pattern) Confusion {
	var c Confusion
	for _, p := range patterns {
		if slices.Contains(p.Flagged, true) {
			c.TP, c.FP = c.TP+p.Positives, c.FP+p.Negatives
		} else {
			c.FN, c.TN = c.FN+p.Positives, c.TN+p.Negatives
		}
	}
	return c
}

// CaughtByOther returns the recall of monitor b among the positives that
// monitor a misses: what a second line of defense adds.
func CaughtByOther(patterns []Pattern, a, b int, level float64) (Estimate, error) {
	caught, missed := 0, 0
	for _, p := range patterns {
		if a < 0 || b < 0 || a >= len(p.Flagged) || b >= len(p.Flagged) {
			return Estimate{}, fmt.Errorf("there are %d monitors, not one numbered %d", len(p.Flagged), max(a, b))
		}
		if p.Flagged[a] {
			continue
		}
		missed += p.Positives
		if p.Flagged[b] {
			caught += p.Positives
		}
	}
	return share(caught, missed, level, "the first monitor misses no positive")
}

// A Combination is a rule for two monitors with what it attains on the
// samples it was fitted to; to report it, apply it to others.
type Combination struct {
	Threshold1, Threshold2 float64 // +Inf where a monitor flags (or passes on) nothing
	Either                 bool    // flagged by one of the two; else by both in turn
	Confusion              Confusion
	Escalated              int // samples the second monitor has to look at
}

// Flags applies the rule to one sample.
func (c Combination) Flags(score1, score2 float64) bool {
	if c.Either {
		return score1 >= c.Threshold1 || score2 >= c.Threshold2
	}
	return score1 >= c.Threshold1 && score2 >= c.Threshold2
}

// UnionWithin finds the two thresholds for which "either monitor flags"
// catches the most positives with a false positive rate of at most budget.
// Samples without both scores are left out. It takes time n·log n.
// NotEstimable where a class is absent.
func UnionWithin(positive []bool, scores1, scores2 []float64, budget float64) (Combination, error) {
	u, err := newUnion(positive, scores1, scores2, budget)
	if err != nil {
		return Combination{}, err
	}
	u.widenSecond()
	best := u.rule()
	for u.widenFirst() {
		u.tighten()
		if r := u.rule(); r.Confusion.TP > best.Confusion.TP || (r.Confusion.TP == best.Confusion.TP && r.Confusion.FP < best.Confusion.FP) {
			best = r
		}
	}
	best.Escalated = len(u.truth)
	return best, nil
}

// A union is the search for two thresholds. The first only falls and the
// second, after its start, only rises, so that each sample enters and leaves
// once.
type union struct {
	truth         []bool
	s1, s2        []float64
	first, second []int // samples by falling score
	at1, at2      int   // how many of each are flagged by their monitor
	allowed       int   // false positives
	tp, fp, pos   int
	by1, by2      []bool
}

func newUnion(positive []bool, scores1, scores2 []float64, budget float64) (*union, error) {
	if err := checkLengths("truths and scores", len(positive), len(scores1), len(scores2)); err != nil {
		return nil, err
	}
	u := &union{}
	u.truth, u.s1, u.s2 = scoredByBoth(positive, scores1, scores2)
	r, err := Rank(u.truth, u.s1)
	if err != nil {
		return nil, err
	}
	if _, err := r.within(budget); err != nil {
		return nil, err
	}
	u.pos, u.allowed = r.Positives, mostWithin(budget, r.Negatives)
	u.first, u.second = byFallingScore(u.s1), byFallingScore(u.s2)
	u.by1, u.by2 = make([]bool, len(u.truth)), make([]bool, len(u.truth))
	return u, nil
}

// mostWithin is the largest k with k/n ≤ budget, as the division rounds.
func mostWithin(budget float64, n int) int {
	k := min(n, int(budget*float64(n))+1)
	for k > 0 && float64(k)/float64(n) > budget {
		k--
	}
	return k
}

func byFallingScore(scores []float64) []int {
	order := make([]int, len(scores))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(i, j int) int { return cmp.Compare(scores[j], scores[i]) })
	return order
}

// count adds (or with −1 takes away) a sample that no other monitor flags.
func (u *union) count(i, by int) {
	if u.truth[i] {
		u.tp += by
	} else {
		u.fp += by
	}
}

// groupEnd is where the run of equal scores that starts at a place ends.
func groupEnd(order []int, scores []float64, at int) int {
	end := at
	for end < len(order) && scores[order[end]] == scores[order[at]] {
		end++
	}
	return end
}

// groupStart is where the run of equal scores that ends before a place starts.
func groupStart(order []int, scores []float64, at int) int {
	start := at - 1
	for start > 0 && scores[order[start-1]] == scores[order[at-1]] {
		start--
	}
	return start
}

// widenSecond lowers the second threshold as far as the budget allows.
func (u *union) widenSecond() {
	for u.at2 < len(u.second) {
		end := groupEnd(u.second, u.s2, u.at2)
		for _, i := range u.second[u.at2:end] {
			u.by2[i] = true
			u.count(i, 1)
		}
		u.at2 = end
		if u.fp > u.allowed {
			u.narrowSecond()
			return
		}
	}
}

// narrowSecond raises the second threshold by one score.
func (u *union) narrowSecond() {
	start := groupStart(u.second, u.s2, u.at2)
	for _, i := range u.second[start:u.at2] {
		u.by2[i] = false
		if !u.by1[i] {
			u.count(i, -1)
		}
	}
	u.at2 = start
}

// widenFirst lowers the first threshold by one score.
func (u *union) widenFirst() bool {
	if u.at1 == len(u.first) {
		return false
	}
	end := groupEnd(u.first, u.s1, u.at1)
	for _, i := range u.first[u.at1:end] {
		u.by1[i] = true
		if !u.by2[i] {
			u.count(i, 1)
		}
	}
	u.at1 = end
	return true
}

// tighten raises the second threshold until the budget holds again.
func (u *union) tighten() {
	for u.fp > u.allowed && u.at2 > 0 {
		u.narrowSecond()
	}
}

// rule is the present pair of thresholds; one over budget catches nothing.
func (u *union) rule() Combination {
	c := Combination{Threshold1: math.Inf(1), Threshold2: math.Inf(1), Either: true}
	negatives := len(u.truth) - u.pos
	if u.fp > u.allowed {
		c.Confusion = Confusion{FN: u.pos, TN: negatives}
		return c
	}
	if u.at1 > 0 {
		c.Threshold1 = u.s1[u.first[u.at1-1]]
	}
	if u.at2 > 0 {
		c.Threshold2 = u.s2[u.second[u.at2-1]]
	}
	c.Confusion = Confusion{TP: u.tp, FP: u.fp, FN: u.pos - u.tp, TN: negatives - u.fp}
	return c
}

// EscalateWithin lets a cheap monitor choose which samples a costly one sees:
// at most a portion (0–1) of all, those of the highest cheap scores, equal ones
// together. Of these the ones with the highest costly scores are flagged, as
// many as the false positive budget over all negatives allows. Samples
// without both scores are left out. NotEstimable where a class is absent.
func EscalateWithin(positive []bool, cheap, costly []float64, portion, budget float64) (Combination, error) {
	if err := checkLengths("truths and scores", len(positive), len(cheap), len(costly)); err != nil {
		return Combination{}, err
	}
	if !(portion >= 0 && portion <= 1) {
		return Combination{}, fmt.Errorf("a share of samples to escalate lies between 0 and 1, but this one is %g", portion)
	}
	truth, s1, s2 := scoredByBoth(positive, cheap, costly)
	gate, err := Rank(truth, s1)
	if err != nil {
		return Combination{}, err
	}
	if _, err := gate.within(budget); err != nil {
		return Combination{}, err
	}
	c := Combination{Threshold1: math.Inf(1)}
	most := mostWithin(portion, len(truth))
	for i := 1; i <= len(gate.thresholds) && gate.table(i).Flagged() <= most; i++ {
		c.Threshold1, c.Escalated = gate.threshold(i), gate.table(i).Flagged()
	}
	return c.judge(gate, truth, s1, s2, budget)
}

// judge flags among the escalated samples.
func (c Combination) judge(gate *Ranked, truth []bool, s1, s2 []float64, budget float64) (Combination, error) {
	var seenTruth []bool
	var seen []float64
	for i, s := range s1 {
		if s >= c.Threshold1 && c.Escalated > 0 {
			seenTruth, seen = append(seenTruth, truth[i]), append(seen, s2[i])
		}
	}
	r, err := Rank(seenTruth, seen)
	if err != nil {
		return Combination{}, err
	}
	allowed, count := mostWithin(budget, gate.Negatives), 0
	for i := 1; i <= len(r.thresholds) && r.table(i).FP <= allowed; i++ {
		if r.table(i).TP > r.table(count).TP {
			count = i
		}
	}
	tp, fp := r.table(count).TP, r.table(count).FP
	c.Threshold2 = r.threshold(count)
	c.Confusion = Confusion{TP: tp, FP: fp, FN: gate.Positives - tp, TN: gate.Negatives - fp}
	return c, nil
}
