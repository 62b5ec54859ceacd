package predict

import (
	"fmt"
	"math"

	"witnessmark/data/motive"
)

// An Identification says what the data cannot tell of a model's shares.
type Identification struct {
	Groups []Group  // patterns that act alike, two or more each
	Flat   []string // constants that the fit does not move; nil where nothing was fitted
	Moved  float64  // KL of the last shares from the prior's, in nats, greatest over arms: near 0 the shares are the prior's
	Points float64  // policies within so many points count as alike
}

// A Group is patterns that act alike in everything that was trained on or
// observed: the data give their share together, and no part of it.
type Group struct {
	Patterns []int // by index
	Names    []string
	Splits   []motive.Split // of the model's contexts, those first where one sample tells most of which it is
}

func (c *Computed) identify() Identification {
	out := Identification{Points: 100 * c.Options.alike()}
	var seen []motive.Context
	for _, p := range c.Paths {
		out.Moved = math.Max(out.Moved, motive.Divergence(p.Training.Last(), p.Training.Shares[0]))
		for _, context := range p.Model.Contexts {
			if context.Training > 0 || c.reads(p.Arm, context.Name) {
				seen = append(seen, context)
			}
		}
	}
	for _, group := range c.Model.Alike(seen, c.Options.alike()+1e-9) {
		if len(group) < 2 {
			continue
		}
		g := Group{Patterns: group, Splits: c.Model.Separate(group, c.Model.Contexts)}
		for _, i := range group {
			g.Names = append(g.Names, c.Model.Patterns[i].Name)
		}
		out.Groups = append(out.Groups, g)
	}
	if c.Fit != nil {
		out.Flat = c.Fit.Flat
	}
	return out
}

// reads tells whether an evaluation of the arm is read as the context.
func (c *Computed) reads(arm, context string) bool {
	for _, r := range c.Readings {
		if r.Arm == arm && r.Context == context {
			return true
		}
	}
	return false
}

// Badge says what is not identified, "" where all shares are.
func (i Identification) Badge() string {
	n := i.alike()
	switch len(i.Groups) {
	case 0:
		return ""
	case 1:
		return fmt.Sprintf("Not identified by these data: %d patterns act alike", n)
	}
	return fmt.Sprintf("Not identified by these data: %d patterns act alike in %d groups", n, len(i.Groups))
}

// ShortBadge is Badge where there is little room.
func (i Identification) ShortBadge() string {
	if len(i.Groups) == 0 {
		return ""
	}
	return fmt.Sprintf("%d not identified", i.alike())
}

// alike counts the patterns that the data cannot tell from another.
func (i Identification) alike() (n int) {
	for _, g := range i.Groups {
		n += len(g.Patterns)
	}
	return n
}

// Details say what the badge stands for: which patterns, and which evaluation
// would split them. There is one sentence a group, and one for what the fit
// leaves open.
func (i Identification) Details() []string {
	var out []string
	for _, g := range i.Groups {
		text := fmt.Sprintf("%s act alike, within %.0f points, in all that was trained on or observed", List(g.Names), i.Points)
		if len(g.Splits) > 0 && g.Splits[0].Gap > 0 {
			text += fmt.Sprintf("; an eval in the context %q would split them best, %.2f nats a sample: about %.0f samples", g.Splits[0].Context, g.Splits[0].Gap, g.Splits[0].Samples())
		}
		out = append(out, text)
	}
	if len(i.Flat) > 0 {
		out = append(out, "the data hardly move "+List(i.Flat))
	}
	return out
}

// List joins names as people do: "a, b and c".
func List(names []string) string {
	text := ""
	for k, name := range names {
		switch {
		case k == 0:
		case k == len(names)-1:
			text += " and "
		default:
			text += ", "
		}
		text += name
	}
	return text
}
