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

// faces are the parsed fonts. They are read once and never written.
type faces struct{ regular, bold, signs *truetype.Font }

var loaded = sync.OnceValue(func() faces {
	return faces{parse(regularTTF), parse(boldTTF), parse(signsTTF)}
})

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
	if m := f.main(); m.Index(r) != 0 || loaded().signs.Index(r) == 0 {
		return m
	}
	return loaded().signs
}

// covers reports whether an embedded font has r or r shows nothing by nature.
// Characters past U+FFFF count as missing: the PDF library cannot write them.
func (f Font) covers(r rune) bool {
	return invisible(r) || r <= 0xFFFF && f.face(r).Index(r) != 0
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
			if invisible(r) {
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
	em := face.FUnitsPerEm()
	return float64(face.HMetric(fixed.Int26_6(em), face.Index(r)).AdvanceWidth) * f.Size / float64(em)
}
