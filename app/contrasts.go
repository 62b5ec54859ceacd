package main

import (
	"context"
	"encoding/csv"
	"fmt"
	"io"
	"math"
	"strings"
	"text/tabwriter"

	"witnessmark/data/contrast"
	"witnessmark/data/query"
	"witnessmark/data/store"
)

// contrastsCommand lists the contrasts of a study, each as the data have it
// now, and sets them up.
type contrastsCommand struct {
	Study        string  `arg:"" help:"Study file."`
	Add          string  `help:"Set up a contrast of this name, or change it." placeholder:"NAME"`
	Delete       string  `help:"Delete the contrast of this name." placeholder:"NAME"`
	Of           string  `help:"With --add, the condition." placeholder:"C"`
	Against      string  `help:"With --add, the condition that it is compared with." placeholder:"C"`
	Measure      string  `help:"With --add, the measure; else the one to compute contrasts of any measure by." placeholder:"M"`
	Eval         string  `help:"With --add, the eval, or eval_prompt: and an eval prompt; any when not given." placeholder:"E"`
	Pair         string  `help:"With --add, what is paired: seed, item, none, or auto." enum:"auto,seed,item,none" default:"auto"`
	Margin       float64 `help:"With --add, points of difference that would not matter." placeholder:"POINTS"`
	Hypothesis   string  `help:"With --add, what is expected." placeholder:"TEXT"`
	Confirmatory bool    `help:"With --add, mark it as confirmatory."`
	questionFlags
}

func (c *contrastsCommand) Run(ctx context.Context, to *console) error {
	q, err := c.question()
	if err != nil {
		return err
	}
	q.Measures = list(c.Measure)
	if len(q.Measures) > 1 {
		return usage(fmt.Errorf("--measure: a contrast has one measure"))
	}
	s, err := c.open()
	if err != nil {
		return err
	}
	defer s.Close()
	if err := c.change(ctx, to, s); err != nil {
		return err
	}
	st, err := s.Comparing(ctx)
	if err != nil {
		return err
	}
	all, err := st.Planned(ctx, q)
	if err != nil {
		return err
	}
	return printContrasts(to.out, c.Format, st, all, q)
}

func (c *contrastsCommand) open() (*store.Store, error) {
	if c.Add == "" && c.Delete == "" {
		return store.OpenReadOnly(c.Study)
	}
	return store.Open(c.Study)
}

// change sets up or deletes what the flags name, and warns of numbers that
// were looked at before.
func (c *contrastsCommand) change(ctx context.Context, to *console, s *store.Store) error {
	if c.Delete != "" {
		saved, err := s.Contrasts(ctx)
		if err != nil {
			return err
		}
		known := false
		for _, one := range saved {
			known = known || one.Name == c.Delete
		}
		if !known {
			return usage(fmt.Errorf("--delete: the study has no contrast named %q", c.Delete))
		}
		if err := s.DeleteContrast(ctx, c.Delete); err != nil {
			return err
		}
	}
	if c.Add == "" {
		return nil
	}
	return c.add(ctx, to, s)
}

func (c *contrastsCommand) add(ctx context.Context, to *console, s *store.Store) error {
	st, err := s.Comparing(ctx)
	if err != nil {
		return err
	}
	one := store.Contrast{
		Name: c.Add, A: c.Of, B: c.Against, Eval: c.Eval, Metric: c.Measure, Hypothesis: c.Hypothesis, Confirmatory: c.Confirmatory, Margin: math.NaN(),
	}
	if c.Pair != "auto" {
		one.PairedBy = c.Pair
	}
	switch {
	case c.Of == "" || c.Against == "":
		return usage(fmt.Errorf("--add: name the condition with --of, and the one that it is compared with with --against"))
	case c.Margin < 0 || math.IsNaN(c.Margin) || math.IsInf(c.Margin, 0):
		return usage(fmt.Errorf("--margin: %v is no number of points above 0, such as 5", c.Margin))
	case c.Margin > 0:
		one.Margin = c.Margin / pointsOf(st, c.Measure)
	}
	if err := s.SaveContrast(ctx, one); err != nil {
		return err
	}
	if text := st.Before(one.Registered()); text != "" {
		fmt.Fprintf(to.errs, "note: %s\n", strings.ToLower(text[:1])+text[1:])
	}
	return nil
}

// contrastRow is a line of --format json.
type contrastRow struct {
	Name         string      `json:"name"`
	Of           string      `json:"of"`
	Against      string      `json:"against"`
	Measure      string      `json:"measure"`
	Eval         string      `json:"eval,omitempty"`
	Grader       string      `json:"grader,omitempty"`
	Hypothesis   string      `json:"hypothesis,omitempty"`
	Confirmatory bool        `json:"confirmatory"`
	At           string      `json:"at"`
	Before       int         `json:"looked_at_before"`
	Value        *float64    `json:"value"`
	Lo           *float64    `json:"lo"`
	Hi           *float64    `json:"hi"`
	Pairs        int         `json:"pairs,omitempty"`
	P            *float64    `json:"p"`
	PHolm        *float64    `json:"p_holm,omitempty"` // over the confirmatory contrasts
	Verdict      string      `json:"verdict"`
	Sentence     string      `json:"sentence"`
	Standing     string      `json:"standing"`
	Margin       *marginSaid `json:"margin,omitempty"`
	Why          string      `json:"why,omitempty"`
}

func contrastRows(all []contrast.Planned) []contrastRow {
	out := []contrastRow{}
	for _, p := range all {
		r := contrastRow{
			Name: p.Name, Of: p.Of, Against: p.Base, Measure: p.Found, Eval: p.Eval, Grader: p.Judge, Hypothesis: p.Hypothesis, Confirmatory: p.Confirmatory,
			At: p.At, Before: p.Before, Value: finite(p.Diff), Lo: finite(p.Lo), Hi: finite(p.Hi), Pairs: p.Pairs, P: finite(p.P), PHolm: finite(p.Holm),
			Verdict: string(p.Verdict), Sentence: p.Sentence, Standing: p.Standing, Why: p.Why,
		}
		if m := p.Tested; m != nil {
			r.Margin = &marginSaid{Margin: m.Margin, Lo: &m.Lo, Hi: &m.Hi, Level: &m.Level, P: &m.P, Within: m.Within, NotWorse: m.NotWorse, Text: m.Text}
		}
		out = append(out, r)
	}
	return out
}

func printContrasts(w io.Writer, format string, st contrast.Study, all []contrast.Planned, q query.Query) error {
	switch format {
	case "json":
		return asJSON(w, contrastRows(all))
	case "csv":
		return printContrastsCSV(w, all)
	}
	t := tabwriter.NewWriter(w, 0, 4, 2, ' ', 0)
	if len(all) > 0 {
		fmt.Fprintln(t, "contrast\tof\tagainst\tmeasure\tgrader\tdifference\tinterval\tmargin\tshows\tplan")
	}
	for _, p := range all {
		diff, interval, unit, margin := st.Words(p)
		shows := p.Answer()
		if shows == "" {
			shows = string(p.Verdict)
		}
		if p.Why != "" {
			diff, interval, shows = "not estimable", "", short(p.Why)
		} else {
			diff += unit
		}
		plan := map[bool]string{true: "confirmatory", false: "exploratory"}[p.Confirmatory]
		if p.Before > 0 && p.Confirmatory {
			plan += ", looked at before"
		}
		fmt.Fprintln(t, strings.Join([]string{short(p.Name), short(p.Of), short(p.Base), p.Found, short(p.Judge), diff, interval, margin, shows, plan}, "\t"))
	}
	if err := t.Flush(); err != nil {
		return err
	}
	for _, p := range all {
		fmt.Fprintln(w, p.Name+": "+p.Sentence)
		if p.Tested != nil {
			fmt.Fprintln(w, "  "+strings.Join(p.Tested.Text, " "))
		}
		fmt.Fprintln(w, "  "+p.Standing)
	}
	if len(all) == 0 {
		fmt.Fprintln(w, "no contrast is set up; set one up with --add")
	}
	where := "all samples"
	if !q.Where.IsZero() {
		where = q.Where.String()
	}
	_, err := fmt.Fprintf(w, "note: within %s, %s\nnote: %s\n", where, q.Steps.Sentence(), st.Tally())
	return err
}

func printContrastsCSV(w io.Writer, all []contrast.Planned) error {
	c := csv.NewWriter(w)
	if err := c.Write([]string{"name", "of", "against", "measure", "eval", "grader", "confirmatory", "at", "looked_at_before", "value", "lo", "hi", "pairs", "p", "p_holm", "verdict", "margin", "equivalent", "not_worse", "why", "sentence"}); err != nil {
		return err
	}
	for _, r := range contrastRows(all) {
		margin, within, notWorse := "", "", ""
		if r.Margin != nil {
			margin, within, notWorse = full(&r.Margin.Margin), fmt.Sprint(r.Margin.Within), fmt.Sprint(r.Margin.NotWorse)
		}
		line := []string{r.Name, r.Of, r.Against, r.Measure, r.Eval, r.Grader, fmt.Sprint(r.Confirmatory), r.At, fmt.Sprint(r.Before), full(r.Value), full(r.Lo), full(r.Hi),
			fmt.Sprint(r.Pairs), full(r.P), full(r.PHolm), r.Verdict, margin, within, notWorse, r.Why, r.Sentence}
		if err := c.Write(line); err != nil {
			return err
		}
	}
	c.Flush()
	return c.Error()
}
