package stats

import (
	"fmt"
	"slices"
	"strings"
)

// The shapes of data that a method of intervals takes. Each is a function, so
// that a method found by name can be called at once.
type (
	// RateInterval takes k successes among n trials.
	RateInterval func(k, n int, level float64) (Estimate, error)
	// SeedInterval takes one mean per seed.
	SeedInterval func(values []float64, level float64) (Estimate, error)
	// ClusterInterval takes the scores of each item, one per epoch.
	ClusterInterval func(values [][]float64, level float64) (Estimate, error)
	// DifferenceInterval takes k1 of n1 and k2 of n2 and gives k1/n1 − k2/n2.
	DifferenceInterval func(k1, n1, k2, n2 int, level float64) (Estimate, error)
	// RatioInterval takes k1 of n1 and k2 of n2 and gives (k1/n1)/(k2/n2).
	RatioInterval func(k1, n1, k2, n2 int, level float64) (Estimate, error)
	// TwoSeedsInterval takes one mean per seed of two conditions and gives
	// b − a.
	TwoSeedsInterval func(a, b []float64, level float64) (Comparison, error)
	// PairedTableInterval takes pass or fail of shared items under A and B and
	// gives A − B.
	PairedTableInterval func(t PairedTable, level float64) (Estimate, error)
	// ItemDifferenceInterval takes one difference per shared item.
	ItemDifferenceInterval func(diffs []float64, level float64) (Comparison, error)
)

// An Interval is one of the functions that a method can be.
type Interval interface {
	RateInterval | SeedInterval | ClusterInterval | DifferenceInterval | RatioInterval |
		TwoSeedsInterval | PairedTableInterval | ItemDifferenceInterval
}

// A Method is an interval that can be asked for by name. The same name may
// stand for several shapes of data.
type Method struct {
	Name     string // as the command line takes it: "clopper-pearson"
	Label    string // as figures print it
	Interval any    // one of the functions of Interval; its type says what data fit
}

// Methods lists all intervals that can be asked for by name; the first of
// each shape is its default. A new method is one line here.
var Methods = []Method{
	{"wilson", "Wilson", RateInterval(Wilson)},
	{"wilson-cc", "Wilson, continuity corrected", RateInterval(WilsonCorrected)},
	{"clopper-pearson", "Clopper–Pearson", RateInterval(ClopperPearson)},
	{"mid-p", "mid-P", RateInterval(MidP)},
	{"jeffreys", "Jeffreys", RateInterval(Jeffreys)},
	{"jeffreys-closed", "Jeffreys, closed", RateInterval(JeffreysClosed)},
	{"agresti-coull", "Agresti–Coull", RateInterval(AgrestiCoull)},
	{"anytime", "anytime-valid", RateInterval(Anytime)},
	{"wald", "Wald", RateInterval(Wald)},

	{"t-seeds", "t over seeds", SeedInterval(SeedMean)},
	{"bca", "bootstrap BCa", SeedInterval(BootstrapSeeds)},

	{"cr2-items", "CR2 t over items", ClusterInterval(ClusterMean)},
	{"cr2-rate", "CR2 t over items, Wilson at the ends", ClusterInterval(ClusterRate)},
	{"bca", "bootstrap BCa", ClusterInterval(BootstrapItems)},

	{"newcombe", "Newcombe", DifferenceInterval(Newcombe)},
	{"newcombe-cc", "Newcombe, continuity corrected", DifferenceInterval(NewcombeCorrected)},
	{"miettinen-nurminen", "Miettinen–Nurminen", DifferenceInterval(MiettinenNurminen)},
	{"mee", "Mee score", DifferenceInterval(Mee)},
	{"agresti-caffo", "Agresti–Caffo", DifferenceInterval(AgrestiCaffo)},
	{"wald", "Wald difference", DifferenceInterval(WaldDifference)},

	{"koopman", "Koopman score", RatioInterval(Koopman)},
	{"miettinen-nurminen", "Miettinen–Nurminen ratio", RatioInterval(MiettinenNurminenRatio)},
	{"walter", "Walter log", RatioInterval(Walter)},
	{"katz", "Katz log", RatioInterval(Katz)},

	{"welch", "Welch t over seeds", TwoSeedsInterval(Welch)},
	{"paired-t", "paired t over seeds", TwoSeedsInterval(PairedSeeds)},

	{"tango", "Tango score", PairedTableInterval(Tango)},
	{"newcombe", "Newcombe, paired", PairedTableInterval(NewcombePaired)},
	{"bonett-price", "Bonett–Price", PairedTableInterval(BonettPrice)},
	{"wald", "Wald, paired", PairedTableInterval(WaldPaired)},

	{"paired-t", "paired t over items", ItemDifferenceInterval(PairedItems)},
	{"bca", "bootstrap BCa", ItemDifferenceInterval(BootstrapDifferences)},
}

// Lookup finds the method of that name for the shape of data at hand, as in
// Lookup[RateInterval]("wilson"). The empty name is the default of the shape.
// The error lists the names that fit these data.
func Lookup[F Interval](name string) (F, error) {
	var names []string
	for _, m := range Methods {
		if f, ok := m.Interval.(F); ok {
			if m.Name == name || name == "" {
				return f, nil
			}
			names = append(names, m.Name)
		}
	}
	var none F
	return none, unfit(name, shape(none), names)
}

// Names lists the methods that fit a shape of data, the default first.
func Names[F Interval]() []string {
	var names []string
	for _, m := range Methods {
		if _, ok := m.Interval.(F); ok {
			names = append(names, m.Name)
		}
	}
	return names
}

// unfit says whether the name is known for other data or not at all.
func unfit(name, fits string, names []string) error {
	known := slices.ContainsFunc(Methods, func(m Method) bool { return m.Name == name })
	verdict := "is not known"
	if known {
		verdict = "takes other data"
	}
	return fmt.Errorf("the interval method %q %s; for %s choose one of %s", name, verdict, fits, strings.Join(names, ", "))
}

// Fits says in words what data the method takes.
func (m Method) Fits() string { return shape(m.Interval) }

func shape(interval any) string {
	switch interval.(type) {
	case RateInterval:
		return "a count of passes"
	case SeedInterval:
		return "one mean per seed"
	case ClusterInterval:
		return "items with several epochs"
	case DifferenceInterval:
		return "a difference of two counts"
	case RatioInterval:
		return "a ratio of two counts"
	case TwoSeedsInterval:
		return "seeds of two conditions"
	case PairedTableInterval:
		return "pass or fail of shared items"
	case ItemDifferenceInterval:
		return "one difference per shared item"
	}
	return "these data"
}
