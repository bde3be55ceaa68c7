-- Two charts by status are one group with three states.
CREATE TABLE orders (id BIGINT PRIMARY KEY, status TEXT NOT NULL, total NUMERIC(10, 2) NOT NULL);
-- queries:
-- name: revenue
SELECT status, SUM(total) AS revenue FROM orders GROUP BY status;
-- name: largest
SELECT status, MAX(total) AS largest, SUM(total) / COUNT(*) AS average FROM orders GROUP BY status HAVING COUNT(*) > 1;
