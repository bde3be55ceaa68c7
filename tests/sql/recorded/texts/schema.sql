-- Operators, functions and casts of texts; LIKE.
CREATE TABLE texts (id INTEGER PRIMARY KEY, t TEXT, p TEXT, c CHAR(5), v VARCHAR(8), n INTEGER);
