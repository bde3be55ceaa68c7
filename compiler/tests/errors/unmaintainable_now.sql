CREATE TABLE customers (id INT PRIMARY KEY, name TEXT NOT NULL, segment TEXT);
CREATE TABLE orders (id INT PRIMARY KEY, customer_id INT NOT NULL REFERENCES customers, total NUMERIC(12,2) NOT NULL, created_at TIMESTAMPTZ NOT NULL);
-- queries:
-- name: age
SELECT id, NOW() - created_at AS age FROM orders;
-- name: two_sided
SELECT id FROM orders WHERE NOW() - created_at > NOW() - NOW();
-- name: different
SELECT id FROM orders WHERE created_at <> NOW();
-- name: disjunction
SELECT id FROM orders WHERE total > 5 OR created_at > NOW() - INTERVAL '1 hour';
-- name: months
SELECT count(*) FROM orders WHERE created_at > NOW() - INTERVAL '1 month';
-- name: hour_of_day
SELECT count(*) FROM orders WHERE EXTRACT(HOUR FROM NOW()) > total;
-- name: no_column
SELECT count(*) FROM orders WHERE NOW() > TIMESTAMPTZ '2026-01-01';
-- name: two_tables
SELECT count(*) FROM orders a JOIN orders b ON a.id = b.id WHERE a.created_at + (b.created_at - a.created_at) > NOW();
-- name: column_span
SELECT count(*) FROM orders WHERE created_at > NOW() - total * INTERVAL '1 hour';
-- name: group_key
SELECT NOW() AS at, count(*) FROM orders GROUP BY at;
-- name: having
SELECT customer_id, max(created_at) FROM orders GROUP BY customer_id HAVING max(created_at) > NOW() - INTERVAL '1 day';
-- name: real_clock
SELECT clock_timestamp() FROM orders;
