package syntax

import (
	"bufio"
	"os"
	"strings"
	"testing"

	"witnessmark/data/query"
)

// The manual is its own test: each example must read as it says it does.
func TestExamples(t *testing.T) {
	f, err := os.Open("doc.go")
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	count := 0
	for lines := bufio.NewScanner(f); lines.Scan(); {
		example, ok := strings.CutPrefix(lines.Text(), "//\t")
		if !ok {
			continue
		}
		typed, sentence, ok := strings.Cut(example, "  ")
		sentence = strings.TrimSpace(sentence)
		if !ok || sentence == "" {
			t.Errorf("example without its meaning: %s", example)
			continue
		}
		count++
		filter, err := query.Parse(typed)
		if err != nil {
			t.Errorf("%s: %v", typed, err)
		} else if got := filter.Sentence(); got != sentence {
			t.Errorf("%s\n got  %s\n want %s", typed, got, sentence)
		}
	}
	if count < 30 {
		t.Errorf("only %d examples found", count)
	}
}
