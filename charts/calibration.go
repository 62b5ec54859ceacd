package charts

import (
	"math"

	"witnessmark/data/frame"
)

// Calibration draws the observed rate by the forecast one, a dot a bin whose
// area is its count, over a histogram of the counts.
//
// Columns, one row a bin: forecast (number) the mean forecast in the bin;
// value, lo, hi, level and method the observed rate; k and n the counts;
// bin_lo and bin_hi (numbers) the bin's edges. Rates are fractions.
func Calibration(f frame.Frame, o Options) Spec {
	top := Panel{
		X: Axis{Hi: 1, Format: Percent, Quiet: true}, Y: Axis{Hi: 1, Format: Percent},
		Tall: 4, MinWidth: 240, Empty: "No forecast has an outcome yet",
	}
	top.Layers = append(top.Layers, Layer{Mark: "rule", Role: AxisRole, X: Values{0}, Y: Values{0}, X2: Values{1}, Y2: Values{1}, Dash: []float64{4, 3}})
	bottom := Panel{
		X: Axis{Hi: 1, Format: Percent, Title: given(o.XLabel, "Forecast"), NoGrid: true}, Y: countAxis(f),
		Tall: 1, MinWidth: 240, Empty: "No forecasts",
	}
	_, most, _ := extent(numbers(f, frame.N))
	for i := range f.Len() {
		top.Layers = append(top.Layers, calibrationLayers(f, o, i, most)...)
		bottom.Layers = append(bottom.Layers, histogramLayers(f, o, i, f.Len() <= fewBins)...)
	}
	return Spec{
		ID: "calibration", Title: o.title(proposeCalibration(f, forecastNoun(o))), Source: o.source(), Columns: 1, Panels: []Panel{top, bottom}, Notes: frameNotes(f),
		Subtitle: o.subtitle(upperFirst(given(o.MeasureLabel, "observed rate"))+" (up) by "+forecastNoun(o), o.Context,
			upperFirst(joined("; ", "dot area = "+calibrationNoun(o)+"s", barText(f), "dashed = perfect", "below = how many "+forecastNoun(o)+"s"))),
	}
}

// forecastNoun is what is compared with what happened.
func forecastNoun(o Options) string { return given(o.Noun, "forecast") }

func calibrationNoun(o Options) string { return given(o.Subject, "run") }

func barText(f frame.Frame) string {
	for i := range f.Len() {
		if !math.IsNaN(numAt(f, frame.Lo, i)) {
			return "bar = " + intervalName(methodText(f, i))
		}
	}
	return "no interval in the data"
}

func countAxis(f frame.Frame) Axis {
	_, most, ok := extent(numbers(f, frame.N))
	if !ok || most <= 0 {
		most = 1
	}
	return Axis{Hi: most * 1.5, Format: Whole, NoGrid: true, Ticks: []Tick{}}
}

func calibrationLayers(f frame.Frame, o Options, row int, most float64) []Layer {
	x, y, n := numAt(f, "forecast", row), numAt(f, frame.Value, row), numAt(f, frame.N, row)
	if !finite(x, y) {
		return nil
	}
	text := joined(", ", forecastNoun(o)+" "+Percent.Text(x, n), estimateText(f, row, "observed", Options{}))
	target := []Target{{row, -1, text, keysAt(f, row)}}
	size := 1.0
	if n > 0 && most > 0 {
		size = 0.6 + 0.9*math.Sqrt(n/most)
	}
	var out []Layer
	if lo, hi := numAt(f, frame.Lo, row), numAt(f, frame.Hi, row); !math.IsNaN(lo) && !math.IsNaN(hi) {
		out = append(out, Layer{Mark: "interval", Name: "observed", Role: AccentRole, Width: 1.8, X: Values{x}, Y: Values{lo}, Y2: Values{hi}, Source: target})
	}
	return append(out, Layer{Mark: "point", Name: "observed", Role: AccentRole, Small: true, X: Values{x}, Y: Values{y}, Size: Values{size}, Source: target})
}

// fewBins leave room for a word under each.
const fewBins = 6

func histogramLayers(f frame.Frame, o Options, row int, words bool) []Layer {
	lo, hi, n := numAt(f, "bin_lo", row), numAt(f, "bin_hi", row), numAt(f, frame.N, row)
	if !finite(lo, hi, n) {
		return nil
	}
	inset := (hi - lo) * 0.03
	text := Count(n, calibrationNoun(o))
	tag := text
	if !words {
		tag = Whole.Text(n, 0)
	}
	target := []Target{{row, -1, forecastNoun(o) + " " + Percent.tickText(lo, 0.05) + "–" + Percent.tickText(hi, 0.05) + ": " + text, keysAt(f, row)}}
	return []Layer{
		{Mark: "bar", Name: "forecasts", Role: Baseline, Alpha: 0.35, X: Values{lo + inset}, X2: Values{hi - inset}, Y: Values{0}, Y2: Values{n}, Source: target},
		{Mark: "tag", X: Values{(lo + hi) / 2}, Y: Values{n}, Text: []string{tag}, Muted: true},
	}
}

// proposeCalibration counts the bins whose interval leaves out their forecast.
func proposeCalibration(f frame.Frame, noun string) string {
	off, judged := misses(f, "forecast", func(int) bool { return true })
	switch {
	case judged == 0:
		return "Calibration not estimable from these data"
	case off == 0:
		return "No clear miscalibration in " + Count(float64(judged), "bin")
	}
	return "Observed rates leave out the " + noun + " in " + Whole.Text(float64(off), 0) + " of " + Count(float64(judged), "bin")
}

// misses counts the rows whose interval leaves out what was said in a column,
// among those that are drawn and have all three numbers.
func misses(f frame.Frame, said string, drawn func(row int) bool) (off, judged int) {
	for i := range f.Len() {
		x, lo, hi := numAt(f, said, i), numAt(f, frame.Lo, i), numAt(f, frame.Hi, i)
		if !drawn(i) || math.IsNaN(x) || math.IsNaN(lo) || math.IsNaN(hi) {
			continue
		}
		judged++
		if x < lo || x > hi {
			off++
		}
	}
	return off, judged
}
