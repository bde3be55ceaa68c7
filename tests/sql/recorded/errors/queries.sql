-- name: failing_1
SELECT id, which, CASE which
    WHEN 1 THEN (i + 2147483647)::text
    WHEN 2 THEN (i - 2147483647 - 2)::text
    WHEN 3 THEN (s * 32767::smallint)::text
    WHEN 4 THEN (l + 9223372036854775807)::text
    WHEN 5 THEN (-(i - 2147483647 - 2))::text
    WHEN 6 THEN (i / 0)::text
    WHEN 7 THEN (i % (i - 1))::text
    WHEN 8 THEN (l * 4611686018427387904)::text
    WHEN 9 THEN (10 / (s - 1::smallint))::text
    WHEN 10 THEN (n / 0)::text
    WHEN 11 THEN (f % (f - f))::text
    WHEN 12 THEN (f / (f - f))::text
    END AS value
FROM rows ORDER BY id;

-- name: failing_2
SELECT id, which, CASE which
    WHEN 13 THEN (d / 0)::text
    WHEN 14 THEN (r / (r - r))::text
    WHEN 15 THEN (d * '1e308'::double precision * 10)::text
    WHEN 16 THEN (r * '3e38'::real * 10::real)::text
    WHEN 17 THEN (100000 * i)::smallint::text
    WHEN 18 THEN (l * 3000000000)::integer::text
    WHEN 19 THEN (d * 1e10)::integer::text
    WHEN 20 THEN (d * 1e30)::bigint::text
    WHEN 21 THEN (n * 100000)::numeric(4, 2)::text
    WHEN 22 THEN (f * 1000)::numeric(5, 2)::text
    WHEN 23 THEN 'x'::text || t::integer::text
    WHEN 24 THEN t::numeric::text
    END AS value
FROM rows ORDER BY id;

-- name: failing_3
SELECT id, which, CASE which
    WHEN 25 THEN t::boolean::text
    WHEN 26 THEN t::date::text
    WHEN 27 THEN t::timestamp::text
    WHEN 28 THEN t::timestamptz::text
    WHEN 29 THEN t::time::text
    WHEN 30 THEN t::interval::text
    WHEN 31 THEN t::uuid::text
    WHEN 32 THEN t::jsonb::text
    WHEN 33 THEN t::mood::text
    WHEN 34 THEN (t || '-13-01')::date::text
    WHEN 35 THEN t::double precision::text
    WHEN 36 THEN ('2026-02-' || (i + 29))::date::text
    END AS value
FROM rows ORDER BY id;

-- name: failing_4
SELECT id, which, CASE which
    WHEN 37 THEN SQRT(-d)::text
    WHEN 38 THEN SQRT(-n)::text
    WHEN 39 THEN LN(0 * d)::text
    WHEN 40 THEN LN(-d)::text
    WHEN 41 THEN LOG(0 * d)::text
    WHEN 42 THEN POWER(0 * d, -1)::text
    WHEN 43 THEN POWER(-d, 0.5)::text
    WHEN 44 THEN EXP(d * 1000)::text
    WHEN 45 THEN ASIN(d * 2)::text
    WHEN 46 THEN ACOS(d * 2)::text
    WHEN 47 THEN CHR(0 * i)
    WHEN 48 THEN CHR(-i)
    END AS value
FROM rows ORDER BY id;

-- name: failing_5
SELECT id, which, CASE which
    WHEN 49 THEN CHR(1114112 * i)
    WHEN 50 THEN SUBSTRING(t, 1, -i)
    WHEN 51 THEN SPLIT_PART(t, ',', i - 1)
    WHEN 52 THEN REPEAT(t, 1073741824 * i)
    WHEN 53 THEN MAKE_DATE(2026, 2, 29 + i)::text
    WHEN 54 THEN MAKE_TIME(25 * i, 0, 0)::text
    WHEN 55 THEN MAKE_TIMESTAMP(2026, 13 * i, 1, 0, 0, 0)::text
    WHEN 56 THEN DATE_BIN(INTERVAL '1 month', TIMESTAMP '2026-01-01' + i * INTERVAL '1 day', TIMESTAMP '2001-01-01')::text
    WHEN 57 THEN DATE_BIN(INTERVAL '0', TIMESTAMP '2026-01-01' + i * INTERVAL '1 day', TIMESTAMP '2001-01-01')::text
    WHEN 58 THEN (DATE '2026-01-01' + 2147483647 * i)::text
    WHEN 59 THEN (TIMESTAMP '2026-01-01' + i * INTERVAL '300000 years')::text
    WHEN 60 THEN (INTERVAL '1 day' / (d - 1))::text
    END AS value
FROM rows ORDER BY id;

-- name: failing_6
SELECT id, which, CASE which
    WHEN 61 THEN (INTERVAL '178000000 years' * (2 * i))::text
    WHEN 62 THEN TO_TIMESTAMP(d * 1e20)::text
    WHEN 63 THEN EXTRACT(EPOCH FROM TIMESTAMP '2026-01-01' + d * INTERVAL '1 day')::integer::text
    WHEN 64 THEN GCD(l - 1 - 9223372036854775807 - 1, 0)::text
    WHEN 65 THEN LCM(i + 2147483645, 2147483647)::text
    WHEN 66 THEN ABS(i - 2147483647 - 2)::text
    WHEN 67 THEN ABS(s - 32767::smallint - 2::smallint)::text
    WHEN 68 THEN (i << 40)::text
    WHEN 69 THEN LPAD(t, 1073741825 * i)
    WHEN 70 THEN DIV(n, n - n)::text
    WHEN 71 THEN MOD(l, l - 1)::text
    END AS value
FROM rows ORDER BY id;

-- name: failing_sums
SELECT SUM(d) AS sum, AVG(d) AS mean, SUM(DISTINCT d) AS distinct_sum, SUM(r) AS sum_of_reals FROM rows WHERE which > 90;
