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
SELECT status, COUNT(*), COUNT(note) AS noted, SUM(quantity), SUM(id) AS ids, SUM(total) AS revenue, AVG(total), MIN(created_at), MAX(rating) FROM orders GROUP BY status;
SELECT status, quantity + 1 AS next, COUNT(*) FROM orders GROUP BY 1, 2;
SELECT quantity + 1 + 1 AS a, SUM(total) / COUNT(*) AS mean FROM orders GROUP BY quantity + 1;
SELECT note AS quantity, COUNT(*) FROM orders GROUP BY quantity, note;
SELECT o.id, o.note, o.total, COUNT(*) AS lines FROM orders o JOIN lines l ON l.order_id = o.id GROUP BY o.id;
SELECT l.product, o.note, COUNT(*) FROM orders o JOIN lines l ON l.order_id = o.id GROUP BY o.id, l.order_id, l.line;
SELECT COUNT(DISTINCT customer_id), COUNT(DISTINCT customer_id) FILTER (WHERE status = 'paid') AS paying, SUM(DISTINCT quantity), MIN(DISTINCT quantity), MIN(quantity) AS least FROM orders;
SELECT status FROM orders GROUP BY status HAVING COUNT(*) > 1 AND SUM(rating) > 10;
SELECT SUM(rating) AS s FROM orders HAVING SUM(rating) IS NOT NULL;
SELECT status, SUM(rating) FROM orders GROUP BY status HAVING SUM(rating) > 3;
SELECT DISTINCT status, note FROM orders ORDER BY note DESC, status;
SELECT DISTINCT note, COUNT(*) AS n, status FROM orders GROUP BY status, note;
SELECT BOOL_AND(active) AS a, BOOL_OR(active) AS b, EVERY(active AND id > 1) AS c FROM customers;
SELECT ROUND(100.0 * COUNT(*) FILTER (WHERE status = 'paid') / NULLIF(COUNT(*), 0), 2) AS pct FROM orders;
SELECT COALESCE(SUM(total), 0) AS revenue FROM orders;
SELECT CASE status WHEN 'paid' THEN 1 ELSE 0 END AS paid, COUNT(*) FROM orders GROUP BY CASE status WHEN 'paid' THEN 1 ELSE 0 END;
SELECT 1 AS one, COUNT(*) FROM orders GROUP BY one;
SELECT MAX(quantity) - MIN(quantity) AS spread FROM orders ORDER BY COUNT(*);
