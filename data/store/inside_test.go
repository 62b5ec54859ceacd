package store

import (
	"bytes"
	"errors"
	"fmt"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/klauspost/compress/zstd"
	"github.com/parquet-go/parquet-go"

	"witnessmark/data"
	"witnessmark/data/column"
)

// Impatient makes changes fail at once where they would wait for others.
func Impatient(s *Store) { s.must(`PRAGMA busy_timeout = 0`) }

// FillDisk leaves room for a few pages only.
func FillDisk(s *Store) { s.must(`PRAGMA max_page_count = 60`) }

// SetClock makes a study keep the times of another clock.
func SetClock(s *Store, now func() time.Time) { s.now = now }

func (s *Store) must(query string) {
	if _, err := s.writer.Exec(query); err != nil {
		panic(err)
	}
}

func TestSpoolGivesBackWhatMemoryDoesNotHold(t *testing.T) {
	t.Setenv("TMPDIR", t.TempDir())
	for _, limit := range []int{1, 300, 1 << 20} {
		s := spool{limit: limit}
		var want []string
		for i := range 50 {
			body := strings.Repeat(fmt.Sprint("thought ", i, " "), i)
			want = append(want, fmt.Sprint(i, " cot ", len(body), " ", body))
			if err := s.add(i, "cot", body); err != nil {
				t.Fatal(err)
			}
		}
		unpack, err := zstd.NewReader(nil)
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		if err := s.each(func(b bodyText) error {
			text, err := unpack.DecodeAll(b.packed, nil)
			got = append(got, fmt.Sprint(b.row, " ", b.part, " ", b.size, " ", string(text)))
			return err
		}); err != nil {
			t.Fatal(err)
		}
		if !slices.Equal(got, want) {
			t.Errorf("limit %d: got %d texts, want %d equal ones", limit, len(got), len(want))
		}
		s.close()
		unpack.Close()
	}
	if left, _ := os.ReadDir(os.TempDir()); len(left) > 0 {
		t.Errorf("%d temporary files were left behind", len(left))
	}
}

func TestSumsOfSamples(t *testing.T) {
	nan := math.NaN()
	b := column.NewBuilder(true)
	hack, score, flag := b.Column("hack", column.Value), b.Column("judge", column.Score), b.Column("judge", column.Flag)
	for i, v := range []struct{ hack, score, flag float64 }{{1, 1e9 + 1, 1}, {0, 1e9 + 3, 254}, {nan, nan, nan}, {1, 7, 1}} {
		b.Row(0, 0, 5)
		b.Set(hack, v.hack)
		b.Set(score, v.score)
		b.Set(flag, v.flag)
		if i == 3 {
			b.Exclude("incoherent")
		}
	}
	table, _ := b.Table()
	var got []string
	_ = sums(table, func(s sum) error {
		got = append(got, fmt.Sprintf("%s %s n=%v k=%v mean=%v sd=%.4f min=%v max=%v missing=%d unknown=%d excluded=%d",
			s.kind, s.name, s.n, s.k, s.mean, s.sd, s.min, s.max, s.missing, s.unknown, s.excluded))
		return nil
	})
	want := []string{
		"metric hack n=2 k=1 mean=0.5 sd=0.7071 min=0 max=1 missing=1 unknown=0 excluded=1",
		"score judge n=2 k=NaN mean=1.000000002e+09 sd=1.4142 min=1.000000001e+09 max=1.000000003e+09 missing=1 unknown=0 excluded=1",
		"flag judge n=1 k=1 mean=1 sd=NaN min=1 max=1 missing=1 unknown=1 excluded=1",
	}
	if !slices.Equal(got, want) {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

func TestLongCurvesAreSummedUpAtTheirEnd(t *testing.T) {
	b := column.NewBuilder(false)
	loss := b.Column("loss", column.Value)
	for step := range maxSums + 1 {
		b.Row(int32(step%2), 0, float64(step))
		b.Set(loss, float64(step)+0.5)
	}
	table, _ := b.Table()
	var last []float64
	_ = sums(table, func(s sum) error {
		last = append(last, s.mean)
		return nil
	})
	if !slices.Equal(last, []float64{maxSums + 0.5, maxSums - 0.5}) {
		t.Errorf("sums %v, want the last step of both runs", last)
	}
}

func TestProblemsAreGroupedAndBounded(t *testing.T) {
	var p problems
	s := &sink{path: "a.csv", problems: p}
	for i := range maxProblems + 500 {
		s.Problem(problem(fmt.Sprint("row ", i)))
	}
	for range 7 {
		s.Problem(problem("row 3"))
	}
	all := s.problems.list()
	if len(all) != maxProblems+1 || all[3].Count != 8 || all[maxProblems].Count != 500 || all[0].File != "a.csv" {
		t.Errorf("%d problems, the fourth %d times, %d more", len(all), all[3].Count, all[len(all)-1].Count)
	}
}

func problem(text string) data.Problem { return data.Problem{Text: text} }

// Expressions of a query have no type; their numbers are text in Parquet.
func TestUntypedExpressionsAreExported(t *testing.T) {
	s, err := Create(filepath.Join(t.TempDir(), "a.study"))
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	tx, err := s.readers.BeginTx(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	defer tx.Rollback()
	sh := exporter{t.Context(), tx, nil}.query("sums", `SELECT 0.5 AS half, 1 + 1 AS two, 'text' AS word, NULL AS absent, x'6162' AS bytes, revision FROM study`)
	var table, packed bytes.Buffer
	if err := errors.Join(sh.writeCSV(&table), sh.writeParquet(&packed)); err != nil {
		t.Fatal(err)
	}
	if want := "half,two,word,absent,bytes,revision\n0.5,2,text,,ab,0\n"; table.String() != want {
		t.Errorf("CSV %q, want %q", table.String(), want)
	}
	type row struct {
		Half     string  `parquet:"half,optional"`
		Two      string  `parquet:"two,optional"`
		Word     string  `parquet:"word,optional"`
		Absent   *string `parquet:"absent,optional"`
		Bytes    string  `parquet:"bytes,optional"`
		Revision int64   `parquet:"revision,optional"`
	}
	got, err := parquet.Read[row](bytes.NewReader(packed.Bytes()), int64(packed.Len()))
	if want := (row{"0.5", "2", "text", nil, "ab", 0}); err != nil || len(got) != 1 || got[0] != want {
		t.Errorf("Parquet %+v %v, want %+v", got, err, want)
	}
}
