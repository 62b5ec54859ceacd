package stats

import (
	"fmt"
	"math/rand/v2"
	"slices"

	"gonum.org/v1/gonum/stat/distuv"
)

// TPRAtFPRResampled is TPRAtFPR with an interval that allows for the
// threshold being chosen on the same samples: positives and negatives are
// both drawn anew (draws times, 2,000 serve) and the threshold chosen again
// each time. The draws are seeded. NotEstimable where a class is absent.
//
// Percentile bootstrap of both classes; a draw needs only the order statistic
// of the negatives that the budget allows and the positives over it, so its
// cost does not grow with the samples.
func (r *Ranked) TPRAtFPRResampled(target, level float64, draws int) (OperatingPoint, error) {
	o, err := r.TPRAtFPR(target, level)
	if err != nil {
		return OperatingPoint{}, err
	}
	if draws < 1 {
		return OperatingPoint{}, fmt.Errorf("a bootstrap draws once or more, not %d times", draws)
	}
	rng := rand.NewPCG(uint64(r.Positives), uint64(r.Negatives))
	allowed := mostWithin(target, r.Negatives)
	recalls := make([]float64, draws)
	for d := range recalls {
		recalls[d] = r.redraw(allowed, rng)
	}
	slices.Sort(recalls)
	o.Recall.Lo = min(o.Recall.Value, sortedQuantile(recalls, (1-level)/2))
	o.Recall.Hi = max(o.Recall.Value, sortedQuantile(recalls, (1+level)/2))
	o.Recall.Method = "bootstrap of positives and negatives"
	return o, nil
}

// redraw is the recall within the budget in one resample. Of n negatives
// drawn, the (allowed + 1)-th highest has the place of a Beta order statistic;
// only scores over it may be flagged.
func (r *Ranked) redraw(allowed int, rng *rand.PCG) float64 {
	flagged := len(r.thresholds)
	if allowed < r.Negatives {
		place := distuv.Beta{Alpha: float64(allowed + 1), Beta: float64(r.Negatives - allowed), Src: rng}.Rand()
		index := min(r.Negatives-1, int(place*float64(r.Negatives)))
		flagged = r.groupsOver(index)
	}
	rate := r.tpr(flagged)
	if rate <= 0 || rate >= 1 {
		return rate
	}
	return distuv.Binomial{N: float64(r.Positives), P: rate, Src: rng}.Rand() / float64(r.Positives)
}

// groupsOver counts the groups whose score is over that of the index-th
// negative, from the highest.
func (r *Ranked) groupsOver(index int) int {
	count, _ := slices.BinarySearch(r.fp, index+1)
	return count
}

// GMean2Difference returns the g-mean² of monitor a less that of b on the same
// samples, with a percentile bootstrap over items: item[i] is the item of
// sample i, drawn with all its samples. The draws are seeded. NotEstimable
// where a class is absent.
func GMean2Difference(positive, a, b []bool, item []int, level float64, draws int) (Estimate, error) {
	if err := checkLengths("truths, flags and items", len(positive), len(a), len(b), len(item)); err != nil {
		return Estimate{}, err
	}
	if err := checkLevel(level); err != nil {
		return Estimate{}, err
	}
	items := duels(positive, a, b, item)
	all := duel{}
	for _, d := range items {
		all.add(d)
	}
	value, ok := all.difference()
	if !ok || draws < 1 {
		return Estimate{}, Because("positives and negatives are both needed, and there are %d and %d", all.a.Positives(), all.a.Negatives())
	}
	drawn := redrawDuels(items, draws)
	if len(drawn) == 0 {
		return Estimate{}, Because("no resample has both positives and negatives")
	}
	slices.Sort(drawn)
	return Estimate{
		Value: value, Lo: min(value, sortedQuantile(drawn, (1-level)/2)), Hi: max(value, sortedQuantile(drawn, (1+level)/2)),
		Level: level, N: len(items), Unit: Items, Method: "bootstrap over items",
	}, nil
}

// A duel is the two monitors' tables on the same samples.
type duel struct{ a, b Confusion }

func (d *duel) add(o duel) {
	d.a, d.b = d.a.plus(o.a), d.b.plus(o.b)
}

func (c Confusion) plus(o Confusion) Confusion {
	return Confusion{c.TP + o.TP, c.FP + o.FP, c.FN + o.FN, c.TN + o.TN}
}

func (d duel) difference() (float64, bool) {
	p, n := float64(d.a.Positives()), float64(d.a.Negatives())
	if p == 0 || n == 0 {
		return 0, false
	}
	return float64(d.a.TP)/p*float64(d.a.TN)/n - float64(d.b.TP)/p*float64(d.b.TN)/n, true
}

// duels sums up each item, in order of appearance.
func duels(positive, a, b []bool, item []int) []duel {
	at := map[int]int{}
	var items []duel
	for i, truth := range positive {
		if _, known := at[item[i]]; !known {
			at[item[i]] = len(items)
			items = append(items, duel{})
		}
		d := &items[at[item[i]]]
		d.a.add(truth, a[i])
		d.b.add(truth, b[i])
	}
	return items
}

func redrawDuels(items []duel, draws int) []float64 {
	rng := rand.New(rand.NewPCG(uint64(len(items)), uint64(draws)))
	drawn := make([]float64, 0, draws)
	for range draws {
		all := duel{}
		for range items {
			all.add(items[rng.IntN(len(items))])
		}
		if v, ok := all.difference(); ok {
			drawn = append(drawn, v)
		}
	}
	return drawn
}
