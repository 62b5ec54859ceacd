package main

import (
	"context"
	"encoding/csv"
	"fmt"
	"io"
	"strings"
	"text/tabwriter"

	"witnessmark/data/contrast"
	"witnessmark/data/store"
)

// tellApart prints the fields in which runs differ. Texts are shortened in a
// table, and whole in the other formats.
func tellApart(ctx context.Context, to *console, study string, runs []string, format string, full bool) error {
	s, err := store.OpenReadOnly(study)
	if err != nil {
		return err
	}
	defer s.Close()
	set, err := s.Set(ctx)
	if err != nil {
		return err
	}
	d, err := contrast.DiffRuns(set, runs...)
	if err != nil {
		return usage(err)
	}
	switch format {
	case "json":
		return printRunsJSON(to.out, d)
	case "csv":
		return printRunsCSV(to.out, d)
	}
	return printRuns(to.out, d, full)
}

func printRuns(w io.Writer, d contrast.RunDiff, full bool) error {
	t := tabwriter.NewWriter(w, 0, 4, 2, ' ', 0)
	if len(d.Differ) > 0 {
		fmt.Fprintln(t, "field\t"+strings.Join(d.Runs, "\t"))
	}
	for _, f := range d.Differ {
		fmt.Fprint(t, f.Field)
		for _, v := range f.Values {
			fmt.Fprint(t, "\t"+short(v))
		}
		fmt.Fprintln(t)
	}
	if err := t.Flush(); err != nil {
		return err
	}
	for _, f := range d.Differ {
		if f.Segments != nil {
			fmt.Fprintf(w, "%s: %s\n", f.Field, marked(contrast.Excerpt(f.Segments, 4)))
		}
	}
	if full {
		printTexts(w, d)
	}
	_, err := fmt.Fprintf(w, "note: %s; equal fields: %d\n", d.Sentence, len(d.Equal))
	return err
}

// printTexts writes the texts that a table shortens, each once with the runs
// that have it.
func printTexts(w io.Writer, d contrast.RunDiff) {
	for _, f := range d.Differ {
		if !f.Long {
			continue
		}
		for i, v := range f.Values {
			var runs []string
			for j, other := range f.Values {
				if other == v {
					runs = append(runs, d.Runs[j])
				}
			}
			if runs[0] == d.Runs[i] {
				fmt.Fprintf(w, "%s of %s:\n%s\n\n", f.Field, strings.Join(runs, ", "), v)
			}
		}
	}
}

// marked writes changes of a text as [-removed-] and {+added+}.
func marked(segments []contrast.Segment) string {
	var b strings.Builder
	for _, s := range segments {
		switch s.Change {
		case contrast.Removed:
			b.WriteString("[-" + s.Text + "-]")
		case contrast.Added:
			b.WriteString("{+" + s.Text + "+}")
		case contrast.Elided:
			b.WriteString("… ")
		default:
			b.WriteString(s.Text)
		}
	}
	return strings.Join(strings.Fields(b.String()), " ")
}

func printRunsCSV(w io.Writer, d contrast.RunDiff) error {
	c := csv.NewWriter(w)
	if err := c.Write(append([]string{"field"}, d.Runs...)); err != nil {
		return err
	}
	for _, f := range d.Differ {
		if err := c.Write(append([]string{f.Field}, f.Values...)); err != nil {
			return err
		}
	}
	c.Flush()
	return c.Error()
}

// runDiff is what --format json prints.
type runDiff struct {
	Runs     []string   `json:"runs"`
	Differ   []runField `json:"differ"`
	Equal    []string   `json:"equal"` // names of the fields that are
	Sentence string     `json:"sentence"`
}

type runField struct {
	Field  string   `json:"field"`
	Values []string `json:"values"` // in the order of runs, "" for none
}

func printRunsJSON(w io.Writer, d contrast.RunDiff) error {
	out := runDiff{Runs: d.Runs, Differ: []runField{}, Equal: []string{}, Sentence: d.Sentence}
	for _, f := range d.Differ {
		out.Differ = append(out.Differ, runField{f.Field, f.Values})
	}
	for _, f := range d.Equal {
		out.Equal = append(out.Equal, f.Field)
	}
	return asJSON(w, out)
}
