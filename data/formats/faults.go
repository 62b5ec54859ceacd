package formats

import (
	"fmt"
	"slices"
	"strings"

	"witnessmark/data"
)

// A fault is a kind of thing wrong with rows; faults of one kind are counted
// as one problem, at the place of the first.
type fault struct {
	text   string // with %s for the first example, and %d for how many
	plural string
	bad    bool
	tells  bool // the example is a sentence that names its column
}

var (
	faultStep     = &fault{text: "%s is not a step; taken as a row without one"}
	faultNoTotal  = &fault{text: "%s has no total and no rate, so that its number of samples is unknown; left out", bad: true, tells: true}
	faultExceeds  = &fault{text: "%s; left out", bad: true, tells: true}
	faultRate     = &fault{text: "%s", tells: true}
	faultImplied  = &fault{text: "%s", bad: true, tells: true}
	faultNameless = &fault{text: "a value without the name of its metric or monitor; left out", bad: true}
	faultLong     = &fault{text: "%s; left out", bad: true}
	faultShort    = &fault{text: "%s; the rest is missing"}
	faultJSON     = &fault{text: "%s; left out", bad: true}
	faultKey      = &fault{text: "text under a key that the first rows lack: %s; left out", bad: true}
	faultResumed  = &fault{text: "the run was resumed"}    // in words, see ofRun
	faultRepeat   = &fault{text: "repeated step replaced"} // likewise
	faultTwice    = &fault{text: "another row of the same run, context and metric; both were kept, as repetitions. A column that tells them apart may have no role"}
	faultPartial  = &fault{text: "last line is incomplete (%s); left out", bad: true}
	faultNUL      = &fault{text: "NUL bytes removed"}
)

// faults counts what is wrong with the rows of a batch.
type faults struct {
	list []*faultCount
}

type faultCount struct {
	kind    *fault
	column  string // "" unless faults are counted by column
	example string
	line    int // of the first, in the batch
	count   int
	runFault
}

// faultOf notes a sentence about a column.
func (b *batch) faultOf(kind *fault, col int, format string, a ...any) {
	b.faults.add(kind, b.plan.names[col], fmt.Appendf(nil, format, a...), b.line)
}

func (b *batch) fault(kind *fault, example []byte) { b.faults.add(kind, "", example, b.line) }

// faultCell notes a cell that is no number, by column.
func (b *batch) faultCell(r reading, col int, cell []byte) {
	kind := faultText
	switch r {
	case isVerdict:
		kind = faultVerdict
	case outOfRange:
		kind = faultRange
	case isInfinite:
		kind = faultInfinite
	}
	b.faults.add(kind, b.plan.names[col], cell, b.line)
}

var (
	faultText     = &fault{text: "cell is not a number: %s; taken as missing", plural: "cells are not numbers, such as %s; taken as missing", bad: true}
	faultVerdict  = &fault{text: "cell is neither yes, no nor unknown: %s; taken as missing", plural: "cells are neither yes, no nor unknown, such as %s; taken as missing", bad: true}
	faultRange    = &fault{text: "number is out of range: %s; taken as missing", plural: "numbers are out of range, such as %s; taken as missing", bad: true}
	faultInfinite = &fault{text: "value is infinite; taken as missing", plural: "values are infinite; taken as missing"}
)

func (f *faults) add(kind *fault, column string, example []byte, line int) {
	for _, c := range f.list {
		if c.kind == kind && c.column == column {
			c.count++
			return
		}
	}
	f.list = append(f.list, &faultCount{kind: kind, column: column, example: clip(cleanText(example), 160), line: line, count: 1})
}

// merge adds a batch's faults, whose first line is the given one.
func (f *faults) merge(of *faults, firstLine int) {
next:
	for _, c := range of.list {
		for _, have := range f.list {
			if have.kind == c.kind && have.column == c.column {
				have.count += c.count
				have.several = have.several || have.run != c.run
				continue next
			}
		}
		c.line += firstLine
		f.list = append(f.list, c)
	}
}

// of returns how many faults there are of a kind.
func (f *faults) of(kind *fault) int {
	n := 0
	for _, c := range f.list {
		if c.kind == kind {
			n += c.count
		}
	}
	return n
}

// problems returns one problem a kind, in the order of the file.
func (f *faults) problems(file, unit string) []data.Problem {
	slices.SortStableFunc(f.list, func(a, b *faultCount) int { return a.line - b.line })
	var out []data.Problem
	for _, c := range f.list {
		out = append(out, data.Problem{
			File: file, Place: fmt.Sprintf("%s %d", unit, c.line), Text: c.words(), Count: c.count, Bad: c.kind.bad,
		})
	}
	return out
}

func (c *faultCount) words() string {
	if c.run != "" {
		return c.ofRun()
	}
	text := c.kind.text
	if c.count > 1 && c.kind.plural != "" {
		text = c.kind.plural
	}
	if strings.Contains(text, "%s") {
		text = fmt.Sprintf(text, quoteCell(c))
	}
	if c.kind.tells && c.count > 1 {
		return fmt.Sprintf("%s (first of %s)", text, thousands(c.count))
	}
	if c.column != "" && !c.kind.tells {
		return fmt.Sprintf("column %s: %s %s", c.column, thousands(c.count), text)
	}
	if c.kind == faultTwice && c.count > 1 {
		return thousands(c.count) + " rows repeat a run, context and metric; they were kept, as repetitions. A column that tells them apart may have no role"
	}
	return text
}

// quoteCell quotes what stands in cells, not what we say of them.
func quoteCell(c *faultCount) string {
	if c.column != "" && !c.kind.tells || c.kind == faultStep {
		return fmt.Sprintf("%q", c.example)
	}
	return c.example
}

// countOf writes a number with its noun.
func countOf(n int, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return thousands(n) + " " + many
}

// thousands writes a number with commas.
func thousands(n int) string {
	s := fmt.Sprint(n)
	for i := len(s) - 3; i > 0; i -= 3 {
		s = s[:i] + "," + s[i:]
	}
	return s
}

var faultQuote = &fault{text: "%s; the line was left out", bad: true}
