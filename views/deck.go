package views

import (
	"context"
	"errors"
	"strconv"
	"strings"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"witnessmark/charts"
	"witnessmark/data/query"
	"witnessmark/views/desk"
	"witnessmark/views/figure"
	"witnessmark/views/part"
	"witnessmark/views/task"
	"witnessmark/views/theme"
)

// filterRest is how long typing a live filter rests before it is asked.
const filterRest = 250 * time.Millisecond

// A deck presents a board: figure after figure on the whole screen. A filter
// that is typed meanwhile narrows what is shown and changes nothing that is
// kept.
type deck struct {
	place   Place
	figures []*pinned
	at      int
	where   query.Filter
	stage   *part.Stage
	slot    *task.Slot
	box     *part.ChartBox
	count   *part.Text // "3 of 6"
	note    *part.Text
	keys    *part.Text
	entry   *part.Entry
	filter  *fyne.Container // that holds the entry
	words   *part.Paragraph // notes
	noting  *fyne.Container
	face    *fyne.Container
	cancel  func() // of asking what is typed
	veil    fyne.CanvasObject
	stop    func() // of the veil
	say     func() // what is said of the picture, once it is there
}

// Present implements Presenting: from the selected figure on.
func (v *figures) Present() {
	if len(v.order) == 0 {
		return
	}
	d := newDeck(v.place, v.order, max(0, v.selected()))
	d.stage = v.place.Bench.Stage(d.face, d.key, func() {
		d.cancel()
		d.stop()
		d.slot.Cancel()
		if p := d.figures[d.at]; v.cards[p.figure.ID] == p {
			v.selectFigure(p)
		}
	})
	d.show()
}

func newDeck(p Place, figures []*pinned, at int) *deck {
	d := &deck{place: p, figures: figures, at: at, slot: task.NewSlot(p.Tasks), box: part.NewChartBox(p.Tasks), cancel: func() {}, stop: func() {}, say: func() {},
		count: part.Say(""), note: part.Quiet("").Short(), keys: part.Quiet("Arrows step     F filter live     N notes     Esc back"), words: part.NewParagraph("", theme.Muted, theme.TitleSize)}
	d.box.Zoom = slideZoom
	d.box.OnDrawn = func(charts.Drawing) { d.drawn() }
	bar := part.NewBox(theme.Accent, theme.Clear, 0)
	d.veil = part.Border(part.Fixed(0, 2, bar), nil, nil, nil, part.NewBox(theme.Veil, theme.Clear, 0))
	d.veil.Hide()
	d.entry = part.NewEntry("condition:neutral seed<10")
	d.entry.OnChanged = func(string) {
		d.cancel()
		d.cancel = p.Tasks.After(filterRest, d.narrow)
	}
	d.entry.OnSubmitted = func(string) { d.stage.Focus() }
	d.entry.OnEscape = func() { d.showAll() }
	d.filter = part.Fixed(420, 0, part.Labeled("Filter", part.Fixed(360, theme.Control, d.entry)))
	d.filter.Hide()
	d.noting = part.Border(part.Rule(), nil, nil, nil, part.Pad(12, 56, 12, 56, d.words))
	d.noting.Hide()
	foot := part.Row(24, d.filter, part.Grow(d.note), d.count, d.keys)
	line := part.Fixed(0, 44, part.Border(part.Rule(), nil, nil, nil, part.Pad(0, 24, 0, 24, foot)))
	d.face = part.Ground(theme.Panel, part.Border(nil, part.Stack(0, d.noting, line), nil, nil, container.NewStack(part.Pad(20, 40, 0, 40, d.box), d.veil)))
	return d
}

// key steps through the figures and opens the filter.
func (d *deck) key(name fyne.KeyName) bool {
	switch name {
	case fyne.KeyRight, fyne.KeyDown, fyne.KeyPageDown, fyne.KeySpace:
		d.step(d.at + 1)
	case fyne.KeyLeft, fyne.KeyUp, fyne.KeyPageUp, fyne.KeyBackspace:
		d.step(d.at - 1)
	case fyne.KeyHome:
		d.step(0)
	case fyne.KeyEnd:
		d.step(len(d.figures) - 1)
	case fyne.KeyF:
		d.filter.Show()
		d.face.Refresh()
		d.place.Bench.Canvas().Focus(d.entry)
	case fyne.KeyN:
		d.noting.Hidden = !d.noting.Hidden
		d.face.Refresh()
	case fyne.KeyEscape:
		return d.filter.Visible() && d.showAll()
	default:
		return false
	}
	return true
}

func (d *deck) step(to int) {
	if to = min(len(d.figures)-1, max(0, to)); to != d.at {
		d.at = to
		d.show()
	}
}

// narrow takes over what was typed, if it is a filter.
func (d *deck) narrow() {
	where, err := query.Parse(d.entry.Text)
	if err != nil {
		d.note.SetText(plainError(err))
		return
	}
	if !where.Equal(d.where) {
		d.where = where
		d.show()
	}
}

// showAll takes the filter away and shows the figures as they are pinned.
func (d *deck) showAll() bool {
	d.cancel()
	d.entry.SetText("")
	d.cancel()
	d.filter.Hide()
	d.face.Refresh()
	d.stage.Focus()
	if !d.where.IsZero() {
		d.where = query.Filter{}
		d.show()
	}
	return true
}

// show puts the figure on screen. The one before stays until it is drawn.
func (d *deck) show() {
	p := d.figures[d.at]
	d.count.SetText(strconv.Itoa(d.at+1) + " of " + strconv.Itoa(len(d.figures)))
	d.stop()
	d.stop = d.place.Tasks.After(busyAfter, d.veil.Show)
	d.face.Refresh()
	if d.where.IsZero() && p.asked != "" {
		d.slot.Cancel()
		d.put(p.seen, nil)
		return
	}
	study, f, about := d.place.Study(), p.figure, d.place.Facts().figure(d.place.Version, p.state)
	state, where := p.state, d.where
	task.Do(context.Background(), d.slot, func(ctx context.Context) (figure.Pinned, error) {
		if where.IsZero() {
			return figure.Look(ctx, study, f, about)
		}
		return narrowed(ctx, study, f.Recipe, state, where, about)
	}, d.put)
}

// narrowed draws a figure of the samples that a further filter lets through.
// Its title is the one that these numbers propose.
func narrowed(ctx context.Context, study Study, recipe string, s desk.State, where query.Filter, about figure.Facts) (p figure.Pinned, err error) {
	x, err := study.Index(ctx)
	if err != nil {
		return p, err
	}
	s.Where = s.Where.With(where)
	p.Live, err = figure.Draw(ctx, x, recipe, s, about)
	p.Spec = p.Live.Spec
	return p, err
}

func (d *deck) put(seen figure.Pinned, err error) {
	if errors.Is(err, context.Canceled) {
		return
	}
	spec, note := seen.Spec, ""
	switch {
	case err != nil:
		spec, note = saying(plainError(err)), "This filter cannot be shown"
	case !d.where.IsZero():
		note = "Only where " + d.where.Sentence() + "; what is pinned stays as it is"
	case seen.Stale:
		note = "As last drawn; the data have changed since"
	case seen.Why != nil:
		note = "As last drawn; it cannot be drawn anymore"
	}
	if len(spec.Panels) == 0 {
		spec = saying(d.figures[d.at].nothing())
	}
	words := notesText(spec, d.figures[d.at].figure.Caption)
	d.say = func() {
		d.note.SetText(note)
		d.words.SetText(words)
	}
	d.box.SetSpec(spec)
}

// drawn is called when a picture is on screen: only then what is said belongs
// to it.
func (d *deck) drawn() {
	d.stop()
	d.veil.Hide()
	d.say()
	d.face.Refresh()
}

// notesText is what a speaker may want to say besides: the caption in own
// words, and the notes.
func notesText(spec charts.Spec, caption string) string {
	var out []string
	for _, n := range append([]string{caption}, spec.Notes...) {
		if n != "" {
			out = append(out, upper(n))
		}
	}
	if len(out) == 0 {
		return "No notes"
	}
	return strings.Join(out, "\n")
}
