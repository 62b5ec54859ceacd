package oversight

import (
	"fmt"
	"slices"
	"strings"

	"witnessmark/data"
	"witnessmark/data/column"
	"witnessmark/data/frame"
)

// A match is the samples that several monitors judged, side by side.
type match struct {
	truths   []uint8     // yes, no or column.Missing
	verdicts [][]uint8   // by monitor
	scores   [][]float64 // by monitor, higher more suspicious
	items    []int
	runs     int
	left     int // samples of the first monitor that others did not judge
}

// matched finds the samples at a place that all readings know: by their place
// in the same import, or else by the name of their item.
func matched(at Place, readings []*Reading) match {
	m := match{verdicts: make([][]uint8, len(readings)), scores: make([][]float64, len(readings))}
	others := make([]map[string][]int32, len(readings))
	for k, r := range readings[1:] {
		others[k+1] = map[string][]int32{}
		for _, sp := range r.places(at) {
			for _, i := range sp.pool.cells {
				key := r.cells[i].place()
				others[k+1][key] = append(others[k+1][key], i)
			}
		}
	}
	first := readings[0]
	runs := map[string]bool{}
	for _, sp := range first.places(at) {
		for _, i := range sp.pool.cells {
			c := first.cells[i]
			rows := make([][]int32, len(readings))
			of := make([]int32, len(readings))
			rows[0], of[0] = counting(c.Len()), i
			for k := 1; k < len(readings) && rows[0] != nil; k++ {
				rows, of[k] = readings[k].join(c, rows, k, others[k][c.place()])
			}
			if len(rows[0]) > 0 {
				runs[c.run] = true
			}
			m.left += c.Len() - len(rows[0])
			m.add(readings, of, rows)
		}
	}
	m.runs = len(runs)
	return m
}

// place names the run, evaluation and step of a cell, whoever graded it.
func (c *cell) place() string {
	var b strings.Builder
	for _, k := range c.Keys {
		if k.Field != data.Grader {
			b.WriteString(k.Field + "\x00" + k.Value + "\x00")
		}
	}
	return b.String() + keyOf(c.values...)
}

func counting(n int) []int32 {
	out := make([]int32, n)
	for i := range out {
		out[i] = int32(i)
	}
	return out
}

// join narrows rows (rows[0] are those of c) to what one of the candidates
// has too, and returns which one; rows[0] is nil where none has.
func (r *Reading) join(c *cell, rows [][]int32, k int, candidates []int32) ([][]int32, int32) {
	for _, i := range candidates {
		o := r.cells[i]
		if sameRows(c, o) {
			rows[k] = slices.Clone(rows[0])
			return rows, i
		}
	}
	for _, i := range candidates {
		if partner := partners(c, r.cells[i]); partner != nil {
			return narrowed(rows, k, partner), i
		}
	}
	rows[0] = nil
	return rows, -1
}

// sameRows tells whether two cells are the same rows of one import.
func sameRows(a, b *cell) bool {
	switch {
	case a.Len() != b.Len() || len(a.Items) != len(b.Items):
		return false
	case len(a.Items) == 0:
		return true
	}
	return &a.Items[0] == &b.Items[0] && slices.Equal(a.Item, b.Item)
}

// partners gives for each row of a the row of b with the same item, −1 where
// there is none or more than one on either side; nil where none has a partner.
func partners(a, b *cell) []int32 {
	if a.Item == nil || b.Item == nil {
		return nil
	}
	index := func(c *cell) map[string]int32 {
		at := map[string]int32{}
		for i, item := range c.Item {
			if item < 0 {
				continue
			}
			if _, twice := at[c.Items[item]]; twice {
				at[c.Items[item]] = -1
				continue
			}
			at[c.Items[item]] = int32(i)
		}
		return at
	}
	own, others := index(a), index(b)
	out, any := make([]int32, a.Len()), false
	for i := range out {
		out[i] = -1
	}
	for name, i := range own {
		if j, ok := others[name]; ok && i >= 0 && j >= 0 {
			out[i], any = j, true
		}
	}
	if !any {
		return nil
	}
	return out
}

// narrowed keeps the rows that have a partner.
func narrowed(rows [][]int32, k int, partner []int32) [][]int32 {
	out := make([][]int32, len(rows))
	for at, row := range rows[0] {
		if partner[row] < 0 {
			continue
		}
		for j := range k {
			out[j] = append(out[j], rows[j][at])
		}
		out[k] = append(out[k], partner[row])
	}
	return out
}

// add takes the rows of one cell of each reading.
func (m *match) add(readings []*Reading, of []int32, rows [][]int32) {
	next := len(m.truths) + readings[0].items
	for at := range rows[0] {
		truth, item := column.Missing, -1
		for k, r := range readings {
			c, row := r.cells[of[k]], int(rows[k][at])
			m.verdicts[k] = append(m.verdicts[k], c.verdict(row, r.cuts[of[k]]))
			m.scores[k] = append(m.scores[k], c.score(row))
			if truth > yes {
				truth = c.truth(row)
			}
			if k == 0 {
				item = int(c.item(row))
			}
		}
		if item < 0 {
			item = next + at
		}
		m.truths, m.items = append(m.truths, truth), append(m.items, item)
	}
}

// judged are the samples on which all monitors say yes or no, and of which
// the truth is known if it is wanted.
func (m match) judged(truth bool) match {
	out := match{verdicts: make([][]uint8, len(m.verdicts)), scores: make([][]float64, len(m.scores)), runs: m.runs, left: m.left}
	for i, t := range m.truths {
		if truth && t > yes || slices.ContainsFunc(m.verdicts, func(v []uint8) bool { return v[i] > yes }) {
			continue
		}
		out.truths, out.items = append(out.truths, t), append(out.items, m.items[i])
		for k := range m.verdicts {
			out.verdicts[k] = append(out.verdicts[k], m.verdicts[k][i])
			out.scores[k] = append(out.scores[k], m.scores[k][i])
		}
	}
	return out
}

// bools reads yes as true.
func bools(v []uint8) []bool {
	out := make([]bool, len(v))
	for i, b := range v {
		out[i] = b == yes
	}
	return out
}

// flags are the verdicts of a monitor.
func (m match) flags(k int) []bool { return bools(m.verdicts[k]) }

// only are the verdicts of two monitors where the truth is so.
func (m match) only(truth uint8, a, b int) (first, second []bool) {
	for i, t := range m.truths {
		if t == truth {
			first, second = append(first, m.verdicts[a][i] == yes), append(second, m.verdicts[b][i] == yes)
		}
	}
	return first, second
}

// matchNotes tells what a comparison of monitors leaves out.
func (m match) notes(s *sheet, judged int) {
	if m.left > 0 {
		s.whole("unmatched", fmt.Sprintf("%s of the first monitor have no partner with the others and %s left out", count(m.left, "sample"), were(m.left)), false)
	}
	if n := len(m.truths) - judged; n > 0 {
		s.whole("unknown-verdicts", fmt.Sprintf("%s on which a monitor said neither yes nor no %s left out", count(n, "sample"), were(n)), false)
	}
	if m.runs > 1 {
		s.whole("pseudo-replication", fmt.Sprintf("samples of %s are treated as independent or as items; the comparison is of these checkpoints, not of other training runs", count(m.runs, "run")), false)
	}
}

func names(readings []*Reading) []string {
	out := make([]string, len(readings))
	for i, r := range readings {
		out[i] = r.Monitor
	}
	return out
}

// joined writes the monitors that flag, or that none does.
func joined(names []string, flagged []bool) string {
	var on []string
	for i, name := range names {
		if flagged[i] {
			on = append(on, name)
		}
	}
	if on == nil {
		return "none"
	}
	return strings.Join(on, " + ")
}

// Labels of a verdict.
const (
	FlaggedLabel   = "flagged"
	UnflaggedLabel = "not flagged"
	UnknownLabel   = "unknown"
)

func label(v uint8) string {
	switch v {
	case yes:
		return FlaggedLabel
	case no:
		return UnflaggedLabel
	}
	return UnknownLabel
}

var labels = []string{FlaggedLabel, UnflaggedLabel, UnknownLabel}

// keysAt are the keys that all rows of a place share.
func (b *Board) keysAt(at Place) []frame.Key {
	if places := b.places(at); len(places) == 1 {
		return b.spotKeys(places[0])
	}
	if at.Step == at.Step {
		return []frame.Key{{Field: data.Step, Value: decimal(at.Step)}}
	}
	return nil
}
