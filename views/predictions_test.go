package views_test

import (
	"strings"
	"testing"

	"fyne.io/fyne/v2"

	"witnessmark/views/figure"
	"witnessmark/views/part"
	"witnessmark/views/viewtest"
)

func TestPredictionsSayWhoseEquationsAndWhatWasNotRun(t *testing.T) {
	w := viewtest.Open(t)
	w.Do("view.predictions")
	w.Settle()
	for _, words := range []string{"Five patterns", "equations ours", "not identified", "Retrospective", "step 20", "not run"} {
		w.Want(words)
	}
}

func TestMovingAPriorComputesTheModelAnewAndResetGoesBack(t *testing.T) {
	w := viewtest.Open(t)
	w.Do("view.predictions")
	w.Settle()
	slider := viewtest.Find[*part.Slider](w)
	was := slider.Value
	slider.TypedKey(&fyne.KeyEvent{Name: fyne.KeyEnd})
	w.Settle()
	w.Want("2.00")
	m, err := figure.Model(w.Desk().State())
	if err != nil || m.Prior.Simplicity != 2 {
		t.Errorf("simplicity weighs %v (%v), want 2", m.Prior.Simplicity, err)
	}
	w.Press("Reset")
	if slider.Value != was {
		t.Errorf("after Reset the slider is at %v, want %v", slider.Value, was)
	}
}

func TestSourcesAreSaidOnceOnScreenAndInEveryFile(t *testing.T) {
	w := viewtest.Open(t)
	w.Do("view.predictions")
	w.Settle()
	b := viewtest.Find[*part.ChartBox](w)
	if !b.Unsigned || !strings.Contains(b.Spec().Source, "equations ours") {
		t.Errorf("%s: on screen without sources %v, in files %q", b.Spec().ID, b.Unsigned, b.Spec().Source)
	}
}
