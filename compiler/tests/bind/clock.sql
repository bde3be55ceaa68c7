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
SELECT id FROM orders WHERE created_at BETWEEN NOW() - INTERVAL '1 day' AND CURRENT_TIMESTAMP;
SELECT id FROM orders WHERE due >= CURRENT_DATE AND created_at::timestamp < LOCALTIMESTAMP;
SELECT id FROM orders WHERE NOT (created_at < DATE_TRUNC('day', NOW()));
SELECT COUNT(*) FILTER (WHERE created_at > transaction_timestamp() - INTERVAL '1 hour' AND note IS NULL) FROM orders;
SELECT id FROM orders WHERE (created_at > NOW()) IS TRUE;
