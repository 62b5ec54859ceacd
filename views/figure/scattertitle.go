package figure

import (
	"fmt"
	"strings"

	"witnessmark/charts"
	"witnessmark/data"
	"witnessmark/data/frame"
	"witnessmark/data/query"
	"witnessmark/views/desk"
)

// over adds the steps that are averaged over to what a figure is about.
func over(s desk.State, context string) string {
	if s.Steps == (query.Window{}) {
		return context
	}
	return joined(s.Steps.Sentence(), context)
}

func joined(a, b string) string {
	if a == "" || b == "" {
		return a + b
	}
	return a + ", " + b
}

// diagonalTitle says in how many rows a measure is higher or lower under y
// than under x, counting those only whose intervals do not overlap.
func diagonalTitle(measure string, x, y frame.Frame, field string, answers []frame.Frame) string {
	lower, higher, all := 0, 0, 0
	for row := range x.Len() {
		other := sameKeys(y, x, row)
		if other < 0 {
			continue
		}
		xLo, _, okX := x.Num(frame.Lo, row)
		yLo, _, okY := y.Num(frame.Lo, other)
		xHi, _, _ := x.Num(frame.Hi, row)
		yHi, _, _ := y.Num(frame.Hi, other)
		if !okX || !okY {
			continue
		}
		all++
		switch {
		case yHi < xLo:
			lower++
		case yLo > xHi:
			higher++
		}
	}
	if all == 0 {
		return ""
	}
	at := func(f frame.Frame) string { return shortName(Spoken(f.Text(field, 0))) }
	than := fmt.Sprintf(" under %s than under %s", at(answers[1]), at(answers[0]))
	of := " of " + countOf(all, x)
	rest := ""
	if lower+higher < all {
		rest = "; other intervals overlap"
	}
	switch {
	case lower == 0 && higher == 0:
		return fmt.Sprintf("%s shows no clear difference between %s and %s", measure, at(answers[1]), at(answers[0]))
	case higher == 0:
		return fmt.Sprintf("%s is lower%s in %d%s", measure, than, lower, of) + rest
	case lower == 0:
		return fmt.Sprintf("%s is higher%s in %d%s", measure, than, higher, of) + rest
	}
	return fmt.Sprintf("%s is lower%s in %d%s and higher in %d", measure, than, lower, of, higher) + rest
}

// sameKeys finds the row of f that has the columns of a row of another
// answer, -1 if there is none.
func sameKeys(f, other frame.Frame, row int) int {
	fields := keyColumns(other)
	for i := range f.Len() {
		same := true
		for _, field := range fields {
			same = same && f.Text(field, i) == other.Text(field, row)
		}
		if same {
			return i
		}
	}
	return -1
}

// bothTitle says how many conditions change each of two measures against the
// baseline, by intervals that leave out 0. It is "" where none has one.
func bothTitle(x, y string, fx, fy frame.Frame, o *charts.Options) string {
	var lowX, both, all int
	for row := range fx.Len() {
		other := sameKeys(fy, fx, row)
		_, hiX, okX := interval(fx, row)
		_, hiY, okY := interval(fy, other)
		if !okX || !okY {
			continue
		}
		all++
		if hiX < 0 {
			lowX++
			if hiY < 0 {
				both++
			}
		}
	}
	if all == 0 {
		return ""
	}
	title := fmt.Sprintf("%s is lower than under %s in %d of %s", Words(x), o.Baseline, lowX, countOf(all, fx))
	switch {
	case lowX == 0:
		return fmt.Sprintf("No %s lowers %s clearly against %s", strings.Join(rowNouns(fx), " × "), lowerWords(x), o.Baseline)
	case both == 0:
		return title + fmt.Sprintf(", none of which clearly lowers %s too", lowerWords(y))
	}
	return title + fmt.Sprintf(", and %s is too in %d of these", lowerWords(y), both)
}

func interval(f frame.Frame, row int) (lo, hi float64, ok bool) {
	if row < 0 {
		return 0, 0, false
	}
	lo, _, ok = f.Num(frame.DiffLo, row)
	hi, _, _ = f.Num(frame.DiffHi, row)
	return lo, hi, ok
}

// differences says what the title's comparison rests on.
func differences(f frame.Frame, o *charts.Options) string {
	m, via := 0, ""
	for row := range f.Len() {
		if _, _, ok := interval(f, row); ok {
			m++
			via = f.Text(frame.DiffVia, row)
		}
	}
	if m == 0 {
		return ""
	}
	return fmt.Sprintf("differences from %s %s, not adjusted (m = %d)", o.Baseline, strings.TrimSuffix(via, ", t over differences"), 2*m)
}

// rowNouns are what the rows of an answer are told apart by: condition, or
// condition and eval prompt.
func rowNouns(f frame.Frame) []string {
	var out []string
	for _, field := range keyColumns(f) {
		noun := lowerWords(field)
		if field == data.Grader {
			noun = "judge"
		}
		out = append(out, noun)
	}
	if len(out) == 0 {
		return []string{"row"}
	}
	return out
}

// countOf counts rows by what they are: "10 conditions × eval prompts".
func countOf(n int, f frame.Frame) string {
	nouns := rowNouns(f)
	if n != 1 {
		for i := range nouns {
			nouns[i] += "s"
		}
	}
	return charts.Whole.Text(float64(n), 0) + " " + strings.Join(nouns, " × ")
}
