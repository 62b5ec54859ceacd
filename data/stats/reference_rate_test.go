package stats_test

var rateBindings = map[string]binding{}
