package views

import (
	"slices"

	"fyne.io/fyne/v2"

	"witnessmark/data"
	"witnessmark/data/predict"
	"witnessmark/views/desk"
	"witnessmark/views/figure"
	"witnessmark/views/part"
	"witnessmark/views/theme"
)

// chooseArms asks which of the study's conditions, evaluation prompts and
// measures play the parts that the contrasts need.
func (v *mechanismPane) chooseArms() {
	chosen := map[predict.Slot]string{}
	rows := part.Stack(4)
	s := v.place.Desk.State()
	group := ""
	for _, place := range predict.Places {
		if title := armGroup(place); title != group {
			group = title
			rows.Add(part.Pad(6, 0, 2, 0, part.Label(title)))
		}
		rows.Add(v.armRow(place, s, chosen))
	}
	var shut func()
	done := part.NewPrimary("Compare these", "", func() {
		shut()
		v.place.Desk.Do(desk.Change{Name: "Arms of the contrasts", Apply: func(s desk.State) desk.State {
			for _, place := range predict.Places {
				if value, ok := chosen[place.Slot]; ok {
					s = s.With(figure.ArmsOption+string(place.Slot), value)
				}
			}
			return s
		}})
	})
	guess := part.NewButton("Guess again", "", func() {
		shut()
		v.place.Desk.Do(desk.Change{Name: "Guess the arms", Apply: func(s desk.State) desk.State { return withoutArms(s) }})
	})
	body := part.Border(part.Pad(10, 16, 4, 16, part.Prose("Parts are guessed from families, fields and names until you choose. What is not run stays out of the contrasts")), nil, nil, nil,
		part.Scroll(part.Pad(0, 16, 10, 16, rows)))
	shut = part.Modal(v.place.Bench.Canvas(), "Arms of the contrasts", fyne.NewSize(620, 660), body, guess, done)
}

func withoutArms(s desk.State) desk.State {
	out := s
	out.Options = nil
	for name, value := range s.Options {
		if !slices.ContainsFunc(predict.Places, func(p predict.Place) bool { return name == figure.ArmsOption+string(p.Slot) }) {
			out = out.With(name, value)
		}
	}
	return out
}

func armGroup(p predict.Place) string {
	switch p.Field {
	case data.Condition:
		return "Conditions"
	case data.EvalPrompt:
		return "Evaluation prompts"
	}
	return "Measures"
}

// armRow is the choice of one part; what is chosen is noted.
func (v *mechanismPane) armRow(place predict.Place, s desk.State, chosen map[predict.Slot]string) fyne.CanvasObject {
	options, labels := v.armOptions(place)
	value, run := v.panel.Arms[place.Slot]
	if !run {
		value = predict.Absent
	}
	pick := part.NewSelect(options, value, func(to string) { chosen[place.Slot] = to })
	pick.Labels, pick.Most, pick.Empty = labels, 0, valueLabel("")
	_, pick.Edited = s.Options[figure.ArmsOption+string(place.Slot)]
	name := part.WithTip(part.Say(place.Title), upper(place.Help))
	state := part.Small("guessed")
	if pick.Edited {
		state = part.Small("chosen")
	}
	if !run && !pick.Edited {
		state = part.Small("").In(theme.Muted)
	}
	return part.Border(nil, nil, part.Fixed(170, 26, name), part.Fixed(64, 26, part.Pad(0, 0, 0, 8, state)), pick)
}

func (v *mechanismPane) armOptions(place predict.Place) (options, labels []string) {
	facts := v.place.Facts()
	var values []string
	switch place.Field {
	case "":
		for _, m := range facts.Measures {
			if m.Monitor == "" {
				values = append(values, m.Name)
			}
		}
	default:
		if f, ok := facts.field(place.Field); ok {
			values = f.Values
		}
		if _, there := v.panel.Arms[place.Slot]; there && !slices.Contains(values, v.panel.Arms[place.Slot]) {
			values = append(slices.Clone(values), v.panel.Arms[place.Slot])
		}
	}
	options, labels = []string{predict.Absent}, []string{"not run"}
	for _, value := range values {
		label := valueLabel(value)
		if value == "" && place.Field == data.EvalPrompt {
			label = "in training, without a prompt of its own"
		}
		options, labels = append(options, value), append(labels, label)
	}
	return options, labels
}
