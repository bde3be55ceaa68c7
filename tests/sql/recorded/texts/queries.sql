-- name: text_functions
SELECT id, LENGTH(t) AS len, LENGTH(c) AS len_c, CHAR_LENGTH(t) AS chars, CHAR_LENGTH(c) AS chars_c, CHARACTER_LENGTH(t) AS character_length,
       CHARACTER_LENGTH(c) AS character_length_c, OCTET_LENGTH(t) AS octets, OCTET_LENGTH(c) AS octets_c, BIT_LENGTH(t) AS bits,
       LOWER(t) AS lower, UPPER(t) AS upper, INITCAP(t) AS initcap, t || v AS joined, t || n AS joined_int, c || '|' AS joined_c,
       REVERSE(t) AS reversed, ASCII(t) AS ascii, CHR(n + 64) AS chr, LOWER(c) || '|' AS lower_c, UPPER(v) AS upper_v
FROM texts ORDER BY id;

-- name: parts_of_texts
SELECT id, SUBSTRING(t, 2) AS sub, SUBSTRING(t, 2, 3) AS sub_for, SUBSTRING(t FROM 2 FOR 2) AS sub_from, SUBSTRING(t, -1, 3) AS sub_neg,
       SUBSTR(t, n) AS substr, SUBSTR(t, n, 2) AS substr_for, LEFT(t, n) AS left, RIGHT(t, n) AS right, LEFT(t, 2) AS left_2,
       RIGHT(t, -2) AS right_neg, TRIM(t) AS trim, TRIM(BOTH 'a' FROM t) AS trim_both, TRIM(LEADING 'a' FROM t) AS trim_leading,
       TRIM(TRAILING 'c ' FROM t) AS trim_trailing, BTRIM(t) AS btrim, BTRIM(t, 'ah') AS btrim_of, LTRIM(t) AS ltrim,
       LTRIM(t, 'Hh ') AS ltrim_of, RTRIM(t) AS rtrim, RTRIM(t, 'odc') AS rtrim_of, TRIM(c) || '|' AS trim_c,
       REPLACE(t, 'a', 'xy') AS replace, REPLACE(t, v, '-') AS replace_by, TRANSLATE(t, 'abl', 'AB') AS translate, STRPOS(t, v) AS strpos,
       POSITION(v IN t) AS position, SPLIT_PART(t, '.', 1) AS split_1, SPLIT_PART(t, '.', 3) AS split_3,
       SPLIT_PART(t, '.', -1) AS split_last, STARTS_WITH(t, v) AS starts, t ^@ v AS starts_op, LPAD(t, 6) AS lpad,
       LPAD(t, 8, 'xy') AS lpad_with, RPAD(t, 6) || '|' AS rpad, RPAD(t, 8, v) AS rpad_with, REPEAT(v, n) AS repeat
FROM texts ORDER BY id;

-- name: comparisons
SELECT id, t LIKE p AS like_p, t NOT LIKE p AS not_like_p, t ILIKE p AS ilike_p, t NOT ILIKE p AS not_ilike_p, t LIKE 'a%' AS like_a,
       t LIKE '%b' AS like_b, t LIKE '___' AS like_u, t LIKE 'a!_b' ESCAPE '!' AS like_esc, t NOT LIKE '100!%' ESCAPE '!' AS not_like_esc,
       t ILIKE 'A!_B' ESCAPE '!' AS ilike_esc, t NOT ILIKE 'A!_B' ESCAPE '!' AS not_ilike_esc, c LIKE 'ab%' AS like_c,
       c LIKE 'ab' AS like_c_exact, v LIKE '%b%' AS like_v, t = v AS eq, t < v AS lt, t >= p AS ge, c = 'ab' AS eq_c, c < 'b' AS lt_c,
       c IN ('a', 'ab') AS in_c, t IS DISTINCT FROM v AS distinct, t BETWEEN 'a' AND 'b' AS between, GREATEST(t, v, p) AS greatest,
       LEAST(t, v) AS least, COALESCE(v, t, '?') AS coalesce, NULLIF(t, v) AS nullif
FROM texts ORDER BY id;

-- name: text_casts
SELECT id, c::text || '|' AS c_text, t::char(3) || '|' AS t_char, t::varchar(3) AS t_varchar, v::text AS v_text,
       CASE WHEN t NOT LIKE '%\\%' THEN t::bytea END AS t_bytes
FROM texts ORDER BY id;

-- name: ordered
SELECT t, id FROM texts ORDER BY t, id;

-- name: ordered_c
SELECT c, id FROM texts ORDER BY c DESC, id;

-- name: grouped
SELECT v, COUNT(*) AS n, MIN(t) AS least, MAX(t) AS greatest, MIN(c) AS c FROM texts GROUP BY v;

-- name: concatenated
SELECT id, CONCAT(t, c, '|', v, n) AS all, CONCAT(n > 1, NULL, t) AS answers, CONCAT(c, '.') AS blanks, CONCAT(id, n::numeric(5,2), n::real / 3, DATE '2026-01-02', INTERVAL '1 day') AS kinds,
       CONCAT(NULL) AS nothing, CONCAT('x') AS one
FROM texts ORDER BY id;

-- name: concatenated_with_separator
SELECT id, CONCAT_WS(', ', t, v, n) AS listed, CONCAT_WS(v, t, c) AS by_column, CONCAT_WS('-', id, n, t) AS first, CONCAT_WS(NULL, id, t) AS nothing, CONCAT_WS('', t, NULL, v) AS joined,
       CONCAT_WS('/', NULL, v) AS second, CONCAT_WS(c, id, n) AS by_char
FROM texts ORDER BY id;

-- name: any_pattern
SELECT id, t LIKE ANY (ARRAY['a%', p]) AS some, t NOT LIKE ANY (ARRAY['a%', '%b']) AS not_some, t ILIKE ANY (ARRAY['HELLO%', NULL]) AS ilike, t !~~ ALL (ARRAY['a%', '%b']) AS none
FROM texts ORDER BY id;
