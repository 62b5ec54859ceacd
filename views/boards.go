package views

import (
	"context"
	"errors"
	"slices"

	"witnessmark/charts"
	"witnessmark/data/store"
	"witnessmark/views/desk"
	"witnessmark/views/figure"
	"witnessmark/views/task"
)

// Boarding is how a study keeps boards of figures; *store.Store does.
type Boarding interface {
	Boards(ctx context.Context) ([]store.Board, error)
	AddBoard(ctx context.Context, b store.Board) (int64, error)
	RenameBoard(ctx context.Context, id int64, name string) error
	DeleteBoard(ctx context.Context, id int64) error
	Figures(ctx context.Context, board int64) ([]store.Figure, error)
	Shown(ctx context.Context, figure int64) ([]byte, error)
	AddFigure(ctx context.Context, f store.Figure, place int, shown []byte) (int64, error)
	ChangeFigure(ctx context.Context, f store.Figure, shown []byte) error
	MoveFigure(ctx context.Context, id int64, place int) error
	RemoveFigure(ctx context.Context, id int64) error
}

// boardOption is the switch of which board is shown, by its name.
const boardOption = "figures.board"

// firstBoard is the name of the board that is made with the first pin.
const firstBoard = "Meeting board"

// boards are the boards of the open study as they were last read, and the
// only way to change them: changes are made one after another, each with its
// way back in the history.
type boards struct {
	place   Place
	reading *task.Slot
	writing *task.Slot
	waiting []func()

	all     []store.Board
	shown   store.Board // the zero Board where there is none
	figures []store.Figure
	study   Study  // that they are of
	onRead  func() // they may be other ones
	onCount func(int)
}

func newBoards(p Place) *boards {
	return &boards{place: p, reading: task.NewSlot(p.Tasks), writing: task.NewSlot(p.Tasks), onRead: func() {}, onCount: func(int) {}}
}

type boardList struct {
	all     []store.Board
	shown   store.Board
	figures []store.Figure
}

// read reads the boards again, and the figures of the one that the state
// shows.
func (b *boards) read() {
	study, name := b.place.Study(), b.place.Desk.State().Option(boardOption, "")
	if study == nil {
		return
	}
	task.Do(context.Background(), b.reading, func(ctx context.Context) (boardList, error) { return listBoards(ctx, study, name) }, func(l boardList, err error) {
		if errors.Is(err, context.Canceled) {
			return
		}
		if err != nil {
			b.place.Bench.Say(plainError(err))
			return
		}
		b.all, b.shown, b.figures, b.study = l.all, l.shown, l.figures, study
		count := 0
		for _, x := range l.all {
			count += x.Figures
		}
		b.onCount(count)
		b.onRead()
	})
}

func listBoards(ctx context.Context, study Study, name string) (l boardList, err error) {
	if l.all, err = study.Boards(ctx); err != nil || len(l.all) == 0 {
		return l, err
	}
	i := slices.IndexFunc(l.all, func(x store.Board) bool { return x.Name == name })
	l.shown = l.all[max(0, i)]
	l.figures, err = study.Figures(ctx, l.shown.ID)
	return l, err
}

// A boardChange is a change of what the study keeps, with its way back. Both
// run off the UI thread.
type boardChange struct {
	name     string // in the Edit menu
	said     string // in the status bar
	do, undo func(ctx context.Context, s Study) error
	then     func() // on the UI thread, once it is done for the first time; nil for nothing
}

// change makes a change, puts it into the history and says so. In a study
// that is opened to read only it says why it cannot.
func (b *boards) change(c boardChange) {
	if !b.writable() {
		return
	}
	b.queue(c.do, func() {
		b.place.Desk.Did(desk.Deed{
			Name: c.name,
			Undo: func() { b.queue(c.undo, func() {}) },
			Redo: func() { b.queue(c.do, func() {}) },
		})
		b.place.Bench.Offer(c.said)
		if c.then != nil {
			c.then()
		}
	})
}

// writable reports whether the study can be changed, and says why where it
// cannot.
func (b *boards) writable() bool {
	study := b.place.Study()
	if study != nil && study.ReadOnly() {
		b.place.Bench.Say("This study is opened to read only, so its boards stay as they are; allow writing to the file, then open it again")
		return false
	}
	return study != nil
}

// queue makes a change after those that wait, then reads the boards again.
func (b *boards) queue(do func(context.Context, Study) error, done func()) {
	study := b.place.Study()
	if study == nil {
		return
	}
	b.waiting = append(b.waiting, func() {
		task.Do(context.Background(), b.writing, func(ctx context.Context) (bool, error) { return true, do(ctx, study) }, func(_ bool, err error) {
			b.waiting = b.waiting[1:]
			switch {
			case err != nil:
				b.place.Bench.Fail("The board could not be changed", err)
			case b.place.Study() == study:
				done()
			}
			b.read()
			if len(b.waiting) > 0 {
				b.waiting[0]()
			}
		})
	})
	if len(b.waiting) == 1 {
		b.waiting[0]()
	}
}

// pin puts a chart at the end of the board that is shown, making a board
// where there is none.
func (b *boards) pin(spec charts.Spec) {
	recipe, s, err := figure.ReadRecipe(spec.Recipe)
	if err != nil || recipe == "" {
		b.place.Bench.Say("This chart cannot be pinned: it is part of its view only")
		return
	}
	p := &pin{facts: b.place.Facts().figure(b.place.Version, s), board: b.board(), recipe: recipe, state: s}
	b.change(boardChange{
		name: "Pin to " + p.board.Name, said: "Pinned to " + p.board.Name,
		do: p.add, undo: p.remove,
	})
}

// board is the board that pins go to; without an ID where it is still to be
// made.
func (b *boards) board() store.Board {
	name := b.place.Desk.State().Option(boardOption, "")
	if i := slices.IndexFunc(b.all, func(x store.Board) bool { return x.Name == name }); i >= 0 {
		return b.all[i]
	}
	if len(b.all) > 0 {
		return b.all[0]
	}
	return store.Board{Name: firstBoard}
}

// A pin is a figure on its way to a board. It is drawn once; done again it
// comes back as it was.
type pin struct {
	facts  figure.Facts
	board  store.Board
	made   bool // the board is made with the pin
	gone   bool // and was removed with it
	recipe string
	state  desk.State
	figure store.Figure
	shown  []byte
}

func (p *pin) add(ctx context.Context, s Study) (err error) {
	if p.figure.Numbers == "" {
		if p.figure, p.shown, err = figure.Pin(ctx, s, p.recipe, p.state, p.facts); err != nil {
			return err
		}
	}
	if p.board.ID == 0 || p.gone {
		if p.board.ID, err = s.AddBoard(ctx, p.board); err != nil {
			return err
		}
		p.made, p.gone = true, false
	}
	p.figure.Board = p.board.ID
	p.figure.ID, err = s.AddFigure(ctx, p.figure, -1, p.shown)
	return err
}

// remove takes the figure away, and the board that was made for it if it
// holds nothing else.
func (p *pin) remove(ctx context.Context, s Study) error {
	if err := s.RemoveFigure(ctx, p.figure.ID); err != nil || !p.made {
		return err
	}
	left, err := s.Figures(ctx, p.board.ID)
	if err != nil || len(left) > 0 {
		return err
	}
	p.gone = true
	return s.DeleteBoard(ctx, p.board.ID)
}
