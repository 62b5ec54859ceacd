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

// Roles that conditions play, of data.Families.
const (
	irrelevantRole = "irrelevant"
	inoculation    = "inoculation"
)

// controlChip warns where inoculation is compared and no arm has an
// irrelevant or neutral prefix: such a prefix alone can do as much.
func (st Study) controlChip(q query.Query, f frame.Frame) []Chip {
	if len(q.By) == 0 || q.By[0] != data.Condition || q.Baseline == "" || len(st.Roles) == 0 {
		return nil
	}
	inoculated, control := false, false
	for i := range f.Len() {
		role := st.Roles[f.Key(i, data.Condition)]
		inoculated = inoculated || strings.HasPrefix(role, inoculation)
		control = control || role == irrelevantRole
	}
	if !inoculated || control {
		return nil
	}
	return []Chip{{
		ID: "no-irrelevant-arm", Label: "No irrelevant-prompt arm", Tone: Warn,
		Text: []string{"no condition here has an irrelevant or neutral prefix; a fixed prefix alone can lower what is trained under it, so a difference does not show that the wording of the prompt matters; train such an arm, or say that there is none"},
	}}
}

// outcomeChip warns where the filter keeps samples by a measured outcome.
func (st Study) outcomeChip(q query.Query) []Chip {
	var on []string
	for _, m := range st.Index.Measures() {
		if m.Monitor == "" && slices.Contains(q.Where.Fields(), m.Name) {
			on = append(on, m.Name)
		}
	}
	if on == nil {
		return nil
	}
	return []Chip{{
		ID: "outcome-filter", Label: "Filtered by " + spokenList(on), Tone: Bad,
		Text: []string{"the filter keeps samples by " + spokenList(on) + ", which is an outcome; what is compared then are not the conditions as they were assigned, so show the same without this filter beside it"},
	}}
}

// tailPoints is the difference from which a chip tells of answers without a
// fair verdict, as stats.ExclusionPoints for those left out.
const tailPoints = 0.02

// tailChips warn where answers were cut short, refused or not understood more
// often in one arm: one chip a measure, about the row that differs most.
func (st Study) tailChips(ctx context.Context, q query.Query, f frame.Frame) ([]Chip, error) {
	if q.Baseline == "" || len(q.By) == 0 || len(q.Measures) == 0 || tailNoun(q.Measures[0]) != "" || slices.Contains(q.By, data.Step) {
		return nil, nil
	}
	var out []Chip
	for _, m := range tailMeasures(st.Index) {
		asked := q
		asked.Measures, asked.Units, asked.Sort, asked.Limit, asked.Offset = []string{m.Name}, false, nil, 0, 0
		a, err := st.Index.Ask(ctx, asked)
		if err != nil {
			return nil, err
		}
		c := Chip{ID: "tail", Tone: Bad}
		most := 0.0
		for i := range a.Len() {
			d, lo, hi := num(a, frame.Diff, i), num(a, frame.DiffLo, i), num(a, frame.DiffHi, i)
			if !(math.Abs(d) > tailPoints) || lo <= 0 && hi >= 0 {
				continue
			}
			c.Text = append(c.Text, fmt.Sprintf("%s %s", spoken(m.Name), difference(a, i, q.Baseline, a.Key(i, q.By[0]), wordsOf(m), pairedBy(a, i))))
			if row := find(f, a.Keys[i]); row >= 0 {
				c.Rows = append(c.Rows, row)
			}
			if math.Abs(d) > math.Abs(most) {
				most = d
			}
		}
		if c.Text == nil {
			continue
		}
		c.Text = append(c.Text, "such answers have no fair verdict, and a difference in them can pass for one in "+spoken(q.Measures[0])+"; see the worst-case bounds")
		c.Label = fmt.Sprintf("%s %s points", tailNoun(m.Name), words{100, rates}.change(most, 0))
		c.Numbers = []Number{{m.Name + ", difference from the baseline", most}}
		out = append(out, c)
	}
	return out, nil
}

// pairedBy reads from the method of a difference what was paired.
func pairedBy(f frame.Frame, row int) string {
	via := f.Text(frame.DiffVia, row)
	switch {
	case !(num(f, frame.Pairs, row) > 0):
		return ""
	case strings.Contains(via, "item"):
		return "item"
	}
	return "seed"
}
