//go:build ci

package main

import (
	"context"
	"errors"
)

type windowCommand struct {
	Study string `arg:"" optional:"" help:"Study file."`
}

// Run explains: this build is the command line alone, for machines without
// graphics libraries.
func (c *windowCommand) Run(context.Context, *console) error {
	return errors.New("this build has no window; see witnessmark --help for what it does")
}
