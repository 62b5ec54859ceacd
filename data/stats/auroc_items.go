package stats

import "math"

// ClusteredAUROC is the area with a variance that allows for several samples
// of one item: item[i] is the item of sample i. With one sample each it is
// DeLong's. N counts items.
//
// Obuchowski (1997), Biometrics 53:567.
func ClusteredAUROC(positive []bool, scores []float64, item []int, level float64) (Estimate, error) {
	if err := checkLengths("truths, scores and items", len(positive), len(scores), len(item)); err != nil {
		return Estimate{}, err
	}
	r, err := Rank(positive, scores)
	if err != nil {
		return Estimate{}, err
	}
	a, err := r.AUROC()
	if err != nil {
		return Estimate{}, err
	}
	items := r.placementsByItem(positive, scores, item)
	a.Variance = obuchowski(items, a)
	e, err := a.Estimate(level)
	e.N, e.Unit, e.Method = len(items), Items, "Obuchowski, logit"
	return e, err
}

// itemPlacements adds up the placements of one item's samples by truth.
type itemPlacements struct{ hits, others, hitSum, otherSum float64 }

// placementsByItem keeps the items in order of appearance, so that sums come
// out the same every time.
func (r *Ranked) placementsByItem(positive []bool, scores []float64, item []int) []itemPlacements {
	var all []itemPlacements
	at := map[int]int{}
	for i, s := range scores {
		if math.IsNaN(s) {
			continue
		}
		if _, known := at[item[i]]; !known {
			at[item[i]] = len(all)
			all = append(all, itemPlacements{})
		}
		all[at[item[i]]].add(positive[i], r, r.index(s))
	}
	return all
}

func (p *itemPlacements) add(positive bool, r *Ranked, group int) {
	if positive {
		p.hits, p.hitSum = p.hits+1, p.hitSum+r.placement(group)
	} else {
		p.others, p.otherSum = p.others+1, p.otherSum+r.coplacement(group)
	}
}

func obuchowski(items []itemPlacements, a AUROC) Quantity {
	var withHits, withOthers, s10, s01, s11 float64
	for _, p := range items {
		v, w := p.hitSum-p.hits*a.Area, p.otherSum-p.others*a.Area
		withHits += indicator(p.hits > 0)
		withOthers += indicator(p.others > 0)
		s10, s01, s11 = s10+v*v, s01+w*w, s11+v*w
	}
	if withHits < 2 || withOthers < 2 {
		return Unknown("the variance needs two items with positives and two with negatives, and there are %g and %g", withHits, withOthers)
	}
	m, n, count := float64(a.Positives), float64(a.Negatives), float64(len(items))
	v := withHits/(withHits-1)*s10/(m*m) + withOthers/(withOthers-1)*s01/(n*n) + 2*count/(count-1)*s11/(m*n)
	return Known(max(0, v))
}
