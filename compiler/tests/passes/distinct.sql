CREATE TABLE customers (id INT PRIMARY KEY, name TEXT NOT NULL, segment TEXT);
CREATE TABLE orders (id INT PRIMARY KEY, customer_id INT NOT NULL REFERENCES customers, total NUMERIC(12,2) NOT NULL, created_at TIMESTAMPTZ NOT NULL);
-- queries:
-- name: buyers
SELECT DISTINCT customer_id FROM orders;
-- name: buyer_count
SELECT count(DISTINCT customer_id) AS buyers, count(DISTINCT total) AS totals FROM orders;
-- name: distinct_groups
SELECT DISTINCT customer_id, COUNT(*) AS orders FROM orders GROUP BY customer_id;
-- name: distinct_total
SELECT DISTINCT SUM(total) AS total FROM orders;
