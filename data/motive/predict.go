package motive

// Rate returns P(undesired act | c) of a mixture:
// Σ w(i)·g(i,c)·π(i,c) / Σ w(i)·g(i,c). ok is false when no pattern is
// active in c, which leaves the rate undefined.
func (m Model) Rate(shares []float64, c Context) (rate float64, ok bool) {
	acts, active := 0.0, 0.0
	for i, p := range m.Patterns {
		g := shares[i] * p.Active(c)
		active += g
		acts += g * p.Policy(c)
	}
	if active == 0 {
		return 0, false
	}
	return acts / active, true
}

// ActiveShares returns each pattern's part of the influence in c; they add up
// to 1 unless no pattern is active.
func (m Model) ActiveShares(shares []float64, c Context) []float64 {
	out, sum := make([]float64, len(shares)), 0.0
	for i, p := range m.Patterns {
		out[i] = shares[i] * p.Active(c)
		sum += out[i]
	}
	for i := range out {
		if sum > 0 {
			out[i] /= sum
		}
	}
	return out
}

// Sensitivity is one bar of a tornado: the share of a pattern at the end of
// training when one prior weight is multiplied by Low and by High.
type Sensitivity struct {
	Weight        string
	Value         float64 // the weight as it stands
	AtLow, AtHigh float64 // share of the pattern, 0 to 1
}

// Tornado varies each prior weight from 0 to twice its value and returns
// what that does to the pattern's share after steps of training.
func (m Model) Tornado(pattern string, steps int) []Sensitivity {
	i := m.index(pattern)
	if i < 0 {
		return nil
	}
	var out []Sensitivity
	for _, name := range Weights {
		out = append(out, m.vary(name, i, steps))
	}
	return out
}

func (m Model) vary(weight string, pattern, steps int) Sensitivity {
	w := m.Prior.Weight(weight)
	s := Sensitivity{Weight: weight, Value: *w}
	at := func(v float64) float64 {
		varied := m // Prior is a value: the caller's model stays as it is
		*varied.Prior.Weight(weight) = v
		return varied.Train(steps).Last()[pattern]
	}
	s.AtLow, s.AtHigh = at(0), at(2*s.Value)
	return s
}
