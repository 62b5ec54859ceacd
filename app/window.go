//go:build !ci

package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/app"
	"github.com/ncruces/zenity"

	"witnessmark/assets"
	"witnessmark/data/store"
	"witnessmark/views"
	"witnessmark/views/task"
)

// appID names the program's settings.
const appID = "dev.witnessmark.app"

type windowCommand struct {
	Study string `arg:"" optional:"" help:"Study file to open, made if it does not exist."`
}

// Run opens the window and returns when it is closed.
func (c *windowCommand) Run(ctx context.Context, _ *console) (err error) {
	if runtime.GOOS == "linux" && os.Getenv("DISPLAY") == "" && os.Getenv("WAYLAND_DISPLAY") == "" {
		return errors.New("there is no display to open a window on; see witnessmark --help for what works without one")
	}
	defer func() { err = opened(recover(), err) }()
	a := app.NewWithID(appID)
	a.SetIcon(fyne.NewStaticResource("Icon.png", assets.IconPNG()))
	win := a.NewWindow("Witnessmark")
	win.Resize(fyne.NewSize(1440, 900))
	w := views.NewWindow(a, win, views.Deps{
		Tasks: task.Live(fyne.Do), Open: openStudy, Create: createStudy,
		Bundles: bundles(), MakeBundle: makeBundle, Choose: chooser(), Version: version,
	})
	a.Lifecycle().SetOnStarted(func() {
		if c.Study != "" {
			w.Open(c.Study)
		}
	})
	win.ShowAndRun()
	return nil
}

// openStudy opens a study for writing, or where that is not allowed, for
// reading, which the window then says.
func openStudy(path string) (views.Study, error) {
	s, err := store.Open(path)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		s, err = store.Create(path)
	case store.IsKind(err, store.ReadOnly):
		s, err = store.OpenReadOnly(path)
	}
	if err != nil {
		return nil, err
	}
	return s, nil
}

func createStudy(path string) (views.Study, error) {
	s, err := store.Create(path)
	if err != nil {
		return nil, err
	}
	return s, nil
}

func bundles() []views.Bundle {
	var out []views.Bundle
	for _, s := range assets.Studies() {
		out = append(out, views.Bundle{ID: s.Name, Title: s.Title, Help: s.About})
	}
	return out
}

// makeBundle writes a bundled study beside the program's settings.
func makeBundle(ctx context.Context, b views.Bundle, share func(float64)) (string, error) {
	home, err := os.UserConfigDir()
	if err != nil {
		return "", err
	}
	dir := filepath.Join(home, "witnessmark", "samples")
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return "", err
	}
	path := filepath.Join(dir, b.ID+".study")
	for _, s := range assets.Studies() {
		if s.Name == b.ID {
			share(0.1)
			return path, makeSample(ctx, s, path)
		}
	}
	return "", fs.ErrNotExist
}

// chooser is the system's file dialog, or nil where there is none, for the
// dialog inside the window.
func chooser() func(context.Context, views.Choice) ([]string, error) {
	if !zenity.IsAvailable() {
		return nil
	}
	return choose
}

func choose(ctx context.Context, c views.Choice) ([]string, error) {
	options := []zenity.Option{zenity.Title(c.Title), zenity.Context(ctx)}
	if c.Folder {
		options = append(options, zenity.Directory())
	}
	if c.Name != "" {
		options = append(options, zenity.Filename(c.Name))
	}
	if len(c.Ends) > 0 {
		var patterns []string
		for _, end := range c.Ends {
			patterns = append(patterns, "*"+end)
		}
		options = append(options, zenity.FileFilter{Name: c.Title, Patterns: patterns, CaseFold: true})
	}
	paths, err := chosen(c, options)
	if errors.Is(err, zenity.ErrCanceled) {
		return nil, nil
	}
	return paths, err
}

func chosen(c views.Choice, options []zenity.Option) ([]string, error) {
	if c.Many && !c.Save {
		return zenity.SelectFileMultiple(options...)
	}
	pick := zenity.SelectFile
	if c.Save {
		pick = zenity.SelectFileSave
		options = append(options, zenity.ConfirmOverwrite())
	}
	path, err := pick(options...)
	return []string{path}, err
}

// opened turns a panic of the graphics library into an error. It is what
// happens where a display is named and cannot be had.
func opened(panicked any, err error) error {
	if panicked == nil {
		return err
	}
	return fmt.Errorf("the window ended: %v\nIf it never came up, look whether the display %q works and has OpenGL; the command line needs neither", panicked, os.Getenv("DISPLAY"))
}
