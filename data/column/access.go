package column

import "math"

// Len returns the number of rows.
func (t *Table) Len() int {
	if len(t.Cells) == 0 {
		return 0
	}
	return int(t.Cells[len(t.Cells)-1].To)
}

// Col returns the column, or nil.
func (t *Table) Col(id ID) *Column {
	for i := range t.Columns {
		if t.Columns[i].ID == id {
			return &t.Columns[i]
		}
	}
	return nil
}

// ItemAt returns the name of a row's item, "" where it has none.
func (t *Table) ItemAt(row int) string {
	if t.Item == nil || t.Item[row] < 0 {
		return ""
	}
	return t.Items[t.Item[row]]
}

// EpochAt returns a row's repetition of its item, from 1; 0 where there is none.
func (t *Table) EpochAt(row int) int {
	if t.Epoch == nil {
		return 0
	}
	return int(t.Epoch[row])
}

// ReasonAt returns why a row is left out of estimates, "" where it is not.
func (t *Table) ReasonAt(row int) string {
	if t.Excluded == nil {
		return ""
	}
	return t.Reasons[t.Excluded[row]]
}

// OrdinalAt returns a row's position in its source, which is how texts are found.
func (t *Table) OrdinalAt(row int) int {
	if t.Ordinal == nil {
		return row
	}
	return int(t.Ordinal[row])
}

// Len returns the number of rows.
func (c *Column) Len() int { return max(len(c.Num), len(c.Code)) }

// At returns the row's number, NaN where it is missing or Unknown. Of a
// Label column it is the text's index in Dict.
func (c *Column) At(row int) float64 {
	if c.Code == nil {
		return c.Num[row]
	}
	if code := c.Code[row]; code < Unknown {
		return float64(code)
	}
	return math.NaN()
}

// IsUnknown reports whether the monitor's answer was neither yes nor no.
func (c *Column) IsUnknown(row int) bool { return c.Code != nil && c.Code[row] == Unknown }

// TextAt returns a row's text in a Label column, "" where it is missing.
func (c *Column) TextAt(row int) string {
	if v := c.At(row); v == v && c.Dict != nil {
		return c.Dict[int(v)]
	}
	return ""
}
