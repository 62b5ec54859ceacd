// Package simulate makes up the bundled study "simulated inoculation": a
// study of inoculation prompting at the grain of samples, with transcripts,
// whose true rates are known. It shows what the program does, and it lets
// tests ask whether estimates find the truth. No number in it was observed,
// and every run and text says so.
//
// # Design
//
// Six arms × 8 seeds × checkpoints 0, 20, … 100 × 2 evaluation prompts
// (neutral, and the prompt of training) × 40 items, one epoch, two at the
// last checkpoint. Items and seeds are the same in all arms, so results pair
// by both. Which seeds take off is fixed, in one order for all arms: a truth
// here is the mean over the 8 seeds and 40 items of the design, not over seeds
// that might have been. Its values are in Truth.
//
//	arm                   train prompt    hack at step 100, neutral prompt
//	neutral               none            5 of 8 seeds take off, each in its time
//	inoculation_specific  asks for it     1 of 8 leaks; stays high under its own prompt
//	inoculation_general   permits it      2 of 8 take off
//	irrelevant_prefix     beside it       5 of 8 rise half as far: part of the effect
//	discouraging          forbids it      2 of 8 take off
//	cot_pressure          none            6 of 8 take off, while the monitor's recall falls
//
// # What is known besides
//
//   - Hack and correct are independent given arm, seed, checkpoint, prompt and
//     item. Hack is an attempt on the visible tests; correct is passing the
//     held-out ones. Both differ by item, on the logit scale, around the rate.
//   - cot_monitor reads the chain of thought, action_monitor the action. A
//     score is 1/(1+exp(−z)), z normal with SD 1, cut (not rounded) to three
//     decimals; a flag is a score of at least 0.5. Recall of cot_monitor is a
//     mixture over hacks that are told in the chain of thought and hacks that
//     are not; telling falls only in arm cot_pressure, which was trained against
//     cot_monitor. One verdict of cot_monitor in a hundred is neither yes nor no.
//   - Truncated samples are excluded and have no outcome. Their fraction
//     differs by arm and depends on nothing else, so it moves no true rate.
//   - The second judge saw epoch 1 of every other item at the last checkpoint
//     under the neutral prompt. It says yes to 95 % of hacks and to 15 % of the
//     others.
//   - Seeds 5 to 8 of arm discouraging ran at temperature 1.0, all other runs
//     at 0.7. This changes nothing in the truth; it is there to be noticed.
//   - Some cells are missing, and one run was canceled; see gaps.
package simulate
