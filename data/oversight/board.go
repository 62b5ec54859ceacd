package oversight

import (
	"context"
	"math"
	"slices"
	"strings"
	"sync"

	"witnessmark/data"
	"witnessmark/data/estimate"
	"witnessmark/data/frame"
	"witnessmark/data/query"
)

// A Board is the samples of one Question, sorted once, so that any threshold
// can be read from it at once; see Read. It does not change and is safe for
// concurrent use.
type Board struct {
	Question
	Scale Scale

	study   Study
	measure estimate.Measure // of the monitor, about which estimates are asked
	asked   frame.Frame      // what estimates say of the same samples
	cells   []*cell
	groups  []*group
	spots   []*spot // of all groups, in their order
	items   int     // distinct items
	scored  bool    // there are scores
	flagged bool    // there are the monitor's own verdicts
	odd     int     // truths that are neither 0 nor 1

	lock  sync.Mutex
	steps map[float64]*pool      // all groups at a step, see frozen
	kept  map[string]frame.Frame // what no threshold moves, see once
}

// A group is the samples of one combination of the values of By, by one
// grader if there are several.
type group struct {
	values []string
	grader string
	split  bool // other graders have a group of their own
	pool   *pool
	spots  []*spot
	asked  int // row of Board.asked; −1 where there is none
}

// A spot is a group at one step, NaN where the samples have none.
type spot struct {
	group *group
	step  float64
	pool  *pool
}

// Board collects and sorts the samples of a question. It reads every score
// once and sorts it, which takes some 150 ms a million. Errors are those of
// estimate.Index.Ask and Scores.
func (s Study) Board(ctx context.Context, q Question) (*Board, error) {
	b := &Board{Question: q, study: s}
	var err error
	if b.measure, err = s.measure(q.Monitor); err != nil {
		return nil, err
	}
	if b.asked, err = s.Index.Ask(ctx, query.Query{Where: q.Where, Steps: q.Steps, By: q.by(), Measures: []string{b.measure.Name}}); err != nil {
		return nil, err
	}
	sheaves, err := s.collect(ctx, q)
	if err != nil {
		return nil, err
	}
	if err := b.fill(ctx, sheaves); err != nil {
		return nil, err
	}
	b.group()
	b.Scale = b.findScale()
	return b, nil
}

// fill makes the cells.
func (b *Board) fill(ctx context.Context, sheaves []sheaf) error {
	items := items{at: map[string]int32{}, lists: map[list][]int32{}}
	for _, s := range sheaves {
		if err := ctx.Err(); err != nil {
			return err
		}
		if s.Len() == 0 {
			continue // all of its samples are excluded
		}
		c, err := newCell(s, b.Question)
		if err != nil {
			return err
		}
		items.number(c)
		b.cells = append(b.cells, c)
		b.scored = b.scored || c.scores > 0
		b.flagged = b.flagged || c.flags.verdicts() > 0
		b.odd += c.odd
	}
	b.items = len(items.at)
	return nil
}

// group sorts the cells into groups and spots, in the order in which
// estimates list them.
func (b *Board) group() {
	mixed := b.mixed()
	found := map[string]*group{}
	for i, c := range b.cells {
		grader := ""
		if mixed[keyOf(c.values...)] {
			grader = c.Key(data.Grader)
		}
		key := keyOf(append(slices.Clone(c.values), grader)...)
		g := found[key]
		if g == nil {
			g = &group{values: c.values, grader: grader, split: mixed[keyOf(c.values...)], pool: &pool{board: b}}
			found[key] = g
			b.groups = append(b.groups, g)
		}
		g.pool.cells = append(g.pool.cells, int32(i))
	}
	b.order()
	for _, g := range b.groups {
		b.split(g)
		b.spots = append(b.spots, g.spots...)
	}
}

// mixed finds the groups that more than one grader judged, which are never
// pooled unless the filter says grader:any.
func (b *Board) mixed() map[string]bool {
	allowed, _ := b.Where.Chosen(data.Grader)
	out, first := map[string]bool{}, map[string]string{}
	if slices.Contains(allowed, "any") || slices.Contains(b.by(), data.Grader) {
		return out
	}
	for _, c := range b.cells {
		key, grader := keyOf(c.values...), c.Key(data.Grader)
		if before, seen := first[key]; seen && before != grader {
			out[key] = true
		}
		first[key] = grader
	}
	return out
}

// order puts groups in the order of the rows of estimates.
func (b *Board) order() {
	for _, g := range b.groups {
		g.asked = b.row(g)
	}
	slices.SortStableFunc(b.groups, func(x, y *group) int {
		if x.asked != y.asked {
			return x.asked - y.asked
		}
		return strings.Compare(x.grader, y.grader)
	})
}

// row finds the row of estimates that is about a group, −1 for none.
func (b *Board) row(g *group) int {
	for i := range b.asked.Len() {
		if !slices.Equal(texts(b.asked, i, b.by()), g.values) {
			continue
		}
		if grader := b.asked.Key(i, data.Grader); !g.split || grader == "" || grader == g.grader {
			return i
		}
	}
	return -1
}

// split divides a group by steps and works out what its numbers rest on.
func (b *Board) split(g *group) {
	at := map[uint64]*spot{}
	for _, i := range g.pool.cells {
		step := b.cells[i].Step
		key := math.Float64bits(step)
		if step != step {
			key = math.Float64bits(math.NaN())
		}
		s := at[key]
		if s == nil {
			s = &spot{group: g, step: step, pool: &pool{board: b}}
			at[key] = s
			g.spots = append(g.spots, s)
		}
		s.pool.cells = append(s.pool.cells, i)
	}
	slices.SortFunc(g.spots, func(x, y *spot) int { return compareSteps(x.step, y.step) })
	g.pool.settle()
	for _, s := range g.spots {
		s.pool.settle()
	}
}

// compareSteps puts samples without a step first.
func compareSteps(a, b float64) int {
	switch {
	case a != a || b != b:
		return btoi(b == b) - btoi(a == a)
	case a < b:
		return -1
	case a > b:
		return 1
	}
	return 0
}

func btoi(is bool) int {
	if is {
		return 1
	}
	return 0
}

// A Group is a group of a Board as views list it.
type Group struct {
	Name  string      // the values of By, joined
	Keys  []frame.Key // that lead to its samples
	Steps []float64   // at which it has samples, ascending
}

// Groups lists the groups, in the order of all frames.
func (b *Board) Groups() []Group {
	out := make([]Group, len(b.groups))
	for i, g := range b.groups {
		out[i] = Group{Name: g.name(), Keys: b.keys(g)}
		for _, s := range g.spots {
			if s.step == s.step {
				out[i].Steps = append(out[i].Steps, s.step)
			}
		}
	}
	return out
}

// Steps lists the steps at which some group has samples, ascending.
func (b *Board) Steps() []float64 {
	var out []float64
	for _, s := range b.spots {
		if s.step == s.step {
			out = append(out, s.step)
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// Len returns the number of samples.
func (b *Board) Len() int {
	n := 0
	for _, c := range b.cells {
		n += c.Len()
	}
	return n
}

// once makes a frame that no threshold moves, and keeps it.
func (b *Board) once(key string, make func() frame.Frame) frame.Frame {
	b.lock.Lock()
	defer b.lock.Unlock()
	if f, known := b.kept[key]; known {
		return f
	}
	if b.kept == nil {
		b.kept = map[string]frame.Frame{}
	}
	b.kept[key] = make()
	return b.kept[key]
}

func (g *group) name() string {
	words := slices.Clone(g.values)
	if g.split {
		words = append(words, g.grader)
	}
	return strings.Join(words, ", ")
}

func (b *Board) keys(g *group) []frame.Key {
	var out []frame.Key
	for i, name := range b.by() {
		out = append(out, frame.Key{Field: name, Value: g.values[i]})
	}
	if g.split {
		out = append(out, frame.Key{Field: data.Grader, Value: g.grader})
	}
	return out
}
