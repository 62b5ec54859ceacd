-- A study: what was run, under which prompts, who judged it, what came out
-- and what was expected. The numbers themselves are columns in segment_column
-- (see package column); rollup has them summed up for any SQLite program, and
-- the views at the end are what such a program should look at first.

CREATE TABLE study (
  id            INTEGER PRIMARY KEY CHECK (id = 1),
  name          TEXT NOT NULL DEFAULT '',
  question      TEXT NOT NULL DEFAULT '',
  preregistered INTEGER NOT NULL DEFAULT 0 CHECK (preregistered IN (0, 1)),
  prereg_url    TEXT NOT NULL DEFAULT '',
  notes         TEXT NOT NULL DEFAULT '',
  created_at    TEXT NOT NULL DEFAULT (strftime('%Y-%m-%dT%H:%M:%SZ', 'now')),
  revision      INTEGER NOT NULL DEFAULT 0 -- one more with every change of data
) STRICT;
INSERT INTO study (id) VALUES (1);

-- Where data came from.

CREATE TABLE import (
  id        INTEGER PRIMARY KEY AUTOINCREMENT,
  path      TEXT NOT NULL,             -- as given
  location  TEXT NOT NULL,             -- absolute; a file there with other bytes replaces this one
  identity  TEXT NOT NULL DEFAULT '',  -- what the file says it is, such as an eval's id
  format    TEXT NOT NULL,
  mapping   TEXT NOT NULL CHECK (json_valid(mapping)),
  sha256    BLOB NOT NULL,             -- of its bytes
  subject   BLOB NOT NULL,             -- SHA-256 of the fields of its runs and contexts
  bytes     INTEGER NOT NULL,
  rows      INTEGER NOT NULL,
  at        TEXT NOT NULL,
  UNIQUE (sha256, subject)
) STRICT;
CREATE INDEX import_location ON import (location);
CREATE INDEX import_identity ON import (identity);

CREATE TABLE problem (
  id        INTEGER PRIMARY KEY AUTOINCREMENT,
  import_id INTEGER NOT NULL REFERENCES import ON DELETE CASCADE,
  place     TEXT NOT NULL,
  text      TEXT NOT NULL,
  count     INTEGER NOT NULL,
  bad       INTEGER NOT NULL,          -- 1: data were left out
  settled   INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX problem_import ON problem (import_id);

CREATE TABLE folder_mapping (
  folder  TEXT PRIMARY KEY,
  mapping TEXT NOT NULL CHECK (json_valid(mapping)),
  at      TEXT NOT NULL
) STRICT;

CREATE TABLE alias (
  import_id INTEGER NOT NULL REFERENCES import ON DELETE CASCADE,
  original  TEXT NOT NULL,
  field     TEXT NOT NULL,
  PRIMARY KEY (import_id, original)
) STRICT;

-- What was run.

CREATE TABLE base_model (
  id          INTEGER PRIMARY KEY AUTOINCREMENT,
  name        TEXT NOT NULL UNIQUE,
  family      TEXT,
  param_count REAL,
  is_instruct INTEGER,
  revision    TEXT
) STRICT;

CREATE TABLE dataset (
  id                 INTEGER PRIMARY KEY AUTOINCREMENT,
  name               TEXT NOT NULL UNIQUE,
  role               TEXT CHECK (role IN ('train', 'eval')),
  n                  INTEGER,
  sha256             TEXT,
  undesired_fraction REAL,
  mix_ratio          REAL,
  sdf_kind           TEXT,
  sdf_docs_per_genre INTEGER
) STRICT;

CREATE TABLE prompt (
  id                   INTEGER PRIMARY KEY AUTOINCREMENT,
  role                 TEXT NOT NULL,      -- train, generation, eval
  text                 TEXT NOT NULL,
  sha256               TEXT NOT NULL,
  family               TEXT,
  rephrased_pool_size  INTEGER,
  parent_prompt_id     INTEGER REFERENCES prompt,
  elicitation_rate     REAL,               -- of the untrained model under this prompt
  elicitation_n        INTEGER,
  UNIQUE (role, sha256)
) STRICT;

CREATE TABLE condition (
  id                   INTEGER PRIMARY KEY AUTOINCREMENT,
  label                TEXT NOT NULL UNIQUE,
  short                TEXT NOT NULL UNIQUE, -- begins the names of its runs
  train_prompt_id      INTEGER REFERENCES prompt,
  generation_prompt_id INTEGER REFERENCES prompt,
  dataset_id           INTEGER REFERENCES dataset,
  intervention         TEXT,
  is_baseline          INTEGER,
  undesired_fraction   REAL
) STRICT;

CREATE TABLE run (
  id                   INTEGER PRIMARY KEY AUTOINCREMENT,
  key                  TEXT NOT NULL UNIQUE, -- identity across files
  name                 TEXT NOT NULL UNIQUE, -- shown
  renamed              INTEGER NOT NULL DEFAULT 0,
  set_aside            INTEGER NOT NULL DEFAULT 0,
  fields               TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(fields)), -- every parameter, as its source has it
  condition_id         INTEGER REFERENCES condition,
  base_model_id        INTEGER REFERENCES base_model,
  dataset_id           INTEGER REFERENCES dataset,
  train_prompt_id      INTEGER REFERENCES prompt,
  generation_prompt_id INTEGER REFERENCES prompt,
  condition            TEXT GENERATED ALWAYS AS (fields ->> 'condition'),
  seed                 TEXT GENERATED ALWAYS AS (fields ->> 'seed'),
  base_model           TEXT GENERATED ALWAYS AS (fields ->> 'base_model'),
  method               TEXT GENERATED ALWAYS AS (fields ->> 'method'),
  status               TEXT GENERATED ALWAYS AS (fields ->> 'status'),
  train_prompt         TEXT GENERATED ALWAYS AS (fields ->> 'train_prompt'),
  cot_regime_level     TEXT GENERATED ALWAYS AS (fields ->> 'cot_regime_level'),
  paraphraser_model    TEXT GENERATED ALWAYS AS (fields ->> 'paraphraser_model'),
  face_model           TEXT GENERATED ALWAYS AS (fields ->> 'face_model')
) STRICT;

-- Which import says what of which run: a run's fields are these, later ones
-- over earlier ones, and it is gone with the last of them.
CREATE TABLE import_run (
  import_id INTEGER NOT NULL REFERENCES import ON DELETE CASCADE,
  run_id    INTEGER NOT NULL REFERENCES run ON DELETE CASCADE,
  fields    TEXT NOT NULL CHECK (json_valid(fields)),
  PRIMARY KEY (import_id, run_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX import_run_run ON import_run (run_id);

CREATE TABLE checkpoint (
  id              INTEGER PRIMARY KEY AUTOINCREMENT,
  run_id          INTEGER NOT NULL REFERENCES run ON DELETE CASCADE,
  step            REAL NOT NULL,
  epoch_frac      REAL,
  tokens          REAL,
  is_initial      INTEGER,
  is_final        INTEGER,
  weights_uri     TEXT,
  UNIQUE (run_id, step)
) STRICT;

-- How it was judged.

CREATE TABLE behavior (
  id       INTEGER PRIMARY KEY AUTOINCREMENT,
  name     TEXT NOT NULL UNIQUE,
  polarity TEXT CHECK (polarity IN ('desired', 'undesired'))
) STRICT;

CREATE TABLE eval (
  id          INTEGER PRIMARY KEY AUTOINCREMENT,
  name        TEXT NOT NULL UNIQUE,
  behavior_id INTEGER REFERENCES behavior,
  split       TEXT,
  archetype   TEXT,
  context     TEXT,
  scale_min   REAL,
  scale_max   REAL,
  higher_is   TEXT CHECK (higher_is IN ('worse', 'better'))
) STRICT;

CREATE TABLE grader (
  id            INTEGER PRIMARY KEY AUTOINCREMENT,
  name          TEXT NOT NULL UNIQUE,
  kind          TEXT,
  model         TEXT,
  prompt_sha256 TEXT,
  reasoning     TEXT,
  threshold     REAL,
  version       TEXT
) STRICT;

-- The circumstances of an evaluation: eval, eval prompt, grader and any other.
CREATE TABLE context (
  id             INTEGER PRIMARY KEY AUTOINCREMENT,
  fields         TEXT NOT NULL UNIQUE CHECK (json_valid(fields)),
  eval_id        INTEGER REFERENCES eval,
  eval_prompt_id INTEGER REFERENCES prompt,
  grader_id      INTEGER REFERENCES grader,
  eval           TEXT GENERATED ALWAYS AS (fields ->> 'eval'),
  eval_prompt    TEXT GENERATED ALWAYS AS (fields ->> 'eval_prompt'),
  grader         TEXT GENERATED ALWAYS AS (fields ->> 'grader')
) STRICT;

CREATE TABLE import_context (
  import_id  INTEGER NOT NULL REFERENCES import ON DELETE CASCADE,
  context_id INTEGER NOT NULL REFERENCES context ON DELETE CASCADE,
  PRIMARY KEY (import_id, context_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE metric (
  import_id INTEGER NOT NULL REFERENCES import ON DELETE CASCADE,
  name      TEXT NOT NULL,
  lo        REAL,
  hi        REAL,
  better    INTEGER NOT NULL,          -- 1 higher, −1 lower, 0 not known
  is_binary INTEGER NOT NULL,
  PRIMARY KEY (import_id, name)
) STRICT;

CREATE TABLE monitor (
  id              INTEGER PRIMARY KEY AUTOINCREMENT,
  name            TEXT NOT NULL UNIQUE,
  kind            TEXT,
  scope           TEXT,                -- what it reads: action_only, cot_only, cot_and_action …
  oversight       TEXT,                -- behavioral or cognitive
  model           TEXT,
  lo              REAL,                -- score scale as imported
  hi              REAL,
  threshold       REAL,
  trained_against INTEGER,
  reasoning       TEXT,
  trusted         INTEGER,
  prompt_sha256   TEXT,
  trained_on      TEXT,
  score_kind      TEXT,
  layer           INTEGER,
  cost_per_1k     REAL
) STRICT;

CREATE TABLE import_monitor (
  import_id  INTEGER NOT NULL REFERENCES import ON DELETE CASCADE,
  monitor_id INTEGER NOT NULL REFERENCES monitor ON DELETE CASCADE,
  PRIMARY KEY (import_id, monitor_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE monitor_use (
  run_id          INTEGER NOT NULL REFERENCES run ON DELETE CASCADE,
  monitor_id      INTEGER NOT NULL REFERENCES monitor ON DELETE CASCADE,
  trained_against INTEGER,
  mode            TEXT,
  weight          REAL,
  from_step       REAL,
  to_step         REAL,
  accidental      INTEGER,
  PRIMARY KEY (run_id, monitor_id)
) STRICT, WITHOUT ROWID;

-- The numbers.

CREATE TABLE segment (
  id        INTEGER PRIMARY KEY AUTOINCREMENT,
  import_id INTEGER NOT NULL REFERENCES import ON DELETE CASCADE,
  attempts  INTEGER NOT NULL,          -- 1: rows are samples; 0: counts and summaries at a checkpoint
  rows      INTEGER NOT NULL,
  UNIQUE (import_id, attempts)
) STRICT;

CREATE TABLE segment_column (
  id         INTEGER PRIMARY KEY,
  segment_id INTEGER NOT NULL REFERENCES segment ON DELETE CASCADE,
  position   INTEGER NOT NULL,
  chunk      INTEGER NOT NULL,         -- of 65536 values
  name       TEXT NOT NULL,
  kind       TEXT NOT NULL,
  body       BLOB NOT NULL,
  UNIQUE (segment_id, position, chunk)
) STRICT;

-- Each run, context and step summed up, a row a metric and monitor. Of very
-- long training curves it has the last step only.
CREATE TABLE rollup (
  import_id  INTEGER NOT NULL REFERENCES import ON DELETE CASCADE,
  run_id     INTEGER NOT NULL REFERENCES run ON DELETE CASCADE,
  context_id INTEGER NOT NULL REFERENCES context ON DELETE CASCADE,
  step       REAL,
  grain      TEXT NOT NULL CHECK (grain IN ('samples', 'counts', 'summaries')),
  kind       TEXT NOT NULL CHECK (kind IN ('metric', 'score', 'flag')),
  name       TEXT NOT NULL,
  n          REAL,                     -- behind the mean, or out of
  k          REAL,                     -- successes, flagged
  mean       REAL,
  sd         REAL,
  min        REAL,
  max        REAL,
  missing    INTEGER NOT NULL DEFAULT 0,
  unknown    INTEGER NOT NULL DEFAULT 0,
  excluded   INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX rollup_import ON rollup (import_id);
CREATE INDEX rollup_run ON rollup (run_id, step);

CREATE TABLE sample_text (
  id        INTEGER PRIMARY KEY AUTOINCREMENT,
  import_id INTEGER NOT NULL REFERENCES import ON DELETE CASCADE,
  ordinal   INTEGER NOT NULL,          -- of the sample in its source, from 0
  part      TEXT NOT NULL,             -- prompt, cot, action, rationale …
  bytes     INTEGER NOT NULL,          -- of the text
  body      BLOB NOT NULL,             -- Zstandard
  UNIQUE (import_id, ordinal, part)
) STRICT;
CREATE VIRTUAL TABLE sample_search USING fts5(
  body, content = '', contentless_delete = 1, tokenize = 'unicode61 remove_diacritics 2');
INSERT INTO sample_search (sample_search, rank) VALUES ('hashsize', 33554432); -- larger pieces, fewer merges

-- What was expected.

CREATE TABLE motivation_model (
  id          INTEGER PRIMARY KEY AUTOINCREMENT,
  name        TEXT NOT NULL,
  version     TEXT NOT NULL DEFAULT '',
  kind        TEXT NOT NULL,
  graph_json  TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(graph_json)),
  params_json TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(params_json)),
  source      TEXT NOT NULL DEFAULT '',
  UNIQUE (name, version)
) STRICT;

CREATE TABLE cognitive_pattern (
  id                  INTEGER PRIMARY KEY AUTOINCREMENT,
  model_id            INTEGER NOT NULL REFERENCES motivation_model ON DELETE CASCADE,
  name                TEXT NOT NULL,
  category            TEXT NOT NULL,
  target_node         TEXT,
  context_gate        TEXT,
  competence          REAL,
  simplicity_bits     REAL,
  serial_steps        REAL,
  salience            REAL,
  pretraining_logprob REAL,
  count_log           REAL,
  intended            INTEGER,
  UNIQUE (model_id, name)
) STRICT;

CREATE TABLE prior (
  model_id              INTEGER NOT NULL REFERENCES motivation_model ON DELETE CASCADE,
  kind                  TEXT NOT NULL,
  lambda                REAL NOT NULL,
  washes_out            INTEGER,
  is_selection_pressure INTEGER,
  PRIMARY KEY (model_id, kind)
) STRICT;

CREATE TABLE graph_node (
  model_id INTEGER NOT NULL REFERENCES motivation_model ON DELETE CASCADE,
  key      TEXT NOT NULL,
  label    TEXT NOT NULL,
  type     TEXT NOT NULL,
  PRIMARY KEY (model_id, key)
) STRICT;

CREATE TABLE graph_edge (
  model_id   INTEGER NOT NULL,
  from_key   TEXT NOT NULL,
  to_key     TEXT NOT NULL,
  weight     REAL,
  sign       INTEGER,
  confidence REAL,
  PRIMARY KEY (model_id, from_key, to_key),
  FOREIGN KEY (model_id, from_key) REFERENCES graph_node (model_id, key) ON DELETE CASCADE,
  FOREIGN KEY (model_id, to_key) REFERENCES graph_node (model_id, key) ON DELETE CASCADE
) STRICT;

CREATE TABLE prediction (
  id                INTEGER PRIMARY KEY AUTOINCREMENT,
  import_id         INTEGER REFERENCES import ON DELETE CASCADE, -- NULL: made in the program
  model             TEXT NOT NULL,
  run               TEXT NOT NULL DEFAULT '',
  condition         TEXT NOT NULL DEFAULT '',
  eval              TEXT NOT NULL DEFAULT '',
  eval_prompt       TEXT NOT NULL DEFAULT '',
  metric            TEXT NOT NULL DEFAULT '',
  behavior          TEXT NOT NULL DEFAULT '',
  pattern           TEXT NOT NULL DEFAULT '',
  quantity          TEXT NOT NULL,
  step              REAL,
  deployment_t      REAL,
  p                 REAL,
  lo                REAL,
  hi                REAL,
  distribution_json TEXT NOT NULL DEFAULT '',
  author            TEXT NOT NULL DEFAULT '',
  made_at           TEXT NOT NULL DEFAULT '',
  locked_at         TEXT,
  hash              TEXT               -- SHA-256 of what was locked
) STRICT;
CREATE INDEX prediction_import ON prediction (import_id);
CREATE TRIGGER prediction_locked BEFORE UPDATE ON prediction WHEN old.locked_at IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'a locked prediction cannot be changed'); END;

CREATE TABLE score (
  prediction_id INTEGER PRIMARY KEY REFERENCES prediction ON DELETE CASCADE,
  observed      REAL,
  n             REAL,
  log_score     REAL,
  brier         REAL,
  crps          REAL,
  in_interval   INTEGER,
  retrospective INTEGER,               -- 1: the data were there before the lock
  at            TEXT NOT NULL
) STRICT;

CREATE TABLE contrast (
  id           INTEGER PRIMARY KEY AUTOINCREMENT,
  name         TEXT NOT NULL UNIQUE,
  a            TEXT NOT NULL,          -- condition
  b            TEXT NOT NULL,          -- baseline
  eval         TEXT NOT NULL DEFAULT '',
  metric       TEXT NOT NULL DEFAULT '',
  paired_by    TEXT NOT NULL DEFAULT '',
  hypothesis   TEXT NOT NULL DEFAULT '',
  margin       REAL,
  confirmatory INTEGER NOT NULL DEFAULT 0,
  expected     TEXT NOT NULL DEFAULT '{}' CHECK (json_valid(expected)), -- sign of the effect by mechanism
  at           TEXT NOT NULL
) STRICT;

-- Every comparison that was looked at, so that many looks are not forgotten.
CREATE TABLE ledger (
  question     TEXT PRIMARY KEY,
  confirmatory INTEGER NOT NULL DEFAULT 0,
  times        INTEGER NOT NULL DEFAULT 1,
  first_at     TEXT NOT NULL,
  last_at      TEXT NOT NULL
) STRICT;

-- What people add.

CREATE TABLE saved_view (
  name       TEXT PRIMARY KEY,
  state_json TEXT NOT NULL CHECK (json_valid(state_json)),
  at         TEXT NOT NULL
) STRICT;

-- Color and marker of a field's value. Rows stay when their value is gone:
-- a color that meant one thing never comes to mean another.
CREATE TABLE style (
  field  TEXT NOT NULL,
  value  TEXT NOT NULL,
  role   TEXT NOT NULL,
  color  INTEGER NOT NULL,             -- place in the palette, −1 for grey
  marker TEXT NOT NULL DEFAULT '',     -- '' for the role's own
  chosen INTEGER NOT NULL DEFAULT 0,   -- 1: by a person
  PRIMARY KEY (field, value)
) STRICT;

CREATE TABLE tag (
  run_id INTEGER NOT NULL REFERENCES run ON DELETE CASCADE,
  tag    TEXT NOT NULL,
  PRIMARY KEY (run_id, tag)
) STRICT, WITHOUT ROWID;

CREATE TABLE annotation (
  id      INTEGER PRIMARY KEY AUTOINCREMENT,
  subject TEXT NOT NULL,               -- such as run:12 or chart:onset
  text    TEXT NOT NULL,
  author  TEXT NOT NULL DEFAULT '',
  at      TEXT NOT NULL
) STRICT;

-- What people said of samples. A sample is named by what it is (run, context,
-- step, item, epoch, as a JSON array), so that labels survive a new import.
CREATE TABLE label (
  sample TEXT NOT NULL,
  name   TEXT NOT NULL,                -- what was asked
  value  TEXT NOT NULL,                -- yes, no, unsure …
  author TEXT NOT NULL DEFAULT '',
  note   TEXT NOT NULL DEFAULT '',
  blind  INTEGER NOT NULL DEFAULT 0,
  at     TEXT NOT NULL,
  PRIMARY KEY (sample, name, author)
) STRICT;

-- For people with any SQLite program.

CREATE VIEW runs AS
SELECT r.name, r.condition, r.seed, r.base_model, r.method, r.status, r.set_aside,
  (SELECT count(*) FROM checkpoint c WHERE c.run_id = r.id) AS checkpoints,
  (SELECT max(step) FROM checkpoint c WHERE c.run_id = r.id) AS last_step,
  substr(r.train_prompt, 1, 80) AS train_prompt, r.key, r.fields
FROM run r;

CREATE VIEW results AS
SELECT r.name AS run, r.condition, r.seed, c.eval, c.eval_prompt, c.grader, u.step, u.grain, u.kind, u.name,
  u.n, u.k, u.mean, u.sd, u.min, u.max, u.missing, u.unknown, u.excluded, r.set_aside
FROM rollup u JOIN run r ON r.id = u.run_id JOIN context c ON c.id = u.context_id;

-- One evaluation of one checkpoint under one set of circumstances.
CREATE VIEW eval_run AS
SELECT u.import_id, u.run_id, u.context_id, r.name AS run, u.step, c.eval, c.eval_prompt, c.grader,
  max(u.n) AS n, max(u.excluded) AS n_excluded
FROM rollup u JOIN run r ON r.id = u.run_id JOIN context c ON c.id = u.context_id
GROUP BY u.import_id, u.run_id, u.context_id, u.step;

CREATE VIEW imports AS
SELECT i.id, i.path, i.format, i.at, i.bytes, i.rows, lower(hex(i.sha256)) AS sha256,
  (SELECT count(*) FROM import_run x WHERE x.import_id = i.id) AS runs,
  (SELECT coalesce(sum(count), 0) FROM problem p WHERE p.import_id = i.id) AS problems
FROM import i;
