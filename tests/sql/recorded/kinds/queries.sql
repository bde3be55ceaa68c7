-- name: by_smallint
SELECT s, COUNT(*) AS things, COUNT(r) AS reals, COUNT(doc) AS documents FROM things GROUP BY s ORDER BY s;

-- name: by_bigint
SELECT l, COUNT(*) AS things, COUNT(at) AS times, COUNT(tz) AS moments FROM things GROUP BY l ORDER BY l DESC;

-- name: by_real
SELECT r, COUNT(*) AS things, COUNT(u) AS uuids, MIN(s) FILTER (WHERE b) AS least FROM things GROUP BY r ORDER BY r;

-- name: by_double
SELECT d, COUNT(*) AS things, MAX(s) FILTER (WHERE b) AS greatest FROM things GROUP BY d ORDER BY d DESC;

-- name: by_date
SELECT day, COUNT(*) AS things FROM things GROUP BY day ORDER BY day NULLS FIRST;

-- name: by_time
SELECT at, COUNT(*) AS things FROM things GROUP BY at ORDER BY at DESC NULLS LAST;

-- name: by_bytes
SELECT raw, COUNT(*) AS things FROM things GROUP BY raw ORDER BY raw;

-- name: compared
SELECT id, r = 1.5::real AS real_eq, r < 'infinity' AS real_lt, s < 2::smallint AS small_lt, at = TIME '10:00' AS time_eq,
       ts = TIMESTAMP '2026-01-01 10:00' AS at_eq, ts <> tz::timestamp AS at_ne, r >= d AS mixed
FROM things ORDER BY id;

-- name: casts
SELECT id, s::numeric AS small_numeric, s::numeric(6,2) AS small_decimal, l::numeric(18,1) AS big_decimal, d::numeric(12,3) AS double_decimal,
       s::numeric(30,2) AS small_wide, id::numeric(25,1) AS int_wide, r::numeric(28,2) AS real_wide, CAST(l AS TEXT) AS big_text
FROM things WHERE d BETWEEN -1e6 AND 1e6 AND r < 1e6 ORDER BY id;

-- name: documents
SELECT id, CAST(doc AS SMALLINT) AS small, doc::bigint AS big, doc::double precision AS double FROM things WHERE id = 1 ORDER BY id;

-- name: patterns
SELECT id, t ~~ 'a%' AS matches, t !~~ 'a%' AS matches_not, t ~~* 'A_' AS matches_any, t !~~* '%B' AS matches_none, t COLLATE "C" < 'b' AS bytewise,
       SUBSTR(t, 2, 2) AS part
FROM things ORDER BY id;

-- name: all_columns
SELECT ALL p.* FROM parts p ORDER BY p.part;

-- name: used
SELECT s, x.id, p.label FROM things x INNER JOIN parts p USING (s) ORDER BY x.id, p.part;

-- name: natural
SELECT s, COUNT(*) AS pairs, MAX(label) AS label FROM things NATURAL JOIN parts GROUP BY s ORDER BY s;

-- name: crossed
SELECT x.id, p.part FROM things x CROSS JOIN parts p WHERE p.s = x.s AND p.part > x.id ORDER BY x.id, p.part;

-- name: listed
SELECT p.label, SUM(x.l) AS total FROM things x, parts p WHERE x.s = p.s GROUP BY p.label ORDER BY p.label;

-- name: page
SELECT id, s FROM things ORDER BY s DESC, id LIMIT 2 OFFSET 1;

-- name: first
SELECT id, t FROM things ORDER BY t, id FETCH FIRST 2 ROWS ONLY;

-- name: recent
SELECT id, TIMEZONE('UTC', tz) AS local FROM things WHERE tz > TRANSACTION_TIMESTAMP() - INTERVAL '1 day' ORDER BY id;

-- name: growing_fields
SELECT id, DATE_PART('year', tz) AS year, DATE_PART('decade', ts) AS decade, DATE_PART('century', day) AS century, DATE_PART('millennium', tz) AS millennium,
       DATE_PART('isoyear', day) AS isoyear, DATE_PART('epoch', ts) AS epoch, DATE_PART('julian', day) AS julian
FROM things ORDER BY id;
