package query

import (
	"slices"
	"strings"
)

// A Filter chooses samples, runs and checkpoints by their fields. The zero
// value lets everything through. Filters are immutable: methods that change
// one return another. Two filters ask the same when their String is equal.
type Filter struct{ root node }

// A node is a part of a filter: all, either, not or *term.
type node interface {
	write(b *strings.Builder, within rank)
	say(within rank) string
	decide(look Look) Ternary
	reduce(look Look) (node, Ternary)
	mask(cols Columns) word
	walk(visit func(*term))
}

type (
	all    []node // at least two, none of them an all
	either []node // at least two, none of them an either
	not    struct{ of node }
)

// rank says how tightly the surrounding part of a filter binds, and so
// whether a part needs parentheses.
type rank uint8

const (
	inNothing rank = iota
	inEither
	inAll
	inNot
)

// A relation is what a term claims of its field.
type relation uint8

const (
	is       relation = iota // equal to one of the choices, or within one
	contains                 // holds one of the choices as a part
	present                  // is there at all
	less
	atMost
	more
	atLeast
)

var signs = [...]string{is: ":", contains: "~", present: ":*", less: "<", atMost: "<=", more: ">", atLeast: ">="}

// A term is one claim about one field; field "" is any field that holds text.
type term struct {
	field   string
	rel     relation
	choices []choice // of is and contains: at least one
	bound   choice   // of comparisons
}

// A choice is one value as it was written.
type choice struct {
	text   string
	number bool    // text is the number lo
	span   bool    // text is the range from lo to hi, both included
	lo, hi float64 // ±Inf where a range is open; zero for plain text
}

// both joins parts that must all hold; nil is a part that always does.
func both(parts ...node) node {
	var out all
	for _, p := range parts {
		switch p := p.(type) {
		case nil:
		case all:
			out = append(out, p...)
		default:
			out = append(out, p)
		}
	}
	switch len(out) {
	case 0:
		return nil
	case 1:
		return out[0]
	}
	return out
}

// oneOf joins parts of which one must hold. There is at least one part.
func oneOf(parts ...node) node {
	var out either
	for _, p := range parts {
		if p, ok := p.(either); ok {
			out = append(out, p...)
			continue
		}
		out = append(out, p)
	}
	if len(out) == 1 {
		return out[0]
	}
	return out
}

func negate(n node) node {
	if n, ok := n.(not); ok {
		return n.of
	}
	return not{n}
}

// IsZero reports whether f lets everything through.
func (f Filter) IsZero() bool { return f.root == nil }

// Equal reports whether f and g ask the same in the same words.
func (f Filter) Equal(g Filter) bool { return f.String() == g.String() }

// Terms returns the parts that must all hold, in order; none for the zero
// filter. Each is shown as one chip.
func (f Filter) Terms() []Filter {
	switch root := f.root.(type) {
	case nil:
		return nil
	case all:
		out := make([]Filter, len(root))
		for i, n := range root {
			out[i] = Filter{n}
		}
		return out
	}
	return []Filter{f}
}

// Fields returns the names of the fields that f looks at, sorted, without
// repetition. A bare word adds AnyText.
func (f Filter) Fields() []string {
	var names []string
	if f.root != nil {
		f.root.walk(func(t *term) { names = append(names, t.field) })
	}
	slices.Sort(names)
	return slices.Compact(names)
}

func (n all) walk(visit func(*term)) {
	for _, part := range n {
		part.walk(visit)
	}
}

func (n either) walk(visit func(*term)) { all(n).walk(visit) }
func (n not) walk(visit func(*term))    { n.of.walk(visit) }
func (t *term) walk(visit func(*term))  { visit(t) }
