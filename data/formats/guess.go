package formats

import (
	"cmp"
	"slices"
	"strings"

	"witnessmark/data"
)

// Guess says what the columns of a table most probably mean, judging by
// their names, by their sampled cells and by the file's path. Sure is set
// where the name alone decides.
func Guess(columns []ColumnSample, path string) Mapping {
	return Complete(Mapping{}, columns, path)
}

// Complete returns the mapping with a guess for everything that it leaves
// open: columns that it does not name, the kind of rows, the identity of
// runs, and the path's template where neither columns nor constants say the
// seed or the condition.
func Complete(m Mapping, columns []ColumnSample, path string) Mapping {
	if foreign(m, columns) {
		m.Rows, m.Condition = "", ""
	}
	g := newGuesser(m, columns, path)
	for _, rule := range rules {
		rule(g)
	}
	return g.mapping()
}

// foreign tells whether the mapping was made for another kind of file of the
// same folder: it names columns, and none of these.
func foreign(m Mapping, columns []ColumnSample) bool {
	return len(m.Columns) > 0 && !slices.ContainsFunc(columns, func(c ColumnSample) bool {
		_, named := m.Columns[c.Name]
		return named
	})
}

// rules are applied in order; each decides on columns that none before it did.
var rules = []func(*guesser){
	(*guesser).given,
	(*guesser).ignored,
	(*guesser).knownFields,
	(*guesser).steps,
	(*guesser).monitors,
	(*guesser).longTable,
	(*guesser).settings,
	(*guesser).counts,
	(*guesser).spread,
	(*guesser).prompts,
	(*guesser).itemsAndEpochs,
	(*guesser).exclusions,
	(*guesser).texts,
	(*guesser).predictions,
	(*guesser).numbers,
	(*guesser).classes,
}

// A guesser is the state of one guess.
type guesser struct {
	m       Mapping
	path    string
	columns []traits
	roles   []Assign // by column; no Role where undecided
	long    bool     // a column names the metric of each row
	items   bool     // a column names the item of each row
}

func newGuesser(m Mapping, columns []ColumnSample, path string) *guesser {
	g := &guesser{m: m, path: path, roles: make([]Assign, len(columns))}
	for _, c := range columns {
		g.columns = append(g.columns, traitsOf(c))
	}
	return g
}

// given takes over what the mapping says already.
func (g *guesser) given() {
	for i, c := range g.columns {
		if a, ok := g.m.Columns[c.name]; ok {
			g.roles[i] = a
			g.long = g.long || a.Role == RoleName
			g.items = g.items || a.Role == RoleItem
		}
	}
}

// open yields the columns that no rule has decided on.
func (g *guesser) open(yield func(int, *traits) bool) {
	for i := range g.columns {
		if g.roles[i].Role == "" && !yield(i, &g.columns[i]) {
			return
		}
	}
}

// find returns the first undecided column of the first name that has one and
// that the test accepts, or −1.
func (g *guesser) find(names []string, test func(*traits) bool) int {
	for _, name := range names {
		for i, c := range g.open {
			if c.plain == name && (test == nil || test(c)) {
				return i
			}
		}
	}
	return -1
}

// taken tells whether a column, the path or a constant has the field.
func (g *guesser) taken(as string) bool {
	if _, ok := g.m.Constant[as]; ok {
		return true
	}
	if slices.Contains(g.captured(), as) {
		return true
	}
	return slices.ContainsFunc(g.roles, func(a Assign) bool {
		return a.As == as && (a.Role == RoleField || a.Role == RoleContext) || as == data.Step && a.Role == RoleStep
	})
}

func (g *guesser) captured() []string {
	t, err := ParseTemplate(g.m.Template)
	if err != nil {
		return nil
	}
	return t.Fields()
}

func (g *guesser) has(role Role) bool {
	return slices.ContainsFunc(g.roles, func(a Assign) bool { return a.Role == role })
}

func (g *guesser) ignored() {
	for i, c := range g.open {
		if c.filled == 0 {
			g.roles[i] = Assign{Role: RoleIgnore}
		} else if slices.Contains(ignoredNames, c.plain) {
			g.roles[i] = Assign{Role: RoleIgnore, Sure: true}
		}
	}
}

// knownFields gives fields of known name their meaning; a second column for
// a field that is taken keeps its own name.
func (g *guesser) knownFields() {
	for _, k := range knownNames {
		for _, name := range k.names {
			if g.taken(k.assign.As) && g.m.Constant[k.assign.As] == "" && !slices.Contains(g.captured(), k.assign.As) {
				break
			}
			if i := g.find([]string{name}, nil); i >= 0 {
				g.roles[i] = k.assign
			} else if i := g.findLeaf(name); i >= 0 && k.assign.As != data.Run {
				g.roles[i] = Assign{Role: k.assign.Role, As: k.assign.As}
			}
		}
	}
}

// settingParents are keys under which run settings are nested.
var settingParents = []string{"config", "args", "params", "hparams", "hyperparameters", "training", "train", "run", "meta", "metadata", "settings", "cfg"}

// findLeaf finds a nested key such as "config.seed" by its last part.
func (g *guesser) findLeaf(name string) int {
	for i, c := range g.open {
		parent, leaf, nested := cutLast(c.name)
		if nested && plainName(leaf) == name && slices.Contains(settingParents, plainName(parent)) {
			return i
		}
	}
	return -1
}

func cutLast(name string) (parent, leaf string, ok bool) {
	i := strings.LastIndexAny(name, "./")
	if i < 0 {
		return "", name, false
	}
	return name[:i], name[i+1:], true
}

func (g *guesser) steps() {
	if g.taken(data.Step) {
		return
	}
	if i := g.find(stepNames, (*traits).stepLike); i >= 0 {
		g.roles[i] = Assign{Role: RoleStep, Sure: true}
	}
}

// longTable recognizes tables in which a column names each row's metric.
func (g *guesser) longTable() {
	name := g.find(metricNames[:5], (*traits).textual)
	value := g.find(valueNames, (*traits).numeric)
	if name < 0 {
		name = g.find(metricNames[5:], (*traits).textual)
		value = g.find(valueNames[:1], (*traits).numeric)
	}
	if name < 0 || value < 0 {
		return
	}
	g.roles[name], g.roles[value] = Assign{Role: RoleName, Sure: true}, Assign{Role: RoleValue, Sure: true}
	g.long = true
	for role, names := range map[Role][]string{RoleSD: sdNames, RoleSE: seNames, RoleN: nNames, RoleLo: loNames, RoleHi: hiNames} {
		if i := g.find(names, (*traits).numeric); i >= 0 {
			g.roles[i] = Assign{Role: role, Sure: true}
		}
	}
}

func (g *guesser) settings() {
	for i, c := range g.open {
		_, leaf, _ := cutLast(c.name)
		parent, _, _ := strings.Cut(c.name, ".")
		if c.numeric() && g.scheduled(i) {
			continue
		}
		known := slices.Contains(settingNames, c.plain) || slices.Contains(settingNames, plainName(leaf)) && !strings.Contains(c.name, "/")
		nested := parent != c.name && slices.Contains(settingParents, plainName(parent)) && !g.samplesLikely()
		if known || nested {
			g.roles[i] = Assign{Role: RoleField, As: c.name, Sure: known}
		}
	}
}

// scheduled tells whether a number changes, or comes and goes, in the course
// of a run, like a learning rate that is logged at each step: then it is
// measured, not set. Where one step has several values, it is set.
func (g *guesser) scheduled(i int) bool {
	step := slices.IndexFunc(g.roles, func(a Assign) bool { return a.Role == RoleStep })
	if step < 0 || g.long {
		return false
	}
	runs := g.groupsOf(RoleField, RoleContext)
	first, atStep := map[string]string{}, map[string]string{}
	changes := false
	for row, v := range g.columns[i].values {
		run, at := runs[row], runs[row]+g.columns[step].values[row]
		if was, ok := atStep[at]; ok && was != v && was != "" && v != "" {
			return false
		}
		if was, ok := first[run]; ok && was != v {
			changes = true
		}
		first[run], atStep[at] = v, cmp.Or(v, atStep[at])
	}
	return changes
}

// samplesLikely tells whether names so far speak for one row an attempt.
func (g *guesser) samplesLikely() bool {
	return g.has(RoleItem) || g.has(RoleFlag) || g.has(RoleScore) || g.has(RoleText) || g.m.Rows == RowsSamples
}

// numbers makes metrics of numbers, except in long tables, where the measure
// has its own column and another number describes the run.
func (g *guesser) numbers() {
	for i, c := range g.open {
		switch {
		case !c.numeric():
		case g.long:
			g.roles[i] = Assign{Role: RoleField, As: c.name}
		default:
			g.roles[i] = Assign{Role: RoleMetric, As: c.name, Sure: !c.constant()}
		}
	}
}

// classes makes fields of what varies little, and classes of samples of what
// varies among the samples of a run.
func (g *guesser) classes() {
	groups := g.groups()
	for i, c := range g.open {
		switch within := g.variesWithin(i, groups); {
		case g.samples() && within && (c.distinct <= 50 || slices.Contains(labelNames, c.plain)):
			g.roles[i] = Assign{Role: RoleLabel, As: c.name}
		case !g.samples() && g.has(RoleStep) && c.filled > 4 && c.distinct*2 > c.filled, // else each step were a run
			g.samples() && within, c.bodies(), g.samples() && c.filled > 4 && c.distinct*2 > c.filled && !g.has(RoleField):
			g.roles[i] = Assign{Role: RoleIgnore}
			if g.samples() {
				g.roles[i] = Assign{Role: RoleText, As: c.name}
			}
		default:
			g.roles[i] = Assign{Role: RoleField, As: c.name}
		}
	}
}

// samples tells whether rows are attempts.
func (g *guesser) samples() bool {
	if g.m.Rows != "" {
		return g.m.Rows == RowsSamples
	}
	if g.has(RoleK) || g.has(RoleSD) || g.has(RoleSE) || g.has(RoleN) {
		return false
	}
	return g.has(RoleItem) || g.has(RoleFlag) || g.has(RoleScore) || g.has(RoleText) || g.has(RoleEpoch)
}

// groups returns, by sampled row, what is known of its run and context.
func (g *guesser) groups() []string { return g.groupsOf(RoleField, RoleContext, RoleStep) }

func (g *guesser) groupsOf(roles ...Role) []string {
	if len(g.columns) == 0 {
		return nil
	}
	out := make([]string, len(g.columns[0].values))
	for i, a := range g.roles {
		if !slices.Contains(roles, a.Role) {
			continue
		}
		for row := range out {
			out[row] += g.columns[i].values[row] + "\x1f"
		}
	}
	return out
}

// variesWithin tells whether a column has two values within one group. With
// nothing to group by it tells nothing, and is false, unless the name is a
// class of samples.
func (g *guesser) variesWithin(i int, groups []string) bool {
	if slices.Contains(labelNames, g.columns[i].plain) {
		return true
	}
	if !g.has(RoleField) && !g.has(RoleContext) {
		return false
	}
	first := map[string]string{}
	for row, v := range g.columns[i].values {
		if was, ok := first[groups[row]]; ok && was != v && v != "" && was != "" {
			return true
		}
		if v != "" {
			first[groups[row]] = v
		}
	}
	return false
}
