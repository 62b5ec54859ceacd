package figure

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"hash"
	"strconv"

	"witnessmark/charts"
	"witnessmark/data/estimate"
	"witnessmark/data/frame"
	"witnessmark/views/desk"
)

// A Drawn is a figure with a fingerprint of the numbers that it shows.
type Drawn struct {
	Spec    charts.Spec
	Numbers string
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
	return Drawn{spec, Fingerprint(answers...)}, err
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

// Plain is the state without what changes no picture: what is selected and
// open, and how tables are sorted.
func Plain(s desk.State) desk.State {
	s.Selected, s.Compare, s.Text, s.Sort, s.Columns = nil, false, false, nil, nil
	return s
}
