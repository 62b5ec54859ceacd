package store

// Impatient makes changes fail at once where they would wait for others.
func Impatient(s *Store) { s.must(`PRAGMA busy_timeout = 0`) }

// FillDisk leaves room for a few pages only.
func FillDisk(s *Store) { s.must(`PRAGMA max_page_count = 60`) }

func (s *Store) must(query string) {
	if _, err := s.writer.Exec(query); err != nil {
		panic(err)
	}
}
