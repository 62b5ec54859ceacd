package main

import (
	"fmt"
	"io"
	"regexp"

	"witnessmark/data"
)

// cause is what many problems have in common: their text but for its numbers.
type cause struct {
	first   data.Problem
	files   map[string]bool
	records int
}

var numbers = regexp.MustCompile(`[0-9]+`)

// printProblems prints problems by cause, the first place of each in full,
// with how many more there are.
func printProblems(w io.Writer, problems []data.Problem) {
	const most = 20
	var order []string
	causes := map[string]*cause{}
	for _, p := range problems {
		key := numbers.ReplaceAllString(p.Text, "#")
		c := causes[key]
		if c == nil {
			c = &cause{first: p, files: map[string]bool{}}
			causes[key], order = c, append(order, key)
		}
		c.files[p.File] = true
		c.records += max(1, p.Count)
	}
	for _, key := range order[:min(most, len(order))] {
		fmt.Fprintf(w, "problem: %s\n", causes[key])
	}
	if more := len(order) - most; more > 0 {
		fmt.Fprintf(w, "problem: and %d further causes; --json lists all\n", more)
	}
}

func (c *cause) String() string {
	text := describe(c.first)
	switch files := len(c.files); {
	case files > 1:
		return fmt.Sprintf("%s (and the like: %d records in %d files)", text, c.records, files)
	case c.records > 1:
		return fmt.Sprintf("%s (%d records)", text, c.records)
	}
	return text
}

// describe says one problem with its place.
func describe(p data.Problem) string {
	at := p.File
	if p.Place != "" {
		at += ", " + p.Place
	}
	return at + ": " + p.Text
}
