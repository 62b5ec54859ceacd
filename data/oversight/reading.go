package oversight

import (
	"errors"
	"fmt"
	"math"
	"strings"

	"witnessmark/data/stats"
)

// A Reading is a Board read at a threshold: the counts of every cell. Its
// methods make the frames that panels show. A Reading belongs to one
// goroutine; any number of them may share a Board.
type Reading struct {
	*Board
	Settings
	tallies []tally // by cell
	cuts    []cut   // by cell
	chose   []bool  // by cell: a threshold was chosen on it
	assumed bool    // nobody named the threshold, and it is the middle of the scale
	byItem  itemCounts
	sums    [2][]int // k and n of units, used again by every rate
}

// Read makes a Reading with the monitor's own verdicts; see Move.
func (b *Board) Read() *Reading {
	n := len(b.cells)
	r := &Reading{Board: b, tallies: make([]tally, n), cuts: make([]cut, n), chose: make([]bool, n)}
	_ = r.Move(Settings{}) // which nothing can be wrong with
	return r
}

// Move reads the Board at another threshold, budget or level. With At it
// neither sorts nor allocates; FrozenAt and Refit sort the samples they choose
// on once a Board. Errors say what is wrong with the settings; the Reading is
// then as it was before. Where Refit can choose no threshold, the samples
// count as unscored.
func (r *Reading) Move(s Settings) error {
	if err := s.check(); err != nil {
		return err
	}
	by, err := r.resolve(s)
	if err != nil {
		return err
	}
	r.Settings = s
	for i := range r.cuts {
		r.cuts[i] = by
	}
	if s.Threshold.kind == refitted {
		r.refit()
	}
	for i, c := range r.cells {
		r.tallies[i] = c.tally(r.cuts[i])
	}
	return nil
}

// resolve finds the one cut of all cells, but for Refit.
func (r *Reading) resolve(s Settings) (cut, error) {
	if s.Threshold.kind != asFlagged && !r.scored {
		return cut{}, errors.New("there are verdicts only, no scores to set a threshold on")
	}
	r.assumed = false
	clear(r.chose)
	switch s.Threshold.kind {
	case atScore:
		return cut{at: r.own(s.Threshold.at)}, nil
	case frozenAt:
		return r.freeze(s)
	case refitted:
		return cut{at: math.NaN()}, nil
	}
	if r.flagged || !r.scored {
		return cut{flags: true}, nil
	}
	if m, ok := r.study.Monitors[r.Monitor]; ok && !math.IsNaN(m.Threshold) {
		return cut{at: r.own(m.Threshold)}, nil
	}
	r.assumed = true
	return cut{at: r.own(r.Scale.Middle())}, nil
}

// freeze chooses a threshold on all samples of a step.
func (r *Reading) freeze(s Settings) (cut, error) {
	p := r.frozen(s.Threshold.at)
	if p == nil {
		return cut{}, fmt.Errorf("there are no samples at step %s to choose a threshold on; there are steps %s", decimal(s.Threshold.at), stepList(r.Steps()))
	}
	at, err := s.choose(p.rank())
	if err != nil {
		return cut{}, fmt.Errorf("no threshold can be frozen at step %s, because %s", decimal(s.Threshold.at), stats.Reason(err))
	}
	for _, i := range p.cells {
		r.chose[i] = true
	}
	return cut{at: at}, nil
}

// frozen is the samples of all groups at a step, nil if there are none. They
// are sorted once a Board.
func (b *Board) frozen(step float64) *pool {
	b.lock.Lock()
	defer b.lock.Unlock()
	if p, known := b.steps[step]; known {
		return p
	}
	p := &pool{board: b}
	for _, s := range b.spots {
		if s.step == step {
			p.cells = append(p.cells, s.pool.cells...)
		}
	}
	if p.cells == nil {
		return nil
	}
	if b.steps == nil {
		b.steps = map[float64]*pool{}
	}
	b.steps[step] = p
	return p
}

func stepList(steps []float64) string {
	const few = 12
	words := make([]string, 0, few+1)
	for i, s := range steps {
		if i == few {
			words = append(words, "…")
			break
		}
		words = append(words, decimal(s))
	}
	if words == nil {
		return "none"
	}
	return strings.Join(words, ", ")
}

// refit chooses a threshold in each spot.
func (r *Reading) refit() {
	for _, s := range r.spots {
		at, err := r.choose(s.pool.rank())
		if err != nil {
			continue
		}
		for _, i := range s.pool.cells {
			r.cuts[i], r.chose[i] = cut{at: at}, true
		}
	}
}

// threshold is the one at which a pool is read, in the scores' own direction;
// NaN where it is not one, with the reason.
func (r *Reading) threshold(p *pool) (float64, string) {
	first := r.cuts[p.cells[0]]
	if first.flags {
		return math.NaN(), "verdicts as the monitor gave them"
	}
	for _, i := range p.cells {
		if at := r.cuts[i].at; at != first.at && (at == at || first.at == first.at) {
			return math.NaN(), "chosen anew at each checkpoint"
		}
	}
	if first.at != first.at {
		return first.at, "no threshold can be chosen here"
	}
	return r.own(first.at), ""
}

// InUse returns the threshold of all samples, and false where there is none
// or more than one.
func (r *Reading) InUse() (float64, bool) {
	for i := range r.cuts {
		if r.cuts[i] != r.cuts[0] {
			return 0, false
		}
	}
	if len(r.cuts) == 0 || r.cuts[0].flags || r.cuts[0].at != r.cuts[0].at {
		return 0, false
	}
	return r.own(r.cuts[0].at), true
}

// total counts a pool.
func (r *Reading) total(p *pool) tally { return r.sum(p.cells) }

func (r *Reading) sum(cells []int32) (t tally) {
	for _, i := range cells {
		t.plus(r.tallies[i])
	}
	return t
}

// units counts the independent parts of a pool: its runs, or the items of its
// one run; nil where each sample is one.
func (r *Reading) units(p *pool) []tally {
	if p.repeated {
		return r.byItem.count(r, p)
	}
	if len(p.runs) < 2 {
		return nil
	}
	out := make([]tally, len(p.runs))
	for i, s := range p.runs {
		out[i] = r.sum(p.cells[s.from:s.to])
	}
	return out
}

// tuned counts the samples of a pool on which a threshold was chosen.
func (r *Reading) tuned(p *pool) int {
	n := 0
	for _, i := range p.cells {
		if r.chose[i] {
			n += r.cells[i].labeled.Positives + r.cells[i].labeled.Negatives
		}
	}
	return n
}
