package store

import (
	"bufio"
	"bytes"
	"encoding/binary"
	"io"
	"os"

	"github.com/klauspost/compress/zstd"
)

// A spool holds the compressed texts of an import until they are written:
// in memory, and what is beyond that in a temporary file. Its zero value is
// empty and ready.
type spool struct {
	pack  *zstd.Encoder
	held  []byte
	limit int // of held; 0 for heldLimit
	file  *os.File
	n     int
}

// heldLimit is how much stays in memory: enough for most files, little
// enough for any machine.
const heldLimit = 64 << 20

// A bodyText is a text with the sample and part that it belongs to.
type bodyText struct {
	row    int
	part   string
	size   int // of the text
	packed []byte
}

func (s *spool) add(row int, part, body string) error {
	if s.pack == nil {
		pack, err := zstd.NewWriter(nil, zstd.WithEncoderLevel(zstd.SpeedFastest), zstd.WithEncoderConcurrency(1))
		if err != nil {
			return err
		}
		s.pack = pack
	}
	packed := s.pack.EncodeAll([]byte(body), nil)
	for _, v := range []int{row, len(part), len(body), len(packed)} {
		s.held = binary.AppendUvarint(s.held, uint64(v))
	}
	s.held = append(append(s.held, part...), packed...)
	s.n++
	limit := s.limit
	if limit == 0 {
		limit = heldLimit
	}
	if len(s.held) < limit {
		return nil
	}
	return s.spill()
}

func (s *spool) spill() (err error) {
	if s.file == nil {
		if s.file, err = os.CreateTemp("", "witnessmark-*.texts"); err != nil {
			return err
		}
		os.Remove(s.file.Name()) // gone with the process, where the system allows it
	}
	_, err = s.file.Write(s.held)
	s.held = s.held[:0]
	return err
}

// each hands out the texts in the order in which they were added, as often as
// it is called.
func (s *spool) each(take func(bodyText) error) error {
	if s.file != nil {
		if err := s.spill(); err != nil {
			return err
		}
		if _, err := s.file.Seek(0, io.SeekStart); err != nil {
			return err
		}
		return unspool(bufio.NewReaderSize(s.file, 1<<20), s.n, take)
	}
	return unspool(bytes.NewReader(s.held), s.n, take)
}

func unspool(from interface {
	io.Reader
	io.ByteReader
}, n int, take func(bodyText) error) error {
	for range n {
		var head [4]uint64
		for i := range head {
			v, err := binary.ReadUvarint(from)
			if err != nil {
				return err
			}
			head[i] = v
		}
		rest := make([]byte, head[1]+head[3])
		if _, err := io.ReadFull(from, rest); err != nil {
			return err
		}
		if err := take(bodyText{int(head[0]), string(rest[:head[1]]), int(head[2]), rest[head[1]:]}); err != nil {
			return err
		}
	}
	return nil
}

// close gives back what the spool holds.
func (s *spool) close() {
	if s.pack != nil {
		s.pack.Close()
	}
	if s.file != nil {
		s.file.Close()
		os.Remove(s.file.Name())
	}
}
