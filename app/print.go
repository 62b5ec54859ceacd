package main

import (
	"encoding/csv"
	"fmt"
	"io"
	"math"
	"strings"
	"text/tabwriter"

	"witnessmark/data/frame"
)

// answerRow is one row of a JSON answer. A number that is not estimable is
// null, and Notes say why.
type answerRow struct {
	By       map[string]string `json:"by"`
	Measure  string            `json:"measure"`
	Value    *float64          `json:"value"`
	Lo       *float64          `json:"lo"`
	Hi       *float64          `json:"hi"`
	Level    *float64          `json:"level"`
	K        *float64          `json:"k,omitempty"`
	N        *float64          `json:"n"`
	Seeds    *float64          `json:"seeds"`
	Excluded *float64          `json:"excluded,omitempty"`
	Method   string            `json:"method"`
	Notes    []string          `json:"notes"`
	Why      string            `json:"why,omitempty"`

	// Only in comparisons, where Value is the difference from the baseline.
	Baseline string   `json:"baseline,omitempty"`
	Estimate *float64 `json:"estimate,omitempty"`
	Pairs    *float64 `json:"pairs,omitempty"`
	P        *float64 `json:"p,omitempty"`
	PFloor   *float64 `json:"p_floor,omitempty"`
	PHolm    *float64 `json:"p_holm,omitempty"`
	said
}

// number returns nil where the frame has no number: JSON's null.
func number(f frame.Frame, name string, row int) *float64 {
	v, _, ok := f.Num(name, row)
	if !ok || math.IsInf(v, 0) {
		return nil
	}
	return &v
}

func by(f frame.Frame, row int, fields []string) map[string]string {
	out := map[string]string{}
	for _, field := range fields {
		out[field] = f.Key(row, field)
	}
	return out
}

// notes returns what must be told of a row: its own notes, then those on the
// whole answer.
func notes(f frame.Frame, row int) []string {
	out := []string{}
	for _, n := range f.Notes {
		if n.Row == row {
			out = append(out, n.Text)
		}
	}
	for _, n := range f.Notes {
		if n.Row < 0 {
			out = append(out, n.Text)
		}
	}
	return out
}

// answerRows turns estimates into JSON rows.
func answerRows(f frame.Frame, fields []string) []answerRow {
	out := make([]answerRow, 0, f.Len())
	for i := range f.Len() {
		_, why, ok := f.Num(frame.Value, i)
		if _, whyLo, okLo := f.Num(frame.Lo, i); ok && !okLo {
			why = whyLo
		}
		r := answerRow{
			By: by(f, i, fields), Measure: f.Text(frame.Measure, i),
			Value: number(f, frame.Value, i), Lo: number(f, frame.Lo, i), Hi: number(f, frame.Hi, i), Level: number(f, frame.Level, i),
			K: number(f, frame.K, i), N: number(f, frame.N, i), Seeds: number(f, frame.Seeds, i), Excluded: number(f, frame.Excluded, i),
			Method: f.Text(frame.Method, i), Notes: notes(f, i), Why: why,
		}
		out = append(out, r)
	}
	return out
}

// comparisonRows turns differences from a baseline into JSON rows; the
// baseline itself has none and is left out.
func comparisonRows(f frame.Frame, fields []string, baseline string) []answerRow {
	out := make([]answerRow, 0, f.Len())
	for i, r := range answerRows(f, fields) {
		if r.By[fields[0]] == baseline {
			continue
		}
		_, r.Why, _ = f.Num(frame.Diff, i)
		r.Baseline, r.Estimate = baseline, r.Value
		r.Value, r.Lo, r.Hi = number(f, frame.Diff, i), number(f, frame.DiffLo, i), number(f, frame.DiffHi, i)
		r.Pairs, r.P, r.PFloor, r.PHolm = number(f, frame.Pairs, i), number(f, frame.P, i), number(f, frame.PFloor, i), number(f, frame.PHolm, i)
		r.Method = f.Text(frame.DiffVia, i)
		out = append(out, r)
	}
	return out
}

// printRows writes rows in the format that was asked for.
func printRows(w io.Writer, format string, rows []answerRow, fields []string) error {
	switch format {
	case "json":
		return asJSON(w, rows)
	case "csv":
		return printCSV(w, rows, fields)
	default:
		return printTable(w, rows, fields)
	}
}

func printCSV(w io.Writer, rows []answerRow, fields []string) error {
	c := csv.NewWriter(w)
	head := append(append([]string{}, fields...), "measure", "value", "lo", "hi", "level", "k", "n", "seeds", "excluded", "method", "notes")
	if err := c.Write(head); err != nil {
		return err
	}
	for _, r := range rows {
		if err := c.Write(csvLine(r, fields)); err != nil {
			return err
		}
	}
	c.Flush()
	return c.Error()
}

func csvLine(r answerRow, fields []string) []string {
	line := []string{}
	for _, field := range fields {
		line = append(line, r.By[field])
	}
	return append(line, r.Measure, full(r.Value), full(r.Lo), full(r.Hi), full(r.Level), full(r.K), full(r.N), full(r.Seeds), full(r.Excluded),
		r.Method, strings.Join(told(r), "; "))
}

// told returns the reason for a missing number, then the notes.
func told(r answerRow) []string {
	if r.Why == "" {
		return r.Notes
	}
	return append([]string{"not estimable, because " + r.Why}, r.Notes...)
}

func printTable(w io.Writer, rows []answerRow, fields []string) error {
	t := tabwriter.NewWriter(w, 0, 4, 2, ' ', 0)
	fmt.Fprintln(t, strings.Join(fields, "\t")+"\tmeasure\tvalue\tinterval\tn\tseeds\tmethod")
	seen := map[string]bool{}
	var foot []string
	for _, r := range rows {
		for _, field := range fields {
			fmt.Fprintf(t, "%s\t", short(r.By[field]))
		}
		fmt.Fprintf(t, "%s\t%s\t%s\t%s\t%s\t%s\n", r.Measure, shown(r.Value), interval(r), count(r.N), count(r.Seeds), r.Method)
		for _, n := range told(r) {
			if !seen[n] {
				seen[n], foot = true, append(foot, n)
			}
		}
	}
	if err := t.Flush(); err != nil {
		return err
	}
	for _, n := range foot {
		fmt.Fprintln(w, "note:", n)
	}
	return nil
}

func interval(r answerRow) string {
	if r.Lo == nil || r.Hi == nil {
		return "not estimable"
	}
	return fmt.Sprintf("[%s, %s]", shown(r.Lo), shown(r.Hi))
}
