package stats

import (
	"fmt"
	"math"
	"slices"
	"strings"
)

// A Guard is the verdict on one way to be misled. Where Bad is false, the
// data give no reason for it and Message is empty.
type Guard struct {
	ID      string // fixed, such as "one-seed"
	Message string // the numbers of this case and what to do about them
	Bad     bool
}

func guard(id string, bad bool, format string, args ...any) Guard {
	if !bad {
		return Guard{ID: id}
	}
	return Guard{ID: id, Message: fmt.Sprintf(format, args...), Bad: true}
}

// The thresholds of the guards are judgments, kept where a reader finds them.
const (
	ExclusionPoints   = 0.02 // difference of unscored shares that asks for worst cases
	ItemsAtLeast      = 30   // items under which an eval is called small
	BimodalSeedsFrom  = 5    // seeds from which two groups may be told
	BimodalRange      = 0.3  // of the rate, which two groups must span
	BimodalMiddle     = 0.1  // share of seeds that may lie between the groups
	lowRate, highRate = 0.05, 0.5
)

// PseudoReplication fires where an interval counts n samples as independent
// and there are fewer distinct items times seeds than that.
func PseudoReplication(n, items, seeds int) Guard {
	return guard("pseudo-replication", n > items*max(1, seeds),
		"%d samples are counted as independent, but they are %s under %s; take the interval over items for one checkpoint, or over seeds for a condition",
		n, many(items, "item"), many(seeds, "seed"))
}

// OneSeed fires where a condition was trained once.
func OneSeed(condition string, seeds int) Guard {
	return guard("one-seed", seeds == 1,
		"%s has one seed, so nothing shows how much training runs differ; its interval is for this run only, and a claim about the condition needs more seeds", condition)
}

// UnequalSeeds fires where two conditions do not have the same seeds, which
// are given by name.
func UnequalSeeds(a, b string, seedsA, seedsB []string) Guard {
	onlyA, onlyB := missingFrom(seedsA, seedsB), missingFrom(seedsB, seedsA)
	shared := len(seedsA) - len(onlyA)
	advice := fmt.Sprintf("compare the %d that both have, or treat them as unpaired", shared)
	if shared == 0 {
		advice = "no seed is shared, so treat them as unpaired"
	}
	return guard("unequal-seeds", len(onlyA)+len(onlyB) > 0,
		"%s has %s and %s has %d; %s lacks a partner (%s); %s", a, many(len(seedsA), "seed"), b, len(seedsB),
		many(len(onlyA)+len(onlyB), "seed"), some(append(onlyA, onlyB...)), advice)
}

// UnequalCheckpoints fires where two runs were not measured at the same steps.
func UnequalCheckpoints(a, b string, stepsA, stepsB []float64) Guard {
	onlyA, onlyB := missingFrom(stepsA, stepsB), missingFrom(stepsB, stepsA)
	return guard("unequal-checkpoints", len(onlyA)+len(onlyB) > 0,
		"%s has %s and %s has %d, of which %d are at the same step; compare those, or interpolate and say so",
		a, many(len(stepsA), "checkpoint"), b, len(stepsB), len(stepsA)-len(onlyA))
}

// DifferentItems fires where two conditions were not asked the same items:
// shared ones, and those only one of them has.
func DifferentItems(a, b string, shared, onlyA, onlyB int) Guard {
	advice := fmt.Sprintf("compare the %d shared ones by pairs", shared)
	if shared == 0 {
		advice = "the difference is between other questions too, and no pairing is possible"
	}
	return guard("different-items", onlyA+onlyB > 0,
		"%s were asked of %s only and %d of %s only; %s", many(onlyA, "item"), a, onlyB, b, advice)
}

// DifferentExclusions fires where the shares of samples without a score
// (errored, refused, unparsed) differ by more than two points.
func DifferentExclusions(a, b string, unscoredA, totalA, unscoredB, totalB int) Guard {
	shareA, errA := Rate(unscoredA, totalA)
	shareB, errB := Rate(unscoredB, totalB)
	return guard("different-exclusions", errA == nil && errB == nil && math.Abs(shareA-shareB) > ExclusionPoints,
		"%s of %s and %s of %s were not scored (%d of %d, %d of %d); the difference may come from that alone, so show the worst-case bounds beside it",
		percent(shareA), a, percent(shareB), b, unscoredA, totalA, unscoredB, totalB)
}

// UnscoredAsFailure fires where samples without a score were counted as
// failures.
func UnscoredAsFailure(unscored, n int) Guard {
	return guard("unscored-as-failure", unscored > 0,
		"%d of %d samples have no score and were counted as failures; leave them out and show the worst-case bounds", unscored, n)
}

// MixedGraders fires where numbers to be compared come from more than one
// grader or grader version.
func MixedGraders(graders []string) Guard {
	distinct := unique(graders)
	return guard("mixed-graders", len(distinct) > 1,
		"the scores come from %s (%s), and graders can differ tenfold on the same answers; keep to one, or grade again", many(len(distinct), "grader"), some(distinct))
}

// MixedTemperature fires where samples to be compared were drawn at more than
// one temperature.
func MixedTemperature(temperatures []float64) Guard {
	distinct := unique(temperatures)
	words := make([]string, len(distinct))
	for i, t := range distinct {
		words[i] = fmt.Sprint(t)
	}
	return guard("mixed-temperature", len(distinct) > 1,
		"the samples were drawn at %d temperatures (%s), which changes rates by itself; keep to one", len(distinct), some(words))
}

// AlsoDiffers fires where two conditions differ in settings besides the one
// they are compared by.
func AlsoDiffers(a, b string, settings []string) Guard {
	return guard("also-differs", len(settings) > 0,
		"%s and %s also differ in %s; the difference cannot be laid to one of them alone", a, b, some(settings))
}

// ZeroCounts fires where a ratio is asked of a rate of which no event was
// seen.
func ZeroCounts(a, b string, kA, nA, kB, nB int) Guard {
	name, n := a, nA
	if kB == 0 {
		name, n = b, nB
	}
	bound := ""
	if zero, err := NoneOf(n, 0.95); err == nil {
		bound = fmt.Sprintf(" (≤ %s)", percent(zero.OneSided))
	}
	return guard("zero-counts", (kA == 0 && nA > 0) || (kB == 0 && nB > 0),
		"%s has 0 of %d%s, so a ratio says nothing firm; give the difference in points", name, n, bound)
}

// SimpsonFlip fires where the crude difference and the one within strata
// (Stratify's Crude and Common, se the standard error of Common) disagree in
// sign or by more than se, or where every stratum says the opposite.
func SimpsonFlip(crude, common, se float64, reversed bool) Guard {
	bad := reversed || crude*common < 0 || math.Abs(crude-common) > se
	return guard("simpson", bad,
		"the pooled difference is %s but %s within strata; the mix of strata differs between the conditions, so report the difference within them", points(crude), points(common))
}

// FewNegatives fires where a false positive rate is asked for that so few
// negatives cannot show.
func FewNegatives(negatives int, target float64) Guard {
	return guard("few-negatives", float64(negatives)*target < 1-1e-9,
		"a false positive rate of %s cannot be resolved with %s; take %d or more, or a target of %s",
		percent(target), many(negatives, "negative"), int(math.Ceil(1/target-1e-9)), percent(1/math.Max(1, float64(negatives))))
}

// ThresholdOnTest fires where samples that set a monitor's threshold are
// scored with it.
func ThresholdOnTest(shared, scored int) Guard {
	return guard("threshold-on-test", shared > 0,
		"%d of %d scored samples also set the threshold, so the rates flatter the monitor; set it on other samples", shared, scored)
}

// SmoothedOnly fires where a curve is smoothed (weight in [0, 1), 0 for none)
// and its raw points are not drawn.
func SmoothedOnly(weight float64, rawShown bool) Guard {
	return guard("smoothed-only", weight > 0 && !rawShown,
		"the curve is smoothed with weight %g, which delays a rise by some %.0f points; draw the raw points behind it", weight, weight/math.Max(1e-9, 1-weight))
}

// UnadjustedFamily fires where several contrasts are shown without adjusting
// for their number.
func UnadjustedFamily(m int, adjusted bool) Guard {
	return guard("unadjusted-family", m > 1 && !adjusted,
		"%d contrasts are shown unadjusted; with no effect anywhere, %.0f\u00a0%% of such figures show one all the same; adjust by Holm, or say that they are not", m, 100*(1-math.Pow(0.95, float64(m))))
}

// GrowingRun fires where a run is not finished and its interval does not hold
// at all times.
func GrowingRun(run string, n int, finished, anytime bool) Guard {
	return guard("growing-run", !finished && !anytime,
		"%s is still growing (%s so far); stopping when it looks good makes intervals too narrow, so fix the size or take the anytime-valid interval", run, many(n, "sample"))
}

// PickedCheckpoint fires where the step reported was chosen among several
// because its number was the best.
func PickedCheckpoint(step float64, of int, chosenBefore bool) Guard {
	return guard("picked-checkpoint", of > 1 && !chosenBefore,
		"step %g is the best of %s, and the best of several is flattered; report the last one, or one chosen before", step, many(of, "checkpoint"))
}

// FewItems fires where an eval has fewer than 30 items.
func FewItems(items int) Guard {
	return guard("few-items", items > 0 && items < ItemsAtLeast,
		"%s; more samples of each do not change what so few cover, so treat the result as about these items", many(items, "item"))
}

// ImportedBounds fires where an imported table has bounds whose kind it does
// not name, or that have no width.
func ImportedBounds(rows, unnamed, zeroWidth int) Guard {
	return guard("imported-bounds", unnamed+zeroWidth > 0,
		"%d of %s have bounds of unknown kind and %d have bounds without width; they are shown as reported and not used, so import the samples to compute intervals", unnamed, many(rows, "imported row"), zeroWidth)
}

// FittedPredictions fires where predictions are scored on cells that they
// were fitted to.
func FittedPredictions(shared, scored int) Guard {
	return guard("fitted-predictions", shared > 0,
		"%d of %s were also used to fit the predictions, so the scores flatter them; score the others, or leave each out in turn", shared, many(scored, "scored cell"))
}

// DifferentPrompts fires where a rate in training is compared with one at run
// time under another prompt.
func DifferentPrompts(train, eval string) Guard {
	return guard("different-prompts", train != eval,
		"the rate in training was under the prompt %q and this one is under %q; part of the difference is the prompt", train, eval)
}

// SelectedOnOutcome fires where a filter keeps samples by measured outcomes,
// such as only the runs that hack: what is left was chosen by what is asked.
func SelectedOnOutcome(outcomes []string) Guard {
	return guard("selected-on-outcome", len(outcomes) > 0,
		"the filter keeps samples by %s, which is measured and not set; these numbers are of the part that was kept, and differences between conditions may come from the choice", some(outcomes))
}

// BimodalSeeds fires where the rates of five seeds or more, in [0, 1], fall
// in two groups: two or more in the lowest and in the highest third of a
// range of 30 points or more, and no more than a tenth of them between.
func BimodalSeeds(condition string, rates []float64) Guard {
	if len(rates) < BimodalSeedsFrom || checkFinite(rates) != nil {
		return guard("bimodal-seeds", false, "")
	}
	low, high := slices.Min(rates), slices.Max(rates)
	third := (high - low) / 3
	under := countWhere(rates, func(v float64) bool { return v < low+third })
	over := countWhere(rates, func(v float64) bool { return v > high-third })
	n := len(rates)
	apart := float64(n-under-over) <= BimodalMiddle*float64(n)
	return guard("bimodal-seeds", high-low >= BimodalRange && under >= 2 && over >= 2 && apart,
		"the %d seeds of %s fall in two groups (%d under 5\u00a0%%, %d over 50\u00a0%%), and few are near the mean of %s; show the seeds, and how many are in each",
		n, condition, countWhere(rates, func(v float64) bool { return v < lowRate }),
		countWhere(rates, func(v float64) bool { return v > highRate }), percent(mean(rates)))
}

func countWhere(values []float64, f func(float64) bool) int {
	n := 0
	for _, v := range values {
		if f(v) {
			n++
		}
	}
	return n
}

// missingFrom lists what a has and b has not.
func missingFrom[T comparable](a, b []T) []T {
	has := map[T]bool{}
	for _, v := range b {
		has[v] = true
	}
	var out []T
	for _, v := range a {
		if !has[v] {
			out = append(out, v)
		}
	}
	return out
}

// unique lists the distinct values in the order of their first appearance.
func unique[T comparable](values []T) []T {
	var out []T
	for _, v := range values {
		if !slices.Contains(out, v) {
			out = append(out, v)
		}
	}
	return out
}

// many is a number with its noun.
func many(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}

// some joins the first few names.
func some(names []string) string {
	const few = 5
	if len(names) <= few {
		return strings.Join(names, ", ")
	}
	return fmt.Sprintf("%s and %d more", strings.Join(names[:few], ", "), len(names)-few)
}

func percent(rate float64) string { return fmt.Sprintf("%.1f\u00a0%%", 100*rate) }

// points writes a difference of rates with its sign.
func points(d float64) string {
	return strings.Replace(fmt.Sprintf("%+.1f points", 100*d), "-", "−", 1)
}
