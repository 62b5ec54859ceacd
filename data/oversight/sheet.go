package oversight

import (
	"math"

	"witnessmark/data/frame"
)

// A sheet is a frame in the making, row by row. A column that a row does not
// set is empty there.
type sheet struct {
	frame.Frame
	at   map[string]int
	rows int
}

func newSheet() *sheet { return &sheet{at: map[string]int{}} }

// row starts a row.
func (s *sheet) row(keys []frame.Key) {
	s.rows++
	s.Keys = append(s.Keys, keys)
}

// column finds a column and fills it up to the row at hand.
func (s *sheet) column(name string, text bool) *frame.Column {
	i, known := s.at[name]
	if !known {
		i = len(s.Columns)
		s.at[name] = i
		s.Columns = append(s.Columns, frame.Column{Name: name})
	}
	c := &s.Columns[i]
	if text {
		for len(c.Text) < s.rows {
			c.Text = append(c.Text, "")
		}
		return c
	}
	for len(c.Num) < s.rows {
		c.Num, c.Why = append(c.Num, math.NaN()), append(c.Why, "")
	}
	return c
}

func (s *sheet) text(name, v string) { s.column(name, true).Text[s.rows-1] = v }

func (s *sheet) num(name string, v float64) { s.why(name, v, "") }

// why sets a number, with the reason where it is not one.
func (s *sheet) why(name string, v float64, why string) {
	c := s.column(name, false)
	c.Num[s.rows-1] = v
	if v != v {
		c.Why[s.rows-1] = why
	}
}

// estimate sets the columns name, name_lo, name_hi, name_k, name_n and
// name_method.
func (s *sheet) estimate(name string, x number) {
	s.why(name, x.value, x.why)
	s.why(name+"_lo", x.lo, x.why)
	s.why(name+"_hi", x.hi, x.why)
	s.num(name+"_k", x.k)
	s.num(name+"_n", x.n)
	s.text(name+"_method", x.method)
	s.told(name, x)
}

// value sets the columns of an estimate that is what the row is about.
func (s *sheet) value(x number, level float64) {
	s.why(frame.Value, x.value, x.why)
	s.why(frame.Lo, x.lo, x.why)
	s.why(frame.Hi, x.hi, x.why)
	s.num(frame.Level, level)
	s.why(frame.K, x.k, "not a count")
	s.why(frame.N, x.n, "not a count")
	s.text(frame.Method, x.method)
	s.told("", x)
}

// told notes what an estimate says of itself.
func (s *sheet) told(name string, x number) {
	for _, text := range x.notes {
		if name != "" {
			text = name + ": " + text
		}
		s.note("interval", text, false)
	}
}

// note tells something of the row at hand.
func (s *sheet) note(id, text string, bad bool) {
	s.Notes = append(s.Notes, frame.Note{Row: s.rows - 1, ID: id, Text: text, Bad: bad})
}

// whole tells something of the frame.
func (s *sheet) whole(id, text string, bad bool) {
	s.Notes = append(s.Notes, frame.Note{Row: -1, ID: id, Text: text, Bad: bad})
}

// units lists what the row at hand was computed from.
func (s *sheet) units(units []frame.Unit) {
	for len(s.Units) < s.rows {
		s.Units = append(s.Units, nil)
	}
	s.Units[s.rows-1] = units
}

// done ends the frame: columns are as long as it is, and reasons that nobody
// gave are gone.
func (s *sheet) done() frame.Frame {
	for i := range s.Columns {
		c := &s.Columns[i]
		s.column(c.Name, c.Text != nil)
		empty := true
		for _, why := range c.Why {
			empty = empty && why == ""
		}
		if empty {
			c.Why = nil
		}
	}
	if s.Units != nil {
		for len(s.Units) < s.rows {
			s.Units = append(s.Units, nil)
		}
	}
	return s.Frame
}
