package predict

import (
	"math"

	"witnessmark/data/frame"
	"witnessmark/data/motive"
	"witnessmark/data/stats"
)

// An Outcome is an observed rate that forecasts are scored on: of one run, or
// of an arm's runs together.
type Outcome struct {
	Circumstance
	Run, Seed string  // "" for an arm
	Step      float64 // the last of those it is pooled over
	Rate      float64 // 0 to 1; of an arm, the mean of its runs' rates
	K, N      float64 // acts of trials
	Runs      int
	Spread    float64     // standard error between runs; NaN for fewer than two
	Keys      []frame.Key // lead to its samples
	rates     []float64   // of its runs
}

// Name says which outcome it is: the run, or the arm and its evaluation.
func (o Outcome) Name() string {
	if o.Run != "" {
		return o.Run
	}
	return o.Arm + ", " + o.Circumstance.Name()
}

// A Kind says what a forecaster goes by.
type Kind string

// The kinds of forecasters. All but the first and the last are rivals that
// anybody could name without a model.
const (
	OfModel       Kind = "model"
	Persistence   Kind = "persistence"    // what was seen last stays
	ConditionMean Kind = "condition mean" // as the fitted runs of the condition did on average
	GrandMean     Kind = "grand mean"     // as all fitted runs did on average
	OfBaseline    Kind = "baseline"       // as the baseline condition did
	OfExpert      Kind = "expert"         // stated outside the program
)

// A Forecaster is what one model or rival says of every outcome.
type Forecaster struct {
	Name   string
	Kind   Kind
	P      []float64 // parallel to the outcomes, 0 to 1; NaN where it says nothing
	Lo, Hi []float64 // intervals; nil where none is stated
	Why    string    // says nothing, because …
}

// A Score says how well a forecaster did. Scores are means over outcomes.
type Score struct {
	Name  string
	Kind  Kind
	N     int            // outcomes that it said something of
	Log   stats.Quantity // log score in nats, 0 at best, see motive.LogScore
	Brier stats.Quantity // mean squared error of single attempts, 0 at best: y·(1 − p)² + (1 − y)·p²
	Rates stats.RatePredictions
	Skill []Skill
	Leads []Lead

	Covered  stats.Quantity // share of outcomes within the stated interval
	Interval stats.Estimate // of that share, Wilson
	Weight   stats.Quantity // in the mixture of all forecasters that scores best
	Clipped  int            // predictions of exactly 0 or 1, moved by 1e-6 for the log score
}

// A Skill is 1 − log score/that of the reference: 1 is perfect, 0 no better,
// negative worse.
type Skill struct {
	Against string
	Value   stats.Quantity
}

// A Lead is the mean difference of log scores from the reference on the same
// outcomes, positive where the forecaster is better, with its t interval.
type Lead struct {
	Over     string
	Estimate stats.Estimate
	Why      string // there is no interval because …
}

// A Noise is what remains to a forecaster that knows every true rate.
type Noise struct {
	Log stats.Quantity // log score of knowing every outcome's rate: no forecast scores higher
	MAE stats.Quantity // mean distance of outcomes from true rates, by sampling and, of an arm, by its runs
}

// A Table holds forecasters that were scored on the same outcomes.
type Table struct {
	Outcomes    []Outcome
	Forecasters []Forecaster
	Scores      []Score // parallel to Forecasters
	Noise       Noise
	Level       float64
}

// ScoreAll scores forecasters on outcomes. Skill and lead are taken against
// the forecasters of the given kinds. Level is that of the intervals.
func ScoreAll(outcomes []Outcome, all []Forecaster, against []Kind, level float64) Table {
	t := Table{Outcomes: outcomes, Forecasters: all, Level: level, Noise: noise(outcomes)}
	weights := t.weights()
	for i, f := range all {
		s := t.score(f)
		s.Weight = weights[i]
		for _, kind := range against {
			if ref, ok := t.Forecaster(kind); ok && ref.Name != f.Name {
				s.Skill = append(s.Skill, Skill{ref.Name, t.skill(f, ref)})
				s.Leads = append(s.Leads, t.lead(f, ref))
			}
		}
		t.Scores = append(t.Scores, s)
	}
	return t
}

// Forecaster returns the first forecaster of a kind.
func (t Table) Forecaster(kind Kind) (Forecaster, bool) {
	for _, f := range t.Forecasters {
		if f.Kind == kind {
			return f, true
		}
	}
	return Forecaster{}, false
}

// Score returns the score of the first forecaster of a kind.
func (t Table) Score(kind Kind) (Score, bool) {
	for _, s := range t.Scores {
		if s.Kind == kind {
			return s, true
		}
	}
	return Score{}, false
}

// Lead returns the lead over the named reference.
func (s Score) Lead(over string) (Lead, bool) {
	for _, l := range s.Leads {
		if l.Over == over {
			return l, true
		}
	}
	return Lead{}, false
}

func (t Table) score(f Forecaster) Score {
	s := Score{Name: f.Name, Kind: f.Kind}
	var k, n []int
	var p []float64
	log, total := 0.0, 0.0
	for i, o := range t.Outcomes {
		if math.IsNaN(f.P[i]) {
			continue
		}
		log += motive.LogScore(f.P[i], o.Rate)
		total += brier(f.P[i], o.Rate)
		k, n, p = append(k, int(math.Round(o.Rate*o.N))), append(n, int(math.Round(o.N))), append(p, f.P[i])
		if f.P[i] <= 0 || f.P[i] >= 1 {
			s.Clipped++
		}
	}
	if s.N = len(p); s.N == 0 {
		why := first(f.Why, "it says nothing of these outcomes")
		s.Log, s.Brier, s.Covered = stats.Unknown("%s", why), stats.Unknown("%s", why), stats.Unknown("%s", why)
		return s
	}
	s.Log, s.Brier = stats.Known(log/float64(s.N)), stats.Known(total/float64(s.N))
	s.Rates, _ = stats.ScoreRates(k, n, p) // every outcome has trials
	s.cover(t, f)
	return s
}

// cover counts the outcomes within stated intervals.
func (s *Score) cover(t Table, f Forecaster) {
	in, stated := 0, 0
	for i, o := range t.Outcomes {
		if i >= len(f.Lo) || math.IsNaN(f.Lo[i]) || math.IsNaN(f.Hi[i]) {
			continue
		}
		stated++
		if f.Lo[i] <= o.Rate && o.Rate <= f.Hi[i] {
			in++
		}
	}
	if stated == 0 {
		s.Covered = stats.Unknown("no intervals were stated")
		return
	}
	s.Covered = stats.Known(float64(in) / float64(stated))
	s.Interval, _ = stats.Wilson(in, stated, t.Level)
}

// common are the log scores of two forecasters on the outcomes that both
// speak of.
func (t Table) common(f, ref Forecaster) (own, other []float64) {
	for i, o := range t.Outcomes {
		if f.P[i] == f.P[i] && ref.P[i] == ref.P[i] {
			own, other = append(own, motive.LogScore(f.P[i], o.Rate)), append(other, motive.LogScore(ref.P[i], o.Rate))
		}
	}
	return own, other
}

func (t Table) skill(f, ref Forecaster) stats.Quantity {
	own, other := t.common(f, ref)
	a, err := stats.Mean(own)
	if err != nil {
		return stats.Unknown("no outcome that both speak of")
	}
	b, _ := stats.Mean(other)
	v, err := stats.Skill(a, b)
	if err != nil {
		return stats.Unknown("%s", stats.Reason(err))
	}
	return stats.Known(v)
}

func (t Table) lead(f, ref Forecaster) Lead {
	own, other := t.common(f, ref)
	differences := stats.Differences(other, own)
	e, err := stats.SeedMean(differences, t.Level)
	e.Method = "t over outcomes, paired"
	if err != nil {
		e.Value, _ = stats.Mean(differences)
	}
	return Lead{Over: ref.Name, Estimate: e, Why: stats.Reason(err)}
}

// weights stack the forecasters on the outcomes that all of them speak of.
func (t Table) weights() []stats.Quantity {
	out := make([]stats.Quantity, len(t.Forecasters))
	var points [][]float64
	for i, o := range t.Outcomes {
		row := make([]float64, len(t.Forecasters))
		whole := true
		for k, f := range t.Forecasters {
			whole = whole && f.P[i] == f.P[i]
			row[k] = motive.LogScore(f.P[i], o.Rate)
		}
		if whole {
			points = append(points, row)
		}
	}
	s, err := stats.Stack(points)
	for k := range out {
		if out[k] = stats.Unknown("%s", stats.Reason(err)); err == nil {
			out[k] = stats.Known(s.Weights[k])
		}
	}
	return out
}

// noise is what knowing every rate would leave. Of an arm's mean the noise is
// that of its runs, taken as normal: E|x| = SE·√(2/π).
func noise(outcomes []Outcome) Noise {
	if len(outcomes) == 0 {
		none := stats.Unknown("there are no outcomes")
		return Noise{none, none}
	}
	log, mae := 0.0, 0.0
	for _, o := range outcomes {
		log += motive.LogScore(o.Rate, o.Rate) / float64(len(outcomes))
		away, err := stats.NoiseFloor([]float64{o.Rate}, []int{int(math.Round(o.N))})
		if o.Spread == o.Spread {
			away, err = o.Spread*math.Sqrt(2/math.Pi), nil
		}
		if err != nil {
			return Noise{stats.Known(log), stats.Unknown("%s", stats.Reason(err))}
		}
		mae += away / float64(len(outcomes))
	}
	return Noise{stats.Known(log), stats.Known(mae)}
}
