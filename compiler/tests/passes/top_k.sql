CREATE TABLE customers (id INT PRIMARY KEY, name TEXT NOT NULL, segment TEXT);
CREATE TABLE orders (id INT PRIMARY KEY, customer_id INT NOT NULL REFERENCES customers, total NUMERIC(12,2) NOT NULL, created_at TIMESTAMPTZ NOT NULL);
-- queries:
-- name: largest
SELECT id, total FROM orders ORDER BY total DESC NULLS LAST LIMIT 10 OFFSET 5;
