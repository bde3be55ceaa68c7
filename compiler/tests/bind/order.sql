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
SELECT id, total FROM orders ORDER BY total DESC, 1;
SELECT id, -total AS total FROM orders ORDER BY total;
SELECT id FROM orders ORDER BY quantity * 2 DESC NULLS LAST, note NULLS FIRST, id;
SELECT id, quantity * 2 AS double FROM orders ORDER BY quantity * 2;
SELECT id AS key FROM orders ORDER BY orders.id DESC;
SELECT status, COUNT(*) FROM orders GROUP BY status ORDER BY SUM(total) DESC, COUNT(*) LIMIT 3;
SELECT id FROM orders LIMIT 10 OFFSET 5;
SELECT id FROM orders ORDER BY id OFFSET 5 ROWS FETCH FIRST 3 ROWS ONLY;
SELECT id FROM orders ORDER BY id FETCH NEXT ROW ONLY;
SELECT id FROM orders ORDER BY id LIMIT ALL;
SELECT id FROM orders ORDER BY id LIMIT NULL OFFSET 2;
SELECT id FROM orders ORDER BY id, id DESC;
(SELECT id FROM orders ORDER BY id) LIMIT 2;
