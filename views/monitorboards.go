package views

import (
	"context"
	"encoding/json"
	"fmt"

	"witnessmark/data/frame"
	"witnessmark/data/oversight"
	"witnessmark/views/desk"
	"witnessmark/views/figure"
)

// A watch is the samples of all monitors, sorted once for a filter, a truth
// and a revision of the study. It does not change, and any number of
// thresholds are read from it off the UI thread.
type watch struct {
	key    string
	study  oversight.Study
	truth  string
	boards []*oversight.Board // by monitor, over all steps
	starts []start            // by monitor
}

// A start is what is shown of a monitor until something is chosen.
type start struct {
	groups []oversight.Group
	focus  string  // the group whose hidden rise is the surest, else the one with the most uncaught at the end
	scored bool    // the monitor gave scores and no verdicts of its own
	freeze float64 // the first step at which a threshold can be frozen
}

// watchKey is the same for states that need the same samples.
func watchKey(f *Facts, s desk.State) string {
	text, err := json.Marshal([]any{f.Path, f.Revision, s.Where, s.By, s.Level, s.Option(figure.TruthOption, ""), s.Measure})
	if err != nil {
		return fmt.Sprint(f.Path, f.Revision, s.Where, s.By, s.Level, s.Options, s.Measure)
	}
	return string(text)
}

// kept is the watch itself while it is of the key and nobody has labeled a
// sample since, else another one.
func (w *watch) kept(ctx context.Context, key string, study Study, f *Facts, s desk.State) (*watch, error) {
	index, err := study.Index(ctx)
	if err != nil {
		return nil, err
	}
	if w != nil && w.key == key && w.study.Index == index {
		return w, nil
	}
	return newWatch(ctx, study, f, s)
}

// newWatch collects and sorts the samples of every monitor.
func newWatch(ctx context.Context, study Study, f *Facts, s desk.State) (*watch, error) {
	index, err := study.Index(ctx)
	if err != nil {
		return nil, err
	}
	w := &watch{key: watchKey(f, s), study: oversight.Study{Index: index, Monitors: f.Set.Monitors}}
	w.truth = figure.Truth(s, w.study)
	for _, name := range w.study.Names() {
		b, err := w.study.Board(ctx, figure.Watched(s, w.study, name))
		if err != nil {
			return nil, err
		}
		w.boards, w.starts = append(w.boards, b), append(w.starts, newStart(b, s.Level))
	}
	return w, nil
}

// at is the place of a monitor, −1 where there is none of the name.
func (w *watch) at(monitor string) int {
	for i, b := range w.boards {
		if b.Monitor == monitor {
			return i
		}
	}
	return -1
}

func newStart(b *oversight.Board, level float64) start {
	out := start{groups: b.Groups(), focus: figure.Focus(b, level)}
	r := b.Read()
	if r.Move(oversight.Settings{Level: level}) != nil {
		return out
	}
	_, out.scored = r.InUse()
	for _, step := range b.Steps() {
		if r.Move(oversight.Settings{Threshold: oversight.FrozenAt(step)}) == nil {
			out.freeze = step
			break
		}
	}
	return out
}

// rowName is the value that a row's group has in its first field.
func rowName(f frame.Frame, row int) string {
	if len(f.Keys) > row && len(f.Keys[row]) > 0 {
		return f.Keys[row][0].Value
	}
	return ""
}

// settings are what one monitor is read at. A score set by hand is meant for
// the monitor that is shown, and holds for others with the same scale; a step
// or a rule holds for each with scores.
func (w *watch) settings(of, shown int, set oversight.Settings) oversight.Settings {
	own, its := w.boards[of].Scale, w.boards[shown].Scale
	_, isFrozen := figure.FrozenStep(set.Threshold)
	byRule := set.Threshold == oversight.Refit() || isFrozen
	if own.Verdicts || !byRule && (own.Lo != its.Lo || own.Hi != its.Hi) {
		set.Threshold = oversight.Threshold{}
	}
	return set
}

// read reads a monitor at settings.
func (w *watch) read(of, shown int, set oversight.Settings) (*oversight.Reading, error) {
	set = w.settings(of, shown, set)
	r := w.boards[of].Read()
	err := r.Move(set)
	if err != nil && of != shown { // nothing can be chosen on its samples
		set.Threshold = oversight.Threshold{}
		err = r.Move(set)
	}
	return r, err
}
