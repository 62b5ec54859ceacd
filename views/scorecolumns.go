package views

import (
	"slices"
	"strconv"

	"witnessmark/charts"
	"witnessmark/data"
	"witnessmark/data/frame"
	"witnessmark/data/predict"
	"witnessmark/views/desk"
	"witnessmark/views/part"
	"witnessmark/views/theme"
)

// openBehind shows the samples behind some keys where the study has any, else
// the runs.
func openBehind(p Place, keys []frame.Key) {
	keys = slices.DeleteFunc(slices.Clone(keys), func(k frame.Key) bool { return k.Field == data.Step })
	if len(keys) == 0 {
		return
	}
	to := desk.Open("runs", "Runs")
	if p.Facts().samples() > 0 {
		to = desk.Open("samples", "Samples")
	}
	p.Desk.Do(desk.Both(to.Name, desk.Narrow(keys...), to))
}

// calibrationBins are those of reliability diagrams.
const calibrationBins = 5

// scoreColumns are the numbers of the forecasters of a table, with skill and
// lead against the rivals of two kinds; the whole of them where there is room.
func scoreColumns(t predict.Table, first, second predict.Kind, whole bool) []part.Column {
	at := func(row int) predict.Score { return t.Scores[row] }
	col := func(id, group, label, tip string, width float32, cell func(s predict.Score) part.Cell) part.Column {
		return part.Column{ID: id, Group: group, Label: label, Tip: tip, Width: width, Right: true, Fixed: true, Cell: func(row int) part.Cell {
			if s := at(row); s.N == 0 && id != "n" {
				_, err := s.Log.Value()
				return part.Cell{Text: "none", Color: theme.Muted, Tip: plainError(err)}
			}
			return cell(at(row))
		}}
	}
	skill := func(kind predict.Kind) part.Column {
		return col("skill "+string(kind), "Skill against", shortKind(kind), "1 − log score/that of the reference: 1 is perfect, 0 no better, negative worse", 53, func(s predict.Score) part.Cell {
			ref, ok := t.Forecaster(kind)
			if !ok || ref.Name == s.Name {
				return part.Cell{Text: "itself", Color: theme.Muted}
			}
			return skillCell(s, ref.Name)
		})
	}
	out := []part.Column{
		col("n", "", "n", "Outcomes that it said something of", 34, func(s predict.Score) part.Cell { return part.Cell{Text: strconv.Itoa(s.N)} }),
		col("log", "", "Log", "Mean log score in nats, 0 at best", 53, func(s predict.Score) part.Cell { return quantityCell(s.Log, plainScore) }),
		col("brier", "", "Brier", "Mean squared error of single attempts, 0 at best", 46, func(s predict.Score) part.Cell { return quantityCell(s.Brier, plainScore) }),
		col("mae", "", "MAE", "Mean distance of what was predicted from what was observed, in points", 42, func(s predict.Score) part.Cell { return part.Cell{Text: inPoints(s.Rates.MAE)} }),
		skill(first), skill(second),
		col("lead", "Paired lead", "over "+shortKind(second), "Difference of log scores on the same outcomes, with its interval", 103, func(s predict.Score) part.Cell {
			ref, ok := t.Forecaster(second)
			if !ok || ref.Name == s.Name {
				return part.Cell{Text: "itself", Color: theme.Muted}
			}
			return leadCell(s, ref.Name)
		}),
		{ID: "cal", Label: "Cal.", Tip: "Calibration error: mean distance of predictions from what was observed in " + strconv.Itoa(calibrationBins) + " bins, in points; too large where outcomes are few", Width: 41, Right: true, Fixed: true, Cell: func(row int) part.Cell {
			return quantityCell(t.CalibrationError(t.Forecasters[row], calibrationBins), inPoints)
		}},
		col("inside", "", "Inside", "Outcomes within the stated interval, with Wilson's interval of their share", 96, insideCell),
		col("clipped", "", "0 or 1", "Predictions of exactly 0 or 1, moved by 1e-6 for the log score", 46, func(s predict.Score) part.Cell { return part.Cell{Text: strconv.Itoa(s.Clipped)} }),
	}
	if !whole {
		out = slices.DeleteFunc(out, func(c part.Column) bool { return c.ID == "n" || c.ID == "inside" || c.ID == "clipped" })
	}
	return out
}

// shortKind is a rival's name where there is little room.
func shortKind(k predict.Kind) string {
	return map[predict.Kind]string{predict.Persistence: "pers.", predict.ConditionMean: "cond.", predict.GrandMean: "grand", predict.OfBaseline: "base."}[k]
}

func insideCell(s predict.Score) part.Cell {
	share, err := s.Covered.Value()
	if err != nil {
		return part.Cell{Text: "not stated", Color: theme.Muted, Tip: plainError(err)}
	}
	n := float64(s.Interval.N)
	return part.Cell{
		Text: charts.Whole.Text(share*n, 0) + " of " + charts.Whole.Text(n, 0),
		Tip:  charts.Percent.Text(share, n) + " " + charts.Percent.Interval(s.Interval.Lo, s.Interval.Hi, n) + ", Wilson",
	}
}
