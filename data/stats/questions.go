package stats

import (
	"fmt"
	"math"
)

// Questions compares two conditions by their scores on the same items, A less
// B. Clustered is nil where the items have no groups.
type Questions struct {
	Diff        Quantity // mean(A) − mean(B)
	Unpaired    Quantity // √(SE_A² + SE_B²), as if the items differed
	Paired      Quantity // standard error of the mean of the differences
	Correlation Quantity // Pearson's, of the scores item by item
	Z, PZ       Quantity // Diff/Paired and its two-sided normal p
	PT          Quantity // the same by Student's t, n − 1 degrees of freedom
	Clustered   *ClusteredQuestions
}

// ClusteredQuestions are the standard errors where items come in groups, such
// as questions about one text.
type ClusteredQuestions struct {
	Miller Quantity // Miller's clustered formula, on the differences
	CR1    Quantity // the same with C/(C − 1)
	PT     Quantity // two-sided p by t with CR1 and C − 1 degrees of freedom
}

// CompareQuestions compares scores item by item; groups names the group of
// each item, or is nil.
//
// Miller (2024), arXiv 2411.00640, sections 2.2, 4.1 and 4.2.
func CompareQuestions(a, b []float64, groups []int) (Questions, error) {
	if len(a) != len(b) || (groups != nil && len(groups) != len(a)) {
		return Questions{}, fmt.Errorf("paired items need as many scores on both sides, but there are %d and %d for %d groups", len(a), len(b), len(groups))
	}
	if err := checkBoth(a, b); err != nil {
		return Questions{}, err
	}
	d := Differences(b, a)
	q := Questions{Diff: from(Mean(d)), Paired: from(SE(d)), Correlation: pearson(a, b)}
	q.Unpaired = hypot(from(SE(a)), from(SE(b)))
	q.Z = quotient(q.Diff, q.Paired)
	q.PZ = q.Z.then(func(z float64) float64 { return 2 * NormalCDF(-math.Abs(z)) })
	q.PT = q.Z.then(func(z float64) float64 { return 2 * TCDF(-math.Abs(z), float64(len(d)-1)) })
	if groups == nil {
		return q, nil
	}
	c, err := Clusters(grouped(d, groups))
	if err != nil {
		return Questions{}, err
	}
	t := quotient(q.Diff, c.CR1)
	p := t.then(func(t float64) float64 { return 2 * TCDF(-math.Abs(t), float64(c.Clusters-1)) })
	q.Clustered = &ClusteredQuestions{Miller: c.Miller, CR1: c.CR1, PT: p}
	return q, nil
}

// grouped gathers values by their group, in the order the groups appear.
func grouped(values []float64, groups []int) [][]float64 {
	at := map[int]int{}
	var out [][]float64
	for i, v := range values {
		c, seen := at[groups[i]]
		if !seen {
			c = len(out)
			at[groups[i]] = c
			out = append(out, nil)
		}
		out[c] = append(out[c], v)
	}
	return out
}

// pearson is the product-moment correlation, unknown where a side is constant.
func pearson(a, b []float64) Quantity {
	if len(a) == 0 || constant(a) || constant(b) {
		return Unknown("a side does not vary")
	}
	ma, mb, product := mean(a), mean(b), 0.0
	for i := range a {
		product += (a[i] - ma) * (b[i] - mb)
	}
	return Known(product / (math.Sqrt(sumSquares(a)) * math.Sqrt(sumSquares(b))))
}

func hypot(a, b Quantity) Quantity {
	if !a.OK() {
		return a
	}
	return b.then(func(v float64) float64 { return math.Hypot(a.value, v) })
}

// quotient divides a number by a standard error, which must not be 0.
func quotient(a, se Quantity) Quantity {
	switch {
	case !a.OK():
		return a
	case !se.OK():
		return se
	case se.value == 0:
		return Unknown("the standard error is 0")
	}
	return Known(a.value / se.value)
}
