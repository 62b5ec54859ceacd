package stats

// A BrierScore is the mean squared error of predicted chances with its parts:
// Score = Reliability − Resolution + Uncertainty.
type BrierScore struct {
	Score       float64
	Reliability float64  // how far predictions are from what happened when they were made; small is good
	Resolution  float64  // how far apart they sort the cases; large is good
	Uncertainty float64  // ō(1 − ō): of the cases, not the predictions
	Skill       Quantity // 1 − Score/Uncertainty: against knowing the overall rate
	N           int
}

// Brier scores predictions p (0–1) of what happened. Predictions are grouped
// where they are exactly equal. NotEstimable without predictions; the skill
// is unknown where all outcomes are the same.
//
// Brier (1950), Mon Weather Rev 78:1; Murphy (1973), J Appl Meteor 12:595.
func Brier(happened []bool, p []float64) (BrierScore, error) {
	if err := checkPredictions(happened, p); err != nil {
		return BrierScore{}, err
	}
	if len(p) == 0 {
		return BrierScore{}, Because("there are no predictions")
	}
	b := BrierScore{N: len(p)}
	n, base := float64(len(p)), rateOf(happened)
	for i, q := range p {
		gap := q - indicator(happened[i])
		b.Score += gap * gap / n
	}
	for _, g := range byForecast(happened, p) {
		rate := g.rate()
		b.Reliability += g.n / n * (g.step - rate) * (g.step - rate)
		b.Resolution += g.n / n * (rate - base) * (rate - base)
	}
	b.Uncertainty = base * (1 - base)
	b.Skill = skill(b.Score, b.Uncertainty, "all outcomes are the same")
	return b, nil
}

func rateOf(happened []bool) float64 {
	k := 0.0
	for _, h := range happened {
		k += indicator(h)
	}
	return k / float64(len(happened))
}

// byForecast joins equal predictions, in the order of their first use.
func byForecast(happened []bool, p []float64) []cell {
	at := map[float64]int{}
	var groups []cell
	for i, q := range p {
		if _, known := at[q]; !known {
			at[q] = len(groups)
			groups = append(groups, cell{step: q})
		}
		g := &groups[at[q]]
		g.n, g.k = g.n+1, g.k+indicator(happened[i])
	}
	return groups
}

// SkillAgainst is 1 − Score/S, with S the Brier score of predicting the
// constant reference for all, such as the rate of the baseline condition.
// NotEstimable where the reference makes no error.
func (b BrierScore) SkillAgainst(happened []bool, reference float64) (float64, error) {
	constant := make([]float64, len(happened))
	for i := range constant {
		constant[i] = reference
	}
	s, err := Brier(happened, constant)
	if err != nil {
		return 0, err
	}
	return skill(b.Score, s.Score, "the reference makes no error").Value()
}

// Skill returns 1 − score/reference for scores of which 0 is perfect: 1 is
// perfect, 0 no better than the reference, negative worse. Say the reference
// beside it. NotEstimable where the reference is 0.
func Skill(score, reference float64) (float64, error) {
	return skill(score, reference, "the reference makes no error").Value()
}

func skill(score, reference float64, why string) Quantity {
	if reference == 0 {
		return Unknown("%s", why)
	}
	return Known(1 - score/reference)
}
