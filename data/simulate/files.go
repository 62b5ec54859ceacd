package simulate

import (
	"compress/gzip"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"math"
	"path"
	"strconv"

	"github.com/klauspost/compress/zstd"
)

// A File is one result file of the study, as a team would have it on disk.
type File struct {
	Name string // its ending .gz or .zst says how it is compressed
	// Plain writes the content before compression. It is the same on every
	// machine, which compressed bytes need not be.
	Plain func(io.Writer) error
}

// Files returns the study as files that the program imports: what the runs
// are, every sample with its texts, the training logs, the second judge.
func (s *Study) Files() []File {
	return []File{
		{"runs.csv", s.writeRuns},
		{"samples.jsonl.zst", s.writeSamples},
		{"second-judge.csv.gz", s.writeVerdicts},
		{"training.csv.gz", s.writeTraining},
	}
}

// Write writes the file, compressed as its name says.
func (f File) Write(w io.Writer) error {
	packed, err := f.packer(w)
	if err != nil {
		return fmt.Errorf("%s: %w", f.Name, err)
	}
	if err := f.Plain(packed); err != nil {
		return fmt.Errorf("%s: %w", f.Name, err)
	}
	return packed.Close()
}

func (f File) packer(w io.Writer) (io.WriteCloser, error) {
	switch path.Ext(f.Name) {
	case ".gz":
		return gzip.NewWriterLevel(w, gzip.BestCompression)
	case ".zst":
		return zstd.NewWriter(w, zstd.WithEncoderLevel(zstd.SpeedBestCompression), zstd.WithEncoderConcurrency(1))
	default:
		return plain{w}, nil
	}
}

type plain struct{ io.Writer }

func (plain) Close() error { return nil }

func (s *Study) writeRuns(w io.Writer) error {
	table := csv.NewWriter(w)
	_ = table.Write([]string{ // Flush keeps the first error
		"run", "condition", "family", "seed", "train_prompt", "base_model", "method", "temperature",
		"trained_against", "cot_pressure", "cot_regime_level", "status", "simulated",
	})
	for _, r := range Runs() {
		pressure := "none"
		if r.TrainedAgainst != "" {
			pressure = "direct"
		}
		_ = table.Write([]string{
			r.Name(), r.Arm.Name, r.Family, strconv.Itoa(r.Seed), r.Prompt, "simulated model",
			"simulated grpo", number(r.Temperature), r.TrainedAgainst, pressure, "3", r.Status, "yes",
		})
	}
	table.Flush()
	return table.Error()
}

func (s *Study) writeVerdicts(w io.Writer) error {
	table := csv.NewWriter(w)
	_ = table.Write([]string{"run", "step", "eval", "eval_prompt", "grader", "item", "epoch", "hack"})
	for v := range s.Verdicts() {
		_ = table.Write([]string{
			v.Run, strconv.Itoa(LastStep), Eval, NeutralPrompt, Judge, v.Item, strconv.Itoa(v.Epoch),
			strconv.Itoa(bit(v.Hack)),
		})
	}
	table.Flush()
	return table.Error()
}

func (s *Study) writeTraining(w io.Writer) error {
	table := csv.NewWriter(w)
	_ = table.Write([]string{
		"run", "step", "eval", "train_hacks", "train_truncated", "rollouts", "reward_mean", "loss", "response_length",
	})
	for t := range s.TrainSteps() {
		_ = table.Write([]string{
			t.Run, strconv.Itoa(t.Step), "training rollouts", strconv.Itoa(t.Hacks), strconv.Itoa(t.Truncated),
			strconv.Itoa(Rollouts), number(t.Reward), number(t.Loss), strconv.Itoa(t.ResponseLength),
		})
	}
	table.Flush()
	return table.Error()
}

// A record is a sample as a line of JSON. Absent is missing.
type record struct {
	Run        string `json:"run"`
	Step       int    `json:"step"`
	Eval       string `json:"eval"`
	EvalPrompt string `json:"eval_prompt"`
	Grader     string `json:"grader"`
	Item       string `json:"item"`
	Epoch      int    `json:"epoch"`

	Excluded    string   `json:"excluded,omitempty"`
	Hack        *int     `json:"hack,omitempty"`
	Correct     *int     `json:"correct,omitempty"`
	Outcome     string   `json:"outcome,omitempty"`
	CoTScore    *float64 `json:"cot_monitor_score,omitempty"`
	CoTFlag     string   `json:"cot_monitor_flag,omitempty"`
	ActionScore *float64 `json:"action_monitor_score,omitempty"`
	ActionFlag  string   `json:"action_monitor_flag,omitempty"`

	Transcript
}

func (s *Study) writeSamples(w io.Writer) error {
	lines := json.NewEncoder(w)
	lines.SetEscapeHTML(false)
	for sample := range s.Samples() {
		if err := lines.Encode(sample.record()); err != nil {
			return err
		}
	}
	return nil
}

func (s Sample) record() record {
	r := record{
		Run: s.Run, Step: s.Step, Eval: Eval, EvalPrompt: s.EvalPrompt, Grader: Detector,
		Item: s.Item, Epoch: s.Epoch, Excluded: s.Excluded, Transcript: s.Transcript,
	}
	if s.Excluded != "" {
		return r
	}
	r.Hack, r.Correct, r.Outcome = new(bit(s.Hack)), new(bit(s.Correct)), s.Outcome()
	r.CoTFlag, r.ActionFlag = verdict(s.CoTScore), verdict(s.ActionScore)
	r.ActionScore = &s.ActionScore
	if !math.IsNaN(s.CoTScore) {
		r.CoTScore = &s.CoTScore
	}
	return r
}

// verdict is a monitor's word for a score.
func verdict(score float64) string {
	switch {
	case math.IsNaN(score):
		return "unknown"
	case score >= .5:
		return "yes"
	default:
		return "no"
	}
}

func bit(yes bool) int {
	if yes {
		return 1
	}
	return 0
}

func number(v float64) string { return strconv.FormatFloat(v, 'f', -1, 64) }
