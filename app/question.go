package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"witnessmark/data/frame"
	"witnessmark/data/query"
	"witnessmark/data/store"
)

// question turns the flags that every question shares into a Query.
func (f questionFlags) question() (query.Query, error) {
	where, err := query.Parse(f.Where)
	if err != nil {
		return query.Query{}, usage(fmt.Errorf("--where: %w", err))
	}
	steps, err := query.ParseWindow(f.Steps)
	if err != nil {
		return query.Query{}, usage(fmt.Errorf("--steps: %w", err))
	}
	if f.Level <= 0 || f.Level >= 1 {
		return query.Query{}, usage(fmt.Errorf("--level: %v is not between 0 and 1, such as 0.95", f.Level))
	}
	return query.Query{Where: where, Steps: steps, Level: f.Level, Method: f.Method}, nil
}

// answer opens the study for reading and asks it one question.
func answer(ctx context.Context, study string, q query.Query) (frame.Frame, error) {
	s, err := store.OpenReadOnly(study)
	if err != nil {
		return frame.Frame{}, err
	}
	defer s.Close()
	return s.Ask(ctx, q)
}

// list splits a comma-separated flag; spaces around names do not count.
func list(s string) []string {
	var out []string
	for _, part := range strings.Split(s, ",") {
		if part = strings.TrimSpace(part); part != "" {
			out = append(out, part)
		}
	}
	return out
}

// askCommand prints estimates.
type askCommand struct {
	Study   string `arg:"" help:"Study file."`
	By      string `help:"Fields to group by." placeholder:"F,F"`
	Measure string `help:"Measures to estimate." placeholder:"M,M"`
	Diff    string `help:"Runs to tell apart, in place of estimates." placeholder:"RUN,RUN"`
	Full    bool   `help:"With --diff, print long texts whole."`
	questionFlags
}

func (c *askCommand) Run(ctx context.Context, to *console) error {
	if c.Diff != "" {
		return tellApart(ctx, to, c.Study, list(c.Diff), c.Format, c.Full)
	}
	q, err := c.question()
	if err != nil {
		return err
	}
	if len(list(c.Measure)) == 0 {
		return usage(errors.New("--measure: name the measures to estimate; or name runs to tell apart with --diff"))
	}
	q.By, q.Measures = list(c.By), list(c.Measure)
	f, err := answer(ctx, c.Study, q)
	if err != nil {
		return err
	}
	return printRows(to.out, c.Format, answerRows(f, q.By), q.By)
}

// write makes a file through a temporary one beside it, so that an error
// leaves what was there.
func write(path string, body func(io.Writer) error) error {
	tmp, err := os.CreateTemp(filepath.Dir(path), ".witnessmark-*")
	if err != nil {
		return unwritten(path, err)
	}
	defer os.Remove(tmp.Name())
	if err := body(tmp); err != nil {
		tmp.Close()
		return err
	}
	if err := tmp.Close(); err != nil {
		return unwritten(path, err)
	}
	if err = os.Chmod(tmp.Name(), 0o644); err == nil {
		err = os.Rename(tmp.Name(), path)
	}
	if err != nil {
		return unwritten(path, err)
	}
	return nil
}

// unwritten says why a file or folder cannot be written, without the name of
// the temporary file.
func unwritten(path string, err error) error {
	var at *fs.PathError
	var link *os.LinkError
	switch {
	case errors.As(err, &at):
		err = at.Err
	case errors.As(err, &link):
		err = link.Err
	}
	return fmt.Errorf("cannot write %s: %w; check the folder, or choose another", path, err)
}
