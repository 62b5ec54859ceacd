package store_test

import (
	"database/sql"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"witnessmark/data/store"
)

func TestNewStudyIsOneMarkedFile(t *testing.T) {
	dir := t.TempDir()
	s, err := store.Create(filepath.Join(dir, "inoculation"))
	if err != nil {
		t.Fatal(err)
	}
	s.Close()
	entries, _ := os.ReadDir(dir)
	if got := strings.Join(names(entries), " "); got != "inoculation.study" {
		t.Errorf("files %q, want inoculation.study alone", got)
	}
	db := raw(t, s.Path())
	for pragma, want := range map[string]string{
		"application_id": "1465142603", "user_version": "3", "page_size": "16384", "journal_mode": "delete",
	} {
		var got string
		if err := db.QueryRow("PRAGMA " + pragma).Scan(&got); err != nil || got != want {
			t.Errorf("%s is %s, want %s (%v)", pragma, got, want, err)
		}
	}
}

// raw opens the file as any SQLite program would.
func raw(t *testing.T, path string) *sql.DB {
	t.Helper()
	db, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { db.Close() })
	return db
}

func TestNamesWithSpecialSignsWork(t *testing.T) {
	for _, name := range []string{"100% hacks?", "a#b&c=d", "Größe +1", "x;y"} {
		s, err := store.Create(filepath.Join(t.TempDir(), name+".study"))
		if err != nil {
			t.Errorf("%s: %v", name, err)
			continue
		}
		if _, err := os.Stat(s.Path()); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		s.Close()
	}
}

// TestErrorsSayWhatToDo lists what can stand in the way of opening a study.
func TestErrorsSayWhatToDo(t *testing.T) {
	whole := create(t)
	whole.Close()
	body, err := os.ReadFile(whole.Path())
	if err != nil {
		t.Fatal(err)
	}
	dir := t.TempDir()
	put := func(name string, body []byte) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, body, 0o644); err != nil {
			t.Fatal(err)
		}
		return path
	}
	newer := put("newer.study", body)
	if _, err := raw(t, newer).Exec("PRAGMA user_version = 99"); err != nil {
		t.Fatal(err)
	}
	foreign := filepath.Join(dir, "mlflow.db")
	if _, err := raw(t, foreign).Exec("PRAGMA journal_mode = WAL; CREATE TABLE runs (x)"); err != nil {
		t.Fatal(err)
	}
	torn := put("torn.study", append(append([]byte{}, body[:200]...), make([]byte, len(body)-200)...))
	for _, c := range []struct {
		path string
		kind store.Kind
		says string
	}{
		{filepath.Join(dir, "none.study"), store.Missing, "no such study"},
		{dir, store.NotStudy, "not a Witnessmark study"},
		{put("empty.study", nil), store.NotStudy, "not a Witnessmark study"},
		{put("notes.study", []byte("these are my notes, and quite long ones at that, longer than any header")), store.NotStudy, "not a Witnessmark study"},
		{foreign, store.NotStudy, "not a Witnessmark study"},
		{newer, store.Newer, "later version of the program (file version 99, this program knows 3)"},
		{torn, store.Corrupt, "damaged"},
	} {
		for name, open := range map[string]func(string) (*store.Store, error){"Open": store.Open, "OpenReadOnly": store.OpenReadOnly} {
			s, err := open(c.path)
			if err == nil {
				s.Close()
			}
			if !store.IsKind(err, c.kind) || !strings.Contains(err.Error(), c.says) || !strings.Contains(err.Error(), filepath.Base(c.path)) {
				t.Errorf("%s(%s): %v, want %s: … %s …", name, filepath.Base(c.path), err, c.kind, c.says)
			}
		}
	}
	var mode string
	if err := raw(t, foreign).QueryRow("PRAGMA journal_mode").Scan(&mode); err != nil || mode != "wal" {
		t.Errorf("a foreign database was changed: journal mode %s", mode)
	}
}

func TestCreateKeepsWhatIsThere(t *testing.T) {
	path := filepath.Join(t.TempDir(), "a.study")
	if err := os.WriteFile(path, []byte("mine"), 0o644); err != nil {
		t.Fatal(err)
	}
	if _, err := store.Create(path); !store.IsKind(err, store.Exists) {
		t.Errorf("%v, want exists", err)
	}
	if body, _ := os.ReadFile(path); string(body) != "mine" {
		t.Error("the file was overwritten")
	}
	if _, err := store.Create(filepath.Join(t.TempDir(), "no", "such", "folder.study")); !store.IsKind(err, store.Missing) {
		t.Errorf("%v, want missing", err)
	}
}

func TestReadOnlyStudyRefusesChanges(t *testing.T) {
	s := create(t)
	add(t, s, "two.txt", two)
	s.Close()
	r, err := store.OpenReadOnly(s.Path())
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	if err := r.RenameRun(t.Context(), 1, "x"); !store.IsKind(err, store.ReadOnly) || !strings.Contains(err.Error(), "open it for writing") {
		t.Errorf("%v", err)
	}
	if !r.ReadOnly() || r.Path() != s.Path() {
		t.Error("the study does not know how it was opened")
	}
}

func TestDeletedStudySaysSo(t *testing.T) {
	if runtime.GOOS == "windows" {
		t.Skip("an open file cannot be deleted there")
	}
	s := create(t)
	add(t, s, "two.txt", two)
	ok(t, os.Remove(s.Path()))
	if err := s.RenameRun(t.Context(), 1, "x"); !store.IsKind(err, store.Missing) || !strings.Contains(err.Error(), "moved or deleted") {
		t.Errorf("%v", err)
	}
}

func TestLockedStudySaysSo(t *testing.T) {
	s := create(t)
	other := raw(t, s.Path())
	tx, err := other.BeginTx(t.Context(), nil)
	if err != nil {
		t.Fatal(err)
	}
	defer tx.Rollback()
	if _, err := tx.Exec("UPDATE study SET name = 'mine'"); err != nil {
		t.Fatal(err)
	}
	store.Impatient(s)
	if err := s.SetAbout(t.Context(), store.About{Name: "yours"}); !store.IsKind(err, store.Locked) || !strings.Contains(err.Error(), "by another program") {
		t.Errorf("%v", err)
	}
}

func TestFullDiskLeavesTheStudyAsItWas(t *testing.T) {
	s := create(t)
	add(t, s, "two.txt", two)
	before := dump(set(t, s))
	store.FillDisk(s)
	text := "run big\n" + strings.Repeat("sample big 1 q hack=0.12345\ntext cot "+strings.Repeat("unlike ", 50)+"\n", 5000)
	_, err := s.Import(t.Context(), file("big.txt", text), lines{}, noMapping, nil)
	if !store.IsKind(err, store.Full) || !strings.Contains(err.Error(), "no room left on the disk; nothing was changed") {
		t.Errorf("%v", err)
	}
	if after := dump(set(t, s)); after != before {
		t.Error("the study changed")
	}
	if found, err := s.Check(t.Context()); err != nil || len(found) > 0 {
		t.Errorf("%v %v", found, err)
	}
}

// TestFirstVersionOpens keeps the first version of the file readable for
// ever: its schema is made as it was, filled, and brought up to date.
func TestFirstVersionOpens(t *testing.T) {
	path := filepath.Join(t.TempDir(), "old.study")
	db := raw(t, path)
	body, err := os.ReadFile("schema/0001_study.sql")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := db.Exec(string(body) + `; PRAGMA application_id = 1465142603; PRAGMA user_version = 1;
		UPDATE study SET name = 'an old study', revision = 3;
		INSERT INTO run (key, name, fields) VALUES ('r', 'neu-01', '{"condition":"neutral","seed":"1"}');
		INSERT INTO saved_view VALUES ('main', '{"view":"runs"}', '2026-11-21T00:00:00Z')`); err != nil {
		t.Fatal(err)
	}
	db.Close()
	if _, err := store.OpenReadOnly(path); !store.IsKind(err, store.ReadOnly) || !strings.Contains(err.Error(), "open it once in the window") {
		t.Errorf("read only: %v, want the way out", err)
	}
	s, err := store.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer s.Close()
	about, err := s.About(t.Context())
	if c := set(t, s); err != nil || about.Name != "an old study" || c.Revision != 3 || c.Runs[0].Fields["seed"] != "1" {
		t.Errorf("%+v %+v %v", about, c.Runs, err)
	}
	if views, err := s.SavedViews(t.Context()); err != nil || len(views) != 1 || string(views[0].State) != `{"view":"runs"}` {
		t.Errorf("%+v %v", views, err)
	}
	if boards, err := s.Boards(t.Context()); err != nil || len(boards) != 0 {
		t.Errorf("the boards of version 2: %+v %v", boards, err)
	}
	if _, err := s.AddBoard(t.Context(), store.Board{Name: "Thursday"}); err != nil {
		t.Error(err)
	}
}

func names(entries []os.DirEntry) (out []string) {
	for _, e := range entries {
		out = append(out, e.Name())
	}
	return out
}
