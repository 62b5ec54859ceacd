package column_test

import (
	"fmt"
	"math/rand/v2"
	"testing"

	"witnessmark/data/column"
)

// BenchmarkTable ends the building of a million samples, in the order of
// their runs and shuffled.
func BenchmarkTable(b *testing.B) {
	const rows = 1_000_000
	order := rand.New(rand.NewPCG(1, 2)).Perm(rows)
	for name, at := range map[string]func(i int) int{
		"clustered": func(i int) int { return i },
		"shuffled":  func(i int) int { return order[i] },
	} {
		b.Run(name, func(b *testing.B) {
			for b.Loop() {
				b.StopTimer()
				builder := column.NewBuilder(true)
				hack, reward := builder.Column("hack", column.Value), builder.Column("reward", column.Value)
				for i := range rows {
					row := at(i)
					builder.Row(int32(row/4000), 0, float64(row/500%8))
					builder.Set(hack, float64(row%2))
					builder.Set(reward, float64(row)/3)
				}
				b.StartTimer()
				if t, _ := builder.Table(); t.Len() != rows || len(t.Cells) != 2000 {
					b.Fatal(fmt.Sprint(t.Len(), " rows in ", len(t.Cells), " cells"))
				}
			}
		})
	}
}
