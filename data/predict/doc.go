// Package predict lays what motivation models predict beside what runs
// showed. A prediction is worth reading only beside its rivals, so every
// score here stands with those of simple ones: that the last rate stays, and
// that a run does as its condition or the study does on average. The steps
// are
//
//	observe   k of n, and rewards, of each run, evaluation and checkpoint   observe.go, rewards.go
//	hold out  odd seeds are scored, even ones fitted                        holdout.go
//	read      which context of the model an evaluation of the study is      reading.go, circumstance.go
//	compute   shares and rates along training, perhaps fitted               compute.go, rates.go
//	identify  which patterns the data cannot tell apart, and what would     identify.go
//	forecast  the end of runs from their first steps                        forecast.go
//	score     log score, Brier, error, skill, lead, calibration, surprise   score.go, calibrate.go, surprise.go
//	register  locked predictions, scored on data that came after the lock   registry.go, entry.go, book.go, outcomes.go, signed.go
//	contrast  the mechanisms of inoculation against the study's arms        arms.go, contrast.go, panel.go
//	show      all of it as frames                                           frames.go
//
// Observing reads the study once; everything after it is arithmetic on a few
// thousand numbers, so that a view can compute anew while a slider moves.
package predict
