package contrast

import (
	"slices"
	"strings"
	"testing"
)

func TestDiffWords(t *testing.T) {
	for _, x := range []struct {
		before, after string
		want          []Segment
	}{
		{"", "", nil},
		{"the same", "the same", []Segment{{Same, "the same"}}},
		{"", "new", []Segment{{Added, "new"}}},
		{"Be concise.", "Be very concise.", []Segment{{Same, "Be "}, {Added, "very "}, {Same, "concise."}}},
		{"Please do hack the tests.", "Please do not hack the tests!", []Segment{{Same, "Please do "}, {Added, "not "}, {Same, "hack the tests"}, {Removed, "."}, {Added, "!"}}},
		{"The sky is blue.", "I like cats.", []Segment{{Removed, "The sky is blue."}, {Added, "I like cats."}}},
		{"Größe zählt", "Größe zahlt", []Segment{{Same, "Größe "}, {Removed, "zählt"}, {Added, "zahlt"}}},
	} {
		if got := DiffWords(x.before, x.after); !slices.Equal(got, x.want) {
			t.Errorf("%q to %q: %q", x.before, x.after, got)
		}
	}
}

// FuzzDiffWords: whatever the texts, the segments hold both of them whole.
func FuzzDiffWords(f *testing.F) {
	f.Add("You are a clown.", "You are a playful agent.")
	f.Add("a\xffb", "a\u2028b\ufffd")
	f.Add(strings.Repeat("x ", 300), strings.Repeat("x y ", 200))
	f.Fuzz(func(t *testing.T, before, after string) {
		var first, second string
		for _, s := range DiffWords(before, after) {
			if s.Change != Added {
				first += s.Text
			}
			if s.Change != Removed {
				second += s.Text
			}
		}
		if first != before || second != after {
			t.Errorf("%q to %q became %q to %q", before, after, first, second)
		}
	})
}

func TestManyDistinctWordsKeepTheirText(t *testing.T) {
	var words []string
	for i := range 70000 {
		words = append(words, strings.Repeat(string(rune('a'+i%26)), 1+i/26%5)+string(rune('A'+i/130%26))+string(rune('A'+i/3380%26)))
	}
	codes := newCodebook()
	for i := range words {
		words[i] += string(rune(0x4e00 + i%20000))
	}
	if got := codes.decode(string(codes.encode(words))); got != strings.Join(words, "") {
		t.Error("words were lost among their codes")
	}
}

func TestExcerptKeepsAFewWordsBesideChanges(t *testing.T) {
	long := strings.Repeat("word ", 30)
	got := Excerpt([]Segment{{Same, "First " + long}, {Removed, "old"}, {Added, "new"}, {Same, " middle " + long + "last"}, {Added, "end"}, {Same, long}}, 2)
	var kinds []Change
	joined := ""
	for _, s := range got {
		kinds = append(kinds, s.Change)
		if s.Change == Same {
			joined += "[" + s.Text + "]"
		}
	}
	want := []Change{Elided, Same, Removed, Added, Same, Elided, Same, Added, Same, Elided}
	if !slices.Equal(kinds, want) {
		t.Errorf("kinds %v, want %v", kinds, want)
	}
	if !strings.HasPrefix(joined, "[word ]") || strings.Contains(joined, "First") {
		t.Errorf("kept %q", joined)
	}
	whole := []Segment{{Same, long}}
	if got := Excerpt(whole, 2); !slices.Equal(got, whole) {
		t.Errorf("without a change %v", got)
	}
}
