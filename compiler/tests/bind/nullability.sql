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
SELECT rating, note FROM orders WHERE rating > 3 AND note IS NOT NULL;
SELECT rating, weight FROM orders WHERE rating > 3 OR (rating = 1 AND weight < 2);
SELECT rating + 1 AS r, weight FROM orders WHERE NOT (rating IS NULL OR weight IS NULL);
SELECT rating FROM orders WHERE rating IN (1, 2) AND note IS NULL;
SELECT active FROM customers WHERE active;
SELECT l.product, c.email FROM lines l JOIN customers c ON c.email = l.product;
SELECT SUM(rating) FROM orders WHERE rating IS NOT NULL;
SELECT status, SUM(rating) AS s, MIN(rating) FILTER (WHERE rating > 1) AS m FROM orders WHERE rating IS NOT NULL GROUP BY status;
SELECT rating FROM orders WHERE COALESCE(rating, 1) = 1;
