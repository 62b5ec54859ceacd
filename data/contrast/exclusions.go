package contrast

import (
	"context"
	"fmt"
	"math"
	"slices"
	"strings"

	"witnessmark/data"
	"witnessmark/data/estimate"
	"witnessmark/data/frame"
	"witnessmark/data/query"
)

// Exclusions say what was left out on both sides, and how far that alone
// could have moved the difference.
type Exclusions struct {
	Own, Base Left
	Worst     *Worst // if left-out samples could have come out either way; nil where that is not known
	Tails     []Tail // measures of answers cut short, refused or not understood
	Text      []string
}

// Left counts samples that were left out of an estimate.
type Left struct{ Out, All int }

// Share is the part that was left out, 0 of none.
func (l Left) Share() float64 { return float64(l.Out) / math.Max(1, float64(l.All)) }

// Worst holds the bounds of both rates and of their difference, own less
// baseline, in the worst cases. They are no confidence intervals.
//
// Manski (1989), J Hum Resour 24:343.
type Worst struct{ OwnLo, OwnHi, BaseLo, BaseHi float64 }

// Lo is the smallest difference that is possible.
func (w Worst) Lo() float64 { return w.OwnLo - w.BaseHi }

// Hi is the largest.
func (w Worst) Hi() float64 { return w.OwnHi - w.BaseLo }

// A Tail is a measure of answers that may have no fair verdict, such as the
// rate of truncated ones, compared like any other.
type Tail struct {
	Measure      string
	Noun         string  // what it counts: "Truncation"
	Own, Base    float64 // NaN where not known
	Diff, Lo, Hi float64
	Sentence     string
	Verdict      Verdict
	Worst        *Worst // of the measure asked for, if each such answer could have been judged the other way
}

// tailStems are parts of names by which a measure counts such answers.
var tailStems = []struct{ stem, noun string }{
	{"truncat", "Truncation"}, {"refus", "Refusals"}, {"timeout", "Timeouts"}, {"unpars", "Unparsed answers"}, {"invalid", "Invalid answers"},
	{"incoheren", "Incoherence"}, {"exclu", "Exclusions"}, {"error", "Errors"},
}

// tailNoun is what a measure counts, "" where it is no tail.
func tailNoun(name string) string {
	low := strings.ToLower(name)
	for _, t := range tailStems {
		if strings.Contains(low, t.stem) {
			return t.noun
		}
	}
	return ""
}

// tailMeasures are the study's measures of such answers, on a scale from 0
// to 1.
func tailMeasures(x *estimate.Index) []estimate.Measure {
	return slices.DeleteFunc(x.Measures(), func(m estimate.Measure) bool {
		return m.Monitor != "" || tailNoun(m.Name) == "" || wordsOf(m).kind != rates
	})
}

func (c *comparison) exclusions(ctx context.Context) (*Exclusions, error) {
	if c.base < 0 {
		return nil, nil
	}
	e := &Exclusions{Own: c.left(c.row), Base: c.left(c.base)}
	if e.Own.Out+e.Base.Out > 0 {
		e.Worst = c.worst()
		e.Text = append(e.Text, e.leftText(c))
	}
	if tailNoun(c.m.Name) == "" {
		if err := c.tails(ctx, e); err != nil {
			return nil, err
		}
	}
	if e.Text == nil {
		return nil, nil
	}
	return e, nil
}

func (c *comparison) left(row int) Left {
	out := int(num(c.f, frame.Excluded, row))
	if n := num(c.f, frame.N, row); !math.IsNaN(n) {
		return Left{out, out + int(n)}
	}
	return Left{Out: out, All: out}
}

// worst bounds rates of k of n by what the left-out samples may have been.
func (c *comparison) worst() *Worst {
	lo, hi := [2]float64{}, [2]float64{}
	for i, row := range []int{c.row, c.base} {
		k, all, out := num(c.f, frame.K, row), float64(c.left(row).All), float64(c.left(row).Out)
		if math.IsNaN(k) || all == 0 {
			return nil
		}
		lo[i], hi[i] = k/all, (k+out)/all
	}
	return &Worst{lo[0], hi[0], lo[1], hi[1]}
}

func (e *Exclusions) leftText(c *comparison) string {
	text := fmt.Sprintf("%s of the samples were left out here and %s under %s", percent(e.Own.Share()), percent(e.Base.Share()), spoken(c.q.Baseline))
	return text + worstText(e.Worst, c.w) + "."
}

func worstText(w *Worst, as words) string {
	if w == nil {
		return ""
	}
	return ", which allows a difference of " + as.interval(w.Lo(), w.Hi(), 0, true) + as.points() + " in the worst cases"
}

// tails compares the measures of answers without a fair verdict.
func (c *comparison) tails(ctx context.Context, e *Exclusions) error {
	for _, m := range tailMeasures(c.st.Index) {
		t, err := c.st.tail(ctx, c.q, m.Name, c.f.Keys[c.row])
		if err != nil {
			return err
		}
		if t == nil {
			continue
		}
		if c.w.kind == rates {
			t.Worst = c.otherWay(t.Own, t.Base)
		}
		e.Tails = append(e.Tails, *t)
		e.Text = append(e.Text, fmt.Sprintf("%s %s here, %s under %s: %s%s.", sentenceCase(spoken(m.Name)), percent(t.Own), percent(t.Base), spoken(c.q.Baseline),
			strings.SplitN(t.Sentence, ": ", 2)[1], worstText(t.Worst, c.w)))
	}
	return nil
}

// tail compares one such measure; nil where there is nothing to compare.
func (st Study) tail(ctx context.Context, q query.Query, measure string, keys []frame.Key) (*Tail, error) {
	q.Measures = []string{measure}
	c, err := st.compare(ctx, q, keys)
	if _, missing := err.(noRow); missing { // what judges do not score is counted once for all of them
		c, err = st.compare(ctx, q, withoutGrader(keys))
	}
	if _, missing := err.(noRow); missing {
		return nil, nil
	}
	if err != nil || c.base < 0 {
		return nil, err
	}
	d, _, ok := c.f.Num(frame.Diff, c.row)
	if !ok || c.num(frame.Value) == 0 && num(c.f, frame.Value, c.base) == 0 {
		return nil, nil
	}
	return &Tail{
		Measure: measure, Noun: tailNoun(measure), Own: c.num(frame.Value), Base: num(c.f, frame.Value, c.base),
		Diff: d, Lo: c.num(frame.DiffLo), Hi: c.num(frame.DiffHi), Sentence: c.sentence(), Verdict: c.verdict(),
	}, nil
}

func withoutGrader(keys []frame.Key) []frame.Key {
	return slices.DeleteFunc(slices.Clone(keys), func(k frame.Key) bool { return k.Field == data.Grader })
}

// otherWay bounds the rates if each of a share of the answers could have been
// judged the other way.
func (c *comparison) otherWay(own, base float64) *Worst {
	a, b := c.num(frame.Value), num(c.f, frame.Value, c.base)
	if math.IsNaN(a) || math.IsNaN(b) {
		return nil
	}
	return &Worst{max(0, a-own), min(1, a+own), max(0, b-base), min(1, b+base)}
}
