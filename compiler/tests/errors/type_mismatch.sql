CREATE TABLE customers (id INT PRIMARY KEY, name TEXT NOT NULL, segment TEXT);
CREATE TABLE orders (id INT PRIMARY KEY, customer_id INT NOT NULL REFERENCES customers, total NUMERIC(12,2) NOT NULL, created_at TIMESTAMPTZ NOT NULL);
-- queries:
-- name: text_number
SELECT id FROM orders WHERE total = created_at;
-- name: not_boolean
SELECT id FROM orders WHERE total;
-- name: no_operator
SELECT created_at + created_at FROM orders;
-- name: branches
SELECT CASE WHEN total > 5 THEN total ELSE created_at END FROM orders;
-- name: no_sum
SELECT sum(created_at) FROM orders;
-- name: no_cast
SELECT total::timestamptz FROM orders;
