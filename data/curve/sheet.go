package curve

import (
	"math"

	"witnessmark/data/frame"
	"witnessmark/data/stats"
)

// A sheet is a frame in the making, row by row; what a row does not set is
// missing there.
type sheet struct {
	frame.Frame
	at map[string]int
}

func newSheet() *sheet { return &sheet{at: map[string]int{}} }

// row starts a row with its keys, which are its text columns too.
func (s *sheet) row(keys []frame.Key) {
	s.Keys, s.Units = append(s.Keys, keys), append(s.Units, nil)
	for _, k := range keys {
		s.text(k.Field, k.Value)
	}
}

func (s *sheet) column(name string) *frame.Column {
	i, known := s.at[name]
	if !known {
		i = len(s.Columns)
		s.at[name] = i
		s.Columns = append(s.Columns, frame.Column{Name: name})
	}
	return &s.Columns[i]
}

func (s *sheet) text(name, v string) {
	c := s.column(name)
	for len(c.Text) < len(s.Keys) {
		c.Text = append(c.Text, "")
	}
	c.Text[len(s.Keys)-1] = v
}

func (s *sheet) num(name string, v float64) { s.why(name, v, "") }

// why sets a number, with the reason where it is missing.
func (s *sheet) why(name string, v float64, why string) {
	c := s.column(name)
	for len(c.Num) < len(s.Keys) {
		c.Num, c.Why = append(c.Num, math.NaN()), append(c.Why, "")
	}
	if why != "" {
		v = math.NaN()
	}
	c.Num[len(s.Keys)-1], c.Why[len(s.Keys)-1] = v, why
}

func (s *sheet) units(units []frame.Unit) { s.Units[len(s.Keys)-1] = units }

// mean sets what an estimate over runs consists of.
func (s *sheet) mean(values []float64, confidence float64) {
	e, err := stats.SeedMean(values, confidence)
	s.estimate(e, err)
	if m, none := stats.Mean(values); err != nil && none == nil {
		s.num(frame.Value, m) // one run has a value and no interval
	}
	s.num(frame.Seeds, float64(len(values)))
	s.num(frame.Level, confidence)
}

func (s *sheet) estimate(e stats.Estimate, err error) {
	s.why(frame.Value, e.Value, stats.Reason(err))
	s.why(frame.Lo, e.Lo, stats.Reason(err))
	s.why(frame.Hi, e.Hi, stats.Reason(err))
	s.text(frame.Method, e.Method)
}

// done fills columns up to the last row.
func (s *sheet) done() frame.Frame {
	for i := range s.Columns {
		c := &s.Columns[i]
		for len(c.Text) > 0 && len(c.Text) < len(s.Keys) {
			c.Text = append(c.Text, "")
		}
		for len(c.Num) > 0 && len(c.Num) < len(s.Keys) {
			c.Num, c.Why = append(c.Num, math.NaN()), append(c.Why, "")
		}
	}
	return s.Frame
}
