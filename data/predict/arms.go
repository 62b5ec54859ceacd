package predict

import (
	"context"
	"slices"
	"strings"

	"witnessmark/data"
	"witnessmark/data/estimate"
	"witnessmark/data/query"
)

// A Slot is a part that the contrasts of mechanisms need of a study: a
// condition, an evaluation prompt or a measure.
type Slot string

// The slots.
const (
	NoPrompt    Slot = "none"        // condition without a prompt, or the neutral one
	Inoculation Slot = "inoculation" // condition whose fixed prompt asks for the act
	General     Slot = "general"     // condition whose prompt licenses anything, and elicits little
	Irrelevant  Slot = "irrelevant"  // condition with a fixed prompt that has nothing to do with the act
	Pool        Slot = "pool"        // condition trained on rephrased prompts of the inoculation
	Over        Slot = "over"        // condition whose prompt elicits more than the data show

	NeutralEval    Slot = "neutral eval" // evaluation prompts
	TrainEval      Slot = "train eval"
	ParaphraseEval Slot = "paraphrase eval"
	ForbidEval     Slot = "forbidding eval"

	Undesired    Slot = "undesired" // measures
	Desired      Slot = "desired"
	Misalignment Slot = "misalignment"
	Following    Slot = "following"
)

// Absent in place of a value says that a slot was not run, whatever is
// guessed.
const Absent = "not run"

// A Place is a slot as it is offered to be filled.
type Place struct {
	Slot        Slot
	Title, Help string
	Field       string // of whose values it is one; "" for a measure
}

// Places lists the slots in the order in which they are offered.
var Places = []Place{
	{NoPrompt, "No prompt", "trained without a prompt, or under the neutral one", data.Condition},
	{Inoculation, "Inoculation", "trained under a fixed prompt that asks for the act", data.Condition},
	{General, "General license", "trained under a prompt that licenses anything", data.Condition},
	{Irrelevant, "Irrelevant prefix", "trained under a fixed prompt that has nothing to do with the act", data.Condition},
	{Pool, "Rephrased pool", "trained under many rephrasings of the inoculation", data.Condition},
	{Over, "Over-eliciting prompt", "trained under a prompt that elicits more than the data show", data.Condition},
	{NeutralEval, "Neutral eval", "evaluation prompt without a word on the act", data.EvalPrompt},
	{TrainEval, "Train prompt eval", "evaluation under the prompt of training", data.EvalPrompt},
	{ParaphraseEval, "Paraphrase eval", "evaluation prompt that says the inoculation in other words", data.EvalPrompt},
	{ForbidEval, "Forbidding eval", "evaluation prompt that forbids the act", data.EvalPrompt},
	{Undesired, "Undesired act", "measure of the act that the data teach and should not", ""},
	{Desired, "Desired act", "measure of what the data should teach", ""},
	{Misalignment, "Broad misalignment", "measure of misalignment elsewhere", ""},
	{Following, "Instruction following", "measure of following instructions elsewhere", ""},
}

// Arms fill slots with the study's own values. A slot that is not in it was
// not run.
type Arms map[Slot]string

// GuessArms fills the slots by families, fields and names. Measures name the
// undesired and then the desired act; what they leave open is guessed: the
// inoculating prompt names the act.
func GuessArms(ctx context.Context, x *estimate.Index, where query.Filter, measures ...string) (Arms, error) {
	f, err := x.Ask(ctx, query.Query{Where: where, By: []string{data.Condition, data.Family, data.TrainPrompt}})
	if err != nil {
		return nil, err
	}
	out := Arms{}
	out.conditions(armsOf(f, data.Condition))
	g, err := x.Ask(ctx, query.Query{Where: where, By: []string{data.Eval, data.EvalPrompt}})
	if err != nil {
		return nil, err
	}
	named, prompts := false, []string{}
	for row := range g.Len() {
		prompts = append(prompts, g.Text(data.EvalPrompt, row))
		named = named || g.Text(data.Eval, row) != ""
	}
	out.prompts(prompts, named)
	prompt := ""
	for row := range f.Len() {
		if f.Text(data.Condition, row) == out[Inoculation] {
			prompt = f.Text(data.TrainPrompt, row)
		}
	}
	out.measures(x.Measures(), measures, prompt)
	return out, nil
}

// fill takes the first arm that fits, unless the slot is filled.
func (a Arms) fill(slot Slot, arms []ArmFacts, fits func(ArmFacts) bool) {
	if _, ok := a[slot]; ok {
		return
	}
	if i := slices.IndexFunc(arms, fits); i >= 0 {
		a[slot] = arms[i].Name
	}
}

func (a Arms) conditions(arms []ArmFacts) {
	baseline := func(f ArmFacts) bool { return f.Family == "baseline" && !f.Rephrased }
	a.fill(NoPrompt, arms, func(f ArmFacts) bool { return baseline(f) && f.TrainPrompt == "" })
	a.fill(NoPrompt, arms, baseline)
	specific := func(f ArmFacts) bool { return f.Family == "inoculation_specific" && !f.Rephrased }
	a.fill(Inoculation, arms, func(f ArmFacts) bool { return specific(f) && !hasWord(f.Name, "weak") })
	a.fill(Inoculation, arms, specific)
	a.fill(General, arms, func(f ArmFacts) bool { return f.Family == "inoculation_general" && !f.Rephrased })
	a.fill(Irrelevant, arms, func(f ArmFacts) bool { return f.Family == "irrelevant" })
	pooled := func(f ArmFacts) bool { return f.Rephrased }
	a.fill(Pool, arms, func(f ArmFacts) bool { return pooled(f) && sharesWord(words(f.Name), words(a[Inoculation])) })
	a.fill(Pool, arms, pooled)
	a.fill(Over, arms, func(f ArmFacts) bool { return hasWord(f.Name, "over") })
}

// prompts fills the slots of evaluation prompts. Numbers of no named
// evaluation and no prompt come from training itself.
func (a Arms) prompts(all []string, named bool) {
	for _, p := range all {
		slot := NeutralEval
		switch {
		case p == "" && !named, hasWord(p, "train"):
			slot = TrainEval
		case hasWord(p, "paraphras", "rephras"):
			slot = ParaphraseEval
		case hasWord(p, "forbid", "discourag", "negative") || strings.Contains(strings.ToLower(p), "do not"):
			slot = ForbidEval
		case p != "" && !hasWord(p, "neutral", "default", "none", "baseline"):
			continue
		}
		if _, ok := a[slot]; !ok {
			a[slot] = p
		}
	}
}

// measures fills the slots of measures; the inoculating prompt may name one.
func (a Arms) measures(all []estimate.Measure, named []string, prompt string) {
	var acts []string // measures that may be an act: no monitors, no rewards, no lengths
	for _, m := range all {
		switch {
		case m.Monitor != "":
		case hasWord(m.Name, "misalign"):
			a[Misalignment] = m.Name
		case hasWord(m.Name, "instruction", "following"):
			a[Following] = m.Name
		case m.Rate || m.Lo == 0 && m.Hi == 100:
			acts = append(acts, m.Name)
		}
		if m.Monitor == "" && m.Rate && (m.Better > 0 || m.Better == 0 && hasWord(m.Name, "correct", "solve", "desired", "passed")) && !hasWord(m.Name, "rewarded") {
			a[Desired] = first(a[Desired], m.Name)
		}
	}
	for i, name := range named[:min(2, len(named))] {
		a[[]Slot{Undesired, Desired}[i]] = name
	}
	asked := slices.IndexFunc(acts, func(name string) bool { return sharesWord(words(name), words(prompt)) })
	if a[Undesired] == "" && asked >= 0 {
		a[Undesired] = acts[asked]
	}
	if a[Undesired] == "" && len(acts) > 0 {
		a[Undesired] = acts[0]
	}
	if rest := slices.DeleteFunc(acts, func(name string) bool { return name == a[Undesired] }); a[Desired] == "" && len(rest) == 1 {
		a[Desired] = rest[0]
	}
	for _, slot := range []Slot{Undesired, Desired} {
		if a[slot] == "" {
			delete(a, slot)
		}
	}
}
