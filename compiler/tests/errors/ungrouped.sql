CREATE TABLE customers (id INT PRIMARY KEY, name TEXT NOT NULL, segment TEXT);
CREATE TABLE orders (id INT PRIMARY KEY, customer_id INT NOT NULL REFERENCES customers, total NUMERIC(12,2) NOT NULL, created_at TIMESTAMPTZ NOT NULL);
-- queries:
-- name: neither
SELECT customer_id, total FROM orders GROUP BY customer_id;
-- name: no_group
SELECT total, sum(total) FROM orders;
-- name: in_having
SELECT customer_id FROM orders GROUP BY customer_id HAVING total > 5;
-- name: in_order
SELECT customer_id FROM orders GROUP BY customer_id ORDER BY total;
-- name: distinct_order
SELECT DISTINCT customer_id FROM orders ORDER BY total;
