package main

import (
	"encoding/csv"
	"fmt"
	"io"
	"strconv"
	"text/tabwriter"

	"witnessmark/data/motive"
	"witnessmark/data/predict"
	"witnessmark/data/stats"
)

// scoreReport is what score --format json prints.
type scoreReport struct {
	Label     string        `json:"label"`
	Behavior  string        `json:"behavior"`
	HoldOut   string        `json:"hold_out"`
	Rewards   string        `json:"rewards,omitempty"`
	Tables    []tableReport `json:"tables"`
	Sentences []string      `json:"sentences"`
	Notes     []string      `json:"notes"`

	Predictions []entryReport `json:"predictions"` // that the study keeps
}

// tableReport is forecasters that were scored on the same outcomes.
type tableReport struct {
	Title     string          `json:"title"` // "forecast from step 20", or how predictions stand
	From      *float64        `json:"from,omitempty"`
	Outcomes  int             `json:"outcomes"`
	BestLog   *float64        `json:"best_log_score"` // of knowing every outcome's rate
	NoiseMAE  *float64        `json:"noise_mae"`      // points
	Eta       *float64        `json:"eta,omitempty"`
	ECE       *float64        `json:"calibration_error,omitempty"`
	ECEChance *float64        `json:"calibration_error_by_chance,omitempty"` // 95 % of perfect forecasts stay below
	Rows      []scoreRow      `json:"scores"`
	Surprises []surpriseEntry `json:"surprises"`
	Notes     []string        `json:"notes,omitempty"`
}

type scoreRow struct {
	Name    string              `json:"name"`
	Kind    string              `json:"kind"`
	N       int                 `json:"n"`
	Log     *float64            `json:"log_score"`
	Brier   *float64            `json:"brier"`
	MAE     *float64            `json:"mae_points"`
	Covered *float64            `json:"coverage"`
	Cal     *float64            `json:"calibration_points"` // mean distance in five bins
	Clipped int                 `json:"clipped"`            // exactly 0 or 1, moved for the log score
	Weight  *float64            `json:"weight"`
	Skill   map[string]*float64 `json:"skill"`
	Leads   map[string]lead     `json:"lead"`
	Why     string              `json:"why,omitempty"`
}

type lead struct {
	Value *float64 `json:"value"`
	Lo    *float64 `json:"lo"`
	Hi    *float64 `json:"hi"`
	Why   string   `json:"why,omitempty"`
}

type surpriseEntry struct {
	Name      string            `json:"name"`
	Keys      map[string]string `json:"keys"`
	Observed  float64           `json:"observed"`
	Predicted float64           `json:"predicted"`
	Nats      float64           `json:"nats"` // lost against knowing the rate
}

func newScoreReport(o *predict.Observed, hold predict.HoldOut, all []predict.Forecast, kept predict.Books, worst int) scoreReport {
	r := scoreReport{
		Label: motive.Label, Behavior: o.Behavior, HoldOut: hold.String(), Tables: []tableReport{},
		Sentences: append([]string{}, predict.Verdict(all)...), Notes: append([]string{}, o.Notes...),
		Predictions: []entryReport{},
	}
	for _, f := range all {
		t := tableOf(fmt.Sprintf("forecast of the end of held-out runs from step %g", f.From), f.Table, predict.OfModel, worst)
		t.From, t.Notes, t.Eta = &f.From, f.Notes, &f.Eta.Value
		_, c, band := f.Calibrate(predict.OfModel, 5, .5)
		if t.ECE = known(c.ECE); t.ECE != nil {
			t.ECEChance = &band.ECEHi
		}
		r.Tables = append(r.Tables, t)
	}
	for _, b := range kept.Books {
		for _, g := range b.Registers {
			title := fmt.Sprintf("predictions of the rate of %s. %s", b.Behavior, g.Standing)
			r.Tables = append(r.Tables, tableOf(title, g.Table, first(g.Forecasters).Kind, worst))
		}
	}
	for _, e := range kept.Entries {
		r.Predictions = append(r.Predictions, entryOf(e))
	}
	r.Notes = append(r.Notes, predict.Left(kept.Entries)...)
	return r
}

// first is the first of some forecasters, an expert of none.
func first(all []predict.Forecaster) predict.Forecaster {
	if len(all) == 0 {
		return predict.Forecaster{Kind: predict.OfExpert}
	}
	return all[0]
}

func tableOf(title string, t predict.Table, surprised predict.Kind, worst int) tableReport {
	out := tableReport{Title: title, Outcomes: len(t.Outcomes), BestLog: known(t.Noise.Log), NoiseMAE: points(t.Noise.MAE), Rows: []scoreRow{}, Surprises: []surpriseEntry{}}
	for i, s := range t.Scores {
		row := rowOf(s)
		row.Cal, row.Clipped = points(t.CalibrationError(t.Forecasters[i], 5)), s.Clipped
		out.Rows = append(out.Rows, row)
	}
	for _, s := range t.Surprises(surprised, worst) {
		e := surpriseEntry{Name: s.Name(), Keys: map[string]string{}, Observed: s.Rate, Predicted: s.Predicted, Nats: s.Nats}
		for _, k := range s.Keys {
			e.Keys[k.Field] = k.Value
		}
		out.Surprises = append(out.Surprises, e)
	}
	return out
}

func rowOf(s predict.Score) scoreRow {
	r := scoreRow{
		Name: s.Name, Kind: string(s.Kind), N: s.N, Log: known(s.Log), Brier: known(s.Brier), Covered: known(s.Covered), Weight: known(s.Weight),
		Skill: map[string]*float64{}, Leads: map[string]lead{},
	}
	if _, err := s.Log.Value(); err != nil {
		r.Why = err.Error()
		return r
	}
	r.MAE = points(stats.Known(s.Rates.MAE))
	for _, k := range s.Skill {
		r.Skill[k.Against] = known(k.Value)
	}
	for _, l := range s.Leads {
		r.Leads[l.Over] = leadOf(l)
	}
	return r
}

func leadOf(l predict.Lead) lead {
	if l.Why != "" {
		return lead{Value: finite(l.Estimate.Value), Why: l.Why}
	}
	return lead{Value: &l.Estimate.Value, Lo: &l.Estimate.Lo, Hi: &l.Estimate.Hi}
}

func (r scoreReport) print(w io.Writer, format string) error {
	switch format {
	case "json":
		return asJSON(w, r)
	case "csv":
		return r.csv(w)
	}
	return r.table(w)
}

func (r scoreReport) csv(w io.Writer) error {
	c := csv.NewWriter(w)
	rows := [][]string{{"table", "from", "forecaster", "kind", "n", "log_score", "brier", "mae_points", "calibration_points", "clipped", "coverage", "weight", "against", "skill", "lead", "lead_lo", "lead_hi", "best_log_score", "noise_mae", "why"}}
	for _, t := range r.Tables {
		for _, s := range t.Rows {
			head := []string{t.Title, full(t.From), s.Name, s.Kind, strconv.Itoa(s.N), full(s.Log), full(s.Brier), full(s.MAE), full(s.Cal), strconv.Itoa(s.Clipped), full(s.Covered), full(s.Weight)}
			tail := []string{full(t.BestLog), full(t.NoiseMAE), s.Why}
			if len(s.Leads) == 0 {
				rows = append(rows, append(append(head, "", "", "", "", ""), tail...))
			}
			for _, over := range t.references() {
				if l, ok := s.Leads[over]; ok {
					row := append(append([]string{}, head...), over, full(s.Skill[over]), full(l.Value), full(l.Lo), full(l.Hi))
					rows = append(rows, append(row, tail...))
				}
			}
		}
	}
	return c.WriteAll(rows)
}

// references are what skill and lead are taken against, in a fixed order.
func (t tableReport) references() []string {
	var out []string
	for _, s := range t.Rows {
		for _, other := range t.Rows {
			if _, ok := other.Leads[s.Name]; ok {
				out = append(out, s.Name)
				break
			}
		}
	}
	return out
}

func (r scoreReport) table(w io.Writer) error {
	fmt.Fprintf(w, "rate of %s, %s; %s\nlog score in nats, 0 at best; MAE and calibration error (cal.) in points; skill is 1 − log score/reference's\nlead over a reference is the difference of log scores on the same outcomes, 95 %% t, not adjusted\n", r.Behavior, r.HoldOut, r.Label)
	for _, t := range r.Tables {
		if err := t.print(w); err != nil {
			return err
		}
	}
	if err := r.entries(w); err != nil {
		return err
	}
	fmt.Fprintln(w)
	for _, s := range r.Sentences {
		fmt.Fprintln(w, s)
	}
	for _, n := range r.Notes {
		fmt.Fprintln(w, "note:", n)
	}
	return nil
}

func (t tableReport) print(w io.Writer) error {
	noun := "outcomes"
	if t.Outcomes == 1 {
		noun = "outcome"
	}
	fmt.Fprintf(w, "\n%s, %d %s\n", t.Title, t.Outcomes, noun)
	tw := tabwriter.NewWriter(w, 0, 4, 2, ' ', 0)
	refs := t.references()
	fmt.Fprint(tw, "forecaster\tn\tlog\tBrier\tMAE\tcal.\t0 or 1\tcoverage")
	for _, ref := range refs {
		fmt.Fprintf(tw, "\tskill, lead over %s", ref)
	}
	fmt.Fprintln(tw)
	for _, s := range t.Rows {
		if s.Why != "" {
			fmt.Fprintf(tw, "%s\t%d\t%s\n", s.Name, s.N, s.Why)
			continue
		}
		fmt.Fprintf(tw, "%s\t%d\t%s\t%s\t%s\t%s\t%d\t%s", s.Name, s.N, signed(s.Log, 2), fixed(s.Brier, 2), fixed(s.MAE, 1), fixed(s.Cal, 1), s.Clipped, covered(s.Covered))
		for _, ref := range refs {
			fmt.Fprintf(tw, "\t%s", s.against(ref))
		}
		fmt.Fprintln(tw)
	}
	if err := tw.Flush(); err != nil {
		return err
	}
	fmt.Fprintf(w, "knowing every rate would score %s; outcomes lie %s points from their true rates by chance\n", signed(t.BestLog, 2), fixed(t.NoiseMAE, 1))
	if t.ECE != nil {
		fmt.Fprintf(w, "runs that end above half: calibration error %s points; by chance it stays below %s\n", fixed(times(t.ECE, 100), 1), fixed(times(t.ECEChance, 100), 1))
	}
	for i, s := range t.Surprises {
		if i == 0 {
			fmt.Fprintln(w, "surprises, the worst first")
		}
		fmt.Fprintf(w, "  %s: observed %.3f, predicted %.3f, %.2f nats lost\n", s.Name, s.Observed, s.Predicted, s.Nats)
	}
	for _, n := range t.Notes {
		fmt.Fprintln(w, "note:", n)
	}
	return nil
}

func (s scoreRow) against(ref string) string {
	l, ok := s.Leads[ref]
	if !ok {
		return ""
	}
	text := signed(s.Skill[ref], 2) + ", " + signed(l.Value, 2)
	if l.Lo != nil {
		text += " [" + signed(l.Lo, 2) + ", " + signed(l.Hi, 2) + "]"
	}
	return text
}
