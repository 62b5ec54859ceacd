package column

import "slices"

// mergeRepeats makes one row of the rows of a cell that are about the same
// item and epoch, as happens when a run was resumed, or when one step's
// numbers stand on several lines. It returns how many rows were replaced.
func (t *Table) mergeRepeats() (replaced int) {
	if len(t.Cells) == t.rowCount() {
		return 0
	}
	if t.Ordinal == nil {
		t.Ordinal = make([]int32, t.rowCount())
		for i := range t.Ordinal {
			t.Ordinal[i] = int32(i)
		}
	}
	var keep []int32
	for i := range t.Cells {
		c := &t.Cells[i]
		from := int32(len(keep))
		kept, n := t.mergeCell(*c, keep)
		keep, replaced = kept, replaced+n
		c.From, c.To = from, int32(len(keep))
	}
	t.arrange(keep)
	if slices.IsSorted(t.Ordinal) && int(t.Ordinal[len(t.Ordinal)-1]) == len(t.Ordinal)-1 {
		t.Ordinal = nil
	}
	return replaced
}

// rowCount is Len for a table whose cells may still be wrong.
func (t *Table) rowCount() int {
	n := 0
	for _, c := range t.Cells {
		n += int(c.To - c.From)
	}
	return n
}

// unit is what rows of one cell are about.
type unit struct{ item, epoch int32 }

func (t *Table) unitAt(row int32) unit {
	u := unit{item: -1}
	if t.Item != nil {
		u.item = t.Item[row]
	}
	if t.Epoch != nil {
		u.epoch = t.Epoch[row]
	}
	return u
}

// mergeCell appends the rows of the cell that stay to keep.
func (t *Table) mergeCell(c Cell, keep []int32) (kept []int32, replaced int) {
	if c.To-c.From == 1 {
		return append(keep, c.From), 0
	}
	first := map[unit]int32{}
	shapes := map[shaped]bool{}
	for row := c.From; row < c.To; row++ {
		u := t.unitAt(row)
		into, known := first[u]
		shape := shaped{u, t.shape(row)}
		if !known {
			first[u] = row
			keep = append(keep, row)
		} else if t.mergeRow(into, row) || shapes[shape] {
			replaced++
		}
		shapes[shape] = true
	}
	return keep, replaced
}

// shaped is a unit with the set of columns that one of its rows has.
type shaped struct {
	unit
	columns uint64
}

// shape returns a hash of the set of columns in which the row has a number.
func (t *Table) shape(row int32) uint64 {
	h := uint64(14695981039346656037) // FNV-1a, a column index a step
	for i := range t.Columns {
		if v := t.Columns[i].Num[row]; v == v {
			h = (h ^ uint64(i+1)) * 1099511628211
		}
	}
	return h
}

// mergeRow lets the later row's values replace those of into, and reports
// whether one of them was another.
func (t *Table) mergeRow(into, later int32) (changed bool) {
	for i := range t.Columns {
		num := t.Columns[i].Num
		if v := num[later]; v == v {
			changed = changed || num[into] == num[into] && num[into] != v
			num[into] = v
		}
	}
	if t.Excluded != nil {
		t.Excluded[into] = t.Excluded[later]
	}
	t.Ordinal[into] = t.Ordinal[later]
	return changed
}
