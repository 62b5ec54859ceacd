package estimate_test

import (
	"context"
	"fmt"
	"log"

	"witnessmark/data"
	"witnessmark/data/column"
	"witnessmark/data/estimate"
	"witnessmark/data/frame"
	"witnessmark/data/query"
)

// Three seeds under each of two train prompts, 100 rollouts a seed.
func ExampleAsk() {
	set := &column.Set{Contexts: []column.Context{{}}}
	b := column.NewBuilder(false)
	k, n := b.Column("hack", column.K), b.Column("hack", column.N)
	for condition, hacks := range map[string][]float64{"neutral": {40, 60, 50}, "inoculation": {10, 20, 30}} {
		for seed, count := range hacks {
			run := column.Run{
				Name:   fmt.Sprint(condition, "/", seed),
				Fields: data.Fields{data.Condition: condition, data.Seed: fmt.Sprint(seed)},
			}
			b.Row(int32(len(set.Runs)), 0, 119)
			b.Set(k, count)
			b.Set(n, 100)
			set.Runs = append(set.Runs, run)
		}
	}
	table, _ := b.Table()
	set.Tables = []*column.Table{table}

	answer, err := estimate.Ask(context.Background(), set, query.Query{
		By: []string{data.Condition}, Measures: []string{"hack"}, Baseline: "neutral", Steps: query.Last(1),
	})
	if err != nil {
		log.Fatal(err)
	}
	for row := range answer.Len() {
		value, _, _ := answer.Num(frame.Value, row)
		fmt.Printf("%s %.2f, %s\n", answer.Text(data.Condition, row), value, answer.Text(frame.Method, row))
		diff, why, ok := answer.Num(frame.Diff, row)
		if !ok {
			fmt.Println(" ", why)
			continue
		}
		lo, _, _ := answer.Num(frame.DiffLo, row)
		hi, _, _ := answer.Num(frame.DiffHi, row)
		fmt.Printf("  %+.2f [%+.2f, %+.2f], %s\n", diff, lo, hi, answer.Text(frame.DiffVia, row))
	}
	// Output:
	// inoculation 0.20, t over seeds
	//   -0.30 [-0.55, -0.05], paired by 3 seeds, t over differences
	// neutral 0.50, t over seeds
	//   this is the baseline
}
