package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"slices"
	"strings"
	"text/tabwriter"

	"witnessmark/data/motive"
	"witnessmark/data/predict"
	"witnessmark/data/store"
)

// modelsCommand lists the motivation models that a study keeps, and takes
// versions in and out.
type modelsCommand struct {
	Study  string `arg:"" help:"Study file."`
	Export string `help:"Write this model as a file (see --out), such as 'mine v2' or a preset." placeholder:"MODEL"`
	Import string `help:"Keep the model of a file in the study, as the next version of its name." placeholder:"FILE"`
	Delete string `help:"Remove this version, such as 'mine v2'." placeholder:"MODEL"`
	Out    string `short:"o" help:"File for --export; - for the terminal." default:"-" placeholder:"FILE"`
}

func (c *modelsCommand) Run(ctx context.Context, to *console) error {
	open := store.OpenReadOnly
	if c.Import != "" || c.Delete != "" {
		open = store.Open
	}
	s, err := open(c.Study)
	if err != nil {
		return err
	}
	defer s.Close()
	switch {
	case c.Export != "":
		m, err := readModel(ctx, s, c.Export)
		if err != nil {
			return usage(err)
		}
		return writeModel(to, c.Out, m)
	case c.Import != "":
		return c.keep(ctx, s, to)
	case c.Delete != "":
		m, err := readModel(ctx, s, c.Delete)
		if err != nil {
			return usage(err)
		}
		if err := s.ForgetModel(ctx, m); err != nil {
			return err
		}
		_, err = fmt.Fprintln(to.out, "removed "+predict.Name(m))
		return err
	}
	return listModels(ctx, s, to.out)
}

// keep saves the model of a file as the next version of its name.
func (c *modelsCommand) keep(ctx context.Context, s *store.Store, to *console) error {
	m, err := modelFile(c.Import)
	if err != nil {
		return usage(err)
	}
	all, err := s.MotiveModels(ctx)
	if err != nil {
		return err
	}
	m.Version = store.NextVersion(all, m.Name)
	if err := s.KeepModel(ctx, m); err != nil {
		return err
	}
	_, err = fmt.Fprintln(to.out, predict.Name(m))
	return err
}

func listModels(ctx context.Context, s *store.Store, w io.Writer) error {
	all, err := s.MotiveModels(ctx)
	if err != nil {
		return err
	}
	if len(all) == 0 {
		_, err := fmt.Fprintln(w, "the study keeps no model; keep one with --import, or with predict --keep")
		return err
	}
	t := tabwriter.NewWriter(w, 0, 0, 2, ' ', 0)
	fmt.Fprintln(t, "model\tpatterns\tcontexts\tη\textensions")
	for _, m := range all {
		var on []string
		for _, e := range motive.Extensions {
			if e.On(m) {
				on = append(on, e.ID)
			}
		}
		fmt.Fprintf(t, "%s\t%d\t%d\t%.4g\t%s\n", predict.Name(m), len(m.Patterns), len(m.Contexts), m.Params.Eta, strings.Join(on, ", "))
	}
	return t.Flush()
}

// readModel finds a preset, a version that the study keeps, or a file. A nil
// study has no versions.
func readModel(ctx context.Context, s *store.Store, name string) (motive.Model, error) {
	if i := slices.Index(presetIDs(), name); i >= 0 {
		return motive.Presets[i].New(), nil
	}
	if s != nil {
		all, err := s.MotiveModels(ctx)
		if err != nil {
			return motive.Model{}, err
		}
		if i := slices.IndexFunc(all, func(m motive.Model) bool { return strings.EqualFold(predict.Name(m), name) }); i >= 0 {
			return all[i], nil
		}
	}
	return modelFile(name)
}

func modelFile(name string) (motive.Model, error) {
	raw, err := os.ReadFile(name)
	if errors.Is(err, fs.ErrNotExist) {
		return motive.Model{}, fmt.Errorf("%s is neither a file nor a preset; the presets are %s, and models lists those of a study", name, strings.Join(presetIDs(), ", "))
	}
	if err != nil {
		return motive.Model{}, fmt.Errorf("cannot read the model: %w", err)
	}
	m, err := motive.Read(raw)
	if err != nil {
		return m, fmt.Errorf("%s: %w", name, err)
	}
	return m, nil
}

// writeModel writes a model as the JSON that people edit.
func writeModel(to *console, out string, m motive.Model) error {
	body := func(w io.Writer) error { return asJSON(w, m) }
	if out == "-" {
		return body(to.out)
	}
	if err := write(out, body); err != nil {
		return err
	}
	_, err := fmt.Fprintln(to.out, out)
	return err
}
