package store_test

import (
	"fmt"
	"strings"
	"sync"
	"testing"

	"witnessmark/data/query"
)

// TestAskingGoesOnWhileFilesAreImported does at once what a window does:
// imports, questions, searches and small changes.
func TestAskingGoesOnWhileFilesAreImported(t *testing.T) {
	s := create(t)
	add(t, s, "two.txt", two)
	q := query.Query{By: []string{"condition"}, Measures: []string{"hack"}}
	var work sync.WaitGroup
	done := make(chan struct{})
	for range 2 {
		work.Go(func() {
			for {
				f, err := s.Ask(t.Context(), q)
				if err != nil || f.Len() < 2 {
					t.Errorf("%d rows, %v", f.Len(), err)
				}
				if found, err := s.Search(t.Context(), "tests"); err != nil || len(found) == 0 {
					t.Errorf("search: %v %v", found, err)
				}
				select {
				case <-done:
					return
				default:
				}
			}
		})
	}
	for i := range 5 {
		var b strings.Builder
		fmt.Fprintf(&b, "run r%d condition=neutral seed=%d\n", i, i)
		for j := range 100 {
			fmt.Fprintf(&b, "sample r%d 1 q%d hack=%d\ntext cot the tests number %d\n", i, j, j%2, j)
		}
		add(t, s, fmt.Sprint(i, ".txt"), b.String())
		ok(t, s.RenameRun(t.Context(), set(t, s).Runs[0].ID, fmt.Sprint("name ", i)))
	}
	close(done)
	work.Wait()
	if c := set(t, s); len(c.Tables) != 7 || c.Revision != 11 {
		t.Errorf("%d tables at revision %d", len(c.Tables), c.Revision)
	}
}

func TestAskAnswersAboutTheStudyAsItIs(t *testing.T) {
	s := create(t)
	add(t, s, "two.txt", two)
	q := query.Query{By: []string{"condition"}, Measures: []string{"hack"}}
	f, err := s.Ask(t.Context(), q)
	ok(t, err)
	if f.Len() != 2 {
		t.Fatalf("%d rows", f.Len())
	}
	ok(t, s.SetAside(t.Context(), []int64{1}, true))
	f, err = s.Ask(t.Context(), q)
	ok(t, err)
	if f.Len() != 1 || f.Key(0, "condition") != "inoculation" {
		t.Errorf("a run that is set aside is still answered for: %+v", f.Keys)
	}
}
