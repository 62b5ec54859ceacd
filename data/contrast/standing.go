package contrast

import (
	"fmt"
	"math"
	"slices"
	"strings"

	"witnessmark/data"
	"witnessmark/data/frame"
	"witnessmark/data/query"
)

// A Family is the comparisons that are shown together, and where this one
// stands among them.
type Family struct {
	M              int     // comparisons of this measure
	P, Floor, Holm float64 // NaN where not known; Floor is the smallest p that the design can give
	Text           string
}

func (c *comparison) family() *Family {
	if c.base < 0 {
		return nil
	}
	f := &Family{P: c.num(frame.P), Floor: c.num(frame.PFloor), Holm: c.num(frame.PHolm)}
	tested := 0
	for i := range c.f.Len() {
		if !math.IsNaN(num(c.f, frame.DiffLo, i)) {
			f.M++
		}
		if !math.IsNaN(num(c.f, frame.P, i)) {
			tested++
		}
	}
	f.M = max(f.M, tested)
	switch _, why, ok := c.f.Num(frame.P, c.row); {
	case !ok:
		f.Text = "No p, because " + why
	case f.M == 1:
		f.Text = "Unadjusted " + pText(f.P) + ", the only comparison shown"
	default:
		f.Text = fmt.Sprintf("Unadjusted %s; %s by Holm over m = %d; intervals are not adjusted", pText(f.P), pText(f.Holm), tested)
	}
	if !math.IsNaN(f.Floor) && f.Floor > 1-c.q.LevelOr() {
		f.Text += fmt.Sprintf("; so few units cannot give a p below %s", decimal(f.Floor, 3))
	}
	return f
}

// Registered is a comparison that was set up in the study.
type Registered struct {
	Name          string
	Of, Base      string // condition and baseline
	Eval, Measure string // "" for any
	Hypothesis    string
	Margin        float64 // of equivalence; NaN for none
	Confirmatory  bool
}

// A Registry is what a study keeps of its comparisons.
type Registry struct {
	Saved         []Registered
	Preregistered bool // the study says that it is
	Looked        int  // different comparisons that were looked at
	Confirmatory  int  // of these, set up as confirmatory
}

// A Standing says whether a comparison was planned.
type Standing struct {
	Contrast     *Registered // nil where none was set up
	Confirmatory bool
	Looked       int
	Text         string
}

func (r Registry) standing(q query.Query, name string) Standing {
	s := Standing{Contrast: r.find(q, name), Looked: r.Looked}
	among := ""
	if r.Looked > 1 {
		among = fmt.Sprintf(", one of %d comparisons looked at in this study", r.Looked)
	}
	switch {
	case s.Contrast == nil:
		s.Text = "Exploratory: not set up beforehand" + among
	case !s.Contrast.Confirmatory:
		s.Text = "Exploratory, set up as “" + s.Contrast.Name + "”" + among
	default:
		s.Confirmatory = true
		s.Text = "Confirmatory, set up as “" + s.Contrast.Name + "”"
		if !r.Preregistered {
			s.Text += "; the study names no registration"
		}
	}
	return s
}

// find returns the contrast that was set up for a question. One that names
// an eval is meant only where the filter holds to it.
func (r Registry) find(q query.Query, name string) *Registered {
	evals, _ := q.Where.Chosen(data.Eval)
	for i, c := range r.Saved {
		sides := c.Of == name && c.Base == q.Baseline
		measure := c.Measure == "" || slices.Contains(q.Measures, c.Measure)
		eval := c.Eval == "" || len(evals) == 1 && evals[0] == c.Eval
		if sides && measure && eval {
			return &r.Saved[i]
		}
	}
	return nil
}

// A Look is a comparison that was on screen, in words that are the same
// whenever the same is asked.
type Look struct {
	Question     string
	Confirmatory bool
}

// Looks lists the comparisons in an answer, for the study's ledger: one a row
// that has a difference.
func (r Registry) Looks(q query.Query, f frame.Frame) []Look {
	var out []Look
	for i := range f.Len() {
		if _, _, ok := f.Num(frame.Diff, i); !ok {
			continue
		}
		name := f.Key(i, q.By[0])
		asked := q
		asked.Measures = []string{f.Text(frame.Measure, i)}
		words := []string{asked.Measures[0], "of " + name, "against " + q.Baseline, "by " + q.By[0]}
		for _, k := range f.Keys[i][1:] {
			words = append(words, k.Field+" "+k.Value)
		}
		if where := q.Where.String(); where != "" {
			words = append(words, "where "+where)
		}
		words = append(words, "steps "+q.Steps.String())
		s := r.standing(asked, name)
		out = append(out, Look{strings.Join(words, ", "), s.Confirmatory})
	}
	return out
}
