package charts_test

import (
	"bytes"
	"encoding/xml"
	"strconv"
	"testing"

	"witnessmark/charts"
	"witnessmark/charts/internal/pen"
)

// svgText is a text of an SVG with the attributes that place it.
type svgText struct {
	X      float64 `xml:"x,attr"`
	Y      float64 `xml:"y,attr"`
	Size   float64 `xml:"font-size,attr"`
	Weight string  `xml:"font-weight,attr"`
	Anchor string  `xml:"text-anchor,attr"`
	Text   string  `xml:",chardata"`
}

// box is the ink of a text: from the height of capitals to the baseline.
func (s svgText) box() pen.Box {
	w := pen.Font{Size: s.Size, Bold: s.Weight != ""}.Width(s.Text)
	x := s.X - w*map[string]float64{"middle": 0.5, "end": 1}[s.Anchor]
	return pen.Box{X: x, Y: s.Y - 0.7*s.Size, W: w, H: 0.7 * s.Size}
}

// legible fails where text of a chart leaves the picture or covers other text.
func legible(t *testing.T, name string, s charts.Spec) {
	t.Helper()
	for _, st := range []charts.Style{{Width: 1060, Height: 560}, {Width: 620, Height: 480}, {Width: 420, Height: 280}, {Width: 760, Height: 900}, charts.Slide(charts.Light())} {
		var b bytes.Buffer
		if _, err := charts.WriteSVG(&b, s, st); err != nil {
			t.Fatal(err)
		}
		size := name + " at " + strconv.Itoa(st.Width)
		texts := textsOf(t, b.Bytes())
		if len(texts) < 3 {
			t.Errorf("%s has only %d texts", size, len(texts))
		}
		for i, a := range texts {
			k := a.box()
			if k.X < 0 || k.Y < 0 || k.X+k.W > float64(st.Width) || k.Y+k.H > float64(st.Height) {
				t.Errorf("%s: %q leaves the picture: %v", size, a.Text, k)
			}
			for _, other := range texts[:i] {
				if covers(k, other.box()) {
					t.Errorf("%s: %q covers %q", size, a.Text, other.Text)
				}
			}
		}
	}
}

func covers(a, b pen.Box) bool {
	const touch = 0.5
	return a.X+touch < b.X+b.W && b.X+touch < a.X+a.W && a.Y+touch < b.Y+b.H && b.Y+touch < a.Y+a.H
}

func textsOf(t *testing.T, svg []byte) []svgText {
	t.Helper()
	var out []svgText
	d := xml.NewDecoder(bytes.NewReader(svg))
	for {
		token, err := d.Token()
		if err != nil {
			return out
		}
		if e, ok := token.(xml.StartElement); ok && e.Name.Local == "text" {
			var s svgText
			if err := d.DecodeElement(&s, &e); err != nil {
				t.Fatal(err)
			}
			out = append(out, s)
		}
	}
}
