package views

import (
	"encoding/json"
	"slices"

	"fyne.io/fyne/v2"

	"witnessmark/views/desk"
	"witnessmark/views/theme"
)

// prefs are what the program remembers about a person on this machine. What
// belongs to a study is kept in the study.
type prefs struct{ fyne.Preferences }

const recentMost = 8

func (p prefs) mode() theme.Mode     { return theme.ParseMode(p.String("theme")) }
func (p prefs) setMode(m theme.Mode) { p.SetString("theme", m.String()) }

func (p prefs) recent() []string { return p.StringList("recent") }

func (p prefs) remember(path string) {
	list := append([]string{path}, slices.DeleteFunc(p.recent(), func(s string) bool { return s == path })...)
	p.SetStringList("recent", list[:min(len(list), recentMost)])
}

func (p prefs) forget(path string) {
	p.SetStringList("recent", slices.DeleteFunc(p.recent(), func(s string) bool { return s == path }))
}

// A kept session is the state in which a study was left.
type kept struct {
	Path  string     `json:"path"`
	State desk.State `json:"state"`
}

func (p prefs) setSession(path string, s desk.State) {
	s.Selected, s.Compare = nil, false
	if text, err := json.Marshal(kept{path, s}); err == nil {
		p.SetString("session", string(text))
	}
}

// session returns the state in which the study was left last.
func (p prefs) session(path string) (desk.State, bool) {
	var k kept
	if json.Unmarshal([]byte(p.String("session")), &k) != nil || k.Path != path {
		return desk.State{}, false
	}
	return k.State, true
}

func (p prefs) width(table, column string) (float32, bool) {
	w := p.Float("width." + table + "." + column)
	return float32(w), w > 0
}

func (p prefs) setWidth(table, column string, w float32) {
	p.SetFloat("width."+table+"."+column, float64(w))
}

// size returns the size that the window had last, if it was a usable one.
func (p prefs) size() (fyne.Size, bool) {
	s := fyne.NewSize(float32(p.Float("window.width")), float32(p.Float("window.height")))
	return s, s.Width >= 640 && s.Height >= 400
}

func (p prefs) setSize(s fyne.Size) {
	p.SetFloat("window.width", float64(s.Width))
	p.SetFloat("window.height", float64(s.Height))
}
