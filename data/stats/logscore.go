package stats

import "math"

// A LogScore is the mean surprise at what happened.
type LogScore struct {
	Score   float64 // mean negative log-likelihood in nats; +Inf where the impossible happened
	Clipped int     // predictions moved to clip or 1 − clip
	N       int
}

// LogLoss scores predictions p (0–1), first clipped into [clip, 1 − clip]. The
// usual clip is 1e−6; say how many it moved. With clip 0 an outcome that was
// predicted with chance 0 makes the score +Inf. NotEstimable without
// predictions.
//
// Good (1952), JRSS B 14:107.
func LogLoss(happened []bool, p []float64, clip float64) (LogScore, error) {
	if err := checkPredictions(happened, p); err != nil {
		return LogScore{}, err
	}
	if len(p) == 0 {
		return LogScore{}, Because("there are no predictions")
	}
	if !(clip >= 0 && clip < 0.5) {
		return LogScore{}, Because("a clip of %g leaves no room between it and one less it", clip)
	}
	s := LogScore{N: len(p)}
	for i, q := range p {
		clipped := max(clip, min(1-clip, q))
		if clipped != q {
			s.Clipped++
		}
		s.Score -= logChance(happened[i], clipped) / float64(len(p))
	}
	return s, nil
}

func logChance(happened bool, p float64) float64 {
	if happened {
		return math.Log(p)
	}
	return math.Log1p(-p)
}
