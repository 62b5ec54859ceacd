package stats

import "math"

// A Stacking is the mixture of models that predicts best.
type Stacking struct {
	Weights   []float64 // add up to 1
	Objective float64   // Σ ln Σ weight·density at the weights
	PseudoBMA []float64 // softmax of each model's summed log density; nil where all are −Inf
	Points    int
}

// Stack finds the weights that maximize Σᵢ ln Σₖ wₖ·exp(lp[i][k]), where
// lp[i][k] is the log density that model k gave to point i without having
// seen it (leave one cell out). −Inf is allowed. NotEstimable where there are
// no points or models, and where all models rule a point out.
//
// Yao, Vehtari, Simpson & Gelman (2018), Bayesian Anal 13:917; by vertex
// exchange, Böhning (1985), Metrika 32:337, whose gap bounds the error.
func Stack(lp [][]float64) (Stacking, error) {
	if len(lp) == 0 || len(lp[0]) == 0 {
		return Stacking{}, Because("there are no points or no models")
	}
	density, shift, err := densities(lp)
	if err != nil {
		return Stacking{}, err
	}
	s := Stacking{Points: len(lp)}
	m := newMixture(density)
	m.climb()
	s.Weights = m.w
	for _, mixed := range m.mixed {
		s.Objective += math.Log(mixed)
	}
	s.Objective += shift
	s.PseudoBMA = softmax(columnSums(lp))
	return s, nil
}

// densities scales each point so that its best model has density 1; shift
// is what the scaling takes from the objective.
func densities(lp [][]float64) (density [][]float64, shift float64, err error) {
	density = make([][]float64, len(lp))
	for i, row := range lp {
		if err := checkLengths("the models of all points", len(lp[0]), len(row)); err != nil {
			return nil, 0, err
		}
		top := math.Inf(-1)
		for k, v := range row {
			if math.IsNaN(v) || math.IsInf(v, 1) {
				return nil, 0, Because("model %d gives point %d a log density of %g", k+1, i+1, v)
			}
			top = max(top, v)
		}
		if math.IsInf(top, -1) {
			return nil, 0, Because("all models rule out point %d", i+1)
		}
		density[i] = make([]float64, len(row))
		for k, v := range row {
			density[i][k] = math.Exp(v - top)
		}
		shift += top
	}
	return density, shift, nil
}

func columnSums(rows [][]float64) []float64 {
	sums := make([]float64, len(rows[0]))
	for _, row := range rows {
		for k, v := range row {
			sums[k] += v
		}
	}
	return sums
}

// A mixture is a set of weights with the density it gives each point.
type mixture struct {
	density  [][]float64
	w, mixed []float64
}

func newMixture(density [][]float64) *mixture {
	models := len(density[0])
	m := &mixture{density: density, w: make([]float64, models), mixed: make([]float64, len(density))}
	for k := range m.w {
		m.w[k] = 1 / float64(models)
	}
	for i, row := range density {
		m.mixed[i] = sum(row) / float64(models)
	}
	return m
}

// climb moves weight from the model that helps least to the one that helps
// most until none is worth moving. The best gradient less the number of
// points bounds what the objective can still gain.
func (m *mixture) climb() {
	for range 10_000 {
		give, take, gap := m.extremes()
		if gap <= 1e-12*float64(len(m.mixed)) {
			return
		}
		m.exchange(give, take)
	}
}

// extremes finds the model with weight whose gradient is least, and the one
// whose gradient is most.
func (m *mixture) extremes() (give, take int, gap float64) {
	give = -1
	gradient := make([]float64, len(m.w))
	for i, row := range m.density {
		for k, d := range row {
			gradient[k] += d / m.mixed[i]
		}
	}
	for k, g := range gradient {
		if g > gradient[take] {
			take = k
		}
		if m.w[k] > 0 && (give < 0 || g < gradient[give]) {
			give = k
		}
	}
	return give, take, gradient[take] - gradient[give]
}

// exchange moves as much weight as raises the objective most.
func (m *mixture) exchange(give, take int) {
	slope := func(amount float64) float64 {
		total := 0.0
		for i, row := range m.density {
			total += (row[take] - row[give]) / (m.mixed[i] + amount*(row[take]-row[give]))
		}
		return total
	}
	amount := m.w[give]
	if s := slope(amount); !(s >= 0) {
		amount = bisect(slope, 0, amount)
	}
	m.w[take] += amount
	m.w[give] -= amount
	for i, row := range m.density {
		m.mixed[i] = 0
		for k, d := range row {
			m.mixed[i] += m.w[k] * d
		}
	}
}
