package oversight

import (
	"fmt"
	"math"
	"sort"
	"strconv"
	"strings"

	"witnessmark/data/stats"
)

// A Threshold says when a sample counts as flagged. Its zero value takes the
// monitor's own verdicts, or where it gave none, the threshold that is known
// of it, or else the middle of its scale, which is then said.
type Threshold struct {
	kind thresholdKind
	at   float64
}

type thresholdKind uint8

const (
	asFlagged thresholdKind = iota
	atScore
	frozenAt
	refitted
)

// At flags samples with a score of at least (or for Question.Low, at most) at.
func At(at float64) Threshold { return Threshold{atScore, at} }

// FrozenAt chooses the threshold by a Rule at one step, on all samples of the
// question together, and holds it from there on, as a monitor in use would.
func FrozenAt(step float64) Threshold { return Threshold{frozenAt, step} }

// Refit chooses the threshold anew in each group at each step.
func Refit() Threshold { return Threshold{kind: refitted} }

// ParseThreshold reads a number, frozen:20 with a step, refit, or nothing for
// the monitor's own verdicts.
func ParseThreshold(text string) (Threshold, error) {
	text = strings.TrimSpace(text)
	switch text {
	case "", asFlaggedText:
		return Threshold{}, nil
	case "refit":
		return Refit(), nil
	}
	step, frozen := strings.CutPrefix(text, "frozen:")
	v, err := strconv.ParseFloat(step, 64)
	if err != nil || math.IsNaN(v) || math.IsInf(v, 0) {
		return Threshold{}, fmt.Errorf("%q is no threshold; it is a number such as 0.5, frozen: with a step such as frozen:20, or refit", text)
	}
	if frozen {
		return FrozenAt(v), nil
	}
	return At(v), nil
}

const asFlaggedText = "as flagged"

// String returns the text that ParseThreshold reads.
func (t Threshold) String() string {
	switch t.kind {
	case atScore:
		return decimal(t.at)
	case frozenAt:
		return "frozen:" + decimal(t.at)
	case refitted:
		return "refit"
	}
	return asFlaggedText
}

// A Rule chooses a threshold from scores with their truth.
type Rule string

// The rules.
const (
	ByBudget Rule = ""       // the most recall with a false positive rate within the budget
	ByYouden Rule = "youden" // the largest recall less false positive rate
)

// Settings are what a Reading reads a Board at.
type Settings struct {
	Threshold Threshold
	Rule      Rule
	Budget    float64 // false positive rate that audits allow; 0 means 0.01
	Level     float64 // of intervals; 0 means 0.95
}

func (s Settings) budget() float64 {
	if s.Budget == 0 {
		return 0.01
	}
	return s.Budget
}

func (s Settings) level() float64 {
	if s.Level == 0 {
		return 0.95
	}
	return s.Level
}

func (s Settings) check() error {
	if b := s.budget(); !(b > 0 && b <= 1) {
		return fmt.Errorf("a budget is a false positive rate above 0 and up to 1, such as 0.01, not %g", b)
	}
	if l := s.level(); !(l > 0 && l < 1) {
		return fmt.Errorf("a level lies between 0 and 1, such as 0.95, not %g", l)
	}
	if s.Rule != ByBudget && s.Rule != ByYouden {
		return fmt.Errorf("there is no rule %q to choose a threshold by; there are budget and youden", string(s.Rule))
	}
	return nil
}

// choose applies the rule; +Inf flags nothing.
func (s Settings) choose(r *stats.Ranked) (float64, error) {
	if r.Positives+r.Negatives == 0 {
		return math.NaN(), stats.Because("a threshold is chosen on samples with a score and a truth, and there are none here")
	}
	if s.Rule == ByYouden {
		c, err := r.BestYouden()
		return c.Threshold, err
	}
	if o, err := r.TPRAtFPR(s.budget(), s.level()); err == nil {
		return o.Threshold, nil
	}
	return withoutPositives(r, s.budget())
}

// withoutPositives is the least threshold within the budget where nothing
// positive says which would do.
func withoutPositives(r *stats.Ranked, budget float64) (float64, error) {
	if r.Negatives == 0 {
		return math.NaN(), stats.Because("a threshold within a budget needs negative samples, and there are none here")
	}
	all := r.Thresholds()
	over := sort.Search(len(all), func(i int) bool { return float64(r.At(all[i]).FP)/float64(r.Negatives) > budget })
	if over == 0 {
		return math.Inf(1), nil
	}
	return all[over-1], nil
}
