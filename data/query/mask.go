package query

import (
	"math"
	"slices"
)

// A Column holds a field's values for many rows, in one of three forms: Num,
// where NaN is not there; Code, where 255 is not there and 254 is the text
// "unknown"; or Index, where a negative number is not there. Codes and
// indexes are numbers themselves, or with Dict stand for its texts. Num with
// Dict holds codes too.
type Column struct {
	Num   []float64
	Code  []uint8
	Index []int32
	Dict  []string
}

// Columns gives the columns in which a field's values stand: one for most
// fields, none where the field is empty in all rows, and every column of
// texts for AnyText. A row matches when one of them does.
type Columns func(field string) []Column

// A Mask tests rows, 64 at a time. It is safe for concurrent use.
type Mask struct{ test word }

// A word tests the rows from row up to row+n, n ≤ 64, one bit each. Bits
// above n are arbitrary.
type word func(row, n int) uint64

// Mask compiles f for rows in which every field is known. The columns must
// be as long as the rows that will be tested.
func (f Filter) Mask(cols Columns) Mask {
	if f.root == nil {
		return Mask{every}
	}
	return Mask{f.root.mask(cols)}
}

// Rows returns the mask of the given rows, which are in ascending order.
func Rows(rows []int32) Mask {
	return Mask{func(row, n int) (w uint64) {
		i, _ := slices.BinarySearch(rows, int32(row))
		for ; i < len(rows) && int(rows[i]) < row+n; i++ {
			w |= 1 << (int(rows[i]) - row)
		}
		return w
	}}
}

// Word returns one bit for each of the n ≤ 64 rows from row on, the lowest
// for the first.
func (m Mask) Word(row, n int) uint64 {
	return m.test(row, n) & (^uint64(0) >> (64 - n))
}

// Fill sets one bit for each row from ≤ row < to, counting from the lowest
// bit of bits[0]. bits has room for them.
func (m Mask) Fill(bits []uint64, from, to int) {
	for i := 0; from < to; i++ {
		n := min(64, to-from)
		bits[i] = m.Word(from, n)
		from += n
	}
}

func every(int, int) uint64 { return ^uint64(0) }
func none(int, int) uint64  { return 0 }

func (n all) mask(cols Columns) word {
	parts := masks(n, cols)
	return func(row, n int) uint64 {
		w := ^uint64(0)
		for _, test := range parts {
			if w &= test(row, n); w == 0 {
				break
			}
		}
		return w
	}
}

func (n either) mask(cols Columns) word { return join(masks(n, cols)) }

func masks(nodes []node, cols Columns) []word {
	out := make([]word, len(nodes))
	for i, n := range nodes {
		out[i] = n.mask(cols)
	}
	return out
}

func join(parts []word) word {
	switch len(parts) {
	case 0:
		return none
	case 1:
		return parts[0]
	}
	return func(row, n int) uint64 {
		var w uint64
		for _, test := range parts {
			w |= test(row, n)
		}
		return w
	}
}

func (n not) mask(cols Columns) word {
	test := n.of.mask(cols)
	return func(row, n int) uint64 { return ^test(row, n) }
}

func (t *term) mask(cols Columns) word {
	var parts []word
	columns := cols(t.field)
	for _, c := range columns {
		parts = append(parts, t.over(c))
	}
	if len(columns) == 0 && t.match(Value{}) {
		return every
	}
	return join(parts)
}

// over compiles the term for one column.
func (t *term) over(c Column) word {
	switch {
	case c.Code != nil:
		return byCode(c.Code, t.codes(c.Dict))
	case c.Dict != nil && c.Index != nil:
		return byIndex(c.Index, t.texts(c.Dict), t.match(Value{}))
	case c.Dict != nil:
		return t.each(len(c.Num), func(i int) Value { return coded(c.Dict, c.Num[i]) })
	case c.Index != nil:
		return t.each(len(c.Index), func(i int) Value { return indexed(c.Index[i]) })
	}
	return t.overNumbers(c.Num)
}

func coded(dict []string, code float64) Value {
	if i := int(code); code >= 0 && i < len(dict) {
		return Text(dict[i])
	}
	return Value{}
}

func indexed(i int32) Value {
	if i < 0 {
		return Value{}
	}
	return Num(float64(i))
}

// codes tells for each byte whether the term holds of what it stands for.
func (t *term) codes(dict []string) *[256]uint8 {
	var table [256]uint8
	for code := range table {
		v := Num(float64(code))
		switch {
		case code == 255:
			v = Value{}
		case code == 254:
			v = Value{Text: "unknown"}
		case dict != nil:
			v = coded(dict, float64(code))
		}
		table[code] = bit(t.match(v))
	}
	return &table
}

func (t *term) texts(dict []string) []uint8 {
	table := make([]uint8, len(dict))
	for i, s := range dict {
		table[i] = bit(t.match(Text(s)))
	}
	return table
}

func bit(yes bool) (b uint8) {
	if yes {
		b = 1
	}
	return b
}

func byCode(col []uint8, table *[256]uint8) word {
	return func(row, n int) (w uint64) {
		for _, c := range col[row : row+n] {
			w = w>>1 | uint64(table[c])<<63
		}
		return w >> (64 - n)
	}
}

func byIndex(col []int32, table []uint8, absent bool) word {
	return func(row, n int) (w uint64) {
		for _, i := range col[row : row+n] {
			b := bit(absent)
			if i >= 0 {
				b = table[i]
			}
			w = w>>1 | uint64(b)<<63
		}
		return w >> (64 - n)
	}
}

// each tests value by value, for the rare combinations that need no speed.
func (t *term) each(rows int, value func(i int) Value) word {
	return func(row, n int) (w uint64) {
		for i := row; i < min(row+n, rows); i++ {
			if t.match(value(i)) {
				w |= 1 << (i - row)
			}
		}
		return w
	}
}

// overNumbers turns the claim into intervals, and those into scans without
// branches.
func (t *term) overNumbers(col []float64) word {
	switch t.rel {
	case contains:
		return t.each(len(col), func(i int) Value { return Num(col[i]) })
	case present:
		return between(col, math.Inf(-1), math.Inf(1))
	case is:
		return anyInterval(col, t.choices)
	}
	lo, hi := t.limits()
	return between(col, lo, hi)
}

func anyInterval(col []float64, choices []choice) word {
	var parts []word
	for _, c := range choices {
		switch {
		case c.span:
			parts = append(parts, between(col, c.lo, c.hi))
		case c.number:
			parts = append(parts, between(col, c.lo, c.lo))
		case c.text == "":
			parts = append(parts, not{&term{rel: present}}.mask(func(string) []Column { return []Column{{Num: col}} }))
		}
	}
	return join(parts)
}

// between tests lo ≤ x ≤ hi, which NaN never fulfills. Note: written so that
// it compiles without branches or calls. Testing one end only, where the
// other is open, was slower.
func between(col []float64, lo, hi float64) word {
	return func(row, n int) (w uint64) {
		for _, x := range col[row : row+n] {
			var above, below uint64
			if x >= lo {
				above = 1
			}
			if x <= hi {
				below = 1
			}
			w = w>>1 | (above&below)<<63
		}
		return w >> (64 - n)
	}
}
