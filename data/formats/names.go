package formats

import (
	"slices"
	"strings"
	"unicode"

	"witnessmark/data"
)

// plainName spells a column's name in lower case with single underscores:
// "progress/batch", "sampleId" and "Sample ID" become "progress_batch",
// "sample_id" and "sample_id".
func plainName(name string) string {
	var b strings.Builder
	lower, gap := false, false
	for _, r := range name {
		switch {
		case !unicode.IsLetter(r) && !unicode.IsDigit(r):
			gap, lower = b.Len() > 0, false
			continue
		case unicode.IsUpper(r):
			gap = gap || lower
			lower = false
		default:
			lower = true
		}
		if gap {
			b.WriteByte('_')
			gap = false
		}
		b.WriteRune(unicode.ToLower(r))
	}
	return b.String()
}

func words(name string) []string { return strings.Split(plainName(name), "_") }

// A known name has one meaning wherever it stands.
type known struct {
	assign Assign
	names  []string
}

func field(as string) Assign { return Assign{Role: RoleField, As: as, Sure: true} }
func about(as string) Assign { return Assign{Role: RoleContext, As: as, Sure: true} }

// knownNames are the names that researchers' files use, most telling first:
// where two columns claim one field, the earlier name has it.
var knownNames = []known{
	{field(data.Run), []string{"run", "run_name", "run_id", "experiment_name", "exp_name", "experiment", "run_key"}},
	{field(data.Condition), []string{"condition", "arm", "treatment", "intervention", "prompting_condition", "condition_name"}},
	{field(data.Seed), []string{"seed", "train_seed", "random_seed", "rng_seed", "seed_id"}},
	{field(data.BaseModel), []string{"base_model", "model", "model_name", "model_id", "model_name_or_path", "base_model_name"}},
	{field(data.Method), []string{"method", "training_method", "algorithm"}},
	{field(data.TrainPrompt), []string{"train_prompt", "inoculation_prompt", "train_user_prefix", "train_system_prompt", "train_prefix", "training_prompt", "training_prefix"}},
	{about(data.Eval), []string{"eval", "eval_name", "evaluation", "task", "task_name", "benchmark", "eval_task", "eval_set"}},
	{about(data.EvalPrompt), []string{"eval_prompt", "eval_system_prompt", "eval_prefix", "test_prompt", "nudge_text", "eval_prompt_name"}},
	{about(data.Grader), []string{"grader", "judge", "judge_model", "grader_model", "judge_run", "judge_name", "grader_name", "rater"}},
	{about("domain"), []string{"domain"}},
	{about("framing"), []string{"framing"}},
	{about("split"), []string{"split", "eval_split"}},
	{about("sub"), []string{"sub"}},
	{about("dataset"), []string{"eval_dataset", "dataset", "dataset_name", "subject", "subset"}},
	{field(data.Status), []string{"status", "run_status"}},
	{field(data.Family), []string{"family", "prompt_family"}},
}

// stepNames are columns that count training; item and epoch names are those
// of attempts.
var (
	stepNames = []string{
		"step", "global_step", "train_step", "training_step", "checkpoint_step", "progress_batch", "checkpoint",
		"ckpt", "iteration", "iter", "batch", "batch_idx", "update", "train_batch", "optimizer_step",
	}
	itemNames = []string{
		"item", "item_id", "problem_id", "question_id", "prompt_id", "task_idx", "example_id", "instance_id", "doc_id",
		"scenario_id", "problem", "question_idx", "problem_idx", "sample_id", "sample", "id", "sample_idx", "uuid", "idx",
		"index", "example", "task_id", "prompt_idx", "transcript_id",
	}
	epochNames  = []string{"epoch", "repeat", "repetition", "trial", "attempt", "rollout", "rollout_idx", "sample_num", "generation", "sample_idx", "sample_id", "rep"}
	metricNames = []string{"metric", "metric_name", "measure", "trait", "variable", "key", "tag", "metric_key", "name"}
	valueNames  = []string{"value", "mean", "metric_value", "result", "rate", "score", "estimate"}
	sdNames     = []string{"sd", "std", "stdev", "std_dev", "stddev", "standard_deviation"}
	seNames     = []string{"se", "sem", "stderr", "std_err", "standard_error", "std_error"}
	nNames      = []string{"n", "count", "n_samples", "num_samples", "total", "n_total", "n_rollouts", "num_rollouts", "n_valid", "total_valid", "sample_count", "n_items", "num", "n_questions", "total_samples"}
	loNames     = []string{"lo", "lower", "ci_lo", "ci_low", "ci_lower", "lower_bound", "ci_lb", "lower_ci"}
	hiNames     = []string{"hi", "upper", "ci_hi", "ci_high", "ci_upper", "upper_bound", "ci_ub", "upper_ci"}
)

// textNames are bodies of text and the part they are kept under.
var textNames = []known{
	{Assign{As: "prompt"}, []string{"prompt", "input", "question", "user_prompt", "problem_text", "instruction", "query"}},
	{Assign{As: "messages"}, []string{"messages", "conversation", "transcript", "trajectory", "convo"}},
	{Assign{As: "cot"}, []string{"cot", "chain_of_thought", "reasoning", "thinking", "thoughts", "reasoning_content", "thinking_text", "scratchpad"}},
	{Assign{As: "action"}, []string{"action", "output", "response", "completion", "answer_text", "generation", "generated_text", "final_response", "output_text", "model_output"}},
	{Assign{As: "rationale"}, []string{"rationale", "explanation", "justification", "monitor_raw", "judge_raw", "judge_response", "monitor_response", "monitor_reasoning", "monitor_rationale", "monitor_explanation", "reason"}},
	{Assign{As: "target"}, []string{"target", "reference", "expected", "gold", "ground_truth"}},
}

// ignoredNames are columns that are neither measures nor what they measure.
var ignoredNames = []string{
	"path", "file", "filename", "file_name", "filepath", "source", "source_file", "timestamp", "created_at", "date", "datetime",
	"time_stamp", "sig", "significance", "stars", "p_value", "pvalue", "p_bonferroni", "p_adj", "p_holm", "state_path", "row",
	"unnamed_0", "started_at", "completed_at", "wall_time", "_timestamp", "_runtime", "created", "updated_at",
}

// settingNames are numbers that describe a run and measure nothing.
var settingNames = []string{
	"lr", "learning_rate", "lora_rank", "lora_r", "lora_alpha", "rank", "batch_size", "group_size", "temperature", "top_p", "top_k",
	"max_tokens", "max_new_tokens", "beta", "beta1", "beta2", "kl_coef", "kl_beta", "weight_decay", "warmup_steps", "warmup_ratio",
	"num_epochs", "n_epochs", "epochs", "num_train_epochs", "max_steps", "train_batch_size", "dose", "mix", "mix_ratio", "fraction_poisoned", "layer",
	"max_prompt_tokens", "docs_per_genre", "cot_regime_level", "param_count", "data_seed", "logging_steps", "eval_steps", "save_steps",
	"level", "n_docs", "sdf_docs_per_genre", "poison_fraction", "threshold",
}

// excludedNames say that a row is to be left out.
var excludedNames = []string{"excluded", "exclude", "is_excluded", "exclusion_reason", "error", "error_message", "invalid", "is_invalid"}

// labelNames are classes of a sample.
var labelNames = []string{"label", "outcome", "class", "outcome_class", "outcome_label", "extraction_status", "answer", "choice", "stop_reason", "finish_reason", "verdict_text"}

// isContextName tells whether a captured or constant field describes the
// evaluation, not the run.
func isContextName(name string) bool {
	return slices.Contains(data.ContextFields, name) || slices.ContainsFunc(knownNames, func(k known) bool {
		return k.assign.Role == RoleContext && k.assign.As == name
	})
}

// canonical returns the field that a name stands for, or the name itself.
func canonical(name string) string {
	plain := plainName(name)
	for _, k := range knownNames {
		if slices.Contains(k.names, plain) {
			return k.assign.As
		}
	}
	if slices.Contains(stepNames, plain) {
		return data.Step
	}
	return name
}
