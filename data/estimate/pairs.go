package estimate

import (
	"fmt"

	"witnessmark/data"
	"witnessmark/data/stats"
)

// sharedItems are the items that a row and its baseline both have.
type sharedItems struct {
	pairs     []itemPair
	dropped   int  // items that only one side has
	singleTry bool // every item has one score on each side
}

func (s *scan) sharedItems(r, b *row) sharedItems {
	own, base := s.items(r), s.items(b)
	at := make(map[itemKey]int, len(base))
	for i, it := range base {
		if it.key.item >= 0 {
			at[it.key] = i
		}
	}
	out := sharedItems{singleTry: true}
	for _, it := range own {
		i, ok := at[it.key]
		if !ok || it.key.item < 0 {
			continue
		}
		out.pairs = append(out.pairs, itemPair{it.key, it.mean(), base[i].mean()})
		out.singleTry = out.singleTry && len(it.scores) == 1 && len(base[i].scores) == 1
	}
	out.dropped = len(own) + len(base) - 2*len(out.pairs)
	return out
}

// byItem compares the same items under both.
func (s *scan) byItem(r, b *row) *comparison {
	if r.grain != data.Samples || b.grain != data.Samples {
		return notCompared("items can be paired only where there are samples")
	}
	shared := s.sharedItems(r, b)
	if len(shared.pairs) == 0 {
		return notCompared("no item is on both sides")
	}
	if shared.dropped > 0 {
		r.note("dropped-items", fmt.Sprintf("%s on one side only %s left out of the pairs", count(shared.dropped, "item"), were(shared.dropped)), false)
	}
	c := notCompared("")
	c.items, c.pairs = shared.pairs, len(shared.pairs)
	c.diff = mean(c.differences())
	if r.rate && b.rate && shared.singleTry && len(r.runs) == 1 && len(b.runs) == 1 {
		s.pairedTable(c)
	} else {
		got, err := method[stats.ItemDifferenceInterval](s.q.Method)(c.differences(), s.q.LevelOr())
		c.take(got, err)
	}
	c.via = fmt.Sprintf("paired by %s, %s, these runs only", count(c.pairs, "item"), c.via)
	return c
}

func (c *comparison) differences() []float64 {
	own, base := make([]float64, len(c.items)), make([]float64, len(c.items))
	for i, p := range c.items {
		own[i], base[i] = p.own, p.base
	}
	return stats.Differences(base, own)
}

// pairedTable compares items that each side passed or failed once.
func (s *scan) pairedTable(c *comparison) {
	own, base := make([]bool, len(c.items)), make([]bool, len(c.items))
	for i, p := range c.items {
		own[i], base[i] = p.own == 1, p.base == 1
	}
	table, err := stats.CountPairs(own, base)
	if err != nil {
		c.why, c.whyP = stats.Reason(err), stats.Reason(err)
		return
	}
	got, err := method[stats.PairedTableInterval](s.q.Method)(table, s.q.LevelOr())
	test, _ := stats.McNemar(table)
	c.takeInterval(got, err, test.MidP, "McNemar's p depends on how many items disagree")
	c.via += " and McNemar mid-p"
}

func were(n int) string {
	if n == 1 {
		return "was"
	}
	return "were"
}
