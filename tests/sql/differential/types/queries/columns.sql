-- name: everything
SELECT * FROM samples;

-- name: everything_solid
SELECT * FROM solid;

-- name: everything_bag
SELECT * FROM events;

-- name: groups_of_small_types
SELECT b, s, m, COUNT(*) AS n FROM samples GROUP BY b, s, m;

-- name: by_boolean
SELECT b, COUNT(*) AS n, SUM(l) AS l, SUM(n) AS n_sum, SUM(n4) AS n4, AVG(n) AS average FROM samples GROUP BY b;

-- name: by_text
SELECT t, v, COUNT(*) AS n FROM samples GROUP BY t, v;

-- name: by_char
SELECT c, COUNT(*) AS n, MIN(c) AS least FROM samples GROUP BY c;

-- name: by_numeric
SELECT n, COUNT(*) AS c FROM samples GROUP BY n;

-- name: by_decimal
SELECT n2, n4, COUNT(*) AS c FROM samples GROUP BY n2, n4;

-- name: by_float
SELECT d, COUNT(*) AS c FROM samples GROUP BY d;

-- name: by_times
SELECT da, ti, COUNT(*) AS c, MIN(iv) AS least, MAX(iv) AS greatest FROM samples GROUP BY da, ti;

-- name: by_interval
SELECT iv, COUNT(*) AS c FROM samples GROUP BY iv;

-- name: by_uuid
SELECT u, COUNT(*) AS c FROM samples GROUP BY u;

-- name: by_bytes
SELECT by, COUNT(*) AS c FROM samples GROUP BY by;

-- name: by_json
SELECT j, COUNT(*) AS c FROM samples GROUP BY j;

-- name: by_mood
SELECT m, MIN(t) AS least, MAX(v) AS greatest, MIN(m) AS same FROM samples GROUP BY m ORDER BY m;

-- name: extremes
SELECT MIN(s) AS s, MAX(i) AS i, MIN(l) AS l, MAX(r) AS r, MIN(d) AS d, MAX(n) AS n, MIN(n2) AS n2, MAX(n4) AS n4,
       MIN(t) AS t, MAX(v) AS v, MIN(c) AS c, MAX(ts) AS ts, MIN(tz) AS tz, MAX(da) AS da, MIN(ti) AS ti, MAX(iv) AS iv,
       MAX(m) AS m
FROM samples;

-- name: sums
SELECT SUM(s) AS s, SUM(i) AS i, SUM(l) AS l, SUM(r) AS r, SUM(d) AS d, SUM(n) AS n, SUM(n2) AS n2, SUM(n4) AS n4, SUM(iv) AS iv
FROM samples;

-- name: averages
SELECT AVG(s) AS s, AVG(i) AS i, AVG(l) AS l, AVG(r) AS r, AVG(d) AS d, AVG(n) AS n, AVG(n2) AS n2, AVG(n4) AS n4, AVG(iv) AS iv
FROM samples;

-- name: distinct_sums
SELECT SUM(DISTINCT s) AS s, SUM(DISTINCT l) AS l, SUM(DISTINCT d) AS d, SUM(DISTINCT n) AS n, SUM(DISTINCT n2) AS n2,
       SUM(DISTINCT n4) AS n4, AVG(DISTINCT r) AS r, SUM(DISTINCT iv) AS iv
FROM samples;

-- name: distinct_counts
SELECT COUNT(DISTINCT b) AS b, COUNT(DISTINCT d) AS d, COUNT(DISTINCT t) AS t, COUNT(DISTINCT c) AS c, COUNT(DISTINCT ts) AS ts,
       COUNT(DISTINCT u) AS u, COUNT(DISTINCT by) AS by, COUNT(DISTINCT j) AS j, COUNT(DISTINCT m) AS m, COUNT(DISTINCT iv) AS iv
FROM samples;

-- name: ordered_by_char
SELECT id, c, m FROM samples ORDER BY c DESC, m, id LIMIT 6;

-- name: ordered_by_many
SELECT id FROM samples ORDER BY b NULLS FIRST, u DESC, by, j, iv DESC NULLS LAST, ti LIMIT 7 OFFSET 1;

-- name: bag_groups
SELECT kind, SUM(value) AS value, AVG(ratio) AS ratio, SUM(span) AS span, COUNT(*) AS n FROM events GROUP BY kind;

-- name: bag_distinct
SELECT DISTINCT kind, day FROM events;

-- name: composite
SELECT s.t, s.a, s.n2, n.body FROM solid s JOIN notes n ON n.t = s.t AND n.a = s.a;

-- name: composite_groups
SELECT s.t, s.a, s.m, COUNT(*) AS n, MAX(n.at) AS last FROM solid s JOIN notes n ON n.t = s.t AND n.a = s.a GROUP BY s.t, s.a;

-- name: half_of_key
SELECT s.t, s.a, n.line FROM solid s JOIN notes n ON n.t = s.t WHERE n.line > 0;

-- name: declared_index
SELECT s.i, n.body, COUNT(*) AS n FROM solid s JOIN notes n ON n.line = s.i GROUP BY s.i, n.body;

-- name: tree
SELECT c.id, p.label AS parent, p.weight + c.weight AS weight FROM nodes c JOIN nodes p ON c.parent = p.id;

-- name: tree_sums
SELECT p.id, p.label, SUM(c.weight) AS weight, COUNT(*) AS children FROM nodes p JOIN nodes c ON c.parent = p.id GROUP BY p.id;

-- name: grandparents
SELECT a.id, c.label, c.weight FROM nodes a JOIN nodes b ON a.parent = b.id JOIN nodes c ON b.parent = c.id;

-- name: char_join
SELECT n.id, s.id AS sample FROM nodes n JOIN samples s ON s.c = n.label;

-- name: char_text_join
SELECT n.id, s.a FROM nodes n JOIN solid s ON s.t = n.label;

-- name: uuid_join
SELECT n.id, s.id AS sample FROM nodes n JOIN samples s ON s.u = n.code;

-- name: enum_join
SELECT s.id, e.value FROM samples s JOIN events e ON e.kind = s.m AND e.day = s.da;

-- name: float_join
SELECT s.id, x.t, x.a FROM samples s JOIN solid x ON x.d = s.d;

-- name: decimal_join
SELECT s.id, x.t, x.a FROM samples s JOIN solid x ON x.n2 = s.n2;

-- name: numeric_join
SELECT s.id, n.id AS node FROM samples s JOIN nodes n ON n.weight = s.n;

-- name: integer_join
SELECT s.id, n.id AS node FROM samples s JOIN nodes n ON n.id = s.s;

-- name: wide_integer_join
SELECT s.id, x.t FROM samples s JOIN solid x ON x.a = s.l;
