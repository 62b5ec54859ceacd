package views

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"witnessmark/data"
	"witnessmark/data/predict"
	"witnessmark/views/part"
	"witnessmark/views/theme"
)

// binCount is how many bins of a rate are offered for a distribution.
const binCount = 10

// predictionForm is where a person writes a prediction down.
type predictionForm struct {
	v     *registryPane
	id    int64  // of the prediction that is edited; 0 for a new one
	made  string // when that was first made
	draft predict.Draft

	author, about, step, point, lo, hi, pattern *part.Entry
	bins                                        []*part.Entry
	aboutKind, quantity, stating                *part.Segments
	known                                       *part.Select
	rows                                        *fyne.Container
	wrong, sum                                  *part.Paragraph
	shut                                        func()
}

var (
	quantities = []string{predict.Rated, predict.Share, predict.Onset, predict.Order}
	statings   = []string{"Point", "Interval", "Distribution"}
)

// openForm opens the form on a draft; id 0 makes a new prediction.
func (v *registryPane) openForm(d predict.Draft, id int64, made string) {
	if id == 0 {
		d.Author = v.place.Bench.Author()
		d.Quantity, d.Behavior = predict.Rated, v.state.Measure
	}
	f := &predictionForm{v: v, id: id, made: made, draft: d, rows: part.Stack(8), wrong: part.NewParagraph("", theme.Bad, theme.TextSize), sum: part.Prose("")}
	f.make()
	f.lay()
	verb, title := "Save prediction", "New prediction"
	if id != 0 {
		verb, title = "Save changes", "Edit prediction"
	}
	foot := part.Pad(0, 16, 6, 16, f.wrong)
	body := part.Border(nil, foot, nil, nil, part.Scroll(part.Pad(12, 16, 4, 16, f.rows)))
	f.shut = part.Modal(v.place.Bench.Canvas(), title, fyne.NewSize(640, 560), body, part.Small("Saved open; it can be edited until it is locked"),
		part.NewButton("Cancel", "", func() { f.shut() }), part.NewPrimary(verb, "", f.save))
	v.place.Bench.Canvas().Focus(f.author)
}

func (f *predictionForm) entry(text, placeholder string) *part.Entry {
	e := part.NewEntry(placeholder)
	e.SetText(text)
	e.OnEscape = func() { f.shut() }
	e.OnSubmitted = func(string) { f.save() }
	e.OnChanged = func(string) { f.check() }
	return e
}

// make makes the controls from the draft.
func (f *predictionForm) make() {
	d := f.draft
	f.author, f.step, f.pattern = f.entry(d.Author, "who predicts"), f.entry(d.Step, "such as 118"), f.entry(d.Pattern, "a pattern of the model")
	f.point, f.lo, f.hi = f.entry(d.Point, "what you predict"), f.entry(d.Lo, "lower end"), f.entry(d.Hi, "upper end")
	f.about = f.entry(d.Condition+d.Run, "a condition here, or one not yet run")
	for i := range binCount {
		text := ""
		if i < len(d.Bins) {
			text = d.Bins[i]
		}
		f.bins = append(f.bins, f.entry(text, "0"))
	}
	again := func(int) { f.lay(); f.check() }
	f.aboutKind = part.NewSegments([]string{"Condition", "Run"}, func(i int) { f.about.SetText(""); again(i) })
	f.quantity = part.NewSegments([]string{"Rate", "Share", "Onset", "Order"}, again)
	f.stating = part.NewSegments(statings, again)
	f.known = part.NewSelect(nil, "", func(to string) { f.about.SetText(to) })
	f.known.Empty, f.known.Most = "choose…", 160
	if d.Run != "" {
		f.aboutKind.Pick(1)
	}
	f.quantity.Pick(max(0, slices.Index(quantities, d.Quantity)))
	switch {
	case len(d.Bins) > 0:
		f.stating.Pick(2)
	case d.Lo != "":
		f.stating.Pick(1)
	}
}

// lay places what the chosen kinds need.
func (f *predictionForm) lay() {
	row := func(label string, o fyne.CanvasObject) fyne.CanvasObject {
		return part.Border(nil, nil, part.Fixed(112, theme.Control, part.Quiet(label)), nil, o)
	}
	quantity := quantities[f.quantity.Picked]
	f.known.Set(f.choices(), "")
	rows := []fyne.CanvasObject{
		row("Forecaster", f.author),
		row("About", part.Row(8, f.aboutKind, part.Grow(f.about), f.known)),
		row("Evaluation", part.Row(8, f.choose(data.Eval, &f.draft.Eval), part.Quiet("prompt"), f.choose(data.EvalPrompt, &f.draft.EvalPrompt), part.Spacer())),
		row("Behavior", part.Row(8, f.behaviors(), part.Spacer())),
		row("Quantity", part.Row(8, f.quantity, part.Spacer())),
	}
	if quantity == predict.Share {
		rows = append(rows, row("Pattern", f.pattern))
	}
	if quantity != predict.Onset {
		rows = append(rows, row("Step", part.Row(8, part.Fixed(150, 0, f.step), part.Small("empty for the end of training"), part.Spacer())))
	}
	f.rows.Objects = append(rows, f.numbers(quantity, row)...)
	f.rows.Refresh()
}

// numbers are the entries of what is stated.
func (f *predictionForm) numbers(quantity string, row func(string, fyne.CanvasObject) fyne.CanvasObject) []fyne.CanvasObject {
	unit := map[string]string{predict.Rated: "%", predict.Share: "%", predict.Onset: "the step at which it takes off", predict.Order: "its place among the conditions, 1 shows it most"}[quantity]
	kinds := []fyne.CanvasObject{row("Stated as", part.Row(8, f.stating, part.Spacer()))}
	point := part.Row(8, part.Fixed(150, 0, f.point), part.Small(unit), part.Spacer())
	switch statings[f.stating.Picked] {
	case "Interval":
		ends := part.Row(8, part.Fixed(110, 0, f.lo), part.Small("to"), part.Fixed(110, 0, f.hi), part.Small("holds the result in 95 of 100 cases"), part.Spacer())
		return append(kinds, row("Point", point), row("Interval", ends))
	case "Distribution":
		grid := container.NewGridWithColumns(5)
		for i, e := range f.bins {
			label := part.Small(fmt.Sprintf("%d–%d\u00a0%%", i*100/binCount, (i+1)*100/binCount))
			grid.Add(part.Stack(2, label, e))
		}
		return append(kinds, row("Chances, %", grid), row("", f.sum))
	}
	return append(kinds, row("Point", point))
}

// choices are the conditions or runs of the study.
func (f *predictionForm) choices() []string {
	facts := f.v.place.Facts()
	if f.aboutKind.Picked == 0 {
		return facts.Conditions
	}
	var out []string
	for _, r := range facts.Set.Runs {
		out = append(out, r.Name)
	}
	return out
}

// choose offers the study's values of a field; "" for any.
func (f *predictionForm) choose(field string, to *string) *part.Select {
	options, labels := []string{""}, []string{"any"}
	if known, ok := f.v.place.Facts().field(field); ok {
		for _, value := range known.Values {
			if value != "" {
				options, labels = append(options, value), append(labels, valueLabel(value))
			}
		}
	}
	if !slices.Contains(options, *to) {
		options, labels = append(options, *to), append(labels, valueLabel(*to))
	}
	s := part.NewSelect(options, *to, func(value string) { *to = value })
	s.Labels, s.Most = labels, 190
	return s
}

func (f *predictionForm) behaviors() fyne.CanvasObject {
	var options, labels []string
	for _, m := range f.v.place.Facts().Measures {
		if m.Rate && m.Monitor == "" {
			options, labels = append(options, m.Name), append(labels, plainName(m.Name))
		}
	}
	if len(options) == 0 { // nothing is measured yet
		e := f.entry(f.draft.Behavior, "what is counted, such as hack")
		e.OnChanged = func(text string) { f.draft.Behavior = strings.TrimSpace(text) }
		return part.Fixed(240, 0, e)
	}
	if !slices.Contains(options, f.draft.Behavior) {
		f.draft.Behavior = options[0]
	}
	s := part.NewSelect(options, f.draft.Behavior, func(value string) { f.draft.Behavior = value })
	s.Labels = labels
	return s
}

// read takes over what stands in the entries.
func (f *predictionForm) read() predict.Draft {
	d := f.draft
	d.Author, d.Quantity, d.Pattern, d.Point = f.author.Text, quantities[f.quantity.Picked], "", f.point.Text
	d.Condition, d.Run, d.Lo, d.Hi, d.Bins, d.Step = strings.TrimSpace(f.about.Text), "", "", "", nil, f.step.Text
	if f.aboutKind.Picked == 1 {
		d.Condition, d.Run = "", d.Condition
	}
	switch d.Quantity {
	case predict.Share:
		d.Pattern = f.pattern.Text
	case predict.Onset:
		d.Step = ""
	}
	switch statings[f.stating.Picked] {
	case "Interval":
		d.Lo, d.Hi = f.lo.Text, f.hi.Text
	case "Distribution":
		d.Point = ""
		for _, e := range f.bins {
			d.Bins = append(d.Bins, e.Text)
		}
	}
	return d
}

// check says in place what is wrong with a number, once there is one.
func (f *predictionForm) check() {
	d := f.read()
	numbers := d // with whatever else is still missing
	numbers.Author, numbers.Pattern = cmp.Or(d.Author, "?"), cmp.Or(d.Pattern, "?")
	if d.Run == "" {
		numbers.Condition = cmp.Or(d.Condition, "?")
	}
	_, err := numbers.Prediction()
	var flaw *predict.Flaw
	f.wrong.SetText("")
	if errors.As(err, &flaw) && f.begun(flaw.Part) {
		f.wrong.SetText(flaw.Text)
	}
	f.sum.SetText(d.Sum())
}

// begun tells whether a person has written something in a part that is wrong.
func (f *predictionForm) begun(name string) bool {
	texts := map[string]string{"step": f.step.Text, "point": f.point.Text, "lo": f.lo.Text + f.hi.Text, "hi": f.hi.Text}
	return texts[name] != ""
}

func (f *predictionForm) save() {
	d := f.read()
	p, err := d.Prediction()
	if err == nil && d.Run != "" && !slices.Contains(f.choices(), d.Run) {
		err = fmt.Errorf("no run here is called %s; choose one, or predict its condition", d.Run)
	}
	if err != nil {
		f.wrong.SetText(plainError(err))
		return
	}
	f.shut()
	f.v.place.Bench.KeepAuthor(p.Author)
	if f.id != 0 {
		p.MadeAt = f.made
		f.v.write("The prediction could not be changed", "Changed the prediction", func(ctx context.Context, s Study) error { return s.ChangePrediction(ctx, f.id, p) })
		return
	}
	f.v.write("The prediction could not be saved", "Saved the prediction, not yet locked", func(ctx context.Context, s Study) error {
		_, err := s.AddPredictions(ctx, []data.Prediction{p})
		return err
	})
}

func (v *registryPane) editSelected() {
	all := v.selected()
	if len(all) != 1 || all[0].LockedAt != "" {
		v.place.Bench.Say("Select one prediction that is not locked")
		return
	}
	v.openForm(predict.DraftOf(all[0].Prediction), all[0].ID, all[0].MadeAt)
}

// exampleFile is a file of predictions, as it is shown where there are none.
const exampleFile = `forecaster,condition,step,predicted_hack,predicted_hack_lo,predicted_hack_hi
anna,neutral,118,0.40,0.20,0.65
anna,inoculation,118,0.10,0.02,0.30`

// welcome says what predictions are for, and how they come to be.
func (v *registryPane) welcome() fyne.CanvasObject {
	say := part.NewParagraph("No predictions yet: state what you expect before results arrive, lock it, and later results score it beside simple rivals", theme.Text, theme.TextSize)
	file := part.Stack(4, part.Label("A file of predictions, as CSV; JSON and JSONL have the same names"), part.Boxed(part.Stretch{Text: exampleFile}),
		part.Prose("A column predicted_X is about the measure X. Rows may name a run or a seed in place of a whole condition, and an eval, an eval_prompt and an author"))
	body := part.Stack(14, say, part.Flow(8, v.makers(false)...), file)
	return container.New(wideMessage{}, body)
}

// wideMessage puts a message in the middle, wider than an ordinary one.
type wideMessage struct{}

func (wideMessage) MinSize(o []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(320, o[0].MinSize().Height)
}

func (wideMessage) Layout(o []fyne.CanvasObject, s fyne.Size) {
	width := fyne.Min(620, s.Width-32)
	o[0].Resize(fyne.NewSize(width, s.Height))
	height := o[0].MinSize().Height
	o[0].Resize(fyne.NewSize(width, height))
	o[0].Move(fyne.NewPos((s.Width-width)/2, fyne.Max(12, (s.Height-height)*0.4)))
}
