CREATE TABLE events (kind TEXT NOT NULL, value DOUBLE PRECISION);
-- show: mermaid
-- queries:
-- name: kinds
SELECT kind FROM events WHERE value > 0.5;
