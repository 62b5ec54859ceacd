package store_test

import (
	"context"
	"errors"
	"path/filepath"
	"strings"
	"testing"

	"witnessmark/data"
	"witnessmark/data/column"
	"witnessmark/data/formats"
	"witnessmark/data/store"
)

func TestImportReportsWhatItDid(t *testing.T) {
	s := create(t)
	r := add(t, s, "two.txt", two)
	want := store.Report{Import: 1, Runs: 2, NewRuns: 2, Samples: 5, Counts: 1, Summaries: 2, Predictions: 1, Texts: 3}
	problems := r.Problems
	r.Problems, r.Duration = nil, 0
	if r.Import != want.Import || r.Runs != want.Runs || r.NewRuns != want.NewRuns || r.Samples != want.Samples ||
		r.Counts != want.Counts || r.Summaries != want.Summaries || r.Texts != want.Texts || r.Predictions != want.Predictions {
		t.Errorf("got  %+v\nwant %+v", r, want)
	}
	if len(problems) != 1 || problems[0].Count != 2 || problems[0].File != "two.txt" {
		t.Errorf("problems %+v, want one of two lines", problems)
	}
}

func TestSetHasWhatWasImported(t *testing.T) {
	s := create(t)
	add(t, s, "two.txt", two)
	c := set(t, s)
	if len(c.Runs) != 2 || c.Runs[1].Fields["lr"] != "1e-4" || c.Runs[1].Name != "ino-01" {
		t.Fatalf("runs %+v", c.Runs)
	}
	if len(c.Tables) != 2 || !c.Tables[0].Attempts || c.Tables[1].Attempts {
		t.Fatalf("%d tables", len(c.Tables))
	}
	samples := c.Tables[0]
	flag := samples.Col(column.ID{Name: "judge", Kind: column.Flag})
	if got := c.Contexts[samples.Cells[0].Context].Fields[data.Grader]; got != "tests" {
		t.Errorf("grader %q", got)
	}
	if !flag.IsUnknown(2) || flag.At(0) != 1 || samples.ReasonAt(4) != "incoherent" || samples.ItemAt(1) != "q2" {
		t.Errorf("samples came back as %+v", samples)
	}
	if c.Metrics["hack"].Better != -1 || c.Monitors["judge"].Threshold != 0.5 || len(c.Predictions) != 1 {
		t.Errorf("metrics %v, monitors %v, predictions %v", c.Metrics, c.Monitors, c.Predictions)
	}
}

func TestReopenedStudyIsTheSame(t *testing.T) {
	s := create(t)
	add(t, s, "two.txt", two)
	before := dump(set(t, s))
	s.Close()
	for _, open := range []func(string) (*store.Store, error){store.Open, store.OpenReadOnly} {
		again, err := open(s.Path())
		if err != nil {
			t.Fatal(err)
		}
		if after := dump(set(t, again)); after != before {
			t.Errorf("got\n%s\nwant\n%s", after, before)
		}
		again.Close()
	}
}

func TestSameBytesChangeNothing(t *testing.T) {
	s := create(t)
	add(t, s, "two.txt", two)
	revision := set(t, s).Revision
	for _, path := range []string{"two.txt", "copy of two.txt"} {
		if r := add(t, s, path, two); !r.Already {
			t.Errorf("%s: %+v, want already imported", path, r)
		}
	}
	if now := set(t, s); now.Revision != revision || len(now.Tables) != 2 {
		t.Errorf("revision %d with %d tables, want %d with 2", now.Revision, len(now.Tables), revision)
	}
}

func TestSameBytesForAnotherSeedAreAnotherResult(t *testing.T) {
	s := create(t)
	read := func(path, seed string) store.Report {
		r, err := s.Import(t.Context(), file(path, "mean r 1 hack=0\n"), seeded{seed}, formats.Mapping{}, nil)
		if err != nil {
			t.Fatal(err)
		}
		return r
	}
	read("seed_1/metrics.json", "1")
	if r := read("seed_2/metrics.json", "2"); r.Already || r.NewRuns != 1 {
		t.Errorf("%+v: the result of seed 2 was taken for a copy of seed 1", r)
	}
}

// seeded reads lines of one run whose seed stands in the path.
type seeded struct{ seed string }

func (seeded) Name() string              { return "seeded" }
func (seeded) Help() string              { return "" }
func (seeded) Match(string, []byte) bool { return true }
func (s seeded) Read(ctx context.Context, f formats.File, m formats.Mapping, to formats.Sink) error {
	to.Context(nil)
	b := to.Table(false)
	b.Row(to.Run("run "+s.seed, data.Fields{data.Seed: s.seed, data.Source: f.Path}), 0, 1)
	b.Set(b.Column("hack", column.Value), 0)
	return nil
}

func TestNewBytesReplaceTheOldState(t *testing.T) {
	s := create(t)
	add(t, s, "run.txt", "run a condition=x\nrun gone\nmean a 1 loss=1\nmean gone 1 loss=1\n")
	add(t, s, "other.txt", "run b\nmean b 1 loss=5\n")
	r := add(t, s, "run.txt", "run a condition=x\nmean a 1 loss=1\nmean a 2 loss=0.5\n")
	if !r.Renewed || r.NewRuns != 0 {
		t.Errorf("%+v, want a renewed import of a known run", r)
	}
	c := set(t, s)
	if len(c.Tables) != 2 || len(c.Runs) != 2 {
		t.Errorf("%d tables and %d runs, want 2 and 2", len(c.Tables), len(c.Runs))
	}
	if all, _ := c.Rows(); all != 3 {
		t.Errorf("%d rows, want 3", all)
	}
}

func TestSameIdentityReplacesAMovedFile(t *testing.T) {
	s := create(t)
	add(t, s, "old/log.txt", "identity eval-7\nrun a\nmean a 1 loss=1\n")
	if r := add(t, s, "new/log.txt", "identity eval-7\nrun a\nmean a 1 loss=2\n"); !r.Renewed {
		t.Errorf("%+v: an edited log that was moved is a new state of it", r)
	}
	if c := set(t, s); len(c.Tables) != 1 || c.Tables[0].Columns[0].At(0) != 2 {
		t.Errorf("the old state is still there")
	}
}

func TestChangedMappingReadsTheFileAgain(t *testing.T) {
	s := create(t)
	add(t, s, "two.txt", two)
	r, err := s.Import(t.Context(), file("two.txt", two), lines{}, formats.Mapping{Template: "{seed}"}, nil)
	if err != nil || r.Already || !r.Renewed {
		t.Errorf("%+v, %v: want the file to be read again", r, err)
	}
	if c := set(t, s); len(c.Tables) != 2 {
		t.Errorf("%d tables, want 2", len(c.Tables))
	}
}

func TestRepeatedStepsAreCounted(t *testing.T) {
	s := create(t)
	r := add(t, s, "resumed.txt", "run a\nmean a 1 loss=1\nmean a 2 loss=2\nmean a 2 loss=3\n")
	if r.Replaced != 1 || r.Summaries != 2 {
		t.Errorf("%+v, want one replaced step", r)
	}
	if len(r.Problems) != 1 || !strings.Contains(r.Problems[0].Text, "repeated step") {
		t.Errorf("problems %+v", r.Problems)
	}
}

func TestCanceledImportLeavesNothing(t *testing.T) {
	s := create(t)
	add(t, s, "a.txt", "run a\nmean a 1 loss=1\n")
	before := dump(set(t, s))
	ctx, cancel := context.WithCancel(t.Context())
	_, err := s.Import(ctx, file("b.txt", "run b\nmean b 1 loss=1\nstop\nmean b 2 loss=2\n"), lines{stop: cancel}, formats.Mapping{}, nil)
	if !errors.Is(err, context.Canceled) {
		t.Errorf("error %v, want canceled", err)
	}
	if after := dump(set(t, s)); after != before {
		t.Errorf("the study changed:\n%s", after)
	}
}

func TestFailedReadLeavesNothing(t *testing.T) {
	s := create(t)
	_, err := s.Import(t.Context(), file("b.txt", "run b\nmean b 1 loss=1\nfail\n"), lines{}, formats.Mapping{}, nil)
	if err == nil || !strings.Contains(err.Error(), "b.txt: the file is cut off") {
		t.Errorf("error %v", err)
	}
	if c := set(t, s); len(c.Runs) != 0 || c.Revision != 0 {
		t.Errorf("%d runs at revision %d", len(c.Runs), c.Revision)
	}
}

func TestDryRunReportsAndTakesBack(t *testing.T) {
	s := create(t)
	r, err := s.DryRun(t.Context(), file("two.txt", two), lines{}, formats.Mapping{}, nil)
	if err != nil || r.NewRuns != 2 || r.Samples != 5 || r.Import != 0 {
		t.Errorf("%+v, %v", r, err)
	}
	if c := set(t, s); len(c.Runs) != 0 || c.Revision != 0 {
		t.Errorf("%d runs at revision %d after a dry run", len(c.Runs), c.Revision)
	}
}

func TestProgressIsSparse(t *testing.T) {
	s := create(t)
	calls, wrote := 0, false
	text := "run a\n" + strings.Repeat("mean a 1 loss=1\n", 50_000)
	_, err := s.Import(t.Context(), file("a.txt", text), lines{}, formats.Mapping{}, func(p store.Progress) {
		calls++
		wrote = wrote || p.Writing
		if p.Total != int64(len(text)) || p.Done > p.Total || p.Path != "a.txt" {
			t.Errorf("progress %+v", p)
		}
	})
	if err != nil || !wrote || calls > 100 {
		t.Errorf("%d calls for 50 000 lines, writing said: %v, %v", calls, wrote, err)
	}
}

func TestForgetTakesAnImportBack(t *testing.T) {
	s := create(t)
	add(t, s, "a.txt", "run a condition=x\nmean a 1 loss=1\n")
	before := dump(set(t, s))
	r := add(t, s, "two.txt", two)
	if err := s.Forget(t.Context(), r.Import); err != nil {
		t.Fatal(err)
	}
	if after := dump(set(t, s)); after != before {
		t.Errorf("got\n%s\nwant\n%s", after, before)
	}
	if parts, err := s.Sample(t.Context(), r.Import, 0); err != nil || len(parts) != 0 {
		t.Errorf("texts %v are still there (%v)", parts, err)
	}
	if found, err := s.Search(t.Context(), "tests"); err != nil || len(found) != 0 {
		t.Errorf("search still finds %v (%v)", found, err)
	}
	if err := s.Forget(t.Context(), r.Import); !store.IsKind(err, store.Missing) {
		t.Errorf("forgetting twice: %v", err)
	}
}

func TestFieldsOfARunComeFromAllItsFiles(t *testing.T) {
	s := create(t)
	add(t, s, "config.txt", "run a lr=1 source=config.txt\n")
	r := add(t, s, "curve.txt", "run a lr=2 seed=7 source=curve.txt\nmean a 1 loss=1\n")
	f := set(t, s).Runs[0].Fields
	if f["lr"] != "2" || f["seed"] != "7" || f["source"] != "config.txt" {
		t.Errorf("fields %v", f)
	}
	if len(r.Problems) != 1 || !strings.Contains(r.Problems[0].Text, "lr of a run") {
		t.Errorf("problems %+v, want the other learning rate", r.Problems)
	}
	if err := s.Forget(t.Context(), r.Import); err != nil {
		t.Fatal(err)
	}
	if f := set(t, s).Runs[0].Fields; f["lr"] != "1" || f["seed"] != "" {
		t.Errorf("fields %v after the second file was forgotten", f)
	}
}

func TestNewImportLoadsOnlyItself(t *testing.T) {
	s := create(t)
	add(t, s, "a.txt", "run a\nmean a 1 loss=1\n")
	first := set(t, s)
	add(t, s, "b.txt", "run b\nmean b 1 loss=1\n")
	second := set(t, s)
	if &first.Tables[0].Columns[0] != &second.Tables[0].Columns[0] {
		t.Error("the first table was loaded again")
	}
	if len(first.Tables) != 1 {
		t.Error("a set changed after it was handed out")
	}
	if third := set(t, s); third != second {
		t.Error("a set was made anew without a change")
	}
}

func TestChangesByAnotherProgramAreSeen(t *testing.T) {
	s := create(t)
	set(t, s)
	other, err := store.Open(s.Path())
	if err != nil {
		t.Fatal(err)
	}
	defer other.Close()
	add(t, other, "a.txt", "run a\nmean a 1 loss=1\n")
	if c := set(t, s); len(c.Runs) != 1 {
		t.Errorf("%d runs, want the other program's", len(c.Runs))
	}
}

func TestForgetLeavesOnlyWhatPeopleSaid(t *testing.T) {
	s := create(t)
	r := add(t, s, "two.txt", two+"run c condition=other train_prompt=Hack!\n")
	ok(t, s.Forget(t.Context(), r.Import))
	db := raw(t, s.Path())
	for _, table := range []string{
		"import", "run", "import_run", "context", "import_context", "condition", "prompt", "checkpoint", "metric", "monitor", "segment", "segment_column",
		"rollup", "sample_text", "sample_search_docsize", "prediction", "problem", "alias", "monitor_use",
	} {
		var n int
		if err := db.QueryRow("SELECT count(*) FROM " + table).Scan(&n); err != nil || n != 0 {
			t.Errorf("%d rows are left in %s (%v)", n, table, err)
		}
	}
	if st := get[[]store.Style](t)(s.Styles(t.Context(), data.Condition)); len(st) != 3 {
		t.Errorf("%d styles, want those of the three conditions", len(st))
	}
}

func TestProblemsOfOtherFilesNameThem(t *testing.T) {
	s := create(t)
	r, err := s.Import(t.Context(), file("folder/run.txt", "x"), besides{}, noMapping, nil)
	ok(t, err)
	if p := get[[]store.Trouble](t)(s.Problems(t.Context(), r.Import)); len(p) != 1 || p[0].Place != "folder/config.json line 3" {
		t.Errorf("%+v", p)
	}
}

// besides is a format that looks at another file too, and refers to a run
// that it never declared when told so.
type besides struct{ lines }

func (besides) Read(ctx context.Context, f formats.File, m formats.Mapping, to formats.Sink) error {
	to.Problem(data.Problem{File: "folder/config.json", Place: "line 3", Text: "no number"})
	return nil
}

func TestUndeclaredRunIsAnErrorOfTheFormat(t *testing.T) {
	s := create(t)
	_, err := s.Import(t.Context(), file("a.txt", "x"), astray{}, noMapping, nil)
	if err == nil || !strings.Contains(err.Error(), "the format lines refers to a run or context that it never declared") {
		t.Errorf("%v", err)
	}
}

type astray struct{ lines }

func (astray) Read(ctx context.Context, f formats.File, m formats.Mapping, to formats.Sink) error {
	to.Table(true).Row(7, 0, 1)
	return nil
}

func TestFilesThatCannotBeReadSaySo(t *testing.T) {
	s := create(t)
	gone := disk(filepath.Join(t.TempDir(), "gone.csv"), 10)
	if _, err := s.Import(t.Context(), gone, lines{}, noMapping, nil); !store.IsKind(err, store.Missing) || !strings.Contains(err.Error(), "gone.csv: the file is not there") {
		t.Errorf("%v", err)
	}
}

func TestFileThatGrowsWhileReadIsReported(t *testing.T) {
	s := create(t)
	f := file("growing.txt", "run a\nmean a 1 loss=1\n")
	f.Size -= 5
	r, err := s.Import(t.Context(), f, lines{}, noMapping, nil)
	if err != nil || len(r.Problems) != 1 || !strings.Contains(r.Problems[0].Text, "changed while it was imported") {
		t.Errorf("%+v %v", r.Problems, err)
	}
}

func TestRunsWithoutAnyNameGetOne(t *testing.T) {
	s := create(t)
	_, err := s.Import(t.Context(), file("a.txt", "x"), nameless{}, noMapping, nil)
	ok(t, err)
	if n := set(t, s).Runs[0].Name; n != "run" {
		t.Errorf("name %q", n)
	}
}

type nameless struct{ lines }

func (nameless) Read(ctx context.Context, f formats.File, m formats.Mapping, to formats.Sink) error {
	to.Run("", nil)
	return nil
}
