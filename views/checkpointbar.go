package views

import (
	"slices"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"

	"witnessmark/data/curve"
	"witnessmark/views/desk"
	"witnessmark/views/figure"
	"witnessmark/views/part"
	"witnessmark/views/theme"
)

// checkpointBar chooses what stands beside the curves: the axis, a second
// measure, a step to compare with, and where the band holds. Notes on the
// answer follow in the same line.
type checkpointBar struct {
	place  Place
	axis   *part.Select
	second *part.Select
	holds  *part.Select
	judge  *part.Select
	whose  *fyne.Container // the judge with its label
	since  *part.Entry
	log    *part.Check
	fixed  []fyne.CanvasObject // before the notes
	flow   *fyne.Container
	box    fyne.CanvasObject
}

func newCheckpointBar(p Place) *checkpointBar {
	b := &checkpointBar{place: p, since: part.NewEntry("step")}
	b.axis = b.choice(func(v string) { p.Desk.Do(desk.SetOption("Axis", figure.AxisOption, v)) })
	b.axis.Tip = "What checkpoints are laid along"
	b.second = b.choice(func(v string) { p.Desk.Do(setSecond(v)) })
	b.second.Tip = "A second measure, below on the same axis"
	b.holds = b.choice(func(v string) { p.Desk.Do(desk.SetOption("Band", figure.HoldsOption, v)) })
	b.holds.Tip = "Where the band holds: to say at which step two curves cross, it has to hold at all steps"
	b.since.OnSubmitted = func(text string) { p.Desk.Do(setSince(text)) }
	b.log = part.NewCheck("Log x", false, func(on bool) { p.Desk.Do(desk.SetFlag("Log steps", figure.LogStepsOption, on)) })
	b.judge = b.choice(func(v string) { p.Desk.Do(desk.SetOption("Judge", figure.JudgeOption, v)) })
	b.judge.Tip = "Whose scores are drawn: several judges scored this measure, and they are not pooled"
	b.whose = part.Labeled("Judge", b.judge)
	b.fixed = []fyne.CanvasObject{
		b.whose,
		part.Labeled("Along", b.axis), part.Fixed(0, theme.Control, b.log),
		part.Labeled("Band", b.holds), part.Labeled("Compare to step", part.Fixed(54, theme.Control, b.since)),
		part.Labeled("And", b.second),
	}
	b.flow = part.Flow(10, b.fixed...)
	b.box = part.Ground(theme.Background, part.Border(nil, part.Rule(), nil, nil, part.Pad(5, theme.Pad, 5, theme.Pad, b.flow)))
	return b
}

func (b *checkpointBar) choice(pick func(string)) *part.Select {
	s := part.NewSelect(nil, "", pick)
	s.Height, s.Most = theme.Control, 170
	return s
}

// setSecond chooses the measure below; changes since a step are of one
// measure, so they end.
func setSecond(measure string) desk.Change {
	return desk.Change{Name: "Second measure", Apply: func(s desk.State) desk.State {
		if measure != "" {
			s = s.With(figure.SinceOption, "")
		}
		return s.With(figure.SecondMeasureOption, measure)
	}}
}

// setSince chooses the step that changes are taken from, "" for none.
func setSince(step string) desk.Change {
	step = strings.TrimSpace(step)
	return desk.Change{Name: "Compare to step", Apply: func(s desk.State) desk.State {
		if step != "" {
			s = s.With(figure.SecondMeasureOption, "")
			s.Chart = ""
		}
		return s.With(figure.SinceOption, step)
	}}
}

// axisNames are the axes as the select names them.
var axisNames = map[curve.Axis]string{
	curve.ByStep: "training step", curve.ByEpoch: "epoch", curve.ByTokens: "training tokens",
	curve.ByFraction: "part of training", curve.SinceOnset: "steps since onset",
}

// show brings the controls in line with a state, and shows notes after them.
func (b *checkpointBar) show(s desk.State, notes []*part.Note) {
	f := b.place.Facts()
	var options []string
	b.axis.Labels = nil
	for _, a := range curve.Axes(f.MeasureNames()) {
		options, b.axis.Labels = append(options, string(a)), append(b.axis.Labels, axisNames[a])
	}
	b.axis.Set(options, string(figure.Axis(s)))
	options, b.second.Labels = []string{""}, []string{"no second measure"}
	for _, m := range f.MeasureNames() {
		if m != s.Measure {
			options, b.second.Labels = append(options, m), append(b.second.Labels, plainName(m))
		}
	}
	b.second.Set(options, s.Option(figure.SecondMeasureOption, ""))
	b.holds.Labels = []string{"at each step", "at all, Bonferroni", "at all, sup-t"}
	b.holds.Set([]string{"", string(curve.Bonferroni), string(curve.SupT)}, s.Option(figure.HoldsOption, ""))
	if text := s.Option(figure.SinceOption, ""); b.since.Text != text {
		b.since.SetText(text)
	}
	judges := f.Judges[s.Measure]
	b.judge.Set(judges, s.Option(figure.JudgeOption, ""))
	b.whose.Hidden = s.Option(figure.JudgeOption, "") == ""
	b.log.Set(s.Flag(figure.LogStepsOption, false))
	b.flow.Objects = append(slices.Clone(b.fixed), chipObjects(notes)...)
	b.flow.Refresh()
}

// stepText writes a step as it is typed.
func stepText(step float64) string { return strconv.FormatFloat(step, 'f', -1, 64) }
