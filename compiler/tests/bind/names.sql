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
SELECT o.id, (note), SUM(total), COUNT(*) FILTER (WHERE quantity > 1) FROM orders o GROUP BY o.id;
SELECT quantity + 1 FROM orders;
SELECT quantity::text FROM orders;
SELECT (quantity + 1)::text FROM orders;
SELECT (quantity + 1)::bigint FROM orders;
SELECT CAST(quantity + 1 AS numeric(10,2)) FROM orders;
SELECT INTERVAL '1 day' FROM orders;
SELECT DATE '2024-01-01' FROM orders;
SELECT true FROM orders;
SELECT 'x' FROM orders;
SELECT CASE WHEN quantity > 1 THEN 1 END FROM orders;
SELECT CASE WHEN quantity > 1 THEN 1 ELSE quantity END FROM orders;
SELECT COALESCE(note, 'x') FROM orders;
SELECT NULLIF(note, 'x'), GREATEST(quantity, 1), LEAST(quantity, 1) FROM orders;
SELECT EXTRACT(HOUR FROM created_at) FROM orders;
SELECT (due + 1)::timestamptz FROM orders;
SELECT DATE_TRUNC('hour', created_at) FROM orders;
SELECT "note" AS "Note" FROM orders;
SELECT note IS NULL FROM orders;
