package store

import (
	"context"
	"database/sql"
	"slices"
	"strings"

	"witnessmark/data"
)

// A Prompt is a text under which runs were trained, generated or evaluated.
type Prompt struct {
	ID              int64
	Role            string // train, generation or eval
	Text            string
	SHA256          string // in hexadecimal
	Family          string // one of data.Families, or as its source has it; "" when not known
	ElicitationRate float64
	ElicitationN    float64 // both of the untrained model under this prompt; NaN when not known
	Conditions      []string
	Runs            int
}

// Prompts returns the prompts of the study, in the order in which they came.
func (s *Store) Prompts(ctx context.Context) ([]Prompt, error) {
	return list(ctx, s, func(r *sql.Rows, p *Prompt) error {
		var rate, n sql.NullFloat64
		var conditions string
		err := r.Scan(&p.ID, &p.Role, &p.Text, &p.SHA256, &p.Family, &rate, &n, &conditions, &p.Runs)
		p.ElicitationRate, p.ElicitationN = orNaN(rate), orNaN(n)
		if conditions != "" {
			p.Conditions = strings.Split(conditions, "\x1f")
		}
		return err
	}, `SELECT p.id, p.role, p.text, p.sha256, coalesce(p.family, ''), p.elicitation_rate, p.elicitation_n,
			coalesce((SELECT group_concat(condition, char(31)) FROM
				(SELECT DISTINCT condition FROM run r WHERE p.id IN (r.train_prompt_id, r.generation_prompt_id) ORDER BY condition)), ''),
			(SELECT count(*) FROM run r WHERE p.id IN (r.train_prompt_id, r.generation_prompt_id))
		FROM prompt p ORDER BY p.id`)
}

// SetPrompt keeps what a person says of a prompt: its family and how often
// the untrained model shows the behavior under it.
func (s *Store) SetPrompt(ctx context.Context, id int64, family string, rate, n float64) error {
	if family != "" && !slices.Contains(data.Families, family) {
		return invalid("%q is no family of prompts; the families are %s", family, strings.Join(data.Families, ", "))
	}
	return s.exec(ctx, `UPDATE prompt SET family = nullif(?, ''), elicitation_rate = ?, elicitation_n = ? WHERE id = ?`, family, num(rate), num(n), id)
}
