package formats

import (
	"bytes"
	"maps"
	"slices"
)

func sortedKeys[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }

// A rowReader reads JSON objects as rows: nested keys become "a.b.c", lists
// stay JSON text. It expects the keys of the row before, in their order.
type rowReader struct {
	index  map[string]int // column of each key path
	row    [][]byte
	expect []expectedKey
	extras []extraCell
	path   []byte
	marker bool // the object is a mark that the run was resumed, not a row
	text   jsonText
	grow   func(path []byte) int // makes a column for a new path; nil where columns are fixed
}

// An expectedKey is a top-level key, quoted as in the row before.
type expectedKey struct {
	quoted []byte
	col    int
}

type extraCell struct {
	name string
	cell []byte
}

// unknown is the column of a key that has none.
const unknownKey = -1

func newRowReader(names []string) *rowReader {
	r := &rowReader{index: make(map[string]int, len(names)), row: make([][]byte, len(names))}
	for i, name := range names {
		r.index[name] = i
	}
	return r
}

// read reads one object. The cells are valid until the next call.
func (r *rowReader) read(raw []byte) error {
	clear(r.row)
	r.extras, r.path, r.marker = r.extras[:0], r.path[:0], false
	r.text = jsonText{data: raw, arena: r.text.arena[:0]}
	if err := r.top(); err != nil {
		return err
	}
	if r.text.peek() != 0 {
		return r.text.unexpected("the end of the line")
	}
	return nil
}

// top reads the outermost object, trying for each key the one expected.
func (r *rowReader) top() error {
	t := &r.text
	if err := t.expect('{', "an object"); err != nil {
		return err
	}
	if t.peek() == '}' {
		t.at++
		return nil
	}
	for i := 0; ; i++ {
		col, err := r.key(i)
		if err != nil {
			return err
		}
		if err := r.value(col, 0); err != nil {
			return err
		}
		if done, err := t.more('}'); done || err != nil {
			return err
		}
	}
}

func (r *rowReader) key(i int) (col int, err error) {
	t := &r.text
	t.peek()
	if i < len(r.expect) && bytes.HasPrefix(t.data[t.at:], r.expect[i].quoted) {
		e := r.expect[i]
		t.at += len(e.quoted)
		r.path = append(r.path[:0], e.quoted[1:len(e.quoted)-1]...)
		return e.col, t.expect(':', "a colon")
	}
	from := t.at
	key, err := t.str()
	if err != nil {
		return 0, err
	}
	quoted := t.data[from:t.at]
	r.path = append(r.path[:0], key...)
	if isMarker(key) {
		r.marker = true
	}
	col = r.column()
	if bytes.IndexByte(quoted, '\\') < 0 && !r.marker && (r.grow == nil || col >= 0) {
		if i == len(r.expect) {
			r.expect = append(r.expect, expectedKey{})
		}
		if i < len(r.expect) {
			r.expect[i] = expectedKey{bytes.Clone(quoted), col}
		}
	}
	return col, t.expect(':', "a colon")
}

// isMarker knows keys by which training loops mark where they resumed.
func isMarker(key []byte) bool {
	return bytes.HasPrefix(key, []byte("__")) && bytes.Contains(bytes.ToLower(key), []byte("resume"))
}

func (r *rowReader) column() int {
	if col, ok := r.index[string(r.path)]; ok {
		return col
	}
	return unknownKey
}

// value reads the value of the key path.
func (r *rowReader) value(col, depth int) error {
	t := &r.text
	var cell []byte
	var err error
	switch c := t.peek(); c {
	case '{':
		return r.nested(col, depth+1)
	case '[':
		cell, err = t.skip()
	case '"':
		cell, err = t.str()
	default:
		cell, err = t.literal()
		if string(cell) == "null" {
			return err
		}
	}
	if err != nil {
		return err
	}
	return r.keep(col, cell)
}

func (r *rowReader) keep(col int, cell []byte) error {
	if r.marker {
		return nil
	}
	if col == unknownKey && r.grow != nil {
		col = r.grow(r.path)
		r.index[string(r.path)] = col
	}
	if col == unknownKey {
		r.extras = append(r.extras, extraCell{string(r.path), cell})
		return nil
	}
	for col >= len(r.row) {
		r.row = append(r.row, nil)
	}
	r.row[col] = cell
	return nil
}

// nested reads an object within the row, or keeps it as text where a column
// stands for the whole of it.
func (r *rowReader) nested(col, depth int) error {
	t := &r.text
	if depth > maxDepth {
		return t.fail("nested deeper than 1,000 levels")
	}
	if col != unknownKey {
		raw, err := t.skip()
		if err != nil {
			return err
		}
		return r.keep(col, raw)
	}
	size := len(r.path)
	return t.members(func(key []byte) error {
		r.path = append(append(r.path[:size], '.'), key...)
		defer func() { r.path = r.path[:size] }()
		return r.value(r.column(), depth)
	})
}
