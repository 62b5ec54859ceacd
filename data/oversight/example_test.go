package oversight_test

import (
	"context"
	"fmt"

	"witnessmark/data"
	"witnessmark/data/oversight"
)

// A board is sorted once; a reading of it follows a threshold.
func Example() {
	s := newStudy()
	run, ctx := s.run("seed_1", data.Condition, "neutral", data.Seed, "1"), s.context(data.Eval, "coding")
	for i, score := range []float64{0.9, 0.8, 0.3, 0.7, 0.2, 0.1, 0.4, 0.6} {
		s.add(sample{run: run, ctx: ctx, step: 100, score: score, flag: nan, truth: number(i < 4)})
	}
	study := s.done()
	board, err := study.Board(context.Background(), oversight.Question{Monitor: "monitor", Truth: "hack"})
	if err != nil {
		fmt.Println(err)
		return
	}
	reading := board.Read()
	for _, at := range []float64{0.5, 0.75} {
		if err := reading.Move(oversight.Settings{Threshold: oversight.At(at)}); err != nil {
			fmt.Println(err)
			return
		}
		f := oversight.Table(oversight.Everywhere, reading)
		recall, _, _ := f.Num("recall", 0)
		lo, _, _ := f.Num("recall_lo", 0)
		hi, _, _ := f.Num("recall_hi", 0)
		fmt.Printf("at %v: recall %.2f [%.2f, %.2f], %s\n", at, recall, lo, hi, f.Text("recall_method", 0))
	}
	// Output:
	// at 0.5: recall 0.75 [0.30, 0.95], Wilson, this run only
	// at 0.75: recall 0.50 [0.15, 0.85], Wilson, this run only
}
