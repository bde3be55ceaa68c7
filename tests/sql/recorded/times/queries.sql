-- name: truncations
SELECT id, DATE_TRUNC('microseconds', ts) AS ts_microseconds, DATE_TRUNC('milliseconds', ts) AS ts_milliseconds,
       DATE_TRUNC('second', ts) AS ts_second, DATE_TRUNC('minute', ts) AS ts_minute, DATE_TRUNC('hour', ts) AS ts_hour,
       DATE_TRUNC('day', ts) AS ts_day, DATE_TRUNC('week', ts) AS ts_week, DATE_TRUNC('month', ts) AS ts_month,
       DATE_TRUNC('quarter', ts) AS ts_quarter, DATE_TRUNC('year', ts) AS ts_year, DATE_TRUNC('decade', ts) AS ts_decade,
       DATE_TRUNC('century', ts) AS ts_century, DATE_TRUNC('millennium', ts) AS ts_millennium,
       DATE_TRUNC('microseconds', tz) AS tz_microseconds, DATE_TRUNC('milliseconds', tz) AS tz_milliseconds,
       DATE_TRUNC('second', tz) AS tz_second, DATE_TRUNC('minute', tz) AS tz_minute, DATE_TRUNC('hour', tz) AS tz_hour,
       DATE_TRUNC('day', tz) AS tz_day, DATE_TRUNC('week', tz) AS tz_week, DATE_TRUNC('month', tz) AS tz_month,
       DATE_TRUNC('quarter', tz) AS tz_quarter, DATE_TRUNC('year', tz) AS tz_year, DATE_TRUNC('decade', tz) AS tz_decade,
       DATE_TRUNC('century', tz) AS tz_century, DATE_TRUNC('millennium', tz) AS tz_millennium, DATE_TRUNC('day', da) AS da_day,
       DATE_TRUNC('week', da) AS da_week, DATE_TRUNC('month', da) AS da_month, DATE_TRUNC('quarter', da) AS da_quarter,
       DATE_TRUNC('year', da) AS da_year, DATE_TRUNC('decade', da) AS da_decade, DATE_TRUNC('century', da) AS da_century,
       DATE_TRUNC('millennium', da) AS da_millennium
FROM moments ORDER BY id;

-- name: truncated_intervals
SELECT id, DATE_TRUNC('microseconds', iv) AS iv_microseconds, DATE_TRUNC('milliseconds', iv) AS iv_milliseconds,
       DATE_TRUNC('second', iv) AS iv_second, DATE_TRUNC('minute', iv) AS iv_minute, DATE_TRUNC('hour', iv) AS iv_hour,
       DATE_TRUNC('day', iv) AS iv_day, DATE_TRUNC('month', iv) AS iv_month, DATE_TRUNC('quarter', iv) AS iv_quarter,
       DATE_TRUNC('year', iv) AS iv_year, DATE_TRUNC('decade', iv) AS iv_decade, DATE_TRUNC('century', iv) AS iv_century,
       DATE_TRUNC('millennium', iv) AS iv_millennium
FROM moments ORDER BY id;

-- name: extract_timestamp
SELECT id, EXTRACT(DAY FROM ts) AS ts_day, EXTRACT(MONTH FROM ts) AS ts_month, EXTRACT(QUARTER FROM ts) AS ts_quarter,
       EXTRACT(YEAR FROM ts) AS ts_year, EXTRACT(DECADE FROM ts) AS ts_decade, EXTRACT(CENTURY FROM ts) AS ts_century,
       EXTRACT(MILLENNIUM FROM ts) AS ts_millennium, EXTRACT(ISOYEAR FROM ts) AS ts_isoyear, EXTRACT(WEEK FROM ts) AS ts_week,
       EXTRACT(DOW FROM ts) AS ts_dow, EXTRACT(ISODOW FROM ts) AS ts_isodow, EXTRACT(DOY FROM ts) AS ts_doy,
       EXTRACT(HOUR FROM ts) AS ts_hour, EXTRACT(MINUTE FROM ts) AS ts_minute, EXTRACT(SECOND FROM ts) AS ts_second,
       EXTRACT(MILLISECONDS FROM ts) AS ts_milliseconds, EXTRACT(MICROSECONDS FROM ts) AS ts_microseconds,
       EXTRACT(EPOCH FROM ts) AS ts_epoch, EXTRACT(JULIAN FROM ts) AS ts_julian
FROM moments WHERE ISFINITE(ts) ORDER BY id;

-- name: extract_timestamptz
SELECT id, EXTRACT(DAY FROM tz) AS tz_day, EXTRACT(MONTH FROM tz) AS tz_month, EXTRACT(QUARTER FROM tz) AS tz_quarter,
       EXTRACT(YEAR FROM tz) AS tz_year, EXTRACT(DECADE FROM tz) AS tz_decade, EXTRACT(CENTURY FROM tz) AS tz_century,
       EXTRACT(MILLENNIUM FROM tz) AS tz_millennium, EXTRACT(ISOYEAR FROM tz) AS tz_isoyear, EXTRACT(WEEK FROM tz) AS tz_week,
       EXTRACT(DOW FROM tz) AS tz_dow, EXTRACT(ISODOW FROM tz) AS tz_isodow, EXTRACT(DOY FROM tz) AS tz_doy,
       EXTRACT(HOUR FROM tz) AS tz_hour, EXTRACT(MINUTE FROM tz) AS tz_minute, EXTRACT(SECOND FROM tz) AS tz_second,
       EXTRACT(MILLISECONDS FROM tz) AS tz_milliseconds, EXTRACT(MICROSECONDS FROM tz) AS tz_microseconds,
       EXTRACT(EPOCH FROM tz) AS tz_epoch, EXTRACT(JULIAN FROM tz) AS tz_julian, EXTRACT(TIMEZONE FROM tz) AS tz_timezone,
       EXTRACT(TIMEZONE_HOUR FROM tz) AS tz_timezone_hour, EXTRACT(TIMEZONE_MINUTE FROM tz) AS tz_timezone_minute
FROM moments WHERE ISFINITE(ts) ORDER BY id;

-- name: extract_others
SELECT id, EXTRACT(DAY FROM da) AS da_day, EXTRACT(MONTH FROM da) AS da_month, EXTRACT(QUARTER FROM da) AS da_quarter,
       EXTRACT(YEAR FROM da) AS da_year, EXTRACT(DECADE FROM da) AS da_decade, EXTRACT(CENTURY FROM da) AS da_century,
       EXTRACT(MILLENNIUM FROM da) AS da_millennium, EXTRACT(ISOYEAR FROM da) AS da_isoyear, EXTRACT(WEEK FROM da) AS da_week,
       EXTRACT(DOW FROM da) AS da_dow, EXTRACT(ISODOW FROM da) AS da_isodow, EXTRACT(DOY FROM da) AS da_doy,
       EXTRACT(EPOCH FROM da) AS da_epoch, EXTRACT(JULIAN FROM da) AS da_julian, EXTRACT(HOUR FROM ti) AS ti_hour,
       EXTRACT(MINUTE FROM ti) AS ti_minute, EXTRACT(SECOND FROM ti) AS ti_second, EXTRACT(MILLISECONDS FROM ti) AS ti_milliseconds,
       EXTRACT(MICROSECONDS FROM ti) AS ti_microseconds, EXTRACT(EPOCH FROM ti) AS ti_epoch, EXTRACT(MILLENNIUM FROM iv) AS iv_millennium,
       EXTRACT(CENTURY FROM iv) AS iv_century, EXTRACT(DECADE FROM iv) AS iv_decade, EXTRACT(YEAR FROM iv) AS iv_year,
       EXTRACT(QUARTER FROM iv) AS iv_quarter, EXTRACT(MONTH FROM iv) AS iv_month, EXTRACT(DAY FROM iv) AS iv_day,
       EXTRACT(HOUR FROM iv) AS iv_hour, EXTRACT(MINUTE FROM iv) AS iv_minute, EXTRACT(SECOND FROM iv) AS iv_second,
       EXTRACT(MILLISECONDS FROM iv) AS iv_milliseconds, EXTRACT(MICROSECONDS FROM iv) AS iv_microseconds,
       EXTRACT(EPOCH FROM iv) AS iv_epoch
FROM moments WHERE ISFINITE(ts) ORDER BY id;

-- name: parts
SELECT id, DATE_PART('day', ts) AS ts_day, DATE_PART('month', ts) AS ts_month, DATE_PART('quarter', ts) AS ts_quarter,
       DATE_PART('year', ts) AS ts_year, DATE_PART('decade', ts) AS ts_decade, DATE_PART('century', ts) AS ts_century,
       DATE_PART('millennium', ts) AS ts_millennium, DATE_PART('isoyear', ts) AS ts_isoyear, DATE_PART('week', ts) AS ts_week,
       DATE_PART('dow', ts) AS ts_dow, DATE_PART('isodow', ts) AS ts_isodow, DATE_PART('doy', ts) AS ts_doy,
       DATE_PART('hour', ts) AS ts_hour, DATE_PART('minute', ts) AS ts_minute, DATE_PART('second', ts) AS ts_second,
       DATE_PART('milliseconds', ts) AS ts_milliseconds, DATE_PART('microseconds', ts) AS ts_microseconds,
       DATE_PART('epoch', ts) AS ts_epoch, DATE_PART('julian', ts) AS ts_julian
FROM moments WHERE ISFINITE(ts) ORDER BY id;

-- name: parts_with_zone
SELECT id, DATE_PART('day', tz) AS tz_day, DATE_PART('month', tz) AS tz_month, DATE_PART('quarter', tz) AS tz_quarter,
       DATE_PART('year', tz) AS tz_year, DATE_PART('decade', tz) AS tz_decade, DATE_PART('century', tz) AS tz_century,
       DATE_PART('millennium', tz) AS tz_millennium, DATE_PART('isoyear', tz) AS tz_isoyear, DATE_PART('week', tz) AS tz_week,
       DATE_PART('dow', tz) AS tz_dow, DATE_PART('isodow', tz) AS tz_isodow, DATE_PART('doy', tz) AS tz_doy,
       DATE_PART('hour', tz) AS tz_hour, DATE_PART('minute', tz) AS tz_minute, DATE_PART('second', tz) AS tz_second,
       DATE_PART('milliseconds', tz) AS tz_milliseconds, DATE_PART('microseconds', tz) AS tz_microseconds,
       DATE_PART('epoch', tz) AS tz_epoch, DATE_PART('julian', tz) AS tz_julian, DATE_PART('timezone', tz) AS tz_timezone,
       DATE_PART('timezone_hour', tz) AS tz_timezone_hour, DATE_PART('timezone_minute', tz) AS tz_timezone_minute
FROM moments WHERE ISFINITE(ts) ORDER BY id;

-- name: parts_of_others
SELECT id, DATE_PART('year', da) AS da_year, DATE_PART('dow', da) AS da_dow, DATE_PART('epoch', da) AS da_epoch,
       DATE_PART('hour', ti) AS ti_hour, DATE_PART('minute', ti) AS ti_minute, DATE_PART('second', ti) AS ti_second,
       DATE_PART('milliseconds', ti) AS ti_milliseconds, DATE_PART('microseconds', ti) AS ti_microseconds,
       DATE_PART('epoch', ti) AS ti_epoch, DATE_PART('millennium', iv) AS iv_millennium, DATE_PART('century', iv) AS iv_century,
       DATE_PART('decade', iv) AS iv_decade, DATE_PART('year', iv) AS iv_year, DATE_PART('quarter', iv) AS iv_quarter,
       DATE_PART('month', iv) AS iv_month, DATE_PART('day', iv) AS iv_day, DATE_PART('hour', iv) AS iv_hour,
       DATE_PART('minute', iv) AS iv_minute, DATE_PART('second', iv) AS iv_second, DATE_PART('milliseconds', iv) AS iv_milliseconds,
       DATE_PART('microseconds', iv) AS iv_microseconds, DATE_PART('epoch', iv) AS iv_epoch
FROM moments WHERE ISFINITE(ts) ORDER BY id;

-- name: arithmetic
SELECT id, ts + iv AS ts_plus, ts - iv AS ts_minus, tz + iv AS tz_plus, tz - iv AS tz_minus, iv + ts AS iv_ts, iv + tz AS iv_tz,
       da + iv AS da_iv, iv + da AS iv_da, da - iv AS da_minus_iv, da + n AS da_plus, n + da AS n_plus, da - n AS da_minus,
       CASE WHEN ti < '24:00' THEN da + ti END AS da_ti, CASE WHEN ti < '24:00' THEN ti + da END AS ti_da, ti + iv AS ti_iv,
       iv + ti AS iv_ti, ti - iv AS ti_minus, ti - '01:00'::time AS ti_ti, iv + iv2 AS iv_iv, iv - iv2 AS iv_minus, -iv AS iv_neg,
       iv * 2 AS iv_twice, iv * 0.5 AS iv_half, 3 * iv AS twice_iv, iv / 3 AS iv_third, iv / NULLIF(n, 0) AS iv_by_n,
       ts + INTERVAL '1 month' AS shifted, ts - INTERVAL '1 year 1 month 1 day' AS back
FROM moments ORDER BY id;

-- name: differences
SELECT id, ts - TIMESTAMP '2000-01-01' AS ts_ts, tz - TIMESTAMPTZ '2000-01-01' AS tz_tz, da - DATE '2000-01-01' AS da_da,
       AGE(ts, TIMESTAMP '2001-03-31 12:00') AS age, AGE(TIMESTAMP '2001-03-31 12:00', ts) AS age_back,
       AGE(tz, TIMESTAMPTZ '1999-02-28') AS age_tz, DATE_BIN('15 minutes', ts, TIMESTAMP '2001-01-01') AS bin,
       DATE_BIN('1 day', tz, TIMESTAMPTZ '2001-01-01 03:00') AS bin_tz
FROM moments WHERE ISFINITE(ts) ORDER BY id;

-- name: interval_functions
SELECT id, JUSTIFY_HOURS(iv) AS hours, JUSTIFY_DAYS(iv) AS days, JUSTIFY_INTERVAL(iv) AS both, ISFINITE(iv) AS finite, iv < iv2 AS less,
       iv = iv2 AS equal, INTERVAL '1 month' = INTERVAL '30 days' AND id > 0 AS month_is_30_days, iv::text AS text, iv::time AS clock,
       GREATEST(iv, iv2) AS greatest
FROM moments ORDER BY id;

-- name: constructors
SELECT id, MAKE_DATE(2000 + n, 2, 28) AS date, MAKE_TIME(n % 24, 30, 1.5) AS time, MAKE_TIMESTAMP(2000 + n, 2, 28, 12, 30, 1.5) AS timestamp,
       MAKE_TIMESTAMPTZ(2000 + n, 2, 28, 12, 30, 1.5) AS timestamptz, TO_TIMESTAMP(n * 1000000.5) AS epoch
FROM moments WHERE n >= 0 ORDER BY id;

-- name: time_casts
SELECT id, ts::timestamptz AS ts_tz, ts::date AS ts_da, ts::text AS ts_text, tz::timestamp AS tz_ts, tz::date AS tz_da, tz::text AS tz_text,
       da::timestamp AS da_ts, da::timestamptz AS da_tz, da::text AS da_text, ti::interval AS ti_iv, ti::text AS ti_text,
       tz AT TIME ZONE 'UTC' AS zone, ts AT TIME ZONE 'UTC' AS from_zone, ISFINITE(ts) AS finite, ISFINITE(tz) AS finite_tz,
       ISFINITE(da) AS finite_da
FROM moments ORDER BY id;

-- name: finite_casts
SELECT id, ts::time AS ts_ti, tz::time AS tz_ti
FROM moments WHERE ISFINITE(ts) ORDER BY id;

-- name: moment_comparisons
SELECT id, ts = tz AS ts_tz, da <= ts AS da_ts, ts > da AS ts_da, tz >= da AS tz_da, ts > '2000-01-01' AS later, ti > '12:00' AS noon,
       da IN ('2024-02-29', '1999-12-31') AS in_list, ts BETWEEN '1999-01-01' AND '2027-01-01' AS between,
       GREATEST(ts, TIMESTAMP '2020-01-01') AS greatest, LEAST(da, DATE '2020-01-01') AS least
FROM moments ORDER BY id;

-- name: ordered_moments
SELECT ts, iv, id FROM moments ORDER BY ts DESC, iv, id;

-- name: ordered_intervals
SELECT iv, id FROM moments ORDER BY iv, id;
