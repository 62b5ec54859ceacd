package predict

import (
	"context"
	"slices"

	"witnessmark/data/column"
	"witnessmark/data/estimate"
)

// Kept is the predictions that a study keeps, with what scoring them needs.
type Kept struct {
	Stated  []Stated
	Imports map[int64]string // when each import was, by its id: RFC 3339 in UTC
	Earlier []Earlier        // what was imported and taken back or replaced since
	Set     *column.Set      // what was imported
}

// A Book is the predictions about one behavior, scored.
type Book struct {
	Behavior string
	Observed *Observed
	Registry // its entries are those about the behavior
}

// Books are all predictions that a study keeps, by what they are about.
type Books struct {
	Books   []Book  // of the behaviors that the study has counts of, the usual one first
	Entries []Entry // parallel to Kept.Stated
}

// Score lays all kept predictions beside what was observed of the behavior
// that each is about; those that name none are about q's. A behavior that was
// not observed, or a study without results, leaves its predictions unscored
// and says why. The baseline is an arm, "" for the first of that family; level
// is that of the intervals. Errors are ctx.Err alone.
func (k Kept) Score(ctx context.Context, x *estimate.Index, q Question, baseline string, level float64) (Books, error) {
	out := Books{Entries: make([]Entry, len(k.Stated))}
	names := map[string]string{}
	for _, r := range k.Set.Runs {
		names[r.Key] = r.Name
	}
	at := map[string][]int{}
	var behaviors []string
	for i, s := range k.Stated {
		behavior := behaviorOf(s.Metric, q.Behavior, x.Measures())
		if at[behavior] == nil {
			behaviors = append(behaviors, behavior)
		}
		at[behavior] = append(at[behavior], i)
	}
	if i := slices.Index(behaviors, q.Behavior); i > 0 {
		behaviors = slices.Insert(slices.Delete(behaviors, i, i+1), 0, q.Behavior)
	}
	for _, behavior := range behaviors {
		about := q
		about.Behavior, about.Rewards = behavior, Rewards{}
		o, err := Observe(ctx, x, about)
		if ctx.Err() != nil {
			return out, ctx.Err()
		}
		book := Book{Behavior: behavior}
		stated := pick(k.Stated, at[behavior])
		if err == nil {
			book.Behavior, book.Observed = o.Behavior, o
			book.Registry = o.Score(stated, names, Arrived(k.Set, k.Imports, k.Earlier, o.Behavior), baseline, level)
			out.Books = append(out.Books, book)
		} else {
			book.Entries = unobserved(stated, behavior)
		}
		for n, i := range at[behavior] {
			out.Entries[i] = book.Entries[n]
		}
	}
	return out, nil
}

func pick(all []Stated, at []int) []Stated {
	var out []Stated
	for _, i := range at {
		out = append(out, all[i])
	}
	return out
}

// behaviorOf is the measure that a prediction is about: the one of its name,
// or of the name without the words that say that it is a rate.
func behaviorOf(metric, usual string, all []estimate.Measure) string {
	if metric == "" || usual != "" && act(metric) == act(usual) {
		return usual
	}
	rate := func(m estimate.Measure) bool { return m.Rate && m.Monitor == "" }
	for _, m := range all {
		if rate(m) && m.Name == metric {
			return m.Name
		}
	}
	for _, m := range all {
		if rate(m) && act(m.Name) == act(metric) {
			return m.Name
		}
	}
	return metric
}

// unobserved are predictions about what the study has no counts of.
func unobserved(all []Stated, behavior string) []Entry {
	why := "the study has no counts yet"
	if behavior != "" {
		why = "the study has no counts of " + behavior
	}
	var out []Entry
	for _, s := range all {
		e := entryOf(s)
		e.Why = why
		out = append(out, e)
	}
	return out
}
