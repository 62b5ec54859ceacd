package charts_test

import (
	"fmt"

	"witnessmark/charts"
	"witnessmark/data/frame"
)

// sweep is a small frame: two conditions, each with its estimate.
func sweep() frame.Frame {
	return frame.Frame{Columns: []frame.Column{
		{Name: "condition", Text: []string{"neutral", "inoculation"}},
		{Name: frame.Value, Num: []float64{0.42, 0.11}},
		{Name: frame.Lo, Num: []float64{0.31, 0.05}},
		{Name: frame.Hi, Num: []float64{0.53, 0.17}},
		{Name: frame.Diff, Num: []float64{0, -0.31}},
		{Name: frame.DiffLo, Num: []float64{0, -0.43}},
		{Name: frame.DiffHi, Num: []float64{0, -0.19}},
	}}
}

func ExampleDots() {
	s := charts.Dots(sweep(), charts.Options{Baseline: "neutral", MeasureLabel: "hack rate"})
	fmt.Println(s.Title)
	for _, p := range s.Panels {
		fmt.Println(p.X.Title)
	}
	// Output:
	// Hack rate is 31 points lower under inoculation
	// hack rate (%)
	// Difference from neutral (percentage points)
}

func ExamplePropose() {
	f := sweep()
	f.Col(frame.DiffHi).Num[1] = 0.02 // the interval covers 0 now
	fmt.Println(charts.Propose(f, charts.Options{Baseline: "neutral"}))
	// Output:
	// Inoculation shows no clear change from neutral
}

func ExampleDraw() {
	d, err := charts.Draw(charts.Dots(sweep(), charts.Options{Baseline: "neutral"}), charts.Style{Width: 800, Height: 400, Scale: 2})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(d.Image.Bounds().Size(), len(d.Panels), "plots")
	for _, h := range d.Hits {
		if h.Unit == -1 && h.Row == 1 {
			fmt.Println(h.Text)
			break
		}
	}
	// Output:
	// (1600,800) 2 plots
	// inoculation
}

func ExamplePower() {
	s := charts.Power(powerStudy(), charts.Options{By: "condition", Baseline: "neutral", MeasureLabel: "hack rate"})
	fmt.Println(s.Title)
	fmt.Println(s.Panels[0].X.Title, "by", s.Panels[0].Y.Title)
	// Output:
	// 30 pairs of seeds show a change of 35 points or more under inoculation
	// Pairs of seeds by Change seen (points)
}
