package predict

import (
	"slices"
	"strings"

	"witnessmark/data"
)

// A Circumstance is an evaluation of an arm. An empty evaluation prompt in an
// evaluation without a name is training itself: such numbers are logged while
// a run is trained, under its train prompt.
type Circumstance struct{ Arm, Eval, EvalPrompt, Grader string }

func (s Series) circumstance() Circumstance {
	return Circumstance{s.Arm, s.Eval, s.EvalPrompt, s.Grader}
}

// Name says the evaluation in words: its name and prompt, or "training".
func (c Circumstance) Name() string {
	var parts []string
	for _, p := range []string{c.Eval, c.EvalPrompt, c.Grader} {
		if p != "" {
			parts = append(parts, p)
		}
	}
	if parts == nil {
		return "training"
	}
	return strings.Join(parts, ", ")
}

// asTrained tells whether the prompt is the one of training.
func (c Circumstance) asTrained(arm ArmFacts) bool {
	switch {
	case c.Eval == "" && c.EvalPrompt == "":
		return true
	case c.EvalPrompt != "" && c.EvalPrompt == arm.TrainPrompt:
		return true
	}
	return hasWord(c.EvalPrompt, "train")
}

// familyWords are parts of names that tell the family of a train prompt. The
// first that fits wins: "negative_inoculation" discourages, and a "neutral
// prefix" is a placebo.
var familyWords = []struct {
	family string
	parts  []string
}{
	{"discouraging", []string{"negative", "discourag", "forbid", "safety"}},
	{"irrelevant", []string{"irrelevant", "prefix", "placebo", "arbitrary"}},
	{"other", []string{"mix", "rephras", "pool"}},
	{"inoculation_general", []string{"general", "any means", "any_means", "permissive"}},
	{"inoculation_specific", []string{"inoc", "specific"}},
	{"baseline", []string{"neutral", "baseline", "control", "none", "default"}},
}

// familyOf is the stated family if it is one, else what it or the arm's name
// tells, "" when neither does.
func familyOf(stated, name string) string {
	if slices.Contains(data.Families, stated) {
		return stated
	}
	for _, text := range []string{stated, strings.ToLower(name)} {
		for _, f := range familyWords {
			if slices.ContainsFunc(f.parts, func(p string) bool { return strings.Contains(text, p) }) {
				return f.family
			}
		}
	}
	return ""
}

func inoculates(family string) bool {
	return family == "inoculation_specific" || family == "inoculation_general"
}
