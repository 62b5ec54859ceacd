package stats

import (
	"math"
	"math/rand/v2"
	"slices"
)

// A Resampling says how a bootstrap is drawn. Descriptive lets it run on few
// seeds, for a picture of the spread that claims no coverage.
type Resampling struct {
	Draws       int    // resamples; BootstrapDraws where 0
	Seed        uint64 // of the PCG generator
	Descriptive bool
}

// Hierarchical returns the mean over seeds of the mean over items of the mean
// over epochs of scores[seed][item][epoch], with a percentile interval from
// resampling seeds, then items, then epochs. Seeds and items without scores
// are left out. NotEstimable for fewer than 8 seeds, unless Descriptive: then
// the interval is widened by √(k/(k − 1)) about the mean and a note says that
// it has no known coverage; one seed stays NotEstimable.
//
// Davison & Hinkley (1997), Bootstrap Methods, section 3.8; Saravanan, Berman
// & Sober (2020), Neurons Behav Data Anal Theory 3(5).
func Hierarchical(scores [][][]float64, how Resampling, level float64) (Estimate, error) {
	if err := checkLevel(level); err != nil {
		return Estimate{}, err
	}
	tree, err := prune(scores)
	if err != nil {
		return Estimate{}, err
	}
	k := len(tree)
	if k < BootstrapSeedsAtLeast && !how.Descriptive {
		return Estimate{}, Because("a bootstrap of %d seeds is far too narrow; use the t interval, or %d seeds", k, BootstrapSeedsAtLeast)
	}
	if k < 2 {
		return Estimate{}, Because("an interval over seeds needs two or more, and there are %d", k)
	}
	if how.Draws <= 0 {
		how.Draws = BootstrapDraws
	}
	return hierarchical(tree, how, level), nil
}

func hierarchical(tree [][][]float64, how Resampling, level float64) Estimate {
	rng := rand.New(rand.NewPCG(how.Seed, 0))
	replicates := make([]float64, how.Draws)
	for i := range replicates {
		replicates[i] = redraw(tree, rng)
	}
	slices.Sort(replicates)
	k := len(tree)
	m := treeMean(tree)
	e := Estimate{
		Value: m, Lo: sortedQuantile(replicates, (1-level)/2), Hi: sortedQuantile(replicates, (1+level)/2),
		Level: level, N: k, Unit: Seeds, Method: "hierarchical bootstrap",
	}.Noted("%d resamples of seeds, items and epochs, PCG seed %d", how.Draws, how.Seed)
	if k < BootstrapSeedsAtLeast {
		wider := math.Sqrt(float64(k) / float64(k-1))
		e.Lo, e.Hi = m-(m-e.Lo)*wider, m+(e.Hi-m)*wider
		e = e.Noted("descriptive: with %d seeds the interval has no known coverage", k)
	}
	return e
}

// redraw is the mean of one resample.
func redraw(tree [][][]float64, rng *rand.Rand) float64 {
	total := 0.0
	for range tree {
		items := tree[rng.IntN(len(tree))]
		seed := 0.0
		for range items {
			epochs := items[rng.IntN(len(items))]
			item := 0.0
			for range epochs {
				item += epochs[rng.IntN(len(epochs))]
			}
			seed += item / float64(len(epochs))
		}
		total += seed / float64(len(items))
	}
	return total / float64(len(tree))
}

func treeMean(tree [][][]float64) float64 {
	seeds := make([]float64, len(tree))
	for i, items := range tree {
		means := make([]float64, len(items))
		for j, epochs := range items {
			means[j] = mean(epochs)
		}
		seeds[i] = mean(means)
	}
	return mean(seeds)
}

// prune leaves out items and seeds without scores.
func prune(scores [][][]float64) ([][][]float64, error) {
	var tree [][][]float64
	for _, items := range scores {
		var kept [][]float64
		for _, epochs := range items {
			if err := checkFinite(epochs); err != nil {
				return nil, err
			}
			if len(epochs) > 0 {
				kept = append(kept, epochs)
			}
		}
		if len(kept) > 0 {
			tree = append(tree, kept)
		}
	}
	return tree, nil
}
