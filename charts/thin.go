package charts

import "math"

// mostPoints is how many points a line is drawn through: more than a wide
// chart has pixels. A longer line is drawn through the least and the greatest
// value of each of half as many stretches, so that no peak is lost.
const mostPoints = 4000

// thinned returns a layer with at most mostPoints points. Missing values stay
// where a stretch has nothing else. A band keeps its least and greatest end.
func thinned(l Layer) Layer {
	n := len(l.X)
	if n <= mostPoints {
		return l
	}
	var keep []int
	for b := range mostPoints / 2 {
		from, to := b*n/(mostPoints/2), (b+1)*n/(mostPoints/2)
		low, high := from, from
		for i := from; i < to; i++ {
			if !(l.Y[i] >= l.Y[low]) && !math.IsNaN(l.Y[i]) || math.IsNaN(l.Y[low]) {
				low = i
			}
			if top := l.top(i); !(top <= l.top(high)) && !math.IsNaN(top) || math.IsNaN(l.top(high)) {
				high = i
			}
		}
		keep = append(keep, min(low, high))
		if low != high {
			keep = append(keep, max(low, high))
		}
	}
	out := l
	out.X, out.Y, out.Y2, out.Source = nil, nil, nil, nil
	for _, i := range keep {
		out = out.add(l.X[i], l.Y.at(i), l.Y2.at(i), at(l.Source, i), l)
	}
	return out
}

// top is the upper end of a band, or the value of a line.
func (l Layer) top(i int) float64 {
	if l.Y2 != nil {
		return l.Y2[i]
	}
	return l.Y[i]
}

// thinNote says that long lines are thinned.
func (c curves) thinNote() []string {
	for _, name := range c.conditions {
		if n := len(c.rows(name)); n > mostPoints {
			return []string{"lines of " + Count(float64(n), "step") + " are drawn through the least and greatest value of each " + Count(math.Ceil(2*float64(n)/mostPoints), "step")}
		}
	}
	return nil
}
