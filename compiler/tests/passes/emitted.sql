CREATE TABLE readings (sensor INT NOT NULL, value INT NOT NULL);
-- show: rust
-- queries:
-- name: totals
SELECT sensor, sum(value) AS total FROM readings GROUP BY sensor;
