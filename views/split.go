package views

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"

	"witnessmark/views/theme"
)

// tableSplit is a chart above a table. The table gets the height of its rows,
// up to a part of the whole, until a person moves the divider.
type tableSplit struct {
	split *container.Split
	set   float64 // the offset given last; another one was set by hand
	most  float64 // of the height that the table gets
}

const (
	tableFrame = theme.PaneHead + theme.TableHead + 48 // around the rows: heads and what is below
	tableMost  = 0.45                                  // of the height
)

func newTableSplit(chart, table fyne.CanvasObject) *tableSplit {
	s := &tableSplit{split: container.NewVSplit(chart, table), set: 0.72, most: tableMost}
	s.split.Offset = s.set
	return s
}

// fit makes room for a number of rows.
func (s *tableSplit) fit(rows int) {
	height := float64(s.split.Size().Height)
	if height < 100 || s.split.Offset != s.set {
		return
	}
	want := (float64(rows)*theme.Row + tableFrame) / height
	s.set = 1 - min(s.most, max(0.16, want))
	s.split.SetOffset(s.set)
	s.set = s.split.Offset
}
