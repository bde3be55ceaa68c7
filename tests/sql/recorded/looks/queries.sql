-- name: by_numeric
SELECT z, z::TEXT AS shown, COUNT(*) AS n FROM looks GROUP BY z ORDER BY z;

-- name: by_interval
SELECT i, TIMESTAMP '2026-01-31' + i AS due, COUNT(*) AS n FROM looks GROUP BY i ORDER BY i;

-- name: by_double
SELECT d::TEXT AS shown, COUNT(*) AS n FROM looks GROUP BY d ORDER BY shown;

-- name: by_real
SELECT r::TEXT AS shown, COUNT(*) AS n FROM looks GROUP BY r ORDER BY shown;

-- name: by_json
SELECT j->>'a' AS shown, COUNT(*) AS n FROM looks GROUP BY j ORDER BY shown;

-- name: by_all
SELECT z, i, COUNT(*) AS n FROM looks GROUP BY i, z HAVING COUNT(*) > 0 ORDER BY z, i LIMIT 5;

-- name: distinct_numerics
SELECT DISTINCT z FROM looks ORDER BY z;

-- name: extremes
SELECT MIN(z) AS least, MAX(z) AS greatest, MIN(i) AS shortest, MAX(i) AS longest, MAX(d)::TEXT AS d, MIN(r)::TEXT AS r FROM looks;

-- name: distinct_sums
SELECT SUM(DISTINCT z) AS z, SUM(DISTINCT i) AS i, COUNT(DISTINCT z) AS zs, COUNT(DISTINCT i) AS spans, AVG(DISTINCT z) AS mean FROM looks;

-- name: by_key
SELECT z, i FROM keyed ORDER BY z;

-- name: joined
SELECT looks.z, MAX(name) AS name, SUM(looks.z) AS total FROM looks JOIN kinds ON kinds.z = looks.z GROUP BY looks.z ORDER BY looks.z;

-- name: named
SELECT kinds.z, name, COUNT(*) AS n FROM looks JOIN kinds ON kinds.z = looks.z GROUP BY kinds.z, name ORDER BY kinds.z;

-- name: texts_of_numbers
SELECT z, z::TEXT AS shown, COUNT(*) AS n FROM marks GROUP BY z, z::TEXT ORDER BY shown;

-- name: numbers_by_text
SELECT z, t, COUNT(*) AS n FROM marks JOIN texts ON t = z::TEXT GROUP BY z, t ORDER BY t;
