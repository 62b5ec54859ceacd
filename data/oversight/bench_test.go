package oversight_test

import (
	"context"
	"math"
	"math/rand/v2"
	"strconv"
	"testing"

	"witnessmark/data"
	"witnessmark/data/column"
	"witnessmark/data/oversight"
)

// million is a million scores over 50 checkpoints of one run, or shared among
// runs of two conditions.
func million(runs int) oversight.Study {
	const steps, samples = 50, 1_000_000
	s := newStudy()
	rng := rand.New(rand.NewPCG(1, 2))
	t := &column.Table{Import: 1, Attempts: true, Item: make([]int32, samples)}
	score, hack := make([]float64, samples), make([]uint8, samples)
	each := samples / steps / runs
	for i := range each {
		t.Items = append(t.Items, "item "+strconv.Itoa(i))
	}
	s.context(data.Eval, "test")
	row := int32(0)
	for run := range runs {
		s.run("run "+strconv.Itoa(run), data.Condition, []string{"neutral", "pressure"}[run%2], data.Seed, strconv.Itoa(run/2))
		for step := range steps {
			t.Cells = append(t.Cells, column.Cell{Run: int32(run), Step: float64(step), From: row, To: row + int32(each)})
			for i := range each {
				t.Item[row] = int32(i)
				hack[row] = uint8(rng.IntN(2))
				score[row] = rng.NormFloat64() + float64(hack[row])
				row++
			}
		}
	}
	t.Columns = []column.Column{{ID: column.ID{Name: "monitor", Kind: column.Score}, Num: score}, {ID: column.ID{Name: "hack", Kind: column.Value}, Code: hack}}
	s.set.Tables = []*column.Table{t}
	return oversight.Study{Index: index(&s.set)}
}

// BenchmarkMove sets a threshold on a million scores over 50 checkpoints, and
// then makes every panel anew.
func BenchmarkMove(b *testing.B) {
	for _, runs := range []int{1, 16} {
		r := board(b, million(runs), question).Read()
		name := strconv.Itoa(runs) + " runs/"
		b.Run(name+"counts", func(b *testing.B) {
			b.ReportAllocs()
			at := 0.0
			for b.Loop() {
				at += 0.01
				if err := r.Move(oversight.Settings{Threshold: oversight.At(at)}); err != nil {
					b.Fatal(err)
				}
			}
		})
		panels(r) // areas and curves are found once
		b.Run(name+"panels", func(b *testing.B) {
			b.ReportAllocs()
			at := 0.0
			for b.Loop() {
				at += 0.01
				if err := r.Move(oversight.Settings{Threshold: oversight.At(at)}); err != nil {
					b.Fatal(err)
				}
				panels(r)
			}
		})
	}
}

// panels makes all that a view of one monitor can show, more than it shows at
// once.
func panels(r *oversight.Reading) {
	last := oversight.Place{Step: 49}
	oversight.Table(oversight.Everywhere, r)
	oversight.Table(last, r)
	r.Uncaught()
	r.ByGroup(last, oversight.Recall)
	r.Histogram(last, 20)
	r.Calibration(last, 10)
	r.Drift(math.NaN())
	oversight.PR(last, r)
	r.Curves(oversight.TrueRate, oversight.Recall)
	r.Curves(oversight.FalseAlarm)
	r.Caught()
	r.Decompose(0, 49)
	r.HiddenRise()
	oversight.ROC(last, r)
}

func BenchmarkBoard(b *testing.B) {
	s := million(16)
	for b.Loop() {
		if _, err := s.Board(context.Background(), question); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkOnsets(b *testing.B) {
	s := rlRuns(b)
	for b.Loop() {
		o, err := s.Onsets(context.Background(), oversight.OnsetQuestion{Measure: "hack", Baseline: "neutral"})
		if err != nil {
			b.Fatal(err)
		}
		o.Table()
	}
}
