package formats

import (
	"bytes"
	"fmt"
	"io"
	"path"
	"strconv"
	"strings"

	"witnessmark/data"
)

// A table is what is known of a plain table before its rows are read.
type table struct {
	names    []string
	delim    byte
	headless bool
	rows     []sampledRow
	notes    []string
	plain    bool
}

// A sampledRow is the cells of one row and where it stands.
type sampledRow struct {
	line  int // 0 where it is not known
	cells []string
}

// How much of a table is sampled: rows at its beginning and, in large files,
// rows at a few places further on.
const (
	sampleRows  = 2000
	sampleBytes = 1 << 20
	probeBytes  = 64 << 10
)

// sampleTable reads the names and some rows.
func sampleTable(f File, m Mapping) (*table, error) {
	src, err := openTable(f, m.Encoding)
	if err != nil {
		return nil, err
	}
	defer src.Close()
	t := &table{notes: src.notes, plain: src.plain}
	head, whole, err := readHead(src)
	if err != nil {
		return nil, err
	}
	t.setDelimiter(m.Delimiter, src.name, head)
	t.sample(head, whole, m.NoHeader)
	if !whole && t.plain {
		err = t.probeEach(f, t.probeRows)
	}
	return t, err
}

// readUpTo reads at most n bytes.
func readUpTo(r io.Reader, n int) ([]byte, error) {
	return io.ReadAll(io.LimitReader(r, int64(n)))
}

// readHead reads what is sampled: a megabyte, or more where lines are so long
// that this holds only a few. It also tells whether that is the whole text.
func readHead(r io.Reader) (head []byte, whole bool, err error) {
	for size := sampleBytes; ; size *= 4 {
		more, err := readUpTo(r, size-len(head))
		head = append(head, more...)
		if err != nil || len(head) < size {
			return head, true, err
		}
		if size > maxLine || bytes.Count(head, []byte("\n")) > 20 {
			return head, false, nil
		}
	}
}

func (t *table) setDelimiter(given, name string, head []byte) {
	switch {
	case given == `\t` || given == "tab":
		t.delim = '\t'
	case given != "":
		t.delim = given[0]
	case strings.ToLower(path.Ext(name)) == ".tsv" && bytes.IndexByte(head, '\t') >= 0:
		t.delim = '\t'
	default:
		t.delim = sniff(head)
	}
}

// delimiters are tried in this order.
var delimiters = []byte{',', '\t', ';', '|'}

// sniff returns the delimiter that gives the first lines the most cells,
// equally many in each.
func sniff(head []byte) byte {
	best, most := byte(','), 1
	for _, d := range delimiters {
		if n := consistent(head, d); n > most {
			best, most = d, n
		}
	}
	return best
}

// consistent returns how many cells the first record has, when nine in ten
// of the next have as many; else 1.
func consistent(head []byte, delim byte) int {
	if i := bytes.LastIndexByte(head, '\n'); i >= 0 && i < len(head)-1 && len(head) >= headSize {
		head = head[:i]
	}
	s := scanner{data: head, delim: delim, quoted: true}
	first := len(s.next())
	same, all := 0, 0
	for range 40 {
		row := s.next()
		if row == nil {
			break
		}
		if all++; len(row) == first {
			same++
		}
	}
	if same*10 < all*9 {
		return 1
	}
	return first
}

// sample takes the names and the first rows.
func (t *table) sample(head []byte, whole, noHeader bool) {
	if !whole {
		cut := blocks{delim: t.delim}
		if end, _ := cut.lastEnd(head); end >= 0 {
			head = head[:end+1]
		}
	}
	s := scanner{data: head, delim: t.delim, quoted: bytes.IndexByte(head, '"') >= 0}
	first := s.next()
	if first == nil {
		return
	}
	if noHeader || allNumbers(first) {
		t.headless = true
		if !noHeader {
			t.notes = append(t.notes, "The first line holds numbers only, so it was read as data; columns are called column 1, column 2 …")
		}
		t.names = make([]string, len(first))
		s.at, s.lines = 0, 0
	} else {
		t.names = texts(first)
	}
	t.rename()
	for len(t.rows) < sampleRows {
		row := s.next()
		if row == nil {
			break
		}
		t.rows = append(t.rows, sampledRow{s.start + 1, texts(row)})
	}
}

func allNumbers(row [][]byte) bool {
	for _, cell := range row {
		if _, r := number(cell); r != isNumber {
			return false
		}
	}
	return true
}

func texts(row [][]byte) []string {
	out := make([]string, len(row))
	for i, cell := range row {
		out[i] = cleanText(cell)
	}
	return out
}

// rename gives empty and repeated names a number.
func (t *table) rename() {
	seen := map[string]int{}
	for i, name := range t.names {
		name = strings.TrimSpace(name)
		if name == "" {
			name = "column " + strconv.Itoa(i+1)
			if !t.headless {
				t.notes = append(t.notes, fmt.Sprintf("Column %d has no name; it is called %q.", i+1, name))
			}
		}
		for base := name; seen[name] > 0; {
			seen[base]++
			name = fmt.Sprintf("%s (%d)", base, seen[base])
		}
		if seen[name]++; name != strings.TrimSpace(t.names[i]) && t.names[i] != "" {
			t.notes = append(t.notes, fmt.Sprintf("Column %d repeats the name %q; it is called %q.", i+1, strings.TrimSpace(t.names[i]), name))
		}
		t.names[i] = name
	}
}

// probeEach reads at a few places further on in a large file, so that the
// guess does not rest on one run alone.
func (t *table) probeEach(f File, each func(buf []byte)) error {
	rc, err := f.Open()
	if err != nil {
		return err
	}
	defer rc.Close()
	for part := int64(1); part < 5; part++ {
		if _, err := rc.Seek(f.Size*part/5, io.SeekStart); err != nil {
			return err
		}
		buf, err := readUpTo(rc, probeBytes)
		if err != nil {
			return err
		}
		each(buf)
	}
	return nil
}

func (t *table) probeRows(buf []byte) {
	from, to := bytes.IndexByte(buf, '\n'), bytes.LastIndexByte(buf, '\n')
	if from == to || bytes.IndexByte(buf, '"') >= 0 {
		return
	}
	s := scanner{data: buf[from+1 : to], delim: t.delim}
	for range 200 {
		row := s.next()
		if row == nil {
			return
		}
		if len(row) == len(t.names) {
			t.rows = append(t.rows, sampledRow{0, texts(row)})
		}
	}
}

// columns returns the samples by column.
func (t *table) columns() []ColumnSample {
	out := make([]ColumnSample, len(t.names))
	for i, name := range t.names {
		out[i] = ColumnSample{Name: name, Values: make([]string, len(t.rows))}
		for row, r := range t.rows {
			if i < len(r.cells) && r.cells[i] != "" {
				out[i].Values[row] = r.cells[i]
				out[i].Lines++
			}
		}
	}
	return out
}

// lacksSteps tells whether rows are a sequence without step numbers: wide
// summaries in which nothing tells rows apart.
func (t *table) lacksSteps(p *plan) bool {
	if p.samples || p.step >= 0 || p.fixedStep != "" || p.name >= 0 || p.item >= 0 {
		return false
	}
	seen := map[string]bool{}
	for _, r := range t.rows {
		key := ""
		for _, cols := range [][]fieldCol{p.runCols, p.ctxCols} {
			for _, c := range cols {
				if c.col < len(r.cells) {
					key += r.cells[c.col]
				}
				key += "\x1f"
			}
		}
		seen[key] = true
	}
	return len(t.rows) > 1 && len(seen)*2 <= len(t.rows)
}

func (t *table) report(f File, to Sink) {
	for _, n := range t.notes {
		to.Problem(data.Problem{File: f.Path, Text: n, Count: 1})
	}
}
