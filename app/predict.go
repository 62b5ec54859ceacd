package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"witnessmark/data"
	"witnessmark/data/motive"
	"witnessmark/data/predict"
	"witnessmark/data/store"
)

// usualLevel is the level of the intervals beside predictions.
const usualLevel = .95

// predictCommand lays a motivation model beside a study, lists models to
// start from, or writes one.
type predictCommand struct {
	Study string `arg:"" optional:"" help:"Study file."`
	Model string `arg:"" optional:"" help:"Motivation model: a file in JSON, the name of a preset, or one of the study such as 'mine v2'."`

	Presets bool   `help:"List the models to start from."`
	Preset  string `help:"Write this model as a file to be edited (see --out)." placeholder:"ID"`
	Out     string `short:"o" help:"File for --preset; - for the terminal." default:"-" placeholder:"FILE"`

	By      string `help:"Field that tells the arms apart." default:"condition" placeholder:"F"`
	At      string `help:"Checkpoints to predict, such as 60,118; some of the second half and the last when not given." placeholder:"STEP,STEP"`
	Ahead   string `help:"Conditions not yet run, predicted with the model's own contexts." placeholder:"V,V"`
	Measure string `help:"Rate to predict; the study's first when not given." placeholder:"M"`
	Fit     bool   `help:"Fit selection and the patterns' priors on the runs that are not held out."`
	HoldOut string `help:"Runs kept from fitting: odd, even, none, every 3, or seeds such as 1,3,5." default:"odd" placeholder:"SEEDS"`
	Keep    bool   `help:"Keep the predictions in the study, open until they are locked."`
	Lock    bool   `help:"Keep the predictions in the study and lock them, so that later data test them."`
	Author  string `help:"Who makes the predictions, for --lock." placeholder:"NAME"`

	Where  string `help:"Filter, such as: condition:neutral,inoculation" placeholder:"Q"`
	Format string `help:"table, csv or json." enum:"table,csv,json" default:"table"`
}

func (c *predictCommand) Run(ctx context.Context, to *console) error {
	switch {
	case c.Presets:
		return printPresets(to.out)
	case c.Preset != "":
		return c.writePreset(to)
	case c.Study == "" || c.Model == "":
		return usage(errors.New("predict needs a study and a model; --presets lists models, --preset ID -o FILE writes one"))
	case c.Lock && c.Author == "":
		return usage(errors.New("--lock: name who makes the predictions with --author"))
	case (c.Lock || c.Keep) && c.By != data.Condition:
		return usage(errors.New("--lock, --keep: predictions are kept by condition; leave --by out"))
	}
	s, err := c.open()
	if err != nil {
		return err
	}
	defer s.Close()
	m, err := readModel(ctx, s, c.Model)
	if err != nil {
		return usage(err)
	}
	computed, err := c.compute(ctx, s, m)
	if err != nil {
		return err
	}
	if c.Lock || c.Keep {
		if err := c.keep(ctx, s, to, computed); err != nil {
			return err
		}
	}
	return printComputed(to.out, c.Format, computed)
}

func (c *predictCommand) open() (*store.Store, error) {
	if c.Lock || c.Keep {
		return store.Open(c.Study)
	}
	return store.OpenReadOnly(c.Study)
}

func (c *predictCommand) compute(ctx context.Context, s *store.Store, m motive.Model) (*predict.Computed, error) {
	asked, err := questionFlags{Where: c.Where, Level: usualLevel}.question()
	if err != nil {
		return nil, err
	}
	q := predict.Question{Where: asked.Where, Behavior: c.Measure, By: c.By}
	p := predict.Options{Fit: c.Fit, Level: usualLevel, Ahead: list(c.Ahead)}
	if p.HoldOut, err = predict.ParseHoldOut(c.HoldOut); err != nil {
		return nil, usage(fmt.Errorf("--hold-out: %w", err))
	}
	if p.Steps, err = predict.ParseSteps(c.At); err != nil {
		return nil, usage(fmt.Errorf("--at: %w", err))
	}
	x, err := s.Index(ctx)
	if err != nil {
		return nil, err
	}
	o, err := predict.Observe(ctx, x, q)
	if err != nil {
		return nil, err
	}
	return predict.Compute(m, o, p)
}

// keep keeps the model and its predictions, and locks them where asked to.
func (c *predictCommand) keep(ctx context.Context, s *store.Store, to *console, computed *predict.Computed) error {
	if err := s.KeepModel(ctx, computed.Model); err != nil {
		return err
	}
	predictions, err := computed.Predictions()
	if err != nil {
		return err
	}
	ids, err := s.AddPredictions(ctx, predictions)
	if err != nil {
		return err
	}
	if !c.Lock {
		_, err = fmt.Fprintf(to.errs, "kept %d predictions of %s; lock them before the data come\n", len(ids), predict.Name(computed.Model))
		return err
	}
	if err := s.Lock(ctx, ids, c.Author); err != nil {
		return err
	}
	_, err = fmt.Fprintf(to.errs, "locked %d predictions of %s by %s; data imported from now on test them\n", len(ids), predict.Name(computed.Model), c.Author)
	return err
}

func presetIDs() []string {
	var out []string
	for _, p := range motive.Presets {
		out = append(out, p.ID)
	}
	return out
}

func printPresets(w io.Writer) error {
	for _, p := range motive.Presets {
		fmt.Fprintf(w, "%-14s %s: %s\n", p.ID, p.Title, p.Help)
	}
	fmt.Fprintf(w, "\nextensions, each switched by the model's params:\n")
	for _, e := range motive.Extensions {
		fmt.Fprintf(w, "%-14s %s: %s (%s)\n", e.ID, e.Title, e.Help, e.Source)
	}
	_, err := fmt.Fprintf(w, "\n%s\n", motive.Label)
	return err
}

func (c *predictCommand) writePreset(to *console) error {
	if !slices.Contains(presetIDs(), c.Preset) {
		return usage(fmt.Errorf("--preset: no model is called %q; there are %s", c.Preset, strings.Join(presetIDs(), ", ")))
	}
	return writeModel(to, c.Out, motive.Presets[slices.Index(presetIDs(), c.Preset)].New())
}
