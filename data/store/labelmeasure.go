package store

import (
	"context"
	"slices"
	"strings"

	"witnessmark/data/column"
)

// ByHand ends the names of measures that people gave: what they said of
// samples under the name hack is the measure hack_by_hand.
const ByHand = "_by_hand"

// withLabels adds to a set what people said of its samples, as measures of 1
// for yes and 0 for no. Samples that nobody judged, of which somebody was
// unsure, or on which people do not agree, have no value. The set itself stays
// as it is.
func (s *Store) withLabels(ctx context.Context, set *column.Set) (*column.Set, error) {
	labels, err := s.labels(ctx, set)
	if err != nil || len(labels) == 0 {
		return set, err
	}
	places := ordinals(set, labels)
	columns := map[*column.Table]map[string][]uint8{}
	for _, l := range labels {
		at, ok := places[samplePlace{l.Import, l.Ordinal}]
		if !ok {
			continue // of a sample that the study has no more
		}
		if columns[at.t] == nil {
			columns[at.t] = map[string][]uint8{}
		}
		code := columns[at.t][l.Name]
		if code == nil {
			code = slices.Repeat([]uint8{column.Missing}, at.t.Len())
			columns[at.t][l.Name] = code
		}
		code[at.row] = agreed(code[at.row], said(l.Value))
	}
	out := *set
	out.Tables = slices.Clone(set.Tables)
	for i, t := range out.Tables {
		out.Tables[i] = labeledTable(t, columns[t])
	}
	return &out, nil
}

// unsure is what a sample is left with on which people do not agree, until
// its column is done.
const unsure = column.Unknown

// said reads the value of a label.
func said(value string) uint8 {
	switch strings.ToLower(value) {
	case "yes", "y", "true", "1":
		return 1
	case "no", "n", "false", "0":
		return 0
	}
	return unsure
}

// agreed is what a sample has after one more person's label.
func agreed(before, now uint8) uint8 {
	if before == column.Missing || before == now {
		return now
	}
	return unsure
}

// labeledTable is a table with a column more for each name of labels.
func labeledTable(t *column.Table, codes map[string][]uint8) *column.Table {
	if codes == nil {
		return t
	}
	out := *t
	out.Columns = slices.Clone(t.Columns)
	var names []string
	for name := range codes {
		names = append(names, name)
	}
	slices.Sort(names)
	for _, name := range names {
		for i, c := range codes[name] {
			if c == unsure {
				codes[name][i] = column.Missing
			}
		}
		out.Columns = append(out.Columns, column.Column{ID: column.ID{Name: name + ByHand, Kind: column.Value}, Code: codes[name]})
	}
	return &out
}

// A samplePlace is where a sample stood in its source.
type samplePlace struct {
	importID int64
	ordinal  int
}

type tableRow struct {
	t   *column.Table
	row int
}

// ordinals finds the rows of labeled samples.
func ordinals(set *column.Set, labels []Label) map[samplePlace]tableRow {
	wanted := map[samplePlace]bool{}
	for _, l := range labels {
		wanted[samplePlace{l.Import, l.Ordinal}] = l.Import != 0
	}
	out := map[samplePlace]tableRow{}
	for _, t := range set.Tables {
		if !t.Attempts {
			continue
		}
		for row := range t.Len() {
			if at := (samplePlace{t.Import, t.OrdinalAt(row)}); wanted[at] {
				out[at] = tableRow{t, row}
			}
		}
	}
	return out
}
