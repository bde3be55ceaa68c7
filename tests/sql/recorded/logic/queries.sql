-- name: truth
SELECT id, a AND b AS conj, a OR b AS disj, NOT a AS neg, a IS TRUE AS is_true, a IS NOT TRUE AS is_not_true, a IS FALSE AS is_false,
       a IS NOT FALSE AS is_not_false, a IS UNKNOWN AS is_unknown, a IS NOT UNKNOWN AS is_known, a = b AS eq, a <> b AS ne, a < b AS lt,
       a >= b AS ge, a IS DISTINCT FROM b AS distinct, a IS NOT DISTINCT FROM b AS same, NOT (a AND b) = (NOT a OR NOT b) AS de_morgan,
       (a OR b) AND NOT (a AND b) AS nested, a AND NULL AS with_null, b OR NULL AS or_null, a::integer AS int, b::text AS text
FROM facts ORDER BY id;

-- name: membership
SELECT id, i IN (1, 3) AS in_list, i NOT IN (1, 3) AS not_in, i IN (1, NULL) AS in_null, i NOT IN (2, NULL) AS not_in_null,
       i IN (j, 2) AS in_columns, i NOT IN (j, 2) AS not_in_columns, t IN ('a', 'c') AS in_texts, m IN ('ok', 'happy') AS in_moods,
       i BETWEEN 1 AND j AS between, i NOT BETWEEN j AND 2 AS not_between, m < 'happy' AS mood_less, m::text AS mood_text,
       t = 'a' AND m = 'ok'::mood AS cast_mood
FROM facts ORDER BY id;

-- name: choices
SELECT id, CASE WHEN a THEN 1 WHEN b THEN 2 ELSE 3 END AS searched, CASE i WHEN 1 THEN 'one' WHEN 2 THEN 'two' END AS simple,
       CASE i WHEN NULL THEN 'null' ELSE 'other' END AS simple_null, CASE WHEN a THEN i END AS no_else,
       CASE WHEN a THEN i ELSE 1.5 END AS mixed, CASE WHEN i <> 0 THEN 10 / i ELSE 0 END AS guard, COALESCE(i, j, 0) AS coalesce,
       COALESCE(i, 2.5) AS coalesce_mixed, NULLIF(i, j) AS nullif, NULLIF(i, 1) AS nullif_const, GREATEST(i, j) AS greatest,
       LEAST(i, j, 2) AS least, GREATEST(i, NULL) AS greatest_null, LEAST(i, 1.5) AS least_mixed
FROM facts ORDER BY id;

-- name: where_conj
SELECT id FROM facts WHERE a AND b ORDER BY id;

-- name: where_disj
SELECT id FROM facts WHERE a OR i = 2 ORDER BY id;

-- name: where_not
SELECT id FROM facts WHERE NOT a ORDER BY id;

-- name: where_null
SELECT id FROM facts WHERE i IS NULL OR j IS NULL ORDER BY id;

-- name: where_not_in
SELECT id FROM facts WHERE i NOT IN (1, 5) ORDER BY id;

-- name: where_eq
SELECT id FROM facts WHERE i = j ORDER BY id;

-- name: ordered_nulls
SELECT i, j, id FROM facts ORDER BY i, j DESC, id;

-- name: ordered_nulls_first
SELECT i, t, id FROM facts ORDER BY i NULLS FIRST, t DESC NULLS LAST, id;

-- name: ordered_moods
SELECT m, a, id FROM facts ORDER BY m DESC, a, id;

-- name: joined
SELECT x.id, y.id AS other FROM facts x JOIN facts y ON x.i = y.j AND x.id < y.id ORDER BY 1, 2;

-- name: distinct_rows
SELECT DISTINCT i, t FROM facts ORDER BY i, t;

-- name: rows_compared
SELECT id, (i, j) = (1, 3) AS eq, (i, j) <> (1, 3) AS ne, (i, j) < (2, 1) AS lt, (i, j) <= (1, 3) AS le, (i, j) > (j, i) AS gt, ROW(i, t, j) >= ROW(1, 'b', 1) AS ge
FROM facts ORDER BY id;

-- name: rows_listed
SELECT id, (i, j) IN ((1, 3), (2, 1)) AS listed, (i, j) NOT IN ((1, 3), (2, 1)) AS not_listed, (i, t) IN ((1, 'a')) AS one, (i, j) IN ((j, i), (1, NULL)) AS computed
FROM facts ORDER BY id;

-- name: any_of_an_array
SELECT id, i = ANY (ARRAY[1, 3]) AS listed, i <> ALL (ARRAY[1, 3]) AS not_listed, i = ANY (ARRAY[2, NULL]) AS with_null, i <> ALL (ARRAY[2, NULL]) AS not_with_null,
       i < ANY (ARRAY[1, j]) AS below_any, i >= ALL (ARRAY[1, j]) AS above_all, i <> ANY (ARRAY[1, 2]) AS differs, i = ALL (ARRAY[1, 1]) AS ones,
       i = SOME (ARRAY[1.0, 2.50]) AS decimal, m = ANY (ARRAY['ok', 'sad']::mood[]) AS mood, i = ANY (ARRAY[]::integer[]) AS none, i <> ALL (CAST(ARRAY[] AS integer[])) AS all_of_none,
       t = ANY (ARRAY['a', 'c']) AS text, i::real = ANY (ARRAY[0.1, 1]) AS real
FROM facts ORDER BY id;

-- name: where_any
SELECT id FROM facts WHERE i = ANY (ARRAY[1, 5]) AND (t, m) <> ('b', 'ok') ORDER BY id;
