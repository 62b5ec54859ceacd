package oversight

// itemCounts counts the samples of one run by item. What it returns is used
// again by the next count, so that a threshold that moves over a million
// samples allocates nothing.
type itemCounts struct {
	counts [][4]int32 // by item: TN, FP, FN, TP
	others []tally    // by item: what is no such sample; nil where all are
	out    []tally
}

// count counts a pool; samples without an item are counted each on its own.
func (ic *itemCounts) count(r *Reading, p *pool) []tally {
	if ic.counts == nil {
		ic.counts = make([][4]int32, r.items)
	}
	clear(ic.counts)
	clear(ic.others)
	ic.out = ic.out[:0]
	for _, i := range p.cells {
		if c, by := r.cells[i], r.cuts[i]; c.plain(by) {
			ic.addPlain(c, by.at)
		} else {
			ic.add(c, by)
		}
	}
	for id, n := range ic.counts {
		t := tally{}
		if ic.others != nil {
			t = ic.others[id]
		}
		t.TN, t.FP, t.FN, t.TP = t.TN+int(n[0]), t.FP+int(n[1]), t.FN+int(n[2]), t.TP+int(n[3])
		if t != (tally{}) {
			ic.out = append(ic.out, t)
		}
	}
	return ic.out
}

// plain tells whether a cell can be counted without a look at what is missing:
// there are truths and items, and verdicts come from scores.
func (c *cell) plain(by cut) bool {
	return !by.flags && by.at == by.at && c.Truth != nil && c.Item != nil && c.Score != nil
}

// addPlain counts a cell in one pass, without branches for the usual samples.
func (ic *itemCounts) addPlain(c *cell, at float64) {
	truths, list, n := c.Truth, c.Item, len(c.ids)
	for j, score := range c.Score {
		truth, item := truths[j], int(list[j])
		if truth > yes || uint(item) >= uint(n) || score != score {
			ic.addOne(c, cut{at: at}, j)
			continue
		}
		verdict := uint8(0)
		if score >= at {
			verdict = 1
		}
		ic.counts[c.ids[item]][truth<<1|verdict]++
	}
}

func (ic *itemCounts) add(c *cell, by cut) {
	for j := range c.Len() {
		ic.addOne(c, by, j)
	}
}

func (ic *itemCounts) addOne(c *cell, by cut, j int) {
	v, truth, id := c.verdict(j, by), c.truth(j), c.item(j)
	if id < 0 {
		ic.out = append(ic.out, tally{})
		ic.out[len(ic.out)-1].add(v, truth)
		return
	}
	if ic.others == nil {
		ic.others = make([]tally, len(ic.counts))
	}
	ic.others[id].add(v, truth)
}
