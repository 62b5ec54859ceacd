package charts

import (
	"strings"
	"unicode"

	"witnessmark/charts/internal/pen"
)

// The sizes of text on a canvas.
var (
	plain  = pen.Font{Size: 12}
	strong = pen.Font{Size: 12, Bold: true}
	value  = pen.Font{Size: 13, Bold: true}
)

// The heights of lines.
const (
	lineHeight   = 16.0
	strongHeight = 17.0
	halfLine     = 8.0 // an empty line in a block
	markerRoom   = 17.0
)

// titleFont is larger on slides and smaller on cards.
func (c *canvas) titleFont(height float64) pen.Font {
	switch {
	case height < 340:
		return pen.Font{Size: 13, Bold: true}
	case c.zoom > 1.25:
		return pen.Font{Size: 18, Bold: true}
	}
	return pen.Font{Size: 15, Bold: true}
}

func (l Line) font() pen.Font {
	if l.Bold {
		return value
	}
	return plain
}

func (l Line) height() float64 {
	switch {
	case l.Text == "":
		return halfLine
	case l.Bold:
		return strongHeight
	}
	return lineHeight
}

func (l Line) width() float64 {
	w := l.font().Width(l.Text)
	if l.Role != "" {
		w += markerRoom
	}
	return w
}

func (l Line) ink() Role {
	if l.Muted {
		return MutedRole
	}
	return InkRole
}

// wrap breaks s into lines no wider than width, at spaces where it can. A
// word that is too long is broken anywhere.
func wrap(s string, f pen.Font, width float64) []string {
	var lines []string
	line := ""
	for _, word := range strings.FieldsFunc(s, func(r rune) bool { return r == ' ' || r == '\n' || r == '\t' }) {
		joined := word
		if line != "" {
			joined = line + " " + word
		}
		if f.Width(joined) <= width {
			line = joined
			continue
		}
		if line != "" {
			lines = append(lines, line)
		}
		pieces := breakWord(word, f, width)
		lines = append(lines, pieces[:len(pieces)-1]...)
		line = pieces[len(pieces)-1]
	}
	if line != "" {
		lines = append(lines, line)
	}
	return lines
}

// breakWord cuts a word into pieces that fit, after - _ / . where it can.
func breakWord(word string, f pen.Font, width float64) []string {
	var out []string
	rest := []rune(word)
	for len(rest) > 1 && f.Width(string(rest)) > width {
		n := 1
		for n+1 < len(rest) && f.Width(string(rest[:n+1])+"-") <= width {
			n++
		}
		for k := n; k > max(1, n/2); k-- {
			if strings.ContainsRune("-_/.:", rest[k-1]) {
				n = k
				break
			}
		}
		out = append(out, hyphened(rest, n))
		rest = rest[n:]
	}
	return append(out, string(rest))
}

// hyphened returns the first n characters, with a hyphen where a word of
// letters is cut.
func hyphened(word []rune, n int) string {
	if n > 2 && unicode.IsLetter(word[n-1]) && unicode.IsLetter(word[n]) {
		return string(word[:n]) + "-"
	}
	return string(word[:n])
}

// ellipsis shortens s to fit.
func ellipsis(s string, f pen.Font, width float64) string {
	if f.Width(s) <= width {
		return s
	}
	runes := []rune(strings.TrimRight(s, " .…"))
	for len(runes) > 0 && f.Width(string(runes)+"…") > width {
		runes = runes[:len(runes)-1]
	}
	return strings.TrimRight(string(runes), " ") + "…"
}

// paragraph wraps s into at most most lines; cut reports that some is left out.
func paragraph(s string, f pen.Font, width float64, most int) (lines []string, cut bool) {
	lines = wrap(s, f, width)
	if len(lines) <= most {
		return lines, false
	}
	if most <= 0 {
		return nil, true
	}
	rest := strings.Join(lines[most-1:], " ")
	return append(lines[:most-1:most-1], ellipsis(rest+" …", f, width)), true
}

// write draws text with its baseline at y.
func (c *canvas) write(s string, x, y float64, f pen.Font, a pen.Anchor, r Role) {
	if !finite(x, y) {
		return // no place; the rasterizer would look for it forever
	}
	c.pen.Text(s, x, y, f, a, c.theme.Color(r))
}

// middle returns the baseline at which text of size f is centered on y.
func middle(y float64, f pen.Font) float64 { return y + f.Size*0.35 }
