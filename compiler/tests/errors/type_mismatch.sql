CREATE TABLE customers (id INT PRIMARY KEY, name TEXT NOT NULL, segment TEXT);
CREATE TABLE orders (id INT PRIMARY KEY, customer_id INT NOT NULL REFERENCES customers, total NUMERIC(12,2) NOT NULL, created_at TIMESTAMPTZ NOT NULL);
-- queries:
-- name: text_number
SELECT id FROM orders WHERE total = created_at;
-- name: not_boolean
SELECT id FROM orders WHERE total;
-- name: no_operator
SELECT created_at + created_at FROM orders;
-- name: number_of_days
SELECT created_at - id FROM orders;
-- name: put_together
SELECT name + segment AS label FROM customers;
-- name: one_side_fits
SELECT id FROM orders WHERE created_at::date + INTERVAL '1 day' + created_at::date > NOW();
-- name: open_literal
SELECT created_at::date - '7' FROM orders;
-- name: branches
SELECT CASE WHEN total > 5 THEN total ELSE created_at END FROM orders;
-- name: no_sum
SELECT sum(created_at) FROM orders;
-- name: no_cast
SELECT total::timestamptz FROM orders;
