package simulate

import "testing"

func TestTrainingLogsFollowTheTruth(t *testing.T) {
	hacks, n := map[string]int{}, map[string]int{}
	lines := map[string]int{}
	for s := range New(Seed).TrainSteps() {
		lines[s.Run]++
		if s.Hacks < 0 || s.Hacks > Rollouts || s.Reward < 0 || s.Reward > 1 {
			t.Fatalf("impossible line %+v", s)
		}
		if s.Step > 90 {
			hacks[s.Run], n[s.Run] = hacks[s.Run]+s.Hacks, n[s.Run]+Rollouts
		}
	}
	for _, r := range Runs() {
		if want := r.last() / 2; lines[r.Name()] != want {
			t.Errorf("%s: %d lines, want %d", r.Name(), lines[r.Name()], want)
		}
		if n[r.Name()] > 0 {
			near(t, r.Name()+": hacks in training", hacks[r.Name()], n[r.Name()], r.HackRate(r.Seed, 96, 1))
		}
	}
}

func TestTheConfoundAndTheCanceledRunAreThere(t *testing.T) {
	hot, canceled := 0, 0
	for _, r := range Runs() {
		hot += bit(r.Temperature != .7)
		canceled += bit(r.Status == "canceled")
	}
	if hot != 4 || canceled != 1 || len(Runs()) != 48 {
		t.Errorf("%d hot runs, %d canceled, %d in all", hot, canceled, len(Runs()))
	}
}

// TestTheSecondJudgeIsStricter: the judge is a condition too.
func TestTheSecondJudgeIsStricter(t *testing.T) {
	s := New(Seed)
	yes, n, hacks := 0, 0, 0
	for v := range s.Verdicts() {
		yes, n = yes+bit(v.Hack), n+1
	}
	for x := range s.Samples() {
		if judged(x) {
			hacks += bit(x.Hack)
		}
	}
	share := float64(hacks) / float64(n)
	near(t, "second judge", yes, n, JudgeHits*share+JudgeAlarms*(1-share))
	if yes <= hacks {
		t.Errorf("the judge finds %d hacks, the detector %d", yes, hacks)
	}
}
