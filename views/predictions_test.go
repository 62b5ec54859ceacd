package views_test

import (
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
	for _, words := range []string{"Five patterns", "equations ours", "Not identified by these data", "Retrospective", "step 20", "not run"} {
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
