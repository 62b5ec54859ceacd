package contrast

import (
	"math"
	"strconv"
	"strings"

	"witnessmark/data"
	"witnessmark/data/estimate"
)

// words write the numbers of a measure, in the way of the charts: rates as
// percent and their differences in points, without decimals below 200
// samples; scores on 0 to 100 with one decimal; anything else with three
// digits.
type words struct {
	scale float64 // 100 for fractions
	kind  wordKind
}

type wordKind uint8

const (
	rates wordKind = iota
	scores
	anything
)

func wordsOf(m estimate.Measure) words {
	switch {
	case m.Rate || m.Lo == 0 && m.Hi == 1:
		return words{100, rates}
	case m.Lo == 0 && m.Hi == 100:
		return words{1, scores}
	}
	return words{1, anything}
}

const (
	minus  = "−"
	nbsp   = "\u00a0"
	narrow = "\u202f"
)

// points is the unit of differences, with the space before it.
func (w words) points() string {
	if w.kind == anything {
		return ""
	}
	return " points"
}

// value writes an estimate of n samples: "39.5 %".
func (w words) value(v, n float64) string {
	unit := ""
	if w.kind == rates {
		unit = nbsp + "%"
	}
	return signed(v, w.amount(v, n), false) + unit
}

// change writes a difference: "+2.9".
func (w words) change(v, n float64) string { return signed(v, w.amount(v, n), true) }

// interval writes [lo, hi] of differences, or of values.
func (w words) interval(lo, hi, n float64, change bool) string {
	return "[" + signed(lo, w.amount(lo, n), change) + "," + nbsp + signed(hi, w.amount(hi, n), change) + "]"
}

// about writes the amount of a difference as one says it: whole points.
func (w words) about(v float64) string {
	v = math.Abs(v) * w.scale
	if w.kind == anything {
		return digits(v)
	}
	if v < 1 {
		return decimal(v, 1)
	}
	return decimal(math.Round(v), 0)
}

func (w words) amount(v, n float64) string {
	v = math.Abs(v) * w.scale
	switch {
	case w.kind == anything:
		return digits(v)
	case w.kind == rates && n > 0 && n < 200:
		return decimal(v, 0)
	}
	return decimal(v, 1)
}

func signed(v float64, amount string, plus bool) string {
	switch {
	case math.IsNaN(v):
		return "not estimable"
	case math.IsInf(v, 0):
		amount = "∞"
	case strings.Trim(amount, "0.") == "":
		return amount
	}
	if v < 0 {
		return minus + amount
	}
	if plus {
		return "+" + amount
	}
	return amount
}

// decimal writes a number that is not negative, with narrow spaces between
// thousands.
func decimal(v float64, places int) string {
	whole, rest, dot := strings.Cut(strconv.FormatFloat(v, 'f', places, 64), ".")
	for i := len(whole) - 3; i > 0; i -= 3 {
		whole = whole[:i] + narrow + whole[i:]
	}
	if dot {
		return whole + "." + rest
	}
	return whole
}

// digits writes three digits that matter.
func digits(v float64) string {
	if v == 0 || math.IsInf(v, 0) || v >= 1e9 || v < 1e-4 {
		return strings.Replace(strconv.FormatFloat(v, 'g', 3, 64), "-", minus, 1)
	}
	return decimal(v, max(0, 2-int(math.Floor(math.Log10(v)))))
}

// count says "1 run" or "30 runs".
func count(n int, noun string) string {
	if n != 1 {
		noun += "s"
	}
	return decimal(float64(n), 0) + " " + noun
}

// percent writes a share of the whole.
func percent(x float64) string { return words{100, rates}.value(x, 0) }

// wholePercent writes a level such as 95 %.
func wholePercent(x float64) string {
	return strconv.FormatFloat(math.Round(x*1e4)/100, 'f', -1, 64) + nbsp + "%"
}

// pText writes a p, to three decimals.
func pText(p float64) string {
	if p < 0.001 {
		return "p < 0.001"
	}
	return "p = " + decimal(p, 3)
}

// spoken writes a name as words, see data.Spoken; a group without one is
// called "(none)".
func spoken(name string) string {
	if strings.TrimSpace(name) == "" {
		return noName
	}
	return data.Spoken(name)
}

const noName = "(none)"

// sentenceCase begins with a capital letter.
func sentenceCase(s string) string {
	r := []rune(s)
	if len(r) == 0 {
		return s
	}
	return strings.ToUpper(string(r[0])) + string(r[1:])
}

// list joins names as people do: "a, b and c".
func list(names []string) string {
	n := len(names) - 1
	if n <= 0 {
		return strings.Join(names, "")
	}
	return strings.Join(names[:n], ", ") + " and " + names[n]
}

func spokenList(names []string) string {
	out := make([]string, len(names))
	for i, n := range names {
		out[i] = spoken(n)
	}
	return list(out)
}

// brief keeps a long text, such as a prompt, from filling a line.
func brief(s string) string {
	const most = 40
	s = strings.Join(strings.Fields(s), " ")
	if s == "" {
		return noName
	}
	if r := []rune(s); len(r) > most {
		return strings.TrimSpace(string(r[:most-1])) + "…"
	}
	return s
}
