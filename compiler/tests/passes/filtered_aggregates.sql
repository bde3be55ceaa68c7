CREATE TABLE customers (id INT PRIMARY KEY, name TEXT NOT NULL, segment TEXT);
CREATE TABLE orders (id INT PRIMARY KEY, customer_id INT NOT NULL REFERENCES customers, total NUMERIC(12,2) NOT NULL, created_at TIMESTAMPTZ NOT NULL);
-- show: mermaid
-- queries:
-- name: kpi
SELECT count(*) FILTER (WHERE created_at > NOW() - INTERVAL '1 hour') AS last_hour,
       sum(total) FILTER (WHERE total > 10) AS large FROM orders;
