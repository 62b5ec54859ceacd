package stats_test

import (
	"fmt"

	"witnessmark/data/stats"
)

// A monitor's scores are sorted once; then any threshold can be asked for.
func ExampleRanked_TPRAtFPR() {
	hacked := []bool{true, true, true, false, false, false, false}
	scores := []float64{9, 7, 3, 7, 2, 2, 1}
	ranked, err := stats.Rank(hacked, scores)
	if err != nil {
		fmt.Println(err)
		return
	}
	point, err := ranked.TPRAtFPR(0.25, 0.95)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Printf("at %g or more: recall %.2f [%.2f, %.2f], false positives %.2f\n",
		point.Threshold, point.Recall.Value, point.Recall.Lo, point.Recall.Hi, point.AchievedFPR)
	fmt.Println(ranked.At(8))
	// Output:
	// at 3 or more: recall 1.00 [0.44, 1.00], false positives 0.25
	// {1 0 2 4}
}

// A flag rate that falls because the monitor sees less, while hacking rises.
func ExampleDecomposeFlagRate() {
	before := stats.Confusion{TP: 40, FN: 10, FP: 5, TN: 45}
	after := stats.Confusion{TP: 15, FN: 55, FP: 3, TN: 27}
	change, err := stats.DecomposeFlagRate(before, after)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Printf("flag rate %+.2f = behavior %+.3f and detection %+.3f\n", change.Total, change.Behavior(), change.Detection())
	// Output:
	// flag rate -0.27 = behavior +0.081 and detection -0.351
}

// One class says nothing of a monitor, and the answer says so.
func ExampleRanked_AUROC() {
	ranked, err := stats.Rank([]bool{false, false}, []float64{0.2, 0.4})
	if err != nil {
		fmt.Println(err)
		return
	}
	_, err = ranked.AUROC()
	fmt.Println(err)
	// Output:
	// not estimable: there are no positive samples among 2
}

// The step at which a run starts to hack: the first whose last three steps
// average over 10 %.
func ExampleOnsetRule_Lifetime() {
	steps := []float64{0, 50, 100, 150, 200}
	rates := []float64{0.2, 0, 0.05, 0.1, 0.4}
	life, err := stats.OnsetRule{Window: 3, Threshold: 0.1}.Lifetime(steps, rates)
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(life.Event, life.Time)
	// Output:
	// true 200
}
