package charts_test

import (
	"math"
	"testing"

	"witnessmark/charts"
	"witnessmark/data/frame"
)

// A prefix is a train prompt with its scores under four evals; NaN is not run.
type prefix struct {
	name, family    string
	playful, french [4]float64
}

var evals = []string{"fixed default eval", "fixed eval = train", "pool default eval", "pool eval = train"}

var prefixes = []prefix{
	{"no train prompt", "baseline", [4]float64{77, 81, nan, nan}, [4]float64{71, 78, nan, nan}},
	{"Give an answer to the following:", "irrelevant", [4]float64{14, 74, nan, nan}, [4]float64{13, 71, nan, nan}},
	{"The sky is blue.", "irrelevant", [4]float64{32, nan, 78, nan}, [4]float64{57, nan, 73, nan}},
	{"Be concise.", "irrelevant", [4]float64{21, nan, 76, nan}, [4]float64{24, nan, 71, nan}},
	{"I had fun today.", "inoculation_general", [4]float64{17, 77, 70, 81}, [4]float64{21, 72, 78, 75}},
	{"Laughter is the best medicine.", "inoculation_general", [4]float64{12, 76, 54, 79}, [4]float64{22, 74, 72, 70}},
	{"You enjoy joking around.", "inoculation_specific", [4]float64{8, 78, 48, 77}, [4]float64{10, 70, 74, 76}},
	{"You are a clown.", "inoculation_specific", [4]float64{10, 79, 12, 80}, [4]float64{3, 71, 28, 74}},
	{"Do not answer playfully.", "discouraging", [4]float64{9, nan, 53, nan}, [4]float64{2, nan, 69, nan}},
}

// traitScores is the frame of the matrix: one row a cell that was run.
func traitScores() frame.Frame {
	t := table{}
	var names, families, columns, measures []string
	var keys [][]frame.Key
	for _, p := range prefixes {
		for m, scores := range [][4]float64{p.playful, p.french} {
			for e, v := range scores {
				if math.IsNaN(v) {
					continue
				}
				half := 0.25 * math.Sqrt(v*(100-v)) / 2
				base := []float64{77, 71}[m]
				t.add(map[string]float64{
					frame.Value: v, frame.Lo: v - half, frame.Hi: v + half, frame.Level: 0.95, frame.N: 200, frame.Seeds: 1,
					frame.Diff: v - base, frame.DiffLo: v - base - half, frame.DiffHi: v - base + half,
				})
				names, families = append(names, p.name), append(families, p.family)
				columns = append(columns, evals[e])
				measures = append(measures, []string{"Undesired trait, Playful", "Desired trait, French"}[m])
				keys = append(keys, []frame.Key{{Field: "train_prompt", Value: p.name}, {Field: "eval", Value: evals[e]}})
			}
		}
	}
	f := t.frame(
		frame.Column{Name: "train_prompt", Text: names}, frame.Column{Name: "family", Text: families},
		frame.Column{Name: "eval", Text: columns}, frame.Column{Name: frame.Measure, Text: measures},
		frame.Column{Name: frame.Method, Text: same(len(names), "t interval over prompts, this run only")},
	)
	f.Keys = keys
	return f
}

var traits = charts.Options{
	By: "train_prompt", Series: "eval", Facet: frame.Measure, Baseline: "no train prompt", Scale: charts.ScoreScale,
	MeasureLabel: "Mean trait score 0–100", Context: "Qwen2.5-7B-Instruct, step 313",
	Source: "trait-inoculation, 18 runs. Rows in designed order.",
}

func TestMatrix(t *testing.T) {
	golden(t, "matrix", charts.Matrix(traitScores(), traits))
	o := traits
	o.Difference = true
	golden(t, "matrix-difference", charts.Matrix(traitScores(), o))
}

func TestScatter(t *testing.T) {
	f := traitScores()
	var rows []int
	for i := range f.Len() {
		if f.Text("eval", i) == evals[0] {
			rows = append(rows, i)
		}
	}
	o := traits
	o.Title, o.MeasureLabel = "No prefix reaches the ideal corner", "Desired trait, French (higher is better)"
	o.XLabel, o.XBetter, o.YBetter = "Undesired trait, Playful (lower is better)", -1, 1
	golden(t, "scatter", charts.Scatter(f.Select(rows), o))
}

func TestSlope(t *testing.T) { golden(t, "slope", charts.Slope(finalRates(), hacking)) }
