package pen

import (
	"bytes"
	"encoding/binary"
	"encoding/xml"
	"errors"
	"hash/crc32"
	"image"
	"image/png"
	"io"
	"strings"
	"unicode/utf16"
)

// WritePNG writes an image as PNG with its recipe in an international text
// chunk, and with the resolution at which a unit is 1/96 inch.
func WritePNG(w io.Writer, img *image.RGBA, scale float64, recipe string) error {
	var b bytes.Buffer
	if err := png.Encode(&b, img); err != nil {
		return err
	}
	const header = 8 + 25 // signature and IHDR chunk
	out := append([]byte(nil), b.Bytes()[:header]...)
	perMeter := uint32(96*scale/0.0254 + 0.5)
	size := binary.BigEndian.AppendUint32(binary.BigEndian.AppendUint32(nil, perMeter), perMeter)
	out = chunk(out, "pHYs", append(size, 1))
	if recipe != "" {
		out = chunk(out, "iTXt", []byte(RecipeName+"\x00\x00\x00\x00\x00"+recipe))
	}
	_, err := w.Write(append(out, b.Bytes()[header:]...))
	return err
}

// chunk appends a PNG chunk: length, name, content, checksum.
func chunk(to []byte, name string, content []byte) []byte {
	to = binary.BigEndian.AppendUint32(to, uint32(len(content)))
	at := len(to)
	to = append(append(to, name...), content...)
	return binary.BigEndian.AppendUint32(to, crc32.ChecksumIEEE(to[at:]))
}

// ReadRecipe finds the recipe inside an SVG, PNG or PDF file written by this
// package. ok is false where there is none.
func ReadRecipe(file []byte) (recipe string, ok bool) {
	switch {
	case bytes.HasPrefix(file, []byte("\x89PNG\r\n\x1a\n")):
		return pngRecipe(file[8:])
	case bytes.HasPrefix(file, []byte("%PDF")):
		return pdfRecipe(file)
	}
	return svgRecipe(file)
}

func pngRecipe(b []byte) (string, bool) {
	for len(b) >= 12 {
		n := uint64(binary.BigEndian.Uint32(b))
		if n+12 > uint64(len(b)) {
			return "", false
		}
		content := string(b[8 : 8+n])
		if name := string(b[4:8]); name == "iTXt" {
			if r, ok := strings.CutPrefix(content, RecipeName+"\x00\x00\x00\x00\x00"); ok {
				return r, true
			}
		}
		b = b[12+n:]
	}
	return "", false
}

func svgRecipe(file []byte) (string, bool) {
	d := xml.NewDecoder(bytes.NewReader(file))
	for {
		t, err := d.Token()
		if err != nil {
			return "", false
		}
		e, ok := t.(xml.StartElement)
		if !ok || e.Name.Local != "metadata" || !named(e) {
			continue
		}
		var s string
		if err := d.DecodeElement(&s, &e); err != nil {
			return "", false
		}
		return s, true
	}
}

func named(e xml.StartElement) bool {
	for _, a := range e.Attr {
		if a.Name.Local == "id" && a.Value == RecipeName {
			return true
		}
	}
	return false
}

// pdfRecipe reads the keywords as this package writes them: one literal
// string in UTF-16.
func pdfRecipe(file []byte) (string, bool) {
	_, rest, ok := bytes.Cut(file, []byte("/Keywords ("))
	if !ok {
		return "", false
	}
	raw, err := literal(rest)
	if err != nil || len(raw) < 2 || raw[0] != 0xFE || raw[1] != 0xFF {
		return "", false
	}
	var units []uint16
	for i := 2; i+1 < len(raw); i += 2 {
		units = append(units, uint16(raw[i])<<8|uint16(raw[i+1]))
	}
	return strings.CutPrefix(string(utf16.Decode(units)), RecipeName+" ")
}

// literal undoes the escapes of a PDF string up to its closing parenthesis.
func literal(b []byte) ([]byte, error) {
	var out []byte
	for i := 0; i < len(b); i++ {
		switch {
		case b[i] == ')':
			return out, nil
		case b[i] == '\\' && i+1 < len(b):
			i++
			if b[i] == 'r' {
				out = append(out, '\r')
				continue
			}
			fallthrough
		default:
			out = append(out, b[i])
		}
	}
	return nil, errors.New("unterminated string")
}
