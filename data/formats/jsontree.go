package formats

import (
	"strconv"
	"strings"
)

// A node is a JSON value: nil, bool, literal, string, []node or object.
type node any

// A literal is a number, or NaN and the like, as written.
type literal string

// An object keeps its members by key; of repeated keys, the last wins.
type object map[string]node

// decodeJSON decodes a whole value.
func decodeJSON(raw []byte) (node, error) {
	t := &jsonText{data: raw}
	n, err := t.node(0)
	if err == nil && t.peek() != 0 {
		err = t.unexpected("nothing more")
	}
	return n, err
}

func (t *jsonText) node(depth int) (node, error) {
	if depth > maxDepth {
		return nil, t.fail("nested deeper than 1,000 levels")
	}
	switch t.peek() {
	case '{':
		out := object{}
		err := t.members(func(key []byte) error {
			name := cleanText(key)
			v, err := t.node(depth + 1)
			out[name] = v
			return err
		})
		return out, err
	case '[':
		out := []node{}
		err := t.elements(func(int) error {
			v, err := t.node(depth + 1)
			out = append(out, v)
			return err
		})
		return out, err
	case '"':
		s, err := t.str()
		return cleanText(s), err
	}
	word, err := t.literal()
	return literalNode(word), err
}

func literalNode(word []byte) node {
	switch string(word) {
	case "true":
		return true
	case "false":
		return false
	case "null":
		return nil
	}
	return literal(word)
}

// at follows keys into nested objects; what is not there is nil.
func at(n node, keys ...string) node {
	for _, k := range keys {
		o, _ := n.(object)
		n = o[k]
	}
	return n
}

// textOf writes a scalar as text; others, and null, are "".
func textOf(n node) string {
	switch v := n.(type) {
	case string:
		return v
	case literal:
		return string(v)
	case bool:
		return strconv.FormatBool(v)
	}
	return ""
}

func objectOf(n node) object {
	o, _ := n.(object)
	return o
}

func listOf(n node) []node {
	l, _ := n.([]node)
	return l
}

// inlineOf writes a value on one line: scalars as text, lists of them with
// commas, other things as short JSON.
func inlineOf(n node) string {
	switch v := n.(type) {
	case []node:
		parts := make([]string, len(v))
		for i, e := range v {
			parts[i] = inlineOf(e)
		}
		return strings.Join(parts, ", ")
	case object:
		var parts []string
		for _, k := range sortedKeys(v) {
			parts = append(parts, k+": "+inlineOf(v[k]))
		}
		return "{" + strings.Join(parts, ", ") + "}"
	}
	return textOf(n)
}
