package oversight

import (
	"fmt"
	"math"
)

// A Scale is what a monitor's scores run over, as they were imported.
type Scale struct {
	Lo, Hi   float64 // NaN where there are no scores
	Guessed  bool    // told from the scores, not by a file
	Verdicts bool    // there are verdicts only, no scores
	Whole    bool    // all scores are whole numbers
}

// scales are the usual ones, from which one is guessed.
var scales = [...]Scale{{Lo: 0, Hi: 1}, {Lo: 0, Hi: 10}, {Lo: 0, Hi: 100}}

// findScale takes the scale that is known of the monitor, or the least usual
// one that holds all scores.
func (b *Board) findScale() Scale {
	if !b.scored {
		return Scale{Lo: math.NaN(), Hi: math.NaN(), Verdicts: true}
	}
	lo, hi := b.natural(b.bounds())
	whole := b.whole()
	if m, ok := b.study.Monitors[b.Monitor]; ok && m.Lo <= lo && hi <= m.Hi {
		return Scale{Lo: m.Lo, Hi: m.Hi, Whole: whole}
	}
	for _, s := range scales {
		if s.Lo <= lo && hi <= s.Hi {
			s.Guessed, s.Whole = true, whole
			return s
		}
	}
	return Scale{Lo: lo, Hi: hi, Guessed: true, Whole: whole}
}

// natural turns bounds back to the scores' own direction.
func (b *Board) natural(lo, hi float64) (float64, float64) {
	if b.Low {
		return -hi, -lo
	}
	return lo, hi
}

// own turns a threshold from the scores' own direction to that in which
// higher is more suspicious, and back.
func (b *Board) own(at float64) float64 {
	if b.Low {
		return -at
	}
	return at
}

func (b *Board) whole() bool {
	for _, c := range b.cells {
		for _, s := range c.Score {
			if s == s && s != math.Trunc(s) {
				return false
			}
		}
	}
	return true
}

// Middle is the middle of the scale.
func (s Scale) Middle() float64 { return (s.Lo + s.Hi) / 2 }

// String says "0–10".
func (s Scale) String() string {
	if s.Verdicts {
		return "verdicts only"
	}
	return fmt.Sprintf("%g–%g", s.Lo, s.Hi)
}
