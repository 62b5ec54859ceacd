package formats

import (
	"math"
	"slices"
	"testing"

	"witnessmark/data"
	"witnessmark/data/column"
)

// These tests read files that researchers published. They skip where those
// are absent, because the files are not ours to copy.

func TestRealRunsOfThreeConditions(t *testing.T) {
	r := readFile(t, realFile(t, "science/derived/rl_hack_steps_3cond_30seeds.csv"), Mapping{})
	if len(r.runs) != 90 || len(r.contexts) != 1 {
		t.Fatalf("%d runs in %d contexts, want 90 in 1", len(r.runs), len(r.contexts))
	}
	if r.runs[0].Key != "condition=neutral, seed=0" {
		t.Errorf("first run is %q", r.runs[0].Key)
	}
	table, replaced := r.tables[1].Table()
	if table.Len() != 10710 || replaced != 0 {
		t.Errorf("%d rows, %d replaced", table.Len(), replaced)
	}
	if len(r.problems) != 1 || r.problems[0].Text != "1 repeated step replaced by the later line" || r.problems[0].Place != "line 4679" {
		t.Errorf("problems %v", r.problems)
	}
	for condition, want := range map[string]float64{"neutral": 0.395, "inoculation": 0.424, "negative_inoculation": 0.070} {
		if got := lastTen(table, r.runs, condition); math.Abs(got-want) > 0.0006 {
			t.Errorf("%s: final hack rate %.4f, want %.3f", condition, got, want)
		}
	}
	k, n := table.Col(column.ID{Name: "hidden_tests_all_passed", Kind: column.K}), table.Col(column.ID{Name: "hidden_tests_all_passed", Kind: column.N})
	if k == nil || n == nil {
		t.Error("hidden tests passed are no count out of hidden tests evaluated")
	}
}

// lastTen is the mean over runs of the mean hack rate of their last ten steps.
func lastTen(table *column.Table, runs []column.Run, condition string) float64 {
	k, n := table.Col(column.ID{Name: "hack", Kind: column.K}), table.Col(column.ID{Name: "hack", Kind: column.N})
	rates := map[int32][]float64{}
	for _, c := range table.Cells {
		if runs[c.Run].Fields[data.Condition] == condition {
			rates[c.Run] = append(rates[c.Run], number64(k, c.From)/number64(n, c.From))
		}
	}
	sum := 0.0
	for _, r := range rates {
		last := r[max(0, len(r)-10):]
		mean := 0.0
		for _, v := range last {
			mean += v / float64(len(last))
		}
		sum += mean / float64(len(rates))
	}
	return sum
}

func number64(c *column.Column, row int32) float64 {
	if c.Code != nil {
		if c.Code[row] == column.Missing {
			return math.NaN()
		}
		return float64(c.Code[row])
	}
	return c.Num[row]
}

func TestRealTraitSweep(t *testing.T) {
	r := readFile(t, realFile(t, "science/derived/trait_prefix_sweep_by_checkpoint.csv"), Mapping{})
	conditions := map[string]bool{}
	for _, run := range r.runs {
		conditions[run.Fields[data.Condition]] = true
	}
	// Three conditions have no train prompt: the plain one, and two mixes of
	// rephrased prompts. They must not become one.
	if len(r.runs) != 12 || len(conditions) != 6 || !conditions["default"] || !conditions["strong_mix"] {
		t.Errorf("%d runs of conditions %v", len(r.runs), conditions)
	}
	if r.aliases["train_user_prefix"] != data.TrainPrompt {
		t.Error("the prompt is not found under the file's name of it")
	}
	table, _ := r.tables[1].Table()
	if table.Len() != 624 {
		t.Errorf("%d rows, want one for both traits", table.Len())
	}
	for condition, want := range map[string]float64{"default": 77.001, "strong_inoc": 7.906, "neutral_prefix": 12.843, "strong_mix": 32.779} {
		for _, c := range table.Cells {
			run, ctx := r.runs[c.Run].Fields, r.contexts[c.Context]
			if run[data.Condition] == condition && run["lr"] == "0.0001" && c.Step == 313 && ctx[data.EvalPrompt] == "default" {
				if got := number64(table.Col(column.ID{Name: "Playful", Kind: column.Value}), c.From); math.Abs(got-want) > 0.001 {
					t.Errorf("%s: Playful %g, want %g", condition, got, want)
				}
			}
		}
	}
}

func TestRealEvaluationsKeepTheirJudges(t *testing.T) {
	r := readFile(t, realFile(t, "science/derived/em_eval_metrics.csv"), Mapping{})
	judges := map[string]bool{}
	for _, c := range r.contexts {
		judges[c[data.Grader]] = true
	}
	if len(judges) != 3 || len(r.runs) != 88 {
		t.Errorf("%d runs by judges %v", len(r.runs), judges)
	}
	for _, f := range []string{"stage", "organism", "docs_per_genre", "sdf_kind", "mix", data.Condition, data.Seed} {
		if r.runs[0].Fields[f] == "" {
			t.Errorf("run without %s: %v", f, r.runs[0].Fields)
		}
	}
	metrics := r.tables[1].ColumnIDs()
	if !slices.Contains(metrics, column.ID{Name: "misalignment_rate", Kind: column.N}) {
		t.Errorf("rates without their numbers: %v", metrics)
	}
}

func TestRealMonitorSummaryCountsVerdicts(t *testing.T) {
	r := readFile(t, realFile(t, "formats/monitor_jsonl/agatha_summary.csv"), Mapping{})
	table, _ := r.tables[1].Table()
	k, n := table.Col(column.ID{Name: "detection", Kind: column.K}), table.Col(column.ID{Name: "detection", Kind: column.N})
	if table.Len() != 5 || k == nil || number64(k, 0) != 134 || number64(n, 0) != 740 {
		t.Errorf("not 134 of 740 in %v", table.Columns)
	}
}
