package estimate

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"witnessmark/data"
	"witnessmark/data/frame"
	"witnessmark/data/stats"
)

// guard adds to each row what its reader must be told.
func (s *scan) guard(rows []*row) {
	mixed := s.mixable()
	least := s.leastExcluded(rows)
	for _, r := range rows {
		for _, text := range r.est.Notes {
			r.note("interval", text, false)
		}
		s.noteRanges(r)
		if r.series == nil || r.reported {
			continue
		}
		s.guardGrain(r)
		s.guardGraders(r)
		s.guardSeeds(r)
		s.guardSteps(r)
		s.guardResidue(r, mixed)
		s.guardExclusions(r, least[r.measure])
		s.guardConfounds(r, mixed)
	}
}

// name says which group a row is, in the words of a sentence.
func (s *scan) name(r *row) string {
	var words []string
	for i, code := range r.codes {
		if s.by[i].level == OfStep {
			continue // what is said of a group is said at all its steps
		}
		text := s.legends[i].texts[code]
		if text == "" || s.by[i].level == OfSample {
			text = strings.TrimSpace(s.q.By[i] + " " + text)
		}
		words = append(words, text)
	}
	if words == nil {
		return "this group"
	}
	return strings.Join(words, ", ")
}

func (r *row) guard(g stats.Guard, bad bool) {
	if g.Bad {
		r.note(g.ID, g.Message, bad)
	}
}

func (s *scan) guardGrain(r *row) {
	if r.left > 0 {
		r.note("mixed-grains", fmt.Sprintf("from %s; %s with coarser numbers only %s left out", r.grain, count(r.left, "run"), were(r.left)), false)
	}
	if r.est.Unit == stats.Items {
		r.guard(stats.FewItems(r.est.N), false)
	}
}

func (s *scan) guardGraders(r *row) {
	if r.split > 1 {
		r.note("mixed-graders", fmt.Sprintf("%d judges, not pooled; this row is %s only", r.split, orNone(s.graderName(r.grader))), false)
	}
	if s.pooled {
		r.guard(stats.MixedGraders(s.values(r, s.x.graderField())), true)
	}
}

func orNone(name string) string {
	if name == "" {
		return "without a grader"
	}
	return name
}

func (s *scan) guardSeeds(r *row) {
	if slices.ContainsFunc(s.by, func(f *field) bool { return f.name == data.Run || f.name == data.Seed }) {
		return
	}
	growing := 0
	for _, v := range r.runs {
		growing += btoi(s.x.set.Runs[v.run].Fields[data.Status] == "started")
	}
	if growing > 0 {
		r.note("growing-run", count(growing, "run")+" not finished; stopping when it looks good makes intervals too narrow", false)
	}
	r.guard(stats.OneSeed(s.name(r), len(r.runs)), false)
	if lo, hi, ok := s.x.scale(s.measures[r.measure], r.rate); ok {
		rates := r.values()
		for i := range rates {
			rates[i] = (rates[i] - lo) / (hi - lo)
		}
		r.guard(stats.BimodalSeeds(s.name(r), rates), false)
	}
	if b := r.base(); b != nil {
		r.guard(stats.UnequalSeeds(s.name(r), s.name(b), s.seedNames(r), s.seedNames(b)), false)
	}
}

// base is the row that r was compared with, nil if none.
func (r *row) base() *row {
	if r.compared == nil {
		return nil
	}
	return r.compared.baseline
}

// seedNames lists the distinct seeds of a row, and its runs without one by
// their names.
func (s *scan) seedNames(r *row) []string {
	var out []string
	for _, v := range r.runs {
		name := s.x.seedOf(v.run)
		if name == "" {
			name = s.x.set.Runs[v.run].Name
		}
		if !slices.Contains(out, name) {
			out = append(out, name)
		}
	}
	return out
}

func (s *scan) guardSteps(r *row) {
	runs := slices.DeleteFunc(slices.Clone(r.runs), func(v runValue) bool { return math.IsNaN(v.last) })
	if b := r.base(); b != nil {
		runs = append(runs, b.runs...)
	}
	if s.byStep || len(runs) == 0 {
		return
	}
	v := runs[0]
	least, most, early, late, same := v.steps, v.steps, v.last, v.last, true
	for _, w := range runs {
		least, most = min(least, w.steps), max(most, w.steps)
		early, late = min(early, w.last), max(late, w.last)
		same = same && v.first == w.first
	}
	switch {
	case least != most:
		r.note("unequal-checkpoints", fmt.Sprintf("runs are averaged over %d to %d steps", least, most), false)
	case early < late:
		r.note("unequal-checkpoints", fmt.Sprintf("the last steps of the runs differ, %v to %v", early, late), false)
	case !same && late == late:
		r.note("unequal-checkpoints", "the runs were measured at different steps", false)
	}
}

// mixable lists the fields that a group should not mix: those that are not
// asked for, not fixed by the filter, and not identities of runs.
func (s *scan) mixable() []*field {
	asked := s.where.Fields()
	var out []*field
	for _, name := range sortedKeys(s.x.fields) {
		f := s.x.fields[name]
		if f.level > OfContext || f.identity || f.name == data.Grader || len(f.dict) < 2 || slices.Contains(s.by, f) {
			continue
		}
		if !slices.ContainsFunc(asked, func(n string) bool { return s.x.find(n) == f }) {
			out = append(out, f)
		}
	}
	return out
}

// values are the distinct values that a field has behind a row.
func (s *scan) values(r *row, f *field) []string {
	var codes []int32
	for _, v := range r.runs {
		if f.level == OfRun {
			codes = s.addCode(codes, f.byRun[v.run])
			continue
		}
		for at := v.refs; at >= 0; at = s.refs[at].next {
			c := s.x.tables[s.refs[at].table].Cells[s.refs[at].cell]
			codes = s.addCode(codes, f.at(c.Run, c.Context))
		}
	}
	out := make([]string, len(codes))
	for i, c := range codes {
		out[i] = f.dict[c].Text
	}
	slices.SortFunc(out, natural)
	return out
}

func (s *scan) addCode(codes []int32, code int32) []int32 {
	if slices.Contains(codes, code) {
		return codes
	}
	return append(codes, code)
}

// guardResidue tells what a group mixes without being asked to.
func (s *scan) guardResidue(r *row, fields []*field) {
	var mixes []string
	for _, f := range fields {
		if v := s.values(r, f); len(v) > 1 {
			mixes = append(mixes, f.name+" "+shortList(v))
		}
	}
	if mixes != nil {
		r.note("residue", "mixes "+list(mixes, "and"), false)
	}
}

// shortList names a few short values, or says how many there are.
func shortList(values []string) string {
	const most, longest = 3, 24
	if len(values) > most || slices.ContainsFunc(values, func(v string) bool { return len(v) > longest }) {
		return fmt.Sprintf("(%d values)", len(values))
	}
	words := make([]string, len(values))
	for i, v := range values {
		if words[i] = v; v == "" {
			words[i] = "(none)"
		}
	}
	return list(words, "and")
}

// ofCondition are fields that are part of what a condition is, and so differ
// with it.
var ofCondition = []string{data.TrainPrompt, data.Family}

// guardConfounds tells what else differs between a group and its baseline,
// each being constant within.
func (s *scan) guardConfounds(r *row, fields []*field) {
	b := r.base()
	if b == nil {
		return
	}
	byCondition := slices.ContainsFunc(s.by, func(f *field) bool { return f.name == data.Condition })
	var differ []string
	for _, f := range fields {
		if byCondition && slices.Contains(ofCondition, f.name) {
			continue
		}
		own, base := s.values(r, f), s.values(b, f)
		if len(own) == 1 && len(base) == 1 && own[0] != base[0] {
			differ = append(differ, f.name)
		}
	}
	r.guard(stats.AlsoDiffers(s.name(r), s.name(b), differ), false)
}

// leastExcluded finds for each measure the row with the smallest share of
// samples left out, with which the others are compared.
func (s *scan) leastExcluded(rows []*row) []*row {
	out := make([]*row, len(s.measures))
	for _, r := range rows {
		if best := out[r.measure]; r.n == r.n && !r.reported && (best == nil || r.share() < best.share()) {
			out[r.measure] = r
		}
	}
	return out
}

// share is the part of a row's samples that was left out.
func (r *row) share() float64 {
	if r.excluded == 0 {
		return 0
	}
	return float64(r.excluded) / (float64(r.excluded) + r.n)
}

func (s *scan) guardExclusions(r, least *row) {
	if b := r.base(); b != nil {
		least = b
	}
	if least == nil || least == r || r.n != r.n {
		return
	}
	g := stats.DifferentExclusions(s.name(r), s.name(least), r.excluded, r.excluded+round(r.n), least.excluded, least.excluded+round(least.n))
	if g.Bad && r.rate {
		worst, err := stats.WorstCase(round(r.k), round(r.n), r.excluded, s.q.LevelOr())
		if lo, errLo := worst.Lo.Value(); err == nil && errLo == nil {
			hi, _ := worst.Hi.Value()
			g.Message += fmt.Sprintf("; worst cases %s to %s", percent(lo), percent(hi))
		}
	}
	r.guard(g, false)
}

// whole makes the notes on the answer as a whole.
func (s *scan) whole(rows []*row) []frame.Note {
	var notes []frame.Note
	add := func(id, text string, bad bool) {
		notes = append(notes, frame.Note{Row: -1, ID: id, Text: text, Bad: bad})
	}
	if s.setAside > 0 {
		add("set-aside", count(s.setAside, "run")+" set aside", false)
	}
	if n := s.simulated(); n > 0 {
		add("simulated", fmt.Sprintf("simulated data in %s; they show what the program does, not what models do", count(n, "run")), false)
	}
	if text := s.countedTwice(); text != "" {
		add("counted-twice", text, true)
	}
	if g := stats.SelectedOnOutcome(s.outcomesFiltered()); g.Bad {
		add(g.ID, g.Message, false)
	}
	for _, text := range s.inferredScales() {
		add("inferred-scale", text, false)
	}
	for m := range s.measures {
		family := 0
		for _, r := range rows {
			if r.measure == m && r.compared != nil && r.compared.p == r.compared.p {
				family++
			}
		}
		if g := stats.UnadjustedFamily(family, false); g.Bad {
			add(g.ID, s.q.Measures[m]+": "+g.Message, false)
		}
	}
	if text := s.seedCounts(rows); text != "" {
		add("unequal-seeds", text, false)
	}
	if g := reportedBounds(rows); g.Bad {
		add(g.ID, g.Message, false)
	}
	return notes
}

// outcomesFiltered lists the measures that the filter keeps samples by.
func (s *scan) outcomesFiltered() []string {
	return slices.DeleteFunc(s.q.Where.Fields(), func(field string) bool {
		return !slices.ContainsFunc(s.x.measures, func(m Measure) bool { return m.Name == field && m.Monitor == "" })
	})
}

// simulated counts the runs that say of themselves that they are.
func (s *scan) simulated() int {
	n := 0
	for _, run := range s.runs {
		switch strings.ToLower(s.x.set.Runs[run].Fields["simulated"]) {
		case "", "no", "false", "0":
		default:
			n++
		}
	}
	return n
}

// seedCounts tells where groups that are shown side by side rest on
// different numbers of runs. With a baseline, rows say so themselves.
func (s *scan) seedCounts(rows []*row) string {
	least, most := 0, 0
	for _, r := range rows {
		if n := len(r.runs); n > 0 && !r.reported {
			if least == 0 || n < least {
				least = n
			}
			most = max(most, n)
		}
	}
	if least == most || s.byStep || s.bySample || s.q.Baseline != "" {
		return ""
	}
	return fmt.Sprintf("groups rest on different numbers of runs, %d to %d", least, most)
}

func reportedBounds(rows []*row) stats.Guard {
	all, unnamed, flat := 0, 0, 0
	for _, r := range rows {
		if !r.reported {
			continue
		}
		all++
		if r.why == "" {
			unnamed += btoi(r.est.Lo != r.est.Hi)
			flat += btoi(r.est.Lo == r.est.Hi)
		}
	}
	return stats.ImportedBounds(all, unnamed, flat)
}
