-- The window's length and the limit are computed once; what fails is left to the rows that reach it.
CREATE TABLE orders (id BIGINT PRIMARY KEY, total NUMERIC(10, 2) NOT NULL, created_at TIMESTAMPTZ NOT NULL);
-- queries:
-- name: large_orders
SELECT id, total FROM orders WHERE total > 10 * 10 + 0.50 AND created_at > NOW() - INTERVAL '1 hour' * 24;
-- name: never_evaluated
SELECT id FROM orders WHERE total < 0 AND total > 1 / 0;
