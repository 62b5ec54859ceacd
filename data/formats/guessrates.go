package formats

import (
	"math"
	"slices"
	"strings"
)

var (
	countWords = []string{"count", "counts"}
	rateWords  = []string{"rate", "frac", "fraction", "share", "pct", "percent", "proportion"}
	outOfWords = []string{"evaluated", "attempted", "total", "valid", "tested", "trials", "n"}
	goodWords  = []string{"passed", "correct", "solved", "success", "successes", "failed", "flagged", "yes", "positive", "k"}
)

// counts finds successes, what they are out of, and their reported rates.
// Names propose; the cells must agree: no count exceeds what it is out of,
// and count over total is the rate.
func (g *guesser) counts() {
	if g.long {
		return
	}
	for i, c := range g.open {
		if c.counting() && g.isCount(c) {
			g.pair(i, c)
		}
	}
	if i := slices.IndexFunc(g.columns, func(c traits) bool { return c.plain == "yes" }); i >= 0 && g.roles[i].Role == RoleK {
		if no := g.find([]string{"no", "unknown"}, nil); no >= 0 {
			g.roles[no] = Assign{Role: RoleIgnore}
		}
		if no := g.find([]string{"no", "unknown"}, nil); no >= 0 {
			g.roles[no] = Assign{Role: RoleIgnore}
		}
	}
}

func (g *guesser) isCount(c *traits) bool {
	if slices.Contains(nNames, c.plain) || c.hasWord(outOfWords...) && !c.hasWord(goodWords...) {
		return false
	}
	return c.hasWord(countWords...) || c.hasWord(goodWords...) && !c.hasWord(rateWords...)
}

// pair makes a count of a column when something tells what it is out of.
func (g *guesser) pair(i int, c *traits) {
	stem := c.without(c.name, countWords...)
	rate := g.rateOf(stem)
	of := g.totalOf(i, rate)
	if rate < 0 && of >= 0 {
		rate = g.rateByCells(i, of)
		if rate >= 0 {
			stem = g.columns[rate].without(stem, rateWords...)
		}
	}
	if rate < 0 && of < 0 {
		return
	}
	a := Assign{Role: RoleK, As: stem, Sure: c.hasWord(countWords...)}
	if of >= 0 {
		a.Of = g.columns[of].name
		g.roles[of] = Assign{Role: RoleOutOf, Sure: a.Sure}
	}
	g.roles[i] = a
	if rate >= 0 {
		g.roles[rate] = Assign{Role: RoleRate, As: stem, Sure: a.Sure}
	}
}

// rateOf finds the undecided rate column of the same stem.
func (g *guesser) rateOf(stem string) int {
	for i, c := range g.open {
		if c.numeric() && c.hasWord(rateWords...) && plainName(c.without("", rateWords...)) == plainName(stem) {
			return i
		}
	}
	return -1
}

// totalOf finds what a count is out of: a total that shares the beginning of
// its name, else the table's one number of samples.
func (g *guesser) totalOf(count, rate int) int {
	best, shared := -1, 0
	mine := words(g.columns[count].name)
	for i := range g.columns {
		c := &g.columns[i]
		if i == count || !c.counting() || !g.couldBeTotal(i) || !g.within(count, i, rate) {
			continue
		}
		common := sharedWords(mine, words(c.name))
		switch {
		case c.hasWord(outOfWords...) && common > shared:
			best, shared = i, common
		case best < 0 && slices.Contains(nNames, c.plain):
			best = i
		}
	}
	return best
}

func (g *guesser) couldBeTotal(i int) bool {
	r := g.roles[i].Role
	return r == "" || r == RoleOutOf || r == RoleN
}

func sharedWords(a, b []string) int {
	n := 0
	for n < len(a) && n < len(b) && a[n] == b[n] {
		n++
	}
	return n
}

// within tells whether the count hardly ever exceeds the total, and agrees
// with the rate where there is one.
func (g *guesser) within(count, total, rate int) bool {
	good, all := 0, 0
	for row, text := range g.columns[count].values {
		k, r := number([]byte(text))
		n, r2 := number([]byte(g.columns[total].values[row]))
		if r != isNumber || r2 != isNumber {
			continue
		}
		if all++; k >= 0 && k <= n && (rate < 0 || g.agrees(rate, row, k, n)) {
			good++
		}
	}
	return nearlyAll(good, all)
}

func (g *guesser) agrees(rate, row int, k, n float64) bool {
	v, r := number([]byte(g.columns[rate].values[row]))
	return r != isNumber || n == 0 || sameRate(k/n, v)
}

// sameRate compares a rate with a reported one, which may be rounded to a
// tenth of a percent or be in percent.
func sameRate(x, reported float64) bool {
	return math.Abs(x-reported) <= 0.00055 || math.Abs(100*x-reported) <= 0.055
}

// rateByCells finds an undecided rate that is count over total in every row.
func (g *guesser) rateByCells(count, total int) int {
	for i, c := range g.open {
		if c.numeric() && c.hasWord(rateWords...) && c.distinct > 1 && g.within(count, total, i) {
			return i
		}
	}
	return -1
}

// spread finds the standard deviations, errors, numbers and bounds of
// metrics: "x_sd" beside "x" or "x_mean", or a bare "sd" beside a bare "mean".
func (g *guesser) spread() {
	if g.long {
		return
	}
	for _, s := range []struct {
		role  Role
		names []string
	}{{RoleSD, sdNames}, {RoleSE, seNames}, {RoleLo, loNames}, {RoleHi, hiNames}, {RoleN, nNames}} {
		for i, c := range g.open {
			if !c.numeric() {
				continue
			}
			if of, sure := g.spreadOf(c, s.names); of != "" {
				g.roles[i] = Assign{Role: s.role, As: of, Sure: sure}
			} else if s.role == RoleN && slices.Contains(s.names, c.plain) {
				g.roles[i] = Assign{Role: RoleN, Sure: true}
			}
		}
	}
}

// spreadOf returns the metric that a column of spread is about.
func (g *guesser) spreadOf(c *traits, names []string) (metric string, sure bool) {
	for _, name := range names {
		stem, suffixed := strings.CutSuffix(c.plain, "_"+name)
		if !suffixed && c.plain != name {
			continue
		}
		candidates := []string{stem, stem + "_mean", stem + "_avg"}
		if !suffixed {
			candidates = []string{"mean", "avg", "average", "value"}
		}
		for _, m := range candidates {
			if i := slices.IndexFunc(g.columns, func(c traits) bool { return c.plain == m && c.numeric() }); i >= 0 {
				return g.columns[i].name, suffixed
			}
		}
	}
	return "", false
}

// predictions finds stated expectations, such as "predicted_hack_rate". Bare
// bounds beside a single one are its own.
func (g *guesser) predictions() {
	for i, c := range g.open {
		if c.numeric() && !g.samples() && (strings.HasPrefix(c.plain, "predicted_") || strings.HasSuffix(c.plain, "_predicted")) {
			g.roles[i] = Assign{Role: RolePredicted, As: c.without(c.name, "predicted")}
		}
	}
	is := func(a Assign) bool { return a.Role == RolePredicted }
	i := slices.IndexFunc(g.roles, is)
	if i < 0 || slices.ContainsFunc(g.roles[i+1:], is) {
		return
	}
	for role, names := range map[Role][]string{RoleLo: loNames, RoleHi: hiNames} {
		if bound := g.find(names, (*traits).numeric); bound >= 0 {
			g.roles[bound] = Assign{Role: role, As: g.columns[i].name, Sure: true}
		}
	}
}
