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
SELECT id FROM orders ORDER BY 3;
SELECT status, COUNT(*) FROM orders GROUP BY 0;
SELECT id FROM orders ORDER BY 'id';
SELECT id, total AS id FROM orders ORDER BY id;
SELECT * FROM orders o JOIN customers c ON c.id = o.customer_id;
SELECT DISTINCT status FROM orders ORDER BY total;
SELECT id FROM orders LIMIT -1;
SELECT id FROM orders LIMIT quantity OFFSET 1.5;
SELECT id FROM orders FETCH FIRST 3 ROWS WITH TIES;
