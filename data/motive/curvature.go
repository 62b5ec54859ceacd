package motive

import (
	"math"

	"gonum.org/v1/gonum/mat"

	"witnessmark/data/stats"
)

// describe fills in the estimates of a fit with intervals from the curvature
// of the loss at its best (Laplace's approximation), and names the
// parameters that the data hardly move.
func (f *fitting) describe(x []float64, out *Fit) {
	spreads, how := f.spreads(x)
	z := stats.NormalQuantile(.975)
	cells := 0
	for _, a := range f.arms {
		cells += len(a.Cells)
	}
	eta := out.Model.Params.Eta
	out.Eta = stats.Estimate{
		Value: eta, Lo: eta * math.Exp(-z*spreads[0]), Hi: eta * math.Exp(z*spreads[0]), Level: .95,
		N: cells, Unit: stats.Cells, Method: "beta-binomial fit on the log scale, " + how,
	}
	out.Learned = learned(x[0], spreads[0], etaSpread)
	out.Dispersion = stats.Estimate{
		Value: expit(x[1]), Lo: expit(x[1] - z*spreads[1]), Hi: expit(x[1] + z*spreads[1]), Level: .95,
		N: cells, Unit: stats.Cells, Method: "beta-binomial fit on the logit scale, " + how,
	}
	if flat(spreads[0], etaSpread) {
		out.Flat = append(out.Flat, "eta")
	}
	for g, group := range f.groups[1:] {
		at, spread := x[2+g], spreads[2+g]
		out.Offsets = append(out.Offsets, Offset{
			Patterns: group, Learned: learned(at, spread, offsetSpread),
			Estimate: stats.Estimate{
				Value: at, Lo: at - z*spread, Hi: at + z*spread, Level: .95,
				N: cells, Unit: stats.Cells, Method: "beta-binomial fit, " + how,
			},
		})
		if flat(spread, offsetSpread) {
			out.Flat = append(out.Flat, "share of "+f.model.Patterns[group[0]].Name)
		}
	}
}

// flat tells whether the data take less than a fifth off a parameter's prior
// spread.
func flat(spread, prior float64) bool { return spread > .8*prior }

// learned is KL of Normal(at, spread) from Normal(0, prior), in nats.
func learned(at, spread, prior float64) float64 {
	return math.Log(prior/spread) + (spread*spread+at*at)/(2*prior*prior) - .5
}

// spreads returns the standard deviation of each parameter, from the inverse
// of the matrix of second derivatives; where that has no inverse, from its
// diagonal, with the others held.
func (f *fitting) spreads(x []float64) (out []float64, how string) {
	h := f.hessian(x)
	out = make([]float64, len(x))
	var c mat.Cholesky
	var inverse mat.SymDense
	if c.Factorize(h) && c.InverseTo(&inverse) == nil {
		for i := range out {
			out[i] = math.Sqrt(inverse.At(i, i))
		}
		return out, "all free"
	}
	for i := range out {
		out[i] = 1 / math.Sqrt(max(h.At(i, i), 1/(etaSpread*etaSpread)))
	}
	return out, "others held"
}

// hessian takes second differences of the loss.
func (f *fitting) hessian(x []float64) *mat.SymDense {
	const step = 1e-3
	at := func(i, j int, di, dj float64) float64 {
		y := append([]float64{}, x...)
		y[i] += di * step
		y[j] += dj * step
		return f.loss(y)
	}
	h := mat.NewSymDense(len(x), nil)
	for i := range x {
		for j := i; j < len(x); j++ {
			v := at(i, j, 1, 1) - at(i, j, 1, -1) - at(i, j, -1, 1) + at(i, j, -1, -1)
			h.SetSym(i, j, v/(4*step*step))
		}
	}
	return h
}
