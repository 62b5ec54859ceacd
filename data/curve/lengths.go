package curve

import (
	"fmt"
	"slices"

	"witnessmark/data/frame"
)

// Lengths notes what a mean over steps does not show: runs that end before
// the others of their group, so that the mean rests on fewer runs from there
// on, and runs that lack steps which others have. Each kind is one note on
// the whole.
func Lengths(f frame.Frame) []frame.Note {
	groups := Groups(f)
	var out []frame.Note
	say := func(id string, of func(Group, string) string) {
		var texts []string
		for _, g := range groups {
			if text := of(g, noun(groups)); text != "" {
				texts = append(texts, g.named(len(groups) > 1)+text)
			}
		}
		for i, text := range texts {
			if i == mostNamed && len(texts) > mostNamed+1 {
				text = fmt.Sprintf("likewise in %d more groups", len(texts)-mostNamed)
			} else if i > mostNamed {
				break
			}
			out = append(out, frame.Note{Row: -1, ID: id, Text: text})
		}
	}
	say("unequal-lengths", Group.endings)
	say("missing-steps", Group.holes)
	return out
}

// mostNamed is how many groups a note names one by one.
const mostNamed = 4

func (g Group) named(several bool) string {
	if !several {
		return ""
	}
	return g.Name() + ": "
}

// endings says which runs end before the last step of their group.
func (g Group) endings(noun string) string {
	if len(g.Runs) < 2 {
		return ""
	}
	last, first, early := g.Runs[0].last(), g.Runs[0].last(), 0
	for _, r := range g.Runs {
		last, first = max(last, r.last()), min(first, r.last())
	}
	for _, r := range g.Runs {
		if r.last() < last {
			early++
		}
	}
	if early == 0 {
		return ""
	}
	return fmt.Sprintf("%d of %s end before step %s, the first at step %s; the mean rests on fewer after that", early, count(len(g.Runs), noun), short(last), short(first))
}

// holes counts the runs that lack steps of their group between their own
// first and last.
func (g Group) holes(noun string) string {
	all := map[float64]bool{}
	for _, r := range g.Runs {
		for _, s := range r.Steps {
			all[s] = true
		}
	}
	runs, steps := 0, 0
	for _, r := range g.Runs {
		within := 0
		for s := range all {
			if s >= r.Steps[0] && s <= r.last() {
				within++
			}
		}
		if miss := within - len(r.Steps); miss > 0 {
			runs, steps = runs+1, steps+miss
		}
	}
	if runs == 0 {
		return ""
	}
	return fmt.Sprintf("%d of %s lack steps that others have, %d in all; their lines have gaps there", runs, count(len(g.Runs), noun), steps)
}

// grid is the steps of a group, in their order.
func (g Group) grid() []float64 {
	var out []float64
	for _, r := range g.Runs {
		out = append(out, r.Steps...)
	}
	slices.Sort(out)
	return slices.Compact(out)
}
