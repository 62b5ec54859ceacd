package oversight

import (
	"fmt"
	"math"
	"slices"

	"witnessmark/data"
	"witnessmark/data/frame"
	"witnessmark/data/stats"
)

// Drift screens for scores that move: for each group, class (positive,
// negative, no truth) and step, how the scores differ from those at a
// reference step (NaN for the first): a row with the fields of By, monitor,
// class, step, n, mean (score), ks (largest distance between the
// distributions), ks_p, psi (population stability over ten bins of the
// scale) and cusum (running sum of the mean's excess over the reference, in
// standard deviations of the reference, with a slack of a half). It says that
// scores moved, not why, and takes samples as independent. It is worked out
// once a Board and reference.
func (b *Board) Drift(reference float64) frame.Frame {
	return b.once(fmt.Sprint("drift ", reference), func() frame.Frame { return b.drift(reference) })
}

func (b *Board) drift(reference float64) frame.Frame {
	s := newSheet()
	if !b.scored {
		s.whole("no-scores", verdictsOnly, false)
		return s.done()
	}
	for _, g := range b.groups {
		for class, name := range classes {
			b.driftRows(s, g, class, name, reference)
		}
	}
	if s.rows > 0 {
		s.whole("screening", "tests of drift take samples as independent and screen only; they do not say what moved", false)
	}
	return s.done()
}

func (b *Board) driftRows(s *sheet, g *group, class int, name string, reference float64) {
	var before []float64
	sum := 0.0
	for _, sp := range g.spots {
		if sp.step == sp.step && (reference != reference || sp.step == reference) {
			if before = b.scoresOf(sp.pool, class); before != nil {
				break
			}
		}
	}
	for _, sp := range g.spots {
		now := b.scoresOf(sp.pool, class)
		if sp.step != sp.step || now == nil {
			continue
		}
		mean, _ := stats.Mean(now)
		s.row(b.spotKeys(sp))
		for i, field := range b.by() {
			s.text(field, g.values[i])
		}
		s.text(MonitorColumn, b.Monitor)
		s.text(ClassColumn, name)
		s.num(data.Step, sp.step)
		s.num(frame.N, float64(len(now)))
		s.num("mean", mean)
		b.compare(s, before, now)
		if z, ok := excess(mean, before); ok {
			sum = max(0, sum+z-0.5)
			s.num("cusum", sum)
		}
	}
}

// scoresOf lists the scores of a class, in their own direction.
func (b *Board) scoresOf(p *pool, class int) []float64 {
	var out []float64
	for _, i := range p.cells {
		c := b.cells[i]
		for j, score := range c.Score {
			own := 2
			if t := c.truth(j); t <= yes {
				own = int(yes - t)
			}
			if own == class && score == score {
				out = append(out, b.own(score))
			}
		}
	}
	return out
}

func (b *Board) compare(s *sheet, before, now []float64) {
	const floor = 1e-4 // share that an empty bin counts as
	t, err := stats.KolmogorovSmirnov(before, now)
	if err != nil {
		for _, name := range []string{"ks", "ks_p", "psi"} {
			s.why(name, math.NaN(), "the reference step has no such scores")
		}
		return
	}
	s.num("ks", t.D)
	p, err := t.PExact.Value()
	if err != nil {
		p = t.PAsymptotic
	}
	s.num("ks_p", p)
	psi, err := stats.PopulationStability(b.shares(before), b.shares(now), floor)
	if err != nil {
		psi = math.NaN()
	}
	s.why("psi", psi, stats.Reason(err))
}

// shares are the parts of scores in ten bins of the scale.
func (b *Board) shares(scores []float64) []float64 {
	out := make([]float64, 10)
	for _, v := range scores {
		at := int((v - b.Scale.Lo) / (b.Scale.Hi - b.Scale.Lo) * 10)
		out[min(max(at, 0), 9)] += 1 / float64(len(scores))
	}
	return out
}

// excess is how far a mean lies over that of the reference, in its standard
// deviations.
func excess(mean float64, before []float64) (float64, bool) {
	m, err := stats.Mean(before)
	if err != nil {
		return 0, false
	}
	sd, err := stats.SD(before)
	if err != nil || sd == 0 || slices.Contains(before, math.Inf(1)) {
		return 0, false
	}
	return (mean - m) / sd, true
}
