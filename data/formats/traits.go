package formats

import (
	"math"
	"slices"
	"strings"
)

// Traits are what the sampled cells of a column show.
type traits struct {
	name, plain string
	values      []string
	filled      int // cells that are not missing
	distinct    int // different ones among them
	numbers     int // that read as numbers
	whole       int // that read as whole numbers
	stepped     int // that read as steps
	verdicts    int // that read as yes, no or unknown
	worded      int // verdicts that are words
	length      float64
}

func traitsOf(c ColumnSample) traits {
	t := traits{name: c.Name, plain: plainName(c.Name), values: c.Values}
	seen := map[string]bool{}
	for _, v := range c.Values {
		x, r := number([]byte(v))
		if r == isMissing {
			continue
		}
		t.filled++
		t.length += float64(len(v))
		seen[v] = true
		t.count(v, x, r)
	}
	t.distinct = len(seen)
	t.length /= float64(max(t.filled, 1))
	return t
}

func (t *traits) count(v string, x float64, r reading) {
	if r != isText {
		t.numbers++
		if x == math.Trunc(x) {
			t.whole++
		}
	}
	if _, r := stepNumber([]byte(v)); r == isNumber {
		t.stepped++
	}
	if x, unknown, r := verdict([]byte(v)); r == isNumber && (unknown || x == 0 || x == 1) {
		t.verdicts++
		if strings.ContainsAny(v, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ") {
			t.worded++
		}
	}
}

// most tells whether n is nearly all of the filled cells.
func (t *traits) most(n int) bool { return nearlyAll(n, t.filled) }

// nearlyAll tells whether n is at least 95 % of all, or all but one of four
// or more.
func nearlyAll(n, all int) bool { return all > 0 && (n*20 >= all*19 || n >= 3 && n >= all-1) }

func (t *traits) numeric() bool  { return t.most(t.numbers) }
func (t *traits) counting() bool { return t.most(t.whole) && t.numeric() }
func (t *traits) stepLike() bool { return t.most(t.stepped) }
func (t *traits) answers() bool  { return t.most(t.verdicts) }
func (t *traits) spoken() bool   { return t.answers() && t.worded > 0 }
func (t *traits) textual() bool  { return !t.numeric() }
func (t *traits) constant() bool { return t.distinct <= 1 }

// bodies tells whether the cells are texts to be read, not names.
func (t *traits) bodies() bool {
	return t.length > 200 || t.length > 40 && t.distinct*2 > t.filled || t.length > 15 && t.distinct*10 > t.filled*9 && t.filled > 20
}

// hasWord tells whether one of the words is part of the column's name.
func (t *traits) hasWord(list ...string) bool {
	for _, w := range strings.Split(t.plain, "_") {
		if slices.Contains(list, w) {
			return true
		}
	}
	return false
}

// without returns the column's own spelling of its name without the words,
// or def when nothing remains.
func (t *traits) without(def string, drop ...string) string {
	kept := t.name
	for _, w := range words(t.name) {
		if slices.Contains(drop, w) {
			kept = cutWord(kept, w)
		}
	}
	if kept = strings.Trim(kept, "_-./ :"); kept == "" {
		return def
	}
	return kept
}

// cutWord removes a word with the separators before it, so that
// "hack_count__any" without "count" is "hack__any".
func cutWord(name, word string) string {
	i := strings.Index(strings.ToLower(name), word)
	if i < 0 || len(strings.ToLower(name)) != len(name) {
		return name
	}
	head, tail := name[:i], name[i+len(word):]
	if trimmed := strings.TrimRight(head, "_-. "); trimmed != "" || tail == "" {
		return trimmed + tail
	}
	return strings.TrimLeft(tail, "_-. ")
}
