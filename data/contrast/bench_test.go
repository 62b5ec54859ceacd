package contrast

import "testing"

// BenchmarkExplain is what a click on a condition costs: 90 runs of 119 steps.
func BenchmarkExplain(b *testing.B) {
	st := rlStudy(b)
	for b.Loop() {
		explain(b, st, finals(), condition("inoculation"))
	}
}

// BenchmarkChips is what the chips above a comparison cost, beside its answer.
func BenchmarkChips(b *testing.B) {
	st := rlStudy(b)
	f, err := st.Index.Ask(b.Context(), finals())
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		if _, err := st.Chips(b.Context(), finals(), f); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkDiffWords compares two long prompts of which one word in ten
// differs.
func BenchmarkDiffWords(b *testing.B) {
	var before, after string
	for i := range 2000 {
		before += "some words of a prompt "
		if i%10 == 0 {
			after += "another "
		}
		after += "some words of a prompt "
	}
	for b.Loop() {
		DiffWords(before, after)
	}
}
