package main

import (
	"os"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

// The stories in testdata/*.txt run the real program.
func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"witnessmark": main})
}

func TestStories(t *testing.T) {
	testscript.Run(t, testscript.Params{Dir: "testdata", UpdateScripts: os.Getenv("UPDATE_SCRIPTS") != ""})
}
