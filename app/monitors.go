package main

import (
	"bytes"
	"context"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"strings"
	"text/tabwriter"

	"witnessmark/data"
	"witnessmark/data/frame"
	"witnessmark/data/oversight"
	"witnessmark/data/store"
)

// monitorsCommand prints what monitors flag, catch and miss.
type monitorsCommand struct {
	Study     string  `arg:"" help:"Study file."`
	By        string  `help:"Fields to group by." default:"condition" placeholder:"F,F"`
	Monitor   string  `help:"Monitors to judge; all of them when not given." placeholder:"M,M"`
	Truth     string  `help:"Measure of 0 and 1 that says what is so; without one there is the flag rate only." placeholder:"M"`
	Good      bool    `help:"A truth of 1 is the good outcome, and monitors look for 0."`
	Low       bool    `help:"Low scores are the suspicious ones."`
	Where     string  `help:"Filter, such as: condition:neutral step>=100" placeholder:"Q"`
	Steps     string  `help:"Step window: last:10, first:5, at:313, 100..200 or all." placeholder:"W"`
	Threshold string  `help:"A score, frozen:STEP (chosen at that step), or refit (at each step); the monitors' own verdicts when not given." placeholder:"T"`
	Rule      string  `help:"How a threshold is chosen: budget or youden." enum:"budget,youden" default:"budget"`
	Budget    float64 `help:"False positive rate that audits allow." default:"0.01"`
	Level     float64 `help:"Level of the intervals." default:"0.95"`
	Format    string  `help:"table, csv or json." enum:"table,csv,json" default:"table"`
}

func (c *monitorsCommand) Run(ctx context.Context, to *console) error {
	q, set, err := c.question()
	if err != nil {
		return err
	}
	s, err := store.OpenReadOnly(c.Study)
	if err != nil {
		return err
	}
	defer s.Close()
	f, err := c.table(ctx, s, q, set)
	if err != nil {
		return err
	}
	return c.print(to.out, f, q.By)
}

// question turns the flags into what package oversight is asked.
func (c *monitorsCommand) question() (oversight.Question, oversight.Settings, error) {
	shared, err := questionFlags{Where: c.Where, Steps: c.Steps, Level: c.Level}.question()
	if err != nil {
		return oversight.Question{}, oversight.Settings{}, err
	}
	threshold, err := oversight.ParseThreshold(c.Threshold)
	if err != nil {
		return oversight.Question{}, oversight.Settings{}, usage(fmt.Errorf("--threshold: %w", err))
	}
	if !(c.Budget > 0 && c.Budget <= 1) {
		return oversight.Question{}, oversight.Settings{}, usage(fmt.Errorf("--budget: %v is not above 0 and up to 1, such as 0.01", c.Budget))
	}
	q := oversight.Question{Where: shared.Where, Steps: shared.Steps, By: list(c.By), Truth: c.Truth, Good: c.Good, Low: c.Low}
	if len(q.By) == 0 {
		q.By = []string{data.Condition}
	}
	set := oversight.Settings{Threshold: threshold, Budget: c.Budget, Level: c.Level}
	if c.Rule == string(oversight.ByYouden) {
		set.Rule = oversight.ByYouden
	}
	return q, set, nil
}

// table reads each monitor at the threshold.
func (c *monitorsCommand) table(ctx context.Context, s *store.Store, q oversight.Question, set oversight.Settings) (frame.Frame, error) {
	index, err := s.Index(ctx)
	if err != nil {
		return frame.Frame{}, err
	}
	columns, err := s.Set(ctx)
	if err != nil {
		return frame.Frame{}, err
	}
	study := oversight.Study{Index: index, Monitors: columns.Monitors}
	names := list(c.Monitor)
	if len(names) == 0 {
		names = study.Names()
	}
	if len(names) == 0 {
		names = []string{""} // none, which the question below says
	}
	var readings []*oversight.Reading
	for _, name := range names {
		q.Monitor = name
		board, err := study.Board(ctx, q)
		if err != nil {
			return frame.Frame{}, err
		}
		r := board.Read()
		if err := r.Move(set); err != nil {
			return frame.Frame{}, fmt.Errorf("%s: %w", name, err)
		}
		readings = append(readings, r)
	}
	return oversight.Table(oversight.Everywhere, readings...), nil
}

// A monitorField is one entry of a monitor's row: text, a number, or
// something that JSON knows how to write.
type monitorField struct {
	name  string
	value any
}

// A monitorRow is a row of the table as a JSON object, its entries in order.
type monitorRow []monitorField

// MarshalJSON writes the entries in their order.
func (r monitorRow) MarshalJSON() ([]byte, error) {
	var b bytes.Buffer
	for i, field := range r {
		b.WriteByte("{,"[min(i, 1)])
		name, _ := json.Marshal(field.name)
		value, err := json.Marshal(field.value)
		if err != nil {
			return nil, err
		}
		b.Write(name)
		b.WriteByte(':')
		b.Write(value)
	}
	b.WriteByte('}')
	return b.Bytes(), nil
}

// monitorCounts are the plain numbers of a row, in order.
var monitorCounts = []string{
	oversight.FlaggedColumn, frame.N, oversight.UnknownColumn, oversight.UnscoredColumn, frame.Excluded,
	oversight.PositivesColumn, oversight.NegativesColumn, frame.Seeds, oversight.ThresholdColumn, frame.Level,
}

// numbers lists the plain numbers of a row and every rate with its interval.
func (r monitorRow) numbers(f frame.Frame, row int) monitorRow {
	for _, name := range monitorCounts {
		r = append(r, monitorField{name, number(f, name, row)})
	}
	for _, name := range oversight.RateColumns() {
		for _, part := range []string{"", "_lo", "_hi", "_k", "_n"} {
			r = append(r, monitorField{name + part, number(f, name+part, row)})
		}
		r = append(r, monitorField{name + "_method", f.Text(name+"_method", row)})
	}
	return r
}

// monitorNotes says why numbers are missing, numbers of one reason together,
// then what else must be told.
func monitorNotes(f frame.Frame, row int) []string {
	var reasons []string
	missing := map[string][]string{}
	for _, name := range oversight.RateColumns() {
		_, why, ok := f.Num(name, row)
		what := name
		if _, whyLo, bounded := f.Num(name+"_lo", row); ok && !bounded {
			why, what, ok = whyLo, "the interval of "+name, false
		}
		if ok || why == "" {
			continue
		}
		if missing[why] == nil {
			reasons = append(reasons, why)
		}
		missing[why] = append(missing[why], what)
	}
	out := []string{}
	for _, why := range reasons {
		out = append(out, strings.Join(missing[why], ", ")+": not estimable, because "+why)
	}
	return append(out, notes(f, row)...)
}

func (c *monitorsCommand) print(w io.Writer, f frame.Frame, fields []string) error {
	switch c.Format {
	case "json":
		return printMonitorJSON(w, f, fields)
	case "csv":
		return printMonitorCSV(w, f, fields)
	}
	return printMonitorTable(w, f, fields)
}

func printMonitorJSON(w io.Writer, f frame.Frame, fields []string) error {
	rows := make([]monitorRow, f.Len())
	for i := range rows {
		r := monitorRow{{"by", by(f, i, fields)}, {"monitor", f.Text(oversight.MonitorColumn, i)}}
		rows[i] = append(r.numbers(f, i), monitorField{"notes", monitorNotes(f, i)})
	}
	return asJSON(w, rows)
}

func printMonitorCSV(w io.Writer, f frame.Frame, fields []string) error {
	out := csv.NewWriter(w)
	head := append(append([]string{}, fields...), oversight.MonitorColumn)
	for _, field := range (monitorRow{}).numbers(f, 0) {
		head = append(head, field.name)
	}
	if err := out.Write(append(head, "notes")); err != nil {
		return err
	}
	for i := range f.Len() {
		line := []string{}
		for _, field := range fields {
			line = append(line, f.Key(i, field))
		}
		line = append(line, f.Text(oversight.MonitorColumn, i))
		for _, field := range (monitorRow{}).numbers(f, i) {
			switch v := field.value.(type) {
			case *float64:
				line = append(line, full(v))
			case string:
				line = append(line, v)
			}
		}
		if err := out.Write(append(line, strings.Join(monitorNotes(f, i), "; "))); err != nil {
			return err
		}
	}
	out.Flush()
	return out.Error()
}

func printMonitorTable(w io.Writer, f frame.Frame, fields []string) error {
	t := tabwriter.NewWriter(w, 0, 4, 2, ' ', 0)
	head := append(append([]string{}, fields...), oversight.MonitorColumn, "flagged", "unknown")
	fmt.Fprintln(t, strings.Join(append(head, oversight.RateColumns()...), "\t"))
	for i := range f.Len() {
		for _, field := range fields {
			fmt.Fprintf(t, "%s\t", short(f.Key(i, field)))
		}
		fmt.Fprintf(t, "%s\t%s of %s\t%s", f.Text(oversight.MonitorColumn, i), count(number(f, oversight.FlaggedColumn, i)), count(number(f, frame.N, i)), count(number(f, oversight.UnknownColumn, i)))
		for _, name := range oversight.RateColumns() {
			fmt.Fprintf(t, "\t%s", rateText(f, name, i))
		}
		fmt.Fprintln(t)
	}
	if err := t.Flush(); err != nil {
		return err
	}
	for _, n := range footNotes(f, fields) {
		fmt.Fprintln(w, "note:", n)
	}
	return nil
}

// footNotes lists every note once, with the rows that it is about unless it
// is about all.
func footNotes(f frame.Frame, fields []string) []string {
	var order []string
	rows := map[string][]string{}
	if f.Len() == 0 {
		for _, n := range f.Notes {
			order = append(order, n.Text)
		}
		return order
	}
	for i := range f.Len() {
		var name []string
		for _, field := range fields {
			name = append(name, short(f.Key(i, field)))
		}
		name = append(name, f.Text(oversight.MonitorColumn, i))
		for _, n := range monitorNotes(f, i) {
			if rows[n] == nil {
				order = append(order, n)
			}
			rows[n] = append(rows[n], strings.Join(name, ", "))
		}
	}
	for i, n := range order {
		if len(rows[n]) < f.Len() {
			order[i] = strings.Join(rows[n], "; ") + ": " + n
		}
	}
	return order
}

// rateText writes a rate with its interval.
func rateText(f frame.Frame, name string, row int) string {
	v, lo, hi := number(f, name, row), number(f, name+"_lo", row), number(f, name+"_hi", row)
	if v != nil && lo != nil && hi != nil {
		return fmt.Sprintf("%s [%s, %s]", shown(v), shown(lo), shown(hi))
	}
	return shown(v)
}
