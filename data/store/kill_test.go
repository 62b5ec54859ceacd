package store_test

import (
	"bufio"
	"bytes"
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"witnessmark/data/formats"
	"witnessmark/data/store"
)

// childStudy names the study into which this binary, started again as a
// child, imports until it is killed.
const childStudy = "WITNESSMARK_TEST_CHILD_STUDY"

func TestMain(m *testing.M) {
	if path := os.Getenv(childStudy); path != "" {
		if err := importInChild(path); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		os.Exit(0)
	}
	os.Exit(m.Run())
}

// importInChild imports a large file and writes a line for each hundred
// samples that it has read, and one when it begins to write to the study.
func importInChild(path string) error {
	s, err := store.Open(path)
	if err != nil {
		return err
	}
	progress := func(p store.Progress) {
		if p.Writing {
			fmt.Println("writing")
		}
	}
	_, err = s.Import(context.Background(), file("large.txt", large()), ticking{}, noMapping, progress)
	return err
}

// ticking is lines that says on standard output how far it has come.
type ticking struct{ lines }

func (ticking) Read(ctx context.Context, f formats.File, m formats.Mapping, to formats.Sink) error {
	return lines{}.Read(ctx, f, m, tickingSink{to})
}

type tickingSink struct{ formats.Sink }

func (t tickingSink) Text(row int, part, body string) error {
	if row%100 == 0 {
		fmt.Println("reading")
	}
	return t.Sink.Text(row, part, body)
}

// large is a file with samples and texts of which no two are alike.
func large() string {
	rng := rand.New(rand.NewPCG(3, 4))
	var b strings.Builder
	b.WriteString("run late condition=inoculation\n")
	for i := range 3_000 {
		fmt.Fprintf(&b, "sample late %d q%d hack=%d reward=%v\ntext cot", i/500, i%500, rng.IntN(2), rng.Float64())
		for range 10 {
			fmt.Fprintf(&b, " word%d", rng.IntN(100_000))
		}
		b.WriteString("\n")
	}
	return b.String()
}

// TestKilledImportLeavesTheEarlierStudy kills importing processes at random
// moments, from the first line read to the end of the commit: half of them
// while the file itself is being written.
func TestKilledImportLeavesTheEarlierStudy(t *testing.T) {
	base := create(t)
	add(t, base, "two.txt", two)
	before := dump(set(t, base))
	base.Close()
	body, err := os.ReadFile(base.Path())
	if err != nil {
		t.Fatal(err)
	}
	rng := rand.New(rand.NewPCG(5, 6))
	whole, torn := 0, 0
	for trial := range 10 {
		path := filepath.Join(t.TempDir(), "killed.study")
		if err := os.WriteFile(path, body, 0o644); err != nil {
			t.Fatal(err)
		}
		if trial%2 == 0 {
			killAfterLines(t, path, rng.IntN(32))
		} else {
			killInCommit(t, path, 1<<rng.IntN(16))
		}
		if now, err := os.ReadFile(path); err == nil && !bytes.Equal(now, body) {
			torn++
		}
		if r, err := store.OpenReadOnly(path); err == nil {
			r.Close()
		} else if !store.IsKind(err, store.ReadOnly) || !strings.Contains(err.Error(), "open it once for writing") {
			t.Errorf("trial %d: opened to be read: %v", trial, err)
		}
		s, err := store.Open(path)
		if err != nil {
			t.Fatalf("trial %d: %v", trial, err)
		}
		if found, err := s.Check(t.Context()); err != nil || len(found) > 0 {
			t.Errorf("trial %d: %v %v", trial, found, err)
		}
		switch c := set(t, s); {
		case dump(c) == before:
		case len(c.Tables) == 3 && c.Tables[2].Len() == 3_000:
			whole++
		default:
			t.Errorf("trial %d: half an import is there", trial)
		}
		s.Close()
	}
	t.Logf("of 10 imports %d had written into the file when they were killed, %d of them everything", torn, whole)
}

// start starts an import in a child.
func start(t *testing.T, path string) (child *exec.Cmd, out *bufio.Scanner) {
	t.Helper()
	child = exec.Command(os.Args[0])
	child.Env = append(os.Environ(), childStudy+"="+path)
	pipe, err := child.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := child.Start(); err != nil {
		t.Fatal(err)
	}
	return child, bufio.NewScanner(pipe)
}

func kill(child *exec.Cmd) {
	_ = child.Process.Kill() // it may have ended
	_ = child.Wait()
}

// killAfterLines kills an importing child after so many lines of its output.
func killAfterLines(t *testing.T, path string, lines int) {
	t.Helper()
	child, out := start(t, path)
	for n := 0; n < lines && out.Scan(); n++ {
	}
	kill(child)
}

// killInCommit kills an importing child once it has begun to write into the
// study, which it does at the end, after looking at it some more times.
func killInCommit(t *testing.T, path string, looks int) {
	t.Helper()
	before, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	child, out := start(t, path)
	ended := make(chan struct{})
	go func() {
		for out.Scan() {
		}
		close(ended)
	}()
	for growing := false; !growing; {
		select {
		case <-ended:
			growing = true
		default:
			now, err := os.Stat(path)
			growing = err == nil && now.Size() != before.Size()
		}
	}
	for range looks {
		_, _ = os.Stat(path)
	}
	kill(child)
}
