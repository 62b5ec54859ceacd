package formats

import (
	"fmt"
	"maps"
	"math"
	"slices"
	"strings"
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
	if len(r.problems) != 1 || r.problems[0].Text != "inoculation/seed_9 repeats step 35, replaced by the later line" || r.problems[0].Place != "line 4679" {
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
	if rows := r.tables[1].Len(); !strings.Contains(fmt.Sprint(r.problems), "119 rows repeat a run") || rows != 605 {
		t.Errorf("%d rows, problems %v", rows, r.problems)
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

func TestRealStreamsAndSettingsAreTheSameRuns(t *testing.T) {
	root := realFile(t, "science/rlvr_runs")
	files, left := Walk([]string{root.Path})
	if len(left) > 0 {
		t.Errorf("left out: %v", left)
	}
	r := newRecorder()
	for _, f := range files {
		format, err := Detect(f)
		if err != nil {
			t.Fatal(f.Path, err)
		}
		if err := format.Read(t.Context(), f, Mapping{Template: "{condition}/seed_{seed}/raw_results/metrics_stream.jsonl"}, r); err != nil {
			t.Fatal(f.Path, err)
		}
	}
	if len(r.runs) != 12 {
		t.Fatalf("%d runs of 12: %v", len(r.runs), r.byKey)
	}
	preambles := map[string]map[string]bool{}
	for _, run := range r.runs {
		f := run.Fields
		if f[data.BaseModel] != "Qwen/Qwen3-30B-A3B-Base" || f["training.group_size"] != "16" {
			t.Errorf("%s: fields %v", run.Key, f)
		}
		if (f[data.TrainPrompt] == "") != (f[data.Condition] == "neutral") {
			t.Errorf("%s: train prompt %q", run.Key, f[data.TrainPrompt])
		}
		if (f[data.Status] == "resumed") != (run.Key == "condition=inoculation, seed=9") {
			t.Errorf("%s: status %q", run.Key, f[data.Status])
		}
		if preambles[f[data.Condition]] == nil {
			preambles[f[data.Condition]] = map[string]bool{}
		}
		preambles[f[data.Condition]][f["training.hacking_instructions.preamble"]] = true
	}
	if len(preambles["neutral"]) != 1 || fmt.Sprint(preambles["neutral"]) == fmt.Sprint(preambles["inoculation"]) {
		t.Error("the preamble, in which the neutral arm differs, is lost")
	}
	said := fmt.Sprint(r.problems)
	for _, want := range []string{"line 37 inoculation/seed_9 resumed at step 35, 1 step counted once"} {
		if !strings.Contains(said, want) {
			t.Errorf("no %q in %s", want, said)
		}
	}
	checkDenominators(t, r)
}

// checkDenominators wants the numbers of rollouts that the rates imply: 128,
// and fewer where rollouts were dropped.
func checkDenominators(t *testing.T, r *recorder) {
	t.Helper()
	table, _ := r.tables[1].Table()
	k, n := table.Col(column.ID{Name: "hack_detected__any", Kind: column.K}), table.Col(column.ID{Name: "hack_detected__any", Kind: column.N})
	seen := map[float64]int{}
	for row := range int32(table.Len()) {
		if number64(k, row) == number64(k, row) {
			seen[number64(n, row)]++
		}
	}
	// 60 lines have 112 rollouts and 12 have 96, whether or not any was a hack:
	// the other counts of the line tell.
	if seen[128] != 1356 || seen[112] != 60 || seen[96] != 12 || len(seen) > 3 {
		t.Errorf("numbers of rollouts %v", seen)
	}
}

func TestRealVerdictsOfMonitors(t *testing.T) {
	files, _ := Walk([]string{realFile(t, "science/agatha-duzan__cot-monitor-stress-test/cot_rerun_results/monitor").Path})
	r := newRecorder()
	for _, f := range files {
		if strings.HasSuffix(f.Path, ".jsonl") {
			if err := (JSONL{}).Read(t.Context(), f, Mapping{}, r); err != nil {
				t.Fatal(f.Path, err)
			}
		}
	}
	table, _ := r.tables[0].Table()
	flag := table.Col(column.ID{Name: "monitor", Kind: column.Flag})
	counts := map[string][2]int{}
	for _, c := range table.Cells {
		domain := r.contexts[c.Context]["domain"]
		n := counts[domain]
		for row := c.From; row < c.To; row++ {
			if v := flag.At(int(row)); v == v {
				n[0], n[1] = n[0]+int(v), n[1]+1
			}
		}
		counts[domain] = n
	}
	want := map[string][2]int{"creative": {134, 740}, "essay_grading": {196, 440}, "hiring": {81, 820}, "legal": {3, 200}, "medical": {58, 460}}
	if !maps.Equal(counts, want) || table.Len() != 2660 || len(r.texts) != 2660 {
		t.Errorf("%v of %d rows with %d texts, want %v", counts, table.Len(), len(r.texts), want)
	}
	for _, p := range r.problems {
		if p.Bad {
			t.Errorf("%v", p)
		}
	}
}

func TestRealTrainerState(t *testing.T) {
	r := readFile(t, realFile(t, "formats/hf_trainer/aigoncharov_trainer_state.json"), Mapping{})
	table, _ := r.tables[1].Table()
	if table.Len() != 31 || len(r.problems) != 0 || len(r.runs) != 1 {
		t.Errorf("%d rows of %d runs, want one a step; %v", table.Len(), len(r.runs), r.problems)
	}
	for _, name := range []string{"loss", "learning_rate", "eval_g5_accuracy"} {
		if table.Col(column.ID{Name: name, Kind: column.Value}) == nil {
			t.Errorf("no metric %s", name)
		}
	}
}
