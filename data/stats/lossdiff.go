package stats

import "fmt"

// A LossComparison compares two models by their losses on the same items,
// first less second: negative where the first predicts better.
type LossComparison struct {
	Difference  float64
	SE, T, PT   Quantity // Student's t over items; unknown for one item or equal differences
	PSignFlip   Quantity // exact, for up to 12 items
	BootstrapLo Quantity // percentile interval over the resamples given
	BootstrapHi Quantity
	Items       int
	Resamples   int
	Level       float64
}

const exactLossItems = 12 // items up to which all sign flips are counted

// CompareLosses compares losses a and b item by item. Each row of resamples
// lists the positions of one bootstrap draw; with none the bootstrap is
// unknown. Cells are few: where items come from cells, give one mean loss a
// cell. NotEstimable without items.
func CompareLosses(a, b []float64, resamples [][]int, level float64) (LossComparison, error) {
	if err := checkPairsOf(a, b); err != nil {
		return LossComparison{}, err
	}
	if err := checkLevel(level); err != nil {
		return LossComparison{}, err
	}
	if len(a) == 0 {
		return LossComparison{}, Because("there are no items that both models were scored on")
	}
	d := Differences(b, a)
	c := LossComparison{Difference: mean(d), Items: len(d), Resamples: len(resamples), Level: level}
	c.SE = from(SE(d))
	t, err := PairedT(b, a)
	c.T, c.PT = from(t.T, err), from(t.P, err)
	c.PSignFlip = lossFlip(d)
	c.BootstrapLo, c.BootstrapHi, err = resampledMean(d, resamples, level)
	return c, err
}

func lossFlip(d []float64) Quantity {
	if len(d) > exactLossItems {
		return Unknown("all sign flips are counted for up to %d items only, and there are %d", exactLossItems, len(d))
	}
	flip, err := SignFlip(d)
	return from(flip.P, err)
}

// resampledMean is the percentile interval of the mean over given draws.
func resampledMean(d []float64, resamples [][]int, level float64) (lo, hi Quantity, err error) {
	if len(resamples) == 0 {
		lo = Unknown("there are no resamples")
		return lo, lo, nil
	}
	means := make([]float64, len(resamples))
	for r, draw := range resamples {
		if len(draw) == 0 {
			return lo, hi, fmt.Errorf("resample %d draws no item", r+1)
		}
		for _, i := range draw {
			if i < 0 || i >= len(d) {
				return lo, hi, fmt.Errorf("resample %d draws item %d of %d", r+1, i+1, len(d))
			}
			means[r] += d[i] / float64(len(draw))
		}
	}
	return from(Quantile(means, (1-level)/2)), from(Quantile(means, (1+level)/2)), nil
}
