package stats

import "math"

// A Kappa is the agreement of two graders beyond chance.
type Kappa struct {
	Estimate
	SE        float64
	Agreement float64 // share of items graded alike
	Chance    float64 // share expected alike from the margins
}

// CohensKappa compares two graders of the same items: table[i][j] counts the
// items that the first put in category i and the second in j. The standard
// error is that for a kappa other than 0, and the interval is Wald's.
// NotEstimable without items and where a grader uses one category only.
//
// Cohen (1960), Educ Psychol Meas 20:37; Fleiss, Cohen & Everitt (1969),
// Psychol Bull 72:323.
func CohensKappa(table [][]int, level float64) (Kappa, error) {
	if err := checkLevel(level); err != nil {
		return Kappa{}, err
	}
	n, rows, cols, err := margins(table)
	if err != nil {
		return Kappa{}, err
	}
	var k Kappa
	for i := range table {
		k.Agreement += float64(table[i][i]) / n
		k.Chance += rows[i] * cols[i]
	}
	value := (k.Agreement - k.Chance) / (1 - k.Chance)
	k.SE = math.Sqrt(max(0, kappaVariance(table, n, rows, cols, k.Chance, value)))
	half := critical(level) * k.SE
	k.Estimate = Estimate{Value: value, Lo: value - half, Hi: value + half, Level: level, N: int(n), Unit: Items, Method: "Cohen's kappa"}
	return k, nil
}

// margins checks a square table of counts and returns its total and the
// shares of each grader's categories.
func margins(table [][]int) (n float64, rows, cols []float64, err error) {
	rows, cols = make([]float64, len(table)), make([]float64, len(table))
	for i, row := range table {
		if len(row) != len(table) {
			return 0, nil, nil, Because("the table of two graders must be square, and row %d of %d has %d columns", i+1, len(table), len(row))
		}
		for j, count := range row {
			if count < 0 {
				return 0, nil, nil, Because("the table of two graders has a negative count, %d", count)
			}
			n += float64(count)
			rows[i] += float64(count)
			cols[j] += float64(count)
		}
	}
	if n == 0 {
		return 0, nil, nil, Because("no items were graded by both")
	}
	for i := range rows {
		if rows[i] == n || cols[i] == n {
			return 0, nil, nil, Because("a grader puts all %g items in one category", n)
		}
		rows[i], cols[i] = rows[i]/n, cols[i]/n
	}
	return n, rows, cols, nil
}

func kappaVariance(table [][]int, n float64, rows, cols []float64, chance, kappa float64) float64 {
	var same, other float64
	for i, row := range table {
		for j, count := range row {
			p, both := float64(count)/n, cols[i]+rows[j]
			if i == j {
				same += p * math.Pow(1-both*(1-kappa), 2)
			} else {
				other += p * both * both
			}
		}
	}
	left := kappa - chance*(1-kappa)
	return (same + (1-kappa)*(1-kappa)*other - left*left) / ((1 - chance) * (1 - chance) * n)
}
