package stats

import (
	"fmt"
	"math"
)

// A Quantity is one number of a larger result, or the reason why these data
// do not give it. Its zero value is the number 0.
type Quantity struct {
	value float64
	why   *NotEstimable
}

// Known returns a Quantity that holds v. A v that is not a number becomes an
// unknown Quantity, so that NaN cannot travel further.
func Known(v float64) Quantity {
	if math.IsNaN(v) {
		return Unknown("these numbers allow no answer")
	}
	return Quantity{value: v}
}

// Unknown returns a Quantity that holds the formatted reason, in the words
// shown after "not estimable, because".
func Unknown(format string, args ...any) Quantity {
	return Quantity{why: &NotEstimable{Why: fmt.Sprintf(format, args...)}}
}

// Value returns the number, or 0 and the *NotEstimable that says why there is
// none.
func (q Quantity) Value() (float64, error) {
	if q.why != nil {
		return 0, q.why
	}
	return q.value, nil
}

// OK reports whether there is a number.
func (q Quantity) OK() bool { return q.why == nil }

// String prints the number in its shortest form, or the reason.
func (q Quantity) String() string {
	if q.why != nil {
		return q.why.Error()
	}
	return fmt.Sprint(q.value)
}

// then computes a Quantity from one that may be unknown.
func (q Quantity) then(f func(float64) float64) Quantity {
	if q.why != nil {
		return q
	}
	return Known(f(q.value))
}

// Over returns the estimate with its N said to count another unit: 3 of 200
// single attempts at 200 different problems are counts of Items.
func (e Estimate) Over(unit Unit) Estimate {
	e.Unit = unit
	return e
}

// Noted returns the estimate with one more note for the reader.
func (e Estimate) Noted(format string, args ...any) Estimate {
	e.Notes = append(append([]string(nil), e.Notes...), fmt.Sprintf(format, args...))
	return e
}

// checkLevel refuses a confidence level outside the open interval (0, 1).
func checkLevel(level float64) error {
	if !(level > 0 && level < 1) {
		return fmt.Errorf("a confidence level lies between 0 and 1, such as 0.95, but this one is %g", level)
	}
	return nil
}

// checkCount refuses k of n where that cannot be a count.
func checkCount(k, n int) error {
	if k < 0 || n < 0 || k > n {
		return fmt.Errorf("%d of %d is not a count of a part of a whole", k, n)
	}
	return nil
}

// checkFinite refuses numbers that no formula here can carry on from: those
// whose cube is past the range of a float64 among them.
func checkFinite(values []float64) error {
	for i, v := range values {
		if !(math.Abs(v) <= 1e100) {
			return Because("value %d of %d is %v", i+1, len(values), v)
		}
	}
	return nil
}

// critical is the two-sided critical value of the standard normal
// distribution at a confidence level.
func critical(level float64) float64 { return -NormalQuantile((1 - level) / 2) }

// criticalT is the same for Student's t.
func criticalT(level, df float64) float64 { return -TQuantile((1-level)/2, df) }
