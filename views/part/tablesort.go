package part

import (
	"cmp"
	"math"
	"slices"

	"witnessmark/data/query"
)

// Sort orders the rows by columns; further orders decide among equals, and
// then the order in which the rows came. Without any the rows stand as they
// came.
func (t *Table) Sort(orders ...query.Order) {
	t.sorts = orders
	t.sortRows()
	t.Refresh()
}

// Sorts returns the orders that the rows are in.
func (t *Table) Sorts() []query.Order { return t.sorts }

func (t *Table) sortRows() {
	if cap(t.order) < t.Rows {
		t.order = make([]int, t.Rows)
	}
	t.order = t.order[:t.Rows]
	for i := range t.order {
		t.order[i] = i
	}
	for i := len(t.sorts) - 1; i >= 0; i-- { // a stable sort by the last key first
		if c := slices.IndexFunc(t.Columns, func(c Column) bool { return c.ID == t.sorts[i].Field }); c >= 0 {
			t.sortBy(t.Columns[c], t.sorts[i].Descending)
		}
	}
}

// sortBy reads every key once, since a comparison may be asked for many times.
func (t *Table) sortBy(c Column, down bool) {
	if c.Num == nil {
		texts := make([]string, t.Rows)
		for i := range texts {
			texts[i] = c.Cell(i).Text
		}
		stable(t.order, texts, down, Natural)
		return
	}
	nums := make([]float64, t.Rows)
	for i := range nums {
		nums[i] = c.Num(i)
	}
	stable(t.order, nums, down, missingLast(down))
}

func stable[K any](order []int, keys []K, down bool, compare func(a, b K) int) {
	slices.SortStableFunc(order, func(a, b int) int {
		if down {
			a, b = b, a
		}
		return compare(keys[a], keys[b])
	})
}

// missingLast compares numbers so that NaN ends up last in both directions.
func missingLast(down bool) func(a, b float64) int {
	side := 1
	if down {
		side = -1
	}
	return func(a, b float64) int {
		switch na, nb := math.IsNaN(a), math.IsNaN(b); {
		case na && nb:
			return 0
		case na:
			return side
		case nb:
			return -side
		}
		return cmp.Compare(a, b)
	}
}

// Natural compares texts with the numbers in them as numbers: neu-9 comes
// before neu-10.
func Natural(a, b string) int {
	for a != "" && b != "" {
		da, db := digits(a), digits(b)
		if da > 0 && db > 0 {
			if c := compareDigits(a[:da], b[:db]); c != 0 {
				return c
			}
			a, b = a[da:], b[db:]
			continue
		}
		if a[0] != b[0] {
			return cmp.Compare(a[0], b[0])
		}
		a, b = a[1:], b[1:]
	}
	return cmp.Compare(len(a), len(b))
}

func digits(s string) int {
	n := 0
	for n < len(s) && s[n] >= '0' && s[n] <= '9' {
		n++
	}
	return n
}

func compareDigits(a, b string) int {
	for len(a) > 1 && a[0] == '0' {
		a = a[1:]
	}
	for len(b) > 1 && b[0] == '0' {
		b = b[1:]
	}
	if c := cmp.Compare(len(a), len(b)); c != 0 {
		return c
	}
	return cmp.Compare(a, b)
}
