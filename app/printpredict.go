package main

import (
	"encoding/csv"
	"fmt"
	"io"
	"strconv"
	"strings"
	"text/tabwriter"

	"witnessmark/data/motive"
	"witnessmark/data/predict"
)

// computedReport is what predict --format json prints. A number that cannot
// be had is null, and why says why.
type computedReport struct {
	Label      string        `json:"label"`
	Model      string        `json:"model"`
	SHA256     string        `json:"model_sha256"`
	Extensions []string      `json:"extensions"` // that are switched on
	Fit        string        `json:"fit"`
	Eta        *float64      `json:"eta"`
	EtaLo      *float64      `json:"eta_lo,omitempty"`
	EtaHi      *float64      `json:"eta_hi,omitempty"`
	HeldOut    *float64      `json:"held_out_log_score,omitempty"`
	Badge      string        `json:"not_identified,omitempty"`
	Details    []string      `json:"identification"`
	Moved      float64       `json:"prior_to_last_kl"`
	Rates      []rateReport  `json:"rates"`
	Shares     []shareReport `json:"shares"`
}

type rateReport struct {
	Arm        string   `json:"arm"`
	Eval       string   `json:"eval,omitempty"`
	EvalPrompt string   `json:"eval_prompt,omitempty"`
	Context    string   `json:"context"`
	Step       *float64 `json:"step"`
	Deployment *int     `json:"deployment,omitempty"` // steps of it; none at the checkpoint itself
	Predicted  *float64 `json:"predicted"`
	Observed   *float64 `json:"observed"`
	Lo         *float64 `json:"lo"`
	Hi         *float64 `json:"hi"`
	Level      float64  `json:"level"`
	K          float64  `json:"k"`
	N          float64  `json:"n"`
	Runs       int      `json:"runs"`
	Method     string   `json:"method,omitempty"`
	Why        string   `json:"why,omitempty"`
}

type shareReport struct {
	Arm        string  `json:"arm"`
	Pattern    string  `json:"pattern"`
	Start      float64 `json:"start"`
	Last       float64 `json:"last"`
	Identified bool    `json:"identified"`
}

func reportOf(c *predict.Computed) (computedReport, error) {
	hash, err := predict.Hash(c.Model)
	if err != nil {
		return computedReport{}, err
	}
	r := computedReport{
		Label: motive.Label, Model: predict.Name(c.Model), SHA256: hash, Extensions: []string{}, Fit: c.FitWords(), Eta: &c.Model.Params.Eta,
		Badge: c.Identified.Badge(), Details: c.Identified.Details(), Moved: c.Identified.Moved,
	}
	for _, e := range motive.Extensions {
		if e.On(c.Model) {
			r.Extensions = append(r.Extensions, e.ID)
		}
	}
	if c.Fit != nil {
		r.EtaLo, r.EtaHi, r.HeldOut = &c.Fit.Eta.Lo, &c.Fit.Eta.Hi, finite(c.Fit.HeldOut)
	}
	for _, x := range c.Rates() {
		r.Rates = append(r.Rates, rateOf(x))
	}
	r.Shares = sharesOf(c)
	return r, nil
}

func rateOf(x predict.Rate) rateReport {
	r := rateReport{
		Arm: x.Arm, Eval: x.Eval, EvalPrompt: x.EvalPrompt, Context: x.Context, Step: finite(x.Step),
		Predicted: known(x.Predicted), Observed: known(x.Observed), Level: usualLevel, K: x.K, N: x.N, Runs: x.Runs, Why: x.Why,
	}
	if x.Why == "" {
		r.Lo, r.Hi, r.Method = &x.Interval.Lo, &x.Interval.Hi, x.Interval.Method
	}
	if x.Deployment >= 0 {
		r.Deployment = &x.Deployment
	}
	return r
}

func sharesOf(c *predict.Computed) []shareReport {
	alike := map[int]bool{}
	for _, g := range c.Identified.Groups {
		for _, i := range g.Patterns {
			alike[i] = true
		}
	}
	var out []shareReport
	for _, p := range c.Paths {
		for i, q := range c.Model.Patterns {
			out = append(out, shareReport{p.Arm, q.Name, p.Training.Shares[0][i], p.Training.Last()[i], !alike[i]})
		}
	}
	return out
}

func printComputed(w io.Writer, format string, c *predict.Computed) error {
	r, err := reportOf(c)
	if err != nil {
		return err
	}
	switch format {
	case "json":
		return asJSON(w, r)
	case "csv":
		return r.csv(w)
	}
	return r.table(w)
}

func (r computedReport) csv(w io.Writer) error {
	c := csv.NewWriter(w)
	rows := [][]string{{"model", "arm", "eval", "eval_prompt", "context", "step", "deployment", "predicted", "observed", "lo", "hi", "level", "k", "n", "runs", "method", "why", "label"}}
	for _, x := range r.Rates {
		deployment := ""
		if x.Deployment != nil {
			deployment = strconv.Itoa(*x.Deployment)
		}
		rows = append(rows, []string{
			r.Model, x.Arm, x.Eval, x.EvalPrompt, x.Context, full(x.Step), deployment, full(x.Predicted), full(x.Observed), full(x.Lo), full(x.Hi),
			full(&x.Level), full(&x.K), full(&x.N), strconv.Itoa(x.Runs), x.Method, x.Why, r.Label,
		})
	}
	return c.WriteAll(rows)
}

func (r computedReport) table(w io.Writer) error {
	fmt.Fprintf(w, "%s; %s\n%s\n\n", r.Model, r.Fit, r.Label)
	t := tabwriter.NewWriter(w, 0, 4, 2, ' ', 0)
	fmt.Fprintln(t, "arm\teval\tstep\tpredicted\tobserved\tinterval\tn\truns\tmethod")
	for _, x := range r.Rates {
		fmt.Fprintf(t, "%s\t%s\t%s\t%s\t%s\t%s\t%s\t%d\t%s\n", short(x.Arm), x.where(), x.when(), shown(x.Predicted), x.observed(), x.interval(), count(&x.N), x.Runs, x.Method)
	}
	fmt.Fprintln(t)
	fmt.Fprintln(t, "arm\tpattern\tat the start\tafter the last step\tidentified")
	for _, x := range r.Shares {
		identified := "yes"
		if !x.Identified {
			identified = "no"
		}
		fmt.Fprintf(t, "%s\t%s\t%.4f\t%.4f\t%s\n", short(x.Arm), x.Pattern, x.Start, x.Last, identified)
	}
	if err := t.Flush(); err != nil {
		return err
	}
	for _, n := range append([]string{r.Badge}, r.Details...) {
		if n != "" {
			fmt.Fprintln(w, "note:", n)
		}
	}
	return nil
}

func (x rateReport) where() string {
	name := predict.Circumstance{Eval: x.Eval, EvalPrompt: x.EvalPrompt}.Name()
	if name != x.Context {
		name += " = " + x.Context
	}
	return short(name)
}

func (x rateReport) when() string {
	step := "not named"
	if x.Step != nil {
		step = strconv.FormatFloat(*x.Step, 'f', -1, 64)
	}
	if x.Deployment != nil {
		step += fmt.Sprintf(" + %d of deployment", *x.Deployment)
	}
	return step
}

func (x rateReport) observed() string {
	if x.Observed == nil {
		return "not observed"
	}
	return shown(x.Observed)
}

func (x rateReport) interval() string {
	if x.Lo == nil {
		return strings.TrimSpace(x.Why)
	}
	return fmt.Sprintf("[%s, %s]", shown(x.Lo), shown(x.Hi))
}
