package formats

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"

	"github.com/klauspost/compress/zstd"
)

// zstdMethod is Zstandard's number in zip archives.
const zstdMethod = 93

// maxMember is how much of one member is read into memory.
const maxMember = 1 << 30

// zipMagic begins a zip archive.
var zipMagic = []byte("PK\x03\x04")

// An archive is a zip file's members by name. Of several members of one
// name the last counts, as in a log that was scored again. Names are keys:
// nothing is ever written to a path.
type archive struct {
	members map[string]*zip.File
	names   []string // each once, in the order of the members that count
	twice   int      // members that a later one replaces
	bytes   int64    // read so far
}

// openArchive reads the index of a zip file.
func openArchive(r io.ReadSeeker, size int64) (*archive, error) {
	at, ok := r.(io.ReaderAt)
	if !ok {
		at = &seekingReader{r}
	}
	z, err := zip.NewReader(at, size)
	if err != nil {
		return nil, archiveFault(at, size, err)
	}
	z.RegisterDecompressor(zstdMethod, func(r io.Reader) io.ReadCloser {
		d, err := zstd.NewReader(r, zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxMemory(512<<20))
		if err != nil {
			return io.NopCloser(errorReader{err})
		}
		return d.IOReadCloser()
	})
	a := &archive{members: make(map[string]*zip.File, len(z.File))}
	for _, f := range z.File {
		if _, again := a.members[f.Name]; again {
			a.twice++
			a.names = slices.DeleteFunc(a.names, func(n string) bool { return n == f.Name })
		}
		a.members[f.Name] = f
		a.names = append(a.names, f.Name)
	}
	return a, nil
}

// A seekingReader reads at offsets of a file that can only seek.
type seekingReader struct{ io.ReadSeeker }

func (s *seekingReader) ReadAt(p []byte, off int64) (int, error) {
	if _, err := s.Seek(off, io.SeekStart); err != nil {
		return 0, err
	}
	n, err := io.ReadFull(s, p)
	if errors.Is(err, io.ErrUnexpectedEOF) {
		err = io.EOF
	}
	return n, err
}

type errorReader struct{ err error }

func (e errorReader) Read([]byte) (int, error) { return 0, e.err }

// archiveFault tells a cut-off archive from one that never was one: archive/zip
// has one error for both.
func archiveFault(at io.ReaderAt, size int64, err error) error {
	if !errors.Is(err, zip.ErrFormat) {
		return fmt.Errorf("read the index of the archive: %w", err)
	}
	tail := make([]byte, min(size, 66<<10))
	n, _ := at.ReadAt(tail, size-int64(len(tail)))
	if bytes.Contains(tail[:n], []byte("PK\x05\x06")) {
		return refusal("This .eval file is damaged: its index cannot be read. Copy it again.")
	}
	return refusal("This .eval file is cut off: its index is missing. Try `inspect log recover`, or copy it again.")
}

// has tells whether there is a member of the name.
func (a *archive) has(name string) bool { return a.members[name] != nil }

// read returns a member's content. Errors are refusals, which name the member.
func (a *archive) read(name string) ([]byte, error) {
	f := a.members[name]
	if f == nil {
		return nil, refusal(fmt.Sprintf("Member %s is missing.", name))
	}
	if f.Flags&1 != 0 {
		return nil, refusal(fmt.Sprintf("Member %s is encrypted.", name))
	}
	r, err := f.Open()
	if err != nil {
		return nil, memberFault(f, err)
	}
	defer r.Close()
	var buf bytes.Buffer
	if f.UncompressedSize64 < 64<<20 {
		buf.Grow(int(f.UncompressedSize64) + bytes.MinRead)
	}
	if _, err := io.Copy(&buf, &boundedMember{r: r, packed: int64(f.CompressedSize64), name: name}); err != nil {
		return nil, memberFault(f, err)
	}
	a.bytes += int64(f.CompressedSize64)
	return buf.Bytes(), nil
}

func memberFault(f *zip.File, err error) error {
	var r refusal
	switch {
	case errors.As(err, &r):
		return r
	case errors.Is(err, zip.ErrAlgorithm):
		return refusal(fmt.Sprintf("Compression method %d is not supported (member %s).", f.Method, f.Name))
	case errors.Is(err, zip.ErrChecksum):
		return refusal(fmt.Sprintf("%s is damaged (checksum).", f.Name))
	}
	return refusal(fmt.Sprintf("%s is damaged (%s).", f.Name, err))
}

// A boundedMember stops a member that grows beyond all measure.
type boundedMember struct {
	r         io.Reader
	packed, n int64
	name      string
}

func (m *boundedMember) Read(p []byte) (int, error) {
	n, err := m.r.Read(p)
	m.n += int64(n)
	if m.n > maxMember || m.n > ratioFrom && m.n > maxRatio*m.packed {
		return 0, refusal(fmt.Sprintf("Member %s expands past %s MB from %s MB; refused.", m.name, thousands(int(m.n>>20)), thousands(int(m.packed>>20))))
	}
	return n, err
}

// numbered returns the members "prefix<number>.json" in the order of their
// numbers, with the numbers.
func (a *archive) numbered(prefix string) (names []string, starts []int) {
	for _, name := range a.names {
		rest, ok := strings.CutPrefix(name, prefix)
		if !ok {
			continue
		}
		if n, err := strconv.Atoi(strings.TrimSuffix(rest, ".json")); err == nil && strings.HasSuffix(rest, ".json") {
			i, _ := slices.BinarySearch(starts, n)
			names, starts = slices.Insert(names, i, name), slices.Insert(starts, i, n)
		}
	}
	return names, starts
}
