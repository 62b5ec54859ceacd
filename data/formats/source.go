package formats

import (
	"bufio"
	"bytes"
	"cmp"
	"compress/gzip"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"path"
	"strings"
	"unicode/utf8"

	"github.com/klauspost/compress/zstd"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"

	"witnessmark/data"
)

// headSize is how much of a file is looked at to recognize it.
const headSize = 4096

// Limits on what a compressed file may grow to.
const (
	maxRatio    = 200
	ratioFrom   = 64 << 20
	maxInflated = 64 << 30
)

// A refusal says in plain words why a file cannot be read at all.
type refusal string

func (r refusal) Error() string { return string(r) }

// A source is a file's text: decompressed, decoded to UTF-8, without BOM.
type source struct {
	*bufio.Reader
	name  string // without .gz and the like
	head  []byte
	raw   *counter
	zip   bool // the file is a zip archive
	plain bool // the file's bytes are the text's bytes, so that it can be sought in
	notes []string
	fault error // of the disk, met while looking
	close []func()
}

// A counter counts the bytes read through it.
type counter struct {
	io.Reader
	n int64
}

func (c *counter) Read(p []byte) (int, error) {
	n, err := c.Reader.Read(p)
	c.n += int64(n)
	return n, err
}

// openSource opens a file as text. A file that is no text of any kind gives
// a refusal, with a reason for people.
func openSource(f File, encoding string) (*source, error) {
	rc, err := f.Open()
	if err != nil {
		return nil, err
	}
	s := &source{name: path.Base(slashed(f.Path)), plain: true, close: []func(){func() { rc.Close() }}}
	s.raw = &counter{Reader: rc}
	s.Reader = bufio.NewReaderSize(s.raw, 64<<10)
	for _, stage := range []func() error{s.inflate, s.decode, func() error { return s.charset(encoding) }, s.newlines} {
		if err := cmp.Or(stage(), s.fault); err != nil {
			s.Close()
			return nil, cmp.Or(s.fault, err)
		}
	}
	s.head = s.peek()
	return s, s.fault
}

// Close closes the file.
func (s *source) Close() {
	for _, c := range s.close {
		c()
	}
}

func (s *source) peek() []byte {
	head, err := s.Peek(headSize)
	if err != nil && !errors.Is(err, io.EOF) && s.fault == nil {
		s.fault = err
	}
	return bytes.Clone(head)
}

func (s *source) wrap(r io.Reader) {
	s.Reader, s.plain = bufio.NewReaderSize(r, 64<<10), false
}

// inflate looks through a .gz or .zst wrapper.
func (s *source) inflate() error {
	head := s.peek()
	inner, ext := s.name, strings.ToLower(path.Ext(s.name))
	if ext == ".gz" || ext == ".zst" {
		inner = strings.TrimSuffix(s.name, path.Ext(s.name))
	}
	switch {
	case bytes.HasPrefix(head, []byte{0x1f, 0x8b}):
		z, err := gzip.NewReader(s.Reader)
		if err != nil {
			return refusal("This gzip file is damaged: " + err.Error())
		}
		s.wrap(&inflated{r: z, raw: s.raw})
	case bytes.HasPrefix(head, []byte{0x28, 0xb5, 0x2f, 0xfd}):
		z, err := zstd.NewReader(s.Reader, zstd.WithDecoderConcurrency(1), zstd.WithDecoderMaxMemory(512<<20))
		if err != nil {
			return refusal("This zstd file is damaged: " + err.Error())
		}
		s.close = append(s.close, z.Close)
		s.wrap(&inflated{r: z, raw: s.raw})
	case inner != s.name && len(head) > 0:
		s.note(fmt.Sprintf("not compressed despite the name ending in %s; read as it is", ext))
	}
	s.name = inner
	return nil
}

func (s *source) note(text string) { s.notes = append(s.notes, text) }

// inflated stops a decompressed stream that grows beyond all measure.
type inflated struct {
	r   io.Reader
	raw *counter
	n   int64
}

func (z *inflated) Read(p []byte) (int, error) {
	n, err := z.r.Read(p)
	z.n += int64(n)
	if z.n > ratioFrom && z.n > maxRatio*z.raw.n || z.n > maxInflated {
		return 0, refusal(fmt.Sprintf("The file expands to more than %d times its size; refused after %s MB.", maxRatio, thousands(int(z.n>>20))))
	}
	if err != nil && !errors.Is(err, io.EOF) {
		err = refusal("The compressed file is cut off or damaged: " + err.Error())
	}
	return n, err
}

// decode refuses what is no text, and looks through base64.
func (s *source) decode() error {
	head := s.peek()
	if r := refuse(s.name, head); r != "" {
		return r
	}
	if looksBase64(head) {
		s.note("The whole file is base64 text; decoded.")
		s.wrap(base64.NewDecoder(base64.StdEncoding, s.Reader))
	}
	return nil
}

// refuse says why a file that begins like this is not read, "" when it may be.
func refuse(name string, head []byte) refusal {
	start := bytes.ToLower(bytes.TrimSpace(head[:min(len(head), 512)]))
	switch ext := strings.ToLower(path.Ext(name)); {
	case len(head) == 0:
		return "The file is empty (0 bytes). Nothing was imported."
	case bytes.HasPrefix(head, []byte("version https://git-lfs")):
		return "This is a Git LFS pointer, not the data. Run `git lfs pull`."
	case bytes.HasPrefix(start, []byte("<!doctype")), bytes.HasPrefix(start, []byte("<html")):
		return "This is a web page, not data, perhaps a login page that was saved. Download the file again."
	case ext == ".pkl", ext == ".pickle", ext == ".pt", ext == ".pth", ext == ".npy", ext == ".bin", len(head) > 2 && head[0] == 0x80 && head[1] >= 2 && head[1] <= 5:
		return "Python pickle files can run code; export as CSV or JSON."
	}
	for _, k := range knownBinaries {
		if bytes.HasPrefix(head, []byte(k.magic)) {
			return refusal(k.why)
		}
	}
	return ""
}

// knownBinaries are kinds of files that researchers have and that are not
// read, with what to do.
var knownBinaries = []struct{ magic, why string }{
	{"PAR1", "This is a Parquet file. Write it as CSV or JSON lines."},
	{"SQLite format 3\x00", "This is a SQLite database. Export its tables as CSV."},
	{":W&B", "This is a W&B run log. Export the run's history as CSV."},
	{"\x89HDF", "This is an HDF5 file. Export it as CSV."},
}

func looksBase64(head []byte) bool {
	head = bytes.TrimSpace(head)
	if len(head) < 64 {
		return false
	}
	line, _, _ := bytes.Cut(head, []byte("\n"))
	line = bytes.TrimSpace(line)
	usable := line[:len(line)/4*4]
	plain := make([]byte, base64.StdEncoding.DecodedLen(len(usable)))
	n, err := base64.StdEncoding.Decode(plain, usable)
	if err != nil || n < 40 {
		return false
	}
	return utf8.Valid(plain[:n-4]) && bytes.ContainsAny(plain[:n], ",;\t") && !bytes.ContainsRune(plain[:n], 0)
}

// charset decodes UTF-16 and, when told, Windows-1252; it drops a BOM and
// refuses binary files.
func (s *source) charset(encoding string) error {
	head := s.peek()
	switch {
	case bytes.HasPrefix(head, zipMagic):
		s.zip = true
	case bytes.HasPrefix(head, []byte{0xef, 0xbb, 0xbf}):
		s.Discard(3)
		s.plain = false
	case wideText(head) != nil:
		s.note("The file is UTF-16 text; decoded.")
		s.wrap(transform.NewReader(s.Reader, wideText(head)))
	case strings.EqualFold(encoding, "windows-1252"):
		s.wrap(charmap.Windows1252.NewDecoder().Reader(s.Reader))
	case binaryHead(head):
		return refusal("This looks like a binary file, not a table of text.")
	case !validHead(head):
		s.note("Some text is not UTF-8 and is shown as \uFFFD. If it is Windows-1252, set the encoding of this import.")
	}
	return nil
}

// wideText returns the decoder of UTF-16 text, recognized by its BOM or by the
// zero bytes of Latin letters; nil for other text.
func wideText(head []byte) transform.Transformer {
	switch {
	case bytes.HasPrefix(head, []byte{0xff, 0xfe}):
		return unicode.UTF16(unicode.LittleEndian, unicode.ExpectBOM).NewDecoder()
	case bytes.HasPrefix(head, []byte{0xfe, 0xff}):
		return unicode.UTF16(unicode.BigEndian, unicode.ExpectBOM).NewDecoder()
	case len(head) < 8:
		return nil
	}
	var zeros [2]int
	for i, c := range head[:len(head)/2*2] {
		if c == 0 {
			zeros[i%2]++
		}
	}
	switch half := len(head) / 2; {
	case zeros[1]*10 > half*8 && zeros[0] == 0:
		return unicode.UTF16(unicode.LittleEndian, unicode.IgnoreBOM).NewDecoder()
	case zeros[0]*10 > half*8 && zeros[1] == 0:
		return unicode.UTF16(unicode.BigEndian, unicode.IgnoreBOM).NewDecoder()
	}
	return nil
}

// binaryHead tells whether more than one byte in a hundred is a control
// character that text does not use.
func binaryHead(head []byte) bool {
	odd := 0
	for _, c := range head {
		if c < 0x20 && c != '\n' && c != '\r' && c != '\t' && c != 0x1b && c != '\f' {
			odd++
		}
	}
	return odd*100 > len(head) && odd > 1
}

func validHead(head []byte) bool {
	for cut := 0; cut < utf8.UTFMax && cut < len(head); cut++ {
		if utf8.Valid(head[:len(head)-cut]) {
			return true
		}
	}
	return len(head) == 0
}

// newlines turns the line ends of old Macs into ours.
func (s *source) newlines() error {
	head := s.peek()
	if bytes.IndexByte(head, '\r') >= 0 && bytes.IndexByte(head, '\n') < 0 && len(head) < headSize || bytes.Count(head, []byte("\r")) > 3 && bytes.IndexByte(head, '\n') < 0 {
		s.wrap(transform.NewReader(s.Reader, carriageReturns{}))
	}
	return nil
}

type carriageReturns struct{ transform.NopResetter }

func (carriageReturns) Transform(dst, src []byte, _ bool) (nDst, nSrc int, err error) {
	n := copy(dst, src)
	for i, c := range dst[:n] {
		if c == '\r' {
			dst[i] = '\n'
		}
	}
	if n < len(src) {
		err = transform.ErrShortDst
	}
	return n, n, err
}

// openTable opens a file that must be text.
func openTable(f File, encoding string) (*source, error) {
	src, err := openSource(f, encoding)
	if err == nil && src.zip {
		src.Close()
		return nil, refusal("This is a zip archive, perhaps an Excel workbook, not text. Save it as CSV.")
	}
	return src, err
}

// refused reports why a file could not be opened as text; errors of the disk
// are returned.
func refused(f File, to Sink, err error) error {
	var r refusal
	if !errors.As(err, &r) {
		return err
	}
	to.Problem(data.Problem{File: f.Path, Text: string(r), Count: 1, Bad: true})
	return nil
}

func (s *source) report(f File, to Sink) {
	for _, n := range s.notes {
		to.Problem(data.Problem{File: f.Path, Text: n, Count: 1})
	}
}
