package contrast

import (
	"fmt"
	"slices"
	"strings"

	"witnessmark/data"
	"witnessmark/data/frame"
	"witnessmark/data/query"
)

// Registered is a comparison that was set up in the study.
type Registered struct {
	Name         string
	Of, Base     string // condition and baseline
	Eval         string // name of an eval, or eval_prompt: and an eval prompt; "" for any
	Measure      string // "" for any
	Pair         query.Pairing
	Hypothesis   string
	Margin       float64 // of equivalence; NaN for none
	Confirmatory bool
	At           string // when it was set up as it stands, RFC 3339, UTC
}

// A Registry is what a study keeps of its comparisons.
type Registry struct {
	Saved         []Registered
	Preregistered bool   // the study says that it is
	Looked        int    // different comparisons that were looked at
	Confirmatory  int    // of these, set up as confirmatory
	Seen          []Seen // these comparisons
}

// Seen is a comparison in the ledger.
type Seen struct {
	Question string // of Look
	First    string // when it was first looked at, RFC 3339, UTC
	Times    int
}

// A Standing says whether a comparison was planned.
type Standing struct {
	Contrast     *Registered // nil where none was set up
	Confirmatory bool
	Looked       int
	Before       int // views of it that were looked at before it was set up
	Text         string
}

func (r Registry) standing(q query.Query, name string) Standing {
	s := Standing{Contrast: r.find(q, name), Looked: r.Looked}
	if s.Contrast != nil {
		s.Confirmatory, s.Before = s.Contrast.Confirmatory, r.before(*s.Contrast)
	}
	s.Text = r.standingOf(s.Contrast)
	if r.Looked > 1 && !s.Confirmatory {
		s.Text += fmt.Sprintf(", one of %d comparisons looked at in this study", r.Looked)
	}
	return s
}

// standingOf says whether a comparison was planned, by the contrast that was
// set up for it, if any.
func (r Registry) standingOf(c *Registered) string {
	switch {
	case c == nil:
		return "Exploratory: not set up beforehand"
	case !c.Confirmatory:
		return "Exploratory, set up as “" + c.Name + "”"
	}
	text := "Confirmatory, set up as “" + c.Name + "”"
	if n := r.before(*c); n > 0 {
		text += ", but " + lookedBefore(n)
	}
	if !r.Preregistered {
		text += "; the study names no registration"
	}
	return text
}

// lookedBefore says how often numbers were seen before a contrast was set up.
func lookedBefore(n int) string {
	return "its numbers were looked at " + times(n) + " before it was set up"
}

func times(n int) string {
	switch n {
	case 1:
		return "once"
	case 2:
		return "twice"
	}
	return decimal(float64(n), 0) + " times"
}

// Tally says how many comparisons were looked at, and how many contrasts are
// confirmatory.
func (r Registry) Tally() string {
	planned := 0
	for _, c := range r.Saved {
		if c.Confirmatory {
			planned++
		}
	}
	return fmt.Sprintf("%s looked at in this study, %s set up as confirmatory", count(r.Looked, "comparison"), decimal(float64(planned), 0))
}

// find returns the contrast that was set up for a question, one that names
// the eval before one of any. One that names an eval is meant only where the
// filter holds to it.
func (r Registry) find(q query.Query, name string) *Registered {
	var found *Registered
	for i, c := range r.Saved {
		sides := c.Of == name && c.Base == q.Baseline
		measure := c.Measure == "" || slices.Contains(q.Measures, c.Measure)
		if sides && measure && c.holds(q.Where) && (found == nil || found.Eval == "" && c.Eval != "") {
			found = &r.Saved[i]
		}
	}
	return found
}

// before counts the views of a contrast, such as the same comparison under
// two filters, that were looked at before it was set up. Times are compared
// as they are written; those of one second count as after it.
func (r Registry) before(c Registered) int {
	n := 0
	for _, s := range r.Seen {
		if c.asks(s.Question) && s.First < c.At {
			n++
		}
	}
	return n
}

// Before says how often a contrast was looked at up to now, for one that is
// about to be set up; "" where it never was.
func (r Registry) Before(c Registered) string {
	c.At = "~" // after every time
	if n := r.before(c); n > 0 {
		return "Its numbers were looked at " + times(n) + " already"
	}
	return ""
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
		words := []string{asked.Measures[0] + sides(name, q.Baseline, q.By[0])}
		for _, k := range f.Keys[i][1:] {
			words = append(words, k.Field+" "+k.Value)
		}
		if where := q.Where.String(); where != "" {
			words = append(words, wherePart+where)
		}
		words = append(words, stepsPart+q.Steps.String())
		s := r.standing(asked, name)
		out = append(out, Look{strings.Join(words, ", "), s.Confirmatory})
	}
	return out
}

// Parts of a Look's words.
const (
	wherePart = "where "
	stepsPart = "steps "
)

func sides(name, baseline, by string) string {
	return ", of " + name + ", against " + baseline + ", by " + by
}

// asks tells whether the words of a Look are about the contrast: its sides,
// its measure, and no other eval than its own.
func (r Registered) asks(question string) bool {
	measure, rest, ok := strings.Cut(question, sides(r.Of, r.Base, data.Condition))
	if !ok || r.Measure != "" && measure != r.Measure {
		return false
	}
	field, value := r.scope()
	_, where, ok := strings.Cut(rest, ", "+wherePart)
	if field == "" || !ok {
		return true
	}
	if i := strings.LastIndex(where, ", "+stepsPart); i >= 0 {
		where = where[:i]
	}
	f, err := query.Parse(where)
	if err != nil {
		return true
	}
	chosen, _ := f.Chosen(field)
	return chosen == nil || slices.Contains(chosen, value)
}
