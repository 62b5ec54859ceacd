package store

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"strconv"

	"witnessmark/data/column"
)

// A Label is what a person said of a sample. It belongs to the sample by
// what that is (run, context, step, item, epoch), so it outlives a new
// import of the file.
type Label struct {
	Import  int64 // where the sample is now; 0 when the study has it no more
	Ordinal int   // its position in the source
	Name    string
	Value   string // yes, no, unsure …; "" removes the label
	Author  string
	Note    string
	Blind   bool   // given without seeing condition and verdict
	At      string // RFC 3339, UTC
}

// A sampleID names a sample in the file.
type sampleID struct {
	Run, Context, Step, Item string
	Epoch                    int
	Ordinal                  int `json:",omitempty"` // plus one, where there is no item to know it by
}

// SetLabel keeps a label, in place of the same author's earlier one.
func (s *Store) SetLabel(ctx context.Context, l Label) error {
	set, err := s.Set(ctx)
	if err != nil {
		return err
	}
	id, ok := identify(set, l.Import, l.Ordinal)
	if !ok {
		return &Error{Kind: Missing, Text: fmt.Sprintf("import %d has no sample %d", l.Import, l.Ordinal)}
	}
	defer s.forgetIndex(ctx)
	if l.Value == "" {
		return s.exec(ctx, `DELETE FROM label WHERE sample = ? AND name = ? AND author = ?`, id, l.Name, l.Author)
	}
	return s.exec(ctx, `INSERT INTO label (sample, name, value, author, note, blind, at) VALUES (?, ?, ?, ?, ?, ?, ?)
		ON CONFLICT (sample, name, author) DO UPDATE SET value = excluded.value, note = excluded.note, blind = excluded.blind, at = excluded.at`,
		id, l.Name, l.Value, l.Author, l.Note, l.Blind, s.stamp())
}

// forgetIndex lets the next question see a label that is new.
func (s *Store) forgetIndex(ctx context.Context) {
	if s.borrow(ctx) == nil {
		s.cache.index = nil
		s.giveBack()
	}
}

// Labels returns all labels, in the order of names and samples.
func (s *Store) Labels(ctx context.Context) ([]Label, error) {
	set, err := s.Set(ctx)
	if err != nil {
		return nil, err
	}
	return s.labels(ctx, set)
}

func (s *Store) labels(ctx context.Context, set *column.Set) ([]Label, error) {
	var f *finder
	return list(ctx, s, func(r *sql.Rows, l *Label) error {
		var id sampleID
		err := r.Scan(jsonInto[sampleID]{&id}, &l.Name, &l.Value, &l.Author, &l.Note, &l.Blind, &l.At)
		if f == nil {
			f = newFinder(set)
		}
		l.Import, l.Ordinal = f.find(id)
		return err
	}, `SELECT sample, name, value, author, note, blind, at FROM label ORDER BY name, sample, author`)
}

// identify returns the sample's name in the file.
func identify(set *column.Set, importID int64, ordinal int) (string, bool) {
	for _, t := range set.Tables {
		if t.Import != importID || !t.Attempts {
			continue
		}
		for _, c := range t.Cells {
			for row := int(c.From); row < int(c.To); row++ {
				if t.OrdinalAt(row) == ordinal {
					body, _ := json.Marshal(nameSample(set, t, c, row)) // texts and numbers always have a form
					return string(body), true
				}
			}
		}
	}
	return "", false
}

func nameSample(set *column.Set, t *column.Table, c column.Cell, row int) sampleID {
	id := sampleID{
		Run: set.Runs[c.Run].Key, Context: canonical(set.Contexts[c.Context].Fields), Step: stepText(c.Step),
		Item: t.ItemAt(row), Epoch: t.EpochAt(row),
	}
	if id.Item == "" {
		id.Ordinal = t.OrdinalAt(row) + 1
	}
	return id
}

func stepText(step float64) string {
	if step != step {
		return ""
	}
	return strconv.FormatFloat(step, 'g', -1, 64)
}

// A finder finds samples by their names. It knows the cells, not the samples.
type finder struct {
	set   *column.Set
	cells map[sampleID][]tableCell // without item, epoch and ordinal
}

type tableCell struct {
	t *column.Table
	c column.Cell
}

func newFinder(set *column.Set) *finder {
	f := &finder{set: set, cells: map[sampleID][]tableCell{}}
	for _, t := range set.Tables {
		if !t.Attempts {
			continue
		}
		for _, c := range t.Cells {
			id := sampleID{Run: set.Runs[c.Run].Key, Context: canonical(set.Contexts[c.Context].Fields), Step: stepText(c.Step)}
			f.cells[id] = append(f.cells[id], tableCell{t, c})
		}
	}
	return f
}

func (f *finder) find(id sampleID) (importID int64, ordinal int) {
	for _, at := range f.cells[sampleID{Run: id.Run, Context: id.Context, Step: id.Step}] {
		for row := int(at.c.From); row < int(at.c.To); row++ {
			if nameSample(f.set, at.t, at.c, row) == id {
				return at.t.Import, at.t.OrdinalAt(row)
			}
		}
	}
	return 0, 0
}
