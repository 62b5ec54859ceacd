package formats

import (
	"fmt"
	"path"
	"regexp"
	"strings"

	"witnessmark/data"
)

// A Template takes fields from paths: literal text, {field} for a segment or
// a part of one, * for any segment or part, ** for any number of segments.
// It is matched at the end of a path. Its zero value matches everything and
// takes nothing.
type Template struct {
	text   string
	fields []string       // by group of whole
	whole  *regexp.Regexp // nil for the zero value
	head   *regexp.Regexp // up to the last segment with a field, to be found in the middle of a path
	tail   int            // segments after that
}

// ParseTemplate reads a template. Errors name the part that cannot be read.
func ParseTemplate(text string) (Template, error) {
	t := Template{text: text}
	if text == "" {
		return t, nil
	}
	segments := strings.Split(slashed(text), "/")
	var parts []string
	last := -1
	for i, s := range segments {
		pattern, fields, err := segmentPattern(s, i < len(segments)-1)
		if err != nil {
			return Template{}, fmt.Errorf("template %q: %w", text, err)
		}
		if len(fields) > 0 {
			last = i
		}
		parts, t.fields = append(parts, pattern), append(t.fields, fields...)
	}
	return t, t.compile(parts, last)
}

func (t *Template) compile(parts []string, last int) error {
	var err error
	if t.whole, err = regexp.Compile(`(?s)^(?:.*/)?` + strings.Join(parts, "") + `$`); err != nil {
		return fmt.Errorf("template %q is too long or too odd", t.text)
	}
	if last < 0 {
		return nil
	}
	head := strings.TrimSuffix(strings.Join(parts[:last+1], ""), "/")
	t.tail = len(parts) - 1 - last
	t.head, err = regexp.Compile(`(?s)^(?:.*/)?` + head + `$`)
	return err
}

// segmentPattern returns one segment's pattern, with the slash that follows
// it, and the fields it captures.
func segmentPattern(s string, more bool) (pattern string, fields []string, err error) {
	slash := ""
	if more {
		slash = "/"
	}
	if s == "**" {
		if more {
			return `(?:.*/)?`, nil, nil
		}
		return `.*`, nil, nil
	}
	var b strings.Builder
	for s != "" {
		i := strings.IndexAny(s, "{}*")
		if i < 0 {
			i = len(s)
		}
		b.WriteString(regexp.QuoteMeta(s[:i]))
		s = s[i:]
		if s == "" {
			break
		}
		name, rest, err := capture(s)
		if err != nil {
			return "", nil, err
		}
		if s = rest; name == "" {
			b.WriteString(`[^/]*?`)
			continue
		}
		b.WriteString(`([^/]+?)`)
		fields = append(fields, name)
	}
	return b.String() + slash, fields, nil
}

// capture reads one {field} or *; the name is empty for the latter.
func capture(s string) (name, rest string, err error) {
	switch s[0] {
	case '*':
		return "", s[1:], nil
	case '}':
		return "", "", fmt.Errorf("} without {")
	}
	end := strings.IndexAny(s[1:], "{}") + 1
	if end == 0 || s[end] != '}' {
		return "", "", fmt.Errorf("{ without }")
	}
	if name = strings.TrimSpace(s[1:end]); name == "" {
		return "", "", fmt.Errorf("{} without a name")
	}
	return canonical(name), s[end+1:], nil
}

// Match returns the fields that the template takes from the path; ok is
// false where it does not match. A field named twice must agree.
func (t Template) Match(file string) (fields data.Fields, ok bool) {
	if t.whole == nil {
		return data.Fields{}, true
	}
	return t.take(t.whole, slashed(file))
}

// MatchBeside is Match for another file of the same run: a file anywhere
// below the folder that ends in the template's last field. The template
// "{condition}/seed_{seed}/raw/metrics.jsonl" takes both fields from
// "neutral/seed_3/config.json" too.
func (t Template) MatchBeside(file string) (fields data.Fields, ok bool) {
	if fields, ok = t.Match(file); ok || t.head == nil || t.tail == 0 {
		return fields, ok
	}
	segments := strings.Split(slashed(file), "/")
	if fields, ok = t.matchHead(segments, t.tail); ok {
		return fields, true
	}
	for tail := 1; tail < len(segments); tail++ {
		if fields, ok = t.matchHead(segments, tail); ok {
			return fields, true
		}
	}
	return nil, false
}

func (t Template) matchHead(segments []string, tail int) (data.Fields, bool) {
	if tail >= len(segments) {
		return nil, false
	}
	return t.take(t.head, strings.Join(segments[:len(segments)-tail], "/"))
}

func (t Template) take(pattern *regexp.Regexp, file string) (data.Fields, bool) {
	groups := pattern.FindStringSubmatch(file)
	if groups == nil {
		return nil, false
	}
	fields := data.Fields{}
	for i, name := range t.fields {
		if was, twice := fields[name]; twice && was != groups[i+1] {
			return nil, false
		}
		fields[name] = groups[i+1]
	}
	return fields, true
}

// Fields returns the names of the fields that the template takes, in order.
func (t Template) Fields() []string { return t.fields }

// String returns the template's text.
func (t Template) String() string { return t.text }

// slashed writes a path of any system with slashes.
func slashed(file string) string {
	if len(file) > 2 && file[1] == ':' || !strings.Contains(file, "/") {
		file = strings.ReplaceAll(file, `\`, "/")
	}
	return path.Clean(file)
}
