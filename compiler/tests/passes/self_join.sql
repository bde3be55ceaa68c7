CREATE TABLE customers (id INT PRIMARY KEY, name TEXT NOT NULL, segment TEXT);
CREATE TABLE orders (id INT PRIMARY KEY, customer_id INT NOT NULL REFERENCES customers, total NUMERIC(12,2) NOT NULL, created_at TIMESTAMPTZ NOT NULL);
-- show: mermaid dot
-- queries:
-- name: pairs
SELECT a.id AS first, b.id AS second FROM orders a JOIN orders b ON a.customer_id = b.customer_id AND a.total < b.total;
