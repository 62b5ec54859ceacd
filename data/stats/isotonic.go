package stats

// Isotonic returns the fit to y (one value per checkpoint, in step order)
// that never falls, or never rises, and is nearest to y in weighted squares.
// Weights are positive, such as sample counts. It describes; do not
// extrapolate it or read a test out of it.
//
// Pool adjacent violators: Barlow, Bartholomew, Bremner & Brunk (1972).
func Isotonic(y, weights []float64, increasing bool) ([]float64, error) {
	if err := checkLengths("values and weights", len(y), len(weights)); err != nil {
		return nil, err
	}
	if err := checkBoth(y, weights); err != nil {
		return nil, err
	}
	for i, w := range weights {
		if w <= 0 {
			return nil, Because("point %d has weight %g; leave out checkpoints without samples", i+1, w)
		}
	}
	direction := 1.0
	if !increasing {
		direction = -1
	}
	return poolAdjacent(y, weights, direction), nil
}

// A pool is a run of checkpoints that share a fitted value.
type pool struct {
	value, weight float64
	size          int
}

func poolAdjacent(y, weights []float64, direction float64) []float64 {
	var pools []pool
	for i := range y {
		pools = append(pools, pool{direction * y[i], weights[i], 1})
		for n := len(pools); n > 1 && pools[n-2].value >= pools[n-1].value; n-- {
			pools = append(pools[:n-2], pools[n-2].join(pools[n-1]))
		}
	}
	fit := make([]float64, 0, len(y))
	for _, p := range pools {
		for range p.size {
			fit = append(fit, direction*p.value)
		}
	}
	return fit
}

func (p pool) join(q pool) pool {
	w := p.weight + q.weight
	if p.value == q.value {
		return pool{p.value, w, p.size + q.size}
	}
	return pool{(p.value*p.weight + q.value*q.weight) / w, w, p.size + q.size}
}
