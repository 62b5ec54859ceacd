package stats_test

var monitorBindings = map[string]binding{}
