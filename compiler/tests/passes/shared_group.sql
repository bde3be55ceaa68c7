CREATE TABLE customers (id INT PRIMARY KEY, name TEXT NOT NULL, segment TEXT);
CREATE TABLE orders (id INT PRIMARY KEY, customer_id INT NOT NULL REFERENCES customers, total NUMERIC(12,2) NOT NULL, created_at TIMESTAMPTZ NOT NULL);
-- show: mermaid
-- queries:
-- name: revenue
SELECT customer_id, sum(total) AS revenue FROM orders GROUP BY customer_id;
-- name: frequent
SELECT customer_id, count(*) AS orders FROM orders GROUP BY customer_id HAVING count(*) > 10 ORDER BY orders DESC;
