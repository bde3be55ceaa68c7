-- name: comparisons
SELECT id, i = s AS eq, i <> l AS ne, r < d AS lt, n <= n2 AS le, n2 > n4 AS gt, t >= v AS ge, c = t AS padded, ts = tz AS moment,
       da < ts AS day, m > 'ok' AS mood, b = (i > 1) AS truth, iv < INTERVAL '1 day' AS short, ti > '12:00' AS afternoon, u = u AS same
FROM samples;

-- name: three_valued
SELECT id, b AND i > 2 AS conjunction, b OR i > 2 AS disjunction, NOT b AS negation, b IS TRUE AS is_true, b IS NOT FALSE AS not_false,
       b IS UNKNOWN AS unknown, i IS NULL AS is_null, i IS NOT NULL AS not_null, i IS DISTINCT FROM s AS differs,
       NOT (b AND i > 2 OR s IS NULL) AS nested
FROM samples;

-- name: memberships
SELECT id, i IN (1, 2, NULL) AS a, i NOT IN (1, 2, NULL) AS b, i IN (s, l, 3) AS c, t IN ('a', 'b') AS d, m IN ('ok', 'happy') AS e,
       c IN ('a', 'ab') AS f, i BETWEEN 1 AND 5 AS g, i NOT BETWEEN s AND l AS h, n2 IN (1, 1.5) AS k
FROM samples;

-- name: conditionals
SELECT id, CASE WHEN i > 3 THEN t WHEN b THEN v ELSE c::text END AS text, CASE i WHEN 1 THEN 'one' WHEN NULL THEN 'never' END AS word,
       COALESCE(i, s, 0) AS first, NULLIF(i, 2) AS but_two, GREATEST(i, s, l) AS greatest, LEAST(n2, n, 1) AS least,
       CASE WHEN i IS NOT NULL THEN i ELSE 0 END AS known, COALESCE(t, v, 'none') AS some
FROM samples;

-- name: arithmetic
SELECT id, s + 1::smallint AS s, i + s AS i, l * 2 AS l, r + 0.5::real AS r, d * 2 AS d, n + n2 AS n, n2 * n2 AS n2, n4 - n2 AS n4, -i AS negative,
       i % 3 AS remainder, ABS(s) AS magnitude, n2 / 4 AS quarter, i & 3 AS bits
FROM samples;

-- name: divisions
SELECT id, l / i AS whole, n / n2 AS exact, d / r AS approximate, i % s AS remainder FROM samples;

-- name: guarded_divisions
SELECT id, CASE WHEN i <> 0 THEN l / i END AS whole, n / NULLIF(n2, 0) AS exact FROM samples;

-- name: null_beside_failure
SELECT id, s + l / i AS sum FROM samples;

-- name: overflows
SELECT id, s * 1000::smallint AS small, i * 100000 AS whole FROM samples WHERE i IS NOT NULL;

-- name: texts
SELECT id, LENGTH(t) AS length, UPPER(t) || LOWER(v) AS joined, SUBSTRING(t FROM 1 FOR 1) AS head, t LIKE '%b%' AS has_b, t ILIKE 'A_' AS two,
       t NOT LIKE v AS unlike, TRIM(c) AS trimmed, REPLACE(t, 'a', 'x') AS replaced, POSITION('b' IN t) AS place, LEFT(t, 1) AS first,
       LENGTH(c) AS unpadded, c || '!' AS marked, t || '-' || i AS concatenated
FROM samples;

-- name: times
SELECT id, DATE_TRUNC('month', ts) AS month, EXTRACT(DOW FROM da) AS weekday, tz + iv AS later, ts - da AS since, da + 3 AS soon, ts::time AS clock,
       EXTRACT(EPOCH FROM iv) AS seconds, ti + INTERVAL '1 hour' AS next, iv * 2 AS twice, DATE_PART('hour', tz) AS hour, tz::date - da AS days
FROM samples WHERE ts > '2000-01-01' AND ts < '2100-01-01' AND tz > '2000-01-01' AND tz < '2100-01-01';

-- name: casts
SELECT id, i::text AS i, n2::integer AS n2, d::text AS d, b::integer AS b, l::numeric(20, 1) AS l, m::text AS m, da::timestamp AS da, n4::double precision AS n4,
       t::varchar(1) AS t, s::char(2) AS s
FROM samples;

-- name: failing_casts
SELECT id, t::integer AS number FROM samples WHERE t <> '';

-- name: where_null
SELECT id FROM samples WHERE NOT (b AND i > 0) OR t IS NULL;

-- name: where_or
SELECT id FROM samples WHERE (i > 3 OR s < 2) AND (t = 'a' OR m = 'ok' OR b);

-- name: where_narrows
SELECT id, i, t FROM samples WHERE i IS NOT NULL AND t > 'a' AND s BETWEEN 0 AND 8;

-- name: where_in
SELECT id, i + s AS sum FROM samples WHERE i IN (1, 3, 5, 7) AND s NOT IN (2, 4);

-- name: where_fails_late
SELECT id FROM samples WHERE 10 / i > 1 AND s > 0;

-- name: where_like
SELECT t, COUNT(*) AS n FROM samples WHERE t LIKE '_%' AND v NOT LIKE 'b%' GROUP BY t;

-- name: constants
SELECT id, 1 AS one, 'x' AS x, NULL AS nothing, TRUE AS yes, 1.50 AS decimal, INTERVAL '1 day' AS day FROM solid JOIN nodes ON id = l;

-- name: solid_scalars
SELECT t, a, a + i AS sum, i * 2 AS twice, n2 / 3 AS third, t || c AS joined, d < 1 OR b AS either, m = 'ok' AS ok, da + 1 AS tomorrow,
       CASE WHEN b THEN i ELSE a END AS chosen
FROM solid;

-- name: group_of_scalars
SELECT UPPER(t) AS t, i % 2 = 0 AS even, COUNT(*) AS n, SUM(n2 * i) AS value, MAX(LENGTH(c)) AS longest FROM solid GROUP BY 1, 2;
