package views

import (
	"context"
	"strings"

	"fyne.io/fyne/v2"

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
		blocks = append(blocks, diffBlocks(d, title(d.Field), theme.Muted)...)
	}
	for _, d := range c.AlsoDiffer {
		blocks = append(blocks, diffBlocks(d, title(d.Field)+", also differs from "+valueLabel(c.Baseline), theme.Bad)...)
	}
	for _, m := range c.Matched {
		blocks = append(blocks, part.Label("Same "+strings.Join(m.Same, ", ")), part.NewParagraph(m.Sentence, theme.Text, theme.SmallSize))
	}
	blocks = append(blocks, v.flipBlocks(out.flips, heldAt(v.Ask(v.place.Desk.State()), v.answer.Keys[row]).Where)...)
	blocks = append(blocks, part.Rule(), part.Pairs(v.cardFacts(c)...))
	return append(blocks, v.rowNotes(row)...)
}

// diffBlocks show a setting: as a text with what was changed marked, or as
// two values.
func diffBlocks(d contrast.TextDiff, label string, color fyne.ThemeColorName) []fyne.CanvasObject {
	head := part.Label(label).In(color)
	if !d.Long || len(d.Segments) == 0 {
		return []fyne.CanvasObject{head, part.NewParagraph(valuesOf(d.Own)+"; baseline "+valuesOf(d.Base), theme.Text, theme.SmallSize)}
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

func valuesOf(values []string) string {
	shown := make([]string, len(values))
	for i, s := range values {
		shown[i] = valueLabel(s)
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
