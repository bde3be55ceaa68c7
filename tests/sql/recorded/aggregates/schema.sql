-- Every aggregate of every type, with and without GROUP BY, DISTINCT and FILTER; empty inputs; groups that empty and come back.
CREATE TYPE mood AS ENUM ('sad', 'ok', 'happy');
CREATE TABLE facts (
    id INTEGER PRIMARY KEY, g TEXT, s SMALLINT, i INTEGER, l BIGINT, r REAL, d DOUBLE PRECISION, n NUMERIC, f NUMERIC(10, 2), w NUMERIC(30, 4),
    t TEXT, c CHAR(4), ts TIMESTAMP, tz TIMESTAMPTZ, da DATE, ti TIME, iv INTERVAL, b BOOLEAN, m mood
);
CREATE TABLE loose (v INTEGER, g TEXT);
