CREATE TABLE t (a INT PRIMARY KEY);
-- queries:
-- name: RevenueByHour
SELECT a + a + 1 AS x FROM t;
-- name: revenue by day
SELECT a + a + 2 AS x FROM t;
-- name: match
SELECT a + a + 3 AS x FROM t;
-- name: twice
SELECT a + a + 4 AS x FROM t;
-- name: twice
SELECT a + a + 5 AS x FROM t;
-- name: one
-- name: two
SELECT a + a + 6 AS x FROM t;
-- name:
SELECT a + a + 7 AS x FROM t;
-- name: query_9
SELECT a + a + 8 AS x FROM t;
SELECT a + a + 9 AS x FROM t;
-- name: 日本
SELECT a + a + 10 AS x FROM t;
-- name: gen
SELECT a + a + 11 AS x FROM t;
-- name: été
SELECT a + a + 12 AS x FROM t;
-- name: last
