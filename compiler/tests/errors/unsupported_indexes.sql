CREATE TABLE t (id INT PRIMARY KEY, name TEXT, doc JSONB);
CREATE INDEX a ON t (lower(name));
CREATE INDEX b ON t (name) WHERE id > 3;
CREATE UNIQUE INDEX c ON t (name) WHERE id > 3;
CREATE INDEX d ON t USING gin (doc);
CREATE INDEX e ON t (name) INCLUDE (id);
CREATE INDEX f ON t (name text_pattern_ops);
CREATE INDEX g ON t (name) WITH (fillfactor = 70);
CREATE UNIQUE INDEX h ON t (name) NULLS NOT DISTINCT;
