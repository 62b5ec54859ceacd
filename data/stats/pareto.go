package stats

// Pareto marks the points that no other point beats: none is at least as
// large in both x and y and larger in one. NaN has no place on the frontier.
func Pareto(x, y []float64) []bool {
	front := make([]bool, min(len(x), len(y)))
	for i := range front {
		front[i] = x[i] == x[i] && y[i] == y[i]
		for j := range front {
			if x[j] >= x[i] && y[j] >= y[i] && (x[j] > x[i] || y[j] > y[i]) {
				front[i] = false
			}
		}
	}
	return front
}
