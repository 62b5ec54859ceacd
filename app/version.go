package main

import (
	"fmt"
	"runtime"
)

// version is the release; the linker may set it.
var version = "0.1.0"

type versionCommand struct{}

func (c *versionCommand) Run(to *console) error {
	_, err := fmt.Fprintf(to.out, "witnessmark %s (%s %s/%s)\n", version, runtime.Version(), runtime.GOOS, runtime.GOARCH)
	return err
}
