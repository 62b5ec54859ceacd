// Package stats turns counts and scores of experiment runs into estimates
// that can be judged: a number, its interval, what was counted and how, or
// the reason why there is none.
//
// Everything here is a pure function over plain numbers. The package knows
// neither files nor charts, keeps no state, and its random draws come from a
// generator whose seed is an argument or a constant, so that the same data
// give the same digits on every machine.
//
// # What is counted
//
// Data come as condition → seed (training run) → item (prompt, problem) →
// epoch (repeated sample). A claim about a condition generalizes over seeds,
// and a claim about one checkpoint over items; single samples are independent
// only where each is another item. Every [Estimate] carries its [Unit], and
// [Defaults] says which method is used for which data and why. [Methods]
// lists the intervals that can be asked for by name, and [Lookup] finds one
// that fits the data at hand. A [Guard] is the verdict on one way to be
// misled.
//
// # No answer is an answer
//
// Where data do not give a number, functions return a [*NotEstimable] that
// says why: no samples, one seed, one class, a count of zero under a ratio.
// Larger results hold a [Quantity] for each such number. Nothing here returns
// NaN, or 0 for want of data. Impossible arguments (5 of 3, a level of 95)
// are ordinary errors.
//
// Differences say in their comments which side is taken from which. Counts
// follow the literature and give the first less the second; comparisons of
// seeds and items give b − a, the new condition less the baseline.
//
// # Why t over seeds
//
// How often nominal 95 % intervals of a condition contain its true rate, with
// 200 items a seed, in 4,000 simulated experiments each (BenchmarkCoverage):
//
//	true rate  SD of seeds  seeds  pooled Wilson  bootstrap of seeds  mean ± SE  mean ± 1.96 SE  t over seeds
//	0.30       0.10          3     0.451          0.754               0.580      0.809           0.942
//	0.30       0.03          3     0.863          0.764               0.580      0.807           0.947
//	0.05       0.04          3     0.519          0.741               0.559      0.766           0.913
//	0.30       0.10          5     0.459          0.847               0.635      0.883           0.951
//	0.05       0.04          5     0.517          0.799               0.601      0.829           0.899
//	0.30       0.10         10     0.462          0.903               0.664      0.921           0.951
//	0.05       0.04         10     0.511          0.874               0.632      0.882           0.914
//
// and intervals of one checkpoint with five epochs an item
// (BenchmarkClusterCoverage):
//
//	true rate  ICC  items  Wilson of all samples  CR2 t  CR2 t, Wilson at the ends
//	0.30       0.5   10    0.756                  0.927  0.942
//	0.30       0.5   50    0.740                  0.947  0.947
//	0.30       0.5  200    0.741                  0.953  0.953
//	0.03       0.3   50    0.800                  0.844  0.935
//	0.03       0.3  200    0.811                  0.931  0.931
//
// # Rates
//
//	Wilson, WilsonCorrected       Wilson 1927; Newcombe 1998 (Stat Med 17:857)
//	ClopperPearson, MidP          Clopper & Pearson 1934; Lancaster 1961
//	Jeffreys, JeffreysClosed      Brown, Cai & DasGupta 2001
//	AgrestiCoull, Wald            Agresti & Coull 1998
//	NoneOf                        Hanley & Lippman-Hand 1983
//	Anytime, LogEvidence          Robbins 1970; Howard et al. 2021
//	WorstCase                     Manski 1989
//
// # Two rates
//
//	Newcombe, NewcombeCorrected   Newcombe 1998 (Stat Med 17:873)
//	MiettinenNurminen, Mee        Miettinen & Nurminen 1985; Mee 1984
//	AgrestiCaffo, WaldDifference  Agresti & Caffo 2000
//	Koopman, MiettinenNurminenRatio  Koopman 1984
//	Katz, Walter                  Katz et al. 1978; Walter 1975
//	Woolf, Haldane                Woolf 1955; Haldane 1956
//	EffectSizes                   Cohen 1988
//	TestTwoRates                  Pearson 1900; Yates 1934; Fisher 1935
//	Barnard, Boschloo             Barnard 1947; Boschloo 1970
//	EquivalentRates               Farrington & Manning 1990
//	Stratify, Standardized        Mantel & Haenszel 1959; Robins et al. 1986; Sato et al. 1989
//
// # The same items under two conditions
//
//	McNemar                       McNemar 1947; Fagerland et al. 2013
//	Tango, BonettPrice            Tango 1998; Bonett & Price 2012
//	NewcombePaired, WaldPaired    Newcombe 1998 (Stat Med 17:2635)
//	PairedItems, CompareQuestions Miller 2024
//	CohensKappa                   Cohen 1960; Fleiss, Cohen & Everitt 1969
//
// # Items, epochs and clusters
//
//	ClusterMean, Clusters         Bell & McCaffrey 2002; Pustejovsky & Tipton 2018; Miller 2024
//	ClusterRate                   Korn & Graubard 1998; Dean & Pagano 2015
//	SplitEpochs, MillerPlan       Miller 2024
//	EffectiveN                    Kish 1965
//
// # Seeds
//
//	SeedMean, PairedSeeds         Student 1908
//	Welch, WelchT                 Welch 1947; Satterthwaite 1946
//	SignFlip, Permutation         Fisher 1935; Pitman 1937; Phipson & Smyth 2010
//	MannWhitney                   Mann & Whitney 1947
//	SeedVariance, CrossSeeds      Searle, Casella & McCulloch 1992
//	EquivalentSeeds, EquivalentItems  Schuirmann 1987
//	LeaveOneOut                   one seed left out in turn
//
// # Resampling
//
//	Replicates, BootstrapMean     Efron 1987
//	Hierarchical                  Davison & Hinkley 1997; Saravanan et al. 2020
//	Quantile                      Hyndman & Fan 1996, type 7
//
// # Families and pooling
//
//	Holm, HolmSidak, Hochberg     Holm 1979; Šidák 1967; Hochberg 1988
//	BenjaminiHochberg, BenjaminiYekutieli  Benjamini & Hochberg 1995; Benjamini & Yekutieli 2001
//	Simultaneous                  Šidák 1967; Working & Hotelling 1929
//	Pool, RandomEffects           DerSimonian & Laird 1986; Hartung & Knapp 2001
//
// # Planning
//
//	PlanRates, RatesPower         Fleiss, Levin & Paik 2003; Cohen 1988
//	SeedPower, DetectableBySeeds  Cohen 1988, noncentral t
//
// # Trends over checkpoints
//
// Values of NaN in a series over steps mean that there is none at that step,
// as scores of NaN mean a sample without a score. Smoothing gives such gaps
// back; nothing else returns NaN.
//
//	CochranArmitage               Cochran 1954; Armitage 1955
//	LogisticTrend                 McCullagh & Nelder 1989; Albert & Anderson 1984
//	Slope, then SeedMean          least squares, for several seeds the default
//	Isotonic                      Barlow, Bartholomew, Bremner & Brunk 1972
//	MannKendall                   Mann 1945; Sen 1968
//	FindChangePoint               Hinkley & Hinkley 1970
//	FindShift                     Hawkins 1977, by permutation
//	CrossCorrelate, FisherMean    Box & Jenkins 1976; Fisher 1921
//	Jonckheere                    Jonckheere 1954; Hollander & Wolfe 1999
//	EMA, EMAOverSteps             weighted mean of all values so far
//	AreaOverSteps                 trapezoids
//	SupT                          Montiel Olea & Plagborg-Møller 2019
//
// # Onset
//
//	OnsetRule, SummarizeOnsets    first step whose trailing mean is over a threshold
//	KaplanMeier                   Kaplan & Meier 1958; Kalbfleisch & Prentice 1980
//	LogRank                       Mantel 1966
//
// # Monitors
//
// [Rank] sorts scores once; what a [Ranked] then tells at a threshold takes
// time log n. A sample is flagged where its score is at least the threshold.
//
//	Confusion.Recall, FPR, …      Wilson 1927
//	Confusion.GMean2              Guan et al. 2025; Zou & Donner 2008
//	GMean2Difference              paired bootstrap over items
//	Ranked.AUROC, PairAUROC       DeLong, DeLong & Clarke-Pearson 1988; Sun & Xu 2014
//	ClusteredAUROC                Obuchowski 1997
//	Ranked.AveragePrecision       Davis & Goadrich 2006
//	Ranked.TPRAtFPR, PartialAUC   vertices without interpolation; McClish 1989
//	Ranked.BestYouden, BestF1, LeastCost  Youden 1950
//	FitLogitROC                   a line in logits, for budgets too small to be measured
//	UnionWithin, EscalateWithin   two monitors within one budget
//	FlagPatterns, CaughtByOther   what one line of defense adds to another
//	RoganGladen                   Rogan & Gladen 1978; Lang & Reiczigel 2014
//	LabeledSubsample              Horvitz & Thompson 1952; Begg & Greenes 1983
//	DecomposeFlagRate             Kitagawa 1955
//	FindHiddenRise                Berger 1982
//	Intervention                  Guan et al. 2025
//	KolmogorovSmirnov, PopulationStability, PChart, CUSUM  Smirnov 1939; Page 1954
//
// # Predictions
//
//	Brier, LogLoss, Skill         Brier 1950; Murphy 1973; Good 1952
//	Calibrate, ConsistencyOf      Naeini et al. 2015; Bröcker & Smith 2007
//	Recalibrate                   Cox 1958; Spiegelhalter 1986
//	ScoreRates, NoiseFloor        McCullagh & Nelder 1989; Diaconis & Zabell 1991
//	KendallTauB, Spearman         Kendall 1945; Spearman 1904
//	CRPSNormal, CRPSBeta, CRPSEnsemble, CRPSFair  Gneiting & Raftery 2007; Ferro 2014
//	WeighModels                   Kass & Raftery 1995, tempered by a design effect
//	LogEvidenceAgainst, LogEvidenceApart  Jeffreys 1961
//	Stack                         Yao et al. 2018; Böhning 1985
//	InformationWeights            Burnham & Anderson 2002
//	CompareLosses                 paired t, sign flips and bootstrap of losses
package stats
