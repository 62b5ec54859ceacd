package views

import (
	"context"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"witnessmark/data"
	"witnessmark/data/contrast"
	"witnessmark/data/estimate"
	"witnessmark/data/frame"
	"witnessmark/data/query"
	"witnessmark/data/store"
	"witnessmark/views/part"
	"witnessmark/views/theme"
)

// A reading is a sample whose texts are to be read, with the filter that
// finds its partner.
type reading struct {
	study   texts
	index   func(context.Context) (*estimate.Index, error)
	sample  string
	partner query.Filter // zero for none
	values  []string

	condition, where string
}

// A transcript is what is known of one sample.
type transcript struct {
	condition, place string
	parts            []store.Part
	values           []string
}

// transcripts are a sample and, where one was found, its partner.
type transcripts struct {
	own     transcript
	partner *transcript
	why     string // no partner, because …
}

func (r reading) read(ctx context.Context) (transcripts, error) {
	var out transcripts
	id, ordinal, _ := sampleAt(r.sample)
	parts, err := r.study.Sample(ctx, id, ordinal)
	if err != nil {
		return out, err
	}
	out.own = transcript{condition: r.condition, place: r.where, parts: parts, values: r.values}
	if r.partner.IsZero() {
		return out, nil
	}
	out.partner, err = r.other(ctx)
	if out.partner == nil {
		out.why = "The baseline has no sample of this item at this step, seed and evaluation"
	}
	return out, err
}

// other finds and reads the partner; nil where there is none.
func (r reading) other(ctx context.Context) (*transcript, error) {
	x, err := r.index(ctx)
	if err != nil {
		return nil, err
	}
	f, err := x.Ask(ctx, query.Query{Where: r.partner, Limit: 1})
	if err != nil || f.Len() == 0 {
		return nil, err
	}
	id, ordinal, _ := sampleAt(f.Key(0, estimate.SampleKey))
	parts, err := r.study.Sample(ctx, id, ordinal)
	v := samples{}
	return &transcript{condition: f.Text(data.Condition, 0), place: placeOf(f, 0), parts: parts, values: v.values(f, 0)}, err
}

// placeOf says where a sample comes from, for the head of its pane.
func placeOf(f frame.Frame, row int) string {
	out := f.Text(data.Run, row)
	if item := f.Text(data.Item, row); item != "" {
		out += ", " + item
	}
	return out
}

// layOut shows one pane, or the partner and the sample side by side with what
// differs marked.
func (v *samples) layOut(t transcripts) fyne.CanvasObject {
	if t.partner == nil {
		return v.pane(t.own, nil, t.why)
	}
	split := container.NewHSplit(v.pane(*t.partner, against(t.own, true), ""), v.pane(t.own, against(*t.partner, false), ""))
	return split
}

// against marks what a text has that the other's part of the same name lacks:
// removed from the partner, or added to the sample.
func against(other transcript, first bool) func(store.Part) []part.Stretch {
	return func(p store.Part) []part.Stretch {
		for _, o := range other.parts {
			if o.Name == p.Name {
				return marked(p.Text, o.Text, first)
			}
		}
		return []part.Stretch{{Text: p.Text}}
	}
}

func marked(text, other string, first bool) []part.Stretch {
	segments := contrast.DiffWords(other, text)
	if first {
		segments = contrast.DiffWords(text, other)
	}
	var out []part.Stretch
	for _, s := range segments {
		switch {
		case s.Change == contrast.Same:
			out = append(out, part.Stretch{Text: s.Text})
		case first && s.Change == contrast.Removed:
			out = append(out, part.Stretch{Text: s.Text, Ground: theme.Deleted, Struck: true})
		case !first && s.Change == contrast.Added:
			out = append(out, part.Stretch{Text: s.Text, Ground: theme.Inserted})
		}
	}
	return out
}

// partTitles are how the parts of a sample are called.
var partTitles = map[string]string{
	"prompt": "Prompt", "cot": "Chain of thought", "action": "Action", "rationale": "Monitor's or grader's rationale", "messages": "Messages",
}

func (v *samples) pane(t transcript, mark func(store.Part) []part.Stretch, why string) fyne.CanvasObject {
	head := part.Head(part.Row(theme.Gap, part.NewMarker(v.place.Facts().Role(t.condition)), part.Strong(valueLabel(t.condition)).Short()), part.Small(t.place))
	var blocks []fyne.CanvasObject
	if why != "" {
		blocks = append(blocks, part.Prose(why))
	}
	for _, p := range t.parts {
		title := partTitles[p.Name]
		if title == "" {
			title = p.Name
		}
		blocks = append(blocks, part.Label(title))
		if mark == nil {
			blocks = append(blocks, part.Quote(visible(p.Text)))
		} else {
			blocks = append(blocks, part.Boxed(mark(p)...))
		}
	}
	if len(t.parts) == 0 {
		blocks = append(blocks, part.Prose("The source of this sample had no texts."))
	}
	blocks = append(blocks, part.Rule(), part.Label("Scores and fields"), part.Pairs(t.values...))
	return part.Ground(theme.Panel, part.Border(head, nil, part.Wall(), nil, part.Scroll(part.Pad(10, theme.Pad, theme.Pad, theme.Pad, part.Stack(8, blocks...)))))
}

// visible shows the characters that would reorder a text as signs.
func visible(s string) string {
	out := []rune(s)
	for i, r := range out {
		if r >= 0x202A && r <= 0x202E || r >= 0x2066 && r <= 0x2069 {
			out[i] = '�'
		}
	}
	return string(out)
}
