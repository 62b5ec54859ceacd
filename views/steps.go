package views

import (
	"witnessmark/data/query"
	"witnessmark/views/desk"
	"witnessmark/views/part"
)

// stepsSelect chooses which steps of a run are read.
type stepsSelect struct {
	select_ *part.Select
}

func newStepsSelect(p Place) *stepsSelect {
	s := &stepsSelect{}
	s.select_ = part.NewSelect(nil, "", func(text string) {
		if w, err := query.ParseWindow(text); err == nil {
			p.Desk.Do(desk.SetSteps(w))
		}
	})
	s.select_.Tip = "Which steps of each run are read"
	return s
}

// set shows a window. One that is not among the usual ones is listed too.
func (s *stepsSelect) set(w query.Window) {
	usual := []query.Window{query.Last(1), query.Last(5), query.Last(10), query.Last(20), query.First(1), {}}
	var options, labels []string
	found := false
	for _, u := range usual {
		options, labels = append(options, u.String()), append(labels, shortWindow(u))
		found = found || u == w
	}
	if !found {
		options, labels = append(options, w.String()), append(labels, shortWindow(w))
	}
	s.select_.Labels = labels
	s.select_.Set(options, w.String())
}

func shortWindow(w query.Window) string {
	switch w {
	case query.Window{}:
		return "all"
	case query.Last(1):
		return "last"
	case query.First(1):
		return "first"
	case query.Last(5):
		return "last 5"
	case query.Last(10):
		return "last 10"
	case query.Last(20):
		return "last 20"
	}
	return w.String()
}
