-- name: parsed
SELECT id, (CASE WHEN kind = 'b' THEN t::boolean END) AS b, (CASE WHEN kind = 's' THEN t::smallint END) AS s,
       (CASE WHEN kind = 'i' THEN t::integer END) AS i, (CASE WHEN kind = 'l' THEN t::bigint END) AS l,
       (CASE WHEN kind = 'r' THEN t::real END) AS r, (CASE WHEN kind = 'd' THEN t::double precision END) AS d,
       (CASE WHEN kind = 'n' THEN t::numeric END) AS n, (CASE WHEN kind = 'ts' THEN t::timestamp END) AS ts,
       (CASE WHEN kind = 'tz' THEN t::timestamptz END) AS tz, (CASE WHEN kind = 'da' THEN t::date END) AS da,
       (CASE WHEN kind = 'ti' THEN t::time END) AS ti, (CASE WHEN kind = 'iv' THEN t::interval END) AS iv,
       (CASE WHEN kind = 'u' THEN t::uuid END) AS u, (CASE WHEN kind = 'by' THEN t::bytea END) AS by,
       (CASE WHEN kind = 'j' THEN t::jsonb END) AS j, (CASE WHEN kind = 'm' THEN t::mood END) AS m,
       (CASE WHEN kind = 'n' THEN t::numeric(8, 2) END) AS fixed, (CASE WHEN kind = 'n' THEN t::numeric(30, 4) END) AS wide,
       t::varchar(4) AS v, t::char(4) AS c
FROM texts ORDER BY id;

-- name: printed
SELECT id, (CASE WHEN kind = 'b' THEN t::boolean::text END) AS b, (CASE WHEN kind = 's' THEN t::smallint::text END) AS s,
       (CASE WHEN kind = 'i' THEN t::integer::text END) AS i, (CASE WHEN kind = 'l' THEN t::bigint::text END) AS l,
       (CASE WHEN kind = 'r' THEN t::real::text END) AS r, (CASE WHEN kind = 'd' THEN t::double precision::text END) AS d,
       (CASE WHEN kind = 'n' THEN t::numeric::text END) AS n, (CASE WHEN kind = 'ts' THEN t::timestamp::text END) AS ts,
       (CASE WHEN kind = 'tz' THEN t::timestamptz::text END) AS tz, (CASE WHEN kind = 'da' THEN t::date::text END) AS da,
       (CASE WHEN kind = 'ti' THEN t::time::text END) AS ti, (CASE WHEN kind = 'iv' THEN t::interval::text END) AS iv,
       (CASE WHEN kind = 'u' THEN t::uuid::text END) AS u, (CASE WHEN kind = 'by' THEN t::bytea::text END) AS by,
       (CASE WHEN kind = 'j' THEN t::jsonb::text END) AS j, (CASE WHEN kind = 'm' THEN t::mood::text END) AS m
FROM texts ORDER BY id;

-- name: parsed_char
SELECT id, (CASE WHEN kind = 'b' THEN t::char(40)::boolean END) AS b, (CASE WHEN kind = 's' THEN t::char(40)::smallint END) AS s,
       (CASE WHEN kind = 'i' THEN t::char(40)::integer END) AS i, (CASE WHEN kind = 'l' THEN t::char(40)::bigint END) AS l,
       (CASE WHEN kind = 'r' THEN t::char(40)::real END) AS r, (CASE WHEN kind = 'd' THEN t::char(40)::double precision END) AS d,
       (CASE WHEN kind = 'n' THEN t::char(40)::numeric END) AS n, (CASE WHEN kind = 'ts' THEN t::char(40)::timestamp END) AS ts,
       (CASE WHEN kind = 'tz' THEN t::char(40)::timestamptz END) AS tz, (CASE WHEN kind = 'da' THEN t::char(40)::date END) AS da,
       (CASE WHEN kind = 'ti' THEN t::char(40)::time END) AS ti
FROM texts ORDER BY id;
