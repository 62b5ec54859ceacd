package views

import (
	"context"
	"slices"
	"strconv"

	"fyne.io/fyne/v2"

	"witnessmark/charts"
	"witnessmark/data/store"
	"witnessmark/views/desk"
	"witnessmark/views/figure"
	"witnessmark/views/part"
)

// figureItems are the entries of a figure's menu.
func (v *figures) figureItems(p *pinned) []*fyne.MenuItem {
	at := slices.Index(v.order, p)
	item := func(text string, able bool, do func()) *fyne.MenuItem {
		i := fyne.NewMenuItem(text, do)
		i.Disabled = !able
		return i
	}
	can := p.has && !v.place.Study().ReadOnly()
	return []*fyne.MenuItem{
		item("Open in "+viewTitle(p.state), p.bad == nil, func() { v.open(p) }),
		fyne.NewMenuItem("Rename…", func() { v.rename(p) }),
		item("Move left", at > 0, func() { v.move(p, at, at-1) }),
		item("Move right", at+1 < len(v.order), func() { v.move(p, at, at+1) }),
		item("Refresh", can && p.seen.Stale, func() { v.renew(p) }),
		fyne.NewMenuItemSeparator(),
		item("Save as…", p.has, func() { v.place.Bench.SaveChart(p.seen.Spec) }),
		item("Copy data", p.has, func() { copyData(v.place.Bench, p.seen.Spec) }),
		fyne.NewMenuItemSeparator(),
		fyne.NewMenuItem("Remove", func() { v.remove(p) }),
	}
}

// viewTitle is the title of the view that a state shows.
func viewTitle(s desk.State) string {
	if k, ok := kindOf(s.View); ok {
		return k.Title
	}
	return Kinds()[0].Title
}

// move puts a figure at another place, counted from 0.
func (v *figures) move(p *pinned, from, to int) {
	id := p.figure.ID
	v.reveal = id
	v.boards.change(boardChange{
		name: "Move figure " + strconv.Itoa(from+1), said: "Figure " + strconv.Itoa(from+1) + " is figure " + strconv.Itoa(to+1) + " now",
		do:   func(ctx context.Context, s Study) error { return s.MoveFigure(ctx, id, to) },
		undo: func(ctx context.Context, s Study) error { return s.MoveFigure(ctx, id, from) },
	})
}

// remove takes a figure off the board. What the study kept of it is kept
// until the window closes, so that it can come back.
func (v *figures) remove(p *pinned) {
	f, at := p.figure, slices.Index(v.order, p)
	if at < 0 {
		return
	}
	var shown []byte
	if v.boards.writable() && len(v.order) > 1 { // its neighbor is selected next
		rest := slices.Delete(slices.Clone(v.order), at, at+1)
		v.selectFigure(rest[min(at, len(rest)-1)])
	}
	number := strconv.Itoa(at + 1)
	v.boards.change(boardChange{
		name: "Remove figure " + number, said: "Removed figure " + number,
		do: func(ctx context.Context, s Study) (err error) {
			if shown, err = s.Shown(ctx, f.ID); err != nil && !store.IsKind(err, store.Corrupt) {
				return err
			}
			return s.RemoveFigure(ctx, f.ID)
		},
		undo: func(ctx context.Context, s Study) error {
			_, err := s.AddFigure(ctx, f, at, shown)
			return err
		},
	})
}

// edit changes what a figure says, and not what it shows.
func (v *figures) edit(p *pinned, name, said string, to store.Figure) {
	from := p.figure
	v.boards.change(boardChange{
		name: name, said: said,
		do:   func(ctx context.Context, s Study) error { return s.ChangeFigure(ctx, to, nil) },
		undo: func(ctx context.Context, s Study) error { return s.ChangeFigure(ctx, from, nil) },
	})
}

// rename asks for a title; none brings the proposed one back.
func (v *figures) rename(p *pinned) {
	if !v.boards.writable() {
		return
	}
	v.askName("Rename figure "+strconv.Itoa(p.number), "Title", "The title that the numbers propose", p.title(), "Rename", func(name string) {
		to := p.figure
		if to.Title = name; name == p.seen.Live.Spec.Title {
			to.Title = ""
		}
		v.edit(p, "Rename figure "+strconv.Itoa(p.number), "Renamed figure "+strconv.Itoa(p.number), to)
	})
}

// askName asks for one line of text.
func (v *figures) askName(head, label, hint, text, verb string, done func(string)) {
	c := v.place.Bench.Canvas()
	entry := part.NewEntry(hint)
	entry.SetText(text)
	var shut func()
	do := func() {
		shut()
		done(entry.Text)
	}
	entry.OnSubmitted = func(string) { do() }
	entry.OnEscape = func() { shut() }
	body := part.Pad(14, 16, 14, 16, part.Stack(6, part.Quiet(label), entry))
	shut = part.Modal(c, head, fyne.NewSize(520, 170), body, part.NewPrimary(verb, "", do))
	c.Focus(entry)
	entry.TypedShortcut(&fyne.ShortcutSelectAll{})
}

// refreshStale draws all stale figures from the data as they are.
func (v *figures) refreshStale() { v.renew(v.stale()...) }

// renew makes figures show the data as they are. Words of somebody's own stay,
// and it is said that they may be of other numbers.
func (v *figures) renew(stale ...*pinned) {
	type step struct {
		from, to store.Figure
		live     charts.Spec
		old      []byte
	}
	var steps []step
	own := 0
	for _, p := range stale {
		to := p.figure
		to.Revision, to.Numbers = p.seen.Revision, p.seen.Live.Numbers
		steps = append(steps, step{from: p.figure, to: to, live: p.seen.Live.Spec})
		if to.Title != "" || to.Caption != "" {
			own++
		}
	}
	said := "Refreshed " + charts.Count(float64(len(steps)), "figure")
	if own > 0 {
		said += ", " + strconv.Itoa(own) + " with words of your own that were written for the numbers before"
	}
	v.boards.change(boardChange{
		name: "Refresh figures", said: said,
		do: func(ctx context.Context, s Study) (err error) {
			for i, x := range steps {
				if steps[i].old, err = s.Shown(ctx, x.from.ID); err != nil && !store.IsKind(err, store.Corrupt) {
					return err
				}
				now, err := figure.Keep(x.live)
				if err == nil {
					err = s.ChangeFigure(ctx, x.to, now)
				}
				if err != nil {
					return err
				}
			}
			return nil
		},
		undo: func(ctx context.Context, s Study) error {
			for _, x := range steps {
				if err := s.ChangeFigure(ctx, x.from, x.old); err != nil {
					return err
				}
			}
			return nil
		},
	})
}

// boardItems are the entries of the menu beside the boards.
func (v *figures) boardItems() []*fyne.MenuItem {
	has := v.boards.shown.ID != 0
	rename, remove := fyne.NewMenuItem("Rename board…", v.renameBoard), fyne.NewMenuItem("Delete board", v.deleteBoard)
	rename.Disabled, remove.Disabled = !has, !has
	return []*fyne.MenuItem{fyne.NewMenuItem("New board…", v.newBoard), rename, fyne.NewMenuItemSeparator(), remove}
}

func (v *figures) newBoard() {
	if !v.boards.writable() {
		return
	}
	v.askName("New board", "Name", "Meeting 24 November", "", "Make board", func(name string) {
		b := store.Board{Name: name}
		v.boards.change(boardChange{
			name: "New board", said: "Made board " + name,
			do: func(ctx context.Context, s Study) (err error) {
				b.ID, err = s.AddBoard(ctx, b)
				return err
			},
			undo: func(ctx context.Context, s Study) error { return s.DeleteBoard(ctx, b.ID) },
			then: func() { v.show(name) },
		})
	})
}

// show turns to a board, as a part of what was just done.
func (v *figures) show(name string) {
	c := desk.SetOption("Board", boardOption, name)
	c.Quiet = true
	v.place.Desk.Do(c)
}

func (v *figures) renameBoard() {
	if !v.boards.writable() {
		return
	}
	id, old := v.boards.shown.ID, v.boards.shown.Name
	v.askName("Rename board", "Name", "", old, "Rename", func(name string) {
		v.boards.change(boardChange{
			name: "Rename board", said: "Renamed board to " + name,
			do:   func(ctx context.Context, s Study) error { return s.RenameBoard(ctx, id, name) },
			undo: func(ctx context.Context, s Study) error { return s.RenameBoard(ctx, id, old) },
			then: func() { v.show(name) },
		})
	})
}

// deleteBoard removes the board that is shown. Its figures come back with it.
func (v *figures) deleteBoard() {
	b := v.boards.shown
	var figures []store.Figure
	var shown [][]byte
	v.boards.change(boardChange{
		name: "Delete board", said: "Deleted board " + b.Name + " with " + charts.Count(float64(b.Figures), "figure"),
		do: func(ctx context.Context, s Study) (err error) {
			if figures, err = s.Figures(ctx, b.ID); err != nil {
				return err
			}
			shown = nil
			for _, f := range figures {
				chart, err := s.Shown(ctx, f.ID)
				if err != nil && !store.IsKind(err, store.Corrupt) {
					return err
				}
				shown = append(shown, chart)
			}
			return s.DeleteBoard(ctx, b.ID)
		},
		undo: func(ctx context.Context, s Study) error {
			if _, err := s.AddBoard(ctx, b); err != nil {
				return err
			}
			for i, f := range figures {
				if _, err := s.AddFigure(ctx, f, -1, shown[i]); err != nil {
					return err
				}
			}
			return nil
		},
	})
}
