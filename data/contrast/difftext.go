package contrast

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/sergi/go-diff/diffmatchpatch"
)

// A Change says what became of a stretch of text.
type Change string

// The changes.
const (
	Same    Change = "same"
	Removed Change = "removed" // in the first text only
	Added   Change = "added"   // in the second only
	Elided  Change = "elided"  // equal text left out, see Excerpt
)

// A Segment is a stretch of text of one kind.
type Segment struct {
	Change Change
	Text   string
}

// mostWords is the length up to which texts are compared word by word; longer
// ones are compared line by line.
const mostWords = 20000

// DiffWords compares two texts word by word. Joined, Same and Removed
// segments are the first text, Same and Added ones the second. Two texts that
// share next to nothing are one Removed and one Added segment.
func DiffWords(before, after string) []Segment {
	if before == after {
		if before == "" {
			return nil
		}
		return []Segment{{Same, before}}
	}
	cut := wordsOfText
	if len(before)+len(after) > 8*mostWords {
		cut = linesOfText
	}
	codes := newCodebook()
	a, b := codes.encode(cut(before)), codes.encode(cut(after))
	differ := diffmatchpatch.New()
	differ.DiffTimeout = 0 // the same texts have the same differences, however busy the machine
	diffs := differ.DiffCleanupSemantic(differ.DiffMainRunes(a, b, false))
	out := make([]Segment, 0, len(diffs))
	for _, d := range diffs {
		out = append(out, Segment{changeOf[d.Type], codes.decode(d.Text)})
	}
	if !alike(out, before, after) {
		return []Segment{{Removed, before}, {Added, after}}
	}
	return out
}

var changeOf = map[diffmatchpatch.Operation]Change{
	diffmatchpatch.DiffEqual: Same, diffmatchpatch.DiffDelete: Removed, diffmatchpatch.DiffInsert: Added,
}

// alike tells whether texts share so much that showing them as one, with
// changes, is easier to read than showing one after the other.
func alike(segments []Segment, before, after string) bool {
	if before == "" || after == "" {
		return true
	}
	same := 0
	for _, s := range segments {
		if s.Change == Same {
			same += letters(s.Text)
		}
	}
	return 5*same >= min(letters(before), letters(after))
}

func letters(s string) int {
	n := 0
	for _, r := range s {
		if !unicode.IsSpace(r) {
			n++
		}
	}
	return n
}

// wordsOfText cuts between words, spaces and marks; joined, the parts are the
// text.
func wordsOfText(s string) []string {
	kind := func(r rune) int {
		switch {
		case unicode.IsLetter(r), unicode.IsDigit(r), r == '\'', r == '’':
			return 1
		case unicode.IsSpace(r):
			return 2
		}
		return 0
	}
	var out []string
	from, last := 0, -1
	for i, r := range s {
		if k := kind(r); i > 0 && (k != last || k == 0) {
			out = append(out, s[from:i])
			from = i
		}
		last = kind(r)
	}
	if from < len(s) {
		out = append(out, s[from:])
	}
	return out
}

func linesOfText(s string) []string { return strings.SplitAfter(s, "\n") }

// A codebook stands one character for each distinct part of texts, so that
// what compares characters compares words.
type codebook struct {
	codes map[string]rune
	parts map[rune]string
}

func newCodebook() codebook { return codebook{map[string]rune{}, map[rune]string{}} }

// Surrogates are no characters, so codes step over them.
const (
	firstSurrogate = 0xD800
	surrogates     = 0x800
)

func (c codebook) encode(parts []string) []rune {
	out := make([]rune, 0, len(parts))
	for _, p := range parts {
		code, ok := c.codes[p]
		if !ok {
			code = rune(len(c.codes) + 1)
			if code >= firstSurrogate {
				code += surrogates
			}
			if code >= utf8.RuneError {
				code++ // that one stands for what is no text
			}
			c.codes[p], c.parts[code] = code, p
		}
		out = append(out, code)
	}
	return out
}

func (c codebook) decode(text string) string {
	var b strings.Builder
	for _, r := range text {
		b.WriteString(c.parts[r])
	}
	return b.String()
}

// Excerpt shortens the equal stretches of a comparison to a few words next to
// what changed; what is left out becomes an Elided segment.
func Excerpt(segments []Segment, around int) []Segment {
	var out []Segment
	for i, s := range segments {
		if s.Change != Same {
			out = append(out, s)
			continue
		}
		words := strings.SplitAfter(s.Text, " ")
		head, tail := around, around
		if i == 0 {
			head = 0
		}
		if i == len(segments)-1 {
			tail = 0
		}
		if len(words) <= head+tail+2 || len(segments) == 1 {
			out = append(out, s)
			continue
		}
		parts := []Segment{
			{Same, strings.Join(words[:head], "")},
			{Elided, strings.Join(words[head:len(words)-tail], "")},
			{Same, strings.Join(words[len(words)-tail:], "")},
		}
		for _, p := range parts {
			if p.Text != "" {
				out = append(out, p)
			}
		}
	}
	return out
}
