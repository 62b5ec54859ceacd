package stats_test

var seedBindings = map[string]binding{}
