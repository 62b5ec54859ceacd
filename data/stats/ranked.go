package stats

import (
	"math"
	"slices"
	"sort"
)

// Ranked is a monitor's scores against the truth, sorted once. ROC, areas,
// precision, and the table at any threshold are read from it without sorting
// again. A sample is flagged where its score is at least the threshold;
// samples of equal score stand or fall together.
type Ranked struct {
	Positives, Negatives int
	Missing              int // samples left out because they have no score

	thresholds []float64 // the distinct scores, highest first
	tp, fp     []int     // positives and negatives at or over each of them
}

// Rank sorts scores (higher is more suspicious; NaN is no score) with their
// truth: whether each sample is positive. It takes time n·log n; a million
// scores take some 150 ms.
func Rank(positive []bool, scores []float64) (*Ranked, error) {
	if err := checkLengths("truths and scores", len(positive), len(scores)); err != nil {
		return nil, err
	}
	hits, others := split(positive, scores)
	slices.Sort(hits)
	slices.Sort(others)
	r := &Ranked{Positives: len(hits), Negatives: len(others), Missing: len(scores) - len(hits) - len(others)}
	r.merge(hits, others)
	return r, nil
}

// split parts the scores by truth and drops those that are missing.
func split(positive []bool, scores []float64) (hits, others []float64) {
	count := 0
	for _, truth := range positive {
		if truth {
			count++
		}
	}
	hits, others = make([]float64, 0, count), make([]float64, 0, len(scores)-count)
	for i, s := range scores {
		switch {
		case math.IsNaN(s):
		case positive[i]:
			hits = append(hits, s)
		default:
			others = append(others, s)
		}
	}
	return hits, others
}

// merge walks both sorted sides from the top and closes a group at each
// distinct score.
func (r *Ranked) merge(hits, others []float64) {
	groups := distinct(hits, others)
	r.thresholds, r.tp, r.fp = make([]float64, 0, groups), make([]int, 0, groups), make([]int, 0, groups)
	i, j := len(hits), len(others)
	for i > 0 || j > 0 {
		top := math.Inf(-1)
		if i > 0 {
			top = hits[i-1]
		}
		if j > 0 {
			top = max(top, others[j-1])
		}
		for i > 0 && hits[i-1] == top {
			i--
		}
		for j > 0 && others[j-1] == top {
			j--
		}
		r.thresholds = append(r.thresholds, top)
		r.tp, r.fp = append(r.tp, len(hits)-i), append(r.fp, len(others)-j)
	}
}

// distinct is an upper bound for the number of distinct scores.
func distinct(hits, others []float64) int {
	return changes(hits) + changes(others)
}

func changes(sorted []float64) int {
	count := 0
	for i, v := range sorted {
		if i == 0 || v != sorted[i-1] {
			count++
		}
	}
	return count
}

// At returns the table at a threshold: flagged where score ≥ threshold. It
// takes time log n and allocates nothing, fit for a slider. At NaN nothing is
// flagged.
func (r *Ranked) At(threshold float64) Confusion {
	return r.table(sort.Search(len(r.thresholds), func(i int) bool { return !(r.thresholds[i] >= threshold) }))
}

// table is the Confusion where the first count groups are flagged.
func (r *Ranked) table(count int) Confusion {
	if count == 0 {
		return Confusion{FN: r.Positives, TN: r.Negatives}
	}
	tp, fp := r.tp[count-1], r.fp[count-1]
	return Confusion{TP: tp, FP: fp, FN: r.Positives - tp, TN: r.Negatives - fp}
}

// threshold is the score of the last flagged group; +Inf where none is.
func (r *Ranked) threshold(count int) float64 {
	if count == 0 {
		return math.Inf(1)
	}
	return r.thresholds[count-1]
}

// Thresholds returns the distinct scores, highest first: the places at which
// the table changes. The slice must not be changed.
func (r *Ranked) Thresholds() []float64 { return r.thresholds }

// twoClasses is the reason why samples of one kind show nothing of a monitor.
func (r *Ranked) twoClasses() error {
	switch {
	case r.Positives == 0 && r.Negatives == 0:
		return Because("no sample has both a truth and a score")
	case r.Positives == 0:
		return Because("there are no positive samples among %d", r.Negatives)
	case r.Negatives == 0:
		return Because("there are no negative samples among %d", r.Positives)
	}
	return nil
}

func (r *Ranked) tpr(count int) float64 {
	return float64(r.table(count).TP) / float64(r.Positives)
}

func (r *Ranked) fpr(count int) float64 {
	return float64(r.table(count).FP) / float64(r.Negatives)
}
