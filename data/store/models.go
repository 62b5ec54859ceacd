package store

import (
	"cmp"
	"context"
	"database/sql"
	"encoding/json"
)

// A Model is a motivation model: its graph, patterns and priors as the
// program that computes with it writes them.
type Model struct {
	Name, Version string
	Kind          string // behavioral_selection, baseline_persistence, condition_mean, expert …
	Graph         json.RawMessage
	Params        json.RawMessage
	Source        string // where it comes from, such as a paper
}

// Models returns the motivation models of the study by name and version.
func (s *Store) Models(ctx context.Context) ([]Model, error) {
	return list(ctx, s, func(r *sql.Rows, m *Model) error {
		return r.Scan(&m.Name, &m.Version, &m.Kind, (*[]byte)(&m.Graph), (*[]byte)(&m.Params), &m.Source)
	}, `SELECT name, version, kind, graph_json, params_json, source FROM motivation_model ORDER BY name, version`)
}

// SaveModel keeps a model, in place of the one of its name and version.
func (s *Store) SaveModel(ctx context.Context, m Model) error {
	graph, params := cmp.Or(string(m.Graph), "{}"), cmp.Or(string(m.Params), "{}")
	if m.Name == "" || !json.Valid([]byte(graph)) || !json.Valid([]byte(params)) {
		return invalid("a model needs a name, and its graph and parameters in JSON")
	}
	return s.exec(ctx, `INSERT INTO motivation_model (name, version, kind, graph_json, params_json, source) VALUES (?, ?, ?, ?, ?, ?)
		ON CONFLICT (name, version) DO UPDATE SET kind = excluded.kind, graph_json = excluded.graph_json,
			params_json = excluded.params_json, source = excluded.source`,
		m.Name, m.Version, m.Kind, graph, params, m.Source)
}

// DeleteModel removes a model; its predictions stay.
func (s *Store) DeleteModel(ctx context.Context, name, version string) error {
	return s.exec(ctx, `DELETE FROM motivation_model WHERE name = ? AND version = ?`, name, version)
}
