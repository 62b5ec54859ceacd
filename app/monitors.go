package main

import (
	"context"
	"fmt"

	"witnessmark/data"
	"witnessmark/data/oversight"
	"witnessmark/data/store"
)

// monitorsCommand prints what monitors flag, catch and miss.
type monitorsCommand struct {
	Study     string  `arg:"" help:"Study file."`
	By        string  `help:"Fields to group by." default:"condition" placeholder:"F,F"`
	Monitor   string  `help:"Monitors to judge; all of them when not given." placeholder:"M,M"`
	Truth     string  `help:"Measure of 0 and 1 that says what is so; without one there is the flag rate only." placeholder:"M"`
	Good      bool    `help:"A truth of 1 is the good outcome, and monitors look for 0."`
	Low       bool    `help:"Low scores are the suspicious ones."`
	Where     string  `help:"Filter, such as: condition:neutral step>=100" placeholder:"Q"`
	Steps     string  `help:"Step window: last:10, first:5, at:313, 100..200 or all." placeholder:"W"`
	Threshold string  `help:"A score, frozen:STEP (chosen at that step), or refit (at each step); the monitors' own verdicts when not given." placeholder:"T"`
	Rule      string  `help:"How a threshold is chosen: budget or youden." enum:"budget,youden" default:"budget"`
	Budget    float64 `help:"False positive rate that audits allow." default:"0.01"`
	Level     float64 `help:"Level of the intervals." default:"0.95"`
	Compare   bool    `help:"Set monitors beside each other as first and second lines of defense, on the same samples."`
	Regimes   bool    `help:"Compare runs with and without a part such as a paraphraser, at the end of training."`
	With      string  `help:"With --regimes, the field of runs that names the part; the first known one when not given." placeholder:"F"`
	Format    string  `help:"table, csv or json." enum:"table,csv,json" default:"table"`
}

func (c *monitorsCommand) Run(ctx context.Context, to *console) error {
	q, set, err := c.question()
	if err != nil {
		return err
	}
	s, err := store.OpenReadOnly(c.Study)
	if err != nil {
		return err
	}
	defer s.Close()
	t, err := c.table(ctx, s, q, set)
	if err != nil {
		return err
	}
	return c.print(to.out, t)
}

// question turns the flags into what package oversight is asked.
func (c *monitorsCommand) question() (oversight.Question, oversight.Settings, error) {
	shared, err := questionFlags{Where: c.Where, Steps: c.Steps, Level: c.Level}.question()
	if err != nil {
		return oversight.Question{}, oversight.Settings{}, err
	}
	threshold, err := oversight.ParseThreshold(c.Threshold)
	if err != nil {
		return oversight.Question{}, oversight.Settings{}, usage(fmt.Errorf("--threshold: %w", err))
	}
	if !(c.Budget > 0 && c.Budget <= 1) {
		return oversight.Question{}, oversight.Settings{}, usage(fmt.Errorf("--budget: %v is not above 0 and up to 1, such as 0.01", c.Budget))
	}
	q := oversight.Question{Where: shared.Where, Steps: shared.Steps, By: list(c.By), Truth: c.Truth, Good: c.Good, Low: c.Low}
	if len(q.By) == 0 {
		q.By = []string{data.Condition}
	}
	set := oversight.Settings{Threshold: threshold, Budget: c.Budget, Level: c.Level}
	if c.Rule == string(oversight.ByYouden) {
		set.Rule = oversight.ByYouden
	}
	return q, set, nil
}

// table reads each monitor at the threshold.
func (c *monitorsCommand) table(ctx context.Context, s *store.Store, q oversight.Question, set oversight.Settings) (monitorTable, error) {
	index, err := s.Index(ctx)
	if err != nil {
		return monitorTable{}, err
	}
	columns, err := s.Set(ctx)
	if err != nil {
		return monitorTable{}, err
	}
	study := oversight.Study{Index: index, Monitors: columns.Monitors}
	names := list(c.Monitor)
	if len(names) == 0 {
		names = study.Names()
	}
	if c.Regimes {
		return c.regimes(ctx, study, columns, names, q, set)
	}
	readings, err := readAll(ctx, study, names, q, set)
	if err != nil {
		return monitorTable{}, err
	}
	if c.Compare {
		return linesOfDefense(readings, q.By)
	}
	return monitorRates(oversight.Table(oversight.Everywhere, readings...), q.By), nil
}

// readAll reads several monitors.
func readAll(ctx context.Context, study oversight.Study, names []string, q oversight.Question, set oversight.Settings) ([]*oversight.Reading, error) {
	if len(names) == 0 {
		names = []string{""} // none, which the question below says
	}
	var readings []*oversight.Reading
	for _, name := range names {
		q.Monitor = name
		board, err := study.Board(ctx, q)
		if err != nil {
			return nil, err
		}
		r := board.Read()
		if err := r.Move(set); err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		readings = append(readings, r)
	}
	return readings, nil
}
