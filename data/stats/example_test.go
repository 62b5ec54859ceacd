package stats_test

import (
	"errors"
	"fmt"

	"witnessmark/data/stats"
)

func ExampleWilson() {
	e, _ := stats.Wilson(0, 150, 0.95)
	fmt.Printf("%.1f %% [%.1f, %.1f], %s over %d %s\n", 100*e.Value, 100*e.Lo, 100*e.Hi, e.Method, e.N, e.Unit)
	// Output: 0.0 % [0.0, 2.5], Wilson over 150 samples
}

func ExamplePairedSeeds() {
	baseline := []float64{0.40, 0.50, 0.45}
	treated := []float64{0.10, 0.20, 0.12}
	c, _ := stats.PairedSeeds(baseline, treated, 0.95)
	fmt.Printf("%+.0f points [%+.0f, %+.0f], %s\n", 100*c.Value, 100*c.Lo, 100*c.Hi, c.Method)
	fmt.Printf("p %.2f, and no three seeds can give less than %.2f\n", c.P, c.PFloor)
	// Output:
	// -31 points [-35, -27], paired t over seeds
	// p 0.25, and no three seeds can give less than 0.25
}

func ExampleNotEstimable() {
	_, err := stats.SeedMean([]float64{0.4}, 0.95)
	var none *stats.NotEstimable
	if errors.As(err, &none) {
		fmt.Println("no interval, because", none.Why)
	}
	// Output: no interval, because an interval over seeds needs two or more, and there is one
}

func ExampleLookup() {
	interval, err := stats.Lookup[stats.DifferenceInterval]("miettinen-nurminen")
	if err != nil {
		fmt.Println(err)
		return
	}
	e, _ := interval(56, 70, 48, 80, 0.95)
	fmt.Printf("%.4f to %.4f\n", e.Lo, e.Hi)
	_, err = stats.Lookup[stats.DifferenceInterval]("wilson")
	fmt.Println(err)
	// Output:
	// 0.0528 to 0.3382
	// the interval method "wilson" takes other data; for a difference of two counts choose one of newcombe, newcombe-cc, miettinen-nurminen, mee, agresti-caffo, wald
}

func ExampleLookupAdjustment() {
	a, _ := stats.LookupAdjustment("")
	fmt.Println(a.Label, a.Adjust([]float64{0.01, 0.04, 0.03}))
	_, err := stats.LookupAdjustment("tukey")
	fmt.Println(err)
	// Output:
	// Holm [0.03 0.06 0.06]
	// the adjustment "tukey" is not known; choose one of holm, hochberg, holm-sidak, sidak, bonferroni, benjamini-hochberg, benjamini-yekutieli
}
