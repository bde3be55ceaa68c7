CREATE TABLE customers (id INT PRIMARY KEY, name TEXT NOT NULL, segment TEXT);
CREATE TABLE orders (id INT PRIMARY KEY, customer_id INT NOT NULL REFERENCES customers, total NUMERIC(12,2) NOT NULL, created_at TIMESTAMPTZ NOT NULL);
-- queries:
-- name: in_where
SELECT id FROM orders WHERE sum(total) > 5;
-- name: in_join
SELECT o.id FROM orders o JOIN customers c ON c.id = o.customer_id AND count(*) > 1;
-- name: nested
SELECT sum(count(*)) FROM orders;
-- name: in_group
SELECT sum(total) AS s FROM orders GROUP BY s;
