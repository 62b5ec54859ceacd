package figure

import (
	"math"

	"witnessmark/charts"
	"witnessmark/data/frame"
)

// mostSilent is how many rows without any value a figure of groups keeps.
const mostSilent = 3

// withoutSilent leaves out groups that have no value of the measure, the
// baseline aside, where there are so many that they would crowd out those that
// have; the subtitle counts them.
func withoutSilent(f frame.Frame, o *charts.Options) frame.Frame {
	var spoken []int
	silent := 0
	for row := range f.Len() {
		if seeds, _, ok := f.Num(frame.Seeds, row); !ok || seeds > 0 || Spoken(f.Text(o.By, row)) == o.Baseline {
			spoken = append(spoken, row)
			continue
		}
		silent++
	}
	if silent <= mostSilent || len(spoken) == 0 {
		return f
	}
	o.Context = joinWords(o.Context, charts.Count(float64(silent), "row")+" without a value left out")
	return f.Select(spoken)
}

// closeUp is the end of the axis of small rates, so that they can be told
// apart; 0 for all of the axis. Values, intervals and runs all lie before it.
func closeUp(f frame.Frame, o charts.Options) float64 {
	if o.Scale != charts.RateScale {
		return 0
	}
	top := 0.0
	for row := range f.Len() {
		for _, name := range []string{frame.Value, frame.Hi} {
			if v, _, ok := f.Num(name, row); ok {
				top = math.Max(top, v)
			}
		}
	}
	for _, units := range f.Units {
		for _, u := range units {
			if u.Value > top { // not where it is missing
				top = u.Value
			}
		}
	}
	for _, end := range []float64{.05, .1, .25} {
		if top > 0 && top < end {
			return end
		}
	}
	return 0
}
