package estimate

import (
	"cmp"
	"slices"
	"strings"

	"witnessmark/data"
	"witnessmark/data/query"
)

// groups are the distinct combinations of the values of By, as a tree: each
// node adds the value of one field to its parent. Fields of coarser levels
// come first, so that most of a group's path is found once a run.
type groups struct {
	ids   map[groupNode]int32
	nodes []groupNode // nodes[0] is the root
}

type groupNode struct{ parent, by, code int32 }

func newGroups() groups {
	return groups{ids: map[groupNode]int32{}, nodes: []groupNode{{-1, -1, -1}}}
}

func (g *groups) child(parent int32, by int, code int32) int32 {
	n := groupNode{parent, int32(by), code}
	id, ok := g.ids[n]
	if !ok {
		id = int32(len(g.nodes))
		g.ids[n] = id
		g.nodes = append(g.nodes, n)
	}
	return id
}

// codes returns the code of each field of By.
func (g *groups) codes(id int32, by int) []int32 {
	out := make([]int32, by)
	for n := g.nodes[id]; n.by >= 0; n = g.nodes[n.parent] {
		out[n.by] = n.code
	}
	return out
}

// A legend turns the codes of one field of By into text and into their order.
type legend struct {
	texts []string
	ranks []int32
	codes map[string]int32 // only while reading samples
}

func (l *legend) code(text string) int32 {
	c, ok := l.codes[text]
	if !ok {
		c = int32(len(l.texts))
		l.codes[text], l.texts = c, append(l.texts, text)
	}
	return c
}

// rank orders the texts naturally.
func (l *legend) rank() {
	order := make([]int32, len(l.texts))
	for i := range order {
		order[i] = int32(i)
	}
	slices.SortFunc(order, func(a, b int32) int {
		return cmp.Or(natural(l.texts[a], l.texts[b]), strings.Compare(l.texts[a], l.texts[b]))
	})
	l.ranks = make([]int32, len(order))
	for i, code := range order {
		l.ranks[code] = int32(i)
	}
}

// legends returns one legend a field; those of samples fill up on the way.
func (p *plan) legends() []*legend {
	out := make([]*legend, len(p.by))
	for i, f := range p.by {
		l := &legend{codes: map[string]int32{}}
		switch f.level {
		case OfSample:
		case OfStep:
			for _, v := range p.x.stepText {
				l.texts = append(l.texts, v.Text)
			}
		default:
			for _, v := range f.dict {
				l.texts = append(l.texts, v.Text)
			}
		}
		out[i] = l
	}
	return out
}

// sampleCodes returns, for a table, the code of each row in the i-th field of
// By, which is a field of samples.
func (s *scan) sampleCodes(t *table, i int) func(row int) int32 {
	l := s.legends[i]
	columns := s.x.columns(t)(s.by[i].name)
	if len(columns) == 0 {
		none := l.code("")
		return func(int) int32 { return none }
	}
	known := map[float64]int32{} // by the number in the column
	return func(row int) int32 {
		number := rawNumber(columns[0], row)
		code, ok := known[number]
		if !ok {
			code = l.code(textOf(columns[0], number))
			known[number] = code
		}
		return code
	}
}

// rawNumber is what stands in a row of a column, −1 for nothing.
func rawNumber(c query.Column, row int) float64 {
	switch {
	case c.Code != nil:
		return float64(c.Code[row])
	case c.Index != nil:
		return float64(c.Index[row])
	case c.Num[row] == c.Num[row]:
		return c.Num[row]
	}
	return -1
}

// textOf says what a raw number of a column stands for.
func textOf(c query.Column, number float64) string {
	switch i := int(number); {
	case number < 0, c.Code != nil && i == 255:
		return ""
	case c.Code != nil && i == 254:
		return "unknown"
	case c.Dict != nil && i < len(c.Dict):
		return c.Dict[i]
	}
	return query.Num(number).Text
}

// graderField is the field whose values are never pooled silently.
func (x *Index) graderField() *field { return x.fields[data.Grader] }
