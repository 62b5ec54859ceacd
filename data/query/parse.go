package query

import (
	"fmt"
	"math"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// A SyntaxError says what in a filter's text could not be understood.
type SyntaxError struct {
	Query string
	Off   int    // byte offset in Query at which to point
	Msg   string // plain words
}

func (e *SyntaxError) Error() string { return fmt.Sprintf("%s (at character %d)", e.Msg, e.column()) }

func (e *SyntaxError) column() int {
	return utf8.RuneCountInString(e.Query[:min(e.Off, len(e.Query))]) + 1
}

// maxDepth bounds nesting, so that no text can exhaust the stack.
const maxDepth = 100

// Parse reads a filter; package query/syntax describes the language. The
// error, if any, is a *SyntaxError.
func Parse(text string) (Filter, error) {
	p := parser{text: text}
	if p.space(); p.done() {
		return Filter{}, nil
	}
	root, err := p.alternatives()
	if err == nil && !p.done() { // only a closing parenthesis stops it early
		err = p.fail(p.at, "this ) closes nothing")
	}
	if err != nil {
		return Filter{}, err
	}
	return Filter{root}, nil
}

type parser struct {
	text  string
	at    int
	depth int
}

func (p *parser) done() bool { return p.at >= len(p.text) }

func (p *parser) peek() byte {
	if p.done() {
		return 0
	}
	return p.text[p.at]
}

func (p *parser) fail(off int, format string, args ...any) error {
	return &SyntaxError{Query: p.text, Off: off, Msg: fmt.Sprintf(format, args...)}
}

func (p *parser) space() {
	rest := p.text[p.at:]
	p.at += len(rest) - len(strings.TrimLeftFunc(rest, unicode.IsSpace))
}

// keyword consumes a capitalized word that stands alone. Followed by a sign,
// as in OR:x, it is a field's name.
func (p *parser) keyword(word string) bool {
	rest, ok := strings.CutPrefix(p.text[p.at:], word)
	if !ok {
		return false
	}
	if r, _ := utf8.DecodeRuneInString(rest); rest != "" && r != '(' && r != ')' && r != '"' && !unicode.IsSpace(r) {
		return false
	}
	if next := strings.TrimLeftFunc(rest, unicode.IsSpace); next != "" && signAt(next) != "" {
		return false
	}
	p.at += len(word)
	return true
}

func (p *parser) alternatives() (node, error) {
	var parts []node
	for {
		n, err := p.sequence()
		if err != nil {
			return nil, err
		}
		parts = append(parts, n)
		if !p.keyword("OR") {
			return oneOf(parts...), nil
		}
	}
}

// sequence reads parts that must all hold, up to OR, a ) or the end.
func (p *parser) sequence() (node, error) {
	var parts []node
	for {
		p.space()
		start := p.at
		ended := p.done() || p.peek() == ')' || p.keyword("OR")
		if ended && len(parts) == 0 {
			return nil, p.fail(start, "a term is missing here")
		}
		if ended {
			p.at = start
			return both(parts...), nil
		}
		if len(parts) > 0 && p.keyword("AND") {
			p.space()
		}
		n, err := p.part()
		if err != nil {
			return nil, err
		}
		parts = append(parts, n)
	}
}

func (p *parser) part() (node, error) {
	if p.depth++; p.depth > maxDepth {
		return nil, p.fail(p.at, "the filter is nested too deeply")
	}
	defer func() { p.depth-- }()
	switch start := p.at; {
	case p.peek() == '-':
		p.at++
		return p.negated(start)
	case p.keyword("NOT"):
		p.space()
		return p.negated(start)
	case p.peek() == '(':
		p.at++
		return p.group(start)
	}
	return p.term()
}

func (p *parser) negated(start int) (node, error) {
	if r, _ := utf8.DecodeRuneInString(p.text[p.at:]); p.done() || unicode.IsSpace(r) || r == ')' {
		return nil, p.fail(start, "a term is missing after %s", strings.TrimSpace(p.text[start:p.at]))
	}
	n, err := p.part()
	if err != nil {
		return nil, err
	}
	return negate(n), nil
}

func (p *parser) group(start int) (node, error) {
	n, err := p.alternatives()
	if err != nil {
		return nil, err
	}
	if p.peek() != ')' {
		return nil, p.fail(start, "this ( is never closed")
	}
	p.at++
	return n, p.apart()
}

// apart complains where two terms touch.
func (p *parser) apart() error {
	if r, _ := utf8.DecodeRuneInString(p.text[p.at:]); p.done() || unicode.IsSpace(r) || r == ')' {
		return nil
	}
	return p.fail(p.at, "a space is missing here, or quotes around the text")
}

func (p *parser) term() (node, error) {
	start := p.at
	name, _, err := p.word(endsName)
	if err != nil {
		return nil, err
	}
	end := p.at
	p.space()
	sign := signAt(p.text[p.at:])
	if name == "" && sign == "" && end == start {
		return nil, p.fail(start, "%q was not expected here", p.text[start:start+1])
	}
	if name == "" {
		return nil, p.fail(start, "a field name is missing here")
	}
	if sign == "" {
		p.at = end
		return &term{rel: contains, choices: []choice{{text: name}}}, p.apart()
	}
	p.at += len(sign)
	return p.claim(name, sign)
}

// signAt returns the sign with which s begins, "" if none.
func signAt(s string) string {
	for _, sign := range []string{"<=", ">=", "!=", "==", "<", ">", "=", ":", "~"} {
		if strings.HasPrefix(s, sign) {
			return sign
		}
	}
	return ""
}

// claim reads what follows a field and a sign.
func (p *parser) claim(field, sign string) (node, error) {
	t := &term{field: field}
	var err error
	switch sign {
	case "<", "<=", ">", ">=":
		t.rel = map[string]relation{"<": less, "<=": atMost, ">": more, ">=": atLeast}[sign]
		t.bound, err = p.bound(sign)
	case "~":
		t.rel = contains
		t.choices, err = p.choices(sign)
	default:
		t.choices, err = p.choices(sign)
		if t.choices == nil {
			t.rel = present
		}
	}
	if err == nil {
		err = p.apart()
	}
	if sign == "!=" {
		return not{t}, err
	}
	return t, err
}

func (p *parser) bound(sign string) (choice, error) {
	p.space()
	start := p.at
	text, _, err := p.word(endsValue)
	if err != nil {
		return choice{}, err
	}
	c := plain(text)
	if !c.number {
		return choice{}, p.fail(start, "a number is missing after %s", sign)
	}
	return c, nil
}

// choices reads values with commas between them; nil stands for the *.
func (p *parser) choices(sign string) ([]choice, error) {
	var out []choice
	for {
		p.space()
		start := p.at
		text, quoted, err := p.word(endsValue)
		switch {
		case err != nil:
			return nil, err
		case text == "" && (!quoted || sign == "~"):
			return nil, p.fail(start, "a value is missing after %s", p.text[start-1:start])
		case text == "*" && !quoted && sign != "~":
			if out != nil || p.peek() == ',' {
				return nil, p.fail(start, "a * stands alone; put it in quotes to search for it")
			}
			return nil, nil
		}
		c := plain(text)
		if r, ok := rangeOf(text); ok && !quoted && sign != "~" {
			c = r
		}
		if c.span && c.lo > c.hi {
			return nil, p.fail(start, "the range %s runs backwards", text)
		}
		out = append(out, c)
		if p.peek() != ',' {
			return out, nil
		}
		p.at++
	}
}

// word reads a quoted text, or plain text up to a rune that ends it.
func (p *parser) word(ends func(rune) bool) (text string, quoted bool, err error) {
	if p.peek() == '"' {
		text, err = p.quote()
		return text, true, err
	}
	rest := p.text[p.at:]
	n := strings.IndexFunc(rest, ends)
	if n < 0 {
		n = len(rest)
	}
	p.at += n
	return rest[:n], false, nil
}

var unescaped = map[byte]byte{'n': '\n', 't': '\t', 'r': '\r', '"': '"', '\\': '\\'}

func (p *parser) quote() (string, error) {
	start := p.at
	var b strings.Builder
	for p.at++; !p.done(); p.at++ {
		switch c := p.text[p.at]; c {
		case '"':
			p.at++
			return b.String(), nil
		case '\\':
			p.at++
			plain, ok := unescaped[p.peek()]
			if !ok {
				return "", p.fail(p.at-1, `write \\ for a backslash between quotes`)
			}
			b.WriteByte(plain)
		default:
			b.WriteByte(c)
		}
	}
	return "", p.fail(start, "this quote is never closed")
}

// plain makes a choice of text that is no range.
func plain(text string) choice {
	if x, ok := number(text); ok {
		return choice{text: text, number: true, lo: x}
	}
	return choice{text: text}
}

// rangeOf reads "a..b", where one end may be missing.
func rangeOf(text string) (choice, bool) {
	from, to, ok := strings.Cut(text, "..")
	if !ok || from == "" && to == "" {
		return choice{}, false
	}
	c := choice{text: text, span: true, lo: math.Inf(-1), hi: math.Inf(1)}
	if from != "" {
		c.lo, ok = number(from)
	}
	if to != "" && ok {
		c.hi, ok = number(to)
	}
	return c, ok
}

// number reads a finite decimal number, and nothing else that strconv takes
// (hexadecimal, infinities, NaN): those are names here.
func number(s string) (float64, bool) {
	if s == "" || strings.Trim(s, "0123456789+-.eE") != "" {
		return 0, false
	}
	x, err := strconv.ParseFloat(s, 64)
	return x, err == nil && !math.IsInf(x, 0)
}
