// Package part has the few widgets that the window is made of: buttons,
// segments, selects, chips, the filter bar, facets, the table, the chart box,
// the command palette and the layouts that hold them.
//
// A part announces what a person wants by calling back (OnTapped, OnPick …)
// and never acts on its own. It knows no study and no view; colors and sizes
// come from views/theme, and pictures from charts.
package part
