package main

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"slices"
	"strings"
	"text/tabwriter"

	"witnessmark/data/frame"
)

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

// A monitorTable is a frame about monitors with what is printed of it.
type monitorTable struct {
	frame.Frame
	fields []string               // of groups
	texts  []string               // columns that name the rest of a row
	counts []string               // plain numbers, in order
	rates  []string               // estimates, each with its interval
	head   []string               // of the plain numbers in a table to be read
	plain  func(row int) []string // those
}

// numbers lists the plain numbers of a row and every rate with its interval.
func (t monitorTable) numbers(row int) monitorRow {
	var r monitorRow
	for _, name := range t.counts {
		r = append(r, monitorField{name, number(t.Frame, name, row)})
	}
	for _, name := range t.rates {
		for _, part := range []string{"", "_lo", "_hi", "_k", "_n"} {
			r = append(r, monitorField{name + part, number(t.Frame, name+part, row)})
		}
		r = append(r, monitorField{name + "_method", t.Text(name+"_method", row)})
	}
	return r
}

// monitorNotes says why numbers are missing, numbers of one reason together,
// then what else must be told.
func (t monitorTable) notes(row int) []string {
	f := t.Frame
	var reasons []string
	missing := map[string][]string{}
	for _, name := range t.rates {
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

func (c *monitorsCommand) print(w io.Writer, t monitorTable) error {
	switch c.Format {
	case "json":
		return t.printJSON(w)
	case "csv":
		return t.printCSV(w)
	}
	return t.printTable(w)
}

func (t monitorTable) printJSON(w io.Writer) error {
	rows := make([]monitorRow, t.Len())
	for i := range rows {
		r := monitorRow{{"by", by(t.Frame, i, t.fields)}}
		for _, name := range t.texts {
			r = append(r, monitorField{name, t.Text(name, i)})
		}
		rows[i] = append(append(r, t.numbers(i)...), monitorField{"notes", t.notes(i)})
	}
	return asJSON(w, rows)
}

func (t monitorTable) printCSV(w io.Writer) error {
	out := csv.NewWriter(w)
	head := slices.Concat(t.fields, t.texts)
	for _, field := range t.numbers(0) {
		head = append(head, field.name)
	}
	if err := out.Write(append(head, "notes")); err != nil {
		return err
	}
	for i := range t.Len() {
		line := t.names(i)
		for _, field := range t.numbers(i) {
			switch v := field.value.(type) {
			case *float64:
				line = append(line, full(v))
			case string:
				line = append(line, v)
			}
		}
		if err := out.Write(append(line, strings.Join(t.notes(i), "; "))); err != nil {
			return err
		}
	}
	out.Flush()
	return out.Error()
}

// names are the group of a row and what else names it.
func (t monitorTable) names(row int) []string {
	var out []string
	for _, field := range t.fields {
		out = append(out, t.Key(row, field))
	}
	for _, name := range t.texts {
		out = append(out, t.Text(name, row))
	}
	return out
}

func (t monitorTable) printTable(w io.Writer) error {
	out := tabwriter.NewWriter(w, 0, 4, 2, ' ', 0)
	fmt.Fprintln(out, strings.Join(slices.Concat(t.fields, t.texts, t.head, t.rates), "\t"))
	for i := range t.Len() {
		line := t.names(i)
		for k := range t.fields {
			line[k] = short(line[k])
		}
		line = append(line, t.plain(i)...)
		for _, name := range t.rates {
			line = append(line, rateText(t.Frame, name, i))
		}
		fmt.Fprintln(out, strings.Join(line, "\t"))
	}
	if err := out.Flush(); err != nil {
		return err
	}
	for _, n := range t.footNotes() {
		fmt.Fprintln(w, "note:", n)
	}
	return nil
}

// footNotes lists every note once, with the rows that it is about unless it
// is about all.
func (t monitorTable) footNotes() []string {
	f := t.Frame
	var order []string
	rows := map[string][]string{}
	if f.Len() == 0 {
		for _, n := range f.Notes {
			order = append(order, n.Text)
		}
		return order
	}
	for i := range f.Len() {
		name := t.names(i)
		for k := range t.fields {
			name[k] = short(name[k])
		}
		for _, n := range t.notes(i) {
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
