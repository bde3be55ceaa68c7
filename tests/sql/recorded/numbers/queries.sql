-- name: integer_operators
SELECT id, s + s2 AS s_add, s - s2 AS s_sub, s * s2 AS s_mul, s / NULLIF(s2, 0::smallint) AS s_div, s % NULLIF(s2, 0::smallint) AS s_rem,
       MOD(s, NULLIF(s2, 0::smallint)) AS s_mod, -s AS s_neg, +s AS s_plus, ABS(s) AS s_abs, s & s2 AS s_and, s | s2 AS s_or,
       s # s2 AS s_xor, s << 3 AS s_shl, s >> 1 AS s_shr, i + i2 AS i_add, i - i2 AS i_sub, i * i2 AS i_mul,
       i / NULLIF(i2, 0::integer) AS i_div, i % NULLIF(i2, 0::integer) AS i_rem, MOD(i, NULLIF(i2, 0::integer)) AS i_mod, -i AS i_neg,
       +i AS i_plus, ABS(i) AS i_abs, i & i2 AS i_and, i | i2 AS i_or, i # i2 AS i_xor, i << 3 AS i_shl, i >> 1 AS i_shr, l + l2 AS l_add,
       l - l2 AS l_sub, l * l2 AS l_mul, l / NULLIF(l2, 0::bigint) AS l_div, l % NULLIF(l2, 0::bigint) AS l_rem,
       MOD(l, NULLIF(l2, 0::bigint)) AS l_mod, -l AS l_neg, +l AS l_plus, ABS(l) AS l_abs, l & l2 AS l_and, l | l2 AS l_or, l # l2 AS l_xor,
       l << 3 AS l_shl, l >> 1 AS l_shr
FROM ints ORDER BY id;

-- name: integer_functions
SELECT id, s + i2 AS mixed_add, i * l2 AS mixed_mul, l / NULLIF(s2, 0::smallint) AS mixed_div, GCD(i, i2) AS gcd, GCD(l, l2) AS gcd_wide,
       LCM(i, i2) AS lcm, LCM(l, l2) AS lcm_wide, TO_HEX(i) AS hex, TO_HEX(l) AS hex_wide, i + 0.5 AS as_decimal, i * 1.10 AS of_decimal,
       i / 4.0 AS quotient, i ^ 2 AS power, POWER(i, 2) AS pow, SQRT(ABS(i)) AS root, i::smallint AS small, i::bigint AS wide,
       l::integer AS narrow, l::smallint AS narrowest, s::integer AS s_to_i, s::bigint AS s_to_l, i::real AS real,
       l::double precision AS double, s::double precision AS s_double, l::real AS l_real, s::real AS s_real, i::double precision AS i_double,
       i::numeric AS numeric, s::numeric AS s_numeric, l::numeric AS l_numeric, i::numeric(8, 2) AS fixed, l::numeric(25, 3) AS fixed_wide,
       i::text AS text, s::text AS s_text, l::text AS l_text, i::boolean AS truth, ROUND(i) AS round, CEIL(i) AS ceil, SIGN(i) AS sign,
       TRUNC(l) AS trunc, FLOOR(s) AS floor
FROM ints ORDER BY id;

-- name: decimal_operators
SELECT id, a + b AS ab_add, a - b AS ab_sub, a * b AS ab_mul, a / NULLIF(b, 0) AS ab_div, a % NULLIF(b, 0) AS ab_rem,
       MOD(a, NULLIF(b, 0)) AS ab_mod, a + w AS aw_add, w - b AS wb_sub, -a AS neg, +b AS plus, ABS(a) AS abs, n + m AS nm_add,
       n - m AS nm_sub, n * m AS nm_mul, n / NULLIF(m, 0) AS nm_div, n % NULLIF(m, 0) AS nm_rem, MOD(n, NULLIF(m, 0)) AS nm_mod,
       DIV(n, NULLIF(m, 0)) AS nm_div_trunc, a + n AS an_add, n * a AS na_mul, a / NULLIF(m, 0) AS an_div, a + 1 AS ai, a / 3 AS ai_div,
       w / 7 AS w_div, -n AS n_neg, +n AS n_plus, ABS(n) AS n_abs
FROM decimals ORDER BY id;

-- name: decimal_functions
SELECT id, ROUND(a) AS round, ROUND(a, 1) AS round_1, ROUND(b, 3) AS round_3, ROUND(w, -1) AS round_minus, TRUNC(a) AS trunc,
       TRUNC(a, 1) AS trunc_1, CEIL(a) AS ceil, CEILING(b) AS ceiling, FLOOR(a) AS floor, SIGN(a) AS sign, ROUND(n) AS n_round,
       ROUND(n, 2) AS n_round_2, ROUND(n, -1) AS n_round_minus, ROUND(n, id) AS n_round_by, TRUNC(n) AS n_trunc, TRUNC(n, 2) AS n_trunc_2,
       CEIL(n) AS n_ceil, CEILING(n) AS n_ceiling, FLOOR(n) AS n_floor, SIGN(n) AS n_sign, SCALE(n) AS scale, MIN_SCALE(n) AS min_scale,
       TRIM_SCALE(m) AS trimmed, SQRT(ABS(n)) AS root, POWER(m, 2) AS square, m ^ 3 AS cube, POW(n, 1) AS pow
FROM decimals ORDER BY id;

-- name: decimal_casts
SELECT id, CASE WHEN ABS(a) < 30000 THEN a::smallint END AS a_small, a::integer AS a_int, a::bigint AS a_big, a::real AS a_real,
       a::double precision AS a_double, a::numeric AS a_numeric, a::text AS a_text,
       CASE WHEN ABS(a) < 1000 THEN a::numeric(4, 1) END AS a_narrow, a::numeric(20, 8) AS a_wide, b::numeric(10, 2) AS b_a,
       CASE WHEN ABS(w) < 1000000 THEN w::numeric(10, 2) END AS w_a, w::text AS w_text, w::double precision AS w_double,
       CASE WHEN ABS(n) < 30000 THEN n::smallint END AS n_small, CASE WHEN ABS(n) < 30000 THEN n::integer END AS n_int,
       CASE WHEN ABS(n) < 30000 THEN n::bigint END AS n_big, n::real AS n_real, n::double precision AS n_double, n::text AS n_text,
       CASE WHEN ABS(n) < 30000 THEN n::numeric(8, 3) END AS n_fixed, n::numeric(30, 5) AS n_wide, m::numeric(10, 2) AS m_fixed
FROM decimals ORDER BY id;

-- name: float_operators
SELECT id, r + r2 AS r_add, r - r2 AS r_sub, r * r2 AS r_mul, r / NULLIF(r2, 0) AS r_div, -r AS r_neg, +r AS r_plus, ABS(r) AS r_abs,
       d + d2 AS d_add, d - d2 AS d_sub, d * d2 AS d_mul, d / NULLIF(d2, 0) AS d_div, -d AS d_neg, +d AS d_plus, ABS(d) AS d_abs,
       r + d AS rd, r * 2 AS ri, d + id AS di, d + 0.1 AS dn, d = d2 AS d_eq, d < d2 AS d_lt, d >= 2.5 AS d_ge, r > 1 AS r_gt, d = d AS same,
       d <> 'NaN' AS not_nan
FROM floats ORDER BY id;

-- name: float_functions
SELECT id, SIGN(d) AS sign, CEIL(d) AS ceil, CEILING(d) AS ceiling, FLOOR(d) AS floor, ROUND(d) AS round, TRUNC(d) AS trunc,
       SQRT(ABS(d)) AS sqrt, EXP(CASE WHEN d BETWEEN -50 AND 50 THEN d END) AS exp, LN(CASE WHEN d > 0 THEN d END) AS ln,
       LOG(CASE WHEN d > 0 THEN d END) AS log, LOG10(CASE WHEN d > 0 THEN d END) AS log10, POWER(d, 2) AS power,
       POW(CASE WHEN d > 0 THEN d END, d2) AS pow, d ^ 3 AS caret, DEGREES(d) AS degrees, RADIANS(d) AS radians,
       SIN(CASE WHEN ABS(d) < 1000000 THEN d END) AS sin, COS(CASE WHEN ABS(d) < 1000000 THEN d END) AS cos,
       TAN(CASE WHEN ABS(d) < 1000000 THEN d END) AS tan, ASIN(CASE WHEN ABS(d) <= 1 THEN d END) AS asin,
       ACOS(CASE WHEN ABS(d) <= 1 THEN d END) AS acos, ATAN(d) AS atan, ATAN2(d, d2) AS atan2, PI() * 2 AS pi
FROM floats ORDER BY id;

-- name: float_casts
SELECT id, CASE WHEN ABS(r) < 30000 THEN r::smallint END AS r_small, CASE WHEN ABS(r) < 30000 THEN r::integer END AS r_int,
       CASE WHEN ABS(r) < 30000 THEN r::bigint END AS r_big, r::double precision AS r_double,
       CASE WHEN ABS(r) < 1e20 THEN r::numeric END AS r_numeric, CASE WHEN ABS(r) < 30000 THEN r::numeric(10, 2) END AS r_fixed,
       r::text AS r_text, CASE WHEN ABS(d) < 30000 THEN d::smallint END AS d_small, CASE WHEN ABS(d) < 30000 THEN d::integer END AS d_int,
       CASE WHEN ABS(d) < 30000 THEN d::bigint END AS d_big, d::real AS d_real, CASE WHEN ABS(d) < 1e20 THEN d::numeric END AS d_numeric,
       CASE WHEN ABS(d) < 30000 THEN d::numeric(20, 3) END AS d_fixed, d::text AS d_text
FROM floats ORDER BY id;

-- name: edges
SELECT id, s::integer + 1 AS s_up, i::bigint - 1 AS i_up, l::numeric + 1 AS l_up, l + 0.5 AS l_sum, i::text AS i_text, l::text AS l_text,
       l::double precision AS l_double, i::real AS i_real, TO_HEX(i) AS i_hex, TO_HEX(l) AS l_hex, s >> 15 AS s_shift, i >> 31 AS i_shift,
       l >> 63 AS l_shift, s << 1 AS s_left, i << 1 AS i_left, l << 1 AS l_left, l / 2 AS l_div, i % 1000 AS i_rem, l % -1 AS l_rem,
       l::numeric(20, 1) AS l_decimal, l * 1.5 AS l_product, l > i AS greater, l & i AS and
FROM edges ORDER BY id;

-- name: widened
SELECT a.id, a.s < a.deep AS small, a.i < a.deep AS whole, a.l < a.deep AS large, a.two < a.deep AS decimal, a.two = b.i AS equal
FROM wides a JOIN wides b ON b.two = a.i ORDER BY a.id;

-- name: loose_rows
SELECT n, span, d, j FROM loose;

-- name: loose_pairs
SELECT a.n, b.d FROM loose a JOIN loose b ON a.n = b.n;
