package views

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"witnessmark/charts"
	"witnessmark/data/frame"
	"witnessmark/data/motive"
	"witnessmark/data/predict"
	"witnessmark/data/stats"
	"witnessmark/views/desk"
	"witnessmark/views/figure"
	"witnessmark/views/part"
	"witnessmark/views/theme"
)

// fitReport says what was fitted and how sure the fit is of it, what the data
// cannot identify, and which evaluations would tell patterns or models apart.
type fitReport struct {
	e             *modelEditor
	fit           *part.Check
	holdOut       *part.Select
	rival         *part.Select
	eta           *part.Entry
	table         *part.Table
	words         *fyne.Container
	splits        *part.ChartBox
	none          *part.Paragraph
	rivalOf, face *fyne.Container
}

// holdOuts are the rules that are offered.
var holdOuts = []string{"odd", "even", "every 3", "every 4", "every 5", "none"}

func (e *modelEditor) fitPage() *modelPage {
	r := &fitReport{e: e, table: part.NewTable(), words: part.Stack(6), splits: part.NewChartBox(e.place.Tasks), none: part.Prose("")}
	d := e.place.Desk
	r.fit = part.NewCheck("Fit to the runs", true, func(on bool) { d.Do(desk.SetFlag("Fit", figure.FitOption, on)) })
	r.holdOut = part.NewSelect(nil, "", func(rule string) { d.Do(desk.SetOption("Hold out", figure.HoldOutOption, rule)) })
	r.rival = part.NewSelect(nil, "", func(text string) { d.Do(desk.SetOption("Second model", figure.RivalOption, text)) })
	r.rival.Height = theme.Small
	r.splits.Unsigned = true // the foot of the view says it
	r.splits.OnMenu = func(at fyne.Position) { e.place.Bench.Menu(at, chartItems(e.place, r.splits)...) }
	r.eta = part.NewEntry("0.1")
	r.eta.OnSubmitted = r.setEta
	start := part.Row(6, part.Quiet("η, or where the fit starts"), part.Fixed(72, theme.Control, r.eta))
	controls := part.Pad(6, 10, 6, 12, part.Flow(12, part.Fixed(0, theme.Control, r.fit), part.Labeled("Hold out", r.holdOut), start))
	text := part.Scroll(part.Pad(8, 12, 8, 12, r.words))
	report := container.NewVSplit(r.table, text)
	report.Offset = .56
	right := part.Border(controls, nil, nil, nil, report)
	r.rivalOf = part.Row(8, part.Quiet("Which eval would tell apart"), r.rival)
	r.face = container.NewStack(r.splits)
	left := part.Border(part.Pad(6, 10, 6, 12, r.rivalOf), nil, nil, nil, r.face)
	split := container.NewHSplit(left, walled(right))
	split.Offset = .48
	return &modelPage{
		id: "fit", title: "Fit", content: split, show: r.show,
		help: "Beta-binomial likelihood with Gaussian priors on log η and the offsets; prior weights are yours, since one study cannot identify them",
	}
}

func (r *fitReport) show() {
	s, o := r.e.state, r.e.outlook
	r.fit.Set(s.Flag(figure.FitOption, true))
	r.eta.SetText(exact(r.e.model.Params.Eta))
	rule := s.Option(figure.HoldOutOption, "odd")
	rules := slices.Clone(holdOuts)
	if !slices.Contains(rules, rule) {
		rules = append(rules, rule)
	}
	r.holdOut.Labels = nil
	for _, text := range rules {
		r.holdOut.Labels = append(r.holdOut.Labels, ruleWords(text))
	}
	r.holdOut.Set(rules, rule)
	if o == nil {
		return
	}
	r.showRivals(o)
	rows := o.fitted()
	r.table.Set(len(rows), fitColumns(rows), nil)
	r.words.Objects = nil
	for _, text := range o.fitWords() {
		r.words.Add(part.NewParagraph(text, theme.Text, theme.SmallSize))
	}
	r.words.Refresh()
	r.showSplits(o)
}

// setEta sets selection per step and unit of reward.
func (r *fitReport) setEta(text string) {
	r.e.try("η", func(m *motive.Model) error {
		v, err := typed(text)
		m.Params.Eta = v
		return err
	})
}

func ruleWords(rule string) string {
	h, err := predict.ParseHoldOut(rule)
	if err != nil {
		return rule
	}
	return strings.TrimSuffix(h.String(), " held out")
}

func (r *fitReport) showRivals(o *outlook) {
	texts, labels := []string{""}, []string{"patterns that act alike"}
	for _, c := range modelChoices(o.saved) {
		texts, labels = append(texts, c.text), append(labels, "this and "+c.label)
	}
	on := r.e.state.Option(figure.RivalOption, "")
	if !slices.Contains(texts, on) {
		texts, labels = append(texts, on), append(labels, "this and another model")
	}
	r.rival.Labels = labels
	r.rival.Set(texts, on)
}

func (r *fitReport) showSplits(o *outlook) {
	if o.splits == nil {
		r.none.SetText(o.splitsWhy)
		r.face.Objects = []fyne.CanvasObject{part.Message(o.splitsWhy, part.Info, nil)}
	} else {
		r.splits.SetSpec(*o.splits)
		r.face.Objects = []fyne.CanvasObject{r.splits}
	}
	r.face.Refresh()
}

// drawSplits ranks the evaluations that would tell patterns or models apart,
// while that is looked at.
func (o *outlook) drawSplits(s desk.State, about figure.Facts) error {
	if s.Option(editorOption, "") != "fit" {
		return nil
	}
	f, err := figure.Splits(o.computed, o.seen, o.arm, s)
	if err != nil {
		o.splitsWhy = plainError(err)
		if s.Option(figure.RivalOption, "") == "" {
			o.splitsWhy = "The data tell all patterns apart. Choose a second model to see which eval would tell it from this one"
		}
		return nil
	}
	spec, err := figure.Picture("splits", s, about, []frame.Frame{f})
	o.splits = &spec
	return err
}

// A fitRow is a constant of the report.
type fitRow struct {
	name, what string
	estimate   stats.Estimate
	bare       bool // no interval
	learned    float64
	note       string
}

// fitted lists what was fitted.
func (o *outlook) fitted() []fitRow {
	c := o.computed
	if c.Fit == nil {
		return []fitRow{{name: "η", what: "per step and unit of reward, as given", estimate: stats.Estimate{Value: c.Model.Params.Eta}, bare: true, learned: math.NaN(), note: "not fitted"}}
	}
	f := c.Fit
	rows := []fitRow{{name: "η", what: "per step and unit of reward", estimate: f.Eta, learned: f.Learned, note: flatNote(f, "eta")}}
	for _, offset := range f.Offsets {
		var names []string
		for _, i := range offset.Patterns {
			names = append(names, c.Model.Patterns[i].Name)
		}
		rows = append(rows, fitRow{name: "offset of " + predict.List(names), what: "log prior beside " + c.Model.Patterns[f.Alike[0][0]].Name + ", nats",
			estimate: offset.Estimate, learned: offset.Learned, note: flatNote(f, "share of "+names[0])})
	}
	return append(rows, fitRow{name: "overdispersion ρ", what: "how alike samples of one cell are, 0 to 1", estimate: f.Dispersion, learned: math.NaN()})
}

func flatNote(f *motive.Fit, name string) string {
	if slices.Contains(f.Flat, name) {
		return "flat: the prior's, not the data's"
	}
	return ""
}

func fitColumns(rows []fitRow) []part.Column {
	at := func(i int) fitRow { return rows[i] }
	return []part.Column{
		{ID: "name", Label: "Constant", Width: 180, Grow: true, Fixed: true, Cell: func(i int) part.Cell {
			return part.Cell{Text: at(i).name, Tip: upper(at(i).name) + ", " + at(i).what}
		}},
		{ID: "value", Label: "Estimate", Width: 72, Right: true, Fixed: true, Cell: func(i int) part.Cell {
			return part.Cell{Text: thousandths(at(i).estimate.Value), Bold: true}
		}},
		{ID: "interval", Label: "95 %", Width: 132, Right: true, Fixed: true, Cell: func(i int) part.Cell {
			if at(i).bare {
				return part.Cell{Text: "not fitted", Color: theme.Muted}
			}
			return part.Cell{Text: "[" + thousandths(at(i).estimate.Lo) + ", " + thousandths(at(i).estimate.Hi) + "]", Color: theme.Muted, Tip: at(i).estimate.Method}
		}},
		{ID: "learned", Label: "Learned, nats", Tip: "KL of what the data leave from the constant's own prior, in nats; near 0 they say nothing", Width: 96, Right: true, Fixed: true, Cell: func(i int) part.Cell {
			if at(i).learned != at(i).learned {
				return part.Cell{}
			}
			return part.Cell{Text: hundredths(at(i).learned, false)}
		}},
		{ID: "note", Label: "", Width: 110, Fixed: true, Spare: 1, Cell: func(i int) part.Cell {
			return part.Cell{Text: at(i).note, Color: theme.Warn, Tip: at(i).note}
		}},
	}
}

// thousandths writes a constant with three decimals and a true minus.
func thousandths(v float64) string {
	return strings.Replace(fmt.Sprintf("%.3f", v), "-", "−", 1)
}

// fitWords are the sentences below the report.
func (o *outlook) fitWords() []string {
	c := o.computed
	out := []string{}
	for _, text := range c.Identified.Details() {
		out = append(out, upper(text))
	}
	if f := c.Fit; f != nil {
		text := fmt.Sprintf("Log score a sample %s on %s fitted", hundredths(f.LogScore, false), charts.Count(float64(f.Eta.N), "cell"))
		if f.HeldOut == f.HeldOut {
			text += ", " + hundredths(f.HeldOut, false) + " held out (" + c.Options.HoldOut.String() + ")"
		}
		out = append(out, text+fmt.Sprintf("; log-likelihood %s", charts.Scores.Text(f.Likelihood, 0)))
	}
	moved := "Shares moved " + hundredths(c.Identified.Moved, false) + " nats from the prior, where they moved most"
	if c.Identified.Moved < .05 {
		moved += ": they are the prior's, not the data's"
	}
	return append(out, moved)
}
