package main

import (
	"io"
	"os"
	"strings"
	"testing"
)

// TestReadmeCommandsAreUnderstood parses every command that the README
// shows, so that none of them goes stale.
func TestReadmeCommandsAreUnderstood(t *testing.T) {
	text, err := os.ReadFile("../README.md")
	if err != nil {
		t.Fatal(err)
	}
	shown := 0
	for line := range strings.Lines(strings.ReplaceAll(string(text), "\\\n", "")) {
		command, is := strings.CutPrefix(line, "    witnessmark ")
		if !is {
			continue
		}
		shown++
		if _, err := parse(shellWords(command), io.Discard, io.Discard); err != nil {
			t.Errorf("witnessmark %s: %v", strings.TrimSpace(command), err)
		}
	}
	if shown < 5 {
		t.Errorf("the README shows %d commands", shown)
	}
}

// shellWords splits a command at spaces outside single quotes.
func shellWords(command string) (words []string) {
	for i, part := range strings.Split(command, "'") {
		if i%2 == 1 {
			words = append(words, part)
		} else {
			words = append(words, strings.Fields(part)...)
		}
	}
	return words
}
