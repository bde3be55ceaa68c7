-- Time windows: rows enter and leave as the clock moves.
CREATE TABLE events (id INTEGER PRIMARY KEY, at TIMESTAMPTZ, day DATE, local_at TIMESTAMP, span INTERVAL);
