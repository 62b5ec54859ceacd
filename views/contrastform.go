package views

import (
	"context"
	"math"
	"slices"
	"strconv"
	"strings"

	"fyne.io/fyne/v2"

	"witnessmark/data"
	"witnessmark/data/contrast"
	"witnessmark/data/query"
	"witnessmark/data/store"
	"witnessmark/views/part"
	"witnessmark/views/task"
	"witnessmark/views/theme"
)

// A contrastForm sets up a contrast, or changes one.
type contrastForm struct {
	pane     *contrastPane
	draft    store.Contrast
	old      *store.Contrast // that is edited, nil for a new one
	registry contrast.Registry

	name, margin, hypothesis *part.Entry
	proposed                 string // the name, until a person types another one
	problem                  *part.Paragraph
	before                   *part.Paragraph
	shut                     func()
}

// openForm opens the form on a contrast, or with nil on what is on screen,
// once it is known which contrasts there are and what was looked at.
func (c *contrastPane) openForm(old *store.Contrast) {
	study, ok := c.place.Study().(planning)
	if !ok || c.place.Study().ReadOnly() {
		c.place.Bench.Fail("Contrasts cannot be set up here", errReadOnly)
		return
	}
	task.Do(context.Background(), c.opening, func(ctx context.Context) (out planned, err error) {
		if out.saved, err = study.Contrasts(ctx); err == nil {
			out.registry, err = study.Registry(ctx)
		}
		return out, err
	}, func(out planned, err error) {
		if err != nil {
			c.place.Bench.Fail("Contrasts cannot be set up here", err)
			return
		}
		c.saved, c.registry = out.saved, out.registry
		f := &contrastForm{pane: c, old: old, registry: c.registry, problem: part.NewParagraph("", theme.Bad, theme.SmallSize), before: part.NewParagraph("", theme.Warn, theme.SmallSize)}
		if old != nil {
			f.draft = *old
		} else {
			f.draft = c.draft()
		}
		f.open()
	})
}

// errReadOnly says why a study that is only read keeps no contrasts.
var errReadOnly = &store.Error{Kind: store.ReadOnly, Text: "this study was opened only to be read; save a copy that you may write to, and set the contrast up there"}

// draft is the comparison on screen: of the selected condition, else of the
// first that is not the baseline.
func (c *contrastPane) draft() store.Contrast {
	s, facts := c.state, c.place.Facts()
	out := store.Contrast{B: s.Baseline, Metric: s.Measure, PairedBy: string(s.Pair), Margin: math.NaN()}
	out.B = facts.BaselineOr(out.B)
	for _, field := range []string{data.Eval, data.EvalPrompt} {
		if chosen, _ := s.Where.Chosen(field); len(chosen) == 1 && out.Eval == "" {
			out.Eval = scopeOf(field, chosen[0])
		}
	}
	for _, name := range append(slices.Clone(s.Selected), facts.Conditions...) {
		if slices.Contains(facts.Conditions, name) && name != out.B {
			out.A = name
			break
		}
	}
	return out
}

// scopeOf is how a contrast names an eval, or an eval prompt.
func scopeOf(field, value string) string {
	if field == data.EvalPrompt {
		return data.EvalPrompt + ":" + value
	}
	return value
}

// scopes lists the evals and eval prompts that a contrast can be about, with
// how they are called.
func (c *contrastPane) scopes() (values, labels []string) {
	values, labels = []string{""}, []string{"any"}
	for _, field := range []string{data.Eval, data.EvalPrompt} {
		f, _ := c.place.Facts().field(field)
		for _, v := range f.Values {
			if v != "" {
				values, labels = append(values, scopeOf(field, v)), append(labels, plainName(field)+" "+valueLabel(v))
			}
		}
	}
	return values, labels
}

func (f *contrastForm) open() {
	facts, d := f.pane.place.Facts(), &f.draft
	pick := func(options, labels []string, value string, to *string) *part.Select {
		if !slices.Contains(options, value) {
			options = append(slices.Clone(options), value)
			if labels != nil {
				labels = append(slices.Clone(labels), value)
			}
		}
		s := part.NewSelect(options, value, func(v string) { *to = v; f.changed() })
		s.Labels, s.Most = labels, 0
		return s
	}
	named := func(values []string) (labels []string) {
		for _, v := range values {
			labels = append(labels, valueLabel(v))
		}
		return labels
	}
	scopes, scopeLabels := f.pane.scopes()
	f.name, f.margin, f.hypothesis = part.NewEntry("Name"), part.NewEntry("none"), part.NewEntry("What is expected, and why")
	f.name.SetText(d.Name)
	f.hypothesis.SetText(d.Hypothesis)
	if d.Margin == d.Margin {
		f.margin.SetText(strconv.FormatFloat(d.Margin*f.scale(), 'g', 4, 64))
	}
	f.margin.OnChanged = func(string) { f.changed() }
	plan := part.NewSegments([]string{"Exploratory", "Confirmatory"}, func(i int) { d.Confirmatory = i == 1; f.changed() })
	if d.Confirmatory {
		plan.Pick(1)
	}
	rows := []fyne.CanvasObject{
		formRow("Condition", pick(facts.Conditions, named(facts.Conditions), d.A, &d.A)),
		formRow("Against", pick(facts.Conditions, named(facts.Conditions), d.B, &d.B)),
		formRow("Measure", pick(facts.MeasureNames(), nil, d.Metric, &d.Metric)),
		formRow("Eval", pick(scopes, scopeLabels, d.Eval, &d.Eval)),
		formRow("Paired by", pick([]string{"", string(query.PairSeed), string(query.PairItem), string(query.PairNone)}, []string{"seed, else as the data allow", "seed", "item", "nothing"}, d.PairedBy, &d.PairedBy)),
		formRow("Margin", part.Border(nil, nil, nil, part.Pad(0, 0, 0, 8, part.Quiet("points that would not matter")), part.Fixed(0, theme.Control, f.margin))),
		formRow("Hypothesis", part.Fixed(0, theme.Control, f.hypothesis)),
		formRow("Plan", part.Row(0, plan, part.Spacer())),
		formRow("Name", part.Fixed(0, theme.Control, f.name)),
		f.before, f.problem,
	}
	title, verb := "New contrast", "Set up contrast"
	if f.old != nil {
		title, verb = "Edit contrast", "Save contrast"
	}
	f.shut = part.Modal(f.pane.place.Bench.Canvas(), title, fyne.NewSize(520, 468), part.Scroll(part.Pad(14, 16, 10, 16, part.Stack(8, rows...))),
		part.NewButton("Cancel", "", func() { f.shut() }), part.NewPrimary(verb, "", f.save))
	f.changed()
}

// formRow puts a label of a fixed width before a control.
func formRow(label string, o fyne.CanvasObject) fyne.CanvasObject {
	return part.Border(nil, nil, part.Fixed(92, 0, part.Row(0, part.Quiet(label))), nil, o)
}

// scale turns the measure's own scale into points.
func (f *contrastForm) scale() float64 {
	if m := f.pane.place.Facts().Measure(f.draft.Metric); m.Rate || m.Lo == 0 && m.Hi == 1 {
		return 100
	}
	return 1
}

// changed proposes a name anew, and says what the ledger knows.
func (f *contrastForm) changed() {
	if f.old == nil && f.name.Text == f.proposed {
		f.proposed = f.propose()
		f.name.SetText(f.proposed)
	}
	f.problem.SetText("")
	text := ""
	if f.fresh() {
		text = f.registry.Before(f.draft.Registered())
	}
	switch {
	case text == "":
	case f.draft.Confirmatory:
		text += ", so a reader is told that beside “confirmatory”."
	default:
		text += "."
	}
	f.before.SetText(text)
	f.before.Hidden = text == ""
	f.before.Refresh()
}

// fresh tells whether the contrast is planned anew, so that what was looked
// at up to now was looked at before.
func (f *contrastForm) fresh() bool {
	if f.old == nil {
		return true
	}
	o, d := *f.old, f.draft
	margin, err := f.marginOf()
	same := o.Margin == margin || o.Margin != o.Margin && margin != margin
	return err != nil || !same || o.A != d.A || o.B != d.B || o.Eval != d.Eval || o.Metric != d.Metric || o.PairedBy != d.PairedBy || d.Confirmatory && !o.Confirmatory
}

// propose names a contrast after its sides and measure.
func (f *contrastForm) propose() string {
	d := f.draft
	text := valueLabel(d.A) + " against " + valueLabel(d.B) + ", " + plainName(d.Metric)
	if _, value, ok := strings.Cut(d.Eval, ":"); ok {
		text += ", " + valueLabel(value)
	} else if d.Eval != "" {
		text += ", " + valueLabel(d.Eval)
	}
	name := text
	for i := 2; f.pane.named(name) != nil; i++ {
		name = text + " " + strconv.Itoa(i)
	}
	return name
}

// marginOf reads the margin in the measure's scale, NaN for none.
func (f *contrastForm) marginOf() (float64, error) {
	text := strings.TrimSpace(strings.ReplaceAll(strings.TrimPrefix(strings.TrimSpace(f.margin.Text), "±"), ",", "."))
	if text == "" {
		return math.NaN(), nil
	}
	v, err := strconv.ParseFloat(text, 64)
	v /= f.scale()
	switch {
	case err != nil:
		return v, errMargin("the margin is a number of points, such as 5; leave it empty for none")
	case !(v > 0) || math.IsInf(v, 0):
		return v, errMargin("the margin is more than 0 points, such as 5; leave it empty for none")
	case f.scale() == 100 && v >= 1:
		return v, errMargin("the margin is less than 100 points, the whole of the scale")
	}
	return v, nil
}

// errMargin says what is wrong with a margin.
type errMargin string

func (e errMargin) Error() string { return string(e) }

// wrong says what keeps the contrast from being set up, "" for nothing.
func (f *contrastForm) wrong() string {
	d := f.draft
	_, err := f.marginOf()
	other := f.pane.named(d.Name)
	switch {
	case d.A == "" || d.B == "":
		return "Choose a condition, and another one that it is compared with"
	case d.A == d.B:
		return "A condition is not compared with itself; choose another one"
	case d.Metric == "":
		return "Choose the measure that is compared"
	case err != nil:
		return upper(err.Error())
	case d.Name == "":
		return "Give the contrast a name"
	case other != nil && (f.old == nil || other.ID != f.old.ID):
		return "There is a contrast named “" + d.Name + "” already; choose another name"
	}
	return ""
}

func (f *contrastForm) save() {
	d := &f.draft
	d.Name, d.Hypothesis, d.At = strings.TrimSpace(f.name.Text), strings.TrimSpace(f.hypothesis.Text), ""
	if text := f.wrong(); text != "" {
		f.problem.SetText(text)
		return
	}
	d.Margin, _ = f.marginOf()
	saved := *d
	f.shut()
	f.pane.change("The contrast could not be kept", func(ctx context.Context, s planning) error { return s.SaveContrast(ctx, saved) }, func() {
		f.pane.place.Bench.Say("Set up “" + saved.Name + "”")
	})
}
