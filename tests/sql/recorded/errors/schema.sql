-- Expressions that fail: a row with number N runs the Nth expression, and the query recovers when the row is gone.
CREATE TYPE mood AS ENUM ('sad', 'ok', 'happy');
CREATE TABLE rows (
    id INTEGER PRIMARY KEY, which INTEGER NOT NULL, s SMALLINT, i INTEGER, l BIGINT, r REAL, d DOUBLE PRECISION, n NUMERIC, f NUMERIC(8, 2), t TEXT
);
