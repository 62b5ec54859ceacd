package estimate

import (
	"context"
	"fmt"
	"math/rand/v2"
	"strconv"
	"testing"

	"witnessmark/data"
	"witnessmark/data/column"
	"witnessmark/data/query"
)

// large is a set of runs × 8 checkpoints × 500 items, with a metric of 0 and
// 1, a real-valued one, and a monitor.
func large(runs int) *column.Set {
	const steps, items = 8, 500
	set := &column.Set{Contexts: []column.Context{{Fields: data.Fields{data.Eval: "test", data.Grader: "tests"}}}}
	rows := runs * steps * items
	rng := rand.New(rand.NewPCG(1, 1))
	t := &column.Table{Import: 1, Attempts: true, Item: make([]int32, rows)}
	hack, reward := make([]uint8, rows), make([]float64, rows)
	score, flag := make([]float64, rows), make([]uint8, rows)
	for i := range items {
		t.Items = append(t.Items, "item "+strconv.Itoa(i))
	}
	row := int32(0)
	for run := range runs {
		set.Runs = append(set.Runs, column.Run{ID: int64(run), Name: "run " + strconv.Itoa(run), Fields: data.Fields{
			data.Condition: []string{"neutral", "inoculation", "irrelevant", "negative", "rephrased"}[run%5],
			data.Seed:      strconv.Itoa(run / 5), data.BaseModel: "model " + strconv.Itoa(run%2), "lr": "1e-4",
		}})
		for step := range steps {
			t.Cells = append(t.Cells, column.Cell{Run: int32(run), Step: float64(100 * step), From: row, To: row + items})
			for item := range int32(items) {
				t.Item[row] = item
				hack[row], flag[row] = uint8(rng.IntN(2)), uint8(rng.IntN(2))
				score[row], reward[row] = rng.Float64(), rng.NormFloat64()
				row++
			}
		}
	}
	t.Columns = []column.Column{
		{ID: column.ID{Name: "hack", Kind: column.Value}, Code: hack},
		{ID: column.ID{Name: "reward", Kind: column.Value}, Num: reward},
		{ID: column.ID{Name: "judge", Kind: column.Score}, Num: score},
		{ID: column.ID{Name: "judge", Kind: column.Flag}, Code: flag},
	}
	set.Tables = []*column.Table{t}
	return set
}

func BenchmarkAsk(b *testing.B) {
	for _, runs := range []int{250, 2500} {
		x := NewIndex(large(runs))
		for _, q := range []struct {
			name, where string
			by          []string
			baseline    string
		}{
			{"condition", "", []string{data.Condition}, ""},
			{"condition-paired", "", []string{data.Condition}, "neutral"},
			{"condition-step", "", []string{data.Condition, data.Step}, ""},
			{"run-field-filter", `base_model:"model 1"`, []string{data.Condition, data.Step}, ""},
			{"flag-filter", "judge.flag:1", []string{data.Condition, data.Step}, ""},
			{"score-filter", "judge.score>=0.5", []string{data.Condition}, ""},
			{"run", "", []string{data.Run}, ""},
			{"run-step", "", []string{data.Run, data.Step}, ""},
			{"item", "condition:neutral", []string{data.Item}, ""},
		} {
			b.Run(fmt.Sprintf("%dM/%s", runs/250, q.name), func(b *testing.B) {
				ask := query.Query{Where: where(b, q.where), By: q.by, Measures: []string{"hack"}, Baseline: q.baseline}
				for b.Loop() {
					if _, err := x.Ask(context.Background(), ask); err != nil {
						b.Fatal(err)
					}
				}
			})
		}
	}
}

func BenchmarkNewIndex10M(b *testing.B) {
	set := large(2500)
	for b.Loop() {
		NewIndex(set)
	}
}

func BenchmarkRealRuns(b *testing.B) {
	x := NewIndex(rlStudy(b))
	q := query.Query{Steps: query.Last(10), By: []string{data.Condition}, Measures: []string{"hack"}, Baseline: "neutral", Units: true}
	for b.Loop() {
		if _, err := x.Ask(context.Background(), q); err != nil {
			b.Fatal(err)
		}
	}
}
