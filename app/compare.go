package main

import (
	"context"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"math"
	"strings"

	"witnessmark/charts"
	"witnessmark/data/contrast"
	"witnessmark/data/frame"
	"witnessmark/data/query"
	"witnessmark/data/stats"
	"witnessmark/data/store"
)

// compareCommand prints differences from a baseline.
type compareCommand struct {
	Study    string  `arg:"" help:"Study file."`
	By       string  `help:"Field whose values are compared." default:"condition"`
	Baseline string  `help:"Value of the first field that the others are compared with." required:"" placeholder:"V"`
	Measure  string  `help:"Measures to compare." required:"" placeholder:"M"`
	Pair     string  `help:"What is paired: seed, item, none, or auto." enum:"auto,seed,item,none" default:"auto"`
	Margin   float64 `help:"Points of difference that would not matter: test equivalence within them." placeholder:"POINTS"`
	Note     bool    `help:"Count these comparisons in the study's ledger, as the window does."`
	questionFlags
}

// said is what a comparison means, in words.
type said struct {
	Sentence string      `json:"sentence,omitempty"`
	Verdict  string      `json:"verdict,omitempty"`
	Standing string      `json:"standing,omitempty"`
	Margin   *marginSaid `json:"margin,omitempty"`
	about    string      // what tells the sentence from others: measure, judge, further fields
}

// marginSaid is a test of equivalence.
type marginSaid struct {
	Margin   float64  `json:"margin"`
	Lo       *float64 `json:"lo"`
	Hi       *float64 `json:"hi"`
	Level    *float64 `json:"level"`
	P        *float64 `json:"p"`
	Within   bool     `json:"equivalent"`
	NotWorse bool     `json:"not_worse"`
	Why      string   `json:"why,omitempty"`
	Text     []string `json:"text,omitempty"`
}

func (c *compareCommand) Run(ctx context.Context, to *console) error {
	q, err := c.question()
	if err != nil {
		return err
	}
	q.By, q.Measures, q.Baseline = list(c.By), list(c.Measure), c.Baseline
	if c.Pair != "auto" {
		q.Pair = query.Pairing(c.Pair)
	}
	switch {
	case len(q.By) == 0:
		return usage(fmt.Errorf("--by: name the field whose values are compared, such as condition"))
	case c.Margin < 0 || math.IsNaN(c.Margin) || math.IsInf(c.Margin, 0):
		return usage(fmt.Errorf("--margin: %v is no number of points above 0, such as 5", c.Margin))
	}
	s, err := c.open()
	if err != nil {
		return err
	}
	defer s.Close()
	f, err := s.Ask(ctx, q)
	if err != nil {
		return err
	}
	rows, st, err := c.explained(ctx, s, q, f)
	if err != nil {
		return err
	}
	if err := printComparison(to.out, c.Format, rows, q.By); err != nil {
		return err
	}
	if c.Note {
		err = s.Look(ctx, q, f)
	}
	if err == nil && c.Format == "table" {
		_, err = fmt.Fprintf(to.out, "note: %s\n", ledgerLine(st.Registry, c.Note))
	}
	return err
}

func (c *compareCommand) open() (*store.Store, error) {
	if c.Note {
		return store.Open(c.Study)
	}
	return store.OpenReadOnly(c.Study)
}

func ledgerLine(r contrast.Registry, noted bool) string {
	if noted {
		return r.Tally() + " before these, which are noted now"
	}
	return r.Tally() + "; these are not noted, see --note"
}

// mostSentences are the rows up to which each is put into words: a
// comparison at each of many steps is a table to read by a program.
const mostSentences = 40

// explained says what each comparison means.
func (c *compareCommand) explained(ctx context.Context, s *store.Store, q query.Query, f frame.Frame) ([]answerRow, contrast.Study, error) {
	rows := comparisonRows(f, q.By, c.Baseline)
	st, err := s.Comparing(ctx)
	if err != nil || len(rows) > mostSentences {
		return rows, st, err
	}
	at := 0
	for i := range f.Len() {
		if f.Key(i, q.By[0]) == c.Baseline {
			continue
		}
		r := &rows[at]
		at++
		one := q
		one.Measures = []string{r.Measure}
		if f.Text(frame.Reported, i) != "" {
			continue
		}
		card, err := st.Explain(ctx, one, f.Keys[i]...)
		if err != nil {
			return rows, st, err
		}
		r.about = aboutRow(q, f, i)
		r.Sentence, r.Verdict, r.Standing = card.Sentence, string(card.Verdict), card.Standing.Text
		if c.Margin > 0 {
			if r.said.Margin, err = c.tested(ctx, st, one, f.Keys[i]); err != nil {
				return rows, st, err
			}
		}
	}
	return rows, st, nil
}

// aboutRow names what a sentence of a row does not.
func aboutRow(q query.Query, f frame.Frame, row int) string {
	var parts []string
	if len(q.Measures) > 1 {
		parts = append(parts, f.Text(frame.Measure, row))
	}
	for _, k := range f.Keys[row][1:] {
		parts = append(parts, short(k.Value))
	}
	return strings.Join(parts, ", ")
}

// tested tests a row against the margin.
func (c *compareCommand) tested(ctx context.Context, st contrast.Study, q query.Query, keys []frame.Key) (*marginSaid, error) {
	margin := c.Margin / pointsOf(st, q.Measures[0])
	m, err := st.Within(ctx, q, margin, keys...)
	var none *stats.NotEstimable
	switch {
	case errors.As(err, &none):
		return &marginSaid{Margin: margin, Why: none.Why}, nil
	case err != nil:
		return nil, usage(fmt.Errorf("--margin: %w", err))
	}
	return &marginSaid{Margin: margin, Lo: &m.Lo, Hi: &m.Hi, Level: &m.Level, P: &m.P, Within: m.Within, NotWorse: m.NotWorse, Text: m.Text}, nil
}

// pointsOf is how many points one is on a measure's scale: 100 for rates.
func pointsOf(st contrast.Study, measure string) float64 {
	for _, m := range st.Index.Measures() {
		if m.Name == measure && (m.Rate || m.Lo == 0 && m.Hi == 1) {
			return 100
		}
	}
	return 1
}

// printComparison writes comparisons in the format that was asked for.
func printComparison(w io.Writer, format string, rows []answerRow, fields []string) error {
	switch format {
	case "csv":
		return printComparisonCSV(w, rows, fields)
	case "table":
		if len(rows) == 0 {
			_, err := fmt.Fprintln(w, "there is nothing here beside the baseline to compare with it")
			return err
		}
		if err := printTable(w, rows, fields); err != nil {
			return err
		}
		for _, r := range rows {
			printSaid(w, r)
		}
		return nil
	}
	return printRows(w, format, rows, fields)
}

// printSaid writes what a comparison means, with its p.
func printSaid(w io.Writer, r answerRow) {
	if r.Sentence == "" {
		return
	}
	text := r.Sentence
	if r.about != "" {
		text = r.about + ": " + text
	}
	if r.P != nil {
		text += "; p " + pWords(*r.P)
		if r.PHolm != nil {
			text += ", by Holm " + strings.TrimPrefix(pWords(*r.PHolm), "= ")
		}
	}
	fmt.Fprintln(w, text)
	if m := r.said.Margin; m != nil && m.Why != "" {
		fmt.Fprintln(w, "  the margin is not tested, because "+m.Why)
	} else if m != nil {
		fmt.Fprintln(w, "  "+strings.Join(m.Text, " "))
	}
	fmt.Fprintln(w, "  "+r.Standing)
}

func pWords(p float64) string {
	if p < 0.001 {
		return "< 0.001"
	}
	return "= " + charts.Ratio.Text(p, 0)
}

// printComparisonCSV is printCSV with what only comparisons have.
func printComparisonCSV(w io.Writer, rows []answerRow, fields []string) error {
	c := csv.NewWriter(w)
	head := append(append([]string{}, fields...), "measure", "value", "lo", "hi", "level", "k", "n", "seeds", "excluded", "method", "notes",
		"pairs", "p", "p_floor", "p_holm", "sentence", "verdict", "standing", "margin", "equivalent", "not_worse")
	if err := c.Write(head); err != nil {
		return err
	}
	for _, r := range rows {
		line := append(csvLine(r, fields), full(r.Pairs), full(r.P), full(r.PFloor), full(r.PHolm), r.Sentence, r.Verdict, r.Standing)
		if m := r.said.Margin; m != nil && m.Why == "" {
			line = append(line, full(&m.Margin), fmt.Sprint(m.Within), fmt.Sprint(m.NotWorse))
		} else {
			line = append(line, "", "", "")
		}
		if err := c.Write(line); err != nil {
			return err
		}
	}
	c.Flush()
	return c.Error()
}
