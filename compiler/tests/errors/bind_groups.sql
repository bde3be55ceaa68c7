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
SELECT status, note, COUNT(*) FROM orders GROUP BY status;
SELECT status, COUNT(*) FROM orders;
SELECT o.total, COUNT(*) FROM orders o GROUP BY o.customer_id HAVING o.quantity > 1 ORDER BY o.rating;
SELECT id FROM orders WHERE SUM(total) > 10;
SELECT id FROM orders JOIN tags ON COUNT(*) = order_id;
SELECT status FROM orders GROUP BY COUNT(*);
SELECT COUNT(*) AS n FROM orders GROUP BY n;
SELECT SUM(COUNT(*)) FROM orders;
SELECT SUM(total) FILTER (WHERE MAX(total) > 1) FROM orders;
SELECT SUM(note), AVG(active), MAX(*) FROM orders, customers;
SELECT COUNT(), SUM(total, quantity), COUNT(orders.*) AS c FROM orders;
SELECT lowr(note), substr_count(note) FROM orders;
SELECT LOWER(quantity), ROUND(note, 2) FROM orders;
SELECT LOWER(note) FILTER (WHERE quantity > 1) FROM orders;
SELECT DISTINCT COUNT(*) AS n FROM orders GROUP BY status;
