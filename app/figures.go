package main

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"witnessmark/charts"
	"witnessmark/data/store"
	"witnessmark/views/desk"
	"witnessmark/views/figure"
)

// figuresCommand writes the figures of a board, numbered in their order.
type figuresCommand struct {
	Study  string `arg:"" help:"Study file."`
	Board  string `help:"Board to write; the study's first when not given." placeholder:"B"`
	Out    string `short:"o" required:"" help:"Folder to write into; it is made where it is not there." placeholder:"DIR"`
	Format string `help:"png, svg, pdf, or csv for the numbers drawn." enum:"png,svg,pdf,csv" default:"png"`
	Theme  string `help:"light, dark or print." enum:"light,dark,print" default:"light"`
	Size   string `help:"Width and height, as on an ordinary screen; or slide." default:"slide" placeholder:"WxH"`
}

func (c *figuresCommand) Run(ctx context.Context, to *console) error {
	style, err := (&chartCommand{Theme: c.Theme, Size: c.Size}).style()
	if err != nil {
		return usage(err)
	}
	s, err := store.OpenReadOnly(c.Study)
	if err != nil {
		return err
	}
	defer s.Close()
	board, err := boardNamed(ctx, s, c.Board)
	if err != nil {
		return err
	}
	figures, err := s.Figures(ctx, board.ID)
	if err != nil {
		return err
	}
	if err := os.MkdirAll(c.Out, 0o755); err != nil {
		return fmt.Errorf("cannot make the folder %s: %w", c.Out, err)
	}
	for i, f := range figures {
		if err := c.write(ctx, to, s, i+1, f, style); err != nil {
			return err
		}
	}
	return nil
}

// write writes one figure as it is to be seen, and says where that is not
// what the data say now.
func (c *figuresCommand) write(ctx context.Context, to *console, s *store.Store, number int, f store.Figure, style charts.Style) error {
	var state desk.State
	_ = json.Unmarshal(f.State, &state) // Look says what is wrong with it
	about, err := facts(ctx, s, figure.By(state))
	if err != nil {
		return err
	}
	p, err := figure.Look(ctx, s, f, about)
	if err != nil {
		return err
	}
	switch {
	case len(p.Spec.Panels) == 0:
		fmt.Fprintf(to.errs, "note: figure %d is left out: %v\n", number, p.Why)
		return nil
	case p.Why != nil:
		fmt.Fprintf(to.errs, "note: figure %d is as it was last drawn, at revision %d: %v\n", number, f.Revision, p.Why)
	case p.Stale:
		fmt.Fprintf(to.errs, "note: figure %d is as it was last drawn, at revision %d, and its numbers have changed since; refresh it in the window\n", number, f.Revision)
	}
	path := filepath.Join(c.Out, figure.Numbered(number, p.Spec.Title, "."+c.Format))
	if err := write(path, func(w io.Writer) error {
		_, err := charts.Write(w, path, p.Spec, style)
		return err
	}); err != nil {
		return err
	}
	_, err = fmt.Fprintln(to.out, path)
	return err
}

// boardNamed finds a board; "" is the study's first.
func boardNamed(ctx context.Context, s *store.Store, name string) (store.Board, error) {
	all, err := s.Boards(ctx)
	if err != nil {
		return store.Board{}, err
	}
	var names []string
	for _, b := range all {
		if b.Name == name || name == "" {
			return b, nil
		}
		names = append(names, b.Name)
	}
	if len(all) == 0 {
		return store.Board{}, fmt.Errorf("%s has no board; pin charts in the window first, or with chart --pin", s.Path())
	}
	return store.Board{}, usage(fmt.Errorf("--board: no board is called %q; there are %s", name, strings.Join(names, ", ")))
}

// pin puts the chart at the end of a board, as the window does.
func (c *chartCommand) pin(ctx context.Context, to *console, state desk.State) error {
	s, err := store.Open(c.Study)
	if err != nil {
		return err
	}
	defer s.Close()
	about, err := facts(ctx, s, figure.By(state))
	if err != nil {
		return err
	}
	f, shown, err := figure.Pin(ctx, s, c.Recipe, state, about)
	if err != nil {
		return err
	}
	f.Title = strings.TrimPrefix(c.Title, "-")
	all, err := s.Boards(ctx)
	if err != nil {
		return err
	}
	for _, b := range all {
		if b.Name == c.Pin {
			f.Board = b.ID
		}
	}
	if f.Board == 0 {
		if f.Board, err = s.AddBoard(ctx, store.Board{Name: c.Pin}); err != nil {
			return err
		}
	}
	if _, err := s.AddFigure(ctx, f, -1, shown); err != nil {
		return err
	}
	_, err = fmt.Fprintf(to.out, "pinned to %s\n", c.Pin)
	return err
}
