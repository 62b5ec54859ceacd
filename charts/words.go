package charts

import (
	"math"
	"strings"
	"unicode"
	"unicode/utf8"

	"witnessmark/data/frame"
)

// lead names what is measured, and of what.
func lead(o Options) string { return joined(", ", upperFirst(o.MeasureLabel), o.Context) }

// marksSubtitle says what mark, line and ring mean, with the interval's kind,
// level, unit and n.
func marksSubtitle(f frame.Frame, o Options) string {
	noun := unitNoun(f)
	seeds := rangeText(numbersOr(f, frame.Seeds, seedsAt), noun)
	parts := []string{"Filled mark = mean"}
	if seeds != "" {
		parts[0] += " of " + seeds
	}
	parts = append(parts, intervalSubtitle(f))
	if len(unitValues(f)) > 0 {
		parts = append(parts, "ring = one "+noun+rolloutsText(f))
	}
	return joined(". ", joined(", ", parts...), arrowText(f, o))
}

// intervalSubtitle says what the line through a mark is, or why there is none.
func intervalSubtitle(f frame.Frame) string {
	for i := range f.Len() {
		if !math.IsNaN(numAt(f, frame.Lo, i)) {
			return "line = " + intervalName(methodText(f, i))
		}
	}
	for i := range f.Len() {
		if _, reason, ok := f.Num(frame.Lo, i); !ok && reason != "" {
			return "no interval, because " + reason
		}
	}
	return "no interval in the data"
}

// intervalName makes sure that a method's name says that it is an interval.
func intervalName(method string) string {
	if strings.Contains(method, "interval") {
		return method
	}
	return method + " interval"
}

// arrowText explains arrows, where an interval leaves the scale.
func arrowText(f frame.Frame, o Options) string {
	if o.Scale == FreeScale {
		return ""
	}
	least, most := o.valueFormat().tickText(0, o.top()), o.valueFormat().tickText(o.top(), o.top())
	lo, _, ok := extent(numbers(f, frame.Lo))
	_, hi, _ := extent(numbers(f, frame.Hi))
	switch {
	case !ok || lo >= 0 && hi <= o.top():
		return ""
	case lo < 0 && hi > o.top():
		return "Arrow = interval runs below " + least + " or above " + most
	case lo < 0:
		return "Arrow = interval runs below " + least
	}
	return "Arrow = interval runs above " + most
}

// rolloutsText says how many samples stand behind one unit, where all have
// about the same number.
func rolloutsText(f frame.Frame) string {
	var n Values
	for _, units := range f.Units {
		for _, u := range units {
			if u.N > 0 {
				n = append(n, u.N)
			}
		}
	}
	if t := rangeText(n, "sample"); t != "" {
		return " (" + t + ")"
	}
	return ""
}

// rangeText writes how many there are: "30 seeds", "28–30 seeds".
func rangeText(v Values, noun string) string {
	lo, hi, ok := extent(v)
	switch {
	case !ok || hi <= 0:
		return ""
	case lo == hi:
		return Count(hi, noun)
	}
	return Whole.Text(lo, 0) + "–" + Count(hi, noun)
}

func numbersOr(f frame.Frame, _ string, get func(frame.Frame, int) float64) Values {
	out := make(Values, f.Len())
	for i := range out {
		out[i] = get(f, i)
	}
	return out
}

// differenceSubtitle says what a difference is, how its interval was made
// and whether it is adjusted for the number of comparisons.
func differenceSubtitle(f frame.Frame, o Options) string {
	ways, m := differenceWays(f, o)
	from := ""
	if o.Baseline != "" {
		from = " from " + o.Baseline
	}
	var texts []string
	for _, w := range ways {
		texts = append(texts, w.words())
	}
	return joined(", ", "Mean difference"+from, joined(", or ", texts...), adjustedText(o, m))
}

// words write a way with the number of pairs of all its differences.
func (w way) words() string {
	method, over := w.method, rangeText(w.pairs, "pair")
	if over != "" {
		over = " over " + over
	}
	if by, rest, ok := strings.Cut(method, ", "); ok && strings.HasPrefix(by, "paired by ") {
		noun := by[strings.LastIndex(by, " ")+1:]
		method, over = rest, joined(" ", ", paired by", rangeText(w.pairs, strings.TrimSuffix(noun, "s")))
	} else if strings.Contains(method, "not paired") {
		over = ""
	}
	if !math.IsNaN(w.level) {
		method = joined(" ", levelText(w.level), method)
	}
	return method + over
}

// withoutNumber takes the number of pairs out of a method's name: "paired by
// 4 seeds" and "paired by 5 seeds" are one way, whatever the row.
func withoutNumber(method string) string {
	by, rest, ok := strings.Cut(method, ", ")
	if ok && strings.HasPrefix(by, "paired by ") {
		return "paired by " + strings.TrimSuffix(by[strings.LastIndex(by, " ")+1:], "s") + "s, " + rest
	}
	return method
}

func adjustedText(o Options, m int) string {
	switch {
	case o.Adjusted != "":
		return o.Adjusted + " over m = " + Whole.Text(float64(m), 0)
	case m > 1:
		return "not adjusted (m = " + Whole.Text(float64(m), 0) + ")"
	}
	return ""
}

func frameNotes(f frame.Frame) []string {
	var out []string
	for _, n := range f.Notes {
		out = append(out, n.Text)
	}
	return distinct(out)
}

// lowerFirst is for the middle of a sentence. A word with a further capital,
// such as CoT, stays as it is.
func lowerFirst(s string) string {
	r, n := utf8.DecodeRuneInString(s)
	word, _, _ := strings.Cut(s[n:], " ")
	if strings.ContainsFunc(word, unicode.IsUpper) {
		return s
	}
	return string(unicode.ToLower(r)) + s[n:]
}

func upperFirst(s string) string {
	if s == "" {
		return s
	}
	r, n := utf8.DecodeRuneInString(s)
	return string(unicode.ToUpper(r)) + s[n:]
}

// list joins words with commas and an and.
func list(words []string) string {
	switch len(words) {
	case 0:
		return ""
	case 1:
		return words[0]
	}
	return strings.Join(words[:len(words)-1], ", ") + " and " + words[len(words)-1]
}

func (c curves) subtitle(onsets bool) string {
	var parts []string
	seed := ""
	if len(unitValues(c.f)) > 0 {
		seed = "Thin = one seed"
		if c.o.Smooth > 0 {
			seed += ", EMA " + Logs.Text(c.o.Smooth, 0)
			if !c.o.NoRaw && c.all() {
				seed += ", specks = raw values"
			} else if !c.o.NoRaw {
				seed += ", specks = raw values above " + c.y.Format.tickText(0.03*c.o.top(), 0.03*c.o.top())
			}
		}
	}
	mean := "thick = mean of raw values"
	if c.o.Ragged && c.o.Along != SinceOnset {
		mean += ", each seed in proportion between its steps"
	} else if c.o.Ragged {
		mean += " where half of the seeds or more are"
	}
	parts = append(parts, seed, mean)
	if !c.o.NoBand {
		parts = append(parts, c.bandText())
	}
	if c.o.Along == SinceOnset {
		parts = append(parts, "dashed = onset of each seed"+before(", ", c.o.Marking))
	} else if onsets {
		parts = append(parts, "triangle under the axis = onset of a seed"+before(", ", c.o.Marking))
	}
	if c.passed != nil {
		parts = append(parts, before("passing = ", c.o.Passing))
	}
	return upperFirst(joined("; ", parts...))
}

func (c curves) bandText() string {
	for i := range c.f.Len() {
		if !math.IsNaN(numAt(c.f, frame.Lo, i)) {
			return "band = " + joined(", ", methodText(c.f, i)+c.holding(), rangeText(numbersOr(c.f, "", seedsAt), "seed"))
		}
	}
	return "no band, because " + why(c.f, frame.Lo, 0)
}

// holding says where a band holds.
func (c curves) holding() string {
	if c.o.Simultaneous {
		return ", at all steps at once"
	}
	return " pointwise"
}

// before puts words before a text that is not empty.
func before(words, text string) string {
	if text == "" {
		return ""
	}
	return words + text
}
