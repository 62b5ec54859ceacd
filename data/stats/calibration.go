package stats

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
)

// A CalibrationBin holds the predictions that fall in one bin.
type CalibrationBin struct {
	Bin           int // from 0
	Count         int
	Positives     int
	MeanPredicted float64
	Observed      float64 // Positives/Count
}

// A Calibration compares predicted chances with what happened.
type Calibration struct {
	Bins         []CalibrationBin // those that are not empty
	ECE          Quantity         // mean gap, weighted by count
	MCE          Quantity         // largest gap
	RMSCE        Quantity         // root mean squared gap
	ECEEqualMass Quantity         // ECE over bins of equal count
	N            int
}

// Calibrate sorts predictions p (0–1) into bins of equal width, (lo, hi] with
// 0 in the first, and compares their mean with the share that happened. The
// gaps are biased upward in small samples: read them beside
// ConsistencyOf. With no predictions, all four are unknown.
//
// Naeini, Cooper & Hauskrecht (2015), AAAI; edges as scikit-learn's
// calibration_curve.
func Calibrate(happened []bool, p []float64, bins int) (Calibration, error) {
	if err := checkPredictions(happened, p); err != nil {
		return Calibration{}, err
	}
	if bins < 1 {
		return Calibration{}, fmt.Errorf("predictions go into one bin or more, not %d", bins)
	}
	c := Calibration{Bins: nonEmpty(equalWidth(happened, p, bins)), N: len(p)}
	c.ECE, c.MCE, c.RMSCE = gapsOf(c.Bins, len(p))
	c.ECEEqualMass, _, _ = gapsOf(nonEmpty(equalMass(happened, p, bins)), len(p))
	return c, nil
}

func checkPredictions(happened []bool, p []float64) error {
	if err := checkLengths("outcomes and predictions", len(happened), len(p)); err != nil {
		return err
	}
	for i, v := range p {
		if !(v >= 0 && v <= 1) {
			return Because("prediction %d is %g, which is not a chance", i+1, v)
		}
	}
	return nil
}

func (b *CalibrationBin) add(happened bool, p float64) {
	b.Count++
	b.MeanPredicted += p
	if happened {
		b.Positives++
	}
}

func equalWidth(happened []bool, p []float64, bins int) []CalibrationBin {
	all := make([]CalibrationBin, bins)
	for i, v := range p {
		all[binOf(v, bins)].add(happened[i], v)
	}
	return all
}

// binOf counts the inner edges under p. An edge is i·(1/bins) as numpy
// rounds it.
func binOf(p float64, bins int) int {
	width := 1 / float64(bins)
	b := min(bins-1, int(p/width))
	for b > 0 && float64(b)*width >= p {
		b--
	}
	for b < bins-1 && float64(b+1)*width < p {
		b++
	}
	return b
}

// equalMass splits the sorted predictions into runs whose sizes differ by one
// at most, the longer first; ties may be parted.
func equalMass(happened []bool, p []float64, bins int) []CalibrationBin {
	all := make([]CalibrationBin, bins)
	size, longer := len(p)/bins, len(p)%bins
	bin, left := -1, 0
	for _, i := range ranked(p) {
		for left == 0 {
			bin++
			left = size
			if bin < longer {
				left++
			}
		}
		all[bin].add(happened[i], p[i])
		left--
	}
	return all
}

// nonEmpty finishes the bins that hold something.
func nonEmpty(all []CalibrationBin) []CalibrationBin {
	kept := []CalibrationBin{}
	for i, b := range all {
		if b.Count == 0 {
			continue
		}
		b.Bin, b.MeanPredicted, b.Observed = i, b.MeanPredicted/float64(b.Count), float64(b.Positives)/float64(b.Count)
		kept = append(kept, b)
	}
	return kept
}

func gapsOf(bins []CalibrationBin, n int) (ece, mce, rmsce Quantity) {
	if n == 0 {
		ece = Unknown("there are no predictions")
		return ece, ece, ece
	}
	var mean, most, square float64
	for _, b := range bins {
		gap, weight := math.Abs(b.Observed-b.MeanPredicted), float64(b.Count)/float64(n)
		mean, most, square = mean+weight*gap, max(most, gap), square+weight*gap*gap
	}
	return Known(mean), Known(most), Known(math.Sqrt(square))
}

// Rate returns the observed rate of a bin with its Wilson interval.
func (b CalibrationBin) Rate(level float64) (Estimate, error) {
	return Wilson(b.Positives, b.Count, level)
}

// A Consistency says what perfectly calibrated predictions would show.
type Consistency struct {
	Bins   []int     // as in Calibration.Bins
	Lo, Hi []float64 // observed rates of a bin lie between these
	ECE    float64   // mean gap from sampling alone
	ECEHi  float64   // the level-quantile of it
	Draws  int
	Level  float64
}

// ConsistencyOf draws outcomes from the predictions themselves, in the same
// bins: a gap inside the band is no evidence of miscalibration. The draws are
// seeded, so that the same data give the same band, and take time draws ×
// predictions.
//
// Bröcker & Smith (2007), Weather Forecast 22:651, with the predictions kept.
func ConsistencyOf(p []float64, bins, draws int, level float64) (Consistency, error) {
	happened := make([]bool, len(p))
	c, err := Calibrate(happened, p, bins)
	if err != nil {
		return Consistency{}, err
	}
	if err := checkLevel(level); err != nil {
		return Consistency{}, err
	}
	if len(p) == 0 || draws < 1 {
		return Consistency{}, Because("there is nothing to draw from")
	}
	rng := rand.New(rand.NewPCG(uint64(len(p)), uint64(bins)))
	rates, gaps := make([][]float64, len(c.Bins)), make([]float64, draws)
	for d := range draws {
		for i := range p {
			happened[i] = rng.Float64() < p[i]
		}
		drawn := nonEmpty(equalWidth(happened, p, bins))
		for b := range drawn {
			rates[b] = append(rates[b], drawn[b].Observed)
		}
		ece, _, _ := gapsOf(drawn, len(p))
		gaps[d] = ece.value
	}
	return band(c.Bins, rates, gaps, level), nil
}

func band(bins []CalibrationBin, rates [][]float64, gaps []float64, level float64) Consistency {
	slices.Sort(gaps)
	c := Consistency{ECE: mean(gaps), ECEHi: sortedQuantile(gaps, level), Draws: len(gaps), Level: level}
	for b, drawn := range rates {
		slices.Sort(drawn)
		c.Bins = append(c.Bins, bins[b].Bin)
		c.Lo = append(c.Lo, sortedQuantile(drawn, (1-level)/2))
		c.Hi = append(c.Hi, sortedQuantile(drawn, (1+level)/2))
	}
	return c
}
