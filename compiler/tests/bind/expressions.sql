CREATE TYPE status AS ENUM ('pending', 'paid', 'shipped');
CREATE TABLE customers (id BIGINT PRIMARY KEY, name TEXT NOT NULL, email VARCHAR(40), country CHAR(2) NOT NULL, active BOOLEAN);
CREATE TABLE orders (
  id BIGINT PRIMARY KEY,
  customer_id BIGINT NOT NULL,
  status status NOT NULL,
  total NUMERIC(12,2) NOT NULL,
  discount NUMERIC(12,4),
  quantity INTEGER NOT NULL,
  rating SMALLINT,
  weight DOUBLE PRECISION,
  created_at TIMESTAMPTZ NOT NULL,
  due DATE,
  note TEXT
);
CREATE TABLE lines (order_id BIGINT NOT NULL, line SMALLINT NOT NULL, product TEXT, price NUMERIC(10,2), PRIMARY KEY (order_id, line));
CREATE TABLE tags (order_id INTEGER NOT NULL, tag TEXT NOT NULL);
-- queries:
SELECT id, quantity / 2 AS half, quantity * 2.5 AS scaled, total / quantity AS each, quantity % 3 AS rest, -rating AS minus FROM orders;
SELECT 1 AS a, 3000000000 AS b, 30000000000000000000 AS c, 1.50 AS d, .5 AS e, 1e3 AS f, 1.5e-3 AS g, -2147483648 AS h, -9223372036854775808 AS i, 'x' AS j, NULL AS k, true AS l, E'a\nb' AS m, $$q$$ AS n FROM tags;
SELECT INTERVAL '1 2:03' MINUTE TO SECOND AS x, INTERVAL '3 4' DAY TO HOUR AS y, INTERVAL '1-2' YEAR AS z, INTERVAL '1 day' AS a, INTERVAL '5' HOUR AS b, INTERVAL '3' MONTH AS c, INTERVAL '90' MINUTE AS d, TIMESTAMP '2024-01-01' AS e, DATE '2024-01-01' AS f FROM tags;
SELECT id FROM orders WHERE quantity BETWEEN 1 AND 10 AND quantity NOT BETWEEN 3 AND 4;
SELECT id FROM orders WHERE status IN ('pending', 'paid') AND quantity NOT IN (1, 2, 3) AND total IN (1, 2.505);
SELECT id FROM orders WHERE status = 'paid' AND total > 10 AND weight < 1 AND rating = 5 AND due >= '2024-01-01' AND created_at < DATE '2024-01-01';
SELECT id FROM orders WHERE NOT (quantity = 1) AND NOT note IS NULL AND NOT (quantity = 1 OR rating = 2);
SELECT id FROM customers WHERE active AND active IS TRUE AND active IS NOT TRUE AND active IS FALSE AND active IS NOT FALSE AND active IS UNKNOWN AND active IS NOT UNKNOWN;
SELECT id FROM customers WHERE country = 'DE' AND country <> 'FRA' AND name LIKE 'A%' AND name NOT LIKE '%b';
SELECT id FROM orders WHERE note IS DISTINCT FROM 'x' AND rating IS NOT DISTINCT FROM NULL;
SELECT CASE WHEN quantity > 1 THEN 'many' WHEN quantity = 1 THEN 'one' END AS a, CASE quantity WHEN 1 THEN 1 ELSE 2.5 END AS b, CASE status WHEN 'paid' THEN total ELSE 0 END AS c FROM orders;
SELECT COALESCE(note, 'none') AS a, COALESCE(discount, 0) AS b, COALESCE(rating, quantity) AS c, COALESCE(quantity, rating) AS d, NULLIF(quantity, 0) AS e, NULLIF(note, '') AS f FROM orders;
SELECT GREATEST(quantity, 3) AS a, LEAST(rating, quantity, 5) AS b, GREATEST(rating, NULL) AS c FROM orders;
SELECT quantity::bigint AS a, total::numeric AS b, total::numeric(14,4) AS c, CAST(quantity AS text) AS d, '12'::integer AS e, note::varchar(3) AS f, 'abcdef'::varchar(3) AS g, quantity::numeric AS h, '2024-01-01'::date AS i, NULL::integer AS j FROM orders;
SELECT note || '!' AS a, 'n' || quantity AS b, LOWER(note) AS c, EXTRACT(HOUR FROM created_at) AS d FROM orders;
SELECT due + 1 AS a, created_at - INTERVAL '1 day' AS b, created_at - created_at AS c, quantity * INTERVAL '1 hour' AS d, INTERVAL '1 hour' * quantity AS e FROM orders;
SELECT id FROM orders WHERE NULL;
SELECT id FROM orders WHERE quantity = NULL OR note = 'a' OR note = 'b' AND rating = 1;
SELECT id FROM orders WHERE 'a' = 'b' AND quantity = '5';
SELECT -quantity ^ 2 AS a, -2 ^ 2 AS b, - (2 ^ 2) AS c FROM orders;
SELECT note COLLATE "C" AS n FROM orders;
SELECT created_at AT TIME ZONE 'UTC' AS a, (created_at AT TIME ZONE 'utc') AT TIME ZONE 'GMT' AS b, due AT TIME ZONE 'UTC' AS c FROM orders;
SELECT NULLIF(quantity, 1.5) AS a, NULLIF(quantity, weight) AS b, NULLIF(total, 0) AS c, NULLIF(rating, id) AS d, NULLIF('x', note) AS e FROM orders;
SELECT CASE country WHEN 'DE' THEN country ELSE '??' END AS a, COALESCE(name, country) AS b, quantity::char(3) AS c FROM orders JOIN customers ON customers.id = customer_id;
SELECT CASE WHEN rating IS NOT NULL THEN rating ELSE 0 END AS a, CASE WHEN rating > 1 THEN rating + 1 ELSE quantity END AS b, CASE WHEN rating IS NULL THEN rating ELSE 0 END AS c FROM orders;
