package stats

import (
	"errors"
	"math"
	"math/rand/v2"
	"testing"
)

// Counts must give what the scores behind them give.
func TestClusterCountsAgreesWithClusterRate(t *testing.T) {
	rng := rand.New(rand.NewPCG(5, 6))
	for range 500 {
		clusters := 2 + rng.IntN(12)
		k, n, scores := make([]int, clusters), make([]int, clusters), make([][]float64, clusters)
		rate := rng.Float64()
		for c := range clusters {
			n[c] = rng.IntN(9)
			for range n[c] {
				v := indicator(rng.Float64() < rate)
				k[c] += int(v)
				scores[c] = append(scores[c], v)
			}
		}
		want, wantErr := ClusterRate(scores, 0.95)
		if want.Hi-want.Lo < 1e-9 && wantErr == nil {
			continue // equal clusters, told from unequal ones by rounding only
		}
		got, err := ClusterCounts(k, n, Items, 0.95)
		if (err == nil) != (wantErr == nil) {
			t.Fatalf("%v of %v: error %v, want %v", k, n, err, wantErr)
		}
		for _, pair := range [][2]float64{{got.Value, want.Value}, {got.Lo, want.Lo}, {got.Hi, want.Hi}, {float64(got.N), float64(want.N)}} {
			if math.Abs(pair[0]-pair[1]) > 1e-9 {
				t.Fatalf("%v of %v: %+v, want %+v", k, n, got, want)
			}
		}
	}
}

func TestClusterCountsSaysWhyNot(t *testing.T) {
	var none *NotEstimable
	for _, c := range []struct{ k, n []int }{{nil, nil}, {[]int{0, 0}, []int{0, 0}}, {[]int{1, 0}, []int{4, 0}}} {
		if _, err := ClusterCounts(c.k, c.n, Seeds, 0.95); !errors.As(err, &none) {
			t.Errorf("%v of %v: %v, want a reason", c.k, c.n, err)
		}
	}
	if _, err := ClusterCounts([]int{5}, []int{3}, Seeds, 0.95); err == nil || errors.As(err, &none) {
		t.Errorf("5 of 3: %v, want an error that is no answer", err)
	}
}
