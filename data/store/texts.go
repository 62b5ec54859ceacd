package store

import (
	"context"
	"database/sql"
	"slices"
	"strings"

	"github.com/klauspost/compress/zstd"
)

// A Part is one text of a sample: its prompt, chain of thought, action …
type Part struct{ Name, Text string }

// writeTexts keeps the texts and makes them searchable. A text that a later
// one of the same sample and part replaces is taken out again.
func (b *batch) writeTexts() error {
	if b.sink.texts.n == 0 {
		return nil
	}
	var last int64
	if err := b.get(&last, `SELECT coalesce(max(seq), 0) FROM sqlite_sequence WHERE name = 'sample_text'`); err != nil {
		return err
	}
	first := last + 1
	texts := b.into("sample_text (id, import_id, ordinal, part, bytes, body)", 6)
	if err := b.sink.texts.each(func(t bodyText) error {
		last++
		return texts.add(last, b.id, t.row, t.part, t.size, t.packed)
	}); err != nil {
		return err
	}
	if err := texts.flush(); err != nil {
		return err
	}
	if err := b.indexTexts(first); err != nil {
		return err
	}
	return b.exec(`DELETE FROM sample_search WHERE rowid BETWEEN ? AND ? AND rowid NOT IN (SELECT id FROM sample_text WHERE import_id = ?)`, first, last, b.id)
}

// indexTexts makes the texts searchable that were kept under ids from next
// on. The index is filled by itself and one row a statement: before any
// statement of many rows it writes out what it holds, in case that has to be
// taken back, and merging those pieces takes longer than all the rest.
func (b *batch) indexTexts(next int64) error {
	unpack, err := zstd.NewReader(nil, zstd.WithDecoderConcurrency(1))
	if err != nil {
		return err
	}
	defer unpack.Close()
	return b.sink.texts.each(func(t bodyText) error {
		text, err := unpack.DecodeAll(t.packed, nil)
		if err != nil {
			return err
		}
		err = b.exec(`INSERT INTO sample_search (rowid, body) VALUES (?, ?)`, next, string(text))
		next++
		return err
	})
}

// Sample returns the texts of a sample, by the import's id and the sample's
// position in its source (column.Table.OrdinalAt), in the order in which the
// source has them. There are none where the source had no texts.
func (s *Store) Sample(ctx context.Context, importID int64, ordinal int) ([]Part, error) {
	unpack, err := zstd.NewReader(nil, zstd.WithDecoderConcurrency(1))
	if err != nil {
		return nil, err
	}
	defer unpack.Close()
	var parts []Part
	err = s.rows(ctx, func(r *sql.Rows) error {
		var name string
		var packed sql.RawBytes
		if err := r.Scan(&name, &packed); err != nil {
			return err
		}
		text, err := unpack.DecodeAll(packed, nil)
		if err != nil {
			return &Error{Kind: Corrupt, Path: s.path, Text: "a text of a sample is damaged; the rest can still be read", Err: err}
		}
		parts = append(parts, Part{name, string(text)})
		return nil
	}, `SELECT part, body FROM sample_text WHERE import_id = ? AND ordinal = ? ORDER BY id`, importID, ordinal)
	return parts, err
}

// Search finds the samples with a text that has all the words of each
// phrase: ordinals in ascending order, by the import's id. Words match
// whole, whatever their case and accents; a last word ending in * matches
// its beginning. An empty search finds nothing.
func (s *Store) Search(ctx context.Context, text string) (map[int64][]int32, error) {
	found := map[int64][]int32{}
	phrase := asPhrase(text)
	if phrase == "" {
		return found, nil
	}
	err := s.rows(ctx, func(r *sql.Rows) error {
		var id int64
		var ordinal int32
		if err := r.Scan(&id, &ordinal); err != nil {
			return err
		}
		found[id] = append(found[id], ordinal)
		return nil
	}, `SELECT t.import_id, t.ordinal FROM sample_search f CROSS JOIN sample_text t ON t.id = f.rowid WHERE sample_search MATCH ?`, phrase)
	for id := range found {
		slices.Sort(found[id])
		found[id] = slices.Compact(found[id]) // several texts of one sample
	}
	return found, err
}

// asPhrase quotes what was typed, since the index has a language of its own.
func asPhrase(text string) string {
	text = strings.TrimSpace(text)
	text, prefix := strings.CutSuffix(text, "*")
	if strings.TrimSpace(text) == "" {
		return ""
	}
	phrase := `"` + strings.ReplaceAll(text, `"`, `""`) + `"`
	if prefix {
		phrase += " *"
	}
	return phrase
}
