CREATE TABLE customers (id INT PRIMARY KEY, name TEXT NOT NULL, segment TEXT);
CREATE TABLE orders (id INT PRIMARY KEY, customer_id INT NOT NULL REFERENCES customers, total NUMERIC(12,2) NOT NULL, created_at TIMESTAMPTZ NOT NULL);
-- show: mermaid
-- queries:
-- name: last_day
SELECT id, total FROM orders WHERE created_at > NOW() - INTERVAL '24 hours';
-- name: today
SELECT count(*) FROM orders WHERE created_at >= DATE_TRUNC('day', NOW()) AND created_at < DATE_TRUNC('day', NOW()) + INTERVAL '1 day';
