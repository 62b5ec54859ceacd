package views

import (
	"math"
	"slices"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"witnessmark/charts"
	"witnessmark/data/frame"
	"witnessmark/data/oversight"
	"witnessmark/views/desk"
	"witnessmark/views/figure"
	"witnessmark/views/part"
	"witnessmark/views/theme"
)

// thresholdBar sets the threshold of the monitor that is shown, and says what
// it does there.
type thresholdBar struct {
	place   Place
	box     fyne.CanvasObject
	row     *fyne.Container
	slider  *part.Slider
	set     *fyne.Container // the slider with its label
	only    *part.Text      // stands for it where there are verdicts only
	how     *part.Segments
	frozen  *part.Select
	recall  *rateText
	fpr     *rateText
	verdict *part.Note
	picture *monitorPicture
	instead string // stands for the number where there is not one
}

// The segments of how.
const (
	byHand = iota
	atStep
	anew
)

func newThresholdBar(p Place) *thresholdBar {
	b := &thresholdBar{place: p, recall: newRateText("Recall"), fpr: newRateText("FPR")}
	b.slider = part.NewSlider(0, 1, 0.01, 0.5, b.sliderText, func(x float64) {
		b.instead = ""
		p.Desk.Do(thresholdAt(math.Round(x*1e6) / 1e6))
	})
	b.slider.Width = 158
	b.slider.Tip = "Samples with at least this score count as flagged; arrow keys go one step"
	b.how = part.NewSegments([]string{"As flagged", "Frozen at step 0", "Refit per checkpoint"}, b.pick)
	b.frozen = part.NewSelect(nil, "", func(text string) {
		if step, err := strconv.ParseFloat(text, 64); err == nil {
			p.Desk.Do(freezeAt(step))
		}
	})
	b.frozen.Height = theme.Chip
	b.frozen.Tip = "Step at which the threshold is chosen, within the budget"
	b.verdict = part.NewNote("", "", part.Info, b.explain)
	b.set, b.only = part.Labeled("Threshold", b.slider), part.Quiet("Verdicts only, no threshold to set")
	b.row = container.New(&barLayout{gap: theme.Gap + 6}, b.set, b.only, part.Row(6, b.how, b.frozen), part.Row(14, b.recall.box, b.fpr.box), b.verdict)
	b.box = part.Ground(theme.Head, part.Border(nil, part.Rule(), nil, nil, part.Pad(0, theme.Pad, 0, theme.Pad, b.row)))
	return b
}

func thresholdAt(at float64) desk.Change {
	return desk.SetNumber("Threshold", figure.ThresholdOption, at)
}

func freezeAt(step float64) desk.Change {
	return desk.SetOption("Threshold", figure.ThresholdOption, oversight.FrozenAt(step).String())
}

// stepOf reads the step out of a threshold that is frozen at one.
func frozenStep(s desk.State) (float64, bool) {
	t, err := oversight.ParseThreshold(s.Option(figure.ThresholdOption, ""))
	if err != nil {
		return 0, false
	}
	return figure.FrozenStep(t)
}

func (b *thresholdBar) pick(i int) {
	d := b.place.Desk
	switch {
	case i == atStep && b.picture != nil:
		d.Do(freezeAt(b.picture.freeze))
	case i == anew:
		d.Do(desk.SetOption("Threshold", figure.ThresholdOption, oversight.Refit().String()))
	case i == byHand:
		d.Do(desk.SetOption("Threshold", figure.ThresholdOption, ""))
	}
}

// sliderText is what stands right of the slider: the threshold, or why there
// is not one.
func (b *thresholdBar) sliderText(x float64) string {
	if b.picture == nil || b.instead != "" {
		return b.instead
	}
	return figure.ThresholdText(x, b.picture.scale)
}

// show brings the bar in line with a picture.
func (b *thresholdBar) show(s desk.State, p *monitorPicture) {
	b.picture = p
	b.setHow(s, p)
	b.setSlider(s, p)
	b.setRates(p)
	b.setVerdict(p)
	b.row.Refresh()
}

func (b *thresholdBar) setHow(s desk.State, p *monitorPicture) {
	text := s.Option(figure.ThresholdOption, "")
	hand := "As flagged"
	if p.watch.starts[p.watch.at(p.shown)].scored {
		hand = "Default"
	}
	picked := byHand
	switch _, frozen := frozenStep(s); {
	case frozen:
		picked = atStep
	case text == oversight.Refit().String():
		picked = anew
	case text != "":
		hand = "Set by hand"
	}
	b.how.Labels = []string{hand, "Frozen at step " + plainNumber(p.freeze), "Refit per checkpoint"}
	b.how.Picked = picked
	b.how.Refresh()
	hidden := p.scale.Verdicts || picked != atStep || len(p.frozenAt) < 2
	b.frozen.Hidden = hidden
	steps := make([]string, len(p.frozenAt))
	labels := make([]string, len(steps))
	for i, step := range p.frozenAt {
		steps[i], labels[i] = strconv.FormatFloat(step, 'f', -1, 64), "Step "+plainNumber(step)
	}
	b.frozen.Labels = labels
	b.frozen.Set(steps, strconv.FormatFloat(p.freeze, 'f', -1, 64))
	b.how.Hidden = p.scale.Verdicts
}

// setSlider moves the knob, unless a hand has moved it on since the picture
// was begun.
func (b *thresholdBar) setSlider(s desk.State, p *monitorPicture) {
	at := p.threshold
	if hand, err := strconv.ParseFloat(s.Option(figure.ThresholdOption, ""), 64); err == nil {
		at = hand
	}
	b.instead = ""
	switch {
	case b.how.Picked == anew:
		b.instead = "varies"
	case at != at:
		b.instead = "as flagged"
	case math.IsInf(at, 0):
		b.instead = "flags none"
	}
	lo, hi := p.scale.Lo, p.scale.Hi
	if !(lo < hi) {
		lo, hi = 0, 1
	}
	b.slider.Lo, b.slider.Hi, b.slider.Step = lo, hi, sliderStep(p.scale)
	b.slider.Value = (lo + hi) / 2
	if at == at {
		b.slider.Value = min(hi, max(lo, at))
	}
	b.set.Hidden, b.only.Hidden = p.scale.Verdicts, !p.scale.Verdicts
	b.slider.Refresh()
}

// sliderStep is a hundredth of the scale, or 1 where scores are whole.
func sliderStep(scale oversight.Scale) float64 {
	if scale.Whole && scale.Hi-scale.Lo >= 2 {
		return 1
	}
	if scale.Hi > scale.Lo {
		return (scale.Hi - scale.Lo) / 100
	}
	return 0.01
}

// A rateText is a rate with its interval in brackets.
type rateText struct {
	box      *fyne.Container
	value    *part.Text
	interval *part.Text
}

func newRateText(label string) *rateText {
	t := &rateText{value: part.Strong(""), interval: part.Quiet("")}
	t.box = part.Row(5, part.Quiet(label), t.value, t.interval)
	return t
}

func (t *rateText) show(f frame.Frame, row int, column string) {
	v, lo := estimateCells(f, row, column, rateFormat(column))
	t.value.Bold, t.value.Color = v.Color == "", theme.Text
	if v.Color != "" {
		t.value.Color = v.Color
	}
	t.value.Text, t.interval.Text = v.Text, lo.Text
	t.value.Refresh()
	t.interval.Refresh()
}

func (b *thresholdBar) setRates(p *monitorPicture) {
	row := slices.Index(textsOf(p.table, oversight.MonitorColumn), p.shown)
	b.recall.box.Hidden, b.fpr.box.Hidden = row < 0, row < 0 || p.blind
	if row < 0 {
		return
	}
	if p.blind {
		b.recall.box.Objects[0].(*part.Text).SetText("Flag rate")
		b.recall.show(p.table, row, "flag_rate")
		return
	}
	b.recall.box.Objects[0].(*part.Text).SetText("Recall")
	b.recall.show(p.table, row, "recall")
	b.fpr.show(p.table, row, "fpr")
}

func textsOf(f frame.Frame, column string) []string {
	if c := f.Col(column); c != nil {
		return c.Text
	}
	return nil
}

// setVerdict says whether hacking rises while recall falls.
func (b *thresholdBar) setVerdict(p *monitorPicture) {
	b.verdict.Hidden = !p.blind && p.hidden.Len() == 0
	if b.verdict.Hidden {
		return
	}
	if p.blind {
		b.verdict.Text, b.verdict.Tone, b.verdict.Tip = "Flag rate only, no ground truth", part.Caution, strings.Join(blindLines(p), "\n")
		b.verdict.Refresh()
		return
	}
	what := spokenTruth(p.watch.truth)
	switch p.hidden.Text(oversight.VerdictColumn, 0) {
	case oversight.HiddenRising:
		b.verdict.Text, b.verdict.Tone = "Hidden rise: "+what+" up while recall falls", part.Wrong
	case oversight.NotShown:
		b.verdict.Text, b.verdict.Tone = "No hidden rise shown", part.Info
	default:
		b.verdict.Text, b.verdict.Tone = "Hidden rise not estimable", part.Info
	}
	b.verdict.Tip = strings.Join(verdictLines(p), "\n")
	b.verdict.Refresh()
}

// blindLines say what is not known without a truth, and what would tell it.
func blindLines(p *monitorPicture) []string {
	out := []string{"The flag rate moves with the true rate, recall and false alarms, and does not tell them apart."}
	if names := p.watch.study.Truths(); len(names) > 0 {
		out = append(out, "Choose a ground truth above to see them; there are "+strings.Join(titles(names), ", ")+".")
	} else {
		out = append(out, "No measure of this study is 0 or 1 for each sample; import one that says what is true.")
	}
	return append(out, "A truth of some flagged and some unflagged samples is enough, such as labels that people gave: each then stands for others with its verdict (Horvitz–Thompson), and recall, false alarms and the true rate get bounds.")
}

// verdictLines say what the verdict rests on.
func verdictLines(p *monitorPicture) []string {
	f := p.hidden
	line := func(what, column string, as charts.Format) string {
		v, why, ok := f.Num(column, 0)
		if !ok {
			return what + ": not estimable, because " + why
		}
		text := what + " " + as.Text(v, 0)
		if lo, hi := num(f, column+"_lo", 0), num(f, column+"_hi", 0); lo == lo && hi == hi {
			text += " " + as.Interval(lo, hi, 0)
		}
		return text
	}
	out := []string{
		figure.Spoken(p.focus) + ", " + figure.Spoken(p.shown) + p.at() + ", " + charts.Count(num(f, frame.Seeds, 0), "run"),
		line("Slope of "+spokenTruth(p.watch.truth)+", points a step", "rate_slope", charts.Points),
		line("Slope of recall, points a step", "recall_slope", charts.Points),
		line("Recall at the last step less the first", "recall_change", charts.Points),
	}
	if p, why, ok := f.Num(frame.P, 0); ok {
		out = append(out, "Both rising and falling: p "+pText(p)+", Holm over conditions "+pText(num(f, frame.PHolm, 0))+", "+f.Text(frame.Method, 0))
	} else {
		out = append(out, "No test, because "+why)
	}
	return out
}

func (b *thresholdBar) explain() {
	if b.picture == nil {
		return
	}
	var rows []fyne.CanvasObject
	lines := blindLines(b.picture)
	if !b.picture.blind {
		lines = verdictLines(b.picture)
	}
	for _, text := range lines {
		rows = append(rows, part.NewParagraph(text, theme.Text, theme.TextSize))
	}
	part.Modal(b.place.Bench.Canvas(), b.verdict.Text, fyne.NewSize(560, 260), part.Scroll(part.Pad(12, 16, 12, 16, part.Stack(8, rows...))))
}
