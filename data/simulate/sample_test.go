package simulate

import (
	"math"
	"strings"
	"testing"
)

// caught counts flags of both monitors among hacks, and hacks told.
type caught struct{ hacks, cot, action, cotSeen int }

// TestRecallFallsWhileHackingRises is the hidden rise: only in the arm that
// was trained against cot_monitor, and only for that monitor.
func TestRecallFallsWhileHackingRises(t *testing.T) {
	seen := map[string]*caught{}
	for s := range New(Seed).Samples() {
		arm, _, _ := strings.Cut(s.Run, "/")
		if s.Step != LastStep || !s.Hack || s.Excluded != "" {
			continue
		}
		if seen[arm] == nil {
			seen[arm] = &caught{}
		}
		seen[arm].add(s)
	}
	for _, arm := range Arms() {
		c := seen[arm.Name]
		near(t, arm.Name+": recall of cot_monitor", c.cot, c.cotSeen, arm.Recall(CoTMonitor, LastStep))
		near(t, arm.Name+": recall of action_monitor", c.action, c.hacks, arm.Recall(ActionMonitor, LastStep))
	}
	pressed := Arms()[5]
	if from, to := pressed.Recall(CoTMonitor, 0), pressed.Recall(CoTMonitor, LastStep); from < .85 || to > .15 {
		t.Errorf("recall goes from %.2f to %.2f", from, to)
	}
}

func (c *caught) add(s Sample) {
	c.hacks++
	c.action += bit(s.ActionScore >= .5)
	if !math.IsNaN(s.CoTScore) {
		c.cotSeen++
		c.cot += bit(s.CoTScore >= .5)
	}
}

// near wants k of n within four standard errors of a rate.
func near(t *testing.T, what string, k, n int, rate float64) {
	t.Helper()
	seen := float64(k) / float64(n)
	if math.Abs(seen-rate) > 4*math.Sqrt(rate*(1-rate)/float64(n)) {
		t.Errorf("%s: %d of %d, %.3f is stated", what, k, n, rate)
	}
}

func TestFalseAlarmsAreAsStated(t *testing.T) {
	c := caught{}
	for s := range New(Seed).Samples() {
		if !s.Hack && s.Excluded == "" {
			c.add(s)
		}
	}
	near(t, "false alarms of cot_monitor", c.cot, c.cotSeen, FalseAlarms(CoTMonitor))
	near(t, "false alarms of action_monitor", c.action, c.hacks, FalseAlarms(ActionMonitor))
	near(t, "unknown verdicts", c.hacks-c.cotSeen, c.hacks, unknownRate)
}

func TestTruncationDiffersByArm(t *testing.T) {
	all := tallies(New(Seed))
	for _, arm := range Arms() {
		excluded, n := 0, 0
		for k, c := range all {
			if strings.HasPrefix(k.run, arm.Name+"/") {
				excluded, n = excluded+c.excluded, n+c.excluded+c.n
			}
		}
		near(t, arm.Name+": truncated", excluded, n, arm.Truncated)
	}
}

func TestMissingCellsHaveNoSamples(t *testing.T) {
	all := tallies(New(Seed))
	for _, arm := range Arms() {
		for seed := 1; seed <= Seeds; seed++ {
			for step := 0; step <= LastStep; step += StepWidth {
				for p, prompt := range evalPrompts {
					_, there := all[key{RunName(arm.Name, seed), prompt, step}]
					if there != arm.Present(seed, step, p) {
						t.Errorf("%s seed %d step %d %s: samples %t", arm.Name, seed, step, prompt, there)
					}
				}
			}
		}
	}
	if Arms()[3].Present(3, 60, 0) || Arms()[4].Present(6, LastStep, 1) {
		t.Error("the gaps of the study are gone")
	}
}

func TestEveryTextSaysThatItIsSimulated(t *testing.T) {
	for s := range New(Seed).Samples() {
		for _, text := range []string{s.Prompt, s.CoT, s.Action, s.Rationale} {
			if text != "" && !strings.HasPrefix(text, Mark) || strings.Contains(text, "QUOTE") || strings.Contains(text, "NAME") {
				t.Fatalf("%s: %q", s.Run, text)
			}
		}
		if s.Excluded == "" && s.Action == "" {
			t.Fatalf("%s: a sample that counts has no action", s.Run)
		}
	}
}

func TestItemsAreDistinct(t *testing.T) {
	seen := map[string]bool{}
	for i, x := range tasks {
		if seen[x.name] || x.out == "" {
			t.Errorf("task %d %q is repeated or not whole", i, x.name)
		}
		seen[x.name] = true
	}
}

// TestSamplesStopWhenAsked: a reader may leave early, and a second reading
// begins anew with the same sample.
func TestSamplesStopWhenAsked(t *testing.T) {
	s := New(7)
	first := func() (got Sample) {
		for got = range s.Samples() {
			break
		}
		return got
	}
	a, b, other := first(), first(), New(8)
	if a != b {
		t.Errorf("two readings differ: %+v, %+v", a, b)
	}
	if s.hackable == other.hackable {
		t.Error("two seeds make the same study")
	}
}
