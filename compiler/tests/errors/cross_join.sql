CREATE TABLE customers (id INT PRIMARY KEY, name TEXT NOT NULL, segment TEXT);
CREATE TABLE orders (id INT PRIMARY KEY, customer_id INT NOT NULL REFERENCES customers, total NUMERIC(12,2) NOT NULL, created_at TIMESTAMPTZ NOT NULL);
-- queries:
-- name: comma
SELECT o.id, c.name FROM orders o, customers c WHERE o.total > 10;
-- name: inequality
SELECT a.id, b.id FROM orders a JOIN orders b ON a.total < b.total;
-- name: third_table
SELECT count(*) FROM orders o JOIN customers c ON c.id = o.customer_id, customers d;
