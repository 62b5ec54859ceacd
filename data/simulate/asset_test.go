package simulate

import (
	"bytes"
	"compress/gzip"
	"flag"
	"io"
	"os"
	"path/filepath"
	"testing"

	"github.com/klauspost/compress/zstd"
)

var update = flag.Bool("update", false, "write the bundled files anew")

const bundled = "../../assets/simulated-inoculation"

// TestBundledFilesAreWhatTheGeneratorMakes keeps the assets and this package
// from telling different truths.
func TestBundledFilesAreWhatTheGeneratorMakes(t *testing.T) {
	for _, f := range New(Seed).Files() {
		name := filepath.Join(bundled, f.Name)
		if *update {
			renew(t, name, f)
		}
		want := &bytes.Buffer{}
		if err := f.Plain(want); err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(unpacked(t, name), want.Bytes()) {
			t.Errorf("%s differs from the generator: run make generate", name)
		}
	}
}

// TestBundledFilesStaySmall keeps the repository easy to clone.
func TestBundledFilesStaySmall(t *testing.T) {
	total := int64(0)
	for _, f := range New(Seed).Files() {
		info, err := os.Stat(filepath.Join(bundled, f.Name))
		if err != nil {
			t.Fatal(err)
		}
		total += info.Size()
	}
	if total > 3e6 {
		t.Errorf("bundled study takes %d bytes; at most 3 MB are wanted", total)
	}
}

func renew(t *testing.T, name string, f File) {
	t.Helper()
	packed := &bytes.Buffer{}
	if err := f.Write(packed); err != nil {
		t.Fatal(err)
	}
	if err := os.MkdirAll(filepath.Dir(name), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(name, packed.Bytes(), 0o644); err != nil {
		t.Fatal(err)
	}
}

func unpacked(t *testing.T, name string) []byte {
	t.Helper()
	file, err := os.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	content := io.Reader(file)
	switch filepath.Ext(name) {
	case ".gz":
		content, err = gzip.NewReader(file)
	case ".zst":
		var frames *zstd.Decoder
		frames, err = zstd.NewReader(file)
		defer frames.Close()
		content = frames
	}
	if err != nil {
		t.Fatal(err)
	}
	plain, err := io.ReadAll(content)
	if err != nil {
		t.Fatal(err)
	}
	return plain
}
