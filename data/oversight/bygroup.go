package oversight

import (
	"witnessmark/data/frame"
)

// ByGroup lists a rate of each group at a place: a row a group, with the
// fields of By, measure (the Rate), value, lo, hi, level, k, n, method and
// seeds. Units are runs. What needs a truth is not estimable without one, and
// says why.
func (r *Reading) ByGroup(at Place, rate Rate) frame.Frame {
	s := newSheet()
	for _, sp := range r.places(at) {
		p := sp.pool
		s.row(r.spotKeys(sp))
		r.fields(s, sp.group)
		s.text(frame.Measure, string(rate))
		s.value(r.rate(rate, p, r.units(p)), r.level())
		s.num(frame.Seeds, float64(len(p.runs)))
		s.units(r.runUnits(p, rate))
	}
	r.wholeNotes(s, false)
	return s.done()
}

// Last is where one group is read at its last step, or as a whole where its
// samples have none; "" for the first group.
func (b *Board) Last(group string) Place {
	at := Everywhere
	for _, g := range b.groups {
		if group != "" && g.name() != group {
			continue
		}
		at.Group = g.name()
		for _, s := range g.spots {
			if s.step == s.step {
				at.Step = s.step
			}
		}
		break
	}
	return at
}
