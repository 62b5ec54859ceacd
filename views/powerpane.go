package views

import (
	"context"
	"fmt"
	"slices"

	"fyne.io/fyne/v2"

	"witnessmark/charts"
	"witnessmark/data/contrast"
	"witnessmark/data/frame"
	"witnessmark/views/desk"
	"witnessmark/views/figure"
	"witnessmark/views/part"
	"witnessmark/views/task"
	"witnessmark/views/theme"
)

// powerRows is the room that the power pane wants, in rows of a table.
const powerRows = 10

// A powerPane says what the comparison of a condition could have shown, and
// what more seeds or items would.
type powerPane struct {
	place   Place
	slot    *task.Slot
	chart   *picture
	of      *part.Select
	list    *fyne.Container
	head    fyne.CanvasObject
	content fyne.CanvasObject
	asked   string
}

func newPowerPane(p Place) *powerPane {
	w := &powerPane{place: p, slot: task.NewSlot(p.Tasks), chart: newPicture(p), list: part.Stack(6)}
	w.of = part.NewSelect(nil, "", func(name string) { p.Desk.Do(desk.SetOption("Power of", figure.PowerOf, name)) })
	w.of.Empty = "none"
	w.head = part.Row(8, part.Spacer(), part.Labeled("Of", w.of))
	side := part.Fixed(330, 0, part.Ground(theme.Panel, part.Border(nil, nil, part.Wall(), nil, part.Scroll(part.Pad(10, theme.Pad, 10, theme.Pad, w.list)))))
	w.content = part.Border(nil, nil, nil, side, w.chart.box)
	return w
}

// show plans for the condition that was chosen here, else the selected one,
// else the first that is compared.
func (w *powerPane) show(v *conditions) {
	names, row := w.planned(v)
	if row < 0 || v.state.Baseline == "" {
		w.asked = ""
		w.of.Set(nil, "")
		w.say("Choose a baseline to see what the comparison with it could show.")
		w.chart.box.SetSpec(saying("No comparison to plan with"))
		w.chart.drawn = shown{}
		return
	}
	w.of.Labels = nil
	for _, n := range names {
		w.of.Labels = append(w.of.Labels, valueLabel(n))
	}
	w.of.Set(names, v.group(row))
	w.chart.show("power", v.state.With(figure.PowerOf, v.group(row)))
	w.explain(v, row)
}

// planned lists the groups that are compared, and the row of the one to plan
// for; −1 where there is none.
func (w *powerPane) planned(v *conditions) (names []string, row int) {
	name := ""
	for i := range v.answer.Len() {
		group := v.group(i)
		if group == v.state.Baseline || slices.Contains(names, group) {
			continue
		}
		names = append(names, group)
		if name == "" && v.state.IsSelected(v.key(i)) {
			name = group
		}
	}
	if want := v.state.Option(figure.PowerOf, ""); slices.Contains(names, want) {
		name = want
	}
	if name == "" && len(names) > 0 {
		name = names[0]
	}
	for i := range v.answer.Len() {
		if name != "" && v.group(i) == name {
			return names, i
		}
	}
	return names, -1
}

func (w *powerPane) say(text string) {
	w.list.Objects = []fyne.CanvasObject{part.NewParagraph(text, theme.Muted, theme.TextSize)}
	w.list.Refresh()
}

// plannedPower is what the pane says beside the chart, a part a judge.
type plannedPower struct {
	judge string
	power *contrast.Power
	why   string
}

// explain reads what the comparisons of a condition could have shown.
func (w *powerPane) explain(v *conditions, row int) {
	study, ok := w.place.Study().(comparing)
	if !ok {
		return
	}
	q, name := v.Ask(w.place.Desk.State()), v.group(row)
	want := fmt.Sprint(w.place.Study().Path(), w.place.Facts().Revision, name, questionText(q))
	if want == w.asked {
		return
	}
	w.asked = want
	var keys [][]frame.Key
	var judges []string
	for i := range v.answer.Len() {
		if v.group(i) == name && v.answer.Text(frame.Reported, i) == "" {
			keys, judges = append(keys, v.answer.Keys[i]), append(judges, furtherKeys(v.answer.Keys[i]))
		}
	}
	task.Do(context.Background(), w.slot, func(ctx context.Context) (out []plannedPower, err error) {
		st, err := study.Comparing(ctx)
		if err != nil {
			return nil, err
		}
		for i, k := range keys {
			p, why, err := st.Power(ctx, q, k...)
			if err != nil {
				return nil, err
			}
			out = append(out, plannedPower{judges[i], p, why})
		}
		return out, nil
	}, func(out []plannedPower, err error) {
		if err != nil {
			w.asked = ""
			w.say(plainError(err))
			return
		}
		w.fill(valueLabel(name), out)
	})
}

// furtherKeys are the values of a row beside its group's, as it is called.
func furtherKeys(keys []frame.Key) string {
	text := ""
	for _, k := range keys[1:] {
		if text != "" {
			text += ", "
		}
		text += valueLabel(k.Value)
	}
	return text
}

func (w *powerPane) fill(name string, all []plannedPower) {
	var blocks []fyne.CanvasObject
	small := func(text string) fyne.CanvasObject { return part.NewParagraph(text, theme.Text, theme.SmallSize) }
	for _, p := range all {
		if p.judge != "" {
			blocks = append(blocks, part.Label(name+", "+p.judge))
		}
		if p.power == nil {
			blocks = append(blocks, small("Not estimable, because "+p.why+"."))
			continue
		}
		blocks = append(blocks, part.Sentence(upper(p.power.Reach())+": "+p.power.Text))
		for _, n := range p.power.Usual() {
			text := n.Text
			if n.Samples != n.Samples { // more samples do not help, which is said once below
				text = n.Short
			}
			blocks = append(blocks, small(text))
		}
		if text := p.power.Floors(); text != "" {
			blocks = append(blocks, small(text))
		}
	}
	blocks = append(blocks, part.Prose("Planned with the spread that was observed, of "+charts.Percent.Text(0.8, 0)+" power; the observed change does not enter."))
	w.list.Objects = blocks
	w.list.Refresh()
}
