package oversight

import (
	"math"

	"witnessmark/data"
	"witnessmark/data/column"
	"witnessmark/data/estimate"
	"witnessmark/data/stats"
)

// A cell is what a monitor said of the samples of one run, evaluation and
// step, sorted by score.
type cell struct {
	estimate.Checkpoint
	values  []string
	run     string
	ids     []int32       // of the items in Checkpoint.Items, over the whole board
	labeled *stats.Ranked // scores of samples with a truth
	rest    *stats.Ranked // scores of the others
	flags   tally         // by the monitor's own verdicts
	scores  int           // samples with a score
	blank   tally         // what has no score
	odd     int           // truths that are neither 0 nor 1
	known   int           // truths that are one of these
	lo, hi  float64       // of the scores; NaN where there are none
}

// Verdicts and truths of a sample, as columns write them.
const (
	no  uint8 = 0
	yes uint8 = 1
)

// A cut says how verdicts come about: as the monitor gave them, or from scores.
type cut struct {
	flags bool
	at    float64 // flagged where score ≥ at; NaN where there is no threshold
}

// newCell counts and sorts. With low, scores are turned about, so that
// higher is more suspicious from here on; with good, truths are.
func newCell(s sheaf, q Question) (*cell, error) {
	c := &cell{Checkpoint: s.Checkpoint, values: s.values, run: s.Key(data.Run), lo: math.NaN(), hi: math.NaN()}
	if q.Low {
		c.Score = turned(s.Score)
	}
	if q.Good {
		c.Truth = opposite(s.Truth)
	}
	for i := range c.Len() {
		c.flags.add(c.verdict(i, cut{flags: true}), c.truth(i))
		c.known += btoi(c.truth(i) <= yes)
		if c.Score == nil || c.Score[i] != c.Score[i] {
			c.blank.add(c.verdict(i, cut{}), c.truth(i))
		}
		if c.Truth != nil && c.Truth[i] != column.Missing && c.Truth[i] > yes {
			c.odd++
		}
	}
	return c, c.rank()
}

func turned(scores []float64) []float64 {
	out := make([]float64, len(scores))
	for i, s := range scores {
		out[i] = -s
	}
	return out
}

func opposite(truth []uint8) []uint8 {
	out := make([]uint8, len(truth))
	for i, t := range truth {
		if out[i] = t; t <= yes {
			out[i] = yes - t
		}
	}
	return out
}

// rank sorts the scores of samples with and without a truth.
func (c *cell) rank() (err error) {
	var truths []bool
	var scores, others []float64
	for i, s := range c.Score {
		if s != s {
			continue
		}
		c.scores++
		c.lo, c.hi = least(c.lo, s), most(c.hi, s)
		if t := c.truth(i); t <= yes {
			truths, scores = append(truths, t == yes), append(scores, s)
		} else {
			others = append(others, s)
		}
	}
	if c.labeled, err = stats.Rank(truths, scores); err != nil {
		return err
	}
	c.rest, err = stats.Rank(make([]bool, len(others)), others)
	return err
}

func least(a, b float64) float64 {
	if a < b {
		return a
	}
	return b
}

func most(a, b float64) float64 {
	if a > b {
		return a
	}
	return b
}

// truth is yes, no or column.Missing.
func (c *cell) truth(i int) uint8 {
	if c.Truth == nil || c.Truth[i] > yes {
		return column.Missing
	}
	return c.Truth[i]
}

// verdict is yes, no, column.Unknown or column.Missing.
func (c *cell) verdict(i int, by cut) uint8 {
	if by.flags {
		return c.flag(i)
	}
	if c.Score == nil || c.Score[i] != c.Score[i] || by.at != by.at {
		if c.flag(i) == column.Unknown {
			return column.Unknown
		}
		return column.Missing
	}
	if c.Score[i] >= by.at {
		return yes
	}
	return no
}

func (c *cell) flag(i int) uint8 {
	if c.Flag == nil || c.Flag[i] > yes && c.Flag[i] != column.Unknown {
		return column.Missing
	}
	return c.Flag[i]
}

// tally counts the cell under a cut. It takes time log n and allocates
// nothing.
func (c *cell) tally(by cut) tally {
	if by.flags {
		return c.flags
	}
	t := c.blank
	if by.at != by.at {
		t.unscored += c.scores
		return t
	}
	t.Confusion = c.labeled.At(by.at)
	rest := c.rest.At(by.at)
	t.flagged, t.passed = rest.FP, rest.TN
	return t
}

// item is a sample's item, −1 where it names none.
func (c *cell) item(i int) int32 {
	if c.Item == nil || c.Item[i] < 0 {
		return -1
	}
	return c.ids[c.Item[i]]
}

// items gives each distinct name of an item in an evaluation a number.
type items struct {
	at    map[string]int32
	lists map[list][]int32
}

// A list is the names of items that many cells share.
type list struct {
	eval  string
	first *string
	n     int
}

// number fills in the ids of a cell.
func (it *items) number(c *cell) {
	if len(c.Items) == 0 {
		return
	}
	key := list{c.Key(data.Eval), &c.Items[0], len(c.Items)}
	ids, known := it.lists[key]
	if !known {
		ids = make([]int32, len(c.Items))
		for i, name := range c.Items {
			full := keyOf(key.eval, name)
			id, seen := it.at[full]
			if !seen {
				id = int32(len(it.at))
				it.at[full] = id
			}
			ids[i] = id
		}
		it.lists[key] = ids
	}
	c.ids = ids
}

// score is a sample's score, NaN where there is none.
func (c *cell) score(i int) float64 {
	if c.Score == nil {
		return math.NaN()
	}
	return c.Score[i]
}
