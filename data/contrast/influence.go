package contrast

import (
	"fmt"
	"math"
	"slices"

	"witnessmark/data/stats"
)

// An Influence says what single seeds or items do to the difference.
type Influence struct {
	Unit   string // "seed" or "item"; a run where runs name no seed
	Paired bool   // a unit is left out on both sides
	Most   OneOut // the one that moves it most
	All    []OneOut
	Text   string
}

// A OneOut is the difference without one unit.
type OneOut struct {
	Name      string
	Own, Base float64 // its values; NaN on the side where it is not
	Without   float64
	Change    float64 // Without less the difference of all
	Flips     bool    // the difference changes its sign
}

// influence is nil for fewer than three units on a side.
func (c *comparison) influence() *Influence {
	if c.base < 0 {
		return nil
	}
	out := c.pairInfluence()
	if c.by == "" {
		out = c.sideInfluence()
	}
	if out == nil {
		return nil
	}
	flips := 0
	for _, one := range out.All {
		if one.Flips {
			flips++
		}
		if math.Abs(one.Change) > math.Abs(out.Most.Change) || out.Most.Name == "" {
			out.Most = one
		}
	}
	text := fmt.Sprintf("Without %s %s the difference is %s%s", out.Unit, out.Most.Name, c.w.change(out.Most.Without, c.num("n")), c.w.points())
	if flips == 0 {
		out.Text = text + "; no single " + out.Unit + " changes its sign."
	} else {
		out.Text = text + fmt.Sprintf("; leaving out one of %s changes its sign.", count(flips, out.Unit))
	}
	return out
}

// pairInfluence leaves out one pair at a time.
func (c *comparison) pairInfluence() *Influence {
	if len(c.pairs) < 3 {
		return nil
	}
	diffs := make([]float64, len(c.pairs))
	for i, p := range c.pairs {
		diffs[i] = p.dif
	}
	all, err := stats.LeaveOneOut(diffs)
	if err != nil {
		return nil
	}
	out := &Influence{Unit: c.by, Paired: true}
	for i, one := range all {
		p := c.pairs[i]
		out.All = append(out.All, OneOut{p.name, p.own, p.base, one.Without, one.Change, one.Flips})
	}
	return out
}

// sideInfluence leaves out one run of either side at a time.
func (c *comparison) sideInfluence() *Influence {
	own, base := c.values(c.row), c.values(c.base)
	if len(own) < 3 || len(base) < 3 {
		return nil
	}
	out := &Influence{Unit: "run"}
	d := mean(own) - mean(base)
	for side, row := range []int{c.row, c.base} {
		values := [][]float64{own, base}[side]
		names := c.runNames(row)
		for i, without := range stats.JackknifeMeans(values) {
			one := OneOut{Name: names[i], Own: math.NaN(), Base: math.NaN()}
			if side == 0 {
				one.Own, one.Without = values[i], without-mean(base)
			} else {
				one.Base, one.Without = values[i], mean(own)-without
			}
			one.Change, one.Flips = one.Without-d, one.Without*d < 0
			out.All = append(out.All, one)
		}
	}
	return out
}

// runNames are the names of the runs of values.
func (c *comparison) runNames(row int) []string {
	var out []string
	for _, u := range c.f.Units[row] {
		if !math.IsNaN(u.Value) {
			out = append(out, u.Run)
		}
	}
	return out
}

// evidence lists what each unit does, the largest change first.
func (in *Influence) evidence(w words, n float64) Evidence {
	e := Evidence{Text: []string{in.Text}, Columns: []string{sentenceCase(in.Unit), "Here", "Baseline", "Without it", "Change"}}
	if in.Paired {
		e.Text = append(e.Text, "A "+in.Unit+" is left out on both sides.")
	}
	all := slices.Clone(in.All)
	slices.SortStableFunc(all, func(a, b OneOut) int {
		switch x, y := math.Abs(a.Change), math.Abs(b.Change); {
		case x > y:
			return -1
		case x < y:
			return 1
		}
		return 0
	})
	side := func(v float64) string {
		if math.IsNaN(v) {
			return ""
		}
		return w.value(v, n)
	}
	for _, one := range all {
		without := w.change(one.Without, n)
		if one.Flips {
			without += ", other sign"
		}
		e.Rows = append(e.Rows, []string{one.Name, side(one.Own), side(one.Base), without, w.change(one.Change, n)})
	}
	return e
}
