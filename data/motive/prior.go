package motive

import "math"

// A Prior weighs the features of patterns. Weights are set by the user: one
// study cannot identify them. WashesOut lists the features whose weight
// counts once, at the start; the others are added again at every step, times
// Renewal (footnote 18 of the source: some priors wash out under selection,
// others do not).
type Prior struct {
	Simplicity  float64         `json:"simplicity"`
	Speed       float64         `json:"speed"`
	Salience    float64         `json:"salience"`
	Counting    float64         `json:"counting"` // 1 counts multiplicity fully, 0 ignores it
	Pretraining float64         `json:"pretraining"`
	Path        float64         `json:"path"`
	Lasting     map[string]bool `json:"lasting,omitempty"` // features that do not wash out
	Renewal     float64         `json:"renewal,omitempty"` // ρ, per step
}

// Weights are the names of the prior's weights in the order of display.
var Weights = []string{"simplicity", "speed", "salience", "counting", "pretraining", "path"}

// Weight returns a pointer to the named weight, nil for an unknown name.
func (w *Prior) Weight(name string) *float64 {
	switch name {
	case "simplicity":
		return &w.Simplicity
	case "speed":
		return &w.Speed
	case "salience":
		return &w.Salience
	case "counting":
		return &w.Counting
	case "pretraining":
		return &w.Pretraining
	case "path":
		return &w.Path
	}
	return nil
}

// terms returns λ·φ of each feature of p, by name.
func (w Prior) terms(p Pattern) map[string]float64 {
	count := p.Multiplicity
	if count == 0 {
		count = 1
	}
	return map[string]float64{
		"simplicity":  -w.Simplicity * p.Features.Simplicity,
		"speed":       -w.Speed * p.Features.Speed,
		"salience":    w.Salience * p.Features.Salience,
		"counting":    w.Counting * math.Log(count),
		"pretraining": w.Pretraining * p.Features.Pretraining,
		"path":        w.Path * p.Features.Path,
	}
}

// logPrior returns the unnormalized log prior of p, and what of it is added
// again at every step.
func (w Prior) logPrior(p Pattern) (once, everyStep float64) {
	terms := w.terms(p)
	for _, name := range Weights { // a fixed order keeps the last digits the same
		once += terms[name]
		if w.Lasting[name] {
			everyStep += w.Renewal * terms[name]
		}
	}
	return once, everyStep
}

// Shares returns the prior share of each pattern; they add up to 1.
func (w Prior) Shares(patterns []Pattern) []float64 {
	logs := make([]float64, len(patterns))
	for i, p := range patterns {
		logs[i], _ = w.logPrior(p)
	}
	return softmax(logs)
}

// softmax returns exp(logs) normalized to 1, without overflow.
func softmax(logs []float64) []float64 {
	top := math.Inf(-1)
	for _, l := range logs {
		top = max(top, l)
	}
	out, sum := make([]float64, len(logs)), 0.0
	for i, l := range logs {
		out[i] = math.Exp(l - top)
		sum += out[i]
	}
	for i := range out {
		out[i] /= sum
	}
	return out
}
