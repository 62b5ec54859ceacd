package oversight

import (
	"context"
	"slices"
	"strings"

	"witnessmark/data"
	"witnessmark/data/estimate"
	"witnessmark/data/frame"
	"witnessmark/data/query"
)

// A sheaf is the samples of one run, evaluation and step with the values of
// the fields that make groups.
type sheaf struct {
	estimate.Checkpoint
	values []string // parallel to Question.by
}

// inKeys are the fields that every Checkpoint names in its keys.
var inKeys = []string{data.Run, data.Condition, data.Seed, data.Eval, data.EvalPrompt, data.Grader, data.Step}

// A collector finds the values of the fields that make groups: in the keys of
// checkpoints, in the fields of runs, or by asking once for each value.
type collector struct {
	study    Study
	q        Question
	by       []string
	keyed    map[string]string // name in By to the name in keys
	ofRun    []string
	narrowed []string
	run      map[string][]string // run to its values of ofRun
}

// collect gathers all samples that a question is about, in the order of runs
// and steps.
func (s Study) collect(ctx context.Context, q Question) ([]sheaf, error) {
	c := collector{study: s, q: q, by: q.by(), keyed: map[string]string{}}
	c.sort()
	if err := c.readRuns(ctx); err != nil {
		return nil, err
	}
	passes, err := c.passes(ctx)
	if err != nil {
		return nil, err
	}
	var out []sheaf
	for _, p := range passes {
		found, err := s.Index.Scores(ctx, query.Query{Where: p.where, Steps: q.Steps}, q.Monitor, q.Truth)
		if err != nil {
			return nil, err
		}
		for _, cp := range found {
			out = append(out, sheaf{cp, c.values(cp, p.values)})
		}
	}
	return out, nil
}

// sort decides where each field's value is to be found.
func (c *collector) sort() {
	level := map[string]estimate.Level{}
	canonical := map[string]string{}
	for _, f := range c.study.Index.Fields() {
		level[f.Name], canonical[f.Name] = f.Level, f.Name
		for _, alias := range f.Aliases {
			level[alias], canonical[alias] = f.Level, f.Name
		}
	}
	for _, name := range c.by {
		own, known := canonical[name]
		if !known {
			own = name
		}
		switch {
		case slices.Contains(inKeys, own):
			c.keyed[name] = own
		case known && level[name] == estimate.OfRun:
			c.ofRun = append(c.ofRun, name)
		default:
			c.narrowed = append(c.narrowed, name)
		}
	}
}

// readRuns reads the fields of runs that are no keys.
func (c *collector) readRuns(ctx context.Context) error {
	if len(c.ofRun) == 0 {
		return nil
	}
	f, err := c.study.Index.Ask(ctx, query.Query{Where: c.q.Where, By: append([]string{data.Run}, c.ofRun...)})
	if err != nil {
		return err
	}
	c.run = map[string][]string{}
	for i := range f.Len() {
		c.run[f.Text(data.Run, i)] = texts(f, i, c.ofRun)
	}
	return nil
}

func texts(f frame.Frame, row int, names []string) []string {
	out := make([]string, len(names))
	for i, name := range names {
		out[i] = f.Text(name, row)
	}
	return out
}

// A pass is one walk over the study: a filter, and the values of the fields
// that it holds fixed.
type pass struct {
	where  query.Filter
	values []string
}

// passes makes a pass for each combination of values of the fields that only
// a filter can tell apart.
func (c *collector) passes(ctx context.Context) ([]pass, error) {
	if len(c.narrowed) == 0 {
		return []pass{{where: c.q.Where}}, nil
	}
	f, err := c.study.Index.Ask(ctx, query.Query{Where: c.q.Where, By: c.narrowed})
	if err != nil {
		return nil, err
	}
	var out []pass
	for i := range f.Len() {
		p := pass{where: c.q.Where, values: texts(f, i, c.narrowed)}
		for j, name := range c.narrowed {
			p.where = p.where.Narrow(name, p.values[j])
		}
		out = append(out, p)
	}
	return out, nil
}

func (c *collector) values(cp estimate.Checkpoint, fixed []string) []string {
	out := make([]string, len(c.by))
	for i, name := range c.by {
		switch {
		case c.keyed[name] != "":
			out[i] = cp.Key(c.keyed[name])
		case slices.Contains(c.ofRun, name):
			if values := c.run[cp.Key(data.Run)]; values != nil {
				out[i] = values[slices.Index(c.ofRun, name)]
			}
		default:
			out[i] = fixed[slices.Index(c.narrowed, name)]
		}
	}
	return out
}

// keyOf makes one text of several, to compare and to index by.
func keyOf(values ...string) string { return strings.Join(values, "\x00") }
