package stats

import (
	"errors"
	"fmt"
	"math"
)

// A LogisticFit is the curve logit(rate) = Intercept + Slope·x, by maximum
// likelihood.
type LogisticFit struct {
	Intercept, Slope     float64
	SEIntercept, SESlope float64 // Wald, dispersion 1
	PWald                float64 // two-sided, of Slope
	Deviance             float64 // against one free rate per point
	LRT                  float64 // likelihood-ratio χ² against a constant rate, 1 degree of freedom
	Dispersion           Quantity
	QuasiSESlope         Quantity // SESlope·√Dispersion, for samples that are not independent
	Points               int
}

// Separated is why a logistic curve has no finite slope: a step parts all
// failures from all successes. It is a NotEstimable that also names the step.
type Separated struct {
	Why  string
	Step float64 // the first step of the later kind; NaN where there is one kind only
}

// plainReason is the *NotEstimable inside an error, or the error itself.
func plainReason(err error) error {
	var why *NotEstimable
	if errors.As(err, &why) {
		return why
	}
	return err
}

func (e *Separated) Error() string { return "not estimable: " + e.Why }

// Unwrap makes a Separated the ordinary answer that NotEstimable is.
func (e *Separated) Unwrap() error { return &NotEstimable{Why: e.Why} }

// LogisticTrend fits a logistic curve to k of n over steps (rate in logits
// per step). The quasi-binomial standard error, with Pearson's dispersion
// X²/(points − 2), allows for samples that vary more than independent ones.
// The error is *Separated where no finite curve fits best.
//
// McCullagh & Nelder (1989), sections 4.4 and 4.5; separation as Albert &
// Anderson (1984), Biometrika 71:1.
func LogisticTrend(steps []float64, k, n []int) (LogisticFit, error) {
	cells, err := cellsOf(steps, k, n)
	if err != nil {
		return LogisticFit{}, err
	}
	return fitLogistic(cells)
}

// fitLogistic is the fit for any x, such as the logits of predictions.
func fitLogistic(cells []cell) (LogisticFit, error) {
	if err := separation(cells); err != nil {
		return LogisticFit{}, err
	}
	line, ok := scaled(cells).climb()
	if !ok {
		return LogisticFit{}, Because("the logistic curve did not settle; the points are nearly separated")
	}
	f := line.onOriginalScale()
	f.Points = len(cells)
	f.Deviance = deviance(cells, f.rate)
	k, n := totals(cells)
	f.LRT = max(0, deviance(cells, func(float64) float64 { return k / n })-f.Deviance)
	f.PWald = 2 * NormalCDF(-math.Abs(f.Slope/f.SESlope))
	f.Dispersion = dispersion(cells, f.rate)
	f.QuasiSESlope = f.Dispersion.then(func(phi float64) float64 { return f.SESlope * math.Sqrt(phi) })
	return f, nil
}

func (f LogisticFit) rate(x float64) float64 { return expit(f.Intercept + f.Slope*x) }

// Rate returns the fitted rate at x. Beyond the observed points it is an
// extrapolation, and to be labeled so.
func (f LogisticFit) Rate(x float64) float64 { return f.rate(x) }

func logit(p float64) float64 { return math.Log(p) - math.Log1p(-p) }

func expit(x float64) float64 {
	if x >= 0 {
		return 1 / (1 + math.Exp(-x))
	}
	return math.Exp(x) / (1 + math.Exp(x))
}

// span is the range of x over which some samples lie.
type span struct{ lo, hi float64 }

func (s *span) add(x, weight float64) {
	if weight > 0 {
		s.lo, s.hi = min(s.lo, x), max(s.hi, x)
	}
}

func spans(cells []cell) (hits, misses span) {
	hits = span{math.Inf(1), math.Inf(-1)}
	misses = hits
	for _, c := range cells {
		hits.add(c.step, c.k)
		misses.add(c.step, c.n-c.k)
	}
	return hits, misses
}

// separation tells whether a threshold on x parts successes from failures,
// with both allowed on the threshold itself.
func separation(cells []cell) error {
	hits, misses := spans(cells)
	switch {
	case len(cells) == 0:
		return Because("there are no samples")
	case hits.lo > hits.hi:
		return &Separated{"there are no successes", math.NaN()}
	case misses.lo > misses.hi:
		return &Separated{"all samples are successes", math.NaN()}
	case sameStep(cells):
		return Because("all samples are from one step")
	case misses.hi <= hits.lo:
		return &Separated{fmt.Sprintf("all successes are at %g or later, all failures at %g or earlier", hits.lo, misses.hi), hits.lo}
	case hits.hi <= misses.lo:
		return &Separated{fmt.Sprintf("all failures are at %g or later, all successes at %g or earlier", misses.lo, hits.hi), misses.lo}
	}
	return nil
}

// A standardized is a logistic problem with x moved to mean 0 and spread 1,
// where Newton's steps are well conditioned, and its present solution.
type standardized struct {
	cells            []cell
	center, scale    float64
	b0, b1           float64
	h00, h01, h11    float64 // information matrix at the solution
	score0, score1   float64
	negLogLikelihood float64
}

func scaled(cells []cell) standardized {
	x := make([]float64, len(cells))
	for i, c := range cells {
		x[i] = c.step
	}
	center, scale := mean(x), math.Sqrt(sumSquares(x)/float64(len(x)))
	k, n := totals(cells)
	s := standardized{cells: make([]cell, len(cells)), center: center, scale: scale, b0: logit(k / n)}
	for i, c := range cells {
		s.cells[i] = cell{(c.step - center) / scale, c.k, c.n}
	}
	s.evaluate()
	return s
}

// evaluate brings likelihood, score and information up to the coefficients.
func (s *standardized) evaluate() {
	s.h00, s.h01, s.h11, s.score0, s.score1, s.negLogLikelihood = 0, 0, 0, 0, 0, 0
	for _, c := range s.cells {
		eta := s.b0 + s.b1*c.step
		p := expit(eta)
		w, r := c.n*p*(1-p), c.k-c.n*p
		s.h00, s.h01, s.h11 = s.h00+w, s.h01+w*c.step, s.h11+w*c.step*c.step
		s.score0, s.score1 = s.score0+r, s.score1+r*c.step
		s.negLogLikelihood += c.n*softplus(eta) - c.k*eta
	}
}

// softplus is ln(1 + eˣ).
func softplus(x float64) float64 { return max(0, x) + math.Log1p(math.Exp(-math.Abs(x))) }

// climb takes Newton's steps, halved while they would lose likelihood, until
// they change nothing.
func (s standardized) climb() (standardized, bool) {
	for range 100 {
		det := s.h00*s.h11 - s.h01*s.h01
		d0 := (s.h11*s.score0 - s.h01*s.score1) / det
		d1 := (s.h00*s.score1 - s.h01*s.score0) / det
		if math.IsNaN(d0+d1) || math.IsInf(d0+d1, 0) {
			return s, false
		}
		s = s.step(d0, d1)
		if math.Abs(d0) <= 1e-10*(1+math.Abs(s.b0)) && math.Abs(d1) <= 1e-10*(1+math.Abs(s.b1)) {
			return s, true
		}
	}
	return s, false
}

func (s standardized) step(d0, d1 float64) standardized {
	for share := 1.0; share > 1e-9; share /= 2 {
		next := s
		next.b0, next.b1 = s.b0+share*d0, s.b1+share*d1
		next.evaluate()
		if next.negLogLikelihood <= s.negLogLikelihood+1e-12*math.Abs(s.negLogLikelihood) {
			return next
		}
	}
	return s
}

// onOriginalScale undoes the move and the scaling of x.
func (s standardized) onOriginalScale() LogisticFit {
	det := s.h00*s.h11 - s.h01*s.h01
	v00, v01, v11 := s.h11/det, -s.h01/det, s.h00/det
	m := s.center / s.scale
	return LogisticFit{
		Intercept: s.b0 - s.b1*m, Slope: s.b1 / s.scale,
		SEIntercept: math.Sqrt(v00 - 2*m*v01 + m*m*v11), SESlope: math.Sqrt(v11) / s.scale,
	}
}

// deviance is twice the log-likelihood that the rates lose against the
// observed ones.
func deviance(cells []cell, rate func(x float64) float64) float64 {
	total := 0.0
	for _, c := range cells {
		p := rate(c.step)
		total += 2 * (surprise(c.k, c.n*p) + surprise(c.n-c.k, c.n*(1-p)))
	}
	return max(0, total)
}

// surprise is k·ln(k/expected); +Inf where the expectation rules k out.
func surprise(k, expected float64) float64 {
	if k == 0 {
		return 0
	}
	return k * math.Log(k/expected)
}

// dispersion is Pearson's X² per degree of freedom.
func dispersion(cells []cell, rate func(x float64) float64) Quantity {
	if len(cells) <= 2 {
		return Unknown("a dispersion needs three points or more, and there are %d", len(cells))
	}
	total := 0.0
	for _, c := range cells {
		p := rate(c.step)
		total += (c.k - c.n*p) * (c.k - c.n*p) / (c.n * p * (1 - p))
	}
	return Known(total / float64(len(cells)-2))
}
