package main

import (
	"cmp"
	"fmt"
	"io"
	"strings"
	"text/tabwriter"

	"witnessmark/data/predict"
)

// entryReport is one prediction that the study keeps, beside what came of it.
// Values are rates from 0 to 1, or steps or places, as the quantity says.
type entryReport struct {
	Forecaster string   `json:"forecaster"`
	Run        string   `json:"run,omitempty"`
	Condition  string   `json:"condition,omitempty"`
	Eval       string   `json:"eval,omitempty"`
	EvalPrompt string   `json:"eval_prompt,omitempty"`
	Measure    string   `json:"measure"`
	Quantity   string   `json:"quantity"`
	Step       *float64 `json:"step"` // null for the end
	Predicted  *float64 `json:"predicted"`
	Lo         *float64 `json:"lo"`
	Hi         *float64 `json:"hi"`
	Observed   *float64 `json:"observed"`
	ObservedLo *float64 `json:"observed_lo"`
	ObservedHi *float64 `json:"observed_hi"`
	Log        *float64 `json:"log_score"`
	Brier      *float64 `json:"brier"`
	CRPS       *float64 `json:"crps"`   // of the stated distribution; of a point its distance
	Error      *float64 `json:"error"`  // predicted less observed
	Inside     *float64 `json:"inside"` // 1 where the stated interval holds what was observed
	Standing   string   `json:"standing"`
	Author     string   `json:"author,omitempty"`
	LockedAt   string   `json:"locked_at,omitempty"`
	SHA256     string   `json:"sha256,omitempty"`
	Why        string   `json:"why,omitempty"` // it is not scored
}

func entryOf(e predict.Entry) entryReport {
	r := entryReport{
		Forecaster: e.Who, Run: e.Run, Condition: e.Condition, Eval: e.Eval, EvalPrompt: e.EvalPrompt, Measure: e.Metric,
		Quantity: cmp.Or(e.Quantity, predict.Rated), Step: finite(e.Step), Predicted: finite(e.P), Lo: finite(e.Lo), Hi: finite(e.Hi),
		Observed: known(e.Seen), Log: finite(e.Log), Brier: finite(e.Brier), CRPS: finite(e.CRPS), Error: finite(e.Miss), Inside: known(e.Inside),
		Standing: e.Badge(), Author: e.Author, LockedAt: e.LockedAt, SHA256: e.Hash, Why: e.Why,
	}
	if e.Outcome != nil && e.WhyNone == "" {
		r.ObservedLo, r.ObservedHi = finite(e.Interval.Lo), finite(e.Interval.Hi)
	}
	return r
}

// entries lists the kept predictions in the order in which they came.
func (r scoreReport) entries(w io.Writer) error {
	if len(r.Predictions) == 0 {
		return nil
	}
	fmt.Fprintf(w, "\nthe predictions that the study keeps\n")
	t := tabwriter.NewWriter(w, 0, 4, 2, ' ', 0)
	fmt.Fprintln(t, "forecaster\tabout\tin\tstep\tquantity\tpredicted\tobserved\tlog\tstanding\tlocked")
	for _, e := range r.Predictions {
		fmt.Fprintf(t, "%s\t%s\t%s\t%s\t%s\t%s\t%s\t%s\t%s\t%s\n", short(e.Forecaster), short(cmp.Or(e.Run, e.Condition)), e.where(), e.when(), e.Quantity+" of "+e.Measure,
			bounded(e.Predicted, e.Lo, e.Hi), seen(e), noted(e.Log), e.Standing, e.locked())
	}
	return t.Flush()
}

// where is the evaluation that a prediction is about.
func (e entryReport) where() string {
	if e.Eval == "" && e.EvalPrompt == "" {
		return "any eval"
	}
	return short(strings.Trim(e.Eval+", "+e.EvalPrompt, ", "))
}

func (e entryReport) when() string {
	if e.Step == nil {
		return "end"
	}
	return full(e.Step)
}

func (e entryReport) locked() string {
	if e.LockedAt == "" {
		return "no"
	}
	day, _, _ := strings.Cut(e.LockedAt, "T")
	return e.Author + ", " + day + ", " + e.SHA256[:min(8, len(e.SHA256))]
}

func seen(e entryReport) string {
	if e.Observed == nil {
		return "not observed"
	}
	return bounded(e.Observed, e.ObservedLo, e.ObservedHi)
}
