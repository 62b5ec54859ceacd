package predict

import (
	"encoding/json"
	"fmt"
	"math"
	"strconv"
	"strings"

	"witnessmark/data"
)

// A Draft is a prediction as a person writes it down, in texts. Rates are in
// percent, onsets in steps, orders in places.
type Draft struct {
	Author, Model    string // who predicts, and how it is called; Model may be ""
	Condition, Run   string // one of them
	Eval, EvalPrompt string
	Behavior         string
	Quantity         string // Rated, Share, Onset or Order
	Pattern          string // of a model, for a share
	Step             string // "" for the end of training
	Point, Lo, Hi    string
	Bins             []string // chances of equal bins of the scale in percent, in place of a point; "" is 0
}

// A Flaw is what is wrong with one part of a draft, in plain words.
type Flaw struct{ Part, Text string }

func (f *Flaw) Error() string { return f.Text }

func flaw(part, format string, args ...any) error {
	return &Flaw{part, fmt.Sprintf(format, args...)}
}

// Prediction reads a draft. The error is a *Flaw that names the part and says
// what to write there.
func (d Draft) Prediction() (data.Prediction, error) {
	nan := math.NaN()
	p := data.Prediction{
		Model: strings.TrimSpace(d.Model), Author: strings.TrimSpace(d.Author), Run: d.Run, Condition: strings.TrimSpace(d.Condition),
		Eval: d.Eval, EvalPrompt: d.EvalPrompt, Metric: d.Behavior, Quantity: d.Quantity, Pattern: strings.TrimSpace(d.Pattern), Step: nan, P: nan, Lo: nan, Hi: nan,
	}
	switch {
	case p.Author == "":
		return p, flaw("author", "Say who predicts")
	case p.Run == "" && p.Condition == "":
		return p, flaw("about", "Name the condition or the run that this is about")
	case p.Quantity == Share && p.Pattern == "":
		return p, flaw("pattern", "Name the pattern whose share this is")
	case p.Quantity == Order && p.Run != "":
		return p, flaw("about", "Only conditions have an order; choose a condition")
	}
	var err error
	if p.Quantity == Onset && d.Step != "" {
		return p, flaw("step", "An onset is itself a step; leave the step empty")
	}
	if p.Step, err = step(d.Step); err != nil {
		return p, err
	}
	if d.Bins != nil {
		return d.spread(p)
	}
	return d.point(p)
}

func step(text string) (float64, error) {
	if text = strings.TrimSpace(text); text == "" {
		return math.NaN(), nil
	}
	v, err := number(text)
	if err != nil || v < 0 || math.IsInf(v, 0) {
		return v, flaw("step", "%q is no step; write a number such as 100, or nothing for the end of training", text)
	}
	return v, nil
}

// number reads a number as people write it: with a percent sign, a true
// minus, a decimal comma, or spaces between thousands.
func number(text string) (float64, error) {
	clean := strings.NewReplacer("%", "", "−", "-", ",", ".", " ", "", "\u00a0", "", "\u202f", "").Replace(text)
	v, err := strconv.ParseFloat(clean, 64)
	if err == nil && (math.IsNaN(v) || math.IsInf(v, 0)) {
		err = strconv.ErrRange
	}
	return v, err
}

// unit is what a draft's numbers are written in: the scale that they are
// divided by, and the least and greatest that may be written.
func (d Draft) unit() (scale, least, most float64, words string) {
	switch d.Quantity {
	case Onset:
		return 1, 0, math.Inf(1), "a step, 0 or more"
	case Order:
		return 1, 1, math.Inf(1), "a place, 1 for the condition that shows it most"
	}
	return 100, 0, 100, "a percentage from 0 to 100"
}

func (d Draft) point(p data.Prediction) (data.Prediction, error) {
	scale, least, most, words := d.unit()
	for _, x := range []struct {
		part, text string
		to         *float64
		needed     bool
	}{{"point", d.Point, &p.P, true}, {"lo", d.Lo, &p.Lo, false}, {"hi", d.Hi, &p.Hi, false}} {
		if strings.TrimSpace(x.text) == "" {
			if x.needed {
				return p, flaw(x.part, "Write what you predict: %s", words)
			}
			continue
		}
		v, err := number(x.text)
		if err != nil {
			return p, flaw(x.part, "%q is no number; write %s", x.text, words)
		}
		if v < least || v > most {
			return p, flaw(x.part, "%s is out of range; write %s", strings.TrimSpace(x.text), words)
		}
		*x.to = v / scale
	}
	switch one := math.IsNaN(p.Lo) != math.IsNaN(p.Hi); {
	case one:
		return p, flaw("lo", "An interval has two ends; write both, or neither")
	case p.Lo > p.Hi:
		return p, flaw("lo", "The interval ends before it begins; write the lower end first")
	case p.P < p.Lo || p.P > p.Hi:
		return p, flaw("point", "The point lies outside its interval")
	}
	return p, nil
}

// Binned is a stated distribution over equal bins of the 0–1 scale.
type Binned struct {
	Chances []float64 `json:"bins"` // of equal bins, from 0 up; they sum to 1
}

// spread reads a distribution. The point is its mean, which is the chance of
// a single attempt, and so what log and Brier score; CRPS scores the whole. The
// interval is its middle 95 %, even within a bin.
func (d Draft) spread(p data.Prediction) (data.Prediction, error) {
	if p.Quantity != Rated && p.Quantity != Share {
		return p, flaw("bins", "Only rates and shares have a distribution over bins; state a point")
	}
	var b Binned
	sum := 0.0
	for _, text := range d.Bins {
		v := 0.0
		if strings.TrimSpace(text) != "" {
			var err error
			if v, err = number(text); err != nil {
				return p, flaw("bins", "%q is no number; write chances in percent", text)
			}
		}
		if v < 0 || v > 100 {
			return p, flaw("bins", "%s is no chance; write percentages from 0 to 100", strings.TrimSpace(text))
		}
		b.Chances = append(b.Chances, v/100)
		sum += v
	}
	if math.Abs(sum-100) > 0.5 {
		return p, flaw("bins", "The chances sum to %s %%; they must sum to 100 %%", strconv.FormatFloat(sum, 'f', -1, 64))
	}
	for i := range b.Chances {
		b.Chances[i] *= 100 / sum
	}
	text, err := json.Marshal(b)
	if err != nil {
		return p, err
	}
	p.P, p.Lo, p.Hi, p.Distribution = b.mean(), b.quantile(.025), b.quantile(.975), string(text)
	return p, nil
}

func (b Binned) mean() float64 {
	m := 0.0
	for i, v := range b.Chances {
		m += v * (float64(i) + .5) / float64(len(b.Chances))
	}
	return m
}

// quantile is linear within bins.
func (b Binned) quantile(q float64) float64 {
	n := float64(len(b.Chances))
	for i, v := range b.Chances {
		if v > 0 && q <= v+1e-12 {
			return (float64(i) + q/v) / n
		}
		q -= v
	}
	return 1
}

// DraftOf writes a prediction down again, to be edited.
func DraftOf(p data.Prediction) Draft {
	d := Draft{
		Author: p.Author, Model: p.Model, Condition: p.Condition, Run: p.Run, Eval: p.Eval, EvalPrompt: p.EvalPrompt, Behavior: p.Metric,
		Quantity: first(p.Quantity, Rated), Pattern: p.Pattern, Step: written(p.Step, 1),
	}
	scale, _, _, _ := d.unit()
	d.Point, d.Lo, d.Hi = written(p.P, scale), written(p.Lo, scale), written(p.Hi, scale)
	if b, ok := binned(p.Distribution); ok {
		for _, v := range b.Chances {
			d.Bins = append(d.Bins, written(v, 100))
		}
	}
	return d
}

// binned reads a distribution over bins; false where none is stated.
func binned(text string) (b Binned, ok bool) {
	return b, json.Unmarshal([]byte(text), &b) == nil && len(b.Chances) > 0
}

func written(v, scale float64) string {
	if math.IsNaN(v) {
		return ""
	}
	return strconv.FormatFloat(math.Round(v*scale*1e6)/1e6, 'f', -1, 64)
}

// Sum says what the chances of a distribution sum to, and the mean that is
// scored; "" where none is stated.
func (d Draft) Sum() string {
	if d.Bins == nil {
		return ""
	}
	sum := 0.0
	for _, text := range d.Bins {
		if v, err := number(text); err == nil {
			sum += v
		}
	}
	text := "Sum " + strconv.FormatFloat(sum, 'f', -1, 64) + " %"
	if p, err := d.Prediction(); err == nil {
		return text + fmt.Sprintf(", mean %.0f %%, 95 %% in [%.0f, %.0f]; the mean is scored", 100*p.P, 100*p.Lo, 100*p.Hi)
	}
	return text + " of 100 %"
}
