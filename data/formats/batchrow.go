package formats

import (
	"bytes"
	"math"

	"witnessmark/data/column"
)

// value reads a cell as the number of a kind of column, and notes a cell
// that is something else.
func (b *batch) value(kind column.Kind, col int, cell []byte) (float64, bool) {
	if len(cell) == 0 {
		return 0, false
	}
	if kind == column.Flag {
		return b.flag(col, cell)
	}
	if b.plan.comma {
		cell = bytes.ReplaceAll(bytes.ReplaceAll(cell, []byte("."), nil), []byte(","), []byte("."))
	}
	v, r := number(cell)
	switch r {
	case isNumber:
		return v, true
	case isMissing:
	default:
		b.faultCell(r, col, cell)
	}
	return 0, false
}

func (b *batch) flag(col int, cell []byte) (float64, bool) {
	v, unknown, r := verdict(cell)
	switch {
	case unknown:
		return float64(column.Unknown), true
	case r == isNumber && (v == 0 || v == 1):
		return v, true
	case r != isMissing:
		b.faultCell(isVerdict, col, cell)
	}
	return 0, false
}

func (b *batch) addPlain(i int, c plainCol, row [][]byte) {
	v, ok := b.value(c.id.Kind, c.col, cellAt(row, c.col))
	if !ok {
		return
	}
	if b.plain[i] < 0 {
		b.plain[i] = b.slot(c.id)
	}
	b.set(b.plain[i], v)
}

func (b *batch) addRowN(row [][]byte) {
	n, ok := b.value(column.N, b.plan.rowN, cellAt(row, b.plan.rowN))
	if !ok {
		return
	}
	for _, i := range b.plan.valued {
		c := b.plan.plain[i]
		if len(cellAt(row, c.col)) > 0 {
			b.set(b.slot(column.ID{Name: c.id.Name, Kind: column.N}), n)
		}
	}
}

func (b *batch) addCounts(row [][]byte) {
	first := len(b.forms)
	for i, c := range b.plan.counts {
		if k, ok := b.value(column.K, c.col, cellAt(row, c.col)); ok {
			b.addCount(i, c, k, row)
		}
	}
	if len(b.plan.counts) > 1 {
		b.poll(first)
	}
}

// addCount stores successes with what they are out of: the total where a
// column has it, else what the reported rate implies.
func (b *batch) addCount(i int, c countCol, k float64, row [][]byte) {
	s := &b.counts[i]
	if s.k < 0 {
		s.k, s.n = b.slot(column.ID{Name: c.as, Kind: column.K}), b.slot(column.ID{Name: c.as, Kind: column.N})
	}
	n, known := math.NaN(), false
	rate, rated := b.value(column.Value, c.rate, cellAt(row, c.rate))
	switch {
	case c.of >= 0:
		n, known = b.value(column.N, c.of, cellAt(row, c.of))
	case rated && rate > 0:
		if n, known = b.implied(c, k, rate); !known {
			return
		}
	case rated && k == 0:
		b.forms = append(b.forms, pending{b.rows() - 1, i, math.NaN()})
		b.set(s.k, 0)
		return
	}
	switch {
	case !known:
		b.faultOf(faultNoTotal, c.col, "%s", b.plan.names[c.col])
	case k < 0 || k > n:
		b.faultOf(faultExceeds, c.col, "%s is %g of %g", b.plan.names[c.col], k, n)
	default:
		if c.of >= 0 && rated && n > 0 && !sameRate(k/n, rate) {
			b.faultOf(faultRate, c.col, "%s is %g of %g, but %s says %g", b.plan.names[c.col], k, n, b.plan.names[c.rate], rate)
		}
		b.set(s.k, k)
		b.set(s.n, n)
	}
}

// implied returns the number that a count and its rate imply. It must come
// out whole, to a hundredth.
func (b *batch) implied(c countCol, k, rate float64) (float64, bool) {
	n := math.Round(k / rate)
	if k == 0 || math.Abs(k/rate-n) > 0.01*max(1, n/100) {
		b.faultOf(faultImplied, c.col, "%s %g and %s %g imply no whole number of samples; left out", b.plan.names[c.col], k, b.plan.names[c.rate], rate)
		return 0, false
	}
	return n, true
}

// addNamed stores the numbers of a row of a long table under the metric or
// monitor that the row names.
func (b *batch) addNamed(row [][]byte) {
	for i, c := range b.plan.named {
		v, ok := b.value(c.id.Kind, c.col, cellAt(row, c.col))
		if !ok {
			continue
		}
		if slot := b.slotNamed(i, c, row); slot >= 0 {
			b.set(slot, v)
		} else {
			b.fault(faultNameless, nil)
		}
	}
}

func (b *batch) namedSlot(lex *lexicon, slots *[][]int, name []byte, i int, kind column.Kind) int {
	code := int(lex.code(name))
	for len(*slots) <= code {
		*slots = append(*slots, make([]int, len(b.plan.named)))
	}
	at := &(*slots)[code][i]
	if *at == 0 {
		*at = b.slot(column.ID{Name: cleanText(name), Kind: kind}) + 1
	}
	return *at - 1
}

func (b *batch) addTexts(row [][]byte) {
	for i, c := range b.plan.labels {
		if cell := cellAt(row, c.col); len(cell) > 0 {
			b.addLabel(&b.labels[i], c.as, cell)
		}
	}
	for _, c := range b.plan.texts {
		if cell := cellAt(row, c.col); len(cell) > 0 && b.plan.samples {
			b.texts = append(b.texts, textCell{b.rows() - 1, c.as, cleanText(cell)})
		}
	}
}

func (b *batch) addLabel(l *labelSlot, as string, cell []byte) {
	if l.slot < 0 {
		l.slot = b.slot(column.ID{Name: as, Kind: column.Label})
	}
	code := l.lex.code(cell)
	dict := &b.block.Columns[l.slot].Dict
	if int(code) == len(*dict) {
		*dict = append(*dict, cleanText(cell))
	}
	b.set(l.slot, float64(code))
}

// addExtra stores a number of a column that the plan does not know, as a
// metric of that name. It reports whether there was one.
func (b *batch) addExtra(name string, cell []byte) bool {
	v, r := number(cell)
	if r == isMissing {
		return true
	}
	if r != isNumber {
		return false
	}
	slot, ok := b.extra[name]
	if !ok {
		slot = b.slot(column.ID{Name: cleanText([]byte(name)), Kind: column.Value})
		b.extra[name] = slot
	}
	b.set(slot, v)
	return true
}

func (b *batch) addPrediction(c predictCol, row [][]byte) {
	p := [3]float64{}
	for i, col := range []int{c.col, c.lo, c.hi} {
		v, ok := b.value(column.Value, col, cellAt(row, col))
		if !ok && i == 0 {
			return
		} else if !ok {
			v = math.NaN()
		}
		p[i] = v
	}
	last := b.rows() - 1
	b.preds = append(b.preds, predicted{b.block.Run[last], b.block.Context[last], b.block.Step[last], c.as, p})
}
