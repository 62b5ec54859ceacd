package views

import (
	"slices"
	"strings"

	"witnessmark/charts"
	"witnessmark/data/frame"
	"witnessmark/views/part"
	"witnessmark/views/theme"
)

// reportedMeasures lists measures that say of monitors what was worked out
// elsewhere.
func (f *Facts) reportedMeasures() []string {
	var out []string
	for _, m := range f.Measures {
		if m.Monitor == "" && reportedRate(m.Name) != "" {
			out = append(out, m.Name)
		}
	}
	return out
}

// reportedRate is the column of the table that a measure belongs in, "" for
// none.
func reportedRate(measure string) string {
	switch strings.TrimPrefix(lower(plainName(measure)), "monitor ") {
	case "recall", "tpr", "true positive rate":
		return "recall"
	case "fpr", "false positive rate":
		return "fpr"
	case "precision":
		return "precision"
	case "g-mean²", "g-mean2", "g mean2":
		return "g_mean2"
	}
	return ""
}

// citing are the fields that say where a reported number was read.
func (f *Facts) citing() []string {
	var out []string
	for _, name := range []string{"citation", "locator"} {
		if slices.ContainsFunc(f.Fields, func(own Field) bool { return own.Name == name }) {
			out = append(out, name)
		}
	}
	return out
}

// asImported keeps the rows that have a value.
func asImported(f frame.Frame) frame.Frame {
	var rows []int
	for i := range f.Len() {
		if v := num(f, frame.Value, i); v == v {
			rows = append(rows, i)
		}
	}
	return f.Select(rows)
}

// sourceOf is where a reported number was read.
func (v *monitors) sourceOf(row int) string {
	var words []string
	for _, field := range v.place.Facts().citing() {
		if text := v.reported.Text(field, row); text != "" {
			words = append(words, text)
		}
	}
	return strings.Join(words, ", ")
}

// reportedHead stands above what was reported, with the source if it is one.
func (v *monitors) reportedHead() string {
	var sources []string
	for i := range v.reported.Len() {
		if c := v.reported.Text("citation", i); c != "" && !slices.Contains(sources, c) {
			sources = append(sources, c)
		}
	}
	if len(sources) == 0 || len(sources) > 2 {
		return "As imported, not worked out here"
	}
	return "Reported, " + strings.Join(sources, " and ") + ", not worked out here"
}

// reportedCell is a number as it was reported, or that it was not.
func (v *monitors) reportedCell(r monitorRow, column string) part.Cell {
	row, ok := r.reported[column]
	switch {
	case ok:
		return part.Cell{Text: charts.Percent.Text(num(v.reported, frame.Value, row), 100)}
	case column != "recall" && column != "fpr" && column != "precision" && column != "g_mean2":
		return part.Cell{}
	case column == "g_mean2":
		return part.Cell{Text: "needs FPR", Color: theme.Muted}
	}
	return part.Cell{Text: "not reported", Color: theme.Muted}
}

// showReportedOnly is the view of a study whose monitors were judged elsewhere,
// or that has none.
func (v *monitors) showReportedOnly() {
	v.offerTools(false)
	if v.reported.Len() == 0 {
		a := noMonitors(v.place.Desk)
		v.say(part.Message(a.Text, part.Info, a.button()))
		return
	}
	rows := v.rows()
	t := part.NewTable()
	t.Set(len(rows), v.columns(rows), nil)
	head := part.Head(part.Strong("Monitors by scope"), part.Small("Recall and precision as reported; charts need a verdict or score a sample").Short())
	v.table.Set(len(rows), v.columns(rows), nil)
	v.say(part.Border(head, nil, nil, nil, t))
}
