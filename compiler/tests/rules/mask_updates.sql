-- Notes are read by nobody, and a status decides only whether an order counts.
CREATE TABLE orders (id BIGINT PRIMARY KEY, status TEXT NOT NULL, total NUMERIC(10, 2) NOT NULL, note TEXT);
-- queries:
-- name: revenue
SELECT SUM(total) AS revenue FROM orders WHERE status <> 'void';
