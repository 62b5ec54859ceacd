package main

import (
	"context"
	"errors"
	"fmt"

	"witnessmark/data/predict"
	"witnessmark/data/stats"
	"witnessmark/data/store"
)

// scoreCommand scores all predictions of a study, with rivals beside them.
type scoreCommand struct {
	Study    string `arg:"" help:"Study file."`
	From     string `help:"Steps from which to forecast the end of held-out runs, such as 20,40,60,80." placeholder:"STEP,STEP"`
	Measure  string `help:"Rate that is predicted; the study's first when not given." placeholder:"M"`
	HoldOut  string `help:"Runs that are forecast and not fitted: odd, even, or seeds such as 1,3,5." default:"odd" placeholder:"SEEDS"`
	Baseline string `help:"Condition that one rival predicts for all; the study's baseline when not given." placeholder:"V"`
	Worst    int    `help:"How many surprises to list." default:"5" placeholder:"N"`

	Where  string  `help:"Filter, such as: condition:neutral,inoculation" placeholder:"Q"`
	Level  float64 `help:"Level of the intervals." default:"0.95"`
	Format string  `help:"table, csv or json." enum:"table,csv,json" default:"table"`
}

func (c *scoreCommand) Run(ctx context.Context, to *console) error {
	s, err := store.OpenReadOnly(c.Study)
	if err != nil {
		return err
	}
	defer s.Close()
	r, err := c.score(ctx, s)
	if err != nil {
		return err
	}
	return r.print(to.out, c.Format)
}

func (c *scoreCommand) score(ctx context.Context, s *store.Store) (scoreReport, error) {
	asked, err := questionFlags{Where: c.Where, Level: c.Level}.question()
	if err != nil {
		return scoreReport{}, err
	}
	hold, err := predict.ParseHoldOut(c.HoldOut)
	if err != nil {
		return scoreReport{}, usage(fmt.Errorf("--hold-out: %w", err))
	}
	from, err := predict.ParseSteps(c.From)
	if err != nil {
		return scoreReport{}, usage(fmt.Errorf("--from: %w", err))
	}
	x, err := s.Index(ctx)
	if err != nil {
		return scoreReport{}, err
	}
	o, err := predict.Observe(ctx, x, predict.Question{Where: asked.Where, Behavior: c.Measure})
	if err != nil {
		return scoreReport{}, err
	}
	if from == nil {
		from = o.UsualOrigins()
	}
	all, err := predict.Forecasts(o, hold, from, c.Level)
	var none *stats.NotEstimable
	if err != nil && !errors.As(err, &none) {
		return scoreReport{}, err
	}
	stated, err := s.Kept(ctx)
	if err != nil {
		return scoreReport{}, err
	}
	kept, err := stated.Score(ctx, x, predict.Question{Where: asked.Where, Behavior: o.Behavior}, c.Baseline, c.Level)
	if err != nil {
		return scoreReport{}, err
	}
	r := newScoreReport(o, hold, all, kept, c.Worst)
	if none != nil {
		r.Notes = append(r.Notes, "no forecasts: "+none.Why)
	}
	return r, nil
}
