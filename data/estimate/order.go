package estimate

import (
	"cmp"
	"maps"
	"slices"
	"strings"

	"witnessmark/data/query"
)

// natural orders as people do: numbers by their size, before text, and the
// digits inside text by their size too, so that seed_2 comes before seed_10.
// Numbers of one size are equal however they are written.
func natural(a, b string) int {
	va, vb := query.Text(a), query.Text(b)
	switch {
	case va.Numeric && vb.Numeric:
		return cmp.Compare(va.Num, vb.Num)
	case va.Numeric != vb.Numeric:
		return cmp.Compare(btoi(vb.Numeric), btoi(va.Numeric))
	}
	return cmp.Or(naturalText(a, b), strings.Compare(a, b))
}

func btoi(yes bool) int {
	if yes {
		return 1
	}
	return 0
}

func naturalText(a, b string) int {
	for a != "" && b != "" {
		da, db := leadingDigits(a), leadingDigits(b)
		if da > 0 && db > 0 {
			x, y := strings.TrimLeft(a[:da], "0"), strings.TrimLeft(b[:db], "0")
			if c := cmp.Or(cmp.Compare(len(x), len(y)), strings.Compare(x, y)); c != 0 {
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

func leadingDigits(s string) int { return len(s) - len(strings.TrimLeft(s, "0123456789")) }

func sortedKeys[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }
