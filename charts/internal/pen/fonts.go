package pen

import (
	_ "embed"
	"strings"
	"sync"
	"unicode"

	"github.com/golang/freetype/truetype"
	"golang.org/x/image/math/fixed"
)

//go:embed fonts/NotoSans-Regular.ttf
var regularTTF []byte

//go:embed fonts/NotoSans-Bold.ttf
var boldTTF []byte

// Noto Sans has neither a minus sign nor ≤, ≥ and arrows; Noto Sans Math has
// them on the same lines.
//
//go:embed fonts/NotoSansMath-Regular.ttf
var signsTTF []byte

// box stands for a character that no embedded font has.
const box = '▯'

// faces are the parsed fonts, with the advances of their first characters,
// of which almost all text consists, as shares of the size. They are read
// once and never written.
type faces struct {
	regular, bold, signs *truetype.Font
	regularEm, boldEm    [quick]float64
}

// quick is how many characters have their advance at hand; 0 stands for none.
const quick = 0x180

var loaded = sync.OnceValue(func() *faces {
	l := &faces{regular: parse(regularTTF), bold: parse(boldTTF), signs: parse(signsTTF)}
	for r := rune(' '); r < quick; r++ {
		if !unicode.In(r, unicode.Cf, unicode.Cc) {
			l.regularEm[r], l.boldEm[r] = em(l.regular, r), em(l.bold, r)
		}
	}
	return l
})

// em returns the advance of r at size 1, 0 where the face lacks it.
func em(face *truetype.Font, r rune) float64 {
	i := face.Index(r)
	if i == 0 {
		return 0
	}
	units := face.FUnitsPerEm()
	return float64(face.HMetric(fixed.Int26_6(units), i).AdvanceWidth) / float64(units)
}

// parse cannot fail on the embedded files, which the tests open.
func parse(ttf []byte) *truetype.Font {
	f, err := truetype.Parse(ttf)
	if err != nil {
		panic("embedded font: " + err.Error())
	}
	return f
}

// A Font is a size in units and a weight.
type Font struct {
	Size float64
	Bold bool
}

func (f Font) main() *truetype.Font {
	if f.Bold {
		return loaded().bold
	}
	return loaded().regular
}

// face returns the embedded font that draws r: the text face, or the one
// with signs.
func (f Font) face(r rune) *truetype.Font {
	if f.quick(r) > 0 {
		return f.main()
	}
	if m := f.main(); m.Index(r) != 0 || loaded().signs.Index(r) == 0 {
		return m
	}
	return loaded().signs
}

// covers reports whether an embedded font has r or r shows nothing by nature.
// Characters past U+FFFF count as missing: the PDF library cannot write them.
func (f Font) covers(r rune) bool {
	return f.quick(r) > 0 || invisible(r) || r <= 0xFFFF && f.face(r).Index(r) != 0
}

// invisible are joiners, variation selectors and controls.
func invisible(r rune) bool {
	return unicode.In(r, unicode.Cf, unicode.Cc, unicode.Variation_Selector)
}

// Width returns the advance of s in units, without kerning.
func (f Font) Width(s string) float64 {
	w := 0.0
	for r := range f.runs(s) {
		w += r.width
	}
	return w
}

// A run is a stretch of text in one face.
type run struct {
	s     string
	face  *truetype.Font
	width float64
}

// runs splits s by face; characters that no face has become boxes.
func (f Font) runs(s string) func(yield func(run) bool) {
	return func(yield func(run) bool) {
		var cur run
		var b strings.Builder
		for _, r := range s {
			if f.quick(r) == 0 && invisible(r) {
				continue
			}
			if !f.covers(r) {
				r = box
			}
			face := f.face(r)
			if face != cur.face && cur.face != nil {
				cur.s = b.String()
				if !yield(cur) {
					return
				}
				b.Reset()
				cur = run{}
			}
			cur.face = face
			cur.width += f.advance(face, r)
			b.WriteRune(r)
		}
		if cur.face != nil {
			cur.s = b.String()
			yield(cur)
		}
	}
}

func (f Font) advance(face *truetype.Font, r rune) float64 {
	if e := f.quick(r); e > 0 {
		return e * f.Size
	}
	return em(face, r) * f.Size
}

// quick returns the advance of one of the first characters at size 1.
func (f Font) quick(r rune) float64 {
	switch {
	case r < 0 || r >= quick:
		return 0
	case f.Bold:
		return loaded().boldEm[r]
	}
	return loaded().regularEm[r]
}
