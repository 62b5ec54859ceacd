package oversight

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"witnessmark/data"
	"witnessmark/data/estimate"
	"witnessmark/data/query"
)

// A Study is what questions about monitors are put to.
type Study struct {
	Index    *estimate.Index
	Monitors map[string]data.Monitor // as column.Set has them; nil where nothing more is known than their names
}

// A Question says which monitor is judged, on which samples and by which
// truth. Excluded samples are in none.
type Question struct {
	Where   query.Filter
	Steps   query.Window
	By      []string // fields that make groups; nil for the condition
	Monitor string
	Truth   string // measure of 0 and 1 that says what is so; "" where nothing does
	Good    bool   // a truth of 1 is the good outcome, and the monitor looks for 0
	Low     bool   // low scores are the suspicious ones
}

func (q Question) by() []string {
	if q.By == nil {
		return []string{data.Condition}
	}
	return q.By
}

// Names lists the monitors of a study by name.
func (s Study) Names() []string {
	var out []string
	for _, m := range s.Index.Measures() {
		if m.Monitor != "" && !slices.Contains(out, m.Monitor) {
			out = append(out, m.Monitor)
		}
	}
	return out
}

// Truths lists the measures that can say what is true of a sample: those that
// are 0 or 1 for each.
func (s Study) Truths() []string {
	var out []string
	for _, m := range s.Index.Measures() {
		if m.Monitor == "" && m.Binary {
			out = append(out, m.Name)
		}
	}
	return out
}

// offer names the measures that could say the truth, as the end of a sentence.
func (s Study) offer() string {
	const few = 6
	names := s.Truths()
	if len(names) == 0 || len(names) > few {
		return ""
	}
	return " (there are " + strings.Join(names, ", ") + ")"
}

// measure finds the monitor's column that most samples have, to learn what
// estimates say of it.
func (s Study) measure(monitor string) (estimate.Measure, error) {
	var best estimate.Measure
	for _, m := range s.Index.Measures() {
		if m.Monitor == monitor && (best.Name == "" || m.Samples > best.Samples) {
			best = m
		}
	}
	if best.Name == "" {
		names := s.Names()
		if len(names) == 0 {
			return best, errors.New("this study has no monitors; import samples with a score or verdict, and say in the mapping which columns they are")
		}
		return best, fmt.Errorf("there is no monitor %q in this study; there are %s", monitor, strings.Join(names, ", "))
	}
	return best, nil
}
