package column

import (
	"errors"
	"fmt"
	"iter"
	"math"
)

// Rows are kept in chunks, so that no piece of a table is large and reading
// can stop between two of them.
const chunkRows = 64 << 10

// A Part is one chunk of one column, or of what belongs to rows, in the form
// in which it is kept. Position orders the columns of a table and Chunk the
// pieces of a column; both count from 0.
type Part struct {
	Position, Chunk int
	Name            string // of the column; of what belongs to rows its kind says all
	Kind            string // Kind.String of a column, or one of the names below
	Body            []byte
}

// Kinds of parts that are no columns. A Label column is followed by the
// dictionary of its texts.
const (
	partRun      = "cell run"
	partContext  = "cell context"
	partStep     = "cell step"
	partRows     = "cell rows"
	partItem     = "item"
	partItems    = "item names"
	partEpoch    = "epoch"
	partExcluded = "excluded"
	partReasons  = "reasons"
	partOrdinal  = "ordinal"
	partDict     = "dictionary"
)

// Parts yields the table in pieces that Decoder puts together again, bit for
// bit. Runs and contexts are kept as the cells have them. A part's Body is
// valid until the next part.
func (t *Table) Parts() iter.Seq[Part] {
	return func(yield func(Part) bool) {
		w := writer{yield: yield}
		t.writeCells(&w)
		write(&w, "", partItem, t.Item, encodeInts)
		write(&w, "", partItems, t.Items, encodeTexts)
		write(&w, "", partEpoch, t.Epoch, encodeInts)
		write(&w, "", partExcluded, t.Excluded, encodeBytes)
		write(&w, "", partReasons, t.Reasons, encodeTexts)
		write(&w, "", partOrdinal, t.Ordinal, encodeInts)
		for _, c := range t.Columns {
			if c.Code != nil {
				write(&w, c.Name, c.Kind.String(), c.Code, encodeBytes)
			} else {
				write(&w, c.Name, c.Kind.String(), c.Num, encodeNums)
			}
			write(&w, c.Name, partDict, c.Dict, encodeTexts)
		}
	}
}

func (t *Table) writeCells(w *writer) {
	n := len(t.Cells)
	run, ctx, step, rows := make([]int32, n), make([]int32, n), make([]float64, n), make([]int32, n)
	for i, c := range t.Cells {
		run[i], ctx[i], step[i], rows[i] = c.Run, c.Context, c.Step, c.To-c.From
	}
	write(w, "", partRun, run, encodeInts)
	write(w, "", partContext, ctx, encodeInts)
	write(w, "", partStep, step, encodeNums)
	write(w, "", partRows, rows, encodeInts)
}

// writer yields parts until its reader has enough.
type writer struct {
	yield    func(Part) bool
	position int
	done     bool
	body     []byte // of the last part
}

func write[T any](w *writer, name, kind string, values []T, encode func(body []byte, values []T) []byte) {
	for chunk := 0; len(values) > 0 && !w.done; chunk++ {
		n := min(len(values), chunkRows)
		w.body = encode(w.body, values[:n])
		w.done = !w.yield(Part{w.position, chunk, name, kind, w.body})
		values = values[n:]
	}
	w.position++
}

// errPart is the reason when the parts of a table do not fit together.
var errPart = errors.New("the numbers of an import are damaged")

// A Decoder puts a table together from its parts, given in their order.
type Decoder struct {
	t    *Table
	rows int

	run, ctx, count []int32
	step            []float64
	position        int // of the last part
	chunk           int
}

// NewDecoder returns a decoder for a table of so many rows. The caller has
// seen that the file is large enough to hold them: memory is taken at once.
func NewDecoder(attempts bool, rows int) *Decoder {
	return &Decoder{t: &Table{Attempts: attempts}, rows: rows, position: -1}
}

// Add takes the next part. An error means that the file is damaged.
func (d *Decoder) Add(p Part) error {
	next := d.position == p.Position && p.Chunk == d.chunk+1
	if !next && (p.Position <= d.position || p.Chunk != 0) {
		return fmt.Errorf("%w: part %d.%d of %q is out of order", errPart, p.Position, p.Chunk, p.Kind)
	}
	d.position, d.chunk = p.Position, p.Chunk
	if err := d.place(p); err != nil {
		return fmt.Errorf("%w: part %d of %q %s: %w", errPart, p.Chunk, p.Kind, p.Name, err)
	}
	return nil
}

func (d *Decoder) place(p Part) (err error) {
	t := d.t
	switch p.Kind {
	case partRun:
		d.run, err = decodeInts(d.run, d.rows, p.Body)
	case partContext:
		d.ctx, err = decodeInts(d.ctx, d.rows, p.Body)
	case partStep:
		d.step, err = decodeNums(d.step, d.rows, p.Body)
	case partRows:
		d.count, err = decodeInts(d.count, d.rows, p.Body)
	case partItem:
		t.Item, err = decodeInts(t.Item, d.rows, p.Body)
	case partItems:
		t.Items, err = decodeTexts(t.Items, p.Body)
	case partEpoch:
		t.Epoch, err = decodeInts(t.Epoch, d.rows, p.Body)
	case partExcluded:
		t.Excluded, err = decodeBytes(t.Excluded, d.rows, p.Body)
	case partReasons:
		t.Reasons, err = decodeTexts(t.Reasons, p.Body)
	case partOrdinal:
		t.Ordinal, err = decodeInts(t.Ordinal, d.rows, p.Body)
	default:
		err = d.column(p)
	}
	return err
}

func (d *Decoder) column(p Part) (err error) {
	if p.Kind == partDict {
		if len(d.t.Columns) == 0 {
			return errors.New("belongs to no column")
		}
		last := &d.t.Columns[len(d.t.Columns)-1]
		last.Dict, err = decodeTexts(last.Dict, p.Body)
		return err
	}
	kind, ok := kindOf(p.Kind)
	if !ok {
		return errors.New("is of no known kind")
	}
	if p.Chunk == 0 {
		d.t.Columns = append(d.t.Columns, Column{ID: ID{p.Name, kind}})
	}
	c := &d.t.Columns[len(d.t.Columns)-1]
	if c.Code != nil || c.Num == nil && isBytes(p.Body) {
		c.Code, err = decodeBytes(c.Code, d.rows, p.Body)
		return err
	}
	c.Num, err = decodeNums(c.Num, d.rows, p.Body)
	return err
}

func kindOf(name string) (Kind, bool) {
	for k, s := range kindNames {
		if s == name {
			return Kind(k), true
		}
	}
	return 0, false
}

// Table returns the table once all parts were added, or an error when they
// do not make a whole one.
func (d *Decoder) Table() (*Table, error) {
	if err := d.cells(); err != nil {
		return nil, err
	}
	t := d.t
	if t.Len() != d.rows {
		return nil, fmt.Errorf("%w: %d rows of %d", errPart, t.Len(), d.rows)
	}
	for _, n := range []int{len(t.Item), len(t.Epoch), len(t.Excluded), len(t.Ordinal)} {
		if n != 0 && n != d.rows {
			return nil, fmt.Errorf("%w: a column is cut off", errPart)
		}
	}
	if !inside(t.Item, -1, len(t.Items)) || !inside(t.Excluded, 0, len(t.Reasons)) || !inside(t.Ordinal, 0, math.MaxInt32) {
		return nil, fmt.Errorf("%w: an index points nowhere", errPart)
	}
	for i := range t.Columns {
		if err := t.Columns[i].check(d.rows); err != nil {
			return nil, err
		}
	}
	return t, nil
}

func (d *Decoder) cells() error {
	n := len(d.run)
	if len(d.ctx) != n || len(d.step) != n || len(d.count) != n {
		return fmt.Errorf("%w: the cells are cut off", errPart)
	}
	d.t.Cells = make([]Cell, n)
	from := 0
	for i := range d.t.Cells {
		to := from + int(d.count[i])
		if d.count[i] <= 0 || to > d.rows {
			return fmt.Errorf("%w: a cell has %d rows", errPart, d.count[i])
		}
		d.t.Cells[i] = Cell{d.run[i], d.ctx[i], d.step[i], int32(from), int32(to)}
		from = to
	}
	return nil
}

func (c *Column) check(rows int) error {
	if c.Len() != rows {
		return fmt.Errorf("%w: column %s has %d rows of %d", errPart, c.Name, c.Len(), rows)
	}
	if c.Kind != Label {
		return nil
	}
	for i := range rows {
		if v := c.At(i); v == v && (v < 0 || v >= float64(len(c.Dict)) || v != math.Trunc(v)) {
			return fmt.Errorf("%w: column %s has a text that is not there", errPart, c.Name)
		}
	}
	return nil
}

// inside reports whether all values are in lo ≤ v < hi.
func inside[T int32 | uint8](values []T, lo, hi int) bool {
	for _, v := range values {
		if int(v) < lo || int(v) >= hi {
			return false
		}
	}
	return true
}
