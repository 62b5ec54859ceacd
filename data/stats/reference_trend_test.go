package stats_test

var trendBindings = map[string]binding{}
