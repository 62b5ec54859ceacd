package estimate

import "witnessmark/data"

// identityRuns is from how many runs on a field that has another value in
// each of them is taken to name the run, such as a path or an id, instead of
// describing it.
const identityRuns = 5

// markIdentities finds the fields that tell runs or seeds apart and so differ
// by nature: they are neither residue nor confounds.
func (x *Index) markIdentities() {
	seed := x.fields[data.Seed]
	for name, f := range x.fields {
		switch {
		case name == data.Run || name == data.Seed || name == data.Source:
			f.identity = true
		case f.level == OfRun && f.byRun != nil:
			f.identity = f.namesRuns() || seed.byRun != nil && oneToOne(f.byRun, seed.byRun)
		}
	}
}

func (f *field) namesRuns() bool {
	seen := map[int32]bool{}
	n := 0
	for _, code := range f.byRun {
		if code != 0 {
			n++
			seen[code] = true
		}
	}
	return n >= identityRuns && len(seen) == n
}

// oneToOne tells whether equal codes on one side are equal on the other, and
// there are several.
func oneToOne(a, b []int32) bool {
	there, back := map[int32]int32{}, map[int32]int32{}
	for i := range a {
		if v, ok := there[a[i]]; ok && v != b[i] {
			return false
		}
		if v, ok := back[b[i]]; ok && v != a[i] {
			return false
		}
		there[a[i]], back[b[i]] = b[i], a[i]
	}
	return len(there) > 2
}
