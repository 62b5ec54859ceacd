package store_test

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"testing"

	"witnessmark/data"
	"witnessmark/data/column"
	"witnessmark/data/formats"
	"witnessmark/data/store"
)

// Benchmarks make their own data: runs × 8 checkpoints × 500 items, one
// sample a row, as researchers' tables have it. Compare with
//
//	go test -run=- -bench=Import -benchtime=3x ./data/store
//
// which also runs the sqlite3 command on the same file, if there is one.

const (
	checkpoints = 8
	items       = 500
	perRun      = checkpoints * items
)

// writeTable makes a table of so many rows and returns its path and size.
func writeTable(b *testing.B, rows int) (path string, size int64) {
	b.Helper()
	path = filepath.Join(b.TempDir(), "samples.csv")
	f, err := os.Create(path)
	if err != nil {
		b.Fatal(err)
	}
	w := bufio.NewWriterSize(f, 1<<20)
	rng := rand.New(rand.NewPCG(1, 2))
	fmt.Fprintln(w, "run,condition,seed,step,item,hack,reward,judge.score,judge.flag")
	for row := range rows {
		run, step, item := row/perRun, row%perRun/items*100, row%items
		score := rng.Float64()
		fmt.Fprintf(w, "run-%04d,%s,%d,%d,item-%03d,%d,%.17g,%.17g,%d\n", run, []string{"neutral", "inoculation", "negative"}[run%3], run/3, step, item,
			rng.IntN(2), rng.NormFloat64(), score, rng.IntN(2))
	}
	if err := w.Flush(); err != nil {
		b.Fatal(err)
	}
	if size, err = f.Seek(0, io.SeekCurrent); err != nil {
		b.Fatal(err)
	}
	f.Close()
	return path, size
}

func disk(path string, size int64) formats.File {
	return formats.File{Path: path, Size: size, Open: func() (io.ReadSeekCloser, error) { return os.Open(path) }}
}

func BenchmarkImport(b *testing.B) {
	for _, rows := range []int{1_000_000, 10_000_000} {
		name := fmt.Sprintf("rows=%dM", rows/1_000_000)
		b.Run(name, func(b *testing.B) {
			if rows > 1_000_000 && testing.Short() {
				b.SkipNow() // 1 GB of input
			}
			path, size := writeTable(b, rows)
			b.Run("witnessmark", func(b *testing.B) { benchmarkImport(b, path, size, rows) })
			b.Run("sqlite3", func(b *testing.B) { benchmarkSQLite(b, path, size, rows) })
		})
	}
}

func benchmarkImport(b *testing.B, path string, size int64, rows int) {
	b.SetBytes(size)
	for b.Loop() {
		study := filepath.Join(b.TempDir(), "new.study")
		s, err := store.Create(study)
		if err != nil {
			b.Fatal(err)
		}
		r, err := s.Import(b.Context(), disk(path, size), formats.CSV{}, formats.Mapping{}, nil)
		if err != nil || r.Samples != rows {
			b.Fatalf("%+v %v", r, err)
		}
		s.Close()
		info, _ := os.Stat(study)
		b.ReportMetric(float64(info.Size())/1e6, "MB/study")
		os.Remove(study)
	}
	b.ReportMetric(float64(rows)*float64(b.N)/b.Elapsed().Seconds()/1e6, "Mrows/s")
}

// benchmarkSQLite imports with the sqlite3 command, without the safety that
// a study has.
func benchmarkSQLite(b *testing.B, path string, size int64, rows int) {
	command, err := exec.LookPath("sqlite3")
	if err != nil {
		b.SkipNow() // not installed here
	}
	b.SetBytes(size)
	for b.Loop() {
		db := filepath.Join(b.TempDir(), "new.db")
		out, err := exec.Command(command, db, "PRAGMA journal_mode=OFF", "PRAGMA synchronous=OFF", ".mode csv", ".import "+path+" sample").CombinedOutput()
		if err != nil {
			b.Fatalf("%s: %v", out, err)
		}
		os.Remove(db)
	}
	b.ReportMetric(float64(rows)*float64(b.N)/b.Elapsed().Seconds()/1e6, "Mrows/s")
}

// made is a format that makes rows without reading any.
type made struct{ rows int }

func (made) Name() string              { return "made" }
func (made) Help() string              { return "" }
func (made) Match(string, []byte) bool { return true }

func (m made) Read(ctx context.Context, f formats.File, _ formats.Mapping, to formats.Sink) error {
	rng := rand.New(rand.NewPCG(1, 2))
	to.Context(nil)
	b := to.Table(true)
	hack, reward := b.Column("hack", column.Value), b.Column("reward", column.Value)
	score, flag := b.Column("judge", column.Score), b.Column("judge", column.Flag)
	names := make([]string, items)
	for i := range names {
		names[i] = fmt.Sprintf("item-%03d", i)
	}
	var run int32
	for row := range m.rows {
		if row%perRun == 0 {
			run = to.Run(fmt.Sprint("run ", row/perRun), data.Fields{data.Seed: fmt.Sprint(row / perRun)})
		}
		b.Row(run, 0, float64(row%perRun/items*100))
		b.Item(names[row%items])
		b.Set(hack, float64(rng.IntN(2)))
		b.Set(reward, rng.NormFloat64())
		b.Set(score, rng.Float64())
		b.Set(flag, float64(rng.IntN(2)))
	}
	return nil
}

func BenchmarkLoad(b *testing.B) {
	for _, rows := range []int{1_000_000, 10_000_000} {
		b.Run(fmt.Sprintf("rows=%dM", rows/1_000_000), func(b *testing.B) {
			s, err := store.Create(filepath.Join(b.TempDir(), "made.study"))
			if err != nil {
				b.Fatal(err)
			}
			if _, err := s.Import(b.Context(), file("made", ""), made{rows}, formats.Mapping{}, nil); err != nil {
				b.Fatal(err)
			}
			s.Close()
			for b.Loop() {
				s, err := store.OpenReadOnly(s.Path())
				if err != nil {
					b.Fatal(err)
				}
				c, err := s.Set(b.Context())
				if err != nil {
					b.Fatal(err)
				}
				if all, _ := c.Rows(); all != rows {
					b.Fatalf("%d rows", all)
				}
				s.Close()
			}
		})
	}
}

// spoken is a format that makes samples with texts without reading any.
type spoken struct{ samples, words int }

func (spoken) Name() string              { return "spoken" }
func (spoken) Help() string              { return "" }
func (spoken) Match(string, []byte) bool { return true }

func (s spoken) Read(ctx context.Context, f formats.File, _ formats.Mapping, to formats.Sink) error {
	rng := rand.New(rand.NewPCG(1, 2))
	run, b := to.Run("run", nil), to.Table(true)
	to.Context(nil)
	var text []byte
	for i := range s.samples {
		b.Row(run, 0, 1)
		b.Item(fmt.Sprint(i))
		text = text[:0]
		for range s.words {
			text = fmt.Appendf(text, "word%d ", int(rng.ExpFloat64()*300))
		}
		if err := to.Text(i, "cot", string(text)); err != nil {
			return err
		}
	}
	return nil
}

func BenchmarkTexts(b *testing.B) {
	format := spoken{samples: 50_000, words: 300}
	for b.Loop() {
		s, err := store.Create(filepath.Join(b.TempDir(), "texts.study"))
		if err != nil {
			b.Fatal(err)
		}
		if _, err := s.Import(b.Context(), file("made", ""), format, noMapping, nil); err != nil {
			b.Fatal(err)
		}
		info, _ := os.Stat(s.Path())
		b.ReportMetric(float64(info.Size())/1e6, "MB/study")
		s.Close()
	}
	b.ReportMetric(float64(format.samples*b.N)/b.Elapsed().Seconds()/1e3, "ktexts/s")
}

func BenchmarkSearch(b *testing.B) {
	s, err := store.Create(filepath.Join(b.TempDir(), "texts.study"))
	if err != nil {
		b.Fatal(err)
	}
	defer s.Close()
	if _, err := s.Import(b.Context(), file("made", ""), spoken{samples: 50_000, words: 100}, noMapping, nil); err != nil {
		b.Fatal(err)
	}
	for _, text := range []string{"word7", "word2000", "word7 word8"} {
		b.Run(text, func(b *testing.B) {
			n := 0
			for b.Loop() {
				found, err := s.Search(b.Context(), text)
				if err != nil {
					b.Fatal(err)
				}
				n = len(found[1])
			}
			b.ReportMetric(float64(n), "found")
		})
	}
}

func BenchmarkSmallFiles(b *testing.B) {
	s, err := store.Create(filepath.Join(b.TempDir(), "small.study"))
	if err != nil {
		b.Fatal(err)
	}
	defer s.Close()
	for i := 0; b.Loop(); i++ {
		text := fmt.Sprintf("run r%d condition=neutral seed=%d\ncontext eval=e\nsample r%d 1 q hack=1\nmean r%d 1 loss=%d\n", i, i, i, i, i)
		if _, err := s.Import(b.Context(), file(fmt.Sprint(i, ".txt"), text), lines{}, noMapping, nil); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "files/s")
}
