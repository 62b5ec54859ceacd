package contrast

import (
	"fmt"
	"math"

	"witnessmark/data/stats"
)

// chance is the power that plans are made for.
const chance = 0.8

// A Power says what a comparison of this size and spread could have shown.
// It uses the spread that was observed and no observed effect.
type Power struct {
	Unit       string  // what is counted: "seed" or "item"
	Paired     bool    // Unit counts pairs; else units of the smaller side
	N          int     // units at hand
	SD         float64 // of the differences of pairs, or the pooled one of both sides
	SE, DF     float64 // of the difference
	Alpha      float64 // two-sided
	Detectable float64 // smallest true change seen with 80 % power
	// Sampling is the part of the variance, 0 to 1, that more samples a seed
	// would take away, and Floor what could be seen without it: NaN where the
	// counts behind the values are not known.
	Sampling, Floor float64
	Text            string

	sides [2]float64 // standard deviations, where nothing is paired
	w     words
}

// power is nil where there is no spread to plan with.
func (c *comparison) power() *Power {
	if c.base < 0 {
		return nil
	}
	p := &Power{Alpha: 1 - c.q.LevelOr(), w: c.w, Sampling: math.NaN(), Floor: math.NaN()}
	if !c.spread(p) || !(p.SE > 0) {
		return nil
	}
	lambda, err := stats.DetectableT(p.DF, p.Alpha, chance)
	if err != nil {
		return nil
	}
	p.Detectable = lambda * p.SE
	if p.Unit == "seed" {
		c.sampling(p, lambda)
	}
	p.Text = fmt.Sprintf("80%s%% power needs a change of %s%s.", nbsp, c.w.about(p.Detectable), c.w.points())
	return p
}

// spread fills in the standard error of the difference and what it is over.
func (c *comparison) spread(p *Power) bool {
	if c.by != "" {
		diffs := make([]float64, len(c.pairs))
		for i, k := range c.pairs {
			diffs[i] = k.dif
		}
		t, err := stats.PairedT(make([]float64, len(diffs)), diffs)
		p.Unit, p.Paired, p.N, p.SE, p.DF = c.by, true, len(diffs), t.SE, t.DF
		p.SD = t.SE * math.Sqrt(float64(len(diffs)))
		return err == nil
	}
	own, base := c.values(c.row), c.values(c.base)
	t, err := stats.WelchT(base, own)
	if err != nil {
		return false
	}
	p.sides = [2]float64{sd(own), sd(base)}
	p.Unit, p.N, p.SE, p.DF = "seed", min(len(own), len(base)), t.SE, t.DF
	p.SD = math.Sqrt((p.sides[0]*p.sides[0] + p.sides[1]*p.sides[1]) / 2)
	return true
}

func sd(values []float64) float64 {
	se, err := stats.SE(values)
	if err != nil {
		return math.NaN()
	}
	return se * math.Sqrt(float64(len(values)))
}

// sampling finds how much of the spread comes from the number of samples
// behind each run's rate, taken as independent: p(1 − p)/n on both sides.
func (c *comparison) sampling(p *Power, lambda float64) {
	own, base := c.noise(c.row), c.noise(c.base)
	total := own + base // of the difference of one pair
	if p.Paired {
		p.Sampling = total / (p.SD * p.SD)
	} else {
		p.Sampling = total / (2 * p.SD * p.SD)
	}
	if math.IsNaN(p.Sampling) {
		return
	}
	p.Sampling = min(1, p.Sampling)
	p.Floor = lambda * p.SE * math.Sqrt(1-p.Sampling)
}

// noise is the mean variance of a run's rate that its number of samples
// explains, NaN where a run has no counts.
func (c *comparison) noise(row int) float64 {
	sum, n := 0.0, 0.0
	for _, u := range c.f.Units[row] {
		if math.IsNaN(u.Value) {
			continue
		}
		if math.IsNaN(u.K) || !(u.N > 0) {
			return math.NaN()
		}
		sum += u.Value * (1 - u.Value) / u.N
		n++
	}
	return sum / n
}

// A Need is what it would take to see a change.
type Need struct {
	Change  float64
	Units   int     // pairs, or units of each side; 0 where it is out of reach
	More    int     // beyond those at hand
	Samples float64 // times as many samples a seed with the seeds at hand; NaN where that cannot do, or is not known
	Short   string  // how many units
	Text    string  // that, and whether more samples would do
}

// Needs says how many more seeds or items would show a change of this size
// with 80 % power, and whether more samples of the seeds at hand would.
func (p Power) Needs(change float64) Need {
	n := Need{Change: change, Samples: math.NaN()}
	aim := "To see " + p.w.about(change) + p.w.points()
	if math.Abs(change) >= p.Detectable {
		n.Units = p.N
		n.Short = aim + " the present " + p.units(p.N) + " are enough."
		n.Text = n.Short
		return n
	}
	var err error
	if p.Paired {
		n.Units, err = stats.PairsFor(change, p.SD, p.Alpha, chance)
	} else {
		n.Units, err = stats.WelchSeedsFor(change, p.sides[0], p.sides[1], p.Alpha, chance)
	}
	if err != nil {
		n.Short = aim + " no feasible number of " + p.Unit + "s is enough."
		n.Text = n.Short
		return n
	}
	n.More = n.Units - p.N
	n.Short = fmt.Sprintf("%s you need %s, %s more.", aim, p.units(n.Units), decimal(float64(n.More), 0))
	n.Text = n.Short
	p.bySamples(&n)
	return n
}

func (p Power) units(n int) string {
	switch {
	case p.Paired:
		return count(n, "pair") + " of " + p.Unit + "s"
	case n == 1:
		return "1 " + p.Unit + " an arm"
	}
	return count(n, p.Unit) + " an arm"
}

// bySamples says whether more samples of each seed could replace more seeds.
func (p Power) bySamples(n *Need) {
	switch {
	case math.IsNaN(p.Sampling):
		return
	case math.Abs(n.Change) <= p.Floor:
		n.Text += fmt.Sprintf(" More samples of the present seeds cannot show it: seeds themselves differ, and even endless samples show no less than %s%s.", p.w.about(p.Floor), p.w.points())
		return
	}
	// variance wanted = between + sampling/times
	wanted := n.Change * n.Change / (p.Detectable * p.Detectable)
	n.Samples = p.Sampling / (wanted - (1 - p.Sampling))
	n.Text += fmt.Sprintf(" Or %s times as many samples of the present ones.", decimal(math.Ceil(n.Samples*10)/10, 1))
}

// usualChanges are the changes that an interface offers to plan for.
func (p Power) usualChanges() []float64 {
	if p.w.kind == rates {
		return []float64{0.05, 0.1, 0.2}
	}
	if p.w.kind == scores {
		return []float64{5, 10, 20}
	}
	return []float64{p.Detectable / 4, p.Detectable / 2, p.Detectable}
}

// Usual lists the needs for changes that are often asked about.
func (p Power) Usual() []Need {
	var out []Need
	for _, d := range p.usualChanges() {
		out = append(out, p.Needs(d))
	}
	return out
}
