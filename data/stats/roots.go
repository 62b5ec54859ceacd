package stats

import "math"

// bisect finds where f changes its sign between lo and hi, to the last digit.
// f may be infinite at the ends. Where it does not change its sign, the end
// at which it is nearer to 0 is returned: the interval reaches that far.
func bisect(f func(float64) float64, lo, hi float64) float64 {
	flo, fhi := f(lo), f(hi)
	if flo == 0 || fhi == 0 || (flo > 0) == (fhi > 0) {
		if math.Abs(flo) <= math.Abs(fhi) {
			return lo
		}
		return hi
	}
	for range 200 {
		mid := lo + (hi-lo)/2
		if mid == lo || mid == hi {
			break
		}
		if (f(mid) > 0) == (flo > 0) {
			lo = mid
		} else {
			hi = mid
		}
	}
	return lo + (hi-lo)/2
}

// scoreRatio is top/√v; without variance it is infinite with the sign of top,
// and 0 where top is 0 too.
func scoreRatio(top, v float64) float64 {
	if v <= 0 {
		if top == 0 {
			return 0
		}
		return math.Copysign(math.Inf(1), top)
	}
	return top / math.Sqrt(v)
}
