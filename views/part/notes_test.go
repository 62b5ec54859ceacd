package part_test

import (
	"testing"

	"fyne.io/fyne/v2"

	"witnessmark/views/part"
)

func TestNotesKeepToOneLine(t *testing.T) {
	pressed := ""
	var notes []*part.Note
	for _, n := range []struct {
		text string
		tone part.Tone
	}{{"Truncation +15.0 points", part.Wrong}, {"Bimodal: 86 of 90 seeds", part.Caution}, {"No irrelevant-prompt arm", part.Caution}, {"Not adjusted, m = 2", part.Info}} {
		notes = append(notes, part.NewNote(n.text, "", n.tone, func() { pressed = n.text }))
	}
	line := part.NewNotes()
	line.Set(notes, func() { pressed = "all" })
	w := screen(t, line, fyne.NewSize(1000, 30))
	for _, c := range []struct {
		width float32
		shown int
		last  string
		tone  part.Tone
	}{{1000, 4, "Not adjusted, m = 2", part.Info}, {520, 3, "and 2 notes", part.Caution}, {320, 2, "and 3 notes", part.Caution}, {120, 2, "and 3 notes", part.Caution}} {
		w.Resize(fyne.NewSize(c.width, 30))
		line.Resize(fyne.NewSize(c.width, 30))
		shown := line.Shown()
		last := shown[len(shown)-1]
		if len(shown) != c.shown || last.Text != c.last || last.Tone != c.tone {
			t.Errorf("%v wide: %d chips, the last %q in tone %v, want %d, %q, %v", c.width, len(shown), last.Text, last.Tone, c.shown, c.last, c.tone)
		}
		if end := last.Position().X + last.Size().Width; c.width > 200 && end > c.width {
			t.Errorf("%v wide: the chips end at %v", c.width, end)
		}
		if h := line.MinSize().Height; h > 30 {
			t.Errorf("%v wide: the line is %v high", c.width, h)
		}
	}
	shown := line.Shown()
	shown[len(shown)-1].OnTapped()
	if pressed != "all" {
		t.Errorf("the last chip led to %q, want all notes", pressed)
	}
	line.Most = 1
	w.Resize(fyne.NewSize(1000, 30))
	line.Resize(fyne.NewSize(1000, 30))
	line.Set(notes, nil)
	if shown := line.Shown(); len(shown) != 2 || shown[1].Text != "and 3 notes" {
		t.Errorf("%d chips where one is asked for", len(shown))
	}
}
