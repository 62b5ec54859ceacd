package views

import (
	"math"
	"slices"
	"strings"

	"fyne.io/fyne/v2"

	"witnessmark/charts"
	"witnessmark/data"
	"witnessmark/data/frame"
	"witnessmark/views/part"
	"witnessmark/views/theme"
)

// showInspector explains the selected condition, if one is.
func (v *conditions) showInspector() {
	row := -1
	for i := range v.answer.Len() {
		if v.state.IsSelected(v.key(i)) {
			row = i
			break
		}
	}
	if row < 0 {
		part.SetVisible(v.inspect, false, v.body)
		return
	}
	part.SetVisible(v.inspect, true, v.body)
	name := v.name(row)
	blocks := []fyne.CanvasObject{part.Sentence(v.sentence(row)), part.NewParagraph(v.reading(row), theme.Text, theme.SmallSize), v.actions(row)}
	blocks = append(blocks, v.prompt(v.group(row))...)
	blocks = append(blocks, part.Rule(), part.Pairs(v.facts(row)...))
	blocks = append(blocks, v.rowNotes(row)...)
	head := part.Row(theme.Gap, part.NewMarker(v.role(v.group(row))), part.Strong(valueLabel(name)).Short())
	v.inspect.Set(head, blocks...)
	v.explain(row, head)
}

// sentence says the difference, or the estimate where there is none, such as
// "neutral → inoculation: +2.9 points [−22.1, +27.8], paired by 30 seeds".
func (v *conditions) sentence(row int) string {
	base, name := v.state.Baseline, v.spokenName(row)
	as, change := format(v.measureOf), changeFormat(v.measureOf)
	if d := num(v.answer, frame.Diff, row); base != "" && v.group(row) != base && d == d {
		text := valueLabel(base) + " → " + name + ": " + number(v.answer, frame.Diff, row, change).Text
		if format(v.measureOf) != charts.Free {
			text += " points"
		}
		text += " " + interval(v.answer, frame.DiffLo, frame.DiffHi, row, change).Text
		if pairs := num(v.answer, frame.Pairs, row); pairs == pairs {
			text += ", " + charts.Count(pairs, "pair")
		}
		return text
	}
	return name + ": " + number(v.answer, frame.Value, row, as).Text + " " + interval(v.answer, frame.Lo, frame.Hi, row, as).Text + ", " +
		charts.Count(num(v.answer, frame.Seeds, row), "run")
}

// reading says what the interval allows, no stronger than it is.
func (v *conditions) reading(row int) string {
	lo, hi := num(v.answer, frame.DiffLo, row), num(v.answer, frame.DiffHi, row)
	if lo != lo || hi != hi {
		_, why, _ := v.answer.Num(frame.Diff, row)
		if why != "" && v.group(row) != v.state.Baseline {
			return "The difference is not estimable, because " + why + "."
		}
		return "Others are compared with this condition."
	}
	change := changeFormat(v.measureOf)
	unit := ""
	if format(v.measureOf) != charts.Free {
		unit = " points"
	}
	if lo <= 0 && hi >= 0 {
		return "No clear change: the interval allows a fall of " + amount(change, lo) + " or a rise of " + amount(change, hi) + unit + "."
	}
	word := "higher"
	if hi < 0 {
		word = "lower"
	}
	return "It is " + word + " in all of the interval, by at least " + amount(change, math.Min(math.Abs(lo), math.Abs(hi))) + unit + "."
}

// amount writes a difference without its sign.
func amount(as charts.Format, v float64) string {
	return strings.TrimPrefix(as.Bare(math.Abs(v), 0), "+")
}

func (v *conditions) actions(row int) fyne.CanvasObject {
	text := v.sentence(row)
	return part.Row(theme.Gap,
		part.NewButton("Copy sentence", theme.Copy, func() { v.place.Bench.Copy(text, "the sentence") }),
		part.NewButton("Runs", theme.Runs, func() { v.open(v.answer.Keys[row]) }).WithTip("Show the runs of this condition"), part.Spacer())
}

// prompt shows the texts that a condition's runs were trained with.
func (v *conditions) prompt(name string) []fyne.CanvasObject {
	var texts []string
	for _, r := range v.place.Facts().Set.Runs {
		if p := strings.TrimSpace(r.Fields[data.TrainPrompt]); conditionOf(r) == name && p != "" && !slices.Contains(texts, p) {
			texts = append(texts, p)
		}
	}
	if len(texts) == 0 {
		return []fyne.CanvasObject{part.Label("Train prompt"), part.Prose("The files name no train prompt for this condition.")}
	}
	return append([]fyne.CanvasObject{part.Label("Train prompt")}, quotes(texts)...)
}

func (v *conditions) facts(row int) []string {
	f := v.answer
	out := []string{"Runs", charts.Whole.Text(num(f, frame.Seeds, row), 0)}
	if pairs := num(f, frame.Pairs, row); pairs == pairs {
		out[1] += ", of which " + charts.Whole.Text(pairs, 0) + " paired"
	}
	out = append(out, "Interval", levelName(v.state.Level)+" "+f.Text(frame.Method, row))
	if via := f.Text(frame.DiffVia, row); via != "" {
		out = append(out, "Difference", via)
	}
	out = append(out, "Samples", kOfN(f, row).Text, "Left out", leftOut(f, row).Text, "Numbers", f.Text(frame.Grain, row))
	return out
}

func (v *conditions) rowNotes(row int) []fyne.CanvasObject {
	var out []fyne.CanvasObject
	for _, n := range v.answer.Notes {
		if n.Row != row {
			continue
		}
		color := theme.Warn
		if n.Bad {
			color = theme.Bad
		}
		out = append(out, part.NewParagraph(upper(n.Text)+".", color, theme.SmallSize))
	}
	return out
}
