package formats

import (
	"fmt"
	"maps"
	"math"
	"slices"
	"strings"

	"witnessmark/data/column"
)

// A rate of zero does not tell what a count of zero is out of. The other
// counts of its row do, where all of them agree and where this count agrees
// with them whenever it is not zero; else the file's most frequent number is
// taken, and that is said.

// A pending is a count of zero whose number of samples is not known yet.
type pending struct {
	row    int
	count  int     // index into plan.counts
	others float64 // what the row's other counts are out of; NaN where they do not say
}

// A vote counts the rows in which a count's number is that of the row's
// other counts.
type vote struct{ agree, differ int }

// poll asks, after a row's counts are read, what they are out of.
func (b *batch) poll(first int) {
	c := b.plan.counts
	for i := range c {
		if c[i].of >= 0 || c[i].rate < 0 {
			continue
		}
		others := b.others(i)
		if b.counts[i].k >= 0 && others == others {
			if own := b.last(b.counts[i].n); own == others {
				b.votes[i].agree++
			} else if own == own {
				b.votes[i].differ++
			}
		}
		for j := range b.forms[first:] {
			if f := &b.forms[first+j]; f.count == i {
				f.others = others
			}
		}
	}
}

// others returns the number that the row's other counts agree on.
func (b *batch) others(of int) float64 {
	n := math.NaN()
	for i, c := range b.plan.counts {
		if i == of || c.of >= 0 || b.counts[i].k < 0 {
			continue
		}
		switch v := b.last(b.counts[i].n); {
		case v != v:
		case n != n:
			n = v
		case v != n:
			return math.NaN()
		}
	}
	return n
}

// last returns the last row's value in a slot.
func (b *batch) last(slot int) float64 { return b.at(slot, b.rows()-1) }

func (w *writer) count(votes []vote) {
	if w.votes == nil {
		w.votes = make([]vote, len(w.plan.counts))
	}
	for i, v := range votes {
		w.votes[i].agree += v.agree
		w.votes[i].differ += v.differ
	}
}

// settleForms gives pending counts their numbers.
func (w *writer) settleForms() {
	guessed := map[float64]int{} // by the number taken; NaN is counted apart
	var names []string
	unknown := 0
	modes := map[int]float64{}
	for _, f := range w.forms {
		as := w.plan.counts[f.count].as
		k, n := w.table.Column(as, column.K), w.table.Column(as, column.N)
		if w.table.At(f.row, k) != 0 || w.table.At(f.row, n) == w.table.At(f.row, n) {
			continue // replaced by a later line
		}
		if v := w.votes[f.count]; f.others == f.others && v.differ == 0 {
			w.table.SetAt(f.row, n, f.others)
			continue
		}
		name := w.plan.names[w.plan.counts[f.count].col]
		if !slices.Contains(names, name) {
			names = append(names, name)
		}
		mode, ok := modes[n]
		if !ok {
			mode = w.mode(n)
			modes[n] = mode
		}
		if mode == mode {
			w.table.SetAt(f.row, n, mode)
			guessed[mode]++
			continue
		}
		unknown++
		w.table.SetAt(f.row, k, math.NaN())
		w.table.SetAt(f.row, w.table.Column(as, column.Value), 0)
	}
	w.reportForms(names, guessed, unknown)
}

func (w *writer) reportForms(names []string, guessed map[float64]int, unknown int) {
	of := strings.Join(names, ", ")
	for _, n := range slices.Sorted(maps.Keys(guessed)) {
		w.problem("", fmt.Sprintf("%s of 0 (%s) with rates that do not tell out of how many; taken as out of %g, as in most rows",
			countOf(guessed[n], "count", "counts"), of, n), guessed[n], false)
	}
	if unknown > 0 {
		w.problem("", fmt.Sprintf("%s of 0 (%s), and nothing tells out of how many; kept as rates without a number of samples",
			countOf(unknown, "count", "counts"), of), unknown, false)
	}
}

// mode returns the most frequent value of a column in this file, NaN when it
// has none; among equals, the largest.
func (w *writer) mode(col int) float64 {
	seen := map[float64]int{}
	best, most := math.NaN(), 0
	for row := w.first; row < w.table.Len(); row++ {
		v := w.table.At(row, col)
		if v != v {
			continue
		}
		seen[v]++
		if n := seen[v]; n > most || n == most && v > best {
			best, most = v, n
		}
	}
	return best
}
