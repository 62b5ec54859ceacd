package contrast

import (
	"fmt"
	"math"

	"witnessmark/data/frame"
	"witnessmark/data/stats"
)

// Over compares how many seeds of each side end above half of the scale: what
// a mean over seeds that end near 0 or near 1 hides.
type Over struct {
	Own, OwnOf   int
	Base, BaseOf int
	Diff, Lo, Hi float64 // of the shares of seeds, Newcombe
	P            float64 // Fisher's exact test, two-sided; it takes seeds as independent, paired or not
	Text         string
}

// over is nil where there is no baseline, or one seed on a side.
func (c *comparison) over() *Over {
	if c.base < 0 {
		return nil
	}
	own, base := num(c.f, frame.Above, c.row), num(c.f, frame.Above, c.base)
	n, nb := num(c.f, frame.Seeds, c.row), num(c.f, frame.Seeds, c.base)
	if math.IsNaN(own+base) || !(n > 1 && nb > 1) {
		return nil
	}
	o := &Over{Own: int(own), OwnOf: int(n), Base: int(base), BaseOf: int(nb)}
	test, err := stats.TestTwoRates(o.Own, o.OwnOf, o.Base, o.BaseOf)
	if err != nil {
		return nil
	}
	e, err := stats.Newcombe(o.Own, o.OwnOf, o.Base, o.BaseOf, c.q.LevelOr())
	if err != nil {
		return nil
	}
	o.P, o.Diff, o.Lo, o.Hi = test.Fisher, e.Value, e.Lo, e.Hi
	o.Text = fmt.Sprintf("%d of %d here, %d of %d under %s: %s points %s by Newcombe; %s by Fisher's exact test", o.Own, o.OwnOf, o.Base, o.BaseOf,
		spoken(c.q.Baseline), words{100, rates}.change(o.Diff, n), words{100, rates}.interval(o.Lo, o.Hi, n, true), pText(o.P))
	return o
}
