package contrast

import (
	"fmt"
	"math"

	"witnessmark/data/frame"
)

// A Family is the comparisons that are shown together, and where this one
// stands among them.
type Family struct {
	M              int     // comparisons of this measure
	P, Floor, Holm float64 // NaN where not known; Floor is the smallest p that the design can give
	Text           string
}

func (c *comparison) family() *Family {
	if c.base < 0 {
		return nil
	}
	f := &Family{P: c.num(frame.P), Floor: c.num(frame.PFloor), Holm: c.num(frame.PHolm)}
	tested := 0
	for i := range c.f.Len() {
		if !math.IsNaN(num(c.f, frame.DiffLo, i)) {
			f.M++
		}
		if !math.IsNaN(num(c.f, frame.P, i)) {
			tested++
		}
	}
	f.M = max(f.M, tested)
	switch _, why, ok := c.f.Num(frame.P, c.row); {
	case !ok:
		f.Text = "No p, because " + why
	case f.M == 1:
		f.Text = "Unadjusted " + pText(f.P) + ", the only comparison shown"
	default:
		f.Text = fmt.Sprintf("Unadjusted %s; %s by Holm over m = %d; intervals are not adjusted", pText(f.P), pText(f.Holm), tested)
	}
	if !math.IsNaN(f.Floor) && f.Floor > 1-c.q.LevelOr() {
		f.Text += fmt.Sprintf("; so few units cannot give a p below %s", decimal(f.Floor, 3))
	}
	return f
}
