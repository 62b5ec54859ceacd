package charts

import (
	"slices"
	"strings"

	"witnessmark/data/frame"
)

// A MeasureScale says what the values of a frame are.
type MeasureScale string

// The scales. A RateScale holds fractions from 0 to 1, drawn as percent; a
// ScoreScale scores from 0 to 100; a FreeScale anything, drawn as it is.
const (
	RateScale  MeasureScale = ""
	ScoreScale MeasureScale = "score"
	FreeScale  MeasureScale = "free"

	pointScale  MeasureScale = "points" // differences of rates
	changeScale MeasureScale = "change" // differences of anything else
)

// Options say what a frame does not: how it is called and what stands out.
// The zero value draws a chart with a proposed title.
type Options struct {
	Title, Subtitle, Source string          `json:",omitempty"` // "" for proposed ones; "-" for none
	By                      string          `json:",omitempty"` // column that names rows; "" for the first text column
	Baseline                string          `json:",omitempty"` // value of By that others are compared with
	Told                    string          `json:",omitempty"` // column that tells rows of one name apart, such as the judge; rows stand under their name
	ToldNoun                string          `json:",omitempty"` // what Told has; "" for "judge"
	Facet                   string          `json:",omitempty"` // column that splits into panels
	Series                  string          `json:",omitempty"` // column that splits into lines or columns
	Step                    string          `json:",omitempty"` // column of the horizontal axis of curves; "" for "step"
	MeasureLabel            string          `json:",omitempty"` // of the value axis: "Rollouts that hack, mean of the last 10 steps"
	Subject                 string          `json:",omitempty"` // of the title's sentence: "Hacking ends"; "" for the measure label
	Noun                    string          `json:",omitempty"` // what rows of a scatter plot are; "" for "condition"
	Context                 string          `json:",omitempty"` // model and eval, for the subtitle: "GRPO on Qwen3-30B-A3B-Base"
	StepLabel               string          `json:",omitempty"` // of the horizontal axis of curves; "" for "Training step"
	XLabel                  string          `json:",omitempty"` // of the horizontal axis of a scatter plot
	XScale                  MeasureScale    `json:",omitempty"` // of the horizontal axis of a scatter plot, where OwnX says that it differs from Scale
	OwnX                    bool            `json:",omitempty"`
	XBetter, YBetter        int             `json:",omitempty"` // +1 where more is better, −1 where less is; both for a Pareto line
	Scale                   MeasureScale    `json:",omitempty"`
	Zoom                    float64         `json:",omitempty"` // end of a rate axis that is zoomed in, as a fraction; 0 for 100 %
	Adjusted                string          `json:",omitempty"` // "Holm"; "" is written "not adjusted"
	Smooth                  float64         `json:",omitempty"` // weight of the debiased EMA of seed lines, 0 to below 1
	Threshold               float64         `json:",omitempty"` // that seeds pass; 0 for half of the scale
	Budget                  float64         `json:",omitempty"` // false positive rate that audits allow; 0 for none
	LogX, LogY              bool            `json:",omitempty"`
	Along                   Along           `json:",omitempty"` // what the horizontal axis of curves is; "" for steps
	Ragged                  bool            `json:",omitempty"` // runs lie at places of their own: rows without a value only carry units
	Simultaneous            bool            `json:",omitempty"` // bands hold at all steps at once
	Passing                 string          `json:",omitempty"` // what the second table of onsets counts: "5-step mean above 50 %"
	Marking                 string          `json:",omitempty"` // what the first one marks
	Since                   float64         `json:",omitempty"` // step that changes are taken from
	SecondLabel             string          `json:",omitempty"` // the lower of two measures
	SecondScale             MeasureScale    `json:",omitempty"`
	Logit                   bool            `json:",omitempty"` // both axes of a ROC curve
	OnePanel                bool            `json:",omitempty"` // all conditions in one panel instead of one each
	Difference              bool            `json:",omitempty"` // a matrix shows Diff instead of Value
	Panels                  []string        `json:",omitempty"` // values of Facet in the order of a matrix's panels; nil for that of the rows
	NoCounts                bool            `json:",omitempty"` // a matrix leaves n out of its cells
	NoBand, NoRaw           bool            `json:",omitempty"`
	Roles                   map[string]Role `json:",omitempty"` // condition to role, as the study has it
}

// A Recipe turns frames into a Spec.
type Recipe struct {
	ID, Title, Help string
	Needs           []string // columns without which there is nothing to draw
	Make            func(o Options, f ...frame.Frame) Spec
}

// RecipeNamed returns the recipe with an ID.
func RecipeNamed(id string) (Recipe, bool) {
	i := slices.IndexFunc(Recipes, func(r Recipe) bool { return r.ID == id })
	if i < 0 {
		return Recipe{}, false
	}
	return Recipes[i], true
}

// valueFormat and diffFormat write the measure and differences of it.
func (o Options) valueFormat() Format {
	return map[MeasureScale]Format{RateScale: Percent, ScoreScale: Scores, FreeScale: Free, pointScale: Points, changeScale: Change}[o.Scale]
}

func (o Options) diffFormat() Format {
	return map[MeasureScale]Format{RateScale: Points, ScoreScale: Change, FreeScale: Change}[o.Scale]
}

// diffUnit names the unit of differences on an axis and in a sentence.
func (o Options) diffUnit() (axis, sentence string) {
	if o.Scale == RateScale {
		return "percentage points", "points"
	}
	return "points", "points"
}

// top returns the end of the measure's scale.
func (o Options) top() float64 {
	if o.Scale == ScoreScale {
		return 100
	}
	return 1
}

// valueAxis returns the axis of the measure: the whole scale of a rate or
// score, or as much of a free measure as the values need.
func (o Options) valueAxis(values ...Values) Axis {
	a := Axis{Lo: 0, Hi: o.top(), Format: o.valueFormat(), Title: o.MeasureLabel}
	switch {
	case o.Scale == pointScale || o.Scale == changeScale:
		return o.changeAxis(values...)
	case o.Scale == FreeScale:
		lo, hi, ok := extent(values...)
		if !ok {
			lo, hi = 0, 1
		}
		a.Lo, a.Hi = padded(lo, hi, 0.06)
		return a
	case o.Scale == ScoreScale:
		a.Ticks = multiples(0, 100, 25, Whole)
	}
	if o.Zoom > 0 && o.Zoom < 1 {
		a.Hi *= o.Zoom
		a.Title = joined(", ", a.Title, "zoomed to "+a.Format.tickText(a.Hi, a.Hi))
	} else if o.Scale == RateScale && a.Title != "" && !strings.Contains(a.Title, "%") {
		a.Title += " (%)"
	}
	return a
}

// diffAxis returns the axis of differences, symmetric about 0.
func (o Options) diffAxis(values ...Values) Axis {
	m := symmetric(values...)
	if o.Scale == RateScale {
		m = min(m, 1)
	}
	unit, _ := o.diffUnit()
	title := "Difference (" + unit + ")"
	if o.Baseline != "" {
		title = "Difference from " + o.Baseline + " (" + unit + ")"
	}
	return Axis{Lo: -m, Hi: m, Format: o.diffFormat(), Title: title}
}

// title returns the given text, or the proposed one where none is given.
func (o Options) title(proposed string) string { return given(o.Title, proposed) }

func (o Options) subtitle(proposed ...string) string {
	sentences := slices.Clone(proposed)
	for i := range sentences {
		sentences[i] = upperFirst(sentences[i])
	}
	return given(o.Subtitle, joined(". ", sentences...))
}

func (o Options) source() string { return given(o.Source, "") }

func given(s, proposed string) string {
	switch s {
	case "":
		return proposed
	case "-":
		return ""
	}
	return s
}

// joined joins the parts that are not empty.
func joined(by string, parts ...string) string {
	parts = slices.DeleteFunc(slices.Clone(parts), func(s string) bool { return s == "" })
	return strings.Join(parts, by)
}
