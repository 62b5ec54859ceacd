package contrast

import (
	"context"
	"fmt"
	"math"
	"slices"
	"strings"

	"witnessmark/data"
	"witnessmark/data/frame"
	"witnessmark/data/query"
)

// A Tone says how much a chip takes away from what is shown.
type Tone string

// The tones, the worst first.
const (
	Bad     Tone = "bad"     // invalidates a reading
	Warn    Tone = "warn"    // qualifies it
	Neutral Tone = "neutral" // good to know
)

// A Chip is a short label with what stands behind it.
type Chip struct {
	ID      string // of the note that it was made from, or "no-irrelevant-arm", "tail", "outcome-filter"
	Label   string // a few words: "Bimodal: 86 of 90 seeds"
	Tone    Tone
	Text    []string // the explanation, with its numbers; one entry a group where groups differ
	Rows    []int    // of the answer; nil where it is about the whole
	Numbers []Number // those in the label
}

// A Number is a number of a chip, in the unit that its name says.
type Number struct {
	Name  string
	Value float64
}

// Chips turns the notes of an answer to q into chips, one a kind of note, and
// adds what notes of rows cannot see: that a control is missing, that answers
// were cut short more often in one arm, that the filter chooses by outcome.
// The worst come first.
func (st Study) Chips(ctx context.Context, q query.Query, f frame.Frame) ([]Chip, error) {
	var out []Chip
	for _, id := range noteIDs(f) {
		out = append(out, chipOf(q, f, id))
	}
	out = append(out, st.controlChip(q, f)...)
	out = append(out, st.outcomeChip(q)...)
	tails, err := st.tailChips(ctx, q, f)
	if err != nil {
		return nil, err
	}
	out = append(out, tails...)
	reversed, err := st.simpsonChip(ctx, q, f)
	if err != nil {
		return nil, err
	}
	out = append(out, reversed...)
	rank := []Tone{Bad, Warn, Neutral}
	slices.SortStableFunc(out, func(a, b Chip) int { return slices.Index(rank, a.Tone) - slices.Index(rank, b.Tone) })
	return out, nil
}

// noteIDs are the kinds of notes in the order of their first appearance.
func noteIDs(f frame.Frame) []string {
	var out []string
	for _, n := range f.Notes {
		if !slices.Contains(out, n.ID) && n.ID != totalNote {
			out = append(out, n.ID)
		}
	}
	return out
}

// totalNote counts samples, which is nothing to warn of.
const totalNote = "total"

func chipOf(q query.Query, f frame.Frame, id string) Chip {
	c := Chip{ID: id}
	bad := false
	for _, n := range f.Notes {
		if n.ID != id {
			continue
		}
		bad = bad || n.Bad
		if text := speaking(q, f, n); !slices.Contains(c.Text, text) {
			c.Text = append(c.Text, text)
		}
		if n.Row >= 0 {
			c.Rows = append(c.Rows, n.Row)
		}
	}
	k := kindOfNote(id)
	c.Tone = k.tone
	if bad {
		c.Tone = Bad
	}
	c.Label = k.label
	if k.count != nil {
		c.Label, c.Numbers = k.count(q, f, c)
	}
	return c
}

// speaking is a note with the names of its groups as people read them.
func speaking(q query.Query, f frame.Frame, n frame.Note) string {
	text := n.Text
	if len(q.By) == 0 || n.Row < 0 {
		return text
	}
	for _, name := range []string{f.Key(n.Row, q.By[0]), q.Baseline} {
		if strings.Contains(name, "_") {
			text = strings.ReplaceAll(text, name, spoken(name))
		}
	}
	return text
}

// A noteKind says how notes of a kind are labeled. Count, if there is one,
// makes the label from the answer.
type noteKind struct {
	id    string
	tone  Tone
	label string
	count func(query.Query, frame.Frame, Chip) (string, []Number)
}

// noteKinds lists the kinds of notes that estimates make.
func noteKinds() []noteKind {
	return []noteKind{
		{"bimodal-seeds", Warn, "Bimodal seeds", bimodalLabel},
		{"also-differs", Bad, "Other settings differ", alsoLabel},
		{"mixed-graders", Neutral, "Judges not pooled", gradersLabel},
		{"different-exclusions", Bad, "Different exclusions", exclusionLabel},
		{"counted-twice", Bad, "Counted twice", nil},
		{"selected-on-outcome", Warn, "Selected by outcome", nil},
		{"one-seed", Warn, "One seed", groupsLabel("1 run", "of 1 run")},
		{"unequal-seeds", Warn, "Seeds differ", groupsLabel("Seeds differ", "with other seeds")},
		{"unequal-checkpoints", Warn, "Steps differ", groupsLabel("Steps differ", "with other steps")},
		{"residue", Warn, "Mixed settings", mixLabel},
		{"growing-run", Warn, "Runs not finished", nil},
		{"few-items", Warn, "Few items", groupsLabel("Few items", "of few items")},
		{"pseudo-replication", Bad, "Samples taken as independent", nil},
		{"mixed-grains", Warn, "Coarser numbers left out", nil},
		{"dropped-items", Warn, "Items dropped", nil},
		{"imported-bounds", Warn, "Bounds of unknown kind", nil},
		{"unadjusted-family", Neutral, "Not adjusted", familyLabel},
		{"interval", Neutral, "About the intervals", nil},
		{"inferred-scale", Neutral, "Scale taken from values", nil},
		{"set-aside", Neutral, "Runs set aside", textLabel},
		{"simulated", Neutral, "Simulated data", nil},
	}
}

func kindOfNote(id string) noteKind {
	i := slices.IndexFunc(noteKinds(), func(k noteKind) bool { return k.id == id })
	if i < 0 {
		return noteKind{id: id, tone: Warn, label: sentenceCase(strings.ReplaceAll(id, "-", " "))}
	}
	return noteKinds()[i]
}

// bimodalLabel counts the seeds near either end, in all groups; where several
// judges scored a group, by the first of them.
func bimodalLabel(q query.Query, f frame.Frame, c Chip) (string, []Number) {
	ends, seeds := 0.0, 0.0
	seen := map[string]bool{}
	for i := range f.Len() {
		group := groupOf(q, f, i)
		if f.Text(frame.Measure, i) != q.Measures[0] || seen[group] {
			continue // the same seeds by another judge
		}
		seen[group] = true
		above, below := num(f, frame.Above, i), num(f, frame.Below, i)
		if math.IsNaN(above) || slices.Contains(q.By, data.Step) {
			return "Bimodal seeds", nil
		}
		ends, seeds = ends+above+below, seeds+num(f, frame.Seeds, i)
	}
	return fmt.Sprintf("Bimodal: %s of %s", decimal(ends, 0), count(int(seeds), "seed")),
		[]Number{{"seeds under 5 % or over half", ends}, {"seeds", seeds}}
}

// groupOf names a row's group, whoever judged it.
func groupOf(q query.Query, f frame.Frame, row int) string {
	var parts []string
	for _, by := range q.By {
		parts = append(parts, f.Key(row, by))
	}
	return strings.Join(parts, "\x00")
}

// alsoLabel names the setting and whose it is: the baseline's, if all others
// agree.
func alsoLabel(q query.Query, f frame.Frame, c Chip) (string, []Number) {
	who, fields := "", map[string]bool{}
	compared := 0
	for i := range f.Len() {
		if f.Key(i, q.By[0]) != q.Baseline {
			compared++
		}
	}
	if len(c.Rows) >= 1 {
		who = f.Key(c.Rows[0], q.By[0])
	}
	if len(c.Rows) != 1 || compared == 1 {
		who = q.Baseline
	}
	var order []string
	for _, text := range c.Text {
		_, rest, _ := strings.Cut(text, " also differ in ")
		names, _, _ := strings.Cut(rest, ";")
		for _, name := range strings.Split(names, ", ") {
			if !fields[name] {
				fields[name] = true
				order = append(order, spoken(name))
			}
		}
	}
	if len(order) > 2 {
		return fmt.Sprintf("%s also differs in %d settings", spoken(who), len(order)), []Number{{"settings", float64(len(order))}}
	}
	return spoken(who) + " also differs in " + list(order), nil
}

func gradersLabel(_ query.Query, f frame.Frame, c Chip) (string, []Number) {
	names := map[string]bool{}
	for i := range f.Len() {
		names[f.Key(i, data.Grader)] = true
	}
	if f.Col(data.Grader) == nil {
		return "Judges pooled", nil
	}
	delete(names, "") // what nobody judged
	label := count(len(names), "judge") + ", not pooled"
	var models []string
	for name := range names {
		if m, _, _ := strings.Cut(name, " | "); !slices.Contains(models, m) {
			models = append(models, m)
		}
	}
	slices.Sort(models)
	if named := "Judges " + list(models) + ", not pooled"; len(models) > 1 && len([]rune(named)) <= mostLabel {
		label = named
	}
	return label, []Number{{"judges", float64(len(names))}}
}

// mostLabel is how many letters a label that names things may have.
const mostLabel = 64

// exclusionLabel gives the largest difference from the baseline, or else
// between the groups, of the shares left out.
func exclusionLabel(q query.Query, f frame.Frame, c Chip) (string, []Number) {
	share := func(i int) float64 {
		out, n := num(f, frame.Excluded, i), num(f, frame.N, i)
		return out / (out + n)
	}
	from := math.NaN()
	for i := range f.Len() {
		if s := share(i); f.Key(i, q.By[0]) == q.Baseline || q.Baseline == "" && !(s >= from) {
			from = s
		}
	}
	most := math.NaN()
	for _, i := range c.Rows {
		if d := share(i) - from; !(math.Abs(d) <= math.Abs(most)) {
			most = d
		}
	}
	if math.IsNaN(most) {
		return "Different exclusions", nil
	}
	return "Left out " + words{100, rates}.change(most, 0) + " points", []Number{{"difference of the share left out", most}}
}

// groupsLabel says one group by its label, and counts several.
func groupsLabel(one, several string) func(query.Query, frame.Frame, Chip) (string, []Number) {
	return func(q query.Query, f frame.Frame, c Chip) (string, []Number) {
		switch n := len(c.Rows); {
		case n == 0:
			return one + " in each group", nil
		case n == 1 && len(q.By) > 0:
			return one + ": " + brief(spoken(f.Key(c.Rows[0], q.By[0]))), nil
		default:
			return fmt.Sprintf("%d of %d groups %s", n, f.Len(), several), []Number{{"groups", float64(n)}}
		}
	}
}

// mixLabel names what is mixed, if it is one thing.
func mixLabel(_ query.Query, _ frame.Frame, c Chip) (string, []Number) {
	fields := map[string]bool{}
	for _, text := range c.Text {
		name, _, _ := strings.Cut(strings.TrimPrefix(text, "mixes "), " ")
		fields[name] = true
		if strings.Count(text, " and ") > 1 {
			return "Mixes settings", nil
		}
	}
	if len(fields) == 1 {
		for name := range fields {
			return "Mixes " + spoken(name), nil
		}
	}
	return "Mixes settings", nil
}

func familyLabel(_ query.Query, f frame.Frame, _ Chip) (string, []Number) {
	m := 0.0
	for i := range f.Len() {
		if !math.IsNaN(num(f, frame.P, i)) {
			m++
		}
	}
	return "Not adjusted, m = " + decimal(m, 0), []Number{{"comparisons", m}}
}

func textLabel(_ query.Query, _ frame.Frame, c Chip) (string, []Number) {
	return sentenceCase(c.Text[0]), nil
}
