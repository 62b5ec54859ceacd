package query

import (
	"slices"
	"strings"
)

// Sentence says f in words, such as "condition is neutral or inoculation,
// and step ≥ 100". It is "" for the zero filter.
func (f Filter) Sentence() string {
	if f.root == nil {
		return ""
	}
	return f.root.say(inNothing)
}

// A Label is a term in three parts, to be set apart on a chip.
type Label struct {
	Field    string // "" where the term is not about one field
	Relation string // "is", "is not", "≥", "contains" …; "" with Field
	Value    string // what the field is compared with, or the whole sentence
}

// Label returns the parts of a single term, plain or negated; of any other
// filter it returns the sentence as Value.
func (f Filter) Label() Label {
	switch n := f.root.(type) {
	case *term:
		return n.label(false)
	case not:
		if t, ok := n.of.(*term); ok {
			return t.label(true)
		}
	}
	return Label{Value: f.Sentence()}
}

func (l Label) sentence() string {
	return strings.Join(slices.DeleteFunc([]string{l.Field, l.Relation, l.Value}, func(s string) bool { return s == "" }), " ")
}

func (t *term) say(rank) string { return t.label(false).sentence() }

func (n not) say(rank) string {
	if t, ok := n.of.(*term); ok {
		return t.label(true).sentence()
	}
	return "not " + n.of.say(inNot)
}

// say joins with commas as soon as a part has an "or" of its own, since "a
// is x or y and b is z" can be read two ways.
func (n all) say(within rank) string {
	parts := make([]string, len(n))
	simple := len(n) == 2
	for i, part := range n {
		parts[i] = part.say(inAll)
		simple = simple && !strings.Contains(parts[i], " or ")
	}
	last := len(parts) - 1
	text := strings.Join(parts[:last], ", ") + ", and " + parts[last]
	if simple {
		text = parts[0] + " and " + parts[1]
	}
	return wrapped(text, within > inNothing)
}

func (n either) say(within rank) string {
	parts := make([]string, len(n))
	for i, part := range n {
		parts[i] = part.say(inEither)
	}
	return wrapped(strings.Join(parts, " or "), within > inNothing)
}

func wrapped(s string, yes bool) string {
	if yes {
		return "(" + s + ")"
	}
	return s
}

var relationWords = [...][2]string{
	is:       {"is", "is not"},
	contains: {"contains", "does not contain"},
	present:  {"is recorded", "is not recorded"},
	less:     {"<", "is not <"},
	atMost:   {"≤", "is not ≤"},
	more:     {">", "is not >"},
	atLeast:  {"≥", "is not ≥"},
}

func (t *term) label(negated bool) Label {
	l := Label{Field: t.field, Relation: relationWords[t.rel][0]}
	if negated {
		l.Relation = relationWords[t.rel][1]
	}
	if t.field == AnyText {
		l.Field = "any field"
		if negated {
			l.Field, l.Relation = "no field", "contains"
		}
	}
	switch t.rel {
	case present:
	case is, contains:
		l.Value = orList(t.choices)
	default:
		l.Value = t.bound.spoken()
	}
	return l
}

func orList(choices []choice) string {
	words := make([]string, len(choices))
	for i, c := range choices {
		words[i] = c.spoken()
	}
	last := len(words) - 1
	if last == 0 {
		return words[0]
	}
	return strings.Join(words[:last], ", ") + " or " + words[last]
}

func (c choice) spoken() string {
	switch from, to, _ := strings.Cut(c.text, ".."); {
	case c.text == "":
		return "empty"
	case c.number:
		return strings.Replace(c.text, "-", "−", 1)
	case !c.span && strings.ContainsFunc(c.text, endsValue):
		return "“" + c.text + "”"
	case !c.span:
		return c.text
	case from == "":
		return "at most " + to
	case to == "":
		return "at least " + from
	default:
		return from + " to " + to
	}
}
