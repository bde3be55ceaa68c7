-- name: sums
SELECT SUM(s) AS sum_s, SUM(i) AS sum_i, SUM(l) AS sum_l, SUM(n) AS sum_n, SUM(f) AS sum_f, SUM(w) AS sum_w, SUM(r) AS sum_r,
       SUM(d) AS sum_d, SUM(iv) AS sum_iv, SUM(ti) AS sum_ti
FROM facts;

-- name: grouped_sums
SELECT g, SUM(s) AS sum_s, SUM(i) AS sum_i, SUM(l) AS sum_l, SUM(n) AS sum_n, SUM(f) AS sum_f, SUM(w) AS sum_w, SUM(r) AS sum_r,
       SUM(d) AS sum_d, SUM(iv) AS sum_iv, SUM(ti) AS sum_ti
FROM facts GROUP BY g ORDER BY g;

-- name: averages
SELECT AVG(s) AS avg_s, AVG(i) AS avg_i, AVG(l) AS avg_l, AVG(n) AS avg_n, AVG(f) AS avg_f, AVG(w) AS avg_w, AVG(r) AS avg_r,
       AVG(d) AS avg_d, AVG(iv) AS avg_iv, AVG(ti) AS avg_ti
FROM facts;

-- name: grouped_averages
SELECT g, AVG(s) AS avg_s, AVG(i) AS avg_i, AVG(l) AS avg_l, AVG(n) AS avg_n, AVG(f) AS avg_f, AVG(w) AS avg_w, AVG(r) AS avg_r,
       AVG(d) AS avg_d, AVG(iv) AS avg_iv, AVG(ti) AS avg_ti
FROM facts GROUP BY g ORDER BY g;

-- name: extremes
SELECT MIN(s) AS min_s, MIN(i) AS min_i, MIN(l) AS min_l, MIN(r) AS min_r, MIN(d) AS min_d, MIN(n) AS min_n, MIN(f) AS min_f,
       MIN(w) AS min_w, MIN(t) AS min_t, MIN(c) AS min_c, MIN(ts) AS min_ts, MIN(tz) AS min_tz, MIN(da) AS min_da, MIN(ti) AS min_ti,
       MIN(iv) AS min_iv, MIN(m) AS min_m, MAX(s) AS max_s, MAX(i) AS max_i, MAX(l) AS max_l, MAX(r) AS max_r, MAX(d) AS max_d,
       MAX(n) AS max_n, MAX(f) AS max_f, MAX(w) AS max_w, MAX(t) AS max_t, MAX(c) AS max_c, MAX(ts) AS max_ts, MAX(tz) AS max_tz,
       MAX(da) AS max_da, MAX(ti) AS max_ti, MAX(iv) AS max_iv, MAX(m) AS max_m
FROM facts;

-- name: grouped_extremes
SELECT g, MIN(s) AS min_s, MIN(i) AS min_i, MIN(l) AS min_l, MIN(r) AS min_r, MIN(d) AS min_d, MIN(n) AS min_n, MIN(f) AS min_f,
       MIN(w) AS min_w, MIN(t) AS min_t, MIN(c) AS min_c, MIN(ts) AS min_ts, MIN(tz) AS min_tz, MIN(da) AS min_da, MIN(ti) AS min_ti,
       MIN(iv) AS min_iv, MIN(m) AS min_m, MAX(s) AS max_s, MAX(i) AS max_i, MAX(l) AS max_l, MAX(r) AS max_r, MAX(d) AS max_d,
       MAX(n) AS max_n, MAX(f) AS max_f, MAX(w) AS max_w, MAX(t) AS max_t, MAX(c) AS max_c, MAX(ts) AS max_ts, MAX(tz) AS max_tz,
       MAX(da) AS max_da, MAX(ti) AS max_ti, MAX(iv) AS max_iv, MAX(m) AS max_m
FROM facts GROUP BY g ORDER BY g;

-- name: counts
SELECT COUNT(*) AS rows, COUNT(i) AS count_i, COUNT(t) AS count_t, BOOL_AND(b) AS all_b, BOOL_OR(b) AS any_b, EVERY(i > 0) AS every_b
FROM facts;

-- name: grouped_counts
SELECT g, COUNT(*) AS rows, COUNT(i) AS count_i, COUNT(t) AS count_t, BOOL_AND(b) AS all_b, BOOL_OR(b) AS any_b, EVERY(i > 0) AS every_b
FROM facts GROUP BY g ORDER BY g;

-- name: distincts
SELECT COUNT(DISTINCT s) AS count_s, COUNT(DISTINCT i) AS count_i, COUNT(DISTINCT l) AS count_l, COUNT(DISTINCT d) AS count_d,
       COUNT(DISTINCT n) AS count_n, COUNT(DISTINCT f) AS count_f, COUNT(DISTINCT t) AS count_t, COUNT(DISTINCT c) AS count_c,
       COUNT(DISTINCT ts) AS count_ts, COUNT(DISTINCT da) AS count_da, COUNT(DISTINCT iv) AS count_iv, COUNT(DISTINCT b) AS count_b,
       COUNT(DISTINCT m) AS count_m, SUM(DISTINCT s) AS sum_s, SUM(DISTINCT i) AS sum_i, SUM(DISTINCT l) AS sum_l, SUM(DISTINCT n) AS sum_n,
       SUM(DISTINCT f) AS sum_f, SUM(DISTINCT w) AS sum_w, SUM(DISTINCT r) AS sum_r, SUM(DISTINCT d) AS sum_d, AVG(DISTINCT s) AS avg_s,
       AVG(DISTINCT l) AS avg_l, AVG(DISTINCT n) AS avg_n, AVG(DISTINCT f) AS avg_f, AVG(DISTINCT d) AS avg_d, MIN(DISTINCT i) AS min_i
FROM facts;

-- name: grouped_distincts
SELECT g, COUNT(DISTINCT s) AS count_s, COUNT(DISTINCT i) AS count_i, COUNT(DISTINCT l) AS count_l, COUNT(DISTINCT d) AS count_d,
       COUNT(DISTINCT n) AS count_n, COUNT(DISTINCT f) AS count_f, COUNT(DISTINCT t) AS count_t, COUNT(DISTINCT c) AS count_c,
       COUNT(DISTINCT ts) AS count_ts, COUNT(DISTINCT da) AS count_da, COUNT(DISTINCT iv) AS count_iv, COUNT(DISTINCT b) AS count_b,
       COUNT(DISTINCT m) AS count_m, SUM(DISTINCT s) AS sum_s, SUM(DISTINCT i) AS sum_i, SUM(DISTINCT l) AS sum_l, SUM(DISTINCT n) AS sum_n,
       SUM(DISTINCT f) AS sum_f, SUM(DISTINCT w) AS sum_w, SUM(DISTINCT r) AS sum_r, SUM(DISTINCT d) AS sum_d, AVG(DISTINCT s) AS avg_s,
       AVG(DISTINCT l) AS avg_l, AVG(DISTINCT n) AS avg_n, AVG(DISTINCT f) AS avg_f, AVG(DISTINCT d) AS avg_d, MIN(DISTINCT i) AS min_i
FROM facts GROUP BY g ORDER BY g;

-- name: filters
SELECT COUNT(*) FILTER (WHERE b) AS n, COUNT(i) FILTER (WHERE i > 0) AS known, SUM(f) FILTER (WHERE m = 'ok') AS sum,
       AVG(i) FILTER (WHERE t <> 'x') AS avg, SUM(l) FILTER (WHERE i > 1000) AS none, MAX(t) FILTER (WHERE NOT b) AS max,
       COUNT(DISTINCT f) FILTER (WHERE f > 0) AS different, SUM(d) FILTER (WHERE d > 0) AS float,
       COUNT(*) FILTER (WHERE NULL) AS null_filter
FROM facts;

-- name: grouped_filters
SELECT g, COUNT(*) FILTER (WHERE b) AS n, COUNT(i) FILTER (WHERE i > 0) AS known, SUM(f) FILTER (WHERE m = 'ok') AS sum,
       AVG(i) FILTER (WHERE t <> 'x') AS avg, SUM(l) FILTER (WHERE i > 1000) AS none, MAX(t) FILTER (WHERE NOT b) AS max,
       COUNT(DISTINCT f) FILTER (WHERE f > 0) AS different, SUM(d) FILTER (WHERE d > 0) AS float,
       COUNT(*) FILTER (WHERE NULL) AS null_filter
FROM facts GROUP BY g ORDER BY g;

-- name: expressions
SELECT SUM(i * 2 + s) AS computed, SUM(f) / NULLIF(COUNT(i), 0) AS ratio, ROUND(100.0 * COUNT(i) / COUNT(*), 2) AS percent,
       COALESCE(SUM(i), 0) AS coalesced, CASE WHEN SUM(i) > 5 THEN 'big' ELSE 'small' END AS choice, MAX(f) - MIN(f) AS spread,
       SUM(f * i) AS product, AVG(f) / 3 AS divided, SUM(n)::text AS text, ROUND(AVG(n), 3) AS rounded, NULLIF(COUNT(*), 3) AS nullif,
       SUM(CASE WHEN b THEN f ELSE 0 END) AS case_sum
FROM facts;

-- name: grouped_expressions
SELECT g, SUM(i * 2 + s) AS computed, SUM(f) / NULLIF(COUNT(i), 0) AS ratio, ROUND(100.0 * COUNT(i) / COUNT(*), 2) AS percent,
       COALESCE(SUM(i), 0) AS coalesced, CASE WHEN SUM(i) > 5 THEN 'big' ELSE 'small' END AS choice, MAX(f) - MIN(f) AS spread,
       SUM(f * i) AS product, AVG(f) / 3 AS divided, SUM(n)::text AS text, ROUND(AVG(n), 3) AS rounded, NULLIF(COUNT(*), 3) AS nullif,
       SUM(CASE WHEN b THEN f ELSE 0 END) AS case_sum
FROM facts GROUP BY g ORDER BY g;

-- name: no_rows
SELECT COUNT(*) AS n, SUM(i) AS s, AVG(f) AS a, MIN(t) AS t, BOOL_AND(b) AS b FROM facts WHERE i > 1000000;

-- name: no_groups
SELECT g, COUNT(*) AS n, SUM(i) AS s FROM facts WHERE i > 1000000 GROUP BY g;

-- name: having
SELECT g, COUNT(*) AS n FROM facts GROUP BY g HAVING COUNT(*) > 1 ORDER BY g;

-- name: having_null
SELECT g, SUM(i) AS s FROM facts GROUP BY g HAVING SUM(i) > 3 ORDER BY g;

-- name: having_all
SELECT COUNT(*) AS n FROM facts HAVING COUNT(*) > 3;

-- name: having_only
SELECT 1 AS one FROM facts HAVING MAX(i) > 5;

-- name: by_two
SELECT g, b, COUNT(*) AS n, SUM(f) AS f FROM facts GROUP BY g, b ORDER BY g, b;

-- name: by_expression
SELECT i > 0 AS positive, COUNT(*) AS n FROM facts GROUP BY i > 0 ORDER BY 1;

-- name: by_numeric
SELECT f, COUNT(*) AS n FROM facts GROUP BY f ORDER BY f;

-- name: by_char
SELECT c, COUNT(*) AS n FROM facts GROUP BY c ORDER BY c NULLS FIRST;

-- name: by_interval
SELECT JUSTIFY_INTERVAL(iv) AS iv, COUNT(*) AS n FROM facts GROUP BY 1 ORDER BY 1;

-- name: by_mood
SELECT m, COUNT(*) AS n FROM facts GROUP BY m ORDER BY m DESC;

-- name: by_day
SELECT DATE_TRUNC('month', ts) AS month, COUNT(*) AS n FROM facts GROUP BY month ORDER BY month;

-- name: by_id
SELECT id, g, t, COUNT(*) AS n, SUM(f) AS f FROM facts GROUP BY id ORDER BY id;

-- name: ordered_sum
SELECT g, SUM(f) AS f FROM facts GROUP BY g ORDER BY SUM(f) DESC NULLS LAST, g LIMIT 2;

-- name: ordered_avg
SELECT g, AVG(i) AS i FROM facts GROUP BY g ORDER BY i, g OFFSET 1;

-- name: distinct_groups
SELECT DISTINCT g FROM facts ORDER BY g;

-- name: distinct_pairs
SELECT DISTINCT b, m FROM facts ORDER BY b, m;

-- name: joined
SELECT a.g, COUNT(*) AS n, SUM(a.f * b.f) AS f FROM facts a JOIN facts b ON a.g = b.g GROUP BY a.g ORDER BY a.g;

-- name: bag_rows
SELECT v, g FROM loose;

-- name: bag_groups
SELECT g, SUM(v) AS v, COUNT(*) AS n FROM loose GROUP BY g ORDER BY g;

-- name: bag_distinct
SELECT DISTINCT v FROM loose ORDER BY v;

-- name: bag_ordered
SELECT v, g FROM loose ORDER BY v, g LIMIT 3;
