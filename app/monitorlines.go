package main

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"witnessmark/data/column"
	"witnessmark/data/frame"
	"witnessmark/data/oversight"
	"witnessmark/views/desk"
	"witnessmark/views/figure"
)

// monitorRates prints what monitors flag, catch and miss.
func monitorRates(f frame.Frame, by []string) monitorTable {
	return monitorTable{
		Frame: f, fields: by, texts: []string{oversight.MonitorColumn}, rates: oversight.RateColumns(),
		counts: []string{
			oversight.FlaggedColumn, frame.N, oversight.UnknownColumn, oversight.UnscoredColumn, frame.Excluded,
			oversight.PositivesColumn, oversight.NegativesColumn, frame.Seeds, oversight.ThresholdColumn, frame.Level,
		},
		head: []string{"flagged", "unknown"}, plain: func(i int) []string {
			return []string{count(number(f, oversight.FlaggedColumn, i)) + " of " + count(number(f, frame.N, i)), count(number(f, oversight.UnknownColumn, i))}
		},
	}
}

// linesOfDefense prints monitors compared in pairs, in every group.
func linesOfDefense(readings []*oversight.Reading, by []string) (monitorTable, error) {
	if len(readings) < 2 {
		return monitorTable{}, errors.New("--compare needs two monitors of the same samples, and there is one")
	}
	t := monitorTable{
		Frame: oversight.CompareEach(figure.Portion, readings...), fields: by, texts: []string{oversight.FirstColumn, oversight.SecondColumn},
		rates:  []string{"recall_diff", "second_catches", "kappa", "union_recall", "union_fpr", "union_within", "sequence_within", "fpr_diff", "auroc_diff", "g_mean2_diff"},
		counts: []string{frame.N, oversight.PositivesColumn, oversight.NegativesColumn, "agreement", "recall_p", "fpr_p", "auroc_p", "escalated"},
		head:   []string{frame.N, "recall_p"},
	}
	t.plain = func(i int) []string {
		return []string{count(number(t.Frame, frame.N, i)), pShown(number(t.Frame, "recall_p", i))}
	}
	return t, nil
}

// regimes prints what is measured with and without a part that some runs
// have.
func (c *monitorsCommand) regimes(ctx context.Context, study oversight.Study, set *column.Set, names []string, q oversight.Question, how oversight.Settings) (monitorTable, error) {
	s := desk.State{Where: q.Where, Steps: q.Steps, Level: how.Level, Measure: q.Truth, Monitor: firstOf(names)}.
		With(figure.TruthOption, q.Truth).With(figure.WithoutOption, c.With).With(figure.ThresholdOption, c.Threshold).With(figure.BudgetOption, fmt.Sprint(c.Budget))
	all := figure.Pairings(set)
	switch known := slices.ContainsFunc(all, func(o oversight.Contrast) bool { return o.Field == c.With }); {
	case c.Good || c.Low || c.Rule == string(oversight.ByYouden):
		return monitorTable{}, usage(errors.New("--regimes reads monitors as the Monitors view does: without --good, --low and --rule"))
	case q.Truth == "":
		return monitorTable{}, usage(errors.New("--regimes needs a truth; name it with --truth"))
	case len(all) == 0:
		return monitorTable{}, errors.New(figure.NoPairing())
	case c.With != "" && !known:
		return monitorTable{}, usage(fmt.Errorf("--with: no runs differ in %q; there is %s", c.With, all[0].Field))
	}
	contrast, _ := figure.Pairing(s, set)
	contrast, f, err := figure.Sides(ctx, study, s, set, contrast)
	if err != nil {
		return monitorTable{}, err
	}
	f.Notes = append([]frame.Note{{Row: -1, ID: "with", Text: "with and without " + contrast.Field + ", of " + s.Monitor}}, f.Notes...)
	return monitorTable{
		Frame: f, texts: []string{frame.Measure}, rates: []string{"without", "with", frame.Diff},
		counts: []string{frame.Pairs, frame.Seeds, "without_n", "with_n", frame.P, frame.Level},
		head:   []string{"p", "pairs"}, plain: func(i int) []string {
			return []string{pShown(number(f, frame.P, i)), pairsShown(number(f, frame.Pairs, i))}
		},
	}, nil
}

// pShown writes the chance of a difference without any effect.
func pShown(p *float64) string {
	if p != nil && *p < 0.0001 {
		return "<0.0001"
	}
	return shown(p)
}

func pairsShown(n *float64) string {
	if n == nil {
		return "unpaired"
	}
	return count(n)
}

func firstOf(names []string) string {
	if len(names) == 0 {
		return ""
	}
	return names[0]
}
