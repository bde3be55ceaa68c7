-- VARCHAR, CHAR and TEXT beside each other: which of them a comparison is made as, and what CASE and its like make of them.
CREATE TABLE words (id INTEGER PRIMARY KEY, v VARCHAR(8), w VARCHAR, c CHAR(5), d CHAR(3) NOT NULL, t TEXT, r REAL);
CREATE TABLE codes (code VARCHAR(8) PRIMARY KEY, c CHAR(4), name TEXT);
