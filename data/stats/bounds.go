package stats

import "math"

// RateBounds returns the interval of k/n alone, by a method's name. Without
// trials nothing is ruled out, and it is 0 to 1.
func RateBounds(method string, k, n int, level float64) (lo, hi float64, err error) {
	interval, err := Lookup[RateInterval](method)
	if err != nil {
		return 0, 0, err
	}
	if n == 0 && k == 0 {
		return 0, 1, checkLevel(level)
	}
	e, err := interval(k, n, level)
	return e.Lo, e.Hi, err
}

// RatioBounds returns the interval of (k1/n1)/(k2/n2) alone, by a method's
// name. It may be had where the ratio itself may not: at two zero counts the
// score intervals are 0 to +Inf, since nothing is ruled out.
func RatioBounds(method string, k1, n1, k2, n2 int, level float64) (lo, hi float64, err error) {
	interval, err := Lookup[RatioInterval](method)
	if err != nil {
		return 0, 0, err
	}
	if _, err := Difference(k1, n1, k2, n2); err != nil {
		return 0, 0, err
	}
	if err := checkLevel(level); err != nil {
		return 0, 0, err
	}
	if k1 == 0 && k2 == 0 {
		return ratioOfNothing(method, float64(n1), float64(n2), level)
	}
	e, err := interval(k1, n1, k2, n2, level)
	return e.Lo, e.Hi, err
}

func ratioOfNothing(method string, n1, n2, level float64) (lo, hi float64, err error) {
	switch method {
	case "walter":
		return walterBounds(arm{0, n1}, arm{0, n2}, level)
	case "katz":
		return katzBounds(arm{0, n1}, arm{0, n2}, level)
	}
	return 0, math.Inf(1), nil
}
