package motive

import (
	"cmp"
	"math"
	"slices"
)

// Alike returns groups of patterns (by index, in order) that act the same in
// every context that was observed, within tolerance: the data cannot tell
// their shares apart, only the group's. Groups of one are identified.
func (m Model) Alike(observed []Context, tolerance float64) [][]int {
	var groups [][]int
next:
	for i := range m.Patterns {
		for g, group := range groups {
			if m.same(i, group[0], observed, tolerance) {
				groups[g] = append(group, i)
				continue next
			}
		}
		groups = append(groups, []int{i})
	}
	return groups
}

func (m Model) same(i, j int, observed []Context, tolerance float64) bool {
	a, b := m.Patterns[i], m.Patterns[j]
	if m.Params.Length != 0 && a.Length != b.Length || m.Params.WhiteBox != 0 && a.Detect != b.Detect {
		return false // selection tells them apart, whatever they do
	}
	for _, c := range observed {
		if math.Abs(a.Policy(c)-b.Policy(c)) > tolerance || math.Abs(a.Active(c)-b.Active(c)) > tolerance {
			return false
		}
	}
	return true
}

// A Split says how well an observation in a context would tell two mixtures
// apart: the expected gap in log score per sample, which is the
// Jensen–Shannon divergence of the two predicted rates, in nats.
type Split struct {
	Context string
	Gap     float64   // nats per sample, 0 to ln 2
	Rates   []float64 // of the act, 0 to 1: of each mixture, or of each pattern of the group
}

// Enough is how many nats of expected log-score gap settle which of two
// predictions holds: a ratio of likelihoods of about 20.
const Enough = 3.0

// Samples returns how many samples an evaluation in the context needs until
// the gap is expected to be Enough; +Inf where it tells nothing.
func (s Split) Samples() float64 { return math.Ceil(Enough / s.Gap) }

// Splits ranks contexts by how far one observation there would separate two
// predictions of the act's rate, best first; contexts where either has no
// rate are left out.
func Splits(a, b Model, sharesA, sharesB []float64, contexts []Context) []Split {
	var out []Split
	for _, c := range contexts {
		p, okA := a.Rate(sharesA, c)
		q, okB := b.Rate(sharesB, c)
		if okA && okB {
			out = append(out, Split{Context: c.Name, Gap: JensenShannon(p, q), Rates: []float64{p, q}})
		}
	}
	Rank(out)
	return out
}

// Rank sorts splits, those first that tell most.
func Rank(splits []Split) {
	slices.SortStableFunc(splits, func(x, y Split) int { return cmp.Compare(y.Gap, x.Gap) })
}

// Separate ranks contexts by how much one observation there would tell of
// which pattern of the group is in charge, best first: the mutual information
// of pattern and act, every pattern as likely. It is Splits for more than two.
func (m Model) Separate(group []int, contexts []Context) []Split {
	var out []Split
	for _, c := range contexts {
		s, mean := Split{Context: c.Name}, 0.0
		for _, i := range group {
			rate := m.Patterns[i].Policy(c)
			s.Rates = append(s.Rates, rate)
			mean += rate / float64(len(group))
		}
		for _, rate := range s.Rates {
			s.Gap += max(0, relative(rate, mean)) / float64(len(group)) // rounding may take it below 0
		}
		out = append(out, s)
	}
	Rank(out)
	return out
}

// JensenShannon returns the divergence of two rates in nats, 0 to ln 2.
func JensenShannon(p, q float64) float64 {
	m := (p + q) / 2
	return (relative(p, m) + relative(q, m)) / 2
}

// relative returns KL(p‖q) of two Bernoulli rates in nats.
func relative(p, q float64) float64 {
	term := func(a, b float64) float64 {
		if a == 0 {
			return 0
		}
		return a * math.Log(a/b)
	}
	return term(p, q) + term(1-p, 1-q)
}

// Divergence returns KL(posterior‖prior) of shares in nats: how far the data
// moved the mixture. Near 0 the answer is the prior's, not the data's.
func Divergence(posterior, prior []float64) float64 {
	sum := 0.0
	for i, p := range posterior {
		if p > 0 {
			sum += p * math.Log(p/prior[i])
		}
	}
	return sum
}
