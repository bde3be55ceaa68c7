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
SELECT id FROM orders WHERE quantity = note;
SELECT id FROM orders WHERE created_at > 5;
SELECT id FROM orders WHERE active = 1;
SELECT id FROM customers WHERE active = 1;
SELECT id FROM orders WHERE quantity;
SELECT id FROM orders WHERE quantity AND total > 1;
SELECT note + 1 AS a, -note AS b, quantity || rating AS c FROM orders;
SELECT CASE WHEN quantity > 1 THEN 'x' ELSE quantity END FROM orders;
SELECT CASE WHEN quantity > 1 THEN note ELSE quantity END FROM orders;
SELECT COALESCE(note, quantity) FROM orders;
SELECT id FROM orders WHERE note IN (1, 'a');
SELECT id FROM orders WHERE due > 'abc';
SELECT id FROM orders WHERE status = 'pendng';
SELECT id FROM orders WHERE status IN ('paid', 'nowhere', 'sent');
SELECT id FROM orders WHERE quantity = 'many';
SELECT id FROM orders WHERE created_at > NOW() - INTERVAL 'soon';
SELECT 123456789012345678901234567890123456789 AS n FROM orders;
SELECT '70000'::smallint AS n, due::boolean AS d FROM orders;
SELECT COALESCE(country, 'none') AS a, CASE WHEN active THEN country ELSE 'x' END AS b FROM customers;
SELECT note AT TIME ZONE 'UTC' AS a FROM orders;
