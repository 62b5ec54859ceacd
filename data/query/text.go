package query

import (
	"strings"
	"unicode"
)

// String returns the canonical text of f: Parse gives f back from it.
func (f Filter) String() string {
	if f.root == nil {
		return ""
	}
	var b strings.Builder
	f.root.write(&b, inNothing)
	return b.String()
}

// MarshalText returns the canonical text.
func (f Filter) MarshalText() ([]byte, error) { return []byte(f.String()), nil }

// UnmarshalText parses text; errors are *SyntaxError.
func (f *Filter) UnmarshalText(text []byte) error {
	g, err := Parse(string(text))
	if err != nil {
		return err
	}
	*f = g
	return nil
}

func (n all) write(b *strings.Builder, within rank) {
	writeParts(b, n, " ", inAll, within >= inAll)
}

func (n either) write(b *strings.Builder, within rank) {
	writeParts(b, n, " OR ", inEither, within >= inEither)
}

func writeParts(b *strings.Builder, parts []node, between string, as rank, wrapped bool) {
	if wrapped {
		b.WriteByte('(')
	}
	for i, n := range parts {
		if i > 0 {
			b.WriteString(between)
		}
		n.write(b, as)
	}
	if wrapped {
		b.WriteByte(')')
	}
}

func (n not) write(b *strings.Builder, _ rank) {
	b.WriteByte('-')
	n.of.write(b, inNot)
}

func (t *term) write(b *strings.Builder, _ rank) {
	if t.field == AnyText {
		b.WriteString(nameText(t.choices[0].text))
		return
	}
	b.WriteString(nameText(t.field))
	b.WriteString(signs[t.rel])
	switch t.rel {
	case present:
	case is, contains:
		for i, c := range t.choices {
			if i > 0 {
				b.WriteByte(',')
			}
			b.WriteString(c.written())
		}
	default:
		b.WriteString(t.bound.text)
	}
}

// nameText writes a field name or bare word, in quotes where it needs them.
func nameText(s string) string {
	if s == "" || s[0] == '-' || s == "OR" || s == "AND" || s == "NOT" || strings.ContainsFunc(s, endsName) {
		return quoted(s)
	}
	return s
}

func (c choice) written() string {
	if c.span {
		return c.text
	}
	_, asRange := rangeOf(c.text)
	if c.text == "" || c.text == "*" || asRange || strings.ContainsFunc(c.text, endsValue) {
		return quoted(c.text)
	}
	return c.text
}

func endsName(r rune) bool {
	return endsValue(r) || strings.ContainsRune(`:<>=~!`, r)
}

func endsValue(r rune) bool {
	return unicode.IsSpace(r) || strings.ContainsRune(`(),"`, r)
}

var escapes = strings.NewReplacer(`\`, `\\`, `"`, `\"`, "\n", `\n`, "\t", `\t`, "\r", `\r`)

func quoted(s string) string { return `"` + escapes.Replace(s) + `"` }
