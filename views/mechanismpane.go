package views

import (
	"context"
	"errors"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"

	"witnessmark/charts"
	"witnessmark/data/motive"
	"witnessmark/data/predict"
	"witnessmark/views/desk"
	"witnessmark/views/figure"
	"witnessmark/views/part"
	"witnessmark/views/task"
	"witnessmark/views/theme"
)

// mechanismPane lists the contrasts that tell the mechanisms of inoculation
// apart: which sign each predicts, and what the study shows.
type mechanismPane struct {
	place  Place
	slot   *task.Slot
	asked  string
	panel  predict.Panel
	table  *part.Table
	effect *part.Select
	words  *part.Paragraph
	face   fyne.CanvasObject
}

// effectSizes are the sizes of effect that can be chosen, in points.
var effectSizes = []string{"5", "10", "20", "40", "60"}

// denseRow lets all contrasts be seen at once.
const denseRow = 22

func newMechanismPane(p Place) *mechanismPane {
	v := &mechanismPane{place: p, slot: task.NewSlot(p.Tasks), table: part.NewTable(), words: part.Prose("")}
	v.table.RowHeight = denseRow
	v.table.OnOpen = func(row int) { openBehind(p, v.panel.Rows[row].Keys) }
	v.table.OnMenu = func(_ int, at fyne.Position) {
		p.Bench.Menu(at, fyne.NewMenuItem("Copy the table", func() { p.Bench.Copy(v.table.TSV(), "the table") }))
	}
	v.effect = part.NewSelect(effectSizes, "", func(e string) { p.Desk.Do(desk.SetOption("Effect scale", figure.EffectOption, e)) })
	v.effect.Tip = "Size of an effect that a mechanism is taken to predict where it predicts a sign, in points; the sums below rest on it"
	v.effect.Height = theme.Small
	for _, e := range effectSizes {
		v.effect.Labels = append(v.effect.Labels, e+" points")
	}
	arms := part.NewButton("Arms…", "", v.chooseArms).WithTip("Which conditions, prompts and measures the contrasts compare")
	arms.Height = theme.Small
	head := part.Head(part.Strong("Mechanisms of inoculation"), part.Optional(part.Small("Effect")), v.effect, arms)
	foot := part.Border(part.Rule(), nil, nil, nil, part.Scroll(part.Pad(5, 10, 6, 10, v.words)))
	v.face = part.Border(head, part.Fixed(0, 70, foot), nil, nil, v.table)
	return v
}

// show asks for the contrasts of a state, unless they are there.
func (v *mechanismPane) show(s desk.State) {
	study := v.place.Study()
	if study == nil {
		return
	}
	asked := strconv.FormatInt(v.place.Facts().Revision, 10) + figure.Recipe("mechanisms", mechanismState(s))
	if asked == v.asked {
		return
	}
	v.asked = asked
	v.effect.Set(effectSizes, s.Option(figure.EffectOption, strconv.Itoa(predict.UsualEffect)))
	task.Do(context.Background(), v.slot, func(ctx context.Context) (predict.Panel, error) {
		x, err := study.Index(ctx)
		if err != nil {
			return predict.Panel{}, err
		}
		return predict.Mechanisms(ctx, x, figure.Mechanisms(x, s))
	}, v.done)
}

// mechanismState is the part of a state that contrasts depend on.
func mechanismState(s desk.State) desk.State {
	out := desk.State{Where: s.Where, Steps: s.Steps, Measure: s.Measure, Level: s.Level}
	for name, value := range s.Options {
		if strings.HasPrefix(name, figure.ArmsOption) || name == figure.EffectOption {
			out = out.With(name, value)
		}
	}
	return out
}

func (v *mechanismPane) done(p predict.Panel, err error) {
	switch {
	case errors.Is(err, context.Canceled):
		return
	case err != nil:
		v.panel, v.asked = predict.Panel{}, ""
		v.words.SetText(plainError(err))
	default:
		v.panel = p
		v.words.SetText(evidence(p) + ". M1 aligned instructions, M2 persona pressure, M3 conditionalization; 0 predicts no change. " + upper(p.Compared()))
	}
	v.table.Set(len(v.panel.Rows), v.columns(), nil)
}

// evidence says what the contrasts come to.
func evidence(p predict.Panel) string {
	if p.Clear == 0 {
		return "No contrast that tells the mechanisms apart shows a clear change; an interval that covers 0 is no evidence"
	}
	var foretold, sums []string
	for m := range motive.Mechanisms {
		name := "M" + strconv.Itoa(m+1) + " "
		foretold = append(foretold, name+strconv.Itoa(p.Foretold[m]))
		sums = append(sums, name+strings.Replace(strconv.FormatFloat(p.Evidence[m], 'f', 1, 64), "-", "−", 1))
	}
	return "Foretold of " + charts.Count(float64(p.Clear), "clear contrast") + ": " + strings.Join(foretold, ", ") +
		". Summed log-likelihood below the best, if effects are of " + plainNumber(p.Effect) + " points: " + strings.Join(sums, ", ") + ". An interval that covers 0 is no evidence"
}

func (v *mechanismPane) columns() []part.Column {
	row := func(i int) predict.Tested { return v.panel.Rows[i] }
	cols := []part.Column{{ID: "contrast", Label: "Contrast", Width: 196, Grow: true, Fixed: true, Cell: func(i int) part.Cell {
		c := row(i).Contrast
		return part.Cell{Text: c.Title, Tip: c.Title + ": " + c.Measured + ". Known: " + c.Known}
	}}}
	for m := range motive.Mechanisms {
		name := "M" + strconv.Itoa(m+1)
		cols = append(cols, part.Column{ID: name, Label: name, Tip: upper(motive.Mechanisms[m]), Width: 34, Fixed: true, Cell: func(i int) part.Cell { return signCell(row(i), motive.Mechanism(m)) }})
	}
	return append(cols,
		part.Column{ID: "observed", Label: "Observed, " + levelName(v.panelLevel()), Tip: "In points, with its interval", Width: 162, Right: true, Fixed: true, Cell: func(i int) part.Cell { return observedCell(row(i)) }},
		part.Column{ID: "favors", Label: "Favors", Width: 64, Fixed: true, Cell: func(i int) part.Cell {
			return part.Cell{Text: favored(row(i)), Color: theme.Muted, Tip: favoredWhy(row(i))}
		}})
}

func (v *mechanismPane) panelLevel() float64 {
	for _, t := range v.panel.Rows {
		if t.Estimate != nil {
			return t.Estimate.Level
		}
	}
	return 0
}

// signCell shows a predicted sign, on green where it is the one observed and
// the contrast tells the mechanisms apart.
func signCell(t predict.Tested, m motive.Mechanism) part.Cell {
	sign := t.Contrast.Sign[m]
	c := part.Cell{Text: [3]string{"−", "0", "+"}[max(-1, min(1, sign))+1], Bold: sign != 0, Tip: motive.Mechanisms[m] + " predicts " + [3]string{"a fall", "no change", "a rise"}[max(-1, min(1, sign))+1]}
	for _, f := range t.Favored() {
		if f == m {
			c.Ground, c.Color, c.Tip = theme.OKBack, theme.OK, c.Tip+", as observed"
		}
	}
	return c
}

func observedCell(t predict.Tested) part.Cell {
	switch {
	case t.Estimate != nil:
		text := charts.Change.Text(t.Estimate.Value, 0) + " " + charts.Change.Interval(t.Estimate.Lo, t.Estimate.Hi, 0)
		return part.Cell{Text: text, Tip: text + " points, " + sidesOf(t) + t.Estimate.Method}
	case !t.Run:
		why := strings.Replace(t.Why, "the study has no ", "not run, no ", 1)
		for _, noun := range []string{" arm", " measure"} {
			why = strings.TrimSuffix(why, noun)
		}
		return part.Cell{Text: why, Color: theme.Muted, Tip: "Not run: " + t.Why, Across: 1}
	}
	return part.Cell{Text: t.Why, Color: theme.Muted, Tip: "Not estimable, because " + t.Why, Across: 1}
}

// sidesOf says what is subtracted from what, with a comma after it.
func sidesOf(t predict.Tested) string {
	var of, base []string
	for _, pair := range [][2]string{{t.Of.Condition, t.Base.Condition}, {t.Of.EvalPrompt, t.Base.EvalPrompt}} {
		if pair[0] != pair[1] {
			of, base = append(of, valueLabel(pair[0])), append(base, valueLabel(pair[1]))
		}
	}
	if of == nil {
		return ""
	}
	return strings.Join(of, ", ") + " less " + strings.Join(base, ", ") + ", " + plainName(t.Of.Measure) + ", "
}

// favored names the mechanisms that foretold what was observed.
func favored(t predict.Tested) string {
	if t.Estimate == nil {
		return "" // the reason runs over it
	}
	var names []string
	for _, m := range t.Favored() {
		names = append(names, "M"+strconv.Itoa(int(m)+1))
	}
	switch {
	case t.Against(0) == motive.NoEvidence:
		return "covers 0"
	case !t.Contrast.Discriminates():
		return "no power"
	case len(names) == 0:
		return "none"
	}
	return strings.Join(names, ", ")
}

func favoredWhy(t predict.Tested) string {
	switch {
	case t.Estimate == nil:
		return upper(t.Why)
	case t.Against(0) == motive.NoEvidence:
		return "The interval covers 0: no evidence, and no agreement with a predicted 0"
	case !t.Contrast.Discriminates():
		return "All mechanisms predict the same, so this cannot tell them apart"
	}
	return ""
}
