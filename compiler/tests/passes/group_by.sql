CREATE TABLE customers (id INT PRIMARY KEY, name TEXT NOT NULL, segment TEXT);
CREATE TABLE orders (id INT PRIMARY KEY, customer_id INT NOT NULL REFERENCES customers, total NUMERIC(12,2) NOT NULL, created_at TIMESTAMPTZ NOT NULL);
-- show: mermaid dot
-- queries:
-- name: per_customer
SELECT customer_id, count(*) AS orders, sum(total) AS spent, avg(total) AS average, min(total), max(total)
FROM orders GROUP BY customer_id HAVING sum(total) > 100;
