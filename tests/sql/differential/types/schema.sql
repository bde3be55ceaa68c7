-- Every type, nullable and not; keys of several columns; tables without keys; references of several columns.

CREATE TYPE mood AS ENUM ('sad', 'ok', 'happy', 'a very long label');

CREATE TABLE samples (
    id INTEGER PRIMARY KEY,
    b BOOLEAN,
    s SMALLINT,
    i INTEGER,
    l BIGINT,
    r REAL,
    d DOUBLE PRECISION,
    n NUMERIC,
    n2 NUMERIC(9, 2),
    n4 NUMERIC(30, 4),
    t TEXT,
    v VARCHAR(3),
    c CHAR(4),
    ts TIMESTAMP,
    tz TIMESTAMPTZ,
    da DATE,
    ti TIME,
    iv INTERVAL,
    u UUID,
    by BYTEA,
    j JSONB,
    m mood
);

CREATE TABLE solid (
    a SMALLINT NOT NULL,
    t TEXT NOT NULL,
    b BOOLEAN NOT NULL,
    i INTEGER NOT NULL,
    l BIGINT NOT NULL,
    d DOUBLE PRECISION NOT NULL,
    n2 NUMERIC(9, 2) NOT NULL,
    c CHAR(4) NOT NULL,
    ts TIMESTAMP NOT NULL,
    da DATE NOT NULL,
    m mood NOT NULL,
    PRIMARY KEY (t, a)
);

CREATE TABLE notes (
    t TEXT,
    a SMALLINT,
    line INTEGER NOT NULL,
    body VARCHAR(4),
    at TIMESTAMP,
    FOREIGN KEY (t, a) REFERENCES solid (t, a) ON DELETE CASCADE,
    UNIQUE (t, line)
);

CREATE INDEX notes_line ON notes (line);

CREATE TABLE nodes (
    id BIGINT PRIMARY KEY,
    parent BIGINT REFERENCES nodes (id) ON DELETE CASCADE,
    label CHAR(4),
    weight NUMERIC(20, 3) NOT NULL,
    code UUID UNIQUE
);

CREATE TABLE events (
    kind mood,
    day DATE NOT NULL,
    value BIGINT,
    ratio REAL,
    span INTERVAL
);
