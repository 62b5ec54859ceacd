package views

import (
	"context"
	"strings"

	"fyne.io/fyne/v2"

	"witnessmark/charts"
	"witnessmark/data/contrast"
	"witnessmark/views/part"
	"witnessmark/views/task"
	"witnessmark/views/theme"
)

// explained is what stands behind a comparison: the card, and the items that
// the two conditions answered differently, where both have samples.
type explained struct {
	card  contrast.Card
	flips *contrast.Flips
}

// comparing is what a study must have beside Study for its comparisons to be
// explained.
type comparing interface {
	Comparing(ctx context.Context) (contrast.Study, error)
}

// explain reads what stands behind a row, off the UI thread, and completes
// the inspector with it.
func (v *conditions) explain(row int, head fyne.CanvasObject) {
	study, ok := v.place.Study().(comparing)
	if !ok {
		return
	}
	q, keys, own := v.Ask(v.place.Desk.State()), v.answer.Keys[row], v.group(row)
	task.Do(context.Background(), v.slot, func(ctx context.Context) (out explained, err error) {
		st, err := study.Comparing(ctx)
		if err != nil {
			return out, err
		}
		if out.card, err = st.Explain(ctx, q, keys...); err != nil || q.Baseline == "" || q.Baseline == own {
			return out, err
		}
		if flips, none := st.Flips(ctx, heldAt(q, keys), own); none == nil { // counts and summaries have no items to flip
			out.flips = &flips
		}
		return out, ctx.Err()
	}, func(out explained, err error) {
		if err == nil {
			v.inspect.Set(head, v.cardBlocks(row, out)...)
		}
	})
}

func (v *conditions) cardBlocks(row int, out explained) []fyne.CanvasObject {
	c := out.card
	blocks := []fyne.CanvasObject{part.Sentence(c.Sentence)}
	for _, line := range c.Reading {
		blocks = append(blocks, part.NewParagraph(line, theme.Text, theme.SmallSize))
	}
	blocks = append(blocks, v.actions(row))
	blocks = append(blocks, v.planLinks(row, c)...)
	for _, d := range c.Prompts {
		blocks = append(blocks, promptBlocks(d, c.Baseline)...)
	}
	for _, d := range c.AlsoDiffer {
		blocks = append(blocks, diffBlocks(d, c.Baseline)...)
	}
	for _, m := range c.Matched {
		blocks = append(blocks, part.Label("Same "+strings.Join(m.Same, ", ")), part.NewParagraph(m.Sentence, theme.Text, theme.SmallSize))
	}
	blocks = append(blocks, v.flipBlocks(out.flips, heldAt(v.Ask(v.place.Desk.State()), v.answer.Keys[row]).Where)...)
	blocks = append(blocks, part.Rule(), part.Pairs(v.cardFacts(c)...))
	return append(blocks, v.rowNotes(row)...)
}

// mostQuotes is how many prompts of a condition are shown in full.
const mostQuotes = 3

// promptBlocks show the prompt of a condition, with what was changed of the
// baseline's marked; base is "" for the baseline itself.
func promptBlocks(d contrast.TextDiff, base string) []fyne.CanvasObject {
	label := title(d.Field)
	if base != "" && d.Differs() {
		if len(d.Segments) > 0 && d.Own[0] != "" && d.Base[0] != "" {
			return []fyne.CanvasObject{part.Label(label + ", marked against " + valueLabel(base)), changesBox(d.Segments)}
		}
		own := append([]fyne.CanvasObject{part.Label(label)}, quotes(d.Own)...)
		return append(append(own, part.Label(label+" of "+valueLabel(base))), quotes(d.Base)...)
	}
	if base != "" {
		label += ", same as " + valueLabel(base)
	}
	return append([]fyne.CanvasObject{part.Label(label)}, quotes(d.Own)...)
}

// quotes are texts in boxes, to be selected.
func quotes(texts []string) []fyne.CanvasObject {
	var out []fyne.CanvasObject
	for i, t := range texts {
		switch {
		case i == mostQuotes:
			return append(out, part.Prose("and "+charts.Count(float64(len(texts)-mostQuotes), "more prompt")))
		case strings.TrimSpace(t) == "":
			out = append(out, part.Prose("none"))
		default:
			out = append(out, part.Quote(t))
		}
	}
	if len(texts) == 0 {
		out = append(out, part.Prose("none"))
	}
	return out
}

// diffBlocks show a setting that differs from the baseline's besides: as a
// text with what was changed marked, or as two values.
func diffBlocks(d contrast.TextDiff, base string) []fyne.CanvasObject {
	head := part.Label(title(d.Field) + ", also differs from " + valueLabel(base)).In(theme.Bad)
	if !d.Long || len(d.Segments) == 0 {
		return []fyne.CanvasObject{head, part.NewParagraph(valuesOf(d.Own)+" here, "+valuesOf(d.Base)+" in "+valueLabel(base), theme.Text, theme.SmallSize)}
	}
	return []fyne.CanvasObject{head, changesBox(d.Segments)}
}

// changesBox is a text with what was changed marked.
func changesBox(segments []contrast.Segment) fyne.CanvasObject {
	var out []part.Stretch
	for _, s := range segments {
		switch s.Change {
		case contrast.Removed:
			out = append(out, part.Stretch{Text: s.Text, Ground: theme.Deleted, Struck: true})
		case contrast.Added:
			out = append(out, part.Stretch{Text: s.Text, Ground: theme.Inserted})
		case contrast.Elided:
			out = append(out, part.Stretch{Text: " … "})
		default:
			out = append(out, part.Stretch{Text: s.Text})
		}
	}
	return part.Boxed(out...)
}

// valuesOf lists the values of a setting, "none" for a run without one.
func valuesOf(values []string) string {
	shown := make([]string, len(values))
	for i, s := range values {
		if shown[i] = valueLabel(s); s == "" {
			shown[i] = "none"
		}
	}
	if len(shown) == 0 {
		return "none"
	}
	return strings.Join(shown, ", ")
}

// cardFacts are the lines at the end of the card.
func (v *conditions) cardFacts(c contrast.Card) []string {
	var out []string
	add := func(name, text string) {
		if text != "" {
			out = append(out, name, text)
		}
	}
	for _, f := range c.Facts {
		add(f.Name, f.Text)
	}
	if c.Exclusions != nil {
		add("Left out", strings.Join(c.Exclusions.Text, " "))
	}
	if c.Power != nil {
		add("Power", c.Power.Text)
	}
	if c.Influence != nil {
		add("Influence", c.Influence.Text)
	}
	if c.Family != nil {
		add("p", c.Family.Text)
	}
	add("Standing", c.Standing.Text)
	add("Source", c.Source.Text)
	return out
}
