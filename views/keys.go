package views

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"witnessmark/views/desk"
	"witnessmark/views/part"
	"witnessmark/views/theme"
)

// listen makes the actions' keys work, and takes files that are dropped.
func (w *Window) listen() {
	c := w.win.Canvas()
	for _, a := range w.actions {
		if a.key == "" || a.mod == 0 {
			continue
		}
		c.AddShortcut(shortcutOf(a), func(fyne.Shortcut) { w.Do(a.id) })
	}
	c.AddShortcut(&fyne.ShortcutRedo{}, func(fyne.Shortcut) { w.Do("redo") })
	c.SetOnTypedKey(w.typedKey)
	c.SetOnTypedRune(func(r rune) {
		if r == '?' {
			w.Do("shortcuts")
		}
	})
	w.win.SetOnDropped(func(_ fyne.Position, uris []fyne.URI) {
		var paths []string
		for _, u := range uris {
			if u.Scheme() == "file" {
				paths = append(paths, u.Path())
			}
		}
		w.Drop(paths)
	})
}

// shortcutOf returns the shortcut as the driver announces it: some have names
// of their own.
func shortcutOf(a action) fyne.Shortcut {
	if a.mod == ctrl {
		switch a.key {
		case fyne.KeyZ:
			return &fyne.ShortcutUndo{}
		case fyne.KeyC:
			return &fyne.ShortcutCopy{}
		}
	}
	return &desktop.CustomShortcut{KeyName: a.key, Modifier: a.mod}
}

func (w *Window) typedKey(e *fyne.KeyEvent) {
	for _, a := range w.actions {
		if a.key == e.Name && a.mod == 0 {
			w.Do(a.id)
			return
		}
	}
	if e.Name == fyne.KeyEscape {
		w.escape()
		return
	}
	if v, ok := w.host.View().(Keyed); ok {
		v.Key(e)
	}
}

// escape closes what was opened last.
func (w *Window) escape() {
	s := w.desk.State()
	switch {
	case w.present != nil:
		w.stopPresenting()
	case s.Text:
		w.filter.OnText(false)
	case s.Compare:
		w.desk.Do(desk.SetCompare(false))
	case len(s.Selected) > 0:
		w.desk.Do(desk.Select())
	}
}

// printed writes a key for people, such as "Ctrl Shift Z".
func (a action) printed() string {
	if a.key == "" {
		return ""
	}
	return part.KeyName(a.key, a.mod)
}

func (w *Window) showPalette() {
	var commands []part.Command
	for _, a := range w.actions {
		if a.id == "commands" || a.able != nil && !a.able() {
			continue
		}
		commands = append(commands, part.Command{Title: a.text(), Note: a.printed(), Icon: a.icon, Run: a.do})
	}
	commands = append(commands, w.measureCommands()...)
	commands = append(commands, w.side.commands()...)
	for _, path := range w.Recent() {
		commands = append(commands, part.Command{Title: "Open " + path, Note: "recent", Icon: theme.Study, Run: func() { w.Open(path) }})
	}
	part.ShowPalette(w.win.Canvas(), commands)
}

func (w *Window) measureCommands() []part.Command {
	var out []part.Command
	for _, m := range w.facts.Measures {
		out = append(out, part.Command{Title: "Show measure " + plainName(m.Name), Note: "measure", Icon: theme.Checkpoints, Run: func() { w.desk.Do(desk.SetMeasure(m.Name)) }})
	}
	return out
}

// sheet lists the shortcuts.
func (w *Window) sheet() []part.ShortcutGroup {
	var groups []part.ShortcutGroup
	for _, menu := range []string{"File", "Edit", "View", "Chart", "Window", "Help"} {
		g := part.ShortcutGroup{Title: menu}
		for _, a := range w.actions {
			if a.menu == menu && a.key != "" {
				g.Shortcuts = append(g.Shortcuts, part.Shortcut{Keys: a.printed(), Text: a.title})
			}
		}
		if len(g.Shortcuts) > 0 {
			groups = append(groups, g)
		}
	}
	return append(groups,
		part.ShortcutGroup{Title: "Tables", Shortcuts: []part.Shortcut{
			{Keys: "J  K  or arrows", Text: "One row down or up"}, {Keys: "Shift", Text: "Extend the selection"}, {Keys: "Ctrl", Text: "Add to the selection"},
			{Keys: "Ctrl A", Text: "Select all"}, {Keys: "Ctrl C", Text: "Copy rows as a table"}, {Keys: "Space  X", Text: "Hide from charts or show"},
			{Keys: "Enter", Text: "Open, or show only this run"}, {Keys: "Shift click head", Text: "Sort by a further column"}}},
		part.ShortcutGroup{Title: "Figures", Shortcuts: []part.Shortcut{
			{Keys: "Arrows", Text: "Select, or step in a presentation"}, {Keys: "Enter", Text: "Open the view"}, {Keys: "Delete", Text: "Remove"},
			{Keys: "F  N", Text: "Filter live, notes, in a presentation"}}},
		part.ShortcutGroup{Title: "Charts and facets", Shortcuts: []part.Shortcut{
			{Keys: "Click", Text: "Open what is behind a mark"}, {Keys: "Drag", Text: "Zoom the axis"}, {Keys: "Double click", Text: "Show the whole axis"},
			{Keys: "Right click", Text: "Copy data, save"}, {Keys: "Left  Right", Text: "Checkpoints: one step back or on"}, {Keys: "Click a line", Text: "Checkpoints: this run alone, or all again"}, {Keys: "Alt click facet", Text: "Exclude a value"}}})
}
