package oversight_test

import (
	"context"
	"path/filepath"
	"sync"
	"testing"

	"witnessmark/data/formats"
	"witnessmark/data/frame"
	"witnessmark/data/oversight"
	"witnessmark/data/store"
)

// Verdicts of a chain-of-thought monitor, imported from the files in which
// they were published; the counts are another program's.
func TestRealVerdictsGiveTheKnownCounts(t *testing.T) {
	folder := filepath.Join(realData(t, "science/agatha-duzan__cot-monitor-stress-test"), "cot_rerun_results", "monitor")
	s, err := store.Create(filepath.Join(t.TempDir(), "verdicts.study"))
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	ctx := context.Background()
	files, problems := formats.Walk([]string{folder})
	if len(files) < 100 || len(problems) > 0 {
		t.Fatalf("%d files, problems %v", len(files), problems)
	}
	for _, f := range files {
		format, err := formats.Detect(f)
		if err != nil {
			continue // a summary that is no table of samples
		}
		if _, err := s.Import(ctx, f, format, formats.Mapping{}, nil); err != nil {
			t.Fatal(err)
		}
	}
	index, err := s.Index(ctx)
	if err != nil {
		t.Fatal(err)
	}
	study := oversight.Study{Index: index}
	names := study.Names()
	if len(names) != 1 {
		t.Fatalf("monitors %v, want one", names)
	}
	f := oversight.Table(oversight.Everywhere, board(t, study, oversight.Question{Monitor: names[0], By: []string{"domain"}}).Read())
	if f.Len() != 5 {
		t.Errorf("%d rows, want 5", f.Len())
	}
	for domain, k := range map[string][2]float64{"creative": {134, 740}, "essay_grading": {196, 440}, "hiring": {81, 820}, "legal": {3, 200}, "medical": {58, 460}} {
		row := find(t, f, "domain", domain)
		want(t, f, oversight.FlaggedColumn, row, k[0], 0)
		want(t, f, frame.N, row, k[1], 0)
		want(t, f, "flag_rate", row, k[0]/k[1], 1e-12)
	}
}

// A Board is read by many at once.
func TestReadingsShareABoard(t *testing.T) {
	b := board(t, simulated(), told)
	var done sync.WaitGroup
	flagged := make([]float64, 4)
	for i := range flagged {
		done.Add(1)
		go func() {
			defer done.Done()
			r := b.Read()
			if err := r.Move(oversight.Settings{Threshold: oversight.FrozenAt(20), Budget: 0.05}); err != nil {
				t.Error(err)
			}
			f := oversight.Table(oversight.Everywhere, r)
			flagged[i], _, _ = f.Num(oversight.FlaggedColumn, 0)
			oversight.ROC(oversight.Everywhere, r)
		}()
	}
	done.Wait()
	for _, v := range flagged {
		if v != flagged[0] || v == 0 {
			t.Errorf("flagged %v", flagged)
		}
	}
}
