package formats

import (
	"bytes"
	"fmt"
	"strconv"
	"unicode/utf16"
	"unicode/utf8"
)

// maxDepth is how deep JSON may nest.
const maxDepth = 1000

// A jsonError says at which byte JSON is not as it should be.
type jsonError struct {
	at   int
	text string
}

func (e *jsonError) Error() string { return e.text }

// A jsonText reads JSON text from left to right. It takes what result files
// hold beyond the standard: bare NaN and Infinity. Numbers stay text.
type jsonText struct {
	data  []byte
	at    int
	arena []byte // unescaped strings
}

func (t *jsonText) fail(format string, a ...any) error {
	return &jsonError{t.at, fmt.Sprintf(format, a...)}
}

// peek skips white space and returns the next byte, 0 at the end.
func (t *jsonText) peek() byte {
	for t.at < len(t.data) {
		switch c := t.data[t.at]; c {
		case ' ', '\t', '\n', '\r':
			t.at++
		default:
			return c
		}
	}
	return 0
}

// unexpected is the error for what stands at the present place.
func (t *jsonText) unexpected(want string) error {
	if t.at >= len(t.data) {
		return t.fail("unexpected end of JSON, expected %s", want)
	}
	return t.fail("unexpected %q, expected %s", rune(t.data[t.at]), want)
}

func (t *jsonText) expect(c byte, want string) error {
	if t.peek() != c || t.at >= len(t.data) {
		return t.unexpected(want)
	}
	t.at++
	return nil
}

// rawString reads a string and returns it with its escapes, and whether
// there are any.
func (t *jsonText) rawString() (raw []byte, escaped bool, err error) {
	if err := t.expect('"', "a string"); err != nil {
		return nil, false, err
	}
	from := t.at
	for {
		i := bytes.IndexByte(t.data[t.at:], '"')
		if i < 0 {
			t.at = len(t.data)
			return nil, false, t.unexpected("the end of a string")
		}
		end := t.at + i
		slash := bytes.IndexByte(t.data[t.at:end], '\\')
		if slash < 0 {
			t.at = end + 1
			return t.data[from:end], escaped, nil
		}
		escaped = true
		if t.at += slash + 2; t.at > len(t.data) {
			t.at = len(t.data)
		}
	}
}

// str reads a string and returns its text, which is valid until the arena
// is reset.
func (t *jsonText) str() ([]byte, error) {
	raw, escaped, err := t.rawString()
	if err != nil || !escaped {
		return raw, err
	}
	from := len(t.arena)
	t.arena = unescape(t.arena, raw)
	return t.arena[from:len(t.arena):len(t.arena)], nil
}

var escapes = [256]byte{'"': '"', '\\': '\\', '/': '/', 'b': '\b', 'f': '\f', 'n': '\n', 'r': '\r', 't': '\t'}

// unescape appends a string without its escapes. An unknown escape is kept
// as it stands, a lone surrogate becomes U+FFFD.
func unescape(to, raw []byte) []byte {
	for len(raw) > 0 {
		i := bytes.IndexByte(raw, '\\')
		if i < 0 || i+1 == len(raw) {
			return append(to, raw...)
		}
		to = append(to, raw[:i]...)
		c := raw[i+1]
		switch {
		case c == 'u':
			r, n := unicodeEscape(raw[i:])
			to, raw = utf8.AppendRune(to, r), raw[i+n:]
			continue
		case escapes[c] != 0:
			to = append(to, escapes[c])
		default:
			to = append(to, '\\', c)
		}
		raw = raw[i+2:]
	}
	return to
}

// unicodeEscape reads \uXXXX, or two of them for one character, and returns
// how many bytes that took.
func unicodeEscape(raw []byte) (rune, int) {
	r, ok := hex4(raw)
	if !ok {
		return utf8.RuneError, min(2, len(raw))
	}
	if !utf16.IsSurrogate(r) {
		return r, 6
	}
	if low, ok := hex4(raw[6:]); ok {
		if pair := utf16.DecodeRune(r, low); pair != utf8.RuneError {
			return pair, 12
		}
	}
	return utf8.RuneError, 6
}

func hex4(raw []byte) (rune, bool) {
	if len(raw) < 6 || raw[0] != '\\' || raw[1] != 'u' {
		return 0, false
	}
	n, err := strconv.ParseUint(string(raw[2:6]), 16, 32)
	return rune(n), err == nil
}

// literal reads a number or a word such as true, null or NaN.
func (t *jsonText) literal() ([]byte, error) {
	from := t.at
	for t.at < len(t.data) && literalBytes[t.data[t.at]] {
		t.at++
	}
	word := t.data[from:t.at]
	if len(word) == 0 || !validLiteral(word) {
		t.at = from
		return nil, t.unexpected("a value")
	}
	return word, nil
}

var literalBytes = func() (set [256]bool) {
	for _, c := range []byte("+-.0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ") {
		set[c] = true
	}
	return set
}()

func validLiteral(word []byte) bool {
	if c := word[0]; c == '-' && len(word) > 1 && word[1]-'0' <= 9 || c-'0' <= 9 {
		return true // what kind of number is decided when it is read as one
	}
	switch string(word) {
	case "true", "false", "null", "NaN", "Infinity", "-Infinity", "nan", "inf", "-inf":
		return true
	}
	return false
}

// skip reads over a value of any kind and returns its text.
func (t *jsonText) skip() ([]byte, error) {
	c := t.peek()
	from := t.at
	var err error
	switch c {
	case '{', '[':
		err = t.skipNested()
	case '"':
		_, _, err = t.rawString()
	default:
		_, err = t.literal()
	}
	return t.data[from:t.at], err
}

// skipNested reads over an object or array. It checks that brackets match
// and strings end, not the commas between: what is looked into later is
// checked then.
func (t *jsonText) skipNested() error {
	var kinds [maxDepth/64 + 1]uint64 // one bit a level: object or array
	depth := 0
	for t.at < len(t.data) {
		c := t.data[t.at]
		switch c {
		case '"':
			if _, _, err := t.rawString(); err != nil {
				return err
			}
			continue
		case '{', '[':
			if depth++; depth > maxDepth {
				return t.fail("nested deeper than 1,000 levels")
			}
			kinds[depth/64] &^= 1 << (depth % 64)
			if c == '{' {
				kinds[depth/64] |= 1 << (depth % 64)
			}
		case '}', ']':
			if object := kinds[depth/64]>>(depth%64)&1 == 1; object != (c == '}') {
				return t.unexpected("the other bracket")
			}
			if depth--; depth == 0 {
				t.at++
				return nil
			}
		}
		t.at++
	}
	return t.unexpected("the end of an object or array")
}

// members reads an object and calls each for every member with its key; each
// must read the value. The key is valid during the call only.
func (t *jsonText) members(each func(key []byte) error) error {
	if err := t.expect('{', "an object"); err != nil {
		return err
	}
	if t.peek() == '}' {
		t.at++
		return nil
	}
	for {
		key, err := t.str()
		if err != nil {
			return err
		}
		if err := t.expect(':', "a colon"); err != nil {
			return err
		}
		if err := each(key); err != nil {
			return err
		}
		if done, err := t.more('}'); done || err != nil {
			return err
		}
	}
}

// elements reads an array and calls each for every element, which it must read.
func (t *jsonText) elements(each func(i int) error) error {
	if err := t.expect('[', "an array"); err != nil {
		return err
	}
	if t.peek() == ']' {
		t.at++
		return nil
	}
	for i := 0; ; i++ {
		if err := each(i); err != nil {
			return err
		}
		if done, err := t.more(']'); done || err != nil {
			return err
		}
	}
}

// more reads the comma before the next element, or the end.
func (t *jsonText) more(end byte) (done bool, err error) {
	switch t.peek() {
	case ',':
		t.at++
		return false, nil
	case end:
		if t.at < len(t.data) {
			t.at++
			return true, nil
		}
	}
	return false, t.unexpected("a comma or the end")
}
