package contrast

import (
	"slices"
	"strings"

	"witnessmark/data"
	"witnessmark/data/estimate"
)

// A TextDiff is a setting as it is on both sides, with what was changed.
type TextDiff struct {
	Field     string
	Own, Base []string  // distinct values; "" where a run has none
	Segments  []Segment // from the baseline's text to this one's; nil unless each side has one
	Long      bool      // a text to read, not a value
}

// Differs tells whether the sides have different values.
func (d TextDiff) Differs() bool { return !slices.Equal(d.Own, d.Base) }

// longText is from how many characters on a value is a text to be read.
const longText = 60

func newTextDiff(s estimate.Setting) TextDiff {
	d := TextDiff{Field: s.Field, Own: s.Values, Base: s.Base}
	for _, v := range append(slices.Clone(s.Values), s.Base...) {
		d.Long = d.Long || len(v) >= longText || strings.Contains(v, "\n")
	}
	if len(d.Own) == 1 && len(d.Base) == 1 {
		d.Segments = DiffWords(d.Base[0], d.Own[0])
	}
	return d
}

// promptFields are the texts that a condition can be made of, in the order in
// which they are shown.
var promptFields = []string{data.TrainPrompt, "generation_prompt", "system_prompt", "preamble", data.EvalPrompt}

// settings sorts what stands behind a row: the train prompt, always; what
// else differs from the baseline; and what the row mixes.
func (c *comparison) settings() (prompts, also []TextDiff, mixed []Setting) {
	back := c.background(c.row)
	for _, s := range back.Settings {
		switch {
		case s.Field == data.TrainPrompt:
			prompts = append(prompts, newTextDiff(s))
		case s.Condition:
		case s.Differs():
			also = append(also, newTextDiff(s))
		}
		if s.Mixed() && s.Field != data.TrainPrompt {
			mixed = append(mixed, Setting{s.Field, s.Values})
		}
	}
	if c.q.By[0] == data.TrainPrompt { // then it is no setting, but the name of the row
		s := estimate.Setting{Field: data.TrainPrompt, Values: []string{c.name()}}
		if c.base >= 0 {
			s.Base = []string{c.q.Baseline}
		}
		prompts = append(prompts, newTextDiff(s))
	}
	slices.SortStableFunc(also, func(a, b TextDiff) int { return promptRank(a.Field) - promptRank(b.Field) })
	return prompts, also, mixed
}

func promptRank(field string) int {
	if i := slices.Index(promptFields, field); i >= 0 {
		return i
	}
	return len(promptFields)
}
