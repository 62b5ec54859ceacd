package views

import (
	"strconv"
	"strings"

	"witnessmark/charts"
	"witnessmark/data/motive"
	"witnessmark/data/predict"
	"witnessmark/data/stats"
	"witnessmark/views/part"
	"witnessmark/views/theme"
)

func (v *predictions) showTables() {
	o := v.outlook
	v.scores.Set(len(o.forecasts), o.scoreColumns(), nil)
	words := predict.Verdict(o.forecasts)
	if o.why != "" {
		words = append(words, o.why)
	}
	v.verdict.SetText(strings.Join(words, ". "))
	v.mechanisms.Set(len(o.panel.Rows), o.mechanismColumns(), nil)
	v.effects.SetText("M1 aligned instructions, M2 persona pressure, M3 conditionalization. " + strings.Join(o.panel.Sentences(), ". ") + ".")
}

// quantityCell writes a number, or that it is not estimable, with the reason as its tip.
func quantityCell(q stats.Quantity, as charts.Format, bold bool) part.Cell {
	x, err := q.Value()
	if err != nil {
		return part.Cell{Text: "not estimable", Color: theme.Muted, Tip: plainError(err)}
	}
	return part.Cell{Text: hundredths(x, as == charts.Change), Bold: bold}
}

// hundredths writes scores and ratios, with two decimals and a true minus.
func hundredths(v float64, signed bool) string {
	text := strings.Replace(strconv.FormatFloat(v, 'f', 2, 64), "-", "−", 1)
	if signed && v > 0 {
		return "+" + text
	}
	return text
}

func (o *outlook) scoreColumns() []part.Column {
	score := func(row int, kind predict.Kind) predict.Score {
		s, _ := o.forecasts[row].Score(kind)
		return s
	}
	log := func(label string, kind predict.Kind) part.Column {
		return part.Column{ID: "log " + label, Label: label, Tip: "Mean log score, 0 at best", Width: 70, Right: true, Fixed: true, Cell: func(row int) part.Cell {
			return quantityCell(score(row, kind).Log, charts.Ratio, kind == predict.OfModel)
		}}
	}
	skill := func(label string, kind predict.Kind) part.Column {
		return part.Column{ID: "skill " + label, Label: "Skill " + label, Tip: "1 is perfect, 0 no better, negative worse", Width: 82, Right: true, Fixed: true, Spare: 1, Cell: func(row int) part.Cell {
			for _, s := range score(row, predict.OfModel).Skill {
				if s.Against == string(kind) {
					return quantityCell(s.Value, charts.Change, false)
				}
			}
			return part.Cell{Text: "not estimable", Color: theme.Muted}
		}}
	}
	return []part.Column{
		{ID: "from", Label: "From", Width: 66, Grow: true, Fixed: true, Cell: func(row int) part.Cell { return part.Cell{Text: "step " + plainNumber(o.forecasts[row].From)} }},
		log("model", predict.OfModel), log("pers.", predict.Persistence), log("cond.", predict.ConditionMean),
		{ID: "brier", Label: "Brier", Width: 50, Right: true, Fixed: true, Spare: 2, Cell: func(row int) part.Cell { return quantityCell(score(row, predict.OfModel).Brier, charts.Ratio, false) }},
		skill("pers.", predict.Persistence), skill("cond.", predict.ConditionMean),
		{ID: "lead", Label: "Lead over cond.", Tip: "Paired difference of log scores", Width: 112, Right: true, Fixed: true, Cell: func(row int) part.Cell {
			lead, ok := score(row, predict.OfModel).Lead(string(predict.ConditionMean))
			if !ok || lead.Why != "" {
				return part.Cell{Text: "not estimable", Color: theme.Muted, Tip: lead.Why}
			}
			return part.Cell{Text: "[" + hundredths(lead.Estimate.Lo, true) + ", " + hundredths(lead.Estimate.Hi, true) + "]", Color: theme.Muted, Tip: lead.Estimate.Method}
		}},
	}
}

func (o *outlook) mechanismColumns() []part.Column {
	row := func(i int) predict.Tested { return o.panel.Rows[i] }
	cols := []part.Column{{ID: "contrast", Label: "Contrast", Width: 150, Grow: true, Fixed: true, Cell: func(i int) part.Cell {
		return part.Cell{Text: row(i).Contrast.Title, Tip: row(i).Contrast.Title}
	}}}
	for m := range motive.Mechanisms {
		name := "M" + string(rune('1'+m))
		cols = append(cols, part.Column{ID: name, Label: name, Tip: motive.Mechanisms[m], Width: 36, Fixed: true, Cell: func(i int) part.Cell {
			sign := row(i).Contrast.Sign[m]
			return part.Cell{Text: [3]string{"−", "0", "+"}[max(-1, min(1, sign))+1], Bold: sign != 0}
		}})
	}
	return append(cols,
		part.Column{ID: "observed", Label: "Observed", Width: 150, Right: true, Fixed: true, Cell: func(i int) part.Cell {
			t := row(i)
			switch {
			case t.Estimate != nil:
				return part.Cell{Text: charts.Change.Text(t.Estimate.Value, 0) + " " + charts.Change.Interval(t.Estimate.Lo, t.Estimate.Hi, 0), Tip: t.Estimate.Method}
			case !t.Run:
				return part.Cell{Text: "not run", Color: theme.Muted, Tip: upper(t.Why)}
			}
			return part.Cell{Text: "not estimable", Color: theme.Muted, Tip: upper(t.Why)}
		}},
		part.Column{ID: "favors", Label: "Favors", Width: 76, Fixed: true, Cell: func(i int) part.Cell { return part.Cell{Text: favored(row(i)), Color: theme.Muted} }})
}

// favored names the mechanisms that foretold what was observed.
func favored(t predict.Tested) string {
	if t.Estimate == nil {
		return "untested"
	}
	var names []string
	for _, m := range t.Favored() {
		names = append(names, "M"+string(rune('1'+m)))
	}
	switch {
	case t.Against(0) == motive.NoEvidence:
		return "covers 0"
	case len(names) == 0 || !t.Contrast.Discriminates():
		return "none"
	}
	return strings.Join(names, ", ")
}
