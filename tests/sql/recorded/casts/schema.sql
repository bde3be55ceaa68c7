-- Casts from and to text.
CREATE TYPE mood AS ENUM ('sad', 'ok', 'happy');
CREATE TABLE texts (id INTEGER PRIMARY KEY, kind TEXT NOT NULL, t TEXT);
