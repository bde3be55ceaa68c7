CREATE TABLE customers (id INT PRIMARY KEY, name TEXT NOT NULL, segment TEXT);
CREATE TABLE orders (id INT PRIMARY KEY, customer_id INT NOT NULL REFERENCES customers, total NUMERIC(12,2) NOT NULL, created_at TIMESTAMPTZ NOT NULL);
-- queries:
-- name: large_orders
SELECT id, total FROM orders WHERE total >= 100 AND customer_id IN (1, 2) ORDER BY total DESC, id;
