package main

import (
	"context"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strings"

	"witnessmark/charts"
	"witnessmark/data/query"
	"witnessmark/data/store"
	"witnessmark/views/desk"
	"witnessmark/views/figure"
)

// chartCommand draws one chart into a file: the same picture as in the window.
type chartCommand struct {
	Study    string  `arg:"" help:"Study file."`
	Recipe   string  `arg:"" help:"Kind of chart; a wrong name lists them."`
	Out      string  `short:"o" help:"File to write: .svg, .png, .pdf, or .csv for the numbers drawn." placeholder:"FILE"`
	Pin      string  `help:"Board of the study to pin the chart to; it is made where it is not there." placeholder:"B"`
	By       string  `help:"Fields to group by; the first names the rows." placeholder:"F,F"`
	Measure  string  `help:"Measure to draw; the study's first when not given. Scatter, matrix, mechanisms and together take two." placeholder:"M"`
	Baseline string  `help:"Value that the others are compared with." placeholder:"V"`
	Pair     string  `help:"What is paired: seed, item, none, or auto." enum:"auto,seed,item,none" default:"auto"`
	Monitor  string  `help:"Monitor, for the charts about monitors." placeholder:"M"`
	Facet    string  `help:"Field that splits the chart into panels." placeholder:"F"`
	Theme    string  `help:"light, dark or print." enum:"light,dark,print" default:"light"`
	Title    string  `help:"Title in place of the one that says the finding; - for none." placeholder:"T"`
	Size     string  `help:"Width and height, as on an ordinary screen; or slide." default:"1120x630" placeholder:"WxH"`
	Smooth   float64 `help:"Smoothing of seed lines, 0 to below 1." default:"0"`
	OnePanel bool    `help:"Draw all conditions of a line chart in one panel."`
	Model    string  `help:"Motivation model of the charts of predictions: a preset, a file, or one of the study such as 'mine v2'." placeholder:"M"`

	Option map[string]string `help:"Switches of views, such as predictions.arm=inoculation or predictions.from=60." placeholder:"K=V"`

	questionFlags
}

// Help lists the switches of charts over checkpoints.
func (c *chartCommand) Help() string {
	text := "Switches of the charts over checkpoints (lines, changes, together, survival), each as --option NAME=VALUE:\n"
	for _, s := range figure.CurveSwitches {
		text += "\n  " + s.Name + "\n    " + s.Help + "\n"
	}
	return text
}

func (c *chartCommand) Run(ctx context.Context, to *console) error {
	style, err := c.style()
	if err != nil {
		return usage(err)
	}
	state, err := c.state()
	if err != nil {
		return err
	}
	if c.Out == "" && c.Pin == "" {
		return usage(errors.New("name the file to write with -o, or a board to pin the chart to with --pin"))
	}
	if c.Pin != "" {
		if err := c.pin(ctx, to, state); err != nil || c.Out == "" {
			return err
		}
	}
	s, err := store.OpenReadOnly(c.Study)
	if err != nil {
		return err
	}
	defer s.Close()
	if state, err = c.withModel(ctx, s, state); err != nil {
		return err
	}
	spec, err := draw(ctx, s, c.Recipe, state)
	if err != nil {
		return err
	}
	if c.Title != "" {
		spec.Title = strings.TrimPrefix(c.Title, "-")
	}
	notes := []string{}
	err = write(c.Out, func(w io.Writer) error {
		notes, err = charts.Write(w, c.Out, spec, style)
		return err
	})
	if err != nil {
		return err
	}
	printNotes(to.errs, append(spec.Notes, notes...))
	_, err = fmt.Fprintln(to.out, c.Out)
	return err
}

// state is the state of a window that shows the chart.
func (c *chartCommand) state() (desk.State, error) {
	q, err := c.question()
	if err != nil {
		return desk.State{}, err
	}
	s := desk.State{
		Where: q.Where, Steps: q.Steps, Level: q.Level, Method: q.Method, By: list(c.By),
		Monitor: c.Monitor, Baseline: c.Baseline, Facet: c.Facet, Chart: c.Recipe,
	}
	if m := list(c.Measure); len(m) > 0 {
		s.Measure = m[0]
		if len(m) > 1 {
			s = s.With(figure.MatrixSecond, m[1]).With(figure.ScatterSecond, m[1]).With(figure.DesiredOption, m[1]).With(figure.SecondMeasureOption, m[1])
		}
	}
	if c.Pair != "auto" {
		s.Pair = query.Pairing(c.Pair)
	}
	s = desk.SetNumber("", figure.SmoothOption, c.Smooth).Apply(s)
	s = desk.SetFlag("", figure.OnePanelOption, c.OnePanel).Apply(s)
	for name, v := range c.Option {
		s = s.With(name, v)
	}
	return s, nil
}

// withModel is the state with the motivation model that was asked for.
func (c *chartCommand) withModel(ctx context.Context, study *store.Store, s desk.State) (desk.State, error) {
	if c.Model == "" {
		return s, nil
	}
	m, err := readModel(ctx, study, c.Model)
	if err != nil {
		return s, usage(err)
	}
	raw, err := json.Marshal(m)
	if err != nil {
		return s, err
	}
	return s.With(figure.ModelOption, string(raw)), nil
}

func (c *chartCommand) style() (charts.Style, error) {
	theme, err := charts.ThemeNamed(c.Theme)
	if err != nil {
		return charts.Style{}, err
	}
	if c.Size == "slide" {
		return charts.Slide(theme), nil
	}
	st := charts.Style{Theme: theme}
	if n, err := fmt.Sscanf(c.Size, "%dx%d", &st.Width, &st.Height); n != 2 || err != nil {
		return st, fmt.Errorf("--size: %q is no size; write it as 1120x630", c.Size)
	}
	return st, nil
}

// draw asks what the chart needs and makes its Spec.
func draw(ctx context.Context, s *store.Store, recipe string, state desk.State) (charts.Spec, error) {
	about, err := facts(ctx, s, figure.By(state))
	if err != nil {
		return charts.Spec{}, err
	}
	state = figure.Complete(recipe, state, about)
	if !slices.Contains(figure.IDs(), recipe) {
		return charts.Spec{}, usage(fmt.Errorf("no chart is called %q; there are %s", recipe, strings.Join(figure.IDs(), ", ")))
	}
	x, err := s.Index(ctx)
	if err != nil {
		return charts.Spec{}, err
	}
	answers, err := figure.Frames(ctx, x, recipe, state)
	if err != nil {
		return charts.Spec{}, err
	}
	return figure.Picture(recipe, state, about, answers)
}

// facts collects what a figure must know of the study besides its answers.
func facts(ctx context.Context, s *store.Store, by string) (figure.Facts, error) {
	x, err := s.Index(ctx)
	if err != nil {
		return figure.Facts{}, err
	}
	about, err := s.About(ctx)
	if err != nil {
		return figure.Facts{}, err
	}
	name := about.Name
	if name == "" {
		name = strings.TrimSuffix(filepath.Base(s.Path()), ".study")
	}
	out := figure.Facts{Study: name, Version: version, Measures: x.Measures(), Roles: map[string]charts.Role{}}
	styles, err := s.Styles(ctx, by)
	if err != nil {
		return out, err
	}
	for _, st := range styles {
		out.Roles[st.Value] = charts.Role(st.Role)
		out.Order = append(out.Order, st.Value)
	}
	prompts, err := s.Prompts(ctx)
	if err != nil {
		return out, err
	}
	out.Elicited = figure.Stated(prompts)
	set, err := s.Set(ctx)
	if err != nil {
		return out, err
	}
	out.Models, out.Judges = figure.Models(set), figure.Judges(set)
	out.Imports, err = imports(ctx, s)
	return out, err
}

func imports(ctx context.Context, s *store.Store) (figure.Imports, error) {
	all, err := s.Imports(ctx)
	if err != nil || len(all) == 0 {
		return figure.Imports{}, err
	}
	set, err := s.Set(ctx)
	if err != nil {
		return figure.Imports{}, err
	}
	last := all[len(all)-1]
	day, _, _ := strings.Cut(last.At, "T")
	return figure.Imports{Files: len(all), Runs: len(set.Runs), Latest: day, Hash: hex.EncodeToString(last.SHA256)[:8]}, nil
}

// printNotes prints notes once each, and says how many more there are.
func printNotes(w io.Writer, notes []string) {
	const most = 8
	slices.Sort(notes)
	notes = slices.Compact(notes)
	for _, n := range notes[:min(most, len(notes))] {
		fmt.Fprintln(w, "note:", n)
	}
	if more := len(notes) - most; more > 0 {
		fmt.Fprintf(w, "note: and %d more of the like\n", more)
	}
}
