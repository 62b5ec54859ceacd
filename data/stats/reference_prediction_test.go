package stats_test

var predictionBindings = map[string]binding{}
