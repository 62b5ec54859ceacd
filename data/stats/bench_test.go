package stats_test

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"testing"

	"gonum.org/v1/gonum/stat/distuv"

	"witnessmark/data/stats"
)

// BenchmarkBootstrapDifference draws 9,999 resamples of 100,000 paired items
// with one and with five epochs; it is to stay within a second.
func BenchmarkBootstrapDifference(b *testing.B) {
	for _, epochs := range []int{1, 5} {
		d := random(100_000, 1, func(r *rand.Rand) float64 {
			return float64(r.IntN(2*epochs+1)-epochs) / float64(epochs)
		})
		b.Run(fmt.Sprintf("epochs=%d", epochs), func(b *testing.B) {
			for b.Loop() {
				if _, err := stats.BootstrapDifferences(d, 0.95); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

func BenchmarkExactTests(b *testing.B) {
	x, y := random(30, 1, uniform), random(30, 2, uniform)
	b.Run("sign flips of 30 pairs", func(b *testing.B) {
		for b.Loop() {
			_, _ = stats.PairedSeeds(x, y, 0.95)
		}
	})
	b.Run("permutation of 20 against 20", func(b *testing.B) {
		for b.Loop() {
			_, _ = stats.Welch(x[:20], y[:20], 0.95)
		}
	})
	b.Run("Boschloo of 200 against 200", func(b *testing.B) {
		for b.Loop() {
			_, _ = stats.Boschloo(20, 200, 31, 200)
		}
	})
}

func BenchmarkWilson(b *testing.B) {
	for b.Loop() {
		_, _ = stats.Wilson(31, 200, 0.95)
	}
}

func BenchmarkClusterMean(b *testing.B) {
	rows := make([][]float64, 1000)
	for i := range rows {
		rows[i] = random(5, uint64(i), func(r *rand.Rand) float64 { return float64(r.IntN(2)) })
	}
	for b.Loop() {
		_, _ = stats.ClusterMean(rows, 0.95)
	}
}

// BenchmarkCoverage simulates how often nominal 95 % intervals of a condition
// contain its true rate, and prints the table of the package comment. Seeds
// differ by a Beta distribution; each has 200 items.
func BenchmarkCoverage(b *testing.B) {
	for b.Loop() {
		rng := rand.New(rand.NewPCG(1, 1))
		table := "true rate, SD of seeds, seeds | pooled Wilson | bootstrap | mean ± SE | mean ± 1.96 SE | t over seeds\n"
		for _, c := range []struct {
			rate, sd float64
			seeds    int
		}{{0.30, 0.10, 3}, {0.30, 0.03, 3}, {0.05, 0.04, 3}, {0.30, 0.10, 5}, {0.05, 0.04, 5}, {0.30, 0.10, 10}, {0.05, 0.04, 10}} {
			share := coverage(c.rate, c.sd, c.seeds, 4000, rng)
			table += fmt.Sprintf("%.2f, %.2f, %d | %.3f | %.3f | %.3f | %.3f | %.3f\n", c.rate, c.sd, c.seeds, share[0], share[1], share[2], share[3], share[4])
		}
		b.Log("\n" + table)
	}
}

func coverage(rate, sd float64, seeds, repeats int, rng *rand.Rand) (share [5]float64) {
	const items = 200
	size := rate*(1-rate)/(sd*sd) - 1
	beta := distuv.Beta{Alpha: rate * size, Beta: (1 - rate) * size, Src: rng}
	for range repeats {
		means, total := make([]float64, seeds), 0
		for i := range means {
			k := int(distuv.Binomial{N: items, P: beta.Rand(), Src: rng}.Rand())
			means[i], total = float64(k)/items, total+k
		}
		for i, e := range rivals(means, total, seeds*items, rng) {
			if e.Lo <= rate && rate <= e.Hi {
				share[i] += 1 / float64(repeats)
			}
		}
	}
	return share
}

// rivals are the intervals in use for a few seeds; only the last is right.
func rivals(means []float64, k, n int, rng *rand.Rand) []stats.Estimate {
	wilson, _ := stats.Wilson(k, n, 0.95)
	m, _ := stats.Mean(means)
	se, _ := stats.SE(means)
	t, _ := stats.SeedMean(means, 0.95)
	draws := make([]float64, 500)
	for i := range draws {
		for range means {
			draws[i] += means[rng.IntN(len(means))] / float64(len(means))
		}
	}
	slices.Sort(draws)
	lo, _ := stats.Quantile(draws, 0.025)
	hi, _ := stats.Quantile(draws, 0.975)
	around := func(z float64) stats.Estimate { return stats.Estimate{Lo: m - z*se, Hi: m + z*se} }
	return []stats.Estimate{wilson, {Lo: lo, Hi: hi}, around(1), around(1.96), t}
}

// BenchmarkClusterCoverage does the same for items with five epochs each, of
// one checkpoint.
func BenchmarkClusterCoverage(b *testing.B) {
	for b.Loop() {
		rng := rand.New(rand.NewPCG(2, 2))
		table := "true rate, ICC, items | every sample independent (Wilson) | CR2 t | CR2 t, Wilson at the ends\n"
		for _, c := range []struct {
			rate, icc float64
			items     int
		}{{0.30, 0.5, 10}, {0.30, 0.5, 50}, {0.30, 0.5, 200}, {0.03, 0.3, 50}, {0.03, 0.3, 200}} {
			share := clusterCoverage(c.rate, c.icc, c.items, 4000, rng)
			table += fmt.Sprintf("%.2f, %.1f, %d | %.3f | %.3f | %.3f\n", c.rate, c.icc, c.items, share[0], share[1], share[2])
		}
		b.Log("\n" + table)
	}
}

func clusterCoverage(rate, icc float64, items, repeats int, rng *rand.Rand) (share [3]float64) {
	size := 1/icc - 1
	beta := distuv.Beta{Alpha: rate * size, Beta: (1 - rate) * size, Src: rng}
	for range repeats {
		rows, k := make([][]float64, items), 0
		for i := range rows {
			p := beta.Rand()
			for range 5 {
				hit := 0
				if rng.Float64() < p {
					hit = 1
				}
				rows[i], k = append(rows[i], float64(hit)), k+hit
			}
		}
		wilson, _ := stats.Wilson(k, 5*items, 0.95)
		cr2, _ := stats.ClusterMean(rows, 0.95)
		ends, _ := stats.ClusterRate(rows, 0.95)
		for i, e := range []stats.Estimate{wilson, cr2, ends} {
			if e.Lo <= rate && rate <= e.Hi && !math.IsNaN(e.Lo) {
				share[i] += 1 / float64(repeats)
			}
		}
	}
	return share
}
