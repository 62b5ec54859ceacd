package store_test

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"witnessmark/data/column"
)

// dump writes everything that a set says, in an order that does not depend
// on ids.
func dump(s *column.Set) string {
	var b strings.Builder
	for _, r := range s.Runs {
		fmt.Fprintf(&b, "run %s %s %v aside %v\n", r.Key, r.Name, r.Fields, r.SetAside)
	}
	for _, c := range s.Contexts {
		fmt.Fprintf(&b, "context %v\n", c.Fields)
	}
	for _, t := range s.Tables {
		fmt.Fprintf(&b, "table attempts %v\n", t.Attempts)
		for _, c := range t.Cells {
			fmt.Fprintf(&b, " cell %s %v %v\n", s.Runs[c.Run].Key, s.Contexts[c.Context].Fields, c.Step)
			for row := int(c.From); row < int(c.To); row++ {
				fmt.Fprintf(&b, "  %q %d %q %d", t.ItemAt(row), t.EpochAt(row), t.ReasonAt(row), t.OrdinalAt(row))
				for i := range t.Columns {
					fmt.Fprintf(&b, " %s.%s=%v", t.Columns[i].Name, t.Columns[i].Kind, t.Columns[i].At(row))
				}
				b.WriteString("\n")
			}
		}
	}
	for _, name := range slices.Sorted(maps.Keys(s.Metrics)) {
		fmt.Fprintf(&b, "metric %+v\n", s.Metrics[name])
	}
	for _, name := range slices.Sorted(maps.Keys(s.Monitors)) {
		fmt.Fprintf(&b, "monitor %+v\n", s.Monitors[name])
	}
	fmt.Fprintf(&b, "aliases %v\npredictions %v\n", s.Aliases, s.Predictions)
	return b.String()
}
