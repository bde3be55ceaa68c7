-- name: compared
SELECT id, v = c AS eq, c = v AS eq_turned, v <> c AS ne, v < c AS lt, v >= c AS ge, c > v AS gt, t = c AS text_eq, t < c AS text_lt, v = t AS both,
       v = w AS same, v IS DISTINCT FROM c AS differs, v BETWEEN d AND c AS between, c BETWEEN v AND w AS between_turned, NOT v = c AS not_eq,
       c = 'ab ' AS literal, v = 'ab ' AS literal_v, v || '' = c AS joined, w = c AS unbounded, d = c AS chars
FROM words ORDER BY id;

-- name: listed
SELECT id, v IN (c, d) AS chars, v IN (t, c) AS mixed, c IN (v, t) AS turned, c IN (t, w, 'q ') AS texts, t IN (v, c) AS of_text, v IN ('ab ', 'x') AS literals,
       c IN ('ab ', 'x') AS literals_c, c IN (UPPER('x'), LOWER('AB  ')) AS computed, v IN ('ab'::char(5), 'x  ') AS array, v IN ('x', c) AS one_each,
       v NOT IN (c, 'ab') AS none, c NOT IN (v, NULL) AS none_null, r IN (0.1, 0.25) AS reals, r IN (0.1) AS single, r IN (0.1, r) AS itself, r = 0.1 AS eq
FROM words ORDER BY id;

-- name: unified
SELECT id, COALESCE(v, c) AS v_c, COALESCE(v, t) AS v_t, COALESCE(t, c) AS t_c, COALESCE(v, c) = c AS as_v, COALESCE(t, v) = c AS as_t, COALESCE(v, t) = c AS still_v,
       COALESCE(v, UPPER('x')) = c AS literal_v, COALESCE(UPPER(v), v) = c AS text_first, CASE WHEN id > 2 THEN v ELSE w END = c AS case_v,
       CASE WHEN id > 2 THEN v ELSE t END = c AS case_t, CASE v WHEN c THEN 1 WHEN t THEN 2 ELSE 3 END AS simple, NULLIF(v, 'x') = c AS nullif,
       NULLIF(v, t) AS nullif_t, NULLIF(c, v) = v AS nullif_c, GREATEST(v, c) AS greatest, LEAST(v, w, c) AS least
FROM words ORDER BY id;

-- name: casts
SELECT id, v::text = c AS text, t::varchar = c AS varchar, t::varchar(2) = c AS cut, c::varchar = v AS of_char, c::text = v AS of_char_text,
       'ab  '::varchar = c AS literal, 'ab  '::text = c AS literal_text, v LIKE c AS like, c LIKE v AS like_turned, v || c || '|' AS concat, LENGTH(v) AS length
FROM words ORDER BY id;

-- name: joined
SELECT w.id, k.name FROM words w JOIN codes k ON k.code = w.c ORDER BY w.id, k.name;

-- name: joined_turned
SELECT w.id, k.code FROM words w JOIN codes k ON w.v = k.c ORDER BY w.id, k.code;

-- name: joined_text
SELECT w.id, k.code FROM words w JOIN codes k ON w.t = k.code ORDER BY w.id, k.code;

-- name: joined_using
SELECT w.id, c FROM words w JOIN codes k USING (c) ORDER BY w.id, c;

-- name: grouped
SELECT v, COUNT(*) AS n, COUNT(w) AS ws, COUNT(DISTINCT w) AS kinds, MAX(w) AS greatest, MIN(w) AS least, COUNT(DISTINCT c) AS chars FROM words GROUP BY v;

-- name: grouped_text
SELECT v::text AS label, COUNT(*) AS n FROM words GROUP BY v HAVING MAX(w) >= 'a';

-- name: greatest_as_text
SELECT d, MAX(v) = d AS equal FROM words GROUP BY d;

-- name: chosen
SELECT id FROM words WHERE v = c ORDER BY id;
