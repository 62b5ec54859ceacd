package figure

import (
	"cmp"
	"maps"
	"slices"

	"witnessmark/data"
	"witnessmark/data/column"
	"witnessmark/data/query"
	"witnessmark/views/desk"
)

// Switches of a State that say whose scores are drawn over checkpoints. Where
// several judges scored a measure, their curves are never mixed: at a step
// that only one of them scored, nothing else would tell whose value it is.
const (
	JudgeOption       = "checkpoints.judge"        // grader; the one with the most steps until it is set
	SecondJudgeOption = "checkpoints.second-judge" // of the second measure
)

// Judges lists, of each measure that several graders scored, the graders, those
// who scored the most runs and steps first.
func Judges(set *column.Set) map[string][]string {
	cells := map[string]map[string]int{} // by measure and grader
	for _, t := range set.Tables {
		for _, c := range t.Cells {
			grader := cmp.Or(set.Contexts[c.Context].Fields[data.Grader], set.Runs[c.Run].Fields[data.Grader])
			for _, column := range t.Columns {
				if cells[column.Name] == nil {
					cells[column.Name] = map[string]int{}
				}
				cells[column.Name][grader]++
			}
		}
	}
	out := map[string][]string{}
	for measure, of := range cells {
		if _, unnamed := of[""]; len(of) > 1 && !unnamed {
			out[measure] = slices.SortedFunc(maps.Keys(of), func(a, b string) int { return cmp.Or(of[b]-of[a], cmp.Compare(a, b)) })
		}
	}
	return out
}

// OneJudge chooses whose curves are drawn, where several judges scored the
// measure and neither the state nor its filter says.
func OneJudge(s desk.State, judges map[string][]string) desk.State {
	if slices.Contains(s.Where.Fields(), data.Grader) || By(s) == data.Grader {
		return s.With(JudgeOption, "").With(SecondJudgeOption, "")
	}
	return oneOf(oneOf(s, JudgeOption, judges[s.Measure]), SecondJudgeOption, judges[s.Option(SecondMeasureOption, "")])
}

func oneOf(s desk.State, option string, judges []string) desk.State {
	switch {
	case len(judges) == 0:
		return s.With(option, "")
	case slices.Contains(judges, s.Option(option, "")):
		return s
	}
	return s.With(option, judges[0])
}

// Judged is the filter of curves over checkpoints: the state's, of one judge.
func Judged(s desk.State) query.Filter {
	if judge := s.Option(JudgeOption, ""); judge != "" && !slices.Contains(s.Where.Fields(), data.Grader) {
		return s.Where.Narrow(data.Grader, judge)
	}
	return s.Where
}

// byJudge adds the judge to what a chart is about.
func byJudge(context string, s desk.State) string {
	judge := s.Option(JudgeOption, "")
	if judge == "" {
		return context
	}
	return joinWords(context, "by "+Spoken(judge))
}
