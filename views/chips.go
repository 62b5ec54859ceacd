package views

import (
	"slices"
	"strings"

	"fyne.io/fyne/v2"

	"witnessmark/charts"
	"witnessmark/data/frame"
	"witnessmark/views/desk"
	"witnessmark/views/part"
	"witnessmark/views/theme"
)

// shortNotes say in a few words what kinds of notes are about; the whole
// words are one press away.
var shortNotes = []struct{ id, text string }{
	{"bimodal-seeds", "Seeds fall in two groups"},
	{"one-seed", "One run only"},
	{"unequal-seeds", "Unequal seeds"},
	{"unequal-checkpoints", "Unequal steps"},
	{"unequal-lengths", "Runs end at different steps"},
	{"missing-steps", "Runs lack steps"},
	{"no-onset", "Runs without an onset left out"},
	{"band", "Bonferroni in place of sup-t"},
	{"also-differs", "Also differs otherwise"},
	{"different-exclusions", "Samples left out unequally"},
	{"different-items", "Different items"},
	{"mixed-graders", "Several judges, not pooled"},
	{"mixed-grains", "Mixed kinds of numbers"},
	{"mixed-temperature", "Mixed temperatures"},
	{"residue", "Mixes other fields"},
	{"pseudo-replication", "Samples are not independent"},
	{"few-items", "Few items"},
	{"few-negatives", "Few negatives"},
	{"zero-counts", "Counts of zero"},
	{"growing-run", "Runs not finished"},
	{"counted-twice", "Counted twice"},
	{"selected-on-outcome", "Selected by outcome"},
	{"dropped-items", "Items without a partner"},
	{"unadjusted-family", "Not adjusted for several comparisons"},
	{"imported-bounds", "Bounds as imported"},
	{"set-aside", "Runs set aside"},
	{"simulated", "Simulated data"},
	{"interval", "About the interval"},
	{"unknown-verdicts", "Verdicts neither yes nor no"},
	{"unscored", "Samples without a score"},
	{"lost-positives", "Positives without a verdict"},
	{"labeled-subsample", "Truth known of a part only"},
	{"threshold-on-test", "Threshold chosen on these samples"},
	{"assumed-threshold", "Nobody named a threshold"},
	{"missing-truth", "Flag rate only"},
	{"odd-truth", "Truths neither 0 nor 1"},
	{"truth-direction", "1 is the better outcome"},
	{"simpson", "Order reverses within strata"},
}

// A noteGroup is notes of one kind.
type noteGroup struct {
	id    string
	notes []frame.Note
}

func groupNotes(f frame.Frame) []noteGroup {
	var out []noteGroup
	for _, n := range f.Notes {
		i := slices.IndexFunc(out, func(g noteGroup) bool { return g.id == n.ID })
		if i < 0 {
			out = append(out, noteGroup{id: n.ID})
			i = len(out) - 1
		}
		out[i].notes = append(out[i].notes, n)
	}
	slices.SortStableFunc(out, func(a, b noteGroup) int { return int(b.tone()) - int(a.tone()) })
	return out
}

// chips turns notes into chips, one a kind, those that invalidate a reading
// first. A press shows all that is to be said.
func chips(groups []noteGroup, name func(row int) string, bench Bench) []*part.Note {
	var out []*part.Note
	for _, g := range groups {
		out = append(out, part.NewNote(g.title(name), strings.Join(g.texts(name), "\n"), g.tone(), func() { allNotes(groups, name, bench) }))
	}
	return out
}

// chipObjects are chips as a container takes them.
func chipObjects(notes []*part.Note) []fyne.CanvasObject {
	out := make([]fyne.CanvasObject, len(notes))
	for i, n := range notes {
		out[i] = n
	}
	return out
}

// hiddenChip reminds of runs that are left out of charts.
func hiddenChip(p Place) []*part.Note {
	hidden := p.Desk.State().Hidden
	if len(hidden) == 0 {
		return nil
	}
	n := part.NewNote(charts.Count(float64(len(hidden)), "run")+" hidden from charts, not from numbers", "Press to show them again", part.Info, func() { p.Desk.Do(desk.Hide(false, hidden...)) })
	return []*part.Note{n}
}

func (g noteGroup) tone() part.Tone {
	tone := part.Caution
	for _, n := range g.notes {
		switch {
		case n.Bad:
			return part.Wrong
		case n.ID == "unadjusted-family" || n.ID == "interval" || n.ID == "simulated":
			tone = part.Info
		}
	}
	return tone
}

// title says what the notes are about and which rows they are on.
func (g noteGroup) title(name func(row int) string) string {
	const short = 44
	if t := g.notes[0].Text; len(g.notes) == 1 && len([]rune(t)) <= short {
		return upper(t)
	}
	text := upper(plainName(strings.ReplaceAll(g.id, "-", " ")))
	for _, s := range shortNotes {
		if s.id == g.id {
			text = s.text
		}
	}
	var rows []string
	for _, n := range g.notes {
		if n.Row >= 0 && !slices.Contains(rows, name(n.Row)) {
			rows = append(rows, name(n.Row))
		}
	}
	switch {
	case len(rows) == 1 && len(rows[0]) <= short/2:
		return valueLabel(rows[0]) + ": " + lower(text)
	case len(rows) > 1:
		return text + ", " + charts.Count(float64(len(rows)), "row")
	}
	return text
}

// texts are what the notes say, each once, with the row's name where they do
// not say it.
func (g noteGroup) texts(name func(row int) string) []string {
	var out []string
	for _, n := range g.notes {
		text := n.Text
		if n.Row >= 0 && !strings.Contains(text, name(n.Row)) {
			text = name(n.Row) + ": " + text
		}
		if !slices.Contains(out, text) {
			out = append(out, text)
		}
	}
	return out
}

func upper(s string) string {
	if r := []rune(s); len(r) > 0 && r[0] >= 'a' && r[0] <= 'z' {
		return strings.ToUpper(string(r[0])) + string(r[1:])
	}
	return s
}

// lower is for the middle of a sentence. A word with a further capital, such
// as CoT, stays as it is.
func lower(s string) string {
	r := []rune(s)
	if len(r) == 0 {
		return s
	}
	rest := string(r[1:])
	if word, _, _ := strings.Cut(rest, " "); strings.ToLower(word) != word {
		return s
	}
	return strings.ToLower(string(r[0])) + rest
}

func allNotes(groups []noteGroup, name func(row int) string, bench Bench) {
	var rows []fyne.CanvasObject
	for _, g := range groups {
		color := theme.Text
		if g.tone() == part.Wrong {
			color = theme.Bad
		}
		for _, text := range g.texts(name) {
			rows = append(rows, part.NewParagraph(upper(text)+".", color, theme.TextSize))
		}
	}
	part.Modal(bench.Canvas(), "What to know before reading this", fyne.NewSize(620, 420), part.Scroll(part.Pad(12, 16, 12, 16, part.Stack(10, rows...))))
}
