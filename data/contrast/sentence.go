package contrast

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"witnessmark/data"
	"witnessmark/data/frame"
	"witnessmark/data/stats"
)

// sentence says the difference: "neutral → inoculation: +2.9 points
// [−22.1, +27.8], paired by 30 seeds"; of a row that is not compared, the
// estimate.
func (c *comparison) sentence() string {
	if c.base < 0 {
		return c.estimateSentence()
	}
	return difference(c.f, c.row, c.q.Baseline, c.name(), c.w, c.by)
}

// difference is the sentence of a row; by is what is paired, "" for nothing.
func difference(f frame.Frame, row int, base, name string, w words, by string) string {
	head := spoken(base) + " → " + spoken(name) + ": "
	d, why, ok := f.Num(frame.Diff, row)
	if !ok {
		return head + "not estimable, because " + why
	}
	n := num(f, frame.N, row)
	text := head + w.change(d, n) + w.points()
	if lo, why, ok := f.Num(frame.DiffLo, row); ok {
		text += " " + w.interval(lo, num(f, frame.DiffHi, row), n, true)
	} else {
		text += ", no interval, because " + why
	}
	pairs := num(f, frame.Pairs, row)
	switch {
	case by != "" && pairs > 0:
		text += ", paired by " + count(int(pairs), by)
	case !math.IsNaN(num(f, frame.DiffLo, row)):
		text += ", not paired"
	}
	return text
}

func (c *comparison) estimateSentence() string {
	v, why, ok := c.f.Num(frame.Value, c.row)
	head := spoken(c.name()) + ": "
	if !ok {
		return head + "not estimable, because " + why
	}
	n := c.num(frame.N)
	text := head + c.w.value(v, n)
	if lo, hi := c.num(frame.Lo), c.num(frame.Hi); !math.IsNaN(lo) && !math.IsNaN(hi) {
		text += " " + c.w.interval(lo, hi, n, false)
	}
	return text + ", " + count(int(c.num(frame.Seeds)), "run")
}

func (c *comparison) verdict() Verdict {
	lo, hi := c.num(frame.DiffLo), c.num(frame.DiffHi)
	switch {
	case c.base < 0:
		return NotCompared
	case math.IsNaN(lo) || math.IsNaN(hi):
		return NoInterval
	case hi < 0:
		return Lower
	case lo > 0:
		return Higher
	}
	return Unclear
}

// reading says what the interval allows, no stronger than it is, and then
// what takes away from it.
func (c *comparison) reading(card Card) []string {
	var out []string
	lo, hi := c.num(frame.DiffLo), c.num(frame.DiffHi)
	w := c.w
	switch card.Verdict {
	case NotCompared:
		if c.name() == c.q.Baseline {
			return []string{"Others are compared with it."}
		}
		return nil
	case NoInterval:
		_, why, _ := c.f.Num(frame.DiffLo, c.row)
		out = append(out, "No interval, because "+why+".")
	case Unclear:
		out = append(out, "No clear change.", fmt.Sprintf("The interval allows a fall of %s or a rise of %s%s.", w.about(lo), w.about(hi), w.points()))
	case Lower:
		out = append(out, fmt.Sprintf("Lower in all of the interval, by %s to %s%s.", w.about(hi), w.about(lo), w.points()))
	case Higher:
		out = append(out, fmt.Sprintf("Higher in all of the interval, by %s to %s%s.", w.about(lo), w.about(hi), w.points()))
	}
	if p := card.Power; p != nil {
		out = append(out, p.Text)
	}
	return append(out, c.limits(card)...)
}

// limits are the claims that the comparison does not allow.
func (c *comparison) limits(card Card) []string {
	var out []string
	if also := c.background(c.row).AlsoDiffer(); len(also) > 0 {
		out = append(out, fmt.Sprintf("%s also %s, so the difference cannot be laid to the condition alone.", sentenceCase(spokenList(also)), verb(len(also), "differs", "differ")))
	}
	if strings.Contains(c.f.Text(frame.DiffVia, c.row), "these runs only") || strings.Contains(c.f.Text(frame.DiffVia, c.row), "these two runs only") {
		out = append(out, "It is about these runs only and says nothing of other training runs.")
	}
	if f := card.Family; f != nil && f.M > 1 && (card.Verdict == Lower || card.Verdict == Higher) && f.Holm >= 1-c.q.LevelOr() {
		out = append(out, fmt.Sprintf("Among %d comparisons it may be chance: %s by Holm.", f.M, pText(f.Holm)))
	}
	return out
}

func verb(n int, one, several string) string {
	if n == 1 {
		return one
	}
	return several
}

// facts are the lines of the inspector that are not said elsewhere.
func (c *comparison) facts() []Fact {
	f := c.f
	out := []Fact{{"Seeds", c.seedsText()}}
	if m := f.Text(frame.Method, c.row); m != "" {
		out = append(out, Fact{"Interval", wholePercent(c.q.LevelOr()) + " " + m})
	}
	if via := f.Text(frame.DiffVia, c.row); via != "" {
		out = append(out, Fact{"Difference", via})
	}
	if g := c.grader(); g != "" {
		out = append(out, Fact{"Grader", g})
	}
	if n := c.num(frame.N); n > 0 {
		text := count(int(n), "sample")
		if k := c.num(frame.K); !math.IsNaN(k) {
			text = decimal(k, 0) + " of " + decimal(n, 0)
		}
		out = append(out, Fact{"Samples", text})
	}
	if above, below := c.num(frame.Above), c.num(frame.Below); !math.IsNaN(above) && c.num(frame.Seeds) > 1 {
		out = append(out, Fact{"Seeds over half", fmt.Sprintf("%s of %s%s; %s under 5%s%%", decimal(above, 0), decimal(c.num(frame.Seeds), 0), c.share(above), decimal(below, 0), nbsp)})
	}
	if o := c.over(); o != nil {
		out = append(out, Fact{"Over half, compared", o.Text})
	}
	return out
}

// share is the Wilson interval of the seeds above half of the scale.
func (c *comparison) share(above float64) string {
	e, err := stats.Wilson(int(above), int(c.num(frame.Seeds)), c.q.LevelOr())
	if err != nil {
		return ""
	}
	return " " + words{100, rates}.interval(e.Lo, e.Hi, c.num(frame.Seeds), false)
}

func (c *comparison) seedsText() string {
	text := decimal(c.num(frame.Seeds), 0)
	if c.by == "seed" {
		text = fmt.Sprintf("%d of %s, paired with %s", len(c.pairs), text, spoken(c.q.Baseline))
	}
	return text
}

// grader names who scored, and that others are kept apart.
func (c *comparison) grader() string {
	text := list(slices.DeleteFunc(slices.Clone(c.background(c.row).Graders), func(g string) bool { return g == "" }))
	if text != "" && c.f.Key(c.row, data.Grader) != "" {
		text += ", others apart"
	}
	return text
}
