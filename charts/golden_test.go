package charts_test

import (
	"bytes"
	"flag"
	"os"
	"path/filepath"
	"testing"

	"witnessmark/charts"
)

var update = flag.Bool("update", false, "renew the golden pictures in testdata/golden")

// window is the size of a chart beside the inspector.
func window(t charts.Theme) charts.Style { return charts.Style{Width: 1060, Height: 560, Theme: t} }

// golden compares the SVG of a chart with testdata/golden/NAME.svg, byte for
// byte. With LOOK=dir it also writes PNGs in every theme and size there.
func golden(t *testing.T, name string, s charts.Spec) {
	t.Helper()
	var got bytes.Buffer
	if _, err := charts.WriteSVG(&got, s, window(charts.Light())); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join("testdata", "golden", name+".svg")
	if *update {
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, got.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatalf("%v: run go test -update to draw it", err)
	}
	if !bytes.Equal(got.Bytes(), want) {
		t.Errorf("%s differs from the golden picture: look at it, then run go test -update", name)
	}
	legible(t, name, s)
	look(t, name, s)
}

func look(t *testing.T, name string, s charts.Spec) {
	dir := os.Getenv("LOOK")
	if dir == "" {
		return
	}
	slide := charts.Slide(charts.Light())
	slide.Scale = 1
	for suffix, st := range map[string]charts.Style{
		"light": {Width: 1060, Height: 560, Scale: 1, Theme: charts.Light()},
		"card":  {Width: 420, Height: 280, Scale: 2, Theme: charts.Light()},
		"dark":  {Width: 1060, Height: 560, Scale: 2, Theme: charts.Dark()},
		"small": {Width: 620, Height: 480, Scale: 2, Theme: charts.Light()},
		"slide": slide,
	} {
		var b bytes.Buffer
		notes, err := charts.WritePNG(&b, s, st)
		if err != nil {
			t.Fatal(err)
		}
		for _, n := range notes {
			t.Log(suffix, n)
		}
		if err := os.WriteFile(filepath.Join(dir, name+"-"+suffix+".png"), b.Bytes(), 0o644); err != nil {
			t.Fatal(err)
		}
	}
}
