CREATE TABLE customers (id INT PRIMARY KEY, name TEXT NOT NULL, segment TEXT);
CREATE TABLE orders (id INT PRIMARY KEY, customer_id INT NOT NULL REFERENCES customers, total NUMERIC(12,2) NOT NULL, created_at TIMESTAMPTZ NOT NULL);
-- queries:
-- name: names
SELECT c.name, c.segment, count(*) FROM customers c JOIN orders o ON o.customer_id = c.id GROUP BY c.id, c.name, c.segment;
