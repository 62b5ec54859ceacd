package charts_test

import (
	"bytes"
	"encoding/json"
	"encoding/xml"
	"errors"
	"image"
	"io"
	"math"
	"strings"
	"testing"

	"witnessmark/charts"
	"witnessmark/data/frame"
)

// rows makes a frame of rates with the given names and values, 95 %
// intervals 0.05 to both sides, and three units each.
func rows(names []string, values ...float64) frame.Frame {
	n := len(names)
	f := frame.Frame{Columns: []frame.Column{
		{Name: "condition", Text: names},
		{Name: frame.Value, Num: values},
		{Name: frame.Lo, Num: shifted(values, -0.05)},
		{Name: frame.Hi, Num: shifted(values, 0.05)},
		{Name: frame.Diff, Num: shifted(values, -values[0])},
		{Name: frame.DiffLo, Num: shifted(values, -values[0]-0.1)},
		{Name: frame.DiffHi, Num: shifted(values, -values[0]+0.1)},
		{Name: frame.Level, Num: make([]float64, n)},
	}}
	for i := range names {
		f.Columns[7].Num[i] = 0.95
		f.Keys = append(f.Keys, []frame.Key{{Field: "condition", Value: names[i]}})
		f.Units = append(f.Units, []frame.Unit{
			{Seed: "1", Value: values[i], K: nan, N: nan, Pair: nan},
			{Seed: "2", Value: values[i] + 0.01, K: nan, N: nan, Pair: nan},
			{Seed: "3", Value: nan, K: nan, N: nan, Pair: nan},
		})
	}
	return f
}

func shifted(v []float64, by float64) []float64 {
	out := make([]float64, len(v))
	for i := range v {
		out[i] = v[i] + by
	}
	return out
}

// hard are the frames that break charts.
func hard() map[string]frame.Frame {
	inf := math.Inf(1)
	return map[string]frame.Frame{
		"empty":      {},
		"no rows":    {Columns: []frame.Column{{Name: "condition"}, {Name: frame.Value}}},
		"one row":    rows([]string{"only"}, 0.3),
		"NaN":        rows([]string{"a", "b"}, nan, nan),
		"one NaN":    rows([]string{"a", "b"}, 0.2, nan),
		"infinite":   rows([]string{"a", "b"}, inf, -inf),
		"constant":   rows([]string{"a", "b"}, 0.5, 0.5),
		"zero":       rows([]string{"a", "b"}, 0, 0),
		"negative":   rows([]string{"a", "b"}, -0.4, -3),
		"huge":       rows([]string{"a", "b"}, 1e300, -1e300),
		"tiny":       rows([]string{"a", "b"}, 1e-300, 2e-300),
		"long names": rows([]string{strings.Repeat("You are a playful agent. ", 12), strings.Repeat("x", 300)}, 0.1, 0.9),
		"markup":     rows([]string{`<b> & "c"`, "]]></svg>\x00\x1b\xff"}, 0.1, 0.9),
		"other text": rows([]string{"中文提示", "🙂 emoji", "العربية"}, 0.1, 0.5, 0.9),
		"many rows":  rows(many(80), make([]float64, 80)...),
	}
}

func many(n int) []string {
	out := make([]string, n)
	for i := range out {
		out[i] = "condition " + string(rune('A'+i%26)) + strings.Repeat("i", i/26)
	}
	return out
}

var sizes = []charts.Style{
	{Width: 1060, Height: 560}, {Width: 200, Height: 120}, {Width: 60, Height: 40},
	{Width: 620, Height: 480, Theme: charts.Dark(), Scale: 1.5},
}

// Every recipe draws every frame without failing, as well-formed XML, and
// says something where it has nothing to draw.
func TestHardFramesDraw(t *testing.T) {
	for name, f := range hard() {
		for _, r := range charts.Recipes {
			for i, scale := range []charts.MeasureScale{charts.RateScale, charts.ScoreScale, charts.FreeScale} {
				s := r.Make(charts.Options{Baseline: "a", Scale: scale}, f)
				drawsEverywhere(t, r.ID+" of "+name, s, i == 0)
			}
		}
	}
}

func drawsEverywhere(t *testing.T, name string, s charts.Spec, image bool) {
	t.Helper()
	for _, st := range sizes {
		var b bytes.Buffer
		if _, err := charts.WriteSVG(&b, s, st); err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		wellFormed(t, name, b.Bytes())
	}
	if image {
		if _, err := charts.Draw(s, charts.Style{Width: 300, Height: 200, Theme: charts.Dark()}); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
	if err := charts.WriteCSV(io.Discard, s); err != nil {
		t.Errorf("%s: %v", name, err)
	}
}

func wellFormed(t *testing.T, name string, svg []byte) {
	t.Helper()
	if bytes.Contains(svg, []byte("NaN")) || bytes.Contains(svg, []byte("Inf")) {
		t.Errorf("%s: a coordinate is no number", name)
	}
	d := xml.NewDecoder(bytes.NewReader(svg))
	for {
		_, err := d.Token()
		if errors.Is(err, io.EOF) {
			return
		}
		if err != nil {
			t.Errorf("%s is no XML: %v", name, err)
			return
		}
	}
}

func TestNothingToDrawSaysSo(t *testing.T) {
	svg := svgOf(t, charts.Lines(frame.Frame{}, charts.Options{}))
	if !strings.Contains(svg, "No data") {
		t.Error("an empty chart does not say that there are no data")
	}
}

func svgOf(t *testing.T, s charts.Spec) string {
	t.Helper()
	var b bytes.Buffer
	if _, err := charts.WriteSVG(&b, s, charts.Style{Width: 1060, Height: 560}); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// A missing estimate is words in its row, not a mark at zero.
func TestMissingIsNotZero(t *testing.T) {
	f := rows([]string{"a", "b"}, 0.2, nan)
	f.Columns[1].Why = []string{"", "one seed only"}
	s := charts.Dots(f, charts.Options{Baseline: "a"})
	svg := svgOf(t, s)
	for _, want := range []string{"not estimable", "one seed only"} {
		if !strings.Contains(svg, want) {
			t.Errorf("the chart does not say %q", want)
		}
	}
	for _, l := range s.Panels[0].Layers {
		if l.Mark == "point" && l.Name == "b" {
			t.Error("a missing mean is drawn")
		}
	}
}

func TestMarkupIsText(t *testing.T) {
	svg := svgOf(t, charts.Dots(hard()["markup"], charts.Options{}))
	if strings.Contains(svg, "<b>") || !strings.Contains(svg, "&lt;b&gt;") {
		t.Error("names reach the SVG as markup")
	}
}

// Characters without a glyph are told; the SVG keeps them.
func TestForeignTextIsKeptOrTold(t *testing.T) {
	s := charts.Dots(hard()["other text"], charts.Options{})
	d, err := charts.Draw(s, window(charts.Light()))
	if err != nil {
		t.Fatal(err)
	}
	if notes := strings.Join(d.Notes, "\n"); !strings.Contains(notes, "中 (U+4E2D)") {
		t.Errorf("lost characters are not told: %q", notes)
	}
	if !strings.Contains(svgOf(t, s), "中文提示") {
		t.Error("the SVG lost characters")
	}
}

func TestSpecIsPlainData(t *testing.T) {
	s := charts.Dots(rows([]string{"a", "b"}, 0.2, math.Inf(1)), charts.Options{Baseline: "a"})
	s.Recipe = "any text"
	text, err := json.Marshal(s)
	if err != nil {
		t.Fatal(err)
	}
	var back charts.Spec
	if err := json.Unmarshal(text, &back); err != nil {
		t.Fatal(err)
	}
	if svgOf(t, s) != svgOf(t, back) {
		t.Error("a spec read back from JSON draws another picture")
	}
	again, err := json.Marshal(back)
	if err != nil || !bytes.Equal(text, again) {
		t.Errorf("a spec changes on its way through JSON: %v", err)
	}
}

func TestStyleWithoutSize(t *testing.T) {
	for _, st := range []charts.Style{{}, {Width: -5, Height: 100}, {Width: 1e6, Height: 1e6}} {
		if _, err := charts.Draw(charts.Spec{}, st); err == nil {
			t.Errorf("%d × %d is drawn", st.Width, st.Height)
		}
	}
}

// Hits lie inside the picture, lead to samples, and the way back from a
// pixel gives the value that was drawn there.
func TestHitsAndPanelsLeadBack(t *testing.T) {
	for _, zoom := range []float64{1, 1.87} {
		d, err := charts.Draw(charts.Dots(finalRates(), hacking), charts.Style{Width: 1200, Height: 700, Zoom: zoom, Scale: 1})
		if err != nil {
			t.Fatal(err)
		}
		rings := 0
		for _, h := range d.Hits {
			if !h.Box.In(image.Rect(0, 0, 1200, 700)) {
				t.Fatalf("a hit at %v lies outside", h.Box)
			}
			if h.Unit >= 0 {
				rings++
				want := frame.Key{Field: "seed", Value: finalRates().Units[h.Row][h.Unit].Seed}
				if !contains(h.Keys, want) {
					t.Fatalf("%q does not lead to its seed: %v", h.Text, h.Keys)
				}
			}
		}
		if rings != 90 {
			t.Errorf("%d of 90 seeds can be pointed at", rings)
		}
		x := d.Panels[0].X
		if got := x.At(x.Px(0.395)); math.Abs(got-0.395) > 1e-9 {
			t.Errorf("the way there and back turns 0.395 into %v", got)
		}
		if p := d.Panels[0].Plot; x.Px(0) < float64(p.Min.X)-1 || x.Px(1) > float64(p.Max.X)+1 {
			t.Errorf("the scale %v does not span the plot %v", x, p)
		}
	}
}

func contains(keys []frame.Key, k frame.Key) bool {
	for _, have := range keys {
		if have == k {
			return true
		}
	}
	return false
}

func TestSameBytes(t *testing.T) {
	s := charts.Dots(finalRates(), hacking)
	a, b := svgOf(t, s), svgOf(t, s)
	if a != b {
		t.Error("two drawings of one spec differ")
	}
}

func TestRecipesTravelInFiles(t *testing.T) {
	s := charts.Dots(finalRates(), hacking)
	s.Recipe = "{\"view\":\"conditions\",\"where\":\"eval is <a> & (b\\\\)\"}\n中🙂 é"
	for _, name := range []string{"a.svg", "a.png", "a.pdf"} {
		var b bytes.Buffer
		if _, err := charts.Write(&b, name, s, window(charts.Light())); err != nil {
			t.Fatal(err)
		}
		if got, ok := charts.ReadRecipe(b.Bytes()); !ok || got != s.Recipe {
			t.Errorf("%s carries %q, %v", name, got, ok)
		}
	}
	if _, ok := charts.ReadRecipe([]byte("no picture")); ok {
		t.Error("a text file has a recipe")
	}
	if _, err := charts.Write(io.Discard, "a.jpg", s, window(charts.Light())); err == nil {
		t.Error("a .jpg is written")
	}
}

func TestCSVHoldsWhatIsDrawn(t *testing.T) {
	var b bytes.Buffer
	if err := charts.WriteCSV(&b, charts.Dots(finalRates(), hacking)); err != nil {
		t.Fatal(err)
	}
	text := b.String()
	if n := strings.Count(text, ",ring,"); n != 90 {
		t.Errorf("%d of 90 seeds are written", n)
	}
	if !strings.HasPrefix(text, "panel,mark,series,x,x2,y,y2,text,condition,run,seed\n") {
		t.Errorf("head line: %s", strings.SplitN(text, "\n", 2)[0])
	}
}

func TestWriteErrorsAreReported(t *testing.T) {
	s := charts.Dots(finalRates(), hacking)
	for _, name := range []string{"a.svg", "a.png", "a.pdf", "a.csv"} {
		if _, err := charts.Write(full{}, name, s, window(charts.Light())); err == nil {
			t.Errorf("%s: a full disk goes unnoticed", name)
		}
	}
}

type full struct{}

func (full) Write([]byte) (int, error) { return 0, errors.New("disk full") }

func FuzzReadRecipe(f *testing.F) {
	for _, name := range []string{"a.svg", "a.png", "a.pdf"} {
		var b bytes.Buffer
		s := charts.Spec{Title: "t", Recipe: "r"}
		if _, err := charts.Write(&b, name, s, charts.Style{Width: 60, Height: 40}); err != nil {
			f.Fatal(err)
		}
		f.Add(b.Bytes())
	}
	f.Fuzz(func(t *testing.T, file []byte) { charts.ReadRecipe(file) })
}
