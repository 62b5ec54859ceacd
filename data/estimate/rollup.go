package estimate

import (
	"math"
	"math/bits"

	"witnessmark/data/column"
	"witnessmark/data/query"
)

// A rollup is what is kept of some rows' values.
type rollup struct {
	n      int32
	binary bool // all values are 0 or 1; true of none
	sum    float64
}

// A sampleColumn is a measure in a table of attempts.
type sampleColumn struct {
	*column.Column
	byCell []rollup
}

func newSampleColumn(t *column.Table, c *column.Column) sampleColumn {
	s := sampleColumn{c, make([]rollup, len(t.Cells))}
	for i, at := range t.Cells {
		s.byCell[i] = s.roll(t.Excluded, int(at.From), int(at.To))
	}
	return s
}

func (s sampleColumn) total() (n int, binary bool) {
	binary = true
	for _, r := range s.byCell {
		n += int(r.n)
		binary = binary && r.binary
	}
	return n, binary
}

// roll sums the values of rows that are not excluded.
func (s sampleColumn) roll(excluded []uint8, from, to int) rollup {
	r := rollup{binary: true}
	for row := from; row < to; row++ {
		if excluded != nil && excluded[row] != 0 {
			continue
		}
		r.add(s.At(row))
	}
	return r
}

func (r *rollup) add(v float64) {
	if v != v {
		return
	}
	r.n++
	r.sum += v
	r.binary = r.binary && (v == 0 || v == 1)
}

// rollWhere is roll for the rows that the mask lets through, and counts the
// excluded ones among them.
func (s sampleColumn) rollWhere(m query.Mask, excluded []uint8, from, to int) (r rollup, left int32) {
	r.binary = true
	for ; from < to; from += 64 {
		n := min(64, to-from)
		w := m.Word(from, n)
		if excluded != nil {
			out := excludedBits(excluded[from : from+n])
			left += int32(bits.OnesCount64(w & out))
			w &^= out
		}
		if s.Code != nil {
			r.addCodes(s.Code[from:from+n], w)
			continue
		}
		for ; w != 0; w &= w - 1 {
			r.add(s.Num[from+bits.TrailingZeros64(w)])
		}
	}
	return r, left
}

// addCodes adds the bytes whose bits are set, without branches.
func (r *rollup) addCodes(codes []uint8, w uint64) {
	var n, sum, large uint64
	for _, c := range codes {
		var number, over uint64
		if c < column.Unknown {
			number = 1
		}
		if c > 1 {
			over = 1
		}
		number &= w
		n += number
		sum += -number & uint64(c)
		large |= number & over
		w >>= 1
	}
	r.n += int32(n)
	r.sum += float64(sum)
	r.binary = r.binary && large == 0
}

func excludedBits(reasons []uint8) (w uint64) {
	for i, reason := range reasons {
		if reason != 0 {
			w |= 1 << i
		}
	}
	return w
}

// countColumns are the columns of a measure in a table of counts and
// summaries; nil where the source has none.
type countColumns struct {
	value, k, n, sd, se, lo, hi *column.Column
	byCell                      []countRollup
}

// A countRollup is what is kept of a cell's counts and summaries.
type countRollup struct {
	counted   int32 // rows with k and n
	k, n      float64
	means     int32 // rows with a mean only
	sum       float64
	weight    float64 // Σn of the means, NaN when one has none
	weighted  float64 // Σ mean·n
	reported  int32   // rows with bounds or a standard error of their own
	sumGiven  float64 // of the values of those
	leftAside int32   // counted without a whole, and so of no use
	ranges    int32   // rows with bounds and no number between them
}

func (g countColumns) with(c *column.Column) countColumns {
	switch c.Kind {
	case column.Value:
		g.value = c
	case column.K:
		g.k = c
	case column.N:
		g.n = c
	case column.SD:
		g.sd = c
	case column.SE:
		g.se = c
	case column.Lo:
		g.lo = c
	case column.Hi:
		g.hi = c
	}
	return g
}

func (g countColumns) rolled(t *column.Table) countColumns {
	g.byCell = make([]countRollup, len(t.Cells))
	for i, c := range t.Cells {
		for row := c.From; row < c.To; row++ {
			if t.Excluded == nil || t.Excluded[row] == 0 {
				g.byCell[i].add(g.row(int(row)))
			}
		}
	}
	return g
}

func (g countColumns) total() (counts, summaries bool) {
	for _, r := range g.byCell {
		counts = counts || r.counted > 0
		summaries = summaries || r.means > 0
	}
	return counts, summaries
}

// A given is one row of counts or of a summary, NaN where there is nothing.
type given struct{ value, k, n, sd, se, lo, hi float64 }

func (g countColumns) row(i int) given {
	return given{at(g.value, i), at(g.k, i), at(g.n, i), at(g.sd, i), at(g.se, i), at(g.lo, i), at(g.hi, i)}
}

func at(col *column.Column, row int) float64 {
	if col == nil {
		return math.NaN()
	}
	return col.At(row)
}

// counted tells whether the row is k of n.
func (v given) counted() bool { return v.k == v.k && v.n > 0 }

// shown is the number that the row stands for: k/n, or the mean.
func (v given) shown() float64 {
	if v.counted() {
		return v.k / v.n
	}
	return v.value
}

// ranged tells whether the row brings bounds only.
func (v given) ranged() bool {
	return v.shown() != v.shown() && v.k != v.k && (v.lo == v.lo || v.hi == v.hi)
}

// bounded tells whether the row brings an interval of its own.
func (v given) bounded() bool {
	return v.shown() == v.shown() && (v.se == v.se || v.lo == v.lo || v.hi == v.hi)
}

func (r *countRollup) add(v given) {
	switch {
	case v.counted():
		r.counted++
		r.k += v.k
		r.n += v.n
	case v.value == v.value:
		r.means++
		r.sum += v.value
		r.weight += v.n
		r.weighted += v.value * v.n
	case v.k == v.k:
		r.leftAside++
	case v.ranged():
		r.ranges++
	}
	if v.bounded() {
		r.reported++
		r.sumGiven += v.shown()
	}
}
