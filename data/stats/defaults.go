package stats

// A Default says which method is used for data of one kind, and why: the
// table of them is what an interface shows where it is asked "why this one?".
type Default struct {
	Data   string // the data it is for, in a reader's words
	Method string // a name of Methods, or of the package where none is listed
	Why    string
	Source string
}

// Defaults lists the choices in the order in which questions come up: one
// condition, two, many, and then whether the answer may be trusted.
var Defaults = []Default{
	{"one condition, several seeds", "t-seeds", "a claim about a condition is one about training runs; with few of them only t over their means keeps its coverage", "Student 1908; coverage simulation"},
	{"one run, one sample an item", "wilson", "stays within 0 and 100 % and keeps a width at 0 of n", "Wilson 1927; Newcombe 1998"},
	{"one run, several epochs an item", "cr2-rate", "epochs of one item are alike, so items are counted; holds for few and unequal clusters", "Bell & McCaffrey 2002; Pustejovsky & Tipton 2018; Korn & Graubard 1998"},
	{"no event in n samples", "clopper-pearson", "an upper bound that must hold is exact: 1 − 0.05^(1/n)", "Hanley & Lippman-Hand 1983"},
	{"a run that is still growing", "anytime", "holds however often it is looked at, and wherever it is stopped", "Robbins 1970; Howard et al. 2021"},
	{"samples without a score", "worst-case bounds", "what was not scored may have been all passes or none", "Manski 1989"},
	{"two conditions, same seeds", "paired-t", "what the seeds share cancels", "Student 1908; sign flips, Fisher 1935"},
	{"two conditions, other seeds", "welch", "their spreads need not be equal", "Welch 1947; permutation, Pitman 1937"},
	{"two runs, same items, one sample each", "tango", "only items on which they disagree tell; holds where they hardly do", "Tango 1998; mid-p McNemar, Fagerland et al. 2013"},
	{"two runs, same items, several epochs", "paired-t", "one difference an item; what the items share cancels", "Miller 2024"},
	{"two runs, other items", "newcombe", "joins two Wilson intervals, and is sound at 0", "Newcombe 1998"},
	{"a ratio of two rates", "koopman", "has an interval where a count is 0", "Koopman 1984"},
	{"several planned contrasts", "holm", "bounds the chance of any false claim, without assumptions", "Holm 1979"},
	{"a screen of many cells", "benjamini-hochberg", "bounds the share of false claims among those made", "Benjamini & Hochberg 1995"},
	{"strata in unequal mixes", "mantel-haenszel", "compares like with like, so that the mix cannot pass for an effect", "Mantel & Haenszel 1959; Sato et al. 1989"},
	{"several evals or models", "random-effects", "their true effects differ; t with the HKSJ error holds for few", "DerSimonian & Laird 1986; Hartung & Knapp 2001"},
	{"no effect is the claim", "two one-sided tests", "an interval within a margin chosen before shows sameness; a large p does not", "Schuirmann 1987"},
	{"medians, areas and other curved statistics", "bca", "corrects for bias and skew; 30 items or 8 seeds at least", "Efron 1987"},
	{"two graders of the same items", "cohens-kappa", "agreement beyond what their margins alone would give", "Cohen 1960; Fleiss et al. 1969"},
}
