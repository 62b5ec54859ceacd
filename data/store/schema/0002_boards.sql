-- Boards of figures for a meeting. A figure is a view that was pinned, with
-- the numbers that it showed then.

CREATE TABLE board (
  id   INTEGER PRIMARY KEY AUTOINCREMENT,
  name TEXT NOT NULL UNIQUE,
  at   TEXT NOT NULL
) STRICT;

CREATE TABLE figure (
  id         INTEGER PRIMARY KEY AUTOINCREMENT,
  board_id   INTEGER NOT NULL REFERENCES board ON DELETE CASCADE,
  position   INTEGER NOT NULL,          -- on its board, from 0
  recipe     TEXT NOT NULL,             -- kind of chart
  state_json TEXT NOT NULL CHECK (json_valid(state_json)),
  title      TEXT NOT NULL DEFAULT '',  -- '' for the one that the numbers propose
  caption    TEXT NOT NULL DEFAULT '',  -- '' for the one written from the numbers
  revision   INTEGER NOT NULL,          -- of the study when it was last drawn
  numbers    TEXT NOT NULL,             -- the same for the same numbers
  shown      BLOB NOT NULL DEFAULT x'', -- the chart as it was last drawn: Zstandard of JSON
  at         TEXT NOT NULL
) STRICT;
CREATE INDEX figure_board ON figure (board_id, position);
