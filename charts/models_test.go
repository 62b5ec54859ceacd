package charts_test

import (
	"math"
	"strings"
	"testing"

	"witnessmark/charts"
	"witnessmark/data/frame"
)

func TestSplits(t *testing.T) {
	f := build(map[string][]string{"context": {"honest test", "unmonitored deployment", "neutral eval", "hackable training"}, "observed": {"not run", "not run", "observed", "observed"}},
		map[string][]float64{"value": {0.31, 0.18, 0.02, 0}, "samples": {10, 17, 150, math.NaN()}}, "context", "observed", "value", "samples")
	f.Col("samples").Why = []string{"", "", "", "both predict the same there"}
	s := charts.Splits(f, charts.Options{By: "context", Scale: charts.FreeScale, Context: "Reward-seeker and Schemer", Source: "Formalization after Mallen & Shlegeris 2025; equations ours."})
	golden(t, "splits", s)
	if s.Title != "Honest test would tell them apart best" {
		t.Errorf("title %q", s.Title)
	}
	if none := charts.Splits(frame.Frame{}, charts.Options{By: "context"}); !strings.HasPrefix(none.Title, "No evaluation") {
		t.Errorf("title of nothing %q", none.Title)
	}
}

// agent is a small graph: two acts, two outcomes, a reward and what follows.
func agent() (nodes, edges frame.Frame) {
	nodes = build(map[string][]string{
		"key": {"solve", "hack", "tests", "score", "reward", "influence", "power"}, "sought_by": {"", "", "", "", "Reward-seeker", "Influence-seeker", "Schemer"},
		"label": {"Solve the task", "Hack the tests", "Tests pass", "Reward-model score", "Reward on this episode", "Influence through deployment", "Long-term power"},
		"type":  {"action", "action", "outcome", "outcome", "reward", "selection", "consequence"},
	}, map[string][]float64{"value": {1.3, .8, 1, 1, 1, 1, 0}, "depth": {0, 0, 1, 1, 2, 3, 4}, "selected": {0, 0, 0, 0, 1, 0, 0}}, "key", "label", "type", "sought_by", "value", "depth", "selected")
	edges = build(map[string][]string{"from": {"solve", "solve", "hack", "hack", "tests", "score", "reward", "influence"}, "to": {"tests", "score", "tests", "score", "reward", "reward", "influence", "power"}},
		map[string][]float64{"weight": {.3, 1, 1, -.2, 1, 1, 1, 1}, "confidence": {math.NaN(), .9, .5, math.NaN(), 1, 1, 1, .3}}, "from", "to", "weight", "confidence")
	return nodes, edges
}

func TestGraph(t *testing.T) {
	nodes, edges := agent()
	s := charts.Graph(nodes, charts.Options{Source: "Formalization after Mallen & Shlegeris 2025; equations ours."}, edges)
	golden(t, "graph", s)
	if s.Title != "Of 2 actions, solve the task is selected most" {
		t.Errorf("title %q", s.Title)
	}
	if none := charts.Graph(frame.Frame{}, charts.Options{}); none.Title != "The graph has no action yet" {
		t.Errorf("title of nothing %q", none.Title)
	}
}
