package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"

	"witnessmark/assets"
	"witnessmark/data/formats"
)

// samplesCommand makes the bundled sample studies.
type samplesCommand struct {
	Dir    string `arg:"" help:"Folder for the studies."`
	Charts string `help:"Also draw the sample charts into this folder." placeholder:"DIR"`
}

// sampleCharts are the charts that are drawn where there is no window.
var sampleCharts = []chartCommand{
	{Study: "simulated-inoculation", Recipe: "dots", Measure: "hack", Baseline: "neutral", questionFlags: questionFlags{Where: "eval_prompt:neutral -grader:\"second judge\"", Steps: "at:100"}},
	{Study: "simulated-inoculation", Recipe: "lines", Measure: "hack", questionFlags: questionFlags{Where: "eval_prompt:neutral -grader:\"second judge\""}},
}

func (c *samplesCommand) Run(ctx context.Context, to *console) error {
	if err := os.MkdirAll(c.Dir, 0o755); err != nil {
		return unwritten(c.Dir, err)
	}
	for _, study := range assets.Studies() {
		path := filepath.Join(c.Dir, study.Name+".study")
		if err := makeSample(ctx, study, path); err != nil {
			return fmt.Errorf("%s: %w", study.Title, err)
		}
		fmt.Fprintln(to.out, path)
	}
	if c.Charts == "" {
		return nil
	}
	return c.draw(ctx, to)
}

func (c *samplesCommand) draw(ctx context.Context, to *console) error {
	if err := os.MkdirAll(c.Charts, 0o755); err != nil {
		return unwritten(c.Charts, err)
	}
	for _, chart := range sampleCharts {
		for _, theme := range []string{"light", "dark"} {
			chart := chart
			chart.Out = filepath.Join(c.Charts, fmt.Sprintf("%s-%s-%s.png", chart.Study, chart.Recipe, theme))
			chart.Study = filepath.Join(c.Dir, chart.Study+".study")
			chart.Theme, chart.Pair, chart.Size, chart.Level = theme, "auto", "1120x630", 0.95
			if err := chart.Run(ctx, &console{out: to.out, errs: io.Discard}); err != nil {
				return fmt.Errorf("%s: %w", chart.Out, err)
			}
		}
	}
	return nil
}

// makeSample imports a bundled study's files, the table of runs first. A
// study that is there already is brought up to date: the same bytes change
// nothing.
func makeSample(ctx context.Context, study assets.Study, path string) error {
	s, err := openOrCreate(path)
	if err != nil {
		return err
	}
	defer s.Close()
	var m formats.Mapping
	if err := json.Unmarshal(study.Mapping(), &m); err != nil {
		return err
	}
	files, err := bundled(study)
	if err != nil {
		return err
	}
	for _, f := range files {
		if r, err := importOne(ctx, s, f, m, false); err != nil {
			return fmt.Errorf("%s: %w", r.Path, err)
		}
	}
	about, err := s.About(ctx)
	if err != nil {
		return err
	}
	about.Name, about.Notes = study.Title, study.About
	return s.SetAbout(ctx, about)
}

// bundled lists a study's files, its table of runs first.
func bundled(study assets.Study) ([]formats.File, error) {
	from := study.Files()
	entries, err := fs.ReadDir(from, ".")
	if err != nil {
		return nil, err
	}
	var out []formats.File
	for _, e := range entries {
		body, err := fs.ReadFile(from, e.Name())
		if err != nil {
			return nil, err
		}
		f := formats.File{
			Path: study.Name + "/" + e.Name(), Size: int64(len(body)),
			Open: func() (io.ReadSeekCloser, error) { return nopCloser{bytes.NewReader(body)}, nil },
		}
		if e.Name() == study.Runs {
			out = slices.Insert(out, 0, f)
		} else {
			out = append(out, f)
		}
	}
	if len(out) == 0 {
		return nil, errors.New("the program was built without its sample files")
	}
	return out, nil
}

type nopCloser struct{ io.ReadSeeker }

func (nopCloser) Close() error { return nil }
