package pen

import "math"

// A pencil draws straight lines.
type pencil interface {
	MoveTo(x, y float64)
	LineTo(x, y float64)
	Close()
}

// dashes interrupts lines by a pattern of lengths drawn and left out. The
// pattern runs on over corners, however short the segments between them.
type dashes struct {
	to          pencil
	lengths     []float64
	i           int     // of lengths
	left        float64 // of it
	at, begin   point
	interrupted bool // the pencil is up
}

func newDashes(to pencil, lengths []float64) *dashes {
	return &dashes{to: to, lengths: lengths}
}

// MoveTo implements pencil; the pattern starts anew.
func (d *dashes) MoveTo(x, y float64) {
	d.at, d.begin = point{x, y}, point{x, y}
	d.i, d.left, d.interrupted = 0, d.lengths[0], false
	d.to.MoveTo(x, y)
}

// LineTo implements pencil.
func (d *dashes) LineTo(x, y float64) {
	rest := math.Hypot(x-d.at.x, y-d.at.y)
	for rest > d.left {
		share := d.left / rest
		d.at = point{d.at.x + (x-d.at.x)*share, d.at.y + (y-d.at.y)*share}
		rest -= d.left
		if d.interrupted {
			d.to.MoveTo(d.at.x, d.at.y)
		} else {
			d.to.LineTo(d.at.x, d.at.y)
		}
		d.i = (d.i + 1) % len(d.lengths)
		d.left, d.interrupted = d.lengths[d.i], !d.interrupted
	}
	d.left -= rest
	d.at = point{x, y}
	if !d.interrupted {
		d.to.LineTo(x, y)
	}
}

// Close implements pencil.
func (d *dashes) Close() { d.LineTo(d.begin.x, d.begin.y) }

// dashed reports whether lengths make a pattern.
func dashed(lengths []float64) bool {
	sum := 0.0
	for _, l := range lengths {
		if !(l >= 0) {
			return false
		}
		sum += l
	}
	return sum > 0
}
