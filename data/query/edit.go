package query

import (
	"math"
	"slices"
	"strconv"
)

// With returns a filter that lets through what both f and g do. Terms of g
// that f has already are not repeated.
func (f Filter) With(g Filter) Filter {
	parts := f.parts()
	for _, n := range g.parts() {
		text := Filter{n}.String()
		if !slices.ContainsFunc(parts, func(m node) bool { return Filter{m}.String() == text }) {
			parts = append(parts, n)
		}
	}
	return Filter{both(parts...)}
}

// Without returns f without its i-th term; see Terms.
func (f Filter) Without(i int) Filter {
	parts := f.parts()
	if i < 0 || i >= len(parts) {
		return f
	}
	return Filter{both(slices.Delete(parts, i, i+1)...)}
}

// Drop returns f without the terms that are about the field alone, which is
// what a list of the field's values is counted under.
func (f Filter) Drop(field string) Filter {
	return f.keep(func(n node) bool { return !about(n, field) })
}

// Narrow returns f with the field held at the value; "" holds it at empty.
// Other values that f allowed or excluded for the field no longer matter.
func (f Filter) Narrow(field, value string) Filter {
	parts := f.keep(func(n node) bool { return !isChoice(n, field) && !isChoice(inner(n), field) }).parts()
	return Filter{both(append(parts, equal(field, plain(value)))...)}
}

// Exclude returns f without the samples whose field has the value.
func (f Filter) Exclude(field, value string) Filter {
	f = f.withdraw(field, value)
	parts := f.parts()
	for i, n := range parts {
		if t := inner(n); isChoice(t, field) {
			parts[i] = not{equal(field, t.(*term).plus(value)...)}
			return Filter{both(parts...)}
		}
	}
	return Filter{both(append(parts, not{equal(field, plain(value))})...)}
}

// Toggle returns f with the value added to those that f allows for the
// field, or taken away if it is one of them. Without any left, the field is
// free again.
func (f Filter) Toggle(field, value string) Filter {
	parts := f.parts()
	for i, n := range parts {
		if !isChoice(n, field) {
			continue
		}
		t := n.(*term)
		if t.holds(value) {
			return f.withdraw(field, value)
		}
		parts[i] = equal(field, t.plus(value)...)
		return Filter{both(parts...)}
	}
	return Filter{both(append(parts, equal(field, plain(value)))...)}
}

// Range returns f with the field between lo and hi, both included, in place
// of the bounds it had; an infinite end is open.
func (f Filter) Range(field string, lo, hi float64) Filter {
	parts := f.keep(func(n node) bool { return !isBound(n, field) }).parts()
	from, to := decimal(lo), decimal(hi)
	switch low, high := !math.IsInf(lo, 0), !math.IsInf(hi, 0); {
	case low && high:
		parts = append(parts, equal(field, choice{text: from + ".." + to, span: true, lo: lo, hi: hi}))
	case low:
		parts = append(parts, &term{field: field, rel: atLeast, bound: plain(from)})
	case high:
		parts = append(parts, &term{field: field, rel: atMost, bound: plain(to)})
	}
	return Filter{both(parts...)}
}

// decimal writes a number as people do, unless that were a line of zeros.
func decimal(x float64) string {
	if a := math.Abs(x); a != 0 && (a < 1e-6 || a >= 1e15) {
		return strconv.FormatFloat(x, 'g', -1, 64)
	}
	return strconv.FormatFloat(x, 'f', -1, 64)
}

// Chosen returns the values that f's terms about the field alone allow and
// exclude by name, as they are written. Ranges and comparisons are in
// neither.
func (f Filter) Chosen(field string) (allowed, excluded []string) {
	for _, n := range f.parts() {
		if isChoice(n, field) {
			allowed = append(allowed, n.(*term).names()...)
		}
		if t := inner(n); isChoice(t, field) {
			excluded = append(excluded, t.(*term).names()...)
		}
	}
	return allowed, excluded
}

// parts returns a copy of the parts that must all hold.
func (f Filter) parts() []node {
	switch root := f.root.(type) {
	case nil:
		return nil
	case all:
		return slices.Clone(root)
	}
	return []node{f.root}
}

func (f Filter) keep(good func(node) bool) Filter {
	return Filter{both(slices.DeleteFunc(f.parts(), func(n node) bool { return !good(n) })...)}
}

// withdraw takes the value away from the terms that allow it.
func (f Filter) withdraw(field, value string) Filter {
	var parts []node
	for _, n := range f.parts() {
		if isChoice(n, field) && n.(*term).holds(value) {
			rest := slices.DeleteFunc(slices.Clone(n.(*term).choices), func(c choice) bool { return c.names(value) })
			if len(rest) == 0 {
				continue
			}
			n = equal(field, rest...)
		}
		parts = append(parts, n)
	}
	return Filter{both(parts...)}
}

func equal(field string, choices ...choice) *term {
	return &term{field: field, rel: is, choices: choices}
}

// inner returns what n negates, nil if nothing.
func inner(n node) node {
	if n, ok := n.(not); ok {
		return n.of
	}
	return nil
}

// isChoice tells whether n says which values the field may have.
func isChoice(n node, field string) bool {
	t, ok := n.(*term)
	return ok && t.field == field && t.rel == is && !slices.ContainsFunc(t.choices, func(c choice) bool { return c.span })
}

// isBound tells whether n bounds the field as a number.
func isBound(n node, field string) bool {
	t, ok := n.(*term)
	return ok && t.field == field && (t.rel >= less || t.rel == is && len(t.choices) == 1 && t.choices[0].span)
}

func about(n node, field string) bool {
	only := true
	n.walk(func(t *term) { only = only && t.field == field })
	return only
}

func (t *term) holds(value string) bool {
	return slices.ContainsFunc(t.choices, func(c choice) bool { return c.names(value) })
}

func (t *term) plus(value string) []choice {
	if t.holds(value) {
		return t.choices
	}
	return append(slices.Clone(t.choices), plain(value))
}

func (t *term) names() []string {
	out := make([]string, len(t.choices))
	for i, c := range t.choices {
		out[i] = c.text
	}
	return out
}

// names tells whether c is the value itself, not a range around it.
func (c choice) names(value string) bool { return !c.span && c.equals(Text(value)) }
