package predict

import (
	"context"
	"slices"
	"strings"

	"witnessmark/data"
	"witnessmark/data/estimate"
	"witnessmark/data/frame"
	"witnessmark/data/query"
)

// Rewards name the measures from which the reward gap is known: mean reward
// given the act, less mean reward without it.
type Rewards struct {
	Act  string // counts attempts that show the act and are rewarded
	Rest string // counts attempts that do not and are rewarded
	Mean string // mean reward of all attempts, or the reward of each sample
}

// GuessRewards finds the measures of reward by their names, such as
// rewarded_hack and rewarded_solve beside hack.
func GuessRewards(all []estimate.Measure, behavior string) Rewards {
	var r Rewards
	for _, m := range all {
		own := words(m.Name)
		switch {
		case m.Name == behavior || m.Monitor != "":
		case slices.Contains(own, "rewarded") && sharesWord(own, words(behavior)):
			r.Act = first(r.Act, m.Name)
		case slices.Contains(own, "rewarded"):
			r.Rest = first(r.Rest, m.Name)
		case slices.Contains(own, "reward") && (len(own) == 1 || slices.Contains(own, "mean") || slices.Contains(own, "total")):
			r.Mean = first(r.Mean, m.Name)
		}
	}
	switch {
	case r.Act != "" && r.Rest != "":
		r.Mean = ""
	case r.Act != "" && r.Mean != "":
	case r.Mean != "" && slices.ContainsFunc(all, func(m estimate.Measure) bool { return m.Name == r.Mean && m.Samples > 0 }):
		r.Act, r.Rest = "", ""
	default:
		r = Rewards{}
	}
	return r
}

func first(a, b string) string {
	if a != "" {
		return a
	}
	return b
}

// words splits a name at everything that is no letter or digit, in lower case.
func words(name string) []string {
	return strings.FieldsFunc(strings.ToLower(name), func(r rune) bool {
		return !(r >= 'a' && r <= 'z' || r >= '0' && r <= '9' || r > 127)
	})
}

func sharesWord(a, b []string) bool {
	return slices.ContainsFunc(a, func(w string) bool { return slices.Contains(b, w) })
}

// hasWord tells whether a name has one of the words, or a word that begins
// with one of them.
func hasWord(name string, any ...string) bool {
	return slices.ContainsFunc(words(name), func(w string) bool {
		return slices.ContainsFunc(any, func(a string) bool { return strings.HasPrefix(w, a) })
	})
}

// takeReward adds a reward measure of the step that was taken last.
func (o *Observed) takeReward(f frame.Frame, row int, at Series) {
	if len(o.Series) == 0 {
		return
	}
	s := &o.Series[len(o.Series)-1]
	i := len(s.Seen) - 1
	if !s.same(at) || i < 0 || stepOf(f.Text(data.Step, row)) != s.Steps[i] && s.Steps[i] == s.Steps[i] {
		return
	}
	v, _, ok := f.Num(frame.Value, row)
	if !ok {
		return
	}
	total := v * s.Seen[i].Trials
	if k, _, ok := f.Num(frame.K, row); ok {
		total = k
	}
	switch f.Text(frame.Measure, row) {
	case o.Rewards.Act:
		s.Seen[i].RewardedActs = total
	case o.Rewards.Rest:
		s.Seen[i].RewardedRest = total
	case o.Rewards.Mean:
		s.Seen[i].RewardedRest = total - s.Seen[i].RewardedActs // rows come in the order of measures
	default:
		return
	}
	s.Rewarded = true
}

// takeRewards asks for the rewards of samples with and without the act,
// where rewards are recorded sample by sample.
func (o *Observed) takeRewards(ctx context.Context, x *estimate.Index) error {
	if o.Rewards.Mean == "" || o.Rewards.Act != "" {
		return nil
	}
	for _, act := range []string{"1", "0"} {
		f, err := x.Ask(ctx, query.Query{Where: o.Where.Narrow(o.Behavior, act), By: o.fields(), Measures: []string{o.Rewards.Mean}})
		if err != nil {
			return err
		}
		o.addRewards(f, act == "1")
	}
	return nil
}

func (o *Observed) addRewards(f frame.Frame, acts bool) {
	at := 0
	for row := range f.Len() {
		v, _, okV := f.Num(frame.Value, row)
		n, _, okN := f.Num(frame.N, row)
		for at < len(o.Series) && !o.Series[at].same(o.series(f, row)) {
			at++
		}
		if at == len(o.Series) {
			at = 0
			continue
		}
		s := &o.Series[at]
		i, ok := slices.BinarySearch(s.Steps, stepOf(f.Text(data.Step, row)))
		if !okV || !okN || !ok && !(len(s.Steps) == 1 && s.Steps[0] != s.Steps[0]) {
			continue
		}
		if !ok {
			i = 0
		}
		if acts {
			s.Seen[i].RewardedActs = v * n
		} else {
			s.Seen[i].RewardedRest = v * n
		}
	}
}
