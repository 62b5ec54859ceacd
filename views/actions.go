package views

import (
	"strconv"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"

	"witnessmark/data/query"
	"witnessmark/views/desk"
	"witnessmark/views/part"
	"witnessmark/views/theme"
)

// An action is something that the window can do, by menu, key or command
// palette. Menus, shortcuts and the palette are made from one list.
type action struct {
	id    string
	menu  string // "" for none
	title string
	name  func() string // in place of title, where it changes
	key   fyne.KeyName
	mod   fyne.KeyModifier
	icon  theme.Icon
	help  string
	do    func()
	able  func() bool // nil for always
	rule  bool        // a line above it in its menu
}

const ctrl = fyne.KeyModifierShortcutDefault

// allActions lists the actions in the order of the menus.
func (w *Window) allActions() []action {
	var out []action
	for _, group := range [][]action{w.fileActions(), w.editActions(), w.viewActions(), w.runActions(), w.chartActions(), w.windowActions(), w.helpActions()} {
		out = append(out, group...)
	}
	return out
}

func (w *Window) hasStudy() bool  { return w.study != nil }
func (w *Window) canImport() bool { return w.study != nil && !w.study.ReadOnly() }
func (w *Window) hasChart() bool  { _, ok := w.chart(); return ok }

func (w *Window) fileActions() []action {
	return []action{
		{id: "new", menu: "File", title: "New study…", key: fyne.KeyN, mod: ctrl, icon: theme.Plus, do: func() { w.ChooseStudy(true) }},
		{id: "open", menu: "File", title: "Open study…", key: fyne.KeyO, mod: ctrl | fyne.KeyModifierShift, icon: theme.Folder, do: func() { w.ChooseStudy(false) }},
		{id: "welcome", menu: "File", title: "Recent and sample studies", icon: theme.Study, do: func() { w.desk.Do(desk.Open("welcome", "Welcome")) }},
		{id: "import", menu: "File", title: "Import…", key: fyne.KeyO, mod: ctrl, icon: theme.Import, rule: true, able: w.canImport, do: w.openImport},
		{id: "reimport", menu: "File", title: "Read the study again", key: fyne.KeyF5, icon: theme.Refresh, able: w.hasStudy, do: w.Reload},
		{id: "export", menu: "File", title: "Export chart…", key: fyne.KeyE, mod: ctrl, icon: theme.Export, rule: true, able: w.hasChart, do: func() {
			if s, ok := w.chart(); ok {
				w.SaveChart(s)
			}
		}},
		{id: "quit", menu: "File", title: "Quit", key: fyne.KeyQ, mod: ctrl, rule: true, do: w.close},
	}
}

func (w *Window) editActions() []action {
	name := func(verb string, of func() string) func() string {
		return func() string {
			if s := of(); s != "" {
				return verb + " " + s
			}
			return verb
		}
	}
	return []action{
		{id: "undo", menu: "Edit", title: "Undo", name: name("Undo", w.desk.Undoable), key: fyne.KeyZ, mod: ctrl, icon: theme.Undo, able: func() bool { return w.desk.Undoable() != "" }, do: func() { w.desk.Undo() }},
		{id: "redo", menu: "Edit", title: "Redo", name: name("Redo", w.desk.Redoable), key: fyne.KeyZ, mod: ctrl | fyne.KeyModifierShift, icon: theme.Redo, able: func() bool { return w.desk.Redoable() != "" }, do: func() { w.desk.Redo() }},
		{id: "filter", menu: "Edit", title: "Filter as text", key: fyne.KeyF, mod: ctrl, icon: theme.Funnel, rule: true, able: w.hasStudy, do: func() { w.desk.Do(desk.ShowText(true)) }},
		{id: "clear", menu: "Edit", title: "Clear the filter", icon: theme.Close, able: func() bool { return !w.desk.State().Where.IsZero() }, do: func() { w.desk.Do(desk.SetFilter(query.Filter{})) }},
		{id: "copy", menu: "Edit", title: "Copy table", key: fyne.KeyC, mod: ctrl, icon: theme.Copy, rule: true, able: func() bool { _, ok := w.host.View().(Copying); return ok }, do: w.copyTable},
	}
}

func (w *Window) viewActions() []action {
	var out []action
	for i, k := range listed() {
		a := action{id: "view." + k.ID, menu: "View", title: k.Title, help: k.Help, icon: k.Icon, able: w.hasStudy, do: func() { w.desk.Do(desk.Open(k.ID, k.Title)) }}
		if i < 9 {
			a.key, a.mod = fyne.KeyName(strconv.Itoa(i+1)), ctrl
		}
		out = append(out, a)
	}
	return append(out,
		action{id: "save-view", menu: "View", title: "Save view…", key: fyne.KeyS, mod: ctrl, icon: theme.Pin, rule: true, able: w.hasStudy, do: w.saveView},
		action{id: "sidebar", menu: "View", title: "Sidebar", key: fyne.KeyJ, mod: ctrl, icon: theme.Runs, rule: true, do: func() { w.side.toggle() }},
		action{id: "theme", menu: "View", title: "Light or dark", key: fyne.KeyM, mod: fyne.KeyModifierAlt, icon: theme.Eye, do: w.toggleTheme},
	)
}

// listed are the kinds of the sidebar.
func listed() []Kind {
	var out []Kind
	for _, k := range Kinds() {
		if !k.Unlisted {
			out = append(out, k)
		}
	}
	return out
}

func (w *Window) runActions() []action {
	selected := func() bool { return len(w.desk.State().Selected) > 0 && w.desk.State().View == "runs" }
	return []action{
		{id: "compare", menu: "Runs", title: "Compare selected runs", icon: theme.Compare, able: func() bool { return selected() && len(w.desk.State().Selected) > 1 }, do: func() { w.desk.Do(desk.SetCompare(true)) }},
		{id: "hide", menu: "Runs", title: "Hide selected runs from charts", icon: theme.EyeOff, able: selected, do: func() { w.desk.Do(desk.Hide(true, w.desk.State().Selected...)) }},
		{id: "aside", menu: "Runs", title: "Set aside or take back selected runs", icon: theme.Lock, able: selected, do: w.setAside},
		{id: "show-all", menu: "Runs", title: "Show all runs in charts", icon: theme.Eye, able: func() bool { return len(w.desk.State().Hidden) > 0 }, do: func() { w.desk.Do(desk.Hide(false, w.desk.State().Hidden...)) }},
	}
}

func (w *Window) chartActions() []action {
	return []action{
		{id: "chart-data", menu: "Chart", title: "Copy data", icon: theme.Copy, able: w.hasChart, do: func() {
			if s, ok := w.chart(); ok {
				copyData(w, s)
			}
		}},
		{id: "chart-save", menu: "Chart", title: "Save as…", icon: theme.Export, able: w.hasChart, do: func() { w.Do("export") }},
		{id: "pin", menu: "Chart", title: "Pin to figures", key: fyne.KeyP, mod: ctrl, icon: theme.Pin, able: w.canPin, do: w.pinChart},
		{id: "present", menu: "Chart", title: "Present", key: fyne.KeyF11, icon: theme.Present, rule: true, able: w.hasChart, do: w.startPresenting},
	}
}

func (w *Window) windowActions() []action {
	return []action{
		{id: "full", menu: "Window", title: "Full screen", icon: theme.Figures, do: func() { w.win.SetFullScreen(!w.win.FullScreen()) }},
		{id: "commands", menu: "Window", title: "Commands…", key: fyne.KeyK, mod: ctrl, icon: theme.Search, do: w.showPalette},
	}
}

func (w *Window) helpActions() []action {
	return []action{
		{id: "shortcuts", menu: "Help", title: "Shortcuts", key: "?", icon: theme.TextForm, do: func() { part.ShowSheet(w.win.Canvas(), w.sheet()) }},
		{id: "about", menu: "Help", title: "About Witnessmark", icon: theme.File, do: w.about},
	}
}

// Do does an action by its id, if it can be done now, and reports whether it
// was.
func (w *Window) Do(id string) bool {
	for _, a := range w.actions {
		if a.id == id && (a.able == nil || a.able()) {
			a.do()
			return true
		}
	}
	return false
}

func (a action) text() string {
	if a.name != nil {
		return a.name()
	}
	return a.title
}

// menus makes the menus of the actions as they stand now.
func (w *Window) menus() []*fyne.Menu {
	var out []*fyne.Menu
	for _, title := range []string{"File", "Edit", "View", "Runs", "Chart", "Window", "Help"} {
		m := fyne.NewMenu(title)
		for _, a := range w.actions {
			if a.menu == title {
				m.Items = append(m.Items, w.items(a, len(m.Items) > 0)...)
			}
		}
		out = append(out, m)
	}
	return out
}

func (w *Window) items(a action, notFirst bool) []*fyne.MenuItem {
	item := fyne.NewMenuItem(a.text(), a.do)
	item.Disabled = a.able != nil && !a.able()
	if a.key != "" {
		item.Shortcut = &desktop.CustomShortcut{KeyName: a.key, Modifier: a.mod}
	}
	if a.rule && notFirst {
		return []*fyne.MenuItem{fyne.NewMenuItemSeparator(), item}
	}
	return []*fyne.MenuItem{item}
}

func (w *Window) copyTable() {
	if v, ok := w.host.View().(Copying); ok {
		w.Copy(v.Table(), "the table")
	}
}

func (w *Window) openImport() {
	if w.desk.State().View != "import" {
		w.desk.Do(desk.Open("import", "Import"))
		return
	}
	if v, ok := w.host.View().(*imports); ok {
		v.choose(false)
	}
}
