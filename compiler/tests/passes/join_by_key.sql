CREATE TABLE customers (id INT PRIMARY KEY, name TEXT NOT NULL, segment TEXT);
CREATE TABLE orders (id INT PRIMARY KEY, customer_id INT NOT NULL REFERENCES customers, total NUMERIC(12,2) NOT NULL, created_at TIMESTAMPTZ NOT NULL);
-- show: mermaid
-- queries:
-- name: spent_by_name
SELECT c.id, c.name, sum(o.total) AS spent FROM customers c JOIN orders o ON o.customer_id = c.id GROUP BY c.id;
