package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"witnessmark/data"
	"witnessmark/data/formats"
	"witnessmark/data/store"
)

// importCommand imports files and folders, one transaction a file.
type importCommand struct {
	Study    string   `arg:"" help:"Study file; made if it does not exist."`
	Paths    []string `arg:"" help:"Result files and folders."`
	Template string   `help:"Fields from the end of paths, such as {condition}/seed_{seed}/raw_results/metrics_stream.jsonl; files of other folders are left out." placeholder:"T"`
	Mapping  string   `help:"File with the roles of columns, as JSON." placeholder:"FILE"`
	DryRun   bool     `help:"Say what would be imported, and import nothing."`
	JSON     bool     `name:"json" help:"Print the report as JSON."`
}

// importReport is what --json prints.
type importReport struct {
	Study  string         `json:"study"`
	DryRun bool           `json:"dry_run"`
	Files  []fileReport   `json:"files"`
	Total  store.Report   `json:"total"`
	Left   []data.Problem `json:"left_out"` // files that were not read at all
	Runs   int            `json:"runs"`     // in the study, afterwards
}

type fileReport struct {
	Path   string `json:"path"`
	Format string `json:"format,omitempty"`
	Error  string `json:"error,omitempty"`
	store.Report
}

func (c *importCommand) Run(ctx context.Context, to *console) error {
	mapping, err := c.mapping()
	if err != nil {
		return usage(err)
	}
	files, left, err := c.files(mapping)
	if err != nil {
		return err
	}
	s, done, err := c.open()
	if err != nil {
		return err
	}
	report := importReport{Study: c.Study, DryRun: c.DryRun, Left: left, Files: []fileReport{}}
	err = c.importAll(ctx, s, files, mapping, &report)
	if set, failed := s.Set(context.WithoutCancel(ctx)); failed == nil {
		report.Runs = len(set.Runs)
	}
	done(err == nil)
	return errors.Join(c.print(to, report), err)
}

// files lists what to read. With a template, files that belong to no run of
// it are left out and counted.
func (c *importCommand) files(m formats.Mapping) ([]formats.File, []data.Problem, error) {
	template, err := formats.ParseTemplate(m.Template)
	if err != nil {
		return nil, nil, usage(err)
	}
	found, left := formats.Walk(c.Paths)
	var files []formats.File
	other := 0
	for _, f := range found {
		if _, ok := template.MatchBeside(f.Path); ok {
			files = append(files, f)
		} else {
			other++
		}
	}
	if other > 0 {
		left = append(left, data.Problem{File: strings.Join(c.Paths, ", "), Text: fmt.Sprintf("files that the template %s does not match", m.Template), Count: other})
	}
	if len(files) == 0 {
		return nil, nil, errors.Join(fmt.Errorf("nothing to import in %s", strings.Join(c.Paths, ", ")), problemError(left))
	}
	return files, left, nil
}

// open opens the study, or for a dry run without one, a study that is thrown
// away. Call done at the end: a new study that nothing went into is removed.
func (c *importCommand) open() (s *store.Store, done func(ok bool), err error) {
	_, missing := os.Stat(c.Study)
	isNew := errors.Is(missing, fs.ErrNotExist)
	path, scratch := c.Study, ""
	if isNew && c.DryRun {
		if scratch, err = os.MkdirTemp("", "witnessmark-"); err != nil {
			return nil, nil, err
		}
		path = filepath.Join(scratch, "dry-run.study")
	}
	if s, err = openOrCreate(path); err != nil {
		os.RemoveAll(scratch)
		return nil, nil, err
	}
	return s, func(ok bool) {
		s.Close()
		os.RemoveAll(scratch)
		if isNew && !ok && scratch == "" {
			os.Remove(path)
		}
	}, nil
}

// importAll imports file after file. A file that cannot be read is reported
// and the others go on; being canceled ends it.
func (c *importCommand) importAll(ctx context.Context, s *store.Store, files []formats.File, m formats.Mapping, to *importReport) error {
	failed := 0
	for _, f := range files {
		r, err := importOne(ctx, s, f, m, c.DryRun)
		if ctx.Err() != nil {
			return ctx.Err()
		}
		if err != nil {
			failed++
			r.Error, r.Report = err.Error(), store.Report{Problems: r.Problems, Duration: r.Duration}
		}
		to.Files = append(to.Files, r)
		to.Total = to.Total.With(r.Report)
		if slices.ContainsFunc([]store.Kind{store.Full, store.ReadOnly, store.Locked}, func(k store.Kind) bool { return store.IsKind(err, k) }) {
			return err
		}
	}
	if failed == len(files) {
		return fmt.Errorf("none of %d files could be imported", len(files))
	}
	return nil
}

func importOne(ctx context.Context, s *store.Store, f formats.File, m formats.Mapping, dry bool) (fileReport, error) {
	r := fileReport{Path: f.Path}
	format, err := formats.Detect(f)
	if err != nil {
		return r, err
	}
	r.Format = format.Name()
	run := s.Import
	if dry {
		run = s.DryRun
	}
	r.Report, err = run(ctx, f, format, m, nil)
	return r, err
}

func (c *importCommand) print(to *console, r importReport) error {
	if c.JSON {
		return asJSON(to.out, r)
	}
	already := 0
	for _, f := range r.Files {
		switch {
		case f.Error != "":
			fmt.Fprintf(to.errs, "%s: not imported: %s\n", f.Path, f.Error)
		case f.Already:
			already++
		}
	}
	verb := "imported"
	if c.DryRun {
		verb = "would import"
	}
	t := r.Total
	fmt.Fprintf(to.out, "%s %s: %s, %s, %s, %s, %s\n", verb, counted(len(r.Files)-already-failures(r.Files), "file"), counted(t.NewRuns, "new run"),
		counted(t.Samples, "sample"), counted(t.Counts, "count"), counted(t.Summaries, "summary"), counted(t.Texts, "text"))
	if already > 0 {
		fmt.Fprintf(to.out, "already there, and not changed: %s\n", counted(already, "file"))
	}
	if t.Replaced > 0 {
		fmt.Fprintf(to.out, "replaced by a later one: %s\n", counted(t.Replaced, "repeated step"))
	}
	printProblems(to.out, append(r.Total.Problems, r.Left...))
	_, err := fmt.Fprintf(to.out, "%s has %s\n", r.Study, counted(r.Runs, "run"))
	return err
}

// counted writes a number of things, such as "1 run" and "12 summaries".
func counted(n int, thing string) string {
	switch {
	case n == 1:
	case strings.HasSuffix(thing, "y"):
		thing = strings.TrimSuffix(thing, "y") + "ies"
	default:
		thing += "s"
	}
	return fmt.Sprintf("%d %s", n, thing)
}

func failures(files []fileReport) int {
	n := 0
	for _, f := range files {
		if f.Error != "" {
			n++
		}
	}
	return n
}

func (c *importCommand) mapping() (formats.Mapping, error) {
	m := formats.Mapping{}
	if c.Mapping != "" {
		raw, err := os.ReadFile(c.Mapping)
		if err != nil {
			return m, fmt.Errorf("--mapping: %w", err)
		}
		if err := json.Unmarshal(raw, &m); err != nil {
			return m, fmt.Errorf("--mapping %s: not a mapping: %w", c.Mapping, err)
		}
	}
	if c.Template != "" {
		m.Template = c.Template
	}
	return m, nil
}

// problemError joins problems into one error, for when nothing else can be said.
func problemError(problems []data.Problem) error {
	var errs []error
	for _, p := range problems {
		errs = append(errs, errors.New(describe(p)))
	}
	return errors.Join(errs...)
}

// openOrCreate opens the study for writing, making it if there is none.
func openOrCreate(path string) (*store.Store, error) {
	if _, err := os.Stat(path); errors.Is(err, fs.ErrNotExist) {
		return store.Create(path)
	}
	return store.Open(path)
}
