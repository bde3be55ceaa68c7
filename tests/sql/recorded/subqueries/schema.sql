-- EXISTS, IN of a subquery and their negations; NULL on either side.
CREATE TABLE people (id INTEGER PRIMARY KEY, name TEXT, town TEXT, boss INTEGER);
CREATE TABLE visits (id INTEGER PRIMARY KEY, person INTEGER, town TEXT, at TIMESTAMPTZ NOT NULL, cost NUMERIC(8,2));
