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
SELECT custmer_id FROM orders;
SELECT nothing FROM tags;
SELECT nothing, "pending" FROM orders;
SELECT id FROM ordrs;
SELECT id FROM payments;
SELECT o.nme FROM orders o JOIN customers c ON c.id = o.customer_id;
SELECT o.email FROM orders o JOIN customers c ON c.id = o.customer_id;
SELECT orders.id FROM orders o;
SELECT customers.id FROM orders o;
SELECT cust.id FROM customers AS custs;
SELECT id FROM orders o JOIN customers c ON c.id = o.customer_id;
SELECT orders FROM orders;
SELECT o.id FROM orders o JOIN lines o ON o.id = o.order_id;
SELECT total * 2 AS double_total FROM orders WHERE double_total > 10;
SELECT status AS s, COUNT(*) FROM orders GROUP BY s || 'x';
