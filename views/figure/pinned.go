package figure

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"hash"
	"slices"
	"strconv"

	"witnessmark/charts"
	"witnessmark/data/estimate"
	"witnessmark/data/frame"
	"witnessmark/data/store"
	"witnessmark/views/desk"
)

// A Drawn is a figure with a fingerprint of the numbers that it shows.
type Drawn struct {
	Spec    charts.Spec
	Numbers string
	Methods []string // of intervals and differences, each once
}

// Draw asks for what a figure shows and makes its chart, completing what the
// state leaves open. It ends with ctx.Err when canceled.
func Draw(ctx context.Context, x *estimate.Index, recipe string, s desk.State, about Facts) (Drawn, error) {
	s = Complete(recipe, s, about)
	answers, err := Frames(ctx, x, recipe, s)
	if err != nil {
		return Drawn{}, err
	}
	spec, err := Picture(recipe, s, about, answers)
	return Drawn{spec, Fingerprint(answers...), methods(answers...)}, err
}

// methods are the methods that rows name, each once.
func methods(answers ...frame.Frame) (out []string) {
	for _, f := range answers {
		for _, column := range []string{frame.Method, frame.DiffVia} {
			for row := range f.Len() {
				if m := f.Text(column, row); m != "" && !slices.Contains(out, m) {
					out = append(out, m)
				}
			}
		}
	}
	return out
}

// Fingerprint is the same for answers with the same rows and numbers, to ten
// digits, whatever is said around them: words, colors and the order of
// conditions are those of the program and of the study, not of the data.
func Fingerprint(answers ...frame.Frame) string {
	h := sha256.New()
	for _, f := range answers {
		fmt.Fprintln(h, "frame", f.Len())
		for _, c := range f.Columns {
			fmt.Fprintf(h, "%q %q\n", c.Name, c.Text)
			digits(h, c.Num...)
		}
		for row := range f.Keys {
			fmt.Fprintf(h, "%q\n", f.Keys[row])
		}
		for row := range f.Units {
			for _, u := range f.Units[row] {
				fmt.Fprintf(h, "%d %q %q %q", row, u.Run, u.Seed, u.Item)
				digits(h, u.Value, u.K, u.N, u.Pair)
			}
		}
	}
	return hex.EncodeToString(h.Sum(nil)[:16])
}

func digits(h hash.Hash, numbers ...float64) {
	var line []byte
	for _, v := range numbers {
		line = append(strconv.AppendFloat(line, v, 'g', 10, 64), ' ')
	}
	h.Write(append(line, '\n'))
}

// Keep writes a chart as a study keeps it beside a pinned figure: as data,
// without the ways back from its marks.
func Keep(spec charts.Spec) ([]byte, error) {
	spec.Panels = append([]charts.Panel{}, spec.Panels...)
	for i, p := range spec.Panels {
		spec.Panels[i].Layers = append([]charts.Layer{}, p.Layers...)
		for j := range p.Layers {
			spec.Panels[i].Layers[j].Source = nil
		}
	}
	return json.Marshal(spec)
}

// Kept reads what Keep wrote.
func Kept(chart []byte) (spec charts.Spec, err error) {
	if err := json.Unmarshal(chart, &spec); err != nil {
		return spec, fmt.Errorf("the picture kept of this figure cannot be read: %w", err)
	}
	return spec, nil
}

// Pin makes a pinned figure of a state, with the chart that a study keeps of
// it. The state is kept complete, so that the figure stays the same whatever
// the study comes to show first.
func Pin(ctx context.Context, k Keeper, recipe string, s desk.State, about Facts) (f store.Figure, shown []byte, err error) {
	f.Recipe = recipe
	if f.Revision, err = k.Revision(ctx); err != nil {
		return f, nil, err
	}
	x, err := k.Index(ctx)
	if err != nil {
		return f, nil, err
	}
	s = Complete(recipe, Plain(s), about)
	if s.View == "" {
		s.View = Home(recipe)
	}
	d, err := Draw(ctx, x, recipe, s, about)
	if err != nil {
		return f, nil, err
	}
	if len(d.Spec.Panels) == 0 {
		return f, nil, errors.New("this chart has nothing to show in these data, so there is nothing to pin; choose another measure, or take the filter away")
	}
	f.Numbers = d.Numbers
	if f.State, err = json.Marshal(s); err != nil {
		return f, nil, err
	}
	shown, err = Keep(d.Spec)
	return f, shown, err
}

// Home is the view that shows a kind of figure.
func Home(recipe string) string {
	switch recipe {
	case "lines", "changes", "together", "survival":
		return "checkpoints"
	case "drift", "caught", "roc", "pr", "decomposition", "agreement", "patterns", "histogram", "levels", "tax":
		return "monitors"
	case "shares", "predicted", "calibration", "tornado", "mechanisms":
		return "predictions"
	}
	return "conditions"
}

// A Keeper is a study as pinned figures need it; *store.Store is one.
type Keeper interface {
	Revision(ctx context.Context) (int64, error)
	Index(ctx context.Context) (*estimate.Index, error)
	Shown(ctx context.Context, figure int64) ([]byte, error)
}

// A Pinned is a pinned figure as it is to be seen now.
type Pinned struct {
	Spec     charts.Spec // with the figure's own title, where it has one
	Live     Drawn       // from the study as it is; zero where it cannot be drawn
	Revision int64       // of the study that Live is of
	Stale    bool        // Spec has the numbers of the pin, and the data have others
	Why      error       // Spec is what was kept, because …
}

// Look draws a pinned figure. One whose numbers have changed since it was
// last drawn is stale: it shows what it showed, until someone refreshes it.
// So does one that cannot be drawn anymore, such as of a measure that is
// gone. The error is ctx.Err, or that of the study.
func Look(ctx context.Context, k Keeper, f store.Figure, about Facts) (p Pinned, err error) {
	if p.Revision, err = k.Revision(ctx); err != nil {
		return p, err
	}
	x, err := k.Index(ctx)
	if err != nil {
		return p, err
	}
	var s desk.State
	if p.Why = json.Unmarshal(f.State, &s); p.Why != nil {
		p.Why = fmt.Errorf("what this figure shows cannot be read: %w", p.Why)
	} else {
		p.Live, p.Why = Draw(ctx, x, f.Recipe, s, about)
	}
	if ctx.Err() != nil {
		return p, ctx.Err()
	}
	p.Stale = p.Why == nil && p.Live.Numbers != f.Numbers && p.Revision != f.Revision
	p.Spec = p.Live.Spec
	if p.Stale || p.Why != nil {
		p.Spec = kept(ctx, k, f.ID, p.Spec)
	}
	p.Spec = Titled(p.Spec, f.Title)
	return p, nil
}

// kept is the chart that the study has of a figure, or another where it has
// none that can be read.
func kept(ctx context.Context, k Keeper, id int64, other charts.Spec) charts.Spec {
	chart, err := k.Shown(ctx, id)
	if err != nil || len(chart) == 0 {
		return other
	}
	spec, err := Kept(chart)
	if err != nil {
		return other
	}
	return spec
}

// Titled is the chart with a title of somebody's own; "" for the proposed
// one.
func Titled(spec charts.Spec, title string) charts.Spec {
	if title != "" {
		spec.Title = title
	}
	return spec
}

// Plain is the state without what changes no picture: what is selected and
// open, and how tables are sorted.
func Plain(s desk.State) desk.State {
	s.Selected, s.Compare, s.Text, s.Sort, s.Columns = nil, false, false, nil, nil
	return s
}
