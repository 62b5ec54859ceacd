package estimate

import (
	"fmt"
	"slices"
	"strings"
)

// Notes of an answer by step: a curve of a hundred checkpoints should not be
// followed by a hundred notes that its seeds have parted. What is said of a
// group at several steps is said once, at the last of them.

// A stepNote names what notes at different steps have in common: the group
// without its step, the measure, the grader, and the kind of note.
type stepNote struct{ group, id string }

// overSteps keeps of each group's notes of a kind the last one, and returns
// how many groups there are.
func (s *scan) overSteps(rows []*row) (groups int) {
	of := map[stepNote][]rowNote{}
	seen := map[string]bool{}
	for _, r := range rows {
		seen[s.stepless(r)] = true
		for _, n := range r.notes {
			key := stepNote{s.stepless(r), n.id}
			of[key] = append(of[key], n)
		}
	}
	for _, r := range slices.Backward(rows) {
		var kept []rowNote
		for _, n := range slices.Backward(r.notes) {
			key := stepNote{s.stepless(r), n.id}
			if all := of[key]; all != nil {
				kept = append(kept, s.lastOf(r, all))
				of[key] = nil
			}
		}
		slices.Reverse(kept)
		r.notes = kept
	}
	return len(seen)
}

// lastOf says the last of some notes, and how many say something like it at
// earlier steps.
func (s *scan) lastOf(r *row, all []rowNote) rowNote {
	n := all[len(all)-1]
	if !slices.ContainsFunc(all, func(o rowNote) bool { return o.text != n.text }) {
		return n
	}
	n.text = s.stepText(r) + n.text + "; likewise at " + count(len(all)-1, "earlier step")
	return n
}

// stepless names a row's group without its step.
func (s *scan) stepless(r *row) string {
	of := fmt.Sprint(r.measure, r.grader, r.reported)
	for i, code := range r.codes {
		if s.by[i].level != OfStep {
			of += fmt.Sprint(" ", code)
		}
	}
	return of
}

// stepText names the step of a row before what is said of it.
func (s *scan) stepText(r *row) string {
	var words []string
	for i, code := range r.codes {
		if s.by[i].level == OfStep {
			words = append(words, s.q.By[i]+" "+s.legends[i].texts[code])
		}
	}
	return strings.Join(words, ", ") + ": "
}
