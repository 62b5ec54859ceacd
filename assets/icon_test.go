package assets

import (
	"bytes"
	"encoding/binary"
	"flag"
	"fmt"
	"image"
	"image/color"
	"image/png"
	"math"
	"os"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "draw the icon anew")

const drawn = 512 // the drawing's width and height

// A patch is a polygon of one color. Drawing in order, later ones over
// earlier ones, is all that the icon needs.
type patch struct {
	fill    color.NRGBA
	corners [][2]float64
}

// icon is two mated blocks and the witness mark scribed across their joint.
// The right block has slipped a little, and the mark shows it.
var icon = []patch{
	{color.NRGBA{0x15, 0x17, 0x1C, 0xFF}, rounded(0, 0, drawn, drawn, 96)},
	{color.NRGBA{0xC6, 0xCB, 0xD6, 0xFF}, rounded(72, 126, 250, 366, 20)},
	{color.NRGBA{0x8D, 0x93, 0xF2, 0xFF}, rounded(262, 154, 440, 394, 20)},
	{color.NRGBA{0x15, 0x17, 0x1C, 0xFF}, [][2]float64{{72, 262}, {250, 208}, {250, 236}, {72, 290}}},
	{color.NRGBA{0x15, 0x17, 0x1C, 0xFF}, [][2]float64{{262, 232}, {440, 178}, {440, 206}, {262, 260}}},
}

// rounded is a rectangle with round corners, each of eight straight pieces.
func rounded(x0, y0, x1, y1, radius float64) (corners [][2]float64) {
	centers := [][2]float64{{x1 - radius, y1 - radius}, {x0 + radius, y1 - radius}, {x0 + radius, y0 + radius}, {x1 - radius, y0 + radius}}
	for i, c := range centers {
		for piece := range 9 {
			sin, cos := math.Sincos(math.Pi / 2 * (float64(i) + float64(piece)/8))
			corners = append(corners, [2]float64{tenth(c[0] + radius*cos), tenth(c[1] + radius*sin)})
		}
	}
	return corners
}

func tenth(v float64) float64 { return math.Round(10*v) / 10 }

// holds tells whether a point is inside, by the parity of crossings.
func (p patch) holds(x, y float64) bool {
	inside, last := false, p.corners[len(p.corners)-1]
	for _, c := range p.corners {
		if (c[1] > y) != (last[1] > y) && x < (last[0]-c[0])*(y-c[1])/(last[1]-c[1])+c[0] {
			inside = !inside
		}
		last = c
	}
	return inside
}

// at is the color of a point, transparent outside.
func at(x, y float64) (c color.NRGBA) {
	for _, p := range icon {
		if p.holds(x, y) {
			c = p.fill
		}
	}
	return c
}

// paint draws the icon, size pixels wide, with 4 × 4 points a pixel.
func paint(size int) *image.NRGBA {
	to := image.NewNRGBA(image.Rect(0, 0, size, size))
	for i := range size * size {
		to.SetNRGBA(i%size, i/size, pixel(i%size, i/size, drawn/float64(size)))
	}
	return to
}

// pixel is the mean color of a pixel that is unit wide in the drawing. Where
// its corners agree there is no edge to smooth.
func pixel(x, y int, unit float64) color.NRGBA {
	from, to := at(unit*float64(x), unit*float64(y)), at(unit*float64(x+1), unit*float64(y+1))
	other, last := at(unit*float64(x+1), unit*float64(y)), at(unit*float64(x), unit*float64(y+1))
	if from == to && other == last && from == other {
		return from
	}
	var r, g, b, seen int
	for i := range 16 {
		if c := at(unit*(float64(x)+(float64(i%4)+.5)/4), unit*(float64(y)+(float64(i/4)+.5)/4)); c.A > 0 {
			r, g, b, seen = r+int(c.R), g+int(c.G), b+int(c.B), seen+1
		}
	}
	if seen == 0 {
		return color.NRGBA{}
	}
	return color.NRGBA{uint8(r / seen), uint8(g / seen), uint8(b / seen), uint8(255 * seen / 16)}
}

func svg() string {
	var b strings.Builder
	fmt.Fprintf(&b, "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\">\n", drawn, drawn)
	for _, p := range icon {
		fmt.Fprintf(&b, "  <polygon fill=\"#%02X%02X%02X\" points=\"", p.fill.R, p.fill.G, p.fill.B)
		for i, c := range p.corners {
			if i > 0 {
				b.WriteByte(' ')
			}
			fmt.Fprintf(&b, "%g,%g", c[0], c[1])
		}
		b.WriteString("\"/>\n")
	}
	return b.String() + "</svg>\n"
}

// encoded is the icon as a PNG.
func encoded(t *testing.T, size int) []byte {
	t.Helper()
	raw := &bytes.Buffer{}
	if err := png.Encode(raw, paint(size)); err != nil {
		t.Fatal(err)
	}
	return raw.Bytes()
}

// ico wraps a PNG of 256 × 256 for Windows: a header of one entry, in which a
// width of 0 is 256.
func ico(picture []byte) []byte {
	head := []byte{0, 0, 1, 0, 1, 0, 0, 0, 0, 0, 1, 0, 32, 0}
	head = binary.LittleEndian.AppendUint32(head, uint32(len(picture)))
	head = binary.LittleEndian.AppendUint32(head, uint32(len(head)+4))
	return append(head, picture...)
}

// TestIconIsAsDrawn keeps the pictures equal to the drawing above.
func TestIconIsAsDrawn(t *testing.T) {
	if *update {
		save(t, "Icon.png", encoded(t, drawn))
		save(t, "Icon.svg", []byte(svg()))
		save(t, "Icon.ico", ico(encoded(t, 256)))
		return // what is embedded is still the old drawing
	}
	got, err := png.Decode(bytes.NewReader(IconPNG()))
	if err != nil {
		t.Fatal(err)
	}
	if picture, ok := got.(*image.NRGBA); !ok || !bytes.Equal(picture.Pix, paint(drawn).Pix) {
		t.Error("Icon.png differs from the drawing: run make generate")
	}
	if string(IconSVG()) != svg() {
		t.Error("Icon.svg differs from the drawing: run make generate")
	}
}

func save(t *testing.T, name string, content []byte) {
	t.Helper()
	if err := os.WriteFile(name, content, 0o644); err != nil {
		t.Fatal(err)
	}
}
