// Command witnessmark compares experiment runs: in a window, or on the
// command line with the same questions and the same answers.
//
// This package only wires: it parses the command line, opens the study and
// hands it to the packages that know. See README.md for the map.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"

	"github.com/alecthomas/kong"
)

// Exit statuses, which scripts rely on.
const (
	exitOK    = 0
	exitError = 1 // could not do what was asked
	exitUsage = 2 // was not asked rightly
)

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	code := run(ctx, os.Args[1:], os.Stdout, os.Stderr)
	stop()
	os.Exit(code)
}

// run does what args say and returns the exit status.
func run(ctx context.Context, args []string, out, errs io.Writer) int {
	words, err := parse(args, out, errs)
	if errors.Is(err, errHelp) {
		return exitOK
	}
	if err != nil {
		fmt.Fprintf(errs, "witnessmark: %v\nSee witnessmark --help\n", err)
		return exitUsage
	}
	words.BindTo(ctx, (*context.Context)(nil))
	return status(words.Run(&console{out: out, errs: errs}), errs)
}

// status prints an error in plain words and says which exit status it is.
func status(err error, errs io.Writer) int {
	var usage *usageError
	switch {
	case err == nil:
		return exitOK
	case errors.As(err, &usage):
		fmt.Fprintf(errs, "witnessmark: %v\n", err)
		return exitUsage
	case errors.Is(err, context.Canceled):
		fmt.Fprintln(errs, "witnessmark: canceled; nothing was left half done")
		return exitError
	default:
		fmt.Fprintf(errs, "witnessmark: %v\n", err)
		return exitError
	}
}

// A usageError is the fault of the command line, such as a filter that does
// not parse.
type usageError struct{ error }

func (e *usageError) Unwrap() error { return e.error }

func usage(err error) error {
	if err == nil {
		return nil
	}
	return &usageError{err}
}

// console is where commands print.
type console struct{ out, errs io.Writer }

var errHelp = errors.New("help was shown")

// parse reads the command line. A first word that is no command is a study
// for the window to open.
func parse(args []string, out, errs io.Writer) (*kong.Context, error) {
	var line commandLine
	help := false
	parser, err := kong.New(&line,
		kong.Name("witnessmark"),
		kong.Description("Compare experiment runs, offline: what do they show, and how sure are we? Without a command, the window opens."),
		kong.Writers(out, errs),
		kong.Exit(func(int) { help = true }),
		kong.UsageOnError(),
		kong.ConfigureHelp(kong.HelpOptions{Compact: true}),
	)
	if err != nil {
		return nil, err
	}
	words, err := parser.Parse(args)
	if help {
		return nil, errHelp
	}
	return words, err
}
