package oversight

import (
	"math"
	"slices"
	"sync"

	"witnessmark/data/stats"
)

// A pool is the samples behind one row: those of a group, at a step or at
// all.
type pool struct {
	board    *Board
	cells    []int32 // into Board.cells, those of one run together
	runs     []span  // parts of cells, one a run
	repeated bool    // there is one run, in which items recur
	named    bool    // samples name their items

	ranking sync.Once
	ranked  *stats.Ranked // labeled scores of all cells
	lock    sync.Mutex
	kept    *figures // of the level and budgets asked for last
}

// A span is a part of a slice, from ≤ i < to.
type span struct{ from, to int32 }

// settle brings the cells of each run together and finds out what its
// numbers are counted in.
func (p *pool) settle() {
	var order []string
	byRun := map[string][]int32{}
	p.named = true
	for _, i := range p.cells {
		c := p.board.cells[i]
		if byRun[c.run] == nil {
			order = append(order, c.run)
		}
		byRun[c.run] = append(byRun[c.run], i)
		p.named = p.named && c.Item != nil
	}
	p.cells = p.cells[:0:0]
	for _, run := range order {
		from := int32(len(p.cells))
		p.cells = append(p.cells, byRun[run]...)
		p.runs = append(p.runs, span{from, int32(len(p.cells))})
	}
	p.repeated = len(p.runs) == 1 && p.recurs()
}

// recurs tells whether an item has several samples.
func (p *pool) recurs() bool {
	seen := make([]bool, p.board.items)
	for _, i := range p.cells {
		c := p.board.cells[i]
		for j := range c.Item {
			id := c.item(j)
			if id < 0 {
				continue
			}
			if seen[id] {
				return true
			}
			seen[id] = true
		}
	}
	return false
}

// name is the run of a span.
func (p *pool) name(s span) string { return p.board.cells[p.cells[s.from]].run }

// unit is what an interval of the pool generalizes over.
func (p *pool) unit() stats.Unit {
	switch {
	case len(p.runs) > 1:
		return stats.Seeds
	case p.named:
		return stats.Items
	}
	return stats.Samples
}

// samples lists the labeled scores of some cells with their truths.
func (p *pool) samples(of []int32) (truths []bool, scores []float64) {
	n := 0
	for _, i := range of {
		n += p.board.cells[i].labeled.Positives + p.board.cells[i].labeled.Negatives
	}
	truths, scores = make([]bool, 0, n), make([]float64, 0, n)
	for _, i := range of {
		c := p.board.cells[i]
		for j, s := range c.Score {
			if t := c.truth(j); t <= yes && s == s {
				truths, scores = append(truths, t == yes), append(scores, s)
			}
		}
	}
	return truths, scores
}

// rank sorts the labeled scores of all cells, once.
func (p *pool) rank() *stats.Ranked {
	p.ranking.Do(func() {
		if len(p.cells) == 1 {
			p.ranked = p.board.cells[p.cells[0]].labeled
			return
		}
		p.ranked, _ = stats.Rank(p.samples(p.cells)) // both are equally long
	})
	return p.ranked
}

// itemsOf lists the item of each of samples(cells), to cluster by. Samples
// that name none are items of their own.
func (p *pool) itemsOf(of []int32) []int {
	var out []int
	next := p.board.items
	for _, i := range of {
		c := p.board.cells[i]
		for j, s := range c.Score {
			if c.truth(j) > yes || s != s {
				continue
			}
			id := int(c.item(j))
			if id < 0 {
				id = next
				next++
			}
			out = append(out, id)
		}
	}
	return out
}

// bounds are the least and greatest score.
func (b *Board) bounds() (lo, hi float64) {
	lo, hi = math.NaN(), math.NaN()
	for _, c := range b.cells {
		if c.scores > 0 {
			lo, hi = least(lo, c.lo), most(hi, c.hi)
		}
	}
	return lo, hi
}

// run finds the cells of a run, nil if it has none here.
func (p *pool) run(name string) []int32 {
	i := slices.IndexFunc(p.runs, func(s span) bool { return p.name(s) == name })
	if i < 0 {
		return nil
	}
	return p.cells[p.runs[i].from:p.runs[i].to]
}
