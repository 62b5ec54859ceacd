package charts

import (
	"math"
	"strconv"
	"strings"
)

// The spaces and signs of numbers: a true minus, a space that does not break
// before a percent sign, and a narrow one between groups of three digits.
const (
	minus  = "−"
	nbsp   = "\u00a0"
	narrow = "\u202f"
)

// A Format says how the numbers of a measure are written.
type Format string

// The formats.
const (
	Percent Format = "percent" // fractions, as "39.5 %"
	Points  Format = "points"  // differences of fractions in percentage points, signed: "+2.9"
	Scores  Format = "scores"  // "78.3"
	Change  Format = "change"  // differences of scores, signed: "−4.1"
	Logs    Format = "logs"    // log scores and ratios, two decimals
	Ratio   Format = "ratio"   // g-mean² and p, three decimals
	Whole   Format = "whole"   // steps and counts: "1 280"
	Free    Format = "free"    // anything, three significant digits
	Large   Format = "large"   // large counts in thousands, millions and billions: "1.2 M"
)

// Text writes a value with the decimals that n samples deserve: percent
// without decimals below 200 samples, with one above or where n is unknown
// (NaN or 0). NaN is written "not estimable", infinities as ∞.
func (f Format) Text(v, n float64) string {
	switch {
	case math.IsNaN(v):
		return "not estimable"
	case math.IsInf(v, 1):
		return "∞"
	case math.IsInf(v, -1):
		return minus + "∞"
	}
	amount := f.number(v, n)
	return f.sign(v, amount) + amount + f.unit()
}

// Bare is Text without the unit, as it stands in brackets.
func (f Format) Bare(v, n float64) string { return strings.TrimSuffix(f.Text(v, n), f.unit()) }

// Interval writes [lo, hi].
func (f Format) Interval(lo, hi, n float64) string {
	return "[" + f.Bare(lo, n) + "," + nbsp + f.Bare(hi, n) + "]"
}

func (f Format) unit() string {
	if f == Percent {
		return nbsp + "%"
	}
	return ""
}

// number writes the amount of v, without sign.
func (f Format) number(v, n float64) string {
	v = math.Abs(v)
	switch f {
	case Percent, Points:
		return decimal(100*v, percentDecimals(n))
	case Scores, Change:
		return decimal(v, 1)
	case Logs:
		return decimal(v, 2)
	case Ratio:
		return decimal(v, 3)
	case Whole:
		return decimal(v, 0)
	case Large:
		return large(v)
	}
	return digits(v)
}

// large writes two or three digits with k, M or B.
func large(v float64) string {
	for _, s := range []struct {
		from float64
		unit string
	}{{1e9, "B"}, {1e6, "M"}, {1e3, "k"}} {
		if v >= s.from*0.9995 {
			return strings.TrimSuffix(decimal(v/s.from, oneIf(v < 99.95*s.from)), ".0") + nbsp + s.unit
		}
	}
	return decimal(v, 0)
}

func percentDecimals(n float64) int {
	if n > 0 && n < 200 {
		return 0
	}
	return 1
}

// sign returns the sign to write before the amount; a zero has none.
func (f Format) sign(v float64, amount string) string {
	if strings.Trim(amount, "0.") == "" {
		return ""
	}
	if v < 0 {
		return minus
	}
	if f == Points || f == Change {
		return "+"
	}
	return ""
}

// decimal writes a non-negative number with groups of three digits, with a
// power of ten where it would have more than 15 digits.
func decimal(v float64, places int) string {
	switch {
	case math.IsNaN(v):
		return "?"
	case math.IsInf(v, 0):
		return "∞"
	case v >= 1e15:
		return digits(v)
	}
	s := strconv.FormatFloat(v, 'f', places, 64)
	whole, rest, dot := strings.Cut(s, ".")
	if dot {
		rest = "." + rest
	}
	for i := len(whole) - 3; i > 0; i -= 3 {
		whole = whole[:i] + narrow + whole[i:]
	}
	return whole + rest
}

// digits writes three significant digits, with a power of ten outside
// 0.001 to 10⁹.
func digits(v float64) string {
	if v == 0 || !finite(v) {
		return decimal(v, 0)
	}
	e := int(math.Floor(math.Log10(v)))
	if e < -3 || e >= 9 {
		return strconv.FormatFloat(v/math.Pow10(e), 'f', 1, 64) + "×10" + superscript(e)
	}
	return decimal(v, max(0, 2-e))
}

func superscript(e int) string {
	var b strings.Builder
	for _, r := range strconv.Itoa(e) {
		if r == '-' {
			b.WriteRune('⁻')
			continue
		}
		b.WriteRune([]rune("⁰¹²³⁴⁵⁶⁷⁸⁹")[r-'0'])
	}
	return b.String()
}

// stepName writes a step or epoch: whole ones whole, others as short as they are.
func stepName(v float64) string {
	if v == math.Round(v) {
		return Whole.Text(v, 0)
	}
	return strings.Replace(strconv.FormatFloat(v, 'f', -1, 64), "-", minus, 1)
}

// Count writes a whole number with its noun: "1 run", "30 seeds".
func Count(n float64, noun string) string {
	s := Whole.Text(n, 0) + " " + noun
	if n != 1 && !strings.HasSuffix(noun, "s") {
		s += "s"
	}
	if n == 1 {
		s = strings.TrimSuffix(s, "s")
	}
	return s
}

// tickText writes the label of a tick among ticks that are step apart.
func (f Format) tickText(v, step float64) string {
	scale, unit := 1.0, ""
	switch f {
	case Percent:
		scale, unit = 100, nbsp+"%"
	case Points:
		scale = 100
	case Large:
		return f.sign(v, "1") + large(math.Abs(v))
	case Free:
		if big := math.Abs(v); big >= 1e9 || big > 0 && big < 1e-4 {
			return f.sign(v, "1") + digits(big)
		}
	}
	amount := decimal(math.Abs(v)*scale, decimals(step*scale))
	return f.sign(v, amount) + amount + unit
}

// decimals returns how many are needed to tell multiples of step apart.
func decimals(step float64) int {
	for d := range 12 {
		if s := step * math.Pow10(d); math.Abs(s-math.Round(s)) < 1e-6*s {
			return d
		}
	}
	return 12
}

func oneIf(yes bool) int {
	if yes {
		return 1
	}
	return 0
}
