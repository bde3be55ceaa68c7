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
SELECT id, NOW() - created_at AS age FROM orders;
SELECT CASE WHEN created_at > NOW() THEN 1 END FROM orders;
SELECT status FROM orders GROUP BY status HAVING MAX(created_at) > NOW();
SELECT date_trunc('day', NOW()), COUNT(*) FROM orders GROUP BY date_trunc('day', NOW());
SELECT id FROM orders ORDER BY NOW() - created_at;
SELECT SUM(CASE WHEN created_at > NOW() THEN 1 END) FROM orders;
SELECT id FROM orders WHERE created_at > NOW() OR quantity = 1;
SELECT id, random() AS r FROM orders WHERE created_at > clock_timestamp();
