package views

import (
	"math"
	"strings"

	"witnessmark/charts"
	"witnessmark/data/predict"
	"witnessmark/views/figure"
	"witnessmark/views/part"
	"witnessmark/views/theme"
)

func (v *registryPane) whoCell(e predict.Entry) part.Cell {
	kind := "Stated by a person"
	if e.Kind == predict.OfModel {
		kind = "Computed by a model"
	}
	if e.MadeAt != "" {
		kind += ", " + strings.Replace(strings.TrimSuffix(e.MadeAt, "Z"), "T", " ", 1) + " UTC"
	}
	return part.Cell{Text: e.Who, Tip: e.Who + ". " + kind}
}

func (v *registryPane) aboutCell(e predict.Entry) part.Cell {
	if e.Run == "" {
		return part.Cell{Text: figure.Spoken(e.Condition), Marker: v.place.Facts().Role(e.Condition)}
	}
	name, arm := e.Run, e.Condition
	if e.Outcome != nil {
		name, arm = e.Outcome.Run, e.Outcome.Arm
	}
	return part.Cell{Text: name, Marker: v.place.Facts().Role(arm)}
}

func evalName(e predict.Entry) string {
	var parts []string
	for _, p := range []string{e.Eval, e.EvalPrompt} {
		if p != "" {
			parts = append(parts, valueLabel(p))
		}
	}
	if parts == nil {
		return "any"
	}
	return strings.Join(parts, ", ")
}

func stepCell(e predict.Entry) part.Cell {
	switch {
	case e.Quantity == predict.Onset:
		return part.Cell{Text: "any", Color: theme.Muted}
	case math.IsNaN(e.Step):
		return part.Cell{Text: "end", Tip: "The end of training"}
	case e.Deployment > 0:
		return part.Cell{Text: plainNumber(e.Step) + " + " + plainNumber(e.Deployment), Tip: "Steps of training, then of deployment"}
	}
	return part.Cell{Text: plainNumber(e.Step)}
}

func quantityName(e predict.Entry) string {
	switch e.Quantity {
	case predict.Share:
		return "share of " + e.Pattern
	case predict.Onset, predict.Order:
		return e.Quantity + " of " + plainName(e.Metric)
	}
	return "rate of " + plainName(e.Metric)
}

// inUnit writes a value of an entry's quantity.
func inUnit(e predict.Entry, v float64) string {
	switch e.Quantity {
	case predict.Onset:
		return "step " + plainNumber(math.Round(v))
	case predict.Order:
		return "place " + plainNumber(v)
	}
	return charts.Percent.Text(v, digitsOf(v))
}

// digitsOf is the n for which percentages are written as a person would write
// these: without decimals where none is needed.
func digitsOf(all ...float64) float64 {
	for _, v := range all {
		if math.Abs(100*v-math.Round(100*v)) > 1e-9 {
			return 0
		}
	}
	return 100
}

func unitInterval(e predict.Entry, lo, hi float64) string {
	if e.Quantity == predict.Onset || e.Quantity == predict.Order {
		return "[" + plainNumber(lo) + ", " + plainNumber(hi) + "]"
	}
	return charts.Percent.Interval(lo, hi, digitsOf(lo, hi))
}

func predictedCell(e predict.Entry) part.Cell {
	if math.IsNaN(e.P) {
		return notEstimable("No number is stated")
	}
	c := part.Cell{Text: inUnit(e, e.P)}
	if e.Lo == e.Lo && e.Hi == e.Hi {
		c.Text += " " + unitInterval(e, e.Lo, e.Hi)
	}
	if e.Clipped() {
		c.Tip = "Exactly 0 or 1 is moved by 1e-6 for the log score"
	}
	return c
}

func seenOf(e predict.Entry) float64 {
	v, err := e.Seen.Value()
	if err != nil {
		return math.NaN()
	}
	return v
}

func (v *registryPane) seenCell(e predict.Entry) part.Cell {
	if e.Outcome == nil {
		return part.Cell{Text: "not observed", Color: theme.Muted, Tip: upper(e.Why)}
	}
	seen, err := e.Seen.Value()
	if err != nil {
		return part.Cell{Text: "not observed", Color: theme.Muted, Tip: plainError(err)}
	}
	c := part.Cell{Text: charts.Percent.Text(seen, e.Outcome.N), Tip: charts.Count(float64(e.Outcome.Runs), "run")}
	if e.Quantity == predict.Onset || e.Quantity == predict.Order {
		c.Text = inUnit(e, seen)
	}
	if e.WhyNone == "" {
		c.Text += " " + unitInterval(e, e.Interval.Lo, e.Interval.Hi)
		c.Tip += ", " + charts.Whole.Text(e.Outcome.K, 0) + " of " + charts.Whole.Text(e.Outcome.N, 0) + ", " + e.Interval.Method
	} else {
		c.Tip += ", no interval: " + e.WhyNone
	}
	if e.Earlier > 0 {
		c.Tip += "; " + charts.Count(float64(e.Earlier), "run") + " that were there before the lock do not count"
	}
	return c
}

func missCell(e predict.Entry) part.Cell {
	if math.IsNaN(e.Miss) {
		return part.Cell{Text: "none", Color: theme.Muted, Tip: upper(e.Unscored())}
	}
	if e.Quantity == predict.Onset || e.Quantity == predict.Order {
		return part.Cell{Text: charts.Change.Text(e.Miss, 0), Tip: "In steps or places"}
	}
	return part.Cell{Text: charts.Change.Text(100*e.Miss, 0)}
}

func insideOf(e predict.Entry) part.Cell {
	in, err := e.Inside.Value()
	switch {
	case err != nil && e.Lo != e.Lo:
		return part.Cell{Text: "none", Color: theme.Muted, Tip: "No interval is stated"}
	case err != nil:
		return part.Cell{Text: "none", Color: theme.Muted, Tip: upper(e.Unscored())}
	case in == 1:
		return part.Cell{Text: "inside", Color: theme.OK}
	}
	return part.Cell{Text: "outside", Color: theme.Bad}
}

func standingCell(e predict.Entry) part.Cell {
	c := part.Cell{Text: e.Badge(), Tip: string(e.Standing)}
	switch {
	case e.LockedAt == "":
		c.Color = theme.Muted
	case e.Standing == predict.Retrospective:
		c.Color, c.Icon, c.Tip = theme.Warn, theme.Warning, "Results were already there when this was locked, so they do not test it"
	case e.Outcome == nil:
		c.Tip = upper(e.Why)
	default:
		c.Color = theme.OK
	}
	return c
}

// lockedCell is who locked a prediction, when, and the first digits of its
// hash.
func lockedCell(e predict.Entry) part.Cell {
	if e.LockedAt == "" {
		return part.Cell{}
	}
	day, _, _ := strings.Cut(e.LockedAt, "T")
	return part.Cell{
		Text: e.Author + ", " + day + ", " + e.Hash[:min(8, len(e.Hash))], Icon: theme.Lock,
		Tip: "Locked by " + e.Author + " at " + strings.Replace(strings.TrimSuffix(e.LockedAt, "Z"), "T", " ", 1) + " UTC, SHA-256 " + e.Hash,
	}
}
