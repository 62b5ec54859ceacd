package main

import (
	"context"
	"errors"
	"fmt"

	"witnessmark/data/store"
)

// checkCommand looks whether a study is whole.
type checkCommand struct {
	Study  string `arg:"" help:"Study file."`
	Update bool   `help:"Bring a study of an earlier version of the program up to date first, which changes the file."`
}

func (c *checkCommand) Run(ctx context.Context, to *console) error {
	open := store.OpenReadOnly
	if c.Update {
		open = store.Open
	}
	s, err := open(c.Study)
	if err != nil {
		return err
	}
	defer s.Close()
	findings, err := s.Check(ctx)
	if err != nil {
		return err
	}
	for _, f := range findings {
		fmt.Fprintln(to.out, f)
	}
	if len(findings) > 0 {
		return errors.New("the study is not whole; import its files into a new one")
	}
	_, err = fmt.Fprintf(to.out, "%s is whole\n", c.Study)
	return err
}

// exportCommand writes everything as plain tables.
type exportCommand struct {
	Study  string `arg:"" help:"Study file."`
	Tables string `required:"" help:"Folder for the tables, as CSV and Parquet." placeholder:"DIR"`
}

func (c *exportCommand) Run(ctx context.Context, to *console) error {
	s, err := store.OpenReadOnly(c.Study)
	if err != nil {
		return err
	}
	defer s.Close()
	files, err := s.Export(ctx, c.Tables)
	for _, f := range files {
		fmt.Fprintln(to.out, f)
	}
	return err
}
