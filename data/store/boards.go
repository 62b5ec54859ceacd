package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"strings"

	"github.com/klauspost/compress/zstd"
)

// A Board is a row of figures for a meeting.
type Board struct {
	ID      int64 // 0 for a new one
	Name    string
	Figures int    // on it
	At      string // when it was made, RFC 3339, UTC
}

// A Figure is a view pinned to a board. Its place is that in the list of
// Figures.
type Figure struct {
	ID, Board int64           // ID 0 for a new one
	Recipe    string          // kind of chart
	State     json.RawMessage // that is drawn
	Title     string          // "" for the one that the numbers propose
	Caption   string          // "" for the one written from the numbers
	Revision  int64           // of the study when it was last drawn
	Numbers   string          // fingerprint of the numbers that it showed then
	At        string          // when it was pinned, RFC 3339, UTC
}

// Boards returns the boards in the order in which they were made.
func (s *Store) Boards(ctx context.Context) ([]Board, error) {
	return list(ctx, s, func(r *sql.Rows, b *Board) error {
		return r.Scan(&b.ID, &b.Name, &b.At, &b.Figures)
	}, `SELECT id, name, at, (SELECT count(*) FROM figure f WHERE f.board_id = b.id) FROM board b ORDER BY id`)
}

// AddBoard makes a board and returns its ID: a new one, or the board's own
// where it was deleted and comes back. The error is of kind Invalid where the
// name is taken.
func (s *Store) AddBoard(ctx context.Context, b Board) (id int64, err error) {
	err = s.change(ctx, func(w *work) error {
		if err := nameFree(w, b.Name, b.ID); err != nil {
			return err
		}
		if b.At == "" {
			b.At = s.stamp()
		}
		return w.get(&id, `INSERT INTO board (id, name, at) VALUES (nullif(?, 0), ?, ?) RETURNING id`, b.ID, b.Name, b.At)
	})
	return id, err
}

// RenameBoard gives a board another name.
func (s *Store) RenameBoard(ctx context.Context, id int64, name string) error {
	return s.change(ctx, func(w *work) error {
		if err := nameFree(w, name, id); err != nil {
			return err
		}
		return w.changeOne("board", id, `UPDATE board SET name = ? WHERE id = ?`, name, id)
	})
}

// nameFree checks that a board can have the name.
func nameFree(w *work, name string, id int64) error {
	if strings.TrimSpace(name) == "" {
		return invalid("a board needs a name")
	}
	var taken int
	if err := w.get(&taken, `SELECT count(*) FROM board WHERE name = ? AND id <> ?`, name, id); err != nil {
		return err
	}
	if taken > 0 {
		return invalid("there is a board called %s; choose another name", name)
	}
	return nil
}

// DeleteBoard removes a board with its figures; one that is not there is no
// error.
func (s *Store) DeleteBoard(ctx context.Context, id int64) error {
	return s.exec(ctx, `DELETE FROM board WHERE id = ?`, id)
}

// Figures returns the figures of a board in their order.
func (s *Store) Figures(ctx context.Context, board int64) ([]Figure, error) {
	return list(ctx, s, func(r *sql.Rows, f *Figure) error {
		return r.Scan(&f.ID, &f.Board, &f.Recipe, (*[]byte)(&f.State), &f.Title, &f.Caption, &f.Revision, &f.Numbers, &f.At)
	}, `SELECT id, board_id, recipe, state_json, title, caption, revision, numbers, at FROM figure WHERE board_id = ? ORDER BY position, id`, board)
}

// Shown returns the chart as a figure last showed it, as AddFigure was given
// it; nothing where none was kept.
func (s *Store) Shown(ctx context.Context, figure int64) ([]byte, error) {
	var packed []byte
	err := s.readers.QueryRowContext(ctx, `SELECT shown FROM figure WHERE id = ?`, figure).Scan(&packed)
	if errors.Is(err, sql.ErrNoRows) {
		err = noFigure(figure)
	}
	if err != nil || len(packed) == 0 {
		return nil, s.plain(ctx, err)
	}
	return unpackShown(packed)
}

func noFigure(id int64) error {
	return &Error{Kind: Missing, Text: fmt.Sprintf("the study has no figure %d; it may have been removed", id)}
}

func packShown(chart []byte) ([]byte, error) {
	if len(chart) == 0 {
		return []byte{}, nil
	}
	pack, err := zstd.NewWriter(nil, zstd.WithEncoderConcurrency(1))
	if err != nil {
		return nil, err
	}
	defer pack.Close()
	return pack.EncodeAll(chart, nil), nil
}

// mostShown is the greatest size of a chart that is unpacked.
const mostShown = 64 << 20

func unpackShown(packed []byte) ([]byte, error) {
	unpack, err := zstd.NewReader(nil, zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxMemory(mostShown))
	if err != nil {
		return nil, err
	}
	defer unpack.Close()
	chart, err := unpack.DecodeAll(packed, nil)
	if err != nil {
		return nil, &Error{Kind: Corrupt, Text: "the picture kept of a figure cannot be read; refresh the figure", Err: err}
	}
	return chart, nil
}

// AddFigure puts a figure on its board at a place, counted from 0, or at the
// end where the place is below 0 or past it, and returns its ID: a new one,
// or the figure's own where it was removed and comes back. shown is the chart
// as it is drawn.
func (s *Store) AddFigure(ctx context.Context, f Figure, place int, shown []byte) (id int64, err error) {
	if f.Recipe == "" || !json.Valid(f.State) {
		return 0, invalid("a figure needs a kind of chart and a state")
	}
	packed, err := packShown(shown)
	if err != nil {
		return 0, err
	}
	if f.At == "" {
		f.At = s.stamp()
	}
	err = s.change(ctx, func(w *work) error {
		order, err := figuresOf(w, f.Board)
		if err != nil {
			return err
		}
		if err := w.get(&id, `INSERT INTO figure (id, board_id, position, recipe, state_json, title, caption, revision, numbers, shown, at)
			VALUES (nullif(?, 0), ?, -1, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING id`,
			f.ID, f.Board, f.Recipe, string(f.State), f.Title, f.Caption, f.Revision, f.Numbers, packed, f.At); err != nil {
			return err
		}
		return renumber(w, insertAt(order, id, place))
	})
	return id, err
}

// ChangeFigure replaces what a figure says: its state, title, caption,
// revision and numbers. Its board, its place and what is kept of its picture
// stay, unless shown has another picture.
func (s *Store) ChangeFigure(ctx context.Context, f Figure, shown []byte) error {
	if f.Recipe == "" || !json.Valid(f.State) {
		return invalid("a figure needs a kind of chart and a state")
	}
	packed, err := packShown(shown)
	if err != nil {
		return err
	}
	return s.change(ctx, func(w *work) error {
		return w.changeOne("figure", f.ID, `UPDATE figure SET recipe = ?, state_json = ?, title = ?, caption = ?, revision = ?, numbers = ?,
			shown = CASE WHEN length(?7) > 0 THEN ?7 ELSE shown END WHERE id = ?8`,
			f.Recipe, string(f.State), f.Title, f.Caption, f.Revision, f.Numbers, packed, f.ID)
	})
}

// MoveFigure puts a figure at another place on its board, counted from 0.
func (s *Store) MoveFigure(ctx context.Context, id int64, place int) error {
	return s.change(ctx, func(w *work) error {
		var board int64
		if err := w.get(&board, `SELECT board_id FROM figure WHERE id = ?`, id); errors.Is(err, sql.ErrNoRows) {
			return noFigure(id)
		} else if err != nil {
			return err
		}
		order, err := figuresOf(w, board)
		if err != nil {
			return err
		}
		var others []int64
		for _, o := range order {
			if o != id {
				others = append(others, o)
			}
		}
		return renumber(w, insertAt(others, id, place))
	})
}

// RemoveFigure takes a figure off its board; one that is not there is no
// error.
func (s *Store) RemoveFigure(ctx context.Context, id int64) error {
	return s.exec(ctx, `DELETE FROM figure WHERE id = ?`, id)
}

// figuresOf returns the figures of a board in their order.
func figuresOf(w *work, board int64) (order []int64, err error) {
	var there int
	if err := w.get(&there, `SELECT count(*) FROM board WHERE id = ?`, board); err != nil {
		return nil, err
	}
	if there == 0 {
		return nil, &Error{Kind: Missing, Text: "the study has no such board; it may have been removed"}
	}
	return order, w.each(scanInto(&order), `SELECT id FROM figure WHERE board_id = ? ORDER BY position, id`, board)
}

func insertAt(order []int64, id int64, place int) []int64 {
	if place < 0 || place > len(order) {
		place = len(order)
	}
	out := append([]int64{}, order[:place]...)
	return append(append(out, id), order[place:]...)
}

// renumber gives figures their places.
func renumber(w *work, order []int64) error {
	for i, id := range order {
		if err := w.exec(`UPDATE figure SET position = ? WHERE id = ?`, i, id); err != nil {
			return err
		}
	}
	return nil
}
