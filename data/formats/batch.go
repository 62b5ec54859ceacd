package formats

import (
	"encoding/binary"
	"math"
	"strings"

	"witnessmark/data/column"
)

// A batch is rows that were read together, as columns, with what went wrong.
// Run and Context of the block are codes of the batch's own tuples.
type batch struct {
	plan    *plan
	block   column.Block
	runs    tuples
	ctxs    tuples
	items   lexicon
	slots   map[column.ID]int // index into block.Columns
	plain   []int             // slots of plan.plain, −1 until used
	counts  []countSlots      // of plan.counts
	labels  []labelSlot       // of plan.labels
	named   lexicon           // names of metrics in long tables
	byName  [][]int           // slots of plan.named, by code of named
	mons    lexicon
	byMon   [][]int
	extra   map[string]int // slots of columns that the plan does not know
	texts   []textCell
	forms   []pending // counts that are out of an unknown number
	votes   []vote    // of plan.counts
	faults  faults
	line    int   // of the row being read, counted from 0 in the batch
	lines   []int // of each row, for counts and summaries
	resumed []resumption
	preds   []predicted
}

type countSlots struct{ k, n, value int }

type labelSlot struct {
	slot int
	lex  lexicon
}

type textCell struct {
	row        int
	part, body string
}

type predicted struct {
	run, ctx int32
	step     float64
	as       string
	p        [3]float64 // value, lower and upper bound
}

func newBatch(p *plan) *batch {
	b := &batch{plan: p, slots: map[column.ID]int{}, extra: map[string]int{}}
	b.counts = make([]countSlots, len(p.counts))
	for i := range b.counts {
		b.counts[i] = countSlots{-1, -1, -1}
	}
	b.votes = make([]vote, len(p.counts))
	b.plain = make([]int, len(p.plain))
	for i := range b.plain {
		b.plain[i] = -1
	}
	b.labels = make([]labelSlot, len(p.labels))
	for i := range b.labels {
		b.labels[i].slot = -1
	}
	return b
}

// reset empties the batch for other rows of the same plan. Its columns stay.
func (b *batch) reset() {
	k := &b.block
	k.Run, k.Context, k.Step, k.Epoch = k.Run[:0], k.Context[:0], k.Step[:0], k.Epoch[:0]
	k.Item, k.Items = k.Item[:0], nil
	k.Excluded, k.Reasons = nil, nil
	for i := range k.Columns {
		k.Columns[i].Num, k.Columns[i].Dict = k.Columns[i].Num[:0], nil
	}
	b.runs.reset()
	b.ctxs.reset()
	b.items.reset()
	for i := range b.labels {
		b.labels[i].lex.reset()
	}
	b.texts, b.forms, b.preds, b.resumed, b.lines = nil, b.forms[:0], b.preds[:0], b.resumed[:0], b.lines[:0]
	b.faults, b.line = faults{}, 0
	clear(b.votes)
}

func (l *lexicon) reset() {
	clear(l.at)
	l.names, l.last = l.names[:0], 0
}

func (t *tuples) reset() {
	t.lex.reset()
	t.cells = t.cells[:0]
}

// rows returns how many rows the batch has.
func (b *batch) rows() int { return len(b.block.Run) }

// A lexicon gives texts codes, in the order in which they are met.
type lexicon struct {
	at    map[string]int32
	names []string
	last  int32
}

func (l *lexicon) code(cell []byte) int32 {
	if len(l.names) > 0 && l.names[l.last] == string(cell) {
		return l.last
	}
	c, ok := l.at[string(cell)]
	if !ok {
		if l.at == nil {
			l.at = map[string]int32{}
		}
		c = int32(len(l.names))
		name := string(cell)
		l.at[name], l.names = c, append(l.names, name)
	}
	l.last = c
	return c
}

// Tuples give combinations of cells codes: rows of one run repeat the same
// cells, which then cost one comparison.
type tuples struct {
	lex   lexicon
	key   []byte
	cells [][]string // by code
}

func (t *tuples) code(cols []fieldCol, row [][]byte) int32 {
	t.key = t.key[:0]
	for _, c := range cols {
		cell := cellAt(row, c.col)
		t.key = binary.AppendUvarint(t.key, uint64(len(cell)))
		t.key = append(t.key, cell...)
	}
	code := t.lex.code(t.key)
	if int(code) == len(t.cells) {
		cells := make([]string, len(cols))
		for i, c := range cols {
			cells[i] = cleanText(cellAt(row, c.col))
		}
		t.cells = append(t.cells, cells)
	}
	return code
}

func cellAt(row [][]byte, i int) []byte {
	if i < 0 || i >= len(row) {
		return nil
	}
	return row[i]
}

// cleanText returns a cell as valid text without NULs.
func cleanText(cell []byte) string {
	s := strings.ToValidUTF8(string(cell), "\uFFFD")
	if strings.IndexByte(s, 0) >= 0 {
		s = strings.ReplaceAll(s, "\x00", "")
	}
	return s
}

// slot returns the block's column, making it when it is new.
func (b *batch) slot(id column.ID) int {
	if i, ok := b.slots[id]; ok {
		return i
	}
	i := len(b.block.Columns)
	b.slots[id] = i
	b.block.Columns = append(b.block.Columns, column.Column{ID: id})
	return i
}

// set gives the last row a value.
func (b *batch) set(slot int, v float64) {
	c := &b.block.Columns[slot]
	last := b.rows() - 1
	for len(c.Num) < last {
		c.Num = append(c.Num, math.NaN())
	}
	if len(c.Num) > last {
		c.Num[last] = v
		return
	}
	c.Num = append(c.Num, v)
}

// add reads one row. Cells that the row lacks are nil.
func (b *batch) add(row [][]byte) {
	p := b.plan
	k := &b.block
	k.Run = append(k.Run, b.runs.code(p.runCols, row))
	k.Context = append(k.Context, b.ctxs.code(p.ctxCols, row))
	k.Step = append(k.Step, b.stepOf(row))
	if !p.samples {
		b.lines = append(b.lines, b.line)
	}
	b.addItem(row)
	joined := p.pivots() && b.join(row)
	b.addExclusion(row)
	for i, c := range p.plain {
		b.addPlain(i, c, row)
	}
	if len(p.counts) > 0 {
		b.addCounts(row)
	}
	if p.rowN >= 0 {
		b.addRowN(row)
	}
	if len(p.named) > 0 {
		b.addNamed(row)
	}
	if !joined {
		b.addTexts(row)
	}
	for _, c := range p.predict {
		b.addPrediction(c, row)
	}
}

func (b *batch) stepOf(row [][]byte) float64 {
	p := b.plan
	cell := []byte(nil)
	switch {
	case p.step >= 0:
		cell = cellAt(row, p.step)
	case p.fixedStep != "":
		cell = []byte(p.fixedStep)
	default:
		return math.NaN()
	}
	v, r := stepNumber(cell)
	if r != isNumber {
		if r != isMissing {
			b.fault(faultStep, cell)
		}
		return math.NaN()
	}
	return v
}

func (b *batch) addItem(row [][]byte) {
	p, k := b.plan, &b.block
	if p.item >= 0 {
		cell := cellAt(row, p.item)
		if len(cell) == 0 {
			k.Item = append(k.Item, -1)
		} else {
			k.Item = append(k.Item, b.items.code(cell))
			k.Items = b.items.names
		}
	}
	if p.epoch >= 0 {
		v, r := number(cellAt(row, p.epoch))
		if r != isNumber || v < 0 || v > math.MaxInt32 {
			v = 0
		}
		k.Epoch = append(k.Epoch, int32(v))
	}
}

func (b *batch) addExclusion(row [][]byte) {
	for _, c := range b.plan.excluded {
		if reason := exclusion(cellAt(row, c), b.plan.names[c]); reason != "" {
			b.exclude(reason)
			return
		}
	}
}

// exclusion reads a cell that says whether a row is left out, and why.
func exclusion(cell []byte, name string) string {
	v, r := number(cell)
	switch {
	case r == isMissing || r == isNumber && v == 0:
		return ""
	case r == isNumber:
		return name
	}
	text := strings.TrimSpace(cleanText(cell))
	if v, _, r := verdict(cell); r == isNumber {
		if v == 0 {
			return ""
		}
		return name
	}
	return clip(text, 60)
}

// clip shortens a text to n characters.
func clip(text string, n int) string {
	text, _, _ = strings.Cut(text, "\n")
	if r := []rune(text); len(r) > n {
		return string(r[:n]) + "…"
	}
	return text
}

func (b *batch) exclude(reason string) {
	k := &b.block
	for len(k.Excluded) < b.rows() {
		k.Excluded = append(k.Excluded, 0)
	}
	if len(k.Reasons) == 0 {
		k.Reasons = []string{""}
	}
	at := 1
	for at < len(k.Reasons) && k.Reasons[at] != reason {
		at++
	}
	if at == len(k.Reasons) && at < 250 {
		k.Reasons = append(k.Reasons, reason)
	}
	k.Excluded[b.rows()-1] = uint8(min(at, 249))
}
