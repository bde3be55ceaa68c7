-- Three-valued logic, membership, choices; NULL in conditions, joins, order and DISTINCT.
CREATE TYPE mood AS ENUM ('sad', 'ok', 'happy');
CREATE TABLE facts (id INTEGER PRIMARY KEY, a BOOLEAN, b BOOLEAN, i INTEGER, j INTEGER, t TEXT, m mood);
