// Package data holds the nouns of an experiment study: the fields that
// describe a run, the grains in which results come, and the roles that a
// prompting condition can play. Its subpackages are, in the order in which
// a result passes through them:
//
//	formats   reads result files into columns
//	column    keeps numbers as columns, aligned by sample and clustered by run and checkpoint
//	store     keeps a study in one SQLite file
//	query     says what is asked, in words that people and programs read
//	contrast  says what a comparison means, in words and beside what else differs
//	predict   lays motivation models beside what was observed
//	oversight reads what monitors catch and miss
//	curve     reads what measures do over training
//	estimate  answers a query from columns, with intervals
//	motive    computes motivation models
//	stats     the intervals, tests and scores themselves
//	frame     small typed tables: every answer is one
//
// Arrows point down that list only: frame, query and stats import nothing
// of ours.
package data

// Fields describe a run or the context of an evaluation: canonical name to
// text. Numbers keep the text of their source.
type Fields map[string]string

// The canonical names of fields that mean something to the program. Any
// other name is a free parameter, kept and filterable under its own name.
const (
	Run         = "run"          // identity of a training run
	Condition   = "condition"    // prompting condition
	Seed        = "seed"         // training seed; one seed has one identity across conditions
	Step        = "step"         // training step of the checkpoint
	Item        = "item"         // problem or prompt; one item has one identity across runs
	Epoch       = "epoch"        // repetition of an item within one evaluation
	BaseModel   = "base_model"   // model that was trained or evaluated
	Method      = "method"       // training method
	TrainPrompt = "train_prompt" // full text of the train-time prompt
	Eval        = "eval"         // evaluation or task
	EvalPrompt  = "eval_prompt"  // prompt under which the evaluation ran
	Grader      = "grader"       // who or what scored; never pooled silently
	Status      = "status"       // complete, started, canceled, error, resumed …
	Source      = "source"       // path of the file, as imported
	Family      = "family"       // family of the train prompt, see Families
)

// ContextFields are the fields that describe an evaluation, not a run. A
// free parameter belongs to the run unless its mapping says otherwise.
var ContextFields = []string{Eval, EvalPrompt, Grader}

// A Grain says what one row of imported numbers is.
type Grain uint8

// The grains, from the finest. The store never mixes them.
const (
	Samples   Grain = iota // one row an attempt
	Counts                 // k of n at a checkpoint
	Summaries              // a mean, perhaps with sd or se and n
)

func (g Grain) String() string { return [...]string{"samples", "counts", "summaries"}[g] }

// Families are the families of train prompts, which decide a condition's
// color and marker (see charts.Role).
var Families = []string{
	"baseline", "inoculation_specific", "inoculation_general", "irrelevant", "discouraging", "other",
}

// A Problem is one thing in a file that could not be taken as it stood.
// Problems are counted and shown; they never end an import.
type Problem struct {
	File  string // path as given
	Place string // "line 37", "member samples/3_epoch_1.json", "" for the whole file
	Text  string // what is wrong and what was done, in plain words
	Count int    // how many records; at least 1
	Bad   bool   // data were left out, not only interpreted
}

// A Metric describes a measure. Scale bounds are NaN when unknown.
type Metric struct {
	Name   string
	Lo, Hi float64 // scale, e.g. 0 and 1, or 0 and 100
	Better int     // +1 when higher is better, −1 when lower is, 0 unknown
	Binary bool    // values are 0 or 1
}

// A Monitor describes a monitor; see domain.md: kind, scope, oversight.
type Monitor struct {
	Name, Kind, Scope, Oversight, Model string
	Lo, Hi                              float64 // score scale as imported; NaN when unknown
	Threshold                           float64 // NaN when unknown
	TrainedAgainst                      bool
}

// A Prediction is a stated expectation for a condition or run.
type Prediction struct {
	Model, Run, Condition, Eval, Metric string
	EvalPrompt                          string
	Pattern                             string // of the model, where the quantity is a share
	Quantity                            string // rate, share, onset, order
	Step                                float64
	Deployment                          float64 // steps of deployment after Step; 0 for none
	P, Lo, Hi                           float64 // NaN when not stated
	Distribution                        string  // JSON, "" when none
	Author, MadeAt                      string
}
