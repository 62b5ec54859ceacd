package views

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strconv"

	"fyne.io/fyne/v2"

	"witnessmark/charts"
	"witnessmark/data/store"
	"witnessmark/views/desk"
	"witnessmark/views/figure"
	"witnessmark/views/part"
	"witnessmark/views/task"
)

// A pinned figure on its card. It is drawn off the UI thread in two steps:
// what the study kept of it comes at once, and is then compared with what the
// data say now.
type pinned struct {
	figure store.Figure
	number int // on the board, from 1
	state  desk.State
	bad    error // the state cannot be read
	study  Study
	card   *part.FigureCard
	slot   *task.Slot

	tried bool          // what was kept has been looked for
	has   bool          // there is something to see
	asked string        // what seen is of; "" while it is what was kept
	seen  figure.Pinned // as it is to be seen
	runs  string        // how many pass, such as "90 of 90 runs"
}

// atOnce is how many figures are drawn at the same time: a board must leave
// room for what else a person does.
const atOnce = 2

func newPinned(v *figures, f store.Figure) *pinned {
	p := &pinned{figure: f, study: v.place.Study(), slot: task.NewSlot(v.place.Tasks)}
	p.card = part.NewFigureCard(part.NewChartBox(v.place.Tasks))
	p.card.OnMenu = func(at fyne.Position) {
		v.selectFigure(p)
		v.place.Bench.Menu(at, v.figureItems(p)...)
	}
	return p
}

// key names the figure among what is selected.
func (p *pinned) key() string { return strconv.FormatInt(p.figure.ID, 10) }

// set takes over what the study says of the figure now.
func (p *pinned) set(f store.Figure, number int) {
	if f.Numbers != p.figure.Numbers || f.Revision != p.figure.Revision || string(f.State) != string(p.figure.State) {
		p.asked = ""
	}
	p.figure, p.number = f, number
	p.state, p.bad = desk.State{}, nil
	if err := json.Unmarshal(f.State, &p.state); err != nil {
		p.bad = fmt.Errorf("what figure %d shows cannot be read: %w", number, err)
	}
	p.write()
}

// title is what stands above the figure.
func (p *pinned) title() string {
	switch {
	case p.figure.Title != "":
		return p.figure.Title
	case p.seen.Spec.Title != "":
		return p.seen.Spec.Title
	case p.has || p.bad != nil:
		return title(p.figure.Recipe)
	}
	return ""
}

// write brings the card's words in line.
func (p *pinned) write() {
	foot := ""
	if p.has {
		foot = charts.Gist(p.seen.Spec)
	}
	p.card.Set(strconv.Itoa(p.number), p.title(), foot)
	switch {
	case p.seen.Why != nil:
		p.card.SetChip("Cannot be drawn anymore", plainError(p.seen.Why), part.Wrong)
	case p.seen.Stale:
		p.card.SetChip("Stale: data changed", "This is what it showed at revision "+strconv.FormatInt(p.figure.Revision, 10)+"; refresh it to show the data as they are", part.Caution)
	default:
		p.card.SetChip("", "", part.Info)
	}
}

// draw puts a chart on the card, without the words that the card has itself.
func (p *pinned) draw() {
	if len(p.seen.Spec.Panels) == 0 {
		p.card.Box.SetSpec(saying(p.nothing()))
		p.write()
		return
	}
	p.card.Box.SetSpec(small(p.seen.Spec))
	p.has = true
	p.write()
}

// nothing says why there is nothing to see.
func (p *pinned) nothing() string {
	if p.seen.Why == nil {
		return "These data have nothing to draw here"
	}
	return "Nothing was kept of this figure"
}

// stacked is how many panels have room below each other on a card.
const stacked = 4

// small is a chart as it fits a card: without what stands around and under it.
// Panels of steps stand below each other on one axis.
func small(s charts.Spec) charts.Spec {
	s.Title, s.Subtitle, s.Source = "", "", ""
	s.Panels = slices.Clone(s.Panels)
	if s.ID == "dots" { // the differences beside them only add
		s.Panels = slices.DeleteFunc(s.Panels, func(p charts.Panel) bool { return p.Optional })
	}
	for i, p := range s.Panels {
		s.Panels[i].Under = nil
		s.Panels[i].Layers = slices.Clone(p.Layers)
		for j := range p.Layers {
			if p.Layers[j].Mark == "rule" {
				s.Panels[i].Layers[j].Text = nil // there is no room beside the rows
			}
		}
	}
	return belowEachOther(s)
}

// belowEachOther puts a few panels with the same horizontal axis below each
// other, which then is written once.
func belowEachOther(s charts.Spec) charts.Spec {
	last := len(s.Panels) - 1
	for _, p := range s.Panels {
		if p.X.Title != s.Panels[last].X.Title || p.X.Kind == charts.Rows || last == 0 || last >= stacked {
			return s
		}
	}
	s.Columns = 1
	for i := range s.Panels[:last] {
		s.Panels[i].X.Quiet, s.Panels[i].X.Title = true, ""
	}
	return s
}

// wants is what a figure is to be drawn of: the figure, the data, the colors.
func (v *figures) wants(p *pinned) string {
	facts := v.place.Facts()
	return fmt.Sprintf("%d %d %s %p", p.figure.ID, facts.Revision, p.figure.Numbers, facts.Roles)
}

// pump starts drawing what is on screen and not drawn yet; then it looks
// whether figures below are stale.
func (v *figures) pump() {
	if v.place.Study() == nil || v.place.Desk.State().View != "figures" {
		return
	}
	busy := 0
	for _, p := range v.order {
		if p.slot.Busy() {
			busy++
		}
	}
	for ; busy < atOnce; busy++ {
		p := v.next()
		if p == nil {
			return
		}
		v.work(p)
	}
}

// next is the figure to draw next; nil for none.
func (v *figures) next() *pinned {
	from, to := v.grid.Seen()
	if to > len(v.order) {
		return nil
	}
	for _, p := range v.order[from:to] {
		if !p.tried && !p.slot.Busy() {
			return p
		}
	}
	for _, p := range v.order[from:to] {
		if p.asked != v.wants(p) && !p.slot.Busy() {
			return p
		}
	}
	for _, p := range v.order {
		if p.figure.Revision != v.place.Facts().Revision && p.asked != v.wants(p) && !p.slot.Busy() {
			return p
		}
	}
	return nil
}

func (v *figures) work(p *pinned) {
	if !p.tried && !p.has {
		v.showKept(p)
		return
	}
	study, facts, f, want := v.place.Study(), v.place.Facts(), p.figure, v.wants(p)
	about, where := facts.figure(v.place.Version, p.state), p.state.Where
	type answer struct {
		seen figure.Pinned
		runs string
	}
	task.Do(context.Background(), p.slot, func(ctx context.Context) (a answer, err error) {
		if a.seen, err = figure.Look(ctx, study, f, about); err != nil {
			return a, err
		}
		x, err := study.Index(ctx)
		if err != nil {
			return a, err
		}
		passing, err := pass(ctx, x, facts, where)
		if err == nil {
			a.runs = passing.Count()
		}
		return a, ctx.Err()
	}, func(a answer, err error) {
		if errors.Is(err, context.Canceled) {
			return
		}
		p.asked, p.tried = want, true
		if err != nil {
			p.seen.Why = err
		} else {
			p.seen, p.runs = a.seen, a.runs
		}
		p.draw()
		v.drawn()
	})
}

// showKept shows what the study kept of a figure, until it is drawn anew.
func (v *figures) showKept(p *pinned) {
	study, id, own := v.place.Study(), p.figure.ID, p.figure.Title
	task.Do(context.Background(), p.slot, func(ctx context.Context) (charts.Spec, error) {
		chart, err := study.Shown(ctx, id)
		if err != nil {
			return charts.Spec{}, err
		}
		return figure.Kept(chart)
	}, func(spec charts.Spec, err error) {
		p.tried = true
		if err == nil {
			p.seen.Spec = figure.Titled(spec, own)
			p.draw()
		}
		v.drawn()
	})
}

// drawn is called when a figure has been drawn.
func (v *figures) drawn() {
	v.showTools()
	v.inspect.show()
	v.place.Bench.Changed()
	v.pump()
}

// stale are the figures whose numbers have changed.
func (v *figures) stale() []*pinned {
	var out []*pinned
	for _, p := range v.order {
		if p.seen.Stale {
			out = append(out, p)
		}
	}
	return out
}
