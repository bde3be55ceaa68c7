CREATE TABLE customers (id INT PRIMARY KEY, name TEXT NOT NULL, segment TEXT);
CREATE TABLE orders (id INT PRIMARY KEY, customer_id INT NOT NULL REFERENCES customers, total NUMERIC(12,2) NOT NULL, created_at TIMESTAMPTZ NOT NULL);
-- queries:
-- name: not_a_time
SELECT id FROM orders WHERE created_at > 'yesterday-ish';
-- name: not_a_number
SELECT id FROM orders WHERE id = 'one';
-- name: not_a_unit
SELECT date_trunc('hours of fun', created_at) FROM orders;
-- name: negative
SELECT id FROM orders ORDER BY id LIMIT -1;
-- name: not_an_interval
SELECT id FROM orders WHERE created_at > NOW() - INTERVAL '5 parsecs';
