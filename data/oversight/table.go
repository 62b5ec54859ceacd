package oversight

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"witnessmark/data"
	"witnessmark/data/frame"
	"witnessmark/data/stats"
)

// Columns of the frames of monitors, beside those of estimates. A rate NAME
// has its interval in NAME_lo and NAME_hi and its method in NAME_method.
const (
	MonitorColumn   = "monitor"
	FlaggedColumn   = "flagged"  // samples flagged
	UnknownColumn   = "unknown"  // the monitor said neither yes nor no
	UnscoredColumn  = "unscored" // the monitor said nothing
	PositivesColumn = "positives"
	NegativesColumn = "negatives"
	ThresholdColumn = "threshold" // in use, in the monitor's own scale
)

// rates are the columns of rates of a table of monitors.
var rates = []struct {
	name string
	rate Rate
}{
	{"flag_rate", FlagRate}, {"true_rate", TrueRate}, {"recall", Recall}, {"fpr", FalseAlarm}, {"precision", Precision}, {"g_mean2", GMean2},
}

// RateColumns lists the rates in a table of monitors, in order.
func RateColumns() []string {
	var out []string
	for _, r := range rates {
		out = append(out, r.name)
	}
	return append(out, "auroc", "tpr_at_1pct", "tpr_at_5pct")
}

// Table lists what monitors do at a place, such as Everywhere: a row a group
// and reading, in the order of groups and then of readings. Columns are the
// fields of By, monitor, flagged, n (samples with a verdict), unknown,
// unscored, excluded, positives, negatives, seeds, threshold, level, and each
// of RateColumns with its interval, k, n and method. Units are runs: Value is
// a run's flag rate, K of N. Readings are of boards with the same By.
func Table(at Place, readings ...*Reading) frame.Frame {
	s := newSheet()
	for _, g := range groupsOf(readings) {
		for _, r := range readings {
			for _, sp := range r.places(Place{g.name(), at.Step}) {
				if sp.group.key() == g.key() && (at.Group == "" || at.Group == g.name()) {
					r.tableRow(s, sp)
				}
			}
		}
	}
	for _, r := range readings {
		r.wholeNotes(s, len(readings) > 1)
	}
	return s.done()
}

// groupsOf lists the groups of several boards: those of the first, then what
// others have besides.
func groupsOf(readings []*Reading) []*group {
	var out []*group
	seen := map[string]bool{}
	for _, r := range readings {
		for _, g := range r.groups {
			if key := g.key(); !seen[key] {
				seen[key] = true
				out = append(out, g)
			}
		}
	}
	return out
}

func (g *group) key() string { return keyOf(append(slices.Clone(g.values), g.grader)...) }

func (r *Reading) tableRow(s *sheet, sp *spot) {
	p := sp.pool
	all, units := r.total(p), r.units(p)
	r.start(s, sp)
	s.num(FlaggedColumn, float64(all.allFlagged()))
	s.num(frame.N, float64(all.verdicts()))
	s.num(UnknownColumn, float64(all.unknown))
	s.num(UnscoredColumn, float64(all.unscored))
	excluded, why := r.excluded(sp)
	s.why(frame.Excluded, excluded, why)
	s.num(PositivesColumn, float64(all.Positives()))
	s.num(NegativesColumn, float64(all.Negatives()))
	s.num(frame.Seeds, float64(len(p.runs)))
	at, why := r.threshold(p)
	s.why(ThresholdColumn, finite(at), orElse(why, "flags nothing"))
	s.num(frame.Level, r.level())
	for _, c := range rates {
		s.estimate(c.name, r.rate(c.rate, p, units))
	}
	f := p.figures(r.level())
	s.estimate("auroc", f.auroc)
	s.estimate("tpr_at_1pct", f.budgets[0])
	s.estimate("tpr_at_5pct", f.budgets[1])
	s.units(r.runUnits(p, FlagRate))
	r.rowNotes(s, p, all)
	if sp.step != sp.step {
		r.labelNotes(s, sp.group)
	}
	if sp.step != sp.step {
		r.inherited(s, sp.group)
	}
}

// fields sets the columns of By.
func (r *Reading) fields(s *sheet, g *group) {
	for i, name := range r.by() {
		s.text(name, g.values[i])
	}
	if g.split {
		s.text(data.Grader, g.grader)
	}
}

// excluded counts the samples of a whole group that estimates left out; they
// are not part of the board.
func (b *Board) excluded(sp *spot) (float64, string) {
	if sp.step == sp.step {
		return math.NaN(), "counted for all steps together only"
	}
	if v, _, ok := b.asked.Num(frame.Excluded, max(0, sp.group.asked)); ok && sp.group.asked >= 0 {
		return v, ""
	}
	return 0, ""
}

// runUnits lists the runs of a pool with a rate of theirs.
func (r *Reading) runUnits(p *pool, rate Rate) []frame.Unit {
	out := make([]frame.Unit, len(p.runs))
	for i, s := range p.runs {
		c := r.cells[p.cells[s.from]]
		out[i] = unit(c.run, c.Key(data.Seed), rate, r.sum(p.cells[s.from:s.to]))
	}
	return out
}

// rowNotes tells what a reader must know of the samples of a row.
func (r *Reading) rowNotes(s *sheet, p *pool, all tally) {
	if all.unknown > 0 {
		s.note("unknown-verdicts", fmt.Sprintf("%s of %s said neither yes nor no and %s in no rate", grouped(all.unknown), count(all.verdicts()+all.unknown, "verdict"), are(all.unknown)), false)
	}
	if all.unscored > 0 {
		s.note("unscored", fmt.Sprintf("%s %s without a score or verdict and counted in no rate", count(all.unscored, "sample"), are(all.unscored)), false)
	}
	if all.lost > 0 {
		worst := float64(all.TP) / float64(all.Positives()+all.lost)
		s.note("lost-positives", fmt.Sprintf("%s without a verdict; counted as missed, recall would be %s", count(all.lost, "positive"), percent(worst)), false)
	}
	if n := all.unlabeled(); n > 0 && all.N() > 0 {
		s.note("labeled-subsample", fmt.Sprintf("%s of %s have a truth; rates weight flagged and unflagged ones by how many were labeled, areas use the labeled ones as they are",
			grouped(all.N()), count(all.verdicts(), "sample")), false)
	}
	if all.N() > 0 {
		s.guard(stats.FewNegatives(all.Negatives(), r.budget()), false)
	}
	s.guard(stats.ThresholdOnTest(r.tuned(p), all.N()), false)
}

// labelNotes warns where the truth is known at some checkpoints only, which
// then stand for the others.
func (r *Reading) labelNotes(s *sheet, g *group) {
	without := 0
	for _, sp := range g.spots {
		without += btoi(r.total(sp.pool).N() == 0)
	}
	if without > 0 && without < len(g.spots) {
		s.note("validation-elsewhere", fmt.Sprintf("no truth is known at %d of %s; rates of all steps take the labeled ones for the others, which need not be alike", without, count(len(g.spots), "checkpoint")), true)
	}
}

func (s *sheet) guard(g stats.Guard, bad bool) {
	if g.Bad {
		s.note(g.ID, g.Message, bad)
	}
}

func are(n int) string {
	if n == 1 {
		return "is"
	}
	return "are"
}

// notInherited are the notes of estimates that are about their own intervals.
var notInherited = []string{"interval"}

// inherited takes over what estimates tell of the same samples.
func (r *Reading) inherited(s *sheet, g *group) {
	for _, n := range r.asked.Notes {
		if n.Row == g.asked && n.Row >= 0 && !slices.Contains(notInherited, n.ID) {
			s.note(n.ID, n.Text, n.Bad)
		}
	}
}

// wholeNotes tells what a reader must know of a board; the monitor is named
// where there are several.
func (r *Reading) wholeNotes(s *sheet, named bool) {
	add := func(id, text string, bad bool) {
		if named {
			text = r.Monitor + ": " + text
		}
		s.whole(id, text, bad)
	}
	switch {
	case len(r.cells) == 0:
		add("no-samples", "no samples pass the filter that have a verdict or score", true)
	case r.Truth == "":
		add("missing-truth", "flag rate only, since no truth is named"+r.study.offer()+"; it moves with the true rate, recall and false alarms, and does not tell them apart", false)
	case r.unlabeled():
		add("missing-truth", "flag rate only, since none of these samples has a value of "+r.Truth, true)
	}
	if r.odd > 0 {
		add("odd-truth", fmt.Sprintf("%s of %s %s neither 0 nor 1 and count as unknown", count(r.odd, "value"), r.Truth, are(r.odd)), true)
	}
	if r.assumed {
		add("assumed-threshold", fmt.Sprintf("nobody named a threshold; %s is the middle of the scale %s", decimal(r.Scale.Middle()), r.Scale), false)
	}
	if text := r.directionNote(); text != "" {
		add("truth-direction", text, false)
	}
	for _, n := range r.asked.Notes {
		if n.Row < 0 && !slices.Contains(notInherited, n.ID) && !slices.ContainsFunc(s.Notes, func(o frame.Note) bool { return o.Row < 0 && strings.HasSuffix(o.Text, n.Text) }) {
			s.whole(n.ID, n.Text, n.Bad)
		}
	}
}

// unlabeled tells whether no sample has a truth.
func (b *Board) unlabeled() bool {
	return !slices.ContainsFunc(b.cells, func(c *cell) bool { return c.known > 0 })
}

// directionNote warns of a truth whose 1 is the better outcome.
func (b *Board) directionNote() string {
	for _, m := range b.study.Index.Measures() {
		if m.Name == b.Truth && m.Better > 0 && !b.Good {
			return "1 of " + b.Truth + " is said to be the better outcome, and is taken here for what the monitor should flag"
		}
	}
	return ""
}
