package contrast

import (
	"context"
	"fmt"
	"math"
	"slices"

	"witnessmark/data"
	"witnessmark/data/frame"
	"witnessmark/data/query"
	"witnessmark/data/stats"
)

// Evidence is the numbers behind a chip or a line of an inspector: sentences,
// and a table.
type Evidence struct {
	Text    []string
	Columns []string // the first is text, the others numbers
	Rows    [][]string
}

// IsZero tells whether there is nothing to show.
func (e Evidence) IsZero() bool { return len(e.Text) == 0 && len(e.Rows) == 0 }

// InfluenceID names, as Chip.ID does, what single seeds do to a row.
const InfluenceID = "influence"

// Evidence returns the numbers behind the chip id of an answer to q; rows
// narrows it to rows, nil is all. Kinds of chips whose text says everything
// have none. Errors are those of Explain.
func (st Study) Evidence(ctx context.Context, q query.Query, f frame.Frame, id string, rows []int) (Evidence, error) {
	if rows == nil {
		for i := range f.Len() {
			rows = append(rows, i)
		}
	}
	switch id {
	case "mixed-graders":
		return st.judgeEvidence(ctx, q)
	case "simpson":
		return st.strataEvidence(ctx, q, f)
	case "unadjusted-family":
		return familyEvidence(q, f), nil
	}
	kinds := map[string]func(*comparison, Card) ([]string, [][]string){
		"bimodal-seeds": overEvidence, "different-exclusions": leftEvidence, "tail": tailEvidence, "also-differs": alsoEvidence, "residue": mixedEvidence,
	}
	var out Evidence
	for _, row := range rows {
		if f.Text(frame.Reported, row) != "" {
			continue
		}
		c, card, err := st.explain(ctx, q, f.Keys[row])
		if err != nil {
			return out, err
		}
		if id == InfluenceID && card.Influence != nil {
			return card.Influence.evidence(c.w, c.num(frame.N)), nil
		}
		if kind := kinds[id]; kind != nil {
			columns, more := kind(c, card)
			out.Columns, out.Rows = columns, append(out.Rows, more...)
		}
	}
	return out, nil
}

// label names a row: its group, and its judge where there are several.
func (c *comparison) label() string {
	name := brief(spoken(c.name()))
	for _, k := range c.f.Keys[c.row][1:] {
		name += ", " + brief(spoken(k.Value))
	}
	return name
}

// overEvidence counts the seeds at either end, and tests the shares above
// half against the baseline.
func overEvidence(c *comparison, card Card) ([]string, [][]string) {
	columns := []string{sentenceCase(spoken(c.q.By[0])), "Under 5" + nbsp + "%", "Over 50" + nbsp + "%", "of", "Share over half", "Points", "Fisher p"}
	above, n := c.num(frame.Above), c.num(frame.Seeds)
	if math.IsNaN(above) {
		return columns, nil
	}
	row := []string{c.label(), decimal(c.num(frame.Below), 0), decimal(above, 0), decimal(n, 0), words{100, rates}.value(above/n, n) + c.share(above), "", ""}
	if o := card.Over; o != nil {
		row[5] = words{100, rates}.change(o.Diff, n) + " " + words{100, rates}.interval(o.Lo, o.Hi, n, true)
		row[6] = pOnly(o.P)
	}
	return columns, [][]string{row}
}

func pOnly(p float64) string {
	switch {
	case math.IsNaN(p):
		return ""
	case p < 0.001:
		return "< 0.001"
	}
	return decimal(p, 3)
}

// leftEvidence gives the worst cases of what was left out.
func leftEvidence(c *comparison, card Card) ([]string, [][]string) {
	columns := []string{sentenceCase(spoken(c.q.By[0])), "Left out", "Baseline", "Difference", "Worst cases"}
	if card.Exclusions == nil || card.Exclusions.Own.Out+card.Exclusions.Base.Out == 0 {
		return columns, nil
	}
	e := card.Exclusions
	side := func(l Left) string { return fmt.Sprintf("%s, %d of %d", percent(l.Share()), l.Out, l.All) }
	row := []string{c.label(), side(e.Own), side(e.Base), c.w.change(c.num(frame.Diff), c.num(frame.N)), "not known"}
	if e.Worst != nil {
		row[4] = c.w.interval(e.Worst.Lo(), e.Worst.Hi(), 0, true)
	}
	return columns, [][]string{row}
}

// tailEvidence does the same for answers without a fair verdict.
func tailEvidence(c *comparison, card Card) ([]string, [][]string) {
	columns := []string{sentenceCase(spoken(c.q.By[0])), "Counts", "Here", "Baseline", "Points", "Worst cases"}
	if card.Exclusions == nil {
		return columns, nil
	}
	var out [][]string
	for _, t := range card.Exclusions.Tails {
		w := words{100, rates}
		row := []string{c.label(), t.Noun, percent(t.Own), percent(t.Base), w.change(t.Diff, 0) + " " + w.interval(t.Lo, t.Hi, 0, true), "not known"}
		if t.Worst != nil {
			row[5] = c.w.interval(t.Worst.Lo(), t.Worst.Hi(), 0, true)
		}
		out = append(out, row)
	}
	return columns, out
}

// alsoEvidence lists the settings that differ, and comparisons that they
// cannot explain.
func alsoEvidence(c *comparison, card Card) ([]string, [][]string) {
	columns := []string{sentenceCase(spoken(c.q.By[0])), "Setting", "Here", "Baseline"}
	var out [][]string
	for _, d := range card.AlsoDiffer {
		out = append(out, []string{c.label(), spoken(d.Field), briefs(d.Own), briefs(d.Base)})
	}
	for _, m := range card.Matched {
		out = append(out, []string{"", "same " + spokenList(m.Same), m.Sentence, ""})
	}
	return columns, out
}

// mixedEvidence lists the settings of which a row has several values.
func mixedEvidence(c *comparison, card Card) ([]string, [][]string) {
	columns := []string{sentenceCase(spoken(c.q.By[0])), "Setting", "Values"}
	var out [][]string
	for _, m := range card.Mixed {
		out = append(out, []string{c.label(), spoken(m.Field), briefs(m.Values)})
	}
	return columns, out
}

func briefs(values []string) string {
	const most = 4
	var out []string
	for i, v := range values {
		if i == most {
			out = append(out, decimal(float64(len(values)-most), 0)+" more")
			break
		}
		out = append(out, brief(spoken(v)))
	}
	return list(out)
}

func (st Study) judgeEvidence(ctx context.Context, q query.Query) (Evidence, error) {
	all, err := st.JudgesAgree(ctx, q)
	if err != nil || len(all) == 0 {
		return Evidence{}, err
	}
	w := wordsOf(st.measure(q.Measures[0]))
	var e Evidence
	for _, j := range all {
		e.Text = append(e.Text, j.Text...)
	}
	e.Columns = []string{sentenceCase(spoken(q.By[0]))}
	values := map[string]map[string]float64{}
	var judges, groups []string
	add := func(judge, group string, v float64) {
		if values[judge] == nil {
			values[judge] = map[string]float64{}
			judges = append(judges, judge)
		}
		if !slices.Contains(groups, group) {
			groups = append(groups, group)
		}
		values[judge][group] = v
	}
	for _, j := range all {
		for _, r := range j.Ranks {
			add(j.First, r.Name, r.First)
			add(j.Second, r.Name, r.Second)
		}
	}
	for _, judge := range judges {
		e.Columns = append(e.Columns, brief(spoken(judge)))
	}
	for _, group := range groups {
		row := []string{brief(spoken(group))}
		for _, judge := range judges {
			row = append(row, placed(w, values[judge], group))
		}
		e.Rows = append(e.Rows, row)
	}
	return e, nil
}

// placed writes a judge's value of a group with its place among the groups.
func placed(w words, values map[string]float64, group string) string {
	v, ok := values[group]
	if !ok {
		return "not scored"
	}
	place := 1
	for _, other := range values {
		if other > v {
			place++
		}
	}
	return w.value(v, 0) + ", place " + decimal(float64(place), 0)
}

func (st Study) strataEvidence(ctx context.Context, q query.Query, f frame.Frame) (Evidence, error) {
	all, err := st.Stratify(ctx, q, f)
	if err != nil {
		return Evidence{}, err
	}
	w := wordsOf(st.measure(q.Measures[0]))
	e := Evidence{Columns: []string{sentenceCase(spoken(q.By[0])), "Within", "Here", "Baseline", "Points", "Interval"}}
	for _, s := range all {
		if s.Reversed {
			e.Rows = append(e.Rows, s.evidence(w, brief(spoken(f.Key(s.Row, q.By[0]))))...)
		}
	}
	return e, nil
}

// familyEvidence adjusts the comparisons shown, each measure by itself.
func familyEvidence(q query.Query, f frame.Frame) Evidence {
	e := Evidence{Columns: []string{sentenceCase(spoken(q.By[0])), "p", "Holm", "BH", "Smallest p"}}
	var rows []int
	var p []float64
	for i := range f.Len() {
		if v := num(f, frame.P, i); !math.IsNaN(v) && f.Text(frame.Measure, i) == q.Measures[0] {
			rows, p = append(rows, i), append(p, v)
		}
	}
	holm, bh := stats.Holm(p), stats.BenjaminiHochberg(p)
	for i, row := range rows {
		name := brief(spoken(f.Key(row, q.By[0])))
		if g := f.Key(row, data.Grader); g != "" && !slices.Contains(q.By, data.Grader) {
			name += ", " + brief(spoken(g))
		}
		e.Rows = append(e.Rows, []string{name, pOnly(p[i]), pOnly(holm[i]), pOnly(bh[i]), pOnly(num(f, frame.PFloor, row))})
	}
	if len(rows) > 0 {
		e.Text = []string{"Holm keeps the chance of any false finding among these within the level; BH, of Benjamini and Hochberg, keeps the share of false ones among the findings."}
	}
	return e
}
