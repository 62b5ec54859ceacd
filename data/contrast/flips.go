package contrast

import (
	"cmp"
	"context"
	"fmt"
	"math"
	"slices"

	"witnessmark/data/estimate"
	"witnessmark/data/frame"
	"witnessmark/data/query"
	"witnessmark/data/stats"
)

// Flips compares two conditions item by item: which items one passes and the
// other does not, or for scores, which ones rise and fall.
type Flips struct {
	Own, Base string
	Rate      bool // pass or fail; else scores
	BySeed    bool // an item under two seeds is two pairs
	Pairs     int
	// Table counts pairs that each side passed or failed, with Own as A. Pairs
	// whose attempts do not all agree on a side are Split and not in it.
	Table             stats.PairedTable
	Split             int
	Up, Down, Level   int    // pairs with a higher, a lower, an equal value than the baseline's
	Items             []Flip // pairs that differ, the largest change first
	OnlyOwn, OnlyBase int    // items that only this side, only the baseline has; dropped
	Unnamed           int    // attempts that name no item; dropped
	Clustered         bool   // items come several times, so tests of single pairs do not hold

	McNemar   *stats.McNemarTest // nil for scores, and where Clustered
	Tango     *stats.Estimate    // own less baseline; nil likewise
	OverItems *Estimated         // over items, one mean difference each; nil where it cannot be had
	Text      []string
}

// Estimated is a difference with its interval, own less baseline.
type Estimated struct {
	Value, Lo, Hi, P float64
	N                int
	Method           string
}

// A Flip is an item with what both conditions did with it. Samples are named
// "import:ordinal", see estimate.SampleKey.
type Flip struct {
	Eval, Item, Seed string
	From, To         float64 // means of the attempts: baseline's and own
	Own, Base        []estimate.Try
}

// Flips pairs the value own of q's first field with q.Baseline, by item.
// Errors are those of estimate.Index.PairItems.
func (st Study) Flips(ctx context.Context, q query.Query, own string) (Flips, error) {
	pairs, err := st.Index.PairItems(ctx, q, own)
	if err != nil {
		return Flips{}, err
	}
	f := Flips{
		Own: own, Base: q.Baseline, Rate: pairs.Rate, BySeed: pairs.BySeed, Pairs: len(pairs.Pairs),
		OnlyOwn: pairs.OnlyOwn, OnlyBase: pairs.OnlyBase, Unnamed: pairs.Unnamed,
	}
	seen := map[[2]string]bool{}
	for _, p := range pairs.Pairs {
		f.add(p)
		item := [2]string{p.Eval, p.Item}
		f.Clustered = f.Clustered || seen[item] || len(p.Own) > 1 || len(p.Base) > 1
		seen[item] = true
	}
	slices.SortStableFunc(f.Items, func(a, b Flip) int { return cmp.Compare(math.Abs(b.To-b.From), math.Abs(a.To-a.From)) })
	if err := f.test(ctx, st, q); err != nil {
		return f, err
	}
	f.Text = f.words(wordsOf(st.measure(q.Measures[0])))
	return f, nil
}

func (st Study) measure(name string) estimate.Measure {
	for _, m := range st.Index.Measures() {
		if m.Name == name {
			return m
		}
	}
	return estimate.Measure{Name: name, Lo: math.NaN(), Hi: math.NaN()}
}

func (f *Flips) add(p estimate.ItemPair) {
	one := Flip{Eval: p.Eval, Item: p.Item, Seed: p.Seed, From: meanOf(p.Base), To: meanOf(p.Own), Own: p.Own, Base: p.Base}
	switch {
	case one.To > one.From:
		f.Up++
	case one.To < one.From:
		f.Down++
	default:
		f.Level++
	}
	if one.To != one.From {
		f.Items = append(f.Items, one)
	}
	if !f.Rate {
		return
	}
	switch own, base := one.To, one.From; {
	case own != math.Trunc(own) || base != math.Trunc(base):
		f.Split++
	case own == 1 && base == 1:
		f.Table.Both++
	case own == 1:
		f.Table.OnlyA++
	case base == 1:
		f.Table.OnlyB++
	default:
		f.Table.Neither++
	}
}

func meanOf(tries []estimate.Try) float64 {
	sum := 0.0
	for _, t := range tries {
		sum += t.Value
	}
	return sum / float64(len(tries))
}

// test compares the pairs: single ones by McNemar and Tango, else item by
// item as a query that pairs items does.
func (f *Flips) test(ctx context.Context, st Study, q query.Query) error {
	if f.Rate && !f.Clustered && f.Pairs > 0 {
		test, err := stats.McNemar(f.Table)
		if err != nil {
			return err
		}
		tango, err := stats.Tango(f.Table, q.LevelOr())
		if err != nil {
			return err
		}
		f.McNemar, f.Tango = &test, &tango
	}
	q.Pair, q.By, q.Measures = query.PairItem, q.By[:1], q.Measures[:1]
	q.Sort, q.Limit, q.Offset = nil, 0, 0
	a, err := st.Index.Ask(ctx, q)
	if err != nil {
		return err
	}
	row := find(a, []frame.Key{{Field: q.By[0], Value: f.Own}})
	if row < 0 || math.IsNaN(num(a, frame.DiffLo, row)) {
		return nil
	}
	f.OverItems = &Estimated{
		Value: num(a, frame.Diff, row), Lo: num(a, frame.DiffLo, row), Hi: num(a, frame.DiffHi, row), P: num(a, frame.P, row),
		N: int(num(a, frame.Pairs, row)), Method: a.Text(frame.DiffVia, row),
	}
	return nil
}

// words says what the pairs show.
func (f *Flips) words(w words) []string {
	var out []string
	unit := "item"
	if f.BySeed {
		unit = "item under a seed"
	}
	pairs := fmt.Sprintf("%s of %s", decimal(float64(f.Up+f.Down), 0), pairCount(f.Pairs, unit))
	if f.Rate {
		out = append(out, fmt.Sprintf("%s differ: %s only under %s, %s only under %s.", pairs,
			decimal(float64(f.Up), 0), spoken(f.Own), decimal(float64(f.Down), 0), spoken(f.Base)))
	} else {
		out = append(out, fmt.Sprintf("%s differ: %s higher and %s lower under %s.", pairs,
			decimal(float64(f.Up), 0), decimal(float64(f.Down), 0), spoken(f.Own)))
	}
	if e := f.OverItems; e != nil {
		text := w.change(e.Value, float64(e.N)) + w.points() + " " + w.interval(e.Lo, e.Hi, float64(e.N), true) + ", " + e.Method
		if !math.IsNaN(e.P) {
			text += ", " + pText(e.P)
		}
		out = append(out, text+".")
	}
	if n := f.OnlyOwn + f.OnlyBase; n > 0 {
		out = append(out, fmt.Sprintf("%s on one side only %s dropped.", count(n, "item"), verb(n, "is", "are")))
	}
	if f.Unnamed > 0 {
		out = append(out, fmt.Sprintf("%s that %s no item %s dropped.", count(f.Unnamed, "sample"), verb(f.Unnamed, "names", "name"), verb(f.Unnamed, "is", "are")))
	}
	if f.Split > 0 {
		out = append(out, fmt.Sprintf("%s whose attempts disagree among themselves %s not in the table.", pairCount(f.Split, unit), verb(f.Split, "is", "are")))
	}
	if f.Clustered {
		out = append(out, "Items come several times, so single pairs are not tested; the interval is over items.")
	}
	return out
}

func pairCount(n int, unit string) string {
	if unit == "item" || n == 1 {
		return count(n, unit)
	}
	return decimal(float64(n), 0) + " items under seeds"
}
