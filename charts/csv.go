package charts

import (
	"encoding/csv"
	"fmt"
	"io"
	"math"
	"slices"
	"strconv"
	"strings"

	"witnessmark/data/frame"
)

// WriteCSV writes the numbers that a chart draws, one line a mark: its
// panel, its mark and series, its places on both axes with the far ends, in
// the units of the data (rates as fractions), its text and the keys that
// lead to its samples. A missing number is an empty field.
func WriteCSV(w io.Writer, s Spec) error {
	keys := keyFields(s)
	out := csv.NewWriter(w)
	head := []string{"panel", "mark", "series", "x", "x2", "y", "y2", "text"}
	rows := [][]string{append(head, keys...)}
	for i, p := range s.Panels {
		for _, l := range p.Layers {
			rows = append(rows, l.csvRows(panelName(p, i), keys, p)...)
		}
	}
	if err := out.WriteAll(rows); err != nil {
		return fmt.Errorf("writing the chart's numbers: %w", err)
	}
	return nil
}

func panelName(p Panel, i int) string {
	if name := joined(", ", p.Head, p.X.Title); name != "" {
		return name
	}
	return strconv.Itoa(i + 1)
}

// csvRows leaves out what is no data: rules, labels and printed estimates.
func (l Layer) csvRows(panel string, keys []string, p Panel) [][]string {
	if l.Mark == "label" || l.Mark == "estimate" || l.Mark == "rule" && l.Name == "" {
		return nil
	}
	var out [][]string
	for i := range max(len(l.X), len(l.Y)) {
		t := at(l.Source, i)
		row := []string{
			panel, l.Mark, l.Name,
			axisText(p.X, l.X.at(i)), number(l.X2.at(i)), axisText(p.Y, l.Y.at(i)), number(l.Y2.at(i)), t.Text,
		}
		for _, k := range keys {
			row = append(row, keyValue(t.Keys, k))
		}
		out = append(out, row)
	}
	return out
}

// axisText writes a number, or the name of the row it stands for.
func axisText(a Axis, v float64) string {
	if a.Kind != Rows || math.IsNaN(v) {
		return number(v)
	}
	for _, b := range a.Rows {
		if b.At == v && len(b.Forms) > 0 {
			return blockName(b.Forms[len(b.Forms)-1])
		}
	}
	return number(v)
}

func blockName(lines []Line) string {
	var words []string
	for _, l := range lines {
		words = append(words, l.Text)
	}
	return strings.Join(words, " ")
}

func number(v float64) string {
	if math.IsNaN(v) {
		return ""
	}
	return strconv.FormatFloat(v, 'g', -1, 64)
}

func keyFields(s Spec) []string {
	var out []string
	for _, p := range s.Panels {
		for _, l := range p.Layers {
			for _, t := range l.Source {
				for _, k := range t.Keys {
					if !slices.Contains(out, k.Field) {
						out = append(out, k.Field)
					}
				}
			}
		}
	}
	return out
}

func keyValue(keys []frame.Key, field string) string {
	for _, k := range keys {
		if k.Field == field {
			return k.Value
		}
	}
	return ""
}
