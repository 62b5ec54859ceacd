package store

import (
	"cmp"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"fmt"
	"strings"
	"unicode"

	"witnessmark/data"
)

// Fields that become entities beside the canonical ones.
const (
	generationPrompt = "generation_prompt"
	dataset          = "dataset"
)

// entities finds or makes the rows that fields of runs and contexts name.
// Each is looked up once an import.
type entities struct {
	*work
	seen map[string]any
}

// id returns what the query gives for its arguments: the id of a row, made
// if need be. An empty name is no entity.
func (e *entities) id(query, name string, more ...any) (any, error) {
	if name == "" {
		return nil, nil
	}
	key := query + name
	if id, ok := e.seen[key]; ok {
		return id, nil
	}
	var id int64
	err := e.get(&id, query, append([]any{name}, more...)...)
	e.seen[key] = id
	return id, err
}

func (e *entities) named(table, name string) (any, error) {
	return e.id(`INSERT INTO `+table+` (name) VALUES (?) ON CONFLICT (name) DO UPDATE SET name = name RETURNING id`, name)
}

func (e *entities) prompt(role, text, family string) (any, error) {
	sum := sha256.Sum256([]byte(text))
	return e.id(`INSERT INTO prompt (text, role, sha256, family) VALUES (?, '`+role+`', ?, nullif(?, ''))
		ON CONFLICT (role, sha256) DO UPDATE SET family = coalesce(family, excluded.family) RETURNING id`,
		text, hex.EncodeToString(sum[:]), family)
}

func (e *entities) condition(label string) (any, error) {
	if label == "" {
		return nil, nil
	}
	if _, err := shortOf(e.work, label); err != nil {
		return nil, err
	}
	return e.id(`SELECT id FROM condition WHERE label = ?`, label)
}

// deriveEntities links the import's runs and contexts to the conditions,
// models, prompts and the like that their fields name, and gives new
// conditions their style.
func deriveEntities(w *work, importID int64) error {
	e := &entities{work: w, seen: map[string]any{}}
	if err := e.linkRuns(importID); err != nil {
		return err
	}
	if err := e.linkContexts(); err != nil {
		return err
	}
	if err := w.exec(`INSERT OR IGNORE INTO checkpoint (run_id, step)
		SELECT DISTINCT run_id, step FROM rollup WHERE import_id = ? AND step IS NOT NULL`, importID); err != nil {
		return err
	}
	return styleConditions(w)
}

// parent is a row whose fields name entities.
type parent struct {
	id     int64
	fields data.Fields
}

func parents(w *work, query string, args ...any) (out []parent, err error) {
	err = w.each(func(r *sql.Rows) error {
		p := parent{}
		if err := r.Scan(&p.id, scanFields(&p.fields)); err != nil {
			return err
		}
		out = append(out, p)
		return nil
	}, query, args...)
	return out, err
}

func (e *entities) linkRuns(importID int64) error {
	runs, err := parents(e.work, `SELECT r.id, r.fields FROM run r JOIN import_run i ON i.run_id = r.id WHERE i.import_id = ?`, importID)
	if err != nil {
		return err
	}
	for _, r := range runs {
		if err := e.linkRun(r.id, r.fields); err != nil {
			return err
		}
	}
	return nil
}

func (e *entities) linkRun(id int64, f data.Fields) error {
	var ids [5]any
	var errs [5]error
	ids[0], errs[0] = e.condition(f[data.Condition])
	ids[1], errs[1] = e.named("base_model", f[data.BaseModel])
	ids[2], errs[2] = e.named("dataset", f[dataset])
	ids[3], errs[3] = e.prompt("train", f[data.TrainPrompt], f[data.Family])
	ids[4], errs[4] = e.prompt("generation", f[generationPrompt], "")
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	if err := e.exec(`UPDATE run SET condition_id = ?, base_model_id = ?, dataset_id = ?,
		train_prompt_id = ?, generation_prompt_id = ? WHERE id = ?`, append(ids[:], id)...); err != nil || ids[0] == nil {
		return err
	}
	return e.exec(`UPDATE condition SET train_prompt_id = coalesce(train_prompt_id, ?),
		generation_prompt_id = coalesce(generation_prompt_id, ?), dataset_id = coalesce(dataset_id, ?) WHERE id = ?`,
		ids[3], ids[4], ids[2], ids[0])
}

func (e *entities) linkContexts() error {
	contexts, err := parents(e.work, `SELECT id, fields FROM context WHERE fields <> '{}' AND eval_id IS NULL AND eval_prompt_id IS NULL AND grader_id IS NULL`)
	if err != nil {
		return err
	}
	for _, c := range contexts {
		eval, err1 := e.named("eval", c.fields[data.Eval])
		prompt, err2 := e.prompt("eval", c.fields[data.EvalPrompt], "")
		grader, err3 := e.named("grader", c.fields[data.Grader])
		for _, err := range []error{err1, err2, err3} {
			if err != nil {
				return err
			}
		}
		if err := e.exec(`UPDATE context SET eval_id = ?, eval_prompt_id = ?, grader_id = ? WHERE id = ?`, eval, prompt, grader, c.id); err != nil {
			return err
		}
	}
	return nil
}

// shortOf returns the few letters that stand for a condition in the names of
// its runs, making the condition if it is new.
func shortOf(w *work, label string) (short string, err error) {
	err = w.get(&short, `SELECT short FROM condition WHERE label = ?`, label)
	if err != sql.ErrNoRows {
		return short, err
	}
	for _, short = range shorts(label) {
		var taken bool
		if err := w.get(&taken, `SELECT EXISTS (SELECT 1 FROM condition WHERE short = ?)`, short); err != nil {
			return "", err
		}
		if !taken {
			break
		}
	}
	return short, w.exec(`INSERT INTO condition (label, short) VALUES (?, ?)`, label, short)
}

// shorts lists names for a condition from the shortest: three letters, its
// initials, the whole. The last is free whenever the label is new.
func shorts(label string) []string {
	words := strings.FieldsFunc(strings.ToLower(label), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	var out []string
	if len(words) > 0 {
		out = append(out, firstRunes(words[0], 3))
	}
	initials := ""
	for _, w := range words {
		initials += firstRunes(w, 1)
	}
	if len(words) > 1 {
		out = append(out, initials)
	}
	return append(out, label)
}

func firstRunes(s string, n int) string {
	for i := range s {
		if n == 0 {
			return s[:i]
		}
		n--
	}
	return s
}

// nameRun gives a new run a short name that is unique in the study.
func nameRun(w *work, draft runDraft) (string, error) {
	base, err := baseName(w, draft)
	if err != nil {
		return "", err
	}
	var like int
	if err := w.get(&like, `SELECT count(*) FROM run WHERE name >= ?1 AND name < ?1 || ' (~' AND (name = ?1 OR name >= ?1 || ' (')`, base); err != nil || like == 0 {
		return base, err
	}
	for i := like + 1; ; i++ {
		name, taken := fmt.Sprintf("%s (%d)", base, i), false
		if err := w.get(&taken, `SELECT EXISTS (SELECT 1 FROM run WHERE name = ?)`, name); err != nil || !taken {
			return name, err
		}
	}
}

// baseName is the name that the source gives, or condition and seed, or the end
// of the run's key.
func baseName(w *work, draft runDraft) (string, error) {
	f := draft.fields
	if f[data.Run] != "" {
		return f[data.Run], nil
	}
	if f[data.Condition] == "" {
		parts := strings.Split(strings.Trim(draft.key, "/"), "/")
		return cmp.Or(strings.Join(parts[max(0, len(parts)-2):], "/"), "run"), nil
	}
	short, err := shortOf(w, f[data.Condition])
	if err != nil || f[data.Seed] == "" {
		return short, err
	}
	seed := f[data.Seed]
	if len(seed) == 1 {
		seed = "0" + seed // so that names sort as seeds do
	}
	return short + "-" + seed, nil
}
