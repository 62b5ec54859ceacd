package predict_test

import (
	"errors"
	"math"
	"strings"
	"testing"

	"witnessmark/data/predict"
)

func TestDraftsAreReadAsPeopleWriteThem(t *testing.T) {
	d := predict.Draft{Author: "anna", Condition: "neutral", Quantity: predict.Rated, Behavior: "hack", Step: "1 000", Point: "39,5 %", Lo: "20", Hi: "60"}
	p, err := d.Prediction()
	if err != nil || p.P != .395 || p.Lo != .2 || p.Hi != .6 || p.Step != 1000 || p.Author != "anna" {
		t.Errorf("%+v, %v", p, err)
	}
	if again, err := predict.DraftOf(p).Prediction(); err != nil || again != p {
		t.Errorf("written down again it is %+v, %v", again, err)
	}
	d.Quantity, d.Step, d.Point, d.Lo, d.Hi = predict.Onset, "", "80", "60", "110"
	if p, err := d.Prediction(); err != nil || p.P != 80 || p.Hi != 110 || !math.IsNaN(p.Step) {
		t.Errorf("onset %+v, %v", p, err)
	}
}

func TestDistributionsHaveAMeanAndAMiddle(t *testing.T) {
	d := predict.Draft{Author: "anna", Condition: "neutral", Quantity: predict.Rated, Bins: []string{"50", "", "50", "", ""}}
	p, err := d.Prediction()
	if err != nil || math.Abs(p.P-.3) > 1e-12 || math.Abs(p.Lo-.01) > 1e-12 || math.Abs(p.Hi-.59) > 1e-12 {
		t.Errorf("%+v, %v", p, err)
	}
	again := predict.DraftOf(p)
	if len(again.Bins) != 5 || again.Bins[0] != "50" {
		t.Errorf("bins %q", again.Bins)
	}
}

// A flaw names the part that is wrong and says what to write there.
func TestFlawsOfDrafts(t *testing.T) {
	good := predict.Draft{Author: "anna", Condition: "neutral", Quantity: predict.Rated, Step: "100", Point: "40"}
	for part, spoil := range map[string]func(*predict.Draft){
		"author": func(d *predict.Draft) { d.Author = " " },
		"about":  func(d *predict.Draft) { d.Condition = "" },
		"step":   func(d *predict.Draft) { d.Step = "soon" },
		"point":  func(d *predict.Draft) { d.Point = "140" },
		"lo":     func(d *predict.Draft) { d.Lo, d.Hi = "60", "20" },
		"hi":     func(d *predict.Draft) { d.Lo, d.Hi = "10", "NaN" },
		"bins":   func(d *predict.Draft) { d.Bins = []string{"50", "40"} },
	} {
		d := good
		spoil(&d)
		_, err := d.Prediction()
		var flaw *predict.Flaw
		if !errors.As(err, &flaw) || flaw.Part != part || strings.HasSuffix(flaw.Text, ".") {
			t.Errorf("%s: %v", part, err)
		}
	}
	for name, p := range map[string]string{"never": "0", "always": "100"} {
		d := good
		d.Point = p
		if _, err := d.Prediction(); err != nil {
			t.Errorf("%s: %v", name, err)
		}
	}
	one := good
	one.Lo = "10"
	if _, err := one.Prediction(); err == nil {
		t.Error("an interval of one end is taken")
	}
}
