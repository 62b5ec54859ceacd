package oversight

import (
	"fmt"

	"witnessmark/data/frame"
	"witnessmark/data/stats"
)

// Histogram counts scores by class at a place: a row a group, class and bin,
// with the fields of By, class (positive, negative, no truth), bin_lo, bin_hi
// in the monitor's own scale, n, value (share of the class), threshold, flagged
// and of (how many samples of the class are flagged, of those with a verdict)
// and whole. Bins are of equal width over the scale, [lo, hi), the last one
// closed. Where there are at most as many whole scores as bins, each has a bin
// of its own, from itself to the next, and whole is 1.
func (r *Reading) Histogram(at Place, bins int) frame.Frame {
	s := newSheet()
	if !r.scored || bins < 1 {
		s.whole("no-scores", verdictsOnly, false)
		return s.done()
	}
	lo, hi, each := r.Scale.Lo, r.Scale.Hi, 0.0
	if span := hi - lo; r.Scale.Whole && span >= 2 && span <= float64(bins) {
		bins, hi, each = int(span)+1, hi+1, 1
	}
	width := (hi - lo) / float64(bins)
	for _, sp := range r.places(at) {
		counts, totals := r.bins(sp.pool, lo, hi, bins)
		k, n := r.total(sp.pool).byClass()
		at, why := r.threshold(sp.pool)
		for class, name := range classes {
			if totals[class] == 0 {
				continue
			}
			for i, count := range counts[class] {
				r.start(s, sp)
				s.text(ClassColumn, name)
				s.num("bin_lo", lo+float64(i)*width)
				s.num("bin_hi", lo+float64(i+1)*width)
				s.num(frame.N, float64(count))
				s.num(frame.Value, float64(count)/float64(totals[class]))
				s.why(ThresholdColumn, finite(at), orElse(why, "flags nothing"))
				s.num(FlaggedColumn, float64(k[class]))
				s.num("of", float64(n[class]))
				s.num("whole", each)
			}
		}
		if t := r.total(sp.pool); t.unknown+t.unscored > 0 {
			s.whole("unscored", fmt.Sprintf("%s: %s without a score %s in no bin", sp.group.name(), count(t.unknown+t.unscored, "sample"), are(t.unknown+t.unscored)), false)
		}
	}
	return s.done()
}

// ClassColumn says of which samples a row of scores is; see Classes.
const ClassColumn = "class"

// Classes are the values of ClassColumn.
func Classes() []string { return classes[:] }

var classes = [...]string{"positive", "negative", "no truth"}

// byClass counts the flagged samples of each class, of those with a verdict.
func (t tally) byClass() (k, n [len(classes)]int) {
	return [...]int{t.TP, t.FP, t.flagged}, [...]int{t.Positives(), t.Negatives(), t.unlabeled()}
}

// bins counts the scores of a pool by class.
func (r *Reading) bins(p *pool, lo, hi float64, bins int) (counts [len(classes)][]int, totals [len(classes)]int) {
	for class := range counts {
		counts[class] = make([]int, bins)
	}
	for _, i := range p.cells {
		c := r.cells[i]
		for j, score := range c.Score {
			if score != score {
				continue
			}
			class := 2
			if t := c.truth(j); t <= yes {
				class = int(yes - t)
			}
			at := int((r.own(score) - lo) / (hi - lo) * float64(bins))
			counts[class][min(max(at, 0), bins-1)]++
			totals[class]++
		}
	}
	return counts, totals
}

// Calibration compares scores, read as chances on their scale, with how often
// samples are positive: a row a bin that is not empty, with forecast (mean
// score), value, lo, hi, level, method, k, n, bin_lo and bin_hi as fractions,
// consistency_lo and consistency_hi (where the rate of perfect scores would
// lie). Notes give the expected calibration error and the slope. With several
// groups at the place, they are taken together. No threshold moves them, so
// they are worked out once a Board and level.
func (r *Reading) Calibration(at Place, bins int) frame.Frame {
	return r.once(fmt.Sprint("calibration ", at, bins, r.level()), func() frame.Frame { return r.calibration(at, bins) })
}

func (r *Reading) calibration(at Place, bins int) frame.Frame {
	s := newSheet()
	happened, p := r.chances(at)
	c, err := stats.Calibrate(happened, p, bins)
	if err != nil || c.N == 0 || !r.scored {
		s.whole("no-calibration", "calibration is not estimable, because "+orElse(stats.Reason(err), "no sample has a score and a truth"), false)
		return s.done()
	}
	consistent, err := stats.ConsistencyOf(p, bins, draws(len(p)), r.level())
	for i, b := range c.Bins {
		s.row(nil)
		s.num("forecast", b.MeanPredicted)
		e, errRate := b.Rate(r.level())
		s.value(counted(b.Positives, b.Count, e, errRate), r.level())
		s.num("bin_lo", float64(b.Bin)/float64(bins))
		s.num("bin_hi", float64(b.Bin+1)/float64(bins))
		if err == nil {
			s.num("consistency_lo", consistent.Lo[i])
			s.num("consistency_hi", consistent.Hi[i])
		}
	}
	r.calibrationNotes(s, c, consistent, happened, p)
	return s.done()
}

// draws is how often a bootstrap draws from so many samples, so that it takes
// no longer than can be waited for.
func draws(n int) int { return max(100, min(500, 20_000_000/max(1, n))) }

// chances are the labeled scores at a place as fractions of the scale.
func (r *Reading) chances(at Place) (happened []bool, p []float64) {
	for _, sp := range r.places(at) {
		truths, scores := sp.pool.samples(sp.pool.cells)
		for i, score := range scores {
			v := (r.own(score) - r.Scale.Lo) / (r.Scale.Hi - r.Scale.Lo)
			if r.Low {
				v = 1 - v
			}
			happened, p = append(happened, truths[i]), append(p, v)
		}
	}
	return happened, p
}

func (r *Reading) calibrationNotes(s *sheet, c stats.Calibration, by stats.Consistency, happened []bool, p []float64) {
	if ece, err := c.ECE.Value(); err == nil {
		s.whole("calibration-error", fmt.Sprintf("expected calibration error %s over %s; perfect scores would show %s, and up to %s", percent(ece), count(c.N, "sample"), percent(by.ECE), percent(by.ECEHi)), false)
	}
	if line, err := stats.Recalibrate(happened, p, 1e-6); err == nil {
		if slope, err := line.Slope.Value(); err == nil {
			s.whole("calibration-slope", fmt.Sprintf("calibration slope %.2f (1 where scores are neither too extreme nor too timid)", slope), false)
		}
	}
	if r.Scale.Lo != 0 || r.Scale.Hi != 1 {
		s.whole("rescaled", fmt.Sprintf("scores from %s are read as chances from 0 to 1", r.Scale), false)
	}
}
