package stats_test

import (
	"encoding/csv"
	"fmt"
	"math"
	"math/bits"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"testing"

	"witnessmark/data/stats"
)

func random(n int, seed uint64, f func(*rand.Rand) float64) []float64 {
	rng := rand.New(rand.NewPCG(seed, uint64(n)))
	out := make([]float64, n)
	for i := range out {
		out[i] = f(rng)
	}
	return out
}

func uniform(rng *rand.Rand) float64 { return rng.Float64() }

func TestSeedMeanFollowsShiftAndScale(t *testing.T) {
	x := random(5, 1, uniform)
	y := make([]float64, len(x))
	for i, v := range x {
		y[i] = 3 - 2*v
	}
	a, _ := stats.SeedMean(x, 0.95)
	b, _ := stats.SeedMean(y, 0.95)
	sound(t, "x", a)
	if !near(b.Lo, 3-2*a.Hi, 1e-12) || !near(b.Hi, 3-2*a.Lo, 1e-12) {
		t.Errorf("[%v, %v] does not turn into [%v, %v]", a.Lo, a.Hi, b.Lo, b.Hi)
	}
	wide, _ := stats.SeedMean(x, 0.99)
	wider(t, "x", a, wide)
}

func TestEqualSeedsAreNotCertainty(t *testing.T) {
	e, err := stats.SeedMean([]float64{0.3, 0.3, 0.3}, 0.95)
	if err != nil || e.Lo != 0.3 || e.Hi != 0.3 || len(e.Notes) == 0 {
		t.Errorf("got %+v, %v, want no width and a note", e, err)
	}
	c, err := stats.PairedSeeds([]float64{0.1, 0.2, 0.3}, []float64{0.3, 0.4, 0.5}, 0.95)
	if err != nil || c.Lo != c.Hi || len(c.Notes) == 0 || c.P != 0.25 {
		t.Errorf("got %+v, %v, want equal differences to be seen as equal", c, err)
	}
}

func TestTwoSeedsIntervals(t *testing.T) {
	a, b := random(6, 2, uniform), random(6, 3, uniform)
	every(t, func(t *testing.T, interval stats.TwoSeedsInterval) {
		c, err := interval(a, b, 0.9)
		if err != nil {
			t.Fatal(err)
		}
		sound(t, "b - a", c.Estimate)
		swapped, _ := interval(b, a, 0.9)
		if !near(swapped.Lo, -c.Hi, 1e-12) || !near(swapped.P, c.P, 1e-12) {
			t.Errorf("swapped is %+v, not the negative of %+v", swapped, c)
		}
		more, _ := interval(a, b, 0.99)
		wider(t, "b - a", c.Estimate, more.Estimate)
	})
}

func TestPairingHelpsWhereSeedsAreAlike(t *testing.T) {
	a := random(8, 4, uniform)
	b := make([]float64, len(a))
	for i, noise := range random(8, 5, uniform) {
		b[i] = a[i] + 0.1 + 0.05*noise
	}
	paired, _ := stats.PairedSeeds(a, b, 0.95)
	welch, _ := stats.Welch(a, b, 0.95)
	if !near(paired.Value, welch.Value, 1e-12) || paired.Hi-paired.Lo > (welch.Hi-welch.Lo)/3 {
		t.Errorf("paired [%v, %v], unpaired [%v, %v]", paired.Lo, paired.Hi, welch.Lo, welch.Hi)
	}
}

// TestExactPermutations counts all relabelings one by one, the slow way.
func TestExactPermutations(t *testing.T) {
	coarse := func(rng *rand.Rand) float64 { return float64(rng.IntN(5)) / 10 }
	for seed := range uint64(60) {
		draw := uniform
		if seed%2 == 0 {
			draw = coarse
		}
		n := 2 + int(seed%9)
		all := random(n, seed, draw)
		k := 1 + int(seed)%(n-1)
		got, err := stats.Permutation(all[:k], all[k:])
		if want := slowPermutation(all, k); err != nil || !near(got.P, want, 1e-12) {
			t.Errorf("permutation of %v at %d: %v (%v), want %v", all, k, got.P, err, want)
		}
		flip, err := stats.SignFlip(all)
		if want := slowFlips(all); err != nil || !near(flip.P, want, 1e-12) {
			t.Errorf("sign flips of %v: %v (%v), want %v", all, flip.P, err, want)
		}
		if got.P < got.Floor*(1-1e-12) || flip.P < flip.Floor {
			t.Errorf("p under its floor: %+v, %+v", got, flip)
		}
	}
}

func slowPermutation(all []float64, k int) float64 {
	split := func(mask int) float64 {
		var a, b float64
		for i, v := range all {
			if mask>>i&1 == 1 {
				a += v / float64(k)
			} else {
				b += v / float64(len(all)-k)
			}
		}
		return math.Abs(a - b)
	}
	observed, count, total := split(1<<k-1), 0, 0
	for mask := range 1 << len(all) {
		if bits.OnesCount(uint(mask)) == k {
			total++
			if split(mask) >= observed-1e-12 {
				count++
			}
		}
	}
	return float64(count) / float64(total)
}

func slowFlips(d []float64) float64 {
	flip := func(mask int) float64 {
		total := 0.0
		for i, v := range d {
			total += v * float64(1-2*(mask>>i&1))
		}
		return math.Abs(total)
	}
	count := 0
	for mask := range 1 << len(d) {
		if flip(mask) >= flip(0)-1e-11 {
			count++
		}
	}
	return float64(count) / float64(int(1)<<len(d))
}

func TestSampledPermutationsAreRepeatedAndNeverZero(t *testing.T) {
	a, b := random(30, 6, uniform), random(30, 7, func(r *rand.Rand) float64 { return 5 + r.Float64() })
	first, _ := stats.Permutation(a, b)
	second, _ := stats.Permutation(a, b)
	if first != second || first.P <= 0 || first.P < first.Floor || first.Method != "permutation, 50000 draws" {
		t.Errorf("got %+v and %+v", first, second)
	}
	d := random(100, 8, func(r *rand.Rand) float64 { return r.Float64() - 0.45 })
	sampled, _ := stats.SignFlip(d)
	c, _ := stats.PairedItems(d, 0.95)
	if math.Abs(sampled.P-c.P) > 0 || sampled.P <= 0 || sampled.P > 1 {
		t.Errorf("got %+v and %+v", sampled, c)
	}
}

// TestFloorsOfFewSeeds: three against three fully apart is 2 of 20 labelings.
func TestFloorsOfFewSeeds(t *testing.T) {
	for k, want := range map[int]float64{3: 0.1, 4: 2.0 / 70, 5: 2.0 / 252} {
		low, high := random(k, 9, uniform), random(k, 10, func(r *rand.Rand) float64 { return 2 + r.Float64() })
		perm, _ := stats.Permutation(low, high)
		rank, _ := stats.MannWhitney(low, high)
		if !near(perm.P, want, 1e-12) || !near(perm.Floor, want, 1e-12) || !near(rank, want, 1e-12) {
			t.Errorf("%d against %d: %v, floor %v, ranks %v, want %v", k, k, perm.P, perm.Floor, rank, want)
		}
	}
}

func TestClustersOfOneAreATInterval(t *testing.T) {
	x := random(12, 11, uniform)
	rows := make([][]float64, len(x))
	for i, v := range x {
		rows[i] = []float64{v}
	}
	cr2, _ := stats.ClusterMean(rows, 0.95)
	plain, _ := stats.SeedMean(x, 0.95)
	if !near(cr2.Lo, plain.Lo, 1e-9) || !near(cr2.Hi, plain.Hi, 1e-9) || cr2.N != 12 || cr2.Unit != stats.Items {
		t.Errorf("got %+v, want the t interval %+v", cr2, plain)
	}
}

func TestClusterRateKeepsAWidthAtTheEnds(t *testing.T) {
	zeros := make([][]float64, 20)
	for i := range zeros {
		zeros[i] = []float64{0, 0, 0}
	}
	e, err := stats.ClusterRate(zeros, 0.95)
	wilson, _ := stats.Wilson(0, 20, 0.95)
	if err != nil || e.Lo != 0 || !near(e.Hi, wilson.Hi, 1e-12) {
		t.Errorf("no success in 20 items: [%v, %v] (%v), want Wilson's of 0 of 20 [0, %v]", e.Lo, e.Hi, err, wilson.Hi)
	}
	zeros[0] = []float64{1, 0, 0}
	e, err = stats.ClusterRate(zeros, 0.95)
	if err != nil || e.Lo <= 0 || e.Hi >= 1 || len(e.Notes) == 0 {
		t.Errorf("one success in 20 items: %+v (%v)", e, err)
	}
	if _, err := stats.ClusterRate([][]float64{{0.5}, {1}}, 0.95); err == nil {
		t.Error("a score of 0.5 passed for a success or failure")
	}
}

func TestEquivalenceNeedsMoreThanNoDifference(t *testing.T) {
	a, b := []float64{0.30, 0.32, 0.28, 0.31}, []float64{0.31, 0.30, 0.29, 0.31}
	near, err := stats.EquivalentSeeds(a, b, true, 0.05, 0.05)
	if err != nil || !near.Equivalent() || near.P > 0.05 || near.Level != 0.9 {
		t.Errorf("within 5 points: %+v, %v", near, err)
	}
	tight, _ := stats.EquivalentSeeds(a, b, true, 0.001, 0.05)
	if tight.Equivalent() || tight.P < 0.05 {
		t.Errorf("within 0.1 points: %+v", tight)
	}
	apart, _ := stats.EquivalentSeeds(a, []float64{0.5, 0.6, 0.55, 0.5}, false, 0.05, 0.05)
	if apart.Equivalent() || !apart.NotLower() || apart.NotHigher() {
		t.Errorf("20 points apart: %+v", apart)
	}
}

func TestLeaveOneOutFindsTheSeedThatCarriesIt(t *testing.T) {
	most, err := stats.MostInfluential([]float64{-0.01, 0.02, -0.02, 0.9})
	if err != nil || most.Index != 3 || !most.Flips {
		t.Errorf("got %+v, %v", most, err)
	}
}

func TestHierarchicalRefusesFewSeeds(t *testing.T) {
	tree := func(k int) [][][]float64 {
		out := make([][][]float64, k)
		for i := range out {
			out[i] = [][]float64{random(3, uint64(i), uniform), random(3, uint64(i+100), uniform), {}}
		}
		return out
	}
	if _, err := stats.Hierarchical(tree(5), stats.Resampling{Seed: 1}, 0.95); err == nil {
		t.Error("five seeds were resampled without a word")
	}
	e, err := stats.Hierarchical(tree(5), stats.Resampling{Draws: 500, Seed: 1, Descriptive: true}, 0.95)
	if err != nil || len(e.Notes) != 2 {
		t.Errorf("got %+v, %v, want a note that it is descriptive", e, err)
	}
	sound(t, "descriptive", e)
	full, err := stats.Hierarchical(tree(10), stats.Resampling{Draws: 500, Seed: 7}, 0.95)
	again, _ := stats.Hierarchical(tree(10), stats.Resampling{Draws: 500, Seed: 7}, 0.95)
	if err != nil || full.Lo != again.Lo || full.Hi != again.Hi {
		t.Errorf("the same seed gives %+v and %+v (%v)", full, again, err)
	}
}

// TestBootstrapByCounts holds the resampling of counts against the t interval
// that it must come near to for many items.
func TestBootstrapByCounts(t *testing.T) {
	d := random(5000, 12, func(r *rand.Rand) float64 { return float64(r.IntN(3) - 1) })
	b, err := stats.BootstrapDifferences(d, 0.95)
	if err != nil {
		t.Fatal(err)
	}
	exact, _ := stats.PairedItems(d, 0.95)
	width := exact.Hi - exact.Lo
	if math.Abs(b.Lo-exact.Lo) > 0.05*width || math.Abs(b.Hi-exact.Hi) > 0.05*width {
		t.Errorf("bootstrap [%v, %v], t [%v, %v]", b.Lo, b.Hi, exact.Lo, exact.Hi)
	}
	fine := random(400, 13, uniform)
	rows, _ := stats.BootstrapDifferences(fine, 0.95)
	exact, _ = stats.PairedItems(fine, 0.95)
	width = exact.Hi - exact.Lo
	if math.Abs(rows.Lo-exact.Lo) > 0.1*width || math.Abs(rows.Hi-exact.Hi) > 0.1*width {
		t.Errorf("bootstrap of rows [%v, %v], t [%v, %v]", rows.Lo, rows.Hi, exact.Lo, exact.Hi)
	}
}

// realRates reads the mean hack rate over the last ten steps of every run of
// the public files, if they are there.
func realRates(t *testing.T) map[string][]float64 {
	path := "shared/realdata/science/derived/rl_hack_steps_3cond_30seeds.csv"
	for range 6 {
		path = filepath.Join("..", path)
		if _, err := os.Stat(path); err == nil {
			break
		}
	}
	file, err := os.Open(path)
	if err != nil {
		t.Skip("the folder of real files is absent")
	}
	defer file.Close()
	rows, err := csv.NewReader(file).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	type run struct {
		condition string
		seed      int
	}
	steps := map[run][]float64{}
	for _, r := range rows[1:] {
		seed, _ := strconv.Atoi(r[1])
		n, _ := strconv.ParseFloat(r[3], 64)
		k, _ := strconv.ParseFloat(r[4], 64)
		at := run{r[0], seed}
		steps[at] = append(steps[at], k/n)
	}
	rates := map[string][]float64{}
	for seed := range 30 {
		for _, condition := range []string{"neutral", "inoculation", "negative_inoculation"} {
			s := steps[run{condition, seed}]
			m, err := stats.Mean(s[len(s)-10:])
			if err != nil {
				t.Fatal(err)
			}
			rates[condition] = append(rates[condition], m)
		}
	}
	return rates
}

func TestRealSeeds(t *testing.T) {
	rates := realRates(t)
	for condition, want := range map[string]string{"neutral": "0.395 0.090", "inoculation": "0.424 0.081", "negative_inoculation": "0.070 0.044"} {
		m, _ := stats.Mean(rates[condition])
		se, _ := stats.SE(rates[condition])
		if got := fmt.Sprintf("%.3f %.3f", m, se); got != want {
			t.Errorf("%s: mean and SE %s, want %s", condition, got, want)
		}
		if g := stats.BimodalSeeds(condition, rates[condition]); !g.Bad {
			t.Errorf("%s: two groups of seeds were not seen in %v", condition, slices.Sorted(slices.Values(rates[condition])))
		}
	}
	for condition, want := range map[string]string{"inoculation": "+0.029 [-0.221, +0.278]", "negative_inoculation": "-0.325 [-0.523, -0.128]"} {
		c, err := stats.PairedSeeds(rates["neutral"], rates[condition], 0.95)
		if got := fmt.Sprintf("%+.3f [%+.3f, %+.3f]", c.Value, c.Lo, c.Hi); err != nil || got != want {
			t.Errorf("%s less neutral: %s (%v), want %s", condition, got, err, want)
		}
		if c.PMethod != "sign flips, exact" {
			t.Errorf("thirty pairs are not counted exactly: %s", c.PMethod)
		}
	}
}
