package formats

import (
	"slices"
	"strings"

	"witnessmark/data"
)

var (
	monitorWords = []string{"monitor", "suspicion", "suspiciousness", "verdict", "flag", "flagged", "detector", "probe", "alarm"}
	scoreWords   = []string{"score", "scores", "suspicion", "prob", "probability", "logit", "confidence", "suspiciousness"}
	flagWords    = []string{"flag", "flagged", "prediction", "verdict", "decision", "detected", "alarm", "label", "is"}
	summaryWords = []string{"rate", "count", "mean", "threshold", "length", "time", "n", "total", "cost"}
)

// monitors finds monitors' scores and verdicts, and the column that names
// the monitor where one does. The scale of a score is not guessed.
func (g *guesser) monitors() {
	named := g.find([]string{"monitor", "monitor_name"}, func(c *traits) bool { return c.textual() && !c.answers() })
	score := g.find([]string{"score", "suspicion", "monitor_score", "suspicion_score"}, (*traits).numeric)
	flag := g.find([]string{"flag", "flagged", "is_flagged", "verdict", "monitor_flag", "monitor_verdict"}, (*traits).answers)
	if named >= 0 && (score >= 0 || flag >= 0) {
		g.roles[named] = Assign{Role: RoleMonitor, Sure: true}
		g.assign(score, Assign{Role: RoleScore, Sure: true})
		g.assign(flag, Assign{Role: RoleFlag, Sure: true})
	}
	for i, c := range g.open {
		if !c.hasWord(monitorWords...) || c.hasWord(summaryWords...) {
			continue
		}
		as := c.without("monitor", append(scoreWords, flagWords...)...)
		switch {
		case c.answers() && (c.hasWord(flagWords...) || c.spoken()):
			g.roles[i] = Assign{Role: RoleFlag, As: as, Sure: c.spoken()}
		case c.numeric() && c.hasWord(scoreWords...):
			g.roles[i] = Assign{Role: RoleScore, As: as, Sure: true}
		}
	}
}

func (g *guesser) assign(i int, a Assign) {
	if i >= 0 {
		g.roles[i] = a
	}
}

// promptWords are parts of the names of columns that hold prompts.
var promptWords = []string{"prompt", "prefix", "preamble", "nudge", "suffix", "addendum"}

// prompts finds prompts that are shared by many rows, which describe a run
// or an evaluation; others are texts of samples.
func (g *guesser) prompts() {
	for i, c := range g.open {
		if !c.textual() || !c.hasWord(promptWords...) || c.distinct*4 > len(c.values) && c.distinct > 3 {
			continue
		}
		switch {
		case c.hasWord("train", "training", "inoculation") && !g.taken(data.TrainPrompt):
			g.roles[i] = Assign{Role: RoleField, As: data.TrainPrompt}
		case c.hasWord("eval", "test", "nudge", "system") && !g.taken(data.EvalPrompt):
			g.roles[i] = Assign{Role: RoleContext, As: data.EvalPrompt}
		}
	}
}

// itemsAndEpochs finds the column that names the problem that a row tried,
// and the one that numbers its repetitions.
func (g *guesser) itemsAndEpochs() {
	if !g.items && !g.long || g.long && !g.items {
		g.findItem()
	}
	i := g.find(epochNames, (*traits).counting)
	switch {
	case i < 0:
	case g.items || g.columns[i].plain == "epoch" && g.samplesLikely():
		g.roles[i] = Assign{Role: RoleEpoch, Sure: g.columns[i].plain == "epoch"}
	case g.columns[i].plain == "epoch" && !g.has(RoleStep) && !g.taken(data.Step):
		g.roles[i] = Assign{Role: RoleStep}
	}
	if i := g.find([]string{"epoch"}, (*traits).numeric); i >= 0 && !g.has(RoleStep) && !g.samplesLikely() && !g.taken(data.Step) {
		g.roles[i] = Assign{Role: RoleStep}
	}
}

// weakItems are names that say "item" only where the cells tell rows apart.
var weakItems = []string{"id", "idx", "index", "sample", "problem", "example", "task_id", "uuid"}

func (g *guesser) findItem() {
	groups := g.groups()
	i := g.find(itemNames, func(c *traits) bool {
		if !slices.Contains(weakItems, c.plain) {
			return true
		}
		return g.has(RoleFlag) || g.has(RoleScore) || c.tellsApart(groups)
	})
	if i >= 0 {
		g.roles[i] = Assign{Role: RoleItem, Sure: !slices.Contains(weakItems, g.columns[i].plain)}
		g.items = true
	}
}

// tellsApart tells whether nine in ten cells are the only one of their value
// in their group.
func (t *traits) tellsApart(groups []string) bool {
	seen := map[string]bool{}
	for row, v := range t.values {
		if v != "" {
			seen[groups[row]+v] = true
		}
	}
	return len(t.values) > 1 && t.filled > 0 && len(seen)*10 >= t.filled*9
}

func (g *guesser) exclusions() {
	for i, c := range g.open {
		if slices.Contains(excludedNames, c.plain) && g.samplesLikely() && (c.textual() || c.answers()) {
			g.roles[i] = Assign{Role: RoleExcluded, Sure: true}
		}
	}
}

// texts finds bodies of text by name, in tables of samples.
func (g *guesser) texts() {
	for _, k := range textNames {
		for _, name := range k.names {
			i := g.find([]string{name}, func(c *traits) bool { return c.textual() && (c.length > 12 || c.distinct > 20) })
			if i >= 0 && (g.samplesLikely() || g.columns[i].bodies()) && !g.summarized() {
				g.roles[i] = Assign{Role: RoleText, As: k.assign.As, Sure: true}
			}
		}
	}
}

func (g *guesser) summarized() bool {
	return g.has(RoleK) || g.has(RoleSD) || g.has(RoleSE) || g.has(RoleN) || g.long && !g.items
}

// mapping returns what was guessed.
func (g *guesser) mapping() Mapping {
	m := g.m
	m.Columns = make(map[string]Assign, len(g.roles))
	for name, a := range g.m.Columns {
		m.Columns[name] = a
	}
	for i, a := range g.roles {
		m.Columns[g.columns[i].name] = a
	}
	if m.Rows == "" {
		m.Rows = RowsSummaries
		if g.samples() {
			m.Rows = RowsSamples
		}
	}
	g.m = m
	if m.Template == "" {
		m.Template = g.template()
		g.m = m
	}
	m.Identity = g.identity()
	if m.Condition == "" {
		m.Condition = g.condition()
	}
	return m
}

// template guesses one from the path, where columns and constants leave the
// seed or the run open.
func (g *guesser) template() string {
	taken := g.taken
	if g.m.Rows == RowsConfig { // what a path says of a run goes before its settings
		taken = func(name string) bool { return g.m.Constant[name] != "" }
	}
	if taken(data.Run) || taken(data.Seed) {
		return ""
	}
	t := guessTemplate(g.path, taken)
	if t == "" || !strings.Contains(t, "{") {
		return ""
	}
	return t
}

// identity guesses the fields that tell runs apart, where it is not simply
// the run's name or, without one, all fields of the run.
func (g *guesser) identity() []string {
	if len(g.m.Identity) > 0 {
		return g.m.Identity
	}
	if captured := runLevel(g.captured()); slices.Contains(captured, data.Seed) && !g.taken(data.Run) {
		if !slices.Contains(captured, data.Condition) && g.taken(data.Condition) {
			captured = append(captured, data.Condition)
		}
		return captured
	}
	run := g.columnOf(data.Run)
	if run < 0 {
		return nil
	}
	out := []string{data.Run}
	for _, f := range []string{data.Seed, data.Condition} {
		if i := g.columnOf(f); i >= 0 && g.splits(run, i) {
			out = append(out, f)
		}
	}
	if len(out) == 1 {
		return nil
	}
	return out
}

func runLevel(fields []string) []string {
	return slices.DeleteFunc(slices.Clone(fields), func(f string) bool { return f == data.Step || isContextName(f) })
}

func (g *guesser) columnOf(as string) int {
	return slices.IndexFunc(g.roles, func(a Assign) bool { return a.Role == RoleField && a.As == as })
}

// splits tells whether one value of a column has several of another.
func (g *guesser) splits(by, other int) bool {
	first := map[string]string{}
	for row, v := range g.columns[by].values {
		o := g.columns[other].values[row]
		if was, ok := first[v]; ok && was != o {
			return true
		}
		first[v] = o
	}
	return false
}

// condition says what conditions are made from when nothing names them: the
// train prompt, unless differently named runs share one and differ in no
// other field, as do runs whose prompt was only sometimes there.
func (g *guesser) condition() string {
	prompt, run := g.columnOf(data.TrainPrompt), g.columnOf(data.Run)
	if g.taken(data.Condition) || prompt < 0 {
		return ""
	}
	if run < 0 {
		return FromTrainPrompt
	}
	first := map[string]string{}
	for row, name := range g.columns[run].values {
		key, fields := g.otherFields(row, run)
		stem := runStem(name, fields)
		if was, ok := first[key]; ok && was != stem {
			return FromRunName
		}
		first[key] = stem
	}
	return FromTrainPrompt
}

// otherFields returns a row's fields but the run's name, and a key of them.
func (g *guesser) otherFields(row, run int) (string, data.Fields) {
	var key strings.Builder
	fields := data.Fields{}
	for i, a := range g.roles {
		if a.Role == RoleField && i != run {
			v := g.columns[i].values[row]
			key.WriteString(v + "\x1f")
			fields[a.As] = v
		}
	}
	return key.String(), fields
}
