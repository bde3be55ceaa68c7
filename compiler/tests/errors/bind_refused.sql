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
SELECT (SELECT 1 FROM tags) AS a FROM orders;
SELECT id FROM orders WHERE EXISTS (SELECT 1 FROM tags) OR id IN (SELECT order_id FROM tags);
SELECT id FROM (SELECT id FROM orders) x;
WITH x AS (SELECT 1) SELECT * FROM x;
SELECT id FROM orders UNION ALL SELECT id FROM customers;
SELECT id, ROW_NUMBER() OVER (ORDER BY id) AS n FROM orders;
SELECT id, SUM(total) OVER (PARTITION BY status) AS s FROM orders;
SELECT o.id FROM orders o LEFT JOIN customers c ON c.id = o.customer_id;
SELECT o.id FROM orders o, LATERAL (SELECT 1 FROM customers) x;
SELECT status FROM orders GROUP BY ROLLUP (status);
SELECT status FROM orders GROUP BY GROUPING SETS ((status), ());
SELECT DISTINCT ON (status) id FROM orders;
SELECT id FROM orders FOR UPDATE;
SELECT id FROM orders WHERE id = $1 LIMIT $2;
SELECT id FROM orders WHERE note COLLATE "C" = 'a';
SELECT ARRAY[1, 2] AS a FROM orders;
SELECT 1;
SELECT STRING_AGG(note, ','), STDDEV(total), PERCENTILE_CONT(0.5) WITHIN GROUP (ORDER BY total) FROM orders;
SELECT id FROM orders WHERE (id, quantity) IS NULL;
SELECT id FROM orders WHERE id = ANY('{1}');
SELECT generate_series FROM generate_series(1, 3);
SELECT id FROM orders JOIN tags USING (id);
SELECT o.id FROM orders o JOIN tags;
SELECT COUNT(*) OVER w FROM orders WINDOW w AS (ORDER BY id);
SELECT current_timestamp(0) FROM orders;
SELECT * FROM nowhere.orders;
VALUES (1);
SELECT id FROM orders WHERE note ~~ 'a' || 'b' OR note = note ~~ 'a';
SELECT id FROM orders WHERE note ~ 'a' OR note SIMILAR TO 'b' OR created_at AT TIME ZONE 'Europe/Berlin' > '2024-01-01';
SELECT @ quantity + 1 AS a, !! quantity AS b FROM orders;
SELECT FROM orders;
SELECT GREATEST(total, GREATEST(total, GREATEST(total, GREATEST(total, GREATEST(total, GREATEST(total, GREATEST(total, GREATEST(total, GREATEST(total, GREATEST(total, GREATEST(total, GREATEST(total, GREATEST(total, GREATEST(total, GREATEST(total, GREATEST(total, GREATEST(total, GREATEST(total, GREATEST(total, GREATEST(total, 0)))))))))))))))))))) AS g FROM orders;
