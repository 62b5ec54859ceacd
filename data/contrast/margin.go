package contrast

import (
	"context"
	"fmt"
	"math"

	"witnessmark/data/frame"
	"witnessmark/data/query"
	"witnessmark/data/stats"
)

// A Margin says whether a difference lies within a margin that was chosen
// before looking: two one-sided tests, so the interval has the level 1 − 2·alpha.
type Margin struct {
	Margin        float64 // in the measure's own scale
	Lo, Hi, Level float64
	P             float64 // small speaks for equivalence
	Within        bool    // the whole interval lies within the margin
	NotWorse      bool    // not worse by the margin or more; only where Better is not 0
	Better        int     // see data.Metric; 0 where no file says
	Method        string
	Text          []string
}

// Within tests the row of Ask(q) with the keys against a margin > 0 in the
// measure's scale (0.05 is 5 points of a rate): equivalence with the baseline
// and, where it is known what is better, non-inferiority. Errors are those of
// Explain and *stats.NotEstimable.
func (st Study) Within(ctx context.Context, q query.Query, margin float64, keys ...frame.Key) (Margin, error) {
	c, err := st.compare(ctx, q, keys)
	if err != nil {
		return Margin{}, err
	}
	return c.within(margin)
}

func (c *comparison) within(margin float64) (Margin, error) {
	if c.base < 0 {
		return Margin{}, stats.Because("the row has no baseline to be compared with")
	}
	e, err := c.equivalence(margin)
	if err != nil {
		return Margin{}, err
	}
	m := Margin{
		Margin: margin, Lo: e.Lo, Hi: e.Hi, Level: e.Level, P: e.P, Method: e.Method, Within: e.Equivalent(), Better: c.m.Better,
		NotWorse: c.m.Better > 0 && e.NotLower() || c.m.Better < 0 && e.NotHigher(),
	}
	m.Text = m.words(c)
	return m, nil
}

func (c *comparison) equivalence(margin float64) (stats.Equivalence, error) {
	alpha := 1 - c.q.LevelOr()
	switch {
	case c.by == "seed":
		own, base := make([]float64, len(c.pairs)), make([]float64, len(c.pairs))
		for i, p := range c.pairs {
			own[i], base[i] = p.own, p.base
		}
		return stats.EquivalentSeeds(base, own, true, margin, alpha)
	case c.by == "item":
		diffs := make([]float64, len(c.pairs))
		for i, p := range c.pairs {
			diffs[i] = p.dif
		}
		return stats.EquivalentItems(diffs, margin, alpha)
	}
	own, base := c.values(c.row), c.values(c.base)
	if k, kb := c.num(frame.K), num(c.f, frame.K, c.base); len(own) == 1 && len(base) == 1 && !math.IsNaN(k) && !math.IsNaN(kb) {
		n, nb := c.num(frame.N), num(c.f, frame.N, c.base)
		return stats.EquivalentRates(int(math.Round(k)), int(math.Round(n)), int(math.Round(kb)), int(math.Round(nb)), margin, alpha)
	}
	return stats.EquivalentSeeds(base, own, false, margin, alpha)
}

func (m Margin) words(c *comparison) []string {
	n := c.num(frame.N)
	span := c.w.interval(m.Lo, m.Hi, n, true) + c.w.points()
	within := fmt.Sprintf("Within ±%s%s of %s: ", c.w.about(m.Margin), c.w.points(), spoken(c.q.Baseline))
	var out []string
	if m.Within {
		out = append(out, fmt.Sprintf("%sshown, since the %s interval %s lies inside.", within, wholePercent(m.Level), span))
	} else {
		out = append(out, fmt.Sprintf("%snot shown, since the %s interval %s leaves it. That is no sign of a difference.", within, wholePercent(m.Level), span))
	}
	if m.Better == 0 {
		return out
	}
	worse := map[bool]string{true: "lower", false: "higher"}[m.Better > 0]
	answer := map[bool]string{true: "shown", false: "not shown"}[m.NotWorse]
	return append(out, fmt.Sprintf("Not %s by %s%s or more: %s.", worse, c.w.about(m.Margin), c.w.points(), answer))
}
