-- What was in the study before it was taken back or replaced. A prediction
-- that was locked after its results had been there stays retrospective when
-- they are imported anew.

CREATE TABLE arrival (
  run     TEXT NOT NULL,               -- key of the run
  context TEXT NOT NULL CHECK (json_valid(context)),
  name    TEXT NOT NULL,               -- metric
  last    REAL,                        -- last step that was there; NULL for values of no step
  at      TEXT NOT NULL                -- of the import
) STRICT;
CREATE INDEX arrival_name ON arrival (name);

CREATE TRIGGER import_arrived BEFORE DELETE ON import
BEGIN
  INSERT INTO arrival (run, context, name, last, at)
  SELECT r.key, c.fields, u.name, max(u.step), old.at
  FROM rollup u JOIN run r ON r.id = u.run_id JOIN context c ON c.id = u.context_id
  WHERE u.import_id = old.id AND u.kind = 'metric'
  GROUP BY r.key, c.fields, u.name, u.step IS NULL;
END;
