package contrast

import (
	"context"
	"slices"

	"witnessmark/data/estimate"
	"witnessmark/data/frame"
)

// A Matched is a comparison of the row with another condition that shares
// the settings in which it differs from the baseline, so that these cannot
// explain the difference.
type Matched struct {
	Of, Base string   // in the designed order: Base came first
	Same     []string // the settings that the baseline does not share
	Sentence string
	Verdict  Verdict
}

// matched compares a row whose baseline differs in other settings too with
// the conditions that do not.
func (c *comparison) matched(ctx context.Context) ([]Matched, error) {
	own := c.background(c.row)
	also := own.AlsoDiffer()
	if c.base < 0 || len(also) == 0 {
		return nil, nil
	}
	var out []Matched
	for _, name := range c.others() {
		of, base := c.name(), name
		if c.place(name) > c.place(c.name()) {
			of, base = name, c.name()
		}
		q := c.q
		q.Baseline = base
		keys := slices.Clone(c.f.Keys[c.row])
		keys[0].Value = of
		m, err := c.st.compare(ctx, q, keys)
		if err != nil {
			return nil, err
		}
		if m.base < 0 {
			continue
		}
		if m.back, err = c.st.Index.Backgrounds(ctx, m.q); err != nil {
			return nil, err
		}
		if len(m.background(m.row).AlsoDiffer()) > 0 || !comparable(m) {
			continue
		}
		out = append(out, Matched{Of: of, Base: base, Same: also, Sentence: m.sentence(), Verdict: m.verdict()})
	}
	return out, nil
}

// comparable tells whether there is a difference at all.
func comparable(m *comparison) bool {
	_, _, ok := m.f.Num(frame.Diff, m.row)
	return ok
}

// others are the conditions beside this one and its baseline that have the
// same further keys and its settings.
func (c *comparison) others() []string {
	own := c.background(c.row)
	var out []string
	for i := range c.f.Len() {
		name := c.f.Key(i, c.q.By[0])
		same := slices.Equal(c.f.Keys[i][1:], c.f.Keys[c.row][1:])
		if !same || name == c.name() || name == c.q.Baseline || slices.Contains(out, name) {
			continue
		}
		if shares(c.background(i), own) {
			out = append(out, name)
		}
	}
	return out
}

// shares tells whether another row has the values of this one in all
// settings in which this one differs from the baseline.
func shares(other, own estimate.Background) bool {
	for _, field := range own.AlsoDiffer() {
		if !slices.Equal(other.Setting(field).Values, own.Setting(field).Values) {
			return false
		}
	}
	return true
}

// place is a condition's place in the designed order.
func (c *comparison) place(name string) int {
	if i := slices.Index(c.st.Order, name); i >= 0 {
		return i
	}
	return len(c.st.Order) + max(0, slices.IndexFunc(c.f.Keys, func(k []frame.Key) bool { return k[0].Value == name }))
}
