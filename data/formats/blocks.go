package formats

import (
	"bufio"
	"bytes"
	"errors"
	"io"
)

// Sizes of blocks of lines.
const (
	blockSize = 1 << 20
	maxQuoted = 16 << 20 // a quoted cell
	maxLine   = 64 << 20
)

// A block is whole records of a file.
type block struct {
	data   []byte
	lines  int  // line ends in data
	quoted bool // data has quotes
	fault  *fault
	detail string
	done   int64 // bytes of the file read so far
}

// A blocks reader cuts text into blocks of about a megabyte that end with a
// record. With a delimiter, quoted cells may hold line ends.
type blocks struct {
	src   *source
	delim byte // 0 where quotes mean nothing
	rest  []byte
	ended bool
	size  int // of blocks
}

// newBlocks cuts a source of a file of the given size. Small files get
// small blocks: a folder may hold a hundred thousand of them.
func newBlocks(src *source, delim byte, size int64) *blocks {
	r := &blocks{src: src, delim: delim, size: blockSize}
	if src.plain {
		r.size = int(min(size+512, blockSize))
	}
	return r
}

// next returns the next block, io.EOF after the last. It appends to buf,
// which may be nil.
func (r *blocks) next(buf []byte) (block, error) {
	buf = append(buf[:0], r.rest...)
	r.rest = nil
	for size := max(r.size, 512); ; size *= 2 {
		var err error
		if buf, err = r.fill(buf, size); err != nil {
			return block{}, err
		}
		if len(buf) == 0 {
			return block{}, io.EOF
		}
		if b, ok := r.cut(buf); ok {
			b.done = r.src.raw.n
			return b, nil
		}
	}
}

func (r *blocks) fill(buf []byte, size int) ([]byte, error) {
	for len(buf) < size && !r.ended {
		if cap(buf) < size {
			grown := make([]byte, len(buf), size)
			copy(grown, buf)
			buf = grown
		}
		n, err := r.src.Read(buf[len(buf):size])
		buf = buf[:len(buf)+n]
		if errors.Is(err, io.EOF) {
			r.ended = true
		} else if err != nil {
			return nil, err
		}
	}
	return buf, nil
}

// cut returns the whole records of buf and keeps the rest. It reports false
// when more must be read to end a record.
func (r *blocks) cut(buf []byte) (block, bool) {
	end, quoted := r.lastEnd(buf)
	if end < 0 && !r.ended {
		switch {
		case quoted && len(buf) > maxQuoted:
			return r.unclosed(buf), true
		case len(buf) > maxLine:
			return r.tooLong(buf), true
		}
		return block{}, false
	}
	if r.ended && end != len(buf)-1 {
		if quoted && r.open(buf, end+1) {
			if end < 0 {
				return r.unclosed(buf), true
			}
		} else {
			end = len(buf) - 1
		}
	}
	r.rest = bytes.Clone(buf[end+1:])
	out := buf[:end+1]
	return block{data: out, lines: bytes.Count(out, []byte("\n")), quoted: quoted}, true
}

// lastEnd returns the index of the last line end outside of quotes, −1 when
// there is none, and whether there are quotes.
func (r *blocks) lastEnd(buf []byte) (end int, quoted bool) {
	if r.delim == 0 || bytes.IndexByte(buf, '"') < 0 {
		return bytes.LastIndexByte(buf, '\n'), false
	}
	end = -1
	for pos := 0; ; {
		open := nextQuote(buf, pos, r.delim)
		if open < 0 {
			if i := bytes.LastIndexByte(buf[pos:], '\n'); i >= 0 {
				end = pos + i
			}
			return end, true
		}
		if i := bytes.LastIndexByte(buf[pos:open], '\n'); i >= 0 {
			end = pos + i
		}
		shut := closingQuote(buf, open+1)
		if shut < 0 {
			return end, true
		}
		pos = shut + 1
	}
}

// open tells whether the record at from has a quote that nothing closes.
func (r *blocks) open(buf []byte, from int) bool {
	for {
		quote := nextQuote(buf, from, r.delim)
		if quote < 0 {
			return false
		}
		if from = closingQuote(buf, quote+1) + 1; from == 0 {
			return true
		}
	}
}

// nextQuote returns the next quote that opens a cell, which is one at its
// beginning; other quotes are ordinary characters.
func nextQuote(buf []byte, from int, delim byte) int {
	for {
		i := bytes.IndexByte(buf[from:], '"')
		if i < 0 {
			return -1
		}
		if i += from; i == 0 || buf[i-1] == delim || buf[i-1] == '\n' {
			return i
		}
		from = i + 1
	}
}

// closingQuote returns the quote that ends a cell, −1 when there is none. A
// doubled quote stands for one.
func closingQuote(buf []byte, from int) int {
	for {
		i := bytes.IndexByte(buf[from:], '"')
		if i < 0 {
			return -1
		}
		if i += from; i+1 == len(buf) || buf[i+1] != '"' {
			return i
		}
		from = i + 2
	}
}

// unclosed gives up one line, whose quote nothing closes, and goes on after it.
func (r *blocks) unclosed(buf []byte) block {
	end := bytes.IndexByte(buf, '\n')
	if end < 0 {
		end = len(buf) - 1
	}
	r.rest = bytes.Clone(buf[end+1:])
	return block{data: nil, lines: 1, fault: faultQuote, detail: "a quote opened here is never closed"}
}

// tooLong gives up a line without reading it into memory.
func (r *blocks) tooLong(buf []byte) block {
	for {
		_, err := r.src.ReadSlice('\n')
		if !errors.Is(err, bufio.ErrBufferFull) {
			r.ended = err != nil
			break
		}
	}
	return block{lines: 1, fault: faultLong, detail: "line is longer than 64 MB"}
}
