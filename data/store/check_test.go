package store_test

import (
	"strings"
	"testing"

	"witnessmark/data"
	"witnessmark/data/store"
)

// TestCheckFindsDamage changes a study behind the program's back.
func TestCheckFindsDamage(t *testing.T) {
	for name, c := range map[string]struct{ change, finds string }{
		"whole":      {`SELECT 1`, ""},
		"column":     {`UPDATE segment_column SET body = cast(substr(body, 1, length(body) - 1) || x'00' AS BLOB) WHERE name = 'reward'`, "checksum"},
		"cut off":    {`DELETE FROM segment_column WHERE name = 'reward'; UPDATE segment SET rows = rows + 100000`, "cut off"},
		"rows":       {`UPDATE segment SET rows = rows + 1`, "damaged"},
		"sums":       {`UPDATE rollup SET mean = mean + 0.1 WHERE name = 'reward'`, "sums of import 1 are not those of its numbers"},
		"sums gone":  {`DELETE FROM rollup WHERE name = 'reward'`, "sums of import 1"},
		"text":       {`UPDATE sample_text SET body = x'00ff' WHERE ordinal = 0`, "1 of 2 texts cannot be read"},
		"search":     {`DELETE FROM sample_search WHERE rowid = 1`, "1 of 2 texts can be found"},
		"reference":  {`PRAGMA foreign_keys = 0; DELETE FROM run WHERE id = 1`, "refers to a run that is not there"},
		"figure":     {`UPDATE figure SET shown = x'00ff'`, "figure 1 of Thursday cannot be read"},
		"prediction": {`DROP TRIGGER prediction_locked; UPDATE prediction SET p = 0.9`, "changed after it was locked"},
	} {
		t.Run(name, func(t *testing.T) {
			s := create(t)
			add(t, s, "a.txt", "run r\nsample r 1 a hack=1 reward=0.25\ntext cot one\nsample r 1 b hack=0 reward=0.5\ntext cot two\n")
			ids, err := s.AddPredictions(t.Context(), []data.Prediction{{Model: "m", Quantity: "rate", P: 0.5}})
			ok(t, err)
			ok(t, s.Lock(t.Context(), ids, "me"))
			board := get[int64](t)(s.AddBoard(t.Context(), store.Board{Name: "Thursday"}))
			get[int64](t)(s.AddFigure(t.Context(), store.Figure{Board: board, Recipe: "dots", State: []byte(`{}`)}, -1, []byte(`{}`)))
			if _, err := raw(t, s.Path()).Exec(c.change); err != nil {
				t.Fatal(err)
			}
			found, err := s.Check(t.Context())
			ok(t, err)
			var lines []string
			for _, f := range found {
				lines = append(lines, f.Where+": "+f.Text)
			}
			if got := strings.Join(lines, "\n"); c.finds == "" && got != "" || !strings.Contains(got, c.finds) {
				t.Errorf("found %q, want … %s …", got, c.finds)
			}
		})
	}
}

func TestDamagedNumbersAreAnErrorNotACrash(t *testing.T) {
	s := create(t)
	add(t, s, "two.txt", two)
	if _, err := raw(t, s.Path()).Exec(`UPDATE segment_column SET body = x'0102030405' WHERE kind = 'cell run'`); err != nil {
		t.Fatal(err)
	}
	if _, err := s.Set(t.Context()); !store.IsKind(err, store.Corrupt) || !strings.Contains(err.Error(), "forget that import and import its file again") {
		t.Errorf("%v", err)
	}
	ok(t, s.Forget(t.Context(), 1))
	if _, err := s.Set(t.Context()); err != nil {
		t.Errorf("after forgetting it: %v", err)
	}
}
