package views

import (
	"slices"
	"strings"

	"witnessmark/charts"
	"witnessmark/data"
	"witnessmark/data/frame"
	"witnessmark/data/oversight"
	"witnessmark/views/figure"
	"witnessmark/views/part"
	"witnessmark/views/theme"
)

// A monitorRow is a row of the table: a monitor whose rates are worked out
// here, or a line of what was reported elsewhere.
type monitorRow struct {
	computed int // row of the picture's table, −1 for none
	name     string
	reported map[string]int // column to row of the reported answer
	source   string         // where they were read
	head     string         // a line that separates, "" for none
}

// showTable fills the table of monitors, with what was reported below what is
// worked out.
func (v *monitors) showTable() {
	if v.picture != nil && v.lower() == lowerGroups {
		v.showListed()
		return
	}
	rows := v.rows()
	v.table.Dim = nil
	v.table.Key = func(row int) string {
		if r := rows[row]; r.computed >= 0 {
			return r.name
		}
		return ""
	}
	v.table.Set(len(rows), v.columns(rows), nil)
	v.panes.rows = len(rows)
	if v.picture == nil {
		return
	}
	v.selectShown()
	f := v.picture.table
	v.noteLower(f, func(row int) string { return figure.Spoken(f.Text(oversight.MonitorColumn, row)) }, v.scopeText())
}

// selectShown marks the row of what the charts show.
func (v *monitors) selectShown() {
	switch mode := v.lower(); {
	case v.picture == nil:
	case mode == lowerMonitors:
		v.table.SetSelected([]string{v.picture.shown})
	case mode == lowerGroups:
		v.table.SetSelected([]string{v.picture.focus})
	}
}

// showListed lists what the monitor that is shown does in every group.
func (v *monitors) showListed() {
	p := v.picture
	f := p.listed
	v.table.Dim = nil
	v.table.Key = func(row int) string { return rowName(f, row) }
	v.table.Set(f.Len(), v.listedColumns(f), nil)
	v.panes.rows = f.Len()
	v.selectShown()
	v.noteLower(f, func(row int) string { return figure.Spoken(rowName(f, row)) }, figure.Spoken(p.shown)+endName(p.place.Step)+p.at())
}

func (v *monitors) listedColumns(f frame.Frame) []part.Column {
	out := []part.Column{
		{ID: "group", Label: title(v.picture.by), Width: 130, Grow: true, Cell: func(row int) part.Cell {
			name := rowName(f, row)
			return part.Cell{Text: valueLabel(name), Bold: true, Marker: v.roleIn(name), Tip: name}
		}},
		{ID: oversight.FlaggedColumn, Label: "Flagged", Width: 104, Right: true, Num: func(row int) float64 { return num(f, oversight.FlaggedColumn, row) }, Cell: func(row int) part.Cell {
			return part.Cell{Text: charts.Whole.Text(num(f, oversight.FlaggedColumn, row), 0) + " of " + charts.Whole.Text(num(f, frame.N, row), 0)}
		}},
		{ID: oversight.UnknownColumn, Label: "Unknown", Width: 80, Right: true, Spare: 4, Tip: "Verdicts neither yes nor no, in no rate", Num: func(row int) float64 { return num(f, oversight.UnknownColumn, row) },
			Cell: func(row int) part.Cell { return number(f, oversight.UnknownColumn, row, charts.Whole) }},
	}
	rates := []estimated{{"flag_rate", "Flag rate", 74, 72, charts.Percent, "Flagged, of all with a verdict"}}
	if !v.picture.blind {
		rates = append(rates, estimated{"recall", "Recall", 62, 70, charts.Percent, ""}, estimated{"fpr", "FPR", 58, 60, charts.Percent, ""},
			estimated{"precision", "Precision", 76, 66, charts.Percent, ""}, estimated{"g_mean2", "g-mean²", 92, 0, charts.Ratio, ""})
	}
	for _, r := range rates {
		cols := r.columns(f, levelName(v.state.Level))
		cols[0].Fixed, cols[0].Num = false, func(row int) float64 { return num(f, r.id, row) }
		if r.span == 0 {
			cols = cols[:1]
		}
		out = append(out, cols...)
	}
	return out
}

// roleIn is the look of a group.
func (v *monitors) roleIn(name string) charts.Role {
	if v.picture.by != data.Condition {
		return ""
	}
	return v.place.Facts().Role(name)
}

func (v *monitors) rows() []monitorRow {
	var out []monitorRow
	if v.picture != nil {
		for i, name := range textsOf(v.picture.table, oversight.MonitorColumn) {
			out = append(out, monitorRow{computed: i, name: name})
		}
	}
	if v.reported.Len() == 0 {
		return out
	}
	out = append(out, monitorRow{computed: -1, head: v.reportedHead()})
	at := map[string]int{}
	for i := range v.reported.Len() {
		name := v.reported.Text(data.Condition, i)
		if eval := v.reported.Text(data.Eval, i); eval != "" {
			name += ", " + eval
		}
		k, known := at[name]
		if !known {
			k = len(out)
			at[name] = k
			out = append(out, monitorRow{computed: -1, name: name, reported: map[string]int{}, source: v.sourceOf(i)})
		}
		out[k].reported[reportedRate(v.reported.Text(frame.Measure, i))] = i
	}
	return out
}

// scopeText says what the rates of the table are of.
func (v *monitors) scopeText() string {
	p := v.picture
	text := figure.Spoken(p.focus) + endName(p.place.Step)
	row := slices.Index(textsOf(p.table, oversight.MonitorColumn), p.shown)
	if row >= 0 && !p.blind {
		text += ", " + charts.Count(num(p.table, oversight.PositivesColumn, row), spokenTruth(p.watch.truth)) + " of " + charts.Whole.Text(num(p.table, oversight.PositivesColumn, row)+num(p.table, oversight.NegativesColumn, row), 0)
	}
	return text + p.at()
}

// noteLower puts what must be known into the head of the table: the worst
// note, and how many more there are.
func (v *monitors) noteLower(f frame.Frame, name func(row int) string, text string) {
	v.head.SetText(text)
	groups := groupNotes(f)
	v.notes.Set(append(hiddenChip(v.place), chips(groups, name, v.place.Bench)...), func() { allNotes(groups, name, v.place.Bench) })
	v.tableHead.Refresh()
}

// columns declares the table: each rate with its interval beside it.
func (v *monitors) columns(rows []monitorRow) []part.Column {
	plain := func(id, label string, width float32, spare int) part.Column {
		return part.Column{ID: id, Label: label, Width: width, Right: true, Fixed: true, Spare: spare, Cell: func(row int) part.Cell { return v.rateCell(rows[row], id) }}
	}
	scope, least := float32(108), float32(0)
	if v.reported.Len() > 0 {
		scope, least = 210, 98 // names and words of what was reported
	}
	out := []part.Column{{ID: "scope", Label: "Scope", Width: scope, Grow: true, Fixed: true, Cell: func(row int) part.Cell { return v.scopeCell(rows[row]) }}}
	rate := func(id, label string, width, span float32, spare int) {
		out = append(out, plain(id, label, width, spare), part.Column{ID: id + "_lo", Label: levelName(v.state.Level), Width: span, Right: true, Fixed: true, Spare: 2 * spare,
			Cell: func(row int) part.Cell { return v.spanCell(rows[row], id) }})
	}
	if v.picture == nil {
		out = append(out, plain("recall", "Recall", 110, 0), plain("fpr", "FPR", 110, 0), plain("precision", "Precision", 110, 0), plain("g_mean2", "g-mean²", 110, 1))
		return append(out, part.Column{ID: "source", Label: "Source", Width: 280, Fixed: true, Spare: 2, Cell: func(row int) part.Cell {
			return part.Cell{Text: rows[row].source, Tip: rows[row].source, Color: theme.Muted}
		}})
	}
	if v.picture.blind {
		rate("flag_rate", "Flag rate", 90, 80, 0)
		return append(out, plain(oversight.ThresholdColumn, "Threshold", 90, 1), plain(frame.N, "Samples", 90, 2))
	}
	out = append(out, plain(oversight.ThresholdColumn, "Threshold", 76, 9))
	rate("recall", "Recall", max(60, least), 62, 0)
	rate("fpr", "FPR", max(56, least), 56, 0)
	rate("precision", "Precision", max(74, least), 68, 1)
	out = append(out, plain("g_mean2", "g-mean²", max(68, least), 1))
	rate("tpr_at_1pct", "TPR at 1 %", 84, 62, 2)
	rate("tpr_at_5pct", "TPR at 5 %", 84, 62, 3)
	for i := range out {
		if id := out[i].ID; id == "tpr_at_1pct" || id == "tpr_at_5pct" {
			out[i].Tip = "Recall at the best threshold within this false positive rate, found on the same samples"
		}
	}
	return out
}

func (v *monitors) spanCell(r monitorRow, column string) part.Cell {
	if r.computed < 0 {
		return part.Cell{}
	}
	_, span := estimateCells(v.picture.table, r.computed, column, rateFormat(column))
	span.Tip = v.picture.table.Text(column+"_method", r.computed)
	return span
}

func (v *monitors) scopeCell(r monitorRow) part.Cell {
	switch {
	case r.head != "":
		return part.Cell{Text: r.head, Color: theme.Muted, Across: len(v.table.Columns), Tip: r.head}
	case r.computed < 0:
		return part.Cell{Text: valueLabel(r.name), Tip: strings.TrimSpace(r.name + "\n" + r.source)}
	}
	c := part.Cell{Text: valueLabel(figure.Spoken(r.name)), Bold: true, Marker: figure.MonitorRole(v.picture.watch.at(r.name)), Tip: r.name}
	if m, ok := v.picture.watch.study.Monitors[r.name]; ok {
		c.Tip = strings.Join(slices.DeleteFunc([]string{r.name, m.Scope, m.Kind, m.Model, trained(m)}, func(s string) bool { return s == "" }), "\n")
	}
	return c
}

func trained(m data.Monitor) string {
	if m.TrainedAgainst {
		return "trained against"
	}
	return ""
}

func (v *monitors) rateCell(r monitorRow, column string) part.Cell {
	switch {
	case r.head != "":
		return part.Cell{}
	case r.computed < 0:
		return v.reportedCell(r, column)
	case column == oversight.ThresholdColumn:
		return v.thresholdCell(r)
	case column == frame.N:
		return number(v.picture.table, column, r.computed, charts.Whole)
	}
	value, span := estimateCells(v.picture.table, r.computed, column, rateFormat(column))
	if span.Text != "" {
		value.Tip = value.Text + " " + span.Text + "\n" + v.picture.table.Text(column+"_method", r.computed)
	}
	return value
}

func (v *monitors) thresholdCell(r monitorRow) part.Cell {
	at, why, ok := v.picture.table.Num(oversight.ThresholdColumn, r.computed)
	if !ok {
		text := "as flagged"
		if strings.HasPrefix(why, "chosen anew") {
			text = "refit"
		}
		return part.Cell{Text: text, Color: theme.Muted, Tip: why}
	}
	return part.Cell{Text: figure.ThresholdText(at, v.picture.watch.boards[v.picture.watch.at(r.name)].Scale), Color: theme.Muted}
}

// rateFormat is how a rate is written; brackets are without decimals.
func rateFormat(column string) charts.Format {
	if column == "g_mean2" {
		return charts.Ratio
	}
	return charts.Percent
}
