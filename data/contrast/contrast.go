// Package contrast says what a comparison means: the sentence that may be
// said of it and what it does not show, which prompts were compared and what
// else differed, what was left out, how it stands among the other
// comparisons, and how many more runs would settle it. It also tells runs
// apart, and finds the items that two conditions answered differently.
//
// Numbers come from package estimate; here they are put into words and beside
// one another, as plain data. The inspector, the chips above a table, the
// paired view of samples and the command line show the same.
//
// It is a package of its own because it is about reading answers, not about
// making them: it can be tested on answers written by hand, and nothing that
// it says can change a number.
package contrast

import (
	"context"
	"fmt"
	"math"
	"slices"

	"witnessmark/data/column"
	"witnessmark/data/estimate"
	"witnessmark/data/frame"
	"witnessmark/data/query"
)

// A Study is what questions are put to, with what is known of it besides
// numbers. Only Index and Set are needed.
type Study struct {
	Index   *estimate.Index
	Set     *column.Set
	Order   []string          // values of the field compared, in the designed order
	Roles   map[string]string // of conditions: one of data.Families, or "grey"
	Sources []Source          // the files, by import
	Registry
}

// A Card is all that is known of one row of a comparison. Parts that do not
// apply are nil.
type Card struct {
	Name, Baseline string // values compared; Baseline is "" where there is none, or for the baseline itself
	Measure        estimate.Measure
	Sentence       string   // what may be said, with interval, pairing and n
	Verdict        Verdict  // what the interval allows
	Reading        []string // what may and may not be concluded, a sentence each

	Prompts    []TextDiff // the texts that make up the condition, against the baseline's
	AlsoDiffer []TextDiff // settings that differ besides
	Mixed      []Setting  // settings of which the row has several
	Matched    []Matched  // comparisons with conditions that do not differ so
	Exclusions *Exclusions
	Family     *Family
	Standing   Standing
	Power      *Power
	Influence  *Influence
	Over       *Over
	Source     Provenance
	Facts      []Fact // what else an inspector lists
}

// A Fact is a line of an inspector.
type Fact struct{ Name, Text string }

// A Setting is a field of which a row has several values.
type Setting struct {
	Field  string
	Values []string
}

// A Verdict is what an interval of a difference allows to say.
type Verdict string

// The verdicts. Lower and Higher are said only where the whole interval is.
const (
	Lower       Verdict = "lower"
	Higher      Verdict = "higher"
	Unclear     Verdict = "no clear change"
	NoInterval  Verdict = "no interval"
	NotCompared Verdict = ""
)

// Explain returns the card of the row of Ask(q) that has the keys, such as
// the condition and, where several judges scored, the grader. The first of
// q.Measures and the first such row count. Errors are those of Ask, and that
// there is no such row.
func (st Study) Explain(ctx context.Context, q query.Query, keys ...frame.Key) (Card, error) {
	_, card, err := st.explain(ctx, q, keys)
	return card, err
}

func (st Study) explain(ctx context.Context, q query.Query, keys []frame.Key) (*comparison, Card, error) {
	c, err := st.compare(ctx, q, keys)
	if err != nil {
		return nil, Card{}, err
	}
	back, err := st.Index.Backgrounds(ctx, c.q)
	if err != nil {
		return nil, Card{}, err
	}
	c.back = back
	out := c.card()
	if out.Matched, err = c.matched(ctx); err != nil {
		return nil, out, err
	}
	out.Exclusions, err = c.exclusions(ctx)
	return c, out, err
}

// A comparison is a row of an answer with the row of its baseline.
type comparison struct {
	st        Study
	q         query.Query
	f         frame.Frame
	row, base int // base is −1 where there is none
	m         estimate.Measure
	w         words
	by        string // what pairs are: "seed", "item", or "" where nothing is paired
	pairs     []pairDiff
	back      []estimate.Background
}

// A pairDiff is a pair of units with the values of both.
type pairDiff struct {
	name           string
	own, base, dif float64
}

func (st Study) compare(ctx context.Context, q query.Query, keys []frame.Key) (*comparison, error) {
	if len(q.Measures) == 0 || len(q.By) == 0 {
		return nil, fmt.Errorf("a comparison needs a field to group by and a measure")
	}
	q.Measures, q.Units, q.Sort, q.Limit, q.Offset = q.Measures[:1], true, nil, 0, 0
	c := &comparison{st: st, q: q, base: -1}
	for _, m := range st.Index.Measures() {
		if m.Name == q.Measures[0] {
			c.m = m
		}
	}
	c.w = wordsOf(c.m)
	if err := c.ask(ctx, keys); err != nil {
		return nil, err
	}
	if c.by == "item" && c.q.Pair == query.PairAuto {
		c.q.Pair = query.PairItem // so that units are items
		if err := c.ask(ctx, keys); err != nil {
			return nil, err
		}
	}
	return c, nil
}

func (c *comparison) ask(ctx context.Context, keys []frame.Key) (err error) {
	if c.f, err = c.st.Index.Ask(ctx, c.q); err != nil {
		return err
	}
	if c.row = find(c.f, keys); c.row < 0 {
		return noRow{keys}
	}
	if c.q.Baseline != "" && c.name() != c.q.Baseline {
		c.base = c.counterpart()
	}
	c.findPairs()
	return nil
}

// A noRow is the error that an answer has no row with the keys.
type noRow struct{ keys []frame.Key }

func (e noRow) Error() string {
	var names []string
	for _, k := range e.keys {
		names = append(names, k.Field+" "+k.Value)
	}
	return "there is no row of " + list(names) + " in this answer"
}

// find returns the first row that has all keys and is not merely reported.
func find(f frame.Frame, keys []frame.Key) int {
	for i := range f.Len() {
		has := func(k frame.Key) bool { return f.Key(i, k.Field) == k.Value }
		if f.Text(frame.Reported, i) == "" && !slices.ContainsFunc(keys, func(k frame.Key) bool { return !has(k) }) {
			return i
		}
	}
	return -1
}

// counterpart is the row of the baseline: all keys but the first are equal.
func (c *comparison) counterpart() int {
	keys := slices.Clone(c.f.Keys[c.row])
	keys[0].Value = c.q.Baseline
	return find(c.f, keys)
}

func (c *comparison) name() string { return c.f.Key(c.row, c.q.By[0]) }

func (c *comparison) num(column string) float64 { return num(c.f, column, c.row) }

// num returns a number of a frame, NaN where there is none, and for no row.
func num(f frame.Frame, column string, row int) float64 {
	if row < 0 {
		return math.NaN()
	}
	if v, _, ok := f.Num(column, row); ok {
		return v
	}
	return math.NaN()
}

// findPairs collects the paired units: runs of one seed are averaged, as in
// the answer.
func (c *comparison) findPairs() {
	c.by, c.pairs = "", nil
	if c.base < 0 || !(c.num(frame.Pairs) > 0) {
		return
	}
	c.by = "item"
	at := map[string]int{}
	times := []float64{}
	for _, u := range c.f.Units[c.row] {
		if math.IsNaN(u.Pair) || math.IsNaN(u.Value) {
			continue
		}
		name := u.Item
		if name == "" {
			name, c.by = u.Seed, "seed"
		}
		i, ok := at[name]
		if !ok || u.Item != "" {
			i = len(c.pairs)
			at[name] = i
			c.pairs, times = append(c.pairs, pairDiff{name: name}), append(times, 0)
		}
		p := &c.pairs[i]
		p.own, p.dif = p.own+u.Value, p.dif+u.Pair
		times[i]++
	}
	for i := range c.pairs {
		p := &c.pairs[i]
		p.own, p.dif = p.own/times[i], p.dif/times[i]
		p.base = p.own - p.dif
	}
}

// values are the runs' values of a row.
func (c *comparison) values(row int) []float64 {
	var out []float64
	if row < 0 {
		return nil
	}
	for _, u := range c.f.Units[row] {
		if !math.IsNaN(u.Value) {
			out = append(out, u.Value)
		}
	}
	return out
}

func (c *comparison) card() Card {
	out := Card{
		Name: c.name(), Measure: c.m, Sentence: c.sentence(), Verdict: c.verdict(),
		Family: c.family(), Standing: c.st.standing(c.q, c.name()), Power: c.power(), Influence: c.influence(), Over: c.over(), Source: c.source(),
	}
	if c.base >= 0 {
		out.Baseline = c.q.Baseline
	}
	out.Reading = c.reading(out)
	out.Prompts, out.AlsoDiffer, out.Mixed = c.settings()
	out.Facts = c.facts()
	return out
}

// background is what stands behind a row of the answer.
func (c *comparison) background(row int) estimate.Background {
	for _, b := range c.back {
		if slices.Equal(b.Keys, c.f.Keys[row]) {
			return b
		}
	}
	return estimate.Background{}
}
