// Package oversight answers questions about monitors: what they flag, and
// where the truth is known, what they catch and miss, over checkpoints and
// conditions. The steps are
//
//	question  which monitor, on which samples, by which truth
//	collect   the samples of each run, evaluation and step, as estimate.Index gives them
//	board     they are sorted once by score; a Board does not change
//	reading   a threshold is set: counts of each cell, found without sorting
//	frames    every panel is a frame of numbers with intervals, or the reason why not
//
// The flag rate is not the recall: it moves with the true rate, with recall
// and with false alarms, and all three are kept apart. A monitor's answer
// that is neither yes nor no is counted as unknown, a score that is not there
// is not 0, and samples without a truth say nothing of recall.
//
// # What an interval speaks of
//
// Numbers of a group are counts over all its samples, k of n. Where the group
// has several training runs, the interval is over runs, since a claim about a
// condition generalizes over seeds; where it has one, over items if they
// recur, else Wilson's over samples, and the method says "this run only".
package oversight
