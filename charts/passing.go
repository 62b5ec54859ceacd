package charts

import (
	"math"

	"witnessmark/data/frame"
)

// passing counts the seeds of a condition that pass a threshold.
type passing struct{ passed, all int }

// passes reads a table of onsets, one row a seed; nil where there is none.
func passes(onsets frame.Frame, o Options) map[string]passing {
	if onsets.Len() == 0 {
		return nil
	}
	out := map[string]passing{}
	for i, name := range namesOf(onsets, o.By) {
		n := out[name]
		n.all++
		if !math.IsNaN(numAt(onsets, o.stepColumn(), i)) {
			n.passed++
		}
		out[name] = n
	}
	return out
}

// counts are the seeds of a condition that pass the threshold at any time, or
// where onsets are not known those that end above it.
func (c curves) counts(name string) passing {
	if c.passed != nil {
		return c.passed[name]
	}
	above, all := c.ends(name)
	return passing{above, all}
}

func (c curves) verb() string {
	if c.passed != nil {
		return "pass "
	}
	return "end above "
}

// passNote counts the seeds above a panel.
func (c curves) passNote(name string) []string {
	n := c.counts(name)
	if n.all == 0 {
		return nil
	}
	count := n.fraction()
	return []string{
		Whole.Text(float64(n.passed), 0) + " of " + Count(float64(n.all), "seed") + " " + c.verb() + c.thresholdText(),
		count + " " + map[bool]string{true: "pass", false: "end >"}[c.passed != nil] + " " + c.thresholdText(),
		count,
	}
}

func (n passing) fraction() string {
	return Whole.Text(float64(n.passed), 0) + " of " + Whole.Text(float64(n.all), 0)
}

// propose says how many seeds of each condition pass the threshold, which a
// mean of seeds that all or none take off would hide; and that it does, where
// no seed ends near the mean.
func (c curves) propose() string {
	var counts, fractions []string
	sum, same := 0, true
	for _, name := range c.conditions {
		n := c.counts(name)
		sum += n.all
		same = same && n.all == c.counts(c.conditions[0]).all
		counts, fractions = append(counts, Whole.Text(float64(n.passed), 0)), append(fractions, n.fraction())
	}
	if sum == 0 || c.o.Scale == pointScale || c.o.Scale == changeScale || c.o.Scale == FreeScale {
		return upperFirst(joined(" ", given(c.o.MeasureLabel, "The measure"), "over checkpoints"))
	}
	of := " of " + Count(float64(c.counts(c.conditions[0]).all), "seed")
	if !same {
		counts, of = fractions, " seeds"
	}
	if len(counts) > mostCounted {
		return joined("; ", c.tallyPassing(), c.divided())
	}
	sentence := list(counts) + of + " " + c.verb() + c.thresholdText()
	switch {
	case c.passed != nil && c.rises():
		sentence = upperFirst(given(c.o.MeasureLabel, "the measure")) + " takes off in " + list(counts) + of
	case c.o.Subject != "":
		sentence = c.o.Subject + " above " + c.thresholdText() + " in " + list(counts) + of
	}
	return joined("; ", sentence, c.divided())
}

// mostCounted is how many conditions a title counts one by one.
const mostCounted = 4

// tallyPassing counts the seeds of all conditions together.
func (c curves) tallyPassing() string {
	var n passing
	for _, name := range c.conditions {
		of := c.counts(name)
		n.passed, n.all = n.passed+of.passed, n.all+of.all
	}
	return Whole.Text(float64(n.passed), 0) + " of " + Count(float64(n.all), "seed") + " under " + Count(float64(len(c.conditions)), "condition") + " " + c.verb() + c.thresholdText()
}

// rises reports whether all seeds start well below the threshold, so that
// passing it is taking off.
func (c curves) rises() bool {
	for _, name := range c.conditions {
		for _, t := range c.traces(name) {
			if len(t.y) > 0 && t.y[0] > c.threshold()/2 {
				return false
			}
		}
	}
	return true
}

// divided says that the mean describes no single run, or hardly one, where
// a tenth of the seeds or more end above the threshold and as many low, and none
// or few of any condition so divided end near its mean.
func (c curves) divided() string {
	seeds, near := 0, 0
	for _, name := range c.conditions {
		ends := c.finals(name)
		mean, high, low := 0.0, 0, 0
		for _, v := range ends {
			mean += v / float64(len(ends))
			high += oneIf(v > c.threshold())
			low += oneIf(v < 0.1*c.o.top())
		}
		if len(ends) < 4 || high*10 < len(ends) || low*10 < len(ends) {
			continue
		}
		seeds += len(ends)
		for _, v := range ends {
			near += oneIf(math.Abs(v-mean) < 0.05*c.o.top())
		}
	}
	switch {
	case seeds == 0 || near*10 > seeds:
		return ""
	case near == 0:
		return "the mean describes no single run"
	}
	return "few end near the mean"
}

// finals are the last values of the seeds of a condition.
func (c curves) finals(name string) []float64 {
	var out []float64
	for _, t := range c.traces(name) {
		for k := len(t.y) - 1; k >= 0; k-- {
			if !math.IsNaN(t.y[k]) {
				out = append(out, t.y[k])
				break
			}
		}
	}
	return out
}

func (c curves) ends(name string) (above, all int) {
	for _, v := range c.finals(name) {
		all++
		above += oneIf(v > c.threshold())
	}
	return above, all
}
